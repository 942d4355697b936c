"""Mettre à jour: new figures, tried in one's own session, then published for everybody by whoever may, or undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard.model import DataError, Dataset
from dashboard.publishing.words import about, moved, summary
from dashboard.ui import cache, journal, preview, publishing, team, update_files
from dashboard.ui import markup as html
from dashboard.ui.publishing import Publication
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import moment

# What is to be confirmed: the mark of the workbook to publish, or the number of the publication to undo.
_ASKED: Final = "_a_confirmer"
_SUMMARY, _READ = "publication_resume", "publication_relu"
# Publications listed before the others, which are folded.
_FEW: Final = 5
# For who may not, where nobody signs in and where some do.
_WHERE_NOBODY_SIGNS_IN: Final = (
    "Publier d’ici demande de se connecter, ce que ce serveur ne propose pas&nbsp;: remettez le classeur à la personne "
    "responsable du tableau de bord."
)
_WHERE_SOME_DO: Final = (
    "Publier revient aux personnes qui ont le rôle de publication; la personne responsable du tableau de bord le donne."
)


def render(ds: Dataset) -> None:
    st.html(
        html.heading(1, "Mettre à jour")
        + '<p class="fil">De nouveaux chiffres, par un classeur Excel&nbsp;: le remplir, l’essayer, le publier.</p>'
        + html.heading(2, "1. Remplir le classeur", anchor="remplir")
        + "<p>Des lignes jaunes attendent l’année suivante; la première feuille dit comment faire.</p>"
    )
    # The published data, even while a preview is shown.
    published = cache.current().shown()
    update_files.download(published)
    st.html(
        html.heading(2, "2. Le vérifier et le comparer", anchor="verifier")
        + "<p>D’ici à la publication, rien n’est écrit sur le serveur, et personne d’autre ne voit votre aperçu.</p>"
    )
    update_files.choose(published)
    update_files.outcome()
    _publishing(published)
    journal.show()


def _publishing(ds: Dataset) -> None:
    """What was done, the way to publish for those who may, and the latest publications."""
    st.html(html.heading(2, "3. Publier", anchor="publier"))
    _watch()
    _outcome()
    found, entries = preview.loaded(), publishing.latest()
    if not team.person().may("publisher"):
        st.html(f"<p>{_WHERE_SOME_DO if ds.config.sign_in else _WHERE_NOBODY_SIGNS_IN}</p>")
        _latest(entries)
        return
    last = publishing.to_undo(entries)
    ready = found if found is not None and found.diff is not None and not found.diff.empty else None
    if ready is not None:
        st.button("Publier ces chiffres…", type="primary", key="publier", on_click=_ask, args=(ready.id,))
    else:
        st.html("<p>Quand un classeur chargé plus haut n’a aucun problème, un bouton le publie d’ici.</p>")
    _latest(entries)
    if last is not None:
        st.button(f"Annuler la publication nº{NBSP}{last.number}…", key="annuler", on_click=_ask, args=(last.number,))
    asked = st.session_state.get(_ASKED)
    if ready is not None and asked == ready.id:
        _over("Publier ces chiffres?", _confirm_publishing, ready)
    elif last is not None and asked == last.number:
        _over(f"Annuler la publication nº{NBSP}{last.number}?", _confirm_undoing, last)


def _watch() -> None:
    """What is being done, step by step, where it was asked for; once it ends, the page is drawn again on what there is
    now."""
    seen = publishing.watched()
    if seen is None or seen.ended:
        return
    with st.status("Annulation en cours" if seen.job.undoing else "Publication en cours", expanded=True):
        for step in seen.job.begun():
            st.write(step)
    publishing.end(seen)
    _close()
    st.rerun()


def _outcome() -> None:
    seen = publishing.watched()
    if seen is None:
        return
    error = seen.job.failure()
    if error is None:
        st.html(html.box(_done(seen.job.done.result()), role="status"))
        return
    what, said = "Rien n’est annulé." if seen.job.undoing else "Rien n’est publié.", typographic(str(error))
    reason = f"<p>{html.esc(said[:1].upper() + said[1:])}</p>"
    if isinstance(error, DataError):
        reason = f"<p>Un fichier commun a un problème&nbsp;:</p>{html.problem_list(error.problems[: html.MOST])}"
    st.html(html.box(f"<strong>{what}</strong>", reason, role="alert", fault=True))


def _done(entry: Publication) -> str:
    if entry.undoing:
        return (
            f"<strong>Publication nº&nbsp;{entry.undoes} annulée</strong> par {html.esc(entry.author)} "
            f"(nº&nbsp;{entry.number}). Les chiffres d’avant sont remis."
        )
    return (
        f"<strong>Publié, nº&nbsp;{entry.number}</strong>, par {html.esc(entry.author)}&nbsp;: "
        f"{html.esc(entry.summary)}. Les autres le voient à leur prochain clic."
    )


def _latest(entries: list[tuple[Publication, bool]]) -> None:
    """The latest ones, and the others on demand."""
    if not entries:
        return
    rows = []
    for entry, undone in reversed(entries):
        state = "annulée" if undone else "annulation" if entry.undoing else "publiée"
        said = f"annule la publication nº{NBSP}{entry.undoes}" if entry.undoing else entry.summary
        rows.append((str(entry.number), moment(entry.date), entry.author, said, entry.file or "–", state))
    head = ("Nº", "Date", "Par", "Résumé", "Classeur", "État")
    shown, former = html.plain_table("Dernières publications", head, rows[:_FEW]), rows[_FEW:]
    if former:
        shown += html.details(
            f"Les précédentes ({len(former)})", html.plain_table("Publications précédentes", head, former)
        )
    st.html(shown)


# ---- Confirming ------------------------------------------------------------------------------------------------------
def _ask(what: str | int) -> None:
    st.session_state[_ASKED] = what
    publishing.dismiss()


def _close() -> None:
    st.session_state.pop(_ASKED, None)


def _over(title: str, body: Callable[..., None], *arguments: object) -> None:
    def shown() -> None:
        _watch()
        body(*arguments)

    st.dialog(title, width="medium", on_dismiss=_close)(shown)()


def _confirm_publishing(found: preview.Loaded) -> None:
    diff, after = found.diff, found.incoming.dataset
    assert diff is not None and after is not None
    st.html(
        f"<p><strong>{html.esc(summary(diff))}</strong>, de «&nbsp;{html.esc(found.incoming.name)}&nbsp;». Tout le "
        "monde verra ces chiffres à son prochain clic. L’état d’avant est gardé&nbsp;: la publication s’annule.</p>"
    )
    read = True
    if diff.jumps:
        listed = [f"{about(c, after)}{NBSP}: {moved(c)}" for c in diff.jumps]
        count = len(listed)
        several = f"les {number(count)} écarts inhabituels" if count > 1 else "l’écart inhabituel"
        st.html(f"<p>À relire&nbsp;:</p>{html.points(listed[: html.MOST])}{html.others(count - html.MOST)}")
        read = st.checkbox(f"J’ai relu {several}", key=f"{_READ}|{found.id}")
    key = f"{_SUMMARY}|{found.id}"
    st.session_state.setdefault(key, summary(diff))
    st.text_input("Résumé, pour le journal", key=key, max_chars=publishing.LONGEST_SUMMARY)
    team.name_field()
    st.button(
        "Publier", type="primary", key="publier_oui", disabled=not read,
        on_click=lambda: publishing.publish(str(st.session_state.get(key) or "")),
    )  # fmt: skip


def _confirm_undoing(entry: Publication) -> None:
    st.html(
        f"<p><strong>{html.esc(entry.summary)}</strong>, par {html.esc(entry.author)}, {moment(entry.date)}.</p>"
        "<p>Les fichiers d’avant sont remis à l’octet près, et tout le monde les verra à son prochain clic.</p>"
    )
    team.name_field()
    which = (entry.number,)
    st.button("Annuler cette publication", type="primary", key="annuler_oui", on_click=publishing.undo, args=which)

"""Suivi: results of the targets and of the plan's indicators, entered in one's own session and kept as files."""

from __future__ import annotations

import streamlit as st

from dashboard.indicators import follow_up as fu
from dashboard.model import Dataset
from dashboard.model.follow_up import Followed, FollowUpKey
from dashboard.narrative import follow_up_words as words
from dashboard.ui import cache, held
from dashboard.ui import follow_up_files as files
from dashboard.ui import follow_up_session as session
from dashboard.ui import markup as html
from dashboard.ui.follow_up_form import form
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import period as period_words

_TARGETS = "cibles"


def render(ds: Dataset) -> None:
    st.html(html.heading(1, "Suivi", f"Cibles stratégiques et indicateurs du plan d’action {ds.action_plan.period}"))
    broken = session.unavailable(ds)
    if broken:
        st.html(broken)
        return
    st.html(
        '<p class="fil">Ce que la source ne dit pas&nbsp;: les résultats. Tout ce qui n’est pas saisi se lit '
        "«&nbsp;non saisi&nbsp;», jamais zéro.</p>"
        '<div class="avis"><p>Vos saisies restent dans votre session&nbsp;: le serveur ne les enregistre pas et '
        "personne d’autre ne les voit. Elles vous suivent d’une page à l’autre par les menus et les liens. Recharger "
        "la page, fermer l’onglet, une minute et demie sans connexion ou un redémarrage du serveur les efface&nbsp;: "
        "téléchargez-les pour les garder.</p></div>"
    )
    _entries(ds)


@cache.fragment
def _entries(ds: Dataset) -> None:
    """A fragment: a field that changes redraws its neighbours, not the page."""
    scopes = [_TARGETS, *(c for c in ds.region_codes() if fu.followed_here(ds, c))]
    scope = (
        st.segmented_control(
            "Montrer",
            scopes,
            format_func=lambda c: "Cibles stratégiques" if c == _TARGETS else html.literal(ds.name(c)),
            default=_TARGETS,
            required=True,
            key="suivi_portee",
            persist_state="session",
        )
        or _TARGETS
    )
    region = None if scope == _TARGETS else scope
    items = {item.id: item for item in fu.followed_here(ds, region)}
    st.html(html.heading(2, "Saisir un résultat", anchor="saisir"))
    _chosen(ds, items, scope)
    st.html(_table(ds, list(items.values()), scope))
    st.html(html.heading(2, "Garder et reprendre", anchor="fichiers"))
    files.downloads(ds)
    files.loading(ds)


def _chosen(ds: Dataset, items: dict[str, Followed], scope: str) -> None:
    left, right = st.columns([3, 1])
    with left:
        id_ = st.selectbox(
            "Cible" if scope == _TARGETS else "Indicateur",
            list(items),
            format_func=lambda i: f"{i}. {_label(ds, items[i])}",
            key=f"suivi_sujet_{scope}",
            persist_state="session",
        )
    item = items[id_]
    with right:
        period = st.selectbox(
            "Période",
            item.periods,
            # The plan's own year, where the targets have it.
            index=item.periods.index(ds.action_plan.period) if ds.action_plan.period in item.periods else 0,
            key=f"suivi_periode_{scope}_{id_}",
            persist_state="session",
        )
    st.html(f'<p class="fil-court">{html.esc(typographic(item.label))}</p>')
    form(ds, item, period)


def _label(ds: Dataset, item: Followed) -> str:
    target = next((t for t in ds.targets.targets if item.kind == "cible" and t.id == item.id), None)
    return typographic(target.short if target is not None else item.label)


def _table(ds: Dataset, items: list[Followed], scope: str) -> str:
    entries = session.entries(ds)
    progress = fu.progress(ds, entries, None if scope == _TARGETS else scope)
    head = ["Cible" if scope == _TARGETS else "Indicateur", "Période", "État", "Résultat"]
    head += ["Écart avec la cible"] if scope == _TARGETS else []
    rows = [_row(ds, item, key) for item in items for key in fu.keys_of(item)]
    own = len(session.own(ds))
    mine = (
        f"{number(own)} changement{'s' * (own > 1)} dans votre session, non enregistré{'s' * (own > 1)} sur le serveur."
        if own
        else ""
    )
    where = "Cibles stratégiques" if scope == _TARGETS else ds.name(scope)
    table = html.plain_table(f"Suivi, {where}", (*head, "Date", "Responsable", "Note", "Provenance"), rows)
    return (
        html.heading(2, f"{where}{NBSP}: {words.count(progress)}", anchor="etat")
        + (f'<p class="fil-court" role="status">{html.esc(mine)}</p>' if mine else "")
        + f'<div class="suivi">{table}</div>'
        + held.mark(ds)
    )


def _row(ds: Dataset, item: Followed, key: FollowUpKey) -> tuple[str, ...]:
    entry = session.entries(ds).get(key)
    cells = [
        f"{item.id}. {_label(ds, item)}",
        key.period,
        words.state(entry),
        words.result(entry.value if entry else None, item.unit),
    ]
    standing = fu.standing(ds, key, entry)
    if standing is not None:
        cells.append(words.standing(standing, item.unit))
    day = period_words(entry.day.isoformat()) if entry and entry.day else "–"
    person, note = (entry.person or "–", entry.note or "–") if entry else ("–", "–")
    return (*cells, day, person, note, session.origin(ds, key) or "–")

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
from dashboard.wording.numbers import NBSP, typographic
from dashboard.wording.periods import period as period_words

_TARGETS = "cibles"


def render(ds: Dataset) -> None:
    st.html(
        html.heading(1, "Suivi")
        + '<p class="fil">Le plan ne donne aucun résultat&nbsp;: saisissez les vôtres, puis téléchargez-les pour les '
        "garder.</p>"
    )
    broken = session.unavailable(ds)
    if broken:
        st.html(broken)
        return
    _entries(ds)


@cache.fragment
def _entries(ds: Dataset) -> None:
    """A fragment: a field that changes redraws its neighbours, not the page."""
    scopes = [_TARGETS, *(c for c in ds.region_codes() if fu.followed_here(ds, c))]
    scope = (
        st.segmented_control(
            "Montrer",
            scopes,
            format_func=lambda c: html.literal(_where(ds, c)),
            default=_TARGETS,
            required=True,
            key="suivi_portee",
            label_visibility="collapsed",
            persist_state="session",
        )
        or _TARGETS
    )
    region = None if scope == _TARGETS else scope
    items = {item.id: item for item in fu.followed_here(ds, region)}
    # What is typed below is counted above it.
    message = st.container()
    _chosen(ds, items, scope)
    message.html(_message(ds, scope))
    # Where one types, not at the end of the page.
    files.downloads(ds)
    st.html(
        "<p>Le serveur n’enregistre pas vos saisies et personne d’autre ne les voit. Elles vous suivent d’une page à "
        "l’autre par les menus et les liens. Recharger la page, fermer l’onglet, une minute et demie sans connexion ou "
        "un redémarrage du serveur les efface.</p>"
    )
    st.html(_table(ds, list(items.values()), scope))
    st.html(html.heading(2, "Reprendre", anchor="fichiers"))
    files.loading(ds)


def _where(ds: Dataset, scope: str) -> str:
    return "Cibles stratégiques" if scope == _TARGETS else ds.name(scope)


def _message(ds: Dataset, scope: str) -> str:
    """How many results are entered, and what of it is this session's own."""
    progress = fu.progress(ds, session.entries(ds), None if scope == _TARGETS else scope)
    mine = words.unsaved(len(session.own(ds)))
    return html.heading(2, f"{_where(ds, scope)}{NBSP}: {words.count(progress)}", anchor="etat") + (
        f'<p class="fil-court">{html.esc(mine)}</p>' if mine else ""
    )


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
    st.html(f'<p class="fil-court">{html.esc(typographic(_about(ds, item)))}</p>')
    form(ds, item, period)


def _about(ds: Dataset, item: Followed) -> str:
    """What the list leaves out: the whole wording of a target, the action of an indicator."""
    action = next((a for a in ds.action_plan.actions if item.id in (i.id for i in a.indicators)), None)
    return item.label if action is None else f"Action {action.id}\u00a0: {action.text}"


def _label(ds: Dataset, item: Followed) -> str:
    target = next((t for t in ds.targets.targets if item.kind == "cible" and t.id == item.id), None)
    return typographic(target.short if target is not None else item.label)


def _table(ds: Dataset, items: list[Followed], scope: str) -> str:
    """What is entered, and what this session erased; the files have the rest, « non saisi »."""
    head = ["Cible" if scope == _TARGETS else "Indicateur", "Période", "État", "Résultat"]
    head += ["Écart avec la cible"] if scope == _TARGETS else []
    entries = session.entries(ds)
    rows = [
        _row(ds, item, key) for item in items for key in fu.keys_of(item) if key in entries or session.origin(ds, key)
    ]
    caption = f"Suivi, {_where(ds, scope)}"
    table = html.plain_table(caption, (*head, "Date", "Responsable", "Note", "Provenance"), rows) if rows else ""
    return f'<div class="suivi">{table}</div>{held.mark(ds)}'


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

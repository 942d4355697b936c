"""Suivi: the results of the targets and of the plan's indicators, that the team enters and shares."""

from __future__ import annotations

import streamlit as st

from dashboard.indicators import follow_up as fu
from dashboard.model import Dataset
from dashboard.model.follow_up import Followed, FollowUpKey
from dashboard.narrative import follow_up_words as words
from dashboard.ui import follow_up_files as files
from dashboard.ui import follow_up_news as news
from dashboard.ui import markup as html
from dashboard.ui import team
from dashboard.ui.follow_up_form import form
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import period as period_words

_TARGETS = "cibles"


def render(ds: Dataset) -> None:
    """No fragment: a field that is left by a click on the menu sends both at once, and the fragment would be looked for
    on the page that comes."""
    found = team.follow_up(ds)
    head = st.empty()
    head.html(_head(found))
    if ds.follow_up.problems:
        st.html(
            '<div class="avis"><p>Le fichier data/suivi.csv a des problèmes&nbsp;: ce qu’il contient n’est pas repris '
            f"ici.</p>{html.problem_list(ds.follow_up.problems[:200])}</div>"
        )
    if found.problem:
        st.html(team.problem_html(found.problem))
    scopes = [_TARGETS, *(c for c in ds.region_codes() if fu.followed_here(ds, c))]
    with st.container(horizontal=True, vertical_alignment="bottom", key="suivi_tete"):
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
        team.name_field()
    items = {item.id: item for item in fu.followed_here(ds, None if scope == _TARGETS else scope)}
    if found.ds.follow_up.unread:
        # Neither what is in force nor what is missing can be said.
        st.html(_table(found, list(items.values()), scope))
        return
    # What is typed below is counted above it.
    message = st.container()
    found = _chosen(ds, found, items, scope)
    head.html(_head(found))
    message.html(_message(found.ds, scope))
    st.html(_table(found, list(items.values()), scope))
    news.show(found)
    st.html(_progress(found.ds))
    files.show(ds, found)


def _head(found: team.FollowUp) -> str:
    """The page's title and the whole follow-up in one sentence."""
    said = words.message(fu.everywhere(found.ds, found.ds.follow_up.entries))
    said = f"{words.UNREAD}." if found.ds.follow_up.unread else said
    return html.heading(1, "Suivi") + f'<p class="fil">{html.esc(said)}</p>'


def _where(ds: Dataset, scope: str) -> str:
    return "Cibles stratégiques" if scope == _TARGETS else ds.name(scope)


def _message(ds: Dataset, scope: str) -> str:
    """How many results are entered."""
    progress = fu.progress(ds, ds.follow_up.entries, None if scope == _TARGETS else scope)
    return html.heading(2, f"{_where(ds, scope)}{NBSP}: {words.count(progress)}", anchor="etat")


def _chosen(ds: Dataset, found: team.FollowUp, items: dict[str, Followed], scope: str) -> team.FollowUp:
    """The entry to look at and its fields; the follow-up once what is typed is written."""
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
    return form(ds, found, item, period)


def _about(ds: Dataset, item: Followed) -> str:
    """What the list leaves out: the whole wording of a target, the action of an indicator."""
    action = next((a for a in ds.action_plan.actions if item.id in (i.id for i in a.indicators)), None)
    return item.label if action is None else f"Action {action.id}\u00a0: {action.text}"


def _label(ds: Dataset, item: Followed) -> str:
    target = next((t for t in ds.targets.targets if item.kind == "cible" and t.id == item.id), None)
    return typographic(target.short if target is not None else item.label)


def _table(found: team.FollowUp, items: list[Followed], scope: str) -> str:
    """What is entered; the files have the rest, « non saisi »."""
    ds, entries = found.ds, found.ds.follow_up.entries
    head = ["Cible" if scope == _TARGETS else "Indicateur", "Période", "État", "Résultat"]
    head += ["Écart avec la cible"] if scope == _TARGETS else []
    rows = [_row(found, item, key) for item in items for key in fu.keys_of(item) if key in entries]
    caption = f"Suivi, {_where(ds, scope)}"
    table = html.plain_table(caption, (*head, "Date", "Responsable", "Note", "Inscrit par"), rows) if rows else ""
    return f'<div class="suivi">{table}</div>'


def _row(found: team.FollowUp, item: Followed, key: FollowUpKey) -> tuple[str, ...]:
    entry, own = found.ds.follow_up.entries[key], found.kept.get(key)
    cells = [f"{item.id}. {_label(found.ds, item)}", key.period, words.state(entry)]
    cells.append(words.result(entry.value, item.unit))
    standing = fu.standing(found.ds, key, entry)
    if standing is not None:
        cells.append(words.standing(standing, item.unit))
    day = period_words(entry.day.isoformat()) if entry.day else "–"
    return (*cells, day, entry.person or "–", entry.note or "–", own.author if own else "data/suivi.csv")


def _of(ds: Dataset, item: Followed) -> str:
    return ds.name(item.region) if item.region else "Cible"


def _progress(ds: Dataset) -> str:
    """How far each region, then each orientation, is; what is late, by name."""
    entries = ds.follow_up.entries
    found = fu.by_region(ds, entries)
    found += [(f"Orientation{NBSP}: {name}", own) for name, own in fu.by_orientation(ds, entries)]
    rows = [(typographic(n), *map(number, (own.entered, own.done, own.late, own.total))) for n, own in found]
    head = ("Région ou orientation", "Résultats saisis", "Réalisés", "En retard", "À suivre")
    late = [
        (f"{item.id}. {_label(ds, item)}", key.period, _of(ds, item), words.state(entries.get(key)))
        for item, key in fu.late(ds, entries)
    ]
    return (
        html.heading(2, "Avancement", anchor="avancement")
        + html.plain_table("Avancement du suivi, par région et par orientation", head, rows, frozenset({1, 2, 3, 4}))
        + f'<p class="source">{html.esc(words.LATE_RULE)}</p>'
        + html.details(
            f"Ce qui est en retard ({number(len(late))})",
            html.plain_table("Ce qui est en retard", ("Cible ou indicateur", "Période", "Où", "État"), late),
            anchor="retards",
        )
    )

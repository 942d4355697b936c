"""Suivi: the results of the targets and of the plan's indicators, that the team enters and shares."""

from __future__ import annotations

import streamlit as st

from dashboard.indicators import follow_up as fu
from dashboard.model import Dataset
from dashboard.model.follow_up import Followed, FollowUpKey
from dashboard.narrative import follow_up_words as words
from dashboard.team import follow_up as shared
from dashboard.team import writings
from dashboard.ui import follow_up_files as files
from dashboard.ui import markup as html
from dashboard.ui import team
from dashboard.ui.follow_up_form import form
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import moment
from dashboard.wording.periods import period as period_words

_TARGETS = "cibles"
# Draft of the last text there when the person came; in the session, the one of the visit before.
_LAST, _SINCE, _BEFORE = "suivi_vu", "_suivi_depuis", "_suivi_avant"
_MOST_NEWS = 20


def render(ds: Dataset) -> None:
    """No fragment: a field that is left by a click on the menu sends both at once, and the fragment would be looked for
    on the page that comes."""
    found = team.follow_up(ds)
    head = st.empty()
    head.html(_head(found))
    if ds.follow_up.problems:
        told = "Le fichier data/suivi.csv a des problèmes&nbsp;: ce qu’il contient n’est pas repris ici."
        st.html(html.box(told, html.problem_list(ds.follow_up.problems[: html.MOST])))
    if found.problem:
        st.html(team.problem_html(found.problem))
    scopes = [_TARGETS, *(c for c in ds.region_codes() if fu.followed_here(ds, c))]
    with st.container(horizontal=True, vertical_alignment="bottom", key="suivi_tete"):
        chosen = st.segmented_control(
            "Montrer", scopes, format_func=lambda c: html.literal(_where(ds, c)), default=_TARGETS, required=True,
            key="suivi_portee", label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
        scope = chosen or _TARGETS
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
    progress = fu.progress(found.ds, found.ds.follow_up.entries, None if scope == _TARGETS else scope)
    message.html(html.heading(2, f"{_where(ds, scope)}{NBSP}: {words.count(progress)}", anchor="etat"))
    st.html(_table(found, list(items.values()), scope))
    _news(found)
    st.html(_progress(found.ds))
    files.show(ds, found)


def _head(found: team.FollowUp) -> str:
    """The page's title and the whole follow-up in one sentence."""
    said = words.message(fu.everywhere(found.ds, found.ds.follow_up.entries))
    said = f"{words.UNREAD}." if found.ds.follow_up.unread else said
    return html.heading(1, "Suivi") + f'<p class="fil">{html.esc(said)}</p>'


def _where(ds: Dataset, scope: str) -> str:
    return "Cibles stratégiques" if scope == _TARGETS else ds.name(scope)


def _chosen(ds: Dataset, found: team.FollowUp, items: dict[str, Followed], scope: str) -> team.FollowUp:
    """The entry to look at and its fields; the follow-up once what is typed is written."""
    left, right = st.columns([3, 1])
    with left:
        id_ = st.selectbox(
            "Cible" if scope == _TARGETS else "Indicateur", list(items), key=f"suivi_sujet_{scope}",
            format_func=lambda i: f"{i}. {_label(ds, items[i])}", persist_state="session",
        )  # fmt: skip
    item, plan = items[id_], ds.action_plan
    with right:
        # The plan's own year, where the targets have it.
        first = item.periods.index(plan.period) if plan.period in item.periods else 0
        key = f"suivi_periode_{scope}_{id_}"
        period = st.selectbox("Période", item.periods, index=first, key=key, persist_state="session")
    # What the list leaves out: the whole wording of a target, the action of an indicator.
    action = next((a for a in plan.actions if item.id in (i.id for i in a.indicators)), None)
    about = item.label if action is None else f"Action {action.id}\u00a0: {action.text}"
    st.html(f'<p class="fil-court">{html.esc(typographic(about))}</p>')
    return form(ds, found, item, period)


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
    label, value = f"{item.id}. {_label(found.ds, item)}", words.result(entry.value, item.unit)
    cells = [label, key.period, words.state(entry), value]
    standing = fu.standing(found.ds, key, entry)
    if standing is not None:
        cells.append(words.standing(standing, item.unit))
    day = period_words(entry.day.isoformat()) if entry.day else "–"
    return (*cells, day, entry.person or "–", entry.note or "–", own.author if own else "data/suivi.csv")


def _news(found: team.FollowUp) -> None:
    """The entries in force that others have written since this person last came, the latest first; nothing on a first
    visit."""
    last = found.read.last.seq if found.read.last else 0
    if _SINCE not in st.session_state and not found.problem:
        st.session_state[_SINCE] = int(team.draft(_LAST) or last)
        team.keep_draft(_LAST, str(last))
    since, name = st.session_state.get(_SINCE, last), team.person().name
    read = [own for own in found.kept.values() if own.seq > since and own.author != name][::-1]
    if read:
        rows = [
            (moment(o.at), o.author, f"{o.entry.id} {o.entry.period}", _seen_before(o, since), words.short(o.entry))
            for o in read[:_MOST_NEWS]
        ]
        head = ("Quand", "Qui", "Cible ou indicateur", "Avant", "Maintenant")
        st.html(
            html.heading(2, f"Depuis votre dernière visite ({number(len(read))})", anchor="nouveau")
            + html.plain_table("Inscrit par d’autres depuis votre dernière visite", head, rows)
            + html.others(len(read) - len(rows))
        )


def _seen_before(own: shared.Kept, since: int) -> str:
    """What the person saw of an entry at the visit before; read once in a session, as it changes no more."""
    known: dict[str, str] = st.session_state.setdefault(_BEFORE, {})
    subject = shared.subject_of(own.entry.key)
    if subject not in known:
        read, problem = team.trying(writings.history, shared.TOPIC, subject)
        if problem:
            return "–"
        seen = next((one for one in read or () if one.seq <= since and one.version is not None), None)
        known[subject] = words.short(shared.entry_of(seen)) if seen else words.NOT_ENTERED
    return known[subject]


def _progress(ds: Dataset) -> str:
    """How far each region, then each orientation, is; what is late, by name."""
    entries = ds.follow_up.entries
    found = fu.by_region(ds, entries)
    found += [(f"Orientation{NBSP}: {name}", own) for name, own in fu.by_orientation(ds, entries)]
    rows = [(typographic(n), *map(number, (own.entered, own.done, own.late, own.total))) for n, own in found]
    head = ("Région ou orientation", "Résultats saisis", "Réalisés", "En retard", "À suivre")
    late = [
        (
            f"{item.id}. {_label(ds, item)}",
            key.period,
            ds.name(item.region) if item.region else "Cible",
            words.state(entries.get(key)),
        )
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

"""The journal that publishers read: all that was written and published, by whom, when; on screen and as a file."""

from __future__ import annotations

import json
from typing import NamedTuple

import streamlit as st

from dashboard.narrative import follow_up_words as words
from dashboard.team import follow_up, presentations, writings
from dashboard.team.database import Store
from dashboard.team.writings import Writing
from dashboard.ui import cache, publishing, team, uploads
from dashboard.ui import markup as html
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import moment
from dashboard.wording.spreadsheet import french_csv
from dashboard.wording.today import local

# Lines on the page; the file has them all. Characters of a text in a cell.
_MOST, _SHORT = 50, 160


class Line(NamedTuple):
    """Something that somebody did. at: an instant with its zone."""

    at: str
    who: str
    what: str
    before: str = ""
    after: str = ""


@cache.fragment
def show() -> None:
    """Nothing for whoever may not publish; for the others, what is read only once it is opened."""
    if not team.person().may("publisher"):
        return
    opened = st.expander("Journal de ce que l’équipe a écrit et publié", key="journal", on_change="rerun")
    if not opened.open:
        return
    with opened:
        found, problem = team.trying(lines)
        if problem:
            st.html(team.problem_html(problem))
        elif found:
            rows = [
                (moment(at), *(cell if len(cell) <= _SHORT else f"{cell[:_SHORT].rstrip()}…" for cell in rest))
                for at, *rest in found[:_MOST]
            ]
            head = ("Quand", "Qui", "Quoi", "Avant", "Après")
            st.html(html.plain_table("Le plus récent d’abord", head, rows) + html.others(len(found) - _MOST))
            uploads.download("Tout le journal (CSV)", as_csv, "journal.csv", "text/csv", "journal_csv")
        else:
            st.html("<p>Rien n’a encore été écrit ni publié.</p>")


def as_csv() -> bytes:
    """The whole journal, for a spreadsheet. Raises ForbiddenError, StoreError."""
    rows = [(local(at).isoformat(" ", "seconds")[:19], *rest) for at, *rest in lines(team.store())]
    return french_csv([("quand", "qui", "quoi", "avant", "apres"), *rows])


def lines(store: Store) -> list[Line]:
    """All that was done, the latest first. Raises ForbiddenError for whoever may not publish, StoreError."""
    team.person().require("publisher")
    written = writings.history(store)
    versions = {(w.topic, w.subject, w.version or 0): w for w in written if w.version is not None}
    found = [_line(w, versions) for w in written]
    for entry, undone in publishing.latest():
        if entry.undoing:
            found.append(Line(entry.date, entry.author, f"Annulation de la publication nº{NBSP}{entry.undoes}"))
        else:
            after = f"{entry.summary} (annulée)" if undone else entry.summary
            found.append(Line(entry.date, entry.author, f"Publication nº{NBSP}{entry.number}", "", after))
    return sorted(found, key=lambda line: local(line.at), reverse=True)


def _line(own: Writing, versions: dict[tuple[str, str, int], Writing]) -> Line:
    before = versions.get((own.topic, own.subject, (own.version or 0) - 1))
    kept = "" if own.version is not None else ", non retenu"
    if own.topic == follow_up.TOPIC:
        _, _, named = own.subject.partition("|")
        said = (words.short(follow_up.entry_of(w)) if w else "" for w in (before, own))
        return Line(own.at, own.author, f"Suivi, {named.replace('|', ', ')}{kept}", *said)
    if own.topic == presentations.TOPIC:
        title, there = _presentation(own)
        did = "retirée" if not there else "créée" if own.version == 1 else "changée"
        return Line(own.at, own.author, f"Présentation {did}{kept}", _presentation(before)[0] if before else "", title)
    return Line(own.at, own.author, f"Reprise de {own.subject}{kept}", "", f"{own.content} saisies")


def _presentation(writing: Writing) -> tuple[str, bool]:
    """Its title, and whether it was still there."""
    try:
        found = json.loads(writing.content)
        return str(found["title"]), bool(found["content"])
    except (ValueError, KeyError, TypeError):
        return writing.subject, False

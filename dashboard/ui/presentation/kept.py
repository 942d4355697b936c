"""The presentations that the team keeps, as a session has them: read where a page begins, and after a write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import streamlit as st

from dashboard.deck import files
from dashboard.deck.slides import Deck
from dashboard.model import Dataset
from dashboard.team import presentations, writings
from dashboard.team.database import Store
from dashboard.team.presentations import Kept
from dashboard.team.writings import Writing
from dashboard.ui import team

_KEY: Final = "_presentations_gardees"
# The draft that holds the ids of those that this browser opened, the last one first; so many at the most.
_OPENED: Final = "presentations"
_MOST: Final = 50


@dataclass
class _Read:
    """all: those in force, by id; last: what was written last then; problem: why they could not be read; decks: those
    that were shown, with what of them cannot be."""

    all: dict[str, Kept] = field(default_factory=dict)
    last: Writing | None = None
    problem: str = ""
    decks: dict[tuple[Kept, str], tuple[Deck, str]] = field(default_factory=dict)


def _read() -> _Read:
    found: _Read | None = st.session_state.get(_KEY)
    return refresh() if found is None else found


def refresh() -> _Read:
    """Those in force now, read again if anybody wrote; as they were while the database fails."""
    own: _Read = st.session_state.setdefault(_KEY, _Read())

    def read(store: Store) -> None:
        last = next(iter(writings.history(store, presentations.TOPIC, limit=1)), None)
        if last != own.last or last is None:
            own.all, own.last = presentations.kept(store), last

    own.problem = team.trying(read)[1]
    return own


def all_kept() -> Mapping[str, Kept]:
    """Those in force, by id: the last opened by this browser first, then the last changed."""
    own, opened = _read().all, team.draft(_OPENED).split(",")
    return {id_: own[id_] for id_ in dict.fromkeys((*opened, *own)) if id_ in own}


def get(name: str) -> Kept | None:
    return _read().all.get(name)


def problem() -> str:
    """Why they cannot be read; nothing when they can."""
    return _read().problem


def deck(ds: Dataset, own: Kept) -> tuple[Deck, str]:
    """The slides of one, and what to say of those that the data cannot show."""
    decks, key = _read().decks, (own, ds.fingerprint)
    if key not in decks:
        found, why = files.reopened(ds, own.content)
        decks[key] = (replace(found or Deck("", ()), title=own.title), why)
    return decks[key]


def opened(id_: str) -> None:
    """This browser has this one open: the next time, it is offered first."""
    before = team.draft(_OPENED).split(",")
    if before[0] != id_:
        team.keep_draft(_OPENED, ",".join([id_, *(other for other in before if other and other != id_)][:_MOST]))

"""The follow-up that the team shares: entries in force, with who wrote them and when; written, refused, given back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError
from sqlalchemy import insert, select

from dashboard.model.follow_up import FollowUpEntry, FollowUpKey
from dashboard.team import writings
from dashboard.team.database import Store
from dashboard.team.people import Person
from dashboard.team.tables import WRITINGS, held
from dashboard.team.writings import Conflict, Writing

TOPIC: Final = "suivi"
# The line that says that a file was taken over, so that it is once.
_TAKEN: Final = "reprise"
# What is changed together: a number has its unit.
_TOGETHER: Final = (("state",), ("value", "unit"), ("day",), ("note",), ("person",))
_FIELDS: Final = {name for names in _TOGETHER for name in names}


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry in force. version: to be given back with what replaces it; seq: in the order of all that is written."""

    entry: FollowUpEntry
    version: int
    author: str
    at: str
    seq: int


@dataclass(frozen=True, slots=True)
class Shared:
    """Every entry in force, the last written last, those that were erased blank; and the last text that is in it."""

    kept: Mapping[FollowUpKey, Kept] = field(default_factory=dict)
    last: Writing | None = None


def blank(key: FollowUpKey) -> FollowUpEntry:
    """An entry that says nothing: what erases another."""
    return FollowUpEntry.model_validate(key._asdict())


def subject_of(key: FollowUpKey) -> str:
    return "|".join(key)


def _content(entry: FollowUpEntry) -> str:
    """The entry as a text: the same entry gives the same text."""
    return json.dumps(entry.model_dump(mode="json", include=_FIELDS), ensure_ascii=False, sort_keys=True)


def _key_of(subject: str) -> FollowUpKey:
    kind, _, rest = subject.partition("|")
    id_, _, period = rest.partition("|")
    return FollowUpKey(kind, id_, period)


def entry_of(writing: Writing) -> FollowUpEntry | None:
    """The entry that a text holds; None when it is not one."""
    try:
        found = {name: value for name, value in json.loads(writing.content).items() if name in _FIELDS}
        return FollowUpEntry.model_validate({**_key_of(writing.subject)._asdict(), **found})
    except (ValidationError, ValueError, AttributeError):
        return None


def read(store: Store, known: Shared | None = None) -> Shared:
    """The follow-up as it is: `known` when nothing was written since. Only what was written since is read, all of it
    again where a backup was put back. Raises StoreError."""
    before = known or Shared()
    found = writings.since(store, TOPIC, before.last)
    if found is None:
        return read(store)
    if not found:
        return before
    kept = dict(before.kept)
    newest = {one.subject: one for one in found if one.version is not None}
    for writing in sorted(newest.values(), key=lambda one: one.seq):
        kept.pop(_key_of(writing.subject), None)
        entry = entry_of(writing)
        if entry is not None:
            kept[entry.key] = Kept(entry, writing.version or 0, writing.author, writing.at, writing.seq)
    return Shared(kept, found[-1])


def entries(found: Mapping[FollowUpKey, Kept]) -> dict[FollowUpKey, FollowUpEntry]:
    """The entries alone, without those that say nothing."""
    return {key: own.entry for key, own in found.items() if not own.entry.blank}


def combined(
    seen: FollowUpEntry | None, mine: FollowUpEntry, theirs: FollowUpEntry | None
) -> tuple[FollowUpEntry, bool]:
    """What is in force (theirs) with the fields that somebody changed (mine) from what they saw, and whether one of
    these was changed otherwise meanwhile."""
    none = blank(mine.key)

    def differ(one: FollowUpEntry | None, other: FollowUpEntry | None, fields: tuple[str, ...]) -> bool:
        return any(getattr(one or none, name) != getattr(other or none, name) for name in fields)

    changed = [fields for fields in _TOGETHER if differ(mine, seen, fields)]
    clash = any(differ(theirs, seen, fields) and differ(mine, theirs, fields) for fields in changed)
    return (theirs or none).model_copy(update={n: getattr(mine, n) for fields in changed for n in fields}), clash


def put(store: Store, person: Person, entry: FollowUpEntry, base: int) -> Writing | Conflict:
    """What was written over the version `base` (0: none), or both texts when another is in force.

    Raises ForbiddenError for whoever only reads, StoreError.
    """
    person.require("contributor")
    return writings.write(store, TOPIC, subject_of(entry.key), _content(entry), person.name, base)


def take_over(store: Store, file: Mapping[FollowUpKey, FollowUpEntry], name: str) -> int:
    """Number of entries of a file taken over: once, for what nobody has written yet. Raises StoreError."""
    if not file or writings.history(store, _TAKEN, limit=1):
        return 0
    line = {"version": 1, "author": name, "at": writings.instant()}
    with store.writing() as connection:
        subjects = select(WRITINGS.c.subject).where(WRITINGS.c.topic.in_([TOPIC, _TAKEN]))
        known = set(connection.execute(subjects).scalars())
        if name in known:
            # Another process took it over at the same moment.
            return 0
        fresh = [e for key, e in file.items() if subject_of(key) not in known]
        lines = [held(WRITINGS, topic=TOPIC, subject=subject_of(e.key), content=_content(e), **line) for e in fresh]
        lines.append(held(WRITINGS, topic=_TAKEN, subject=name, content=str(len(fresh)), **line))
        connection.execute(insert(WRITINGS), lines)
    return len(fresh)

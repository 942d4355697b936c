"""Presentations that somebody named and kept for everybody: found again, shared by a short address, taken away."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from typing import Final

from dashboard.team import writings
from dashboard.team.database import Store
from dashboard.team.people import Person
from dashboard.team.writings import Conflict, Writing

TOPIC: Final = "presentation"
# Letters and digits that nobody mistakes for one another when they are dictated.
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class Kept:
    """A presentation in force. id: what its address holds; content: its YAML; version: to be given back."""

    id: str
    title: str
    content: str
    version: int
    author: str
    at: str


def _kept(writing: Writing) -> Kept | None:
    """The presentation that a text holds; None once it was removed."""
    try:
        found = json.loads(writing.content)
        title, content = str(found["title"]), str(found["content"])
    except (ValueError, KeyError, TypeError):
        return None
    return Kept(writing.subject, title, content, writing.version or 0, writing.author, writing.at) if content else None


def kept(store: Store) -> dict[str, Kept]:
    """Every presentation in force by id, the latest changed first. Raises StoreError."""
    found = sorted(writings.latest(store, TOPIC).values(), key=lambda w: w.seq, reverse=True)
    return {own.id: own for writing in found if (own := _kept(writing)) is not None}


def versions(store: Store, id_: str) -> list[Kept]:
    """What a presentation was, the latest first; at version 0, what was written over another. Raises StoreError."""
    return [own for writing in writings.history(store, TOPIC, id_) if (own := _kept(writing)) is not None]


def removed(store: Store) -> dict[str, Kept]:
    """What each removed presentation was, by id, as of the version of its removal. Raises StoreError."""
    found = {}
    for last in sorted(writings.latest(store, TOPIC).values(), key=lambda w: w.seq, reverse=True):
        if _kept(last) is None and (was := versions(store, last.subject)):
            found[last.subject] = replace(was[0], version=last.version or 0, author=last.author, at=last.at)
    return found


def create(store: Store, person: Person, title: str, content: str) -> Writing:
    """A new presentation. Raises ForbiddenError, StoreError."""
    while True:
        found = put(store, person, "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)), title, content, 0)
        if isinstance(found, Writing) and found.author == person.name and found.version == 1:
            return found


def put(store: Store, person: Person, id_: str, title: str, content: str, base: int) -> Writing | Conflict:
    """What was written over the version `base`, or both texts when another is in force. An empty content removes the
    presentation from the lists; its versions stay. Raises ForbiddenError, StoreError."""
    person.require("contributor")
    text = json.dumps({"title": title, "content": content}, ensure_ascii=False, sort_keys=True)
    return writings.write(store, TOPIC, id_, text, person.name, base)

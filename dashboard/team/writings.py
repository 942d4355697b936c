"""Texts that the team shares, in versions that nobody can erase: read, and written over the version that one saw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import Final

from sqlalchemy import and_, func, insert, select

from dashboard.team.database import Store
from dashboard.team.tables import WRITINGS, held
from dashboard.wording.today import now

_LONGEST_AUTHOR: Final = 200


@dataclass(frozen=True, slots=True)
class Writing:
    """One version of a text. version: None where it was written on one that was no longer the latest; at: UTC."""

    seq: int
    topic: str
    subject: str
    version: int | None
    content: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else wrote meanwhile: both are kept, `theirs` is in force, and one chooses."""

    mine: Writing
    theirs: Writing


def instant() -> str:
    """Now, as the tables hold it."""
    return now().astimezone(UTC).isoformat(timespec="microseconds")


def latest(store: Store, topic: str) -> dict[str, Writing]:
    """The text in force of each subject of a topic."""
    newest = (
        select(WRITINGS.c.subject, func.max(WRITINGS.c.version).label("version"))
        .where(WRITINGS.c.topic == topic)
        .group_by(WRITINGS.c.subject)
        .subquery()
    )
    same = and_(WRITINGS.c.subject == newest.c.subject, WRITINGS.c.version == newest.c.version)
    asked = select(WRITINGS).join(newest, same).where(WRITINGS.c.topic == topic).order_by(WRITINGS.c.seq)
    with store.reading() as connection:
        return {row.subject: Writing(**row._mapping) for row in connection.execute(asked)}


def history(
    store: Store, topic: str | None = None, subject: str | None = None, *, after: int = 0, limit: int | None = None
) -> list[Writing]:
    """What was written after a `seq`, the latest first: of a subject, of a topic, of all."""
    asked = select(WRITINGS).where(WRITINGS.c.seq > after).order_by(WRITINGS.c.seq.desc()).limit(limit)
    if topic is not None:
        asked = asked.where(WRITINGS.c.topic == topic)
    if subject is not None:
        asked = asked.where(WRITINGS.c.subject == subject)
    with store.reading() as connection:
        return [Writing(**row._mapping) for row in connection.execute(asked)]


def since(store: Store, topic: str, last: Writing | None) -> list[Writing] | None:
    """What was written in a topic after its last known text (None: there was none), the earliest first; None when that
    text is not there: a backup was put back."""
    found = history(store, topic, after=last.seq - 1 if last else 0)[::-1]
    if last is None:
        return found
    return found[1:] if found[:1] == [last] else None


def write(store: Store, topic: str, subject: str, content: str, author: str, base: int) -> Writing | Conflict:
    """What was written, kept when this returns; or both texts, when another than `base` is in force (0: none yet).

    The same text as the one in force is no conflict, and is not written twice. Raises StoreError, nothing written.
    """
    values = held(WRITINGS, topic=topic, subject=subject, content=content, author=author[:_LONGEST_AUTHOR])
    mine = and_(WRITINGS.c.topic == topic, WRITINGS.c.subject == subject)
    with store.writing() as connection:
        newest = select(WRITINGS).where(mine, WRITINGS.c.version.is_not(None)).order_by(WRITINGS.c.version.desc())
        row = connection.execute(newest.limit(1)).first()
        theirs = Writing(**row._mapping) if row is not None else None
        if theirs is not None and theirs.content == values["content"]:
            return theirs
        current = theirs.version or 0 if theirs is not None else 0
        # Nothing is in force: there is nobody to disagree with, whatever was seen before a backup was put back.
        agreed = theirs is None or current == base
        values |= {"version": current + 1 if agreed else None, "at": instant()}
        seq = int(connection.execute(insert(WRITINGS).values(values).returning(WRITINGS.c.seq)).scalar_one())
    written = Writing(seq=seq, **values)
    return written if theirs is None or agreed else Conflict(written, theirs)

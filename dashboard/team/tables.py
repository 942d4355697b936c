"""The tables of what the team writes. Their former states, and how to come from each to the next: migrations/."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, Index, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from dashboard.team.faults import StoreError

METADATA: Final = MetaData()
# Nothing of it is ever changed or erased: what replaces a text is a line of its own, with the next version. Without a
# version: what somebody wrote on a version that was no longer the latest, kept and not in force.
WRITINGS: Final = Table(
    "writings",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("topic", String(20), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("version", Integer, nullable=True),
    Column("content", Text, nullable=False),
    Column("author", String(200), nullable=False),
    # UTC, ISO 8601 with microseconds: in the order of their characters.
    Column("at", String(32), nullable=False),
    UniqueConstraint("topic", "subject", "version", name="one_of_each_version"),
    Index("last_of_topic", "topic", "seq"),
    sqlite_autoincrement=True,
)
# What one browser, or one signed-in person, has not given to the others.
DRAFTS: Final = Table(
    "drafts",
    METADATA,
    Column("owner", String(64), nullable=False),
    Column("name", String(120), nullable=False),
    Column("content", Text, nullable=False),
    Column("at", String(32), nullable=False),
    PrimaryKeyConstraint("owner", "name"),
)


def held(table: Table, **values: Any) -> dict[str, Any]:
    """The values as every engine can hold them: no NUL, no half of a character. Raises StoreError for what is longer
    than its column, which SQLite would not see."""
    found = {
        n: v.replace("\0", "").encode(errors="replace").decode() if isinstance(v, str) else v for n, v in values.items()
    }
    for name, value in found.items():
        kind = table.c[name].type
        if isinstance(kind, String) and kind.length and isinstance(value, str) and len(value) > kind.length:
            raise StoreError("text")
    return found

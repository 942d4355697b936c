"""What one browser, or one signed-in person, has begun and given to nobody: it survives a reload and a restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, delete, exc, insert, select

from dashboard.team.database import Store
from dashboard.team.tables import DRAFTS
from dashboard.team.writings import instant

# Days that a draft is kept after its last change: a browser that forgets its secret leaves it to nobody.
KEPT_DAYS = 400


def read(store: Store, owner: str) -> dict[str, str]:
    """Every draft of somebody, by name; none for whoever has no owner."""
    if not owner:
        return {}
    with store.reading() as connection:
        rows = connection.execute(select(DRAFTS.c.name, DRAFTS.c.content).where(DRAFTS.c.owner == owner))
        return {row.name: row.content for row in rows}


def put(store: Store, owner: str, name: str, content: str | None) -> None:
    """Keep a draft in the place of the one of that name; None removes it. Raises StoreError."""
    if not owner:
        return
    for last in (False, True):
        try:
            with store.writing() as connection:
                connection.execute(delete(DRAFTS).where(and_(DRAFTS.c.owner == owner, DRAFTS.c.name == name)))
                if content is not None:
                    connection.execute(insert(DRAFTS).values(owner=owner, name=name, content=content, at=instant()))
            return
        except exc.IntegrityError:
            # The same browser, in two pages at once: the one that comes second has the last word.
            if last:
                raise store.busy() from None


def forget_old(store: Store) -> None:
    """Remove the drafts that nobody has changed for long."""
    limit = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).isoformat(timespec="microseconds")
    with store.writing() as connection:
        connection.execute(delete(DRAFTS).where(DRAFTS.c.at < limit))

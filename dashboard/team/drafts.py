"""What one browser, or one signed-in person, has begun and given to nobody: it survives a reload and a restart."""

from __future__ import annotations

from datetime import UTC, timedelta

from sqlalchemy import and_, delete, insert, select

from dashboard.team.database import Store
from dashboard.team.tables import DRAFTS, held
from dashboard.team.writings import instant
from dashboard.wording.today import now

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
    own = held(DRAFTS, owner=owner, name=name, content=content or "")
    with store.writing() as connection:
        connection.execute(delete(DRAFTS).where(and_(DRAFTS.c.owner == own["owner"], DRAFTS.c.name == own["name"])))
        if content is not None:
            connection.execute(insert(DRAFTS).values(own | {"at": instant()}))


def forget_old(store: Store) -> None:
    """Remove the drafts that nobody has changed for long."""
    limit = (now().astimezone(UTC) - timedelta(days=KEPT_DAYS)).isoformat(timespec="microseconds")
    with store.writing() as connection:
        connection.execute(delete(DRAFTS).where(DRAFTS.c.at < limit))

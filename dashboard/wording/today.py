"""The day and the hour of Québec, whatever the zone of the server: a file made at 21:54 is of that day."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_QUEBEC = ZoneInfo("America/Toronto")


def now() -> datetime:
    """This instant, with Québec's hour and offset."""
    return datetime.now(_QUEBEC)


def local(at: str) -> datetime:
    """An instant as the database has it, with Québec's hour."""
    return datetime.fromisoformat(at).astimezone(_QUEBEC)


def today() -> date:
    """Today in Québec."""
    return now().date()

"""Which direction a region belongs to, and since when: a region may change, and the figures follow the date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from dashboard.model.periods import Period
from dashboard.model.rows import OptionalText, Row, Text

FIRST_DAY, LAST_DAY = date.min, date.max


def _day(raw: object, info: ValidationInfo) -> object:
    """« 2022-04-01 », or a year alone: its first day for a beginning, its last for an end. Empty: open."""
    text = raw.strip() if isinstance(raw, str) else raw
    begins = info.field_name == "member_from"
    if text is None or text == "":
        return FIRST_DAY if begins else LAST_DAY
    if not isinstance(text, str):
        return text
    try:
        if re.fullmatch(r"\d{4}", text):
            return date(int(text), 1, 1) if begins else date(int(text), 12, 31)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise PydanticCustomError("membership_day", "date")


Day = Annotated[date, BeforeValidator(_day)]


class Membership(Row):
    """A region in a direction, from a day to another, both included."""

    region_code: Text
    direction_code: Text
    member_from: Day
    member_to: Day
    note: OptionalText = None


def direction_at(memberships: Iterable[Membership], region: str, period: str, otherwise: str | None) -> str | None:
    """Direction of a region at the end of a period; `otherwise` for a region that no dated row speaks of."""
    own = [m for m in memberships if m.region_code == region]
    if not own:
        return otherwise
    day = Period.of(period).last
    return next((m.direction_code for m in own if m.member_from <= day <= m.member_to), None)

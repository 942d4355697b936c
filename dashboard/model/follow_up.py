"""The follow-up of the plan: one entry for an indicator or a target and a period, as people type it or a file holds it.

The columns of the file are in French, unlike those of the series: it is filled in, exchanged and read by people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from dashboard.model.action_plan import ActionPlan
from dashboard.model.documents import Targets
from dashboard.model.problems import Problem
from dashboard.model.rows import Row, empty_to_none

Kind = Literal["indicateur", "cible"]
Progress = Literal["non commencé", "en cours", "réalisé", "reporté", "abandonné"]
PROGRESS: tuple[Progress, ...] = get_args(Progress)
LONGEST_NOTE, LONGEST_NAME = 2000, 120
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]{1,9})(?:[.,][0-9]{1,4})?")


def _number(raw: object) -> object:
    """« 20 », « 21,5 », « 1 200 »: no sign, no unit, no letter."""
    if not isinstance(raw, str):
        return raw
    text = raw.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise PydanticCustomError("result_number", "nombre")
    value = Decimal(re.sub(r"[ \u00a0\u202f]", "", text).replace(",", "."))
    if value >= 10**9:
        raise PydanticCustomError("result_size", "nombre")
    # « 20,0 » and « 20 » are one result: they compare equal, and must be written alike.
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def _day(raw: object) -> object:
    if not isinstance(raw, str):
        return raw
    text = raw.strip()
    if not text:
        return None
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2100:
        raise PydanticCustomError("follow_up_date", "date")
    return found


def _plain(raw: object) -> object:
    """Text on its own lines: one kind of line end, no space around, nothing that a file could not hold."""
    if not isinstance(raw, str):
        return raw
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _UNREADABLE.search(text):
        raise PydanticCustomError("unreadable_character", "caractère")
    return text


Note = Annotated[str, Field(max_length=LONGEST_NOTE), BeforeValidator(_plain)]
Person = Annotated[str, Field(max_length=LONGEST_NAME), BeforeValidator(_plain)]


class FollowUpKey(NamedTuple):
    kind: str
    id: str
    period: str


class FollowUpEntry(Row):
    """What is known of one indicator or target in one period. What is empty is « non saisi », never zero."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

    kind: Annotated[Kind, Field(alias="type")]
    id: Annotated[str, Field(alias="identifiant", min_length=1, max_length=40)]
    period: Annotated[str, Field(alias="periode", min_length=1, max_length=20)]
    # For whoever reads the file: never kept, since the plan itself says what the identifier means.
    label: Annotated[str, Field(alias="libelle"), BeforeValidator(lambda _: "")] = ""
    state: Annotated[Progress | None, Field(alias="etat"), BeforeValidator(empty_to_none)] = None
    value: Annotated[Decimal | None, Field(alias="resultat"), BeforeValidator(_number)] = None
    unit: Annotated[str, Field(alias="unite", max_length=80), BeforeValidator(_plain)] = ""
    day: Annotated[date | None, Field(alias="date"), BeforeValidator(_day)] = None
    note: Annotated[Note, Field(alias="note")] = ""
    person: Annotated[Person, Field(alias="responsable")] = ""

    @property
    def key(self) -> FollowUpKey:
        return FollowUpKey(self.kind, self.id, self.period)

    @property
    def settled(self) -> FollowUpEntry:
        """The same, without the unit that a file repeats on lines that have no result."""
        return self if self.value is not None or not self.unit else self.model_copy(update={"unit": ""})

    @property
    def blank(self) -> bool:
        """True when nothing was entered: the unit alone says nothing."""
        return self.state is None and self.value is None and self.day is None and not self.note and not self.person


COLUMNS: tuple[str, ...] = tuple(field.alias or name for name, field in FollowUpEntry.model_fields.items())


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator of the plan or a target: what its results are counted in, and in which periods."""

    kind: Kind
    id: str
    label: str
    unit: str
    periods: tuple[str, ...]
    region: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The shared follow-up. With `problems`, nothing of data/suivi.csv can be used. unread: what the team wrote cannot
    be read, and nothing can be said of what is not among the `entries`."""

    known: Mapping[tuple[str, str], Followed]
    entries: Mapping[FollowUpKey, FollowUpEntry]
    problems: tuple[Problem, ...] = ()
    unread: bool = False


def followed(plan: ActionPlan, targets: Targets) -> dict[tuple[str, str], Followed]:
    """Everything that can be followed: the targets, then the indicators of every region, in their order."""
    found: list[Followed] = [
        Followed("cible", t.id, t.indicator, t.unit, tuple(v.period for v in t.targets if v.period))
        for t in targets.targets
    ]
    found += [
        Followed("indicateur", indicator.id, indicator.text, indicator.unit, (plan.period,), action.region_code)
        for action in plan.actions
        for indicator in action.indicators
    ]
    return {(item.kind, item.id): item for item in found}


def by_key(entries: Iterable[FollowUpEntry]) -> dict[FollowUpKey, FollowUpEntry]:
    return {entry.key: entry for entry in entries}

"""What a row of each CSV file is. Pydantic is the one engine; French messages are made in `loading`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Final, Literal, LiteralString, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from dashboard.model.periods import Period

Level = Literal["province", "direction", "region", "mrc"]
Status = Literal["definitive", "provisional", "estimate", "not_available", "superseded"]
# A value that its source has revised since: kept beside the newest one, which alone is used.
SUPERSEDED: Status = "superseded"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def empty_to_none(raw: object) -> object:
    return None if isinstance(raw, str) and raw.strip() == "" else raw


def _digits(pattern: str, error: LiteralString) -> BeforeValidator:
    """A text of this form alone: Pydantic would also read « 1_000 », « +5 », « 5.0 », and Decimal « 1e1 », « NaN »."""

    def judge(raw: object) -> object:
        if isinstance(raw, str) and not re.fullmatch(pattern, raw):
            raise PydanticCustomError(error, "chiffres")
        return raw

    return BeforeValidator(judge)


Count = Annotated[int, Field(ge=0, le=2_000_000_000), _digits(r"-?[0-9]+", "int_parsing")]
OptionalCount = Annotated[Count | None, BeforeValidator(empty_to_none)]
Percentage = Annotated[Decimal, Field(ge=0, le=100, max_digits=7), _digits(r"-?[0-9]+(\.[0-9]+)?", "decimal_parsing")]
OptionalPct = Annotated[Percentage | None, BeforeValidator(empty_to_none)]
OptionalText = Annotated[str | None, BeforeValidator(empty_to_none)]


class Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TerritoryRow(Row):
    """One territory. `name_in` and `name_of` carry the French prepositions that sentences need."""

    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{2,12}$")]
    level: Level
    parent_code: OptionalText
    name: Text
    name_in: Text
    name_of: Text
    kind: Text
    isq_code: OptionalText
    name_in_source: Text


def region_of(territories: Mapping[str, TerritoryRow], code: str) -> str | None:
    """Region of a territory: itself, or the parent of an MRC; None above the regions."""
    territory = territories.get(code)
    if territory is None or territory.level not in ("region", "mrc"):
        return None
    return code if territory.level == "region" else territory.parent_code


def _real_period(text: str) -> str:
    """A day that exists; two years in order."""
    try:
        return Period.of(text).code
    except ValueError:
        raise PydanticCustomError("string_pattern_mismatch", "période") from None


class ObservationRow(Row):
    """One observed count as the source prints it, with the printed percentage and the quoted line."""

    territory_code: Text
    indicator: Text
    category: Text
    period: Annotated[str, AfterValidator(_real_period)]
    value: OptionalCount
    printed_pct: OptionalPct
    base: Text
    status: Status
    source: Text
    quote: OptionalText

    @model_validator(mode="after")
    def _value_agrees_with_status(self) -> ObservationRow:
        if self.value is None and self.status != "not_available":
            raise ValueError("valeur_absente")
        if self.value is not None and self.status == "not_available":
            raise ValueError("valeur_presente")
        return self


# Columns whose numbers have decimals: a French spreadsheet writes them with a comma.
DECIMALS: Final = frozenset({"printed_pct"})


class Key(NamedTuple):
    """Identity of an observed figure."""

    territory: str
    indicator: str
    category: str
    period: str


@dataclass(frozen=True, slots=True)
class Observation:
    """An observed figure and the line of the file that holds it."""

    key: Key
    value: int | None
    printed_pct: Decimal | None
    base: str
    status: str
    source: str
    quote: str | None
    file: str
    line: int

    def __hash__(self) -> int:
        # A row is its place: hashing all of its fields, thousands of times a page, costs more than the page.
        return hash((self.file, self.line))

    def cell(self, column: str) -> str:
        """What a column of the file holds for this row; empty for none."""
        part = "territory" if column == "territory_code" else column
        held = getattr(self.key if part in Key._fields else self, part)
        return "" if held is None else str(held)

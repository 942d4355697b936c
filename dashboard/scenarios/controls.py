"""The fields of a simulation as a form shows them and a notice calls them. Values are those of an address, as typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Any

from dashboard.indicators import directions
from dashboard.model import Dataset
from dashboard.scenarios.texts import FieldTexts
from dashboard.scenarios.words import full_name

Values = Mapping[str, str]
_UNNAMED = FieldTexts(label="", named="", short="")


@dataclass(frozen=True, kw_only=True)
class Control:
    """texts: what the field is called, given by its simulation."""

    texts: FieldTexts = _UNNAMED

    def kept(self, ds: Dataset, values: Values, value: str) -> str:
        """What is left of this value once another field has changed."""
        return value


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of a list that may depend on the other values; hint: a line of context under it."""

    options: Callable[[Dataset, Values], Sequence[str]]
    show: Callable[[Dataset, str], str] = lambda ds, option: option
    hint: Callable[[Dataset, Values], str] = lambda ds, values: ""

    def kept(self, ds: Dataset, values: Values, value: str) -> str:
        options = self.options(ds, values)
        return value if value in options else options[0]


def territory(*levels: str) -> Choice:
    """The territory of a simulation, among those of these levels whose data are there."""

    def options(ds: Dataset, values: Values) -> list[str]:
        return [
            *(directions.shown(ds) if "direction" in levels else []),
            *ds.region_codes(),
            *([ds.config.province] if "province" in levels else []),
            *(sorted(ds.mrc_codes(), key=ds.name) if "mrc" in levels else []),
        ]

    return Choice(options=options, show=full_name)


@dataclass(frozen=True)
class Group:
    """A list that stands before another and says which part of it is offered; usual: what its choice gives there."""

    name: str
    label: str
    options: Callable[[Dataset], Sequence[str]]
    current: Callable[[Dataset, Values], str]
    usual: Callable[[Dataset, str], str]


@dataclass(frozen=True, kw_only=True)
class Several(Control):
    """One or more of a list, all in sight."""

    options: Callable[[Dataset, Values], Sequence[str]]
    show: Callable[[Dataset, str], str] = lambda ds, option: option
    group: Group | None = None

    def kept(self, ds: Dataset, values: Values, value: str) -> str:
        options = self.options(ds, values)
        return ".".join([own for own in parts(value) if own in options] or options[-1:])


def parts(value: str) -> list[str]:
    """The codes of a list as an address writes it (« 2410.2412 »)."""
    return [part for part in value.replace(",", ".").split(".") if part]


@dataclass(frozen=True)
class Scale:
    """A slider from 0, or from `start`, to `top`; it stands on `rest` while its field is empty or cannot be read.

    placeholder: what the empty field says; hint: the line under the slider.
    """

    top: Decimal
    step: Decimal = Decimal(1)
    rest: Decimal = Decimal(0)
    start: Decimal = Decimal(0)
    unit: str = ""
    decimals: int = 0
    placeholder: str = ""
    hint: str = ""

    @property
    def marks(self) -> list[Decimal]:
        steps = int(((self.top - self.start) / self.step).to_integral_value(ROUND_UP))
        return [self.start + self.step * n for n in range(steps + 1)]


def round_step(top: Decimal, marks: int = 100) -> Decimal:
    """A round step (1, 2 or 5 times a power of ten) that gives about so many marks from 0 to `top`."""
    rough = top / marks
    power = Decimal(1).scaleb(rough.adjusted())
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)


@dataclass(frozen=True)
class Shortcuts:
    """Values of the source that a press of a button puts in a field: label of each -> its value."""

    name: str
    label: str
    values: Callable[[Dataset], Mapping[str, float]]


@dataclass(frozen=True, kw_only=True)
class Number(Control):
    """A number typed, with a slider where a scale is known."""

    scale: Callable[[Dataset, Values], Scale | None] = lambda ds, values: None
    shortcuts: Shortcuts | None = None


@dataclass(frozen=True, kw_only=True)
class NumberByMrc(Control):
    """A number for each MRC of the territory, kept together.

    check: reader of one number; wanted: whether these values ask for it; unfolded: it stands open from the first.
    """

    mrcs: Callable[[Dataset, Values], Sequence[str]]
    check: Callable[[Any], object]
    wanted: Callable[[Values], bool] = lambda values: True
    unfolded: bool = False

    def kept(self, ds: Dataset, values: Values, value: str) -> str:
        codes = self.mrcs(ds, values)
        return joined({code: number for code, number in by_code(value).items() if code in codes})


def by_code(value: str) -> dict[str, str]:
    """The numbers by code of an address (« 2410-31_2412-7 »)."""
    return dict(part.split("-", 1) for part in value.split("_") if "-" in part)


def joined(numbers: Mapping[str, str]) -> str:
    """Numbers by code as an address writes them, without those left empty."""
    return "_".join(f"{code}-{value}" for code, value in sorted(numbers.items()) if value)

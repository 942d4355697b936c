"""What a simulation is made of: the fields of its form, the function that answers, and the words that all share.

The fields are those of a model that reads a form, an address and a file alike. Their names are French, since a policy
officer reads them in the address and in the file; each says with a Control how it is shown. simulations.yaml has the
texts. The values that a control is given are those of an address, as typed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_UP, Decimal
from functools import cached_property
from typing import Any, ClassVar

from dashboard.indicators import directions
from dashboard.indicators.memory import remembered
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset, Observation
from dashboard.model.documents import Document
from dashboard.scenarios.formula import plain
from dashboard.scenarios.result import ImpossibleError, Outcome
from dashboard.scenarios.texts import FieldTexts, field_texts, texts

Values = Mapping[str, str]
_UNNAMED = FieldTexts(label="", named="", short="")


class Parameters(Document):
    """What one simulation needs."""


# --- Fields -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Control:
    """texts: what the field is called, given by its simulation; sign: what parts the values of a list in an address."""

    texts: FieldTexts = _UNNAMED
    sign: ClassVar[str] = ""

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
        own = [*directions.shown(ds), *ds.region_codes(), ds.config.province, *sorted(ds.mrc_codes(), key=ds.name)]
        return [code for code in own if ds.territories[code].level in levels]

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
    sign: ClassVar[str] = "."

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


def round_step(top: Decimal) -> Decimal:
    """A round step (1, 2 or 5 times a power of ten) that gives about a hundred marks from 0 to `top`."""
    rough = top / 100
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
    sign: ClassVar[str] = "_"

    def kept(self, ds: Dataset, values: Values, value: str) -> str:
        codes = self.mrcs(ds, values)
        return joined({code: number for code, number in by_code(value).items() if code in codes})


def by_code(value: str) -> dict[str, str]:
    """The numbers by code of an address (« 2410-31_2412-7 »)."""
    return dict(part.split("-", 1) for part in value.split("_") if "-" in part)


def joined(numbers: Mapping[str, str]) -> str:
    """Numbers by code as an address writes them, without those left empty."""
    return "_".join(f"{code}-{value}" for code, value in sorted(numbers.items()) if value)


# --- The simulation ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Simulation:
    """One kind of simulation; `kind` is its name in the address, in a file and among the texts.

    run: the answer, or ImpossibleError when the data cannot give one; defaults: the usual values, as an address has
    them.
    """

    kind: str
    model: type[Parameters]
    run: Callable[[Dataset, Any], Outcome]
    defaults: Callable[[Dataset], dict[str, str]]

    @property
    def title(self) -> str:
        return texts(self.kind).title

    @property
    def question(self) -> str:
        return texts(self.kind).question

    @cached_property
    def controls(self) -> dict[str, Control]:
        """How each field is shown and called, in the order of the form."""
        called = field_texts(self.kind)
        return {
            name: replace(next(own for own in field.metadata if isinstance(own, Control)), texts=called[name])
            for name, field in self.model.model_fields.items()
        }


def raw(parameters: Parameters) -> dict[str, str]:
    """The parameters as an address writes them; what is empty is left out. Reading them back gives the same."""
    return {name: text for name, value in parameters if (text := _text(value))}


def _text(value: object) -> str:
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return "_".join(f"{code}-{_text(n)}" for code, n in value)
        return ".".join(map(str, value))
    return "" if value is None else plain(value) if isinstance(value, Decimal) else str(value)


# --- Words ------------------------------------------------------------------------------------------------------------


def listed(names: Sequence[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " et " + names[-1]


def who(ds: Dataset, code: str) -> str:
    """A territory as a title names it."""
    if code == ds.config.province:
        return "Ensemble du Québec"
    own = ds.territories.get(code)
    return directions.label(ds, code) if own is not None and own.level == "direction" else ds.name(code)


def of_name(ds: Dataset, code: str) -> str:
    """« de l’ensemble du Québec », « du Bas-Saint-Laurent », « de la direction »."""
    return "de l’ensemble du Québec" if code == ds.config.province else ds.territories[code].name_of


def full_name(ds: Dataset, code: str) -> str:
    """The same as `who`, with its region after an MRC."""
    region = ds.region_of(code)
    return who(ds, code) if region in (None, code) else f"{ds.name(code)} ({ds.name(region or code)})"


def basis(*quantities: Quantity) -> tuple[Observation, ...]:
    """The observations that these figures rest on, each once."""
    return tuple(dict.fromkeys(row for quantity in quantities for row in quantity.inputs))


def allowed(ds: Dataset, code: str, levels: Collection[str], field: str = "territoire") -> str:
    """The code when it is a territory of these levels whose data are there; raises ImpossibleError otherwise."""
    if code not in _known(ds):
        raise ImpossibleError(field, f"« {code} » n’est pas un territoire des données.")
    if ds.territories[code].level not in levels:
        raise ImpossibleError(field, f"cette simulation ne se fait pas pour {who(ds, code)}.")
    return code


@remembered
def _known(ds: Dataset) -> frozenset[str]:
    return frozenset((ds.config.province, *directions.shown(ds), *ds.region_codes(), *ds.mrc_codes()))

"""The simulations by name, and what answers raw values of a form, an address or a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from dashboard.loading.french import describe
from dashboard.model import Dataset
from dashboard.scenarios import mrc_year, profiles, provincial, sharing
from dashboard.scenarios.result import ImpossibleError, Outcome
from dashboard.scenarios.simulation import Parameters, Simulation
from dashboard.wording.numbers import typographic

# In the order of the list of the page.
_ALL = (
    mrc_year.SIMULATION, provincial.QUEBEC, provincial.BEST_YEAR, sharing.DISTRIBUTE,
    profiles.SETTLE, profiles.FRENCH, profiles.MIX, sharing.WEIGHT,
)  # fmt: skip
SIMULATIONS: dict[str, Simulation] = {own.kind: own for own in _ALL}
# A form and an address have no neighbouring entries to look at, as a file does.
_EMPTY = ("ce champ est vide.", "le remplir.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of raw values: an outcome, or the French message of each field at fault."""

    parameters: Parameters | None
    outcome: Outcome | None
    errors: Mapping[str, str]


def read(kind: str, raw: Mapping[str, str]) -> tuple[Parameters | None, dict[str, str]]:
    """Typed parameters, or the French message of each field that cannot be read."""
    try:
        return SIMULATIONS[kind].model.model_validate(dict(raw)), {}
    except ValidationError as error:
        errors: dict[str, str] = {}
        for detail in error.errors(include_url=False):
            message, remedy = _EMPTY if detail["type"] == "missing" else describe(dict(detail))
            said = " ".join(text[:1].upper() + text[1:] for text in (message, remedy))
            errors.setdefault(str(detail["loc"][0]), typographic(said))
        return None, errors


def answer(ds: Dataset, kind: str, raw: Mapping[str, str]) -> Answer:
    """Read raw values and run the simulation; never raises for values."""
    parameters, errors = read(kind, raw)
    if parameters is None:
        return Answer(None, None, errors)
    try:
        return Answer(parameters, SIMULATIONS[kind].run(ds, parameters), {})
    except ImpossibleError as error:
        message = error.message
        return Answer(parameters, None, {error.field: message[:1].upper() + message[1:]})


# More is no list that a person has made.
_MOST_PARTS = 40


def _parted(ds: Dataset, kind: str, values: Mapping[str, str], field: str, sign: str) -> tuple[str, str]:
    """What of a list can be used together, as an address writes it, and what cannot."""
    good, bad = list[str](), list[str]()
    text = values[field].replace(",", sign) if sign == "." else values[field]
    for part in [part for part in text.split(sign) if part][:_MOST_PARTS]:
        fits = field not in answer(ds, kind, {**values, field: sign.join([*good, part])}).errors
        (good if fits else bad).append(part)
    return sign.join(good), ", ".join(bad)


def tolerant(ds: Dataset, kind: str, raw: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Values of an address made usable: each that is unknown or impossible gives way to the usual one, and a list loses
    only what is wrong in it.

    Returns the values kept, and what was refused: field -> the value as given, or the parts of a list.
    """
    usual, controls = SIMULATIONS[kind].defaults(ds), SIMULATIONS[kind].controls
    given = {name: value for name, value in raw.items() if name in controls}
    kept, refused = {**usual, **given}, dict[str, str]()
    left_to_type = answer(ds, kind, usual).errors

    def faults(values: Mapping[str, str]) -> bool:
        """Whether a field is at fault that the usual values alone would not have."""
        return not answer(ds, kind, values).errors.keys() <= left_to_type.keys()

    def without(field: str) -> dict[str, str]:
        return {n: v for n, v in kept.items() if n != field} | ({field: usual[field]} if field in usual else {})

    for field in answer(ds, kind, kept).errors:
        sign = controls[field].sign if field in given else ""
        good, bad = _parted(ds, kind, kept, field, sign) if sign else ("", "")
        if good:
            kept[field], refused[field] = good, bad
    while errors := [field for field in answer(ds, kind, kept).errors if field in given and field not in refused]:
        for field in errors:
            refused[field], kept = given[field], without(field)
    # A fault left belongs to values that are good alone and not together: one gives way, or else all.
    if faults(kept):
        for field in [name for name in given if name not in refused]:
            if not faults(without(field)):
                return without(field), refused | {field: given[field]}
        return usual, given
    return kept, refused

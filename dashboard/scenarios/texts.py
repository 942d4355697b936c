"""The French of the simulations, from simulations.yaml: what each is called, asks for, says and supposes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from dashboard.loading.yaml_files import Reading, read_document
from dashboard.model.documents import Document
from dashboard.model.problems import DataError
from dashboard.scenarios.fields import refusal
from dashboard.scenarios.formula import Expression
from dashboard.scenarios.result import Outcome
from dashboard.wording.numbers import number, typographic

PATH = Path(__file__).with_name("simulations.yaml")
NAME = "dashboard/scenarios/simulations.yaml"
# The condition that always holds.
OTHERWISE = "sinon"


def _template(said: str | dict[str, str]) -> str | dict[str, str]:
    own = (said,) if isinstance(said, str) else said.values()
    try:
        specs = [spec for text in own for _, _, spec, _ in Formatter().parse(text)]
    except ValueError as error:
        raise refusal("une accolade est seule dans ce texte.", "fermer chaque accolade ouverte.") from error
    if any(spec and spec.count("|") != 1 for spec in specs):
        raise refusal("un accord n’a pas deux formes.", "l’écrire {nom:singulier|pluriel}.")
    return said


# A text with {names} in it, or several, each under the name of what must hold for it.
Said = Annotated[str | dict[str, str], AfterValidator(_template)]


class FieldTexts(Document):
    """What a form calls a field (`label`), a notice (`named`) and a list of filters (`short`)."""

    label: str
    named: str
    short: str
    title: str = ""
    slider: str = ""
    placeholder: str = ""
    before: str = ""


class Result(Document):
    """The texts of an Outcome, under the names that it has for them."""

    title: Said
    message: Said
    headline: Said
    headline_label: Said
    headline_note: Said
    observed_label: Said
    formula: list[Said]
    assumptions: list[Said]
    limits: list[Said]
    notices: Sequence[Said] = ()
    sheet_note: Said = ""


class Texts(Document):
    """The texts of one simulation; words: pieces that its other texts use."""

    title: str
    question: str
    fields: dict[str, FieldTexts]
    words: Annotated[dict[str, Said], Field(default_factory=dict)]
    result: Result


class _File(Document):
    common: dict[str, Said]
    fields: dict[str, FieldTexts]
    simulations: dict[str, Texts]


@cache
def reading() -> Reading[_File]:
    """The file of the texts, and its problems."""
    return read_document(PATH, NAME, _File)


def _file() -> _File:
    found = reading()
    if found.document is None:
        raise DataError(tuple(found.problems))
    return found.document


def texts(kind: str) -> Texts:
    """The texts of a simulation. Raises DataError when the file cannot be used."""
    return _file().simulations[kind]


def field_texts(kind: str) -> dict[str, FieldTexts]:
    """The texts of each field of a simulation, and of those that several have."""
    return _file().fields | texts(kind).fields


def outcome(kind: str, values: Mapping[str, Any], **rest: Any) -> Outcome:
    """The result of a simulation, its texts filled with these values: formulas and numbers as French writes them.

    values: by the name that the texts have for them; a condition is one that is not zero, empty, None nor False.
    rest: what an Outcome has besides its texts.
    """
    own, known = texts(kind), {name: _shown(value) for name, value in values.items()}

    def say(said: str | dict[str, str]) -> str:
        if isinstance(said, dict):
            said = next((text for name, text in said.items() if name == OTHERWISE or values.get(name)), "")
        return said.format_map(known) if "{" in said else said

    for name, piece in (_file().common | own.words).items():
        known[name] = _Agreed(say(piece))
    result: dict[str, Any] = {
        name: typographic(say(said))
        if isinstance(said, str | dict)
        else tuple(typographic(line) for one in said for line in say(one).split("\n") if line)
        for name, said in vars(own.result).items()
    }
    return Outcome(**result, **rest)


class _Agreed(str):
    """A number as it is written; « {total:admission répartie|admissions réparties} » has it agree with what follows."""

    value: float | None = None

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        words = one if self.value is not None and abs(self.value) < 2 else many
        return f"{self!s} {words}" if bar else str(self)


def _shown(value: Any) -> _Agreed:
    if isinstance(value, Expression):
        shown = _Agreed(value.words())
        shown.value = value.about
    elif value is None or type(value) in (int, float):
        shown = _Agreed(number(value))
        shown.value = value
    else:
        shown = _Agreed(value)
        digits = "".join(shown.split())
        shown.value = float(digits) if digits.isdecimal() else None
    return shown

"""The choices of a slide, checked against the data: what each may be, and why a value is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.indicators import admissions as adm
from dashboard.indicators.catalogue import entries
from dashboard.model import Dataset
from dashboard.wording.numbers import NBSP

SERIES = {"nombre": "Nombre", "indice": "Indice", "part": "Part du Québec"}


@dataclass(frozen=True)
class Choice:
    """One choice: `what` names it in a message; values are those allowed, first the usual one (None: none chosen)."""

    id: str
    what: str
    allowed: Callable[[Dataset, Mapping[str, str]], Sequence[str]]
    default: Callable[[Dataset, Mapping[str, str]], str | None]
    several: bool = False


def _territories(ds: Dataset, _: Mapping[str, str]) -> list[str]:
    return [ds.config.direction, *ds.region_codes()]


def region_of(ds: Dataset, choices: Mapping[str, str]) -> str | None:
    """Region of a slide's territory; None for the direction."""
    code = choices.get("territoire", ds.config.direction)
    return None if code == ds.config.direction else code


def _mrc(ds: Dataset, choices: Mapping[str, str]) -> list[str]:
    return ds.mrc_codes(region_of(ds, choices))


CHOICES = {
    choice.id: choice
    for choice in (
        Choice("territoire", "le territoire", _territories, lambda ds, _: ds.config.direction),
        Choice("mrc", "la MRC", _mrc, lambda ds, _: None),
        Choice("mesure", "la mesure", lambda ds, _: adm.MEASURES, lambda ds, _: ds.config.default_measure),
        Choice("serie", "la série", lambda ds, _: tuple(SERIES), lambda ds, _: "nombre"),
        Choice("annee", "l’année", lambda ds, _: adm.years(ds), lambda ds, _: adm.years(ds)[-1]),
        Choice("indicateur", "l’indicateur", lambda ds, _: list(entries(ds)), lambda ds, _: "taux"),
        Choice(
            "avec",
            "les territoires comparés",
            lambda ds, _: [*ds.mrc_codes(), *ds.region_codes(), ds.config.direction, ds.config.province],
            lambda ds, _: ",".join(ds.region_codes()[:8]),
            several=True,
        ),
        Choice(
            "reference",
            "la référence",
            lambda ds, c: [v for v in c.get("avec", ",".join(ds.region_codes()[:8])).split(",") if v],
            lambda ds, c: next(iter(c.get("avec", ",".join(ds.region_codes()[:8])).split(",")), None),
        ),
    )
}


def value(ds: Dataset, choices: Mapping[str, str], name: str) -> str | None:
    """The value of a choice: the one given when it is allowed, else the usual one."""
    choice = CHOICES[name]
    given = choices.get(name)
    return given if given is not None and not _refused(ds, choices, choice, given) else choice.default(ds, choices)


def _refused(ds: Dataset, choices: Mapping[str, str], choice: Choice, given: str) -> list[str]:
    """The parts of a value that are not allowed."""
    allowed = set(choice.allowed(ds, choices))
    parts = given.split(",") if choice.several else [given]
    return [part for part in parts if part not in allowed]


def problems(ds: Dataset, choices: Mapping[str, str], names: Sequence[str]) -> list[tuple[str, str]]:
    """(choice, message in French) for every choice that the data or the view do not allow."""
    found = []
    for name, given in choices.items():
        if name not in names:
            found.append((name, f"cette vue n’a pas de choix «{NBSP}{short(name)}{NBSP}»"))
            continue
        choice = CHOICES[name]
        refused = _refused(ds, choices, choice, given)
        found += [(name, f"«{NBSP}{short(part)}{NBSP}» ne convient pas pour {choice.what}") for part in refused]
    return found


def short(text: str) -> str:
    """A value from outside, as a message may show it."""
    return "".join(c for c in text if c.isprintable())[:40]

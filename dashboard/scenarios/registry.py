"""The simulations by name: title, parameters, function, defaults. A new simulation is a file and an entry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from dashboard.indicators import admissions as adm
from dashboard.loading.french import describe
from dashboard.model import Dataset
from dashboard.scenarios import parameters as p
from dashboard.scenarios.admitted import quebec
from dashboard.scenarios.best_year import best_year
from dashboard.scenarios.distribute import distribute
from dashboard.scenarios.french import french, plan_value
from dashboard.scenarios.mix import mix
from dashboard.scenarios.mrc_year import mrc_year
from dashboard.scenarios.result import ImpossibleError, Outcome
from dashboard.scenarios.settle import settle
from dashboard.scenarios.weight import weight
from dashboard.wording.numbers import plain, typographic


@dataclass(frozen=True, slots=True)
class Simulation:
    """One kind of simulation. `run` raises ImpossibleError when the data cannot answer."""

    kind: str
    title: str
    question: str
    model: type[p.Parameters]
    run: Callable[[Dataset, Any], Outcome]
    defaults: Callable[[Dataset], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of raw values: an outcome, or the French message of each field at fault."""

    parameters: p.Parameters | None
    outcome: Outcome | None
    errors: Mapping[str, str]


def _last(ds: Dataset) -> str:
    return adm.years(ds)[-1]


def _mrc_year(ds: Dataset) -> dict[str, str]:
    """The MRC with the most admissions of the first region, in the last year."""
    mrcs = ds.mrc_codes(ds.region_codes()[0])
    most = max(mrcs, key=lambda code: adm.admissions(ds, code, adm.span(ds)).value or 0)
    return {"territoires": most, "annees": min(_last(ds), adm.span(ds)[5:])}


def _quebec(ds: Dataset) -> dict[str, str]:
    count = adm.admissions(ds, ds.config.province, _last(ds)).value
    return {"territoire": ds.config.direction, "admissions": plain(count), "reference": _last(ds)}


def _first(ds: Dataset) -> dict[str, str]:
    return {"territoire": ds.region_codes()[0]}


def _french(ds: Dataset) -> dict[str, str]:
    target = plan_value(ds)
    return {**_first(ds), "taux": plain(target.value).removesuffix(".0") if target else "50"}


_ALL = (
    Simulation(
        "mrc-annee",
        "MRC et année",
        "Combien d’admissions dans ces MRC, ces années-là?",
        p.MrcYear,
        mrc_year,
        _mrc_year,
    ),
    Simulation(
        "quebec",
        "Admissions du Québec",
        "Si le Québec admettait tant de personnes, combien ici?",
        p.Quebec,
        quebec,
        _quebec,
    ),
    Simulation(
        "meilleure-annee",
        "Retour au sommet",
        "Que faudrait-il pour revenir à la meilleure année?",
        p.BestYear,
        best_year,
        lambda ds: {**_first(ds), "ans": "3"},
    ),
    Simulation(
        "repartir",
        "Répartir entre les MRC",
        "Comment répartir tant d’admissions entre les MRC?",
        p.Distribute,
        distribute,
        lambda ds: {**_first(ds), "nombre": "50", "methode": "parts"},
    ),
    Simulation(
        "permis",
        "Permis et établissement",
        "Et si une part des titulaires de permis temporaires s’établissait?",
        p.Settle,
        settle,
        _first,
    ),
    Simulation(
        "francais",
        "Français et francisation",
        "Combien de personnes en francisation, à tel taux de participation?",
        p.French,
        french,
        _french,
    ),
    Simulation(
        "categories",
        "Catégories d’admission",
        "Et si la répartition du Québec par catégorie s’appliquait ici?",
        p.Mix,
        mix,
        lambda ds: {**_first(ds), "modele": ds.config.province},
    ),
    Simulation(
        "poids-demographique",
        "Poids démographique",
        "Que recevrait ce territoire au poids de sa population?",
        p.Weight,
        weight,
        lambda ds: {**_first(ds), "periode": adm.span(ds)},
    ),
)
SIMULATIONS: dict[str, Simulation] = {simulation.kind: simulation for simulation in _ALL}


# A form and an address have no neighbouring entries to look at, as a file does.
_EMPTY = ("ce champ est vide.", "le remplir.")


def read(kind: str, raw: Mapping[str, str]) -> tuple[p.Parameters | None, dict[str, str]]:
    """Typed parameters, or the French message of each field that cannot be read."""
    try:
        return SIMULATIONS[kind].model.model_validate(dict(raw)), {}
    except ValidationError as error:
        errors: dict[str, str] = {}
        for detail in error.errors(include_url=False):
            message, remedy = _EMPTY if detail["type"] == "missing" else describe(dict(detail))
            field = str(detail["loc"][0]) if detail["loc"] else ""
            errors.setdefault(
                field, typographic(f"{message[:1].upper()}{message[1:]} {remedy[:1].upper()}{remedy[1:]}")
            )
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


# Fields that hold several values, with what parts them in an address.
_LISTS = {"territoires": ".", "annees": ".", "poids": "_", "planchers": "_"}
# More is no list that a person has made.
_MOST_PARTS = 40


def _parted(ds: Dataset, kind: str, values: Mapping[str, str], field: str) -> tuple[str, str]:
    """What of a list can be used together, as an address writes it, and what cannot."""
    sign, good, bad = _LISTS[field], list[str](), list[str]()
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
    usual, fields = SIMULATIONS[kind].defaults(ds), SIMULATIONS[kind].model.model_fields
    kept = {**usual, **{name: value for name, value in raw.items() if name in fields}}
    refused: dict[str, str] = {}
    for field in answer(ds, kind, kept).errors.keys() & raw.keys() & _LISTS.keys():
        good, bad = _parted(ds, kind, kept, field)
        if good:
            kept[field], refused[field] = good, bad
    # At worst each field is refused once, then the usual values stand alone.
    for _ in range(len(fields) + 1):
        errors = {f: m for f, m in answer(ds, kind, kept).errors.items() if f in raw and f not in refused}
        if not errors:
            break
        for field in errors:
            refused[field] = raw[field]
            kept.pop(field, None)
            if field in usual:
                kept[field] = usual[field]
    else:
        return usual, dict(raw)
    # A fault left belongs to values that are good alone and not together: one gives way, or else all.
    if _at_fault(ds, kind, kept, usual):
        for field in [f for f in raw if f in fields and f not in refused]:
            without = {n: v for n, v in kept.items() if n != field} | ({field: usual[field]} if field in usual else {})
            if not _at_fault(ds, kind, without, usual):
                return without, refused | {field: raw[field]}
        return usual, {n: v for n, v in raw.items() if n in fields}
    return kept, refused


def _at_fault(ds: Dataset, kind: str, values: Mapping[str, str], usual: Mapping[str, str]) -> bool:
    return bool(set(answer(ds, kind, values).errors) - set(answer(ds, kind, usual).errors))

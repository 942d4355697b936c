"""Simulation 8: what a territory would receive at its share of the direction's population, against what it receives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions
from dashboard.model import Dataset
from dashboard.scenarios.controls import Choice, Values, territory
from dashboard.scenarios.crossing import BY_MRC
from dashboard.scenarios.fields import Code, Period
from dashboard.scenarios.formula import Cell, Expression, Input, Sharing
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, line
from dashboard.scenarios.simulation import Parameters, Simulation
from dashboard.scenarios.words import ADMITTED_NOT_PRESENT, allowed, basis, who
from dashboard.wording.numbers import NBSP, number, percent, signed

LEVELS = ("direction", "region", "mrc")


def _periods(ds: Dataset, values: Values) -> list[str]:
    return [adm.span(ds), *(adm.years(ds) if values.get("territoire", "") in directions.shown(ds) else [])]


def _only_the_span(ds: Dataset, values: Values) -> str:
    several = len(_periods(ds, values)) > 1
    words = "Une année seule n’est possible que pour la direction : le plan ne croise pas MRC et année."
    return "" if several else words


class Weight(Parameters):
    """The territory and the period, a single year for a direction alone."""

    territoire: Annotated[Code, territory(*LEVELS)]
    periode: Annotated[Period, Choice("Période", "la période", "période", _periods, hint=_only_the_span)]


def weight(ds: Dataset, parameters: Weight) -> Outcome:
    """The regions of the direction, the MRC of a region, or one MRC beside its region."""
    code, period = allowed(ds, parameters.territoire, LEVELS), parameters.periode
    _check_period(ds, code, period)
    direction = _direction(ds, code, period)
    people, received = adm.population(ds, direction, period), adm.admissions(ds, direction, period)
    if not people.value or received.value is None:
        raise ImpossibleError("periode", f"la source ne donne pas les admissions de {period}.")
    total = Input("admissions_direction", f"Admissions de la direction, {period}", received.value)
    whole = code == direction
    lines = _lines(ds, code, direction, period, total)
    own = next(line for line in lines if line.id == code)
    seen, own_people = adm.admissions(ds, code, period), adm.population(ds, code, period)
    name, expected = who(ds, code), _simulated(own)
    gap = None if seen.value is None else int(seen.value) - expected
    top = max((line for line in lines if not line.total), key=_simulated)
    beside = top.observed if whole and top.observed is not None else seen
    inputs = basis(people, received, own_people, seen)
    share = percent(float(own_people.value or 0) / float(people.value) * 100)
    worked = total * int(own_people.value or 0) / int(people.value)
    return Outcome(
        f"Scénario : poids démographique, {name}, {period}",
        f"Au poids de leur population, les régions se partageraient les {total.words()} admissions de {period} : "
        + "; ".join(_pair(line) for line in lines if not line.total)
        + "."
        if whole
        else f"{name} : au poids de sa population ({share} de celle de la direction), {number(expected)} des "
        f"{total.words()} admissions de {period}; {number(seen.value)} observées ({signed(gap, 0)}).",
        formula=(
            f"{name} : {worked.words()} = {number(expected)}",
            "Arrondi au plus fort reste : les régions totalisent la direction, et les MRC leur région",
        ),
        assumptions=(
            (f"La population est celle du Recensement de {people.period} : elle n’a pas suivi les années de {period}."),
            "Le partage ne tient compte que de la population.",
        ),
        limits=(
            "Le poids démographique n’est ni une cible, ni une norme : le plan n’en fixe aucune.",
            "Un écart ne dit pas pourquoi : emploi, études, accueil de personnes réfugiées, réseaux déjà présents.",
            ADMITTED_NOT_PRESENT,
        ),
        headline=number(_simulated(top) if whole else expected),
        headline_label=top.label if whole else f"{name}, au poids de sa population",
        headline_note=f"sur {total.words()}; {number(beside.value)} observées",
        observed_label=f"Observé, {period}",
        lines=tuple(lines),
        inputs=inputs,
        cells=(total,),
    )


def _check_period(ds: Dataset, code: str, period: str) -> None:
    if period not in ds.periods("admissions"):
        raise ImpossibleError("periode", f"la source ne donne pas les admissions de {period}.")
    level = ds.territories[code].level
    mrcs = ds.mrc_codes(code) if level == "region" else [code]
    if level != "direction" and any(ds.get(mrc, BY_MRC, "total", period) is None for mrc in mrcs):
        raise ImpossibleError(
            "periode",
            f"le plan ne croise pas MRC et année : choisir {adm.span(ds)}, ou la simulation « MRC et année ».",
        )


def _direction(ds: Dataset, code: str, period: str) -> str:
    """The direction whose admissions are shared: the territory itself, or the one that it belongs to."""
    region = ds.region_of(code)
    found = code if region is None else ds.direction_of(region, period)
    if found is None:
        raise ImpossibleError("territoire", f"{who(ds, code)} n’est d’aucune direction à la fin de {period}.")
    return found


def _by_population(ds: Dataset, id_: str, title: str, total: Expression, codes: Sequence[str]) -> Sharing:
    rows = tuple((code, ds.name(code), int(adm.population(ds, code).value or 0)) for code in sorted(codes))
    return Sharing(id_, title, total, rows)


def _lines(ds: Dataset, code: str, direction: str, period: str, total: Expression) -> list[Line]:
    """Regions of the direction, or MRC of the region most populous first; totals last."""

    def one(own: str, label: str, value: Expression, *, last: bool = False) -> Line:
        return line(own, label, adm.admissions(ds, own, period), value=value, total=last)

    members = ds.members(direction, period)
    regions = _by_population(ds, "regions", "Partage entre les régions", total, members)
    if code == direction:
        rows = [one(region, ds.name(region), regions.part(region)) for region in members]
        return [*rows, one(direction, who(ds, direction), total, last=True)]
    region = ds.region_of(code)
    assert region is not None
    title = f"{ds.name(region)}{NBSP}: partage entre les MRC"
    own = Cell("value", region, regions.part(region))
    mrcs = _by_population(ds, "mrc", title, own, ds.mrc_codes(region))
    ordered = sorted(mrcs.shares, key=lambda mrc: (-mrcs.shares[mrc].part, mrc))
    return [
        *(one(mrc, ds.name(mrc), mrcs.part(mrc)) for mrc in ordered),
        one(region, f"{ds.name(region)}, total", regions.part(region), last=True),
    ]


def _simulated(own: Line) -> int:
    assert own.simulated is not None and own.simulated.value is not None
    return own.simulated.value


def _pair(own: Line) -> str:
    seen = number(own.observed.value if own.observed else None)
    return f"{own.label}, {number(_simulated(own))} contre {seen} observées"


SIMULATION = Simulation(
    "poids-demographique",
    "Poids démographique",
    "Que recevrait ce territoire au poids de sa population?",
    Weight,
    weight,
    lambda ds: {"territoire": ds.region_codes()[0], "periode": adm.span(ds)},
)

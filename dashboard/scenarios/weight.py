"""Simulation 8: what a territory would receive at its share of the direction's population, against what it receives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions
from dashboard.model import Dataset, Key
from dashboard.scenarios.controls import Choice, Values, territory
from dashboard.scenarios.crossing import BY_MRC
from dashboard.scenarios.fields import Code, Period
from dashboard.scenarios.formula import Cell, Expression, Input, Sharing
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, line
from dashboard.scenarios.simulation import Parameters, Simulation
from dashboard.scenarios.texts import outcome
from dashboard.scenarios.words import allowed, basis, of_name, who
from dashboard.wording.numbers import NBSP, number, percent
from dashboard.wording.periods import during

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
    periode: Annotated[Period, Choice(options=_periods, hint=_only_the_span)]


def weight(ds: Dataset, parameters: Weight) -> Outcome:
    """The regions of the direction, the MRC of a region, or one MRC beside its region."""
    code, period = allowed(ds, parameters.territoire, LEVELS), parameters.periode
    _check_period(ds, code, period)
    region = ds.region_of(code)
    direction = code if region is None else ds.direction_of(region, period)
    if direction is None:
        raise ImpossibleError("territoire", f"{who(ds, code)} n’est d’aucune direction à la fin de {period}.")
    people, received = adm.population(ds, direction, period), adm.admissions(ds, direction, period)
    if not people.value or received.value is None:
        raise ImpossibleError("periode", f"la source ne donne pas les admissions de {period}.")
    total = Input("admissions_direction", f"Admissions de la direction, {period}", received.value)
    lines = _lines(ds, region, direction, period, total)
    expected = {line.id: line.simulated.value or 0 for line in lines if line.simulated is not None}
    seen, own_people = adm.admissions(ds, code, period), adm.population(ds, code, period)
    parts = [line for line in lines if not line.total]
    top = max(parts, key=lambda line: expected[line.id])
    observed = {line.id: number(line.observed.value if line.observed else None) for line in lines}
    gap = 0 if seen.value is None else int(seen.value) - expected[code]
    values = {
        "name": who(ds, code), "period": period, "total": total, "whole": region is None,
        "when": during(period) if "-" in period else f"de {period}",
        "expected": expected[code],
        "pairs": "; ".join(f"{p.label}, {number(expected[p.id])} contre {_observed(p)}" for p in parts),
        "share": percent(float(own_people.value or 0) / float(people.value) * 100), "seen": seen.value,
        "given": seen.value is not None,
        "of": of_name(ds, code), "apart": number(abs(gap)), "less": gap < 0, "more": gap > 0,
        "top": top.label, "top_expected": expected[top.id], "top_seen": observed[top.id],
        "worked": total * int(own_people.value or 0) / int(people.value), "census": people.period,
    }  # fmt: skip
    return outcome(
        "poids-demographique",
        values,
        lines=lines,
        inputs=basis(people, received, own_people, seen),
        cells=(total,),
    )


def _observed(own: Line) -> str:
    """« 2 observées », « 1 observée »."""
    seen = own.observed.value if own.observed else None
    return f"{number(seen)} observée{'s' * (seen is None or seen >= 2)}"


def of_span(ds: Dataset, code: str) -> Outcome | None:
    """The answer for a territory over the period of the MRC; None where the data cannot give one."""
    try:
        return weight(ds, Weight(territoire=code, periode=adm.span(ds)))
    except ImpossibleError:
        return None


def _check_period(ds: Dataset, code: str, period: str) -> None:
    if period not in ds.periods("admissions"):
        raise ImpossibleError("periode", f"la source ne donne pas les admissions de {period}.")
    level = ds.territories[code].level
    mrcs = ds.mrc_codes(code) if level == "region" else [code]
    if level != "direction" and any(Key(mrc, BY_MRC, "total", period) not in ds.observations for mrc in mrcs):
        raise ImpossibleError(
            "periode",
            f"le plan ne croise pas MRC et année : choisir {adm.span(ds)}, ou la simulation « MRC et année ».",
        )


def _by_population(ds: Dataset, id_: str, title: str, total: Expression, codes: Iterable[str]) -> Sharing:
    rows = tuple((code, ds.name(code), int(adm.population(ds, code).value or 0)) for code in sorted(codes))
    return Sharing(id_, title, total, rows)


def _lines(ds: Dataset, region: str | None, direction: str, period: str, total: Expression) -> tuple[Line, ...]:
    """Regions of the direction, or MRC of the region most populous first; totals last."""

    def one(own: str, label: str, value: Expression, *, last: bool = False) -> Line:
        return line(own, label, adm.admissions(ds, own, period), value=value, total=last)

    members = ds.members(direction, period)
    regions = _by_population(ds, "regions", "Partage entre les régions", total, members)
    if region is None:
        rows = (one(own, ds.name(own), regions.part(own)) for own in members)
        return (*rows, one(direction, who(ds, direction), total, last=True))
    title = f"{ds.name(region)}{NBSP}: partage entre les MRC"
    whole = regions.part(region)
    mrcs = _by_population(ds, "mrc", title, Cell("value", region, whole), ds.mrc_codes(region))
    ordered = sorted(mrcs.shares, key=lambda mrc: (-mrcs.shares[mrc].part, mrc))
    rows = (one(mrc, ds.name(mrc), mrcs.part(mrc)) for mrc in ordered)
    return (*rows, one(region, f"{ds.name(region)}, total", whole, last=True))


SIMULATION = Simulation(
    "poids-demographique",
    Weight,
    weight,
    lambda ds: {"territoire": ds.region_codes()[0], "periode": adm.span(ds)},
)

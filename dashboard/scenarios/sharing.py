"""Simulations 4 and 8: N admissions distributed among MRC, and those of the direction shared like its population.

The parts always sum to what is shared.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, get_args

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset, Key
from dashboard.scenarios import simulation as sim
from dashboard.scenarios.crossing import BY_MRC
from dashboard.scenarios.fields import Code, Floors, Period, Persons, Weights, read_floor, read_weight
from dashboard.scenarios.formula import Cell, Expression, Input, Sharing
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, Simulated, line
from dashboard.scenarios.rounding import with_floors
from dashboard.scenarios.texts import outcome
from dashboard.wording.numbers import NBSP, number, percent
from dashboard.wording.periods import during

# --- N admissions among the MRC of a region or of the direction -------------------------------------------------------

_LEVELS = ("direction", "region")
Method = Literal["parts", "egal", "population", "poids"]
METHODS: tuple[Method, ...] = get_args(Method)
# A longer sum is not read.
MOST_TERMS = 12
NO_WEIGHT = "tous les poids sont nuls : en saisir au moins un."


def mrcs_of(ds: Dataset, code: str) -> list[str]:
    """MRC of a region, or of the regions that a direction has at the end of the period of the MRC."""
    regions = set(ds.members(code, adm.span(ds)) if ds.territories[code].level == "direction" else [code])
    return [mrc for mrc in ds.mrc_codes() if ds.region_of(mrc) in regions]


def _mrcs(ds: Dataset, values: sim.Values) -> list[str]:
    code = values.get("territoire", "")
    return mrcs_of(ds, code) if code in ds.territories else []


def _show_method(ds: Dataset, method: str) -> str:
    return {
        "parts": f"Parts observées {adm.span(ds)}",
        "egal": "Parts égales",
        "population": f"Population {adm.census_year(ds)}",
        "poids": "Poids saisis",
    }[method]


class Distribute(sim.Parameters):
    """`poids` serve the method of that name; `planchers` serve them all."""

    territoire: Annotated[Code, sim.territory(*_LEVELS)]
    nombre: Annotated[Persons, sim.Number(scale=lambda ds, values: sim.Scale(Decimal(500), Decimal(5)))]
    methode: Annotated[Method, sim.Choice(options=lambda ds, values: METHODS, show=_show_method)]
    poids: Annotated[
        Weights,
        sim.NumberByMrc(
            mrcs=_mrcs, check=read_weight, wanted=lambda values: values.get("methode") == "poids", unfolded=True
        ),
    ] = ()
    planchers: Annotated[Floors, sim.NumberByMrc(mrcs=_mrcs, check=read_floor)] = ()


def distribute(ds: Dataset, parameters: Distribute) -> Outcome:
    """Whole parts by largest remainder, none under its floor, most first."""
    code, method = sim.allowed(ds, parameters.territoire, _LEVELS), parameters.methode
    mrcs, floors = mrcs_of(ds, code), dict(parameters.planchers)
    weights, used = _weights(ds, parameters, mrcs)
    for field, own in (("poids", dict(parameters.poids)), ("planchers", floors)):
        strange = sorted(set(own) - set(mrcs))
        if strange:
            raise ImpossibleError(field, f"« {strange[0]} » n’est pas une MRC de ce territoire.")
    if sum(floors.values()) > parameters.nombre:
        message = f"les planchers totalisent {number(sum(floors.values()))}, plus que {number(parameters.nombre)}."
        raise ImpossibleError("planchers", message)
    try:
        parts = with_floors(parameters.nombre, weights, floors)
    except ValueError as error:
        raise ImpossibleError("poids", NO_WEIGHT) from error
    period = adm.span(ds)
    seen = {mrc: adm.admissions(ds, mrc, period) for mrc in mrcs}
    ordered = sorted(mrcs, key=lambda mrc: (-parts[mrc], -(seen[mrc].value or 0), mrc))
    total = Input("admissions_a_repartir", "Admissions à répartir", parameters.nombre)
    all_of_it, observed = f"{sim.who(ds, code)}, total", adm.admissions(ds, code, period)
    if floors or any(weight != int(weight) for weight in weights.values()):
        # Floors are served in rounds, and weights with decimals do not divide exactly: no formula says it whole.
        lines = [Line(mrc, ds.name(mrc), seen[mrc], Simulated(parts[mrc])) for mrc in ordered]
        lines.append(Line(code, all_of_it, observed, Simulated(parameters.nombre), total=True))
    else:
        rows = tuple((mrc, ds.name(mrc), int(weights[mrc])) for mrc in sorted(mrcs))
        sharing = Sharing("mrc", "Partage entre les MRC", total, rows)
        lines = [line(mrc, ds.name(mrc), seen[mrc], value=sharing.part(mrc)) for mrc in ordered]
        lines.append(line(code, all_of_it, observed, value=total, total=True))
    first, none = ordered[0], [ds.name(mrc) for mrc in ordered if parts[mrc] == 0]
    product = total * weights[first] / sum(weights.values())
    served = [number(n) for n in parts.values() if n]
    values = {
        "whole": sim.who(ds, code), "total": total, "name": ds.name(first), "received": parts[first], "period": period,
        "when": during(period),
        "name_of": sim.of_name(ds, first),
        method: True, "floors": bool(floors), "product": product, "quotient": number(product.about, 2),
        "terms": " + ".join(served) if len(served) <= MOST_TERMS else "", "many": len(parts),
        "census": adm.census_words(ds), "none": sim.listed(none) if none and parameters.nombre else "",
    }  # fmt: skip
    inputs = sim.basis(*seen.values(), *used)
    # Several years of admissions beside a number to distribute: in the table, not on the same axis.
    return outcome("repartir", values, lines=lines, inputs=inputs, same_scale=False, cells=(total,))


def _weights(ds: Dataset, p: Distribute, mrcs: list[str]) -> tuple[dict[str, Fraction | int], list[Quantity]]:
    """The weight of each MRC, and the figures that it comes from."""
    if p.methode == "egal":
        return dict.fromkeys(mrcs, 1), []
    if p.methode == "poids":
        typed = dict(p.poids)
        if not any(typed.values()):
            raise ImpossibleError("poids", NO_WEIGHT)
        return {mrc: Fraction(typed.get(mrc, 0)) for mrc in mrcs}, []
    by_people = p.methode == "population"
    found = {mrc: adm.population(ds, mrc) if by_people else adm.admissions(ds, mrc, adm.span(ds)) for mrc in mrcs}
    missing = [mrc for mrc, q in found.items() if q.value is None]
    if missing:
        raise ImpossibleError("methode", f"la source ne donne pas ce nombre pour {ds.name(missing[0])}.")
    return {mrc: int(q.value or 0) for mrc, q in found.items()}, list(found.values())


DISTRIBUTE = sim.Simulation(
    "repartir",
    Distribute,
    distribute,
    lambda ds: {"territoire": ds.region_codes()[0], "nombre": "50", "methode": "parts"},
)

# --- What a territory would receive at its share of the direction's population, against what it receives --------------

_WEIGHED = ("direction", "region", "mrc")


def _periods(ds: Dataset, values: sim.Values) -> list[str]:
    return [adm.span(ds), *(adm.years(ds) if values.get("territoire", "") in directions.shown(ds) else [])]


def _only_the_span(ds: Dataset, values: sim.Values) -> str:
    words = "Une année seule n’est possible que pour la direction : le plan ne croise pas MRC et année."
    return "" if len(_periods(ds, values)) > 1 else words


class Weight(sim.Parameters):
    """The territory and the period, a single year for a direction alone."""

    territoire: Annotated[Code, sim.territory(*_WEIGHED)]
    periode: Annotated[Period, sim.Choice(options=_periods, hint=_only_the_span)]


def weight(ds: Dataset, parameters: Weight) -> Outcome:
    """The regions of the direction, the MRC of a region, or one MRC beside its region."""
    code, period = sim.allowed(ds, parameters.territoire, _WEIGHED), parameters.periode
    level = ds.territories[code].level
    mrcs = {"direction": [], "region": ds.mrc_codes(code), "mrc": [code]}[level]
    if period not in ds.periods("admissions"):
        raise ImpossibleError("periode", f"la source ne donne pas les admissions de {period}.")
    if any(Key(mrc, BY_MRC, "total", period) not in ds.observations for mrc in mrcs):
        instead = f"choisir {adm.span(ds)}, ou la simulation « MRC et année »."
        raise ImpossibleError("periode", f"le plan ne croise pas MRC et année : {instead}")
    region = ds.region_of(code)
    direction = code if region is None else ds.direction_of(region, period)
    if direction is None:
        raise ImpossibleError("territoire", f"{sim.who(ds, code)} n’est d’aucune direction à la fin de {period}.")
    people, received = adm.population(ds, direction, period), adm.admissions(ds, direction, period)
    if not people.value or received.value is None:
        raise ImpossibleError("periode", f"la source ne donne pas les admissions de {period}.")
    total = Input("admissions_direction", f"Admissions de la direction, {period}", received.value)
    lines = _lines(ds, region, direction, period, total)
    expected = {line.id: line.simulated.value or 0 for line in lines if line.simulated is not None}
    seen, own_people = adm.admissions(ds, code, period), adm.population(ds, code, period)
    parts = [line for line in lines if not line.total]
    top = max(parts, key=lambda line: expected[line.id])
    observed = {line.id: line.observed.value if line.observed else None for line in lines}
    gap = 0 if seen.value is None else int(seen.value) - expected[code]
    values = {
        "name": sim.who(ds, code), "period": period, "total": total, "whole": region is None,
        "when": during(period) if "-" in period else f"de {period}",
        "expected": expected[code],
        "pairs": "; ".join(f"{p.label}, {number(expected[p.id])} contre {_observed(observed[p.id])}" for p in parts),
        "share": percent(float(own_people.value or 0) / float(people.value) * 100), "seen": seen.value,
        "given": seen.value is not None,
        "of": sim.of_name(ds, code), "apart": number(abs(gap)), "less": gap < 0, "more": gap > 0,
        "top": top.label, "top_expected": expected[top.id], "top_seen": number(observed[top.id]),
        "worked": total * int(own_people.value or 0) / int(people.value), "census": people.period,
    }  # fmt: skip
    inputs = sim.basis(people, received, own_people, seen)
    return outcome("poids-demographique", values, lines=lines, inputs=inputs, cells=(total,))


def _observed(seen: float | None) -> str:
    """« 2 observées », « 1 observée »."""
    return f"{number(seen)} observée{'s' * (seen is None or seen >= 2)}"


def of_span(ds: Dataset, code: str) -> Outcome | None:
    """The answer for a territory over the period of the MRC; None where the data cannot give one."""
    try:
        return weight(ds, Weight(territoire=code, periode=adm.span(ds)))
    except ImpossibleError:
        return None


def _lines(ds: Dataset, region: str | None, direction: str, period: str, total: Expression) -> tuple[Line, ...]:
    """Regions of the direction, or MRC of the region most populous first; totals last."""

    def one(own: str, label: str, value: Expression, *, last: bool = False) -> Line:
        return line(own, label, adm.admissions(ds, own, period), value=value, total=last)

    def by_population(id_: str, title: str, whole: Expression, codes: Iterable[str]) -> Sharing:
        rows = tuple((code, ds.name(code), int(adm.population(ds, code).value or 0)) for code in sorted(codes))
        return Sharing(id_, title, whole, rows)

    members = ds.members(direction, period)
    regions = by_population("regions", "Partage entre les régions", total, members)
    if region is None:
        rows = (one(own, ds.name(own), regions.part(own)) for own in members)
        return (*rows, one(direction, sim.who(ds, direction), total, last=True))
    title = f"{ds.name(region)}{NBSP}: partage entre les MRC"
    whole = regions.part(region)
    mrcs = by_population("mrc", title, Cell("value", region, whole), ds.mrc_codes(region))
    ordered = sorted(mrcs.shares, key=lambda mrc: (-mrcs.shares[mrc].part, mrc))
    rows = (one(mrc, ds.name(mrc), mrcs.part(mrc)) for mrc in ordered)
    return (*rows, one(region, f"{ds.name(region)}, total", whole, last=True))


WEIGHT = sim.Simulation(
    "poids-demographique", Weight, weight, lambda ds: {"territoire": ds.region_codes()[0], "periode": adm.span(ds)}
)

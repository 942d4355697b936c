"""Simulation 4: distribute N admissions among the MRC of a region or of the direction. The parts always sum to N."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, get_args

from dashboard.indicators import admissions as adm
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.scenarios.controls import Choice, Number, NumberByMrc, Scale, Values, territory
from dashboard.scenarios.fields import Code, Floors, Persons, Weights, read_floor, read_weight
from dashboard.scenarios.formula import Input, Sharing
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, Simulated, line
from dashboard.scenarios.rounding import with_floors
from dashboard.scenarios.simulation import Parameters, Simulation
from dashboard.scenarios.texts import outcome
from dashboard.scenarios.words import allowed, basis, listed, of_name, who
from dashboard.wording.numbers import number
from dashboard.wording.periods import during

LEVELS = ("direction", "region")
Method = Literal["parts", "egal", "population", "poids"]
METHODS: tuple[Method, ...] = get_args(Method)
# A longer sum is not read.
MOST_TERMS = 12
NO_WEIGHT = "tous les poids sont nuls : en saisir au moins un."


def mrcs_of(ds: Dataset, code: str) -> list[str]:
    """MRC of a region, or of the regions that a direction has at the end of the period of the MRC."""
    regions = set(ds.members(code, adm.span(ds)) if ds.territories[code].level == "direction" else [code])
    return [mrc for mrc in ds.mrc_codes() if ds.region_of(mrc) in regions]


def _mrcs(ds: Dataset, values: Values) -> list[str]:
    code = values.get("territoire", "")
    return mrcs_of(ds, code) if code in ds.territories else []


def _show_method(ds: Dataset, method: str) -> str:
    return {
        "parts": f"Parts observées {adm.span(ds)}",
        "egal": "Parts égales",
        "population": f"Population {adm.census_year(ds)}",
        "poids": "Poids saisis",
    }[method]


class Distribute(Parameters):
    """`poids` serve the method of that name; `planchers` serve them all."""

    territoire: Annotated[Code, territory(*LEVELS)]
    nombre: Annotated[Persons, Number(scale=lambda ds, values: Scale(Decimal(500), Decimal(5)))]
    methode: Annotated[Method, Choice(options=lambda ds, values: METHODS, show=_show_method)]
    poids: Annotated[
        Weights,
        NumberByMrc(
            mrcs=_mrcs, check=read_weight, wanted=lambda values: values.get("methode") == "poids", unfolded=True
        ),
    ] = ()
    planchers: Annotated[Floors, NumberByMrc(mrcs=_mrcs, check=read_floor)] = ()


def distribute(ds: Dataset, parameters: Distribute) -> Outcome:
    """Whole parts by largest remainder, none under its floor, most first."""
    code, method = allowed(ds, parameters.territoire, LEVELS), parameters.methode
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
    all_of_it, observed = f"{who(ds, code)}, total", adm.admissions(ds, code, period)
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
        "whole": who(ds, code), "total": total, "name": ds.name(first), "received": parts[first], "period": period,
        "when": during(period),
        "name_of": of_name(ds, first),
        method: True, "floors": bool(floors), "product": product, "quotient": number(product.about, 2),
        "terms": " + ".join(served) if len(served) <= MOST_TERMS else "", "many": len(parts),
        "census": adm.census_words(ds), "none": listed(none) if none and parameters.nombre else "",
    }  # fmt: skip
    return outcome(
        "repartir",
        values,
        lines=lines,
        inputs=basis(*seen.values(), *used),
        # Several years of admissions beside a number to distribute: in the table, not on the same axis.
        same_scale=False,
        cells=(total,),
    )


def _weights(ds: Dataset, p: Distribute, mrcs: list[str]) -> tuple[dict[str, Fraction | int], list[Quantity]]:
    """The weight of each MRC, and the figures that it comes from."""
    if p.methode == "egal":
        return dict.fromkeys(mrcs, 1), []
    if p.methode == "poids":
        typed = dict(p.poids)
        if not any(typed.values()):
            raise ImpossibleError("poids", NO_WEIGHT)
        return {mrc: Fraction(typed.get(mrc, 0)) for mrc in mrcs}, []
    found = {
        mrc: adm.population(ds, mrc) if p.methode == "population" else adm.admissions(ds, mrc, adm.span(ds))
        for mrc in mrcs
    }
    missing = [mrc for mrc, q in found.items() if q.value is None]
    if missing:
        raise ImpossibleError("methode", f"la source ne donne pas ce nombre pour {ds.name(missing[0])}.")
    return {mrc: int(q.value or 0) for mrc, q in found.items()}, list(found.values())


SIMULATION = Simulation(
    "repartir",
    Distribute,
    distribute,
    lambda ds: {"territoire": ds.region_codes()[0], "nombre": "50", "methode": "parts"},
)

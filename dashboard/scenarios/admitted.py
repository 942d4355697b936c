"""Simulation 2: Québec admits so many, and a region or the direction receives a share of them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from dashboard.indicators import admissions as adm
from dashboard.indicators.memory import remembered
from dashboard.model import Dataset
from dashboard.scenarios.controls import Choice, Number, Scale, Values, round_step, territory
from dashboard.scenarios.fields import Code, OptionalRate, Persons, Year
from dashboard.scenarios.formula import Cell, Constant, Expression, Input, Sharing, percent_of, rounded
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, line
from dashboard.scenarios.simulation import Parameters, Simulation
from dashboard.scenarios.texts import outcome
from dashboard.scenarios.words import allowed, basis, who
from dashboard.wording.numbers import NBSP, number, percent, plain
from dashboard.wording.periods import during

LEVELS = ("direction", "region")


@remembered
def observed_range(ds: Dataset) -> tuple[tuple[int, str], tuple[int, str]]:
    """Fewest and most admissions of Québec among the years observed, each with its year."""
    counts = [
        (int(q.value), y) for y in adm.years(ds) if (q := adm.admissions(ds, ds.config.province, y)).value is not None
    ]
    return min(counts), max(counts)


def share(ds: Dataset, code: str, year: str) -> Fraction:
    """Observed share of Québec's admissions (0 to 1). Raises ImpossibleError when the source lacks a figure."""
    part, whole = (adm.admissions(ds, own, year) for own in (code, ds.config.province))
    if year not in adm.years(ds) or part.value is None or not whole.value:
        raise ImpossibleError("reference", f"la part de {year} n’est pas dans les données pour {who(ds, code)}.")
    return Fraction(int(part.value), int(whole.value))


@remembered
def share_range(ds: Dataset, code: str) -> tuple[tuple[Fraction, str], tuple[Fraction, str]]:
    """Lowest and highest observed share of Québec's admissions, each with its year."""
    found = [(share(ds, code, year), year) for year in adm.years(ds)]
    return min(found), max(found)


def _percent(own: Fraction) -> str:
    return percent(float(own * 100), 2)


def _admissions_scale(ds: Dataset, values: Values) -> Scale:
    (least, first), (most, last) = observed_range(ds)
    hint = f"Observé : de {number(least)} ({first}) à {number(most)} ({last})."
    top = Decimal(2 * most)
    return Scale(top, round_step(top), Decimal(most), hint=hint)


def _part_scale(ds: Dataset, values: Values) -> Scale | None:
    code, year = values.get("territoire", ""), values.get("reference", "")
    try:
        own, ((low, first), (high, last)) = share(ds, code, year), share_range(ds, code)
    except (ImpossibleError, KeyError):
        return None
    top = 2 * Decimal(str(float(high * 100)))
    hint = f"Observé : de {_percent(low)} ({first}) à {_percent(high)} ({last}). Le curseur va au double du maximum."
    rest = Decimal(str(float(own * 100))).quantize(Decimal("0.01"))
    placeholder = f"vide{NBSP}: celle de {year}, {_percent(own)}"
    return Scale(top, round_step(top), rest, unit=f"{NBSP}%", decimals=2, placeholder=placeholder, hint=hint)


class Quebec(Parameters):
    """Québec admits so many; `part` is the share in percent, or None for the observed share of the year `reference`."""

    territoire: Annotated[Code, territory(*LEVELS)]
    admissions: Annotated[Persons, Number(scale=_admissions_scale)]
    reference: Annotated[Year, Choice(options=lambda ds, values: adm.years(ds))]
    part: Annotated[OptionalRate, Number(scale=_part_scale)] = None


def quebec(ds: Dataset, parameters: Quebec) -> Outcome:
    """Admissions of the territory, of its regions when it is the direction, and of its MRC."""
    code, year, typed = allowed(ds, parameters.territoire, LEVELS), parameters.reference, parameters.part
    reference = share(ds, code, year)
    own = reference if typed is None else Fraction(typed) / 100
    if reference == 0 and own:
        raise ImpossibleError("reference", "la part de cette année est nulle : en choisir une autre.")
    direction = ds.territories[code].level == "direction"
    seen, province = adm.admissions(ds, code, year), adm.admissions(ds, ds.config.province, year)
    admitted = Input("admissions_quebec", "Admissions du Québec, à essayer", parameters.admissions)
    here = Input("admissions_territoire", f"Admissions du territoire en {year}", seen.value)
    if typed is None:
        whole = Input("admissions_quebec_reference", f"Admissions du Québec en {year}", province.value)
        cells, total = (admitted, here, whole), admitted * here / whole
    else:
        part = Input("part_quebec", "Part du Québec, à essayer", typed, "%")
        cells, total = (admitted, part, here), percent_of(admitted, part)

    def part_of(region: str) -> Expression:
        """When the direction's share is typed, each region keeps its weight in the direction."""
        if region == code:
            return rounded(total)
        weight = Cell("observed", region, Constant(int(adm.admissions(ds, region, year).value or 0)))
        return rounded(admitted * weight / whole if typed is None else total * weight / here)

    regions = ds.members(code, year) if direction else [code]
    lines, more = [], list[Line]()
    for region in regions:
        own_part = part_of(region)
        lines.append(line(region, ds.name(region), adm.admissions(ds, region, year), value=own_part))
        more += _spread(ds, region, own_part)
    if direction:
        lines.append(line(code, who(ds, code), seen, value=rounded(total), total=True))
    (fewest, fewest_year), (most, most_year) = observed_range(ds)
    (lowest, lowest_year), (highest, highest_year) = share_range(ds, code)
    values = {
        "name": who(ds, code), "name_in": ds.territories[code].name_in, "year": year, "span": adm.span(ds),
        "when": during(adm.span(ds)), "same": seen.value == rounded(total).whole,
        "admitted": parameters.admissions, "part": _percent(own), "received": rounded(total).whole,
        "seen": seen.value, "total": total, "typed": typed is not None, "shared": direction,
        # What lies outside of what was observed is said.
        "admitted_beyond": not fewest <= parameters.admissions <= most, "fewest": fewest, "fewest_year": fewest_year,
        "most": most, "most_year": most_year, "part_beyond": not lowest <= own <= highest,
        "lowest": _percent(lowest), "lowest_year": lowest_year, "highest": _percent(highest),
        "highest_year": highest_year,
    }  # fmt: skip
    return outcome(
        "quebec",
        values,
        lines=lines,
        more=more,
        inputs=basis(*(adm.admissions(ds, region, year) for region in regions), province),
        cells=cells,
    )


def _spread(ds: Dataset, region: str, value: Expression) -> list[Line]:
    weights = {mrc: int(adm.admissions(ds, mrc, adm.span(ds)).value or 0) for mrc in sorted(ds.mrc_codes(region))}
    if not any(weights.values()):
        return []
    title = f"{ds.name(region)}{NBSP}: partage entre les MRC, selon les admissions {adm.span(ds)}"
    rows = tuple((mrc, ds.name(mrc), weight) for mrc, weight in weights.items())
    sharing = Sharing(region, title, Cell("value", region, value), rows)
    ordered = sorted(weights, key=lambda mrc: (-weights[mrc], mrc))
    return [line(mrc, f"{ds.name(mrc)} ({ds.name(region)})", value=sharing.part(mrc)) for mrc in ordered]


def _usual(ds: Dataset) -> dict[str, str]:
    count = adm.admissions(ds, ds.config.province, adm.years(ds)[-1]).value
    return {"territoire": ds.config.direction, "admissions": plain(count), "reference": adm.years(ds)[-1]}


SIMULATION = Simulation("quebec", Quebec, quebec, _usual)

"""Simulation 1: admissions of a set of MRC over a set of years, estimated from the margins."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Annotated

from dashboard.indicators import admissions as adm
from dashboard.indicators.memory import remembered
from dashboard.indicators.quantity import add, observed
from dashboard.model import Dataset
from dashboard.scenarios import crossing
from dashboard.scenarios.crossing import BY_MRC, BY_YEAR, Crossing, bounds, cross
from dashboard.scenarios.fields import Codes, Years
from dashboard.scenarios.formula import Cell, Constant, Expression, Operation, rounded
from dashboard.scenarios.result import SHOWN_FROM, UNDER, Grid, ImpossibleError, Line, Outcome, Simulated, Status, line
from dashboard.scenarios.rounding import controlled_rounding
from dashboard.scenarios.simulation import Group, Parameters, Several, Simulation, Values, listed, parts
from dashboard.scenarios.texts import outcome
from dashboard.wording.numbers import number
from dashboard.wording.periods import during

OTHERS = "autres"
CHOSEN = "choix"
# A spreadsheet does not write a small estimate either (bounds, total of the table, estimate).
WRITTEN = Operation(
    lambda low, high, total, estimate: estimate,
    "{3}",
    f'IF({{2}}=0,0,IF(AND({{0}}<>{{1}},{{3}}<{SHOWN_FROM}),"{UNDER}",{{3}}))',
)


def _region(ds: Dataset, values: Values) -> str:
    """The region of the first MRC chosen."""
    chosen = [code for code in parts(values.get("territoires", "")) if code in ds.territories]
    return next((r for code in chosen if (r := ds.region_of(code)) in ds.region_codes()), ds.region_codes()[0])


def _most(ds: Dataset, region: str) -> str:
    """The MRC of a region with the most admissions."""
    return max(ds.mrc_codes(region), key=lambda code: adm.admissions(ds, code, adm.span(ds)).value or 0, default="")


def _years(ds: Dataset, values: Values) -> list[str]:
    crossed = {year for period in crossing.periods(ds) for year in crossing.years_of(ds, period)}
    periods = {p for mrc in ds.mrc_codes(_region(ds, values)) for p in ds.periods_of.get((mrc, BY_MRC), ())}
    return sorted(crossed | {period for period in periods if len(period) == 4})


class MrcYear(Parameters):
    """MRC of one region, years of the period."""

    territoires: Annotated[
        Codes,
        Several(
            options=lambda ds, values: ds.mrc_codes(_region(ds, values)),
            show=Dataset.name,
            group=Group("region", "Région", Dataset.region_codes, _region, _most),
        ),
    ]
    annees: Annotated[Years, Several(options=_years)]


def mrc_year(ds: Dataset, parameters: MrcYear) -> Outcome:
    """The estimate of the set, the rest of the region, and the region's own total; the whole table in whole numbers."""
    found = cross(ds, parameters.territoires, parameters.annees)
    status: Status = "observé" if found.observed else "estimation"
    few = len(found.mrcs) <= 3
    years, mrcs = _years_text(found.years), listed(list(map(ds.name, found.mrcs))) if few else f"{len(found.mrcs)} MRC"
    name = f"{mrcs}, {years}"
    chosen, (expected, low, high) = _line(CHOSEN, name, found.formulas, found.cells[2], found.exact), found.formulas
    own = chosen.simulated
    assert own is not None
    if found.observed:
        # No formula: everything of it is in the data.
        chosen = Line(CHOSEN, name, simulated=own)
    estimate = own.text(status)
    values = {
        "name": name, "years": years, "estimate": estimate, "bounds": own.bounds_text(),
        "observed": found.observed, "estimated": not found.observed, "exact": found.exact,
        "deduced": found.exact and not found.observed, "supposed": not found.exact,
        "uninformative": found.uninformative, "when": during(crossing.period_of(ds, found.years) or ""),
        "small": estimate == UNDER, "expected": number(expected.about, 1), "worked": expected, "low_worked": low,
        "high_worked": high, "low": found.low, "high": found.high, "known": found.known,
        "known_beside": found.known and not found.observed,
    }  # fmt: skip
    return outcome(
        "mrc-annee",
        values,
        status=status,
        # Without a margin for each year (a file that crosses them without the region's total), nothing is beside.
        lines=(chosen, *_beside(ds, found)),
        inputs=found.inputs,
        grid=grid(ds, found),
        cells=() if found.observed else found.cells,
        drawn="parts and total",
    )


def _years_text(years: tuple[str, ...]) -> str:
    """« 2019 », « 2018 et 2019 », « 2015 à 2019 »."""
    run = int(years[-1]) - int(years[0]) == len(years) - 1 > 1
    return f"{years[0]} à {years[-1]}" if run else listed(years)


@remembered
def by_year(ds: Dataset, mrc: str) -> dict[str, Outcome]:
    """The estimate of an MRC for each year of the period that the MRC are totalled over; none where the data cannot
    answer."""
    found = {}
    for year in crossing.years_of(ds, adm.span(ds)):
        with suppress(ImpossibleError):
            found[year] = mrc_year(ds, MrcYear(territoires=(mrc,), annees=(year,)))
    return found


def _line(id_: str, label: str, formulas: tuple[Expression, ...], total: Expression, exact: bool) -> Line:
    """The estimate between its bounds."""
    expected, low, high = formulas
    shown = WRITTEN(Cell("low", id_, low), Cell("high", id_, high), total, rounded(expected))
    return line(id_, label, value=shown, low=low, high=high, exact=exact)


def _beside(ds: Dataset, found: Crossing) -> list[Line]:
    """What the chosen ones leave of the region's total, then that total: the sum of years that are observed."""
    totals = [observed(ds, found.region, BY_YEAR, "total", year) for year in found.years]
    if any(q.value is None for q in totals):
        return []
    name, label = f"{ds.name(found.region)}, total", f"Autres MRC, {ds.name(found.region)}"
    whole = Line(found.region, name, observed=add(totals, name, found.region), total=True)
    others = [code for code in ds.mrc_codes(found.region) if code not in found.mrcs]
    if not others:
        return [whole]
    rest = cross(ds, others, found.years)
    if found.known or rest.known:
        return [Line(OTHERS, label, simulated=Simulated(rest.estimate, rest.low, rest.high, rest.exact)), whole]
    row, column, total = found.cells
    left = total - row
    formulas = (crossing.expected(left, column, total), *bounds(left, column, total))
    return [_line(OTHERS, label, formulas, total, rest.exact), whole]


def grid(ds: Dataset, found: Crossing) -> Grid | None:
    """MRC x years of the region in whole numbers that keep both margins; None where no period has margins."""
    period = crossing.period_of(ds, found.years)
    chosen = frozenset((mrc, year) for mrc in found.mrcs for year in found.years)
    return None if period is None else replace(_whole_grid(ds, found.region, period), chosen=chosen)


@remembered
def _whole_grid(ds: Dataset, region: str, period: str) -> Grid:
    table = crossing.margins(ds, region, period)
    rest = table.open_rows
    left = Constant(sum(rest.values()))
    whole = controlled_rounding(tuple(rest.values()), tuple(table.columns[year] for year in table.open_years))
    # What a file gives is what it is.
    cells = {place: Simulated(value, value, value, exact=True) for place, value in table.cells.items()}
    for mrc, numbers in zip(rest, whole, strict=True):
        for year, value in zip(table.open_years, numbers, strict=True):
            low, high = bounds(Constant(rest[mrc]), Constant(table.columns[year]), left)
            cells[mrc, year] = Simulated(value, low.whole, high.whole, exact=low.value == high.value)
    rows = tuple((code, ds.name(code)) for code in rest)
    return Grid(rows, tuple(table.columns), cells, table.rows, table.columns, sum(table.rows.values()))


def _usual(ds: Dataset) -> dict[str, str]:
    """In the last year, the MRC with the most admissions of the first region whose totals say much of it."""
    year = min(adm.years(ds)[-1], adm.span(ds)[5:])
    most = [_most(ds, region) for region in ds.region_codes()]
    for mrc in most:
        with suppress(ImpossibleError):
            if not cross(ds, (mrc,), (year,)).uninformative:
                return {"territoires": mrc, "annees": year}
    return {"territoires": most[0], "annees": year}


SIMULATION = Simulation("mrc-annee", MrcYear, mrc_year, _usual)

"""Simulation 1: admissions of a set of MRC over a set of years, estimated from the margins."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from dashboard.indicators import admissions as adm
from dashboard.indicators.memory import remembered
from dashboard.indicators.quantity import add, observed
from dashboard.model import Dataset
from dashboard.scenarios import crossing
from dashboard.scenarios.controls import Group, Several, Values, parts
from dashboard.scenarios.crossing import BY_YEAR, Crossing, bounds, cross
from dashboard.scenarios.fields import Codes, Years
from dashboard.scenarios.formula import Cell, Constant, Input, Operation, rounded
from dashboard.scenarios.result import SHOWN_FROM, UNDER, Grid, Line, Outcome, Simulated, Status, line
from dashboard.scenarios.rounding import controlled_rounding
from dashboard.scenarios.simulation import Parameters, Simulation
from dashboard.scenarios.words import ADMITTED_NOT_PRESENT, several, years_text
from dashboard.wording.numbers import number

OTHERS = "autres"
CHOSEN = "choix"
LIMITS = (
    (
        "Ce n’est pas une observation : le plan donne les MRC sur la période et les années pour la région, jamais les "
        "deux ensemble."
    ),
    "Elle ne montre aucune tendance propre à une MRC : par construction, elle suit celle de la région.",
    "Elle ne se croise ni avec la catégorie, ni avec le sexe, ni avec le français.",
    ADMITTED_NOT_PRESENT,
)
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
    return sorted(crossed | set(crossing.observed_years(ds, _region(ds, values))))


class MrcYear(Parameters):
    """MRC of one region, years of the period."""

    territoires: Annotated[
        Codes,
        Several(
            "MRC ou territoires équivalents", "les territoires", "territoires",
            lambda ds, values: ds.mrc_codes(_region(ds, values)), Dataset.name,
            Group("region", "Région", Dataset.region_codes, _region, _most),
        ),
    ]  # fmt: skip
    annees: Annotated[Years, Several("Années", "les années", "années", _years)]


def mrc_year(ds: Dataset, parameters: MrcYear) -> Outcome:
    """The estimate of the set, the rest of the region, and the region's own total; the whole table in whole numbers."""
    found = cross(ds, parameters.territoires, parameters.annees)
    status: Status = "observé" if found.observed else "estimation"
    name, years = f"{several(ds, found.mrcs)}, {years_text(found.years)}", years_text(found.years)
    chosen = _line(CHOSEN, name, found, found.cells)
    own = chosen.simulated
    assert own is not None
    written, bounds_text = own.text(status), own.bounds_text()
    notices, supposed = [], []
    if found.observed:
        message = f"{written} admissions observées. Un fichier de données croise MRC et années."
        formula, note = ["Somme des admissions observées."], "observé : un fichier croise MRC et années"
    else:
        message, note = f"estimation {written}, {bounds_text}.", bounds_text
        formula = _formula(found, written)
        supposed = [
            (
                "L’estimation suppose que chaque MRC a reçu, chaque année, la même part de la région que sur "
                f"{crossing.period_of(ds, found.years)}. Rien dans la source ne le confirme."
            ),
            "Les bornes ne supposent rien : aucun tableau qui a ces totaux par MRC et par année ne peut en sortir.",
        ]
        if found.exact:
            message, note = f"{bounds_text} admissions, déduites des totaux.", f"{bounds_text}, déduit des totaux"
            supposed = supposed[1:]
            notices.append("Exact : les bornes se rejoignent, rien n’est supposé.")
    if found.uninformative:
        note += "; peu informatif"
        notices.append(
            f"Peu informatif : la borne haute ({number(found.high)}) dépasse le double de la borne basse "
            f"({number(found.low)}). Les totaux publiés laissent presque tout possible; l’estimation n’est qu’un "
            "repère."
        )
    return Outcome(
        f"Observé : {name}" if found.observed else f"Estimation : admissions, {name}",
        f"{name} : {message}",
        formula=formula,
        assumptions=supposed,
        limits=(ADMITTED_NOT_PRESENT,) if found.observed else LIMITS,
        notices=notices,
        status=status,
        headline=written,
        headline_label=name,
        headline_note=note,
        observed_label=f"Observé, {years}",
        # Without a margin for each year (a file that crosses them without the region's total), nothing is beside.
        lines=(chosen, *_beside(ds, found)),
        inputs=found.inputs,
        grid=grid(ds, found),
        cells=() if found.observed else found.cells,
        drawn="parts and total",
    )


def _line(id_: str, label: str, found: Crossing, cells: tuple[Input, ...]) -> Line:
    """The estimate between its bounds; its formulas only where nothing is observed whole."""
    expected, low, high = found.formulas
    shown = WRITTEN(Cell("low", id_, low), Cell("high", id_, high), cells[2], rounded(expected))
    own = line(id_, label, value=shown, low=low, high=high, exact=found.exact)
    return Line(id_, label, simulated=own.simulated) if found.observed else own


def _beside(ds: Dataset, found: Crossing) -> list[Line]:
    totals = [observed(ds, found.region, BY_YEAR, "total", year) for year in found.years]
    if any(q.value is None for q in totals):
        return []
    lines = []
    others = [code for code in ds.mrc_codes(found.region) if code not in found.mrcs]
    if others:
        lines.append(_rest(found, cross(ds, others, found.years), f"Autres territoires, {ds.name(found.region)}"))
    name = f"{ds.name(found.region)}, total"
    # The region's years are observed, and so is their sum.
    lines.append(Line(found.region, name, observed=add(totals, name, found.region), total=True))
    return lines


def _rest(found: Crossing, rest: Crossing, label: str) -> Line:
    """The other MRC: what the chosen ones leave of the region's total, where nothing is observed of either."""
    simulated = Simulated(rest.estimate, rest.low, rest.high, rest.exact)
    if found.known or rest.known:
        return Line(OTHERS, label, simulated=simulated)
    row, column, total = found.cells
    low, high = bounds(total - row, column, total)
    estimate = rounded(crossing.expected(total - row, column, total))
    shown = WRITTEN(Cell("low", OTHERS, low), Cell("high", OTHERS, high), total, estimate)
    return line(OTHERS, label, value=shown, low=low, high=high, exact=rest.exact)


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
    rounded_cells = controlled_rounding(tuple(rest.values()), tuple(table.columns[y] for y in table.open_years))
    cells: dict[tuple[str, str], Simulated] = {}
    for i, mrc in enumerate(rest):
        for j, year in enumerate(table.open_years):
            low, high = bounds(Constant(rest[mrc]), Constant(table.columns[year]), left)
            cells[mrc, year] = Simulated(rounded_cells[i][j], low.whole, high.whole, exact=low.value == high.value)
        for year in table.columns:
            if year not in table.open_years:
                value = table.cells[mrc, year].value
                cells[mrc, year] = Simulated(value, value, value, exact=True)
    rows = tuple((code, ds.name(code)) for code in rest)
    total = sum(table.rows.values())
    return Grid(rows, tuple(table.columns), cells, table.rows, table.columns, total)


def _formula(found: Crossing, written: str) -> list[str]:
    expected, low, high = found.formulas
    result = written if written == UNDER else f"{number(expected.about, 1)}, arrondi à {written}"
    lines = [
        (
            "Estimation : admissions des territoires × admissions des années ÷ total de la région = "
            f"{expected.words()} = {result}"
        ),
        f"Borne basse : {low.words()} = {number(found.low)}",
        f"Borne haute : {high.words()} = {number(found.high)}",
    ]
    if found.known:
        lines.append(f"{number(found.known)} : admissions déjà observées dans un fichier qui croise MRC et années")
    return lines


def _usual(ds: Dataset) -> dict[str, str]:
    """The MRC with the most admissions of the first region, in the last year."""
    return {"territoires": _most(ds, ds.region_codes()[0]), "annees": min(adm.years(ds)[-1], adm.span(ds)[5:])}


SIMULATION = Simulation(
    "mrc-annee", "MRC et année", "Combien d’admissions dans ces MRC, ces années-là?", MrcYear, mrc_year, _usual
)

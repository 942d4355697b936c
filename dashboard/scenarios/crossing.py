"""MRC x year. The source gives the MRC over the period and the years for the region, never both: an estimate from these
margins, and the bounds that no table with these margins can break."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from dashboard.indicators.memory import remembered
from dashboard.model import Dataset, Key, Observation
from dashboard.scenarios.formula import Expression, Input, highest, lowest, rounded
from dashboard.scenarios.result import ImpossibleError, uninformative

BY_MRC = "admissions_by_mrc"
BY_YEAR = "admissions"


def bounds(row: Expression, column: Expression, total: Expression) -> tuple[Expression, Expression]:
    """Least and most that a set of rows and a set of columns can share, given their sums and the total of the table.

    They hold for every table of non-negative whole numbers with these margins, and some table reaches each of them.
    """
    return highest(0, row + column - total), lowest(row, column)


def expected(row: Expression, column: Expression, total: Expression) -> Expression:
    """row × column ÷ total: the value if the rows were spread alike in every column; 0 for an empty table."""
    return row * column / total


@dataclass(frozen=True)
class Crossing:
    """Admissions of a set of MRC over a set of years.

    row, column, total: margins M, Y, T that the estimate rests on, all 0 when nothing is estimated; known: persons
    already observed in the crossing; observed: the whole set is in the data.
    """

    region: str
    mrcs: tuple[str, ...]
    years: tuple[str, ...]
    row: int
    column: int
    total: int
    known: int
    observed: bool
    inputs: tuple[Observation, ...]

    @cached_property
    def cells(self) -> tuple[Input, ...]:
        """The margins, and what is already observed, if anything is."""
        return (
            Input("admissions_territoires", "Admissions des MRC choisies, sur la période", self.row),
            Input("admissions_annees", "Admissions de la région, les années choisies", self.column),
            Input("total_region", "Admissions de la région, sur la période", self.total),
            Input("deja_observees", "Admissions déjà observées dans un fichier", self.known),
        )[: 4 if self.known else 3]

    @cached_property
    def formulas(self) -> tuple[Expression, Expression, Expression]:
        """M × Y ÷ T, then its guaranteed bounds; what is observed is added to each."""
        row, column, total, *known = self.cells
        value, (low, high) = expected(row, column, total), bounds(row, column, total)
        return (value + known[0], low + known[0], high + known[0]) if known else (value, low, high)

    @property
    def estimate(self) -> int:
        return rounded(self.formulas[0]).whole or 0

    @property
    def low(self) -> int:
        return self.formulas[1].whole or 0

    @property
    def high(self) -> int:
        return self.formulas[2].whole or 0

    @property
    def exact(self) -> bool:
        """The bounds meet: every MRC or every year is chosen, a margin is zero, or all is observed."""
        return self.low == self.high

    @property
    def uninformative(self) -> bool:
        return uninformative(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Margins:
    """What is known of a region over a period: its MRC, its years, and the cells observed, if any.

    open_years: years that the data do not cross with all MRC; open_rows: for each MRC, what the others leave to them.
    """

    rows: dict[str, int]
    columns: dict[str, int]
    cells: dict[tuple[str, str], int]
    open_years: tuple[str, ...]
    open_rows: dict[str, int]
    inputs: tuple[Observation, ...]


@remembered
def periods(ds: Dataset) -> list[str]:
    """Periods over which the MRC are known, in order."""
    return [p for p in ds.periods(BY_MRC) if len(p) == 9]


@remembered
def years_of(ds: Dataset, period: str) -> list[str]:
    """Years of a period for which the region's admissions are known."""
    return [y for y in ds.periods(BY_YEAR, years_only=True) if period[:4] <= y <= period[5:]]


def period_of(ds: Dataset, years: Collection[str]) -> str | None:
    """The latest period that has all these years."""
    return next((p for p in reversed(periods(ds)) if set(years) <= set(years_of(ds, p))), None)


def _seen(ds: Dataset, mrcs: Collection[str], years: Collection[str]) -> dict[tuple[str, str], Observation]:
    """The cells of a table that a file gives (none in the 2021 plan; a later one may bring them)."""
    found = {(mrc, year): ds.observations.get(Key(mrc, BY_MRC, "total", year)) for mrc in mrcs for year in years}
    return {place: row for place, row in found.items() if row is not None and row.value is not None}


def _counts(rows: dict[str, Observation]) -> dict[str, int]:
    return {name: row.value or 0 for name, row in rows.items()}


@remembered
def margins(ds: Dataset, region: str, period: str) -> Margins:
    """Margins of a region over a period. Raises ImpossibleError when the source lacks one."""

    def known(territory: str, indicator: str, period: str, field: str) -> Observation:
        row = ds.observations.get(Key(territory, indicator, "total", period))
        if row is None or row.value is None:
            named = ds.name(territory)
            raise ImpossibleError(field, f"la source ne donne pas les admissions de {period} pour {named}.")
        return row

    rows = {mrc: known(mrc, BY_MRC, period, "territoires") for mrc in ds.mrc_codes(region)}
    columns = {year: known(region, BY_YEAR, year, "annees") for year in years_of(ds, period)}
    cells = {place: row.value or 0 for place, row in _seen(ds, rows, columns).items()}
    done = [year for year in columns if all((mrc, year) in cells for mrc in rows)]
    return Margins(
        _counts(rows),
        _counts(columns),
        cells,
        tuple(year for year in columns if year not in done),
        {mrc: whole - sum(cells[mrc, year] for year in done) for mrc, whole in _counts(rows).items()},
        (*rows.values(), *columns.values()),
    )


def _region(ds: Dataset, mrcs: Collection[str]) -> str:
    """The only region of some MRC; raises ImpossibleError for none, several, or a code that is no MRC of the data."""
    if not mrcs:
        raise ImpossibleError("territoires", "aucune MRC n’est choisie.")
    for code in mrcs:
        territory = ds.territories.get(code)
        if territory is None or territory.level != "mrc":
            raise ImpossibleError("territoires", f"« {code} » n’est pas le code d’une MRC des données.")
        if ds.region_of(code) not in ds.region_codes():
            message = f"les données de la région de {ds.name(code)} ne sont pas disponibles."
            raise ImpossibleError("territoires", message)
    regions = sorted({ds.region_of(code) or "" for code in mrcs})
    if len(regions) > 1:
        names = " et ".join(ds.name(code) for code in regions)
        message = f"ces MRC sont de régions différentes ({names}) : choisir celles d’une seule région."
        raise ImpossibleError("territoires", message)
    return regions[0]


def cross(ds: Dataset, mrcs: Collection[str], years: Collection[str]) -> Crossing:
    """Admissions of these MRC of one region over these years: observed where a file crosses them, estimated elsewhere.

    Raises ImpossibleError for an unknown code or year, MRC of two regions, or a margin that the source lacks.
    """
    region = _region(ds, mrcs)
    chosen = tuple(code for code in ds.mrc_codes(region) if code in mrcs)
    wanted = tuple(sorted(set(years)))
    if not wanted:
        raise ImpossibleError("annees", "aucune année n’est choisie.")
    seen = _seen(ds, chosen, wanted)
    if len(seen) == len(chosen) * len(wanted):
        known = sum(row.value or 0 for row in seen.values())
        return Crossing(region, chosen, wanted, 0, 0, 0, known, True, tuple(seen.values()))
    period = period_of(ds, wanted)
    if period is None:
        raise _unknown_year(ds, wanted)
    table = margins(ds, region, period)
    done = {place: row for place, row in seen.items() if place[1] not in table.open_years}
    row, total = sum(table.open_rows[mrc] for mrc in chosen), sum(table.open_rows.values())
    column = sum(table.columns[year] for year in wanted if year in table.open_years)
    if total != sum(table.columns[year] for year in table.open_years) or min(table.open_rows.values()) < 0:
        raise ImpossibleError("territoires", "les totaux par MRC et par année ne s’accordent pas dans les données.")
    known, inputs = sum(cell.value or 0 for cell in done.values()), (*table.inputs, *done.values())
    return Crossing(region, chosen, wanted, row, column, total, known, False, inputs)


def _unknown_year(ds: Dataset, years: tuple[str, ...]) -> ImpossibleError:
    spans = periods(ds)
    known = {year for period in spans for year in years_of(ds, period)}
    strange = [year for year in years if year not in known] or list(years)
    named = ", ".join(strange[:3]) + ("…" if len(strange) > 3 else "")
    if not known:
        return ImpossibleError("annees", "la source ne donne aucune période par MRC.")
    return ImpossibleError(
        "annees",
        f"les admissions par MRC ne sont connues que pour {' et '.join(spans)} : {named} n’y est pas. Aucune "
        "prévision n’est faite.",
    )

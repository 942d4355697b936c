"""CSV of a simulation: « estimation » or « scénario » stands in its title, in its columns and in its file name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from dashboard.model import Dataset
from dashboard.narrative.sourcing import status_words
from dashboard.scenarios.result import Grid, Line, Outcomes, Status, beside
from dashboard.wording import today as quebec
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import period
from dashboard.wording.slugs import file_slug
from dashboard.wording.spreadsheet import french_csv

_Row = list[str | float | Decimal | None]


def scenario_file_name(outcomes: Outcomes, suffix: str = "csv") -> str:
    """« scenario-… » or « estimation-… », from the title of the first."""
    return f"{file_slug(next(iter(outcomes.values())).title)}.{suffix}"


def scenario_csv(ds: Dataset, outcomes: Outcomes, today: date | None = None) -> bytes:
    """The file for a spreadsheet in French. outcomes: slot (« A », « B ») -> result; those without one are absent."""
    lines: list[_Row] = []
    for slot, own in outcomes.items():
        lines += [[f"{slot} — {own.title}"], [f"{slot}, résultat", own.message]]
        said = {
            "formule": own.formula, "hypothèse": own.assumptions,
            "ce que cela ne dit pas": own.limits, "remarque": own.notices,
        }  # fmt: skip
        lines += [[f"{slot}, {label}", text] for label, texts in said.items() for text in texts]
    inputs = [row for outcome in outcomes.values() for row in outcome.inputs]
    lines += [
        ["Source", *map(ds.section_name, sorted({row.source for row in inputs}))],
        ["Statut", status_words(inputs)],
        ["Produit le", period((today or quebec.today()).isoformat())],
        ["Nature", "Rien de simulé n’est observé. Seules les colonnes « Observé » le sont."],
    ]
    for found in (beside(outcomes), beside(outcomes, more=True)):
        lines += [[], *_lines(outcomes, found)] if found else []
    for slot, outcome in outcomes.items():
        lines += [] if outcome.grid is None else [[], *_grid(slot, outcome.grid, outcome.status)]
    return french_csv(lines)


def _lines(outcomes: Outcomes, own: Mapping[tuple[str, str], Mapping[str, Line]]) -> Iterator[_Row]:
    """One row for each line of either scenario, with a status for its simulated part."""
    head: _Row = ["Ligne"]
    for slot, outcome in outcomes.items():
        head.append(f"{outcome.observed_label} ({slot})")
        head += [f"{slot}{what} ({outcome.status})" for what in ("", ", borne basse", ", borne haute")]
    yield [*head, "Statut"]
    for (_, label), lines in own.items():
        row, statuses = list[str | float | Decimal | None]([label]), list[str]()
        for slot, outcome in outcomes.items():
            line = lines.get(slot, Line("", label))
            row += [line.observed.value if line.observed is not None else None, *line.shown(outcome.status)]
            if line.simulated is not None:
                statuses.append(f"{slot}{NBSP}: {'exact' if line.simulated.exact else outcome.status}")
        yield [*row, "; ".join(statuses) or "observé"]


def _grid(slot: str, grid: Grid, status: Status) -> Iterator[_Row]:
    yield [f"{slot} — MRC et année (estimation), nombres entiers qui gardent les deux marges"]
    yield ["MRC", *(f"{year} (estimation)" for year in grid.columns), "Total observé", "Statut"]
    for code, name in grid.rows:
        cells = [grid.cells[code, year].shown(status)[0] for year in grid.columns]
        yield [name, *cells, grid.row_totals[code], "estimation"]
    yield ["Total observé", *(grid.column_totals[year] for year in grid.columns), grid.total, "observé"]

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


def sources(ds: Dataset, outcomes: Outcomes) -> list[str]:
    """The sections that the observations of these simulations come from."""
    sections = sorted({row.source for outcome in outcomes.values() for row in outcome.inputs})
    return [ds.section_name(s) for s in sections]


def scenario_file_name(outcomes: Outcomes, suffix: str = "csv") -> str:
    """« scenario-… » or « estimation-… », from the title of the first."""
    first = next(iter(outcomes.values()))
    return f"{file_slug(first.title)}.{suffix}"


def scenario_csv(ds: Dataset, outcomes: Outcomes, today: date | None = None) -> bytes:
    """The file for a spreadsheet in French. outcomes: slot (« A », « B ») -> result; those without one are absent."""
    lines: list[_Row] = []
    for slot, outcome in outcomes.items():
        lines += [[f"{slot} — {outcome.title}"], [f"{slot}, résultat", outcome.message]]
        for label, texts in (
            ("formule", outcome.formula),
            ("hypothèse", outcome.assumptions),
            ("ce que cela ne dit pas", outcome.limits),
            ("remarque", outcome.notices),
        ):
            lines.extend([f"{slot}, {label}", text] for text in texts)
    lines.append(["Source", *sources(ds, outcomes)])
    lines.append(["Statut", status_words(row for outcome in outcomes.values() for row in outcome.inputs)])
    lines.append(["Produit le", period((today or quebec.today()).isoformat())])
    lines.append(["Nature", "Rien de simulé n’est observé. Seules les colonnes « Observé » le sont."])
    for own in (beside(outcomes), beside(outcomes, more=True)):
        lines.extend([[], *_lines(outcomes, own)] if own else [])
    for slot, outcome in outcomes.items():
        if outcome.grid is not None:
            lines.extend([[], *_grid(slot, outcome.grid, outcome.status)])
    return french_csv(lines)


def _lines(outcomes: Outcomes, own: Mapping[tuple[str, str], Mapping[str, Line]]) -> Iterator[_Row]:
    """One row for each line of either scenario, with a status for its simulated part."""
    head = [
        name
        for slot, outcome in outcomes.items()
        for name in (
            f"{outcome.observed_label} ({slot})",
            f"{slot} ({outcome.status})",
            f"{slot}, borne basse ({outcome.status})",
            f"{slot}, borne haute ({outcome.status})",
        )
    ]
    yield ["Ligne", *head, "Statut"]
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

"""CSV of a simulation: « estimation » or « scénario » stands in its title, in its columns and in its file name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from dashboard.model import Dataset
from dashboard.scenarios.result import Line, Outcome, Simulated, Status
from dashboard.wording import today as quebec
from dashboard.wording.numbers import NBSP
from dashboard.wording.slugs import file_slug
from dashboard.wording.spreadsheet import french_csv

_Row = list[str | float | Decimal | None]


def sources(ds: Dataset, outcomes: Mapping[str, Outcome]) -> list[str]:
    """The sections that the observations of these simulations come from."""
    sections = sorted({row.source for outcome in outcomes.values() for row in outcome.inputs})
    return [f"{ds.documents[ds.sections[s].document].short}, {ds.sections[s].label}" for s in sections]


def scenario_file_name(outcomes: Mapping[str, Outcome], suffix: str = "csv") -> str:
    """« scenario-… » or « estimation-… », from the title of the first."""
    first = next(iter(outcomes.values()))
    return f"{file_slug(first.text.title)}.{suffix}"


def scenario_csv(ds: Dataset, outcomes: Mapping[str, Outcome], today: date | None = None) -> bytes:
    """The file for a spreadsheet in French. outcomes: slot (« A », « B ») -> result; those without one are absent."""
    lines: list[_Row] = []
    for slot, outcome in outcomes.items():
        text = outcome.text
        lines.append([f"{slot} — {text.title}"])
        lines.append([f"{slot}, résultat", text.message])
        for label, texts in (
            ("formule", text.formula),
            ("hypothèse", text.assumptions),
            ("ce que cela ne dit pas", text.limits),
            ("remarque", text.notices),
        ):
            lines.extend([f"{slot}, {label}", line] for line in texts)
    lines.append(["Source", *sources(ds, outcomes)])
    lines.append(["Produit le", (today or quebec.today()).isoformat()])
    lines.append(["Nature", "Rien de simulé n’est observé. Seules les colonnes « Observé » le sont."])
    lines.append([])
    lines.extend(_lines(outcomes, "lines"))
    if any(outcome.more for outcome in outcomes.values()):
        lines.append([])
        lines.extend(_lines(outcomes, "more"))
    for slot, outcome in outcomes.items():
        if outcome.grid is not None:
            lines.append([])
            lines.extend(_grid(slot, outcome))
    return french_csv(lines)


def _head(slot: str, outcome: Outcome) -> list[str]:
    return [
        f"{outcome.observed_label} ({slot})",
        f"{slot} ({outcome.status})",
        f"{slot}, borne basse ({outcome.status})",
        f"{slot}, borne haute ({outcome.status})",
    ]


def _lines(outcomes: Mapping[str, Outcome], which: str) -> Iterator[_Row]:
    """One row for each line of either scenario, with a status for its simulated part."""
    found: dict[str, dict[str, Line]] = {}
    for slot, outcome in outcomes.items():
        for line in getattr(outcome, which):
            # The same id may stand for two selections: the label tells them apart.
            found.setdefault(f"{line.id} {line.label}", {})[slot] = line
    yield ["Ligne", *(name for slot, outcome in outcomes.items() for name in _head(slot, outcome)), "Statut"]
    for lines in found.values():
        row: _Row = [next(iter(lines.values())).label]
        statuses = []
        for slot, outcome in outcomes.items():
            line = lines.get(slot)
            seen = line.observed.value if line is not None and line.observed is not None else None
            simulated = line.simulated if line is not None else None
            row += [seen, *_cells(simulated, outcome.status)]
            if simulated is not None:
                statuses.append(f"{slot}{NBSP}: {'exact' if simulated.exact else outcome.status}")
        yield [*row, "; ".join(statuses) or "observé"]


def _cells(simulated: Simulated | None, status: Status) -> _Row:
    if simulated is None:
        return [None, None, None]
    written = simulated.text(status)
    value: str | float | Decimal | None = written if written.startswith("moins") else simulated.value
    return [value, simulated.low, simulated.high]


def _grid(slot: str, outcome: Outcome) -> Iterator[_Row]:
    grid = outcome.grid
    assert grid is not None
    yield [f"{slot} — MRC et année (estimation), nombres entiers qui gardent les deux marges"]
    yield ["MRC", *(f"{year} (estimation)" for year in grid.columns), "Total observé", "Statut"]
    for code, name in grid.rows:
        cells = [_cells(grid.cells[code, year], outcome.status)[0] for year in grid.columns]
        yield [name, *cells, grid.row_totals[code], "estimation"]
    yield ["Total observé", *(grid.column_totals[year] for year in grid.columns), grid.total, "observé"]

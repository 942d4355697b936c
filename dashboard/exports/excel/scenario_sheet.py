"""The sheet of a simulation: inputs that can be changed, formulas that recompute, observed figures apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from dashboard.deck.content import Content
from dashboard.deck.palette import CIRCLE, OUTLINE
from dashboard.deck.slides import Slide
from dashboard.exports.excel.page import Cell, Page, SafeBook, quoted
from dashboard.exports.excel.view_sheet import STATUS, Range, closing, draw, opening
from dashboard.exports.number_codes import code, code_of
from dashboard.exports.plotted import Plot, Series
from dashboard.model import Dataset
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import bare
from dashboard.scenarios.formula import Column, Expression, Sharing, sharings
from dashboard.scenarios.registry import answer
from dashboard.scenarios.result import Line, Outcome
from dashboard.wording.numbers import NBSP, number

_WIDTHS = (46.0, 16.0, 16.0, 16.0, 16.0, 16.0, 14.0)
_COLUMNS: dict[Column, int] = {"observed": 1, "value": 2, "low": 3, "high": 4, "part": 6}
_STATUS = 5
_SECOND = "#9fc3e2"
_BOUNDS = ("Borne basse", "Borne haute")
_SHARING_HEAD = ("Territoire ou catégorie", "Code", "Poids", "Quotient entier", "Reste", "Rang du reste", "Part")
_NO_FORMULA = (
    "Les valeurs de cette feuille sont celles du simulateur; la règle ne se résume pas à une formule de tableur, et "
    "changer une cellule ne les recalcule pas."
)


def scenario_sheet(book: SafeBook, name: str, ds: Dataset, slide: Slide, content: Content) -> None:
    """Write the sheet of one simulation. Its formulas hold the values that the simulator gives."""
    found = answer(ds, slide.choices["scenario"], {k: v for k, v in slide.choices.items() if k != "scenario"})
    assert found.outcome is not None
    _Writer(Page(book, name, _WIDTHS), found.outcome).write(content, ds.config.disclaimer)


class _Writer:
    def __init__(self, page: Page, outcome: Outcome) -> None:
        self.page, self.outcome, self.nature = page, outcome, capital(outcome.status)
        self.rows: dict[str, int] = {}
        # Formulas point further down: they are written once every line has its row.
        self.formulas: list[tuple[int, int, Expression, str | int, bool]] = []

    def write(self, content: Content, disclaimer: str) -> None:
        page, outcome = self.page, self.outcome
        said = f"{self.nature}{NBSP}: rien de ce qui est simulé ici n’est observé. {capital(outcome.headline_note)}"
        title = opening(page, content, band=said.strip() if outcome.status != "observé" else "")
        start = page.row
        expressions = [own for line in (*outcome.lines, *outcome.more) for own in line.formulas]
        live = any(own is not None for own in expressions)
        if live:
            self._inputs()
        self._lines("Résultat", outcome.lines)
        if outcome.more:
            self._lines("Par MRC", outcome.more)
        for sharing in sharings(expressions):
            self._sharing(sharing)

        def place(column: Column, line: str) -> str:
            return str(xl_rowcol_to_cell(self.rows[line], _COLUMNS[column]))

        for row, column, expression, shown, total in self.formulas:
            style = page.style("number", code(), total=total)
            page.sheet.write_formula(row, column, f"={expression.cells(place)}", style, shown)
        self._grid()
        if not live:
            page.section("Formules")
            page.paragraph(_NO_FORMULA, "line")
        closing(page, content, disclaimer)
        page.sheet.freeze_panes(start, 1)
        page.sheet.repeat_rows(title)
        self._chart(title, start, content.reading)

    def _inputs(self) -> None:
        page = self.page
        page.section("Entrées (cellules jaunes, à changer)")
        for item in self.outcome.cells:
            label, sheet = f"{item.label} ({item.unit})", quoted(page.name)
            page.text(0, label, "label")
            amount = None if item.amount is None else item.about
            # As many decimals as it has.
            shown = number(item.about) if item.about.is_integer() else number(item.about, 4).rstrip("0")
            page.sheet.write(page.row, 1, amount, page.style("input", code_of(shown, item.about) or code()))
            page.text(2, item.name, "name")
            place = xl_rowcol_to_cell(page.row, 1, row_abs=True, col_abs=True)
            page.book.define_name(f"{sheet}!{item.name}", f"={sheet}!{place}")
            page.sheet.data_validation(page.row, 1, page.row, 1, _allowed(item.unit))
            page.next([label])
        if self.outcome.sheet_note:
            page.paragraph(self.outcome.sheet_note, "line")

    def _lines(self, title: str, lines: Sequence[Line]) -> None:
        """What is observed, what is simulated with its bounds, and the status, line by line."""
        page, status = self.page, self.outcome.status
        page.section(title)
        page.head(("", self.outcome.observed_label, self.nature, *_BOUNDS, STATUS))
        for line in lines:
            self.rows[line.id] = page.row
            seen, simulated, total = line.observed, line.simulated, line.total
            page.text(0, line.label, "label", total=total)
            page.cell(1, Cell(bare(seen), seen.value if seen else None, figure=True), total=total)
            for column, (shown, formula) in enumerate(zip(line.shown(status), line.formulas, strict=True), start=2):
                if formula is not None:
                    self.formulas.append((page.row, column, formula, "" if shown is None else shown, total))
                elif isinstance(shown, int):
                    page.sheet.write_number(page.row, column, shown, page.style("number", code(), total=total))
                else:
                    page.text(column, shown or "–", "number", total=total)
            nothing = simulated is None and line.formulas == (None, None, None)
            words = "observé" if nothing else "exact" if simulated is not None and simulated.exact else status
            page.text(_STATUS, words, "words", total=total)
            page.next([line.label])

    def _sharing(self, sharing: Sharing) -> None:
        """Largest remainder in whole numbers: the rest is over the sum of the weights, hence exact."""
        page, sheet = self.page, self.page.sheet
        page.section(f"{sharing.title} (plus fort reste)")
        first, last = page.row + 2, page.row + 1 + len(sharing.rows)
        page.text(0, "À répartir", "strong")
        self.formulas.append((page.row, 2, sharing.total, sharing.total.whole or 0, False))
        n = xl_rowcol_to_cell(page.row, 2, row_abs=True, col_abs=True)
        page.row += 1
        page.head(_SHARING_HEAD)
        style = page.style("number", code())
        codes, weights, quotas, rests = (xl_range_abs(first, c, last, c) for c in (1, 2, 3, 4))
        for id_, label, weight in sharing.rows:
            row, share = page.row, sharing.shares[id_]
            self.rows[f"{sharing.id}:{id_}"] = row
            own, w, q, r, rank = (xl_rowcol_to_cell(row, c) for c in (1, 2, 3, 4, 5))
            page.text(0, label, "label")
            page.text(1, id_, "words")
            sheet.write_number(row, 2, weight, style)
            before = f"({rests}={r})*({weights}>{w})+({rests}={r})*({weights}={w})*({codes}<{own})"
            steps = (
                (f"=({n}*{w}-{r})/SUM({weights})", share.quota),
                (f"=MOD({n}*{w},SUM({weights}))", int(share.rest)),
                (f"=1+SUMPRODUCT(({rests}>{r})+{before})", share.rank),
                (f"={q}+IF({rank}<={n}-SUM({quotas}),1,0)", share.part),
            )
            for column, (formula, cached) in enumerate(steps, start=3):
                sheet.write_formula(row, column, formula, style, cached)
            page.row += 1

    def _grid(self) -> None:
        """MRC and years, with their totals."""
        grid, page, status = self.outcome.grid, self.page, self.outcome.status
        if grid is None:
            return
        page.section(f"MRC et année ({status}), nombres entiers qui gardent les deux totaux")
        head = ["MRC", *grid.columns, "Total observé"]
        # A sheet is wider than its paragraphs when there are many years.
        page.widths += [14.0] * (len(head) - len(page.widths))
        page.head(head)
        rows = []
        for id_, name in grid.rows:
            own = [grid.cells[id_, year] for year in grid.columns]
            shown = [(cell.text(status), cell.shown(status)[0]) for cell in own]
            cells = [Cell(text, None if isinstance(value, str) else value, figure=True) for text, value in shown]
            rows.append([Cell(name), *cells, _whole(grid.row_totals[id_])])
        totals = (*(grid.column_totals[year] for year in grid.columns), grid.total)
        rows.append([Cell("Total observé"), *map(_whole, totals)])
        for row in rows:
            for c, cell in enumerate(row):
                page.cell(c, cell, total=row is rows[-1])
            page.row += 1

    def _chart(self, title: int, start: int, alt: str) -> None:
        """Observed and simulated side by side when they are on one scale; else what is simulated, alone."""
        lines = [line for line in self.outcome.lines if not line.total]
        rows = [self.rows[line.id] for line in lines]
        if not rows or rows != list(range(rows[0], rows[0] + len(rows))):
            return
        ours = [line.simulated for line in lines]
        chosen: dict[Column, str] = {"value": self.nature}
        if all(own is None or own.value is None for own in ours):
            chosen = dict(zip(("low", "high"), _BOUNDS, strict=True))
        colors = iter((CIRCLE, _SECOND))
        series = []
        if self.outcome.same_scale and any(line.observed is not None for line in lines):
            seen = [None if line.observed is None else line.observed.value for line in lines]
            series.append(_series(self.outcome.observed_label, seen, OUTLINE, hatched=False))
            chosen = {"observed": self.outcome.observed_label, **chosen}
        for which, name in chosen.items():
            if which != "observed":
                values = [getattr(own, which, None) for own in ours]
                series.append(_series(name, values, next(colors), hatched=True))
        ids, labels = tuple(line.id for line in lines), tuple(line.label for line in lines)
        plot = Plot("bar", ids, labels, tuple(series))
        if plot.known:
            at = Range(rows[0], rows[-1], tuple(_COLUMNS[which] for which in chosen))
            draw(self.page, plot, at, title, start, alt)


def _series(name: str, values: Sequence[float | None], color: str, *, hatched: bool) -> Series:
    return Series(name, tuple(values), tuple(map(number, values)), (color,), (hatched,) * len(values))


def _whole(value: float) -> Cell:
    return Cell(number(value), value)


def _allowed(unit: str) -> dict[str, Any]:
    if unit == "%":
        return {
            "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100,
            "error_title": "Taux", "error_message": "Écrire un nombre de 0 à 100.",
        }  # fmt: skip
    return {
        "validate": "integer", "criteria": ">=", "value": 1 if unit == "ans" else 0,
        "error_title": "Nombre entier", "error_message": "Écrire un nombre entier, sans virgule ni signe moins.",
    }  # fmt: skip

"""The sheet of a simulation: inputs that can be changed, formulas that recompute, observed figures apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from dashboard.deck.content import Content
from dashboard.deck.palette import CIRCLE, OUTLINE
from dashboard.deck.slides import Slide
from dashboard.exports.excel import native
from dashboard.exports.excel.grids import Cell
from dashboard.exports.excel.names import quoted
from dashboard.exports.excel.page import Page
from dashboard.exports.excel.styles import Styles
from dashboard.exports.excel.view_sheet import closing, opening
from dashboard.exports.number_codes import code, code_of
from dashboard.exports.plotted import Plot, Series
from dashboard.model import Dataset
from dashboard.narrative.show import bare
from dashboard.scenarios.formula import Column, Expression, Sharing, sharings
from dashboard.scenarios.registry import answer
from dashboard.scenarios.result import Line, Outcome
from dashboard.wording.numbers import NBSP, number

_WIDTHS = (46.0, 16.0, 16.0, 16.0, 16.0, 16.0, 14.0)
_COLUMNS: dict[Column, int] = {"observed": 1, "value": 2, "low": 3, "high": 4, "part": 6}
_STATUS = 5
_SECOND = "#9fc3e2"
_SHARING_HEAD = ("Territoire ou catégorie", "Code", "Poids", "Quotient entier", "Reste", "Rang du reste", "Part")


def scenario_sheet(styles: Styles, name: str, ds: Dataset, slide: Slide, content: Content) -> None:
    """Write the sheet of one simulation. Its formulas hold the values that the simulator gives."""
    found = answer(ds, slide.choices["scenario"], {k: v for k, v in slide.choices.items() if k != "scenario"})
    assert found.outcome is not None
    _Writer(styles, name, content, found.outcome).write(ds.config.disclaimer)


class _Writer:
    def __init__(self, styles: Styles, name: str, content: Content, outcome: Outcome) -> None:
        self.content, self.outcome = content, outcome
        self.page = Page(styles, name, _WIDTHS)
        self.nature = outcome.status[:1].upper() + outcome.status[1:]
        self.rows: dict[str, int] = {}
        # Formulas point further down: they are written once every line has its row.
        self.formulas: list[tuple[int, int, Expression, str | int, bool]] = []

    def write(self, disclaimer: str) -> None:
        page, outcome = self.page, self.outcome
        note = outcome.headline_note[:1].upper() + outcome.headline_note[1:]
        band = f"{self.nature}{NBSP}: rien de ce qui est simulé ici n’est observé. {note}".strip()
        title = opening(page, self.content, band=band if outcome.status != "observé" else "")
        start = page.row
        lines = (*outcome.lines, *outcome.more)
        expressions = [own for line in lines for own in line.formulas]
        live = any(own is not None for own in expressions)
        if live:
            self._inputs()
        self._lines("Résultat", outcome.lines)
        if outcome.more:
            self._lines("Par MRC", outcome.more)
        for sharing in sharings(expressions):
            self._sharing(sharing)
        for row, column, expression, shown, total in self.formulas:
            style = page.styles.get("number", code(), total=total)
            page.sheet.write_formula(row, column, f"={expression.cells(self._place)}", style, shown)
        self._grid()
        if not live:
            page.section("Formules")
            page.paragraph(
                "Les valeurs de cette feuille sont celles du simulateur; la règle ne se résume pas à une formule de "
                "tableur, et changer une cellule ne les recalcule pas.",
                "line",
            )
        closing(page, self.content, disclaimer, reading=False)
        page.sheet.freeze_panes(start, 1)
        page.sheet.repeat_rows(title)
        self._chart(title, start)

    def _place(self, column: Column, line: str) -> str:
        return str(xl_rowcol_to_cell(self.rows[line], _COLUMNS[column]))

    def _inputs(self) -> None:
        page = self.page
        page.section("Entrées (cellules jaunes, à changer)")
        for item in self.outcome.cells:
            page.text(page.row, 0, f"{item.label} ({item.unit})", "label")
            style = page.styles.get("input", _plain_code(item.about))
            if item.amount is None:
                page.sheet.write_blank(page.row, 1, None, style)
            else:
                page.sheet.write_number(page.row, 1, item.about, style)
            page.text(page.row, 2, item.name, "name")
            place = xl_rowcol_to_cell(page.row, 1, row_abs=True, col_abs=True)
            page.styles.book.define_name(f"{quoted(page.name)}!{item.name}", f"={quoted(page.name)}!{place}")
            page.sheet.data_validation(page.row, 1, page.row, 1, _allowed(item.unit))
            page.fit(page.row, [item.label + f" ({item.unit})"])
            page.row += 1
        if self.outcome.sheet_note:
            page.paragraph(self.outcome.sheet_note, "line")

    def _lines(self, title: str, lines: Sequence[Line]) -> None:
        page = self.page
        page.section(title)
        page.head(("", self.outcome.observed_label, self.nature, "Borne basse", "Borne haute", "Statut"))
        for line in lines:
            self.rows[line.id] = page.row
            self._line(line)
            page.fit(page.row, [line.label])
            page.row += 1

    def _line(self, line: Line) -> None:
        page, row, total = self.page, self.page.row, line.total
        page.text(row, 0, line.label, "label", total=total)
        seen, simulated, status = line.observed, line.simulated, self.outcome.status
        page.cell(
            row, 1, Cell("–" if seen is None else bare(seen), seen.value if seen else None, figure=True), total=total
        )
        for column, (shown, formula) in enumerate(zip(line.shown(status), line.formulas, strict=True), start=2):
            if formula is not None:
                self.formulas.append((row, column, formula, "" if shown is None else shown, total))
            elif isinstance(shown, int):
                page.sheet.write_number(row, column, shown, page.styles.get("number", code(), total=total))
            else:
                page.text(row, column, shown or "–", "number", total=total)
        nothing = simulated is None and line.formulas == (None, None, None)
        words = "observé" if nothing else "exact" if simulated is not None and simulated.exact else status
        page.text(row, _STATUS, words, "words", total=total)

    def _sharing(self, sharing: Sharing) -> None:
        """Largest remainder in whole numbers: the rest is over the sum of the weights, hence exact."""
        page, sheet = self.page, self.page.sheet
        page.section(f"{sharing.title} (plus fort reste)")
        first, last = page.row + 2, page.row + 1 + len(sharing.rows)
        page.text(page.row, 0, "À répartir", "strong")
        self.formulas.append((page.row, 2, sharing.total, sharing.total.whole or 0, False))
        n = xl_rowcol_to_cell(page.row, 2, row_abs=True, col_abs=True)
        page.row += 1
        page.head(_SHARING_HEAD)
        style = page.styles.get("number", code())
        codes, weights, quotas, rests = (xl_range_abs(first, c, last, c) for c in (1, 2, 3, 4))
        for id_, label, weight in sharing.rows:
            row, share = page.row, sharing.shares[id_]
            self.rows[f"{sharing.id}:{id_}"] = row
            own, w, q, r, rank = (xl_rowcol_to_cell(row, c) for c in (1, 2, 3, 4, 5))
            page.text(row, 0, label, "label")
            page.text(row, 1, id_, "words")
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
                page.cell(page.row, c, cell, total=row is rows[-1])
            page.row += 1

    def _chart(self, title: int, start: int) -> None:
        """Observed and simulated side by side when they are on one scale; else what is simulated, alone."""
        lines = [line for line in self.outcome.lines if not line.total]
        rows = [self.rows[line.id] for line in lines]
        if not rows or rows != list(range(rows[0], rows[0] + len(rows))):
            return
        bounds_only = all(line.simulated is None or line.simulated.value is None for line in lines)
        bounds: tuple[tuple[Column, str], ...] = (("low", "Borne basse"), ("high", "Borne haute"))
        chosen: tuple[tuple[Column, str], ...] = bounds if bounds_only else (("value", self.nature),)
        if self.outcome.same_scale and any(line.observed is not None for line in lines):
            chosen = (("observed", self.outcome.observed_label), *chosen)
        series, colors = [], iter((CIRCLE, _SECOND))
        for which, name in chosen:
            seen = which == "observed"
            values = tuple(
                getattr(line.observed, "value", None) if seen else getattr(line.simulated, which, None)
                for line in lines
            )
            color = OUTLINE if seen else next(colors)
            texts = tuple(number(value) for value in values)
            series.append(Series(name, values, texts, (color,), () if seen else (True,) * len(values)))
        columns = [_COLUMNS[which] for which, _ in chosen]
        if not any(value is not None for own in series for value in own.values):
            return
        ids = tuple(line.id for line in lines)
        plot = Plot("bar", "", ids, tuple(line.label for line in lines), tuple(series))
        at = native.Range(rows[0], rows[-1], tuple(columns))
        place = (start, len(self.page.widths) + 1)
        self.page.sheet.set_column(len(self.page.widths), len(self.page.widths), 2)
        native.draw(self.page, plot, at, title_row=title, place=place, alt=self.content.reading)


def _whole(value: float) -> Cell:
    return Cell(number(value), value)


def _plain_code(value: float) -> str:
    text = number(value, 0 if float(value).is_integer() else 4).rstrip("0" if not float(value).is_integer() else "")
    return code_of(text, value) or code()


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

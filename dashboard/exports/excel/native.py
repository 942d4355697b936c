"""Native charts that can be edited: bars, columns and lines whose values are cells of the sheet."""

from __future__ import annotations

from typing import Any, NamedTuple

from dashboard.deck.palette import GRID, INK, OUTLINE, REFERENCE, SOFT, strokes_on
from dashboard.exports.excel.grids import Cell, Grid
from dashboard.exports.excel.page import Page, safe
from dashboard.exports.excel.styles import FONT
from dashboard.exports.plotted import Plot, Series

_WIDTH = 640


class Range(NamedTuple):
    """Rows first to last of the sheet, whose first column holds the labels; values: the columns of the series."""

    first: int
    last: int
    values: tuple[int, ...]


def within(grid: Grid, plot: Plot, head: int) -> Range | None:
    """Where the points of a chart already stand in a table, in their order; None when they do not."""
    if not plot.ids or plot.ids[0] not in grid.ids:
        return None
    start = grid.ids.index(plot.ids[0])
    rows = grid.rows[start : start + len(plot.ids)]
    if grid.ids[start : start + len(plot.ids)] != plot.ids or tuple(r[0].text for r in rows) != plot.labels:
        return None
    columns: list[int] = []
    for series in plot.series:
        same = [
            c for c in range(1, len(grid.head))
            if c not in columns and tuple(row[c].number for row in rows) == series.values
        ]  # fmt: skip
        if not same:
            return None
        columns.append(same[0])
    first = head + 1 + start
    return Range(first, first + len(plot.ids) - 1, tuple(columns))


def block(plot: Plot) -> Grid:
    """The points of a chart as a table of its own, for those that the table of the view does not hold in order."""
    rows = tuple(
        (
            Cell(label),
            *(Cell(s.texts[n] or "–", s.values[n], figure=True) for s in plot.series),
        )
        for n, label in enumerate(plot.labels)
    )
    names = tuple(s.name for s in plot.series)
    return Grid("Données du graphique", (plot.stub, *names), rows, plot.ids)


def draw(page: Page, plot: Plot, at: Range, *, title_row: int, place: tuple[int, int], alt: str) -> int:
    """Put the chart beside the table; returns its height in pixels."""
    chart: Any = page.styles.book.add_chart({"type": plot.kind})
    for series, column in zip(plot.series, at.values, strict=True):
        chart.add_series(_series(page.name, plot, series, at, column))
    font = {"name": FONT, "size": 10, "color": SOFT}
    chart.set_title({
        "name": [page.name, title_row, 0], "overlay": False,
        "name_font": {"name": FONT, "size": 11, "bold": True, "color": INK},
    })  # fmt: skip
    line, bar = plot.kind == "line", plot.kind == "bar"
    # In a chart of bars, XlsxWriter calls x the axis of the values, which lies flat.
    names, amounts = (chart.set_y_axis, chart.set_x_axis) if bar else (chart.set_x_axis, chart.set_y_axis)
    names({
        "reverse": bar, "num_font": font, "line": {"color": REFERENCE}, "major_tick_mark": "none",
        "major_gridlines": {"visible": False}, "label_position": "low",
    })  # fmt: skip
    amounts({
        "visible": line, "num_font": font, "major_gridlines": {"visible": line, "line": {"color": GRID}},
        "line": {"none": True}, "num_format": plot.code,
        **({"min": 0} if min(plot.known) >= 0 else {}),
    })  # fmt: skip
    if len(plot.series) > 1:
        chart.set_legend({"position": "bottom", "font": font})
    else:
        chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": GRID}})
    points = len(plot.ids) * len(plot.series)
    height = max(300, 110 + 24 * points) if bar else 380
    chart.set_size({"width": _WIDTH, "height": height})
    page.sheet.insert_chart(*place, chart, {"description": alt, "object_position": 2, "x_offset": 4, "y_offset": 2})
    return height


def _series(sheet: str, plot: Plot, own: Series, at: Range, column: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": safe(own.name),
        "categories": [sheet, at.first, 0, at.last, 0],
        "values": [sheet, at.first, column, at.last, column],
        "data_labels": {
            "value": True, "num_format": plot.code, "font": {"name": FONT, "size": 10},
            "custom": [_label(plot, own, n) for n in range(len(own.values))],
        },
    }  # fmt: skip
    if plot.kind == "line":
        color = own.colors[0]
        dash = {"dash_type": "dash"} if own.reference else {}
        found["line"] = {"color": color, "width": 2.25, **dash}
        found["marker"] = {"type": "circle", "size": 6, "fill": {"color": color}, "border": {"color": color}}
        found["data_labels"]["position"] = "below" if own.reference else "above"
        return found
    found["gap"] = 45
    found["overlap"] = 0 if len(plot.series) > 1 else 100
    # XlsxWriter draws the key of the legend as the first look.
    return found | _fill(*own.looks[0]) | {"points": [_fill(*look) for look in own.looks]}


def _fill(color: str, hatched: bool) -> dict[str, Any]:
    if hatched:
        pattern = {"pattern": "wide_upward_diagonal", "fg_color": strokes_on(color), "bg_color": color}
        return {"pattern": pattern, "border": {"color": OUTLINE}}
    return {"fill": {"color": color}, "border": {"color": OUTLINE, "width": 0.5}}


def _label(plot: Plot, own: Series, n: int) -> dict[str, Any] | None:
    """None: the number in its format; a label of its own where the screen says more."""
    if own.values[n] is None:
        return {"delete": True}
    text = plot.own_text(own, n)
    return {"value": text} if text else None

"""Native charts that can be edited: bars, columns and lines whose values are cells of the sheet."""

from __future__ import annotations

from typing import Any, NamedTuple

from dashboard.deck.palette import GRID, INK, OUTLINE, REFERENCE, SOFT, strokes_on
from dashboard.exports.excel.page import FONT, Cell, Grid, Page, safe
from dashboard.exports.plotted import Plot, Series


class Range(NamedTuple):
    """Rows first to last of the sheet, whose first column holds the labels; values: the columns of the series."""

    first: int
    last: int
    values: tuple[int, ...]


def within(grid: Grid, plot: Plot, head: int) -> Range | None:
    """Where the points of a chart already stand in a table, in their order; None when they do not."""
    start = grid.ids.index(plot.ids[0]) if plot.ids and plot.ids[0] in grid.ids else 0
    here = slice(start, start + len(plot.ids))
    rows = grid.rows[here]
    if not plot.ids or grid.ids[here] != plot.ids or tuple(row[0].text for row in rows) != plot.labels:
        return None
    columns: list[int] = []
    for series in plot.series:
        for c in range(1, len(grid.head)):
            if c not in columns and tuple(row[c].number for row in rows) == series.values:
                columns.append(c)
                break
        else:
            return None
    return Range(head + 1 + start, head + start + len(plot.ids), tuple(columns))


def block(plot: Plot) -> Grid:
    """The points of a chart as a table of its own, for those that the table of the view does not hold in order."""
    rows = tuple(
        (Cell(label), *(Cell(own.texts[n] or "–", own.values[n], True) for own in plot.series))
        for n, label in enumerate(plot.labels)
    )
    return Grid("Données du graphique", (plot.stub, *(own.name for own in plot.series)), rows, plot.ids)


def draw(page: Page, plot: Plot, at: Range, title: int, top: int, alt: str) -> None:
    """Put the chart beside the table. title: row of the title; top: row of the top of the chart; alt: its words."""
    chart: Any = page.book.add_chart({"type": plot.kind})
    for series, column in zip(plot.series, at.values, strict=True):
        chart.add_series(_series(page.name, plot, series, at, column))
    font = {"name": FONT, "size": 10, "color": SOFT}
    chart.set_title({
        "name": [page.name, title, 0], "overlay": False,
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
    chart.set_legend({"position": "bottom", "font": font} if len(plot.series) > 1 else {"none": True})
    chart.set_chartarea({"border": {"color": GRID}})
    height = max(300, 110 + 24 * len(plot.ids) * len(plot.series)) if bar else 380
    chart.set_size({"width": 640, "height": height})
    beside = len(page.widths)
    page.sheet.set_column(beside, beside, 2)
    look = {"description": alt, "object_position": 2, "x_offset": 4, "y_offset": 2}
    page.sheet.insert_chart(top, beside + 1, chart, look)


def _series(sheet: str, plot: Plot, own: Series, at: Range, column: int) -> dict[str, Any]:
    labels: dict[str, Any] = {
        "value": True, "num_format": plot.code, "font": {"name": FONT, "size": 10},
        "custom": [_label(plot, own, n) for n in range(len(own.values))],
    }  # fmt: skip
    found: dict[str, Any] = {
        "name": safe(own.name),
        "categories": [sheet, at.first, 0, at.last, 0],
        "values": [sheet, at.first, column, at.last, column],
        "data_labels": labels,
    }
    if plot.kind == "line":
        color = {"color": own.colors[0]}
        labels["position"] = "below" if own.reference else "above"
        dash = {"dash_type": "dash"} if own.reference else {}
        marker = {"type": "circle", "size": 6, "fill": color, "border": color}
        return found | {"line": {**color, "width": 2.25, **dash}, "marker": marker}
    # XlsxWriter draws the key of the legend as the first look.
    bars = {"gap": 45, "overlap": 0 if len(plot.series) > 1 else 100, "points": [_fill(*look) for look in own.looks]}
    return found | _fill(*own.looks[0]) | bars


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

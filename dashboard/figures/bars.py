"""Horizontal bars: ranked territories, and categories of here against a reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.deck.charts import BarChart, Mark, PairChart
from dashboard.deck.palette import CHOSEN, INK, REFERENCE, SOFT, strokes_on
from dashboard.figures.room import left_of
from dashboard.figures.style import ROW_HEIGHT, base, hatching, same_or_each, shown, told, wrap

# Many territories stand in narrower rows, beside the map and what is written under it.
_MANY, _NARROW_ROW = 12, 24


def _label(mark: Mark) -> str:
    label = wrap(shown(mark.label))
    name = f"<b>▸ {label}</b>" if mark.chosen else label
    return f"{name}<br><span style='color:{SOFT}'>{shown(mark.note)}</span>" if mark.note else name


def ranked(chart: BarChart) -> go.Figure:
    """Bars from the first (top) to the last, zero baseline, value written at the end.

    The chosen one is outlined, as on the map: paler, the others would wear the colours of other classes. The id of each
    bar is its customdata.
    """
    marks = chart.marks
    labels = [_label(mark) for mark in marks]
    # What follows a value in brackets (« 19 sur 21 ») goes under it: on a phone it would take the room of the bar.
    # That of the chosen one is kept off its outline. The thin line of the bounds leaves one line beside it.
    bounded = any(mark.high is not None for mark in marks)
    texts = [mark.text if bounded else "\u00a0" * mark.chosen + mark.text.replace(" (", "<br>(") for mark in marks]
    row = ROW_HEIGHT if len(marks) <= _MANY else _NARROW_ROW
    figure = base(24 + sum(row + 18 * label.count("<br>") for label in labels))
    # Where each text stands: after its bar, or after the thin line of its bounds.
    ends = [max(mark.value or 0, mark.high or 0) for mark in marks]
    highest = chart.high or max(ends, default=0) or 1
    figure.add_bar(
        orientation="h",
        y=labels,
        x=[mark.value for mark in marks],
        text=texts,
        textposition="none" if bounded else "outside",
        error_x=_bounds(marks) if bounded else None,
        constraintext="none",  # two lines are higher than the bar: Plotly would shrink them
        cliponaxis=False,
        customdata=[mark.id for mark in marks],
        **told(mark.told for mark in marks),
        marker={
            "color": same_or_each([mark.color for mark in marks]),
            "line": {
                "color": same_or_each([CHOSEN if mark.chosen else mark.color for mark in marks]),
                "width": same_or_each([3 if mark.chosen else 0 for mark in marks]),
            },
            "pattern": hatching(
                [mark.hatched for mark in marks],
                fgcolor=same_or_each([strokes_on(mark.color) for mark in marks]),
                fgopacity=1,
                size=6,
                solidity=0.3,
            ),
        },
        width=0.68,
    )
    if bounded:
        figure.add_scatter(
            x=ends, y=labels, text=[f"\u00a0\u00a0{text}" for text in texts], mode="text", textposition="middle right",
            cliponaxis=False, hoverinfo="skip",
        )  # fmt: skip
    # Room, in pixels, for the number written after the longest bar: a share of the width would clip it on a phone.
    lines = (line for mark, text in zip(marks, texts, strict=True) if not mark.missing for line in text.split("<br>"))
    room = round(8.5 * max(map(len, lines), default=0)) + 12
    for mark, label in zip(marks, labels, strict=True):
        if mark.missing and mark.text and not bounded:
            # Plotly writes nothing beside a bar that has no length, and an empty row would read as a zero.
            figure.add_annotation(x=0, y=label, text=mark.text, showarrow=False, xanchor="left", font={"color": SOFT})
    figure.update_layout(margin_r=room)
    return _in_rows(figure, labels, highest)


def _bounds(marks: Sequence[Mark]) -> dict[str, Any]:
    """From the lower bound of each mark to the upper one, with ends; nothing for a mark without any."""
    around = [(mark.value or 0, mark.low, mark.high) for mark in marks]
    return {
        "type": "data", "symmetric": False, "color": INK, "thickness": 1.5, "width": 6,
        "array": [0 if high is None else high - value for value, _, high in around],
        "arrayminus": [0 if low is None else value - low for value, low, _ in around],
    }  # fmt: skip


def _in_rows(figure: go.Figure, labels: Sequence[str], high: float) -> go.Figure:
    """The figure with its first label on top, room for them all, and an axis from zero that is not drawn."""
    figure.update_layout(margin_l=left_of(labels))
    figure.update_xaxes(visible=False, range=[0, high], fixedrange=True)
    return figure.update_yaxes(
        autorange="reversed", automargin=True, fixedrange=True, ticklen=0, showgrid=False, zeroline=False
    )


def against_reference(chart: PairChart) -> go.Figure:
    """A bar for here and a grey mark for the reference on the same row; both values stand in the label of the row.

    Written at the end of the bar, the value would cross the mark whenever the two are close.
    """
    pairs, reference_name = chart.pairs, shown(chart.reference)
    figure = base(16 + 64 * len(pairs))
    labels = [
        f"{wrap(shown(pair.label), 28)}<br><b>{pair.text}</b>; <span style='color:{SOFT}'>"
        f"{reference_name}\u00a0: {pair.reference_text}</span>"
        for pair in pairs
    ]
    said = told((pair.label, pair.text, f"{chart.reference}\u00a0: {pair.reference_text}") for pair in pairs)
    figure.add_bar(
        orientation="h",
        y=labels,
        x=[pair.value for pair in pairs],
        customdata=[pair.id for pair in pairs],
        **said,
        marker={"color": chart.color},
        width=0.5,
    )
    figure.add_scatter(
        y=labels,
        x=[pair.reference for pair in pairs],
        mode="markers",
        **said,
        cliponaxis=False,
        marker={"symbol": "line-ns", "size": 34, "line": {"color": REFERENCE, "width": 5}},
    )
    figure.add_vline(x=0, line={"color": REFERENCE, "width": 1})
    return _in_rows(figure, labels, chart.high)

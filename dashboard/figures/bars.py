"""Horizontal bars: ranked territories, and categories of here against a reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.deck.charts import PairMark
from dashboard.deck.palette import REFERENCE, SOFT, SUBJECT
from dashboard.figures.room import left_of
from dashboard.figures.style import ROW_HEIGHT, base, hatching, pale, same_or_each, shown, wrap


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `text` at its end, `note` under its label; `hatched` is not reliable, `chosen` the selection."""

    id: str
    label: str
    value: float | None
    text: str
    hover: str
    color: str = SUBJECT
    hatched: bool = False
    chosen: bool = False
    note: str = ""


def _label(bar: Bar) -> str:
    label = wrap(shown(bar.label))
    name = f"<b>▸ {label}</b>" if bar.chosen else label
    return f"{name}<br><span style='color:#4e5662;font-size:13px'>{shown(bar.note)}</span>" if bar.note else name


def ranked(bars: Sequence[Bar], *, dimmed: bool = False, row_height: int = ROW_HEIGHT) -> go.Figure:
    """Bars from the first (top) to the last, zero baseline, value written at the end.

    With `dimmed`, the bars that are not chosen are paler. The id of each bar is its customdata.
    """
    figure = base(24 + sum(row_height + 18 * _label(bar).count("<br>") for bar in bars))
    highest = max((bar.value or 0 for bar in bars), default=0) or 1
    figure.add_bar(
        orientation="h",
        y=[_label(bar) for bar in bars],
        x=[bar.value for bar in bars],
        text=[bar.text for bar in bars],
        textposition="outside",
        cliponaxis=False,
        customdata=[bar.id for bar in bars],
        hovertext=[bar.hover for bar in bars],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "color": same_or_each([pale(bar.color) if dimmed and not bar.chosen else bar.color for bar in bars]),
            "line": {
                "color": same_or_each(["#223654" if bar.chosen else bar.color for bar in bars]),
                "width": same_or_each([2 if b.chosen else 0 for b in bars]),
            },
            "pattern": hatching([bar.hatched for bar in bars], fgcolor="#ffffff", fgopacity=1, size=6, solidity=0.4),
        },
        width=0.68,
    )
    # Room, in pixels, for the number written after the longest bar: a share of the width would clip it on a phone.
    room = round(8.5 * max((len(bar.text) for bar in bars if bar.value is not None), default=0)) + 12
    for bar in bars:
        if bar.value is None and bar.text:
            # Plotly writes nothing beside a bar that has no length, and an empty row would read as a zero.
            figure.add_annotation(
                x=0, y=_label(bar), text=bar.text, showarrow=False, xanchor="left", font={"color": SOFT}
            )
    figure.update_layout(margin_r=room, margin_l=left_of(_label(bar) for bar in bars))
    figure.update_xaxes(visible=False, range=[0, highest], fixedrange=True)
    figure.update_yaxes(
        autorange="reversed", automargin=True, fixedrange=True, ticklen=0, showgrid=False, zeroline=False
    )
    return figure


def against_reference(pairs: Sequence[PairMark], *, color: str = SUBJECT, reference_name: str = "Québec") -> go.Figure:
    """A bar for here and a grey mark for the reference on the same row; both values stand in the label of the row.

    Written at the end of the bar, the value would cross the mark whenever the two are close.
    """
    figure = base(16 + 64 * len(pairs))
    labels = [
        f"{wrap(shown(pair.label), 28)}<br><b>{pair.text}</b> <span style='color:#4e5662;font-size:13px'>"
        f"{reference_name}\u00a0: {pair.reference_text}</span>"
        for pair in pairs
    ]
    hover = [
        f"<b>{shown(pair.label)}</b><br>{pair.text}<br>{reference_name}\u00a0: {pair.reference_text}" for pair in pairs
    ]
    highest = max((max(pair.value or 0, pair.reference or 0) for pair in pairs), default=0) or 1
    figure.add_bar(
        orientation="h",
        y=labels,
        x=[pair.value for pair in pairs],
        customdata=[pair.id for pair in pairs],
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": color},
        width=0.5,
    )
    figure.add_scatter(
        y=labels,
        x=[pair.reference for pair in pairs],
        mode="markers",
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        marker={"symbol": "line-ns", "size": 34, "line": {"color": REFERENCE, "width": 5}},
    )
    figure.update_xaxes(visible=False, range=[0, highest * 1.04], fixedrange=True)
    figure.update_yaxes(
        autorange="reversed", automargin=True, fixedrange=True, ticklen=0, showgrid=False, zeroline=False
    )
    figure.update_layout(margin_l=left_of(labels))
    figure.add_vline(x=0, line={"color": REFERENCE, "width": 1})
    return figure

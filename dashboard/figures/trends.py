"""Series over time: one territory, alone or against a reference."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.deck.charts import ColumnChart, LineChart
from dashboard.deck.palette import GRID, INK, REFERENCE, SOFT
from dashboard.figures.room import LINE, YEARS, broken, left_of
from dashboard.figures.style import base, hatching, same_or_each, shown, told, years_axis

# Heights, in pixels: of a chart, and of one of several side by side.
_TALL, _SMALL = 300, 190


def columns(chart: ColumnChart, *, small: bool = False) -> go.Figure:
    """Counts as columns from zero, value above each; the chosen year is outlined, provisional years are hatched."""
    marks, periods = chart.marks, [mark.id for mark in chart.marks]
    loose = frozenset(mark.id for mark in marks if mark.hatched)
    highest = max((mark.value or 0 for mark in marks), default=0) or 1
    figure = base(
        _SMALL if small else _TALL,
        margin={"l": 8, "r": 8, "t": 8, "b": YEARS + LINE * bool(loose), "pad": 4},
        xaxis=years_axis(periods, loose),
        yaxis={"visible": False, "range": [0, highest * 1.15], "fixedrange": True},
    )
    figure.add_bar(
        x=periods,
        y=[mark.value for mark in marks],
        text=[f"<b>{mark.text}</b>" if mark.chosen else mark.text for mark in marks],
        textposition="outside",
        cliponaxis=False,
        **told(mark.told for mark in marks),
        customdata=periods,
        width=0.62,
        marker={
            "color": chart.color,
            "line": {"color": INK, "width": same_or_each([3 if mark.chosen else 0 for mark in marks])},
            "pattern": hatching([m.hatched for m in marks], fgcolor="#ffffff", fgopacity=1, size=8, solidity=0.25),
        },
    )
    return figure


# Pixels for the name of a line, at its end.
_NAME = 96


def lines(chart: LineChart) -> go.Figure:
    """Lines named at their end; the chosen period has a thin vertical mark, provisional ones have hollow points."""
    periods, series, provisional = chart.periods, chart.lines, chart.provisional
    figure = base(_TALL)
    values = [v for line in series for v in line.values if v is not None]
    low, high = (min(values), max(values)) if values else (0, 1)
    spread = (high - low) or abs(high) or 1
    ends: list[tuple[float, int]] = []
    names = {s.name: f"<b>{'<br>'.join(shown(part) for part in broken(s.name, _NAME))}</b>" for s in series}
    for line in series:
        color, ink = (REFERENCE, SOFT) if line.reference else (line.color, line.color)
        figure.add_scatter(
            x=list(periods),
            y=list(line.values),
            mode="lines+markers+text",
            name=line.name,
            text=list(line.texts),
            textposition="bottom center" if line.reference else "top center",
            cliponaxis=False,
            textfont={"color": ink},
            **told((line.name, f"{p}\u00a0: {t}") for p, t in zip(periods, line.texts, strict=True)),
            customdata=list(periods),
            line={"color": color, "width": 2, "dash": "dot"}
            if line.reference
            else {"color": color, "width": 3, "dash": "solid"},
            marker={
                "size": 8,
                "symbol": same_or_each(
                    [("square" if line.reference else "circle") + "-open" * (p in provisional) for p in periods]
                ),
                "color": color,
                **({"line": {"width": 2, "color": color}} if provisional else {}),
            },
        )
        last = next((v for v in reversed(list(line.values)) if v is not None), None)
        # Alone, a series is named by the title: its name would take the width of a phone.
        if last is not None and len(series) > 1:
            tall = 1 + names[line.name].count("<br>")
            while any(abs(last - other) < spread * 0.07 * (tall + rows) for other, rows in ends):
                last += spread * 0.05
            ends.append((last, tall))
            figure.add_annotation(
                x=1,
                xref="paper",
                y=last,
                text=names[line.name],
                showarrow=False,
                xanchor="left",
                xshift=6,
                font={"color": ink},
                align="left",
            )
    if chart.chosen in periods:
        place = list(periods).index(chart.chosen)
        figure.add_vline(x=place, line={"color": INK, "width": 1, "dash": "dash"}, layer="below")
    figure.update_xaxes(**years_axis(periods, provisional), range=[-0.25, len(periods) - 0.75])
    figure.update_yaxes(
        range=[low - spread * 0.25, high + spread * 0.25],
        showgrid=True,
        gridcolor=GRID,
        nticks=4,
        fixedrange=True,
        zeroline=False,
        showticklabels=False,
    )
    right = left_of(names.values()) if len(series) > 1 else 16
    figure.update_layout(margin={"l": 8, "r": right, "t": 16, "b": YEARS + LINE * bool(provisional)})
    return figure

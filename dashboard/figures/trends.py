"""Series over time: one territory against a reference, small multiples of regions, trajectories of targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.deck.palette import GRID, INK, REFERENCE, SOFT, SUBJECT
from dashboard.figures.room import LINE, YEARS, broken, left_of
from dashboard.figures.style import base, hatching, same_or_each, shown, time_axis, years_axis

# Targets are read here too: a trajectory is a series.
from dashboard.figures.trajectory import Point as Point
from dashboard.figures.trajectory import trajectory as trajectory


def columns(
    periods: Sequence[str],
    values: Sequence[float | None],
    texts: Sequence[str],
    hovers: Sequence[str],
    *,
    chosen: str | None,
    provisional: frozenset[str] = frozenset(),
    color: str = SUBJECT,
    height: int = 300,
) -> go.Figure:
    """Counts as columns from zero, value above each; the chosen year is outlined, provisional years are hatched."""
    highest = max((v or 0 for v in values), default=0) or 1
    figure = base(
        height,
        margin={"l": 8, "r": 8, "t": 8, "b": YEARS, "pad": 4},
        xaxis=years_axis(periods),
        yaxis={"visible": False, "range": [0, highest * 1.15], "fixedrange": True},
    )
    figure.add_bar(
        x=list(periods),
        y=list(values),
        text=[f"<b>{t}</b>" if p == chosen else t for p, t in zip(periods, texts, strict=True)],
        textposition="outside",
        cliponaxis=False,
        hovertext=[shown(hover) for hover in hovers],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=list(periods),
        width=0.62,
        marker={
            "color": color,
            "line": {"color": INK, "width": same_or_each([3 if p == chosen else 0 for p in periods])},
            "pattern": hatching(
                [p in provisional for p in periods], fgcolor="#ffffff", fgopacity=1, size=8, solidity=0.25
            ),
        },
    )
    return figure


# Pixels for the name of a line, at its end.
_NAME = 96


@dataclass(frozen=True, slots=True)
class Line:
    """A named series; its name stands at the end of the line, and its values where `labelled`."""

    name: str
    values: Sequence[float | None]
    texts: Sequence[str]
    color: str = SUBJECT
    reference: bool = False
    labelled: bool = True


def lines(
    periods: Sequence[str],
    series: Sequence[Line],
    *,
    chosen: str | None = None,
    provisional: frozenset[str] = frozenset(),
    from_zero: bool = False,
    height: int = 300,
) -> go.Figure:
    """Lines named at their end; the chosen period has a thin vertical mark, provisional ones have hollow points."""
    figure = base(height)
    values = [v for line in series for v in line.values if v is not None]
    low, high = (min(values), max(values)) if values else (0, 1)
    spread = (high - low) or abs(high) or 1
    ends: list[tuple[float, int]] = []
    names = {s.name: f"<b>{'<br>'.join(shown(part) for part in broken(s.name, _NAME))}</b>" for s in series}
    for line in series:
        labels = list(line.texts) if line.labelled else ["" for _ in line.texts]
        figure.add_scatter(
            x=list(periods),
            y=list(line.values),
            mode="lines+markers+text",
            name=line.name,
            text=labels,
            textposition="bottom center" if line.reference else "top center",
            cliponaxis=False,
            textfont={"color": SOFT if line.reference else line.color},
            hovertext=[
                f"<b>{shown(line.name)}</b><br>{p}\u00a0: {t}" for p, t in zip(periods, line.texts, strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=list(periods),
            line={
                "color": REFERENCE if line.reference else line.color,
                "width": 2 if line.reference else 3,
                "dash": "dot" if line.reference else "solid",
            },
            marker={
                "size": 8,
                "symbol": same_or_each(
                    [("square" if line.reference else "circle") + "-open" * (p in provisional) for p in periods]
                ),
                "color": REFERENCE if line.reference else line.color,
                **({"line": {"width": 2, "color": REFERENCE if line.reference else line.color}} if provisional else {}),
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
                font={"color": SOFT if line.reference else line.color},
                align="left",
            )
    if chosen is not None and chosen in periods:
        figure.add_vline(x=list(periods).index(chosen), line={"color": INK, "width": 1, "dash": "dash"}, layer="below")
    time_axis(figure, periods, provisional)
    figure.update_xaxes(range=[-0.25, len(periods) - 0.75])
    bottom = 0 if from_zero else low - spread * 0.25
    figure.update_yaxes(
        range=[bottom, high + spread * 0.25],
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


@dataclass(frozen=True, slots=True)
class Panel:
    """One small multiple: its own vertical scale, its own title; provisional periods are hatched."""

    title: str
    values: Sequence[float | None]
    texts: Sequence[str]
    color: str
    provisional: frozenset[str] = frozenset()


def small_multiple(periods: Sequence[str], panel: Panel) -> go.Figure:
    """Columns of one territory, small; the scale is its own and the title of the page says so."""
    return columns(
        periods,
        panel.values,
        panel.texts,
        [
            f"{panel.title}, {p}\u00a0: {t}{' (donnée provisoire)' * (p in panel.provisional)}"
            for p, t in zip(periods, panel.texts, strict=True)
        ],
        chosen=None,
        provisional=panel.provisional,
        color=panel.color,
        height=190,
    )

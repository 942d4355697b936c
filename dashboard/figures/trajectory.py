"""Targets over the years: reference, targets, revised targets and results, each with a shape of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import plotly.graph_objects as go

from dashboard.deck.charts import Point, Trajectory
from dashboard.deck.palette import CHOSEN, SOFT, SUBJECT
from dashboard.figures.room import YEARS
from dashboard.figures.style import base, shown, time_axis

RESULT = "#4f813d"
Kind = Literal["reference", "target", "revised", "result"]
# Symbol of Plotly, and the same sign in a text, for the legend.
SHAPES: dict[Kind, tuple[str, str]] = {
    "reference": ("diamond-open", "◇"),
    "target": ("circle", "●"),
    "revised": ("square", "■"),
    "result": ("triangle-up", "▲"),
}


@dataclass
class _Run:
    """Targets joined by a line: a word or a revision ends it."""

    points: list[Point] = field(default_factory=list)
    revised: bool = False


def trajectory(chart: Trajectory) -> go.Figure:
    """Targets from year to year. The line stops at a break, which is annotated; words stand at the foot of the axis.

    Where results are known, a dashed line leads from the last of them to the last target.
    """
    figure = base(280)
    # Texts come from files, and results from what a person types.
    points, results = ([replace(p, text=shown(p.text)) for p in own] for own in (chart.points, chart.results))
    breaks = chart.breaks
    periods = [point.period for point in points]
    known = [point.value for point in (*points, *results) if point.value is not None]
    high = max(known, default=1) or 1
    reached = {point.period: point.value for point in results if point.value is not None}
    for run in _runs([point for point in points if not point.reference], {period for period, _ in breaks}):
        _add_targets(figure, run, reached)
    for point in points:
        if point.reference and point.value is not None:
            _add_mark(figure, point, "reference", "Référence", SOFT, "top center")
        elif point.value is None:
            figure.add_annotation(
                x=point.period,
                y=high * 0.12,
                text=point.text if len(point.text) < 9 else point.text.replace(" ", "<br>", 1),
                showarrow=False,
                font={"color": SOFT, "size": 14},
                # From the side of the drawing: centred, a long word would leave it on the narrowest screens.
                **({"xanchor": "left", "xshift": -28, "align": "left"} if len(point.text) >= 9 else {}),
            )
    _add_results(figure, points, [point for point in results if point.value is not None])
    for period, text in breaks:
        figure.add_vline(x=periods.index(period) + 0.5, line={"color": CHOSEN, "width": 2, "dash": "dot"})
        figure.add_annotation(
            x=periods.index(period) + 0.5,
            y=1,
            yref="paper",
            text=text,
            showarrow=False,
            yanchor="bottom",
            font={"color": CHOSEN, "size": 13},
        )
    time_axis(figure, periods)
    # On two lines: side by side, five periods would run into one another at 375 px.
    ticks = [period.replace("-", "-<br>") for period in periods]
    figure.update_xaxes(range=[-0.5, len(periods) - 0.5], tickangle=0, tickvals=periods, ticktext=ticks)
    figure.update_yaxes(visible=False, range=[0, high * 1.3], fixedrange=True)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 36, "b": YEARS + 18})
    return figure


def _runs(targets: Sequence[Point], cut: set[str]) -> list[_Run]:
    runs = [_Run()]
    for point in targets:
        if point.value is None:
            runs.append(_Run(revised=runs[-1].revised))
            continue
        runs[-1].points.append(point)
        if point.period in cut:
            runs.append(_Run(revised=True))
    return [run for run in runs if run.points]


def _add_targets(figure: go.Figure, run: _Run, reached: dict[str, float]) -> None:
    """The label of a target stands on the side that its year's result leaves free."""
    name = "Cible révisée" if run.revised else "Cible"
    figure.add_scatter(
        x=[p.period for p in run.points],
        y=[p.value for p in run.points],
        text=[f"<b>{p.text}</b>" for p in run.points],
        mode="lines+markers+text",
        textposition=[
            "bottom center" if reached.get(p.period, -1) >= (p.value or 0) else "top center" for p in run.points
        ],
        cliponaxis=False,
        line={"color": SUBJECT, "width": 3},
        marker={"size": 11, "color": SUBJECT, "symbol": SHAPES["revised" if run.revised else "target"][0]},
        hovertext=[f"{name} {p.period}\u00a0: {p.text}" for p in run.points],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _add_mark(figure: go.Figure, point: Point, kind: Kind, name: str, color: str, position: str) -> None:
    figure.add_scatter(
        x=[point.period],
        y=[point.value],
        text=[point.text],
        mode="markers+text",
        textposition=position,
        cliponaxis=False,
        textfont={"color": color},
        marker={
            "size": 12 if kind == "reference" else 15,
            "symbol": SHAPES[kind][0],
            "color": color,
            "line": {"width": 2, "color": color if kind == "reference" else "#ffffff"},
        },
        hovertext=[
            f"{name}\u00a0: {point.text}" if kind == "reference" else f"{name} {point.period}\u00a0: {point.text}"
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _add_results(figure: go.Figure, points: Sequence[Point], results: Sequence[Point]) -> None:
    targets = {point.period: point.value for point in points if not point.reference}
    last, goal = (results[-1] if results else None), points[-1]
    if last is not None and goal.value is not None and last.period != goal.period:
        figure.add_scatter(
            x=[last.period, goal.period],
            y=[last.value, goal.value],
            mode="lines",
            line={"color": RESULT, "width": 2, "dash": "dash"},
            hoverinfo="skip",
        )
    for point in results:
        target = targets.get(point.period)
        above = target is not None and (point.value or 0) >= target
        _add_mark(figure, point, "result", "Résultat", RESULT, "top center" if above else "bottom center")

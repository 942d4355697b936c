"""Targets over the years: reference, targets, revised targets and results, each with a shape of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from dashboard.deck.charts import Point, Trajectory
from dashboard.deck.palette import CHOSEN, SOFT, SUBJECT
from dashboard.figures.room import YEARS
from dashboard.figures.style import base, shown, years_axis
from dashboard.wording.numbers import NBSP

RESULT = "#4f813d"
_ABOVE, _BELOW = "top center", "bottom center"


def trajectory(chart: Trajectory) -> go.Figure:
    """Targets from year to year. The line stops at a break, which is annotated; words stand at the foot of the axis.

    Where results are known, a dashed line leads from the last of them to the last target.
    """
    figure = base(280)
    # Texts come from files, and results from what a person types.
    points, results = ([replace(p, text=shown(p.text)) for p in own] for own in (chart.points, chart.results))
    results = [point for point in results if point.value is not None]
    periods = [point.period for point in points]
    high = max((point.value for point in (*points, *results) if point.value is not None), default=1) or 1
    _add_targets(figure, [p for p in points if not p.reference], {period for period, _ in chart.breaks}, results)
    for point in points:
        if point.reference and point.value is not None:
            mark = {"size": 12, "symbol": "diamond-open", "line": {"width": 2, "color": SOFT}}
            _add_mark(figure, point, "Référence", SOFT, _ABOVE, mark)
        elif point.value is None:
            # From the side of the drawing: centred, a long word would leave it on the narrowest screens.
            long = len(point.text) >= 9
            figure.add_annotation(
                x=point.period,
                y=high * 0.12,
                text=point.text.replace(" ", "<br>", 1) if long else point.text,
                showarrow=False,
                font={"color": SOFT},
                **({"xanchor": "left", "xshift": -28, "align": "left"} if long else {}),
            )
    _add_results(figure, points, results)
    for period, text in chart.breaks:
        place = periods.index(period) + 0.5
        figure.add_vline(x=place, line={"color": CHOSEN, "width": 2, "dash": "dot"})
        where = {"x": place, "y": 1, "yref": "paper", "yanchor": "bottom"}
        figure.add_annotation(**where, text=text, showarrow=False, font={"color": CHOSEN})
    # On two lines: side by side, five periods would run into one another at 375 px.
    ticks = {"tickangle": 0, "tickvals": periods, "ticktext": [period.replace("-", "-<br>") for period in periods]}
    figure.update_xaxes(**years_axis(periods), range=[-0.5, len(periods) - 0.5], **ticks)
    figure.update_yaxes(visible=False, range=[0, high * 1.3], fixedrange=True)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 36, "b": YEARS + 18})
    return figure


def _add_targets(figure: go.Figure, targets: Sequence[Point], cut: set[str], results: Sequence[Point]) -> None:
    """Targets joined by a line: a word or a revision ends it.

    The label of a target stands on the side that its year's result leaves free.
    """
    runs: list[tuple[bool, list[Point]]] = [(False, [])]
    for point in targets:
        if point.value is not None:
            runs[-1][1].append(point)
        if point.value is None or point.period in cut:
            runs.append((point.value is not None or runs[-1][0], []))
    reached = {point.period: point.value or 0 for point in results}
    for revised, run in runs:
        if not run:
            continue
        name, symbol = ("Cible révisée", "square") if revised else ("Cible", "circle")
        figure.add_scatter(
            x=[p.period for p in run],
            y=[p.value for p in run],
            text=[f"<b>{p.text}</b>" for p in run],
            mode="lines+markers+text",
            textposition=[_BELOW if reached.get(p.period, -1) >= (p.value or 0) else _ABOVE for p in run],
            cliponaxis=False,
            line={"color": SUBJECT, "width": 3},
            marker={"size": 11, "color": SUBJECT, "symbol": symbol},
            hovertext=[f"{name} {p.period}{NBSP}: {p.text}" for p in run],
            hovertemplate="%{hovertext}<extra></extra>",
        )


def _add_mark(figure: go.Figure, point: Point, name: str, color: str, place: str, marker: dict[str, Any]) -> None:
    figure.add_scatter(
        x=[point.period],
        y=[point.value],
        text=[point.text],
        mode="markers+text",
        textposition=place,
        cliponaxis=False,
        textfont={"color": color},
        marker={"color": color, **marker},
        hovertext=[f"{name}{NBSP}: {point.text}"],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _add_results(figure: go.Figure, points: Sequence[Point], results: Sequence[Point]) -> None:
    goal = points[-1]
    if results and goal.value is not None and results[-1].period != goal.period:
        road = {"x": [results[-1].period, goal.period], "y": [results[-1].value, goal.value]}
        dash = {"color": RESULT, "width": 2, "dash": "dash"}
        figure.add_scatter(**road, mode="lines", line=dash, hoverinfo="skip")
    targets = {point.period: point.value for point in points if not point.reference}
    marker = {"size": 15, "symbol": "triangle-up", "line": {"width": 2, "color": "#ffffff"}}
    for point in results:
        target = targets.get(point.period)
        place = _ABOVE if target is not None and (point.value or 0) >= target else _BELOW
        _add_mark(figure, point, f"Résultat {point.period}", RESULT, place, marker)

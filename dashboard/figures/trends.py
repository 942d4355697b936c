"""Series over time: one territory against a reference, small multiples of regions, trajectories of targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.style import GRID, INK, REFERENCE, REFERENCE_TEXT, SUBJECT, base


def _time_axis(figure: go.Figure, periods: Sequence[str], **place: int) -> None:
    figure.update_xaxes(
        type="category",
        categoryorder="array",
        categoryarray=list(periods),
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        linecolor=REFERENCE,
        ticks="",
        automargin=True,
        **place,
    )


def columns(
    periods: Sequence[str],
    values: Sequence[float | None],
    texts: Sequence[str],
    hovers: Sequence[str],
    *,
    chosen: str | None,
    provisional: frozenset[str] = frozenset(),
    color: str = SUBJECT,
) -> go.Figure:
    """Counts as columns from zero, value above each; the chosen year is outlined, provisional years are hatched."""
    figure = base(300)
    highest = max((v or 0 for v in values), default=0) or 1
    figure.add_bar(
        x=list(periods),
        y=list(values),
        text=[f"<b>{t}</b>" if p == chosen else t for p, t in zip(periods, texts, strict=True)],
        textposition="outside",
        cliponaxis=False,
        hovertext=list(hovers),
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=list(periods),
        width=0.62,
        marker={
            "color": [color for _ in periods],
            "line": {"color": INK, "width": [3 if p == chosen else 0 for p in periods]},
            "pattern": {
                "shape": ["/" if p in provisional else "" for p in periods],
                "fillmode": "overlay",
                "fgcolor": "#ffffff",
                "fgopacity": 1,
                "size": 8,
                "solidity": 0.25,
            },
        },
    )
    _time_axis(figure, periods)
    figure.update_yaxes(visible=False, range=[0, highest * 1.15], fixedrange=True)
    return figure


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
    from_zero: bool = False,
    height: int = 300,
) -> go.Figure:
    """Lines named at their end; the chosen period has a thin vertical mark."""
    figure = base(height)
    values = [v for line in series for v in line.values if v is not None]
    low, high = (min(values), max(values)) if values else (0, 1)
    spread = (high - low) or abs(high) or 1
    ends: list[float] = []
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
            textfont={"color": REFERENCE_TEXT if line.reference else line.color},
            hovertext=[f"<b>{line.name}</b><br>{p}\u00a0: {t}" for p, t in zip(periods, line.texts, strict=True)],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=list(periods),
            line={
                "color": REFERENCE if line.reference else line.color,
                "width": 2 if line.reference else 3,
                "dash": "dot" if line.reference else "solid",
            },
            marker={"size": 8, "symbol": "square" if line.reference else "circle"},
        )
        last = next((v for v in reversed(list(line.values)) if v is not None), None)
        if last is not None:
            while any(abs(last - other) < spread * 0.14 for other in ends):
                last += spread * 0.05
            ends.append(last)
            figure.add_annotation(
                x=1,
                xref="paper",
                y=last,
                text=f"<b>{line.name}</b>",
                showarrow=False,
                xanchor="left",
                xshift=6,
                font={"color": REFERENCE_TEXT if line.reference else line.color},
                align="left",
            )
    if chosen is not None and chosen in periods:
        figure.add_vline(x=list(periods).index(chosen), line={"color": INK, "width": 1, "dash": "dash"}, layer="below")
    _time_axis(figure, periods)
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
    longest = max((len(line.name) for line in series), default=0)
    figure.update_layout(margin={"l": 8, "r": 16 + 8 * longest, "t": 16, "b": 8})
    return figure


@dataclass(frozen=True, slots=True)
class Panel:
    """One small multiple: its own vertical scale, its own title."""

    title: str
    values: Sequence[float | None]
    texts: Sequence[str]
    color: str


def small_multiple(periods: Sequence[str], panel: Panel) -> go.Figure:
    """Columns of one territory, small; the scale is its own and the title of the page says so."""
    return columns(
        periods,
        panel.values,
        panel.texts,
        [f"{panel.title}, {p}\u00a0: {t}" for p, t in zip(periods, panel.texts, strict=True)],
        chosen=None,
        color=panel.color,
    ).update_layout(height=190)


@dataclass(frozen=True, slots=True)
class Point:
    """A target or a reference: `value` None when the source prints a word, which `text` keeps."""

    period: str
    value: float | None
    text: str
    reference: bool = False


def trajectory(points: Sequence[Point], breaks: Sequence[tuple[str, str]]) -> go.Figure:
    """Targets from year to year. The line stops at a break, which is annotated; words stand at the foot of the axis.

    breaks: (period after which the series was revised, short text).
    """
    figure = base(280)
    periods = [point.period for point in points]
    targets = [point for point in points if not point.reference]
    known = [point.value for point in points if point.value is not None]
    high = max(known, default=1)
    cut = {period for period, _ in breaks}
    run: list[Point] = []
    runs: list[list[Point]] = [run]
    for point in targets:
        if point.value is None:
            run = []
            runs.append(run)
            continue
        run.append(point)
        if point.period in cut:
            run = []
            runs.append(run)
    for part in runs:
        if part:
            figure.add_scatter(
                x=[p.period for p in part],
                y=[p.value for p in part],
                text=[f"<b>{p.text}</b>" for p in part],
                mode="lines+markers+text",
                textposition="top center",
                cliponaxis=False,
                line={"color": SUBJECT, "width": 3},
                marker={"size": 11, "color": SUBJECT},
                hovertext=[f"Cible {p.period}\u00a0: {p.text}" for p in part],
                hovertemplate="%{hovertext}<extra></extra>",
            )
    for point in points:
        if point.reference and point.value is not None:
            figure.add_scatter(
                x=[point.period],
                y=[point.value],
                text=[point.text],
                mode="markers+text",
                textposition="top center",
                cliponaxis=False,
                textfont={"color": REFERENCE_TEXT},
                marker={"size": 12, "symbol": "diamond-open", "color": REFERENCE_TEXT, "line": {"width": 2}},
                hovertext=[f"Référence\u00a0: {point.text}"],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        elif point.value is None:
            figure.add_annotation(
                x=point.period,
                y=high * 0.12,
                text=point.text if len(point.text) < 9 else point.text.replace(" ", "<br>", 1),
                showarrow=False,
                font={"color": REFERENCE_TEXT, "size": 14},
            )
    for period, text in breaks:
        figure.add_vline(x=periods.index(period) + 0.5, line={"color": "#cb381f", "width": 2, "dash": "dot"})
        figure.add_annotation(
            x=periods.index(period) + 0.5,
            y=1,
            yref="paper",
            text=text,
            showarrow=False,
            yanchor="bottom",
            font={"color": "#cb381f", "size": 13},
        )
    _time_axis(figure, periods)
    figure.update_xaxes(range=[-0.5, len(periods) - 0.5], tickangle=0)
    figure.update_yaxes(visible=False, range=[0, high * 1.3], fixedrange=True)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 36, "b": 8})
    return figure

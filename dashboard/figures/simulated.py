"""What nobody observed never looks observed: estimates are hatched and pale with their bounds as a thin line, scenarios
are pale with a dashed outline, and the picture itself says which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.deck.palette import GRID, INK, REFERENCE, SOFT, SUBJECT
from dashboard.figures.style import base, hatching, wrap
from dashboard.wording.numbers import NBSP

# Outline and fill of scenarios A and B; their name is always written.
COLORS = {"a": (SUBJECT, "#dae6f0"), "b": ("#8f4a06", "#f3e6d8")}
_LEGENDS = {
    "estimation": "<b>Estimation</b>, hachurée; bornes garanties en trait fin",
    "scénario": "<b>Scénario</b>, en tirets, non observé",
}
_BAR, _HEADING = 30, 26
# Narrowest drawing, in pixels: the text after a bar must fit there too.
_NARROW, _CHARACTER = 320, 7.6
# Characters of a line of the legend, which must not be cut there either.
_LEGEND_WIDTH = 46


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a row. slot: « observed », « a » or « b »; value None draws the bounds alone.

    estimated: hatched with its bounds; otherwise a scenario. Ignored for what is observed.
    """

    slot: str
    value: float | None
    text: str
    hover: str
    low: float | None = None
    high: float | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A heading and its bars, one under the other."""

    label: str
    bars: Sequence[Bar]


def _end(bar: Bar) -> float:
    return max(bar.value or 0, bar.high or 0)


def legend(rows: Sequence[Row]) -> str:
    """What the picture says of itself: the nature of each kind of bar that it holds."""
    bars = [bar for row in rows for bar in row.bars]
    kinds = []
    if any(bar.slot != "observed" and bar.estimated for bar in bars):
        kinds.append(_LEGENDS["estimation"])
    if any(bar.slot != "observed" and not bar.estimated for bar in bars):
        kinds.append(_LEGENDS["scénario"])
    if any(bar.slot == "observed" for bar in bars):
        kinds.append("observé, plein")
    return "; ".join(kinds)


def beside(rows: Sequence[Row]) -> go.Figure:
    """Rows of bars from zero: observed (grey, full), A and B. The value is written after each bar."""
    places, height = _places(rows)
    figure = base(height)
    bars = [(bar, y) for row, own in zip(rows, places, strict=True) for bar, y in zip(row.bars, own[1], strict=True)]
    highest = max((_end(bar) for bar, _ in bars), default=0) or 1
    longest = max((len(bar.text) for bar, _ in bars), default=0)
    for slot in ("observed", "a", "b"):
        for estimated in (False, True):
            own = [
                (bar, y) for bar, y in bars if bar.slot == slot and (bar.estimated or slot == "observed") == estimated
            ]
            if own:
                _add_bars(figure, slot, own, estimated=estimated)
    figure.add_scatter(
        x=[_end(bar) for bar, _ in bars],
        y=[y for _, y in bars],
        text=[f"{NBSP}{NBSP}{bar.text}" for bar, _ in bars],
        mode="text",
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )
    for row, (y, _) in zip(rows, places, strict=True):
        _note(figure, y, f"<b>{row.label}</b>")
    _note(figure, 20, wrap(legend(rows), _LEGEND_WIDTH), color=SOFT)
    room = 1 / (1 - min(0.68, longest * _CHARACTER / _NARROW))
    figure.update_xaxes(visible=False, range=[0, highest * room], fixedrange=True)
    # One unit is one pixel from the top: headings and bars stand where they are placed, whatever their number.
    figure.update_yaxes(visible=False, range=[height, 0], fixedrange=True)
    figure.update_layout(margin={"l": 2, "r": 2, "t": 0, "b": 0, "pad": 0}, barmode="overlay")
    return figure


def _places(rows: Sequence[Row]) -> tuple[list[tuple[float, list[float]]], int]:
    """Height of each heading and of each of its bars, in pixels from the top, and the height of the whole."""
    y, places = 58.0, []
    for row in rows:
        heading = y
        y += _HEADING
        own = []
        for _ in row.bars:
            own.append(y)
            y += _BAR
        places.append((heading, own))
        y += 6
    return places, round(y)


def _note(figure: go.Figure, y: float, text: str, color: str = INK) -> None:
    figure.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=y,
        yanchor="middle",
        text=text,
        showarrow=False,
        align="left",
        font={"color": color},
    )


def _add_bars(figure: go.Figure, slot: str, bars: Sequence[tuple[Bar, float]], *, estimated: bool) -> None:
    outline, fill = COLORS.get(slot, (REFERENCE, REFERENCE))
    starts = [0.0 if bar.value is not None else bar.low or 0.0 for bar, _ in bars]
    lengths = [
        (bar.value if bar.value is not None else bar.high or 0) - start
        for (bar, _), start in zip(bars, starts, strict=True)
    ]
    hatched = estimated and slot != "observed"
    figure.add_bar(
        orientation="h",
        y=[y for _, y in bars],
        x=lengths,
        base=starts,
        width=18,
        hovertext=[bar.hover for bar, _ in bars],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "color": fill,
            "line": {"width": 0},
            "pattern": hatching([hatched], fgcolor=outline, fgopacity=0.55, size=7, solidity=0.2),
        },
        error_x=_bounds(bars) if hatched else None,
    )  # fmt: skip
    if slot != "observed" and not estimated:
        _outline(figure, bars, starts, lengths, outline)


def _bounds(bars: Sequence[tuple[Bar, float]]) -> dict[str, object]:
    """The guaranteed bounds as a thin line with ends."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [(bar.high or 0) - (bar.value or 0) if bar.high is not None else 0 for bar, _ in bars],
        "arrayminus": [(bar.value or 0) - (bar.low or 0) if bar.low is not None else 0 for bar, _ in bars],
        "color": INK,
        "thickness": 1.5,
        "width": 6,
    }


def _outline(
    figure: go.Figure, bars: Sequence[tuple[Bar, float]], starts: Sequence[float], lengths: Sequence[float], color: str
) -> None:
    """Dashes around scenario bars: the outline of a Plotly bar cannot be dashed, a line can."""
    x: list[float | None] = []
    y: list[float | None] = []
    for (_, middle), start, length in zip(bars, starts, lengths, strict=True):
        end, top, bottom = start + length, middle - 9, middle + 9
        x += [start, end, end, start, start, None]
        y += [top, top, bottom, bottom, top, None]
    figure.add_scatter(
        x=x, y=y, mode="lines", hoverinfo="skip", cliponaxis=False, line={"color": color, "width": 2, "dash": "5px,3px"}
    )


@dataclass(frozen=True, slots=True)
class Path:
    """Observed years then a scenario: `seen` and `after` are (place, value, text); `after` begins at the last year."""

    slot: str
    name: str
    seen: Sequence[tuple[str, float | None, str]]
    after: Sequence[tuple[str, float, str]]


def paths(lines: Sequence[Path]) -> go.Figure:
    """Observed in full line, scenario in dashes, on the same years; ends are named and numbered."""
    figure = base(340)
    order = list(dict.fromkeys(place for line in lines for place, *_ in (*line.seen, *line.after)))
    values = [v for line in lines for _, v, _ in (*line.seen, *line.after) if v is not None]
    drawn: set[tuple[tuple[str, float | None, str], ...]] = set()
    for n, line in enumerate(lines):
        color = COLORS[line.slot][0]
        if tuple(line.seen) not in drawn:
            drawn.add(tuple(line.seen))
            _add_line(figure, line.seen, color if n else SUBJECT, dash="solid", name=line.name)
        if line.after:
            _add_line(figure, line.after, color, dash="dash", name=f"{line.name} (scénario)", ends_only=True)
    figure.add_annotation(
        x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", showarrow=False,
        text="<b>Scénario</b>, en tirets, non observé; observé, plein", font={"color": SOFT},
    )  # fmt: skip
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    spread = (high - low) or high or 1
    every = max(1, len(order) // 8)
    ticks = [place for n, place in enumerate(order) if n % every == 0 or n == len(order) - 1]
    figure.update_xaxes(
        type="category", categoryorder="array", categoryarray=order, tickvals=ticks, tickangle=0, fixedrange=True,
        showgrid=False, zeroline=False, linecolor=REFERENCE, ticks="", range=[-0.4, len(order) - 0.6],
    )  # fmt: skip
    figure.update_yaxes(
        range=[max(0.0, low - spread * 0.25), high + spread * 0.2], showgrid=True, gridcolor=GRID, nticks=4,
        fixedrange=True, zeroline=False, showticklabels=False,
    )  # fmt: skip
    figure.update_layout(margin={"l": 8, "r": 16, "t": 36, "b": 32})
    return figure


def _add_line(
    figure: go.Figure,
    points: Sequence[tuple[str, float | None, str]],
    color: str,
    *,
    dash: str,
    name: str,
    ends_only: bool = False,
) -> None:
    texts = [text if not ends_only or n == len(points) - 1 else "" for n, (_, _, text) in enumerate(points)]
    figure.add_scatter(
        x=[place for place, *_ in points],
        y=[value for _, value, _ in points],
        text=texts,
        mode="lines+markers+text",
        textposition="top center",
        cliponaxis=False,
        textfont={"color": color},
        hovertext=[f"<b>{name}</b><br>{place}{NBSP}: {text}" for place, _, text in points],
        hovertemplate="%{hovertext}<extra></extra>",
        line={"color": color, "width": 3, "dash": dash},
        marker={"size": 8, "symbol": "circle-open" if dash == "dash" else "circle"},
    )

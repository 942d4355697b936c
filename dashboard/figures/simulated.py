"""What nobody observed never looks observed: estimates are hatched and pale with their bounds as a thin line, scenarios
are pale with a dashed outline, and the picture itself says which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from dashboard.deck.palette import GRID, INK, REFERENCE, SOFT, SUBJECT
from dashboard.figures.style import base, hatching, wrap
from dashboard.scenarios.result import Line, Outcomes, Simulated, Status, beside
from dashboard.wording.numbers import NBSP, number

# A longer chart would be a wall: the rest is in the table.
MOST_ROWS = 12
# Outline and fill of scenarios A and B; their name is always written.
COLORS = {"A": (SUBJECT, "#dae6f0"), "B": ("#8f4a06", "#f3e6d8")}
_LEGENDS = {
    "estimation": "<b>Estimation</b>, hachurée; bornes garanties en trait fin",
    "scénario": "<b>Scénario</b>, en tirets, non observé",
    "observé": "observé, plein",
}
_BAR, _HEADING = 30, 26
# Narrowest drawing, in pixels: the text after a bar must fit there too.
_NARROW, _CHARACTER = 320, 7.6
# Characters of a line of the legend, which must not be cut there either.
_LEGEND_WIDTH = 46


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a row. slot: « A » or « B », empty for what is observed; value None draws the bounds alone."""

    slot: str
    status: str
    value: float | None
    text: str
    hover: str
    low: float | None = None
    high: float | None = None

    @property
    def start(self) -> float:
        return 0 if self.value is not None else self.low or 0

    @property
    def end(self) -> float:
        """Where the bar itself ends: its text stands after its bounds."""
        return self.value if self.value is not None else self.high or 0


@dataclass(frozen=True, slots=True)
class Row:
    """A heading and its bars, one under the other."""

    label: str
    bars: Sequence[Bar]


def figure(outcomes: Outcomes, rows: Sequence[Row]) -> go.Figure:
    """Rows of bars, or the path back to the best year."""
    path = any(outcome.drawn == "path" for outcome in outcomes.values())
    return paths(outcomes) if path else bars(rows[:MOST_ROWS])


def rows_of(outcomes: Outcomes) -> list[Row]:
    """Observed, A and B of each line that has something to draw."""
    lines = beside(outcomes)
    with_total = any(outcome.drawn == "parts and total" for outcome in outcomes.values())
    rows = []
    for (_, label), own in lines.items():
        # A total beside its parts would flatten them.
        if not with_total and len(lines) > 2 and any(line.total for line in own.values()):
            continue
        found = list(_bars_of(outcomes, own))
        if found:
            rows.append(Row(escape(label), found))
    return rows


def _bars_of(outcomes: Outcomes, lines: Mapping[str, Line]) -> Iterator[Bar]:
    """What is observed, once where A and B observe the same, then what is simulated in each."""
    seen: dict[tuple[float, str], str] = {}
    for slot, line in lines.items():
        if line.observed is not None and line.observed.value is not None and outcomes[slot].same_scale:
            seen.setdefault((line.observed.value, outcomes[slot].observed_label), slot)
    for (value, label), slot in seen.items():
        yield _observed(value, label, f" ({slot})" if len(seen) > 1 else "")
    for slot, line in lines.items():
        status, own = outcomes[slot].status, line.simulated
        if own is not None and status == "observé":
            yield _observed(own.value, line.label)
        elif own is not None:
            words = f"{status} {slot}" if len(outcomes) > 1 else status
            written = _written(status, own)
            hover = f"<b>{escape(line.label)}</b><br>{words}{NBSP}: {written}"
            yield Bar(slot, status, own.value, f"{words} {written}", hover, own.low, own.high)


def _observed(value: float | None, label: str, mark: str = "") -> Bar:
    written = number(value)
    return Bar("", "observé", value, f"observé {written}{mark}", f"{escape(label)}{NBSP}: {written}")


def _written(status: Status, own: Simulated) -> str:
    """« 84 (0 à 135) », « moins de 5 (0 à 6) », « 290 à 347 », « 166 »."""
    if own.exact:
        return f"{number(own.value)} (exact)"
    if own.low is None or own.high is None:
        return own.text(status)
    bounds = f"{number(own.low)} à {number(own.high)}"
    if own.value is None:
        return bounds
    return own.text(status) + (f" ({bounds})" if own.low != own.high else "")


def bars(rows: Sequence[Row]) -> go.Figure:
    """Rows of bars from zero: observed (grey, full), A and B. The value is written after each bar."""
    # One unit is one pixel from the top: headings and bars stand where they are placed, whatever their number.
    top, placed, headings = 58.0, list[tuple[Bar, float]](), list[tuple[str, float]]()
    for row in rows:
        headings.append((f"<b>{row.label}</b>", top))
        placed += [(bar, top + _HEADING + n * _BAR) for n, bar in enumerate(row.bars)]
        top += _HEADING + _BAR * len(row.bars) + 6
    height = round(top)
    drawing = base(height)
    for slot in ("", *COLORS):
        for status in ("observé", "scénario", "estimation"):
            own = [(bar, y) for bar, y in placed if (bar.slot, bar.status) == (slot, status)]
            if own:
                _add_bars(drawing, slot, status, own)
    ends = [max(bar.value or 0, bar.high or 0) for bar, _ in placed]
    drawing.add_scatter(
        x=ends, y=[y for _, y in placed], text=[f"{NBSP}{NBSP}{bar.text}" for bar, _ in placed], mode="text",
        textposition="middle right", cliponaxis=False, hoverinfo="skip",
    )  # fmt: skip
    statuses = {bar.status for bar, _ in placed}
    legend = wrap("; ".join(words for status, words in _LEGENDS.items() if status in statuses), _LEGEND_WIDTH)
    for text, y, color in (*((text, y, INK) for text, y in headings), (legend, 20, SOFT)):
        drawing.add_annotation(
            x=0, xref="paper", xanchor="left", y=y, yanchor="middle", text=text, showarrow=False, align="left",
            font={"color": color},
        )  # fmt: skip
    longest = max((len(bar.text) for bar, _ in placed), default=0)
    room = 1 / (1 - min(0.68, longest * _CHARACTER / _NARROW))
    drawing.update_xaxes(visible=False, range=[0, (max(ends, default=0) or 1) * room], fixedrange=True)
    drawing.update_yaxes(visible=False, range=[height, 0], fixedrange=True)
    drawing.update_layout(margin={"l": 2, "r": 2, "t": 0, "b": 0, "pad": 0}, barmode="overlay")
    return drawing


def _add_bars(drawing: go.Figure, slot: str, status: str, placed: Sequence[tuple[Bar, float]]) -> None:
    outline, fill = COLORS.get(slot, (REFERENCE, REFERENCE))
    estimated = status == "estimation"
    # The guaranteed bounds are a thin line with ends.
    bounds = {
        "type": "data", "symmetric": False, "color": INK, "thickness": 1.5, "width": 6,
        "array": [(bar.high or 0) - (bar.value or 0) if bar.high is not None else 0 for bar, _ in placed],
        "arrayminus": [(bar.value or 0) - (bar.low or 0) if bar.low is not None else 0 for bar, _ in placed],
    }  # fmt: skip
    drawing.add_bar(
        orientation="h", y=[y for _, y in placed], x=[bar.end - bar.start for bar, _ in placed],
        base=[float(bar.start) for bar, _ in placed], width=18, hovertext=[bar.hover for bar, _ in placed],
        hovertemplate="%{hovertext}<extra></extra>", error_x=bounds if estimated else None,
        marker={
            "color": fill, "line": {"width": 0},
            "pattern": hatching([estimated], fgcolor=outline, fgopacity=0.55, size=7, solidity=0.2),
        },
    )  # fmt: skip
    if status == "scénario":
        # The outline of a Plotly bar cannot be dashed, a line can.
        x: list[float | None] = []
        y: list[float | None] = []
        for bar, middle in placed:
            x += [bar.start, bar.end, bar.end, bar.start, bar.start, None]
            y += [middle - 9, middle - 9, middle + 9, middle + 9, middle - 9, None]
        dashes = {"color": outline, "width": 2, "dash": "5px,3px"}
        drawing.add_scatter(x=x, y=y, mode="lines", hoverinfo="skip", cliponaxis=False, line=dashes)


# (place, value, text) of each point of a line.
_Points = Sequence[tuple[str, float | None, str]]


def paths(outcomes: Outcomes) -> go.Figure:
    """Observed in full line, scenario in dashes, on the same years; ends are named and numbered."""
    drawing, drawn = base(340), list[tuple[str, float | None]]()
    observed: list[_Points] = []
    for n, (slot, outcome) in enumerate(outcomes.items()):
        color, name = COLORS[slot][0], escape(outcome.headline_label)
        name = f"{slot}, {name}" if len(outcomes) > 1 else name
        seen = [(own.label, own.observed.value) for own in outcome.lines if own.observed is not None]
        after = [(own.label, own.simulated.value) for own in outcome.lines if own.simulated is not None]
        points = [(place, value, number(value)) for place, value in seen]
        if points not in observed:
            observed.append(points)
            _add_line(drawing, points, color if n else SUBJECT, dash="solid", name=name)
        if after:
            # It begins at the last year, and only its end is numbered.
            path = [(place, value, "") for place, value in (seen[-1], *after)]
            _add_line(drawing, path, color, dash="dash", name=f"{name} (scénario)")
        drawn += [*seen, *after]
    drawing.add_annotation(
        x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", showarrow=False,
        text="<b>Scénario</b>, en tirets, non observé;<br>observé, plein", font={"color": SOFT}, align="left",
    )  # fmt: skip
    values, order = [value for _, value in drawn if value is not None], list(dict(drawn))
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    spread = (high - low) or high or 1
    every = -(-len(order) // 8)
    # Of the years to come, the last is named: « 2019 + 3 ans » is wider than its place.
    years = {place for points in observed for place, *_ in points}
    ticks = [place for n, place in enumerate(order) if (n % every == 0 and place in years) or n == len(order) - 1]
    drawing.update_xaxes(
        type="category", categoryorder="array", categoryarray=order, tickvals=ticks,
        ticktext=[place.replace(" + ", "<br>+ ") for place in ticks], tickangle=0, fixedrange=True,
        showgrid=False, zeroline=False, linecolor=REFERENCE, ticks="", range=[-0.4, len(order) - 0.6],
    )  # fmt: skip
    drawing.update_yaxes(
        range=[max(0.0, low - spread * 0.25), high + spread * 0.2], showgrid=True, gridcolor=GRID, nticks=4,
        fixedrange=True, zeroline=False, showticklabels=False,
    )  # fmt: skip
    # At its right, half of « 2019 + 3 ans », which stands in the middle of its place.
    drawing.update_layout(margin={"l": 8, "r": 32, "t": 54, "b": 50})
    return drawing


def _add_line(drawing: go.Figure, points: _Points, color: str, *, dash: str, name: str) -> None:
    ends = len(points) - 1
    drawing.add_scatter(
        x=[place for place, *_ in points], y=[value for _, value, _ in points], cliponaxis=False,
        text=[number(value) if n == ends else text for n, (_, value, text) in enumerate(points)],
        mode="lines+markers+text", textposition="top center", textfont={"color": color},
        hovertext=[f"<b>{name}</b><br>{place}{NBSP}: {number(value)}" for place, value, _ in points],
        hovertemplate="%{hovertext}<extra></extra>", line={"color": color, "width": 3, "dash": dash},
        marker={"size": 8, "symbol": "circle-open" if dash == "dash" else "circle"},
    )  # fmt: skip

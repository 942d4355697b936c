"""What all figures share: explicit colours and fonts (no px template), French separators, no animation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboard.deck.palette import INK, OUTLINE, REFERENCE
from dashboard.wording.numbers import NBSP

FONT = "Source Sans, sans-serif"
TEXT_SIZE = 14
ROW_HEIGHT = 34
# Words that the page moves beside what is pointed at (assets/maps.js, which knows them by this).
BESIDE = {"hoverlabel_showarrow": False, "hoverlabel_align": "left"}


class Written:
    """What the browser draws: a figure as the JSON of Plotly (`text`), and the place that it takes (`size`): its
    `height` in pixels, or the `shape` of a map, its width over its height. A tenth of the memory of the figure."""

    __slots__ = ("size", "text")

    def __init__(self, figure: go.Figure) -> None:
        self.text: str = figure.to_json(validate=False)
        self.size: Mapping[str, float] = figure.layout.meta or {"height": figure.layout.height}


def base(height: int, **layout: Any) -> go.Figure:
    """An empty figure in the house style. Without a template: nothing instead of 6,5 kB in each figure."""
    # At once: each later update makes Plotly validate and compare the whole layout again.
    figure = go.Figure(
        layout={
            "template": "none",
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 4},
            "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
            "separators": f",{NBSP}",
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "hoverlabel": {
                "bgcolor": "#ffffff",
                "bordercolor": OUTLINE,
                "font": {"size": TEXT_SIZE, "color": INK, "family": FONT},
            },
            "dragmode": False,
            **layout,
        }
    )
    figure.layout.template = None  # « none » is an object too; the default one would have come had nothing been said
    return figure


def shown(text: str) -> str:
    """A text of the data, for a label or a hover: Plotly reads a few tags in them, and a name must bring none."""
    return escape(text, quote=False)


def hover(lines: Sequence[str]) -> str:
    """What is said of a mark that is pointed at: its name in bold, then the other lines; a sentence alone is plain."""
    first, *others = map(shown, lines)
    return "<br>".join([f"<b>{first}</b>", *others]) if others else first


def told(lines_of: Iterable[Sequence[str]]) -> dict[str, Any]:
    """What marks say when they are pointed at, as a trace takes it."""
    return {"hovertext": [hover(lines) for lines in lines_of], "hovertemplate": "%{hovertext}<extra></extra>"}


def wrap(text: str, width: int = 24) -> str:
    """Break a label at spaces, and after a dash between names, so that it fits beside its bar at 375 px."""
    lines: list[str] = []
    words = text.replace("–", "– ").split(" ") if len(text) > width else text.split(" ")
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += word if lines[-1].endswith("–") else " " + word
        else:
            lines.append(word)
    return "<br>".join(lines)


def same_or_each(values: Sequence[Any]) -> Any:
    """The one value that all marks share, or the list of them: a list costs bytes, and each mark a comparison."""
    return values[0] if values and all(value == values[0] for value in values) else list(values)


def hatching(hatched: Sequence[bool], **strokes: Any) -> dict[str, Any]:
    """Slanted strokes over the marks that are hatched; nothing where none is.

    Plotly works out a contrast for every pattern, even unused, and complains aloud in the console when the marks have
    a colour each: a tenth of a second for a page.
    """
    if not any(hatched):
        return {}
    return {"shape": same_or_each(["/" if on else "" for on in hatched]), "fillmode": "overlay", **strokes}


def clickable(figure: go.Figure) -> go.Figure:
    """Let the marks of a figure be clicked, without letting anything move; returns the figure.

    Plotly reports no click where both axes are fixed: the horizontal one is freed, and held by its allowed range. A map
    has none.
    """
    figure.update_layout(clickmode="event", dragmode="pan")
    span = figure.layout.xaxis.range
    if span is not None:
        figure.update_xaxes(fixedrange=False, minallowed=span[0], maxallowed=span[1])
    return figure


def years_axis(periods: Sequence[str], provisional: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Years side by side, in their order, without a grid; « (p) » under those that are provisional."""
    marked = {"ticktext": [f"{p}<br>(p)" if p in provisional else p for p in periods], "tickvals": list(periods)}
    return {
        **(marked if provisional else {}),
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(periods),
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "linecolor": REFERENCE,
        "ticks": "",
        "automargin": True,
    }

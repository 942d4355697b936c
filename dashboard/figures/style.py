"""What all figures share: explicit colours and fonts (no px template), French separators, no animation."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard.wording.numbers import NBSP

SUBJECT = "#095797"
REFERENCE = "#8893a2"
REFERENCE_TEXT = "#4e5662"
WRONG = "#cb381f"
INK = "#223654"
GRID = "#e3e7ec"
OUTLINE = "#6b778a"
MISSING = "#f1f1f2"
FONT = "Open Sans, Roboto, Segoe UI, Helvetica Neue, Arial, sans-serif"
TEXT_SIZE = 14
ROW_HEIGHT = 34


def base(height: int, **layout: Any) -> go.Figure:
    """An empty figure in the house style. Without a template: 105 bytes instead of 6,5 kB in each message."""
    figure = go.Figure()
    figure.update_layout(
        template="none",
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8, "pad": 4},
        font={"family": FONT, "size": TEXT_SIZE, "color": INK},
        separators=f",{NBSP}",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        hoverlabel={
            "bgcolor": "#ffffff",
            "bordercolor": OUTLINE,
            "font": {"size": TEXT_SIZE, "color": INK, "family": FONT},
        },
        dragmode=False,
        **layout,
    )
    return figure


def wrap(text: str, width: int = 24) -> str:
    """Break a label at spaces so that it fits beside its bar at 375 px; a single long word is left whole."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return "<br>".join(lines)

"""Figures kept with the dataset that they draw: a figure costs Plotly six milliseconds."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.deck.charts import Panels
from dashboard.deck.content import Content
from dashboard.deck.kinds import view
from dashboard.figures.drawn import Address, figure
from dashboard.figures.style import Drawing
from dashboard.indicators.memory import kept
from dashboard.model import Dataset


def figure_of(
    ds: Dataset, shown: Content, address: Address, *, panel: str = "", click: bool = False
) -> go.Figure | None:
    """The figure of a view of a page, or of one of its panels, shared by every session: it must not be changed."""
    return _figure(ds, shown.kind, tuple(shown.choices.items()), address, panel, click)


@kept
def _figure(
    ds: Dataset, kind: str, choices: tuple[tuple[str, str], ...], address: Address, panel: str, click: bool
) -> go.Figure | None:
    body = view(ds, kind, dict(choices)).body
    if isinstance(body, Panels):
        body = next(own.chart for own in body.items if own.id == panel)
    found = figure(body, address=address, small=bool(panel), click=click)
    if isinstance(found, Drawing):
        found.settle()
    return found

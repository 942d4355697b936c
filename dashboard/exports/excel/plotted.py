"""What a native chart draws: series of numbers under the same labels, with their colours and their hatched points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.deck.charts import BarChart, Body, ColumnChart, LineChart, MapChart, PairChart
from dashboard.deck.drawn import PLAIN_LAND, REFERENCE
from dashboard.wording.numbers import NBSP, number

Kind = Literal["bar", "column", "line"]


@dataclass(frozen=True, slots=True)
class Series:
    """texts: the values as the screen writes them; colors: of each point, or one for all."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    colors: tuple[str, ...]
    hatched: tuple[bool, ...] = ()
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """ids and labels: of the points, in the order they are read (top to bottom, left to right)."""

    kind: Kind
    stub: str
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    note: str = ""


def plot(body: Body) -> Plot | None:
    """The native chart of a body; None where there is nothing to draw (texts, tables, cards)."""
    if isinstance(body, BarChart | ColumnChart):
        marks = body.marks
        own = Series(
            body.series, tuple(m.value for m in marks), tuple(m.text for m in marks), tuple(m.color for m in marks),
            tuple(m.hatched for m in marks),
        )  # fmt: skip
        kind: Kind = "bar" if isinstance(body, BarChart) else "column"
        return _plot(kind, "Territoire", [(m.id, m.label) for m in marks], own)
    if isinstance(body, PairChart):
        pairs = body.pairs
        here = Series(body.series, tuple(p.value for p in pairs), tuple(p.text for p in pairs), (body.color,))
        there = Series(
            body.reference, tuple(p.reference for p in pairs), tuple(p.reference_text for p in pairs), (REFERENCE,)
        )
        return _plot("bar", "Catégorie", [(p.id, p.label) for p in pairs], here, there)
    if isinstance(body, LineChart):
        lines = [Series(s.name, s.values, s.texts, (s.color,), dashed=s.reference) for s in body.lines]
        return _plot("line", "Année", list(zip(body.periods, body.labels, strict=True)), *lines)
    return _of_map(body) if isinstance(body, MapChart) else None


def _of_map(body: MapChart) -> Plot | None:
    """The territories of a map as bars, highest first and what is not reliable last, in the colours of its classes: a
    sheet draws no boundaries."""
    shapes = sorted(body.shapes, key=lambda s: (s.value is None, s.hatched, -(s.value or 0), s.name))
    # Under circles the land is plain: bars need a colour of their own.
    colors = tuple("#1472bf" if s.color == PLAIN_LAND else s.color for s in shapes)
    own = Series(
        body.unit, tuple(s.value for s in shapes), tuple(s.text for s in shapes), colors,
        tuple(s.hatched for s in shapes),
    )  # fmt: skip
    note = "La carte elle-même est dans le tableau de bord; ici, ses valeurs et ses couleurs, du plus haut au plus bas."
    classes = "; ".join(f"{item.label}{NBSP}: {number(item.count)}" for item in body.legend)
    if classes:
        note += f" Classes et nombre de territoires{NBSP}: {classes}."
    return _plot("bar", "Territoire", [(s.id, s.name) for s in shapes], own, note=note)


def _plot(kind: Kind, stub: str, points: list[tuple[str, str]], *series: Series, note: str = "") -> Plot | None:
    if not any(value is not None for own in series for value in own.values):
        return None
    return Plot(kind, stub, tuple(i for i, _ in points), tuple(label for _, label in points), series, note)

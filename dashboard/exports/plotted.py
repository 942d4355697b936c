"""What a native chart of PowerPoint or Excel draws: series of numbers under the same labels, with their looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.deck.charts import BarChart, Body, ColumnChart, Legend, LineChart, MapChart, PairChart
from dashboard.deck.palette import CIRCLE, REFERENCE
from dashboard.exports.number_codes import code
from dashboard.narrative.sentences import capital
from dashboard.wording.numbers import NBSP, number

Kind = Literal["bar", "column", "line"]


@dataclass(frozen=True, slots=True)
class Series:
    """texts: the values as the screen writes them; colors: of each point, or one for all; reference: drawn dotted."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    colors: tuple[str, ...]
    hatched: tuple[bool, ...] = ()
    reference: bool = False

    @property
    def looks(self) -> list[tuple[str, bool]]:
        """Colour and hatching of each point."""
        colors = self.colors if len(self.colors) > 1 else self.colors * len(self.values)
        return list(zip(colors, self.hatched or (False,) * len(self.values), strict=True))


@dataclass(frozen=True, slots=True)
class Plot:
    """ids, labels and notes: of the points, in the order they are read (top to bottom, left to right).

    chosen: ids of the points to outline; note: what to say under the chart.
    """

    kind: Kind
    stub: str
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    decimals: int = 0
    notes: tuple[str, ...] = ()
    chosen: frozenset[str] = frozenset()
    note: str = ""

    @property
    def known(self) -> list[float]:
        """Every value there is."""
        return [value for own in self.series for value in own.values if value is not None]

    @property
    def code(self) -> str:
        """The number format of its values."""
        suffix = f"{NBSP}{self.unit}" if self.unit else ""
        return code(self.decimals, suffix, negative=min(self.known, default=0) < 0)

    def own_text(self, series: Series, n: int) -> str:
        """The text of a value where it says more than its format does (« 8,4 † », « 0,04 % »); else nothing."""
        value, text = series.values[n], series.texts[n]
        if value is None or text == number(value, self.decimals) + (f"{NBSP}{self.unit}" if self.unit else ""):
            return ""
        return text


def plot(body: Body) -> Plot | None:
    """The native chart of a body; None where there is nothing to draw (texts, tables, cards)."""
    match body:
        case BarChart(marks=marks) | ColumnChart(marks=marks):
            own = Series(
                body.series, tuple(m.value for m in marks), tuple(m.text for m in marks),
                tuple(m.color for m in marks), tuple(m.hatched for m in marks),
            )  # fmt: skip
            # What is missing has no point that its words could stand beside.
            gaps = isinstance(body, BarChart)
            notes = tuple(m.note or (m.text if gaps and m.missing else "") for m in marks)
            return Plot(
                "bar" if isinstance(body, BarChart) else "column", "Territoire", tuple(m.id for m in marks),
                tuple(m.label for m in marks), (own,), body.unit, body.decimals, notes,
                frozenset(m.id for m in marks if m.chosen), _classes(body.legend),
            )  # fmt: skip
        case PairChart(pairs=pairs):
            here = Series(body.series, tuple(p.value for p in pairs), tuple(p.text for p in pairs), (body.color,))
            there = Series(
                body.reference, tuple(p.reference for p in pairs), tuple(p.reference_text for p in pairs), (REFERENCE,)
            )
            ids, labels = tuple(p.id for p in pairs), tuple(p.label for p in pairs)
            return Plot("bar", "Catégorie", ids, labels, (here, there), body.unit, body.decimals)
        case LineChart():
            lines = tuple(Series(s.name, s.values, s.texts, (s.color,), reference=s.reference) for s in body.lines)
            return Plot("line", "Année", body.periods, tuple(body.labels), lines, body.unit, body.decimals)
        case MapChart():
            return _of_map(body)
        case _:
            return None


def _classes(legend: Legend) -> str:
    """The classes of a key, from the palest, and how many territories each holds; nothing where none is counted."""
    counted = [item for item in legend.items if item.count is not None]
    classes = "; ".join(f"{item.label}{NBSP}: {number(item.count)}" for item in counted)
    return f"{legend.title}. {capital(classes)}." if classes else ""


def _of_map(body: MapChart) -> Plot:
    """The territories of a map as bars, highest first and what is not reliable last, in the colours of its classes: a
    sheet draws no boundaries."""
    shapes = sorted(body.shapes, key=lambda s: (s.value is None, s.hatched, -(s.value or 0), s.name))
    own = Series(
        body.unit, tuple(s.value for s in shapes), tuple(s.text for s in shapes),
        # Under circles the land is plain: bars need a colour of their own.
        tuple(CIRCLE if body.circles else s.color for s in shapes), tuple(s.hatched for s in shapes),
    )  # fmt: skip
    note = "La carte elle-même est dans le tableau de bord; ici, ses valeurs et ses couleurs, du plus haut au plus bas."
    note = f"{note} {_classes(body.legend)}".rstrip()
    return Plot(
        "bar", "Territoire", tuple(s.id for s in shapes), tuple(s.name for s in shapes), (own,),
        body.sign, body.decimals, note=note,
    )  # fmt: skip

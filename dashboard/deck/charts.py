"""What a view draws, without saying with what: the screen, PowerPoint, Excel and the PDF each draw it their own way.

Colours are explicit (#rrggbb) and texts are final (French, with their no-break spaces); values are plain numbers. What
a mark means (missing, hatched, chosen, provisional) is a field of it, never its colour nor its words.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from dashboard.narrative.key_figures import KeyFigure

# Lines of latitude that the land of a map is read on, from its south to its north.
_LINES = 150
Bounds = tuple[float, float, float, float]
Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class LegendItem:
    """What a colour stands for: a class of the map with how many territories it holds (None: nothing is counted); sign:
    a shape drawn instead of a colour; across: of a circle, its diameter as a share of the largest one's."""

    label: str
    color: str
    count: int | None = None
    hatched: bool = False
    across: float = 0
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """What the colours of a drawing stand for, under the name of what they measure; no item: nothing to say."""

    title: str = ""
    items: tuple[LegendItem, ...] = ()


class _Pointed:
    """What a mark or a shape says when it is pointed at."""

    __slots__ = ()
    value: float | None
    hover: tuple[str, ...]

    @property
    def missing(self) -> bool:
        """Whether the source gives no figure: never drawn as a zero."""
        return self.value is None

    @property
    def told(self) -> tuple[str, ...]:
        """The lines said of it, its name first; without any given, its name, its text and its note."""
        own = (getattr(self, field, "") for field in ("label", "name", "text", "note"))
        return self.hover or tuple(part for part in own if part)


@dataclass(frozen=True, slots=True)
class Mark(_Pointed):
    """One bar: `text` stands at its end, `note` under its label; hatched: unreliable or provisional; hover: what is
    said of it when it is pointed at, one line each, its name first; low and high: the bounds of an estimate."""

    id: str
    label: str
    value: float | None
    text: str
    color: str
    hatched: bool = False
    chosen: bool = False
    note: str = ""
    hover: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars from zero, first on top. series: what is counted; unit: written after a value; high: the end of
    the axis, where several charts share one scale."""

    marks: tuple[Mark, ...]
    series: str
    unit: str = ""
    decimals: int = 0
    legend: Legend = Legend()
    high: float | None = None


@dataclass(frozen=True, slots=True)
class PairMark:
    """A category here and in the reference."""

    id: str
    label: str
    value: float | None
    text: str
    reference: float | None
    reference_text: str


@dataclass(frozen=True, slots=True)
class PairChart:
    """Categories of here against a reference, in percent, all on one scale (`high` is its end)."""

    pairs: tuple[PairMark, ...]
    series: str
    reference: str
    color: str
    unit: str = "%"
    decimals: int = 1
    legend: Legend = Legend()
    high: float = 100


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Counts year after year (the id of a mark); provisional years are hatched, the chosen one is outlined."""

    marks: tuple[Mark, ...]
    series: str
    color: str
    unit: str = ""
    decimals: int = 0
    legend: Legend = Legend()


@dataclass(frozen=True, slots=True)
class LineSeries:
    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    color: str
    reference: bool = False


@dataclass(frozen=True, slots=True)
class LineChart:
    """Series over the same periods; the reference is dotted and grey, provisional periods are marked (p)."""

    periods: tuple[str, ...]
    lines: tuple[LineSeries, ...]
    unit: str = ""
    decimals: int = 1
    chosen: str | None = None
    provisional: frozenset[str] = frozenset()
    legend: Legend = Legend()

    @property
    def labels(self) -> list[str]:
        """The periods as an axis writes them."""
        return [f"{period} (p)" if period in self.provisional else period for period in self.periods]


@dataclass(frozen=True, slots=True)
class Shape(_Pointed):
    """A territory of a map or a tile: its colour by class, its value, a point inside it (degrees).

    strokes: longitudes and latitudes of its hatching, None between two strokes; rooms: boxes inside it, for its name;
    named: it must have its name, as the highest, the lowest or the chosen one; hover: as for `Mark`.
    """

    id: str
    name: str
    value: float | None
    text: str
    color: str
    hatched: bool = False
    chosen: bool = False
    point: tuple[float, float] | None = None
    hover: tuple[str, ...] = ()
    strokes: Sequence[Sequence[float | None]] = ()
    rooms: tuple[Bounds, ...] = ()
    named: bool = False


@dataclass(frozen=True)
class MapChart:
    """Territories coloured by class, or circles whose area is the count (`circles`).

    main: bounds of the map (west, south, east, north, degrees); insets: (codes, bounds, name) drawn apart.
    sign: written after a value; regional: the territories are regions, which an inset shows a part of.
    neighbours: whether the land around is known; beside: codes of the territories of other regions, pale as it is;
    waters: names of waters, each with the boxes that it may be written in; land: rings of the territories.
    """

    shapes: tuple[Shape, ...]
    legend: Legend
    unit: str
    main: Bounds
    insets: tuple[tuple[tuple[str, ...], Bounds, str], ...]
    circles: bool
    sign: str = ""
    decimals: int = 1
    regional: bool = False
    neighbours: bool = False
    beside: tuple[str, ...] = ()
    waters: tuple[tuple[str, tuple[Bounds, ...]], ...] = ()
    land: tuple[Ring, ...] = ()

    def land_in(self, box: Bounds) -> bool:
        """True when a part of a territory is in a box."""
        west, south, east, north = box
        step = (self.main[3] - self.main[1]) / _LINES
        rows = range(math.floor(south / step), math.ceil(north / step) + 1)
        return any(west < high and low < east for row in rows for low, high in self._rows.get(row, ()))

    @cached_property
    def _rows(self) -> Mapping[int, Sequence[tuple[float, float]]]:
        """What each line of latitude has of the land, ring by ring: the longitudes of both ends."""
        step = (self.main[3] - self.main[1]) / _LINES
        found: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for ring in self.land:
            met: dict[int, list[float]] = defaultdict(list)
            for (x, y), (u, v) in pairwise(ring):
                one, other = y / step, v / step
                # Half-open: a line through a vertex is met once.
                for row in range(math.ceil(min(one, other)), math.ceil(max(one, other))):
                    met[row].append(x + (u - x) * (row - one) / (other - one))
            for row, places in met.items():
                ends = sorted(places)
                found[row] += zip(ends[::2], ends[1::2], strict=True)
        return found


@dataclass(frozen=True)
class TileChart:
    """One equal tile for each territory, coloured by class; places: code -> (column, row), row 0 on top; short: code ->
    what a narrow tile writes of its name."""

    shapes: tuple[Shape, ...]
    legend: Legend
    places: Mapping[str, tuple[int, int]]
    short: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Point:
    """A target, a reference or a result: `value` None when the source prints a word, which `text` keeps."""

    period: str
    value: float | None
    text: str
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Targets from year to year, and what was reached. breaks: (period after which the series was revised, text)."""

    points: tuple[Point, ...]
    breaks: tuple[tuple[str, str], ...] = ()
    results: tuple[Point, ...] = ()
    legend: Legend = Legend()


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several charts of a view, with its own title and sentence."""

    id: str
    title: str
    chart: BarChart | ColumnChart
    reading: str


@dataclass(frozen=True, slots=True)
class Panels:
    items: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of final texts; numeric: ranks of right-aligned columns; totals: of bold rows; numbers: (row, column) ->
    the plain number behind a text, where there is one."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    totals: frozenset[int] = frozenset()
    numbers: Mapping[tuple[int, int], float] | None = None


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Sentences, one a point."""

    items: tuple[str, ...]


Chart = BarChart | PairChart | ColumnChart | LineChart | MapChart | TileChart | Trajectory
Body = Chart | Panels | Cards | TextTable | Paragraphs

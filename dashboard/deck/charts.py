"""What a view draws, without saying with what: the screen, PowerPoint, Excel and the PDF each draw it their own way.

Colours are explicit (#rrggbb) and texts are final (French, with their no-break spaces); values are plain numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar: `text` stands at its end, `note` under its label; hatched: unreliable or provisional."""

    id: str
    label: str
    value: float | None
    text: str
    color: str
    hatched: bool = False
    chosen: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars from zero, first on top. `series` names what is counted, `unit` is written after a value."""

    marks: tuple[Mark, ...]
    series: str
    unit: str = ""
    decimals: int = 0


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
    """Categories of here against a reference, in percent."""

    pairs: tuple[PairMark, ...]
    series: str
    reference: str
    color: str
    unit: str = "%"
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Counts year after year; provisional years are hatched, the chosen one is outlined."""

    marks: tuple[Mark, ...]
    series: str
    color: str
    unit: str = ""
    decimals: int = 0


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

    @property
    def labels(self) -> list[str]:
        """The periods as an axis writes them."""
        return [f"{period} (p)" if period in self.provisional else period for period in self.periods]


@dataclass(frozen=True, slots=True)
class Shape:
    """A territory of a map: its colour by class (None: no figure), its value, a point inside it (degrees)."""

    id: str
    name: str
    klass: int | None
    value: float | None
    text: str
    color: str
    hatched: bool = False
    chosen: bool = False
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class LegendItem:
    """What a colour stands for: a class of the map with how many territories it holds (None: nothing is counted);
    `hatched` for the unreliable ones, `round` for a circle."""

    label: str
    color: str
    count: int | None = None
    hatched: bool = False
    round: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """What the colours of a drawing stand for, under the name of what they measure."""

    title: str
    items: tuple[LegendItem, ...]


@dataclass(frozen=True)
class MapChart:
    """Territories coloured by class, or circles whose area is the count (`circles`).

    main: bounds of the map (west, south, east, north, degrees); insets: (codes, bounds, name) drawn apart.
    measure, region, chosen: what the map of the screen is made from.
    """

    shapes: tuple[Shape, ...]
    legend: tuple[LegendItem, ...]
    unit: str
    main: Bounds
    insets: tuple[tuple[tuple[str, ...], Bounds, str], ...]
    circles: bool
    measure: str
    region: str | None
    chosen: str | None


@dataclass(frozen=True, slots=True)
class CardItem:
    """A key figure; `status` is a word, empty for a definitive figure."""

    label: str
    value: str
    context: str
    status: str = ""
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Cards:
    items: tuple[CardItem, ...]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of final texts; `numeric` are the ranks of right-aligned columns, `totals` those of bold rows.

    numbers: (row, column) -> the plain number behind a text, where there is one.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    totals: frozenset[int] = frozenset()
    numbers: Mapping[tuple[int, int], float] | None = None


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Sentences, one a point."""

    items: tuple[str, ...]


Body = BarChart | PairChart | ColumnChart | LineChart | MapChart | Cards | TextTable | Paragraphs

"""A measure of territories as a map and as equal tiles: classes, colours, key, hatching, what each territory says."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from dashboard.deck.charts import Bounds, Legend, LegendItem, MapChart, Shape, TileChart
from dashboard.deck.palette import CIRCLE, MISSING, PLAIN_LAND, UNRELIABLE
from dashboard.indicators.classes import Classes
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import highest, lowest
from dashboard.loading.geography import NEIGHBOURS, map_files, territory_rings, view
from dashboard.model import Dataset
from dashboard.model.colours import darker
from dashboard.narrative import mrc_words
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import MOST_NAMED, bare, full
from dashboard.wording.numbers import NBSP, number

_NONE: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True)
class Mapped:
    """What a map shows: the quantity of each territory, its classes and its unit, the lines said of each.

    counted: what a circle counts; empty for what is drawn in colours.
    """

    quantities: Mapping[str, Quantity]
    classes: Classes
    unit: str
    told: Mapping[str, tuple[str, ...]]
    chosen: str | None = None
    counted: str = ""


def value_text(quantity: Quantity) -> str:
    """The value of a territory beside its name: with its sign for a percentage, without its unit otherwise; marked
    where it is not reliable."""
    return (full(quantity) if quantity.unit == "%" else bare(quantity)) + " †" * (not quantity.reliable)


def territory_map(ds: Dataset, measure: Mapped, region: str | None = None) -> MapChart | None:
    """The map of a region, or of every territory or region; None when the boundaries cannot be read."""
    files = map_files(ds.root, ds.fingerprint)
    frame = None if files is None else files.whole if region is None else files.regions.get(region)
    if files is None or frame is None:
        return None
    regional = not any(ds.territories[code].level == "mrc" for code in measure.quantities)
    points = _region_points(ds, files.points) if regional else files.points
    circles = bool(measure.counted and points)
    rings = territory_rings(ds.root, ds.fingerprint) or {}
    # The room of a region is that of its MRC, whose borders are not drawn.
    rooms = {code: [room for c in ds.mrc_codes(code) for room in files.rooms.get(c, ())] for code in measure.quantities}
    shapes = _shapes(
        ds, measure, points, {} if regional else files.hatching, rooms=rooms if regional else files.rooms, plain=circles
    )
    legend = _scale(measure) if circles else classes_legend(ds, measure)
    # Far islands are named as territories; on a map of regions, an inset holds the region that they belong to.
    insets = tuple(
        (tuple({ds.region_of(c) or c for c in codes}) if regional else codes, bounds, ", ".join(map(ds.name, codes)))
        for codes, bounds in frame.insets
    )
    quantities = measure.quantities.values()
    sign = "%" if all(quantity.unit == "%" for quantity in quantities) else ""
    decimals = max((quantity.decimals for quantity in quantities), default=0)
    unit = capital(measure.unit)
    beside = () if regional else tuple(code for code in ds.mrc_codes() if code not in measure.quantities)
    return MapChart(
        shapes, legend, unit, view(frame.main), insets, circles, sign, decimals, regional,
        NEIGHBOURS in files.codes, beside, frame.waters,
        tuple(ring for code in (ds.mrc_codes() if regional else measure.quantities) for ring in rings.get(code, ())),
    )  # fmt: skip


def _scale(measure: Mapped) -> Legend:
    """Circles of two or three round numbers, the largest near that of the highest count."""
    highest = max((q.drawn or 0 for q in measure.quantities.values()), default=0)
    sizes = dict.fromkeys(_round_below(highest / part) for part in (1, 5, 25))
    items = (LegendItem(number(n), CIRCLE, across=math.sqrt(n / highest)) for n in sizes if n)
    return Legend(f"Surface du cercle proportionnelle au nombre {measure.counted}", tuple(items))


def _round_below(value: float) -> int:
    """The highest of 1, 2, 5, 10, 20, 50… up to this number; 0 below 1."""
    if value < 1:
        return 0
    power: int = 10 ** int(math.log10(value))
    return max(step * power for step in (1, 2, 5) if step * power <= value)


def tiles(ds: Dataset, measure: Mapped) -> TileChart:
    """One equal tile for each territory, in our own layout (geo/tiles.csv) where it has the territory."""
    files = map_files(ds.root, ds.fingerprint)
    places = place_missing(list(measure.quantities), files.tiles if files is not None else {})
    top = min((row for _, row in places.values()), default=0)
    shapes, legend = _shapes(ds, measure, write=bare), classes_legend(ds, measure)
    if measure.counted:
        # A count has no classes, neither here nor in bars: the territories are not of one size.
        shapes, legend = tuple(own if own.missing else replace(own, color=CIRCLE) for own in shapes), Legend()
    places = {code: (column, row - top) for code, (column, row) in places.items()}
    return TileChart(shapes, legend, places, files.short_names if files is not None else {})


def _shapes(
    ds: Dataset, measure: Mapped, points: Mapping[str, tuple[float, float]] = _NONE,
    hatching: Mapping[str, Sequence[Sequence[float | None]]] = _NONE, *, rooms: Mapping[str, Sequence[Bounds]] = _NONE,
    plain: bool = False, write: Callable[[Quantity], str] = value_text,
) -> tuple[Shape, ...]:  # fmt: skip
    colors, classes, found = class_colors(ds, measure.classes), measure.classes, []
    # The highest and the lowest, which titles name; where many read the same, the first of them.
    ends = (highest(measure.quantities), lowest(measure.quantities))
    named = {measure.chosen, *(code for own in ends for code in own[: MOST_NAMED + 1])}
    for code, quantity in measure.quantities.items():
        klass = classes.of(quantity)
        color = PLAIN_LAND if plain else MISSING if klass is None else colors[klass]
        weak = klass == classes.unreliable
        found.append(Shape(
            code, ds.name(code), quantity.drawn, write(quantity), color, weak, code == measure.chosen,
            points.get(code), measure.told[code], hatching.get(code, ()) if weak else (), tuple(rooms.get(code, ())),
            code in named,
        ))  # fmt: skip
    return tuple(found)


def _region_points(ds: Dataset, points: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """A point for each region: that of its MRC nearest to the middle of all of them."""
    found = {}
    for region in ds.region_codes():
        own = [points[c] for c in ds.mrc_codes(region) if c in points]
        if own:
            middle = (sum(x for x, _ in own) / len(own), sum(y for _, y in own) / len(own))
            found[region] = min(own, key=lambda p: (p[0] - middle[0]) ** 2 + (p[1] - middle[1]) ** 2)
    return found


def place_missing(codes: Sequence[str], layout: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Positions of every code: those of the layout, then a new row for the territories that it does not know."""
    found = {code: layout[code] for code in codes if code in layout}
    width = 1 + max((column for column, _ in found.values()), default=6)
    row = 1 + max((row for _, row in found.values()), default=-1)
    for n, code in enumerate(c for c in codes if c not in layout):
        found[code] = (n % width, row + n // width)
    return found


def class_colors(ds: Dataset, classes: Classes) -> list[str]:
    """The colour of each class, by its rank; the last is that of what is not reliable, which is hatched."""
    own = ds.config.map_colors
    # A class more than config.yaml has colours for: the territory that dwarfs the others.
    return [*[*own, darker(own[-1])][: len(classes.steps)], UNRELIABLE]


def bars(ds: Dataset, measure: Mapped) -> tuple[dict[str, str], Legend]:
    """The colours of bars that stand beside the map of a measure, and their key: those of its classes, or that of its
    circles."""
    if measure.counted:
        return dict.fromkeys(measure.quantities, CIRCLE), Legend()
    return {shape.id: shape.color for shape in _shapes(ds, measure)}, classes_legend(ds, measure)


def classes_legend(ds: Dataset, measure: Mapped) -> Legend:
    """The steps that hold a territory, then what is not reliable and what is missing. Each territory counts once."""
    classes = measure.classes
    found = [classes.of(quantity) for quantity in measure.quantities.values()]
    items = [
        LegendItem(mrc_words.class_label(ds, classes, k), color, found.count(k), k == classes.unreliable)
        for k, color in enumerate(class_colors(ds, classes))
        if k in found
    ]
    if None in found:
        items.append(LegendItem(mrc_words.MISSING, MISSING, found.count(None)))
    mrc = not measure.quantities.keys().isdisjoint(ds.mrc_codes())
    unit = "En %" if measure.unit == "%" else capital(measure.unit)
    return Legend(f"{unit} (nombre de {'MRC' if mrc else 'régions'})", tuple(items))


def unmapped(ds: Dataset, chart: MapChart) -> str:
    """Which territories a map cannot show, or how many; nothing when it shows them all."""
    known = territory_rings(ds.root, ds.fingerprint) or {}
    gaps = [] if chart.regional else [shape.name for shape in chart.shapes if shape.id not in known]
    if not gaps:
        return ""
    have, them = ("ont", "les") if len(gaps) > 1 else ("a", "la")
    named = f" ({', '.join(gaps)})" if len(gaps) <= 8 else ""
    return (
        f"{number(len(gaps))} MRC{named} n’{have} pas de limites{NBSP}: la carte ne {them} montre pas; les barres et "
        f"le tableau {them} comprennent."
    )

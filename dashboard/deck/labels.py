"""What is written on a map: the name and the value of the territories that have room, and the names of waters.

What must be named and has no room is named beside its land, with a thin line that leads to it.
The same rule for the screen, PowerPoint and pictures: each gives its own scale and its own measure of a text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from dashboard.deck.charts import Bounds, MapChart, Shape
from dashboard.wording import widths

# Height of a line, and what is left free around a text, in parts of its size.
_LINE: Final = 1.25
_FREE: Final = 0.3
# Territories: on a map of no more, at least so many times as wide as the size of its text, each is named.
_FEW: Final = 12
_ROOMY: Final = 28
# Territories: on a map of more, what has no place on its land is read under the pointer, in the bars and in the table.
_MANY: Final = 60
# Orders that are tried.
_TRIES: Final = 9
# Where a label is tried around its land: directions, each with the side or the corner of the label that is there, from
# its middle; distances, in parts of the size of its text.
_DIRECTIONS: Final = [
    (x, y, max(-1.0, min(1.0, 1.4 * x)), max(-1.0, min(1.0, 1.4 * y)))
    for x, y in ((math.cos(n * math.pi / 12), math.sin(n * math.pi / 12)) for n in range(24))
]
_DISTANCES: Final = [n / 2 for n in range(80)]
# How much farther than the nearest it may be, and what its line costs over land.
_FARTHER: Final = 6
_OVER_LAND: Final = 2
# Where a label is tried in its room, from its middle to its sides.
_PLACES: Final = ((0, 0), (0, -1), (0, 1), (-1, 0), (1, 0), (-1, -1), (1, -1), (-1, 1), (1, 1))
# Of the whole: the side of an inset, in the lower right corner of the screen.
INSET: Final = 0.2
Measure = Callable[[str], float]
Point = tuple[float, float]
Line = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Label:
    """Lines centred on a place (longitude and latitude), the value last; box: what they take, in degrees; shape: of the
    territory, None for waters; line: the ends of the one that leads to it, for what stands beside its land."""

    lines: tuple[str, ...]
    place: Point
    box: Bounds
    shape: Shape | None = None
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """How a map is drawn: units for a degree of latitude, and for one of longitude in its middle; size of the texts."""

    x: float
    y: float
    size: float

    @classmethod
    def of(cls, chart: MapChart, width: float, size: float) -> Scale:
        """That of the main map, so many units wide."""
        west, south, east, north = chart.main
        across = width / (east - west)
        return cls(across, across / math.cos(math.radians((south + north) / 2)), size)


def labels(
    chart: MapChart, scale: Scale, measure: Measure, largest: float = 0, *, nameless: bool = True
) -> list[Label]:
    """The labels that hold on the main map. measure: width of a text at the size of the scale; largest: units across of
    the largest circle, on a map of circles; nameless: a value may stand without its name."""
    apart = {code for codes, *_ in chart.insets for code in codes} if not chart.regional else set()
    # What must be named comes first, then the highest.
    shapes = [shape for shape in chart.shapes if shape.id not in apart]
    shapes.sort(key=lambda own: (not own.named, -(own.value or 0)))
    few = len(shapes) <= _FEW and (chart.main[2] - chart.main[0]) * scale.x >= _ROOMY * scale.size
    must = {shape.id for shape in shapes if shape.named or few}
    tried: list[tuple[int, int, int, list[Label]]] = []
    first = {shape.id for shape in shapes if shape.named}
    room = _Room(chart, scale, measure, dict(_circles(chart, scale, largest)) if chart.circles else {})
    # Those that have found no place choose theirs first; then all take the nearest; then lines may cross.
    for n in range(_TRIES):
        room.found = []
        room.farther, room.crossing = _FARTHER if n < _TRIES / 3 else 0, n >= _TRIES * 2 / 3
        left = _placed(room, shapes, must, first, nameless=nameless)
        tried.append((sum(shape.named for shape in left), len(left), len(tried), room.found))
        if not left:
            break
        first |= {shape.id for shape in left}
        shapes.sort(key=lambda own: own not in left)
    return min(tried)[-1]


def _placed(
    room: _Room, shapes: Sequence[Shape], must: Collection[str], first: Collection[str], *, nameless: bool
) -> list[Shape]:
    """Those that must be named and have no place for it, once all have theirs; first: before the others."""
    left, missing = [], []
    for shape in shapes:
        name = shape.name.partition(" (")[0]
        names = [name] if room.circles or shape.id in must or not nameless else [name, ""]
        inside = room.put(shape.rooms, names, shape.text, shape)
        if not inside and not (shape.id in first and room.beside(shape, (name, shape.text))):
            left.append((shape, name))
    for shape, name in left:
        if shape.id in must and room.beside(shape, (name, shape.text)):
            continue
        missing += [shape] * (shape.id in must)
        if nameless and not room.put(shape.rooms, [""], shape.text, shape) and len(shapes) <= _MANY:
            room.beside(shape, (shape.text,))
    for name, rooms in room.chart.waters:
        room.put(rooms, [name], "")
    return missing


Circle = tuple[float, float, float]


def _circles(chart: MapChart, scale: Scale, largest: float) -> Iterator[tuple[str, Circle]]:
    """Centre and radius of the circle of each territory, in units: its area is proportional to the count."""
    highest = max((shape.value or 0 for shape in chart.shapes), default=0)
    for shape in chart.shapes:
        if shape.point is not None and shape.value:
            x, y = shape.point
            yield shape.id, (x * scale.x, y * scale.y, largest * math.sqrt(shape.value / (highest or 1)) / 2)


class _Room:
    """What is free of a map: off the circles, the labels and the lines that lead to them; for what stands beside its
    land, off the land as well where its colours tell something. found: the labels that have their place."""

    def __init__(self, chart: MapChart, scale: Scale, measure: Measure, circles: Mapping[str, Circle]) -> None:
        self.chart, self.scale, self.measure, self.circles = chart, scale, measure, circles
        self.farther, self.crossing = _FARTHER, False
        self.found: list[Label] = []
        self.frames = [box for *_, name in chart.insets for box in self._inset(name)]
        # What no label changes is found once for all the orders that are tried.
        self.around = cache(self._around)

    def put(self, rooms: Sequence[Bounds], names: Sequence[str], last: str, shape: Shape | None = None) -> bool:
        """Whether the first of the names that holds in a room above a last line, on the fewest lines, has its place."""
        scale, free = self.scale, _FREE * self.scale.size
        for name in names:
            tried = []
            for room in rooms:
                wide, tall = (room[2] - room[0]) * scale.x - free, (room[3] - room[1]) * scale.y - free
                lines = tuple(line for line in (*widths.broken(name, wide, self.measure), last) if line)
                across, down = max(map(self.measure, lines)), len(lines) * scale.size * _LINE
                if across > wide or down > tall:
                    continue
                # In the middle; beside what is there, against one of the sides.
                dx, dy = (wide - across) / 2, (tall - down) / 2
                u, v = (room[0] + room[2]) / 2 * scale.x, (room[1] + room[3]) / 2 * scale.y
                for x, y in _PLACES:
                    box = self._box(u + x * dx, v + y * dy, across, down)
                    if self._on_map(box) and self._clear(box):
                        tried.append(Label(lines, _middle(box), box, shape))
                        break
            if tried:
                self.found.append(min(tried, key=lambda own: len(own.lines)))
                return True
        return False

    def beside(self, shape: Shape, lines: tuple[str, ...]) -> bool:
        """Whether a label has its place beside its land, with the line that leads to it."""
        if shape.point is None:
            return False
        forms = {lines: None}
        if len(lines) > 1:
            # A name may be broken.
            forms[*widths.broken(lines[0], 0.6 * self.measure(lines[0]), self.measure), *lines[1:]] = None
        best = min((own for form in forms for own in self._beside(shape, form)), key=lambda own: own[0], default=None)
        self.found += [best[1]] if best else []
        return best is not None

    def _beside(self, shape: Shape, lines: tuple[str, ...]) -> Iterator[tuple[float, Label]]:
        """The nearest places of a label, each with what it costs: how far it is, and how much land its line crosses."""
        assert shape.point is not None
        scale, last = self.scale, math.inf
        x, y, radius = self.circles.get(shape.id, (shape.point[0] * scale.x, shape.point[1] * scale.y, 0.0))
        across, down = max(map(self.measure, lines)), len(lines) * _LINE * scale.size
        # A value without its name stands against its circle.
        for distance in _DISTANCES if len(lines) > 1 else _DISTANCES[: bool(radius)]:
            if distance > last:
                break
            for box in self.around(shape.id, (x, y, radius + distance * scale.size), across, down):
                if not self._clear(box):
                    continue
                near = max(box[0], min(box[2], x / scale.x)), max(box[1], min(box[3], y / scale.y))
                line = (shape.point, near) if distance > 1 or not radius else None
                if line is None or self._free(line):
                    crossed = 0.0 if line is None or self.circles else self._crossed(line)
                    cost = distance * (1 + _OVER_LAND * crossed)
                    # Farther than this costs more, even without land to cross.
                    last = min(last, distance + self.farther, cost)
                    yield cost + len(lines), Label(lines, _middle(box), box, shape, line)

    def _around(self, code: str, reached: Circle, across: float, down: float) -> list[Bounds]:
        """The boxes of a label, on the map, that have a side or a corner on a circle around the middle of its land."""
        x, y, reach = reached
        found = []
        for dx, dy, right, up in _DIRECTIONS:
            u, v = x + dx * reach + (across / 2 + 1) * right, y + dy * reach + (down / 2 + 1) * up
            box = self._box(u, v, across, down)
            # Under circles, land is plain.
            if self._on_map(box, code) and (self.circles or not self.chart.land_in(box)):
                found.append(box)
        return found

    def _free(self, line: Line) -> bool:
        """True when a line crosses no label, nor another line."""
        return not any(_crosses(line, box) for box in self._taken()) and not any(
            _meet(line, label.line) for label in self.found if label.line and not self.crossing
        )

    def _crossed(self, line: Line) -> float:
        """The part of a line that is over land."""
        (x, y), (u, v) = line
        places = [(x + (u - x) * t / 16, y + (v - y) * t / 16) for t in range(17)]
        return sum(self.chart.land_in((a, b, a, b)) for a, b in places) / len(places)

    def _box(self, u: float, v: float, across: float, down: float) -> Bounds:
        x, y, half = self.scale.x, self.scale.y, _FREE * self.scale.size / 2
        wide, tall = across / 2 + half, down / 2 + half
        return (u - wide) / x, (v - tall) / y, (u + wide) / x, (v + tall) / y

    def _taken(self) -> list[Bounds]:
        return [*self.frames, *(label.box for label in self.found)]

    def _on_map(self, box: Bounds, own: str = "") -> bool:
        """True when a box is on the map and touches no circle but its own."""
        west, south, east, north = self.chart.main
        if box[0] < west or box[2] > east or box[1] < south or box[3] > north:
            return False
        x, y = self.scale.x, self.scale.y
        drawn = box[0] * x, box[1] * y, box[2] * x, box[3] * y
        return not any(_touches(drawn, circle) for code, circle in self.circles.items() if code != own)

    def _clear(self, box: Bounds) -> bool:
        """True when a box touches no label, nor a line to one."""
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in self._taken()):
            return False
        return not any(label.line is not None and _crosses(label.line, box) for label in self.found)

    def _inset(self, name: str) -> Iterator[Bounds]:
        """What the frame of an inset takes, in the lower right corner of a map, and its name and value at its left."""
        west, south, east, north = self.chart.main
        left, top = east - INSET * (east - west), south + INSET * (north - south)
        yield left, south, east, top
        wide, tall = self.measure(name) + self.scale.size, 2 * _LINE * self.scale.size
        yield left - wide / self.scale.x, south, left, south + tall / self.scale.y


def _middle(box: Bounds) -> Point:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _meet(one: Line, other: Line) -> bool:
    """True when two lines cross."""

    def side(a: Point, b: Point, c: Point) -> bool:
        return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, b, c) != side(a, b, d) and side(c, d, a) != side(c, d, b)


def _crosses(line: Line, box: Bounds) -> bool:
    """True when a part of a line is inside a box."""
    (x, y), (u, v) = line
    into, out = 0.0, 1.0
    for start, way, low, high in ((x, u - x, box[0], box[2]), (y, v - y, box[1], box[3])):
        if way:
            near, far = sorted(((low - start) / way, (high - start) / way))
            into, out = max(into, near), min(out, far)
        elif not low < start < high:
            return False
    return into < out


def _touches(box: Bounds, circle: Circle) -> bool:
    x, y, radius = circle
    return math.hypot(max(box[0] - x, x - box[2], 0), max(box[1] - y, y - box[3], 0)) < radius

"""What is written on a map: the name and the value of the territories that have room, and the names of waters.

The same rule for the screen, PowerPoint and pictures: each gives its own scale and its own measure of a text.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.deck.charts import Bounds, MapChart, Shape
from dashboard.wording import widths

# Height of a line, and what is left free around a text, in parts of its size.
_LINE: Final = 1.25
_FREE: Final = 0.3
Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Label:
    """Lines centred on a place (longitude and latitude), the value last; box: what they take, in degrees; shape: of the
    territory, None for waters."""

    lines: tuple[str, ...]
    place: tuple[float, float]
    box: Bounds
    shape: Shape | None = None


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


def labels(chart: MapChart, scale: Scale, measure: Measure, largest: float = 0) -> list[Label]:
    """The labels that hold on the main map. measure: width of a text at the size of the scale; largest: units across of
    the largest circle, on a map of circles."""
    apart = {code for codes, *_ in chart.insets for code in codes} if not chart.regional else set()
    circles = dict(_circles(chart, scale, largest)) if chart.circles else {}
    found, left = [], []
    for shape in chart.shapes:
        if shape.id in apart:
            continue
        name = shape.name.partition(" (")[0]
        label = _first(shape.rooms, [name] if circles else [name, ""], shape.text, scale, measure, circles.values())
        if label is not None:
            found.append(Label(*label, shape))
        elif shape.id in circles:
            left.append(shape)
    for name, rooms in chart.waters:
        label = _first(rooms, [name], "", scale, measure, circles.values())
        if label is not None:
            found.append(Label(*label))
    # The value of a circle stands beside it, even across a border.
    for shape in sorted(left, key=lambda shape: -(shape.value or 0)):
        beside = _beside(shape, scale, measure, circles, chart.main, [own.box for own in found])
        if beside is not None:
            found.append(Label((shape.text,), *beside, shape))
    return found


def circle(value: float, highest: float, largest: float, smallest: float = 0.0) -> float:
    """Units across of the circle of a count: its area is proportional to it."""
    return max(smallest, largest * math.sqrt(value / (highest or 1)))


Circle = tuple[float, float, float]


def _circles(chart: MapChart, scale: Scale, largest: float) -> Iterator[tuple[str, Circle]]:
    """Centre and radius of the circle of each territory, in units."""
    highest = max((shape.value or 0 for shape in chart.shapes), default=0)
    for shape in chart.shapes:
        if shape.point is not None and shape.value:
            x, y = shape.point
            yield shape.id, (x * scale.x, y * scale.y, circle(shape.value, highest, largest) / 2)


def _beside(
    shape: Shape, scale: Scale, measure: Measure, circles: Mapping[str, Circle], main: Bounds, taken: Sequence[Bounds]
) -> tuple[tuple[float, float], Bounds] | None:
    """Where the value of a circle holds beside it, and its box: off the other circles, the other labels and the sides
    of the map."""
    x, y, radius = circles[shape.id]
    others = [other for code, other in circles.items() if code != shape.id]
    half = (measure(shape.text) + _FREE * scale.size) / 2, _LINE * scale.size / 2
    for dx, dy in ((1, 0), (-1, 0), (0, -1), (0, 1)):
        u, v = x + dx * (radius + half[0]), y + dy * (radius + half[1])
        box = (u - half[0]) / scale.x, (v - half[1]) / scale.y, (u + half[0]) / scale.x, (v + half[1]) / scale.y
        inside = main[0] <= box[0] and box[2] <= main[2] and main[1] <= box[1] and box[3] <= main[3]
        clear = not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)
        if inside and clear and not any(_touches(u, v, *half, other) for other in others):
            return (u / scale.x, v / scale.y), box
    return None


def _first(
    rooms: Sequence[Bounds], names: Sequence[str], last: str, scale: Scale, measure: Measure,
    circles: Collection[Circle],
) -> tuple[tuple[str, ...], tuple[float, float], Bounds] | None:  # fmt: skip
    """The first of the names that holds above a last line, on the fewest lines; None where not even the line does."""
    free = _FREE * scale.size
    for name in names:
        tried = []
        for room in rooms:
            wide, tall = (room[2] - room[0]) * scale.x - free, (room[3] - room[1]) * scale.y - free
            lines = tuple(line for line in (*widths.broken(name, wide, measure), last) if line)
            across, down = max(map(measure, lines)), len(lines) * scale.size * _LINE
            if across > wide or down > tall:
                continue
            # In the middle; beside a circle, against one of the sides.
            dx, dy = (wide - across) / 2, (tall - down) / 2
            for x, y in ((0, 0), (0, -dy), (0, dy), (-dx, 0), (dx, 0), (-dx, -dy), (dx, -dy), (-dx, dy), (dx, dy)):
                place = (room[0] + room[2]) / 2 + x / scale.x, (room[1] + room[3]) / 2 + y / scale.y
                half = (across + free) / 2, (down + free) / 2
                if not any(_touches(place[0] * scale.x, place[1] * scale.y, *half, c) for c in circles):
                    box = (
                        place[0] - half[0] / scale.x, place[1] - half[1] / scale.y,
                        place[0] + half[0] / scale.x, place[1] + half[1] / scale.y,
                    )  # fmt: skip
                    tried.append((lines, place, box))
                    break
        if tried:
            return min(tried, key=lambda own: len(own[0]))
    return None


def _touches(x: float, y: float, wide: float, tall: float, other: Circle) -> bool:
    u, v, radius = other
    return math.hypot(max(abs(u - x) - wide, 0), max(abs(v - y) - tall, 0)) < radius

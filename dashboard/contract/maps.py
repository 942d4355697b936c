"""Rules on geo/: each shape is sound, in Québec, at its own place; frames, hatching and tiles are its own.

The files repeat one another (shapes, boxes, inner points, hatching, regions made of territories): a shape that is not
its territory's disagrees with the others. No geometry library is needed, so that start-up does not pay for one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from dashboard.contract.findings import Findings
from dashboard.loading import geography as geo
from dashboard.model.problems import Problem

# Degrees: what holds all of Québec, and the rounding of the files.
_QUEBEC: geo.Box = (-80.0, 44.9, -56.5, 62.7)
_ROUNDING = 0.003
# Share of a region that its territories may leave or overlap, by the generalisation of their outlines.
_SLACK = 0.05
# Tiles further than this are off any layout; columns and rows follow longitude and latitude beyond these many degrees.
_FAR_TILE = 60
_APART = (2.0, 1.0)
# Pairs that a layout may put the wrong way round, since it has to close up.
_MISPLACED = 6
_REMEDY_TILES = "lui donner une colonne et une rangée libres, près de ses voisins."
_Fault = tuple[str, str, str]


def check_maps(findings: Findings) -> None:
    """Maps can show every territory, each at its place; a fault is said, the figures stay."""
    maps = findings.draft.maps
    faults = [*_codes(findings, maps)]
    for file, shapes in maps.shapes.items():
        for shape in shapes if file in maps.codes else ():
            faults += [(file, shape.code, message) for message in _of_shape(findings, file, shape)]
    broken = {code for _, code, _ in faults}
    sound = {s.code: s for shapes in maps.shapes.values() for s in shapes if s.code not in broken and s.rings}
    faults += [*_boxes(maps, sound), *_frames(maps, sound), *_in_region(findings, maps, sound), *_tiles(maps, sound)]
    findings.problems += [
        Problem(file, message, _REMEDY_TILES if file == geo.TILES else geo.REMEDY, value=code)
        for file, code, message in faults
    ]


def _codes(findings: Findings, maps: geo.MapFiles) -> Iterator[_Fault]:
    """Each file has all the territories of its level, once, and no other."""
    for file, codes in maps.codes.items():
        if file == geo.NEIGHBOURS:
            continue
        level = "region" if file in (geo.REGION_SHAPES, geo.BOUNDS) else "mrc"
        expected = {t.code: t.name for t in findings.draft.territories.values() if t.level == level}
        lost = "il est montré à la suite des autres" if file == geo.TILES else "les cartes ne peuvent pas le montrer"
        for code in sorted(set(expected) - set(codes)):
            yield file, code, f"le territoire {expected[code]} y manque : {lost}."
        for code in sorted(set(codes) - set(expected)) if findings.sound_hierarchy else ():
            yield file, code, "ce territoire n’est pas parmi ceux des données."
        for code in sorted(code for code, n in Counter(codes).items() if n > 1):
            yield file, code, "ce territoire y figure deux fois."


def _of_shape(findings: Findings, file: str, shape: geo.Shape) -> Iterator[str]:
    territory = findings.draft.territories.get(shape.code) if findings.sound_hierarchy else None
    if shape.own_code not in (None, shape.code):
        yield f"cette forme porte aussi le code « {shape.own_code} »."
    if territory is not None and shape.name not in (None, territory.name):
        yield f"cette forme porte le nom « {shape.name} »."
    if territory is not None and file == geo.TERRITORY_SHAPES and shape.region not in (None, territory.parent_code):
        yield f"cette forme est dite de la région « {shape.region} »."
    if not shape.rings or any(len(ring) < 4 or ring[0] != ring[-1] for ring in shape.rings) or not shape.area:
        yield "cette forme n’est pas une surface fermée."
    elif not _within(shape.box, _QUEBEC):
        yield "cette forme sort du Québec; longitude et latitude sont peut-être échangées."


def _within(box: geo.Box, other: geo.Box, slack: float = 0.0) -> bool:
    west, south, east, north = other
    return west - slack <= box[0] and south - slack <= box[1] and box[2] <= east + slack and box[3] <= north + slack


def _same(box: geo.Box, other: geo.Box) -> bool:
    return all(abs(a - b) <= _ROUNDING for a, b in zip(box, other, strict=True))


def _union(boxes: list[geo.Box]) -> geo.Box:
    return geo.box_of([point for box in boxes for point in (box[:2], box[2:])])


def _boxes(maps: geo.MapFiles, sound: dict[str, geo.Shape]) -> Iterator[_Fault]:
    """Boxes, inner points and hatching are those of the shape of the same code."""
    for code, shape in sound.items():
        if code in maps.boxes and not _same(maps.boxes[code], shape.box):
            yield geo.BOUNDS, code, "l’étendue inscrite n’est pas celle de la forme de ce territoire."
        if code in maps.points and not shape.holds(maps.points[code]):
            yield geo.BOUNDS, code, "le point inscrit n’est pas dans la forme de ce territoire."
        if not all(shape.holds(((w + e) / 2, (s + n) / 2)) for w, s, e, n in maps.rooms.get(code, ())):
            yield geo.BOUNDS, code, "la place inscrite pour le nom n’est pas dans la forme de ce territoire."
        if code in maps.hatching:
            strokes = zip(*maps.hatching[code], strict=True)
            points = [(x, y) for x, y in strokes if x is not None and y is not None]
            if not points or not _within(geo.box_of(points), shape.box, _ROUNDING):
                yield geo.HATCHING, code, "ces hachures ne sont pas dans la forme de ce territoire."


def _frames(maps: geo.MapFiles, sound: dict[str, geo.Shape]) -> Iterator[_Fault]:
    """The frames of the maps hold what they must show."""
    of_regions = {shape.code: [shape.box] for shape in maps.shapes[geo.REGION_SHAPES] if shape.code in sound}
    territories = maps.shapes[geo.TERRITORY_SHAPES]
    whole = [shape.box for shape in territories] if all(shape.code in sound for shape in territories) else []
    for code, frame in maps.frames.items():
        boxes = of_regions.get(code, whole if code == "all" else [])
        if boxes and not _same(frame.bounds, _union(boxes)):
            yield geo.BOUNDS, code, "ce cadre n’est pas celui des formes qu’il doit montrer."
        if not _within(frame.main, frame.bounds, _ROUNDING):
            yield geo.BOUNDS, code, "la carte principale sort de son cadre."
        for codes, inset in frame.insets:
            held = [sound[c].box for c in codes if c in sound]
            if held and not _within(_union(held), inset, _ROUNDING):
                yield geo.BOUNDS, code, "une vignette ne contient pas ses territoires."


def _in_region(findings: Findings, maps: geo.MapFiles, sound: dict[str, geo.Shape]) -> Iterator[_Fault]:
    """A region is made of its territories: their inner points are in it, and their areas make its own."""
    if not findings.sound_hierarchy:
        return
    territories = findings.draft.territories
    areas: dict[str, float] = {}
    for shape in maps.shapes[geo.TERRITORY_SHAPES]:
        region = territories[shape.code].parent_code if shape.code in territories else None
        if shape.code not in sound or region not in sound:
            continue
        areas[region] = areas.get(region, 0.0) + shape.area
        if shape.code in maps.points and not sound[region].holds(maps.points[shape.code]):
            yield geo.TERRITORY_SHAPES, shape.code, "cette forme n’est pas dans celle de sa région."
    for region, area in areas.items():
        own = [t.code for t in territories.values() if t.parent_code == region]
        if all(code in sound for code in own) and abs(area - sound[region].area) > _SLACK * sound[region].area:
            yield geo.REGION_SHAPES, region, "cette forme n’est pas celle de ses territoires réunis."


def _tiles(maps: geo.MapFiles, sound: dict[str, geo.Shape]) -> Iterator[_Fault]:
    """Each tile has a place of its own, near the others, where its territory is among them."""
    taken: dict[tuple[int, int], str] = {}
    for code, column, row in maps.tile_rows if geo.TILES in maps.codes else ():
        if (column, row) in taken:
            yield geo.TILES, code, f"cette place est aussi celle du territoire {taken[column, row]}."
        taken.setdefault((column, row), code)
        if max(column, row) > _FAR_TILE:
            yield geo.TILES, code, "cette place est loin de toutes les autres."
    middles = {c: ((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for c in sound for b in (sound[c].box,)}
    placed = [(code, (column, -row)) for code, column, row in maps.tile_rows if code in middles]
    against: Counter[str] = Counter()
    for (one, tile), (other, place) in combinations(placed, 2):
        for axis in (0, 1):
            apart = middles[other][axis] - middles[one][axis]
            if abs(apart) > _APART[axis] and (place[axis] - tile[axis]) * apart < 0:
                against.update((one, other))
    for code, many in against.items():
        if many >= _MISPLACED:
            yield geo.TILES, code, "cette tuile n’est pas où son territoire est par rapport aux autres."

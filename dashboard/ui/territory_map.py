"""Maps, tiles and ranked bars of the MRC on one measure, with their legend and their sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import plotly.graph_objects as go
import streamlit as st

from dashboard.deck import drawn, palette
from dashboard.deck.charts import Legend, LegendItem
from dashboard.figures import bars, maps, tiles
from dashboard.figures.kept import kept
from dashboard.figures.style import clickable
from dashboard.indicators import admissions as adm
from dashboard.indicators.classes import fixed
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import order
from dashboard.loading.boundaries import MapFiles, MapFrame, map_files, territory_rings
from dashboard.model import Dataset
from dashboard.narrative import class_words
from dashboard.narrative.mrc_words import MEASURE_LABELS as MEASURE_LABELS
from dashboard.narrative.mrc_words import UNITS
from dashboard.narrative.mrc_words import reading as reading
from dashboard.narrative.mrc_words import subtitle as subtitle
from dashboard.narrative.show import bare, full, people
from dashboard.ui import markup as html
from dashboard.ui.server import geo_url
from dashboard.wording.numbers import NBSP, number

# The licence of the boundaries asks for this credit, with the link, wherever they are shown.
CREDIT = (
    f'Limites{NBSP}: <a href="https://www.amcharts.com/" target="_blank" rel="noopener">amCharts</a>, d’après les '
    "divisions de recensement de 2011 de Statistique Canada; arrondies."
)


def hover(ds: Dataset, code: str) -> str:
    """What the map and the bars say of an MRC: the three measures, and the caution."""
    count, share, rate = (adm.mrc_measure(ds, code, measure) for measure in adm.MEASURES)
    region = ds.region_of(code)
    caution = "" if rate.reliable else "<br><i>Taux peu fiable</i>"
    return (
        f"<b>{html.esc(ds.name(code))}</b><br>{html.esc(ds.name(region or code))}<br>{people(count)}, "
        f"{adm.span(ds)}<br>"
        f"{full(share)} de sa région<br>{full(rate)}{caution}"
    )


def frame_of(ds: Dataset, region: str | None) -> tuple[MapFiles, MapFrame] | None:
    """Files and frame of a map, or None when the boundaries cannot be read."""
    files = map_files(ds.root, ds.fingerprint)
    frame = None if files is None else files.whole if region is None else files.regions.get(region)
    return None if files is None or frame is None else (files, frame)


def height_of(frame: MapFrame) -> int:
    """Height that a column of about 690 px fills without blank bands above and below."""
    return round(min(460, max(300, 690 / maps.aspect(frame.main) + 24)))


@kept
def map_figure(ds: Dataset, measure: str, *, region: str | None, chosen: str | None) -> go.Figure | None:
    """Colours for shares and rates, proportional circles for numbers; None when the boundaries cannot be read."""
    codes = ds.mrc_codes(region)
    found = frame_of(ds, region)
    if found is None:
        return None
    files, frame = found
    circles, classes = measure == "nombre" and bool(files.points), fixed(ds, measure)
    areas = []
    for code in codes:
        klass = 0 if circles else classes.of(adm.mrc_measure(ds, code, measure))
        areas.append(maps.Area(code, klass, hover(ds, code), klass == classes.unreliable, code == chosen))
    colors = [palette.PLAIN_LAND] if circles else drawn.class_colors(ds, classes)
    figure = maps.choropleth(
        areas,
        geojson=geo_url("territories.geojson"),
        colors=colors,
        main=frame.main,
        insets=frame.insets,
        inset_names=[", ".join(ds.name(c) for c in ids) for ids, _ in frame.insets],
        hatching=files.hatching,
        height=height_of(frame),
    )
    if circles:
        disks = [
            maps.Circle(c, *files.points[c], adm.mrc_measure(ds, c, "nombre").value or 0, hover(ds, c), c == chosen)
            for c in codes
            if c in files.points and adm.mrc_measure(ds, c, "nombre").value is not None
        ]
        maps.add_circles(figure, disks, [ids for ids, _ in frame.insets])
    return clickable(figure)


@kept
def tile_figure(ds: Dataset, measure: str, *, region: str | None, chosen: str | None) -> go.Figure:
    """One equal tile for each territory, coloured by class, in our own layout (geo/tiles.csv)."""
    codes = ds.mrc_codes(region)
    files = map_files(ds.root, ds.fingerprint)
    places = tiles.place_missing(codes, files.tiles if files is not None else {})
    top = min((row for _, row in places.values()), default=0)
    found, classes = [], fixed(ds, measure)
    for code in codes:
        quantity = adm.mrc_measure(ds, code, measure)
        klass, text = classes.of(quantity), bare(quantity)
        hatched = klass == classes.unreliable
        column, row = places[code]
        found.append(
            tiles.Tile(code, ds.name(code), text, column, row - top, klass, hover(ds, code), hatched, code == chosen)
        )
    return clickable(tiles.equal_tiles(found, drawn.class_colors(ds, classes)))


def legend(ds: Dataset, codes: Sequence[str], measure: str, *, circles: bool = False) -> Legend:
    """The classes with how many territories each holds, the hatching and the missing; or what the circles mean."""
    if circles:
        return drawn.circles_legend("d’admissions")
    classes = fixed(ds, measure)
    found = [classes.of(adm.mrc_measure(ds, code, measure)) for code in codes]
    return drawn.classes_legend(UNITS[measure], drawn.legend_of(ds, classes, found))


@kept
def ranked_bars(ds: Dataset, measure: str, *, region: str | None, chosen: str | None) -> go.Figure:
    """MRC from the highest to the lowest; on a rate, the unreliable ones come last, hatched and out of the ranking."""
    codes, found = ds.mrc_codes(region), []
    for code in sorted(codes, key=lambda code: order(adm.mrc_measure(ds, code, measure), ds.name(code))):
        quantity = adm.mrc_measure(ds, code, measure)
        weak = not quantity.reliable
        text = drawn.value_text(quantity) + (" †" if weak else "")
        color = region_color(ds, ds.region_of(code))
        found.append(bars.Bar(code, ds.name(code), quantity.drawn, text, hover(ds, code), color, weak, code == chosen))
    # Many territories stand in narrower rows, beside the map and what is written under it.
    return clickable(bars.ranked(found, dimmed=chosen in codes, row_height=34 if len(found) <= 12 else 27))


def region_color(ds: Dataset, region: str | None) -> str:
    return next((r.color for r in ds.config.regions if r.code == region), "#095797")


def region_key(ds: Dataset) -> Legend:
    """Which colour is which region, in words."""
    known = [region for region in ds.config.regions if region.code not in ds.unavailable]
    return Legend("", tuple(LegendItem(ds.name(region.code), region.color) for region in known))


def unreliable_key(ds: Dataset, quantities: Iterable[Quantity | None]) -> tuple[LegendItem, ...]:
    """What the hatching of bars stands for; nothing where none is hatched."""
    if all(quantity is None or quantity.reliable for quantity in quantities):
        return ()
    return (LegendItem(class_words.unreliable(ds), palette.UNRELIABLE, hatched=True),)


def without_boundaries(ds: Dataset, codes: Sequence[str]) -> list[str]:
    """Territories that the boundaries do not have."""
    known = territory_rings(ds.root, ds.fingerprint) or {}
    return [code for code in codes if code not in known]


def unmapped(ds: Dataset, codes: Sequence[str]) -> str:
    """Under a map: which territories it cannot show, or how many; nothing when it shows them all."""
    gaps = without_boundaries(ds, codes)
    if not gaps:
        return ""
    plural = len(gaps) > 1
    named = f" ({', '.join(ds.name(code) for code in gaps)})" if len(gaps) <= 8 else ""
    return html.reading(
        f"{number(len(gaps))} territoire{'s' if plural else ''}{named} n’{'ont' if plural else 'a'} pas de limites"
        f"{NBSP}: la carte ne {'les' if plural else 'le'} montre pas; les barres et le tableau "
        f"{'les' if plural else 'le'} comprennent."
    )


def show_missing_boundaries(ds: Dataset) -> None:
    """In place of a map whose boundaries cannot be read: what is wrong, while the bars and tables go on."""
    own = [problem for problem in ds.problems if problem.file.startswith("geo/")]
    st.html(
        '<div class="avis-erreur"><p>La carte ne peut pas se dessiner. Les barres et le tableau '
        "restent disponibles.</p>"
        f"{html.problem_list(own)}</div>"
    )

"""The map of any indicator: circles for counts, colours for shares and rates, by MRC or by region."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from dashboard.deck import drawn, palette
from dashboard.deck.charts import Legend
from dashboard.figures import maps
from dashboard.indicators.catalogue import Entry
from dashboard.indicators.classes import Classes, fixed, from_data
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative.show import bare, full
from dashboard.ui import blocks
from dashboard.ui import markup as html
from dashboard.ui import territory_map as tmap
from dashboard.ui.server import geo_url

_CLASSES = 4
# Measures of the map whose classes config.yaml fixes.
_FIXED = {"taux": "taux", "part-region": "part", "admissions": "nombre"}


def classes_of(ds: Dataset, entry: Entry, table: Table) -> Classes:
    """Classes of config.yaml where the measure is one of the map's, else made from the numbers of its territories."""
    fixed_by = _FIXED.get(entry.id)
    return fixed(ds, fixed_by) if fixed_by else from_data(table.column("valeur").values(), _CLASSES)


def show(ds: Dataset, entry: Entry, table: Table, level: str, sentence: str) -> None:
    """Draw the map with its legend, or say why it cannot be drawn."""
    made = figure(ds, entry, table, level)
    if made is None:
        tmap.show_missing_boundaries(ds)
        return
    blocks.chart(made, key="indicateur-carte", alt=f"Carte. {sentence}")
    gaps = tmap.unmapped(ds, list(table.column("valeur"))) if level == "mrc" else ""
    st.html(html.legend(legend(ds, entry, table)) + gaps)


def figure(ds: Dataset, entry: Entry, table: Table, level: str) -> go.Figure | None:
    """The map of an indicator; None when the boundaries cannot be read."""
    found = tmap.frame_of(ds, None)
    if found is None:
        return None
    files, frame = found
    rows = [row for row in table.rows if not row.total]
    quantities = table.column("valeur")
    circles, classes = entry.drawn == "count", classes_of(ds, entry, table)
    areas = []
    for row in rows:
        quantity = quantities[row.id]
        assert quantity is not None
        text = full(quantity) if quantity.unit == "%" else f"{bare(quantity)} {quantity.unit}"
        klass = 0 if circles else classes.of(quantity)
        hover = f"<b>{html.esc(row.label)}</b><br>{text}"
        areas.append(maps.Area(row.id, klass, hover, klass == classes.unreliable))
    insets = (
        frame.insets
        if level == "mrc"
        else tuple((tuple({ds.region_of(code) or code for code in codes}), bounds) for codes, bounds in frame.insets)
    )
    made = maps.choropleth(
        areas,
        geojson=geo_url("territories.geojson" if level == "mrc" else "regions.geojson"),
        colors=[palette.PLAIN_LAND] if circles else drawn.class_colors(ds, classes),
        main=frame.main,
        insets=insets,
        inset_names=[", ".join(ds.name(c) for c in codes) for codes, _ in frame.insets],
        hatching=files.hatching if level == "mrc" else None,
        height=tmap.height_of(frame),
        repeat_insets=level != "mrc",
    )
    if circles:
        points = files.points if level == "mrc" else _region_points(ds, files.points)
        disks = [
            maps.Circle(area.id, *points[area.id], quantities[area.id].value or 0, area.hover)  # type: ignore[union-attr]
            for area in areas
            if area.id in points and quantities[area.id].value is not None  # type: ignore[union-attr]
        ]
        maps.add_circles(made, disks, [codes for codes, _ in frame.insets] if level == "mrc" else [])
    return made


def _region_points(ds: Dataset, points: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """A point for each region: that of its MRC nearest to the middle of all of them."""
    found = {}
    for region in ds.region_codes():
        own = [points[c] for c in ds.mrc_codes(region) if c in points]
        if not own:
            continue
        middle = (sum(x for x, _ in own) / len(own), sum(y for _, y in own) / len(own))
        found[region] = min(own, key=lambda p: (p[0] - middle[0]) ** 2 + (p[1] - middle[1]) ** 2)
    return found


def legend(ds: Dataset, entry: Entry, table: Table) -> Legend:
    """What the colours or the circles of its map stand for."""
    if entry.drawn == "count":
        return drawn.circles_legend(f"({entry.unit})", "un territoire")
    classes = classes_of(ds, entry, table)
    found = [classes.of(quantity) for quantity in table.column("valeur").values()]
    return drawn.classes_legend(entry.unit, drawn.legend_of(ds, classes, found))

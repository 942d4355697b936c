"""The map of any indicator: circles for counts, colours for shares and rates, by MRC or by region."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from dashboard.figures import maps
from dashboard.indicators.catalogue import Entry
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative.show import bare, full
from dashboard.ui import blocks
from dashboard.ui import markup as html
from dashboard.ui import territory_map as tmap
from dashboard.ui.server import geo_url
from dashboard.wording.numbers import number

_CLASSES = 4


def _breaks(values: list[float], entry: Entry, ds: Dataset) -> list[float]:
    """Fixed classes of config.yaml where the measure is one of the map's, else rounded equal counts (quantiles)."""
    fixed = {"taux": "taux", "part-region": "part", "admissions": "nombre"}.get(entry.id)
    if fixed:
        return list(ds.config.map_classes[fixed])  # type: ignore[index]
    known = sorted(values)
    places = 2 if entry.decimals == 2 else 1 if entry.decimals else 0
    found = sorted(
        {round(known[round(k * (len(known) - 1) / _CLASSES)], places) for k in range(1, _CLASSES)} - {known[0]}
    )
    return found or [known[-1]]


def show(ds: Dataset, entry: Entry, table: Table, level: str, sentence: str) -> None:
    """Draw the map with its legend, or say why it cannot be drawn."""
    found = tmap.frame_of(ds, None)
    if found is None:
        tmap.show_missing_boundaries(ds)
        return
    files, frame = found
    rows = [row for row in table.rows if not row.total]
    quantities = {row.id: table.cell(row.id, "valeur") for row in rows}
    values = [q.value for q in quantities.values() if q is not None and q.value is not None]
    circles = entry.drawn == "count"
    breaks = _breaks(values, entry, ds)
    areas = []
    for row in rows:
        quantity = quantities[row.id]
        assert quantity is not None
        text = full(quantity) if quantity.unit == "%" else f"{bare(quantity)} {quantity.unit}"
        klass = 0 if circles else maps.classify(quantity.value, breaks)
        areas.append(
            maps.Area(row.id, klass, f"<b>{html.esc(row.label)}</b><br>{text}", not quantity.reliable and not circles)
        )
    insets = (
        frame.insets
        if level == "mrc"
        else tuple((tuple({ds.region_of(code) or code for code in codes}), bounds) for codes, bounds in frame.insets)
    )
    figure = maps.choropleth(
        areas,
        geojson=geo_url("territories.geojson" if level == "mrc" else "regions.geojson"),
        colors=["#e9edf2"] if circles else ds.config.map_colors[: len(breaks) + 1],
        main=frame.main,
        insets=insets,
        inset_names=[", ".join(ds.name(c) for c in codes) for codes, _ in frame.insets],
        hatching=files.hatching if level == "mrc" else None,
        height=tmap.height_of(frame),
        repeat_insets=level != "mrc",
    )
    if circles:
        points = files.points if level == "mrc" else _region_points(ds, files.points)
        drawn = [
            maps.Circle(area.id, *points[area.id], quantities[area.id].value or 0, area.hover)  # type: ignore[union-attr]
            for area in areas
            if area.id in points and quantities[area.id].value is not None  # type: ignore[union-attr]
        ]
        maps.add_circles(figure, drawn, [codes for codes, _ in frame.insets] if level == "mrc" else [])
    blocks.chart(figure, key="indicateur-carte", alt=f"Carte. {sentence}")
    legend = _legend(ds, entry, breaks, [q for q in quantities.values() if q is not None], circles)
    st.html(legend + (tmap.unmapped(ds, [row.id for row in rows]) if level == "mrc" else ""))


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


def _legend(ds: Dataset, entry: Entry, breaks: list[float], shown: list[Quantity], circles: bool) -> str:
    if circles:
        return f'<p class="legende-titre">Surface du cercle proportionnelle au nombre ({html.esc(entry.unit)})</p>'
    places = max(0, max((len(f"{b:.2f}".rstrip("0").split(".")[1]) for b in breaks), default=0))
    labels = [f"moins de {number(breaks[0], places)}"]
    labels += [f"de {number(a, places)} à moins de {number(b, places)}" for a, b in pairwise(breaks)]
    labels.append(f"{number(breaks[-1], places)} et plus")
    classes = [maps.classify(quantity.value, breaks) for quantity in shown]
    weak = sum(1 for quantity in shown if not quantity.reliable)
    items = "".join(
        f'<li><span class="pastille" style="background:{ds.config.map_colors[k]}"></span>{label}'
        f'<span class="compte">({classes.count(k)})</span></li>'
        for k, label in enumerate(labels)
    )
    if weak:
        items += (
            f'<li><span class="hachure"></span>taux peu fiable, moins de '
            f"{number(ds.config.unreliable_below)} admissions"
            f'<span class="compte">({weak})</span></li>'
        )
    if None in classes:
        items += (
            '<li><span class="pastille" style="background:#f1f1f2"></span>donnée manquante'
            f'<span class="compte">({classes.count(None)})</span></li>'
        )
    return (
        f'<p class="legende-titre">{html.esc(entry.unit[:1].upper() + entry.unit[1:])} (nombre de '
        f'territoires)</p><ul class="legende-carte">{items}</ul>'
    )

"""The map of the MRC and its ranked bars, on one measure: the shared block of the overview and of the regions."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from dashboard.figures import bars, maps
from dashboard.indicators import admissions as adm
from dashboard.indicators.tables import Table
from dashboard.loading.boundaries import MapFrame, map_files
from dashboard.model import Dataset
from dashboard.narrative import sentences as say
from dashboard.narrative.show import full, people
from dashboard.ui import html
from dashboard.ui.server import geo_url
from dashboard.wording.numbers import NBSP, number

MEASURE_LABELS = {"nombre": "Nombre", "part": "Part de sa région", "taux": f"Pour 1{NBSP}000 habitants"}
UNITS = {
    "nombre": "admissions",
    "part": "% des admissions de sa région",
    "taux": f"admissions pour 1{NBSP}000 habitants",
}
# The licence of the boundaries asks for this credit, with the link, wherever they are shown.
CREDIT = (
    f'Limites{NBSP}: <a href="https://www.amcharts.com/" target="_blank" rel="noopener">amCharts</a>, d’après les divisions '
    "de recensement de 2011 de Statistique Canada; arrondies."
)


def subtitle(ds: Dataset, measure: str, where: str) -> str:
    base = ", Recensement de 2016" if measure == "taux" else ""
    return f"{MEASURE_LABELS[measure]}, admissions permanentes cumulées {adm.span(ds)}{base}, {where}"


def hover(ds: Dataset, code: str) -> str:
    """What the map and the bars say of an MRC: the three measures, and the caution."""
    count, share, rate = (adm.mrc_measure(ds, code, measure) for measure in adm.MEASURES)
    region = ds.region_of(code)
    caution = "" if rate.reliable else "<br><i>Taux peu fiable</i>"
    return (
        f"<b>{html.esc(ds.name(code))}</b><br>{html.esc(ds.name(region or code))}<br>{people(count)}, {adm.span(ds)}<br>"
        f"{full(share)} de sa région<br>{full(rate)}{caution}"
    )


def _frame(ds: Dataset, region: str | None) -> MapFrame | None:
    files = map_files(ds.root, ds.fingerprint)
    if files is None:
        return None
    return files.whole if region is None else files.regions.get(region)


def map_figure(
    ds: Dataset, codes: Sequence[str], measure: str, *, region: str | None, chosen: str | None
) -> go.Figure | None:
    """The choropleth, or None when the boundaries cannot be read (the page then says so)."""
    frame, files = _frame(ds, region), map_files(ds.root, ds.fingerprint)
    if frame is None or files is None:
        return None
    breaks = ds.config.map_classes[measure]  # type: ignore[index]
    areas = []
    for code in codes:
        quantity = adm.mrc_measure(ds, code, measure)
        hatched = measure == "taux" and not quantity.reliable
        areas.append(maps.Area(code, maps.classify(quantity.value, breaks), hover(ds, code), hatched, code == chosen))
    return maps.choropleth(
        areas,
        geojson=geo_url("territories.geojson"),
        colors=ds.config.map_colors[: len(breaks) + 1],
        main=frame.main,
        insets=frame.insets,
        inset_names=[", ".join(ds.name(c) for c in ids) for ids, _ in frame.insets],
        hatching=files.hatching,
        height=_height(frame),
    )


def _height(frame: MapFrame) -> int:
    """Height that a column of about 690 px fills without blank bands above and below."""
    return round(min(460, max(300, 690 / maps.aspect(frame.main) + 24)))


def legend(ds: Dataset, codes: Sequence[str], measure: str) -> str:
    """The classes with how many territories each holds, the hatching and the missing, in words beside each colour."""
    breaks = list(ds.config.map_classes[measure])  # type: ignore[index]
    quantities = [adm.mrc_measure(ds, code, measure) for code in codes]
    classes = [maps.classify(q.value, breaks) for q in quantities]
    places = 0 if all(b == int(b) for b in breaks) else 1
    items = []
    for k in range(len(breaks) + 1):
        if k == 0:
            label = f"moins de {number(breaks[0], places)}"
        elif k == len(breaks):
            label = f"{number(breaks[-1], places)} et plus"
        else:
            label = f"de {number(breaks[k - 1], places)} à moins de {number(breaks[k], places)}"
        items.append(
            f'<li><span class="pastille" style="background:{ds.config.map_colors[k]}"></span>{label}'
            f'<span class="compte">({classes.count(k)})</span></li>'
        )
    if measure == "taux" and any(not q.reliable for q in quantities):
        items.append(
            f'<li><span class="hachure"></span>taux peu fiable, moins de {number(ds.config.unreliable_below)} admissions'
            f'<span class="compte">({sum(1 for q in quantities if not q.reliable)})</span></li>'
        )
    missing = classes.count(None)
    if missing:
        items.append(
            f'<li><span class="pastille" style="background:#f1f1f2"></span>donnée manquante<span class="compte">({missing})</span></li>'
        )
    return (
        f'<p class="legende-titre">{html.esc(UNITS[measure].capitalize())} (nombre de territoires)</p>'
        f'<ul class="legende-carte">{"".join(items)}</ul>'
    )


def ranked_bars(ds: Dataset, table: Table, measure: str, *, chosen: str | None) -> go.Figure:
    """MRC from the highest to the lowest; on a rate, the unreliable ones come last, hatched and out of the ranking."""
    codes = [row.id for row in table.rows if not row.total]

    def place(code: str) -> tuple[bool, float, str]:
        quantity = adm.mrc_measure(ds, code, measure)
        return (measure == "taux" and not quantity.reliable, -(quantity.value or 0), ds.name(code))

    found = []
    for code in sorted(codes, key=place):
        quantity = adm.mrc_measure(ds, code, measure)
        weak = measure == "taux" and not quantity.reliable
        text = full(quantity) if measure != "taux" else number(quantity.value, 1) + (" †" if weak else "")
        region = ds.region_of(code)
        found.append(
            bars.Bar(
                code,
                ds.name(code),
                quantity.value,
                text,
                hover(ds, code),
                color=_color(ds, region),
                hatched=weak,
                chosen=code == chosen,
            )
        )
    # Many territories stand in narrower rows, beside the map and what is written under it.
    return bars.ranked(found, dimmed=chosen is not None, row_height=34 if len(found) <= 12 else 27)


def _color(ds: Dataset, region: str | None) -> str:
    return next((r.color for r in ds.config.regions if r.code == region), "#095797")


def show_missing_boundaries(ds: Dataset) -> None:
    """In place of a map whose boundaries cannot be read: what is wrong, while the bars and tables go on."""
    own = [p for p in ds.problems if p.file.startswith("geo/")]
    st.html(
        f'<div class="avis-erreur"><p>La carte ne peut pas se dessiner. Les barres et le tableau restent disponibles.</p>'
        f"{html.problem_list(own)}</div>"
    )


def reading(ds: Dataset, table: Table, measure: str, chosen: str | None, region: str | None) -> str:
    """The sentence under the map: of the selected MRC, or of the first and of the hatched ones."""
    codes = [row.id for row in table.rows if not row.total]
    if chosen in codes:
        return say.mrc_reading(ds, chosen)
    sentence = say.mrc_message(ds, table, region, measure) + f", {adm.span(ds)} (données provisoires)."
    weak = say.unreliable_reading(ds, codes) if measure == "taux" else ""
    return f"{sentence} {weak}".strip()

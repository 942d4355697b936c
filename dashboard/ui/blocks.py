"""The block that every view of every page is: message, drawing, key, reading sentence, source, files, table, notes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from dashboard.deck.charts import BarChart, Cards, MapChart, Panels, Paragraphs, TextTable, TileChart
from dashboard.deck.content import CREDIT_SITE, Content
from dashboard.deck.kinds import slide_of, view
from dashboard.deck.mapped import unmapped
from dashboard.deck.slides import Deck
from dashboard.exports.formats import FORMATS, file_name, make
from dashboard.exports.table_csv import table_csv
from dashboard.figures.drawn import figure, figure_of
from dashboard.figures.maps import LARGEST
from dashboard.figures.tiles import narrow_rules
from dashboard.indicators.anomalies import touching
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.ui import markup as html
from dashboard.ui import origin
from dashboard.ui.presentation import adding
from dashboard.ui.server.addresses import ASSETS_PREFIX
from dashboard.ui.server.on_demand import Offer, put
from dashboard.ui.server.static_files import geo_url
from dashboard.wording.numbers import number
from dashboard.wording.slugs import file_slug

# The French words and formats are registered once by the page (assets/plotly-fr-CA.js).
_CONFIG = {
    "locale": "fr-CA",
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
    # Only asked for when the page's own script is blocked: never anywhere but here.
    "topojsonURL": ASSETS_PREFIX,
}


def chart(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    on_select: Callable[[], None] | None = None,
    stretch: bool = False,
) -> None:
    """A figure that nothing outside the machine is asked for, with its reading sentence as text alternative.

    With `on_select`, a click on a mark of a `clickable` figure runs it (the event is in st.session_state[key]); with
    `stretch`, the figure takes the height of its container. The figure may be shared: it is not changed.
    """
    if on_select is None:
        height: Any = "stretch" if stretch else "content"
        st.plotly_chart(figure, key=key, theme=None, config=_CONFIG, alt=alt, height=height)
    else:
        # The mode is said: otherwise the box and lasso tools appear.
        st.plotly_chart(
            figure, key=key, theme=None, config=_CONFIG, alt=alt, on_select=on_select, selection_mode="points"
        )


# Views of the same sentence, told apart for those who hear them.
_SPOKEN = {"carte": "Carte. ", "indicateur-carte": "Carte. ", "tuiles": "Tuiles. ", "mrc": "Barres. "}
# Views that cannot be drawn without boundaries.
_MAPS = ("carte", "indicateur-carte")


def block(
    ds: Dataset,
    kind: str,
    choices: Mapping[str, str] | None = None,
    *,
    key: str,
    level: int = 3,
    anchor: str | None = None,
    legend: bool = True,
) -> None:
    """A view on a page, whole. legend: its key is drawn, and not only on its picture."""
    content = view(ds, kind, choices or {})
    st.html(html.heading(level, content.title, content.subtitle, anchor=anchor))
    drawing(ds, content, key, legend=legend)
    below(ds, content, key)


def drawing(
    ds: Dataset, content: Content, key: str, *, legend: bool = True, on_select: Callable[[], None] | None = None
) -> None:
    """What a view of a page draws, with its key; a click on a mark runs `on_select`."""
    body = content.body
    if content.kind in _MAPS and not isinstance(body, MapChart):
        _missing_boundaries(ds)
        return
    made = figure_of(ds, content.kind, content.choices, geo_url, click=on_select is not None)
    if made is None:
        st.html(texts(content))
        return
    wanted = legend and bool(content.legend.items)
    # Its place is kept without it: a chart that changes place leaves the former one behind for a while.
    above = st.container()
    if wanted and isinstance(body, BarChart):
        above.html(html.legend(content.legend))
    chart(made, key=key, alt=_SPOKEN.get(content.kind, "") + content.reading, on_select=on_select)
    rules = f"<style>{narrow_rules(made, f'st-key-{key}')}</style>" if isinstance(body, TileChart) else ""
    if wanted and not isinstance(body, BarChart):
        gaps = html.reading(unmapped(ds, body)) if isinstance(body, MapChart) else ""
        st.html(rules + html.legend(content.legend) + gaps)


def _missing_boundaries(ds: Dataset) -> None:
    """In place of a map: what is wrong with its boundaries, while the bars and the tables go on."""
    own = [problem for problem in ds.problems if problem.file.startswith("geo/")]
    st.html(
        '<div class="avis-erreur"><p>La carte ne peut pas se dessiner. Les barres et le tableau restent disponibles.'
        f"</p>{html.problem_list(own)}</div>"
    )


def panel(ds: Dataset, content: Content, id_: str, key: str, *, whole: bool = False) -> None:
    """One of the charts of a view that has several. whole: with its title and its sentence."""
    assert isinstance(content.body, Panels)
    own = next(item for item in content.body.items if item.id == id_)
    made = figure_of(ds, content.kind, content.choices, geo_url, panel=id_)
    assert made is not None
    if whole:
        st.html(html.heading(3, own.title))
    chart(made, key=key, alt=own.reading)
    if whole:
        st.html(html.reading(own.reading))


def large(content: Content, key: str, *, wall: bool) -> None:
    """A view alone: on the wall (24 px and more, filling the height of the screen), or inside another site."""
    body = content.body
    if isinstance(body, Cards | Paragraphs | TextTable):
        st.html(texts(content))
        return
    made = figure(body, address=geo_url, large=wall)
    if made is None:
        return
    if not isinstance(body, MapChart):
        chart(made, key=key, alt=content.reading, stretch=wall)
        return
    left, right = st.columns([5, 3], vertical_alignment="center")
    with left:
        chart(made, key=key, alt=content.reading, stretch=wall)
    with right:
        st.html(html.legend(content.legend) + _chosen(body))


def texts(content: Content) -> str:
    """Cards, sentences or a table of texts."""
    match content.body:
        case Cards(items):
            return html.cards(items)
        case Paragraphs(items):
            return f'<ul class="ressort">{"".join(f"<li>{html.esc(text)}</li>" for text in items)}</ul>'
        case TextTable() as own:
            return html.plain_table(content.subtitle, own.head, own.rows, own.numeric, totals=own.totals)
    return ""


def _chosen(body: MapChart) -> str:
    """The territory that is chosen, in words."""
    return "".join(
        f'<p class="legende-choisi"><strong>{html.esc(shape.name)}</strong><br>{html.esc(shape.text)}'
        f"{' (peu fiable)' if shape.hatched else ''}</p>"
        for shape in body.shapes
        if shape.chosen
    )


def below(
    ds: Dataset,
    content: Content,
    key: str,
    *,
    reading: bool = True,
    open_: bool = False,
    picture: bool = True,
    pinned: str = "",
) -> None:
    """Under the drawing of a view: reading sentence, source and status, credit, files, table, origins, notes; then the
    button that adds it to a presentation.

    open_: the table stands first, not folded; picture: something is drawn, that can be saved; pinned: what the button
    is called, the key of the drawing otherwise.
    """
    assert content.table is not None
    table = html.table(content.table, chosen=content.chosen, caption=not open_)
    about = (
        (table if open_ else "")
        + html.reading(content.reading if reading else "")
        + html.source_line(content.source, *content.bases)
        + credit(content.credit if picture else "")
        + html.buttons((picture_button(content, key) if picture else "") + files(ds, content))
    )
    told = ("" if open_ else html.details("Tableau des valeurs", table)) + origins(ds, content.table)
    # Apart, the second is the same whatever is chosen, and the browser then has it already.
    for part in [about, told] if content.chosen is not None else [about + told]:
        st.html(part)
    slide = slide_of(content)
    if slide is not None:
        adding.chart_button(ds, slide, pinned or key)


def credit(text: str) -> str:
    """The credit of a map, with its link; nothing without one."""
    link = f'<a href="https://{CREDIT_SITE}/" target="_blank" rel="noopener">{CREDIT_SITE}</a>'
    return f'<p class="source">{html.esc(text).replace(CREDIT_SITE, link)}</p>' if text else ""


def picture_button(content: Content, key: str) -> str:
    """Button that saves the chart as a PNG with its title, its key, its source and a credit in it
    (assets/picture.js)."""
    assert content.table is not None
    legend, told = content.legend, ""
    items = [
        {
            "texte": item.label + ("" if item.count is None else f" ({number(item.count)})"),
            "couleur": item.color,
            "hachure": item.hatched,
            "cercle": round(item.across * LARGEST, 1),
        }
        for item in legend.items
    ]
    if items:
        told = f' data-legende="{html.esc(json.dumps({"titre": legend.title, "items": items}, ensure_ascii=False))}"'
    told += f' data-credit="{html.esc(content.credit)}"' if content.credit else ""
    return (
        f'<button type="button" class="lien" data-image="{html.esc(key)}" '
        f'data-fichier="{html.esc(file_slug(content.table.title))}" data-titre="{html.esc(content.title)}" '
        f'data-sous-titre="{html.esc(content.subtitle)}" data-source="{html.esc(content.source)}"{told}>'
        "Enregistrer l’image (PNG)</button>"
    )


def files(ds: Dataset, content: Content) -> str:
    """Buttons that save the table as a CSV file, with its source, its filters and the date in it, and the view as a
    workbook. The files are made when they are asked for (ui/server/on_demand.py)."""
    kind, choices, filters, slide = content.kind, content.choices, content.filters, slide_of(content)
    assert content.table is not None
    title = content.table.title

    def csv(data: Dataset) -> bytes:
        table = view(data, kind, choices).table
        assert table is not None
        return table_csv(data, table, filters)

    known = (kind, sorted(choices.items()))
    found = _file_button(ds, "Télécharger le tableau (CSV)", Offer(csv, "text/csv", f"{file_slug(title)}.csv"), known)
    if slide is None:
        return found
    deck = Deck(title, (slide,))
    book = Offer(lambda data: make(data, "xlsx", deck), FORMATS["xlsx"].mime, file_name("xlsx", title))
    return found + _file_button(ds, "Excel", book, known, "Le tableau, son graphique et leurs sources dans un classeur")


def _file_button(ds: Dataset, label: str, what: Offer, identity: object, help_: str = "") -> str:
    told = f' title="{html.esc(help_)}"' if help_ else ""
    return (
        f'<button type="button" class="lien" data-telecharger="{put(ds, what, identity)}" '
        f'data-fichier="{html.esc(what.file_name)}"{told}>{html.esc(label)}</button>'
    )


def origins(ds: Dataset, table: Table) -> str:
    """Where each figure of a table comes from, and the notes of the source on them."""
    return origin.of_table(ds, table) + _notes(ds, table)


def _notes(ds: Dataset, table: Table) -> str:
    """The notes of the source on the figures of a table, and what is peculiar in them; nothing when it has none."""

    def titled() -> str:
        count = len(touching(ds, table.quantities()))
        return f"Notes et particularités de la source ({count})" if count else "Notes de la source"

    told = table.once("notes", lambda: html.notes(ds, table) + html.anomaly_list(ds, touching(ds, table.quantities())))
    return html.on_demand(ds, table.once("notes-title", titled), told) if told else ""

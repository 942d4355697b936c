"""The block that every view of every page is: message, drawing, key, source, and the button that holds the rest."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from dashboard.deck.charts import BarChart, Cards, MapChart, Panels, Paragraphs, TextTable
from dashboard.deck.content import Content
from dashboard.deck.kinds import VIEWS, view
from dashboard.deck.mapped import unmapped
from dashboard.figures.drawn import figure_of
from dashboard.figures.style import Written
from dashboard.model import Dataset
from dashboard.ui import data_button, preview, printing
from dashboard.ui import markup as html
from dashboard.ui.server.figures import figure_url
from dashboard.ui.server.static_files import geo_url

# Draws what it is given the address of (assets/charts.js), in its place and, when that changes, in the same place.
_chart = st.components.v2.component(
    "graphique", js="export default (chart) => { window.tableauDeBord.chart(chart); };", isolate_styles=False
)


def chart(
    figure: Written,
    *,
    key: str,
    alt: str,
    on_select: Callable[[], None] | None = None,
    stretch: bool = False,
    private: bool = False,
) -> None:
    """A figure that nothing outside the machine is asked for, with its reading sentence as text alternative.

    With `on_select`, a click on a mark of a `clickable` figure runs it (the code of the mark is `picked` of
    st.session_state[key]); with `stretch`, the figure takes the height of its container. What rests on what a person
    has entered (`private`) or loaded goes with its message, and is kept nowhere else.
    """
    place = {} if stretch else dict(figure.size)
    given = json.loads(figure.text) if private or preview.active() else figure_url(figure.text)
    data = {"figure": given, "alt": alt, "clickable": on_select is not None, **place}
    clicked: Any = {"on_picked_change": on_select} if on_select else {}
    _chart(key=key, data=data, height="stretch" if stretch else "content", **clicked)


# Views of the same sentence, told apart for those who hear them.
_SPOKEN = {
    "carte": "Carte. ", "indicateur-carte": "Carte. ", "tuiles": "Tuiles. ", "mrc": "Barres. ",
    "mrc-annees": "Estimation. ",
}  # fmt: skip
_READ_BELOW = "Graphique, que lit le paragraphe qui suit."
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
    read: bool = True,
    on_select: Callable[[], None] | None = None,
    between: Callable[[], None] = lambda: None,
) -> None:
    """A view on a page, whole. legend: its key is drawn, and not only on its picture; read: its sentence stands under
    it; on_select: what a click on a mark runs; between: draws what stands right under the drawing."""
    content = view(ds, kind, choices or {})
    st.html(html.heading(level, content.title, content.subtitle, anchor=anchor))
    drawing(ds, content, key, legend=legend, read=read, on_select=on_select)
    between()
    if content.table is None:  # what is simulated is a table of texts, whose origin the simulator explains
        st.html(html.source_line(content.source))
        return
    below(ds, content, key, read=read)


def drawing(
    ds: Dataset, content: Content, key: str, *, legend: bool = True, read: bool = True,
    on_select: Callable[[], None] | None = None,
) -> None:  # fmt: skip
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
    # Heard once: where its sentence stands under it, the drawing does not say it too.
    alt = _READ_BELOW if read and VIEWS[content.kind].read else _SPOKEN.get(content.kind, "") + content.reading
    chart(made, key=key, alt=alt, on_select=on_select)
    gaps = html.reading(unmapped(ds, body)) if isinstance(body, MapChart) else ""
    if (wanted or gaps) and not isinstance(body, BarChart):
        st.html((html.legend(content.legend) if wanted else "") + gaps)


def _missing_boundaries(ds: Dataset) -> None:
    """In place of a map: what is wrong with its boundaries, while the bars and the tables go on."""
    own = [problem for problem in ds.problems if problem.file.startswith("geo/")]
    told = "La carte ne peut pas se dessiner. Les barres et le tableau restent disponibles."
    st.html(html.box(told, html.problem_list(own), fault=True))


def panel(ds: Dataset, content: Content, id_: str, key: str, *, whole: bool = False) -> None:
    """One of the charts of a view that has several. whole: with its title."""
    assert isinstance(content.body, Panels)
    own = next(item for item in content.body.items if item.id == id_)
    made = figure_of(ds, content.kind, content.choices, geo_url, panel=id_)
    assert made is not None
    if whole:
        st.html(html.heading(2, own.title))
    chart(made, key=key, alt=own.reading)


def large(ds: Dataset, content: Content, key: str, *, wall: bool) -> None:
    """A view for a room, alone: on the wall (24 px and more, filling the height of the screen), or inside another
    site."""
    body = content.body
    if isinstance(body, Cards | Paragraphs | TextTable):
        st.html(texts(content))
        return
    made = figure_of(ds, content.kind, content.choices, geo_url, alone=True, large=wall)
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


def below(ds: Dataset, content: Content, key: str, *, above: str = "", drawn: bool = False, read: bool = True) -> None:
    """Under the drawing of a view: its reading sentence where it says more than the title and the labels, its source,
    its credit, and the button that holds the rest.

    above: HTML that holds its table, where that stands on the page; drawn: beside its drawing.
    """
    assert content.table is not None
    kind, standing = VIEWS[content.kind], bool(above)
    # One drawing, that can be saved.
    picture = (drawn or not standing) and not isinstance(content.body, Cards | Paragraphs | TextTable | Panels)
    if told := above + html.reading(content.reading if read and kind.read else ""):
        st.html(told)
    source = html.source_line(content.source, *content.bases, credit=content.credit if picture else "")
    paper = (
        ""
        if standing or isinstance(content.body, Cards) or not printing.asked()
        else html.table(content.table, chosen=content.chosen)
    )
    inside = partial(data_button.of_view, ds, content, key, table=not standing, picture=picture)
    data_button.line(source, kind.label, key, inside, printed=paper)

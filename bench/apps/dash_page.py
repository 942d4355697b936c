"""The same page in Dash: ``python -m bench.apps.dash_page PORT``."""

import sys
from functools import cache
from typing import Any

from dash import Dash, Input, Output, dcc, html, no_update
from lxml.html import HtmlElement, fragments_fromstring

from bench.apps import said

NAMES = {"class": "className", "tabindex": "tabIndex"}


def part(element: HtmlElement) -> list[Any]:
    """An element as Dash has it, and the text that follows it."""
    given = {NAMES.get(name, name): value for name, value in element.attrib.items()}
    if "style" in given:
        given["style"] = {"backgroundColor": element.get("style").partition(":")[2]}
    children = [element.text, *(own for child in element for own in part(child))]
    return [getattr(html, element.tag.capitalize())(children, **given), element.tail]


@cache
def words(text: str) -> list[Any]:
    return [own for element in fragments_fromstring(text) for own in part(element)]


def choice(id_: str, label: str, options: dict[str, str], value: str) -> html.Fieldset:
    return html.Fieldset([html.Legend(label), dcc.RadioItems(options, value, id=id_, inline=True)], id=f"choix-{id_}")


def graph(name: str) -> dcc.Graph:
    return dcc.Graph(id=name, className=f"graphique {name}", config=said.CONFIG)


app = Dash(assets_folder=str(said.ROOT / "geo"), assets_url_path="geo")
HEAD = f"<style>{said.STYLE}{said.map_rules('carte')}</style><script>{said.NO_BASE_MAP}</script>"
app.index_string = app.index_string.replace("{%css%}", HEAD + "{%css%}")
app.layout = html.Main([
    dcc.Location(id="adresse"),
    html.Nav([dcc.Link(name, href=f"/{slug}") for slug, name in said.NAMES.items()]),
    html.Div(id="haut"),
    choice("theme", "Thème", said.THEME, "territoires"),
    choice("mesure", "Mesure", said.MEASURES, said.MEASURE),
    choice("annee", "Année", {year: year for year in said.YEARS}, said.YEARS[-1]),
    html.Div(id="tete"),
    *[html.Div([graph(name) for name in names], id=theme, className="deux") for theme, names in said.CHARTS.items()],
    html.Div(id="dessous"),
])  # fmt: skip


@app.callback(Output("haut", "children"), Input("adresse", "pathname"))
def top(path: str) -> list[Any]:
    return words(said.top(path.strip("/")))


@app.callback(
    Output("tete", "children"), Output("dessous", "children"),
    *[Output(name, "figure") for names in said.CHARTS.values() for name in names],
    *[Output(id_, "hidden") for id_ in ("choix-mesure", "territoires", "choix-annee", "evolution")],
    Input("adresse", "pathname"), Input("theme", "value"), Input("mesure", "value"), Input("annee", "value"),
)  # fmt: skip
def theme(path: str, chosen: str, measure: str, year: str) -> tuple[Any, ...]:
    heading, figures, below = said.shown(path.strip("/"), chosen, measure, year)
    given = [figures.get(name, no_update) for names in said.CHARTS.values() for name in names]
    here = chosen == "territoires"
    return words(heading), words(below), *given, not here, not here, here, here


if __name__ == "__main__":
    app.run(port=int(sys.argv[1]))

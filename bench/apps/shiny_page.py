"""The same page in Shiny for Python: ``python -m shiny run bench/apps/shiny_page.py``."""

from pathlib import Path

import plotly
from shiny import App, Inputs, Outputs, Session, reactive, render, ui

from bench.apps import said


def choice(name: str, label: str, options: dict[str, str], value: str, when: str = "true") -> ui.Tag:
    return ui.panel_conditional(when, ui.input_radio_buttons(name, label, options, selected=value, inline=True))


page = ui.page_navbar(
    *[ui.nav_panel(name, value=slug) for slug, name in said.NAMES.items()],
    id="region",
    lang="fr",
    header=ui.head_content(
        ui.tags.script(said.NO_BASE_MAP),
        ui.tags.script(src="plotly/plotly.min.js"),
        ui.tags.style(said.STYLE + said.map_rules("carte")),
    ),
    footer=ui.tags.main(
        ui.output_ui("haut"),
        choice("theme", "Thème", said.THEME, "territoires"),
        choice("mesure", "Mesure", said.MEASURES, said.MEASURE, "input.theme === 'territoires'"),
        choice("annee", "Année", {y: y for y in said.YEARS}, said.YEARS[-1], "input.theme !== 'territoires'"),
        ui.output_ui("tete"),
        ui.div(id="graphiques", class_="deux"),
        ui.output_ui("dessous"),
        ui.tags.script(said.DRAW + 'Shiny.addCustomMessageHandler("draw", draw);'),
    ),
)


def server(input: Inputs, output: Outputs, session: Session) -> None:  # noqa: A002 (the name that Shiny wants)
    @reactive.calc
    def shown() -> tuple[str, dict[str, object], str]:
        return said.shown(input.region(), input.theme(), input.mesure(), input.annee())

    @render.ui
    def haut() -> ui.HTML:
        return ui.HTML(said.top(input.region()))

    @render.ui
    def tete() -> ui.HTML:
        return ui.HTML(shown()[0])

    @render.ui
    def dessous() -> ui.HTML:
        return ui.HTML(shown()[2])

    @reactive.effect
    async def draw() -> None:
        await session.send_custom_message("draw", shown()[1])


PLOTLY = Path(plotly.__file__).parent / "package_data"
app = App(page, server, static_assets={"/geo": said.ROOT / "geo", "/plotly": PLOTLY})

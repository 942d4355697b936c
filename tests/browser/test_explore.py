"""One selection everywhere: pointed at, listed, typed or linked, it is one view; each figure leads to its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import Journal, Server, context, expect, present
from tests.browser.exploring import (
    LIST,
    MARK,
    MARKS,
    SHAPE,
    expect_params,
    expect_sheet,
    expect_view,
    list_by_keyboard,
    name_of,
    point,
    press,
    rest,
    view,
)
from tests.long_forms import first
from tests.transcription import NBSP

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


# --- Pointing, listing, clearing --------------------------------------------------------------------------------------


# The frame of the words of a territory, apart from its land, its tile or its circle, on the screen and under the menu.
WORDS = """([key, name, code]) => {
  const chart = document.querySelector(`.st-key-${key}:not([data-retained]) .js-plotly-plot`);
  const words = [...chart.querySelectorAll(".hovertext")].filter((label) => label.checkVisibility());
  if (words.length !== 1 || !words[0].textContent.startsWith(name)) return false;
  const trace = chart.data.find((one) => [...(one.customdata ?? [])].includes(code));
  const mark = trace && [...chart.querySelectorAll(".bars .point, .scattergeo .point")]
    .filter((one) => one.checkVisibility())[[...trace.customdata].indexOf(code)];
  const lands = [...chart.querySelectorAll("path.choroplethlocation")].filter((path) => path.__data__.loc === code);
  const box = words[0].getBoundingClientRect();
  const apart = [mark, ...lands].filter(Boolean).map((one) => one.getBoundingClientRect())
    .every((one) => box.left >= one.right || box.right <= one.left || box.top >= one.bottom || box.bottom <= one.top);
  const menu = document.querySelector("[data-testid=stHeader]").getBoundingClientRect().bottom;
  return apart && box.left >= 0 && box.right <= innerWidth && box.top >= menu && box.bottom <= innerHeight
    && document.elementsFromPoint(box.left + 4, box.top + 4).some((one) => chart.contains(one));
}"""


@pytest.mark.parametrize(
    ("path", "width", "ways"),
    first(
        [
            ("/bas-saint-laurent?mesure=nombre", 1280, {"carte": "2410 2413 2408 2414", "cercles": "2410 2413"}),
            ("/?vue=tuiles", 375, {"tuiles": "2408 2423 2401"}),
            ("/bas-saint-laurent?mesure=nombre", 375, {"carte": "2410 2413 2408", "cercles": "2410"}),
            ("/", 1280, {"carte": "2423 2420 2401 2403"}),
            ("/?vue=tuiles", 1280, {"tuiles": "2408 2423 2403"}),
        ],
        2,
    ),
)
def test_what_is_said_of_a_territory_stands_beside_it(
    page: Page, goto: Any, path: str, width: int, ways: dict[str, str]
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    goto(page, path)
    for way, codes in ways.items():
        key = MARKS[way][0] if way in MARKS else way
        page.locator(f".st-key-{key} :is(path.choroplethlocation, .bars .point)").first.wait_for(state="attached")
        page.locator(f".st-key-{key}").evaluate("(chart) => chart.scrollIntoView({ block: 'center' })")
        rest(page)
        for code in codes.split():
            x, y = page.evaluate(MARK, [*MARKS[way], code]) if way in MARKS else page.evaluate(SHAPE, code)
            # Plotly writes again at each move.
            for step in (2, 1, 0):
                page.mouse.move(x - step / 2, y)
            page.wait_for_function(WORDS, arg=[key, name_of(code), code])


def test_map_bar_tile_circle_and_list_give_the_same_view(region: Page, journal: Journal) -> None:
    page, seen, asked = region, {}, []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))

    def keep(way: str) -> None:
        expect_sheet(page, "Rivière-du-Loup")
        expect_params(page, {"mrc": "2412"})
        seen[way] = view(page)

    def clear() -> None:
        page.get_by_role("button", name="Effacer", exact=True).click()
        expect_sheet(page, None)
        expect_params(page, {})
        expect(page.get_by_role("combobox", name=LIST)).to_have_value("")

    # Another click changes, and a second one clears.
    point(page, "carte", "2410")
    expect_sheet(page, "Rimouski-Neigette")
    point(page, "carte", "2412")
    keep("carte")
    point(page, "carte", "2412")
    expect_sheet(page, None)
    expect_params(page, {})
    point(page, "barres", "2412")
    keep("barres")
    clear()
    list_by_keyboard(page, "rivière")
    keep("liste")
    clear()
    # The tiles and the circles are other views: the same territory, the same sheet.
    press(page, "Vue", "Tuiles")
    point(page, "tuiles", "2412")
    expect_sheet(page, "Rivière-du-Loup")
    expect_params(page, {"mrc": "2412", "vue": "tuiles"})
    press(page, "Vue", "Carte")
    keep("tuiles")
    clear()
    press(page, "Mesure", "Nombre")
    point(page, "cercles", "2412")
    expect_sheet(page, "Rivière-du-Loup")
    expect_params(page, {"mrc": "2412", "mesure": "nombre"})
    press(page, "Mesure", f"Pour 1{NBSP}000 habitants")
    keep("cercles")
    clear()

    usual = seen["carte"]
    assert "110" in usual["sheet"][0]
    assert usual["chosen"][0] == "Rivière-du-Loup"
    assert [label for label in usual["bars"] if "▸" in label] == ["▸ Rivière-du-Loup"]
    assert {way for way, view in seen.items() if view != usual} == set()
    # A choice asks for no boundaries again. (A font may come, with a character that those of the device lack.)
    assert [path for path in asked if "territories" in path] == []
    assert journal.errors_of_ours() == []


def test_a_figure_that_cannot_be_read_leaves_no_other_in_its_place(region: Page) -> None:
    fault, chart = region.locator(".st-key-carte .graphique-faute"), region.locator(".st-key-carte .js-plotly-plot")
    region.route("**/app/graphiques/*", lambda route: route.abort())
    press(region, "Mesure", "Nombre")
    expect(fault).to_be_visible()
    expect(chart).to_be_hidden()
    region.unroute("**/app/graphiques/*")
    press(region, "Mesure", "Part de sa région")
    expect(chart).to_be_visible()
    expect(fault).to_be_hidden()


def test_the_list_can_be_emptied_by_keyboard(region: Page) -> None:
    list_by_keyboard(region, "kamou")
    expect_sheet(region, "Kamouraska")
    region.get_by_role("button", name="Vider ce champ").press("Enter")
    expect_sheet(region, None)
    expect_params(region, {})


# --- The selection lasts ----------------------------------------------------------------------------------------------


def test_a_copied_address_gives_a_colleague_the_same_view(
    browser: Browser, server: Server, page: Page, goto: Any, journal: Journal
) -> None:
    goto(page, "/bas-saint-laurent")
    point(page, "carte", "2410")
    expect_sheet(page, "Rimouski-Neigette")
    press(page, "Mesure", "Nombre")
    press(page, "Thème", "Évolution")
    press(page, "Montrer", "Indice")
    list_by_keyboard(page, "2017", "Année")
    page.locator(".lecture", has_text="en 2017").wait_for()
    params = {"theme": "evolution", "mrc": "2410", "mesure": "nombre", "serie": "indice", "annee": "2017"}
    expect_params(page, params)
    here = view(page)
    present(page, "Copier le lien")
    page.locator(".annonce", has_text="Lien copié").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    found = {name: values[-1] for name, values in parse_qs(urlsplit(copied).query).items()}
    assert re.fullmatch("[0-9a-f]{8}", found.pop("donnees"))
    assert found == params
    elsewhere = context(browser, server, 1280)
    colleague = elsewhere.new_page()
    journal.watch(colleague)
    goto(colleague, copied)
    expect_view(colleague, here)
    for said in ("L’adresse demandait", "données plus récentes"):
        assert colleague.locator(".avis", has_text=said).count() == 0
    elsewhere.close()
    assert (journal.outside, journal.errors_of_ours()) == ([], [])

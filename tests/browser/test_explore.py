"""One selection everywhere: pointed at or listed, it is one view; what is said of a territory stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Journal, expect
from tests.browser.exploring import (
    LIST,
    MARK,
    MARKS,
    SHAPE,
    expect_params,
    expect_sheet,
    list_by_keyboard,
    name_of,
    point,
    press,
    rest,
    view,
)
from tests.transcription import NBSP

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


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


# A place, and the territories pointed at in each way there, on a laptop and on a telephone.
POINTED = [
    ("/bas-saint-laurent?mesure=nombre", {"carte": "2410 2413 2408 2414", "cercles": "2410"}),
    ("/?vue=tuiles", {"tuiles": "2408 2423 2401"}),
]


@pytest.mark.parametrize(("path", "ways"), POINTED)
def test_what_is_said_of_a_territory_stands_beside_it(tab: Page, goto: Any, path: str, ways: dict[str, str]) -> None:
    goto(tab, path)
    for width in (1280, 375):
        tab.set_viewport_size({"width": width, "height": 800})
        for way, codes in ways.items():
            key = MARKS[way][0] if way in MARKS else way
            tab.locator(f".st-key-{key} :is(path.choroplethlocation, .bars .point)").first.wait_for(state="attached")
            tab.locator(f".st-key-{key}").evaluate("(chart) => chart.scrollIntoView({ block: 'center' })")
            rest(tab)
            for code in codes.split():
                x, y = tab.evaluate(MARK, [*MARKS[way], code]) if way in MARKS else tab.evaluate(SHAPE, code)
                # Plotly writes again at each move.
                for step in (2, 1, 0):
                    tab.mouse.move(x - step / 2, y)
                tab.wait_for_function(WORDS, arg=[key, name_of(code), code])


def test_map_bar_tile_circle_and_list_give_the_same_view_or_none(region: Page, journal: Journal) -> None:
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
    page.get_by_role("button", name="Vider ce champ").press("Enter")
    expect_sheet(page, None)
    expect_params(page, {})
    # The tiles and the circles are other views: the same territory, the same sheet.
    press(page, "Vue", "Tuiles")
    point(page, "tuiles", "2412")
    expect_params(page, {"mrc": "2412", "vue": "tuiles"})
    press(page, "Vue", "Carte")
    keep("tuiles")
    clear()
    press(page, "Mesure", "Nombre")
    point(page, "cercles", "2412")
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

    # A figure that cannot be read leaves no other in its place.
    fault, chart = page.locator(".st-key-carte .graphique-faute"), page.locator(".st-key-carte .js-plotly-plot")
    page.route("**/app/graphiques/*", lambda route: route.abort())
    press(page, "Mesure", "Part de sa région")
    expect(fault).to_be_visible()
    expect(chart).to_be_hidden()
    page.unroute("**/app/graphiques/*")
    press(page, "Mesure", "Nombre")
    expect(chart).to_be_visible()
    expect(fault).to_be_hidden()

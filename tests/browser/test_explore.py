"""One selection everywhere: pointed at, listed, typed or linked, it is one view; each figure leads to its source."""

from __future__ import annotations

import re
from collections.abc import Callable
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
from tests.browser.test_pages import BROKEN_WIDTHS
from tests.transcription import MRC, NBSP

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
    [
        ("/bas-saint-laurent?mesure=nombre", 1280, {"carte": "2410 2413 2408 2414", "cercles": "2410 2413"}),
        ("/bas-saint-laurent?mesure=nombre", 375, {"carte": "2410 2413 2408", "cercles": "2410"}),
        ("/", 1280, {"carte": "2423 2420 2401 2403"}),
        ("/?vue=tuiles", 1280, {"tuiles": "2408 2423 2403"}),
        ("/?vue=tuiles", 375, {"tuiles": "2408 2423 2401"}),
    ],
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
    page, seen = region, {}

    def keep(way: str) -> None:
        expect_sheet(page, "Rivière-du-Loup")
        expect_params(page, {"mrc": "2412"})
        seen[way] = view(page)

    def clear() -> None:
        page.get_by_role("button", name="Effacer", exact=True).click()
        expect_sheet(page, None)
        expect_params(page, {})
        expect(page.get_by_role("combobox", name=LIST)).to_have_value("")

    for way in ("carte", "barres"):
        point(page, way, "2412")
        keep(way)
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

    first = seen["carte"]
    assert "110" in first["sheet"][0]
    assert first["chosen"][0] == "Rivière-du-Loup"
    assert [label for label in first["bars"] if "▸" in label] == ["▸ Rivière-du-Loup"]
    assert {way for way, view in seen.items() if view != first} == set()
    assert journal.errors_of_ours() == []


@pytest.mark.long
def test_a_second_click_clears_and_another_click_changes(region: Page) -> None:
    for what in ("carte", "barres"):
        point(region, what, "2410")
        expect_sheet(region, "Rimouski-Neigette")
        point(region, what, "2407")
        expect_sheet(region, "La Matapédia")
        point(region, what, "2407")
        expect_sheet(region, None)
        expect_params(region, {})
    # What was cleared can be chosen again.
    point(region, "carte", "2407")
    expect_sheet(region, "La Matapédia")


@pytest.mark.long
def test_every_territory_can_be_pointed_at_on_the_overview(page: Page, goto: Any) -> None:
    """The smallest island, the city inside its region, the islands of the inset: as tiles and on the map."""
    goto(page, "/")
    for code, name in (("2420", "L’Île-d’Orléans"), ("2425", "Lévis"), ("2401", "Îles-de-la-Madeleine")):
        point(page, "carte", code)
        expect_sheet(page, name)
        expect_params(page, {"mrc": code})
    press(page, "Vue", "Tuiles")
    for code, name in (("2423", "Québec (agglomération)"), ("2422", "La Jacques-Cartier")):
        point(page, "tuiles", code)
        expect_sheet(page, name)
        expect_params(page, {"mrc": code, "vue": "tuiles"})
    expect(page.locator(".st-key-tuiles .bars .point path")).to_have_count(31)


@pytest.mark.long
@pytest.mark.parametrize(
    ("path", "width"),
    [("/?vue=tuiles", 1280), ("/?vue=tuiles&mesure=nombre", 375), ("/capitale-nationale?vue=tuiles&mesure=part", 375)],
)
def test_every_tile_is_written_within_its_edges(page: Page, goto: Any, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    goto(page, path)
    page.locator(".st-key-tuiles .bars .point").first.wait_for(state="attached")
    rest(page)
    tiles = page.evaluate(
        """() => [...document.querySelectorAll(".st-key-tuiles .bars .point")].map((point) => {
          const edge = point.querySelector("path").getBoundingClientRect();
          const at = [...document.querySelectorAll(".st-key-tuiles .bars .point")].indexOf(point);
          const short = document.querySelectorAll(".st-key-tuiles .scatterlayer text")[at];
          const lines = [point.querySelector("text"), short].filter((text) => text.checkVisibility())
            .flatMap((text) => [...text.querySelectorAll("tspan.line")]);
          const boxes = lines.map((line) => line.getBoundingClientRect());
          return { words: lines.map((line) => line.textContent), size: parseFloat(getComputedStyle(lines[0]).fontSize),
            out: Math.max(...boxes.map((b) => Math.max(edge.left - b.left, b.right - edge.right, edge.top - b.top,
              b.bottom - edge.bottom))) };
        })"""
    )
    whole = path.startswith("/?")
    assert len(tiles) == (31 if whole else len(MRC["03" if "capitale" in path else "01"]))
    for tile in tiles:
        assert re.fullmatch(r"[\d\u00a0]+(,\d+)?", tile["words"][-1]), tile
        assert tile["out"] <= 1, tile
        assert len(tile["words"]) == 2 if width == 375 else len(tile["words"]) > 1
        assert tile["size"] >= (12 if width == 375 else 14)


# Texts of the charts that are seen and smaller than asked, or that leave their chart: [text, size].
UNREAD = """(least) => [...document.querySelectorAll(".js-plotly-plot")].flatMap((chart) => {
  const frame = chart.getBoundingClientRect();
  return [...chart.querySelectorAll("text, tspan")].filter((text) => text.checkVisibility()
    && [...text.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
  ).map((text) => ({ text, box: text.getBoundingClientRect(), size: parseFloat(getComputedStyle(text).fontSize) }))
    .filter(({ box, size }) => size < least || box.left < frame.left - 1 || box.right > frame.right + 1
      || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
    .map(({ text, size }) => [text.textContent, size]);
})"""


@pytest.mark.long
def test_every_text_of_a_chart_is_large_enough_and_whole(page: Page, goto: Any) -> None:
    own = "/bas-saint-laurent"
    for path in (
        *("/", "/?vue=tuiles", f"{own}?mesure=nombre", f"{own}?theme=evolution&serie=indice", f"{own}?theme=profil"),
        *(f"{own}?theme=permis", "/indicateurs?indicateur=part-immigree", "/cibles", "/simulateur"),
    ):
        page.set_viewport_size({"width": 1280, "height": 800})
        goto(page, path)
        for width, least in ((1280, 14), (375, 12)):
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_function(f"() => innerWidth === {width} && !({BROKEN_WIDTHS})().length")
            rest(page)
            assert page.locator(".js-plotly-plot text").count() > 2
            assert page.evaluate(UNREAD, least) == [], (path, width)


@pytest.mark.long
def test_clear_brings_everything_back_to_the_usual_view(page: Page, goto: Any) -> None:
    goto(page, "/chaudiere-appalaches")
    usual = view(page)
    goto(page, "/chaudiere-appalaches?mrc=2425&mesure=part&vue=tableau")
    expect_sheet(page, "Lévis")
    assert view(page) != usual
    page.get_by_role("button", name="Effacer", exact=True).click()
    expect_sheet(page, None)
    expect_params(page, {})
    page.locator(".st-key-carte path.choroplethlocation").first.wait_for(state="attached")
    expect_view(page, usual)
    expect(page.get_by_role("button", name="Effacer", exact=True)).to_have_count(0)


def test_the_list_can_be_emptied_by_keyboard(region: Page) -> None:
    list_by_keyboard(region, "kamou")
    expect_sheet(region, "Kamouraska")
    region.get_by_role("button", name="Vider ce champ").press("Enter")
    expect_sheet(region, None)
    expect_params(region, {})


# --- The selection lasts ----------------------------------------------------------------------------------------------


def _on_region(page: Page) -> None:
    point(page, "carte", "2410")
    expect_sheet(page, "Rimouski-Neigette")
    press(page, "Mesure", "Nombre")
    press(page, "Thème", "Évolution")
    press(page, "Montrer", "Indice")
    list_by_keyboard(page, "2017", "Année")
    page.locator(".lecture", has_text="en 2017").wait_for()


def _on_comparison(page: Page) -> None:
    list_by_keyboard(page, "Personnes réfugiées", "Indicateur")
    page.locator("h2", has_text="38,5").wait_for()
    list_by_keyboard(page, "Gasp", "Référence de l’indice et de l’écart")
    page.locator(".sous-titre", has_text="référence : Gaspésie").or_(
        page.locator(".sous-titre", has_text=f"référence{NBSP}: Gaspésie")
    ).first.wait_for()


@pytest.mark.long
@pytest.mark.parametrize(
    ("slug", "choose", "params"),
    [
        (
            "bas-saint-laurent",
            _on_region,
            {"theme": "evolution", "mrc": "2410", "mesure": "nombre", "serie": "indice", "annee": "2017"},
        ),
        ("comparer", _on_comparison, {"indicateur": "categorie-refugies", "reference": "11"}),
    ],
)
def test_a_copied_address_gives_a_colleague_the_same_view(
    browser: Browser,
    server: Server,
    page: Page,
    goto: Any,
    journal: Journal,
    slug: str,
    choose: Callable[[Page], None],
    params: dict[str, str],
) -> None:
    goto(page, f"/{slug}")
    choose(page)
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
    assert colleague.locator(".avis", has_text="L’adresse demandait").count() == 0
    assert colleague.locator(".avis", has_text="données plus récentes").count() == 0
    elsewhere.close()
    assert (journal.outside, journal.errors_of_ours()) == ([], [])

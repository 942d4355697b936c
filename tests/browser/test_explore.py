"""One selection everywhere: pointed at, listed, typed or linked, it is one view; each figure leads to its source."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import Journal, Server, context
from tests.transcription import MRC, MRC_COUNT, MRC_REGION, NBSP, REGIONS, SLUGS, fr

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

GEOJSON = Path(__file__).resolve().parents[2] / "geo" / "territories.geojson"
WAIT = 45_000
LIST = "MRC ou territoire équivalent"
# Where to point: well inside a territory, at the middle of the bar, of the tile or of the circle of a territory.
SHAPE = """(code) => {
  const shape = [...document.querySelectorAll(".st-key-carte path.choroplethlocation")]
    .find((path) => path.__data__.loc === code);
  const box = shape.getBBox();
  for (const margin of [4, 2, 1])
    for (let n = 2; n < 60; n += 2)
      for (let i = 1; i < n; i += 1)
        for (let j = 1; j < n; j += 1) {
          const [x, y] = [box.x + box.width * i / n, box.y + box.height * j / n];
          const around = [[0, 0], [margin, 0], [-margin, 0], [0, margin], [0, -margin]];
          if (around.every(([dx, dy]) => shape.isPointInFill(new DOMPoint(x + dx, y + dy)))) {
            const point = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM());
            return [point.x, point.y];
          }
        }
  throw new Error(`no room to point at ${code}`);
}"""
MARK = """([key, marks, code]) => {
  const chart = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const trace = chart.data.find((one) => [...(one.customdata ?? [])].includes(code));
  const mark = [...chart.querySelectorAll(marks)][[...trace.customdata].indexOf(code)];
  const box = mark.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""
# The bars name the chosen territory with a mark, and the map outlines it; neither does when nothing is chosen.
FOLLOWED = """(name) => {
  const named = [...document.querySelectorAll(".st-key-barres .ytick text")].filter((t) => t.textContent.includes("▸"));
  const bars = document.querySelector(".st-key-barres .js-plotly-plot");
  const outlined = [...document.querySelectorAll(".st-key-carte path.choroplethlocation")]
    .filter((path) => getComputedStyle(path).stroke === "rgb(203, 56, 31)");
  const map = document.querySelector(".st-key-carte .js-plotly-plot");
  const wanted = name === null ? 0 : 1;
  return (!bars || named.length === wanted) && (!map || outlined.length === wanted)
    && named.every((text) => text.textContent.replaceAll("▸", "").trim().startsWith(name.slice(0, 8)));
}"""
MARKS = {
    "barres": ("barres", ".bars .point path"),
    "tuiles": ("tuiles", ".bars .point path"),
    "cercles": ("carte", ".scattergeo .point"),
}
# A view, as a person sees it: titles, what is pressed or chosen, sentences, sheet. (The search box is apart.)
VIEW = """() => {
  const texts = (selector) => [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility()).map((element) => element.innerText.trim());
  return {
    title: document.title,
    headings: texts("h1, h2, h3"),
    pressed: texts("[role=radio][aria-checked=true]"),
    chosen: [...document.querySelectorAll("[role=combobox]")].map((box) => box.value),
    tags: texts("[data-baseweb=tag], [data-testid=stMultiSelectTag]"),
    readings: texts(".lecture"),
    sheet: texts(".fiche"),
    bars: [...document.querySelectorAll(".js-plotly-plot .ytick text")].map((text) => text.textContent),
    marked: texts("tr.choisi"),
  };
}"""
# True once the view has not changed for a while: a chart is drawn again some time after the script is done.
STEADY = f"""() => {{
  const now = JSON.stringify(({VIEW})());
  if (window.vueEssai?.text !== now) window.vueEssai = {{ text: now, since: performance.now() }};
  return document.querySelector("[data-stale=true]") === null && performance.now() - window.vueEssai.since > 600;
}}"""


# --- What a person does -----------------------------------------------------------------------------------------------


def expect_sheet(page: Page, name: str | None) -> None:
    """Wait for the sheet of a territory, or for none, and until the bars and the map have followed."""
    from playwright.sync_api import expect

    if name is None:
        expect(page.locator(".fiche")).to_have_count(0, timeout=WAIT)
    else:
        expect(page.locator(".fiche h2")).to_have_text(name, timeout=WAIT)
    page.wait_for_function(FOLLOWED, arg=name)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1, timeout=WAIT)


def view(page: Page) -> dict[str, Any]:
    """What the page shows, once it has shown it for a while."""
    page.evaluate("window.vueEssai = null")
    page.wait_for_function(STEADY)
    found: dict[str, Any] = page.evaluate(VIEW)
    return found


def expect_view(page: Page, wanted: dict[str, Any]) -> None:
    """Wait until the page shows exactly this."""
    from playwright.sync_api import TimeoutError as TooLong

    try:
        page.wait_for_function(f"(wanted) => JSON.stringify(({VIEW})()) === JSON.stringify(wanted)", arg=wanted)
    except TooLong:
        assert page.evaluate(VIEW) == wanted
        raise


def expect_params(page: Page, wanted: dict[str, str]) -> None:
    """Wait until the address holds these parameters and no other."""
    page.wait_for_function(
        "(wanted) => JSON.stringify(Object.entries(Object.fromEntries(new URLSearchParams(location.search))).sort())"
        " === JSON.stringify(Object.entries(wanted).sort())",
        arg=wanted,
    )


def show(page: Page, key: str) -> None:
    """Bring a chart under the eyes, clear of the banner, once the one that it replaces is gone."""
    from playwright.sync_api import expect

    chart = page.locator(f".st-key-{key} .js-plotly-plot")
    expect(chart).to_have_count(1, timeout=WAIT)
    chart.evaluate("(element) => element.scrollIntoView({ block: 'center' })")


def name_of(code: str) -> str:
    return "Québec (agglomération)" if code == "2423" else MRC[MRC_REGION[code]][code][0]


def point(page: Page, what: str, code: str) -> None:
    """Click on a territory: what is « carte », « cercles », « barres » or « tuiles »."""
    from playwright.sync_api import TimeoutError as TooLong

    key, marks = MARKS.get(what, ("carte", "path.choroplethlocation"))
    said = page.locator(f".st-key-{key} .hoverlayer .hovertext", has_text=name_of(code)).first
    place = (2.0, 2.0)
    for _ in range(10):
        show(page, key)
        page.locator(f".st-key-{key} {marks}").first.wait_for(state="attached")
        place = page.evaluate(SHAPE, code) if what == "carte" else page.evaluate(MARK, [key, marks, code])
        page.mouse.move(place[0] - 2, place[1] - 2)
        page.mouse.move(*place)
        # A chart answers a click once it has recognised, and named, what is under the mouse. One that has just been
        # replaced, or that the page has just moved, is asked again.
        try:
            said.wait_for(timeout=4000)
            break
        except TooLong:
            page.mouse.move(2, 2)
    page.mouse.click(*place)


def list_by_keyboard(page: Page, typed: str, label: str = LIST) -> None:
    """Reach a list with the Tab key alone, type, Enter."""
    box = page.get_by_role("combobox", name=label)
    page.locator("h1").click()  # leave any field, as when the page has just been opened
    for _ in range(80):
        page.keyboard.press("Tab")
        if box.evaluate("(element) => element === document.activeElement"):
            break
    else:
        raise AssertionError(f"« {label} » is not reached with the Tab key")
    page.keyboard.type(typed)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")


def press(page: Page, group: str, name: str) -> None:
    """Choose a segment, and wait until it is pressed."""
    page.get_by_role("radiogroup", name=group).get_by_role("radio", name=name, exact=True).click()
    page.locator(f"[role=radiogroup][aria-label='{group}'] [role=radio][aria-checked=true]", has_text=name).wait_for()


def menu(page: Page, section: str | None, title: str) -> None:
    """Go to a page through the menu at the top."""
    banner = page.get_by_role("navigation", name="Pages du tableau de bord")
    if section is None:
        banner.get_by_role("link", name=title).click()
    else:
        banner.get_by_role("button", name=section).click()
        page.get_by_role("menuitem", name=title, exact=True).click()
    page.wait_for_function("(title) => document.title.startsWith(title)", arg=title)
    page.locator(".pied").wait_for()


def search(page: Page, words: str) -> Locator:
    """Type in the search box, Enter; the answers."""
    page.get_by_placeholder("Rechercher").fill(words)
    page.keyboard.press("Enter")
    answers = page.locator(".st-key-recherche [data-testid=stPageLink] a")
    answers.first.wait_for()
    return answers


@pytest.fixture
def region(page: Page, goto: Callable[..., None]) -> Page:
    """The page of Bas-Saint-Laurent, its map drawn."""
    goto(page, "/bas-saint-laurent")
    page.locator(".st-key-carte path.choroplethlocation").first.wait_for(state="attached")
    return page


# --- Pointing, listing, clearing --------------------------------------------------------------------------------------


def test_map_bar_tile_circle_and_list_give_the_same_view(region: Page, journal: Journal) -> None:
    from playwright.sync_api import expect

    page, seen = region, {}

    def keep(way: str) -> None:
        expect_sheet(page, "Rivière-du-Loup")
        expect_params(page, {"mrc": "2412"})
        seen[way] = view(page)

    def clear() -> None:
        page.get_by_role("button", name="Effacer", exact=True).click()
        expect_sheet(page, None)
        expect_params(page, {})
        expect(page.get_by_role("combobox", name=LIST)).to_have_value("", timeout=WAIT)

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
    assert page.locator(".st-key-tuiles .bars .point path").count() == 31


def test_clear_brings_everything_back_to_the_usual_view(page: Page, goto: Any) -> None:
    goto(page, "/chaudiere-appalaches")
    usual = view(page)
    goto(page, "/chaudiere-appalaches?mrc=2425&mesure=part&vue=tableau&annee=2016&serie=indice")
    expect_sheet(page, "Lévis")
    assert view(page) != usual
    page.get_by_role("button", name="Effacer", exact=True).click()
    expect_sheet(page, None)
    expect_params(page, {})
    page.locator(".st-key-carte path.choroplethlocation").first.wait_for(state="attached")
    expect_view(page, usual)
    assert page.get_by_role("button", name="Effacer", exact=True).is_disabled()


def test_the_list_can_be_emptied_by_keyboard(region: Page) -> None:
    list_by_keyboard(region, "kamou")
    expect_sheet(region, "Kamouraska")
    region.get_by_role("button", name="Vider ce champ").press("Enter")
    expect_sheet(region, None)
    expect_params(region, {})


# --- The selection lasts ----------------------------------------------------------------------------------------------


def test_the_selection_survives_the_menu_reload_and_back(region: Page) -> None:
    page = region
    point(page, "carte", "2410")
    expect_sheet(page, "Rimouski-Neigette")
    press(page, "Mesure", "Part de sa région")
    press(page, "Vue", "Graphique")
    params = {"mrc": "2410", "mesure": "part", "vue": "graphique"}
    expect_params(page, params)
    kept = view(page)
    # Through pages that show a part of it, or nothing.
    menu(page, None, "Vue d’ensemble")
    expect_sheet(page, "Rimouski-Neigette")
    expect_params(page, params)
    menu(page, "Le plan", "Cibles stratégiques")
    menu(page, "Régions", "Capitale-Nationale")
    expect_sheet(page, None)
    menu(page, "Régions", "Bas-Saint-Laurent")
    expect_sheet(page, "Rimouski-Neigette")
    expect_params(page, params)
    expect_view(page, kept)
    page.reload()
    expect_sheet(page, "Rimouski-Neigette")
    expect_view(page, kept)
    # Back: to the choice before, then to this one.
    point(page, "barres", "2413")
    expect_sheet(page, "Témiscouata")
    page.go_back()
    expect_sheet(page, "Rimouski-Neigette")
    expect_params(page, params)
    page.go_forward()
    expect_sheet(page, "Témiscouata")


def _on_overview(page: Page) -> None:
    list_by_keyboard(page, "lévis")
    expect_sheet(page, "Lévis")
    press(page, "Mesure", "Part de sa région")
    press(page, "Vue", "Tuiles")
    page.locator(".st-key-tuiles .bars .point").first.wait_for(state="attached")


def _on_region(page: Page) -> None:
    point(page, "carte", "2410")
    expect_sheet(page, "Rimouski-Neigette")
    press(page, "Mesure", "Nombre")
    press(page, "Montrer", "Indice")
    list_by_keyboard(page, "2017", "Année")
    page.locator(".lecture", has_text="en 2017").wait_for()


def _on_indicators(page: Page) -> None:
    list_by_keyboard(page, "Part de la population immigrée", "Indicateur")
    page.locator("h2", has_text="Capitale-Nationale, 5,9").wait_for()
    press(page, "Vue", "Graphique")
    page.locator(".st-key-indicateur-barres .bars .point").first.wait_for(state="attached")


def _on_comparison(page: Page) -> None:
    list_by_keyboard(page, "Personnes réfugiées", "Indicateur")
    page.locator("h2", has_text="Bas-Saint-Laurent, 38,5").wait_for()
    list_by_keyboard(page, "Gasp", "Référence de l’indice et de l’écart")
    page.locator(".sous-titre", has_text="référence : Gaspésie").or_(
        page.locator(".sous-titre", has_text=f"référence{NBSP}: Gaspésie")
    ).first.wait_for()


@pytest.mark.parametrize(
    ("slug", "choose", "params"),
    [
        ("", _on_overview, {"mrc": "2425", "mesure": "part", "vue": "tuiles"}),
        ("bas-saint-laurent", _on_region, {"mrc": "2410", "mesure": "nombre", "serie": "indice", "annee": "2017"}),
        ("indicateurs", _on_indicators, {"indicateur": "part-immigree", "vue": "graphique"}),
        (
            "comparer",
            _on_comparison,
            {"avec": "01,03,12,11,QC", "indicateur": "categorie-refugies", "reference": "11"},
        ),
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
    page.get_by_role("button", name="Copier le lien").first.click()
    page.locator(".annonce", has_text="Lien copié").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    found = {name: values[-1] for name, values in parse_qs(urlsplit(copied).query).items()}
    assert re.fullmatch("[0-9a-f]{8}", found.pop("donnees"))
    assert found == params
    elsewhere = context(browser, server, 1280)
    colleague = elsewhere.new_page()
    journal.watch(colleague)
    goto(colleague, copied)
    colleague.locator(".pied").wait_for()
    colleague.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
    expect_view(colleague, here)
    assert colleague.locator(".avis", has_text="L’adresse demandait").count() == 0
    assert colleague.locator(".avis", has_text="données plus récentes").count() == 0
    elsewhere.close()
    assert (journal.outside, journal.errors_of_ours()) == ([], [])


# --- What can be taken away -------------------------------------------------------------------------------------------


def test_the_picture_holds_the_chart_its_title_and_its_source(region: Page, tmp_path: Path) -> None:
    from PIL import Image  # a library of Streamlit's own

    names = {}
    for key in ("carte", "tendance"):
        show(region, key)
        box = region.locator(f".st-key-{key} .js-plotly-plot").bounding_box()
        assert box is not None
        button = region.locator(f"button[data-image={key}]")
        with region.expect_download() as download:
            button.click()
        names[key] = download.value.suggested_filename
        download.value.save_as(tmp_path / names[key])
        region.locator(".annonce", has_text="Image enregistrée").wait_for(state="attached")
        with Image.open(tmp_path / names[key]) as opened:
            assert opened.format == "PNG"
            picture = opened.convert("RGB")
        # Twice as fine as the screen, and higher than the chart by a title, a subtitle and a source.
        assert picture.width >= 2 * box["width"]
        extra = picture.height / 2 - box["height"]
        assert extra > 90
        rows = {
            "title": picture.crop((0, 0, picture.width, 120)),
            "chart": picture.crop((0, 200, picture.width, picture.height - 200)),
            "source": picture.crop((0, picture.height - 90, picture.width, picture.height)),
        }
        for part, image in rows.items():
            colours = image.getcolors(1 << 24)
            assert colours is not None
            ink = sum(count for count, colour in colours if sum(colour) < 3 * 160)
            assert ink > 200, (key, part)
    assert names == {
        "carte": "admissions-permanentes-par-mrc-2015-2019-bas-saint-laurent.png",
        "tendance": "admissions-permanentes-par-annee-bas-saint-laurent.png",
    }


def test_the_csv_says_what_it_is_where_it_comes_from_and_when(region: Page, tmp_path: Path) -> None:
    point(region, "barres", "2410")
    expect_sheet(region, "Rimouski-Neigette")
    with region.expect_download() as download:
        region.locator(".st-key-csv_mrc button").click()
    assert download.value.suggested_filename == "admissions-permanentes-par-mrc-2015-2019-bas-saint-laurent.csv"
    path = tmp_path / "tableau.csv"
    download.value.save_as(path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # Excel then reads the accents
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0] == ["Admissions permanentes par MRC, 2015-2019, Bas-Saint-Laurent"]
    named = {row[0]: row[1:] for row in rows if row}
    assert any("Annexe 2" in text for text in named["Source"])
    assert any("Recensement de 2016" in text for text in named["Source"])
    assert named["Filtres"] == ["Bas-Saint-Laurent, 2015-2019"]
    assert named["Produit le"] == [date.today().isoformat()]
    # Exactly what the table shows, with a dot and without grouping.
    shown = {row[0]: row for row in rows[rows.index([]) + 2 :]}
    assert {name: int(shown[name][1]) for name, *_ in MRC["01"].values()} == {
        name: count for name, count, _ in MRC["01"].values()
    }
    assert shown["Rimouski-Neigette"][1:4] == ["477", "62.0286", "8.4201"]
    assert shown["Total, Bas-Saint-Laurent"][1] == "769"


def test_a_table_is_sorted_by_its_heads_with_the_keyboard(page: Page, goto: Any) -> None:
    goto(page, "/bas-saint-laurent?vue=tableau")
    table = page.locator("table.donnees", has=page.get_by_role("rowheader", name="Rimouski-Neigette")).first
    names = table.locator("tbody th")
    usual = [row[0] for row in sorted(MRC["01"].values(), key=lambda row: -row[1])]
    total = ["Total, Bas-Saint-Laurent"]
    assert names.all_inner_texts() == usual + total
    head = table.get_by_role("columnheader", name="Admissions").get_by_role("button")
    head.focus()
    page.keyboard.press("Enter")
    assert names.all_inner_texts() == usual[::-1] + total
    page.keyboard.press("Space")
    assert names.all_inner_texts() == usual + total
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    first = names.all_inner_texts()
    assert first[:3] == ["Kamouraska", "La Matanie", "La Matapédia"]
    assert first[-1:] == total


def test_where_a_key_figure_comes_from_is_quoted_on_demand(region: Page) -> None:
    card = region.locator(".cle", has_text="Admissions 2015-2019")
    quote = card.locator("q")
    assert not quote.first.is_visible()
    card.locator("summary").focus()
    region.keyboard.press("Enter")
    quote.first.wait_for()
    text = card.inner_text().replace(NBSP, " ")
    assert "Total des cinq dernières années 769 100,0 246 301 100,0" in text
    assert "769 ÷ 246 301 × 100 = 0,31 %" in text
    assert "Annexe 2" in text
    assert "Statut : provisoire" in text
    assert "Base :" in text
    region.keyboard.press("Enter")
    quote.first.wait_for(state="hidden")
    # Each key figure of the page has its own.
    cards = region.locator(".cle")
    assert cards.count() == 6
    assert all(card.locator("details.origine q").count() for card in cards.all())
    # And the sheet of an MRC.
    point(region, "barres", "2410")
    expect_sheet(region, "Rimouski-Neigette")
    share = region.locator(".fiche .cle", has_text="Part de la région")
    share.locator("summary").click()
    text = share.inner_text().replace(NBSP, " ")
    assert "477 ÷ 769 × 100 = 62,0 %" in text
    assert "Rimouski-Neigette 477 62,0" in text


# --- What is sent -----------------------------------------------------------------------------------------------------


@dataclass
class Traffic:
    """Bytes received on the websocket, and what was asked for over HTTP."""

    received: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        page.on("request", lambda request: self.asked.append(urlsplit(request.url).path))

    def _frame(self, payload: str | bytes) -> None:
        self.received.append(len(payload))

    @contextmanager
    def during(self) -> Iterator[Traffic]:
        """Only what passes inside the block."""
        part, before, asked = Traffic(), len(self.received), len(self.asked)
        yield part
        part.received, part.asked = self.received[before:], self.asked[asked:]


def test_a_selection_does_not_send_the_boundaries_again(
    page: Page, goto: Any, settled: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    traffic = Traffic()
    traffic.watch(page)
    goto(page, "/bas-saint-laurent")
    page.locator(".st-key-carte path.choroplethlocation").first.wait_for(state="attached")
    settled(page)
    assert [path for path in traffic.asked if path.endswith("territories.geojson")] != []
    first, boundaries = sum(traffic.received), GEOJSON.stat().st_size
    sent = {}
    for way, code, name in (("carte", "2410", "Rimouski-Neigette"), ("barres", "2407", "La Matapédia")):
        with traffic.during() as part:
            point(page, way, code)
            expect_sheet(page, name)
            settled(page)
        assert [path for path in part.asked if "geojson" in path or path.startswith("/static/")] == [], way
        sent[way] = sum(part.received)
    with traffic.during() as part:
        press(page, "Mesure", "Part de sa région")
        page.locator("h3", has_text="62,0").first.wait_for()
        settled(page)
    sent["mesure"] = sum(part.received)
    assert [path for path in part.asked if "geojson" in path] == []
    with capsys.disabled():
        told = ", ".join(f"{what} {fr(size)}" for what, size in sent.items())
        print(
            f"\nOctets reçus par le websocket : première visite {fr(first)}; {told}; limites {fr(boundaries)} (fichier)"
        )
    assert 0 < sent["carte"] < min(first / 2, boundaries * 2)
    assert 0 < sent["barres"] < min(first / 2, boundaries * 2)
    assert 0 < sent["mesure"] < min(first / 2, boundaries * 2)


# --- Searching, and answers in at most three actions ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "answer", "name", "address"),
    [
        ("levis", "Lévis (Chaudière-Appalaches) · Territoire", "Lévis", "/chaudiere-appalaches?mrc=2425"),
        ("matane", "La Matanie (Bas-Saint-Laurent) · Territoire", "La Matanie", "/bas-saint-laurent?mrc=2408"),
        ("ILE D'ORLEANS", "L’Île-d’Orléans (Capitale-Nationale) · Territoire", "L’Île-d’Orléans", "/*?mrc=2420"),
    ],
)  # fmt: skip
def test_the_search_leads_to_the_sheet(page: Page, goto: Any, typed: str, answer: str, name: str, address: str) -> None:
    goto(page, "/suivi")
    first = search(page, typed).first
    assert first.inner_text() == answer
    first.click()
    expect_sheet(page, name)
    page.wait_for_url(f"**{address}")


def test_the_search_says_that_it_found_nothing_and_shows_no_markup(page: Page, goto: Any) -> None:
    goto(page, "/")
    page.get_by_placeholder("Rechercher").fill("<img src=x onerror=alert(1)>zzz")
    page.keyboard.press("Enter")
    notice = page.locator(".st-key-recherche .avis")
    notice.wait_for()
    assert "<img src=x onerror=alert(1)>zzz" in notice.inner_text()
    assert page.locator(".st-key-recherche img").count() == 0


def test_the_search_leads_to_the_pages_themselves(page: Page, goto: Any) -> None:
    goto(page, "/")
    search(page, "comparer").filter(has_text="Comparer · Page").click()
    page.wait_for_url("**/comparer*")


class Person:
    """Someone with a question, whose actions are counted: a click, or words typed and Enter."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def types(self, words: str) -> Person:
        search(self.page, words)
        self.actions += 1
        return self

    def chooses(self, answer: str) -> Person:
        self.page.locator(".st-key-recherche [data-testid=stPageLink] a", has_text=answer).first.click()
        self.actions += 1
        return self

    def presses(self, group: str, name: str) -> Person:
        press(self.page, group, name)
        self.actions += 1
        return self

    def opens(self, section: str, title: str) -> Person:
        menu(self.page, section, title)
        self.actions += 2
        return self

    def reads(self, *texts: str) -> None:
        """Each text is on the screen, in one place that holds them all or in several."""
        for text in texts:
            spaced = re.compile(r"\s*".join(map(re.escape, text.split(" "))))
            self.page.locator("p, h2, h3, td, th, tr, text", has_text=spaced).locator("visible=true").first.wait_for()
        assert 0 < self.actions <= 3


QUESTIONS: list[tuple[str, str, Callable[[Person], object], tuple[str, ...]]] = [
    (
        "Combien d’admissions à Rimouski-Neigette en 2015-2019 et quelle part ?",
        "/suivi",
        lambda who: who.types("rimouski").chooses("Rimouski-Neigette"),
        ("477 personnes ont été admises de 2015 à 2019, soit 62,0 % des admissions du Bas-Saint-Laurent",),
    ),
    (
        "Quelle MRC de Chaudière-Appalaches a le taux le plus élevé ?",
        "/donnees-et-sources",
        lambda who: who.types("chaudiere").chooses("Chaudière-Appalaches · Région"),
        ("Beauce-Centre a le taux le plus élevé : 4,8 pour 1 000 habitants",),
    ),
    (
        "La part connaissant le français en Gaspésie contre le Québec ?",
        "/cibles",
        lambda who: who.types("français").chooses("parmi les personnes ayant déclaré").presses("Vue", "Tableau"),
        ("Gaspésie–Îles-de-la-Madeleine, 90,5 %", "Gaspésie–Îles-de-la-Madeleine 90,5", "Ensemble du Québec 49,8"),
    ),
    (
        "Combien de permis du PMI dans le Bas-Saint-Laurent ?",
        "/",
        lambda who: who.types("pmi").chooses("PMI · Indicateur").presses("Vue", "Tableau"),
        ("Bas-Saint-Laurent 365",),
    ),
    (
        "Quelle part de réfugiés au Bas-Saint-Laurent ?",
        "/comparer",
        lambda who: who.types("réfugiés").chooses("Personnes réfugiées").presses("Vue", "Tableau"),
        ("Bas-Saint-Laurent 38,5", "Ensemble du Québec 17,9"),
    ),
    (
        "Combien d’étudiants étrangers dans la Capitale-Nationale ?",
        "/plan-d-action",
        lambda who: who.types("étudiants").chooses("Études").presses("Vue", "Graphique"),
        ("6 480",),
    ),
    (
        "Combien d’admissions en Gaspésie en 2016 ?",
        "/ententes",
        lambda who: who.types("gaspesie").chooses("Gaspésie–Îles-de-la-Madeleine · Région"),
        ("les admissions passent de 51 en 2016, leur sommet, à 22 en 2019",),
    ),
    (
        "Combien d’ententes avec des MRC en Chaudière-Appalaches ?",
        "/capitale-nationale",
        lambda who: who.opens("Le plan", "Ententes"),
        ("Ententes avec des MRC 8 5 8 4 25",),
    ),
]


@pytest.mark.parametrize(("question", "start", "act", "answer"), QUESTIONS, ids=[q[0] for q in QUESTIONS])
def test_a_question_is_answered_in_three_actions(
    page: Page, goto: Any, question: str, start: str, act: Callable[[Person], Person], answer: tuple[str, ...]
) -> None:
    goto(page, start)
    act(Person(page)).reads(*answer)


def test_the_nearest_question_is_offered_where_the_plan_does_not_cross(page: Page, goto: Any) -> None:
    goto(page, "/comparer?avec=2410,QC&indicateur=francais")
    page.locator(".avis", has_text="le plan ne croise pas MRC et connaissance du français").wait_for()
    page.locator("[data-testid=stPageLink] a", has_text="Question la plus proche").click()
    page.locator("h2", has_text="Ensemble du Québec").wait_for()
    expect_params(page, {"avec": "2410,QC", "indicateur": "part-quebec", "reference": "QC"})
    assert page.locator(".avis", has_text="Laissés de côté").count() == 0


def test_every_mrc_of_the_list_is_there(page: Page, goto: Any) -> None:
    """The searchable list of the overview names the 31 territories with their region."""
    goto(page, "/")
    page.get_by_role("combobox", name=LIST).focus()
    page.keyboard.press("ArrowDown")
    seen: set[str] = set()
    options = page.get_by_role("option")
    options.first.wait_for()
    for _ in range(40):
        seen |= set(options.all_inner_texts())
        if len(seen) == len(MRC_COUNT):
            break
        page.keyboard.press("ArrowDown")
    assert len(seen) == 31
    assert all(any(f"({name})" in text for name in REGIONS.values()) for text in seen)
    assert set(SLUGS) == set(REGIONS)

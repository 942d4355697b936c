"""What an exploration takes away (pictures, CSV, sources), and what it sends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import expect
from tests.browser.exploring import expect_sheet, point, press, rest, show

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.browser.conftest import Journal

pytestmark = pytest.mark.browser


# --- What can be taken away -------------------------------------------------------------------------------------------


def test_the_picture_holds_the_chart_its_title_and_its_source(region: Page, tmp_path: Path) -> None:
    from PIL import Image  # a library of Streamlit's own

    names = {}
    for key in ("carte", "tendance"):
        show(region, key)
        rest(region)
        # What Streamlit may keep of a chart that this one replaced: never shown, never the one of the picture.
        region.evaluate(
            "(name) => document.body.insertAdjacentHTML('afterbegin', `<div class='${name}' data-retained='true'"
            " hidden><div class='js-plotly-plot'></div></div>`)",
            f"st-key-{key}",
        )
        box = region.locator(f".st-key-{key}:not([data-retained]) .js-plotly-plot").bounding_box()
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


@pytest.mark.long
def test_the_workbook_of_a_chart_is_taken_with_the_keyboard_and_said(region: Page, tmp_path: Path) -> None:
    import openpyxl

    button = region.get_by_role("button", name="Excel", exact=True).first
    button.focus()
    with region.expect_download() as download:
        region.keyboard.press("Enter")
    assert download.value.suggested_filename == "admissions-permanentes-par-mrc-2015-2019-bas-saint-laurent.xlsx"
    region.locator(".annonce", has_text="Fichier téléchargé").wait_for(state="attached")
    path = tmp_path / "classeur.xlsx"
    download.value.save_as(path)
    cells = [
        cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    assert 477 in cells
    assert "Rimouski-Neigette" in cells


@pytest.mark.long
def test_a_file_that_cannot_be_had_says_so_and_can_be_asked_for_again(region: Page, journal: Journal) -> None:
    closed: Callable[[Route], None] = lambda route: route.fulfill(status=404)  # noqa: E731
    region.route("**/app/fichiers/**", closed)
    button = region.get_by_role("button", name="Télécharger le tableau (CSV)").first
    button.click()
    told = region.locator(".boutons", has_text="Le fichier n’a pas pu être préparé. Rechargez la page")
    told.wait_for()
    button.click()
    expect(told).to_have_count(1)
    region.unroute("**/app/fichiers/**")
    with region.expect_download():
        button.click()
    told.wait_for(state="detached")
    assert journal.outside == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("path", "key"),
    [("/?vue=carte", "carte"), ("/?vue=tuiles&mesure=part", "tuiles"),
     ("/indicateurs?indicateur=francais", "indicateur-carte"), ("/chaudiere-appalaches?mesure=nombre", "carte")],
)  # fmt: skip
def test_the_picture_holds_its_key_and_the_credit_of_its_boundaries(
    page: Page, goto: Any, tmp_path: Path, path: str, key: str
) -> None:
    from PIL import Image

    goto(page, path)
    button = page.locator(f"button[data-image={key}]")
    button.wait_for()
    rest(page)
    box = page.locator(f".st-key-{key}:not([data-retained]) .js-plotly-plot").bounding_box()
    assert box is not None
    with page.expect_download() as download:
        button.click()
    download.value.save_as(tmp_path / "image.png")
    items = json.loads(button.get_attribute("data-legende") or "")["items"]
    credit = button.get_attribute("data-credit") or ""
    assert ("amCharts" in credit) == (key in ("carte", "indicateur-carte"))
    assert len(items) > (0 if "nombre" in path else 2)
    with Image.open(tmp_path / "image.png") as opened:
        picture = opened.convert("RGB")
    # Under the chart: its title and subtitle stand above it.
    under = picture.height - 2 * round(picture.height / 2 - box["height"] - 95)
    counted = picture.crop((0, under, picture.width, picture.height)).getcolors(1 << 24) or []
    found = {f"#{r:02x}{g:02x}{b:02x}": count for count, (r, g, b) in counted}
    for item in items:
        if not item["hachure"]:
            assert found.get(item["couleur"], 0) > 400, item
    # A key, a source and, under a map, its credit: each has its lines.
    assert picture.height / 2 - box["height"] >= 24 + 27 + 20 + 12 + 12 + 30 + 18 * (2 if credit else 1) + 24


@pytest.mark.long
def test_a_picture_that_cannot_be_made_says_so(region: Page) -> None:
    show(region, "carte")
    region.evaluate("() => { HTMLCanvasElement.prototype.toBlob = (done) => done(null); }")
    region.locator("button[data-image=carte]").click()
    region.locator(".boutons", has_text="L’image n’a pas pu être enregistrée. Rechargez la page").wait_for()
    region.locator(".annonce", has_text="L’image n’a pas pu être enregistrée").wait_for(state="attached")


# --- What is sent -----------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_selection_does_not_ask_for_the_boundaries_again(page: Page, goto: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    goto(page, "/bas-saint-laurent")
    page.locator(".st-key-carte path.choroplethlocation").first.wait_for(state="attached")
    rest(page)
    assert [path for path in asked if path.endswith("territories.geojson")] != []
    asked.clear()
    for way, code, name in (("carte", "2410", "Rimouski-Neigette"), ("barres", "2407", "La Matapédia")):
        point(page, way, code)
        expect_sheet(page, name)
    press(page, "Mesure", "Part de sa région")
    page.locator("h3", has_text="62,0").first.wait_for()
    rest(page)
    # A font may come, with the first character that those of the device lack.
    assert [path for path in asked if "geojson" in path or path.startswith("/static/js")] == []

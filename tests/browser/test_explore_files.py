"""What an exploration takes away: pictures, CSV, sources."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import expect
from tests.browser.exploring import open_data, press, rest, show

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
# The key of a drawing: what its button « Données » is heard to be of.
NAMES = {"carte": "Carte des MRC", "tendance": "Admissions par année"}


def opens_in_its_place(page: Page, key: str, figure: str) -> Locator:
    """What a chart holds, open without running the page again nor leaving the window, on a telephone too."""
    page.evaluate("() => document.querySelectorAll('.js-plotly-plot').forEach((chart) => { chart.dataset.avant = 1; })")
    drawn = page.locator("[data-avant]").count()
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        rest(page)
        opened = open_data(page, NAMES[key])
        rest(page)
        expect(opened.locator("q").first).to_be_attached()
        expect(opened.locator("table")).to_contain_text(figure)
        assert page.locator(".js-plotly-plot[data-avant]").count() == drawn
        box, table = opened.bounding_box(), opened.locator(".tableau").bounding_box()
        assert box is not None and table is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        # Wider than its place, the table scrolls in its own box.
        assert table["x"] + table["width"] <= box["x"] + box["width"]
        assert opened.evaluate("(box) => box.scrollWidth <= box.clientWidth")
        if width == 375:
            page.keyboard.press("Escape")
    return opened


def test_the_picture_holds_the_chart_its_title_and_its_source(region: Page, tmp_path: Path) -> None:
    from PIL import Image  # a library of Streamlit's own

    names = {}
    for key in ("carte", "tendance"):
        if key == "tendance":
            press(region, "Thème", "Évolution")
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
        opened = opens_in_its_place(region, key, "135") if key == "tendance" else open_data(region, NAMES[key])
        button = opened.locator(f"button[data-image={key}]")
        credit, legend = (button.get_attribute(f"data-{name}") or "" for name in ("credit", "legende"))
        with region.expect_download() as download:
            button.click()
        names[key] = download.value.suggested_filename
        download.value.save_as(tmp_path / names[key])
        region.locator(".annonce", has_text="Image enregistrée").wait_for(state="attached")
        region.keyboard.press("Escape")
        with Image.open(tmp_path / names[key]) as drawing:
            assert drawing.format == "PNG"
            picture = drawing.convert("RGB")
        # Twice as fine as the screen, and higher than the chart by a title, a subtitle and a source.
        assert picture.width >= 2 * box["width"]
        extra = picture.height / 2 - box["height"]
        assert extra > 90
        rows = {
            "title": picture.crop((0, 0, picture.width, 120)),
            "chart": picture.crop((0, 200, picture.width, picture.height - 200)),
            "source": picture.crop((0, picture.height - 90, picture.width, picture.height)),
        }
        if key == "carte":  # its key and the credit of its boundaries are in it
            assert "amCharts" in credit
            # Under the chart: its title and subtitle stand above it.
            below = picture.crop((0, picture.height - 2 * round(extra - 95), picture.width, picture.height))
            items = json.loads(legend)["items"]
            held = {f"#{r:02x}{g:02x}{b:02x}": n for n, (r, g, b) in below.getcolors(1 << 24) or []}
            assert len(items) > 2
            assert [item for item in items if not item["hachure"] and held.get(item["couleur"], 0) < 400] == []
        for part, image in rows.items():
            colours = image.getcolors(1 << 24)
            assert colours is not None
            ink = sum(count for count, colour in colours if sum(colour) < 3 * 160)
            assert ink > 200, (key, part)
    assert names == {
        "carte": "admissions-permanentes-par-mrc-2015-2019-bas-saint-laurent.png",
        "tendance": "admissions-permanentes-par-annee-bas-saint-laurent.png",
    }
    # One that cannot be made says so.
    region.evaluate("() => { HTMLCanvasElement.prototype.toBlob = (done) => done(null); }")
    opened = open_data(region, NAMES["tendance"])
    opened.locator("button[data-image=tendance]").click()
    opened.locator(".stHtml", has_text="L’image n’a pas pu être enregistrée. Rechargez la page").wait_for()
    region.locator(".annonce", has_text="L’image n’a pas pu être enregistrée").wait_for(state="attached")


def test_the_files_of_a_chart_are_taken_with_the_keyboard(region: Page, tmp_path: Path) -> None:
    import openpyxl

    button = region.get_by_role("button", name=re.compile(r"^Données\s*: Carte des MRC$"))
    button.focus()
    region.keyboard.press("Enter")
    opened = region.get_by_role("dialog")
    opened.get_by_role("button", name="Excel").wait_for()
    # What opens is at the end of the page: the keyboard is led into it, then back to the button.
    expect(opened).to_be_focused()
    region.keyboard.press("Tab")
    expect(opened.get_by_role("button", name="Image (PNG)")).to_be_focused()
    taken = {}
    for name in ("CSV", "Excel"):
        region.keyboard.press("Tab")
        expect(opened.get_by_role("button", name=name)).to_be_focused()
        with region.expect_download() as download:
            region.keyboard.press("Enter")
        taken[name] = download.value.suggested_filename
        # Disabled while its file is made, the button has the keyboard again afterwards.
        expect(opened.get_by_role("button", name=name)).to_be_focused()
    assert taken == {
        "CSV": "admissions-permanentes-par-mrc-2015-2019-bas-saint-laurent.csv",
        "Excel": "admissions-permanentes-par-mrc-2015-2019-bas-saint-laurent.xlsx",
    }
    path = tmp_path / "classeur.xlsx"
    download.value.save_as(path)
    cells = [
        cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    assert 477 in cells
    assert "Rimouski-Neigette" in cells
    region.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(button).to_be_focused()

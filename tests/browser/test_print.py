"""Ctrl + P of a page: at the width of the paper nothing is cut, no control is left, and the screen comes back."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.browser.conftest import Journal
from tests.transcription import ADMISSIONS, MRC, NBSP, fr

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# Of each chart: width of its place, of its drawing, and the right side of its rightmost text, from the place's left.
CHARTS = """() => [...document.querySelectorAll(".stPlotlyChart")].map((place) => {
  const box = place.getBoundingClientRect();
  const svg = place.querySelector("svg.main-svg").getBoundingClientRect();
  const ends = [...place.querySelectorAll("svg text")].map((t) => t.getBoundingClientRect().right - box.left);
  return [box.width, svg.width, Math.max(0, ...ends)];
})"""
CONTROLS = ".stAppHeader, .stButton, .stDownloadButton, .stSelectbox, .stButtonGroup, .stPopover, .st-key-recherche"
PAPER = 703  # A4 less two margins of 12 mm, in CSS pixels


def test_a_printed_page_is_whole(
    page: Page, goto: Callable[[Page, str], None], journal: Journal, settled: Callable[[Page], None]
) -> None:
    goto(page, "/bas-saint-laurent")
    settled(page)
    page.locator(".st-key-barres .barlayer path").first.wait_for(state="attached")
    before = page.evaluate(CHARTS)
    assert max(width for width, _, _ in before) > PAPER

    pages = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True))).pages
    # A printed page holds plain spaces where its font has but one.
    text = " ".join(part.extract_text() for part in pages).replace(NBSP, " ")
    for said in (fr(ADMISSIONS["01"][0]), fr(ADMISSIONS["01"][-1]), "Tableau des valeurs", "Source : Plan"):
        assert said in text, said
    for name, count, _ in MRC["01"].values():
        assert name in text
        assert fr(count) in text
    for gone in ("Télécharger", "Choisir", "Rechercher"):
        assert gone not in text, gone

    page.emulate_media(media="print")
    page.wait_for_function("() => document.documentElement.classList.contains('impression')")
    page.wait_for_function(f"() => ({CHARTS})().every(([place, drawing]) => drawing <= place + 1)")
    for place, drawing, end in page.evaluate(CHARTS):
        assert place <= PAPER
        assert drawing <= place + 1
        assert end <= place + 1
    assert not [control for control in page.locator(CONTROLS).all() if control.is_visible()]

    page.emulate_media(media="screen")
    page.wait_for_function(
        """(widths) => [...document.querySelectorAll(".stPlotlyChart svg.main-svg:first-child")]
          .filter((svg) => svg.getBoundingClientRect().width > 0)
          .some((svg) => Math.abs(svg.getBoundingClientRect().width - widths) < 2)""",
        arg=max(drawing for _, drawing, _ in before),
    )
    assert page.locator(".stSelectbox").first.is_visible()
    assert not journal.errors_of_ours()

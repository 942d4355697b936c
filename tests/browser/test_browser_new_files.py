"""Files that change under an open page: a choice that redraws one part redraws the whole, and a link tells its age."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import context, expect, present, wait_until_done
from tests.transcription import fr
from tests.unkept import forget_texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_one_choice_brings_the_new_figures_to_the_whole_page(
    browser: Browser, serve: Any, goto: Any, copy_of_data: Path
) -> None:
    forget_texts(copy_of_data)
    server = serve(copy_of_data)
    visitor = context(browser, server, 1280)
    page = visitor.new_page()
    goto(page, "/bas-saint-laurent")
    # The key figures are outside of the part of the page that a choice of measure redraws.
    permits = page.locator(".cle-grille")
    expect(permits).to_contain_text(fr(1540))
    present(page, "Copier le lien")
    page.locator(".annonce", has_text="Lien copié").wait_for(state="attached")
    link = page.evaluate("navigator.clipboard.readText()")
    # A run that was under way would have looked at the files just before they change.
    wait_until_done(page)

    file = copy_of_data / "data" / "temporary_permits.csv"
    good = file.read_text(encoding="utf-8")
    head = "01,temporary_permits,students,"
    line = next(line for line in good.splitlines() if line.startswith(head))
    file.write_text(good.replace(line, line.replace("970", "975")), encoding="utf-8")
    page.get_by_test_id("stButtonGroup").get_by_text("Part de sa région", exact=True).click()
    expect(permits).to_contain_text(fr(1545))
    expect(page).to_have_url(re.compile(r"/bas-saint-laurent\?mesure=part$"))

    file.write_text(good.replace(line, line.replace("970", "9T0")), encoding="utf-8")
    page.get_by_test_id("stButtonGroup").get_by_text("Tableau", exact=True).click()
    page.locator(".avis-erreur", has_text="Les dernières données valides restent affichées").wait_for()
    expect(permits).to_contain_text(fr(1545))

    goto(page, link)
    page.locator(".avis", has_text="des données plus récentes existent").wait_for()
    visitor.close()

"""The simulator in Chromium: keyboard on a slider, what travels then, errors beside fields, files, links."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import expect, wait_until_done

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

FRANCISATION = "/simulateur?scenario=francais&territoire=03&taux=60"
# Read in the messages of the server: what stands outside the fragment must not be in them.
OUTSIDE = ("Ce que les données ne permettent pas de dire", "Rouvrir un scénario", "croît-elle")
# A change sends the form, the result, its tables and its sources again; nothing else.
MOST_BYTES = 25_000
WATCH = """() => {
  window.changes = 0;
  const outside = [...document.querySelectorAll("h1, .fil, .pied, .st-key-refus, .st-key-rouvrir")];
  for (const element of outside)
    new MutationObserver((found) => { window.changes += found.length; })
      .observe(element, { childList: true, subtree: true, characterData: true, attributes: true });
  return outside.length;
}"""


def see(page: Page, words: str) -> Locator:
    """Wait for words, whose spaces may be no-break ones."""
    found = page.get_by_text(re.compile(re.escape(words).replace(r"\ ", "[ \u00a0]"))).first
    found.wait_for()
    return found


def test_a_slider_moves_a_rate_is_refused_and_a_scenario_is_saved_and_opened_again(
    page: Page, goto: Callable[..., None], journal: Any, tmp_path: Path
) -> None:
    frames: list[bytes] = []  # what the server sends over the websocket

    def keep(payload: str | bytes) -> None:
        frames.append(payload if isinstance(payload, bytes) else payload.encode())

    page.on("websocket", lambda websocket: websocket.on("framereceived", keep))
    goto(page, FRANCISATION)
    see(page, "entre 290 et 347")
    assert page.evaluate(WATCH) == 5
    whole = sum(map(len, frames))
    assert any(OUTSIDE[0].encode() in frame for frame in frames)
    frames.clear()
    page.get_by_role("slider").first.press("ArrowRight")
    # 61 % of 483 and of 578.
    see(page, "entre 295 et 353")
    wait_until_done(page)
    sent = sum(map(len, frames))
    print(f"octets reçus : {whole} pour la page, {sent} pour un cran du curseur")
    assert not [words for words in OUTSIDE if any(words.encode() in frame for frame in frames)]
    assert sent < min(MOST_BYTES, whole)
    assert page.evaluate("window.changes") == 0
    box = page.get_by_role("textbox", name=re.compile("Taux de participation")).first
    expect(box).to_have_value("61")
    # The chart follows the words.
    see(page, "scénario 295 à 353")
    page.wait_for_url("**taux=61*")

    box.fill("150")
    box.press("Enter")
    error = page.locator(".erreur-champ", has_text=re.compile("ne dépasse pas 100[ \u00a0]%"))
    error.wait_for()
    wait_until_done(page)
    above, below = box.bounding_box(), error.bounding_box()
    assert above is not None and below is not None
    # Right under the field: nothing stands between them.
    assert 0 <= below["y"] - (above["y"] + above["height"]) < 60
    expect(page.locator(".explique")).to_have_count(0)
    box.fill("60")
    box.press("Enter")
    see(page, "entre 290 et 347")
    expect(page.locator(".erreur-champ")).to_have_count(0)
    wait_until_done(page)

    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("Enregistrer ce scénario")).click()
    assert re.fullmatch(r"scenario-.*\.yaml", waiting.value.suggested_filename)
    saved = tmp_path / "table.yaml"
    waiting.value.save_as(saved)
    text = saved.read_text(encoding="utf-8")
    assert "scenario: francais" in text and "taux: 60" in text
    goto(page, "/simulateur?scenario=categories")
    page.get_by_text("Rouvrir un scénario enregistré").click()
    saved.write_text(text.replace("taux: 60", "taux: 160"), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(saved)
    see(page, "Fichier refusé")
    see(page, "table.yaml, ligne ")
    see(page, "Immigration économique")
    saved.write_text(text, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(saved)
    see(page, "Scénario ouvert")
    see(page, "entre 290 et 347")
    assert (journal.outside, journal.errors_of_ours()) == ([], [])

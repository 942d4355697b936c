"""Choosing by typing: every list finds what is typed without accents, and Enter takes what begins so."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import expect
from tests.transcription import MRC, MRC_REGION, REGIONS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# As « Comparer » names them: the territories with their region, after Québec, the direction and the regions.
TERRITORIES = [f"{MRC[region][code][0]} ({REGIONS[region]})" for code, region in MRC_REGION.items()]
LABELS = ["Ensemble du Québec", "Direction régionale de l’Est", *REGIONS.values(), *sorted(TERRITORIES)]
# What the rule that the page gives to the lists answers, the first choice for each text typed.
FIRST = """async ([labels, typed]) => {
  const map = JSON.parse(document.querySelector("script[type=importmap]").textContent);
  const [ours] = Object.values(map.scopes["./static/js/"]);
  const { n: rule } = await import(new URL(ours, document.baseURI));
  return typed.map((text) => rule(labels.map((label) => ({ label })), text, 0)[0]?.label ?? null);
}"""


def bare(text: str) -> str:
    """Without accents, as one types in a hurry."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def ways(name: str) -> list[str]:
    """Ways to type a name."""
    straight = name.replace("’", "'")
    return [
        name,
        straight,
        bare(name).lower(),
        bare(straight).upper(),
        bare(straight).lower().replace("-", " ").replace("–", " "),
        bare(straight).replace("'", " ").replace("–", "-"),
        name.replace("Saint-", "St-"),
        unicodedata.normalize("NFD", name),
    ]


def test_what_is_typed_finds_first_what_it_names_and_is_chosen_by_enter(page: Page, goto: Any) -> None:
    goto(page, "/comparer")
    names = [(label.partition(" (")[0], label) for label in [*REGIONS.values(), *TERRITORIES]]
    assert len(names) == 35
    asked = [(way, label) for name, label in names for way in ways(name)]
    found = page.evaluate(FIRST, [LABELS, [way for way, _ in asked]])
    assert [(way, first) for (way, _), first in zip(asked, found, strict=True)] == asked

    # What begins so comes before what contains it.
    wanted = {
        "BAS": "Bas-Saint-Laurent",
        "haute": "La Haute-Gaspésie (Gaspésie–Îles-de-la-Madeleine)",
        "charlevoix": "Charlevoix (Capitale-Nationale)",
        "charlevoix-": "Charlevoix (Capitale-Nationale)",
        "charlevoix e": "Charlevoix-Est (Capitale-Nationale)",
        "quebec": "Québec (Capitale-Nationale)",
        "ensemble qu": "Ensemble du Québec",
        "coteau": None,
        "lislet": "L’Islet (Chaudière-Appalaches)",
        "zzz": None,
        # Nothing that names: the whole list.
        "’": "Ensemble du Québec",
    }
    assert dict(zip(wanted, page.evaluate(FIRST, [LABELS, list(wanted)]), strict=True)) == wanted
    # Signs that are two letters are found by the letters.
    labels = ["Main-d’œuvre", "Œuvres", "Ste-Foy", "Sainte-Anne", "Statut", "1\u202f000 habitants"]
    asked = ["oeuvre", "main d'oeuvre", "MAIN-D’ŒUVRE", "sainte foy", "ste-anne", "sta", "1000"]
    found = ["Œuvres", "Main-d’œuvre", "Main-d’œuvre", "Ste-Foy", "Sainte-Anne", "Statut", "1\u202f000 habitants"]
    assert page.evaluate(FIRST, [labels, asked]) == found

    # What is typed is chosen by Enter.
    box = page.get_by_role("combobox", name="Territoires").first
    box.click()
    box.press_sequentially("levis")
    expect(page.get_by_role("option").first).to_have_text("Lévis (Chaudière-Appalaches)")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stMultiSelectTagsContainer")).to_contain_text("Lévis (Chaudière-Appalaches)")

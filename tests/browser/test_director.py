"""Thirty questions of a regional director, by the mouse: at most three actions each, and the answer under the eyes.

The answers are transcribed from the plan, by hand. Reading down a page is no action; a click, a choice by typing and
Enter, or a key is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import expect, menu_entry, wait_until_done
from tests.browser.exploring import LIST, search
from tests.long_forms import first

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

MOST = 3
# A text is under the eyes when it is drawn, not hidden, and whole across the screen once one has read down to it.
SEEN = """(pattern) => {
  const wanted = new RegExp(pattern);
  const said = (element) => (element.innerText ?? element.textContent).replace(/\\s+/g, " ");
  const found = [...document.querySelectorAll("[data-testid=stApp] *, [data-baseweb] *, [role=dialog] *")]
    .filter((element) => wanted.test(said(element)))
    .filter((element, _, all) => ![...element.children].some((child) => all.includes(child)))
    .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
  for (const element of found) {
    element.scrollIntoView({ block: "center", inline: "nearest" });
    const box = element.getBoundingClientRect();
    if (box.width > 1 && box.left >= 0 && box.right <= innerWidth + 1 && box.bottom > 0 && box.top < innerHeight)
      return true;
  }
  return false;
}"""


class Director:
    """Someone with a question, whose actions are counted; the fourth is refused."""

    def __init__(self, page: Page, *, touch: bool = False) -> None:
        self.page, self.touch, self.actions = page, touch, 0

    def _acts(self) -> None:
        self.actions += 1
        assert self.actions <= MOST, f"a question takes more than {MOST} actions"
        wait_until_done(self.page)

    def _press(self, what: Locator) -> Director:
        self._acts()
        if self.touch:
            what.tap()
        else:
            what.click()
        wait_until_done(self.page)
        return self

    def searches(self, words: str) -> Director:
        """Type in the box."""
        self._acts()
        search(self.page, words)
        return self

    def follows(self, answer: str) -> Director:
        """Press what the box suggests."""
        return self._press(self.page.get_by_role("option").filter(has_text=answer).first)

    def looks_for(self, words: str) -> Director:
        """Type in the search of the actions, and Enter."""
        self._acts()
        field = self.page.get_by_label("Chercher dans les actions")
        field.fill(words)
        field.press("Enter")
        self.page.locator("article.action mark").first.wait_for()
        return self

    def lists(self, words: str) -> Director:
        """Choose a territory by typing its name, and Enter."""
        self._acts()
        self.page.get_by_role("combobox", name=LIST).click()
        self.page.keyboard.type(words)
        expect(self.page.get_by_role("option").first).to_contain_text(words)
        self.page.keyboard.press("Enter")
        return self

    def presses(self, name: str, role: Any = "button", rank: int = 0) -> Director:
        """Press what bears a name."""
        return self._press(self.page.get_by_role(role, name=name).locator("visible=true").nth(rank))

    def goes(self, section: str, title: str) -> Director:
        """Go to a page by the menu: two actions."""
        self.presses(section)
        return self._press(menu_entry(self.page, title))

    def types(self, label: str, text: str) -> Director:
        """Type in a field, and Enter."""
        self._acts()
        field = self.page.get_by_label(label).first
        field.fill(text)
        field.press("Enter")
        wait_until_done(self.page)
        return self

    def takes(self, entry: str, ending: str) -> Director:
        """Choose a file in a menu, and have it."""
        with self.page.expect_download() as taken:
            self.presses(entry, "menuitem")
        assert taken.value.suggested_filename.endswith(ending)
        assert taken.value.path().stat().st_size > 10_000
        return self

    def sees(self, text: str) -> bool:
        """Whether a text is under the eyes now; spaces of a number may be of any width."""
        return bool(self.page.evaluate(SEEN, _pattern(text)))

    def reads(self, *texts: str) -> None:
        """Each text comes under the eyes."""
        for text in texts:
            self.page.wait_for_function(SEEN, arg=_pattern(text), polling=250)


def _pattern(text: str) -> str:
    return r"\s*".join(map(re.escape, text.split(" "))).replace("'", "[’']")


Act = Callable[[Director], object]
Question = tuple[str, str, Act, tuple[str, ...]]
HOME, BSL, GIM = "/", "/bas-saint-laurent", "/gaspesie-iles-de-la-madeleine"
CN, CA = "/capitale-nationale", "/chaudiere-appalaches"

QUESTIONS: list[Question] = [
    ("Témiscouata : combien, quelle part ?", HOME, lambda d: d.lists("Témiscouata"), ("9 personnes ont été", "1,2 %")),
    ("Kamouraska : combien, quelle part ?", BSL, lambda d: d.lists("Kamouraska"), ("68 personnes ont été", "8,8 %")),
    (
        "Les Appalaches : combien ?",
        HOME,
        lambda d: d.searches("appalaches").follows("Les Appalaches"),
        ("97 personnes ont été", "8,7 %"),
    ),
    (
        "Qui vient premier en Gaspésie ?",
        GIM,
        lambda d: d.presses("Nombre", "radio").presses("Tableau", "radio"),
        ("La Côte-de-Gaspé", "69"),
    ),
    (
        "Quelle part à Lévis ?",
        CA,
        lambda d: d.presses("Part de sa région", "radio").presses("Tableau", "radio"),
        ("Lévis", "46,1"),
    ),
    (
        "Admissions de 2016 dans la Capitale ?",
        "/cibles",
        lambda d: d.goes("Régions", "Capitale-Nationale").presses("Évolution", "radio"),
        ("3 449",),
    ),
    (
        "Combien d’étudiants à Québec ?",
        CN,
        lambda d: d.presses("Permis et ententes", "radio"),
        ("6 480",),
    ),
    (
        "D’où vient 2 450 ? Le recul de 2019 ? 769 ?",
        BSL,
        lambda d: d.presses("Chiffres clés"),
        (
            "Population immigrée, selon le portrait de la région, Bas-Saint-Laurent, 2016",
            "(135 − 181) ÷ 181 × 100 = −25,4 %",
            "Total des cinq dernières années 769 100,0",
        ),
    ),
    (
        "Français : les régions comparées ?",
        HOME,
        lambda d: d.goes("Explorer", "Comparer"),
        ("82,4 %", "78,0 %", "74,8 %", "90,5 %", "49,8 %"),
    ),
    (
        "Combien de PTET en Chaudière-Appalaches ?",
        HOME,
        lambda d: d.searches("ptet").follows("(PTET) · Indicateur").presses("Tableau", "radio"),
        ("Chaudière-Appalaches", "1 220"),
    ),
    (
        "Combien de PMI au Bas-Saint-Laurent ?",
        BSL,
        lambda d: d.searches("pmi").follows("(PMI) · Indicateur").presses("Tableau", "radio"),
        ("Bas-Saint-Laurent 365",),
    ),
    (
        "Quelle part de réfugiés ?",
        "/cibles",
        lambda d: d.goes("Régions", "Bas-Saint-Laurent").presses("Profil", "radio"),
        ("38,5 %", "17,9 %"),
    ),
    (
        "Combien de femmes en Gaspésie ? Le français, sur combien ?",
        HOME,
        lambda d: d.goes("Régions", "Gaspésie–Îles-de-la-Madeleine").presses("Profil", "radio"),
        ("40,9 % (9 sur 22)", "90,5 % (19 sur 21)"),
    ),
    (
        "Le soutien à la mission dans ma région ?",
        CA,
        lambda d: d.presses("Permis et ententes", "radio").presses("Ententes et mandataires"),
        ("Ententes du programme Soutien à la mission 2",),
    ),
    (
        "Combien d’ententes avec des MRC ? Combien de mandataires, et où ?",
        CN,
        lambda d: d.goes("Le plan", "Ententes"),
        (
            "25 ententes avec des MRC",
            "26 ententes du PASI",
            "17 mandataires de francisation, dont 10 dans la Capitale-Nationale",
        ),
    ),
    (
        "Les actions de ma région ?",
        GIM,
        lambda d: d.presses("Plan", "radio").presses("Voir les résultats attendus", "link"),
        ("14 actions sur 51",),
    ),
    (
        "Quelle action parle de chaque MRC ?",
        HOME,
        lambda d: d.goes("Le plan", "Plan d’action").looks_for("employeurs dans chaque MRC"),
        ("employeurs dans chaque MRC",),
    ),
    (
        "La cible de francisation ?",
        HOME,
        lambda d: d.goes("Le plan", "Cibles stratégiques"),
        ("cible de 65 % en 2022-2023",),
    ),
    (
        "Pourquoi 34 % puis 21,5 % ?",
        HOME,
        lambda d: d.searches("destination").follows("4.1. Destination"),
        ("cible de 34 % en 2019-2020, puis de 21,5 % en 2020-2021", "révisé en octobre 2020"),
    ),
    (
        "Québec en 2019 ?",
        HOME,
        lambda d: d.goes("Explorer", "Simulateur"),
        ("rien de ce qui est calculé", "entre 1 877 et 2 288"),
    ),
    (
        "Et si l’on revenait au sommet en cinq ans ?",
        "/simulateur",
        lambda d: d.presses("Retour au sommet", "radio").types("Nombre d’années pour y revenir", "5"),
        ("pour revenir en 5 ans au sommet de 2017 (194)", "7,5 % de plus par année"),
    ),
    (
        "Une diapositive de ma région ?",
        CA,
        lambda d: d.presses("Présenter").presses("Plein écran", "menuitem"),
        ("3 sur 11", "a le taux le plus élevé"),
    ),
    (
        "Un fichier pour demain ?",
        BSL,
        lambda d: d.presses("Présenter").takes("PowerPoint de la région", ".pptx"),
        ("Télécharger portrait-de-l-immigration-bas-saint-laurent.pptx",),
    ),
    (
        "Que veut dire population immigrée ?",
        HOME,
        lambda d: d.searches("population immigrée").follows("Population immigrée · Définition"),
        ("à l'exclusion des citoyennes et citoyens canadiens nés à l'étranger",),
    ),
    (
        "Une étrangeté de la source ?",
        HOME,
        lambda d: d.presses("Carte des MRC"),
        ("L'Île-d'Orléans : 6 personnes",),
    ),
]
SHORT = ("Témiscouata", "Combien d’ententes", "La cible de francisation")
ASKED = sorted(QUESTIONS, key=lambda question: not question[0].startswith(SHORT))
POCKET = [
    *(question for question in QUESTIONS if question[0].startswith(("Témiscouata", "Les actions"))),
    (
        "D’où vient 769 ?",
        BSL,
        lambda d: d.presses("Chiffres clés"),
        ("Total des cinq dernières années 769 100,0",),
    ),
]


def names(questions: list[Question]) -> list[str]:
    return [question for question, *_ in questions]


@pytest.mark.parametrize(("question", "start", "act", "answer"), first(ASKED, len(SHORT)), ids=names(ASKED))
def test_a_director_has_the_answer_in_three_actions(
    tab: Page, goto: Any, question: str, start: str, act: Act, answer: tuple[str, ...]
) -> None:
    goto(tab, start)
    tab.locator(".pied").wait_for()
    who = Director(tab)
    assert not all(who.sees(text) for text in answer), "the answer was there: the question asks nothing"
    act(who)
    assert 0 < who.actions <= MOST
    who.reads(*answer)


@pytest.mark.parametrize(("question", "start", "act", "answer"), first(POCKET), ids=names(POCKET))
def test_a_director_has_the_answer_on_a_telephone(
    pocket: Page, goto: Any, question: str, start: str, act: Act, answer: tuple[str, ...]
) -> None:
    goto(pocket, start)
    pocket.locator(".pied").wait_for()
    who = Director(pocket, touch=True)
    act(who)
    assert 0 < who.actions <= MOST
    who.reads(*answer)

"""The pages of the dashboard and what they may become; what axe-core finds on one, and what of it is known.

axe comes with the axe-playwright-python package: it is read from the disk and put into the page by the browser's
driver, so neither the network nor the Content-Security-Policy of the pages is in its way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from dashboard.ui.server.settings import known_slugs
from tests.browser.choices import pick
from tests.browser.conftest import present
from tests.browser.exploring import BOX, MARK, MARKS, expect_params, press, rest

if TYPE_CHECKING:
    from playwright.sync_api import Page

DESKTOP: Final = 1280
MOBILE: Final = 375
# WCAG 2.0, 2.1 and 2.2 at levels A and AA, and the good practices that SGQRI 008-3.0 also asks for.
TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SOURCE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_RUN: Final = """async ([tags, skipped]) => {
  const found = await axe.run({include: [["html"]], exclude: skipped},
    {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  return found.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id, impact: node.impact ?? rule.impact, help: rule.help, html: node.html.slice(0, 300),
    target: node.target.flat(3).join(" "), why: node.failureSummary,
    ours: !!document.querySelector(node.target.flat(3).at(-1))?.closest(".stHtml"),
  })));
}"""


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a rule; `ours` tells the HTML that the project writes from Streamlit's widgets."""

    rule: str
    impact: str
    help: str
    html: str
    target: str
    why: str
    ours: bool

    @property
    def grave(self) -> bool:
        return self.impact in {"serious", "critical"}

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}) {self.target}\n  {self.html}\n  {self.why}"


# A list that is still fading in is paler than what a person reads.
_SETTLED = """() => Promise.all(document.getAnimations()
  .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
  .map((animation) => animation.finished.catch(() => {}))).then(() => null)"""


def violations(page: Page, *, whole: bool = True) -> list[Violation]:
    """Everything that axe finds on the page as it is now; the inside of the drawings only when `whole` (slower)."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(_SOURCE)
    page.evaluate(_SETTLED)
    found: list[dict[str, Any]] = page.evaluate(_RUN, [TAGS, [] if whole else [[".js-plotly-plot svg"]]])
    return [Violation(**one) for one in found]


@dataclass(frozen=True, slots=True)
class Step:
    """Something done on an open page; `drawn`: the page changes; `said`: how the one sentence heard of it ends."""

    name: str
    do: Callable[[Page], object]
    width: int = DESKTOP
    drawn: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """A page, as it opens at each of these widths, then after each step; `keyboard`: the key Tab goes through it."""

    name: str
    address: str
    steps: tuple[Step, ...] = ()
    at: tuple[int, ...] = (DESKTOP, MOBILE)
    keyboard: bool = False


def _chosen(label: str, option: str, said: str) -> Step:
    return Step(option, lambda page: pick(page, label, option), drawn=True, said=said)


def _pressed(group: str, name: str, width: int = DESKTOP) -> Step:
    return Step(name, lambda page: press(page, group, name), width, drawn=True)


def _clicked(name: str, clicked: str, shown: str, width: int = DESKTOP) -> Step:
    """`clicked`, `shown`: the selectors of what is clicked, and of what then shows."""

    def do(page: Page) -> None:
        from playwright.sync_api import Error

        # As in `pick`: a run that ends just then closes an open list.
        for _ in range(3):
            page.locator(clicked).first.click()
            with suppress(Error):
                return page.locator(shown).first.wait_for(timeout=10_000)
            page.keyboard.press("Escape")
        raise AssertionError(f"« {name} » does not open")

    return Step(name, do, width)


def _typed(text: str, shown: str, width: int = MOBILE) -> Step:
    """In the box of the questions."""

    def do(page: Page) -> None:
        page.get_by_role("combobox", name=BOX).fill(text)
        if shown == ANSWER:
            page.keyboard.press("Enter")
        page.locator(shown).first.wait_for()

    return Step(f"« {text} »", do, width)


def _file(name: str, content: bytes, said: str) -> Step:
    def do(page: Page) -> None:
        file = {"name": name, "mimeType": "", "buffer": content}
        page.locator("input[type=file]").first.set_input_files([file])
        page.get_by_text(said).first.wait_for()

    return Step(said, do)


def _nothing_found(page: Page) -> None:
    page.get_by_role("combobox", name="Indicateur").first.click()
    page.keyboard.type("zzzz")
    page.get_by_text("Aucun résultat").first.wait_for()


def _cell(page: Page) -> None:
    page.get_by_role("button", name=re.compile(r"Capitale-Nationale, 5\.1 Entreprises")).press("Enter")
    page.locator(".fil-court", has_text="2 actions sur 51").wait_for()


def _bar(page: Page) -> None:
    """The bar of an MRC leads to its page."""
    rest(page)
    x, y = page.evaluate(MARK, [*MARKS["barres"], "2410"])
    page.mouse.move(x - 2, y - 2)
    page.mouse.move(x, y)
    page.locator(".st-key-barres .hoverlayer .hovertext", has_text="Rimouski-Neigette").wait_for()
    page.mouse.click(x, y)
    page.locator("h1", has_text="Rimouski-Neigette").wait_for()
    expect_params(page, {"mrc": "2410"})


def _adding(page: Page) -> None:
    present(page, "Ajouter à la présentation")
    page.locator(".st-key-ajouter_panneau").wait_for()


ANSWER: Final = "[role=dialog] .reponse"
OPTION: Final = "[role=option]"
ENTRY: Final = "[role=menuitem]"
BAD_LINE: Final = (
    b"type,identifiant,periode,libelle,etat,resultat,unite,date,note,responsable\ncible,9.9,2021-2022,,,20,%,,,\n"
)
# What is done on a page once it was looked at as it opens.
STEPS: Final = {
    "": (
        _chosen("MRC", "Avignon", "Sa fiche est affichée plus bas."),
        _pressed("Mesure", "Nombre"),
        _pressed("Vue", "Tuiles", MOBILE),
        _pressed("Vue", "Tableau", MOBILE),
    ),
    "accessibilite": (
        _clicked("menu des régions", "[data-testid=stTopNavSection]", ENTRY),
        _clicked("menu « Présenter »", ".st-key-presenter_menu button", ENTRY, MOBILE),
        _typed("admissions", OPTION),
        _typed("permis au BSL", ANSWER),
        _typed("montreal 2019", ANSWER),
        _typed("quebec 2019", ANSWER, DESKTOP),
        _clicked("menu", "[data-testid=stExpandSidebarButton]", "[data-testid=stSidebarNavLink]", MOBILE),
    ),
    "bas-saint-laurent": (
        _clicked(
            "données",
            "[data-testid=stMain] >> role=button[name=/^Données/] >> nth=-1",
            "[data-testid=stPopoverBody] table",
            MOBILE,
        ),
    ),
    "capitale-nationale": (_clicked("sa MRC", "role=link[name=/^Page de L’Île/]", "h1:text('L’Île-d’Orléans')"),),
    "cibles": (_chosen("Cible", "4.1", "."), Step("ajout à la présentation", _adding)),
    "comparer": (
        _clicked("liste à choix multiples", "role=combobox[name=/Territoires/]", OPTION),
        _chosen("Indicateur", "Part des admissions de sa région", "dans sa région."),
    ),
    "donnees-et-sources": (_pressed("Thème", "Indicateurs", MOBILE),),
    "gaspesie-iles-de-la-madeleine": (
        _pressed("Mesure", "Part de sa région"),
        _pressed("Vue", "Tuiles"),
        _pressed("Vue", "Tableau", MOBILE),
    ),
    "indicateurs": (
        _clicked("liste", "role=combobox[name=/Indicateur/]", OPTION),
        Step("liste sans résultat", _nothing_found),
        _pressed("Vue", "Tableau", MOBILE),
    ),
    "mrc": (Step("ses barres", _bar),),
    "plan-d-action": (
        _chosen("Région", "Chaudière-Appalaches", "12 en Chaudière-Appalaches."),
        Step("cellule choisie", _cell, MOBILE),
    ),
    "presentation": (_chosen("Présentation", "Bas-Saint-Laurent", "."),),
    "suivi": (
        _chosen("État", "Réalisé", "État\u00a0: réalisé."),
        Step("une cible", lambda page: pick(page, "Cible", "4.1"), MOBILE),
        _file("suivi.csv", BAD_LINE, "Rien n’est chargé."),
        _file("suivi.pdf", b"%PDF", "n’est pas accepté"),
    ),
}
_WITH: Final = {"capitale-nationale": "?mrc=2420&annee=2017&serie=indice"}
_STOPS: Final = {"comparer", "simulateur", "presentation", "suivi", "ententes"}
PAGES: Final = tuple(
    State(slug or "vue d’ensemble", f"/{slug}{_WITH.get(slug, '')}", STEPS.get(slug, ()), keyboard=slug in _STOPS)
    for slug in ["", *sorted(known_slugs())]
)
# A new mode or dialog is a line here or a step above. The region with the most MRC has the longest themes.
MODES: Final = (
    State("évolution", "/chaudiere-appalaches?theme=evolution", (_chosen("Année", "2017", "."),)),
    *(State(theme, f"/chaudiere-appalaches?theme={theme}") for theme in ("profil", "permis", "plan")),
    State("MRC choisie", "/mrc?mrc=2410", (_chosen("MRC", "Avignon", "."),)),
    State(
        "comparer, huit territoires",
        "/comparer?avec=01,03,11,12,QC,2410,2423,2420",
        (_clicked("liste pleine", "role=combobox[name=/Territoires/]", OPTION),),
    ),
    State(
        "simulateur, deux scénarios",
        "/simulateur?scenario=repartir&territoire=01&nombre=50&methode=egal&nombre_b=90",
        at=(DESKTOP,),
    ),
    State(
        "simulateur, meilleure année",
        "/simulateur?scenario=meilleure-annee",
        (_chosen("Territoire", "Capitale-Nationale", "par année."),),
        at=(DESKTOP,),
    ),
    State("simulateur, refus", "/simulateur?scenario=quebec&admissions=abc&territoire=zz"),
    State("présentation, plein écran", "/presentation?ecran=oui&jeu=01&diapo=3"),
    State(
        "réponse sur une diapositive",
        "/presentation?ecran=oui&question=bsl+2019",
        (Step("réponse", lambda page: page.locator(ANSWER).wait_for(), MOBILE),),
        at=(),
    ),
    State("vue intégrée", "/integrer?objet=carte&territoire=01&mesure=part&mrc=2410"),
)
# What axe finds in Streamlit's own widgets, minor or moderate, and cannot be put right from outside. Said in
# docs/accessibilite.md. Nothing serious or critical may ever stand here.
KNOWN: Final = {
    "region": "les listes et le menu ouverts sont ajoutés à la fin de la page, hors de ses repères",
}

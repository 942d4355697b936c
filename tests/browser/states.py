"""The pages of the dashboard and what they may become; what axe-core finds on one, and what of it is known.

axe comes with the axe-playwright-python package: it is read from the disk and put into the page by the browser's
driver, so neither the network nor the Content-Security-Policy of the pages is in its way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from dashboard.deck.choices import THEMES
from dashboard.ui.server.settings import known_slugs
from tests.browser.choices import pick
from tests.browser.exploring import BOX

if TYPE_CHECKING:
    from playwright.sync_api import Page

DESKTOP: Final = 1280
MOBILE: Final = 375
# WCAG 2.0, 2.1 and 2.2 at levels A and AA, and the good practices that SGQRI 008-3.0 also asks for.
TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE: Final = frozenset({"serious", "critical"})
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
        return self.impact in GRAVE

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
class State:
    """A page as it is after something was done on it, every fold open; `at` names the widths where it exists.

    `short`: visited each time; the others by « make test-all » and « make axe ».
    """

    name: str
    address: str
    do: Callable[[Page], None] | None = None
    at: tuple[int, ...] = (DESKTOP, MOBILE)
    short: bool = False


def _list_open(label: str, typed: str = "") -> Callable[[Page], None]:
    def do(page: Page) -> None:
        page.get_by_role("combobox", name=label).first.click()
        page.get_by_role("listbox").wait_for()
        if typed:
            page.keyboard.type(typed)
            page.get_by_text("Aucun résultat").first.wait_for()

    return do


def _bad_file(page: Page) -> None:
    page.locator("input[type=file]").first.set_input_files(
        [{"name": "suivi.csv", "mimeType": "text/csv", "buffer": HEADER + b"\ncible,9.9,2021-2022,,,20,%,,,\n"}]
    )
    page.get_by_text("Rien n’est chargé.").wait_for()


def _wrong_kind(page: Page) -> None:
    page.locator("input[type=file]").first.set_input_files(
        [{"name": "suivi.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}]
    )
    page.get_by_text("n’est pas accepté").first.wait_for()


def _data(page: Page) -> None:
    page.get_by_test_id("stMain").get_by_role("button", name="Données").last.click()
    page.get_by_test_id("stPopoverBody").get_by_role("table").first.wait_for()


def _target(page: Page) -> None:
    pick(page, "Cible", "4.1")
    page.get_by_text("Résultat de 4.1").first.wait_for()


def _answered(page: Page) -> None:
    page.get_by_role("dialog").locator(".reponse").wait_for()


def _suggested(page: Page) -> None:
    page.get_by_role("combobox", name=BOX).fill("admissions")
    page.get_by_role("option").first.wait_for()


def _menu(page: Page) -> None:
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNavLink").first.wait_for()


def _section(page: Page) -> None:
    page.get_by_test_id("stTopNavSection").first.click()
    page.get_by_role("menuitem").first.wait_for()


def _present(page: Page) -> None:
    page.get_by_role("button", name="Présenter", exact=True).click()
    page.get_by_role("menuitem").first.wait_for()


def _adding(page: Page) -> None:
    _present(page)
    page.get_by_role("menuitem", name="Ajouter à la présentation").click()
    page.locator(".st-key-ajouter_panneau").wait_for()


HEADER: Final = b"type,identifiant,periode,libelle,etat,resultat,unite,date,note,responsable"
EIGHT: Final = "/comparer?avec=01,03,11,12,QC,2410,2423,2420"
BOTH: Final = "/simulateur?scenario=repartir&territoire=01&nombre=50&methode=egal&nombre_b=90"
PAGES: Final = tuple(State(slug or "vue d’ensemble", f"/{slug}", short=True) for slug in ["", *sorted(known_slugs())])
# A new mode or dialog is a line here. The region with the most MRC has the longest themes.
MODES: Final = (
    *(State(f"région, {theme}", f"/chaudiere-appalaches?theme={theme}", short=True) for theme in THEMES),
    State("région, MRC et année choisies", "/capitale-nationale?mrc=2420&annee=2017&serie=indice", short=True),
    State("région, tableau", "/capitale-nationale?vue=tableau", short=True),
    State("vue d’ensemble, tuiles", "/?vue=tuiles&mesure=nombre", short=True),
    State("région, tuiles", "/capitale-nationale?vue=tuiles&mesure=part"),
    State("vue d’ensemble, cercles", "/?mesure=nombre"),
    State("vue d’ensemble, tableau et territoire choisi", "/?vue=tableau&mrc=2420", short=True),
    State("données d’un graphique", "/bas-saint-laurent?theme=permis", _data, short=True),
    State("MRC choisie", "/mrc?mrc=2410", short=True),
    State("données et sources, dictionnaire", "/donnees-et-sources?theme=dictionnaire", short=True),
    State("plan d’action, une région", "/plan-d-action?region=01&q=entreprises"),
    State("suivi, une cible", "/suivi", _target),
    State("suivi, fichier refusé", "/suivi", _bad_file, (DESKTOP,)),
    State("suivi, autre genre de fichier", "/suivi", _wrong_kind, (DESKTOP,)),
    State("indicateurs, un autre", "/indicateurs?indicateur=francais"),
    State("indicateurs, tableau", "/indicateurs?vue=tableau"),
    State("indicateurs, part", "/indicateurs?indicateur=part-immigree"),
    State("comparer, des régions", "/comparer?avec=01,03,12,11,QC"),
    State("comparer, huit territoires", EIGHT),
    State("comparer, un neuvième territoire", EIGHT, _list_open("Territoires"), (DESKTOP,)),
    State("simulateur, deux scénarios", BOTH, at=(DESKTOP,), short=True),
    State("simulateur, permis", "/simulateur?scenario=permis&territoire=03"),
    State("simulateur, refus", "/simulateur?scenario=quebec&admissions=abc&territoire=zz"),
    State("adresse inconnue et choix refusés", "/?introuvable=xyz&mesure=xyz&mrc=9999"),
    State("présentation, plein écran", "/presentation?ecran=oui&jeu=01&diapo=3", short=True),
    State("présentation, première diapositive", "/presentation?ecran=oui&jeu=01&diapo=1"),
    State("vue intégrée", "/integrer?objet=carte&territoire=01&mesure=part&mrc=2410"),
    State("boîte ouverte", "/accessibilite", _suggested),
    State("réponse", "/accessibilite?question=permis+au+BSL", _answered),
    State("question refusée", "/accessibilite?question=montreal+2019", _answered, short=True),
    State("question à préciser", "/accessibilite?question=quebec+2019", _answered, (DESKTOP,)),
    State("réponse sur une diapositive", "/presentation?ecran=oui&question=bsl+2019", _answered),
    State("menu « Présenter »", "/accessibilite", _present, short=True),
    State("ajout à la présentation", "/cibles", _adding, (DESKTOP,)),
    State("liste ouverte", "/indicateurs", _list_open("Indicateur"), (DESKTOP,)),
    State("liste sans résultat", "/indicateurs", _list_open("Indicateur", "zzzz"), (DESKTOP,)),
    State("liste à choix multiples ouverte", "/comparer", _list_open("Territoires"), (DESKTOP,)),
    State("menu d’un écran étroit", "/accessibilite", _menu, (MOBILE,), short=True),
    State("menu des régions", "/accessibilite", _section, (DESKTOP,), short=True),
)
# What axe finds in Streamlit's own widgets, minor or moderate, and cannot be put right from outside. Said in
# docs/accessibilite.md. Nothing serious or critical may ever stand here.
KNOWN: Final = {
    "region": "les listes et le menu ouverts sont ajoutés à la fin de la page, hors de ses repères",
}

"""Every page, and every state of it, visited once: what axe finds, what is not French, is cut, small, uneven, too long.

« make axe » (AXE_REPORT=folder) also looks inside the drawings, and writes a report.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.broken_files import Files
from tests.browser import states
from tests.browser.conftest import Journal, context, wait_until_done
from tests.browser.states import DESKTOP, MOBILE, State
from tests.french_text import english_numbers, english_words
from tests.transcription import MRC, MRC_REGION, SLUGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
REPORT = os.environ.get("AXE_REPORT")
CHECKS = Path(__file__).with_name("checks.js").read_text(encoding="utf-8")
# A window of 1280 × 800 enlarged to 400 % has so many pixels of CSS; to 200 %, twice as many.
ENLARGED = ((640, 400), (320, 256)) if REPORT else ((320, 256),)
# Objectives, targets and indicators are named 2.1, 5.1-a.
NAMED = re.compile(
    r"(?<![\d,])[2-5]\.1(?:-[ab])?(?=\.? [A-ZÀ-Þ])|(?m:^[2-5]\.1(?:-[ab])?$)"
    r"|(?i:\b(?:cible|référence|indicateur|objectif|résultat de)) [2-5]\.1(?:-[ab])?(?=[.,:;\s])"
)
# Charts that a page shows at first; the others show none, or as many as they like.
REGION_OF = {f"/{slug}": code for code, slug in SLUGS.items()}
CHARTS = {"/": 6, "/indicateurs": 1, "/comparer": 1, "/ententes": 4, **dict.fromkeys(REGION_OF, 2)}
Found = dict[str, list[str]]


def wrong(page: Page, check: str, given: Any = None) -> list[str]:
    """What a function of checks.js finds on the page as it is now."""
    found: list[str] = page.evaluate(f"(given) => {CHECKS}.{check}(given)", given)
    return found


def soon_right(page: Page, check: str) -> list[str]:
    """The same, once a chart that is drawn again has had the time: nothing as soon as nothing is wrong."""
    from playwright.sync_api import Error

    with suppress(Error):
        page.wait_for_function(f"() => {CHECKS}.{check}().length === 0", polling=300, timeout=15_000)
    return wrong(page, check)


def english(page: Page) -> list[str]:
    """What is not French among all the texts of the page, shown or said."""
    found = []
    for text in wrong(page, "texts"):
        # What a person typed, an address, or what a file is called, is theirs.
        ours = re.sub(r"«\u00a0.*?\u00a0»|https?://\S+|\S+\.(?:csv|xlsx|pdf|yaml)|zzzz", "", text)
        found += english_words(ours) + english_numbers(NAMED.sub("", ours))
    return found


def resize(page: Page, width: int, height: int = 800) -> None:
    """Change the window, and wait until the page and its charts have followed."""
    page.set_viewport_size({"width": width, "height": height})
    page.locator(".pied, .st-key-diapo_barre").first.wait_for(state="attached")
    wait_until_done(page)
    page.wait_for_function(f"() => innerWidth === {width} && {CHECKS}.widths().length === 0", polling=200)
    page.wait_for_function(f"() => {CHECKS}.empty().length === 0", polling=200)


@contextmanager
def touched(page: Page) -> Iterator[None]:
    """The screen is one that fingers touch."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    wait_until_done(page)
    yield
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    session.detach()


def limits(address: str, width: int) -> tuple[float, int, int] | None:
    """Screens, charts and stops that a page read in ten seconds may have; None for the others."""
    overview, theme = (3, 2.5) if width == DESKTOP else (6, 5)
    if address == "/":
        return overview, 99, 999
    if address.startswith("/mrc?"):
        return theme, 3, 999
    return (theme, 3, 40) if address.startswith("/chaudiere-appalaches") else None


def stops(page: Page) -> list[dict[str, Any]]:
    """Where the key Tab leads, one after the other, until it leaves the page."""
    found: list[dict[str, Any]] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        found.append(page.evaluate(f"{CHECKS}.focus()"))
        if found[-1]["tag"] == "BODY" or (len(found) > 1 and found[-1]["id"] == "stSkipToContent"):
            return found[:-1]
    raise AssertionError("the focus never leaves the page")


def looks(page: Page, width: int) -> Found:
    """What is wrong at a width, with nothing open."""
    least = 14 if width == DESKTOP else 12
    found = {
        "texts of charts": wrong(page, "unread", least),
        "sources": wrong(page, "alone"),
        "tiles": wrong(page, "tiles", least),
        "banner": wrong(page, "banner"),
    }
    if width == DESKTOP:
        return found | {"uneven": wrong(page, "uneven"), "columns": wrong(page, "columns")}
    return found | {"too small for what it holds": wrong(page, "overflowing"), "clipped": soon_right(page, "clipped")}


def opens(page: Page, state: State, width: int) -> Found:
    """What is wrong of a page as it opens."""
    found: Found = {}
    path = urlsplit(state.address).path
    if (most := limits(state.address, width)) is not None:
        found["too long"] = wrong(page, "long", most)
    if width != DESKTOP:
        return found
    if path == "/chaudiere-appalaches" and "plan" not in state.address:
        found["first screen"] = wrong(page, "below")
    if state in states.PAGES:
        found["title"] = wrong(page, "title", CHARTS.get(path, 0))
        if path in {"/", *REGION_OF}:
            found["lands"] = wrong(page, "lands", list(MRC[REGION_OF[path]] if path in REGION_OF else MRC_REGION))
    if state.keyboard:
        reached = stops(page)
        found["keyboard"] = [f"{stop}" for stop in reached if not (stop["ring"] and stop["seen"] and stop["name"])]
        assert 7 < len(reached) < 42
        page.evaluate("() => document.activeElement.blur()")
    return found


def folds(page: Page, *, opened: bool) -> None:
    """Open every fold that is closed, or close those again."""
    page.evaluate(
        """(opened) => document.querySelectorAll(`.stApp details:${opened ? "not([open])" : "is([data-essai])"}`)
          .forEach((one) => { one.toggleAttribute("data-essai", opened); one.open = opened; })""",
        opened,
    )


def questioned(page: Page, state: State, journal: Journal) -> Found:
    """What is wrong in a page at each of its widths, as it opens and with its folds open, then after each step."""
    found: Found = {}

    def note(where: str, noted: Found) -> None:
        found.update({f"{what}, {where}": faults for what, faults in noted.items() if faults})

    def search(width: int, step: str = "") -> None:
        where = f"{width} px {step}".strip()
        folds(page, opened=True)
        note(where, {"English": english(page)})
        flaws = REPORTED[f"{state.name} {step}".strip(), width] = states.violations(page, whole=bool(REPORT))
        # What is left is Streamlit's own, known and documented.
        note(where, {"axe": [str(flaw) for flaw in flaws if flaw.grave or flaw.ours or flaw.rule not in states.KNOWN]})
        if width == MOBILE:
            with touched(page):
                note(where, {"tables": wrong(page, "tables"), "smaller than a finger": wrong(page, "small")})
        folds(page, opened=False)

    page.set_viewport_size({"width": DESKTOP, "height": 800})
    page.goto(state.address)
    for width in state.at:
        resize(page, width)
        if "ecran=oui" not in state.address:
            note(f"{width} px", opens(page, state, width) | looks(page, width))
        search(width)
    for rank, step in enumerate(state.steps):
        if rank:
            page.keyboard.press("Escape")  # what the step before opened
        resize(page, step.width)
        page.evaluate(f"{CHECKS}.listen()")
        step.do(page)
        resize(page, step.width)
        if step.said:
            page.wait_for_function("() => window.heard.length")
            (said,) = page.evaluate("window.heard")
            assert said.endswith(step.said) and step.name.casefold() in said.casefold()
        if step.drawn:
            note(f"{step.width} px {step.name}", looks(page, step.width))
        search(step.width, step.name)
    if state in states.PAGES:
        for wide, high in ENLARGED:
            page.set_viewport_size({"width": wide, "height": high})
            note(wide, {"clipped": soon_right(page, "clipped")})
        note("ever", {"outside, refused or errors": [*journal.outside, *journal.refused, *journal.errors_of_ours()]})
    return found


REPORTED: dict[tuple[str, int], list[states.Violation]] = {}


@pytest.fixture(scope="module")
def visitor(browser: Any, server: Any) -> Iterator[tuple[Page, Journal]]:
    """Each address opened begins a session of its own."""
    made, journal = context(browser, server, DESKTOP), Journal()
    page = made.new_page()
    journal.watch(page)
    yield page, journal
    made.close()
    if REPORT:
        write_report(Path(REPORT))


def write_report(folder: Path) -> None:
    """axe.json, every violation; axe.md, the counts of each state at each width."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = [
        {"state": name, "width": width, **asdict(one)} for (name, width), listed in REPORTED.items() for one in listed
    ]
    (folder / "axe.json").write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
    lines = ["| État de la page | Largeur | Critiques | Graves | Modérés | Mineurs |", "|---|---|---|---|---|---|"]
    for (name, width), listed in REPORTED.items():
        counts = Counter(one.impact for one in listed)
        shown = " | ".join(str(counts[impact]) for impact in ("critical", "serious", "moderate", "minor"))
        lines.append(f"| {name} | {width} | {shown} |")
    details = [f"- {name}, {one}" for (name, _), listed in REPORTED.items() for one in listed]
    (folder / "axe.md").write_text("\n".join([*lines, "", *details, ""]), encoding="utf-8")


@pytest.mark.parametrize("state", [*states.PAGES, *states.MODES], ids=lambda state: state.name)
def test_nothing_is_wrong(visitor: tuple[Page, Journal], state: State) -> None:
    page, journal = visitor
    journal.forget()
    assert questioned(page, state, journal) == {}


FLAWS = """<html lang="fr"><body><main data-testid="stMain"><h1>A</h1>
<div class="st-key-champ_question">Question</div><div class="st-key-presenter_menu"><button>Présenter</button></div>
<img src="x.png"><button></button>
<p style="color:#bbb;background:#fff">pâle</p><p style="width: 3000px">Click here 1,234</p>
<div class="stButton"><button style="position:absolute;left:0;top:300px;height:30px">haut</button></div>
<div class="stButton"><button style="position:absolute;left:200px;top:310px;height:30px">bas</button></div>
<div data-testid="stHorizontalBlock" style="display:flex"><div class="stColumn">un</div>
<div class="stColumn">deux</div></div>
<div class="tableau" style="width:80px;overflow:hidden"><table><tbody><tr><th>MRC</th>
<td style="white-space:nowrap">toutes les personnes admises</td></tr></tbody></table></div>
<div data-testid="stMultiSelectTagsContainer" style="height:5px;overflow:hidden">Ensemble du Québec</div>
<div class="st-key-source_x"><span class="source">Source</span><div class="stPopover" style="margin-top:40px">
<button>Données</button></div></div></main></body></html>"""


def test_the_checks_are_not_blind(page: Page) -> None:
    page.set_content(FLAWS)
    assert {"image-alt", "button-name", "color-contrast"} <= {one.rule for one in states.violations(page) if one.grave}
    assert len(english(page)) == 2
    checks = ("clipped", "small", "uneven", "columns", "tables", "overflowing", "alone", "banner")
    assert [check for check in checks if not wrong(page, check)] == []
    assert wrong(page, "long", (0.1, 3, 40))


def test_what_is_known_of_streamlit_is_documented() -> None:
    text = (ROOT / "docs" / "accessibilite.md").read_text(encoding="utf-8")
    for rule in states.KNOWN:
        assert f"`{rule}`" in text, rule


def the_pages_of_incidents(browser: Browser, serve: Any, files: Files) -> None:
    """A shared file at fault, then no server at all."""
    files.edit("config.yaml", "default_measure: taux", "default_measure: x")
    broken = serve(files.root)
    page = context(browser, broken).new_page()
    page.goto(broken.url)
    wait_until_done(page)
    page.get_by_text("Les données ne peuvent pas être affichées").wait_for()
    assert [str(one) for one in states.violations(page) if one.grave or one.ours] == []
    assert english(page) == []
    broken.stop()
    page.get_by_text("Connexion interrompue").wait_for()
    assert [str(one) for one in states.violations(page) if one.grave] == []
    assert english(page) == []
    page.context.close()


# In the whole report only (« make axe »), and never skipped: a test of the browser that is skipped is a fault.
if REPORT:
    test_the_pages_of_incidents = the_pages_of_incidents

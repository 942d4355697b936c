"""What a person waits for, in Chromium: first load, change of page, of measure and of year; and the bytes it takes."""

from __future__ import annotations

import base64
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from bench.servers import answers, running

NAMES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chromium-headless-shell",
)
# The last one: driven from outside, Chromium notes a stack at each caught error, and reads the script again to know the
# lines; half a second for the bundle of Plotly, which nobody pays in a browser that is not driven. Lines kept from the
# start, both pages are measured as a person meets them.
ARGUMENTS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
    "--js-flags=--no-enable-lazy-source-positions",
)  # fmt: skip
WATCH: Final = (Path(__file__).resolve().parent / "watch.js").read_text(encoding="utf-8")
PATIENCE: Final = 30_000
# « 10 Mbit/s and 40 ms », in bytes per second and milliseconds. Chromium does not slow the websocket.
SLOW: Final = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}


@dataclass(frozen=True, slots=True)
class Target:
    """How a page of a server is measured: its address, its key figures, its charts, the page it switches to, and the
    themes: the first one, and that which has the choice of a year, in a list or not."""

    name: str
    path: str
    key: str
    charts: int
    menu: tuple[str, ...]
    other: str
    other_charts: int
    measures: tuple[str, str]
    themes: tuple[str, str] | None = None
    link: str = "[data-testid=stTopNavLink]"
    listed: bool = True


def _peer(name: str, path: str, menu: tuple[str, ...] = (), **named: Any) -> Target:
    """A page that says what ours says."""
    other, measures = "Chaudière-Appalaches", ("Nombre", "Part de sa région")
    themes = ("Territoires", "Évolution")
    return Target(name, path, ".cle-valeur", 2, (*menu, other), other, 2, measures, themes, **named)


TARGETS: Final = (
    Target("vide", "/", "[data-testid=stMain] h1", 0, ("Autre",), "Autre page vide", 0, ("Nombre", "Part")),
    _peer("streamlit", "/"),
    _peer("dash", "/bas-saint-laurent", link="nav a", listed=False),
    _peer("shiny", "/", link="nav a", listed=False),
    _peer("statique", "/bas-saint-laurent.html", link="nav a", listed=False),
    _peer("portraits", "/bas-saint-laurent", ("Régions",), link="[data-testid=stTopNavDropdownLink]"),
)


@dataclass
class Traffic:
    """Bytes on the wire, from the events of Chromium."""

    http: float = 0
    received: float = 0
    sent: float = 0
    requests: int = 0
    _cdp: CDPSession | None = field(default=None, repr=False)

    def listen(self, cdp: CDPSession) -> None:
        cdp.on("Network.loadingFinished", self._finished)
        cdp.on("Network.webSocketFrameReceived", lambda event: self._frame(event, "received"))
        cdp.on("Network.webSocketFrameSent", lambda event: self._frame(event, "sent"))
        cdp.send("Network.enable")

    def _finished(self, event: dict[str, Any]) -> None:
        self.http += event["encodedDataLength"]
        self.requests += 1

    def _frame(self, event: dict[str, Any], way: str) -> None:
        frame = event["response"]
        binary = frame["opcode"] == 2
        size = len(base64.b64decode(frame["payloadData"])) if binary else len(frame["payloadData"].encode())
        setattr(self, way, getattr(self, way) + size)

    def take(self) -> tuple[float, float, float]:
        """Kilobytes over HTTP, received and sent over the websocket since the last time."""
        taken = (self.http / 1000, self.received / 1000, self.sent / 1000)
        self.http = self.received = self.sent = 0
        return taken


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium named by CHROMIUM, or that of the system. Raises RuntimeError when there is none."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise RuntimeError("Chromium est introuvable (variable CHROMIUM).")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield opened
        opened.close()


@contextmanager
def _visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor with nothing in the cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-CA")
    context.set_default_timeout(PATIENCE)
    try:
        yield context
    finally:
        context.close()


def _opened(context: BrowserContext, *, slow: bool = False) -> tuple[Page, Traffic]:
    page = context.new_page()
    page.add_init_script(WATCH)
    traffic = Traffic()
    cdp = context.new_cdp_session(page)
    traffic.listen(cdp)
    if slow:
        cdp.send("Network.emulateNetworkConditions", SLOW)
    return page, traffic


def _load(page: Page, target: Target, url: str) -> dict[str, float]:
    page.add_init_script(f"window.mesures.wait({target.key!r})")
    page.goto(url + target.path, wait_until="commit")
    found: dict[str, float] = page.evaluate(f"window.mesures.first({target.key!r}, {target.charts})")
    return found


def _click(page: Page, locator: Locator, charts: int, title: str = "") -> float:
    page.evaluate("([least, title]) => window.mesures.arm(least, title)", [charts, title])
    locator.click()
    result = page.wait_for_function("() => window.mesures.result").json_value()
    return float(result)


def _open(page: Page, box: Locator) -> None:
    """Open a list. A click that scrolls the page opens and closes it: then the click is made again."""
    box.scroll_into_view_if_needed()
    for _ in range(5):
        box.click()
        try:
            page.get_by_role("option").first.wait_for(timeout=1500)
        except PlaywrightTimeout:
            continue
        return
    raise RuntimeError("La liste des années ne s’ouvre pas.")


def one_round(browser: Browser, target: Target, url: str, *, slow: bool = False) -> dict[str, float | None]:
    """One visit: milliseconds and kilobytes of each step. ``slow``: only the first load, on a slow line."""
    with _visitor(browser) as context:
        page, traffic = _opened(context, slow=slow)
        loaded = _load(page, target, url)
        http, received, _ = traffic.take()
        if slow:
            return {"lent_chiffres_ms": loaded["key"], "lent_graphiques_ms": loaded["drawn"]}
        found: dict[str, float | None] = {
            "chiffres_ms": loaded["key"],
            "graphiques_ms": loaded["drawn"],
            "http_ko": http,
            "ws_chargement_ko": received,
        }

        def step(name: str, clicked: Locator, charts: int, title: str = "") -> None:
            traffic.take()
            found[f"{name}_ms"] = _click(page, clicked, charts, title)
            found[f"{name}_ko"] = sum(traffic.take()[:2])

        def radio(name: str) -> Locator:
            return page.get_by_role("radio", name=name, exact=True).first

        for name in target.measures:  # the second one is kept: the code of the first change is then loaded
            step("mesure", radio(name), target.charts)
        first, dated = target.themes or ("", "")
        if dated:
            _click(page, radio(dated), 1)
        for year in ("2016", "2017"):
            if target.listed:
                _open(page, page.get_by_test_id("stSelectbox").filter(has_text="Année").get_by_role("combobox"))
            chosen = page.get_by_role("option", name=year, exact=True) if target.listed else radio(year)
            step("annee", chosen, 1 if dated else 0)
        if first:
            _click(page, radio(first), target.charts)
        *opening, last = target.menu
        for name in opening:
            page.get_by_test_id("stTopNavSection").filter(has_text=name).first.click()
        step("page", page.locator(target.link).filter(has_text=last).first, target.other_charts, target.other)
        page.close()
        page, traffic = _opened(context)
        found["retour_ms"] = _load(page, target, url)["drawn"]
        found["retour_ko"] = sum(traffic.take()[:2])
        return found


def cold_start(browser: Browser, target: Target) -> dict[str, float | None]:
    """Milliseconds from the start of a server of its own to its first answer, and to a page drawn."""
    with _visitor(browser) as context:
        page, _ = _opened(context)
        with running(target.name) as server:
            answers(server.url + target.path)
            asked = (time.perf_counter() - server.started) * 1000
            drawn = _load(page, target, server.url)["drawn"]
    return {"froid_reponse_ms": asked, "froid_dessin_ms": asked + drawn}

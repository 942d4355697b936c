"""What a person waits for, in Chromium: first load, change of page, of measure and of year; and the bytes it takes."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
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
    theme that has the choice of a year."""

    name: str
    path: str
    key: str
    charts: int
    menu: tuple[str, ...]
    other: str
    other_charts: int
    measures: tuple[str, str]
    theme: str = ""


TARGETS: Final = (
    Target("vide", "/", "[data-testid=stMain] h1", 0, ("Autre",), "Autre page vide", 0, ("Nombre", "Part")),
    Target(
        "portraits", "/bas-saint-laurent", ".cle-valeur", 2, ("Régions", "Chaudière-Appalaches"),
        "Chaudière-Appalaches", 1, ("Nombre", "Part de sa région"), "Évolution",
    ),
)  # fmt: skip


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
def _visitor(browser: Browser, slow: bool) -> Iterator[tuple[Page, Traffic]]:
    """A visitor with nothing in the cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-CA")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.add_init_script(WATCH)
    traffic = Traffic()
    cdp = context.new_cdp_session(page)
    traffic.listen(cdp)
    if slow:
        cdp.send("Network.emulateNetworkConditions", SLOW)
    try:
        yield page, traffic
    finally:
        context.close()


def _load(page: Page, target: Target, url: str) -> dict[str, float]:
    page.add_init_script(f"window.mesures.wait({target.key!r})")
    page.goto(url + target.path, wait_until="commit")
    found: dict[str, float] = page.evaluate(f"window.mesures.first({target.key!r}, {target.charts})")
    return found


def _click(page: Page, target: Target, locator: Any, charts: int, title: str = "") -> float:
    page.evaluate("([least, title]) => window.mesures.arm(least, title)", [charts, title])
    locator.click()
    result = page.wait_for_function("() => window.mesures.result").json_value()
    return float(result)


def _open(page: Page, box: Any) -> None:
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
    with _visitor(browser, slow) as (page, traffic):
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
        buttons = page.locator("[data-testid=stButtonGroup]").filter(has_text=target.measures[0]).first
        for name in target.measures:  # the second one is kept: the code of the first change is then loaded
            option = buttons.get_by_role("radio", name=name, exact=True)
            found["mesure_ms"] = _click(page, target, option, target.charts)
            found["ws_mesure_ko"] = traffic.take()[1]
        if target.theme:
            page.get_by_role("radio", name=target.theme, exact=True).click()
        box = page.get_by_test_id("stSelectbox").filter(has_text="Année").get_by_role("combobox")
        for year in ("2016", "2017"):
            _open(page, box)
            found["annee_ms"] = _click(
                page, target, page.get_by_role("option", name=year, exact=True), target.other_charts
            )
            found["ws_annee_ko"] = traffic.take()[1]
        *opening, last = target.menu
        for name in opening:
            page.get_by_test_id("stTopNavSection").filter(has_text=name).first.click()
        entry = page.get_by_test_id("stTopNavDropdownLink" if opening else "stTopNavLink").filter(has_text=last).first
        found["page_ms"] = _click(page, target, entry, target.other_charts, target.other)
        found["ws_page_ko"] = traffic.take()[1]
        return found

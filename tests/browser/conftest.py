"""Fixtures of the browser tests: a real server, a real Chromium, and a record of what goes wrong or goes out.

Without Playwright or Chromium the tests are skipped and say why; REQUIRE_BROWSER=1 makes that a failure.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

import pytest

from bench.servers import Server, start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

APP = Path(__file__).resolve().parents[2] / "app.py"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
PAGE_MILLISECONDS = 45_000
# The client of Streamlit looks for its server from the address of the page, unless our script has told it the root.
KNOWN_ERRORS = re.compile(r"/_stcore/(health|host-config)")
READY = (
    "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED] "
    "[data-testid=stMainBlockContainer] [data-testid=stElementContainer]"
)

# Nothing awaited of what is asked for in pieces: a module, a chart, a picture, a font. « networkidle » would wait for
# ever where Streamlit asks whether the file of a button is there, and reads nothing of the answer.
DRAWN = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  return document.readyState === "complete" && document.fonts.status === "loaded"
    && !document.querySelector("[data-testid=stAppSkeleton], [data-testid=stSkeleton]")
    && all("[data-testid=stPlotlyChart]").every((chart) => chart.querySelector(".main-svg"))
    && all("img").every((image) => image.complete || image.loading === "lazy");
}"""


def missing(reason: str) -> NoReturn:
    """Skip, or fail where a browser is required."""
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"{reason} REQUIRE_BROWSER=1 exige un navigateur.", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start another server: ``serve(root)`` on the data of another folder, ``serve()`` for a cold one."""
    started: list[Server] = []

    def _serve(root: Path | None = None, *arguments: str) -> Server:
        # From a folder that is not its own.
        folder, chosen = tmp_path_factory.mktemp("serveur"), {"DASHBOARD_ROOT": str(root)} if root else {}
        try:
            started.append(start(APP, folder, *arguments, environment=chosen))
        except RuntimeError as error:
            pytest.fail(str(error), pytrace=False)
        return started[-1]

    yield _serve
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def server(serve: Callable[..., Server]) -> Server:
    """The dashboard on its own data, shared by the tests."""
    return serve()


# One for each module (a second each): while Playwright is open it keeps an event loop running in this thread, and a
# test of another folder that comes after could not start its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium: the one named by CHROMIUM, or else the one of the system."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("Essais de navigateur sautés : Playwright n’est pas installé (pip install playwright).")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None or not Path(path).exists():
        missing("Essais de navigateur sautés : Chromium est introuvable (variable CHROMIUM).")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Journal:
    """What the browser did: requests that leave the machine, errors, refusals of the security policy."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def errors_of_ours(self) -> list[str]:
        """Errors, without the two lines by which Streamlit looks for its base path."""
        return [text for text in self.errors if not KNOWN_ERRORS.search(text)]

    def watch(self, page: Page) -> None:
        """Record a page."""
        page.on("request", lambda request: self._address(request.url))
        page.on("websocket", lambda websocket: self._address(websocket.url))
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(f"{error}"))

    def _address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
            self.outside.append(url)

    def _console(self, message: ConsoleMessage) -> None:
        text = f"{message.text} ({message.location.get('url', '')})"
        if "Content Security Policy" in text:
            self.refused.append(text)
        if message.type == "error":
            self.errors.append(text)


@pytest.fixture
def journal() -> Journal:
    """Record of the pages of the test."""
    return Journal()


def context(browser: Browser, server: Server, width: int) -> BrowserContext:
    """A new visitor, in Québec French."""
    made = browser.new_context(
        viewport={"width": width, "height": 800},
        locale="fr-CA",
        base_url=server.url,
        permissions=["clipboard-read", "clipboard-write"],
    )
    made.set_default_timeout(PAGE_MILLISECONDS)
    return made


@pytest.fixture
def page(browser: Browser, server: Server, journal: Journal) -> Iterator[Page]:
    """A page of 1280 × 800, recorded."""
    made = context(browser, server, 1280)
    opened = made.new_page()
    journal.watch(opened)
    yield opened
    made.close()


@pytest.fixture
def mobile_page(browser: Browser, server: Server, journal: Journal) -> Iterator[Page]:
    """A page of 375 × 800, recorded."""
    made = context(browser, server, 375)
    opened = made.new_page()
    journal.watch(opened)
    yield opened
    made.close()


@pytest.fixture
def goto() -> Callable[[Page, str], None]:
    """``goto(page, "/cibles")``: open an address and wait until the script has drawn it."""

    def _goto(page: Page, url: str) -> None:
        page.goto(url)
        wait_until_done(page)

    return _goto


@pytest.fixture
def settled() -> Callable[[Page], None]:
    """``settled(page)`` after a click: wait until the script is done. For a result, prefer ``expect(locator)``."""
    return wait_until_done


def menu_entry(page: Page, title: str) -> Locator:
    """A page in the section of the menu that is open; its role is not the same in every version of Streamlit."""
    return page.get_by_test_id("stTopNavDropdownLink").filter(has=page.get_by_text(title, exact=True))


def wait_until_done(page: Page) -> None:
    """Wait until the script has run and no chart or module is still being fetched."""
    page.locator(READY).first.wait_for(state="attached")
    page.wait_for_function(DRAWN)


@pytest.fixture
def region(page: Page, goto: Callable[..., None]) -> Page:
    """The page of Bas-Saint-Laurent, its map drawn."""
    goto(page, "/bas-saint-laurent")
    page.locator(".st-key-carte path.choroplethlocation").first.wait_for(state="attached")
    return page

"""Fixtures of the browser tests: a real server, a real Chromium, and a record of what goes wrong or goes out.

Without Playwright or Chromium the tests are skipped and say why; REQUIRE_BROWSER=1 makes that a failure.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

import pytest

from bench.servers import Server, start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

APP = Path(__file__).resolve().parents[2] / "app.py"
# The shell has no window of its own to draw: a page costs it a quarter less.
NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
)  # fmt: skip
# The pages of a site share a process: starting one costs as much as drawing a page. A page that is opened once never
# runs its scripts often enough to repay their optimisation; nor are they to be read again for the lines of each caught
# error, as Chromium does when it is driven.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage", "--process-per-site",
    "--js-flags=--no-enable-lazy-source-positions,--no-opt,--no-maglev,--max-lazy",
]  # fmt: skip
PAGE_MILLISECONDS = 45_000
# Between two looks at a page: at every frame, looking would make the page draw frames for nothing.
LOOK_MILLISECONDS = 40
# The client of Streamlit looks for its server from the address of the page, unless our script has told it the root.
KNOWN_ERRORS = re.compile(r"/_stcore/(health|host-config)")
# Streamlit calls a page running only once the server has answered: after a click it is « not running » for a while, and
# its address is the one before. So the messages themselves tell what is awaited: fields 11 of what is sent (a run is
# asked for), 4 and 6 of what is received (a run begins; it is over, unless it makes way for another: 2).
AWAITED = """(() => {
  const fields = (data) => {
    const [bytes, found] = [new Uint8Array(data), new Map()];
    let at = 0;
    const number = () => {
      let [value, unit] = [0, 1];
      do { value += (bytes[at] & 127) * unit; unit *= 128; } while (bytes[at++] > 127);
      return value;
    };
    while (at < bytes.length) {
      const [tag, value] = [number(), number()];
      found.set(tag >> 3, value);
      if ((tag & 7) === 2) at += value;
    }
    return found;
  };
  [window.awaited, window.asked] = [null, 0];
  window.WebSocket = class extends window.WebSocket {
    constructor(...told) {
      super(...told);
      this.addEventListener("close", () => { window.awaited = null; });
      this.addEventListener("message", ({ data }) => {
        const found = fields(data);
        if (found.has(4)) window.awaited = "end";
        else if (found.has(6) && found.get(6) !== 2 && window.awaited === "end") window.awaited = null;
      });
    }
    send(data) {
      if (fields(data).has(11)) [window.awaited, window.asked] = ["run", window.asked + 1];
      super.send(data);
    }
  };
})()"""
# Nothing awaited of the server, nor of what is asked for in pieces (a module, a chart, a picture, a font), at several
# looks that follow each other. « networkidle » would wait for ever where Streamlit asks whether the file of a button
# is there, and reads nothing of the answer.
DONE = """(turn) => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const done = !window.awaited && document.readyState === "complete" && document.fonts.status === "loaded"
    && document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]"
      + "[data-test-connection-state=CONNECTED] [data-testid=stMainBlockContainer] [data-testid=stElementContainer]")
    && !document.querySelector("[data-testid=stAppSkeleton], [data-testid=stSkeleton], [data-stale=true]")
    && all(".graphique").every((chart) => chart.querySelector(".main-svg") && !chart.ariaBusy)
    && all("img").every((image) => image.complete || image.loading === "lazy");
  if (window.doneSince?.turn !== turn || !done) window.doneSince = { turn, looks: 0 };
  return (window.doneSince.looks += 1) > 3;
}"""
_turns = count()


def missing(reason: str) -> NoReturn:
    """Skip, or fail where a browser is required."""
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"{reason} REQUIRE_BROWSER=1 exige un navigateur.", pytrace=False)
    pytest.skip(reason)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start another server: ``serve(root)`` on the data of another folder, ``serve()`` for a cold one."""
    started: list[Server] = []

    def _serve(root: Path | None = None, *arguments: str, port: int | None = None) -> Server:
        started.append(
            _start(tmp_path, *arguments, environment={"DASHBOARD_ROOT": str(root)} if root else {}, port=port)
        )
        return started[-1]

    yield _serve
    for server in started:
        server.stop()


def _start(folder: Path, *arguments: str, **given: Any) -> Server:
    # From a folder that is not its own.
    try:
        return start(APP, folder, *arguments, **given)
    except RuntimeError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard on its own data, shared by the tests."""
    started = _start(tmp_path_factory.mktemp("serveur"))
    yield started
    started.stop()


# Of this folder (hence its __init__.py): while Playwright is open it keeps an event loop running in this thread, and a
# test of another folder that comes after could not start its own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium: the one named by CHROMIUM, or else the one of the system."""
    try:
        from playwright.sync_api import expect as of_playwright
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("Essais de navigateur sautés : Playwright n’est pas installé (pip install playwright).")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None or not Path(path).exists():
        missing("Essais de navigateur sautés : Chromium est introuvable (variable CHROMIUM).")
    of_playwright.set_options(timeout=PAGE_MILLISECONDS)
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

    def forget(self) -> None:
        for noted in (self.outside, self.errors, self.refused):
            noted.clear()

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


def context(browser: Browser, server: Server, width: int = 1280, *, touch: bool = False) -> BrowserContext:
    """A new visitor, in Québec French."""
    made = browser.new_context(
        viewport={"width": width, "height": 800},
        locale="fr-CA",
        base_url=server.url,
        has_touch=touch,
        is_mobile=touch,
        permissions=["clipboard-read", "clipboard-write"],
    )
    made.set_default_timeout(PAGE_MILLISECONDS)
    made.add_init_script(AWAITED)
    return made


@pytest.fixture(scope="package")
def desk(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """Somebody who has come before: the scripts of the dashboard are in the cache of the browser, nothing else is."""
    made = context(browser, server)
    yield made
    made.close()


@pytest.fixture
def page(desk: BrowserContext, journal: Journal) -> Iterator[Page]:
    """A page of 1280 × 800, recorded."""
    desk.clear_cookies()
    opened = desk.new_page()
    journal.watch(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def tab(desk: BrowserContext) -> Iterator[Page]:
    """A page of 1280 × 800 that the tests of a file leave to one another: each address opened is a session of its own,
    and a tab of its own would cost as much again. For those who change nothing of the tab but its size."""
    opened = desk.new_page()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def pocket(browser: Browser, server: Server) -> Iterator[Page]:
    """A telephone of 375 × 800, left by the tests of a file to one another."""
    made = context(browser, server, 375, touch=True)
    yield made.new_page()
    made.close()


@pytest.fixture
def mobile_page(page: Page) -> Page:
    """A page of 375 × 800, recorded."""
    page.set_viewport_size({"width": 375, "height": 800})
    return page


@pytest.fixture
def goto() -> Callable[[Page, str], None]:
    """``goto(page, "/cibles")``: open an address and wait until the script has drawn it."""

    def _goto(page: Page, url: str) -> None:
        page.goto(url)
        wait_until_done(page)

    return _goto


def expect(what: Any) -> Any:
    """Playwright's own « expect », asked for only where there is a Playwright."""
    from playwright.sync_api import expect as of_playwright

    return of_playwright(what)


def menu_entry(page: Page, title: str) -> Locator:
    """A page in the section of the menu that is open; its role is not the same in every version of Streamlit."""
    return page.get_by_test_id("stTopNavDropdownLink").filter(has=page.get_by_text(title, exact=True))


def present(page: Page, entry: str = "Plein écran") -> None:
    """Choose an entry of « Présenter », beside the title."""
    page.get_by_role("button", name="Présenter", exact=True).click()
    page.get_by_role("menuitem", name=entry, exact=True).click()


def wait_until_done(page: Page) -> None:
    """Wait until the server has answered all that was asked and the page has drawn it."""
    page.wait_for_function(DONE, arg=next(_turns), polling=LOOK_MILLISECONDS)


def back(page: Page) -> None:
    """The button of the browser, once the page has written its address."""
    wait_until_done(page)
    page.go_back()


def forward(page: Page) -> None:
    """The button of the browser, once the page has written its address."""
    wait_until_done(page)
    page.go_forward()


def reload(page: Page) -> None:
    """The button of the browser, once the page has written its address."""
    wait_until_done(page)
    page.reload()
    wait_until_done(page)


@pytest.fixture
def region(page: Page, goto: Callable[..., None]) -> Page:
    """The page of Bas-Saint-Laurent, its map drawn."""
    goto(page, "/bas-saint-laurent")
    page.locator(".st-key-carte path.choroplethlocation").first.wait_for(state="attached")
    return page

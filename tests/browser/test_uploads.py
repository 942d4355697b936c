"""A file too big, on each page that takes one: refused in French, by the page and by the server, at the same size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import wait_until_done
from tests.browser.test_shell import ENGLISH, TEXTS
from tests.long_forms import first
from tests.ui.test_upload_limit import LIMIT

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = [("suivi", "csv"), ("mettre-a-jour", "xlsx")]
ZONE = "[data-testid=stFileUploader]"


@pytest.mark.parametrize(("slug", "ending"), first(PAGES))
def test_a_file_too_big_is_refused_in_french(page: Page, goto: Any, tmp_path: Path, slug: str, ending: str) -> None:
    goto(page, f"/{slug}")
    zone = page.locator(ZONE)
    zone.get_by_text(f"{LIMIT}\u00a0Mo au plus").first.wait_for()
    big, small = tmp_path / f"gros.{ending}", tmp_path / f"petit.{ending}"
    big.write_bytes(b"x" * (LIMIT * 1024 * 1024 + 1))
    page.locator("input[type=file]").set_input_files(big)
    zone.get_by_text(f"Ce fichier est trop gros : {LIMIT} Mo au plus.").first.wait_for()
    wait_until_done(page)
    assert [text for text in page.evaluate(TEXTS) if ENGLISH.search(text)] == []
    # The same said by the server, or by a proxy with another limit.
    small.write_bytes(b"x")
    page.route("**/_stcore/upload_file/**", lambda route: route.fulfill(status=413, body="Fichier trop volumineux"))
    page.locator("input[type=file]").set_input_files(small)
    zone.get_by_text("Ce fichier est trop gros pour être envoyé").first.wait_for()
    assert [text for text in page.evaluate(TEXTS) if ENGLISH.search(text)] == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("status", "said"), [(502, "n’a pas pu être envoyé (code 502)"), (None, "la connexion a été coupée")]
)
def test_a_file_that_does_not_arrive_is_said_in_french(page: Page, goto: Any, status: int | None, said: str) -> None:
    goto(page, "/suivi")
    page.route(
        "**/_stcore/upload_file/**", lambda route: route.fulfill(status=status) if status else route.abort("failed")
    )
    page.locator("input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"x"})
    page.locator(ZONE).get_by_text(said).first.wait_for()
    assert [text for text in page.evaluate(TEXTS) if ENGLISH.search(text)] == []

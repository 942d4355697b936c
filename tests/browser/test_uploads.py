"""A file too big: refused in French, by the page and by the server, at the same size; and one that does not arrive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import wait_until_done
from tests.browser.test_shell import ENGLISH, TEXTS
from tests.ui.test_upload_limit import LIMIT

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# What the server, or a proxy with another limit, answers to a file: its status, or nothing at all.
ANSWERS = [
    (413, "Ce fichier est trop gros pour être envoyé"),
    (502, "n’a pas pu être envoyé (code 502)"),
    (None, "la connexion a été coupée"),
]


def test_a_file_that_is_too_big_or_does_not_arrive_is_refused_in_french(page: Page, goto: Any, tmp_path: Path) -> None:
    goto(page, "/suivi")
    zone, field = page.get_by_test_id("stFileUploader"), page.locator("input[type=file]")
    zone.get_by_text(f"{LIMIT}\u00a0Mo au plus").first.wait_for()
    big = tmp_path / "gros.csv"
    big.write_bytes(b"x" * (LIMIT * 1024 * 1024 + 1))

    def refused(file: Any, said: str) -> None:
        field.set_input_files(file)
        zone.get_by_text(said).first.wait_for()
        wait_until_done(page)
        assert [text for text in page.evaluate(TEXTS) if ENGLISH.search(text)] == []

    refused(big, f"Ce fichier est trop gros : {LIMIT} Mo au plus.")
    for status, said in ANSWERS:
        page.route(
            "**/_stcore/upload_file/**",
            lambda route, _request, status=status: route.fulfill(status=status) if status else route.abort("failed"),
        )
        refused({"name": "a.csv", "mimeType": "text/csv", "buffer": b"x"}, said)

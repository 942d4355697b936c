"""The cookie that names a browser: given once, to it alone, where the dashboard is."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.ui.server.document import french_page, index_html
from dashboard.ui.server.pages import BROWSER, Pages
from dashboard.ui.server.static_files import REVALIDATE


@pytest.fixture(scope="module")
def page() -> str:
    return french_page(index_html().read_text(encoding="utf-8"), "Essai")


def visit(page: str, base: str = "") -> TestClient:
    return TestClient(Starlette(routes=list(Pages(page, lambda: {"cibles"}).routes(base))), follow_redirects=False)


@pytest.mark.parametrize(("base", "path"), [("", "/"), ("/portraits", "/portraits/")])
def test_given_once_to_this_browser_alone(page: str, base: str, path: str) -> None:
    client = visit(page, base)
    first = client.get(f"{base}/cibles?annee=2019")
    given = first.headers["set-cookie"]
    assert all(part in given for part in (f"Path={path};", "HttpOnly", "SameSite=lax", "Max-Age=34560000"))
    assert "Secure" not in given
    assert len(first.cookies[BROWSER]) == 32
    # Kept by no cache between the browser and the server, which would give it to others.
    assert first.headers["cache-control"] == f"private, {REVALIDATE}"
    again = client.get(f"{base}/cibles")
    assert "set-cookie" not in again.headers
    assert again.headers["cache-control"] == REVALIDATE
    assert visit(page, base).get(f"{base}/").cookies[BROWSER] != first.cookies[BROWSER]


def test_given_with_a_page_that_the_browser_has_already(page: str) -> None:
    tag = visit(page).get("/").headers["etag"]
    answer = visit(page).get("/", headers={"If-None-Match": tag})
    assert (answer.status_code, BROWSER in answer.cookies) == (304, True)


def test_an_empty_one_is_none(page: str) -> None:
    assert BROWSER in visit(page).get("/", headers={"Cookie": f"{BROWSER}="}).cookies


def test_over_https_it_never_goes_in_clear(page: str) -> None:
    assert "Secure" in visit(page).get("/", headers={"X-Forwarded-Proto": "https"}).headers["set-cookie"]

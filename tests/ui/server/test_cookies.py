"""The cookies: where one is sent back after signing in, a page of ours and no other; the name of a browser, given to it
alone, once, where the dashboard is."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.ui.server.pages import BROWSER, Pages
from dashboard.ui.server.signing_in import BACK, SigningIn
from dashboard.ui.server.static_files import REVALIDATE
from tests.ui.server.test_server import SHELL

BASE = "/portraits"


def client() -> TestClient:
    async def answered(request: Request) -> Response:
        if request.url.path.endswith("oauth2callback") and "code" in request.query_params:
            answer = RedirectResponse(f"{BASE}/")
            if request.query_params["code"] == "bon":
                answer.set_cookie("_streamlit_user", "x")
            return answer
        if request.url.path.endswith("oauth2callback"):
            return RedirectResponse(f"{BASE}/")
        return PlainTextResponse("Authentication error", 400 if "panne" in request.query_params else 200)

    names = ("auth/login", "auth/logout", "oauth2callback", "cibles")
    routes = [Route(f"{BASE}/{name}", answered) for name in names]
    app = Starlette(routes=routes, middleware=[Middleware(SigningIn, base=BASE)])
    return TestClient(app, base_url="http://a.org", follow_redirects=False)


@pytest.mark.parametrize(
    ("referer", "kept"),
    [
        (f"http://a.org{BASE}/cibles?annee=2019&q=%C3%A9", f"{BASE}/cibles?annee=2019&q=%C3%A9"),
        ("http://a.org/ailleurs", ""),
        (f"http://b.org{BASE}/cibles", ""),
        (f"http://a.org{BASE}/{'x' * 3000}", ""),
        ("", ""),
    ],
)
def test_page_that_led_here_is_kept_for_the_way_back(referer: str, kept: str) -> None:
    made = client().get(f"{BASE}/auth/login", headers={"Referer": referer}).headers.get("set-cookie", "")
    assert made.partition(";")[0] == (f"{BACK}={quote(kept, safe='')}" if kept else "")
    assert "Secure" not in made
    if kept:
        assert all(part in made for part in ("HttpOnly", "SameSite=lax", f"Path={BASE}/", "Max-Age=900"))
        https = client().get(f"{BASE}/auth/login", headers={"Referer": referer, "X-Forwarded-Proto": "https"})
        assert "Secure" in https.headers["set-cookie"]


@pytest.mark.parametrize(
    ("cookie", "landed"),
    [
        (f"{BASE}/cibles?a=1", f"{BASE}/cibles?a=1"),
        ("//b.org/portraits/", f"{BASE}/"),
        ("/\\b.org", f"{BASE}/"),
        ("https://b.org/", f"{BASE}/"),
        (f"{BASE}/x\r\nSet-Cookie: a=b", f"{BASE}/"),
        (f"{BASE}/é", f"{BASE}/"),
        ("/autre", f"{BASE}/"),
    ],
)
def test_the_way_back_leads_to_a_page_of_ours(cookie: str, landed: str) -> None:
    answer = client().get(f"{BASE}/oauth2callback?code=bon", headers={"Cookie": f"{BACK}={quote(cookie, safe='')}"})
    assert answer.headers["location"] == landed
    assert any(
        made.startswith(f'{BACK}=""; ') and "Max-Age=0" in made for made in answer.headers.get_list("set-cookie")
    )


def test_a_failure_is_said_and_a_stale_page_is_none() -> None:
    asked = client()
    for path in ("auth/login?panne=1", "oauth2callback?code=faux", "oauth2callback?error=access_denied"):
        answer = asked.get(f"{BASE}/{path}", headers={"Accept": "text/html"})
        assert (answer.status_code, "Connexion impossible" in answer.text) == (400, True), path
    # Back to the callback by the history of the browser, once signed in.
    stale = asked.get(f"{BASE}/oauth2callback?code=faux", headers={"Cookie": "_streamlit_user=x"})
    assert stale.status_code == 307
    assert asked.get(f"{BASE}/oauth2callback").status_code == 307
    assert asked.get(f"{BASE}/cibles?panne=1").text == "Authentication error"


def visit(base: str = "") -> TestClient:
    return TestClient(Starlette(routes=list(Pages(SHELL, lambda: {"cibles"}).routes(base))), follow_redirects=False)


@pytest.mark.parametrize(("base", "path"), [("", "/"), ("/portraits", "/portraits/")])
def test_given_once_to_this_browser_alone(base: str, path: str) -> None:
    client = visit(base)
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
    other = visit(base).get(f"{base}/")
    assert other.cookies[BROWSER] != first.cookies[BROWSER]
    # With a page that the browser has already; an empty one is none; over https it never goes in clear.
    known = visit(base).get(f"{base}/", headers={"If-None-Match": other.headers["etag"]})
    assert (known.status_code, BROWSER in known.cookies) == (304, True)
    assert BROWSER in visit(base).get(f"{base}/", headers={"Cookie": f"{BROWSER}="}).cookies
    assert "Secure" in visit(base).get(f"{base}/", headers={"X-Forwarded-Proto": "https"}).headers["set-cookie"]

"""Which hosts are served and which pages open a websocket, from the settings; errors in French, whoever makes them."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from dashboard.ui.server.errors import FrenchErrors
from dashboard.ui.server.origins import Allowed, HostGuard, OriginGuard, allowed
from tests.ui.server.test_server import call, inner

PUBLIC = "tableau.exemple.org"
HERE = "127.0.0.1:8501"


def settings(**given: Any) -> Allowed:
    return allowed(given.pop("public", PUBLIC), **{"port": 8501, **given})


# ---- Hosts -----------------------------------------------------------------------------------------------------------
SERVED = (PUBLIC, "TABLEAU.exemple.org:443", "localhost:8501", HERE, "[::1]:8501")
ELSEWHERE = (
    *("ailleurs.exemple.net", f"{PUBLIC}.ailleurs.net", f"autre.{PUBLIC}", f"{PUBLIC}@ailleurs.net"),
    *("localhost.ailleurs.net", "192.168.1.5", "", f"{PUBLIC}, ailleurs.net"),
)


@pytest.mark.parametrize(("host", "served"), [*((h, True) for h in SERVED), *((h, False) for h in ELSEWHERE)])
def test_once_an_address_is_given_only_it_and_this_machine_are_served(host: str, served: bool) -> None:
    app = FrenchErrors(HostGuard(inner, settings))
    answer = call(app, "/_stcore/stream", host=host)
    assert answer.status == (299 if served else 400)
    assert ("Adresse refusée" in answer.body.decode()) != served
    assert "Invalid" not in answer.body.decode()
    answer = call(app, "/_stcore/stream", kind="websocket", host=host)
    assert answer.types[0] == ("websocket.accept" if served else "websocket.http.response.start")


@pytest.mark.parametrize(
    ("given", "served", "refused"),
    [
        # Streamlit's other settings are addresses too, however they are written.
        ({"public": None, "hosts": ["*.exemple.org"]}, "a.exemple.org", "exemple.net"),
        ({"public": None, "origins": ["https://portail.exemple.org:8443/tb"]}, "portail.exemple.org", PUBLIC),
        ({"public": None, "origins": "https://a.exemple.org, https://b.exemple.org"}, "b.exemple.org", PUBLIC),
        ({"public": f"https://{PUBLIC}/portraits"}, PUBLIC, "exemple.org"),
        ({"public": "2001:db8::5"}, "[2001:db8::5]", "[2001:db8::6]"),
        ({"listening": "192.168.1.5"}, "192.168.1.5:8501", "192.168.1.6"),
        # Nothing that can be read: closed, save to this machine.
        ({"public": None, "origins": ['["https://a.exemple.org",']}, HERE, "a.exemple.org"),
        ({"public": "pas une adresse!"}, "localhost", "adresse"),
    ],
)
def test_every_setting_counts(given: dict[str, Any], served: str, refused: str) -> None:
    app = HostGuard(inner, lambda: settings(**given))
    assert call(app, "/", host=served).status == 299
    assert call(app, "/", host=refused).status == 400


def test_a_setting_that_cannot_be_read_is_named(caplog: pytest.LogCaptureFixture) -> None:
    settings(public=None, origins=["https://bon.exemple.org", "ftp://mauvais"])
    assert "server.corsAllowedOrigins : « ftp://mauvais »" in caplog.text
    assert "bon.exemple.org" not in caplog.text


@pytest.mark.parametrize("host", ["monposte:8501", "192.168.1.5:8501"])
def test_without_an_address_everyone_is_served_and_opens_from_its_own_page(host: str) -> None:
    app = HostGuard(OriginGuard(inner, lambda: settings(public=None)), lambda: settings(public=None))
    assert call(app, "/", host=host).status == 299
    for origin, opened in ((f"http://{host}", "accept"), ("http://localhost:9999", "close")):
        answer = call(app, "/_stcore/stream", kind="websocket", host=host, origin=origin)
        assert answer.types == [f"websocket.{opened}"]
    # Anyone may be asked for by name.
    assert call(HostGuard(inner, lambda: settings(hosts=["*"])), "/", host=host).status == 299


@pytest.mark.parametrize(
    ("origin", "host", "opens"),
    [
        (None, PUBLIC, True),
        (f"https://{PUBLIC}", PUBLIC, True),
        (f"https://{PUBLIC}", f"{PUBLIC}:443", True),
        # A proxy that asks under the name of the process.
        (f"https://{PUBLIC}", HERE, True),
        ("https://portail.exemple.org:8443", PUBLIC, True),
        (f"http://{HERE}", HERE, True),
        # Any port of this machine, or of the host.
        ("http://localhost:9999", PUBLIC, False),
        ("http://localhost:9999", HERE, False),
        ("https://portail.exemple.org", PUBLIC, False),
        # A list, or what is no origin.
        (f"https://{PUBLIC}, https://ailleurs.net", PUBLIC, False),
        ("http://localhost:8501, https://ailleurs.net", "localhost:8501", False),
        (f"https://{PUBLIC}/", PUBLIC, False),
        (f"https://ailleurs.net@{PUBLIC}", PUBLIC, False),
        (f"//{PUBLIC}", PUBLIC, False),
        (PUBLIC, PUBLIC, False),
        ("https://*.exemple.org", "*.exemple.org", False),
        ("null", PUBLIC, False),
        ("", PUBLIC, False),
        ("http://[", PUBLIC, False),
        # The same wrong name twice, and those that begin like the right one.
        ("https://ailleurs.net", "ailleurs.net", False),
        (f"https://{PUBLIC}.ailleurs.net", PUBLIC, False),
    ],
)
def test_websocket_opens_for_pages_of_the_settings_only(origin: str | None, host: str, opens: bool) -> None:
    def given() -> Allowed:
        return settings(origins=["https://portail.exemple.org:8443"])

    headers = {"host": host} | ({"origin": origin} if origin is not None else {})
    answer = call(HostGuard(OriginGuard(inner, given), given), "/_stcore/stream", kind="websocket", **headers)
    assert (answer.types == ["websocket.accept"]) == opens


@pytest.mark.parametrize("twice", ["origin", "host"])
def test_the_same_header_twice_opens_nothing(twice: str) -> None:
    async def doubled(scope: Scope, receive: Receive, send: Send) -> None:
        more = {"origin": f"https://{PUBLIC}", "host": PUBLIC}[twice]
        scope["headers"].append((twice.encode(), more.encode()))
        await OriginGuard(inner, settings)(scope, receive, send)

    answer = call(doubled, "/_stcore/stream", kind="websocket", host=PUBLIC, origin=f"https://{PUBLIC}")
    assert answer.types == ["websocket.close"]


@pytest.mark.parametrize(
    ("status", "title", "accept"),
    [
        (400, "Adresse", "*/*"),
        *((n, t, "text/html") for n, t in ((404, "Introuvable"), (413, "Fichier"), (503, "Erreur"))),
    ],
)
def test_errors_of_others_are_said_in_french(status: int, title: str, accept: str) -> None:
    async def english(scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"Allow": "GET", "X-Version": "1"}
        await PlainTextResponse("Bad Request", status_code=status, headers=headers)(scope, receive, send)

    answer = call(FrenchErrors(english), "/x", accept=accept)
    assert answer.status == status
    assert title in answer.body.decode()
    assert "Bad Request" not in answer.body.decode()
    assert answer.headers["content-type"].startswith("text/html" if accept == "text/html" else "text/plain")
    assert (answer.headers["allow"], "x-version" in answer.headers) == ("GET", False)
    assert int(answer.headers["content-length"]) == len(answer.body)
    # What is no error is left alone.
    assert call(FrenchErrors(inner), "/x").body == b"inner"

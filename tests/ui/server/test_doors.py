"""Which addresses of Streamlit are open, and the visit that the server makes to itself."""

from __future__ import annotations

import asyncio
import inspect
import re
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette import (
    starlette_agent_routes,
    starlette_auth_routes,
    starlette_routes,
    starlette_websocket,
)

from dashboard.ui.server import doors, warming


def test_every_address_that_streamlit_mounts_is_decided() -> None:
    """An address that a next version adds fails here, so that someone decides; it is closed meanwhile."""
    modules = (starlette_agent_routes, starlette_auth_routes, starlette_routes, starlette_websocket)
    mounted = set()
    for module in modules:
        for name, value in vars(module).items():
            if re.match(r"_?(BASE_)?ROUTE_", name) and isinstance(value, str):
                mounted.add(value.partition("{")[0].strip("/"))
    decided_open = {name.strip("/") for name in (*doors.OPEN, *doors.SIGN_IN, doors.STREAM)}
    decided_closed = {
        "_stcore", "_stcore/metrics", "_stcore/script-health-check", "_stcore/agent/interact", "_stcore/agent/mcp",
        "_stcore/agent/openapi.json", "_stcore/bidi-components", "component", "app/static",
    }  # fmt: skip
    assert "_stcore/metrics" in mounted
    assert mounted <= decided_open | decided_closed
    assert "create_agent_routes" in inspect.getsource(starlette_agent_routes)


@pytest.mark.parametrize(
    ("local", "method", "sign_in", "expected"),
    [
        ("/", "GET", False, True),
        ("/cibles", "HEAD", False, True),
        ("/cibles", "POST", False, False),
        ("/_stcore/health", "GET", False, True),
        ("/_stcore/healthy", "GET", False, False),
        ("/_stcore/health/x", "GET", False, False),
        ("/_stcore/upload_file/a/b", "PUT", False, True),
        ("/_stcore/upload_file/a/b", "GET", False, False),
        ("/_stcore/metrics", "GET", True, False),
        ("//_stcore/metrics", "GET", False, False),
        ("/auth/login", "GET", False, False),
        ("/auth/login", "GET", True, True),
        ("/oauth2callback", "POST", True, False),
        ("/static/js/x.js", "GET", False, True),
        ("/staticfiles", "GET", False, True),  # a page, which does not exist: the gate of the pages answers
    ],
)
def test_what_is_open(local: str, method: str, sign_in: bool, expected: bool) -> None:
    assert doors.is_open(local, method, sign_in=sign_in) is expected


class Runtime:
    """Stands for Streamlit's: answers each request as a session would, or fails at the given one."""

    def __init__(self, fails_at: str | None = None) -> None:
        self.fails_at = fails_at
        self.asked: list[str] = []
        self.closed: list[str] = []

    def connect_session(self, client: Any, user_info: Any) -> str:
        if self.fails_at == "connexion":
            raise RuntimeError
        self.client = client
        return "essai"

    def handle_backmsg(self, _session: str, message: Any) -> None:
        slug = message.rerun_script.page_name
        self.asked.append(slug)
        if slug == self.fails_at:
            raise RuntimeError
        self.client.write_forward_msg(ForwardMsg(ref_hash="x"))
        self.client.write_forward_msg(ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))

    def close_session(self, session: str) -> None:
        self.closed.append(session)


def test_server_visits_its_first_pages_and_leaves() -> None:
    runtime: Any = Runtime()
    assert asyncio.run(warming.visit(runtime, ("", "bas-saint-laurent"))) == 2
    assert (runtime.asked, runtime.closed) == (["", "bas-saint-laurent"], ["essai"])


@pytest.mark.parametrize(("fails_at", "drawn", "closed"), [("connexion", 0, []), ("b", 1, ["essai"])])
def test_a_visit_that_fails_stops_nothing(fails_at: str, drawn: int, closed: list[str]) -> None:
    runtime: Any = Runtime(fails_at)
    assert asyncio.run(warming.visit(runtime, ("a", "b", "c"))) == drawn
    assert runtime.closed == closed

"""Which addresses of Streamlit are open."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from streamlit.web.server import starlette

from dashboard.ui.server import allow_list


def test_every_address_that_streamlit_mounts_is_decided() -> None:
    """An address that a next version adds fails here, so that someone decides; it is closed meanwhile."""
    mounted = set()
    for found in pkgutil.iter_modules(starlette.__path__):
        module = importlib.import_module(f"{starlette.__name__}.{found.name}")
        for name, value in vars(module).items():
            if re.match(r"_?(BASE_)?ROUTE_", name) and isinstance(value, str):
                mounted.add(value.partition("{")[0].strip("/"))
    decided_open = {name.strip("/") for name in (*allow_list.OPEN, *allow_list.SIGN_IN, allow_list.STREAM)}
    decided_closed = {
        "_stcore", "_stcore/metrics", "_stcore/script-health-check", "_stcore/agent/interact", "_stcore/agent/mcp",
        "_stcore/agent/openapi.json", "_stcore/bidi-components", "component", "app/static",
    }  # fmt: skip
    assert "_stcore/metrics" in mounted
    assert mounted <= decided_open | decided_closed


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
    assert allow_list.is_open(local, method, sign_in=sign_in) is expected

"""The list of what is open among the addresses of Streamlit: those that the pages use.

Streamlit also mounts measures of the process, an interface for machines and its description, checks of the script and
frames of components. They are refused here, and not only by a proxy that may be missing: what is not on the list
does not exist, so that an address added by a next version of Streamlit stays closed until someone decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.ui.server.addresses import ASSETS_PREFIX, FIGURES_PREFIX, GEO_PREFIX, RESERVED_SEGMENTS, local_path
from dashboard.ui.server.errors import french_error, wants_html

_READ: Final = frozenset({"GET", "HEAD"})
# Beginning of an address (a final slash takes what follows too) -> methods that the pages need.
OPEN: Final[dict[str, frozenset[str]]] = {
    "_stcore/upload_file/": frozenset({"PUT", "DELETE"}),
    **dict.fromkeys(("_stcore/health", "_stcore/host-config", "static/", "media/"), _READ),
    **dict.fromkeys((ASSETS_PREFIX, FIGURES_PREFIX, GEO_PREFIX), _READ),
}
# Only when the sign-in of config.yaml is on.
SIGN_IN: Final[dict[str, frozenset[str]]] = dict.fromkeys(("auth/login", "auth/logout", "oauth2callback"), _READ)
STREAM: Final = "/_stcore/stream"


def is_open(local: str, method: str, *, sign_in: bool = False) -> bool:
    """True for the address of a page or file of ours, and for what the pages ask of Streamlit."""
    path = local.lstrip("/")
    if path.partition("/")[0] not in RESERVED_SEGMENTS:
        # Pages and files of the root; nothing but reading is done there.
        return method in _READ
    allowed = OPEN | SIGN_IN if sign_in else OPEN
    return any(
        method in methods and (path.startswith(name) if name.endswith("/") else path == name)
        for name, methods in allowed.items()
    )


@dataclass
class AllowList:
    """Middleware that answers 404 in French to what is not on the list, and closes websockets elsewhere than at
    Streamlit's own address."""

    app: ASGIApp
    base: str
    sign_in: Callable[[], bool]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        local = local_path(scope, self.base) if scope["type"] in {"http", "websocket"} else None
        if scope["type"] == "websocket" and local != STREAM:
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] == "http" and local is not None:
            # Read at each request for these addresses only: the setting is in a file.
            asked = local.lstrip("/") in SIGN_IN and self.sign_in()
            if not is_open(local, scope["method"], sign_in=asked):
                await french_error(404, html=wants_html(Headers(scope=scope)))(scope, receive, send)
                return
        await self.app(scope, receive, send)

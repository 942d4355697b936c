"""Middleware that refuses websockets opened by the page of another site.

Streamlit makes the same check, but before it reads the list of allowed origins it asks a service on the Internet for
its own public address, and the whole server waits for the answer. Nothing must leave the machine, and no foreign page
must be able to slow it: the decision is taken here, and what goes on bears the origin of the host itself.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

_LOG: Final = logging.getLogger(__name__)
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Origins:
    """What the settings allow besides the host itself."""

    check: bool = True
    hosts: frozenset[str] = field(default_factory=frozenset)

    def allows(self, origin: str | None, host: str | None) -> bool:
        """True for no origin (not a browser), the host itself, this machine, or a host of the settings."""
        if not self.check or origin is None:
            return True
        try:
            parts = urlsplit(origin)
            name = parts.hostname
        except ValueError:
            return False
        return parts.netloc == host or name in _LOCAL or name in self.hosts


def _as_same_origin(scope: Scope, headers: Headers) -> Scope:
    """The same connection, as if the page came from the host itself."""
    scheme = "https" if scope.get("scheme") == "wss" else "http"
    origin = f"{scheme}://{headers.get('host', '')}".encode("latin-1")
    kept = [(name, value) for name, value in scope["headers"] if name != b"origin"]
    return {**scope, "headers": [*kept, (b"origin", origin)]}


class OriginGuard:
    """Closes, before they open, the websockets whose origin is not allowed."""

    def __init__(self, app: ASGIApp, origins: Callable[[], Origins]) -> None:
        self.app = app
        self.origins = origins()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if self.origins.allows(headers.get("origin"), headers.get("host")):
            await self.app(_as_same_origin(scope, headers) if "origin" in headers else scope, receive, send)
            return
        _LOG.warning(
            "Connexion refusée : l’origine %.100r n’est pas celle du serveur. "
            "S’il s’agit de l’adresse publique du tableau de bord, ajoutez-la à server.corsAllowedOrigins.",
            headers.get("origin"),
        )
        await receive()  # the connection request, which must be read before it is refused
        await send({"type": "websocket.close", "code": 1008})

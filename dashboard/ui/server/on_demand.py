"""What a page asks for later, by an address that it was given: one way to answer, whatever is asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.ui.server.addresses import local_path
from dashboard.ui.server.replies import french_error


class OnDemand(ABC):
    """Middleware: answers GET and HEAD below `prefix`, 404 in French for what it does not know; the rest goes on."""

    prefix: ClassVar[str]

    def __init__(self, app: ASGIApp, base_url: Callable[[], str]) -> None:
        self.app = app
        self.base_url = base_url()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        local = None
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            local = local_path(scope, self.base_url)
        if local is None or not local.startswith("/" + self.prefix):
            await self.app(scope, receive, send)
            return
        response = await self.answer(local.lstrip("/"), scope) or french_error(404, html=False)
        await response(scope, receive, send)

    @abstractmethod
    async def answer(self, address: str, scope: Scope) -> Response | None:
        """The response for an address below the prefix, relative to the root of the dashboard; None when unknown."""

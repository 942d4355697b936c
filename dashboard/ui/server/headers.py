"""Security headers, on every HTTP response, including errors and files not changed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing comes from elsewhere and nothing is sent elsewhere. Three allowances, all for Streamlit: 'unsafe-inline'
# styles (its components and Plotly write style attributes), data:/blob: images (favicon, downloads), and blob: scripts,
# which it makes of the line of a component (ui/blocks.py): only a script that runs already can make one.
# No 'unsafe-eval', no data: connection: the map outline that Plotly would fetch is given by our own script.
_POLICY: Final = (
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
)
_ANCESTORS: Final = "frame-ancestors 'self'"
_FRAME_OPTIONS: Final = "X-Frame-Options"

_OF_A_SESSION: Final = re.compile(r"(?<!/static)/media/[^/]+$")

_FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    _FRAME_OPTIONS: "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def content_security_policy(inline_hashes: Sequence[str] = ()) -> str:
    """The policy, with the hashes of the scripts written in the page."""
    script = " ".join(["script-src 'self' blob:", *inline_hashes])
    return "; ".join([_POLICY[0], script, *_POLICY[1:]])


def security_headers(policy: str, hosts: Sequence[str] = ()) -> dict[str, str]:
    """All the headers. hosts: those that may show the view in a frame; the older header knows no list: it is left
    out."""
    headers = {"Content-Security-Policy": policy.replace(_ANCESTORS, " ".join([_ANCESTORS, *hosts])), **_FIXED}
    if hosts:
        del headers[_FRAME_OPTIONS]
    return headers


@dataclass
class SecurityHeaders:
    """Pure ASGI: websockets and streamed bodies go through untouched, only the first message of a response changes.

    What a session made for itself (media/) is kept by no cache.

    hosts: who may frame an address, asked for each one; nobody when it is empty.
    """

    app: ASGIApp
    policy: str
    hosts: Callable[[Scope], Sequence[str]] = lambda _: ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = security_headers(self.policy, self.hosts(scope))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                target = MutableHeaders(scope=message)
                target.update(headers)
                if _OF_A_SESSION.search(scope["path"]):
                    target["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers)

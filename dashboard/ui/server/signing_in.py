"""Around Streamlit's own addresses of the sign-in: back to the page that was asked, and in French why it failed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.ui.server.addresses import local_path
from dashboard.ui.server.allow_list import SIGN_IN
from dashboard.ui.server.errors import french_error, wants_html
from dashboard.ui.server.streamlit_internals import USER_COOKIE

# The page from which somebody went to sign in, for the time of the way there and back.
BACK: Final = "retour"
_SECONDS, _LONGEST = 900, 2000
# A path of ours, which no browser takes for another site.
_OURS: Final = re.compile(r"/(?!/)[!-\[\]-~]*")
_FAILED: Final = (
    "Connexion impossible",
    (
        "Le service de connexion ne répond pas comme prévu, ou il a refusé. Réessayez dans un moment; si cela dure, la "
        "personne responsable vérifie la section [auth] de secrets.toml (server_metadata_url, client_id, "
        "client_secret, redirect_uri) et trouve la cause dans le journal du serveur."
    ),
)


def secure(request: Request) -> bool:
    """True when the browser speaks HTTPS, even where the server does not trust what a proxy says: whoever lies about it
    only deprives themselves of a cookie."""
    return "https" in {request.url.scheme, request.headers.get("x-forwarded-proto", "")}


@dataclass
class SigningIn:
    """Middleware of ``auth/login``, ``auth/logout`` and ``oauth2callback``."""

    app: ASGIApp
    base: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        local = (local_path(scope, self.base) or "").lstrip("/") if scope["type"] == "http" else ""
        if local not in SIGN_IN:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        replaced = False

        async def answer(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if message["status"] >= 400 or (local == "oauth2callback" and _refused(request, headers)):
                    replaced = True
                    failed = french_error(400, said=_FAILED, home=f"{self.base}/", html=wants_html(request.headers))
                    for cookie in headers.getlist("set-cookie"):
                        failed.headers.append("set-cookie", cookie)
                    await failed(scope, receive, send)
                elif local == "auth/login" and (asked := self._asked(request)):
                    self._keep(headers, request, quote(asked, safe=""), _SECONDS)
                elif local == "oauth2callback" and BACK in request.cookies:
                    back = unquote(request.cookies[BACK])
                    if self._ours(back):
                        headers["location"] = back
                    self._keep(headers, request, "", 0)
            if not replaced:
                await send(message)

        await self.app(scope, receive, answer)

    def _asked(self, request: Request) -> str:
        """The page that led here, when it is one of ours."""
        came = urlsplit(request.headers.get("referer", ""))
        page = f"{came.path}?{came.query}" if came.query else came.path
        return page if came.netloc == request.headers.get("host") and self._ours(page) else ""

    def _ours(self, page: str) -> bool:
        return page.startswith(f"{self.base}/") and len(page) <= _LONGEST and _OURS.fullmatch(page) is not None

    def _keep(self, headers: MutableHeaders, request: Request, page: str, seconds: int) -> None:
        made = Response()
        made.set_cookie(
            BACK, page, max_age=seconds, path=f"{self.base}/", httponly=True, samesite="lax", secure=secure(request)
        )
        headers.append("set-cookie", made.headers["set-cookie"])


def _refused(request: Request, headers: Headers) -> bool:
    """True when the provider sent somebody back, and they are not signed in for all that."""
    sent_back = "code" in request.query_params or "error" in request.query_params
    signed = any(cookie.startswith(f"{USER_COOKIE}=") for cookie in headers.getlist("set-cookie"))
    return sent_back and not signed and USER_COOKIE not in request.cookies

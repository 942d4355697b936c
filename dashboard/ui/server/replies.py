"""The answers that the shell gives itself: pages, redirects, errors in French."""

from collections.abc import Callable
from html import escape
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.ui.server.headers import security_headers

_MESSAGES: Final = {
    400: ("Adresse refusée", "Cette adresse n’est pas valable."),
    403: ("Accès refusé", "Cette adresse n’est pas ouverte."),
    404: ("Introuvable", "Cette adresse n’existe pas ou n’existe plus."),
    405: ("Demande refusée", "Cette adresse n’accepte pas ce genre de demande."),
    408: ("Demande trop lente", "La demande n’est pas arrivée à temps. Recommencez."),
    413: ("Fichier trop volumineux", "Le fichier envoyé dépasse la taille permise."),
    414: ("Adresse trop longue", "Cette adresse est trop longue pour être lue."),
    500: ("Erreur du serveur", "Une erreur est survenue. Attendez un instant, puis rechargez la page."),
}
_REFUSED: Final = ("Demande refusée", "Le serveur n’accepte pas cette demande.")
_FIRST_ERROR: Final = 400
_LANGUAGE: Final = "fr-CA"
# What the answer to an error says beside its text.
_KEPT: Final = frozenset({"allow", "content-range", "retry-after", "set-cookie", "www-authenticate"})

_PAGE: Final = """<!DOCTYPE html>
<html lang="fr-CA"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
body {{ font: 1rem/1.5 "Open Sans", Roboto, system-ui, sans-serif; color: #223654; margin: 4rem auto; max-width: 36rem;
padding: 0 1.5rem }} a {{ color: #095797 }}
</style></head><body><main><h1>{title}</h1><p>{text}</p>{link}</main></body></html>
"""


def french_error(status: int, *, home: str | None = None, html: bool = True) -> Response:
    """A short French page (or line of text) for an HTTP status; ``home`` is the relative way back, when it is known."""
    title, text = _MESSAGES.get(status, _MESSAGES[500] if status // 100 == 5 else _REFUSED)
    headers = {"Content-Language": _LANGUAGE}
    if not html:
        return PlainTextResponse(f"{title}. {text}\n", status_code=status, headers=headers)
    link = f'<p><a href="{escape(home)}">Revenir à l’accueil du tableau de bord</a></p>' if home else ""
    page = _PAGE.format(title=escape(title), text=escape(text), link=link)
    return HTMLResponse(page, status_code=status, headers=headers)


def wants_html(headers: Headers) -> bool:
    """True for a person who follows a link."""
    return "text/html" in headers.get("accept", "")


def instead(send: Send, scope: Scope, receive: Receive, other: Callable[[int, Headers], Response | None]) -> Send:
    """A ``send`` that gives another answer where ``other`` (from status and headers) has one."""
    replaced = False

    async def checked(message: Message) -> None:
        nonlocal replaced
        if message["type"].endswith("http.response.start"):
            answer = other(message["status"], Headers(raw=message["headers"]))
            if answer is not None:
                replaced = True
                await answer(scope, receive, send)
        if not replaced:
            await send(message)

    return checked


class FrenchErrors:
    """Says in French every error that something under it says in its own words: Streamlit, Starlette."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        def french(status: int, headers: Headers) -> Response | None:
            if status < _FIRST_ERROR or headers.get("content-language") == _LANGUAGE:
                return None
            answer = french_error(status, html=wants_html(Headers(scope=scope)))
            for name, value in headers.items():
                if name in _KEPT:
                    answer.headers.append(name, value)
            return answer

        known = scope["type"] in {"http", "websocket"}
        await self.app(scope, receive, instead(send, scope, receive, french) if known else send)


def redirect(target: str) -> Response:
    """A temporary redirect that no cache keeps: a page may be added tomorrow under today's unknown address."""
    return RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})


def exception_handlers(policy: str) -> dict[Any, Any]:
    """Handler of Starlette for what the server fails to do."""

    async def failed(request: Request, _error: Exception) -> Response:
        # Starlette makes this answer outside every middleware, hence the headers here. It logs the traceback itself.
        response = french_error(500, html=wants_html(request.headers))
        response.headers.update(security_headers(policy))
        return response

    return {Exception: failed}

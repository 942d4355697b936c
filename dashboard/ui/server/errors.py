"""Errors in French: the answers of the server, and what the reader sees when a page fails."""

import logging
import secrets
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
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
_LOG: Final = logging.getLogger(__name__)
# Without the letters and digits that are confused when a number is read over the telephone.
_ALPHABET: Final = "ACDEFHJKMNPRTUVWXY3479"
_LANGUAGE: Final = "fr-CA"
# What the answer to an error says beside its text.
_KEPT: Final = frozenset({"allow", "content-range", "retry-after", "set-cookie", "www-authenticate"})

_PAGE: Final = """<!DOCTYPE html>
<html lang="fr-CA"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
body {{ font: 1rem/1.5 system-ui, sans-serif; color: #223654; margin: 4rem auto; max-width: 36rem;
padding: 0 1.5rem }} a {{ color: #095797 }}
</style></head><body><main><h1>{title}</h1><p>{text}</p>{link}</main></body></html>
"""


def french_error(
    status: int, *, home: str | None = None, html: bool = True, said: tuple[str, str] | None = None
) -> Response:
    """A short French page (or line of text) for an HTTP status; ``home`` is the relative way back, when it is known;
    ``said``: its title and text, when there is more to say than the status does."""
    title, text = said or _MESSAGES.get(status, _MESSAGES[500] if status // 100 == 5 else _REFUSED)
    headers = {"Content-Language": _LANGUAGE}
    if not html:
        return PlainTextResponse(f"{title}. {text}\n", status_code=status, headers=headers)
    link = f'<p><a href="{escape(home)}">Revenir à l’accueil du tableau de bord</a></p>' if home else ""
    page = _PAGE.format(title=escape(title), text=escape(text), link=link)
    return HTMLResponse(page, status_code=status, headers=headers)


def wants_html(headers: Headers) -> bool:
    """True for a person who follows a link."""
    return "text/html" in headers.get("accept", "")


@dataclass
class FrenchErrors:
    """Middleware that says in French every error that what is under it (Streamlit, Starlette) says in its own words."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        replaced = False

        async def send_in_french(message: Message) -> None:
            nonlocal replaced
            if message["type"].endswith("http.response.start") and message["status"] >= 400:
                given = Headers(raw=message["headers"])
                if given.get("content-language") != _LANGUAGE:
                    replaced = True
                    answer = french_error(message["status"], html=wants_html(Headers(scope=scope)))
                    for name in _KEPT & set(given):
                        answer.headers[name] = given[name]
                    await answer(scope, receive, send)
            if not replaced:
                await send(message)

        known = scope["type"] in {"http", "websocket"}
        await self.app(scope, receive, send_in_french if known else send)


def exception_handlers(policy: str) -> dict[Any, Any]:
    """Handler of Starlette for what the server fails to do."""

    async def failed(request: Request, _error: Exception) -> Response:
        # Starlette makes this answer outside every middleware, hence the headers here. It logs the traceback itself.
        response = french_error(500, html=wants_html(request.headers))
        response.headers.update(security_headers(policy))
        return response

    return {Exception: failed}


def on_script_error(error: Exception) -> bool:
    """True: nothing more is to be shown. Shows a French message with a number in place of the traceback."""
    number = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    # Streamlit has just logged the traceback; this line gives it the number that the reader sees.
    _LOG.error("Incident %s : %s (voir la trace ci-dessus)", number, type(error).__name__)
    st.error(
        "**Cette partie de la page n’a pas pu s’afficher.** Vos choix et les données ne sont pas perdus.\n\n"
        "Rechargez la page. Si le problème revient, ouvrez une autre page du tableau de bord et transmettez "
        f"ce numéro d’incident à la personne responsable\u00a0: **{number}**."
    )
    return True


def malformed() -> bytes:
    """The whole answer to what is no HTTP request."""
    answer = french_error(400, html=False)
    answer.headers["Connection"] = "close"
    head = b"".join(name + b": " + value + b"\r\n" for name, value in answer.raw_headers)
    return b"HTTP/1.1 400 Bad Request\r\n" + head + b"\r\n" + bytes(answer.body)

"""The answers that the shell gives itself: pages, redirects, errors in French."""

from html import escape
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from dashboard.ui.server.headers import security_headers

_MESSAGES: Final = {
    400: ("Adresse refusée", "Cette adresse n’est pas valable."),
    403: ("Accès refusé", "Cette adresse n’est pas ouverte."),
    404: ("Introuvable", "Cette adresse n’existe pas ou n’existe plus."),
    405: ("Demande refusée", "Cette adresse n’accepte pas ce genre de demande."),
    413: ("Fichier trop volumineux", "Le fichier envoyé dépasse la taille permise."),
    500: ("Erreur du serveur", "Une erreur est survenue. Attendez un instant, puis rechargez la page."),
}

_PAGE: Final = """<!DOCTYPE html>
<html lang="fr-CA"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
body {{ font: 1rem/1.5 "Open Sans", Roboto, system-ui, sans-serif; color: #223654; margin: 4rem auto; max-width: 36rem;
padding: 0 1.5rem }} a {{ color: #095797 }}
</style></head><body><main><h1>{title}</h1><p>{text}</p>{link}</main></body></html>
"""


def french_error(status: int, *, home: str | None = None, html: bool = True) -> Response:
    """A short French page (or line of text) for an HTTP status; ``home`` is the relative way back, when it is known."""
    title, text = _MESSAGES.get(status, _MESSAGES[500 if status // 100 == 5 else 400])
    if not html:
        return PlainTextResponse(f"{title}. {text}\n", status_code=status)
    link = f'<p><a href="{escape(home)}">Revenir à l’accueil du tableau de bord</a></p>' if home else ""
    return HTMLResponse(_PAGE.format(title=escape(title), text=escape(text), link=link), status_code=status)


def redirect(target: str) -> Response:
    """A temporary redirect that no cache keeps: a page may be added tomorrow under today's unknown address."""
    return RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})


def exception_handlers(policy: str) -> dict[Any, Any]:
    """Handlers of Starlette for what the routes of the server refuse or fail to do."""

    def wants_html(request: Request) -> bool:
        return "text/html" in request.headers.get("accept", "")

    async def refused(request: Request, error: HTTPException) -> Response:
        response = french_error(error.status_code, html=wants_html(request))
        response.headers.update(dict(error.headers or {}))
        return response

    async def failed(request: Request, _error: Exception) -> Response:
        # Starlette makes this answer outside every middleware, hence the headers here. It logs the traceback itself.
        response = french_error(500, html=wants_html(request))
        response.headers.update(security_headers(policy))
        return response

    return {HTTPException: refused, Exception: failed}

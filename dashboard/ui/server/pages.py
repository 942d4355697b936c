"""The addresses of pages: the French page for those that exist, the way home for the others."""

import asyncio
import hashlib
import logging
import re
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Scope

from dashboard.ui.server.addresses import (
    RESERVED_SEGMENTS,
    SLUG_LIMIT,
    clean_slug,
    is_page,
    redirect_target,
    wants_page,
    way_to_root,
)
from dashboard.ui.server.document import with_words
from dashboard.ui.server.errors import french_error
from dashboard.ui.server.signing_in import secure
from dashboard.ui.server.static_files import REVALIDATE, conditional
from dashboard.wording import addresses, query

# What names a browser, so that what it has begun is there after a reload: chance, that says nothing of the person.
BROWSER: Final = "navigateur"
_BROWSER_SECONDS: Final = 400 * 24 * 3600
_LOG: Final = logging.getLogger(__name__)
KnownSlugs = Callable[[], set[str]]
# Slug -> HTML of ours, or nothing.
FirstWords = Callable[[str], str]
# What was typed -> the only page that it can mean, with its parameters, or None.
Meaning = Callable[[str], tuple[str, tuple[tuple[str, str], ...]] | None]


class PageAddress(PathConvertor):
    """Whatever does not begin like an address of the server."""

    regex = rf"(?!(?:{'|'.join(map(re.escape, sorted(RESERVED_SEGMENTS)))})(?:/|$))(?![\s\S]*/_stcore/)[\s\S]*"


register_url_convertor("page", PageAddress())


def _typed(scope: Scope) -> str:
    """The parameters of an address, as they were typed."""
    return str(scope.get("query_string", b"").decode("latin-1"))


def _redirected(target: str) -> Response:
    """A temporary redirect that no cache keeps: a page may be added tomorrow under today's unknown address."""
    return RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})


def _redirect(scope: Scope, target: str, more: Sequence[str] = ()) -> Response:
    """The way to another address, with the parameters that were typed and those of `more`."""
    tail = "&".join(filter(None, (_typed(scope), *more)))
    return _redirected(f"{target}{'?' if tail else ''}{tail}")


@dataclass(frozen=True)
class Pages:
    """Serves the prepared page; unknown addresses go to ``/?introuvable=<name>``, where the script says so in French.

    Without it, Streamlit shows the home page under the wrong address, with an English dialog. ``known_slugs`` is asked
    at each address: it must be quick (cached). ``first_words``: what a page says while it starts. ``contact``: whom to
    tell when it does not. ``ready``: the data are read; until then the page is sent ahead of its words.
    """

    page: str
    known_slugs: KnownSlugs
    first_words: FirstWords = lambda _: ""
    meaning: Meaning = lambda _: None
    contact: Callable[[], str] = lambda: ""
    ready: Callable[[], bool] = lambda: True

    def routes(self, base: str = "") -> list[Route]:
        """Every address below the base that is not one of the server."""
        found = [
            Route(f"{base}/{addresses.MRC}/{{name:path}}", self._of_mrc),
            Route(f"{base}/{{page:page}}", self.respond, middleware=[Middleware(GZipMiddleware)]),
        ]
        # « /base » without its slash: the relative links of the page would start one level too high.
        return [*found, Route(base, self._add_slash)] if base else found

    async def _of_mrc(self, request: Request) -> Response:
        """« /mrc/rimouski-neigette » is the page of the MRC, which says itself whether there is one of this name."""
        name = request.path_params["name"]
        local = f"/{addresses.MRC}/{name}"
        if not wants_page(local, request.headers):
            return french_error(404, html=False)
        asked = [f"{query.MRC}={quote(clean_slug(name), safe='')}"] if name.strip("/") else []
        return _redirect(request.scope, f"{way_to_root(request.scope, local)}{addresses.MRC}", asked)

    async def respond(self, request: Request) -> Response:
        """The page, or the way to it, or home."""
        local, scope = "/" + request.path_params["page"], request.scope
        slugs = self._slugs()
        if slugs is not None and not is_page(local, slugs):
            if wants_page(local, request.headers):
                return await self._meant(scope, local) or _redirected(redirect_target(scope, local))
            return french_error(404, html=False)
        if local != "/" and local.endswith("/"):
            return _redirect(scope, f"{way_to_root(scope, local)}{local.strip('/')}")
        slug = local.strip("/")
        if self.ready():
            # In a thread: a file that has changed is read again.
            text = with_words(self.page, *await run_in_threadpool(self._said, slug))
            headers = {"ETag": f'"{hashlib.sha256(text.encode()).hexdigest()[:12]}"', "Cache-Control": REVALIDATE}
            answer = conditional(HTMLResponse(text, headers=headers), request.headers)
        else:
            # Compressed, it would be held back until it is whole.
            headers = {"Cache-Control": "no-store", "Content-Encoding": "identity"}
            answer = StreamingResponse(self._as_read(slug), media_type="text/html", headers=headers)
        if not request.cookies.get(BROWSER):
            answer.set_cookie(
                BROWSER, secrets.token_urlsafe(24), max_age=_BROWSER_SECONDS, httponly=True, samesite="lax",
                secure=secure(request), path=str(scope["path"]).removesuffix(local) + "/",
            )  # fmt: skip
            # No cache on the way gives one browser's name to another.
            answer.headers["Cache-Control"] = f"private, {answer.headers['Cache-Control']}"
        return answer

    async def _as_read(self, slug: str) -> AsyncIterator[str]:
        """The page, of which the browser asks for the scripts while the data are being read, then its first words."""
        start, end, rest = self.page.partition("</body>")
        yield start
        yield with_words(end + rest, *await run_in_threadpool(self._said, slug))

    async def _add_slash(self, request: Request) -> Response:
        return _redirect(request.scope, f"./{request.url.path.rpartition('/')[2]}/")

    async def _meant(self, scope: Scope, local: str) -> Response | None:
        """Where an address badly written leads, its parameters kept; None when it could be several pages, or none."""
        name = local.strip("/")
        if "/" in name or len(name) > SLUG_LIMIT:
            return None
        try:
            found = await asyncio.to_thread(self.meaning, name)
        except Exception:  # noqa: BLE001 (whatever is wrong in the files, the address is unknown, and that is said)
            _LOG.exception("Sens d’une adresse non cherché.")
            return None
        if found is None:
            return None
        slug, params = found
        given = {part.partition("=")[0] for part in _typed(scope).split("&")}
        more = [f"{name}={value}" for name, value in params if name not in given]
        return _redirect(scope, f"{way_to_root(scope, local)}{slug}", more)

    def _slugs(self) -> set[str] | None:
        """Known slugs, or None when they cannot be read: the script then explains what is wrong in the settings."""
        try:
            return self.known_slugs()
        except Exception:  # noqa: BLE001 (whatever is wrong in the settings, the pages must still answer)
            _LOG.exception("Adresses des pages illisibles : aucune adresse n’est refusée.")
            return None

    def _said(self, slug: str) -> tuple[str, str]:
        """First words, and whom to tell when nothing follows."""
        try:
            return self.first_words(slug), self.contact()
        except Exception:  # noqa: BLE001 (whatever is wrong in the data, the page itself will say it)
            _LOG.exception("Premiers chiffres de la page non préparés.")
            return "", ""

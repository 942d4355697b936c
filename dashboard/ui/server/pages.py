"""Middleware for the addresses of pages: the French page for those that exist, the way home for the others."""

import asyncio
import logging
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from dashboard.ui.server.addresses import (
    SLUG_LIMIT,
    is_page,
    is_reserved,
    local_path,
    redirect_target,
    wants_page,
    way_to_root,
)
from dashboard.ui.server.document import with_words
from dashboard.ui.server.files import MEDIA_TYPES, REVALIDATE, Stored, pack, reply
from dashboard.ui.server.replies import french_error, instead, redirect, wants_html

_LOG: Final = logging.getLogger(__name__)
KnownSlugs = Callable[[], set[str]]
# Slug -> HTML of ours, or nothing.
FirstWords = Callable[[str], str]
# What was typed -> the only page that it can mean, with its parameters, or None.
Meaning = Callable[[str], tuple[str, tuple[tuple[str, str], ...]] | None]
# Never a slug: the page without first words.
_PLAIN: Final = "/"


# A downloaded report or the frame of a component may be HTML; the other addresses of the server never are.
_HTML_ALLOWED: Final = ("/media/", "/component/", "/_stcore/bidi-components/")


def _without_html(scope: Scope, receive: Receive, send: Send, local: str) -> Send:
    """A ``send`` that turns an HTML answer into a French 404.

    For a file that does not exist (/static/x.js, /_stcore/x) Streamlit answers 200 with its English page, and lets
    the browser keep it for a year under that address.
    """

    def missing(status: int, headers: Headers) -> Response | None:
        if status != HTTPStatus.OK or not headers.get("content-type", "").startswith("text/html"):
            return None
        return french_error(404, home=way_to_root(scope, local), html=wants_html(Headers(scope=scope)))

    return instead(send, scope, receive, missing)


def top_level_files() -> frozenset[str]:
    """Names at the root of Streamlit's own files (favicon.png…), which it serves itself; not its English page."""
    return frozenset(entry.name for entry in Path(file_util.get_static_dir()).iterdir()) - {"index.html"}


class PageGate:
    """Serves the prepared page; unknown addresses go to ``/?introuvable=<name>``, where the script says so in French.

    Without it, Streamlit shows the home page under the wrong address, with an English dialog.
    """

    def __init__(
        self,
        app: ASGIApp,
        page: str,
        known_slugs: KnownSlugs,
        base_url: Callable[[], str],
        first_words: FirstWords = lambda _: "",
        meaning: Meaning = lambda _: None,
        contact: Callable[[], str] = lambda: "",
    ) -> None:
        self.app = app
        self.known_slugs = known_slugs
        self.base_url = base_url()
        self.page = page
        self.first_words = first_words
        self.meaning = meaning
        self.contact = contact
        self.own_files = top_level_files()
        self._packed: dict[str, tuple[tuple[str, str], Stored]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._respond(scope) if scope["type"] == "http" else None
        if response is not None:
            await response(scope, receive, send)
        else:
            local = local_path(scope, self.base_url) if scope["type"] == "http" else None
            if local is not None and is_reserved(local) and not local.startswith(_HTML_ALLOWED):
                send = _without_html(scope, receive, send, local)
            await self.app(scope, receive, send)

    async def _respond(self, scope: Scope) -> Response | None:
        local = local_path(scope, self.base_url) if scope["method"] in {"GET", "HEAD"} else None
        if local is None or is_reserved(local) or local.strip("/") in self.own_files:
            return None
        slugs = self._slugs()
        if slugs is None or is_page(local, slugs):
            return await self._page(scope, local)
        headers = Headers(scope=scope)
        if wants_page(local, {b"accept": headers["accept"].encode()} if "accept" in headers else {}):
            return redirect(await self._meant(scope, local) or redirect_target(scope, local))
        return french_error(404, html=False)

    async def _meant(self, scope: Scope, local: str) -> str | None:
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
        query = scope.get("query_string", b"").decode("latin-1")
        given = {part.partition("=")[0] for part in query.split("&")}
        tail = "&".join([*([query] if query else []), *(f"{n}={v}" for n, v in params if n not in given)])
        return f"{way_to_root(scope, local)}{slug}{'?' if tail else ''}{tail}"

    def _slugs(self) -> set[str] | None:
        """Known slugs, or None when they cannot be read: the script then explains what is wrong in the settings."""
        try:
            return self.known_slugs()
        except Exception:  # noqa: BLE001 (whatever is wrong in the settings, the pages must still answer)
            _LOG.exception("Adresses des pages illisibles : aucune adresse n’est refusée.")
            return None

    async def _page(self, scope: Scope, local: str) -> Response:
        query = scope.get("query_string", b"").decode("latin-1")
        tail = f"?{query}" if query else ""
        path = str(scope.get("path", "/"))
        if local == "/" and not path.endswith("/"):
            # « /base » without its slash: the relative links of the page would start one level too high.
            return redirect(f"./{path.rpartition('/')[2]}/{tail}")
        if local != "/" and local.endswith("/"):
            return redirect(f"{way_to_root(scope, local)}{local.strip('/')}{tail}")
        stored = await self._with_first_words(local.strip("/"))
        return reply(stored, Headers(scope=scope), method=scope["method"], cache=REVALIDATE)

    async def _with_first_words(self, slug: str) -> Stored:
        """The page with what it will say first; in a thread, because the data may have to be read."""
        said = await asyncio.to_thread(self._said, slug)
        place = slug if said[0] else _PLAIN
        known = self._packed.get(place)
        if known is not None and known[0] == said:
            return known[1]
        stored = pack(with_words(self.page, *said).encode(), MEDIA_TYPES[".html"], keep_raw=True)
        self._packed[place] = (said, stored)
        return stored

    def _said(self, slug: str) -> tuple[str, str]:
        """First words, and whom to tell when nothing follows."""
        try:
            return self.first_words(slug), self.contact()
        except Exception:  # noqa: BLE001 (whatever is wrong in the data, the page itself will say it)
            _LOG.exception("Premiers chiffres de la page non préparés.")
            return "", ""

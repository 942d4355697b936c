"""What app.py gives to ``st.App``: our routes, the middleware before them, what runs beside them."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.types import Scope

from dashboard.ui import first_words
from dashboard.ui.server import figures, settings
from dashboard.ui.server import streamlit_internals as internals
from dashboard.ui.server.addresses import ASSETS_PREFIX, GEO_PREFIX, local_path
from dashboard.ui.server.allow_list import AllowList
from dashboard.ui.server.document import french_page, index_html, inline_script_hashes
from dashboard.ui.server.errors import FrenchErrors, exception_handlers, malformed, on_script_error
from dashboard.ui.server.headers import SecurityHeaders, content_security_policy
from dashboard.ui.server.origins import Allowed, HostGuard, OriginGuard, allowed
from dashboard.ui.server.pages import Pages
from dashboard.ui.server.roots import ASSETS, geo_folder
from dashboard.ui.server.signing_in import SigningIn
from dashboard.ui.server.static_files import ASSETS_NAMES, GEO_NAMES, CompressedFiles, StreamlitScripts

_LOG: Final = logging.getLogger(__name__)
# Seconds without any visit after which what only a question needs is prepared all the same.
_ALONE: Final = 10
_EVERY_ADDRESS: Final = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 (compared, not bound)


def who_is_served() -> Allowed:
    """The hosts and origins of the settings."""
    given = internals.is_set("browser.serverAddress")
    listening = str(st.get_option("server.address") or "")
    return allowed(
        str(st.get_option("browser.serverAddress")) if given else None,
        st.get_option("server.allowedHosts") or (),
        st.get_option("server.corsAllowedOrigins") or (),
        listening="" if listening in _EVERY_ADDRESS else listening,
        port=int(st.get_option("browser.serverPort")),
        check=bool(st.get_option("server.enableCORS")),
    )


def address(base: str) -> str:
    """Where to look in the browser, as printed at start-up."""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    listening = str(st.get_option("server.address") or "")
    public = str(st.get_option("browser.serverAddress") or "localhost")
    host = listening if public == "localhost" and listening not in _EVERY_ADDRESS else public
    return f"{scheme}://{host}:{st.get_option('browser.serverPort')}{base}/"


async def close_expired_sessions() -> None:
    """Look for ever for the sessions that are over: what one held goes with it, whether anybody comes or not.

    Streamlit keeps the session of a closed page for server.disconnectedSessionTTL seconds, then only forgets it when
    another is closed: where nobody comes, the files of a session (data of a preview) would answer for hours.
    """
    waiting = False
    while True:
        # A part of the time that a session is kept: it is over at most that much later.
        await asyncio.sleep(max(0.2, internals.session_seconds() / 10))
        try:
            if waiting:
                internals.forget_files()
            expired = internals.close_expired_sessions()
        except Exception:  # noqa: BLE001 (the next round may succeed, and the pages must not depend on it)
            _LOG.exception("Sessions terminées non rangées.")
            continue
        # A session sits in cycles, and its last run may end a little after it: what is left is collected once more.
        if expired or waiting:
            gc.collect()
        waiting = bool(expired)


def _prepare() -> None:
    """Read the data, bring the database to its schema and load the modules that the first visitor would wait for."""
    try:
        first_words.prepare()
        # Loaded while the first visitor's browser starts, not before the server answers.
        from dashboard.questions import asking
        from dashboard.ui import cache, team

        team.prepare()
        first_words.drawn.wait(_ALONE)
        if (ds := cache.current().dataset) is not None:
            asking.prepare(ds)
    except Exception:  # noqa: BLE001 (the pages say themselves what is wrong)
        _LOG.warning("Premières pages non préparées.", exc_info=True)
    # Modules and data stay until the end: Python need not look through them again at each collection.
    gc.collect()
    gc.freeze()


def app_options(title: str) -> dict[str, Any]:
    """Arguments of ``st.App`` around the script of the pages."""
    base = "/".join(["", *filter(None, str(st.get_option("server.baseUrlPath") or "").split("/"))])
    page = french_page(index_html().read_text(encoding="utf-8"), title)
    policy = content_security_policy(inline_script_hashes(page))

    def hosts(scope: Scope) -> Sequence[str]:
        local = local_path(scope, base)
        return () if local is None else settings.embed_hosts(local.strip("/"))

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncGenerator[None, None]:
        internals.answer_malformed_requests(malformed)
        internals.share_containers()
        # Streamlit holds its websocket to the same list, whichever setting it came from.
        internals.allow_hosts([host.strip("[]") for host in who_is_served().hosts])
        print(f"\n  Le tableau de bord est prêt : {address(base)}\n  Pour l’arrêter : Ctrl + C\n", flush=True)
        preparing = asyncio.create_task(asyncio.to_thread(_prepare))
        tasks = (preparing, asyncio.create_task(close_expired_sessions()))
        yield
        first_words.drawn.set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        from dashboard.ui import publishing  # the pages load it, and the first answer does without

        await asyncio.to_thread(publishing.finish)

    routes: list[BaseRoute] = [
        Mount(f"{base}/{ASSETS_PREFIX}", CompressedFiles(ASSETS, ASSETS_NAMES)),
        Mount(f"{base}/{GEO_PREFIX}", CompressedFiles(geo_folder(), GEO_NAMES)),
        figures.route(base),
        *Pages(
            page,
            settings.known_slugs,
            first_words.first_words,
            first_words.meaning,
            first_words.contact,
            first_words.ready,
        ).routes(base),
    ]
    # From the outside in.
    middleware = [
        Middleware(SecurityHeaders, policy=policy, hosts=hosts),
        Middleware(FrenchErrors),
        Middleware(HostGuard, settings=who_is_served),
        Middleware(AllowList, base=base, sign_in=settings.sign_in_wanted),
        Middleware(SigningIn, base=base),
        Middleware(OriginGuard, settings=who_is_served),
        Middleware(StreamlitScripts, base=base),
    ]
    return {
        "routes": routes,
        "middleware": middleware,
        "exception_handlers": exception_handlers(policy),
        "on_script_error": on_script_error,
        "lifespan": lifespan,
    }

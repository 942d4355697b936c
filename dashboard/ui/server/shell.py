"""Assembles what surrounds the pages: the arguments that app.py gives to ``st.App``."""

import asyncio
import gc
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import Scope
from streamlit import config, file_util
from streamlit.runtime import get_instance

from dashboard.ui.server import ended, warming
from dashboard.ui.server.addresses import local_path
from dashboard.ui.server.document import charts_scripts, french_page, index_html, inline_script_hashes
from dashboard.ui.server.doors import Doors
from dashboard.ui.server.downloads import DownloadServer
from dashboard.ui.server.files import FileStore
from dashboard.ui.server.folds import FoldServer
from dashboard.ui.server.headers import SecurityHeaders, content_security_policy
from dashboard.ui.server.malformed import answer_in_french
from dashboard.ui.server.origins import Allowed, HostGuard, OriginGuard, allowed
from dashboard.ui.server.pages import FirstWords, KnownSlugs, Meaning, PageGate
from dashboard.ui.server.replies import FrenchErrors, exception_handlers
from dashboard.ui.server.serving import FileServer, shelves
from dashboard.ui.server.sockets import send_at_once

_REFERENCED: Final = re.compile(r'"\./(static/(?:js|css)/[\w.-]+)"')
_EVERY_ADDRESS: Final = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 (compared, not bound)


def base_url() -> str:
    """``server.baseUrlPath``. Read when the server starts: the settings are not complete before."""
    return str(st.get_option("server.baseUrlPath") or "")


def who_is_served() -> Allowed:
    """The hosts and origins of the settings. Read when the server starts, like the others."""
    given = config.is_manually_set("browser.serverAddress")
    listening = str(st.get_option("server.address") or "")
    return allowed(
        str(st.get_option("browser.serverAddress")) if given else None,
        st.get_option("server.allowedHosts") or (),
        st.get_option("server.corsAllowedOrigins") or (),
        listening="" if listening in _EVERY_ADDRESS else listening,
        port=int(st.get_option("browser.serverPort")),
        check=bool(st.get_option("server.enableCORS")),
    )


def address() -> str:
    """Where to look in the browser, as printed at start-up."""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    listening = str(st.get_option("server.address") or "")
    public = str(st.get_option("browser.serverAddress") or "localhost")
    host = listening if public == "localhost" and listening not in _EVERY_ADDRESS else public
    path = base_url().strip("/")
    return f"{scheme}://{host}:{st.get_option('browser.serverPort')}/{path + '/' if path else ''}"


@dataclass
class Shell:
    """Everything around the pages. ``known_slugs`` is asked at each unknown address: it must be quick (cached).

    ``sign_in``: whether the addresses of the sign-in are open. ``first_pages``: those that the server draws once for
    itself when it starts. ``first_words``: what a page says while it starts. ``contact``: whom to tell when it
    does not.
    """

    title: str
    known_slugs: KnownSlugs
    embed_hosts: Callable[[str], Sequence[str]] = lambda _: ()
    sign_in: Callable[[], bool] = lambda: False
    first_pages: Sequence[str] = ()
    first_words: FirstWords = lambda _: ""
    meaning: Meaning = lambda _: None
    contact: Callable[[], str] = lambda: ""
    store: FileStore = field(default_factory=FileStore)

    def __post_init__(self) -> None:
        self.page = french_page(index_html().read_text(encoding="utf-8"), self.title)
        self.policy = content_security_policy(inline_script_hashes(self.page))

    def middleware(self) -> list[Middleware]:
        """From the outside in."""
        return [
            Middleware(SecurityHeaders, policy=self.policy, hosts=self._hosts),
            Middleware(FrenchErrors),
            Middleware(HostGuard, settings=who_is_served),
            Middleware(Doors, base_url=base_url, sign_in=self.sign_in),
            Middleware(OriginGuard, settings=who_is_served),
            Middleware(FileServer, store=self.store, base_url=base_url, on=shelves()),
            Middleware(FoldServer, base_url=base_url),
            Middleware(DownloadServer, base_url=base_url),
            Middleware(
                PageGate,
                page=self.page,
                known_slugs=self.known_slugs,
                base_url=base_url,
                first_words=self.first_words,
                meaning=self.meaning,
                contact=self.contact,
            ),
        ]

    def _hosts(self, scope: Scope) -> Sequence[str]:
        """Who may show this address in a frame."""
        local = local_path(scope, base_url())
        return () if local is None else self.embed_hosts(local.strip("/"))

    def exception_handlers(self) -> dict[Any, Any]:
        """French answers for what the routes refuse."""
        return exception_handlers(self.policy)

    def lifespan(self, _app: Any) -> AbstractAsyncContextManager[None]:
        """Says where the dashboard is, and prepares what the first visitor will ask for."""
        return self._lifespan()

    @asynccontextmanager
    async def _lifespan(self) -> AsyncGenerator[None, None]:
        send_at_once()
        answer_in_french()
        # Streamlit holds its websocket to the same list, whichever setting it came from.
        config.set_option("server.allowedHosts", [host.strip("[]") for host in who_is_served().hosts])
        warming = asyncio.create_task(self.warm())
        print(f"\n  Le tableau de bord est prêt : {address()}\n  Pour l’arrêter : Ctrl + C\n", flush=True)
        tasks = (warming, asyncio.create_task(ended.watch(get_instance())))
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def warm(self) -> None:
        """Draw the first pages, then compress the scripts that every page loads, one at a time.

        The first visitor may already be there: nothing waits for this.
        """
        await warming.visit(get_instance(), self.first_pages)
        # Modules and data stay until the end: Python need not look through them again at each collection.
        gc.collect()
        gc.freeze()
        root = Path(file_util.get_static_dir())
        first = [root / name for name in dict.fromkeys(_REFERENCED.findall(self.page))]
        for path in [*first, *charts_scripts()]:
            with suppress(OSError):
                await self.store.get(path, keep_raw=False)

"""A session of Streamlit without a browser: its own messages, over its own websocket.

Nothing here is a public interface of Streamlit: the messages are those of the version that requirements.txt pins.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from time import perf_counter
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit, urlunsplit
from urllib.request import Request, urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

DONE: Final = frozenset({ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY})
# What the dashboard says of what it did not write.
REFUSED: Final = ('class="refus"', "Ce que l’équipe écrit est indisponible")
# Past this a session is said lost rather than waited for.
PATIENCE: Final = 30.0


class SessionError(RuntimeError):
    """The server closed the session, failed, or said nothing for PATIENCE seconds."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field, a list, a button or a row of them on the page: how to name it in a message, and what it accepts."""

    id: str
    options: tuple[str, ...]
    fragment: str
    many: bool  # the value travels as a list of strings
    pressed: bool = False  # a button

    def set(self, state: ClientState, option: str) -> None:
        """Write the value in a message to the server."""
        widget = state.widget_states.widgets.add(id=self.id)
        if self.pressed:
            widget.trigger_value = True
        elif self.many:
            widget.string_array_value.data[:] = [option]
        else:
            widget.string_value = option


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the script cost the client: seconds until it was finished, bytes and messages received. faults:
    what the page said of what failed."""

    seconds: float
    received: int
    messages: int
    faults: tuple[str, ...] = ()


@dataclass
class Session:
    """One visitor. Use as an asynchronous context manager, then `first_run`, then `choose` and `visit`."""

    url: str
    query: str = ""
    choices: dict[str, Choice] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    session_id: str = ""
    page: str = ""
    # Address as the server last wrote it.
    address: str = ""
    keep_texts: bool = False
    # Headers of a proxy or a cookie, for the tests of a deployment.
    headers: dict[str, str] = field(default_factory=dict)
    # Token of the cookie `_streamlit_xsrf`: without the right one, nobody is signed in.
    xsrf: str = "essai"
    # Accept messages compressed (permessage-deflate), as a browser does.
    compressed: bool = True
    # Addresses of the figures that the browser has: each is asked for once.
    figures: set[str] = field(default_factory=set)
    _socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        parts = urlsplit(self.url)
        scheme = "wss" if parts.scheme == "https" else "ws"
        stream = urlunsplit((scheme, parts.netloc, f"{parts.path.rstrip('/')}/_stcore/stream", "", ""))
        # The three places of the browser: protocol, XSRF token, former session (empty places may not be sent).
        protocols: Any = ["streamlit", self.xsrf, *([self.session_id] if self.session_id else [])]
        self._socket = await connect(
            stream,
            subprotocols=protocols,
            additional_headers=self.headers,
            compression="deflate" if self.compressed else None,
            max_size=None,
            open_timeout=PATIENCE,
            close_timeout=1.0,  # a saturated server does not say goodbye, and a hundred sessions close one by one
            ping_interval=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._socket is not None:
            await self._socket.close()

    async def first_run(self, page_name: str = "") -> Run:
        """What the browser asks for when it opens an address. ``page_name``: last part of the address."""
        return await self._run(ClientState(page_name=page_name, query_string=self.query))

    async def rerun(self) -> Run:
        """The whole page again, as after a widget outside every fragment."""
        return await self._run(ClientState(page_script_hash=self.page, query_string=self.query))

    async def visit(self, slug: str) -> Run:
        """Another page of the menu, by its address. Raises KeyError when the menu has no such page."""
        return await self._run(ClientState(page_script_hash=self.pages[slug]))

    async def choose(self, label: str, option: str | None = None, turn: int = 0) -> Run:
        """An option of the widget that bears this label (by default one after the other), or the text of a field.

        Raises KeyError when the page has no such widget.
        """
        choice = self.choices[label]
        return await self.send(choice, option or choice.options[turn % len(choice.options)])

    async def send(self, choice: Choice, option: str = "") -> Run:
        """A value of a widget."""
        state = ClientState(page_script_hash=self.page, query_string=self.query, fragment_id=choice.fragment)
        choice.set(state, option)
        return await self._run(state)

    async def _run(self, state: ClientState) -> Run:
        if self._socket is None:
            raise SessionError("the session is not open")
        start = perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._socket.send(BackMsg(rerun_script=state).SerializeToString())
                received = messages = 0
                faults: list[str] = []
                known = set(self.figures)
                while True:
                    data = await self._socket.recv()
                    received, messages = received + len(data), messages + 1
                    message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
                    kind = message.WhichOneof("type")
                    if kind == "script_finished":
                        if message.script_finished in DONE:
                            for address in self.figures - known:
                                received += await asyncio.to_thread(self._fetch, address)
                            return Run(perf_counter() - start, received, messages, tuple(faults))
                    else:
                        faults += self._read(kind, message)
        except Exception as error:
            raise SessionError(f"{type(error).__name__}: {error}") from error

    def _fetch(self, address: str) -> int:
        """Bytes of a figure, as a browser asks for it."""
        asked = Request(f"{self.url.rstrip('/')}/{address}", headers={"Accept-Encoding": "gzip", **self.headers})
        with urlopen(asked, timeout=PATIENCE) as answer:
            return len(answer.read())

    def _read(self, kind: str | None, message: ForwardMsg) -> list[str]:
        """Remember what the next interactions need; the text of an error shown on the page."""
        if kind == "new_session":
            new = message.new_session
            self.page = new.page_script_hash or self.page
            self.session_id = new.initialize.session_id or self.session_id
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            self.page = message.navigation.page_script_hash or self.page
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            return self._element(message.delta)
        return []

    def _element(self, delta: Any) -> list[str]:
        element = delta.new_element
        kind = element.WhichOneof("type")
        fragment = delta.fragment_id
        if kind == "button_group":
            group = element.button_group
            options = tuple(option.content for option in group.options)
            self.choices[group.label] = Choice(group.id, options, fragment, True)
        elif kind == "selectbox":
            box = element.selectbox
            self.choices[box.label] = Choice(box.id, tuple(box.options), fragment, False)
        elif kind in ("text_input", "text_area"):
            text = getattr(element, kind)
            self.choices[text.label] = Choice(text.id, (), fragment, False)
        elif kind == "button":
            self.choices[element.button.label] = Choice(element.button.id, (), fragment, False, pressed=True)
        elif kind == "bidi_component":
            figure = json.loads(element.bidi_component.json)["figure"]
            if isinstance(figure, str):
                self.figures.add(figure)
        elif kind == "html":
            if self.keep_texts:
                self.texts.append(element.html.body)
            return [element.html.body] if any(said in element.html.body for said in REFUSED) else []
        if kind == "exception":
            return [f"{element.exception.type}: {element.exception.message}"]
        return [element.alert.body] if kind == "alert" and element.alert.format == element.alert.ERROR else []

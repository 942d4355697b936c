"""One visit made by the server to itself when it starts: data read, modules loaded, first figures drawn.

The first figure of a process costs it several tenths of a second, and the data as much: the first person to come does
not wait for them. It is a session like any other, which nobody watches, and which is closed at once.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.session_manager import SessionClient

_LOG: Final = logging.getLogger(__name__)
# A page that takes longer is left to finish alone: the start does not depend on it.
PATIENCE: Final = 30.0


class _Watcher(SessionClient):
    """Stands for the browser: only waits for the end of the script."""

    def __init__(self) -> None:
        self.done = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        if msg.WhichOneof("type") == "script_finished":
            self.done.set()


async def visit(runtime: Runtime, slugs: Sequence[str]) -> int:
    """Run these pages once each, one after the other; returns how many were drawn. Never raises."""
    drawn = 0
    watcher = _Watcher()
    try:
        session = runtime.connect_session(client=watcher, user_info={})
    except Exception:  # noqa: BLE001 (the first visitor will wait a little; the server must start)
        _LOG.warning("Premières pages non préparées.", exc_info=True)
        return 0
    try:
        for slug in slugs:
            watcher.done.clear()
            runtime.handle_backmsg(session, BackMsg(rerun_script=ClientState(page_name=slug)))
            await asyncio.wait_for(watcher.done.wait(), PATIENCE)
            drawn += 1
    except Exception:  # noqa: BLE001
        _LOG.warning("Premières pages non préparées.", exc_info=True)
    finally:
        runtime.close_session(session)
    return drawn

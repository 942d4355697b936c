"""Sessions that are over are put away on time, whether anybody comes or not.

Streamlit keeps the session of a closed page for server.disconnectedSessionTTL seconds, then only forgets it when
another is closed, and lets go of its files and descriptors when Python happens to collect its garbage. On a server
where nobody comes, the files of a session would answer for hours.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from typing import Any, Final

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.state import SessionState

_LOG: Final = logging.getLogger(__name__)
# Part of the time that a session is kept: how often one looks, so that it is over at most that much later.
_SHARE: Final = 10
_LEAST: Final = 0.2


def kept(runtime: Runtime) -> Any:
    """Streamlit's own store of the sessions whose page is closed; None in a version that has it elsewhere."""
    storage = getattr(getattr(runtime, "_session_mgr", None), "_session_storage", None)
    return getattr(storage, "_cache", None)


def put_away(runtime: Runtime) -> int:
    """Close the sessions whose time is over; returns how many there were."""
    cache = kept(runtime)
    if cache is None:
        return 0
    before = dict(cache._data)
    cache.expire()
    over = [info.session for id_, info in before.items() if id_ not in cache._data]
    for session in over:
        session.shutdown()
        # The loop of the runtime holds the last session until another comes: what it says of the person goes at once,
        # with the fragments, which hold the data that they draw.
        session._session_state = SessionState()
        session._fragment_storage.clear()
    return len(over)


async def watch(runtime: Runtime) -> None:
    """Look for ever. What a session held goes with it: data of a preview, files made of them, descriptors."""
    period = max(_LEAST, int(st.get_option("server.disconnectedSessionTTL")) / _SHARE)
    waiting = False
    while True:
        await asyncio.sleep(period)
        try:
            over = put_away(runtime)
        except Exception:  # noqa: BLE001 (the next round may succeed, and the pages must not depend on it)
            _LOG.exception("Sessions terminées non rangées.")
            continue
        # A session sits in cycles, and its last run may end a little after it: what is left is collected once more.
        if over or waiting:
            gc.collect()
        waiting = bool(over)

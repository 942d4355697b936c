"""Everything that is taken from the private modules of Streamlit and of the server under it, and nothing else.

A new version may move any of it: tests/ui/server/test_streamlit.py names what is gone. The rest of the package knows
``import streamlit as st`` alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit import config, file_util
from streamlit.delta_generator_singletons import context_dg_stack
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.common import user_key_from_element_id
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from uvicorn.protocols.http.auto import AutoHTTPProtocol

# Class of what ``st.html`` draws: what the first answer says is styled like the page that follows.
HTML_CLASS: Final = "stHtml"
# Beginning of the name of Streamlit's script for components, which changes with the version.
_COMPONENTS_SCRIPT: Final = "BidiComponent."
# Streamlit's font, and the beginning of the name of its file.
FONT: Final = "Source Sans"
_FONT_FILE: Final = "SourceSansVF-Upright."
# Cookie of whoever is signed in.
USER_COOKIE: Final = USER_COOKIE_NAME


# ---- Files -----------------------------------------------------------------------------------------------------------
def static_folder() -> Path:
    """Folder of the files that Streamlit sends to the browser."""
    return Path(file_util.get_static_dir())


def components_scripts() -> list[Path]:
    """Streamlit's script for components, which the charts are (one file)."""
    return sorted((static_folder() / "static" / "js").glob(f"{_COMPONENTS_SCRIPT}*.js"))


def font_files() -> list[Path]:
    """File of Streamlit's font, upright, of every weight (one)."""
    return sorted((static_folder() / "static" / "media").glob(f"{_FONT_FILE}*.woff2"))


# The rule of what a list offers. Its names are those of the protocol, which the making of Streamlit's files leaves.
_RULE: Final = re.compile(
    r"function (\w+)\((\w+),(\w+),\w+\)\{if\(!\3\|\|\w+===\w+\.SelectWidgetFilterMode\.FILTER_MODE_NONE\)return \2;"
)
# The name under which assets/lists.js gives its own.
_RULE_EXPORT: Final = "n"


def filter_script(scripts: Path) -> str | None:
    """Name of Streamlit's file that holds the rule of the lists; None when it is not what assets/lists.js replaces."""
    for path in sorted(scripts.glob("use*.js")):
        text = path.read_text(encoding="utf-8")
        rule = _RULE.search(text)
        if rule and re.search(rf"\b{re.escape(rule[1])} as {_RULE_EXPORT}\b", text[text.rfind("export{") :]):
            return path.name
    return None


# ---- Settings --------------------------------------------------------------------------------------------------------
def is_set(option: str) -> bool:
    """True when somebody gave this setting."""
    return config.is_manually_set(option)


def allow_hosts(hosts: Sequence[str]) -> None:
    """Hold Streamlit's websocket to this list."""
    config.set_option("server.allowedHosts", list(hosts))


# ---- The run of a script ---------------------------------------------------------------------------------------------
def share_containers() -> None:
    """Make Streamlit's variable of the open containers, before anybody comes.

    Streamlit makes it at its first use, without a lock: two first visitors at once made one each, and a page begun with
    the first stopped with the second.
    """
    context_dg_stack.get()


def led_by_history() -> bool:
    """True when « back » or « forward » led to the page that is drawn."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


def sent_texts(prefix: str) -> dict[str, str]:
    """What a page has sent of its fields whose key begins so, by key: that of a page left open has some before this
    session has drawn any, when the server was started again under it."""
    context = get_script_run_ctx(suppress_warning=True)
    state = getattr(context and context.session_state, "_state", None)
    found = {}
    for id_, held in dict(getattr(getattr(state, "_new_widget_state", None), "states", {})).items():
        key = user_key_from_element_id(id_) or ""
        value: Any = getattr(held, "value", None)
        if key.startswith(prefix) and hasattr(value, "string_value"):
            found[key] = str(value.string_value)
    return found


# ---- Sessions --------------------------------------------------------------------------------------------------------
def kept_sessions() -> Any:
    """Streamlit's own store of the sessions whose page is closed; None in a version that has it elsewhere."""
    storage = getattr(getattr(get_instance(), "_session_mgr", None), "_session_storage", None)
    return getattr(storage, "_cache", None)


def close_expired_sessions() -> int:
    """Number of sessions closed because their time was over."""
    cache = kept_sessions()
    if cache is None:
        return 0
    before = dict(cache._data)
    cache.expire()
    expired = [info.session for id_, info in before.items() if id_ not in cache._data]
    for session in expired:
        session.shutdown()
        # The loop of the runtime holds the last session until another comes: what it says of the person goes at once,
        # with the fragments, which hold the data that they draw.
        session._session_state = SessionState()
        session._fragment_storage.clear()
    return len(expired)


def forget_files() -> None:
    """Drop the files that no session has any more. The end of its session only marks one that was downloaded: it goes
    at the next look, which would be that of the next visit."""
    get_instance().media_file_mgr.remove_orphaned_files()


def session_seconds() -> int:
    """Seconds that the session of a closed page is kept."""
    return int(st.get_option("server.disconnectedSessionTTL"))


# ---- Bytes that are no HTTP request ----------------------------------------------------------------------------------
def answer_malformed_requests(answer: Callable[[], bytes]) -> bool:
    """Send these bytes to what is no HTTP request: it reaches no middleware, and uvicorn answers it in English.

    False when this version has no such place.
    """
    if not hasattr(AutoHTTPProtocol, "send_400_response"):
        return False

    def refuse(protocol: Any, _english: str) -> None:
        # Close alone when the answer to a former request is still on its way.
        cycle = getattr(protocol, "cycle", None)
        if cycle is None or cycle.response_complete:
            protocol.transport.write(answer())
        protocol.transport.close()

    AutoHTTPProtocol.send_400_response = refuse
    return True

"""The field of a file: one limit on every page, that of the server (server.maxUploadSize in .streamlit/config.toml).

nginx lets a little more through, so that it is the application that refuses (a test holds deploy/nginx.conf to it).
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.wording.numbers import NBSP


def limit() -> str:
    """The size allowed, as a label says it."""
    return f"{st.get_option('server.maxUploadSize')}{NBSP}Mo au plus"


def field(label: str, kind: str, key: str, also: str = "", **arguments: Any) -> Any:
    """Where a file is chosen; what was sent, or None. kind, also: what is accepted, beside the size."""
    return st.file_uploader(f"{label} ({kind}, {limit()}{also})", key=key, **arguments)

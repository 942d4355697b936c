"""The same page in plain Streamlit, tuned: what Streamlit itself offers and a compression, none of the dashboard's own
server."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FOLDERS = {"geo": "geo", "plotly": "dashboard/ui/assets"}
app = st.App(
    HERE / "tuned_page.py",
    routes=[Mount(f"/{name}", StaticFiles(directory=ROOT / path)) for name, path in FOLDERS.items()],
    middleware=[Middleware(GZipMiddleware, compresslevel=4)],
)

"""Entry point: ``streamlit run app.py``.

The pages are in the script dashboard/ui/main.py. Here is what surrounds them: security headers, French page and errors,
unknown addresses, compressed files. Streamlit looks for the name ``app`` in this file.
"""

from pathlib import Path

import streamlit as st

from dashboard.ui.server.application import app_options

app = st.App(
    Path(__file__).resolve().parent / "dashboard" / "ui" / "main.py",
    **app_options("Portraits régionaux de l’immigration"),
)

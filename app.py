"""Entry point: ``streamlit run app.py``.

The pages are in the script dashboard/ui/main.py. Here is what surrounds them: security headers, French page and errors,
unknown addresses, compressed files. Streamlit looks for the name ``app`` in this file.
"""

from pathlib import Path

import streamlit as st

from dashboard.ui import sign_in
from dashboard.ui.first_words import contact, first_words
from dashboard.ui.navigation import embed_hosts, first_pages, known_slugs
from dashboard.ui.server.application import app_options
from dashboard.ui.typed import meaning

app = st.App(
    Path(__file__).resolve().parent / "dashboard" / "ui" / "main.py",
    **app_options(
        "Portraits régionaux de l’immigration",
        first_pages=first_pages(),
        embed_hosts=embed_hosts,
        sign_in=sign_in.wanted,
        known_slugs=known_slugs,
        first_words=first_words,
        meaning=meaning,
        contact=contact,
    ),
)

"""Entry point: ``streamlit run app.py``.

The pages are in the script dashboard/ui/main.py. Here is what surrounds them: security headers, French page and errors,
unknown addresses, compressed files. Streamlit looks for the name ``app`` in this file.
"""

from pathlib import Path

import streamlit as st

from dashboard.ui import sign_in
from dashboard.ui.glance import contact, first_words
from dashboard.ui.navigation import embed_hosts, first_pages, known_slugs
from dashboard.ui.server import Shell, on_script_error
from dashboard.ui.typed import meaning

shell = Shell(
    title="Portraits régionaux de l’immigration",
    known_slugs=known_slugs,
    embed_hosts=embed_hosts,
    sign_in=sign_in.wanted,
    first_pages=first_pages(),
    first_words=first_words,
    meaning=meaning,
    contact=contact,
)

app = st.App(
    Path(__file__).resolve().parent / "dashboard" / "ui" / "main.py",
    middleware=shell.middleware(),
    exception_handlers=shell.exception_handlers(),
    on_script_error=on_script_error,
    lifespan=shell.lifespan,
)

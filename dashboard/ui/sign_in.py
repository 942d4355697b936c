"""Optional sign-in, by Streamlit's own OpenID Connect: off unless config.yaml says otherwise (docs/securite.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.loading.yaml_files import read_unchecked
from dashboard.model.documents import Config
from dashboard.team import people
from dashboard.team.people import Person
from dashboard.ui import markup as html
from dashboard.ui.server.roots import project_root
from dashboard.ui.server.streamlit_internals import is_set


def wanted() -> bool:
    """The setting, read by the server before any session. A file that cannot be read opens nothing more."""
    try:
        return read_unchecked(project_root() / "config.yaml").get("sign_in") is True
    except ValueError:
        return False


def admitted(*, required: bool) -> bool:
    """True when the page may be drawn; otherwise asks to sign in, or says that the server is not ready for it.

    Required and not configured: nothing is shown. A setting that protects must not open when a file is missing.
    """
    if not required:
        return True
    if not _configured():
        st.html(
            html.heading(1, "Connexion requise")
            + '<div class="avis-erreur"><p>La connexion est exigée, mais elle n’est pas configurée sur ce serveur. '
            "La personne responsable doit remplir la section [auth] de secrets.toml (docs/securite.md).</p></div>"
        )
        return False
    if _user().get("is_logged_in") is True:
        return True
    st.html(html.heading(1, "Connexion requise") + "<p>Ce tableau de bord demande de se connecter.</p>")
    st.button("Se connecter", type="primary", on_click=st.login)
    return False


def person(config: Config, name: str, browser: str) -> Person:
    """Who is there: whoever signed in, or the name typed in this browser (browser: its secret)."""
    if config.sign_in:
        return people.signed_in(config, _user())
    return people.local(name, browser, served=is_set("browser.serverAddress"))


def _user() -> Mapping[str, Any]:
    return st.user.to_dict()


def _configured() -> bool:
    try:
        return "auth" in st.secrets
    except (OSError, RuntimeError, ValueError):  # no secrets file, or one that cannot be read
        return False

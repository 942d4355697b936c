"""Optional sign-in, by Streamlit's own OpenID Connect: off unless config.yaml says otherwise (docs/securite.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st

from dashboard.model.documents import Config
from dashboard.team import people
from dashboard.team.people import Person
from dashboard.ui import markup as html
from dashboard.ui.server.streamlit_internals import is_set

_AUTH: Final = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")


def admitted(*, required: bool) -> bool:
    """True when the page may be drawn; otherwise asks to sign in, or says that the server is not ready for it.

    Required and not configured: nothing is shown. A setting that protects must not open when a file is missing.
    """
    if not required:
        return True
    if problem := _problem():
        st.html(html.heading(1, "Connexion requise") + html.box(html.esc(problem), fault=True))
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


def leave(config: Config) -> None:
    """Who is signed in, with the way out; nothing where nobody signs in."""
    if not config.sign_in:
        return
    who = person(config, "", "")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="qui">{html.esc(who.name)} – {people.ROLE_WORDS[who.role]}</p>', width="content")
        st.button("Se déconnecter", type="tertiary", key="deconnexion", on_click=st.logout)


def _problem() -> str:
    """Why nobody can sign in here, with what to do; nothing when they can."""
    try:
        auth = st.secrets.get("auth")
    except (OSError, RuntimeError, ValueError):  # no secrets file, or one that cannot be read
        auth = None
    given = auth if isinstance(auth, Mapping) else {}
    lacking = [name for name in _AUTH if not str(given.get(name) or "").strip()]
    if lacking:
        return (
            "La connexion est exigée, mais elle n’est pas configurée sur ce serveur. La personne responsable doit "
            f"remplir la section [auth] de secrets.toml; il y manque : {', '.join(lacking)} (docs/securite.md)."
        )
    # What Streamlit compares before it believes that somebody is signed in.
    back = urlsplit(str(given["redirect_uri"]))
    ours, here = f"{back.scheme}://{back.netloc}", st.context.headers.get("Origin")
    if back.scheme not in {"http", "https"} or not back.path.endswith("/oauth2callback"):
        return (
            "La connexion ne peut pas revenir ici. La personne responsable doit écrire redirect_uri, dans "
            "secrets.toml, comme « https://tableau.exemple.org/oauth2callback » (docs/securite.md)."
        )
    if here and here != ours:
        return f"On se connecte par l’adresse {ours} (redirect_uri de secrets.toml) : ouvrez-la plutôt que {here}."
    return ""

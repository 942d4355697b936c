"""What the reader sees when a page fails: a French message with a number, while the log holds the cause."""

import logging
import secrets
from typing import Final

import streamlit as st

_LOG: Final = logging.getLogger(__name__)
# Without the letters and digits that are confused when a number is read over the telephone.
_ALPHABET: Final = "ACDEFHJKMNPRTUVWXY3479"


def on_script_error(error: Exception) -> bool:
    """Handler of ``st.App``: replaces the traceback. True means that nothing more is to be shown."""
    number = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    # Streamlit has just logged the traceback; this line gives it the number that the reader sees.
    _LOG.error("Incident %s : %s (voir la trace ci-dessus)", number, type(error).__name__)
    st.error(
        "**Cette partie de la page n’a pas pu s’afficher.** Vos choix et les données ne sont pas perdus.\n\n"
        "Rechargez la page. Si le problème revient, ouvrez une autre page du tableau de bord et transmettez "
        f"ce numéro d’incident à la personne responsable\u00a0: **{number}**."
    )
    return True

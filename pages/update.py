"""Mettre à jour: try new figures in one's own session before anybody publishes them."""

from __future__ import annotations

import streamlit as st

from dashboard.model import Dataset
from dashboard.ui import cache, update_files
from dashboard.ui import markup as html


def render(ds: Dataset) -> None:
    st.html(
        html.heading(1, "Mettre à jour")
        + '<p class="fil">Essayez de nouveaux chiffres avec un classeur Excel; les publier revient à la personne '
        "responsable des données.</p>"
        + html.heading(2, "1. Remplir le classeur", anchor="remplir")
        + "<p>Des lignes jaunes attendent l’année suivante; la première feuille dit comment faire.</p>"
    )
    # The published data, even while a preview is shown.
    published = cache.current().shown()
    update_files.download(published)
    st.html(
        html.heading(2, "2. Le vérifier et le comparer", anchor="verifier")
        + "<p>Rien n’est écrit sur le serveur, et personne d’autre ne voit votre aperçu.</p>"
    )
    update_files.choose(published)
    update_files.outcome()
    st.html(
        html.heading(2, "3. Publier", anchor="publier")
        + "<p>Remettez le classeur à la personne responsable des données. Tout est publié ou rien ne l’est, et l’état "
        "d’avant est gardé.</p>"
        + html.details(
            "Pour l’analyste, en ligne de commande",
            "<pre>python -m dashboard diff CLASSEUR.xlsx\npython -m dashboard apply CLASSEUR.xlsx\n"
            "python -m dashboard undo</pre><p>Ce qui changerait, publier, puis remettre l’état d’avant.</p>",
        )
    )

"""Mettre à jour: new figures, tried in one's own session, then published for everybody by whoever may."""

from __future__ import annotations

import streamlit as st

from dashboard.model import Dataset
from dashboard.ui import cache, journal, publish_section, update_files
from dashboard.ui import markup as html


def render(ds: Dataset) -> None:
    st.html(
        html.heading(1, "Mettre à jour")
        + '<p class="fil">De nouveaux chiffres, par un classeur Excel&nbsp;: le remplir, l’essayer, le publier.</p>'
        + html.heading(2, "1. Remplir le classeur", anchor="remplir")
        + "<p>Des lignes jaunes attendent l’année suivante; la première feuille dit comment faire.</p>"
    )
    # The published data, even while a preview is shown.
    published = cache.current().shown()
    update_files.download(published)
    st.html(
        html.heading(2, "2. Le vérifier et le comparer", anchor="verifier")
        + "<p>D’ici à la publication, rien n’est écrit sur le serveur, et personne d’autre ne voit votre aperçu.</p>"
    )
    update_files.choose(published)
    update_files.outcome()
    publish_section.show(published)
    journal.show()

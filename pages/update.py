"""Mettre à jour: try new figures in one's own session before anybody publishes them."""

from __future__ import annotations

import streamlit as st

from dashboard.model import Dataset
from dashboard.ui import cache, update_files
from dashboard.ui import markup as html


def render(ds: Dataset) -> None:
    st.html(
        html.heading(1, "Mettre à jour", "Essayer de nouveaux chiffres avant de les publier")
        + '<p class="fil">Un classeur rempli se vérifie et se regarde ici, sur toutes les pages. Rien n’est écrit sur '
        "le serveur, et personne d’autre ne voit votre aperçu.</p>"
        + html.heading(2, "1. Remplir le classeur", anchor="remplir")
        + "<p>Une feuille par fichier de données, avec des listes de choix et des lignes jaunes prêtes pour l’année "
        "suivante. La première feuille dit comment le remplir.</p>"
    )
    # The published data, even while a preview is shown.
    published = cache.current().shown()
    update_files.download(published)
    st.html(html.heading(2, "2. Le vérifier et le comparer", anchor="verifier"))
    update_files.choose(published)
    update_files.outcome()
    st.html(
        html.heading(2, "3. Publier", anchor="publier")
        + "<p>Publier revient à la personne responsable des données, sur l’ordinateur du tableau de bord, avec le même "
        "classeur&nbsp;:</p><pre>python -m dashboard apply CLASSEUR.xlsx</pre><p>Tout est publié ou rien ne l’est; "
        "l’état d’avant est gardé, et «&nbsp;python -m dashboard undo&nbsp;» le remet.</p>"
    )

"""Données et sources: documents, definitions, dictionary, anomalies, state of the check, downloads."""

from __future__ import annotations

import re

import streamlit as st

from dashboard.exports.observations import observations_csv
from dashboard.model import Dataset
from dashboard.narrative.search import place_of
from dashboard.ui import address, prose
from dashboard.ui import markup as html
from dashboard.ui.origin import QUOTED_LINE
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, number, typographic

# Figures named one by one; the command « check --chiffres » names them all.
_MOST = 50
# Notes that the source does not number stand under these titles.
_NOTES = {"portraits": "Portrait des régions couvertes", "vue-des-regions": "Vue des régions"}
_LINES = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


def render(ds: Dataset) -> None:
    st.html(
        html.heading(1, "Données et sources")
        + '<p class="fil">D’où vient chaque chiffre, ce qu’il veut dire, et ce que la vérification en dit.</p>'
        + _check(ds)
    )
    _text_asked_for(ds)
    st.download_button(
        "Télécharger toutes les données observées (CSV pour un logiciel : virgules, points décimaux)",
        data=lambda: observations_csv(ds, "\r\n").encode("utf-8-sig"),
        file_name="donnees-observees.csv",
        mime="text/csv",
        on_click="ignore",
        key="csv_tout",
    )
    st.html(
        html.heading(2, "Sources", anchor="sources")
        + _documents(ds)
        + html.heading(2, "Définitions", anchor="definitions")
        + _definitions(ds)
        + html.heading(2, "Dictionnaire des indicateurs", anchor="dictionnaire")
        + _dictionary(ds)
        + html.heading(2, f"Particularités de la source ({len(ds.anomalies)})", anchor="particularites")
        + "<p>Ce que la source dit autrement qu’attendu, ce que nous montrons et pourquoi.</p>"
        + html.details(
            "Voir toutes les particularités",
            html.anomaly_list(ds, list(ds.anomalies), lambda id_: place_of("particularite", id_)),
        )
        + html.heading(2, "Le réseau et l’offre de service", anchor="reseau")
        + _texts(ds)
    )


def _text_asked_for(ds: Dataset) -> None:
    """The text of the section that the address names, its lines numbered, those that it names marked."""
    section = ds.sections.get(address.get(query.SECTION) or "")
    if section is None or section.id not in ds.printed:
        return
    asked = _LINES.fullmatch(address.get(query.LINES) or "")
    first, last = (int(asked[1]), int(asked[2] or asked[1])) if asked else (0, -1)
    start, lines = ds.printed[section.id]
    rows = "".join(_line(n, text, marked=first <= n <= last, first=n == first) for n, text in enumerate(lines, start))
    document = ds.documents[section.document]
    st.html(
        html.heading(2, f"{document.short}{NBSP}: le texte", section.label, anchor="texte")
        + f'<div class="texte-imprime" tabindex="0" role="group" aria-label="Texte du document">{rows}</div>'
        + f'<p class="source">{html.esc(document.credit.rstrip("."))}. Texte tel qu’extrait du document; '
        "les numéros sont ceux de ses lignes.</p>"
    )


def _line(number_: int, text: str, *, marked: bool, first: bool) -> str:
    words = html.esc(text.strip())
    if marked and words:
        words = f"<mark>{words}</mark>"
    anchor = f' id="{QUOTED_LINE}"' if first else ""
    return f'<p{anchor}><span class="numero">{number_}</span> {words}</p>' if words else ""


def _check(ds: Dataset) -> str:
    state = html.heading(2, "État de la vérification", anchor="verification")
    if ds.problems:
        told = f"{len(ds.problems)} problème(s) dans les fichiers."
        state += f'<div class="avis-erreur"><p>{told}</p>{html.problem_list(ds.problems)}</div>'
    else:
        state += (
            f'<div class="avis"><p>{number(len(ds.observations))} nombres des tableaux lus, aucun problème&nbsp;: les '
            "sommes concordent, chaque pourcentage imprimé se recalcule à la dernière décimale près, et chaque nombre "
            "se retrouve à sa place dans le texte du document.</p></div>"
        )
    grounds = "".join(f"<li>{number(many)} {html.esc(ground)}</li>" for ground, many in ds.grounds.items() if many)
    state += f"<p>Sur quoi reposent les chiffres&nbsp;:</p><ul>{grounds}</ul>"
    if not ds.unconfirmed:
        return state
    items = "".join(f"<li>{html.esc(typographic(line))}</li>" for line in ds.unconfirmed[:_MOST])
    more = len(ds.unconfirmed) - _MOST
    items += f"<li>et {number(more)} autres</li>" if more > 0 else ""
    return state + html.details(
        f"{number(len(ds.unconfirmed))} chiffres non recoupés",
        f"<p>Ni le texte d’un document ni un calcul ne les confirme.</p><ul>{items}</ul>",
    )


def _documents(ds: Dataset) -> str:
    parts = []
    for document in ds.documents.values():
        sections = "".join(f"<li>{html.esc(s.label)}</li>" for s in ds.sections.values() if s.document == document.id)
        isbn = f" ISBN {html.esc(document.isbn)}." if document.isbn else ""
        parts.append(
            f"<h3>{html.esc(document.title)}</h3><p>{html.esc(document.author)}, {html.esc(document.year)}.{isbn}<br>"
            f"{html.esc(document.licence)}<br>{html.esc(document.credit)}</p>"
            + html.details("Parties utilisées", f"<ul>{sections}</ul>")
        )
    return "".join(parts)


def _definitions(ds: Dataset) -> str:
    terms = "".join(
        f'<dt id="{place_of("definition", d.term)}">{html.esc(d.term)}</dt><dd>{html.esc(typographic(d.text))}</dd>'
        for d in ds.texts.definitions
    )
    notes = "".join(
        f"<li>{html.esc(_NOTES.get(n.id, f'Note {n.id}'))}&nbsp;: {html.esc(typographic(n.text))}</li>"
        for n in ds.texts.notes
    )
    return f"<dl>{terms}</dl>" + html.details("Notes de la source", f"<ul>{notes}</ul>")


def _dictionary(ds: Dataset) -> str:
    kinds = {"flow": "Flux", "stock": "Stock"}
    observed = []
    for i in ds.indicators.values():
        categories = ", ".join(c.named for c in i.categories if not c.id.startswith("unnamed"))
        observed.append((i.label, i.unit, kinds[i.kind], categories, typographic(i.definition)))
    derived = [(typographic(d.label), typographic(d.unit), typographic(d.formula)) for d in ds.derived.values()]
    return html.plain_table(
        "Indicateurs observés dans la source",
        ("Indicateur", "Unité", "Nature", "Catégories", "Définition"),
        observed,
        anchors=[place_of("dictionnaire", i) for i in ds.indicators],
    ) + html.plain_table("Indicateurs calculés à partir des précédents", ("Indicateur", "Unité", "Formule"), derived)


def _texts(ds: Dataset) -> str:
    parts = [
        html.details(
            block.title,
            "".join(f"<p>{html.esc(typographic(p))}</p>" for p in block.paragraphs)
            + html.source_line(f"Source{NBSP}: {ds.sections[block.source].label}, texte tel qu’imprimé."),
            anchor=place_of("texte", block.title),
        )
        for block in (ds.texts.network, *ds.texts.service_offer, ds.texts.partnership)
    ]
    return "".join(parts) + html.details("Les chiffres de ces textes", prose.network_figures(ds))

"""Données et sources, one part at a time: documents, definitions, dictionary, anomalies, state of the check, texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import streamlit as st

from dashboard.deck.choices import PARTS
from dashboard.exports.observations import observations_csv
from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.narrative.search import place_of
from dashboard.narrative.sourcing import origin, spelled
from dashboard.ui import address, parts, uploads
from dashboard.ui import markup as html
from dashboard.ui.origin import QUOTED_LINE, prose_figures
from dashboard.wording import query
from dashboard.wording.addresses import SOURCES
from dashboard.wording.numbers import NBSP, number, typographic

# Figures named one by one; the command « check --chiffres » names them all.
_MOST = 50
# Notes that the source does not number stand under these titles.
_NOTES = {"portraits": "Portrait des régions couvertes", "vue-des-regions": "Vue des régions"}
_LINES = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


def render(ds: Dataset) -> None:
    message = origin(len(ds.observations), len(ds.documents), adm.years(ds)[-1], len(ds.problems))
    problems = f'<div class="avis-erreur">{html.problem_list(ds.problems)}</div>' if ds.problems else ""
    st.html(html.heading(1, "Données et sources") + f'<p class="fil">{html.esc(message)}</p>' + problems)
    _text_asked_for(ds)
    with st.container(key="parties"):
        parts.show({part: partial(draw, ds) for part, draw in _PARTS.items()})


def _sources(ds: Dataset) -> None:
    parts = []
    for document in ds.documents.values():
        sections = html.points(s.label for s in ds.sections.values() if s.document == document.id)
        isbn = f" ISBN {html.esc(document.isbn)}." if document.isbn else ""
        parts.append(
            f"<section><h3>{html.esc(document.title)}</h3><p>{html.esc(document.author)}, {html.esc(document.year)}."
            f"{isbn}<br>{html.esc(document.licence)}</p>"
            f"{html.details(f'Parties utilisées{NBSP}: {document.short}', sections)}</section>"
        )
    st.html(html.heading(2, "Sources", anchor="sources") + f'<div class="colonnes">{"".join(parts)}</div>')
    label = "Télécharger toutes les données observées (CSV)"
    uploads.download(
        label, lambda: observations_csv(ds, "\r\n").encode("utf-8-sig"), "donnees-observees.csv", "text/csv", "csv_tout"
    )


def _peculiarities(ds: Dataset) -> None:
    items = (
        html.details(typographic(own.title), f"<p>{html.anomaly(own)}</p>", anchor=place_of("particularite", id_))
        for id_, own in ds.anomalies.items()
    )
    st.html(
        html.heading(2, f"Particularités de la source ({len(ds.anomalies)})", anchor="particularites")
        + "<p>Ce que la source dit autrement qu’attendu, ce que nous montrons et pourquoi.</p>"
        + f'<div class="colonnes">{"".join(items)}</div>'
    )


def _text_asked_for(ds: Dataset) -> None:
    """The text of the section that the address names, its lines numbered, those that it names marked."""
    section = ds.sections.get(address.get(query.SECTION) or "")
    if section is None or section.id not in ds.printed:
        return
    asked = _LINES.fullmatch(address.get(query.LINES) or "")
    first, last = (int(asked[1]), int(asked[2] or asked[1])) if asked else (0, -1)
    start, lines = ds.printed[section.id]
    rows = ""
    for n, words in enumerate(map(html.esc, map(str.strip, lines)), start):
        anchor = f' id="{QUOTED_LINE}"' if n == first else ""
        shown = f"<mark>{words}</mark>" if first <= n <= last else words
        rows += f'<p{anchor}><span class="numero">{n}</span> {shown}</p>' if words else ""
    document = ds.documents[section.document]
    st.html(
        html.heading(2, f"{document.short}{NBSP}: le texte", section.label, anchor="texte")
        + f'<div class="texte-imprime" tabindex="0" role="group" aria-label="Texte du document">{rows}</div>'
        + f'<p class="source">{html.esc(document.credit.rstrip("."))}. Texte tel qu’extrait du document; '
        "les numéros sont ceux de ses lignes.</p>"
    )


def _check(ds: Dataset) -> str:
    state = html.heading(2, "État de la vérification", anchor="verification")
    if not ds.problems:
        state += html.box(
            f"{number(len(ds.observations))} nombres des tableaux lus, aucun problème&nbsp;: les sommes concordent, "
            "chaque pourcentage imprimé se recalcule à la dernière décimale près, et chaque nombre se retrouve à sa "
            "place dans le texte du document."
        )
    grounds = html.points(f"{number(many)} {ground}" for ground, many in ds.grounds.items() if many)
    state += f"<p>Sur quoi reposent les chiffres&nbsp;:</p>{grounds}"
    if not ds.unconfirmed:
        return state
    lines = html.listed(map(html.typeset, ds.unconfirmed[:_MOST])) + html.others(len(ds.unconfirmed) - _MOST)
    inner = f"<p>Ni le texte d’un document ni un calcul ne les confirme.</p>{lines}"
    return state + html.details(f"Chiffres non recoupés ({number(len(ds.unconfirmed))})", inner)


def _definitions(ds: Dataset) -> str:
    terms = "".join(
        f'<dt id="{place_of("definition", d.term)}">{html.esc(d.term)}</dt><dd>{html.typeset(d.text)}</dd>'
        for d in ds.texts.definitions
    )
    notes = html.listed(
        f"{html.esc(_NOTES.get(n.id, f'Note {n.id}'))}&nbsp;: {html.typeset(n.text)}" for n in ds.texts.notes
    )
    title = html.heading(2, "Définitions", anchor="definitions")
    return f'{title}<dl class="colonnes">{terms}</dl>' + html.details("Notes de la source", notes)


def _dictionary(ds: Dataset) -> str:
    kinds = {"flow": "pendant une période", "stock": "à une date"}
    observed = []
    for i in ds.indicators.values():
        categories = ", ".join(c.named for c in i.categories if not c.id.startswith("unnamed"))
        observed.append((i.label, i.unit, kinds[i.kind], categories, typographic(i.definition)))
    derived = [(typographic(d.label), typographic(d.unit), typographic(d.formula)) for d in ds.derived.values()]
    return (
        html.heading(2, "Dictionnaire des indicateurs", anchor="dictionnaire")
        + '<div class="dictionnaire">'
        + html.plain_table(
            "Indicateurs observés dans la source",
            ("Indicateur", "Unité", "Compté", "Catégories", "Définition"),
            observed,
            anchors=[place_of("dictionnaire", i) for i in ds.indicators],
        )
        + html.source_line(" ".join(spelled(ds, [row[3] for row in observed])))
        + html.plain_table("Indicateurs calculés à partir des précédents", ("Indicateur", "Unité", "Formule"), derived)
        + "</div>"
    )


def _texts(ds: Dataset) -> str:
    parts = [
        html.details(
            block.title,
            "".join(f"<p>{html.typeset(p)}</p>" for p in block.paragraphs)
            + html.source_line(f"Source{NBSP}: {ds.sections[block.source].label}, texte tel qu’imprimé."),
            anchor=place_of("texte", block.title),
        )
        for block in (ds.texts.network, *ds.texts.service_offer, ds.texts.partnership)
    ]
    title = html.heading(2, "Le réseau et l’offre de service", anchor="reseau")
    figures = prose_figures(ds, "Chiffres du réseau et du partenariat", ds.texts.figures)
    return title + "".join(parts) + html.details("Les chiffres de ces textes", figures)


def _words(part: Callable[[Dataset], str]) -> Callable[[Dataset], None]:
    """A part that is nothing but HTML."""

    def draw(ds: Dataset) -> None:
        st.html(part(ds))

    return draw


_PARTS: Final[Mapping[str, Callable[[Dataset], None]]] = dict(
    zip(
        PARTS[SOURCES],
        (_sources, _words(_definitions), _words(_dictionary), _peculiarities, _words(_check), _words(_texts)),
        strict=True,
    )
)

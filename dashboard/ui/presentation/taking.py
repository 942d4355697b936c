"""Emporter: the presentation chosen as PowerPoint or Excel, the sheet of a page, the open data.

Made on demand in the memory of the session, said step by step, never written on the server's disk.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.deck.kinds import subject_of
from dashboard.deck.slides import Deck
from dashboard.exports.formats import FORMATS, file_name, make, territory_file_name
from dashboard.model import DataError, Dataset
from dashboard.narrative.plan_words import several
from dashboard.ui import cache, spoken, uploads
from dashboard.ui import markup as html
from dashboard.ui.presentation import state
from dashboard.wording.numbers import NBSP, number

_READY = "_presentation_fichier"
_CHOICE = "emporter_format"
_HERE = "emporter"
_MADE = "_presentation_fichiers_faits"


@dataclass(frozen=True)
class _Ready:
    """A file that waits to be taken: what it was asked for, its content or why there is none, its rank
    among those made."""

    asked: tuple[object, ...]
    name: str
    mime: str
    content: bytes | None
    refused: str
    rank: int


@cache.fragment
def show(ds: Dataset) -> None:
    """A fragment: choosing and preparing a file does not redraw the page."""
    st.html(html.heading(2, "Emporter", anchor="emporter"))
    deck = state.current(ds)
    chosen = st.segmented_control(
        "Format", list(FORMATS), format_func=lambda f: FORMATS[f].label, key=_CHOICE, default="pptx", required=True
    )
    format_id = str(chosen or "pptx")
    st.html(f'<p class="source">{html.esc(_said(ds, format_id, deck))}</p>')
    spoken.say(f"Format{NBSP}: {FORMATS[format_id].label}", "format")
    if st.button("Préparer le fichier", key="emporter_preparer", disabled=not deck.slides and format_id != "zip"):
        prepare(ds, format_id, deck, _HERE)
    if waiting() and st.session_state[_READY].asked != _asked(ds, format_id, deck, _HERE):
        # What was made of something else is let go.
        st.session_state.pop(_READY)
    offer(ds, deck, _HERE)


def _asked(ds: Dataset, format_id: str, deck: Deck, place: str) -> tuple[object, ...]:
    return (format_id, deck, ds.fingerprint, ds.follow_up.entries, place)


def prepare(ds: Dataset, format_id: str, deck: Deck, place: str) -> None:
    """Make the file that is asked for from a place of the page, saying how far it is; a failure says what to do. A
    session keeps one at the most."""
    name = file_name(format_id, deck.title)
    if format_id in ("pdf", "zip"):
        code = subject_of(ds, deck.slides[0]) if deck.slides and format_id == "pdf" else None
        name = territory_file_name(ds, format_id, code)
    bar = st.progress(0.0, text="Préparation du fichier…")

    def progress(done: int, total: int) -> None:
        bar.progress(min(1.0, done / max(total, 1)), text=f"Préparation{NBSP}: {number(done)} sur {number(total)}…")

    content, refused = None, ""
    try:
        content = make(ds, format_id, deck if deck.slides else None, progress=progress)
    except DataError as error:
        said = "; ".join(f"{p.place()}{NBSP}: {p.message} Remède{NBSP}: {p.remedy}" for p in error.problems)
        refused = f"Le fichier n’a pas été fait. {said}"
    except (ValueError, OSError, MemoryError) as error:
        refused = f"Le fichier n’a pas été fait{NBSP}: {error}. Réessayez, ou retirez la diapositive en cause."
    finally:
        bar.empty()
    asked = _asked(ds, format_id, deck, place)
    st.session_state[_MADE] = rank = st.session_state.get(_MADE, 0) + 1
    st.session_state[_READY] = _Ready(asked, name, FORMATS[format_id].mime, content, refused, rank)


def waiting() -> bool:
    """True when a file was made that nobody has let go."""
    return _READY in st.session_state


def offer(ds: Dataset, deck: Deck, place: str) -> None:
    """The file that was asked for from there, or why there is none; nothing once what it holds has changed."""
    ready: _Ready | None = st.session_state.get(_READY)
    if ready is None or ready.asked != _asked(ds, str(ready.asked[0]), deck, place):
        return
    if ready.content is None:
        st.html(html.box(html.esc(ready.refused), role="alert", fault=True))
        return
    spoken.say(f"Le fichier {ready.name} est prêt.", "fichier")
    kilobytes = len(ready.content) / 1000
    size = f"{number(kilobytes / 1000, 1)}{NBSP}Mo" if kilobytes >= 1000 else f"{number(max(kilobytes, 1))}{NBSP}ko"
    label = f"Télécharger {ready.name} ({size})"
    uploads.download(label, ready.content, ready.name, ready.mime, "emporter_telecharger", type="primary")
    # The first time, it is given at once (assets/dashboard.js): the button is there for who wants it again.
    st.html(f'<span data-prend="{ready.rank}" hidden></span>')


def _said(ds: Dataset, format_id: str, deck: Deck) -> str:
    """What the file will hold."""
    if format_id == "zip":
        return "Toutes les données en CSV, leur dictionnaire, leurs licences et un descriptif lisible par machine."
    if format_id == "pdf":
        code = subject_of(ds, deck.slides[0]) if deck.slides else ds.config.direction
        where = "la direction régionale" if code == ds.config.direction else ds.name(code)
        return f"Une page à imprimer et à remettre{NBSP}: {where}."
    many = several(len(deck.slides), "diapositive", "diapositives")
    return f"{deck.title}{NBSP}: {many} dans l’ordre de la liste, avec graphiques modifiables, notes et sources."

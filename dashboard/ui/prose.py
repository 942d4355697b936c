"""Texts: our own, and the portrait of a region as printed, its figures marked as agreeing or not with the tables."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.loading.draft import TEXTS, portrait_file
from dashboard.loading.yaml_files import read_unchecked
from dashboard.model import Dataset
from dashboard.model.documents import ProseFigure
from dashboard.ui import markup as html
from dashboard.ui import printing
from dashboard.ui.server.roots import ASSETS
from dashboard.wording.numbers import NBSP, number, typographic


def own_text(file: str) -> dict[str, Any]:
    """The words of a page that the dashboard says of itself, from a file of assets/ that is not served."""
    return read_unchecked(ASSETS / file)


def _verdict(ds: Dataset, figure: ProseFigure, place: tuple[str, int]) -> str:
    if figure.anomalies:
        return "Particularité de la source"
    if figure.confirmed_by:
        return "Concorde avec les tableaux"
    return "Retrouvé dans le document" if place in ds.places else "Non recoupé"


def _value(figure: ProseFigure) -> str:
    text = number(figure.value, 0 if figure.value == int(figure.value) else 1)
    return f"{text}{NBSP}%" if figure.unit == "%" else f"{text} {figure.unit}"


def figures_table(ds: Dataset, caption: str, figures: list[ProseFigure], file: str) -> str:
    """The figures of the sentences of a file of data/, with what confirms each."""
    rows = [
        (
            f.label + (" (Québec)" if f.territory == ds.config.province else ""),
            _value(f),
            f"«{NBSP}{typographic(f.quote)}{NBSP}»",
            _verdict(ds, f, (file, n)),
        )
        for n, f in enumerate(figures)
    ]
    return html.plain_table(caption, ("Chiffre", "Valeur", "Mots de la source", "Vérification"), rows)


def network_figures(ds: Dataset) -> str:
    return figures_table(ds, "Chiffres du réseau et du partenariat", ds.texts.figures, TEXTS)


def portrait(ds: Dataset, code: str) -> None:
    """The region's portrait, its figures and what is peculiar in them."""
    own = ds.portraits[code]
    anomalies = sorted({a for f in own.figures for a in f.anomalies})
    inner = figures_table(ds, "Les chiffres du portrait, comparés aux tableaux", own.figures, portrait_file(code))
    st.html(
        html.heading(2, "Portrait de la région, selon le plan", anchor="portrait")
        + html.quotation(ds, own.portrait, own.source)
        + html.details(f"Chiffres du portrait et vérification ({len(own.figures)})", inner, open_=printing.asked())
        + (html.peculiarities(ds, anomalies) if anomalies else "")
    )

"""Intégrer: one chart or map by its address, without navigation, for a page of an intranet."""

from __future__ import annotations

import streamlit as st

from dashboard.deck import kinds
from dashboard.deck.choices import CHOICES
from dashboard.deck.slides import Slide
from dashboard.model import Dataset
from dashboard.ui import address, selection
from dashboard.ui import markup as html
from dashboard.ui.presentation import drawing

_VIEW = "objet"
_USUAL = "carte"


def render(ds: Dataset) -> None:
    """Address: `objet`, then the choices of that view (docs/adresses.md)."""
    slide, notices = _asked(ds)
    st.html('<div class="mode-integre" hidden></div>')
    if notices:
        st.html("".join(f'<div class="avis" role="status"><p>{html.esc(text)}</p></div>' for text in notices))
    try:
        content = kinds.content(ds, slide)
    except ValueError as refused:
        st.html(
            html.heading(1, "Cette vue ne peut pas être montrée")
            + f'<div class="avis-erreur"><p>Les données n’y répondent pas&nbsp;: {html.esc(refused.args[0])}.</p></div>'
        )
        return
    # The name of the frame, for those who hear it.
    st.set_page_config(page_title=f"{content.title} – {ds.config.title}")
    mark = html.word("estimation") if content.estimated else ""
    st.html(f'<h1>{html.esc(content.title)}{mark}</h1><p class="sous-titre">{html.esc(content.subtitle)}</p>')
    drawing.body(ds, content, key="integre", large=False)
    credit = f'<p class="source">{html.esc(content.credit)}</p>' if content.credit else ""
    table = html.details("Tableau des valeurs", html.table(content.table)) if content.table is not None else ""
    st.html(
        html.reading(content.reading) + f'<p class="source">{html.esc(content.source)}</p>{credit}{table}'
        '<p class="source"><a href="./" target="_blank" rel="noopener">Ouvrir le tableau de bord</a></p>'
    )


def _asked(ds: Dataset) -> tuple[Slide, list[str]]:
    """The view of the address, with a notice for each value that is refused; the address keeps only what is used."""
    params = address.params()
    kind, notices = params.pop(_VIEW, _USUAL), []
    if kind not in kinds.KINDS:
        notices.append(selection.refusal("la vue", kind))
        kind = _USUAL
    shown = kind if kind != _USUAL else None
    if kind == "simulation":
        address.say({_VIEW: shown, **params})
        return Slide(kind, params), notices
    # A choice that this view does not have says nothing of it, and is no fault.
    own = {name: value for name, value in params.items() if name in kinds.KINDS[kind].choices}
    refused = [field for field, _ in kinds.problems(ds, Slide(kind, own))]
    notices += [selection.refusal(CHOICES[field].what, own[field]) for field in refused]
    slide = kinds.usable(ds, Slide(kind, own))
    address.say({_VIEW: shown, **slide.choices})
    return slide, notices

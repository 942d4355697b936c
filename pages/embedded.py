"""Intégrer: one chart or map by its address, without navigation, for a page of an intranet."""

from __future__ import annotations

import streamlit as st

from dashboard.deck import choices as ch
from dashboard.deck import kinds, page_choices
from dashboard.deck.slides import Slide
from dashboard.model import Dataset
from dashboard.ui import address, blocks
from dashboard.ui import markup as html
from dashboard.wording import query

_USUAL = "carte"


def render(ds: Dataset) -> None:
    """Address: `objet`, then the choices of that view (docs/adresses.md)."""
    slide, notices = _asked(ds)
    st.html('<div class="mode-integre" hidden></div>')
    if notices:
        st.html(html.notices(notices))
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
    mark = html.word(content.nature)
    st.html(f'<h1>{html.esc(content.title)}{mark}</h1><p class="sous-titre">{html.esc(content.subtitle)}</p>')
    blocks.large(content, "integre", wall=False)
    table = html.details("Tableau des valeurs", html.table(content.table)) if content.table is not None else ""
    st.html(
        html.reading(content.reading)
        + html.source_line(content.source, credit=content.credit)
        + table
        + '<p class="boutons"><a href="./" target="_blank" rel="noopener">Ouvrir le tableau de bord</a></p>'
    )


def _asked(ds: Dataset) -> tuple[Slide, list[str]]:
    """The view of the address, with a notice for each value that is refused; the address keeps only what is used."""
    given = address.params()
    kind, notice = page_choices.taken(ds, {}, query.KIND, given.pop(query.KIND, _USUAL))
    kind, notices = kind or _USUAL, [notice] if notice else []
    shown = kind if kind != _USUAL else None
    if kind == "simulation":
        address.tell(lambda: {query.KIND: shown, **given})
        return Slide(kind, given), notices
    # A choice that this view does not have says nothing of it, and is no fault.
    own = {name: value for name, value in given.items() if name in kinds.KINDS[kind].choices}
    refused = [name for name, _ in kinds.problems(ds, Slide(kind, own))]
    notices += [page_choices.refusal(ch.CHOICES[name].what, own[name], page_choices.NOT_IN_DATA) for name in refused]
    slide = kinds.usable(ds, Slide(kind, own))
    address.tell(lambda: {query.KIND: shown, **slide.choices})
    return slide, notices

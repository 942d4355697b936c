"""The script that Streamlit runs: data, navigation, notices, page, footer. The pages themselves are in pages/."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard.contract.current import Snapshot
from dashboard.indicators import admissions as adm
from dashboard.model import Dataset, Problem
from dashboard.ui import (
    address,
    cache,
    first_words,
    held,
    navigation,
    preview,
    printing,
    question_box,
    selection,
    sign_in,
    spoken,
)
from dashboard.ui import markup as html
from dashboard.ui.presentation import state as presentation
from dashboard.ui.presentation import toolbar
from dashboard.ui.server.addresses import clean_slug
from dashboard.ui.server.settings import sign_in_wanted
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP
from pages import (
    accessibility,
    action_plan,
    agreements,
    compare,
    embedded,
    follow_up,
    indicators,
    mrc,
    overview,
    region,
    simulator,
    sources,
    targets,
    update,
)
from pages import presentation as presentation_page

TITLE = "Portraits régionaux de l’immigration"


def _page(ds: Dataset, render: Callable[[Dataset], None], slug: str, section: str) -> None:
    """What every page has below it: source and disclaimer."""
    render(ds)
    if presentation.without_frame(slug):
        if slug == addresses.EMBED:
            st.html(_footer(ds, section))
        return
    if presentation.asked(slug):
        toolbar.present(ds, slug)
    st.html(_footer(ds, section))
    with st.container(key="pied_liens"):
        navigation.link(_ACCESSIBILITY, addresses.ACCESSIBILITY)
        sign_in.leave(ds.config)
    printing.controls()


def _footer(ds: Dataset, section: str) -> str:
    """section: of the menu, where the page is (assets/dashboard.js marks it)."""
    named = " ".join(document.credit.rstrip(".") + "." for document in ds.documents.values())
    # Which years are provisional, from the data themselves.
    loose = [y for y in adm.years(ds) if adm.admissions(ds, ds.config.province, y).status == "provisional"]
    vintage = (
        f"Admissions provisoires{NBSP}: {', '.join(loose)}." if loose else "Toutes les admissions sont définitives."
    )
    return (
        f'<footer class="pied" data-section="{html.esc(section)}"><p>{html.typeset(named)}</p>'
        f"<p>{html.esc(ds.config.disclaimer)} {html.esc(vintage)}</p>{held.mark(ds)}</footer>"
    )


_ACCESSIBILITY: Final = "Accessibilité"
_REGIONS: Final = "Régions"
# Section of the menu, title, address, page. Adding a page is a line here and its address in navigation.py.
_Row = tuple[str, str, str, Callable[[Dataset], None]]
_FIXED_PAGES: tuple[_Row, ...] = (
    ("", "Vue d’ensemble", "", overview.render),
    ("Explorer", "MRC", addresses.MRC, mrc.render),
    ("Explorer", "Indicateurs", addresses.INDICATORS, indicators.render),
    ("Explorer", "Comparer", addresses.COMPARE, compare.render),
    ("Explorer", "Simulateur", addresses.SIMULATOR, simulator.render),
    ("Le plan", "Plan d’action", addresses.ACTION_PLAN, action_plan.render),
    ("Le plan", "Ententes", addresses.AGREEMENTS, agreements.render),
    ("Le plan", "Cibles stratégiques", addresses.TARGETS, targets.render),
    ("Le plan", "Suivi", addresses.FOLLOW_UP, follow_up.render),
    # Streamlit draws what is in no section first: assets/dashboard.js puts it here.
    ("", "Présentation", addresses.PRESENTATION, presentation_page.render),
    ("Données", "Données et sources", addresses.SOURCES, sources.render),
    ("Données", "Mettre à jour", addresses.UPDATE, update.render),
)
# Not in the menu: what another site shows, and what the foot of every page leads to.
_UNSEEN_PAGES: tuple[_Row, ...] = (
    ("", "Vue à intégrer", addresses.EMBED, embedded.render),
    ("", _ACCESSIBILITY, addresses.ACCESSIBILITY, accessibility.render),
)


def _pages(ds: Dataset) -> dict[str, list[Any]]:
    """The menu: sections in order, each with its pages; the regions come from config.yaml."""
    regions: list[_Row] = [
        (_REGIONS, ds.territories[own.code].name, own.slug, partial(region.render, code=own.code))
        for own in ds.config.regions
        if own.code in ds.territories
    ]
    known: dict[str, Any] = {}
    menu: dict[str, list[Any]] = {"": [], _REGIONS: []}
    for section, title, slug, render in (*_FIXED_PAGES, *regions, *_UNSEEN_PAGES):
        known[slug] = st.Page(
            partial(_page, ds, render, slug, section),
            title=title,
            url_path=slug or None,
            default=not slug,
            visibility="hidden" if slug in (addresses.EMBED, addresses.ACCESSIBILITY) else "visible",
        )
        menu.setdefault(section, []).append(known[slug])
    navigation.register({slug: own for slug, own in known.items() if slug != addresses.EMBED})
    return menu


def _above(ds: Dataset, slug: str) -> None:
    """What every page has above it. Not of the page, for Streamlit: what is the same on the next one is not sent again,
    nor made again by the browser."""
    preview.banner()
    if presentation.without_frame(slug):
        return
    if notices := selection.notices():
        st.html(html.notices(notices))
    # Just before the page, whose title it stands beside.
    toolbar.show(ds, slug)


def _unknown_address(ds: Dataset) -> None:
    asked = address.get(query.UNKNOWN_PAGE)
    if asked is not None:
        named = clean_slug(asked)
        st.html(html.notices([f"La page «{NBSP}{named}{NBSP}» n’existe pas. Voici la vue d’ensemble."]))
        question_box.suggest(ds, named)


def _broken(problems: Sequence[Problem]) -> None:
    """The page shown instead of every other when a shared file cannot be used."""
    st.html(
        html.heading(1, "Les données ne peuvent pas être affichées")
        + html.box(
            "Un fichier commun à toutes les régions a un problème. Aucune donnée n’est perdue&nbsp;: corriger le "
            "fichier, puis recharger cette page.",
            fault=True,
        )
        + html.heading(2, f"Problèmes trouvés ({len(problems)})")
        + html.problem_list(problems)
    )


def main() -> None:
    with cache.begin() as state:
        if state.dataset is None:
            st.set_page_config(page_title=TITLE, layout="wide")
            # The problems name values of the files.
            if sign_in.admitted(required=sign_in_wanted()):
                _broken(state.problems)
            return
        _show(preview.over(state.dataset), state)


def _show(ds: Dataset, state: Snapshot) -> None:
    """The page asked for, under what is to be said of the files."""
    if not sign_in.admitted(required=ds.config.sign_in):
        st.set_page_config(page_title=TITLE, layout="wide")
        return
    current = st.navigation(_pages(ds), position="top")
    slug = current.url_path
    selection.begin(ds, slug, presentation.begin(ds) if slug == addresses.PRESENTATION else None)
    mrc_shown = selection.get(query.MRC) if slug == addresses.MRC else None
    # Each page has its own title, in the tab, the history and the favourites.
    title = ds.name(mrc_shown) if mrc_shown else current.title
    st.set_page_config(page_title=f"{title} – {TITLE}", layout="wide")
    if state.problems:
        st.html(cache.notice_html(state, short=presentation.without_frame(slug)))
    _unknown_address(ds)
    _above(ds, slug)
    current.run()
    spoken.end(alone=False)
    first_words.drawn.set()


main()

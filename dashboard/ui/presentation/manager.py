"""Order, titles and notes of a presentation; « Présenter »; the presentations that the team keeps."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from dashboard.deck import kinds
from dashboard.deck.files import deck_yaml, read_deck
from dashboard.deck.slides import LONGEST_NOTES, LONGEST_TITLE, OWN, Slide, territories
from dashboard.model import Dataset, Problem
from dashboard.narrative.plan_words import several
from dashboard.team import presentations
from dashboard.ui import markup as html
from dashboard.ui import navigation, selection, spoken, team, uploads
from dashboard.ui.presentation import adding, kept, saving, state
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import moment
from dashboard.wording.slugs import file_slug

_SOURCE, _REMOVED = "presentation_depart", "presentation_retirees"
# Presentations of the team that stand on the page.
_SHOWN = 12


def lead(slides: int, span: str) -> str:
    """What there is to show, and the years that it is about."""
    many = several(slides, "diapositive", "diapositives") if slides else "Aucune diapositive"
    return f"{many} à projeter ou à télécharger; les admissions y vont {span}."


def show(ds: Dataset) -> None:
    """Choice of the presentation, then its slides."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        selection.widget(query.DECK)
    deck = state.current(ds)
    with right:
        many = several(len(deck.slides), "diapositive", "diapositives")
        if st.button(f"Présenter ({many})", key="presenter", type="primary", disabled=not deck.slides):
            state.present(ds, state.current_name(ds), addresses.PRESENTATION, {})
    saving.show(ds)
    if state.current_name(ds) not in ds.territories:
        _start_from(ds)
    if not deck.slides:
        how = "«&nbsp;Présenter&nbsp;», puis «&nbsp;Ajouter à la présentation&nbsp;», y met ce qu’elle montre."
        st.html(html.box(f"Cette présentation est vide. À côté du titre d’une page, {how}"))
        return
    _from_wall(ds)
    _slides(ds)


def _start_from(ds: Dataset) -> None:
    """A presentation takes the slides of another, to which others are then added."""
    here = state.current_name(ds)
    names = [name for name in (*territories(ds), *kept.all_kept(), OWN) if name != here]

    def taken() -> None:
        slides = state.deck(ds, st.session_state[_SOURCE]).slides
        state.state().said = adding.add(ds, slides, here) if slides else "Cette présentation est vide."
        state.state().said_at = _SOURCE

    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        st.selectbox("Diapositives à y copier", names, format_func=lambda n: state.label(ds, n), key=_SOURCE)
    with right:
        st.button("Copier ces diapositives", key="diapos_copier", on_click=taken)
    adding.show_done(ds, _SOURCE)


def title_of(ds: Dataset, slide: Slide) -> str:
    """What names a slide in the list: its kind, its territory, its message."""
    try:
        return kinds.content(ds, slide).title
    except (KeyError, ValueError) as refused:
        return f"Ne peut pas être montrée{NBSP}: {refused.args[0]}"


def _filtered(ds: Dataset, slide: Slide) -> str:
    label = kinds.KINDS[slide.kind].label
    with suppress(KeyError, ValueError):
        return f"{label}{NBSP}: {kinds.content(ds, slide).filters}"
    return label


def _from_wall(ds: Dataset) -> None:
    """What the wall showed otherwise than prepared: said, and taken only when asked."""
    changed = state.changed_on_wall(ds)
    if not changed:
        return
    told = html.points(f"{n + 1}. {_filtered(ds, slide)}" for n, slide in changed.items())
    kept_so = "La liste et les fichiers gardent les diapositives telles que préparées."
    st.html(html.box(f"Changé à l’écran pendant la présentation. {kept_so}", told, role="status"))
    st.button("Garder ces choix dans la présentation", key="diapos_garder", on_click=state.keep_from_wall, args=(ds,))


def _slides(ds: Dataset) -> None:
    """The list at the left, the slide chosen at the right: changed with the keyboard as with the mouse."""
    deck = state.current(ds)
    key = f"diapos_{state.current_name(ds)}"
    st.session_state[key] = state.place(ds)

    def shown(n: int) -> str:
        label, title = kinds.KINDS[deck.slides[n].kind].label, title_of(ds, deck.slides[n])
        # Some views have their name for a title: it is said once.
        return html.literal(f"{n + 1}. {label}" if title == label else f"{n + 1}. {label}{NBSP}: {title}")

    def chosen() -> None:
        state.go(ds, st.session_state[key] or 0)

    left, right = st.columns([3, 2])
    with left:
        st.html(html.heading(2, "Diapositives", anchor="diapositives"))
        st.radio(
            "Ordre des diapositives", range(len(deck.slides)), format_func=shown, key=key, on_change=chosen,
            label_visibility="collapsed",
        )  # fmt: skip
    with right:
        _chosen(ds)


def _chosen(ds: Dataset) -> None:
    deck, place = state.current(ds), state.place(ds)
    slide = deck.slides[place]
    name = f"{state.current_name(ds)}_{place}"

    def move(by: int) -> None:
        state.put(ds, state.current(ds).moving(place, by))
        state.go(ds, place + by)

    def remove() -> None:
        state.put(ds, state.current(ds).without(place))
        state.go(ds, place)

    def edited(field: str) -> None:
        value = st.session_state[f"{field}_{name}"] or ""
        changed = replace(slide, notes=value) if field == "notes" else replace(slide, title=value)
        state.put(ds, state.current(ds).putting(place, changed))

    shown = f"Diapositive {place + 1}{NBSP}: {kinds.KINDS[slide.kind].label}"
    st.html(f'<h3 class="diapo-choisie">{html.esc(shown)}</h3>')
    spoken.say(". ".join(filter(None, (shown, slide.title, slide.notes))))
    with st.container(horizontal=True, key="diapo_outils"):
        st.button("Monter", key="diapo_monter", on_click=move, args=(-1,), disabled=place == 0)
        st.button("Descendre", key="diapo_descendre", on_click=move, args=(1,), disabled=place >= len(deck.slides) - 1)
        st.button("Retirer", key="diapo_retirer", on_click=remove)
    for field, value in (("titre", slide.title), ("notes", slide.notes)):
        st.session_state[f"{field}_{name}"] = value
    st.text_input(
        "Titre (vide : titre proposé)", key=f"titre_{name}", max_chars=LONGEST_TITLE, on_change=edited,
        args=("titre",), placeholder=title_of(ds, Slide(slide.kind, slide.choices)),
    )  # fmt: skip
    st.text_area(
        "Notes de présentation", key=f"notes_{name}", max_chars=LONGEST_NOTES, on_change=edited, args=("notes",),
        placeholder="Elles vont dans les commentaires du PowerPoint", height=120,
    )  # fmt: skip
    st.html(_embed(ds, slide))


def _embed(ds: Dataset, slide: Slide) -> str:
    """The code that shows this view in a page of an intranet."""
    address = f"{navigation.base_url()}{addresses.EMBED}?{urlencode({query.KIND: slide.kind, **slide.choices})}"
    label = kinds.KINDS[slide.kind].label
    code = f'<iframe src="{html.esc(address)}" title="{html.esc(label)}" width="960" height="640"></iframe>'
    hosts = ds.config.embed_hosts
    who = f"Sites autorisés{NBSP}: {', '.join(hosts)}."
    if not hosts:
        who = f"Aucun autre site ne peut encore la montrer{NBSP}: demandez-le à la personne responsable des données."
    return html.details(
        "Intégrer cette vue dans une page",
        f'<p>{html.esc(who)}</p><pre class="code">{html.esc(code)}</pre>'
        f'<p class="boutons"><a href="{html.esc(address)}" target="_blank" rel="noopener">Ouvrir la vue seule</a></p>'
        f'<button type="button" data-copier="texte" data-contenu="{html.esc(code)}">Copier le code</button>',
    )


# ---- Those of the team -----------------------------------------------------------------------------------------------
def show_kept(ds: Dataset) -> None:
    """The presentations that the team keeps, those that were removed, and one as a file from one machine to another."""
    st.html(html.heading(2, "Présentations de l’équipe", anchor="gardees"))
    shared = kept.all_kept()
    for own in list(shared.values())[:_SHOWN]:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"gardee_{own.id}"):
            navigation.link(own.title, addresses.PRESENTATION, {query.DECK: own.id})
            st.html(f'<p class="source">{html.esc(own.author)}, {html.esc(moment(own.at))}</p>', width="content")
    if len(shared) > _SHOWN:
        st.html("<p>Les autres sont dans la liste «&nbsp;Présentation&nbsp;», en haut de la page.</p>")
    if not shared and not kept.problem():
        st.html("<p>Aucune n’est encore gardée sous un nom.</p>")
    if team.person().may("contributor"):
        _removed()
    with st.expander("Passer une présentation d’un tableau de bord à un autre", key="presentation_fichiers"):
        _files(ds)


def _removed() -> None:
    with st.popover("Présentations retirées", on_change="rerun", key="presentation_retirees_menu") as menu:
        if not menu.open:
            return
        found, problem = team.trying(presentations.removed)
        if not found:
            st.html(f"<p>{html.esc(problem or 'Aucune n’a été retirée.')}</p>")
            return
        told = {id_: f"{own.title}, {moment(own.at)} ({own.author})" for id_, own in found.items()}
        st.selectbox("Présentation retirée", list(told), format_func=told.__getitem__, key=_REMOVED)
        st.button(
            "Remettre", key="garder_remettre", on_click=lambda: saving.put_back(found[st.session_state[_REMOVED]])
        )


def _files(ds: Dataset) -> None:
    deck = state.current(ds)
    if deck.slides:
        # Made now: the click runs the page again, and Streamlit may have forgotten what it would have called.
        raw, name, mime = deck_yaml(deck), f"{file_slug(deck.title)}.yaml", "application/yaml"
        uploads.download("Enregistrer la présentation", raw, name, mime, "presentation_enregistrer")

    def take(content: bytes, name: str) -> list[Problem]:
        found, problems = read_deck(ds, content, name)
        if found is not None:
            state.receive(ds, found)
        return problems

    uploads.reopening("Rouvrir une présentation enregistrée", "presentation_fichier", "Présentation ouverte", take)

"""A presentation that the team keeps: named, saved over the version that one saw, copied, removed, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.deck import files
from dashboard.deck.slides import LONGEST_TITLE, Deck
from dashboard.model import Dataset
from dashboard.narrative.plan_words import several
from dashboard.team import people, presentations
from dashboard.team.presentations import Kept
from dashboard.team.writings import Conflict, Writing
from dashboard.ui import markup as html
from dashboard.ui import navigation, team
from dashboard.ui.presentation import adding, kept, state
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import moment

HERE: Final = "garder"
_REFUSED: Final = "_presentation_refus"
_MINE: Final = "Vos changements sont gardés pour vous, dans ce navigateur."
_NOT_KEPT: Final = "Vos changements ne sont que dans cette page : gardez-les sous un nom, ou dans un fichier."


def show(ds: Dataset) -> None:
    """What is said of the presentation shown, and what can be done of it by whoever is there."""
    name = state.current_name(ds)
    own, may = kept.get(name), team.person().may("contributor")
    if own is not None:
        kept.opened(name)
    if said := team.problem_html(kept.problem()) + _problem(st.session_state.pop(_REFUSED, "")) + _said(ds, own):
        st.html(said)
    behind = own is not None and state.state().base.get(name, own.version) != own.version
    if own is not None and behind:
        _conflict(ds, own, may)
    with st.container(horizontal=True, key="presentation_garder"):
        if may and own is not None and state.changed(ds) and not behind:
            st.button("Enregistrer les changements", key="garder_changements", on_click=_save, args=(ds, own))
        if state.changed(ds) and not behind:
            to = "Revenir à la version gardée" if own else "Revenir aux diapositives de départ"
            st.button(to, key="diapos_depart", on_click=state.reset, args=(ds,))
        if may and own is not None:
            with st.popover("Renommer, copier, retirer", on_change="rerun", key=f"garder_menu_{name}") as menu:
                _naming(own.id, own.title)
                with st.container(horizontal=True):
                    st.button("Renommer", key="garder_renommer", on_click=_rename, args=(ds, own))
                    st.button("Copier sous ce nom", key="garder_copier", on_click=_create, args=(ds, own.id))
                    st.button("Retirer", key="garder_retirer", on_click=_remove, args=(own,))
                if menu.open:
                    _former(ds, own)
        elif may and state.current(ds).slides:
            with st.popover("Garder sous un nom", key=f"garder_nom_{name}"):
                _naming(name, state.current(ds).title)
                st.button("Garder", key="garder_creer", type="primary", on_click=_create, args=(ds, name))
        if own is not None:
            link = html.esc(f"{navigation.base_url()}{addresses.PRESENTATION}?{query.DECK}={own.id}")
            copy = "Copier le lien de la présentation"
            st.html(f'<button type="button" data-copier="texte" data-contenu="{link}">{copy}</button>', width="content")
        if own is None and name in state.decks(ds) and name not in ds.territories:
            with st.popover("Effacer", key=f"effacer_{name}"):
                st.html("<p>Elle n’est gardée que pour vous, et ne le sera plus.</p>")
                st.button("Effacer cette présentation", key="garder_effacer", on_click=state.reset, args=(ds,))
    adding.show_done(ds, HERE)


def _said(ds: Dataset, own: Kept | None) -> str:
    """Who keeps it, since when, and who has what was changed since."""
    said = [f"Gardée par {_who(own)}, {moment(own.at)}."] if own is not None else []
    name = state.current_name(ds)
    if name in state.decks(ds):
        said.append(_MINE if state.outlives(name) else _NOT_KEPT)
    return f'<p class="source">{html.esc(" ".join(said))}</p>' if said else ""


def _who(own: Kept) -> str:
    return "une personne sans nom" if own.author == people.NAMELESS else own.author


def _naming(name: str, title: str) -> None:
    """The name of a presentation, and that of the person where nobody signs in."""
    key = f"garder_titre_{name}"
    st.session_state.setdefault(key, title)
    st.text_input("Nom de la présentation", key=key, max_chars=LONGEST_TITLE)
    team.name_field(labelled=True)


def _former(ds: Dataset, own: Kept) -> None:
    """The versions that are not in force, any of which can be taken back."""
    found, problem = team.trying(presentations.versions, own.id)
    if problem:
        st.html(_problem(problem))
    former = [version for version in found or () if version.version != own.version]
    if former:
        told = [
            f"{moment(own.at)}, {_who(own)} ({_many(kept.deck(ds, own)[0])})" + ("" if own.version else ", non retenue")
            for own in former
        ]
        st.selectbox("Versions d’avant", range(len(told)), format_func=told.__getitem__, key="garder_version")

        def taken() -> None:
            state.put(ds, kept.deck(ds, former[st.session_state["garder_version"]])[0])
            _say("Cette version est affichée; la précédente reste en vigueur jusqu’à ce que vous enregistriez.")

        st.button("Reprendre cette version", key="garder_reprendre", on_click=taken)


def _many(deck: Deck) -> str:
    return several(len(deck.slides), "diapositive", "diapositives")


def _conflict(ds: Dataset, own: Kept, may: bool) -> None:
    """Somebody saved another version since one began to change it: whose, when, and what to do of one's own."""
    theirs, mine = _many(kept.deck(ds, own)[0]), _many(state.current(ds))
    told = (
        "<strong>Une autre version de cette présentation a été enregistrée par "
        f"{html.esc(_who(own))}, {html.esc(moment(own.at))}.</strong> La sienne a {theirs}, la vôtre {mine}. Rien "
        "n’est perdu&nbsp;: choisissez."
    )
    st.html(html.box(told, role="status"))
    with st.container(horizontal=True, key="presentation_choix"):
        if may:
            st.button("Mettre la mienne à la place", key="conflit_mienne", on_click=_save, args=(ds, own, True))
        st.button("Prendre la sienne", key="conflit_sienne", on_click=_take_theirs, args=(ds, own))
        if may:
            apart = (ds, own.id, f"{own.title[: LONGEST_TITLE - 8]} (copie)")
            st.button("Garder la mienne à part", key="conflit_part", on_click=_create, args=apart)


# ---- What the buttons do ---------------------------------------------------------------------------------------------
def _typed(name: str) -> str:
    """The name that is typed; that there is none is said."""
    title = " ".join(str(st.session_state.get(f"garder_titre_{name}") or "").split())[:LONGEST_TITLE]
    if not title:
        st.session_state[_REFUSED] = "Rien n’est enregistré. Remède : écrire le nom de la présentation."
    return title


def _say(said: str) -> None:
    state.state().said, state.state().said_at = said, HERE


def _problem(problem: str) -> str:
    return html.box(html.esc(problem), role="alert", fault=True) if problem else ""


def _write(done: str, write: Callable[..., Writing | Conflict], *given: object) -> Writing | None:
    """What a write gave, said; None when it was refused, or when another is in force. Then the list is read again."""
    written, problem = team.trying(write, *given)
    kept.refresh()
    if problem:
        st.session_state[_REFUSED] = f"Rien n’est enregistré. {problem}"
    if isinstance(written, Conflict):
        other = written.theirs
        done = (
            f"{other.author} l’a changée {moment(other.at)}{NBSP}: voyez ce qui est maintenant gardé, puis choisissez."
        )
    if written is not None:
        _say(done)
    return written if isinstance(written, Writing) else None


def _put(own: Kept, done: str, base: int, *, title: str = "", content: str | None = None) -> bool:
    """True when it is written over the version `base`, under another title or with another content when given."""
    named, text = title or own.title, own.content if content is None else content
    return _write(done, presentations.put, team.person(), own.id, named, text, base) is not None


def _text(deck: Deck) -> str:
    return files.deck_yaml(deck).decode()


def _create(ds: Dataset, name: str, title: str = "") -> None:
    """What is shown is kept under this title, or the name typed; what it was made from is as before."""
    title = title or _typed(name)
    if title:
        text, done = (
            _text(replace(state.deck(ds, name), title=title)),
            f"«{NBSP}{title}{NBSP}» est gardée pour toute l’équipe.",
        )
        made = _write(done, presentations.create, team.person(), title, text)
        if made is not None:
            state.keep(ds, name, None)
            st.session_state.pop(f"garder_titre_{name}", None)
            state.go_to(made.subject)


def _save(ds: Dataset, own: Kept, over: bool = False) -> None:
    """over: over the version of another, that one has seen."""
    base = own.version if over else state.state().base.get(own.id, own.version)
    done = f"«{NBSP}{own.title}{NBSP}» est enregistrée pour toute l’équipe."
    if _put(own, done, base, content=_text(state.deck(ds, own.id))):
        state.keep(ds, own.id, None)


def _take_theirs(ds: Dataset, own: Kept) -> None:
    """One's own becomes a version that is not in force; a reader's is let go."""
    person, text, base = team.person(), _text(state.deck(ds, own.id)), state.state().base.get(own.id, 0)
    said = f"La version de {_who(own)} est affichée."
    if person.may("contributor"):
        _, problem = team.trying(presentations.put, person, own.id, own.title, text, base)
        if problem:
            st.session_state[_REFUSED] = f"Rien n’est changé. {problem}"
            return
        said = f"{said[:-1]}; la vôtre est parmi les versions d’avant."
    state.keep(ds, own.id, None)
    _say(said)


def _rename(ds: Dataset, own: Kept) -> None:
    title = _typed(own.id)
    if title and _put(own, f"Elle s’appelle maintenant «{NBSP}{title}{NBSP}».", own.version, title=title):
        now, draft = kept.get(own.id), state.decks(ds).get(own.id)
        if draft is not None and now is not None and state.state().base.get(own.id) == own.version:
            # What one had begun was made from the same slides.
            state.state().base[own.id] = now.version
            state.keep(ds, own.id, replace(draft, title=title))


def _remove(own: Kept) -> None:
    done = f"«{NBSP}{own.title}{NBSP}» est retirée; «{NBSP}Remettre{NBSP}», plus bas, la rend."
    if _put(own, done, own.version, content=""):
        state.go_to(None)


def put_back(own: Kept) -> None:
    """A removed presentation, as it was."""
    if _put(own, f"«{NBSP}{own.title}{NBSP}» est remise.", own.version):
        state.go_to(own.id)

"""What a question gets, over the page: a sentence, what was understood and can be changed, the chart and its source; or
why there is no figure, and what can be asked instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import streamlit as st

from dashboard.deck import page_choices
from dashboard.deck.choices import CHOICES, territory_label
from dashboard.deck.kinds import view
from dashboard.model import Dataset
from dashboard.narrative.search import find, in_actions, places
from dashboard.questions import suggesting
from dashboard.questions.asking import ask
from dashboard.questions.measures import when
from dashboard.questions.reply import Chip, Reply
from dashboard.ui import blocks, cache, navigation, selection, spoken
from dashboard.ui import markup as html
from dashboard.ui.presentation import state as presentation
from dashboard.wording import query
from dashboard.wording.numbers import NBSP

TITLE: Final = "Réponse"
# What is said above a sentence that gives no figure.
_KINDS: Final = {
    "missing": "La source ne le donne pas",
    "elsewhere": "Hors sujet",
    "not_understood": "Question non comprise",
    "choice": "À préciser",
    "text": "Texte du plan",
}
_SHOWN: Final = 160
_MOST: Final = 5


def show(ds: Dataset, asked: str) -> None:
    """Over the page, or over the slide; closing it takes the question out of the address."""
    st.dialog(TITLE, width=1040, on_dismiss=lambda: selection.put(query.QUESTION, None))(_answer)(ds)


def _ask(question: str) -> None:
    selection.put(query.QUESTION, page_choices.question(question))


@cache.fragment
def _answer(ds: Dataset) -> None:
    """A fragment: a chip that changes draws the answer alone again."""
    asked = selection.get(query.QUESTION) or ""
    reply = ask(ds, asked)
    spoken.say(reply.sentence, of="question")
    wall = presentation.full_screen(selection.here())
    with st.container(key="reponse"):
        st.html(_sentence(reply, asked))
        if reply.kind == "answer":
            _chips(ds, reply, asked)
        _buttons(reply)
        if reply.view is not None and reply.kind == "answer":
            _drawn(ds, reply, wall=wall)
        if not wall:
            _links(ds, reply, asked)


def _sentence(reply: Reply, asked: str) -> str:
    shown = asked if len(asked) <= _SHOWN else f"{asked[: _SHOWN - 1]}…"
    kind = _KINDS.get(reply.reason or reply.kind, "")
    above = f'<p class="petit-titre">{kind}</p>' if kind else ""
    return (
        f'<p class="question">{html.esc(shown)}</p><div class="reponse {reply.kind}">{above}'
        f"<p>{html.esc(reply.sentence)}</p></div>"
    )


def _buttons(reply: Reply) -> None:
    """What can be asked instead, or what the question can mean."""
    if not reply.others:
        return
    if reply.kind != "choice":
        st.html(f'<p class="petit-titre">Voir plutôt{NBSP}:</p>')
    with st.container(horizontal=True, key="autres"):
        for n, other in enumerate(reply.others[:_MOST]):
            st.button(html.literal(other), key=f"autre_{n}", on_click=_ask, args=(other,))


def _drawn(ds: Dataset, reply: Reply, *, wall: bool) -> None:
    assert reply.view is not None
    kind, choices = reply.view.kind, dict(reply.view.choices)
    key = f"reponse-{kind}"
    if wall:
        content = view(ds, kind, choices).for_a_room()
        st.html(html.heading(3, content.title, content.subtitle))
        with st.container(key="reponse_corps"):
            blocks.large(ds, content, key, wall=True)
        st.html(html.source_line(content.source))
    else:
        # The sentence of the answer is the one that reads it.
        blocks.block(ds, kind, choices, key=key, read=False)


def _links(ds: Dataset, reply: Reply, asked: str) -> None:
    """Where the answer stands; without an answer, the pages and the texts that hold the words."""
    titles = navigation.titles()
    if reply.kind in ("answer", "text") and reply.page in titles:
        navigation.link(f"Voir dans la page{NBSP}: {titles[reply.page]}", reply.page, reply.params)
    if reply.kind != "answer":
        found = [*in_actions(ds, asked), *find(asked, places(ds), _MOST)]
        if found:
            st.html(f'<p class="petit-titre">Dans le tableau de bord{NBSP}:</p>')
            navigation.links(found)


# ---- What was understood ---------------------------------------------------------------------------------------------


def _named(reply: Reply, name: str) -> list[Chip]:
    return [chip for chip in reply.chips if chip.name == name]


def _chips(ds: Dataset, reply: Reply, asked: str) -> None:
    """« Compris comme »: what one thing was understood as can be changed, and the question is asked again."""
    codes, subjects, periods = _named(reply, "territory"), _named(reply, "subject"), _named(reply, "period")
    categories = _named(reply, "category")
    mended = "; ".join(chip.label for chip in _named(reply, "mended"))
    if mended:
        st.html(f'<p class="source">Lu{NBSP}: {html.esc(mended)}.</p>')
    known = suggesting.families(ds)
    own = None
    if len(subjects) == 1 and len(categories) < 2:
        own = known.get((subjects[0].value, categories[0].value if categories else "total"))
    lists: list[_Choice] = []
    if len(codes) == 1:
        lists.append((
            "Territoire", "territory", list(CHOICES[query.COMPARED].allowed(ds, {})), codes[0].value,
            lambda code: territory_label(ds, code),
            lambda code: suggesting.another_territory(ds, asked, codes[0].value, code),
        ))  # fmt: skip
    if own is not None and len(codes) == 1:
        lists.append((
            "Indicateur", "subject", list(known.values()), own, lambda id_: suggesting.measured(ds, id_).name,
            lambda id_: suggesting.another_family(ds, id_, codes[0].value),
        ))  # fmt: skip
    if own is not None and len(periods) == 1:
        lists.append((
            "Période", "period", suggesting.choices(ds, own), periods[0].value,
            when, lambda period: suggesting.another_period(ds, asked, periods[0].value, period),
        ))  # fmt: skip
    # A list of one thing has nothing to change; without any, nothing is said.
    if lists := [own_list for own_list in lists if own_list[3] in own_list[2] and len(own_list[2]) > 1]:
        with st.container(horizontal=True, vertical_alignment="bottom", key="compris"):
            st.html(f'<p class="petit-titre">Compris comme{NBSP}:</p>', width="content")
            for label, name, options, now, text, asks in lists:
                key = f"compris_{name}"
                st.session_state[key] = now
                changed = partial(_another, key, asks)
                st.selectbox(label, options, format_func=text, key=key, on_change=changed, width=240)


# Its label, its name, what it may be, what it is, how each is written, and the question that each asks.
_Choice = tuple[str, str, Sequence[str], str, Callable[[str], str], Callable[[str], str]]


def _another(key: str, asks: Callable[[str], str]) -> None:
    if st.session_state[key] is not None:
        _ask(asks(st.session_state[key]))

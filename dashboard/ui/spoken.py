"""What a choice has changed, for those who hear the page: a sentence at the end of a run, which assets/dashboard.js
reads in the region that every page keeps. Nothing is said of what a page shows when it opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.ui import address, selection
from dashboard.ui import markup as html
from dashboard.wording import query
from dashboard.wording.numbers import NBSP

_KEY: Final = "_dit"
_OWN: Final = "_a_dire"


@dataclass
class _Said:
    """What a page showed at the end of the last run, in words: its choices, and what its parts had to say beside them.
    text: what was said of it; its rank tells it from the one before."""

    slug: str
    choices: dict[str, str]
    own: dict[str, tuple[str, str | None]]
    text: str = ""
    rank: int = 0


def say(text: str, of: str = "", about: str | None = None) -> None:
    """What this run shows, where a part of the page has more to say than its choices: a result, a count of what was
    found. of: the part; about: what the text is true of, said again of another."""
    st.session_state.setdefault(_OWN, {})[of] = text, about


def end(*, alone: bool) -> None:
    """End of a run, of a page or of a part of it (alone): its address, then what has changed in what it shows."""
    address.settle()
    slug, choices = selection.described()
    # A presentation has one address, on the wall and as a list.
    slug += address.get(query.FULL_SCREEN) or ""
    former: _Said | None = st.session_state.get(_KEY)
    same = former is not None and former.slug == slug
    # The parts that did not run show what they showed.
    own = {**(former.own if former and same and alone else {}), **st.session_state.pop(_OWN, {})}
    if former is None or not same:
        st.session_state[_KEY] = _Said(slug, choices, own, rank=former.rank if former else 0)
        return
    chosen = [f"{label}{NBSP}: {text}" for label, text in choices.items() if former.choices.get(label) != text]
    told = [said[0] for part, said in own.items() if said[0] and former.own.get(part) != said]
    if sentences := ["; ".join(chosen), *told] if chosen else told:
        former.rank, former.text = former.rank + 1, " ".join(f"{sentence.rstrip('.')}." for sentence in sentences)
    former.choices, former.own = choices, own
    if former.text:
        st.html(f'<span data-dit="{former.rank}" hidden>{html.esc(former.text)}</span>')

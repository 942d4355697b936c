"""What a choice has changed, for those who hear the page: a sentence at the end of a run, which assets/dashboard.js
reads in the region that every page keeps. Nothing is said of what a page shows when it opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.ui import address, selection
from dashboard.ui import markup as html
from dashboard.wording.numbers import NBSP

_KEY: Final = "_dit"
_OWN: Final = "_a_dire"


@dataclass
class _Said:
    """What a page showed at the end of the last run, in words, and what was said of it: its rank tells it from the one
    before."""

    slug: str
    shown: dict[str, str]
    text: str = ""
    rank: int = 0


def say(text: str) -> None:
    """What this run shows, where the page has more to say than its choices: a result, a count of what was found."""
    st.session_state[_OWN] = text


def end() -> None:
    """End of a run, of a page or of a part of it: its address, then what has changed in what it shows."""
    address.settle()
    slug, shown = selection.described()
    former: _Said | None = st.session_state.get(_KEY)
    if own := st.session_state.pop(_OWN, former.shown.get("", "") if former else ""):
        shown[""] = own
    if former is None or former.slug != slug:
        st.session_state[_KEY] = _Said(slug, shown, rank=former.rank if former else 0)
        return
    changed = [
        f"{label}{NBSP}: {text}" if label else text for label, text in shown.items() if former.shown.get(label) != text
    ]
    if changed:
        former.rank, former.text = former.rank + 1, f"{'; '.join(changed).rstrip('.')}."
    former.shown = shown
    if former.text:
        st.html(f'<span data-dit="{former.rank}" hidden>{html.esc(former.text)}</span>')

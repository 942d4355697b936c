"""The address of the page shown: read once when a page starts, written once when it is done, nowhere else.

Each write is a step of « back » in the browser, hence one at most for a choice, and none that says nothing new. What an
arriving page writes is no step at all: assets/history.js puts it in the place of the step that led there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.ui.server.streamlit_internals import led_by_history
from dashboard.wording import query

_KEY: Final = "_adresse"
# What no page says and every page leaves: where a link leads, and what a notice must say again after a reload.
KEPT: Final = (query.PLACE, query.DATA_VERSION, query.UNKNOWN_PAGE)
Told = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class News:
    """What the address asks of the session.

    whole: it is all that is asked, and what it leaves out has its usual value (a first visit, « back », « forward »).
    Otherwise (the menu, a link) what it leaves out stays as the session has it.
    """

    values: Mapping[str, str]
    whole: bool


@dataclass
class _Shown:
    """The page of a session: what the address held at the end of the last run, and what tells what it must hold."""

    slug: str
    left: dict[str, list[str]]
    news: News | None = None
    tell: Callable[[], Told] | None = None
    # After a link from a page to itself the browser still has the former address, and after two « back » in a row that
    # of the page between: what is right is written again, which is no step.
    unsure: bool = False


def _given() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def begin(slug: str) -> News | None:
    """Start of the run of a page: what is new in its address; None when nothing is."""
    former: _Shown | None = st.session_state.get(_KEY)
    given = _given()
    recalled = led_by_history()
    whole = former is None or recalled
    linked = former is not None and former.slug == slug and given != former.left and not whole
    asked = whole or linked or (former is not None and former.slug != slug)
    news = News({name: values[-1] for name, values in given.items() if values}, whole) if asked else None
    st.session_state[_KEY] = _Shown(slug, given, news, unsure=linked or recalled)
    return news


def news() -> News | None:
    """What was new in the address when this run began."""
    shown: _Shown = st.session_state[_KEY]
    return shown.news


def get(param: str) -> str | None:
    """A parameter of the address, as it stands."""
    return st.query_params.get(param)


def params() -> dict[str, str]:
    """The address as it stands."""
    return st.query_params.to_dict()


def tell(told: Callable[[], Told]) -> None:
    """What the address of this page holds is `told`, asked for at the end of a run, in the order in which it names it:
    the same view has the same address. None for what is usual."""
    shown: _Shown = st.session_state[_KEY]
    shown.tell = told


def settle() -> None:
    """End of a run, of a page or of a part of it: the address holds what the page tells, and nothing else."""
    shown: _Shown | None = st.session_state.get(_KEY)
    if shown is None or shown.tell is None:
        return
    now = _given()
    wanted = {name: [value] for name, value in shown.tell().items() if value is not None}
    wanted |= {name: now[name] for name in KEPT if name in now}
    if wanted != now or shown.unsure:
        st.query_params.from_dict(wanted)
    shown.left, shown.unsure = wanted, False

"""Choices of the page « Plan d’action »: kept in the session, mirrored in the address, refused in French.

The address is taken as a whole: a link that names a region must not inherit a search made earlier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from dashboard.indicators.plan import SCOPES, Filters
from dashboard.model import Dataset
from dashboard.ui import address, selection
from dashboard.wording.matching import LONGEST_QUERY, words_of

_STATE: Final = "_plan_choix"
SEARCH: Final = "q"


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: its name in the address, the values that the data allow, how a notice names it."""

    param: str
    allowed: tuple[str, ...]
    what: str


def choices(ds: Dataset) -> list[Choice]:
    plan = ds.action_plan
    return [
        Choice("region", tuple(ds.region_codes()), "la région"),
        Choice("objectif", tuple(o.id for _, o in plan.objectives()), "l’objectif"),
        Choice("programme", tuple(p.id for p in plan.programmes), "le programme"),
        Choice("clientele", tuple(c.id for c in plan.clienteles), "la clientèle"),
        Choice("portee", SCOPES, "la portée"),
    ]


def _params(ds: Dataset) -> list[str]:
    return [SEARCH, *(choice.param for choice in choices(ds))]


def _state() -> dict[str, str]:
    found: dict[str, str] = st.session_state.setdefault(_STATE, {})
    return found


def get(param: str) -> str | None:
    return _state().get(param)


def put(param: str, value: str | None) -> None:
    if value:
        _state()[param] = value
    else:
        _state().pop(param, None)


def clear() -> None:
    st.session_state[_STATE] = {}


def filters() -> Filters:
    """The choices as the plan is asked."""
    own = _state()
    return Filters(
        own.get("region"),
        own.get("objectif"),
        own.get("programme"),
        own.get("clientele"),
        own.get("portee"),
        own.get(SEARCH, ""),
    )


def tidy(query: str) -> str:
    """A search on one line, short, with nothing that cannot be shown; nothing when it holds no word."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in query).split())[:LONGEST_QUERY]
    return shown if words_of(shown) else ""


def begin(ds: Dataset) -> list[str]:
    """Start of a run: take what is new in the address; the notices for what the data do not allow."""
    news = address.news()
    now = {} if news is None else {name: news.values[name] for name in _params(ds) if name in news.values}
    if news is None or not (now or news.whole):
        return _drop_unknown(ds)
    clear()
    notices = []
    for choice in choices(ds):
        value = now.get(choice.param)
        if value is not None and value not in choice.allowed:
            notices.append(selection.refusal(choice.what, value))
        else:
            put(choice.param, value)
    put(SEARCH, tidy(now.get(SEARCH, "")))
    return notices


def _drop_unknown(ds: Dataset) -> list[str]:
    """New files may no longer have what the session asks for."""
    for choice in choices(ds):
        if get(choice.param) not in (None, *choice.allowed):
            put(choice.param, None)
    return []


def say(ds: Dataset) -> None:
    """Put the choices in the address, and nothing for those left open."""
    address.say({param: get(param) for param in _params(ds)})


def field(param: str) -> str:
    """Key of the widget that shows a choice."""
    return f"champ_plan_{param}"


def widget(param: str, make: Callable[..., Any], label: str, **arguments: Any) -> None:
    """A widget that shows a choice and changes it."""
    key = field(param)
    st.session_state[key] = get(param) or ("" if param == SEARCH else None)

    def changed() -> None:
        value = st.session_state.get(key)
        put(param, tidy(value) if param == SEARCH and value else value)

    make(label, key=key, on_change=changed, **arguments)

"""The shared selection (territory, measure, year, series): one truth in the session, mirrored in the address.

Widgets are only views of it: Streamlit forgets the state of a widget that is not on the page, so the truth is kept
under keys of our own, and copied to and from the widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.indicators import admissions as adm
from dashboard.model import Dataset

_SEEN: Final = "_adresse_vue"
_NOTICES: Final = "_avis_adresse"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of the selection: its name in the address, its allowed values, its default."""

    param: str
    allowed: tuple[str, ...]
    default: str | None
    what: str


def choices(ds: Dataset) -> dict[str, Choice]:
    """Every value of the selection, with what the data allow."""
    years = tuple(adm.years(ds))
    found = (
        Choice("mrc", tuple(ds.mrc_codes()), None, "ce territoire"),
        Choice("mesure", adm.MEASURES, ds.config.default_measure, "cette mesure"),
        Choice("annee", years, years[-1], "cette année"),
        Choice("serie", ("nombre", "indice", "part"), "nombre", "cette série"),
    )
    return {choice.param: choice for choice in found}


def _key(param: str) -> str:
    return f"_choix_{param}"


def get(param: str) -> str | None:
    """Current value of the selection."""
    value = st.session_state.get(_key(param))
    return value if isinstance(value, str) else None


def put(param: str, value: str | None) -> None:
    """Change the selection; the address follows at the end of the run (`write_address`)."""
    st.session_state[_key(param)] = value


def read_address(ds: Dataset) -> None:
    """Take from the address what has changed in it since the last run; refuse what the data do not allow, in French."""
    seen: dict[str, str | None] = st.session_state.setdefault(_SEEN, {})
    notices: list[str] = []
    for param, choice in choices(ds).items():
        current = st.query_params.get(param)
        if param not in seen or current != seen[param]:
            if current is None:
                # First run without the parameter keeps what the session has (page change); later, it was removed.
                if (param in seen and seen[param] is not None and not _moved()) or _key(param) not in st.session_state:
                    put(param, choice.default)
            elif current in choice.allowed:
                put(param, current)
            else:
                notices.append(
                    f"L’adresse demandait {choice.what} «\u00a0{current[:40]}\u00a0», qui n’existe pas dans les données\u00a0: "
                    "la valeur habituelle est affichée."
                )
                put(param, choice.default)
                del st.query_params[param]
                current = None
            seen[param] = current
        value = get(param)
        if value is not None and value not in choice.allowed:
            put(param, choice.default)  # a new data file no longer has it
    st.session_state[_NOTICES] = notices


def _moved() -> bool:
    """True when the page has just changed: Streamlit then clears the address, which says nothing of the choices."""
    return bool(st.session_state.get("_page_changee"))


def note_page(slug: str) -> None:
    """Remember the page of this run, to tell a page change from a parameter taken out of the address."""
    st.session_state["_page_changee"] = st.session_state.get("_page") not in (None, slug)
    st.session_state["_page"] = slug


def notices() -> list[str]:
    return list(st.session_state.get(_NOTICES, []))


def write_address(ds: Dataset) -> None:
    """Mirror the selection in the address: only what differs from the default, so that addresses stay short."""
    seen: dict[str, str | None] = st.session_state.setdefault(_SEEN, {})
    for param, choice in choices(ds).items():
        value = get(param)
        wanted = value if value is not None and value != choice.default else None
        if st.query_params.get(param) != wanted:
            if wanted is None:
                del st.query_params[param]
            else:
                st.query_params[param] = wanted
        seen[param] = wanted


def widget(
    param: str,
    make: Callable[..., object],
    label: str,
    options: Sequence[str],
    *,
    format_func: Callable[[str], str],
    clearable: bool = False,
    **arguments: object,
) -> str | None:
    """A widget (selectbox, segmented_control) bound to a value of the selection; returns the current value."""
    key = f"champ_{param}"
    current = get(param)
    st.session_state[key] = current if current in options else None
    if clearable:
        arguments["index"] = None

    def changed() -> None:
        chosen = st.session_state.get(key)
        # Only a list that can be cleared (no index of its own) may put nothing in the selection.
        if chosen is not None or clearable:
            put(param, chosen)

    make(label, list(options), format_func=format_func, key=key, on_change=changed, **arguments)
    return get(param)

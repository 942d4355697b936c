"""Choices of the pages « Comparer » and « Indicateurs »: read from the address, refused in French, written back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard.indicators import directions
from dashboard.indicators.comparison import MOST
from dashboard.model import Dataset
from dashboard.ui import selection

_SEEN: Final = "_comparer_vu"
_STATE: Final = "_comparer"


def territories(ds: Dataset) -> list[str]:
    """Every territory that can be named: Québec, the directions, the regions, then the MRC by name."""
    return [ds.config.province, *directions.shown(ds), *ds.region_codes(), *sorted(ds.mrc_codes(), key=ds.name)]


def name(ds: Dataset, code: str) -> str:
    """Name of a territory in a list, without ambiguity."""
    if code == ds.config.province:
        return "Ensemble du Québec"
    if ds.territories[code].level == "direction":
        return directions.label(ds, code)
    region = ds.region_of(code)
    return ds.name(code) if region == code or region is None else f"{ds.name(code)} ({ds.name(region)})"


def state(page: str) -> dict[str, str]:
    found: dict[str, str] = st.session_state.setdefault(f"{_STATE}_{page}", {})
    return found


def read(page: str, params: dict[str, Callable[[str], str | None]]) -> list[str]:
    """Take the parameters that changed in the address. Each reader gives the value to keep, or raises ValueError
    with the notice to show; returns the notices."""
    seen = st.session_state.setdefault(f"{_SEEN}_{page}", {})
    values, notices = state(page), []
    for param, accept in params.items():
        current = st.query_params.get(param)
        if current == seen.get(param):
            continue
        seen[param] = current
        if current is None:
            continue
        try:
            accepted = accept(current)
        except ValueError as refusal:
            notices.append(str(refusal))
            continue
        if accepted is not None:
            values[param] = accepted
    return notices


def write(page: str, shown: dict[str, str]) -> None:
    """Put the choices in the address."""
    seen = st.session_state.setdefault(f"{_SEEN}_{page}", {})
    for param, value in shown.items():
        if st.query_params.get(param) != value:
            st.query_params[param] = value
        seen[param] = value


def accept_codes(ds: Dataset) -> Callable[[str], str | None]:
    """A list of territory codes separated by commas; the unknown ones are refused."""
    known = set(territories(ds))

    def accept(text: str) -> str | None:
        codes = list(dict.fromkeys(text[:400].split(",")))[: MOST + 1]
        bad = [code for code in codes if code not in known]
        if bad:
            raise ValueError(selection.refusal("le territoire", bad[0]))
        if len(codes) > MOST:
            raise ValueError(selection.refusal("les territoires", text, f"plus de {MOST} à la fois"))
        return ",".join(codes)

    return accept


def accept_one(known: list[str], what: str) -> Callable[[str], str | None]:
    def accept(text: str) -> str | None:
        if text not in known:
            raise ValueError(selection.refusal(what, text))
        return text

    return accept

"""Choices of the pages « Comparer » and « Indicateurs »: read from the address, refused in French, written back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.indicators import directions
from dashboard.indicators.catalogue import Entry, has
from dashboard.indicators.comparison import MOST
from dashboard.model import Dataset
from dashboard.ui import address, selection

_STATE: Final = "_comparer"
COMPARE: Final = "comparer"
# The value to keep and the notices to show; raises ValueError with the notice when nothing can be kept.
Reader = Callable[[str], tuple[str, list[str]]]
_USUAL: Final = "francais"


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
    """What the person has chosen; what is usual is not in it."""
    found: dict[str, str] = st.session_state.setdefault(f"{_STATE}_{page}", {})
    return found


def read(page: str, params: dict[str, Reader]) -> list[str]:
    """Take what is new in the address; returns the notices."""
    news, values, notices = address.news(), state(page), []
    if news is None:
        return []
    for param, accept in params.items():
        if param not in news.values:
            if news.whole:
                values.pop(param, None)
            continue
        values.pop(param, None)
        try:
            values[param], said = accept(news.values[param])
        except ValueError as refusal:
            said = [str(refusal)]
        notices += said
    return notices


@dataclass(frozen=True, slots=True)
class Compared:
    """What « Comparer » shows: the choices of the person, or the usual ones.

    usable: those of the territories chosen that have the indicator. usual: what an address may leave out.
    """

    chosen: tuple[str, ...]
    entry: Entry
    usable: tuple[str, ...]
    reference: str
    usual: Mapping[str, str]

    def choices(self) -> dict[str, str]:
        """Every choice, the usual ones too."""
        own = {"avec": ",".join(self.chosen), "indicateur": self.entry.id}
        return own | ({"reference": self.reference} if self.reference else {})

    def shown(self) -> dict[str, str | None]:
        """What the address says: the choices that are not the usual ones."""
        own = self.choices()
        return {name: own[name] if own.get(name, usual) != usual else None for name, usual in self.usual.items()}


def compared(ds: Dataset, catalogue: Mapping[str, Entry]) -> Compared:
    """What « Comparer » shows now: at first, the regions and Québec, beside Québec when it has the indicator."""
    values, known = state(COMPARE), territories(ds)
    usual = ",".join([*ds.region_codes(), ds.config.province][:MOST])
    chosen = tuple(code for code in values.get("avec", usual).split(",") if code in known)
    entry = catalogue.get(values.get("indicateur", _USUAL), catalogue["admissions"])
    usable = tuple(code for code in chosen if has(ds, entry, code))
    beside = ds.config.province if ds.config.province in usable else next(reversed(usable), "")
    asked = values.get("reference", "")
    reference = asked if asked in usable else beside
    return Compared(chosen, entry, usable, reference, {"avec": usual, "indicateur": _USUAL, "reference": beside})


def accept_codes(ds: Dataset) -> Reader:
    """A list of territory codes separated by commas; the unknown ones are left out."""
    known = set(territories(ds))

    def accept(text: str) -> tuple[str, list[str]]:
        if not text:
            return "", []  # every territory has been taken away
        codes = list(dict.fromkeys(text[:400].split(",")))
        bad = [code for code in codes if code not in known]
        good = [code for code in codes if code in known]
        if not good:
            raise ValueError(selection.refusal("le territoire", bad[0]))
        if len(good) > MOST:
            raise ValueError(selection.refusal("les territoires", text, f"plus de {MOST} à la fois"))
        return ",".join(good), [selection.left_out("le territoire", bad)] if bad else []

    return accept


def accept_one(known: list[str], what: str) -> Reader:
    def accept(text: str) -> tuple[str, list[str]]:
        if text not in known:
            raise ValueError(selection.refusal(what, text))
        return text, []

    return accept

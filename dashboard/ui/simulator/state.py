"""The scenario of the page: one truth in the session, mirrored in the address, so that a link gives the same view.

Address: scenario=KIND, then the fields of scenario A by name that are not the usual ones, and those of scenario B with
« _b » after the name. `mrc` and `annee`, which all pages share, fill what a link leaves out. Values are kept as typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import streamlit as st

from dashboard.deck import page_choices
from dashboard.model import Dataset
from dashboard.scenarios.files import Scenario
from dashboard.scenarios.registry import SIMULATIONS, read, tolerant
from dashboard.scenarios.simulation import Choice, raw
from dashboard.ui import address, selection
from dashboard.wording import query

_KEY: Final = "_simulateur"
CHOOSER: Final = "simulateur_choix"
_FIRST: Final = next(iter(SIMULATIONS))
_B: Final = "_b"
_FIELDS: Final = sorted({name for simulation in SIMULATIONS.values() for name in simulation.model.model_fields})
_NAMES: Final = (query.SIMULATION, *_FIELDS, *(name + _B for name in _FIELDS))
Values = dict[str, str]


@dataclass
class State:
    """kind: the simulation shown; scenarios: of each kind visited, its values as typed, changed in place."""

    kind: str
    scenarios: dict[str, Scenario] = field(default_factory=dict)


def _state() -> State:
    found: State = st.session_state[_KEY]
    return found


def scenario() -> Scenario:
    """The scenario of the simulation shown; `load` has made it."""
    return _state().scenarios[_state().kind]


def show(found: Scenario) -> None:
    """Show this scenario, and its simulation."""
    _state().kind, _state().scenarios[found.kind] = found.kind, found


def choose(ds: Dataset, kind: str) -> None:
    """Show another simulation, as it was left, or with the usual values."""
    show(_state().scenarios.get(kind) or Scenario(kind, SIMULATIONS[kind].defaults(ds)))


def compare(on: bool) -> None:
    """Add a scenario B, equal to A at first, or take it away."""
    show(replace(scenario(), b=dict(scenario().a) if on else None))


def asked(ds: Dataset, params: Mapping[str, str]) -> None:
    """Show the simulation that these parameters of an address name; the address follows."""
    kind = params.get(query.SIMULATION, "")
    if kind in SIMULATIONS:
        show(Scenario(kind, tolerant(ds, kind, {n: v for n, v in params.items() if n != query.SIMULATION})[0]))


def load(ds: Dataset) -> list[str]:
    """Start of a run of the whole page: take what is new in the address; the French notices to show."""
    address.tell(lambda: _told(ds))
    news, first = address.news(), _KEY not in st.session_state
    given = {} if news is None else {name: news.values[name] for name in _NAMES if name in news.values}
    if first:
        st.session_state[_KEY] = State(_FIRST)
    elif news is None or not (given or news.whole):
        return []
    # « Back » asks for what the address says; elsewhere the territory chosen on another page is taken too.
    mrc = news.values.get(query.MRC) if news is not None and news.whole else selection.get(query.MRC)
    return _take(ds, given, mrc)


def _take(ds: Dataset, given: Values, mrc: str | None) -> list[str]:
    notices, kind = [], given.get(query.SIMULATION, _FIRST)
    if kind not in SIMULATIONS:
        notices.append(page_choices.refusal("la simulation", kind, "qui n’existe pas"))
        kind = _state().kind
    fields = SIMULATIONS[kind].model.model_fields
    own = {name: given[name] for name in fields if name in given}
    a, bad = tolerant(ds, kind, {**_shared(ds, kind, mrc), **own})
    b: Values | None = None
    if any(name + _B in given for name in fields):
        b, bad_b = tolerant(ds, kind, {**a, **{name: given[name + _B] for name in fields if name + _B in given}})
        bad |= {name: value for name, value in bad_b.items() if name + _B in given}
    show(Scenario(kind, a, b))
    typed = {n: [given[name] for name in (n, n + _B) if name in given] for n in bad}
    called = {name: control.texts.named for name, control in SIMULATIONS[kind].controls.items()}
    whole = {n: v for n, v in bad.items() if n in called and (v in typed[n] or not typed[n])}
    parts = {n: v.split(", ") for n, v in bad.items() if n in called and n not in whole}
    return [
        *notices,
        *(page_choices.refusal(called[n], v, "qui ne peut pas servir ici") for n, v in whole.items()),
        *(page_choices.left_out(called[n], values) for n, values in parts.items()),
    ]


def _shared(ds: Dataset, kind: str, mrc: str | None) -> Values:
    """What the choices shared by all pages give to a simulation that the address names without its own fields."""
    year, found, controls = address.get(query.YEAR), Values(), SIMULATIONS[kind].controls
    if mrc is not None and mrc in ds.territories:
        own = controls.get("territoire")
        # A simulation that is not made for an MRC takes its region.
        fits = not isinstance(own, Choice) or mrc in own.options(ds, {})
        found = {"territoire" if own else "territoires": mrc if fits else ds.region_of(mrc) or mrc}
    if year is not None and "annees" in controls:
        found["annees"] = year
    return found


def _told(ds: Dataset) -> address.Told:
    """What the address holds: what differs from the usual values; the whole of B, only there for those who ask."""
    shown = scenario()
    usual = _canonical(shown.kind, SIMULATIONS[shown.kind].defaults(ds))
    found = {n: v for n, v in _canonical(shown.kind, shown.a).items() if usual.get(n) != v}
    found |= {name + _B: value for name, value in _canonical(shown.kind, shown.b or {}).items()}
    if found or shown.kind != _FIRST:
        found[query.SIMULATION] = shown.kind
    return {**{name: found.get(name) for name in _NAMES}, **selection.told()}


def _canonical(kind: str, own: Mapping[str, str]) -> Values:
    """Values as an address writes them; one that cannot be read is left out."""
    parameters, errors = read(kind, own)
    if parameters is not None:
        return raw(parameters)
    good, _ = read(kind, {name: value for name, value in own.items() if name not in errors})
    return raw(good) if good is not None else {n: v for n, v in own.items() if n not in errors and v}

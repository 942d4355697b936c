"""The scenario of the page: one truth in the session, mirrored in the address, so that a link gives the same view.

Address: scenario=KIND, then the fields of scenario A by name that are not the usual ones, and those of scenario B with
« _b » after the name. `mrc` and `annee`, which all pages share, fill what a link leaves out. Values are kept as typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from dashboard.deck import page_choices
from dashboard.model import Dataset
from dashboard.scenarios.controls import Choice
from dashboard.scenarios.files import Scenario
from dashboard.scenarios.registry import SIMULATIONS, read, tolerant
from dashboard.scenarios.simulation import raw
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
    """kind: the simulation shown; forms: for each kind visited, the values of « a » and of « b » (None: no B)."""

    kind: str
    forms: dict[str, dict[str, Values | None]] = field(default_factory=dict)


def current() -> State:
    """State of the session; `load` has made it."""
    found: State = st.session_state[_KEY]
    return found


def values(slot: str) -> Values | None:
    """Values of a scenario of the simulation shown, as typed; the mapping may be changed in place."""
    return current().forms[current().kind][slot]


def choose(ds: Dataset, kind: str) -> None:
    """Show another simulation, as it was left, or with the usual values."""
    state = current()
    state.kind = kind
    state.forms.setdefault(kind, {"a": SIMULATIONS[kind].defaults(ds), "b": None})


def compare(on: bool) -> None:
    """Add a scenario B, equal to A at first, or take it away."""
    form = current().forms[current().kind]
    form["b"] = dict(form["a"] or {}) if on else None


def open_scenario(scenario: Scenario) -> None:
    """Take the scenario of a file."""
    state = current()
    state.kind = scenario.kind
    state.forms[scenario.kind] = {"a": dict(scenario.a), "b": None if scenario.b is None else dict(scenario.b)}


def show(ds: Dataset, params: Mapping[str, str]) -> None:
    """Show the simulation that these parameters of an address name; the address follows."""
    kind = params.get(query.SIMULATION, "")
    if kind in SIMULATIONS:
        kept, _ = tolerant(ds, kind, {name: value for name, value in params.items() if name != query.SIMULATION})
        current().kind = kind
        current().forms[kind] = {"a": kept, "b": None}


def load(ds: Dataset) -> list[str]:
    """Start of a run of the whole page: take what is new in the address; the French notices to show."""
    address.tell(lambda: _told(ds))
    state, news = st.session_state.get(_KEY), address.news()
    given = {} if news is None else {name: news.values[name] for name in _NAMES if name in news.values}
    if state is None:
        state = st.session_state[_KEY] = State(_FIRST)
    elif news is None or not (given or news.whole):
        return []
    # « Back » asks for what the address says; elsewhere the territory chosen on another page is taken too.
    mrc = news.values.get(query.MRC) if news is not None and news.whole else selection.get(query.MRC)
    return _take(ds, state, given, _shared_with(ds, mrc))


def _take(ds: Dataset, state: State, given: Values, shared: Callable[[str], Values]) -> list[str]:
    notices, kind = [], given.get(query.SIMULATION, _FIRST)
    if kind not in SIMULATIONS:
        notices.append(page_choices.refusal("la simulation", kind, "qui n’existe pas"))
        kind = state.kind
    fields = SIMULATIONS[kind].model.model_fields
    own = {name: given[name] for name in fields if name in given}
    a, bad = tolerant(ds, kind, {**shared(kind), **own})
    b: Values | None = None
    if any(name + _B in given for name in fields):
        b, bad_b = tolerant(ds, kind, {**a, **{name: given[name + _B] for name in fields if name + _B in given}})
        bad |= {name: value for name, value in bad_b.items() if name + _B in given}
    state.kind, state.forms[kind] = kind, {"a": a, "b": b}
    asked = {n: [given[name] for name in (n, n + _B) if name in given] for n in bad}
    called = {name: control.named for name, control in SIMULATIONS[kind].controls.items()}
    whole = {n: v for n, v in bad.items() if n in called and (v in asked[n] or not asked[n])}
    parts = {n: v.split(", ") for n, v in bad.items() if n in called and n not in whole}
    return [
        *notices,
        *(page_choices.refusal(called[n], v, "qui ne peut pas servir ici") for n, v in whole.items()),
        *(page_choices.left_out(called[n], values) for n, values in parts.items()),
    ]


def _shared_with(ds: Dataset, mrc: str | None) -> Callable[[str], Values]:
    """What the choices shared by all pages give to a simulation that the address names without its own fields."""

    def shared(kind: str) -> Values:
        year, found, controls = address.get(query.YEAR), Values(), SIMULATIONS[kind].controls
        if mrc is not None and mrc in ds.territories:
            own = controls.get("territoire")
            # A simulation that is not made for an MRC takes its region.
            fits = not isinstance(own, Choice) or mrc in own.options(ds, {})
            found = {"territoire" if own else "territoires": mrc if fits else ds.region_of(mrc) or mrc}
        if year is not None and "annees" in controls:
            found["annees"] = year
        return found

    return shared


def _told(ds: Dataset) -> address.Told:
    """What the address holds: the scenario shown."""
    found = _address(ds, current())
    return {name: found.get(name) for name in _NAMES}


def _address(ds: Dataset, state: State) -> Values:
    """What differs from the usual values; the whole of B, which is there only for those who ask."""
    form = state.forms[state.kind]
    usual = _canonical(state.kind, SIMULATIONS[state.kind].defaults(ds))
    found = {n: v for n, v in _canonical(state.kind, form["a"] or {}).items() if usual.get(n) != v}
    found |= {name + _B: value for name, value in _canonical(state.kind, form["b"] or {}).items()}
    return {query.SIMULATION: state.kind, **found} if found or state.kind != _FIRST else {}


def _canonical(kind: str, own: Mapping[str, str]) -> Values:
    """Values as an address writes them; one that cannot be read is left out."""
    parameters, errors = read(kind, own)
    if parameters is not None:
        return raw(parameters)
    good, _ = read(kind, {name: value for name, value in own.items() if name not in errors})
    return raw(good) if good is not None else {n: v for n, v in own.items() if n not in errors and v}

"""The scenario of the page: one truth in the session, mirrored in the address, so that a link gives the same view.

Address: scenario=KIND, then the fields of scenario A by name, and those of scenario B with « _b » after the name.
`mrc` and `annee`, which all pages share, fill what the address leaves out. Values are kept as typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from dashboard.model import Dataset
from dashboard.scenarios import parameters as p
from dashboard.scenarios.files import Scenario
from dashboard.scenarios.registry import SIMULATIONS, read, tolerant
from dashboard.ui import selection

_KEY: Final = "_simulateur"
# Key of the chooser: Streamlit forgets it as soon as another page is shown, which tells an arrival from a rerun.
CHOOSER: Final = "simulateur_choix"
_KIND: Final = "scenario"
_B: Final = "_b"
_FIELDS: Final = sorted({name for simulation in SIMULATIONS.values() for name in simulation.model.model_fields})
_NAMES: Final = (_KIND, *_FIELDS, *(name + _B for name in _FIELDS))
_WHAT: Final = {
    "territoires": "les territoires",
    "annees": "les années",
    "territoire": "le territoire",
    "admissions": "les admissions du Québec",
    "reference": "l’année de référence",
    "part": "la part",
    "ans": "le nombre d’années",
    "nombre": "le nombre à répartir",
    "methode": "la méthode",
    "poids": "les poids",
    "planchers": "les planchers",
    "etudes": "le taux des études",
    "ptet": "le taux du PTET",
    "pmi": "le taux du PMI",
    "taux": "le taux",
    "modele": "le modèle",
    "periode": "la période",
}
Values = dict[str, str]


@dataclass
class State:
    """kind: the simulation shown; forms: for each kind visited, the values of « a » and of « b » (None: no B)."""

    kind: str
    forms: dict[str, dict[str, Values | None]] = field(default_factory=dict)
    # Address last read or written, and the scenario that it stood for (None: it must be written again).
    seen: Values = field(default_factory=dict)
    mirrored: object = None
    notices: list[str] = field(default_factory=list)

    def now(self) -> object:
        form = self.forms[self.kind]
        return self.kind, dict(form["a"] or {}), None if form["b"] is None else dict(form["b"])


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
    kind = params.get(_KIND, "")
    if kind in SIMULATIONS:
        kept, _ = tolerant(ds, kind, {name: value for name, value in params.items() if name != _KIND})
        current().kind = kind
        current().forms[kind] = {"a": kept, "b": None}


def _own() -> Values:
    return {name: st.query_params[name] for name in _NAMES if name in st.query_params}


def _asked() -> Values:
    """What the address asks for; a simulation named alone (by the sheet of an MRC) also rests on the shared choices."""
    own = _own()
    if set(own) == {_KIND}:
        own |= {name: st.query_params[name] for name in ("mrc", "annee") if name in st.query_params}
    return own


def load(ds: Dataset) -> list[str]:
    """Start of a run of the whole page: take what has changed in the address; the French notices to show."""
    state: State | None = st.session_state.get(_KEY)
    given, arrived = _asked(), CHOOSER not in st.session_state
    if state is None or (given != state.seen and (given or not arrived)):
        former = {} if state is None else state.forms
        state = st.session_state[_KEY] = State(next(iter(SIMULATIONS)), former)
        _take(ds, state, given)
    else:
        state.notices = []
        if arrived:
            # The menu leads here with an empty address: it is written again.
            state.mirrored = None
    return state.notices


def _take(ds: Dataset, state: State, given: Values) -> None:
    kind = given.get(_KIND, state.kind)
    refused = False
    if kind not in SIMULATIONS:
        state.notices.append(selection.refusal("la simulation", kind, "qui n’existe pas"))
        kind, refused = state.kind, True
    fields = SIMULATIONS[kind].model.model_fields
    own = {name: given[name] for name in fields if name in given}
    a, bad = tolerant(ds, kind, {**_shared(ds, kind), **own})
    b: Values | None = None
    if any(name + _B in given for name in fields):
        b, bad_b = tolerant(ds, kind, {**a, **{name: given[name + _B] for name in fields if name + _B in given}})
        bad |= {name: value for name, value in bad_b.items() if name + _B in given}
    state.notices += [
        selection.refusal(_WHAT[n], v, "qui ne peut pas servir ici") for n, v in bad.items() if n in _WHAT
    ]
    state.kind, state.seen = kind, given
    state.forms[kind] = {"a": a, "b": b}
    state.mirrored = None if bad or refused else state.now()


def _shared(ds: Dataset, kind: str) -> Values:
    """What the choices shared by all pages give to a simulation that the address names without its own fields."""
    mrc, year = selection.get("mrc"), st.query_params.get("annee")
    found: Values = {}
    if mrc is not None and mrc in ds.territories:
        region = ds.region_of(mrc) or mrc
        found = {"territoires": mrc} if kind == p.MrcYear.kind else {"territoire": region}
        if kind == p.Weight.kind:
            found = {"territoire": mrc}
    if year is not None and kind == p.MrcYear.kind:
        found["annees"] = year
    return found


def mirror(ds: Dataset) -> None:
    """End of a run: the address follows the scenario. One that already stands for it is left as it is."""
    state = current()
    now = state.now()
    if state.mirrored == now:
        return
    wanted = {} if _usual(ds, state) else _address(state)
    if _own() != wanted:
        # All at once: each change would otherwise be a step of « back ».
        others = {name: st.query_params.get_all(name) for name in st.query_params if name not in _NAMES}
        st.query_params.from_dict({**others, **wanted})
    state.seen, state.mirrored = wanted, now


def _usual(ds: Dataset, state: State) -> bool:
    """What an address without parameters would show: it stays empty, so that « back » leads out of the page."""
    first = next(iter(SIMULATIONS))
    form = state.forms[state.kind]
    return state.kind == first and form["b"] is None and form["a"] == SIMULATIONS[first].defaults(ds)


def _address(state: State) -> Values:
    form = state.forms[state.kind]
    found = {_KIND: state.kind}
    for slot, suffix in (("a", ""), ("b", _B)):
        own = form[slot]
        if own is not None:
            found |= {name + suffix: value for name, value in _canonical(state.kind, own).items()}
    return found


def _canonical(kind: str, own: Mapping[str, str]) -> Values:
    """Values as an address writes them; one that cannot be read is left out."""
    parameters, errors = read(kind, own)
    if parameters is not None:
        return p.raw(parameters)
    good, _ = read(kind, {name: value for name, value in own.items() if name not in errors})
    return p.raw(good) if good is not None else {n: v for n, v in own.items() if n not in errors and v}

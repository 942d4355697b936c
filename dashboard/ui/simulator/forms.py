"""The form of a simulation, made from its fields: each shows the value of a scenario, changes it, and says in French
what is wrong beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any, Final

import streamlit as st
from pydantic_core import PydanticCustomError

from dashboard.model import Dataset
from dashboard.scenarios import simulation as c
from dashboard.scenarios.fields import read_number
from dashboard.scenarios.formula import plain
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.ui import markup as html
from dashboard.wording.numbers import number, typographic

# Longer than any value that can be accepted; more would only travel for nothing.
_LONGEST = 60
# What is still to be typed, and is no fault.
INVITATION = ""


@dataclass(frozen=True)
class Form:
    """The form of one scenario: its kind, its slot (« a » or « b »), its values as typed, its errors by field."""

    ds: Dataset
    kind: str
    slot: str
    values: dict[str, str]
    errors: Mapping[str, str]
    shown: set[str] = field(default_factory=set)

    def key(self, name: str) -> str:
        return f"sim_{self.kind}_{self.slot}_{name}"

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def put(self, name: str, value: str) -> None:
        if value:
            self.values[name] = value
        else:
            self.values.pop(name, None)

    def fit(self, changed: str) -> None:
        """Another choice leaves each field as it is where it still can be, and else what is left of it."""
        for name, control in SIMULATIONS[self.kind].controls.items():
            if name != changed:
                self.put(name, control.kept(self.ds, self.values, self.get(name)))

    def error(self, name: str) -> None:
        """The message of a field, right under it."""
        self.shown.add(name)
        if name in self.errors:
            st.html(_error(self.errors[name]))


def show(form: Form) -> None:
    """The fields of a simulation, then what is asked or wrong and belongs to no field shown."""
    for name, control in SIMULATIONS[form.kind].controls.items():
        _FIELDS[type(control)](form, name, control)
    for name in form.errors.keys() - form.shown - {INVITATION}:
        form.error(name)
    if INVITATION in form.errors:
        st.html(html.notices([form.errors[INVITATION]]))


def _error(message: str) -> str:
    return f'<p class="erreur-champ" role="alert">{html.esc(message)}</p>'


def _hint(words: str) -> None:
    """A line of context under a field."""
    if words:
        st.html(f'<p class="indice-champ">{html.esc(typographic(words))}</p>')


def _choice(form: Form, name: str, control: c.Choice) -> None:
    """One of a list; nothing is chosen when the value is not in it."""
    key, value, options = form.key(name), form.values.get(name), control.options(form.ds, form.values)

    def changed() -> None:
        form.put(name, st.session_state[key] or form.get(name))
        form.fit(name)

    st.session_state[key] = value if value in options else None
    # Only a list without a value may be empty: with one, Streamlit would offer to clear it.
    told: dict[str, Any] = {"placeholder": "Choisissez"} | ({} if value in options else {"index": None})
    show_option = partial(control.show, form.ds)
    st.selectbox(control.texts.label, options, key=key, format_func=show_option, on_change=changed, **told)
    form.error(name)
    _hint(control.hint(form.ds, form.values))


def _several(form: Form, name: str, control: c.Several) -> None:
    """One or more of a list, as buttons that all stand in sight; the last one pressed stays. What stands before it says
    which part of the list is offered."""
    if control.group is not None:
        group, first = control.group, form.key(control.group.name)
        st.session_state[first] = group.current(form.ds, form.values)

        def moved() -> None:
            form.put(name, group.usual(form.ds, st.session_state[first]))
            form.fit(name)

        st.selectbox(group.label, group.options(form.ds), key=first, format_func=form.ds.name, on_change=moved)

    key, chosen = form.key(name), c.parts(form.get(name))
    options = {option: html.literal(control.show(form.ds, option)) for option in control.options(form.ds, form.values)}
    st.session_state[key] = [option for option in options if option in chosen]
    st.pills(
        control.texts.label, list(options), selection_mode="multi", key=key, format_func=options.__getitem__,
        on_change=lambda: form.put(name, ".".join(st.session_state[key]) or form.get(name)),
    )  # fmt: skip
    form.error(name)


def _number(form: Form, name: str, control: c.Number) -> None:
    """A number typed in French, and a slider; what does not read stays in the field, with its error under it."""
    _hint(control.texts.before)
    scale = control.scale(form.ds, form.values)
    placeholder = scale.placeholder if scale is not None and scale.placeholder else control.texts.placeholder
    _typed(form.key(name), control.texts.label, form.get(name), partial(form.put, name), placeholder)
    form.error(name)
    if scale is not None:
        _slider(form, name, control.texts.slider, scale)
        _hint(scale.hint)
    if control.shortcuts is not None:
        _shortcuts(form, name, control.shortcuts)


def _typed(key: str, label: str, value: str, put: Callable[[str], None], placeholder: str = "") -> None:
    st.session_state[key] = pretty(value)
    st.text_input(
        label, key=key, placeholder=placeholder, on_change=lambda: put(str(st.session_state[key]).strip()[:_LONGEST])
    )


def _read(raw: str) -> Decimal | None:
    """The number typed, when it can be one."""
    try:
        value = read_number(raw)
    except PydanticCustomError:
        return None
    return None if value < 0 else value


def pretty(raw: str) -> str:
    """A value as French writes it, when it is a number; as typed otherwise."""
    value = _read(raw)
    if value is None:
        return raw
    exponent = value.as_tuple().exponent
    return number(value, -exponent if isinstance(exponent, int) and exponent < 0 else 0)


def _slider(form: Form, name: str, label: str, scale: c.Scale) -> None:
    """A slider on the same value as a field. We write its marks: Streamlit's follow the language of the browser."""
    key, typed = f"{form.key(name)}_curseur", _read(form.get(name))
    value = scale.rest if typed is None else typed
    # The value typed is a mark too, even beyond the scale, or the slider would show another one.
    marks = [plain(mark.normalize()) for mark in sorted({*scale.marks, value})]

    st.session_state[key] = plain(value.normalize())
    st.select_slider(
        label, marks, key=key, format_func=lambda mark: f"{number(Decimal(mark), scale.decimals)}{scale.unit}",
        on_change=lambda: form.put(name, st.session_state[key]), label_visibility="collapsed",
    )  # fmt: skip


def _shortcuts(form: Form, name: str, shortcuts: c.Shortcuts) -> None:
    """Values of the source, each put in the field by a press."""
    values, key = shortcuts.values(form.ds), form.key(shortcuts.name)
    if not values:
        return
    typed = _read(form.get(name))
    own = None if typed is None else float(typed)
    st.session_state[key] = next((label for label, value in values.items() if value == own), None)

    def taken() -> None:
        if st.session_state[key] in values:
            form.put(name, f"{values[st.session_state[key]]:g}")

    st.pills(shortcuts.label, list(values), key=key, format_func=html.literal, on_change=taken)


def _by_mrc(form: Form, name: str, control: c.NumberByMrc) -> None:
    """A number for each MRC, kept together under one name; each error stands under its own field."""
    if not control.wanted(form.values):
        form.shown.add(name)
        return
    typed, faulty = c.by_code(form.get(name)), False

    def put(code: str, text: str) -> None:
        form.put(name, c.joined({**c.by_code(form.get(name)), code: text.replace("_", " ")}))

    with st.expander(control.texts.title, expanded=control.unfolded or bool(form.get(name))):
        columns = st.columns(2)
        for rank, code in enumerate(control.mrcs(form.ds, form.values)):
            with columns[rank % 2]:
                label = html.literal(f"{control.texts.label}, {form.ds.name(code)}")
                _typed(form.key(f"{name}_{code}"), label, typed.get(code, ""), partial(put, code))
                try:
                    control.check(typed.get(code, "0"))
                except PydanticCustomError as error:
                    faulty = True
                    said = error.context or {}
                    st.html(_error(typographic(f"{said['message'].capitalize()} {said['remedy']}")))
        if faulty:
            form.shown.add(name)
        else:
            form.error(name)


# What shows each kind of field.
_FIELDS: Final[Mapping[type[c.Control], Callable[[Form, str, Any], None]]] = {
    c.Choice: _choice,
    c.Several: _several,
    c.Number: _number,
    c.NumberByMrc: _by_mrc,
}

"""Fields of the forms: each shows the value of a scenario, changes it, and says in French what is wrong beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import streamlit as st
from pydantic_core import PydanticCustomError

from dashboard.model import Dataset
from dashboard.scenarios.fields import read_number
from dashboard.scenarios.parameters import plain
from dashboard.ui import markup as html
from dashboard.wording.numbers import number, typographic

# Longer than any value that can be accepted; more would only travel for nothing.
_LONGEST = 60


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

    def put(self, name: str, value: str) -> None:
        if value:
            self.values[name] = value
        else:
            self.values.pop(name, None)

    def keep_possible(self, name: str, options: Sequence[str]) -> None:
        """Another territory leaves a field as it is where it still can be, and else gives it the first of what can."""
        if self.values.get(name) not in options:
            self.put(name, options[0])

    def error(self, name: str) -> None:
        """The message of a field, right under it."""
        self.shown.add(name)
        if name in self.errors:
            st.html(error_html(self.errors[name]))


def error_html(message: str) -> str:
    return f'<p class="erreur-champ" role="alert">{html.esc(message)}</p>'


def pretty(raw: str) -> str:
    """A value as French writes it, when it is a number; as typed otherwise."""
    try:
        value = read_number(raw)
    except PydanticCustomError:
        return raw
    if value < 0:
        return raw
    exponent = value.as_tuple().exponent
    return number(value, -exponent if isinstance(exponent, int) and exponent < 0 else 0)


def text(form: Form, name: str, label: str, *, placeholder: str = "", help_: str | None = None) -> None:
    """A number typed in French; what does not read stays in the field, with its error under it."""
    key = form.key(name)
    st.session_state[key] = pretty(form.values.get(name, ""))
    st.text_input(
        label,
        key=key,
        placeholder=placeholder,
        help=help_,
        on_change=lambda: form.put(name, str(st.session_state[key]).strip()[:_LONGEST]),
    )
    form.error(name)


@dataclass(frozen=True, slots=True)
class Scale:
    """Marks of a slider, and where it stands while its field is empty or cannot be read."""

    marks: Sequence[Decimal]
    rest: Decimal
    unit: str = ""
    decimals: int = 0


def slider(form: Form, name: str, label: str, scale: Scale) -> None:
    """A slider on the same value as a field. We write its marks: Streamlit's follow the language of the browser."""
    key = f"{form.key(name)}_curseur"
    try:
        value = read_number(form.values.get(name, ""))
    except PydanticCustomError:
        value = scale.rest
    if value < 0:
        value = scale.rest
    # The value typed is a mark too, even beyond the scale, or the slider would show another one.
    marks = {plain(mark.normalize()): mark for mark in sorted({*scale.marks, value})}
    st.session_state[key] = plain(value.normalize())

    def moved() -> None:
        form.put(name, st.session_state[key])

    st.select_slider(
        label,
        list(marks),
        key=key,
        format_func=lambda m: f"{number(Decimal(m), scale.decimals)}{scale.unit}",
        on_change=moved,
        label_visibility="collapsed",
    )


def choice(
    form: Form,
    name: str,
    label: str,
    options: Sequence[str],
    show: Callable[[str], str],
    fit: Callable[[], None] = lambda: None,
) -> str | None:
    """One of a list; nothing is chosen when the value is not in it. fit: what another choice changes elsewhere."""
    key = form.key(name)
    arguments: dict[str, Any] = {}

    def changed() -> None:
        form.put(name, st.session_state[key] or form.values.get(name, ""))
        fit()

    value = form.values.get(name)
    st.session_state[key] = value if value in options else None
    if value not in options:
        # Only a list without a value may be empty: with one, Streamlit would offer to clear it.
        arguments["index"] = None
    found: str | None = st.selectbox(
        label,
        options,
        key=key,
        format_func=show,
        placeholder="Choisissez",
        on_change=changed,
        **arguments,
    )
    form.error(name)
    return found


def several(form: Form, name: str, label: str, options: Sequence[str], show: Callable[[str], str]) -> None:
    """One or more of a list, as buttons that all stand in sight; the last one pressed stays."""
    key = form.key(name)
    chosen = form.values.get(name, "").replace(",", ".").split(".")
    st.session_state[key] = [option for option in options if option in chosen]
    st.pills(
        label,
        options,
        selection_mode="multi",
        key=key,
        format_func=lambda option: html.literal(show(option)),
        on_change=lambda: form.put(name, ".".join(st.session_state[key]) or form.values.get(name, "")),
    )
    form.error(name)


def _by_code(form: Form, name: str) -> dict[str, str]:
    return dict(part.split("-", 1) for part in form.values.get(name, "").split("_") if "-" in part)


def put_by_code(form: Form, name: str, values: Mapping[str, str]) -> None:
    """Keep a number for each code under one name; nothing for those left empty."""
    form.put(name, "_".join(f"{code}-{value}" for code, value in sorted(values.items()) if value))


def keep_codes(form: Form, name: str, codes: Sequence[str]) -> None:
    """Of the numbers typed by code, those of these codes stay: no field would show the others."""
    put_by_code(form, name, {code: value for code, value in _by_code(form, name).items() if code in codes})


def by_mrc(form: Form, name: str, label: str, codes: Sequence[str], check: Callable[[Any], object]) -> None:
    """A number for each MRC, kept together under one name; each error stands under its own field."""
    typed = _by_code(form, name)

    def put(code: str) -> None:
        value = str(st.session_state[form.key(f"{name}_{code}")]).strip()[:_LONGEST].replace("_", " ")
        put_by_code(form, name, {**_by_code(form, name), code: value})

    faulty = False
    columns = st.columns(2)
    for rank, code in enumerate(codes):
        with columns[rank % 2]:
            key = form.key(f"{name}_{code}")
            st.session_state[key] = pretty(typed.get(code, ""))
            st.text_input(html.literal(f"{label}, {form.ds.name(code)}"), key=key, on_change=put, args=(code,))
            try:
                check(typed.get(code, "0"))
            except PydanticCustomError as error:
                faulty = True
                context = error.context or {}
                st.html(
                    error_html(
                        typographic(f"{str(context.get('message', '')).capitalize()} {context.get('remedy', '')}")
                    )
                )
    if faulty:
        form.shown.add(name)
    else:
        form.error(name)

"""Fields of one entry of the follow-up: checked as they are typed, the reason of a refusal under the field."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import streamlit as st

from dashboard.contract.follow_up import checked
from dashboard.indicators import follow_up as fu
from dashboard.model import Dataset
from dashboard.model.follow_up import LONGEST_NAME, LONGEST_NOTE, PROGRESS, Followed, FollowUpEntry, FollowUpKey
from dashboard.narrative import follow_up_words as words
from dashboard.ui import follow_up_session as session
from dashboard.ui import markup as html
from dashboard.ui import spoken
from dashboard.wording.numbers import NBSP, plain, typographic
from dashboard.wording.periods import DAY_TYPED
from dashboard.wording.periods import period as period_words
from dashboard.wording.slugs import fold

_TYPED = re.compile(r"\s*([0-9][0-9 \u00a0\u202f.,]*?)\s*([^0-9\s.,].*?)?\s*")
_FIELDS: Final = ("resultat", "etat", "date", "responsable", "note")
# Those that the result of an entry does not say.
_SPOKEN: Final = {"etat": "État", "date": "Date", "responsable": "Responsable", "note": "Note"}


def split(typed: str, unit: str) -> tuple[str, str]:
    """What is typed as a result, as number and unit: « 20 % », « 1 plan d’action »; the unit may be left out."""
    match = _TYPED.fullmatch(typed)
    if match is None:
        return typed.strip(), unit
    number, own = match[1], (match[2] or unit).strip()
    singular = words.unit_of(Decimal(0), unit)
    return number, unit if fold(own) in {fold(unit), fold(singular), "pour cent" if unit == "%" else ""} else own


def _shown(entry: FollowUpEntry | None) -> dict[str, str | None]:
    """The fields as an entry fills them."""
    if entry is None:
        return {"resultat": "", "etat": None, "date": "", "responsable": "", "note": ""}
    return {
        "resultat": plain(entry.value).replace(".", ","),
        "etat": entry.state,
        "date": period_words(entry.day.isoformat()).replace(NBSP, " ") if entry.day else "",
        "responsable": entry.person,
        "note": entry.note,
    }


def form(ds: Dataset, item: Followed, period: str) -> None:
    """The fields of what is followed in a period. Each valid change is kept at once, in the session only."""
    key = FollowUpKey(item.kind, item.id, period)
    current = session.entries(ds).get(key)
    keys = {name: f"suivi_{name}|{'|'.join(key)}|{session.version()}" for name in _FIELDS}
    for name, value in _shown(current).items():
        st.session_state.setdefault(keys[name], value)
    raw = {name: str(st.session_state[keys[name]] or "") for name in _FIELDS}
    raw["resultat"], unit = split(raw["resultat"], item.unit) if raw["resultat"].strip() else ("", "")
    entry, reasons = checked(
        {"type": item.kind, "identifiant": item.id, "periode": period, "unite": unit, **raw}, ds.follow_up.known
    )
    if entry is not None and entry != current and not (current is None and entry.blank):
        session.put(ds, entry)
    _fields(keys, item, reasons)
    st.html(_state(ds, item, key, refused=bool(reasons)))
    if key in session.entries(ds):
        st.button("Effacer cette saisie", key=f"suivi_effacer|{'|'.join(key)}", on_click=_erase, args=(ds, key))


def _erase(ds: Dataset, key: FollowUpKey) -> None:
    session.erase(ds, key)
    session.renew_fields()


def _fields(keys: dict[str, str], item: Followed, reasons: dict[str, str]) -> None:
    def show(name: str, make: Callable[..., Any], label: str, *also: str, **arguments: Any) -> None:
        make(label, key=keys[name], **arguments)
        text = next((reasons[column] for column in (name, *also) if column in reasons), "")
        if text:
            st.html(f'<p class="refus" role="alert">{html.esc(typographic(text))}</p>')

    with st.container(key="rang_suivi"):
        result, state, day, person = st.columns(4)
    with result:
        # What is counted is named by the indicator, and said again with the number that is typed.
        label = "Résultat (en %)" if item.unit == "%" else "Résultat"
        show("resultat", st.text_input, html.literal(label), "unite", max_chars=40, live=True)
    with state:
        show(
            "etat",
            st.selectbox,
            "État",
            options=list(PROGRESS),
            index=None,
            placeholder="Non saisi",
            format_func=lambda state: state[:1].upper() + state[1:],
        )
    with day:
        show("date", st.text_input, "Date", max_chars=20, placeholder=f"ex. {DAY_TYPED}")
    with person:
        show("responsable", st.text_input, "Personne responsable", max_chars=LONGEST_NAME)
    show("note", st.text_area, "Note", max_chars=LONGEST_NOTE, height=68)


def _state(ds: Dataset, item: Followed, key: FollowUpKey, *, refused: bool) -> str:
    """What is kept, and what it says against the target of the year."""
    entry = session.entries(ds).get(key)
    parts = [f"{words.result(entry.value if entry else None, item.unit)}"]
    standing = fu.standing(ds, key, entry)
    if standing is not None:
        parts.append(f"cible de {key.period}{NBSP}: {typographic(standing.printed)}")
        parts += [words.standing(standing, item.unit)] if standing.result is not None else []
    text = f"Résultat de {item.id}, {key.period}{NBSP}: {'; '.join(parts)}."
    kept = [f"{_SPOKEN[name]}{NBSP}: {value}." for name, value in _shown(entry).items() if name in _SPOKEN and value]
    spoken.say(" ".join([text, *kept]))
    where = session.origin(ds, key)
    mark = f' <span class="badge">{html.esc(where)}</span>' if where and entry is not None else ""
    warning = '<p class="non-retenu">Corrigez chaque champ refusé; rien n’est retenu d’ici là.</p>' if refused else ""
    return f'<div class="avis"><p><strong>{html.esc(text)}</strong>{mark}</p>{warning}</div>'

"""The choices of a session: taken from the address when a page starts, shown and changed by widgets, told back to it.

What each choice is stands in deck/choices.py. The choices are kept under a key of our own: a page shows some without a
widget, and a list of one region does not hold the territory that another page has chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import streamlit as st

from dashboard.deck import choices as ch
from dashboard.deck import page_choices
from dashboard.deck.choices import Choice, Values
from dashboard.deck.kinds import KINDS
from dashboard.deck.page_choices import Page
from dashboard.deck.slides import Slide
from dashboard.model import Dataset
from dashboard.ui import address
from dashboard.wording import query
from dashboard.wording.matching import LONGEST_QUERY

_MADE: Final = "_choix"
_SHOWN: Final = "_page"
# What is said of a field that has been emptied.
NOTHING: Final = "rien"


@dataclass(frozen=True)
class _Shown:
    """The page that runs: its data, its choices, what it is about, and what is to be said of its address."""

    ds: Dataset
    slug: str
    page: Page
    about: Values
    notices: dict[str, str] = field(default_factory=dict)


def _shown() -> _Shown:
    found: _Shown = st.session_state[_SHOWN]
    return found


def here() -> str:
    """The address of the page that runs."""
    return _shown().slug


def _made_on(slug: str) -> dict[str, str]:
    """The choices that the person has made on one page alone, or those of all pages (an empty slug)."""
    found: dict[str, str] = st.session_state.setdefault(_MADE, {}).setdefault(slug, {})
    return found


def _made(name: str, slug: str | None = None) -> dict[str, str]:
    """The choices that the person has made, with this one."""
    shown = _shown()
    return _made_on("" if _shared(name, shown.page) else shown.slug if slug is None else slug)


def _shared(name: str, page: Page) -> bool:
    return name in page_choices.SHARED and name not in page.own


def begin(ds: Dataset, slug: str, named: Values | None = None) -> None:
    """Start of a run: take from the address what is new in it; refuse in French what the data do not allow.

    named: what may be chosen that is not of the data (choices.NAMED).
    """
    region = next((r.code for r in ds.config.regions if r.slug == slug), None)
    page = page_choices.page(slug, region=region is not None)
    about = {query.TERRITORY: region or ds.config.direction} if query.MRC in page.names else {}
    about |= {ch.PAGE: slug} if slug in ch.PARTS else {}
    about |= named or {}
    st.session_state[_SHOWN] = shown = _Shown(ds, slug, page, about)
    news = address.begin(slug)
    address.tell(told)
    if news is not None:
        former = told()
        asked = {**_at_place(), **news.values}
        afresh = news.whole or (page.together and not news.values.keys().isdisjoint(page.names))
        for name in dict.fromkeys((*page_choices.SHARED, *page.names)):
            if name in asked:
                taken, notice = page_choices.taken(ds, _values(), name, asked[name])
                put(name, taken)
                shown.notices.update({name: notice} if notice else {})
            elif name in page_choices.PASSING or (
                afresh and name in page.names and (name not in page_choices.SHARED or former[name] is not None)
            ):
                put(name, None)
    shown.notices.update(_version_notice(ds))


def also(named: Values) -> None:
    """What may be chosen besides, from now on in this run (choices.NAMED)."""
    st.session_state[_SHOWN] = replace(_shown(), about={**_shown().about, **named})


def _at_place() -> dict[str, str]:
    """The choices that show the place that the address leads to."""
    return page_choices.at_place(_shown().ds, _shown().page, address.get(query.PLACE) or "")


def _values() -> dict[str, str]:
    shown = _shown()
    # Asked for at each choice of each run: the state of the session is looked up once for all of them.
    shared, own = _made_on(""), _made_on(shown.slug)
    made = {name: (shared if _shared(name, shown.page) else own).get(name) for name in shown.page.names}
    return {**shown.about, **{name: value for name, value in made.items() if value is not None}}


def current() -> dict[str, str]:
    """The choices of this page as it shows them, with what it is about; nothing for what nobody chose."""
    return page_choices.settled(_shown().ds, _shown().page, _values())


def get(name: str) -> str | None:
    """A choice as this page shows it; of a choice that it does not show, the one made on another, or the usual one."""
    shown = _shown()
    return current().get(name) if name in shown.page.names else ch.value(shown.ds, _made(name), name)


def put(name: str, value: str | None, slug: str | None = None) -> None:
    """Make a choice, or take it back (None); the address follows at the end of the run. slug: of another page."""
    # A shared choice that is the usual one is nobody's: it follows the data.
    if value is None or (_shared(name, _shown().page) and value == ch.CHOICES[name].usual(_shown().ds, {})):
        _made(name, slug).pop(name, None)
    else:
        _made(name, slug)[name] = value


def clear(names: tuple[str, ...] = page_choices.EXPLORED) -> None:
    """Back to the usual values."""
    for name in names:
        put(name, None)


def untouched(names: tuple[str, ...] = page_choices.EXPLORED) -> bool:
    """True when none of these choices has been made."""
    return not any(name in _made(name) for name in names)


def told() -> dict[str, str | None]:
    """What the address holds: only what differs from the usual, so that it stays short."""
    shown, found = _shown(), current()
    usual = {name: page_choices.usual(shown.ds, shown.page, name, found) for name in shown.page.names}
    usual |= _at_place()
    return {name: found.get(name) if found.get(name) != usual[name] else None for name in shown.page.names}


def described() -> tuple[str, dict[str, str]]:
    """The page, and each of its choices that has a widget, in words: « Mesure », « Part de sa région »."""
    shown, found, told = _shown(), current(), {}
    for choice in (ch.CHOICES[name] for name in shown.page.names):
        value = found.get(choice.name)
        texts = [choice.text(shown.ds, found, part) for part in choice.parts(value or "") if part]
        if choice.label and (texts or choice.empty or choice.kind != "list"):
            told[choice.label] = ", ".join(texts) or (choice.empty if choice.kind == "list" else NOTHING)
    return shown.slug, told


def slide(kind: str) -> Slide:
    """A view with the choices of this page."""
    found = current()
    return Slide(kind, {name: found[name] for name in KINDS[kind].choices if name in found})


def widget(name: str, **arguments: Any) -> str | None:
    """The widget of a choice of this page; returns its value."""
    make(_shown().ds, ch.CHOICES[name], current(), f"champ_{name}", lambda value: put(name, value), **arguments)
    return get(name)


def make(
    ds: Dataset, choice: Choice, values: Values, key: str, take: Callable[[str | None], None], **arguments: Any
) -> None:
    """The widget of a choice, from its declaration. take: what is done with another value."""
    now, options = values.get(choice.name), list(choice.allowed(ds, values))
    arguments |= {"key": key, "format_func": lambda value: choice.text(ds, values, value)}
    if choice.empty:
        arguments["placeholder"] = choice.empty

    def changed() -> None:
        chosen = st.session_state.get(key)
        if choice.kind == "several":
            take(",".join(chosen or ()))
        elif choice.kind == "search":
            take(page_choices.one_line(chosen or "") or None)
        elif chosen is not None or choice.empty:  # only a list that can be emptied may take a choice back
            take(chosen)

    arguments["on_change"] = changed
    if choice.kind == "search":
        st.session_state[key] = now or ""
        del arguments["format_func"]
        st.text_input(choice.label, max_chars=LONGEST_QUERY, **arguments)
    elif choice.kind == "several":
        st.session_state[key] = choice.parts(now or "")
        st.multiselect(choice.label, options, max_selections=choice.most, select_all=False, **arguments)
    else:
        st.session_state[key] = now if now in options else None if choice.empty else options[0]
        if choice.kind == "buttons":
            st.segmented_control(choice.label, options, required=True, **arguments)
        else:
            if choice.empty:
                arguments["index"] = None
            st.selectbox(choice.label, options, **arguments)


def picked(key: str) -> None:
    """Callback of a chart: a click on a territory selects it, a second click on it clears the selection."""
    code = st.session_state[key].picked
    if isinstance(code, str):
        put(query.MRC, None if code == get(query.MRC) else code)


def _version_notice(ds: Dataset) -> dict[str, str]:
    """What a link copied on other data must say. The address keeps the version, hence the notice a reload."""
    asked = address.get(query.DATA_VERSION)
    if asked is None or asked == ds.version:
        return {}
    if re.fullmatch(r"[0-9a-f]{8}", asked) is None:
        unread = f"L’adresse nomme une version des données, {ch.quoted(asked)}, qui ne se lit pas."
        said = f"{unread} Les actuelles sont affichées."
    else:
        said = (
            "Ce lien a été copié sur des données plus anciennes; des données plus récentes existent et sont affichées."
        )
    return {query.DATA_VERSION: said}


def notices(*names: str) -> list[str]:
    """What could not be taken of the address, in French; of these parameters alone when some are named."""
    return [text for name, text in _shown().notices.items() if not names or name in names]

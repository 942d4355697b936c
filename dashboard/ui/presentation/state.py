"""The presentations of a session, the slide shown, and the page to come back to.

Address of the page « Présentation »: docs/adresses.md. Nothing is kept on the server's disk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from dashboard.deck import choices as ch
from dashboard.deck import files, page_choices
from dashboard.deck.defaults import OWN, OWN_TITLE, default_deck
from dashboard.deck.kinds import territory_of
from dashboard.deck.slides import Deck, Slide
from dashboard.model import Dataset
from dashboard.ui import address, navigation, selection
from dashboard.ui.server.streamlit_internals import led_by_history
from dashboard.wording import addresses, query

_KEY: Final = "_presentation"
_ON: Final = "oui"


@dataclass
class State:
    """decks: those that the session has changed or made, by name; live: what the wall shows in place of a slide, by
    deck and rank, with the slide it was; aside: what the person was looking at, which that deck does not hold, shown
    before its first slide, at the rank -1; place: deck and rank of the slide shown; back: address to return to (slug,
    parameters); asking: the chart or page that asks where its view goes; said: what the last addition did, told once
    at `said_at`; saved: those of the decks that the person has as a file or as a link."""

    decks: dict[str, Deck] = field(default_factory=dict)
    live: dict[tuple[str, int], tuple[Slide, Slide]] = field(default_factory=dict)
    aside: tuple[str, Slide] | None = None
    place: tuple[str, int] = ("", 0)
    back: tuple[str, dict[str, str]] | None = None
    received: str | None = None
    asking: str = ""
    saved: dict[str, Deck] = field(default_factory=dict)
    said: str = ""
    said_at: str = ""


def state() -> State:
    found: State = st.session_state.setdefault(_KEY, State())
    return found


def deck(ds: Dataset, name: str) -> Deck:
    """A presentation as the session has it: its own, changed, or as it is from the start."""
    kept = state().decks.get(name)
    if kept is not None:
        return kept
    return Deck(OWN_TITLE, ()) if name == OWN else default_deck(ds, name)


def current_name(ds: Dataset) -> str:
    """Name of the presentation that the page shows."""
    return selection.get(query.DECK) or ds.config.direction


def current(ds: Dataset) -> Deck:
    return deck(ds, current_name(ds))


def unsaved(ds: Dataset) -> list[str]:
    """Titles of the presentations that this session alone has."""
    own = state()
    return [deck.title for name, deck in own.decks.items() if deck.slides and own.saved.get(name) != deck
            and (name == OWN or deck != default_deck(ds, name))]  # fmt: skip


def saved(ds: Dataset) -> None:
    """The person has the presentation shown as a file."""
    state().saved[current_name(ds)] = current(ds)


def receive(found: Deck) -> None:
    """Show as one's own a presentation that came as a file or as a link."""
    own = state()
    own.decks[OWN] = own.saved[OWN] = found
    own.place = (OWN, 0)
    selection.put(query.DECK, OWN)


def put(ds: Dataset, changed: Deck) -> None:
    state().decks[current_name(ds)] = changed


def _prepared(ds: Dataset, rank: int) -> Slide:
    aside = state().aside
    return aside[1] if rank < 0 and aside else current(ds).slides[rank]


def on_wall(ds: Dataset, rank: int) -> Slide:
    """A slide as the wall shows it: with what was changed there, which the presentation itself does not keep."""
    prepared = _prepared(ds, rank)
    before, shown = state().live.get((current_name(ds), rank), (prepared, prepared))
    return shown if before == prepared else prepared


def change_on_wall(ds: Dataset, rank: int, shown: Slide) -> None:
    state().live[current_name(ds), rank] = (_prepared(ds, rank), shown)


def changed_on_wall(ds: Dataset) -> dict[int, Slide]:
    """Slides of the current presentation that the wall showed otherwise, by rank."""
    slides = current(ds).slides
    return {n: shown for n, slide in enumerate(slides) if (shown := on_wall(ds, n)) != slide}


def keep_from_wall(ds: Dataset) -> None:
    """The presentation takes what the wall showed: its list, its files and its link then hold it."""
    for rank, shown in changed_on_wall(ds).items():
        put(ds, current(ds).putting(rank, shown))


def changed(ds: Dataset) -> bool:
    """True for a presentation of a territory that the session has changed."""
    return current_name(ds) != OWN and current(ds) != default_deck(ds, current_name(ds))


def reset(ds: Dataset) -> None:
    state().decks.pop(current_name(ds), None)
    go(ds, 0)


def first(ds: Dataset) -> int:
    """Rank of the first slide of the wall: before those of the deck where it begins by another."""
    aside = state().aside
    return -1 if aside and aside[0] == current_name(ds) and address.get(query.FULL_SCREEN) == _ON else 0


def place(ds: Dataset) -> int:
    """Rank of the slide shown, from 0, within the deck; the first of a deck that has just been chosen."""
    name, rank = state().place
    least = first(ds)
    return max(least, min(rank, len(current(ds).slides) - 1)) if name == current_name(ds) else least


def go(ds: Dataset, to: int) -> None:
    state().place = (current_name(ds), to)


def step(ds: Dataset, by: int) -> None:
    """From the slide of the session, not from the one that a button was drawn on: a press may come early."""
    go(ds, place(ds) + by)


def full_screen(slug: str) -> bool:
    """True where a presentation is on the wall: said by the address alone, a menu never leads there."""
    return slug == addresses.PRESENTATION and address.get(query.FULL_SCREEN) == _ON


def without_frame(slug: str) -> bool:
    """True where neither the menu, nor the search, nor the footer is shown."""
    return full_screen(slug) or slug == addresses.EMBED


def asked(slug: str) -> bool:
    """True where the address of a page asks for the wall; not when one comes back from it."""
    return not without_frame(slug) and address.get(query.FULL_SCREEN) == _ON and not led_by_history()


def present(ds: Dataset, name: str, slug: str, view: Slide | None = None) -> None:
    """Show a presentation on the wall, from this view or else its first slide; the page left (slug) is restored
    afterwards."""
    own = state()
    params = address.params()
    params.pop(query.FULL_SCREEN, None)
    own.back, own.place, own.aside = (slug, params), (name, 0), None
    own.live.clear()
    if view is not None:
        _start_at(ds, name, view)
    selection.put(query.DECK, name, addresses.PRESENTATION)
    asked = {query.FULL_SCREEN: _ON} | ({query.DECK: name} if name != ds.config.direction else {})
    asked |= {query.SLIDE: str(own.place[1] + 1)} if own.place[1] > 0 else {}
    st.switch_page(navigation.page(addresses.PRESENTATION), query_params=asked)


def _start_at(ds: Dataset, name: str, view: Slide) -> None:
    """The wall begins by this view: its slide of the presentation, with the choices of the page, or else alone."""
    own, slides = state(), deck(ds, name).slides
    same = [n for n, slide in enumerate(slides) if _subject(ds, slide) == _subject(ds, view)]
    rank = next((n for n in same if slides[n] == view), same[0] if same else -1)
    own.place = (name, rank)
    if rank < 0:
        own.aside = (name, view)
        return
    prepared = slides[rank]
    # What the page shows as the slide does is no change of it.
    told = {n: value for n, value in view.choices.items() if ch.value(ds, prepared.choices, n) != value}
    if told:
        own.live[name, rank] = (prepared, prepared.choosing(**told))


def _subject(ds: Dataset, slide: Slide) -> tuple[str, str]:
    return slide.kind, territory_of(ds, slide)


def leave() -> None:
    """Back to the page that was left, with its address; after a reload, to the list of slides."""
    slug, params = state().back or (addresses.PRESENTATION, _given(query.DECK))
    st.switch_page(navigation.page(slug) or navigation.page(""), query_params=params)


def _given(name: str) -> dict[str, str]:
    return {name: value} if (value := selection.told()[name]) else {}


def read_address(ds: Dataset) -> list[str]:
    """What only this page has: a presentation received by link, the slide; returns the notices to show."""
    own, notices, news = state(), [], address.news()
    address.tell(lambda: _told(ds))
    asked = {} if news is None else news.values
    if news is not None and news.whole:
        own.place = ("", 0)
    packed = asked.get(query.PACKED_DECK)
    if packed is not None and packed != own.received:
        own.received = packed
        found, why = files.unpacked(ds, packed)
        if found is not None:
            receive(found)
        if why:
            notices.append(f"{why[:1].upper()}{why[1:]}.")
    rank = asked.get(query.SLIDE)
    if rank is not None:
        found_there = rank.isascii() and rank.isdigit() and 1 <= int(rank[:6]) <= len(current(ds).slides)
        go(ds, int(rank) - 1 if found_there else 0)
        if not found_there:
            notices.append(page_choices.refusal("la diapositive", rank, page_choices.NOT_IN_DATA))
    return notices


def _told(ds: Dataset) -> address.Told:
    """The presentation shown and, in full screen, the slide; nothing for the usual ones."""
    on, rank = address.get(query.FULL_SCREEN) == _ON, place(ds) + 1
    slide = {query.SLIDE: str(rank)} if on and rank > 1 else {}
    return {query.FULL_SCREEN: _ON if on else None, **selection.told(), **slide}

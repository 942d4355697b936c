"""The presentations of a session, the slide shown, and the page to come back to. Mirrored in the address.

Address of the page « Présentation »: `jeu` (code of a territory, or « ma »), `diapo` (from 1), `ecran=oui` in full
screen, `diapos` for a presentation received by link. Nothing is kept on the server's disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from dashboard.deck import defaults, links
from dashboard.deck.slides import Deck, Slide
from dashboard.model import Dataset
from dashboard.ui import address, navigation, selection

OWN: Final = "ma"
OWN_TITLE: Final = "Ma présentation"
_KEY: Final = "_presentation"
_SCREEN: Final = "ecran"
_ON: Final = "oui"


@dataclass
class State:
    """decks: those that the session has changed or made, by name; live: what the wall shows in place of a slide, by
    deck and rank, with the slide it was; back: address to return to (slug, parameters); asking: the chart or page
    that asks where its view goes; said: what the last addition did, told once at `said_at`."""

    decks: dict[str, Deck] = field(default_factory=dict)
    live: dict[tuple[str, int], tuple[Slide, Slide]] = field(default_factory=dict)
    current: str = ""
    place: int = 0
    back: tuple[str, dict[str, str]] | None = None
    received: str | None = None
    asking: str = ""
    # Those of the decks that the person has as a file or as a link.
    saved: dict[str, Deck] = field(default_factory=dict)
    said: str = ""
    said_at: str = ""


def state() -> State:
    found: State = st.session_state.setdefault(_KEY, State())
    return found


def names(ds: Dataset) -> list[str]:
    """The direction, the regions, then the person's own presentation."""
    return [*defaults.territories(ds), OWN]


def label(ds: Dataset, name: str) -> str:
    if name == OWN:
        return OWN_TITLE
    return "Direction régionale" if name == ds.config.direction else ds.name(name)


def deck(ds: Dataset, name: str) -> Deck:
    """A presentation as the session has it: its own, changed, or as it is from the start."""
    kept = state().decks.get(name)
    if kept is not None:
        return kept
    return Deck(OWN_TITLE, ()) if name == OWN else defaults.default_deck(ds, name)


def current_name(ds: Dataset) -> str:
    name = state().current
    return name if name in names(ds) else ds.config.direction


def current(ds: Dataset) -> Deck:
    return deck(ds, current_name(ds))


def unsaved(ds: Dataset) -> list[str]:
    """Titles of the presentations that this session alone has."""
    own = state()
    return [deck.title for name, deck in own.decks.items() if deck.slides and own.saved.get(name) != deck
            and (name == OWN or deck != defaults.default_deck(ds, name))]  # fmt: skip


def saved(ds: Dataset) -> None:
    """The person has the presentation shown as a file."""
    state().saved[current_name(ds)] = current(ds)


def receive(found: Deck) -> None:
    """Show as one's own a presentation that came as a file or as a link."""
    own = state()
    own.decks[OWN] = own.saved[OWN] = found
    own.current, own.place = OWN, 0


def put(ds: Dataset, changed: Deck) -> None:
    state().decks[current_name(ds)] = changed


def on_wall(ds: Dataset, rank: int) -> Slide:
    """A slide as the wall shows it: with what was changed there, which the presentation itself does not keep."""
    prepared = current(ds).slides[rank]
    before, shown = state().live.get((current_name(ds), rank), (prepared, prepared))
    return shown if before == prepared else prepared


def change_on_wall(ds: Dataset, rank: int, shown: Slide) -> None:
    state().live[current_name(ds), rank] = (current(ds).slides[rank], shown)


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
    return current_name(ds) != OWN and current(ds) != defaults.default_deck(ds, current_name(ds))


def reset(ds: Dataset) -> None:
    state().decks.pop(current_name(ds), None)
    state().place = 0


def place(ds: Dataset) -> int:
    """Rank of the slide shown, from 0, within the deck."""
    return max(0, min(state().place, len(current(ds).slides) - 1))


def go(ds: Dataset, to: int) -> None:
    state().place = max(0, min(to, len(current(ds).slides) - 1))


def step(ds: Dataset, by: int) -> None:
    """From the slide of the session, not from the one that a button was drawn on: a press may come early."""
    go(ds, place(ds) + by)


def full_screen(slug: str) -> bool:
    return slug == navigation.PRESENTATION and address.get(_SCREEN) == _ON


def without_frame(slug: str) -> bool:
    """True where neither the menu, nor the search, nor the footer is shown."""
    return full_screen(slug) or slug == navigation.EMBED


def start(name: str, slug: str, params: Mapping[str, str]) -> None:
    """Show a presentation on the wall, from its first slide; the page left is restored afterwards."""
    state().back = (slug, dict(params))
    state().current, state().place = name, 0
    state().live.clear()


def read_address(ds: Dataset) -> list[str]:
    """Take what is new in the address; returns the notices to show."""
    own, notices, news = state(), [], address.news()
    asked = {} if news is None else news.values
    if news is not None and news.whole:
        own.current, own.place = "", 0
    name = asked.get("jeu")
    if name is not None:
        if name in names(ds):
            own.current = name
        else:
            notices.append(selection.refusal("la présentation", name))
    packed = asked.get("diapos")
    if packed is not None and packed != own.received:
        own.received = packed
        found, why = links.unpacked(ds, packed)
        if found is not None:
            receive(found)
        if why:
            notices.append(f"{why[:1].upper()}{why[1:]}.")
    rank = asked.get("diapo")
    if rank is not None:
        if rank.isascii() and rank.isdigit() and 1 <= int(rank[:6]) <= len(current(ds).slides):
            own.place = int(rank) - 1
        else:
            notices.append(selection.refusal("la diapositive", rank))
            own.place = 0
    return notices


def say(ds: Dataset) -> None:
    """Mirror the presentation shown and, in full screen, the slide; nothing for the usual ones."""
    on, rank = address.get(_SCREEN) == _ON, place(ds) + 1
    own = list_address(ds, current_name(ds)) | ({_SCREEN: _ON} if on else {})
    own |= {"diapo": str(rank)} if on and rank > 1 else {}
    address.say({name: own.get(name) for name in (_SCREEN, "jeu", "diapo")})


def list_address(ds: Dataset, name: str) -> dict[str, str]:
    """The parameters of the page that lists the slides of a presentation."""
    return {"jeu": name} if name != ds.config.direction else {}


def screen_address(ds: Dataset, name: str) -> dict[str, str]:
    """The parameters of a presentation in full screen, from its first slide."""
    return {_SCREEN: _ON, **list_address(ds, name)}

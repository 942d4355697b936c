"""The presentations that a browser has begun, the slide shown, and the page to come back to.

Address of the page « Présentation »: docs/adresses.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Final

import streamlit as st

from dashboard.deck import choices as ch
from dashboard.deck import files, page_choices
from dashboard.deck.kinds import KINDS, default_deck, territory_of
from dashboard.deck.page_choices import asked as view_of
from dashboard.deck.slides import OWN, OWN_TITLE, Deck, Slide, deck_label, deck_names
from dashboard.model import Dataset
from dashboard.ui import address, navigation, selection, team
from dashboard.ui.presentation import kept
from dashboard.ui.server.streamlit_internals import led_by_history
from dashboard.wording import addresses, query

_KEY: Final = "_presentation"
_ON: Final = "oui"
# Before the name of a presentation, in the drafts of a browser.
_DRAFT: Final = "presentation|"
_LONGEST: Final = 40
# What the address of the wall holds beside a view.
_OWN: Final = (query.FULL_SCREEN, query.DECK, query.SLIDE, query.PACKED_DECK, *address.KEPT)


@dataclass
class State:
    """decks: those that the browser has changed or made, by name; live: what the wall shows in place of a slide, by
    deck and rank, with the slide it was; aside: what the person was looking at, which that deck does not hold, shown
    before its first slide, at the rank -1; place: deck and rank of the slide shown; back: address to return to (slug,
    parameters); asking: the chart or page that asks where its view goes; said: what the last addition did, told once
    at `said_at`; known: the names whose draft was read or written; lost: what of a draft the data no longer show;
    base: the version of the team's presentation that a changed one was made from."""

    decks: dict[str, Deck] = field(default_factory=dict)
    live: dict[tuple[str, int], tuple[Slide, Slide]] = field(default_factory=dict)
    aside: tuple[str, Slide] | None = None
    place: tuple[str, int] = ("", 0)
    back: tuple[str, dict[str, str]] | None = None
    received: str | None = None
    asking: str = ""
    said: str = ""
    said_at: str = ""
    known: set[str] = field(default_factory=set)
    lost: dict[str, str] = field(default_factory=dict)
    base: dict[str, int] = field(default_factory=dict)


def state() -> State:
    found: State = st.session_state.setdefault(_KEY, State())
    return found


def decks(ds: Dataset) -> dict[str, Deck]:
    """The presentations that this browser has changed or made, in this session or in another."""
    own = state()
    for draft, content in team.all_drafts().items():
        name = draft.removeprefix(_DRAFT)
        if name != draft and name not in own.known:
            own.known.add(name)
            base, _, text = content.partition("\n")
            found, why = files.reopened(ds, text if base.isdigit() else content)
            if found is not None:
                own.decks[name] = found
            if base.isdigit():
                own.base[name] = int(base)
            if why:
                own.lost[name] = why
    return own.decks


def started(ds: Dataset, name: str) -> Deck:
    """A presentation without what this browser changed in it."""
    shared = kept.get(name)
    if shared is not None:
        return kept.deck(ds, shared)[0]
    return default_deck(ds, name) if name in ds.territories else Deck(OWN_TITLE, ())


def deck(ds: Dataset, name: str) -> Deck:
    """A presentation as this browser has it."""
    found = decks(ds).get(name)
    return started(ds, name) if found is None else found


def keep(ds: Dataset, name: str, changed: Deck | None) -> None:
    """A presentation is now this one, for this browser; None: as it is without changes."""
    own = state()
    decks(ds)
    own.known.add(name)
    own.lost.pop(name, None)
    if changed is None or changed == started(ds, name):
        own.decks.pop(name, None)
        own.base.pop(name, None)
        team.keep_draft(_DRAFT + name, None)
    else:
        shared = kept.get(name)
        if shared is not None:
            own.base.setdefault(name, shared.version)
        own.decks[name] = changed
        before = f"{own.base[name]}\n" if name in own.base else ""
        team.keep_draft(_DRAFT + name, before + files.deck_yaml(changed).decode())


def label(ds: Dataset, name: str) -> str:
    """What a presentation is called in a list."""
    return named(ds).get(ch.NAMED + name) or deck_label(ds, name)


def begin(ds: Dataset) -> dict[str, str]:
    """Start of the page: what may be chosen besides what is of the data, as it is now."""
    kept.refresh()
    return named(ds)


def named(ds: Dataset) -> dict[str, str]:
    """The presentations that are not of the data, each with a name that no other has: those of the team, then those
    that this browser has besides."""
    shared = kept.all_kept()
    found = {name: own.title for name, own in shared.items()}
    for name, own in decks(ds).items():
        if name not in found and name not in deck_names(ds):
            found[name] = f"{own.title} ({'retirée' if name in state().base else 'à vous'})"
    asked = address.get(query.DECK) or ""
    if kept.problem() and asked and asked not in (*found, *deck_names(ds)):
        # Kept in the address until the database answers.
        found[asked] = f"Présentation {page_choices.question(asked)[:_LONGEST]}"
    known = [*found.values(), *(deck_label(ds, name) for name in deck_names(ds))]
    return {ch.NAMED + name: text if known.count(text) == 1 else f"{text} ({name})" for name, text in found.items()}


def current_name(ds: Dataset) -> str:
    """Name of the presentation that the page shows."""
    return selection.get(query.DECK) or ds.config.direction


def current(ds: Dataset) -> Deck:
    return deck(ds, current_name(ds))


def unsaved() -> list[str]:
    """Titles of the presentations that this session alone has: they could not be kept."""
    return [deck.title for name, deck in state().decks.items() if deck.slides and not outlives(name)]


def outlives(name: str) -> bool:
    """True when what is changed of a presentation outlives this session."""
    return team.is_kept(_DRAFT + name)


def receive(ds: Dataset, found: Deck) -> None:
    """Show as one's own a presentation that came as a file or as a link, beside what one has already begun."""
    names = chain((OWN,), (f"{OWN}-{n}" for n in count(2)))
    name = next(name for name in names if not (own := deck(ds, name)).slides or own == found)
    keep(ds, name, found)
    selection.also(named(ds))
    go_to(name)


def go_to(name: str | None) -> None:
    """Show a presentation from its first slide; None: the usual one."""
    state().place = (name or "", 0)
    selection.put(query.DECK, name)


def put(ds: Dataset, changed: Deck) -> None:
    keep(ds, current_name(ds), changed)


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
    """True for a presentation of a territory or of the team that this browser has changed."""
    name = current_name(ds)
    return name in decks(ds) and (name in ds.territories or kept.get(name) is not None)


def reset(ds: Dataset) -> None:
    keep(ds, current_name(ds), None)
    go(ds, 0)


def first(ds: Dataset) -> int:
    """Rank of the first slide of the wall: before those of the deck where it begins by another."""
    aside = state().aside
    return -1 if aside and aside[0] == current_name(ds) and full_screen() else 0


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


def full_screen(slug: str = addresses.PRESENTATION) -> bool:
    """True where a presentation is on the wall: said by the address alone, a menu never leads there."""
    return slug == addresses.PRESENTATION and address.get(query.FULL_SCREEN) == _ON


def without_frame(slug: str) -> bool:
    """True where neither the menu, nor the search, nor the footer is shown."""
    return full_screen(slug) or slug == addresses.EMBED


def asked(slug: str) -> bool:
    """True where the address of a page asks for the wall; not when one comes back from it."""
    return not without_frame(slug) and address.get(query.FULL_SCREEN) == _ON and not led_by_history()


def present(ds: Dataset, name: str, slug: str, first: Mapping[str, str]) -> None:
    """Show a presentation on the wall; the page left (slug) is restored afterwards. first: what its address says of
    where it begins, a slide or a view (`viewed`); nothing for its first slide."""
    own = state()
    params = address.params()
    params.pop(query.FULL_SCREEN, None)
    own.back, own.place, own.aside = (slug, params), (name, 0), None
    own.live.clear()
    selection.put(query.DECK, name, addresses.PRESENTATION)
    asked = {query.FULL_SCREEN: _ON} | ({query.DECK: name} if name != ds.config.direction else {})
    st.switch_page(navigation.page(addresses.PRESENTATION), query_params={**asked, **first})


def viewed(view: Slide) -> dict[str, str]:
    """What an address says of a view."""
    return {query.KIND: view.kind, **view.choices}


def _show(ds: Dataset, view: Slide, rank: int | None) -> None:
    """The wall shows this view: at this rank where its slide is there, at the one that it has in the presentation, or
    else alone, before it."""
    own, name, slides = state(), current_name(ds), current(ds).slides

    def subject(slide: Slide) -> tuple[str, str]:
        return slide.kind, territory_of(ds, slide)

    def meant(slide: Slide) -> Mapping[str, str | None]:
        """The choices of a slide, those that nobody made included."""
        if slide.kind == "simulation":
            return slide.choices
        return {name: ch.value(ds, slide.choices, name) for name in KINDS[slide.kind].choices}

    same = [n for n, slide in enumerate(slides) if subject(slide) == subject(view)]
    at = rank if rank in same else next((n for n in same if slides[n] == view), same[0] if same else -1)
    own.place, own.aside = (name, at), (name, view) if at < 0 else None
    own.live.pop((name, at), None)
    # What the page shows as the slide does is no change of it.
    if at >= 0 and meant(slides[at]) != meant(view):
        own.live[name, at] = (slides[at], replace(slides[at], choices=view.choices))


def leave() -> None:
    """Back to the page that was left, with its address; after a reload, to the list of slides."""
    named = selection.told()[query.DECK]
    slug, params = state().back or (addresses.PRESENTATION, {query.DECK: named} if named else {})
    st.switch_page(navigation.page(slug) or navigation.page(""), query_params=params)


def read_address(ds: Dataset) -> list[str]:
    """What only this page has: a presentation received by link, the slide; returns the notices to show."""
    own, lost, news = state(), list[str](), address.news()
    address.tell(lambda: _told(ds))
    asked, whole = ({}, False) if news is None else (news.values, news.whole)
    if whole:
        own.place, own.aside = ("", 0), None
    packed = asked.get(query.PACKED_DECK)
    if packed is not None and packed != own.received:
        own.received = packed
        found, why = files.unpacked(ds, packed)
        if found is not None:
            receive(ds, found)
        lost.append(why)
    rank, slides = asked.get(query.SLIDE), current(ds).slides
    shared = None if current_name(ds) in own.decks else kept.get(current_name(ds))
    lost.append(kept.deck(ds, shared)[1] if shared else own.lost.get(current_name(ds), ""))
    notices = [f"{why[:1].upper()}{why[1:]}." for why in lost if why]
    there = rank is not None and rank.isascii() and rank.isdigit() and 1 <= int(rank[:6]) <= len(slides)
    to = int(rank) - 1 if rank and there else None
    if rank is not None and not there:
        notices.append(page_choices.refusal("la diapositive", rank, page_choices.NOT_IN_DATA))
    if query.KIND in asked and full_screen():
        view, refused = view_of(ds, {name: value for name, value in asked.items() if name not in _OWN})
        notices += refused
        _show(ds, view, to)
    elif whole:
        own.live.pop((current_name(ds), to or 0), None)
    if rank is not None:
        go(ds, to or 0)
    return notices


def _told(ds: Dataset) -> address.Told:
    """The presentation shown and, in full screen, the slide and the view that is not as the presentation has it;
    nothing for the usual ones."""
    if not full_screen():
        return selection.told()
    least, rank, slides = first(ds), place(ds), current(ds).slides
    told = {query.FULL_SCREEN: _ON, **selection.told(), query.SLIDE: str(rank + 1) if rank > least else None}
    at = least if least < 0 else rank
    changed = at < 0 or (slides and on_wall(ds, at) != slides[at])
    return told | (viewed(on_wall(ds, at)) if changed else {})

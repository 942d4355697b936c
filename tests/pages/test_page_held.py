"""What the browser is told that the session alone holds: presentations, a preview."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from dashboard.deck.slides import OWN, Deck
from tests.pages.conftest import NBSP, Seen, open_page
from tests.pages.test_page_presentation import add

See = Callable[[AppTest], Seen]
MARK = re.compile(r'class="tenu" hidden data-session="(\w+)" data-rang="(\d+)" data-tenu="([^"]*)"')


def told(seen: Seen) -> list[list[object]]:
    """What the mark of the highest rank says."""
    marks = MARK.findall(seen.markup)
    assert len({session for session, _, _ in marks}) == 1
    found: list[list[object]] = json.loads(html.unescape(max(marks, key=lambda mark: int(mark[1]))[2]))
    return found


def test_one_s_own_presentation_is_told_where_it_cannot_be_kept(see: See, comes_from: Callable[[str], None]) -> None:
    at = open_page("bas-saint-laurent")
    add(at)
    assert told(see(at)) == [[f"la présentation «{NBSP}Ma présentation{NBSP}»", True]]
    comes_from("anne")
    at = open_page("bas-saint-laurent")
    add(at)
    assert told(see(at)) == []


def test_a_session_has_a_name_of_its_own_and_a_rank_that_grows_with_changes_only(see: See) -> None:
    at = open_page("bas-saint-laurent")
    ranks = [max(int(rank) for _, rank, _ in MARK.findall(see(at.run()).markup)) for _ in range(2)]
    assert ranks[0] == ranks[1]
    add(at)
    assert max(int(rank) for _, rank, _ in MARK.findall(see(at.run()).markup)) > ranks[1]
    first = MARK.findall(see(at).markup)[0][0]
    assert MARK.findall(see(open_page("bas-saint-laurent")).markup)[0][0] != first


def test_a_name_from_the_data_stays_within_its_attribute(see: See) -> None:
    at = open_page("bas-saint-laurent")
    add(at)
    state = at.session_state["_presentation"]
    state.decks[OWN] = Deck('"><script>x</script>', state.decks[OWN].slides)
    seen = see(at.run())
    assert "<script>x" not in seen.markup
    assert told(seen) == [[f'la présentation «{NBSP}"><script>x</script>{NBSP}»', True]]

"""Versions: none lost, none given twice, both texts of a disagreement; on either engine."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from dashboard.team import drafts, follow_up, writings
from dashboard.team.database import Store, opened
from dashboard.team.faults import StoreError
from dashboard.team.people import Person
from dashboard.team.writings import Conflict, Writing
from tests.team.conftest import entry

T = TypeVar("T")
HOSTILE = ("<script>alert(1)</script>", "'; drop table writings; --", "a\\%_\"'", "été 🍁 \u202f", "ligne\nautre")


def at_once(*calls: Callable[[], T]) -> list[T]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return [f.result() for f in [pool.submit(call) for call in calls]]


def put(store: Store, content: str, base: int, subject: str = "cible|4.1|2021") -> Writing | Conflict:
    return writings.write(store, "suivi", subject, content, "Ève", base)


def test_a_text_is_read_by_whoever_opens_the_same_database_and_stays_once_replaced(store: Store, url: str) -> None:
    written = put(store, "12 %", 0)
    assert isinstance(written, Writing) and (written.version, written.author) == (1, "Ève")
    assert writings.latest(opened(url), "suivi") == {"cible|4.1|2021": written}
    # The same text is written once.
    assert put(store, "12 %", 0) == written
    assert writings.history(store) == [written]
    put(store, "13 %", 1)
    put(store, "12 %", 2)
    assert [(w.version, w.content) for w in writings.history(store, "suivi", "cible|4.1|2021")] == [
        (3, "12 %"), (2, "13 %"), (1, "12 %"),
    ]  # fmt: skip
    assert writings.latest(store, "suivi")["cible|4.1|2021"].version == 3


def test_whoever_writes_over_what_they_have_not_seen_is_given_both_texts(store: Store) -> None:
    put(store, "12 %", 0)
    theirs = put(store, "13 %", 1)
    found = put(store, "14 %", 1)
    assert isinstance(found, Conflict)
    assert (found.theirs, found.mine.content, found.mine.version) == (theirs, "14 %", None)
    assert writings.latest(store, "suivi")["cible|4.1|2021"] == theirs
    assert found.mine in writings.history(store, "suivi", "cible|4.1|2021")


def test_versions_of_a_race_follow_one_another_and_no_text_of_it_is_lost(url: str) -> None:
    stores = [opened(url) for _ in range(4)]

    def insist(store: Store, who: int) -> int:
        late = 0
        for n in range(10):
            base = 0
            while isinstance(found := put(store, f"{who}-{n}", base), Conflict):
                base, late = found.theirs.version or 0, late + 1
        return late

    late = sum(at_once(*(lambda s=s, n=n: insist(s, n) for n, s in enumerate(stores))))
    every = writings.history(stores[0])
    kept = [w for w in every if w.version]
    assert len(every) == 40 + late and late >= 39
    assert [w.version for w in kept] == list(range(40, 0, -1))
    assert len({w.content for w in kept}) == 40
    # Whoever has the name of the last text has seen them all: they are in the order in which they were kept.
    assert [w.seq for w in kept] == sorted((w.seq for w in kept), reverse=True)


def test_whoever_has_read_reads_only_what_was_written_since(store: Store) -> None:
    assert writings.since(store, "suivi", None) == []
    first = put(store, "1 %", 0)
    assert isinstance(first, Writing)
    put(store, "2 %", 1)
    put(store, "3 %", 1)
    assert writings.since(store, "suivi", first) == writings.history(store, "suivi")[1::-1]
    assert writings.since(store, "presentation", None) == []


def test_the_follow_up_that_is_known_is_brought_up_to_date(store: Store) -> None:
    """As if all of it were read again: what replaces, what is erased, what is kept without being in force."""
    person, known = Person("Ève", "contributor"), follow_up.read(store)
    assert follow_up.read(store, known) is known
    for id_, value, base in (("1.1", "1", 0), ("1.2", "2", 0), ("1.1", "3", 1), ("1.1", "9", 1), ("1.2", "", 1)):
        follow_up.put(store, person, entry(id_, value), base)
        known = follow_up.read(store, known)
        whole = follow_up.read(store)
        assert known == whole and list(known.kept) == list(whole.kept)
    assert [own.entry.value for own in known.kept.values()] == [3, None]
    assert follow_up.read(store, known) is known


def test_a_text_is_only_a_text_without_what_no_engine_can_hold(store: Store) -> None:
    for text in HOSTILE:
        written = writings.write(store, "suivi", text, text, text, 0)
        assert isinstance(written, Writing)
        assert (written.subject, written.content, written.author) == (text, text, text)
        assert writings.history(store, "suivi", text) == [written]
    written = writings.write(store, "suivi", "a", "un\0deux\ud800", "Ève\0" + "è" * 300, 0)
    assert isinstance(written, Writing)
    assert (written.content, written.author) == ("undeux?", "Ève" + "è" * 196)
    assert writings.history(store, "suivi", "a") == [written]
    drafts.put(store, "a" * 64, "nom\0", "\ud800")
    assert drafts.read(store, "a" * 64) == {"nom": "?"}


def test_a_subject_that_is_too_long_is_refused_and_the_next_text_is_kept(store: Store) -> None:
    with pytest.raises(StoreError, match="trop long"):
        put(store, "12 %", 0, subject="a" * 121)
    assert isinstance(put(store, "12 %", 0), Writing)


# --- Drafts -----------------------------------------------------------------------------------------------------------
def test_drafts_are_those_of_their_owner(store: Store) -> None:
    drafts.put(store, "a", "nom", "Ève")
    drafts.put(store, "b", "nom", "Léo")
    drafts.put(store, "a", "nom", "Éva")
    drafts.put(store, "", "nom", "personne")
    assert [drafts.read(store, owner) for owner in ("a", "b", "")] == [{"nom": "Éva"}, {"nom": "Léo"}, {}]
    drafts.put(store, "a", "nom", None)
    assert drafts.read(store, "a") == {}


def test_two_pages_of_a_browser_write_the_same_draft_at_once(url: str) -> None:
    stores = [opened(url) for _ in range(8)]
    at_once(*(lambda s=s, n=n: drafts.put(s, "a", "nom", str(n)) for n, s in enumerate(stores)))
    assert drafts.read(stores[0], "a")["nom"] in set("01234567")


def test_old_drafts_alone_are_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as past:
        past.setattr(drafts, "instant", lambda: "2020-01-01T00:00:00.000000+00:00")
        drafts.put(store, "a", "ancien", "x")
    drafts.put(store, "a", "nouveau", "y")
    drafts.forget_old(store)
    assert drafts.read(store, "a") == {"nouveau": "y"}


# --- The file taken over ----------------------------------------------------------------------------------------------
def test_a_file_is_taken_over_once_by_processes_that_start_together(url: str) -> None:
    entries = [entry("4.1", "20"), entry("4.2", "30")]
    file = {e.key: e for e in entries}
    stores = [opened(url) for _ in range(8)]
    taken = at_once(*(lambda s=s: follow_up.take_over(s, file, "data/suivi.csv") for s in stores))
    assert sorted(taken) == [0] * 7 + [2]
    assert {key: kept.entry.value for key, kept in follow_up.read(stores[0]).kept.items()} == {
        e.key: e.value for e in entries
    }


def test_what_the_team_wrote_is_not_taken_over_again(store: Store) -> None:
    mine, other = entry("4.1", "20"), entry("4.2", "30")
    follow_up.put(store, Person("Ève", "contributor"), mine, 0)
    file = {e.key: e for e in (entry("4.1", "99"), other)}
    assert follow_up.take_over(store, file, "data/suivi.csv") == 1
    assert follow_up.read(store).kept[mine.key].entry.value == mine.value
    follow_up.put(store, Person("Ève", "contributor"), entry("4.2", ""), 1)
    assert follow_up.take_over(store, file, "data/suivi.csv") == 0
    assert list(follow_up.entries(follow_up.read(store).kept)) == [mine.key]

"""The journal at the end of « Mettre à jour »: for publishers, all that was done, whatever the names are."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.follow_up import FollowUpEntry
from dashboard.publishing.journal import Publication
from dashboard.team import database, follow_up, people, presentations
from dashboard.team.people import ForbiddenError, Person
from dashboard.team.writings import Conflict
from dashboard.ui import journal, publishing
from tests.pages.conftest import Seen, open_page
from tests.pages.test_page_update import signed_in

See = Callable[[AppTest], Seen]
ANNE = Person("Anne", "publisher")
DROP = Person("'; drop table writings; --", "contributor")
SCRIPT = Person("<script>alert(1)</script>", "contributor")
FORMULA = "=cmd|'/c calc'!A1"


def entry(value: str, note: str = "") -> FollowUpEntry:
    given = {"kind": "cible", "id": "1.1", "period": "2021-2022", "value": value, "unit": "%", "note": note}
    return FollowUpEntry.model_validate(given)


@pytest.fixture
def written(copy_of_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = database.opened(database.address(copy_of_data))
    assert not isinstance(follow_up.put(store, DROP, entry("20"), 0), Conflict)
    assert not isinstance(follow_up.put(store, SCRIPT, entry("21", FORMULA), 1), Conflict)
    assert isinstance(follow_up.put(store, ANNE, entry("22"), 1), Conflict)
    made = presentations.create(store, ANNE, "Bilan", "titre: Bilan")
    presentations.put(store, SCRIPT, made.subject, "Bilan", "", 1)
    published = Publication("2030-01-02T09:05:00-05:00", "Paul", "2 valeurs changées", "a.xlsx", "x", number=3)
    monkeypatch.setattr(publishing, "latest", lambda: [(published, True)])
    monkeypatch.setenv("DASHBOARD_ROOT", str(copy_of_data))
    return copy_of_data


def shown(see: See, *, opened: bool = True) -> Seen:
    return see(open_page("mettre-a-jour", opened=("journal",) if opened else ()))


def test_everything_is_there_the_latest_first(written: Path, see: See) -> None:
    head, *rows = shown(see).table_with("Quand", "Qui", "Quoi", "Avant", "Après")
    assert head[0] == "Quand"
    assert [row[1:] for row in rows] == [
        ["Paul", "Publication nº\u00a03", "", "2 valeurs changées (annulée)"],
        ["<script>alert(1)</script>", "Présentation retirée", "Bilan", "Bilan"],
        ["Anne", "Présentation créée", "", "Bilan"],
        ["Anne", "Suivi, 1.1, 2021-2022, non retenu", "", "22\u00a0%"],
        ["<script>alert(1)</script>", "Suivi, 1.1, 2021-2022", "20\u00a0%", f"21\u00a0%; {FORMULA}"],
        ["'; drop table writings; --", "Suivi, 1.1, 2021-2022", "", "20\u00a0%"],
    ]
    assert rows[0][0] == "2\u00a0janvier\u00a02030, 9\u00a0h\u00a005"


def test_nothing_is_read_while_it_is_closed(written: Path, monkeypatch: pytest.MonkeyPatch, see: See) -> None:
    monkeypatch.setattr(journal, "lines", lambda _: pytest.fail("read for nobody"))
    assert "Journal de ce que" in shown(see, opened=False).text


def test_a_database_that_fails_says_so(written: Path, monkeypatch: pytest.MonkeyPatch, see: See) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", "mysql://x")
    assert "indisponible" in shown(see).text


def test_file_has_no_formula(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal.team, "person", lambda: ANNE)
    head, *rows = csv.reader(io.StringIO(journal.as_csv().decode("utf-8-sig")), delimiter=";")
    assert head == ["quand", "qui", "quoi", "avant", "apres"]
    assert rows[0][:2] == ["2030-01-02 09:05:00", "Paul"]
    assert [row[1] for row in rows[-2:]] == ["<script>alert(1)</script>", "''; drop table writings; --"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    monkeypatch.setattr(journal.team, "person", lambda: DROP)
    with pytest.raises(ForbiddenError):
        journal.as_csv()


@pytest.mark.parametrize("role", people.ROLES)
def test_only_publishers_see_it(written: Path, monkeypatch: pytest.MonkeyPatch, see: See, role: str) -> None:
    signed_in(written, monkeypatch, role)
    text = shown(see).text
    assert "Mettre à jour" in text
    assert ("Journal de ce que" in text) is (role == "publisher")
    assert ("drop table" in text) is (role == "publisher")

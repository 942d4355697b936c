"""The journal at the end of « Mettre à jour »: for publishers, all that was done, whatever the names are."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dashboard.model.follow_up import FollowUpEntry
from dashboard.publishing.journal import Publication
from dashboard.team import database, follow_up, presentations
from dashboard.team.people import ForbiddenError, Person
from dashboard.team.writings import Conflict
from dashboard.ui import journal, publishing
from tests.conftest import ROOT
from tests.pages.conftest import Seen, open_page, see
from tests.pages.test_page_update import signed_in

ANNE = Person("Anne", "publisher")
DROP = Person("'; drop table writings; --", "contributor")
SCRIPT = Person("<script>alert(1)</script>", "contributor")
FORMULA = "=cmd|'/c calc'!A1"


def entry(value: str, note: str = "") -> FollowUpEntry:
    given = {"kind": "cible", "id": "1.1", "period": "2021-2022", "value": value, "unit": "%", "note": note}
    return FollowUpEntry.model_validate(given)


def written(monkeypatch: pytest.MonkeyPatch) -> None:
    store = database.opened(database.address(ROOT))
    assert not isinstance(follow_up.put(store, DROP, entry("20"), 0), Conflict)
    assert not isinstance(follow_up.put(store, SCRIPT, entry("21", FORMULA), 1), Conflict)
    assert isinstance(follow_up.put(store, ANNE, entry("22"), 1), Conflict)
    made = presentations.create(store, ANNE, "Bilan", "titre: Bilan")
    presentations.put(store, SCRIPT, made.subject, "Bilan", "", 1)
    published = Publication("2030-01-02T09:05:00-05:00", "Paul", "2 valeurs changées", "a.xlsx", "x", number=3)
    monkeypatch.setattr(publishing, "latest", lambda: [(published, True)])


def shown() -> Seen:
    return see(open_page("mettre-a-jour", opened=("journal",)))


def test_everything_is_there_the_latest_first_for_publishers_alone(
    own_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(monkeypatch)
    head, *rows = shown().table_with("Quand", "Qui", "Quoi", "Avant", "Après")
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
    # Nothing is read while it is closed, and a database that fails says so.
    with monkeypatch.context() as closed:
        closed.setattr(journal, "lines", lambda _: pytest.fail("read for nobody"))
        assert "Journal de ce que" in see(open_page("mettre-a-jour")).text
    with monkeypatch.context() as broken:
        broken.setenv("DASHBOARD_STORE", "mysql://x")
        assert "indisponible" in shown().text
    signed_in(own_root, monkeypatch, "contributor")
    text = shown().text
    assert "Mettre à jour" in text and "Journal de ce que" not in text and "drop table" not in text


def test_file_has_no_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    written(monkeypatch)
    monkeypatch.setattr(journal.team, "person", lambda: ANNE)
    head, *rows = csv.reader(io.StringIO(journal.as_csv().decode("utf-8-sig")), delimiter=";")
    assert head == ["quand", "qui", "quoi", "avant", "apres"]
    assert rows[0][:2] == ["2030-01-02 09:05:00", "Paul"]
    assert [row[1] for row in rows[-2:]] == ["<script>alert(1)</script>", "''; drop table writings; --"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    monkeypatch.setattr(journal.team, "person", lambda: DROP)
    with pytest.raises(ForbiddenError):
        journal.as_csv()

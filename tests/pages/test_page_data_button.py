"""« Données »: nothing of it is run or sent while it is closed; open, it holds the table, the origin and the files."""

from __future__ import annotations

import ast
import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from dashboard.deck.kinds import VIEWS, view
from dashboard.indicators import views
from dashboard.model import Dataset
from dashboard.ui import data_button
from dashboard.wording import today as quebec
from dashboard.wording.periods import period
from tests.conftest import ROOT
from tests.pages.conftest import Markup, buttons, open_page, see

EVOLUTION = {"theme": "evolution"}


def test_what_is_closed_is_neither_run_nor_sent() -> None:
    closed = open_page("bas-saint-laurent")
    assert "donnees_carte" in buttons(closed)
    seen = see(closed)
    assert [table for table in seen.tables if table[0][0] != "Chiffre"] == []
    assert "<q>" not in seen.markup
    assert not closed.get("download_button")
    opened = see(open_page("bas-saint-laurent", opened=["donnees_carte"]))
    assert len(opened.tables) == len(seen.tables) + 1
    assert opened.row("Rimouski-Neigette")[0] == "477"
    assert "Rimouski-Neigette 477 62,0" in opened.text
    assert {"CSV", "Excel", "Ajouter à la présentation"} <= set(opened.texts)
    assert "Image (PNG)</button>" in opened.markup


def test_each_button_is_named_after_its_view() -> None:
    names = [text for text in see(open_page()).texts if text.startswith("Données\u00a0*")]
    assert len(names) == len(set(names)) > 4
    assert "Données\u00a0*: Carte des MRC*" in names
    # Paper has the table in place of the button.
    at = open_page("bas-saint-laurent", printed=True)
    assert buttons(at) == []
    assert see(at).row("Rimouski-Neigette")[0] == "477"
    assert "<q>" not in see(at).markup


def test_the_reading_sentence_stands_where_it_says_more_than_the_chart() -> None:
    said = [kind.id for kind in VIEWS.values() if kind.read]
    assert said == ["admissions"]
    told = "contre 194 en 2017, soit −6,7\u00a0%"
    for year, shown in ({}, False), ({"annee": "2018"}, True):
        texts = Markup(see(open_page("bas-saint-laurent", EVOLUTION | year)).markup).texts
        assert (told in "\n".join(texts)) is shown
    seen = see(open_page("bas-saint-laurent"))
    # The map and its labels say it already; it is read aloud.
    assert seen.alternatives["carte"].startswith("Carte. Rimouski-Neigette a le taux le plus élevé")
    assert "2015-2019 (données provisoires)" not in "\n".join(Markup(seen.markup).texts)


def test_the_files_are_made_when_they_are_asked_for(ds: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, tuple[Any, ...]] = {}
    monkeypatch.setattr(data_button.st, "download_button", lambda label, *told, **_: made.update({label: told}))
    content = view(ds, "mrc", {"territoire": "01", "mesure": "nombre"})
    data_button.files(ds, content, "cle")
    data, name, mime = made["CSV"]
    assert (name, mime) == ("admissions-permanentes-par-mrc-2015-2019-bas-saint-laurent.csv", "text/csv")
    rows = list(csv.reader(io.StringIO(data().decode("utf-8-sig")), delimiter=";"))
    assert ["Produit le", period(quebec.today().isoformat())] in rows
    assert any(row[:2] == ["Rimouski-Neigette", "477"] for row in rows)
    data, name, mime = made["Excel"]
    assert name.endswith(".xlsx") and mime.endswith("spreadsheetml.sheet")
    assert data().startswith(b"PK")
    # A view that a page alone shows has its table only; a hostile title stays a name.
    made.clear()
    table = replace(views.permits(ds, "01"), title='"><script>alert(1)</script>', written={})
    data_button.files(ds, replace(view(ds, "permis", {}), kind="tendances", table=table), "cle")
    assert [told[1] for told in made.values()] == ["script-alert-1-script.csv"]


def test_a_button_whose_click_runs_the_page_again_never_makes_its_file_later() -> None:
    """Streamlit forgets at the end of a run what the former would have called: now and then, no file would come."""
    found, later = 0, []
    for path in [*(ROOT / "dashboard" / "ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".download_button")):
                continue
            found += 1
            said = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
            given = said.get("data") or ast.unparse(node.args[1])
            if given.startswith("lambda") and said.get("on_click") != "'ignore'":
                later.append(f"{path.name}:{node.lineno}")
    assert found > 0
    assert later == []

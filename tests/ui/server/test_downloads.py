"""Files made on demand: one address for each, which goes with its data; made when they are asked for, not before."""

from __future__ import annotations

import ast
import csv
import html
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.routing import Router

from dashboard.contract.door import load_dataset
from dashboard.deck.kinds import view
from dashboard.indicators import views
from dashboard.model import Dataset
from dashboard.ui import blocks
from dashboard.ui.server import on_demand as module
from dashboard.ui.server.on_demand import Download, Downloads, downloads, routes
from dashboard.wording import today as quebec
from tests.conftest import ROOT
from tests.ui.server.test_server import call, inner

ADDRESS = re.compile(r'data-telecharger="([^"]+)" data-fichier="([^"]+)"')


def of(content: bytes, name: str = "tableau.csv") -> Download:
    return Download(name, "text/csv; charset=utf-8", lambda _: content)


def test_a_file_has_one_address_and_another_file_another(ds: Dataset) -> None:
    kept = Downloads()
    first, again = kept.put(ds, of(b"1"), "a"), kept.put(ds, of(b"1"), "a")
    assert first == again
    others = {kept.put(ds, of(b"1"), "b"), kept.put(ds, of(b"1", "autre.csv"), "a"), kept.put(ds, of(b"1"), "a", "b")}
    assert len(others | {first}) == 4
    assert re.fullmatch(r"app/fichiers/[0-9a-f]{16}-[0-9a-f]{32}", first)
    assert kept.get("app/fichiers/inconnu") is None


def test_a_file_is_made_each_time_it_is_asked_for_and_sent_under_its_name(ds: Dataset) -> None:
    kept, made = Downloads(), []

    def make(data: Dataset) -> bytes:
        assert data is ds
        made.append(1)
        return f"n° {len(made)}".encode()

    place = "/" + kept.put(ds, Download("îles, « 1 ».csv", "text/csv; charset=utf-8", make))
    app = Router(routes(files=kept), default=inner)
    assert made == []
    found = call(app, place)
    assert (found.status, found.body.decode()) == (200, "n° 1")
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    named = "attachment; filename*=UTF-8''%C3%AEles%2C%20%C2%AB%201%20%C2%BB.csv"
    assert found.headers["content-disposition"] == named
    assert found.headers["cache-control"] == "no-store"
    assert call(app, place).body.decode() == "n° 2"
    assert call(app, place, method="HEAD").body == b""
    assert made == [1, 1]
    assert call(app, "/cibles").body == b"inner"
    assert call(Router(routes("/tb", files=kept)), place, base="/tb").status == 200


@pytest.mark.parametrize("path", ["/app/fichiers/x", "/app/fichiers/.."])
def test_an_unknown_file_is_refused_in_french(path: str) -> None:
    refused = call(Router(routes(files=Downloads()), default=inner), path)
    assert refused.status == 404
    assert "Introuvable" in refused.body.decode()


def test_files_go_with_the_data_that_they_are_about(root: Path) -> None:
    kept = Downloads()
    former = load_dataset(root)
    place = kept.put(former, of(b"1"))
    assert kept.get(place) is not None
    del former
    # At once, without waiting for Python to look for what refers to itself.
    assert kept.get(place) is None


def test_the_same_data_read_twice_leave_the_files_of_the_first(root: Path) -> None:
    kept, published = Downloads(), load_dataset(root)
    place = kept.put(published, of(b"1"), "a")
    preview = load_dataset(root)
    assert preview.fingerprint == published.fingerprint
    kept.put(preview, of(b"2"), "b")
    del preview
    assert kept.get(place) is not None


def test_past_the_most_the_file_offered_longest_ago_goes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    kept, own = Downloads(), load_dataset(root)
    places = [kept.put(own, of(b"1"), "a"), kept.put(own, of(b"2"), "b")]
    kept.put(own, of(b"1"), "a")
    places.append(kept.put(own, of(b"3"), "c"))
    assert [kept.get(place) is not None for place in places] == [True, False, True]


def buttons(found: str) -> dict[str, Download]:
    taken = {name: downloads.get(html.unescape(address)) for address, name in ADDRESS.findall(found)}
    return {name: found[1] for name, found in taken.items() if found is not None}


def test_the_buttons_of_a_chart_lead_to_its_table_and_its_workbook(ds: Dataset) -> None:
    found = buttons(blocks.files(ds, view(ds, "mrc", {"territoire": "01", "mesure": "nombre"})))
    text, workbook = found.values()
    assert {Path(name).suffix for name in found} == {".csv", ".xlsx"}
    rows = list(csv.reader(io.StringIO(text.make(ds).decode("utf-8-sig")), delimiter=";"))
    assert ["Produit le", quebec.today().isoformat()] in rows
    assert any(row[:2] == ["Rimouski-Neigette", "477"] for row in rows)
    assert workbook.make(ds).startswith(b"PK")
    assert workbook.media_type.endswith("spreadsheetml.sheet")


def test_another_choice_table_or_filter_is_another_file(ds: Dataset) -> None:
    by_measure = [view(ds, "mrc", {"territoire": "01", "mesure": measure}) for measure in ("nombre", "taux")]
    alone = replace(by_measure[0], kind="tendances", filters="b")
    other = replace(alone, table=view(ds, "mrc", {"territoire": "12"}).table, filters="a")
    shown = [replace(by_measure[0], filters="a"), replace(by_measure[1], filters="a"), alone, other]
    parts = [blocks.files(ds, content) for content in shown]
    addresses = [address for part in parts for address, _ in ADDRESS.findall(part)]
    # The first two share the table; each has its own workbook.
    assert (len(addresses), len(set(addresses))) == (6, 5)
    assert blocks.files(ds, shown[0]) == parts[0]


def test_a_hostile_title_stays_a_name(ds: Dataset) -> None:
    table = replace(views.permits(ds, "01"), title='"><script>alert(1)</script>', written={})
    content = replace(view(ds, "permis"), kind="tendances", table=table, filters="<script>alert(1)</script>")
    found = blocks.files(ds, content)
    assert "<script" not in found
    assert found.count("<button") == found.count("</button>") == 1
    ((_, name),) = ADDRESS.findall(found)
    assert re.fullmatch(r"[a-z0-9-]+\.csv", name)


def test_a_button_whose_click_runs_the_page_again_never_makes_its_file_later() -> None:
    """Streamlit forgets at the end of a run what the former would have called: now and then, no file would come."""
    found, later = 0, []
    for path in [*(ROOT / "dashboard" / "ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".download_button")):
                continue
            found += 1
            said = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
            if said["data"].startswith("lambda") and said.get("on_click") != "'ignore'":
                later.append(f"{path.name}:{node.lineno}")
    assert found > 0
    assert later == []

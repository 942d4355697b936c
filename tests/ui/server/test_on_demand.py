"""What a page offers: one address for each thing, which goes with its data; made when it is asked for, not before."""

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
from dashboard.ui import blocks, markup
from dashboard.ui.server import on_demand
from dashboard.ui.server.on_demand import Offer, get, put, routes
from dashboard.wording import today as quebec
from tests.conftest import ROOT
from tests.ui.server.test_server import call, inner

ADDRESS = re.compile(r'data-telecharger="([^"]+)" data-fichier="([^"]+)"')
APP = Router(routes(), default=inner)


def of(content: bytes, name: str = "tableau.csv") -> Offer:
    return Offer(lambda _: content, "text/csv", name)


def test_a_thing_has_one_address_and_another_thing_another(ds: Dataset) -> None:
    first = put(ds, of(b"1"), "a")
    assert first == put(ds, of(b"1"), "a")
    others = {put(ds, of(b"1"), "b"), put(ds, of(b"1", "autre.csv"), "a"), put(ds, of(b"1"), ("a", "b"))}
    assert len(others | {first}) == 4
    assert re.fullmatch(r"app/fichiers/[0-9a-f]{16}-[0-9a-f]{32}", first)
    assert re.fullmatch(r"app/replis/[0-9a-f]{16}-[0-9a-f]{32}", put(ds, Offer(lambda _: "<p>"), "a"))


def test_a_file_is_made_each_time_it_is_asked_for_and_sent_under_its_name(ds: Dataset) -> None:
    made: list[Dataset] = []

    def make(data: Dataset) -> bytes:
        made.append(data)
        return f"n° {len(made)}".encode()

    own = replace(ds, fingerprint="essai")
    place = "/" + put(own, Offer(make, "text/csv", "îles, « 1 ».csv"), "essai")
    assert made == []
    found = call(APP, place)
    assert (found.status, found.body.decode()) == (200, "n° 1")
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    named = "attachment; filename*=UTF-8''%C3%AEles%2C%20%C2%AB%201%20%C2%BB.csv"
    assert found.headers["content-disposition"] == named
    assert found.headers["cache-control"] == "no-store"
    assert call(APP, place).body.decode() == "n° 2"
    assert call(APP, place, method="HEAD").body == b""
    assert len(made) == 2 and made[0] is made[1] is own
    assert call(APP, "/cibles").body == b"inner"
    assert call(Router(routes("/tb")), place, base="/tb").status == 200


@pytest.mark.parametrize("path", ["/app/fichiers/x", "/app/fichiers/..", "/app/replis/inconnu", "/app/replis/.."])
def test_what_is_unknown_is_refused_in_french(path: str) -> None:
    refused = call(APP, path)
    assert refused.status == 404
    assert "Introuvable" in refused.body.decode()


def test_a_page_holds_the_title_and_the_address_of_a_fragment_and_the_server_the_rest(ds: Dataset) -> None:
    found = markup.on_demand(ds, "D’où vient <ce chiffre>?", "<q>Côte-de-Gaspé, 769</q>")
    assert "D’où vient &lt;ce chiffre&gt;?" in found
    assert "769" not in found
    sent = call(APP, "/" + found.partition('data-repli="')[2].partition('"')[0])
    assert sent.body.decode() == "<q>Côte-de-Gaspé, 769</q>"
    assert sent.headers["content-type"] == "text/html; charset=utf-8"
    assert found != markup.on_demand(ds, "D’où vient <ce chiffre>?", "<q>135</q>")


def test_what_is_offered_goes_with_its_data(root: Path) -> None:
    former = load_dataset(root)
    # Not those of the project, which other tests keep.
    former = replace(former, fingerprint="autres données")
    place = put(former, of(b"1"), "a")
    assert get(place) is not None
    del former
    # At once, without waiting for Python to look for what refers to itself.
    assert get(place) is None


def test_the_same_data_read_twice_leave_what_is_offered_on_the_first(ds: Dataset) -> None:
    published, preview = (replace(ds, fingerprint="deux lectures") for _ in range(2))
    place = put(published, of(b"1"), "a")
    put(preview, of(b"2"), "b")
    del preview
    assert get(place) is not None


def test_other_data_have_another_address_where_the_words_are_the_same(ds: Dataset) -> None:
    preview = replace(ds, fingerprint="aperçu")
    assert len({markup.on_demand(data, "Titre", "<q>135</q>") for data in (ds, preview)}) == 2


def test_past_the_most_what_was_offered_longest_ago_goes(ds: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_demand, "MOST", 2)
    own = replace(ds, fingerprint="peu de place")
    places = [put(own, of(b"1"), "a"), put(own, of(b"2"), "b")]
    put(own, of(b"1"), "a")
    places.append(put(own, of(b"3"), "c"))
    assert [get(place) is not None for place in places] == [True, False, True]


def test_the_buttons_of_a_chart_lead_to_its_table_and_its_workbook(ds: Dataset) -> None:
    shown = blocks.files(ds, view(ds, "mrc", {"territoire": "01", "mesure": "nombre"}))
    offered = [get(html.unescape(address)) for address, _ in ADDRESS.findall(shown)]
    text, workbook = (own[1] for own in offered if own is not None)
    assert [Path(name).suffix for _, name in ADDRESS.findall(shown)] == [".csv", ".xlsx"]
    content = text.make(ds)
    assert isinstance(content, bytes)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert ["Produit le", quebec.today().isoformat()] in rows
    assert any(row[:2] == ["Rimouski-Neigette", "477"] for row in rows)
    made = workbook.make(ds)
    assert isinstance(made, bytes) and made.startswith(b"PK")
    assert workbook.media_type.endswith("spreadsheetml.sheet")


def test_another_choice_is_another_file(ds: Dataset) -> None:
    asked = [{"territoire": "01", "mesure": measure} for measure in ("nombre", "taux", "nombre")]
    first, second, again = (blocks.files(ds, view(ds, "mrc", choices)) for choices in asked)
    addresses = [address for part in (first, second) for address, _ in ADDRESS.findall(part)]
    assert len(addresses) == len(set(addresses)) == 4
    assert first == again


def test_a_hostile_title_stays_a_name(ds: Dataset) -> None:
    table = replace(views.permits(ds, "01"), title='"><script>alert(1)</script>', written={})
    content = replace(view(ds, "permis", {}), kind="tendances", table=table, filters="<script>alert(1)</script>")
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

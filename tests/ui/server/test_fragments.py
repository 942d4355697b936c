"""What opens on demand: kept by content, sent once, never confused with something else."""

from __future__ import annotations

from starlette.routing import Router

from dashboard.ui import markup
from dashboard.ui.server.on_demand import Fragments, fragments, routes
from tests.ui.server.test_server import call, inner


def test_the_same_content_has_one_address_and_another_content_another() -> None:
    kept = Fragments()
    first, again, other = kept.put("<p>194</p>"), kept.put("<p>194</p>"), kept.put("<p>135</p>")
    assert first == again != other
    assert (kept.get(first), kept.get(other)) == ("<p>194</p>", "<p>135</p>")
    assert kept.get("app/replis/inconnu") is None


def test_past_its_budget_the_part_shown_longest_ago_goes_and_comes_back_when_it_is_drawn_again() -> None:
    kept = Fragments(budget=30)
    old, used, new = ("a" * 12, "b" * 12, "c" * 12)
    places = [kept.put(old), kept.put(used)]
    kept.put(old)
    places.append(kept.put(new))
    assert [kept.get(place) for place in places] == [old, None, new]
    assert kept.get(kept.put(used)) == used


def test_a_part_larger_than_the_budget_is_still_shown() -> None:
    kept = Fragments(budget=5)
    assert kept.get(kept.put("d" * 50)) == "d" * 50


def test_a_part_is_sent_in_utf_8_and_kept_by_the_browser() -> None:
    kept = Fragments()
    app = Router(routes(parts=kept), default=inner)
    place = "/" + kept.put("<p>Côte-de-Gaspé</p>")
    found = call(app, place)
    assert (found.status, found.body.decode()) == (200, "<p>Côte-de-Gaspé</p>")
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert "immutable" in found.headers["cache-control"]
    assert "private" in found.headers["cache-control"]
    assert call(app, place, if_none_match=found.headers["etag"]).status == 304


def test_a_part_is_found_below_a_base_path() -> None:
    kept = Fragments()
    place = kept.put("<p>1</p>")
    assert call(Router(routes("/tb", kept)), "/" + place, base="/tb").status == 200


def test_an_unknown_part_is_refused_in_french_and_the_rest_goes_on() -> None:
    app = Router(routes(parts=Fragments()), default=inner)
    refused = call(app, "/app/replis/..")
    assert refused.status == 404
    assert "Introuvable" in refused.body.decode()
    assert call(app, "/cibles").body == b"inner"


def test_the_page_holds_the_title_and_the_address_and_the_server_the_rest() -> None:
    found = markup.on_demand("D’où vient <ce chiffre>?", "<q>769</q>")
    assert "D’où vient &lt;ce chiffre&gt;?" in found
    assert "769" not in found
    address = found.partition('data-repli="')[2].partition('"')[0]
    assert fragments.get(address) == "<q>769</q>"

"""Addresses badly written, by hand or by malice: a page, a French notice for each value that is refused, no error; what
exists is applied, and followed from page to page."""

from __future__ import annotations

import re
from itertools import cycle, islice

import pytest

from dashboard.ui.server.settings import known_slugs
from tests.deck.test_choices import MALFORMED, check_notice
from tests.pages.conftest import NBSP, Markup, Seen, given, goes_to, open_page, see
from tests.transcription import MRC, SLUGS

SHARED = ("mrc", "mesure", "annee", "serie", "base", "vue")
OWN = {
    "comparer": ("avec", "indicateur", "reference"),
    "indicateurs": ("indicateur",),
    "plan-d-action": ("region", "objectif", "programme", "clientele", "portee"),
}
# A view shown alone answers for what it draws, and has nothing to say of the rest.
ALONE = ("mrc", "mesure", "objet", "territoire")
PAGES = ["", *sorted(known_slugs())]
# Those that could become markup, break the page or turn a sentence round; the others are refused by the same rule
# (tests/deck/test_choices.py).
TRIED = (
    *("empty", "code with a zero width space", "script", "image", "end of attribute", "apostrophe and event", "entity"),
    *("style", "Markdown link", "NUL", "control signs", "line break", "right to left", "very long"),
)


def notices(seen: Seen) -> list[str]:
    return [text for text in seen.notices() if text.startswith("L’adresse demandait")]


def check(seen: Seen, *values: str) -> None:
    """A whole page in French, in which a value is at most a short text."""
    assert len(seen.headings(1)) == 1
    assert '<footer class="pied"' in seen.markup
    for text in notices(seen):
        check_notice(text)
    for tag, attributes in Markup(given(seen.markup)).tags:
        assert tag not in {"script", "style", "img", "svg", "iframe", "form", "base"}
        assert not any(name.startswith("on") for name in attributes)
    assert not [value for value in values if re.search(r"[<>\"]", value) and value in seen.markup]


@pytest.mark.parametrize(("rank", "slug"), list(enumerate(PAGES)))
def test_malformed_values_give_a_page_and_a_notice_for_each(rank: int, slug: str) -> None:
    """Each page is given other values under its names: every value is tried many times."""
    names = ALONE if slug == "integrer" else (*SHARED, *OWN.get(slug, ()))
    values = [MALFORMED[name] for name in islice(cycle(TRIED), 2 * rank, 2 * rank + len(names))]
    seen = see(open_page(slug, dict(zip(names, values, strict=True))))
    check(seen, *values)
    assert len(set(notices(seen))) >= len(names) - 1, notices(seen)  # « region » and « mrc » may read alike
    assert not set(values) & set(seen.address.values())


def test_what_is_well_written_is_taken_and_only_what_is_not_usual_nor_of_another_page_stays() -> None:
    """A page that refused everything would pass the test above."""
    usual = {"mesure": "taux", "reference": "QC", "jeu": "DRCNEQ", "ans": "3", "utm_source": "x", "programme": "pasi"}
    for slug in PAGES:
        if slug != "integrer":
            seen = see(open_page(slug, usual))
            check(seen)
            assert notices(seen) == []
            assert seen.address == ({"programme": "pasi"} if slug == "plan-d-action" else {}), slug
    asked = {"avec": "01,03,QC", "indicateur": "permis-pmi", "reference": "03"}
    seen = see(open_page("comparer", asked))
    assert notices(seen) == [] and seen.address == asked


@pytest.mark.parametrize(
    ("values", "refused"), [(["2410", "2410"], 0), (["nombre", "part", "taux"], 1), (["<b>"] * 500, 1)]
)
def test_a_parameter_repeated_counts_once(values: list[str], refused: int) -> None:
    seen = see(open_page("", {"mrc": values}))
    check(seen, *values)
    assert len(notices(seen)) == refused


def test_an_mrc_of_another_region_leaves_no_trace() -> None:
    seen = see(open_page(SLUGS["01"], {"mrc": "2425"}))
    check(seen)
    (text,) = notices(seen)
    assert "« Lévis », qui n’est pas au Bas-Saint-Laurent" in text
    assert seen.address == {}
    assert 'class="fiche"' not in seen.markup


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"avec": "01,01,01"}, "Choisissez au moins deux territoires"),
        ({"avec": "2410,01,QC", "indicateur": "taux"}, "le plan ne donne pas la population du Québec"),
        ({"avec": "01,QC", "indicateur": "part-region"}, "cette part n’a de sens que pour une MRC dans sa région"),
    ],
)
def test_what_the_plan_does_not_cross_is_said_with_its_reason(params: dict[str, str], said: str) -> None:
    """Each reason: tests/indicators/test_catalogue.py."""
    seen = see(open_page("comparer", params))
    check(seen)
    assert any(said in text for text in seen.notices()), seen.notices()
    assert seen.address["avec"] == ",".join(dict.fromkeys(params["avec"].split(",")))


def test_a_comparison_says_only_what_can_be_made_and_leads_to_the_nearest_question() -> None:
    """Each refusal: tests/deck/test_choices.py."""
    seen = see(open_page("comparer", {"avec": "01,03", "reference": "12"}))
    check(seen)
    assert len(notices(seen)) == 1
    assert seen.address["avec"] == "01,03" and seen.address.get("reference", "03") in ("01", "03")
    # Rimouski-Neigette and Québec: « part de sa région » would leave Québec out again.
    at = open_page("comparer", {"avec": "2410,QC", "indicateur": "francais"})
    (link,) = [link.proto for link in at.get("page_link") if link.proto.label.startswith("Voir plutôt")]
    assert link.label == f"Voir plutôt{NBSP}: Part des admissions du Québec, 2015-2019"
    assert "avec=2410%2CQC" in link.query_string and "indicateur=part-quebec" in link.query_string


def test_what_a_page_does_not_have_is_left() -> None:
    """The tiles asked of a page without tiles are a map; a name of parameter is not a text of the page."""
    seen = see(open_page("indicateurs", {"vue": "tuiles"}))
    check(seen)
    assert "indicateur-carte" in seen.charts
    name = "<script>alert(1)</script>"
    seen = see(open_page("bas-saint-laurent", {name: "1", "mrc[]": "2410", "MRC": "2410", "mrc ": "x"}))
    check(seen, name)
    assert notices(seen) == []


@pytest.mark.parametrize("asked", ["nulle-part", "%3Cb%3E", "<script>alert(1)</script>", "a" * 500, ""])
def test_an_unknown_page_is_said_in_french_on_the_overview(asked: str) -> None:
    seen = see(open_page("", {"introuvable": asked}))
    check(seen, asked)
    assert "n’existe pas. Voici la vue d’ensemble." in seen.said()
    assert asked != "nulle-part" or "« nulle-part »" in seen.said()
    assert seen.headings(1) == ["Portraits régionaux de l’immigration"]
    assert len(seen.said()) < 300


def test_a_choice_is_written_in_the_address_and_the_default_is_not() -> None:
    at = open_page("bas-saint-laurent")
    choice = next(box for box in at.selectbox if box.label == "MRC")
    assert set(choice.options) == {row[0] for row in MRC["01"].values()}
    seen = see(choice.select("2412").run())
    assert seen.address == {"mrc": "2412"}
    assert "Rivière-du-Loup : 110 personnes" in seen.plain
    at.segmented_control(key="champ_theme").set_value("evolution").run()
    kept = {"theme": "evolution", "mrc": "2412"}
    assert see(at).address == kept
    for year, told in (("2016", {"annee": "2016"}), ("2019", {})):
        next(box for box in at.selectbox if box.label == "Année").select(year).run()
        seen = see(at)
        assert seen.address == kept | told
        # The year of the data is read aloud.
        count = {"2016": "149", "2019": "135"}[year]
        assert f"{count} personnes ont été admises à titre permanent en {year}" in seen.plain
        marked = [text for text in seen.charts["tendance"]["data"][0]["text"] if text.startswith("<b>")]
        assert marked == [f"<b>{count}</b>"]


def test_the_measure_and_the_territory_follow_from_page_to_page() -> None:
    at = open_page("", {"mesure": "part", "mrc": "2425"})
    assert "des admissions de sa région" in see(at).text
    seen = see(goes_to(at, "chaudiere-appalaches"))
    assert "Lévis reçoit 46,1 % des admissions de la région" in seen.plain
    assert "Lévis : 515 personnes ont été admises" in seen.plain

"""Addresses badly written, by hand or by malice: a page, a French notice for each value that is refused, no error; what
exists is applied, and followed from page to page."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.ui.server.settings import known_slugs
from tests.deck.test_page_choices import MALFORMED, check_notice
from tests.long_forms import first
from tests.pages.conftest import NBSP, Markup, Seen, Visit, given, open_page
from tests.transcription import MRC, SLUGS, YEARS, fr

See = Callable[[AppTest], Seen]
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
# (tests/deck/test_page_choices.py).
TRIED = (
    *("empty", "code with a zero width space", "script", "image", "end of attribute", "apostrophe and event", "entity"),
    *("style", "Markdown link", "NUL", "control signs", "line break", "right to left", "very long"),
)
# Each goes to the overview or a region, to a page with choices of its own, or to one of the others, in turn.
_TURNS = [cycle(["", *SLUGS.values()]), cycle(OWN), cycle([p for p in PAGES if p not in {"", *SLUGS.values(), *OWN}])]
_GROUPS = [[(name, next(turn)) for turn in _TURNS] for name in TRIED]
TRIPS = [group[rank % 3] for rank, group in enumerate(_GROUPS)]
# The values that a page could echo as markup, on every page.
TRIPS += [(name, p) for name in ("script", "style", "NUL") for p in PAGES if (name, p) not in TRIPS]


def notices(seen: Seen) -> list[str]:
    """The refusals of the page, with ordinary spaces."""
    return [text for text in seen.notices() if text.startswith("L’adresse demandait")]


def check(seen: Seen, value: str) -> None:
    """A whole page in French, in which the value is at most a short text."""
    assert seen.exceptions == ()
    assert len(seen.headings(1)) == 1
    assert '<footer class="pied"' in seen.markup
    for text in notices(seen):
        check_notice(text)
    for tag, attributes in Markup(given(seen.markup)).tags:
        assert tag not in {"script", "style", "img", "svg", "iframe", "form", "base"}, value
        assert not any(name.startswith("on") for name in attributes), value
    if re.search(r"[<>\"]", value):
        assert value not in seen.markup


@pytest.mark.parametrize(("name", "slug"), first(TRIPS, 14))
def test_a_malformed_address_gives_a_page_and_a_notice_for_each_value(name: str, slug: str, see: See) -> None:
    value = MALFORMED[name]
    params = ALONE if slug == "integrer" else (*SHARED, *OWN.get(slug, ()))
    seen = see(open_page(slug, dict.fromkeys(params, value)))
    check(seen, value)
    assert len(set(notices(seen))) >= len(params) - 1, notices(seen)  # « region » and « mrc » may read alike
    # Nothing of it stays in the address.
    assert value not in seen.address.values()


@pytest.mark.parametrize("slug", first(PAGES, 6))
def test_an_address_well_written_gives_no_notice(visit: Visit, slug: str) -> None:
    """The other half: a page that refused everything would pass the tests above."""
    region = next((code for code, own in SLUGS.items() if own == slug), "01")
    mrc = next(iter(MRC[region]))
    shared = {"mrc": mrc, "mesure": "part", "annee": "2017", "serie": "indice", "vue": "tableau"}
    own = {
        "comparer": {"avec": "01,03,QC", "indicateur": "permis-pmi", "reference": "03"},
        "indicateurs": {"indicateur": "part-immigree"},
        "plan-d-action": {"region": "11", "portee": "communes"},
        "presentation": {"jeu": "11"},
        "integrer": {"objet": "mrc", "territoire": "01"},
    }.get(slug, {})
    seen = visit(slug, **shared, **own)
    check(seen, "")
    assert notices(seen) == []


@pytest.mark.parametrize("slug", [slug for slug in PAGES if slug != "integrer"])
def test_no_page_writes_what_is_usual_nor_what_is_of_another_page(slug: str, see: See) -> None:
    assert see(open_page(slug)).address == {}
    usual = {"mesure": "taux", "reference": "QC", "jeu": "DRCNEQ", "ans": "3", "utm_source": "x"}
    kept = {"programme": "pasi"} if slug == "plan-d-action" else {}
    assert see(open_page(slug, {**usual, "programme": "pasi"})).address == kept


@pytest.mark.parametrize("slug", ["", SLUGS["11"]])
@pytest.mark.parametrize(
    ("values", "good"),
    [
        ([], True),
        (["2410", "2410"], True),
        (["<b>", "zzz"], False),
        (["nombre", "part", "taux"], False),
        (["x"] * 500, False),
    ],
)
def test_a_parameter_repeated_counts_once(slug: str, values: list[str], good: bool, see: See) -> None:
    seen = see(open_page(slug, {"mrc": values}))
    check(seen, "")
    refused = len(notices(seen))
    assert refused <= 1
    if not good:
        assert refused == 1


def test_an_mrc_of_another_region_leaves_no_trace(visit: Visit) -> None:
    seen = visit(SLUGS["01"], mrc="2425")
    check(seen, "")
    (text,) = notices(seen)
    assert "« Lévis », qui n’est pas au Bas-Saint-Laurent" in text
    assert seen.address == {}
    assert 'class="fiche"' not in seen.markup


@pytest.mark.parametrize(
    "params",
    [
        {"avec": "01,03", "reference": "12"},
        {"reference": "DRCNEQ"},
        {"avec": ",".join(MRC["12"])},
        {"avec": "01,03", "indicateur": "xyz"},
    ],
)
def test_a_comparison_that_cannot_be_made_is_told_and_not_kept(visit: Visit, params: dict[str, str]) -> None:
    seen = visit("comparer", **params)
    check(seen, "")
    assert len(notices(seen)) == 1
    # The address says only what is not usual, and nothing that was refused.
    shown = seen.address.get("avec", "01,03,12,11,QC").split(",")
    assert seen.address.get("reference", shown[-1]) in shown
    assert "indicateur" not in seen.address


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"avec": "01"}, "Choisissez au moins deux territoires"),
        ({"avec": "01,01,01"}, "Choisissez au moins deux territoires"),
        ({"avec": "2410,2412", "indicateur": "francais"}, "le plan ne croise pas MRC et connaissance du français"),
        ({"avec": "2410,01,QC", "indicateur": "categorie-refugies"}, "le plan ne croise pas MRC et catégorie"),
        ({"avec": "2410,01,QC", "indicateur": "taux"}, "le plan ne donne pas la population du Québec"),
        ({"avec": "2410,01,QC", "indicateur": "permis-pmi"}, "le plan ne donne les permis que par région"),
        ({"avec": "01,QC", "indicateur": "part-region"}, "cette part n’a de sens que pour une MRC dans sa région"),
    ],
)  # fmt: skip
def test_what_the_plan_does_not_cross_is_said_with_its_reason(visit: Visit, params: dict[str, str], said: str) -> None:
    seen = visit("comparer", **params)
    check(seen, "")
    assert any(said in text for text in seen.notices()), seen.notices()
    assert seen.address["avec"] == ",".join(dict.fromkeys(params["avec"].split(",")))


def test_the_link_to_the_nearest_question_suits_all_the_chosen(see: See) -> None:
    """Rimouski-Neigette and Québec: « part de sa région » would leave Québec out again."""
    at = open_page("comparer", {"avec": "2410,QC", "indicateur": "francais"})
    labels = [link.proto.label for link in at.get("page_link")]
    assert f"Voir plutôt{NBSP}: Part des admissions du Québec, 2015-2019" in labels
    (link,) = [link for link in at.get("page_link") if link.proto.label.startswith("Voir plutôt")]
    assert "avec=2410%2CQC" in link.proto.query_string
    assert "indicateur=part-quebec" in link.proto.query_string


def test_the_tiles_asked_of_a_page_without_tiles_are_a_map(visit: Visit) -> None:
    seen = visit("indicateurs", vue="tuiles")
    check(seen, "")
    assert "indicateur-carte" in seen.charts


def test_a_name_of_parameter_is_not_a_text_of_the_page(visit: Visit) -> None:
    seen = visit("bas-saint-laurent", **{"<script>alert(1)</script>": "1", "mrc[]": "2410", "MRC": "2410", "mrc ": "x"})
    check(seen, "<script>alert(1)</script>")
    assert notices(seen) == []


def said(seen: Seen) -> str:
    """All that the page has to say, with ordinary spaces."""
    return " ".join(seen.notices()).replace(NBSP, " ")


@pytest.mark.parametrize(
    "asked",
    ["nulle-part", "région inconnue", "<script>alert(1)</script>", "../../etc/passwd", "%3Cb%3E", "a" * 500, ""],
)
def test_an_unknown_page_is_said_in_french_on_the_overview(visit: Visit, asked: str) -> None:
    seen = visit("", introuvable=asked)
    assert seen.exceptions == ()
    assert "n’existe pas" in said(seen)
    assert asked != "nulle-part" or "« nulle-part »" in said(seen)
    assert "vue d’ensemble" in said(seen)
    assert "<script>" not in seen.markup
    assert "<b></b>" not in seen.markup
    assert seen.headings(1) == ["Portraits régionaux de l’immigration"]
    assert len(said(seen)) < 300


@pytest.mark.parametrize("year", YEARS)
def test_a_year_of_the_data_is_read_aloud(visit: Visit, year: str) -> None:
    seen = visit("gaspesie-iles-de-la-madeleine", theme="evolution", annee=year)
    assert seen.exceptions == ()
    count = fr((24, 51, 41, 38, 22)[YEARS.index(year)])
    assert f"{count}{NBSP}personnes ont été admises à titre permanent en {year}" in seen.text
    assert seen.notices() == []
    marked = [text for text in seen.charts["tendance"]["data"][0]["text"] if text.startswith("<b>")]
    assert marked == [f"<b>{count}</b>"]


def test_a_choice_is_written_in_the_address_and_the_default_is_not(see: See) -> None:
    at = open_page("bas-saint-laurent")
    assert see(at).address == {}
    choice = next(box for box in at.selectbox if box.label == "MRC")
    assert set(choice.options) == {row[0] for row in MRC["01"].values()}
    choice.select("2412").run()
    seen = see(at)
    assert seen.exceptions == ()
    assert seen.address == {"mrc": "2412"}
    assert f"Rivière-du-Loup{NBSP}: 110{NBSP}personnes" in seen.text
    at.segmented_control(key="champ_theme").set_value("evolution").run()
    assert see(at).address == {"theme": "evolution", "mrc": "2412"}
    year = next(box for box in at.selectbox if box.label == "Année")
    year.select("2016").run()
    assert see(at).address == {"theme": "evolution", "mrc": "2412", "annee": "2016"}
    next(box for box in at.selectbox if box.label == "Année").select("2019").run()
    assert see(at).address == {"theme": "evolution", "mrc": "2412"}


def test_the_measure_and_the_territory_follow_from_page_to_page(see: See) -> None:
    at = open_page("", {"mesure": "part", "mrc": "2425"})
    seen = see(at)
    assert "des admissions de sa région" in seen.text
    at._page_hash = calc_hash("chaudiere-appalaches")
    at.run()
    seen = see(at)
    assert seen.exceptions == ()
    assert f"Lévis reçoit 46,1{NBSP}% des admissions de la région" in seen.text
    assert f"Lévis{NBSP}: 515{NBSP}personnes ont été admises" in seen.text

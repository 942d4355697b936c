"""Addresses typed by hand: what does not exist is said in French, what exists is applied, nothing breaks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.french_text import english_words
from tests.pages.conftest import NBSP, Markup, Seen, Visit, open_page
from tests.transcription import MRC, REGIONS, SLUGS, YEARS, fr

See = Callable[[AppTest], Seen]


def notices(seen: Seen) -> str:
    return " ".join(seen.notices()).replace(NBSP, " ")


@pytest.mark.parametrize(
    "asked",
    ["nulle-part", "région inconnue", "<script>alert(1)</script>", "../../etc/passwd", "%3Cb%3E", "a" * 500, ""],
)
def test_an_unknown_page_is_said_in_french_on_the_overview(visit: Visit, asked: str) -> None:
    seen = visit("", introuvable=asked)
    assert seen.exceptions == ()
    assert "n’existe pas" in notices(seen)
    assert "vue d’ensemble" in notices(seen)
    assert "<script>" not in seen.markup
    assert "<b></b>" not in seen.markup
    assert seen.headings(1) == ["Portraits régionaux de l’immigration"]
    assert len(notices(seen)) < 300


def test_the_name_of_the_unknown_page_is_repeated(visit: Visit) -> None:
    assert "« nulle-part »" in notices(visit("", introuvable="nulle-part"))


WRONG = {
    "mesure": "xyz",
    "annee": "1850",
    "mrc": "<script>alert(1)</script>",
    "serie": "2015' OR '1'='1",
    "vue": "\u202egnirts",
}


@pytest.mark.parametrize("slug", ["", "bas-saint-laurent", "cibles", "donnees-et-sources"])
def test_wrong_parameters_are_refused_in_french_and_the_page_stands(visit: Visit, slug: str) -> None:
    seen = visit(slug, **WRONG)
    assert seen.exceptions == ()
    said = notices(seen)
    for shown in ("xyz", "1850", "<script>alert(1)</script>"):
        assert f"« {shown}" in said
    assert said.count("n’existe pas") >= 3
    assert english_words(re.sub(r"« [^»]* »", "", said)) == []
    # Escaped: the markup holds no element of theirs.
    assert "script" not in {tag for tag, _ in Markup(seen.markup).tags}
    # The wrong values are out of the address, and the usual ones are shown.
    assert set(WRONG).isdisjoint(seen.address)
    if slug == "bas-saint-laurent":
        assert "Rimouski-Neigette" in seen.text
        assert "2019" in seen.text


@pytest.mark.parametrize("value", ["", "x" * 10_000, "\x00\x01", "🍁", "NaN", "-1", "2410,2411", "2410 ", "ⓣⓐⓤⓧ"])
@pytest.mark.parametrize("param", ["mrc", "mesure", "annee"])
def test_no_value_of_a_parameter_breaks_a_page(param: str, value: str, see: See) -> None:
    seen = see(open_page("capitale-nationale", {param: value}))
    assert seen.exceptions == ()
    assert fr(14259) in seen.text
    assert len(notices(seen)) < 400


def test_unknown_parameters_are_ignored(visit: Visit) -> None:
    seen = visit("", utm_source="courriel", foo="bar")
    assert seen.exceptions == ()
    assert seen.notices() == visit().notices()


@pytest.mark.parametrize("code", REGIONS)
def test_a_territory_of_another_region_is_not_shown_on_this_page(visit: Visit, code: str) -> None:
    other = next(mrc for region, own in MRC.items() if region != code for mrc in own)
    seen = visit(SLUGS[code], mrc=other)
    assert seen.exceptions == ()
    assert not any("▸" in label for label in seen.charts["barres"]["data"][0]["y"])


@pytest.mark.parametrize("year", YEARS)
def test_a_year_of_the_data_is_read_aloud(visit: Visit, year: str) -> None:
    seen = visit("gaspesie-iles-de-la-madeleine", annee=year)
    assert seen.exceptions == ()
    count = fr((24, 51, 41, 38, 22)[YEARS.index(year)])
    assert f"{count}{NBSP}personnes ont été admises à titre permanent en {year}" in seen.text
    assert seen.notices() == []
    marked = [text for text in seen.charts["tendance"]["data"][0]["text"] if text.startswith("<b>")]
    assert marked == [f"<b>{count}</b>"]


def test_a_choice_is_written_in_the_address_and_the_default_is_not(see: See) -> None:
    at = open_page("bas-saint-laurent")
    assert see(at).address == {}
    choice = next(box for box in at.selectbox if box.label == "MRC ou territoire équivalent")
    assert set(choice.options) == {row[0] for row in MRC["01"].values()}
    choice.select("2412").run()
    seen = see(at)
    assert seen.exceptions == ()
    assert seen.address == {"mrc": "2412"}
    assert f"Rivière-du-Loup{NBSP}: 110{NBSP}personnes" in seen.text
    year = next(box for box in at.selectbox if box.label == "Année")
    year.select("2016").run()
    assert see(at).address == {"mrc": "2412", "annee": "2016"}
    next(box for box in at.selectbox if box.label == "Année").select("2019").run()
    assert see(at).address == {"mrc": "2412"}


def test_the_measure_follows_from_page_to_page(see: See) -> None:
    at = open_page("", {"mesure": "part"})
    seen = see(at)
    assert "des admissions de sa région" in seen.text
    from streamlit.util import calc_hash

    at._page_hash = calc_hash("chaudiere-appalaches")
    at.run()
    seen = see(at)
    assert seen.exceptions == ()
    assert f"Lévis reçoit 46,1{NBSP}% des admissions de la région" in seen.text

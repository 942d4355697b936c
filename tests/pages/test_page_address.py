"""Addresses typed by hand: what does not exist is said in French, what exists is applied, nothing breaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.pages.conftest import NBSP, Seen, Visit, open_page
from tests.transcription import MRC, YEARS, fr

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
    assert asked != "nulle-part" or "« nulle-part »" in notices(seen)
    assert "vue d’ensemble" in notices(seen)
    assert "<script>" not in seen.markup
    assert "<b></b>" not in seen.markup
    assert seen.headings(1) == ["Portraits régionaux de l’immigration"]
    assert len(notices(seen)) < 300


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

"""The page of an MRC: its figures beside those of its region, its rank, what is estimated, what the plan holds."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.french_text import english_numbers, english_words, forbidden
from tests.pages.conftest import NBSP, Visit


@dataclass(frozen=True)
class Case:
    """What annex 2 prints of an MRC (« Rimouski-Neigette 477 62,0 ») with the census beside, and what is computed of it
    by hand."""

    asked: str
    name: str
    admissions: str
    share: str
    rank: str
    population: str
    rate: str
    rate_place: str
    of_quebec: str
    estimated: str


CASES = (
    # Bas-Saint-Laurent: 477, 110, 68, 58, 25, 16, 9, 6 of 769; 477 ÷ 56 650; 477 × 135 ÷ 769 = 83,7.
    Case(
        "rimouski-neigette", "Rimouski-Neigette", "477", "62,0", "1re des 8 MRC", "56 650", "8,4",
        "1re des 5 MRC dont le taux est fiable", "0,19",
        "2019 : 84, entre 0 et 135",
    ),
    # Gaspésie–Îles-de-la-Madeleine: 69, 31, 26, 23, 15, 12 of 176; under 20 admissions.
    Case(
        "2401", "Îles-de-la-Madeleine", "12", "6,8", "6e des 6 MRC", "12 475", "1,0",
        "avec moins de 20 admissions, le taux est peu fiable et sans rang.", "0,005",
        "2019 : moins de 5, entre 0 et 12",
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_its_figures_stand_beside_its_region_the_direction_and_quebec(visit: Visit, case: Case) -> None:
    seen = visit("mrc", mrc=case.asked)
    assert seen.headings(1) == [case.name] and not seen.notices()
    assert forbidden(seen.text) == [] and english_words(seen.text) == [] and english_numbers(seen.text) == []
    row = [cell.partition("†")[0] for cell in seen.row(case.name, "Direction régionale", "Ensemble du Québec")]
    assert [cell.replace(NBSP, " ") for cell in row] == [
        case.admissions, case.share, case.of_quebec, case.rate, case.population,
    ]  # fmt: skip
    # The message stands once.
    assert seen.markup.replace(NBSP, " ").count(f" admissions, soit {case.share} % de celles ") == 1
    assert f"({case.rank})" in seen.plain and case.rate_place in seen.plain
    # What is estimated is hatched between its bounds.
    assert case.estimated in seen.alternatives["mrc-annees"].replace(NBSP, " ")
    bars = [trace for trace in seen.charts["mrc-annees"]["data"] if trace["type"] == "bar"]
    shown = [value for value in bars[0]["x"] if value is not None]
    bounds = bars[0].get("error_x", {}).get("array", [])
    # Under 5 it is not written, and no bar says it.
    assert len(shown) == len([high for high in bounds if high]) == (0 if case.asked == "2401" else 5)
    assert not shown or bars[0]["marker"]["pattern"]["shape"] == "/"
    assert "Fiche PDF de la MRC" in seen.text
    assert "L’estimation suppose que chaque MRC a reçu, chaque année, la même part de la région" in seen.text


def test_the_plan_is_that_of_the_region_where_it_names_no_mrc(visit: Visit) -> None:
    text = visit("mrc", mrc="rimouski-neigette").plain
    assert "8 ententes avec des MRC au Bas-Saint-Laurent au 1er avril 2021. Le plan ne dit pas lesquelles." in text
    assert "ne nomme pas cette MRC. Au Bas-Saint-Laurent, 1 action parle des MRC en général." in text
    assert "Renforcer les partenariats en place avec l’ensemble des MRC de la région" in text
    named = visit("mrc", mrc="2401").plain
    assert "6 actions du plan 2021-2022 nomment cette MRC." in named
    assert "(11-04)" in named and "(11-03)" not in named


def test_without_an_mrc_every_one_is_offered_and_a_name_that_is_none_offers_the_nearest(visit: Visit) -> None:
    seen = visit("mrc")
    assert seen.headings(1) == ["MRC"]
    assert len(seen.charts["barres"]["data"][0]["customdata"]) == 31
    seen = visit("mrc", mrc="rimousky")
    assert "« rimousky », qui n’existe pas dans les données : aucune n’est choisie." in seen.said()
    assert "Vous cherchiez peut-être" in seen.text and "Rimouski-Neigette" in seen.text
    assert seen.address == {}

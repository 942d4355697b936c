"""The page of an MRC: its figures beside those of its region, its rank, what is estimated, what the plan holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.french_text import english_numbers, english_words, forbidden
from tests.pages.conftest import NBSP, Seen, Visit
from tests.pages.test_page_broken import REGION_FAULTS, edit
from tests.quebec import MRC as ALL_MRC
from tests.quebec import Quebec


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
    # Chaudière-Appalaches: 515, 194, 97, 92, 71, 45, 41, 30, 17, 16 of 1 118; printed « Robert-Cliche ».
    Case(
        "Robert Cliche", "Beauce-Centre", "92", "8,2", "4e des 10 MRC", "19 125", "4,8",
        "1re des 8 MRC dont le taux est fiable", "0,04",
        "2019 : 13, entre 0 et 92",
    ),
    # Gaspésie–Îles-de-la-Madeleine: 69, 31, 26, 23, 15, 12 of 176; under 20 admissions.
    Case(
        "2401", "Îles-de-la-Madeleine", "12", "6,8", "6e des 6 MRC", "12 475", "1,0",
        "avec moins de 20 admissions, le taux est peu fiable et sans rang.", "0,005",
        "2019 : moins de 5, entre 0 et 12",
    ),
)  # fmt: skip


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_its_figures_stand_beside_its_region_the_direction_and_quebec(visit: Visit, case: Case) -> None:
    seen = visit("mrc", mrc=case.asked)
    assert seen.headings(1) == [case.name] and not seen.notices()
    assert forbidden(seen.text) == [] and english_words(seen.text) == [] and english_numbers(seen.text) == []
    row = [plain(cell.partition("†")[0]) for cell in seen.row(case.name, "Direction régionale", "Ensemble du Québec")]
    assert row == [case.admissions, case.share, case.of_quebec, case.rate, case.population]
    text = plain(seen.text)
    # The message stands once.
    assert plain(seen.markup).count(f" admissions, soit {case.share} % de celles ") == 1
    assert f"({case.rank})" in text and case.rate_place in text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_estimated_is_hatched_between_its_bounds(visit: Visit, case: Case) -> None:
    seen = visit("mrc", mrc=case.asked)
    assert case.estimated in plain(seen.alternatives["mrc-annees"])
    bars = [trace for trace in seen.charts["mrc-annees"]["data"] if trace["type"] == "bar"]
    shown = [value for value in bars[0]["x"] if value is not None]
    bounds = bars[0].get("error_x", {}).get("array", [])
    # Under 5 it is not written, and no bar says it.
    assert len(shown) == len([high for high in bounds if high]) == (0 if case.asked == "2401" else 5)
    assert not shown or bars[0]["marker"]["pattern"]["shape"] == "/"
    assert "Fiche PDF de la MRC" in seen.text
    assert "L’estimation suppose que chaque MRC a reçu, chaque année, la même part de la région" in seen.text


def test_the_plan_is_that_of_the_region_where_it_names_no_mrc(visit: Visit) -> None:
    text = plain(visit("mrc", mrc="rimouski-neigette").text)
    assert "8 ententes avec des MRC au Bas-Saint-Laurent au 1er avril 2021. Le plan ne dit pas lesquelles." in text
    assert "ne nomme pas cette MRC. Au Bas-Saint-Laurent, 1 action parle des MRC en général." in text
    assert "Renforcer les partenariats en place avec l’ensemble des MRC de la région" in text
    named = plain(visit("mrc", mrc="2401").text)
    assert "6 actions du plan 2021-2022 nomment cette MRC." in named
    assert "(11-04)" in named and "(11-03)" not in named


def test_without_an_mrc_every_one_is_offered(visit: Visit) -> None:
    seen = visit("mrc")
    assert seen.headings(1) == ["MRC"]
    assert len(seen.charts["barres"]["data"][0]["customdata"]) == 31


def test_a_name_that_is_none_offers_the_nearest(visit: Visit) -> None:
    seen = visit("mrc", mrc="rimousky")
    assert "« rimousky », qui n’existe pas dans les données : aucune n’est choisie." in plain(seen.notices()[0])
    assert "Vous cherchiez peut-être" in seen.text and "Rimouski-Neigette" in seen.text
    assert seen.address == {}


def test_an_mrc_of_a_region_set_aside_is_said_to_be(copy_of_data: Path, visit_copy: Callable[..., Seen]) -> None:
    edit(copy_of_data, *REGION_FAULTS["12"])
    seen = visit_copy(copy_of_data, "mrc", mrc="levis")
    assert "« Lévis », dont les données sont à corriger" in plain(" ".join(seen.notices()))
    assert len(seen.charts["barres"]["data"][0]["customdata"]) == 21
    other = visit_copy(copy_of_data, "mrc", mrc="2410")
    assert other.exceptions == () and "3 régions sur 4" in plain(other.text)


@pytest.mark.long
def test_every_mrc_of_the_whole_quebec_has_its_page(
    tmp_path_factory: pytest.TempPathFactory, visit_copy: Callable[..., Seen]
) -> None:
    root = Quebec().write(tmp_path_factory.mktemp("quebec") / "copie")
    for region, codes in ALL_MRC.items():
        seen = visit_copy(root, "mrc", mrc=codes[0])
        assert seen.exceptions == () and "avis-erreur" not in seen.markup, region
        assert len(seen.charts["barres"]["data"][0]["customdata"]) == len(codes)

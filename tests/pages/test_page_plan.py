"""Plan d'action: the matrix of counts, what the address asks, cards with their statistic; each region's own plan."""

from __future__ import annotations

import html as _html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.broken_files import Files
from tests.indicators.test_plan import TYPED
from tests.pages.conftest import NBSP, Markup, Seen, Visit, open_page
from tests.transcription import REGIONS, SLUGS
from tests.unkept import forget_texts

PLAN = "plan-d-action"
HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def page(visit: Visit) -> Seen:
    return visit(PLAN)


def cards(seen: Seen) -> list[str]:
    """The text of each card, on one line."""
    found = re.findall(r"<article.*?</article>", seen.markup, re.S)
    return [" ".join(" ".join(Markup(card).texts).split()) for card in found]


def ids(seen: Seen) -> list[str]:
    return [match[1] for card in cards(seen) if (match := re.search(r"Action (\d\d-\d\d)", card))]


def counted(number: int, singular: str, plural: str) -> str:
    return f"{number}{NBSP}{plural if number > 1 else singular}"


# --- Matrix -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("region", "objective"), TYPED)
def test_each_cell_of_the_matrix_has_its_counts(region: str | None, objective: str | None) -> None:
    at = session()
    label = at.button(key=f"matrice_{region}_{objective}").label
    actions, results, indicators = TYPED[region, objective]
    # A telephone writes them on two lines.
    assert f"**{counted(actions, 'action', 'actions').replace(NBSP, ' ')}**" in label
    assert f"{counted(results, 'résultat', 'résultats')}, {counted(indicators, 'indicateur', 'indicateurs')}" in label
    # A screen reader is told which cell it is on.
    assert (REGIONS[region] if region else "Toutes les régions") in label


_SESSION: list[AppTest] = []


def session() -> AppTest:
    """One session for the tests that only read."""
    if not _SESSION:
        _SESSION.append(open_page(PLAN))
    return _SESSION[0]


def test_a_cell_filters_and_the_address_follows(see: Callable[[AppTest], Seen]) -> None:
    at = open_page(PLAN)
    at.button(key="matrice_11_2.1").click().run()
    seen = see(at)
    assert ids(seen) == ["11-01", "11-02"]
    assert seen.address == {"region": "11", "objectif": "2.1"}
    assert "**▸ 2" in at.button(key="matrice_11_2.1").label, "marked by a sign, not by its colour alone"
    at.button(key="matrice_11_2.1").click().run()
    assert see(at).address == {} and len(ids(see(at))) == 10


def test_ten_cards_then_ten_more(see: Callable[[AppTest], Seen]) -> None:
    at = open_page(PLAN)
    for shown in (10, 20, 30, 40, 50, 51):
        assert len(ids(see(at))) == shown
        if shown < 51:
            at.button(key="plan_suite").click().run()
    assert not [b for b in at.button if b.key == "plan_suite"]
    at.selectbox(key="champ_region").select("01").run()
    assert len(ids(see(at))) == 10, "new choices start again"


def test_paper_has_all_the_cards(see: Callable[[AppTest], Seen]) -> None:
    at = open_page(PLAN, {"objectif": "3.1"})
    at.button(key="imprimer").click().run()
    assert len(ids(see(at))) == 22


# --- Address ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"q": "PEQ"}, ["01-07", "11-06"]),
        ({"q": "peq", "region": "11"}, ["11-06"]),
        ({"region": "03", "objectif": "5.1"}, ["03-12", "03-13"]),
        ({"programme": "mtess", "region": "03"}, ["03-06", "03-13"]),
        ({"clientele": "entreprises", "region": "11"}, ["11-09", "11-14"]),
        ({"portee": "propres", "region": "12"}, ["12-05", "12-06"]),
        ({"q": "émergence de projets"}, ["03-06"]),
    ],
)
def test_the_address_filters(visit: Visit, params: dict[str, str], expected: list[str]) -> None:
    seen = visit(PLAN, **params)
    assert ids(seen) == expected
    assert seen.address == params
    assert not any("L’adresse demandait" in notice for notice in seen.notices())


def test_a_search_says_how_many_where_and_puts_words_in_evidence(visit: Visit) -> None:
    seen = visit(PLAN, q="employeurs")
    assert f"3{NBSP}actions sur 51 contiennent «{NBSP}employeurs{NBSP}»" in seen.text
    assert "Trouvé dans l’action (2), un résultat attendu (1) et un indicateur (1)." in seen.text
    assert set(re.findall(r"<mark>(.*?)</mark>", seen.markup)) == {"employeurs"}
    assert f"Trouvé dans{NBSP}: l’action, 2{NBSP}résultats attendus." in seen.text


def test_a_link_with_a_region_does_not_inherit_a_former_search(see: Callable[[AppTest], Seen]) -> None:
    at = open_page(PLAN, {"q": "PEQ"})
    assert ids(see(at)) == ["01-07", "11-06"]
    at.query_params["region"] = "12"
    del at.query_params["q"]
    assert len(ids(see(at.run()))) == 10
    assert at.text_input(key="champ_q").value == ""


# --- Cards ------------------------------------------------------------------------------------------------------------


def test_a_card_has_its_results_indicators_and_statistic(visit: Visit) -> None:
    (card,) = cards(visit(PLAN, region="01", objectif="2.1"))
    for part in (
        "Déterminer les besoins en matière de francisation",
        "La direction régionale connaît davantage",
        "Production d’un état de situation non saisi",
        "17,6 %, contre 50,2 % au Québec",
        "provisoire",
        "Annexe 2",
        "n’en mesure pas l’effet",
        "Commune à deux régions",
        "Même action ailleurs (1)",
        "Services de francisation",
    ):
        assert part in card.replace(NBSP, " "), part


def test_a_card_shows_its_action_alone_until_words_are_looked_for_in_it(visit: Visit) -> None:
    assert (
        visit(PLAN).markup.count('<article class="action"'),
        len(re.findall(r"<article[^>]*><details><summary>", visit(PLAN).markup)),
    ) == (10, 10)
    assert len(re.findall(r"<article[^>]*><details open><summary>", visit(PLAN, q="PEQ").markup)) == 2


def test_what_the_source_displaced_or_doubled_is_said(visit: Visit) -> None:
    text = " ".join(cards(visit(PLAN, region="03"))).replace(NBSP, " ")
    text += " ".join(cards(visit(PLAN, region="03", objectif="5.1"))).replace(NBSP, " ")
    assert (
        "imprimée parmi les indicateurs, non comptée : Favoriser l’émergence de projets de concertation régionale"
        in text
    )
    assert "ou : Nombre de séances d’information sur l’offre intégrée de services aux entreprises du MIFI" in text


def test_an_action_on_enterprises_stands_alone(visit: Visit) -> None:
    assert "<aside" not in visit(PLAN, objectif="5.1").markup


def test_nothing_is_zero_before_anyone_enters_it(visit: Visit) -> None:
    seen = visit(PLAN, region="11", objectif="4.1")
    assert seen.markup.count('class="saisie">non saisi<') == 8


def test_texts_of_the_file_are_harmless(files: Files, visit_copy: Callable[..., Seen]) -> None:
    forget_texts(files.root)
    files.edit("data/action_plan.yaml", 'text: "Déterminer les besoins', f"text: '{HOSTILE} Déterminer les besoins")
    files.edit("data/action_plan.yaml", 'à la réalité des milieux ruraux"', "à la réalité des milieux ruraux'")
    seen = visit_copy(files.root, PLAN, q="déterminer")
    assert _html.escape(HOSTILE, quote=True) in seen.markup and HOSTILE not in seen.markup
    assert HOSTILE not in visit_copy(files.root, SLUGS["01"]).markup


# --- Region pages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", REGIONS)
def test_each_region_shows_its_plan(visit: Visit, code: str) -> None:
    seen = visit(SLUGS[code], theme="plan")
    text = seen.text.replace(NBSP, " ")
    title = next(text for text in seen.headings(2) if text.startswith("Le plan d’action 2021-2022 prévoit"))
    assert f"prévoit {TYPED[code, None][0]} actions, surtout" in title.replace(NBSP, " ")
    assert "2.1 Francisation : " in text
    assert ("Favoriser l’émergence de projets de concertation régionale" in text) == (code == "03")
    assert "Voir les résultats attendus et les indicateurs" in text


def test_a_region_without_any_action_says_so(files: Files, visit_copy: Callable[..., Seen]) -> None:
    forget_texts(files.root)
    text = files.text("data/action_plan.yaml")
    start = text.index("  # ---- Gaspésie–Îles-de-la-Madeleine ----")
    text = text[:start]
    for key in ("offre-francisation-referencement", "offre-service-institutions"):
        text = re.sub(rf"  - key: {key}\n.*\n.*\n", "", text)
    text = text.replace(", offre-francisation-referencement]", "]")
    files.put("data/action_plan.yaml", text)
    seen = visit_copy(files.root, SLUGS["11"], theme="plan")
    assert seen.exceptions == ()
    assert "ne prévoit aucune action en Gaspésie–Îles-de-la-Madeleine" in seen.text
    assert "Voir les résultats attendus" not in seen.text
    plan = visit_copy(files.root, PLAN)
    assert "37 actions" in plan.text.replace(NBSP, " ") and "aucune action" in plan.text


def test_the_plan_of_a_region_set_apart_is_not_shown(files: Files, visit_copy: Callable[[Path, str], Seen]) -> None:
    files.edit("data/admissions_by_sex.csv", "female,2019,61,", "female,2019,6l,")
    seen = visit_copy(files.root, PLAN)
    assert "39 actions, dont 22 distinctes" in seen.text.replace(NBSP, " ")
    assert not any(id_.startswith("01") for id_ in ids(seen))


# --- Agreements -------------------------------------------------------------------------------------------------------


def test_agreements_have_one_chart_a_kind_on_one_scale(visit: Visit) -> None:
    seen = visit("ententes")
    charts = {name: spec for name, spec in seen.charts.items() if name.startswith("ententes-")}
    assert len(charts) == 4
    assert len({tuple(spec["layout"]["xaxis"]["range"]) for spec in charts.values()}) == 1
    chart = charts["ententes-mission_support"]
    (note,) = chart["layout"]["annotations"]
    assert (note["y"], note["text"]) == (chart["data"][0]["y"][3], "non mentionnées")


def test_agreements_are_confused_with_nothing(visit: Visit) -> None:
    text = visit("ententes").text.replace(NBSP, " ")
    assert "Une entente avec une MRC n’est pas une MRC couverte" in text
    assert "Un mandataire est un organisme, pas une entente" in text
    assert "visant à soutenir les personnes immigrantes dans leurs démarches" in text
    assert not re.search(r"\b(74|57) ententes", text), "agreements and bodies are never added"

"""Plan d'action: the matrix of counts, what the address asks, cards with their statistic; each region's own plan."""

from __future__ import annotations

import html as _html
import re

import pytest

from tests.broken_files import Files
from tests.indicators.test_plan import TYPED
from tests.pages.conftest import NBSP, Markup, Seen, Visit, open_page, press, see, visits
from tests.transcription import REGIONS, SLUGS
from tests.unkept import forget_texts

PLAN = "plan-d-action"
HOSTILE = '<img src=x onerror="alert(1)">'


def cards(seen: Seen) -> list[str]:
    """The text of each card, on one line."""
    found = re.findall(r"<article.*?</article>", seen.markup, re.S)
    return [" ".join(" ".join(Markup(card).texts).split()) for card in found]


def ids(seen: Seen) -> list[str]:
    return [match[1] for card in cards(seen) if (match := re.search(r"Action (\d\d-\d\d)", card))]


def counted(number: int, singular: str, plural: str) -> str:
    return f"{number}{NBSP}{plural if number > 1 else singular}"


def test_each_cell_of_the_matrix_has_its_counts() -> None:
    at = open_page(PLAN)
    for (region, objective), (actions, results, indicators) in TYPED.items():
        label = at.button(key=f"matrice_{region}_{objective}").label
        # A telephone writes them on two lines.
        assert f"**{counted(actions, 'action', 'actions').replace(NBSP, ' ')}**" in label
        told = f"{counted(results, 'résultat', 'résultats')}, {counted(indicators, 'indicateur', 'indicateurs')}"
        assert told in label
        # A screen reader is told which cell it is on.
        assert (REGIONS[region] if region else "Toutes les régions") in label


def test_a_cell_filters_and_the_address_follows() -> None:
    at = press(open_page(PLAN), "matrice_11_2.1")
    assert ids(see(at)) == ["11-01", "11-02"]
    assert see(at).address == {"region": "11", "objectif": "2.1"}
    assert "**▸ 2" in at.button(key="matrice_11_2.1").label, "marked by a sign, not by its colour alone"
    seen = see(press(at, "matrice_11_2.1"))
    assert seen.address == {} and len(ids(seen)) == 10


def test_ten_cards_then_ten_more() -> None:
    at = open_page(PLAN)
    for shown in (10, 20, 30, 40, 50):
        assert len(ids(see(at))) == shown
        press(at, "plan_suite")
    assert len(ids(see(at))) == 51
    assert not [b for b in at.button if b.key == "plan_suite"]
    at.selectbox(key="champ_region").select("01").run()
    assert len(ids(see(at))) == 10, "new choices start again"
    # Paper has them all.
    assert len(ids(see(press(open_page(PLAN, {"objectif": "3.1"}), "imprimer")))) == 22


def test_the_address_filters() -> None:
    asked: dict[tuple[str, ...], list[str]] = {
        ("q=peq", "region=11"): ["11-06"],
        ("region=03", "objectif=5.1"): ["03-12", "03-13"],
        ("programme=mtess", "region=03"): ["03-06", "03-13"],
        ("clientele=entreprises", "region=11"): ["11-09", "11-14"],
        ("portee=propres", "region=12"): ["12-05", "12-06"],
        ("q=émergence de projets",): ["03-06"],
    }
    for choices, expected in asked.items():
        params = dict(choice.split("=") for choice in choices)
        seen = see(open_page(PLAN, params))
        assert ids(seen) == expected
        assert seen.address == params and "L’adresse demandait" not in seen.said()


def test_a_search_says_how_many_where_and_puts_words_in_evidence(visit: Visit) -> None:
    seen = visit(PLAN, q="employeurs")
    assert f"3{NBSP}actions sur 51 contiennent «{NBSP}employeurs{NBSP}»" in seen.text
    assert "Trouvé dans l’action (2), un résultat attendu (1) et un indicateur (1)." in seen.text
    assert set(re.findall(r"<mark>(.*?)</mark>", seen.markup)) == {"employeurs"}
    assert f"Trouvé dans{NBSP}: l’action, 2{NBSP}résultats attendus." in seen.text


def test_a_link_with_a_region_does_not_inherit_a_former_search() -> None:
    at = open_page(PLAN, {"q": "PEQ"})
    assert ids(see(at)) == ["01-07", "11-06"]
    # A card is open where words are looked for in it.
    assert len(re.findall(r"<article[^>]*><details open><summary>", see(at).markup)) == 2
    at.query_params["region"] = "12"
    del at.query_params["q"]
    seen = see(at.run())
    assert len(ids(seen)) == len(re.findall(r"<article[^>]*><details><summary>", seen.markup)) == 10
    assert at.text_input(key="champ_q").value == ""


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


def test_what_the_source_displaced_or_doubled_is_said(visit: Visit) -> None:
    seen = visit(PLAN, region="03"), visit(PLAN, region="03", objectif="5.1")
    text = " ".join(card for one in seen for card in cards(one)).replace(NBSP, " ")
    displaced = "Favoriser l’émergence de projets de concertation régionale"
    assert f"imprimée parmi les indicateurs, non comptée : {displaced}" in text
    assert "ou : Nombre de séances d’information sur l’offre intégrée de services aux entreprises du MIFI" in text
    # An action on enterprises stands alone.
    assert "<aside" in seen[0].markup and "<aside" not in seen[1].markup


def test_nothing_is_zero_before_anyone_enters_it(visit: Visit) -> None:
    assert visit(PLAN, region="11", objectif="4.1").markup.count('class="saisie">non saisi<') == 8


def test_texts_of_the_file_are_harmless(files: Files) -> None:
    forget_texts(files.root)
    files.edit("data/action_plan.yaml", 'text: "Déterminer les besoins', f"text: '{HOSTILE} Déterminer les besoins")
    files.edit("data/action_plan.yaml", 'à la réalité des milieux ruraux"', "à la réalité des milieux ruraux'")
    go = visits(files.root)
    seen = go(PLAN, q="déterminer")
    assert _html.escape(HOSTILE, quote=True) in seen.markup and HOSTILE not in seen.markup
    assert HOSTILE not in go(SLUGS["01"], theme="plan").markup


@pytest.mark.parametrize("code", ["03", "11"])
def test_each_region_shows_its_plan(visit: Visit, code: str) -> None:
    seen = visit(SLUGS[code], theme="plan")
    title = next(text for text in seen.headings(2) if text.startswith("Le plan d’action 2021-2022 prévoit"))
    assert f"prévoit {TYPED[code, None][0]} actions, surtout" in title.replace(NBSP, " ")
    assert "2.1 Francisation : " in seen.plain
    assert ("Favoriser l’émergence de projets de concertation régionale" in seen.plain) == (code == "03")
    assert "Voir les résultats attendus et les indicateurs" in seen.text


def test_a_region_without_any_action_says_so(files: Files) -> None:
    forget_texts(files.root)
    text = files.text("data/action_plan.yaml")
    start = text.index("  # ---- Gaspésie–Îles-de-la-Madeleine ----")
    text = text[:start]
    for key in ("offre-francisation-referencement", "offre-service-institutions"):
        text = re.sub(rf"  - key: {key}\n.*\n.*\n", "", text)
    text = text.replace(", offre-francisation-referencement]", "]")
    files.put("data/action_plan.yaml", text)
    go = visits(files.root)
    seen = go(SLUGS["11"], theme="plan")
    assert "ne prévoit aucune action en Gaspésie–Îles-de-la-Madeleine" in seen.text
    assert "Voir les résultats attendus" not in seen.text
    assert "37 actions" in go(PLAN).plain and "aucune action" in go(PLAN).text


def test_agreements_have_one_chart_a_kind_on_one_scale_and_are_confused_with_nothing(visit: Visit) -> None:
    seen = visit("ententes")
    charts = {name: spec for name, spec in seen.charts.items() if name.startswith("ententes-")}
    assert len(charts) == 4
    assert len({tuple(spec["layout"]["xaxis"]["range"]) for spec in charts.values()}) == 1
    chart = charts["ententes-mission_support"]
    (note,) = chart["layout"]["annotations"]
    assert (note["y"], note["text"]) == (chart["data"][0]["y"][3], "non mentionnées")
    text = seen.plain
    assert "Une entente avec une MRC n’est pas une MRC couverte" in text
    assert "Un mandataire est un organisme, pas une entente" in text
    assert "visant à soutenir les personnes immigrantes dans leurs démarches" in text
    assert not re.search(r"\b(74|57) ententes", text), "agreements and bodies are never added"

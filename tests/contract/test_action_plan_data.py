"""The transcription of the action plan, against the source text it was made from.

`data/source/plan-2021-2022.txt` holds the raw lines of the plan: the cells of its tables
follow one another in reading order (action, expected results, indicators), separated by
blank lines, and only the cells of the indicator column are bulleted, with two exceptions
that are spelled out below.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PLAN: dict[str, Any] = yaml.safe_load((ROOT / "data/action_plan.yaml").read_text("utf-8"))
WHOLE = (ROOT / "data/source/plan-2021-2022.txt").read_text("utf-8")
SOURCE = WHOLE[WHOLE.index("\n Plan d’action régional 2021-2022") : WHOLE.index("\n ANNEXE 1 - ")].strip("\n")

# region: (actions, expected results, indicators)
COUNTS = {"01": (12, 13, 19), "03": (13, 15, 18), "12": (12, 15, 17), "11": (14, 17, 23)}
ACTIONS_PER_ORIENTATION = {"2": 5, "3": 22, "4": 19, "5": 5}
# how many regions share a group: how many groups
GROUPS_PER_BREADTH = {4: 7, 2: 7, 1: 9}

REGION_TITLES = {
    "Région du Bas-Saint-Laurent": "01",
    "Région de la Capitale-Nationale": "03",
    "Région de Chaudière-Appalaches": "12",
    "Région de la Gaspésie et des Îles-de-la-Madeleine": "11",
}
PAGE_HEADER = {
    "Orientations du",
    "Objectifs du",
    "Objectifs du Plan",
    "Plan stratégique",
    "stratégique",
    "Action régionale Résultats attendus Indicateurs de résultat",
}
FOOTNOTES = ("2 Sur la base des orientations", "3 Les indicateurs en gras")
MAIN_CLIENTELE = {"2": "personnes", "3": "personnes", "4": "collectivites", "5": "entreprises"}
ID_LETTERS = {"R": "results", "I": "indicators", "D": "displaced_actions"}

Cell = tuple[bool, str]  # is it bulleted, and what does it say


def joined(lines: list[str]) -> str:
    """One cell on one line: line-end hyphens mended, note marks dropped, spaces single."""
    text = re.sub(r"-\s*\n\s*", "-", "\n".join(lines))
    text = re.sub(r"(?<=[^\W\d_])\d+\b", "", text)
    return " ".join(text.replace("•", " ").split())


def read_cells(source: str) -> dict[str, list[Cell]]:
    """The cells of each region in reading order, without page headers and footnotes."""
    cells: dict[str, list[Cell]] = {}
    region = ""
    pending: list[str] = []
    for raw in [*source.splitlines(), ""]:
        line = raw.strip()
        if line and line not in PAGE_HEADER | set(REGION_TITLES) and not line.startswith(FOOTNOTES):
            pending.append(line)
            continue
        if pending and region:
            cells[region].append((pending[0].startswith("•"), joined(pending)))
        pending = []
        if line in REGION_TITLES:
            region = REGION_TITLES[line]
            cells[region] = []
    return cells


CELLS = read_cells(SOURCE)
REGIONS = pytest.mark.parametrize("region", COUNTS)


def actions_of(region: str) -> list[dict[str, Any]]:
    return [action for action in PLAN["actions"] if action["region_code"] == region]


def orientation_of(action: dict[str, Any]) -> str:
    return str(action["objective"]).split(".")[0]


def wordings(item: dict[str, Any]) -> list[str]:
    return [item["text"], *item.get("variants", [])]


def texts_of(action: dict[str, Any]) -> list[str]:
    """Every wording of an action, of its results and of its indicators."""
    parts = [action, *action["results"], *action["indicators"]]
    return [wording for part in parts for wording in wordings(part)]


def transcribed_cells(region: str) -> list[Cell]:
    """The cells that the transcription says the source holds for a region, in order."""
    cells: list[Cell] = []
    orientation = ""
    for action in actions_of(region):
        if orientation_of(action) != orientation:
            orientation = orientation_of(action)
            entry = next(o for o in PLAN["orientations"] if o["id"] == orientation)
            objective = next(o for o in entry["objectives"] if o["id"] == action["objective"])
            cells += [(False, entry["label"]), (False, objective["label"])]
        lead, *bullets = action["text"].split(" • ")
        cells += [(False, lead), *((True, bullet) for bullet in bullets)]
        cells += [(False, result["text"]) for result in action["results"]]
        cells += [(True, " ".join(wordings(item))) for item in action["indicators"]]
        cells += [(True, item["text"]) for item in action.get("displaced_actions", [])]
    return cells


def words(cells: list[Cell]) -> Counter[str]:
    return Counter(word for _, text in cells for word in text.split())


def names(term: str, action: dict[str, Any]) -> bool:
    pattern = rf"(?<!\w){re.escape(term)}(?!\w)"
    return any(re.search(pattern, text) for text in texts_of(action))


# --- Counts and identifiers -------------------------------------------------------------


@REGIONS
def test_counts_by_region(region: str) -> None:
    actions = actions_of(region)
    results = sum(len(action["results"]) for action in actions)
    indicators = sum(len(action["indicators"]) for action in actions)
    assert (len(actions), results, indicators) == COUNTS[region]


def test_counts_by_orientation() -> None:
    assert len(PLAN["actions"]) == 51
    assert Counter(map(orientation_of, PLAN["actions"])) == ACTIONS_PER_ORIENTATION


def test_identifiers_follow_the_reading_order() -> None:
    for region in COUNTS:
        for rank, action in enumerate(actions_of(region), start=1):
            assert action["id"] == f"{region}-{rank:02d}"
            for letter, field in ID_LETTERS.items():
                items = action.get(field, [])
                expected = [f"{action['id']}-{letter}{n}" for n in range(1, len(items) + 1)]
                assert [item["id"] for item in items] == expected


def test_objectives_belong_to_their_orientation() -> None:
    ids = [(o["id"], objective["id"]) for o in PLAN["orientations"] for objective in o["objectives"]]
    assert ids == [("2", "2.1"), ("3", "3.1"), ("4", "4.1"), ("5", "5.1")]


# --- Wording, against the source --------------------------------------------------------


def test_the_fixture_holds_the_plan_and_nothing_else() -> None:
    lines = [line.strip() for line in SOURCE.splitlines()]
    assert lines[0] == "Plan d’action régional 2021-2022"
    assert lines[-1] == "d’un accompagnement"
    assert [line for line in lines if line in REGION_TITLES] == list(REGION_TITLES)
    assert "ANNEXE" not in SOURCE


@REGIONS
def test_every_wording_is_found_in_the_source(region: str) -> None:
    source = " ".join(text for _, text in CELLS[region])
    missing = [
        text
        for action in actions_of(region)
        for text in [*texts_of(action), *(d["text"] for d in action.get("displaced_actions", []))]
        if text.replace("• ", "") not in source
    ]
    assert missing == []


@REGIONS
def test_no_word_is_lost_or_added(region: str) -> None:
    source, transcribed = words(CELLS[region]), words(transcribed_cells(region))
    assert source - transcribed == Counter(), "words of the source that are not transcribed"
    assert transcribed - source == Counter(), "words that the source does not hold"


@REGIONS
def test_cells_are_those_of_the_source_in_order(region: str) -> None:
    """Cuts between action, results and indicators; bullets only where the source has them."""
    assert transcribed_cells(region) == CELLS[region]


def test_actions_are_verbs_and_results_are_nouns() -> None:
    infinitive = re.compile(r"\w+(er|ir|re)\b")
    lead = ("Dans le cadre du ", "En partenariat avec la ")
    for action in PLAN["actions"]:
        assert infinitive.match(action["text"]) or action["text"].startswith(lead), action["id"]
        for result in action["results"]:
            assert not infinitive.match(result["text"]), result["id"]


# --- What the source displaced or doubled -----------------------------------------------


def test_the_displaced_action_counts_neither_as_action_nor_as_indicator() -> None:
    holders = {a["id"]: a["displaced_actions"] for a in PLAN["actions"] if "displaced_actions" in a}
    assert list(holders) == ["03-06"]
    (displaced,) = holders["03-06"]
    assert displaced["text"] == "Favoriser l’émergence de projets de concertation régionale"
    assert "déplacée" in displaced["note"]
    assert (True, displaced["text"]) in CELLS["03"], "the source prints it as a bullet"
    assert all(displaced["text"] not in texts_of(action) for action in PLAN["actions"])


def test_the_double_bullet_is_one_indicator_with_two_wordings() -> None:
    indicators = [item for action in PLAN["actions"] for item in action["indicators"]]
    (double,) = [item for item in indicators if "variants" in item]
    assert double["id"] == "03-12-I1"
    assert wordings(double) == [
        "Nombre de séances d’information sur l’offre de services aux entreprises du MIFI",
        "Nombre de séances d’information sur l’offre intégrée de services aux entreprises du MIFI",
    ]
    assert (True, " ".join(wordings(double))) in CELLS["03"]


def test_the_action_with_a_lead_phrase_is_one_action() -> None:
    bulleted = [action["id"] for action in PLAN["actions"] if "•" in action["text"]]
    assert bulleted == ["03-06"]


# --- Groups: the same action across regions ---------------------------------------------


def test_every_group_is_defined_once_explained_and_used() -> None:
    keys = [group["key"] for group in PLAN["groups"]]
    assert sorted(keys) == sorted({action["group_key"] for action in PLAN["actions"]})
    assert all(group["label"].strip() and group["note"].strip() for group in PLAN["groups"])


def test_a_group_holds_one_action_of_a_region_at_most_under_one_objective() -> None:
    for key in {action["group_key"] for action in PLAN["actions"]}:
        members = [action for action in PLAN["actions"] if action["group_key"] == key]
        assert len(members) == len({action["region_code"] for action in members}), key
        assert len({action["objective"] for action in members}) == 1, key


def test_groups_common_to_four_regions_to_two_and_to_one() -> None:
    breadths = Counter(Counter(action["group_key"] for action in PLAN["actions"]).values())
    assert breadths == GROUPS_PER_BREADTH


def test_actions_worded_alike_are_in_the_same_group() -> None:
    texts = {action["text"] for action in PLAN["actions"]}
    keyed = {(action["text"], action["group_key"]) for action in PLAN["actions"]}
    assert len(keyed) == len(texts)


def test_group_notes_quote_the_wording_and_cite_existing_actions() -> None:
    ids = {action["id"] for action in PLAN["actions"]} | {"03-06-D1"}
    for group in PLAN["groups"]:
        members = [a for a in PLAN["actions"] if a["group_key"] == group["key"]]
        wording = "\n".join(text for action in members for text in texts_of(action)).casefold()
        for quoted in re.findall(r"«\s*(.+?)\s*»", group["note"]):
            assert quoted.casefold() in wording, (group["key"], quoted)
        cited = re.findall(r"\b\d{2}-\d{2}(?:-D\d)?\b", group["note"])
        assert set(cited) <= ids, group["key"]


# --- Tags -------------------------------------------------------------------------------


def test_programmes_are_those_that_the_wording_names() -> None:
    for action in PLAN["actions"]:
        named = [
            programme["id"]
            for programme in PLAN["programmes"]
            if any(names(term, action) for term in programme["terms"])
        ]
        assert action["programmes"] == named, action["id"]


def test_every_term_of_a_programme_is_found_in_the_plan() -> None:
    terms = [term for programme in PLAN["programmes"] for term in programme["terms"]]
    assert [t for t in terms if not any(names(t, action) for action in PLAN["actions"])] == []


def test_clienteles_rest_on_the_orientation_or_on_the_wording() -> None:
    known = [clientele["id"] for clientele in PLAN["clienteles"]]
    assert known == ["personnes", "entreprises", "collectivites"]
    for action in PLAN["actions"]:
        text = "\n".join(texts_of(action))
        expected = {MAIN_CLIENTELE[orientation_of(action)]}
        if re.search(r"\b(entreprises|employeurs)\b", text):
            expected.add("entreprises")
        extra = set(action["clienteles"]) - expected
        assert expected <= set(action["clienteles"]), action["id"]
        assert len(action["clienteles"]) == len(set(action["clienteles"])), action["id"]
        assert extra <= {"collectivites"}, action["id"]
        if extra:
            assert re.search(r"\b(MRC|milieux|Communauté maritime)\b", text), action["id"]

"""The action plan counted, filtered and searched: against counts typed here, and a search of the source of its own."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import product

import pytest

from dashboard.indicators import plan
from dashboard.indicators.plan import Counts, Filters, beside
from dashboard.loading.draft import Draft
from dashboard.loading.printed_tables import read_plan_cells
from dashboard.model import Dataset
from dashboard.model.action_plan import Action
from dashboard.narrative import plan_words as words
from dashboard.wording.matching import holds, spans, words_of

# region, objective: actions, expected results, indicators
TYPED = {
    ("01", "2.1"): (1, 1, 1), ("01", "3.1"): (6, 7, 9), ("01", "4.1"): (4, 4, 5), ("01", "5.1"): (1, 1, 4),
    ("03", "2.1"): (1, 1, 1), ("03", "3.1"): (5, 7, 7), ("03", "4.1"): (5, 5, 6), ("03", "5.1"): (2, 2, 4),
    ("12", "2.1"): (1, 1, 1), ("12", "3.1"): (6, 7, 9), ("12", "4.1"): (4, 5, 4), ("12", "5.1"): (1, 2, 3),
    ("11", "2.1"): (2, 2, 3), ("11", "3.1"): (5, 7, 9), ("11", "4.1"): (6, 6, 8), ("11", "5.1"): (1, 2, 3),
    ("01", None): (12, 13, 19), ("03", None): (13, 15, 18), ("12", None): (12, 15, 17), ("11", None): (14, 17, 23),
    (None, "2.1"): (5, 5, 6), (None, "3.1"): (22, 28, 34), (None, "4.1"): (19, 20, 23), (None, "5.1"): (5, 7, 14),
    (None, None): (51, 60, 77),
}  # fmt: skip
REGIONS = ("01", "03", "12", "11")
SEARCHES = (
    "francisation",
    "MRC",
    "employeurs",
    "PEQ",
    "PAC",
    "concertation",
    "Îles",
    "ÉTUDIANTS",
    "table",
    "émergence",
)


def found_by(ds: Dataset, query: str) -> set[str]:
    return {item.action.id for item in plan.search(ds.action_plan, Filters(query=query))}


def action(ds: Dataset, id_: str) -> Action:
    return next(a for a in ds.action_plan.actions if a.id == id_)


def test_counts_by_region_and_objective(ds: Dataset) -> None:
    found = {place: (c.actions, c.results, c.indicators) for place, c in plan.matrix(ds).items()}
    assert found == TYPED


def test_an_action_that_regions_share_is_one_action(ds: Dataset) -> None:
    assert plan.weights(ds.action_plan, ds.action_plan.actions) == ({"2.1": 5, "3.1": 22, "4.1": 19, "5.1": 5}, 23)


def test_groups_are_common_partly_shared_or_of_one_region(ds: Dataset) -> None:
    own = ds.action_plan
    assert Counter(plan.breadth(own).values()) == {4: 7, 2: 7, 1: 9}
    assert Counter(plan.scope_of(own, a) for a in own.actions) == {"communes": 28, "partagees": 14, "propres": 9}
    assert [a.region_code for a in plan.elsewhere(own, action(ds, "01-05"))] == ["03", "12", "11"]
    assert plan.elsewhere(own, action(ds, "12-06")) == []


def test_a_region_without_any_action_is_legal(ds: Dataset) -> None:
    """It has no action, and the actions of the others stay common to all the regions of the plan."""
    fewer = ds.action_plan.of_regions({"01", "03", "12"})
    other = replace(ds, action_plan=fewer)
    assert plan.matrix(other)["11", None] == Counts()
    assert plan.scope_of(fewer, action(other, "01-05")) == "communes"
    assert words.scope(other, "communes") == "Communes aux trois régions"


def test_filters(ds: Dataset) -> None:
    for filters, count in (
        (Filters(), 51), (Filters(region="11"), 14), (Filters(objective="3.1"), 22), (Filters(query="  ,; "), 51),
        (Filters(region="11", objective="2.1"), 2), (Filters(programme="pasi"), 6), (Filters(programme="peq"), 2),
        (Filters(clientele="entreprises"), 8), (Filters(scope="communes"), 28), (Filters(scope="propres"), 9),
        (Filters(scope="propres", region="12"), 2), (Filters(region="03", query="PEQ"), 0),
    ):  # fmt: skip
        assert len(plan.search(ds.action_plan, filters)) == count, filters


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def source_cells(draft: Draft, region: str, word: str) -> Counter[str]:
    """Cells of the source's tables in which a word begins with the one looked for."""
    pattern = re.compile(rf"(^|[^a-z0-9]){re.escape(folded(word))}")
    section = next(s for s in draft.sources.sections if s.form == "plan" and s.region == region)
    printed = draft.printed_section(section.id)
    return Counter(cell.text for cell in read_plan_cells(printed) if pattern.search(folded(cell.text)))


def shown_texts(ds: Dataset, region: str, word: str) -> Counter[str]:
    """Texts where the search says that the word is, cut as the cells of the source are."""
    own, shown, objectives = ds.action_plan, Counter[str](), set[str]()
    for item in plan.search(own, Filters(region=region, query=word)):
        orientation, objective = plan.objective_of(own, item.action)
        if "objectif" in item.places:
            objectives |= {text for text in (orientation.label, objective.label) if holds(text, words_of(word)[0])}
        for place, text in plan.texts(own, item.action):
            if place in item.places and place != "objectif":
                # The one action with a lead phrase stands in two cells.
                shown.update(part for part in text.split(" • ") if holds(part, words_of(word)[0]))
    return shown + Counter(objectives)


def test_a_search_finds_what_the_source_holds_and_says_where(ds: Dataset, draft: Draft) -> None:
    for region, word in product(REGIONS, SEARCHES):
        assert shown_texts(ds, region, word) == source_cells(draft, region, word), (region, word)


def test_accents_case_and_apostrophes_do_not_matter(ds: Dataset) -> None:
    assert found_by(ds, "intégration") == found_by(ds, "INTEGRATION") != set()
    assert found_by(ds, "d’accueil") == found_by(ds, "d'accueil") != set()
    assert found_by(ds, "main-d’œuvre") == found_by(ds, "main-d'oeuvre") != set()
    assert found_by(ds, "Accompagnement Québec") == found_by(ds, "accompagnement  quebec") != set()


def test_words_that_follow_one_another_are_sought_together(ds: Dataset) -> None:
    """« Accompagnement Québec » is a service: not every action that says « accompagnement » and « Québec »."""
    own = ds.action_plan
    assert plan.terms(own, "Accompagnement Québec") == ("accompagnement quebec",)
    assert plan.terms(own, "rural francisation") == ("rural", "francisation")
    assert found_by(ds, "Accompagnement Québec") == {
        a.id for a in own.actions if "Accompagnement Québec" in str(a.model_dump())
    }


def test_a_word_is_found_from_its_beginning_only() -> None:
    assert holds("l’impact du PAC", "pac")
    assert not holds("l’impact", "pac")
    assert holds("les employeurs", "employeur")
    assert holds("l’édification", "edif")


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("L’œuvre des Îles", "oeuvre iles", ["œuvre", "Îles"]), ("MRC, MRC et mrc", "mrc", ["MRC", "MRC", "mrc"]),
        ("Accompagnement\u00a0Québec", "accompagnement", ["Accompagnement"]), ("Rien", "mrc", []),
        ("a+b (c)", "a+b", ["a+b"]),
    ],
)  # fmt: skip
def test_what_is_put_in_evidence_is_what_was_found(text: str, query: str, shown: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, words_of(query))] == shown


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("01-01", [(17.6, "2019", "provisional"), (1, "2021-04-01", "definitive")]),
        ("01-07", [(1540, "2019-12-31", "provisional")]),
        ("12-03", [(9, "2021-04-01", "definitive")]),
        ("11-11", [(22, "2019", "provisional")]),
        ("01-12", []),
    ],
)
def test_the_figure_that_bears_on_an_action(ds: Dataset, id_: str, expected: list[tuple[object, ...]]) -> None:
    found = beside(ds, action(ds, id_))
    assert [(round(b.here.value or 0, 1), b.here.period, b.here.status) for b in found] == expected
    assert all(b.here.territory == id_[:2] and b.here.inputs and b.why for b in found)


def test_every_action_on_enterprises_stands_without_a_figure(ds: Dataset) -> None:
    assert all(not beside(ds, a) for a in ds.action_plan.actions if a.objective == "5.1")

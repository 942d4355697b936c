"""The transcription of the action plan: its oddities, taken from the document by hand (its counts: test_plan).

That each cell is printed there, in its order, and that identifiers, groups, programmes and clienteles follow their
rules, is what the check itself holds (contract/printed_plan, plan_words).
"""

from __future__ import annotations

import pytest

from dashboard.contract.door import load_dataset
from dashboard.loading.draft import Draft
from dashboard.loading.printed_tables import read_plan_cells
from dashboard.model import Dataset
from dashboard.model.action_plan import Action
from tests.broken_files import Files


def cells_of(draft: Draft, region: str) -> list[tuple[bool, str]]:
    assert draft.sources is not None
    section = next(s for s in draft.sources.sections if s.form == "plan" and s.region == region)
    printed = draft.printed_section(section.id)
    assert printed is not None
    return [(cell.bulleted, cell.text) for cell in read_plan_cells(printed)]


@pytest.fixture(scope="module")
def actions(ds: Dataset) -> list[Action]:
    return ds.action_plan.actions


def test_the_displaced_action_counts_neither_as_action_nor_as_indicator(actions: list[Action], draft: Draft) -> None:
    ((holder, displaced),) = [(a.id, d) for a in actions for d in a.displaced_actions]
    assert (holder, displaced.text) == ("03-06", "Favoriser l’émergence de projets de concertation régionale")
    assert (True, displaced.text) in cells_of(draft, "03"), "the source prints it as a bullet"
    assert all(displaced.text not in (a.text, *(i.text for i in a.indicators)) for a in actions)


def test_the_double_bullet_is_one_indicator_with_two_wordings(actions: list[Action], draft: Draft) -> None:
    (double,) = [item for action in actions for item in action.indicators if item.variants]
    wordings = [
        "Nombre de séances d’information sur l’offre de services aux entreprises du MIFI",
        "Nombre de séances d’information sur l’offre intégrée de services aux entreprises du MIFI",
    ]
    assert (double.id, [double.text, *double.variants]) == ("03-12-I1", wordings)
    assert (True, " ".join(wordings)) in cells_of(draft, "03")


def test_the_action_with_a_lead_phrase_is_one_action(actions: list[Action]) -> None:
    assert [action.id for action in actions if "•" in action.text] == ["03-06"]


def test_the_plan_of_a_region_set_apart_is_not_shown(files: Files) -> None:
    files.edit("data/admissions_by_sex.csv", "female,2019,61,", "female,2019,6l,")
    ds = load_dataset(files.root)
    assert list(ds.unavailable) == ["01"]
    assert {a.region_code for a in ds.action_plan.actions} == {"03", "12", "11"}
    # What was followed there is still known: a file that someone loads must not lose it.
    assert ("indicateur", "01-12-I4") in ds.follow_up.known


def test_a_fifth_region_needs_no_action(files: Files) -> None:
    """An action of a region that config.yaml does not show is legal too."""
    files.drop_lines("config.yaml", lambda line: 'code: "12"' in line)
    ds = load_dataset(files.root)
    assert ds.problems == ()
    assert {a.region_code for a in ds.action_plan.actions} == {"01", "03", "11"}

"""The transcription of the action plan: its oddities, taken from the document by hand (its counts: test_plan).

That each cell is printed there, in its order, and that identifiers, groups, programmes and clienteles follow their
rules, is what the check itself holds (contract/plan).
"""

from __future__ import annotations

from dashboard.contract.door import load_dataset
from dashboard.loading.draft import Draft
from dashboard.loading.printed_tables import read_plan_cells
from dashboard.model import Dataset
from tests.broken_files import Files


def test_the_oddities_of_the_tables(ds: Dataset, draft: Draft) -> None:
    """A displaced action is none, nor an indicator; a double bullet is one indicator; a lead phrase, one action."""
    actions, sources = ds.action_plan.actions, draft.sources
    assert sources is not None
    printed = draft.printed_section(next(s.id for s in sources.sections if s.form == "plan" and s.region == "03"))
    assert printed is not None
    bullets = [cell.text for cell in read_plan_cells(printed) if cell.bulleted]
    ((holder, displaced),) = [(a.id, d.text) for a in actions for d in a.displaced_actions]
    assert (holder, displaced) == ("03-06", "Favoriser l’émergence de projets de concertation régionale")
    assert displaced in bullets
    assert all(displaced not in (a.text, *(i.text for i in a.indicators)) for a in actions)
    (double,) = [item for action in actions for item in action.indicators if item.variants]
    wordings = [
        f"Nombre de séances d’information sur l’offre {words} aux entreprises du MIFI"
        for words in ("de services", "intégrée de services")
    ]
    assert (double.id, [double.text, *double.variants]) == ("03-12-I1", wordings)
    assert " ".join(wordings) in bullets
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

"""Deliberately bad action plans: each fault is named with its line, and takes off the screen only what it touches."""

from __future__ import annotations

from dashboard.contract.door import load_dataset
from tests.broken_files import Files


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

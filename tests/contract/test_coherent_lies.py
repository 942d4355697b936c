"""Hundreds of coherent changes of the files: each is named by `check`, or is of a kind that nothing can decide.

The kinds that may pass are listed in tests/cases/coherent_lies.yaml, with why: one that passes and is not listed is a
hole of the check. Those of the maps are in test_maps.
"""

from __future__ import annotations

import fnmatch
from pathlib import Path

from dashboard.contract.door import check
from dashboard.loading.files import NewFile, Tree
from dashboard.scenarios.held import disagreements
from tests import tables
from tests.coherent_lies import ROOT, WORDS, Lie, lies

# Why nothing can decide, then the kinds of change (file, field), with « * » for any.
UNDECIDED: dict[str, list[str]] = tables.read(ROOT / "tests/cases/coherent_lies.yaml")


def passes(lie: Lie) -> bool:
    """True when nothing names the change."""
    files = {file: NewFile(raw, suffix=Path(file).suffix) for file, raw in lie.files.items()}
    report = check(Tree(ROOT, files))
    return not report.problems and report.dataset is not None and not disagreements(report.dataset)


def listed(kind: str) -> bool:
    return any(
        fnmatch.fnmatchcase(kind, pattern.replace("?", "[*]")) for kinds in UNDECIDED.values() for pattern in kinds
    )


def test_each_coherent_lie_is_named_or_cannot_be_decided() -> None:
    tried = lies()[3::4]
    assert len(tried) > 200
    unseen = [f"{lie.kind} ({lie.name})" for lie in tried if not listed(lie.kind) and passes(lie)]
    assert unseen == []


def test_every_file_and_every_column_is_tried() -> None:
    tried = lies()
    files = {file for lie in tried for file in lie.files}
    shipped = {p.relative_to(ROOT).as_posix() for p in (ROOT / "data").glob("*.csv")} - {"data/suivi.csv"}
    shipped |= {p.relative_to(ROOT).as_posix() for p in (ROOT / "data").rglob("*.yaml")} - {WORDS}
    assert shipped | {"config.yaml"} <= files
    columns = "territory_code indicator period value printed_pct status source quote"
    assert {f"data/admissions_by_mrc.csv, {column}" for column in columns.split()} <= {lie.kind for lie in tried}


def test_no_figure_of_a_series_may_pass() -> None:
    """Of what may pass, nothing is a number, a unit, a period, a status or a quoted line of the annexes."""
    figures = ("data/admissions", "data/temporary", "data/popul")
    assert not [kind for kinds in UNDECIDED.values() for kind in kinds if kind.startswith(figures)]

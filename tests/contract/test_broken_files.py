"""Files broken on purpose (tests/cases/broken): each fault has its French sentence, and costs only what it touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import tables
from tests.broken_files import STOP, Files
from tests.conftest import ROOT
from tests.unkept import forget_texts

Case = dict[str, Any]
# The faults of these titles hide nothing of one another: those of different lines are judged in one reading.
TOGETHER = {
    "a name that nothing declares in a region’s document",
    "a name that nothing declares in a shared document",
    "a target that its quoted line does not print",
    "a break that cites other targets",
    "a fault of the list of territories is not repeated by every file",
    "each tile has its own place",
    "what is ours is held",
    "the status and the base of a period are stated once",
    "a quoted line is the document’s own",
}


def readings(title: str, cases: list[Case]) -> Iterator[list[Case]]:
    groups: dict[tuple[Any, int], list[Case]] = defaultdict(list)
    taken: list[tuple[str, int]] = []
    for case in cases:
        one_line = "\n" not in f"{case.get('old')}{case.get('new')}" and not {"unkept", "everywhere"} & case.keys()
        if title in TOGETHER and one_line and isinstance(case.get("said"), str) and case.get("new") is not None:
            before, _, _ = (ROOT / case["file"]).read_text(encoding="utf-8").partition(case["old"])
            place = case["file"], case.get("line") or before.count("\n") + 1
            groups[case.get("lost"), taken.count(place)].append(case)
            taken.append(place)
        else:
            yield [case]
    yield from groups.values()


CASES = [
    pytest.param(reading, id=f"{path.stem}, {title}, {rank}")
    for path in sorted((ROOT / "tests" / "cases" / "broken").glob("*.yaml"))
    for title, cases in tables.read(path).items()
    for rank, reading in enumerate(readings(title, cases), 1)
]


def change(files: Files, edit: Case) -> None:
    """Replace words of a file (`old`, `new`), at their first place, everywhere or on a line; without new words, remove
    the line. `drop`: the lines that have these words; `add`: lines at the end; `copy`: another file in its place;
    `unquoted`: rows without the lines that they quote; nothing of these: remove the file."""
    file, old, new, line = (edit.get(name) for name in ("file", "old", "new", "line"))
    assert isinstance(file, str)
    if edit.get("unquoted"):
        header, *rows = files.text(file).rstrip("\n").split("\n")
        files.put(file, "\n".join([header, *(",".join(row.split(",")[:9]) + "," for row in rows)]))
    elif "drop" in edit:
        files.drop_lines(file, lambda text: edit["drop"] in text)
    elif "add" in edit:
        files.put(file, files.text(file).rstrip("\n") + "\n" + edit["add"])
    elif "copy" in edit:
        files.put(file, files.text(edit["copy"]))
    elif old is None:
        files.remove(file)
    elif edit.get("everywhere"):
        files.put(file, files.text(file).replace(old, new or ""))
    elif line is None:
        files.edit(file, old, new or "")
    elif new is None:
        assert files.text(file).split("\n")[line - 1] == old
        files.drop(file, line)
    else:
        assert old in files.text(file).split("\n")[line - 1]
        files.line(file, line, lambda text: text.replace(old, new, 1))


@pytest.mark.parametrize("cases", CASES)
def test_a_broken_file_is_named_and_costs_only_what_it_touches(files: Files, cases: list[Case]) -> None:
    """`said`: all that is said. `says`: what one of the sentences has. `lost`: the regions left out, or everything."""
    case = cases[0]
    if case.get("unkept"):
        forget_texts(files.root)
    for edit in [edit for one in cases for edit in one.get("edits", [one])]:
        change(files, edit)
    if "says" in case:
        assert any(case["says"] in said for said in files.said())
    elif isinstance(case["said"], str):
        assert sorted(files.said()) == sorted(one["said"] for one in cases)
    else:
        assert files.said() == case["said"]
    if "lost" in case:
        assert files.outcome() == (STOP if case["lost"] == STOP else case["lost"].split())
    assert not Path("intrus").exists(), "a tag of a document has run a command"

"""Files broken on purpose (tests/cases/broken): each fault has its French sentence, and costs only what it touches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import tables
from tests.broken_files import STOP, Files
from tests.unkept import forget_texts

CASES = [
    pytest.param(case, id=f"{path.stem}, {title}, {rank}")
    for path in sorted((Path(__file__).parents[1] / "cases" / "broken").glob("*.yaml"))
    for title, cases in tables.read(path).items()
    for rank, case in enumerate(cases, 1)
]


def change(files: Files, edit: dict[str, Any]) -> None:
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


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file_is_named_and_costs_only_what_it_touches(files: Files, case: dict[str, Any]) -> None:
    """`said`: all that is said. `says`: what one of the sentences has. `lost`: the regions left out, or everything."""
    if case.get("unkept"):
        forget_texts(files.root)
    for edit in case.get("edits", [case]):
        change(files, edit)
    if "says" in case:
        assert any(case["says"] in said for said in files.said())
    else:
        assert files.said() == ([case["said"]] if isinstance(case["said"], str) else case["said"])
    if "lost" in case:
        assert files.outcome() == (STOP if case["lost"] == STOP else case["lost"].split())
    assert not Path("intrus").exists(), "a tag of a document has run a command"

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


def change(files: Files, file: str, old: str | None, new: str | None, line: int | None = None) -> None:
    """Replace words of a file, at their first place or on a line; without words, remove the line or the file."""
    if old is None:
        files.remove(file)
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
        change(files, **{name: edit.get(name) for name in ("file", "old", "new", "line")})
    if "says" in case:
        assert any(case["says"] in said for said in files.said())
    else:
        assert files.said() == ([case["said"]] if isinstance(case["said"], str) else case["said"])
    if "lost" in case:
        assert files.outcome() == (STOP if case["lost"] == STOP else case["lost"].split())
    assert not Path("intrus").exists(), "a tag of a document has run a command"

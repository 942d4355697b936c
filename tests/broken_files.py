"""A copy of the files that may be broken, and what the check then says of it, always in French."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from dashboard.contract.door import Report, check
from dashboard.loading.fingerprint import fingerprint
from dashboard.model.problems import Problem

STOP = "arrêt"
# Words of the parsers' and of Pydantic's own messages, none of which is a French word.
ENGLISH = re.compile(
    r"\b(the|is|are|was|should|must|be|been|of|to|with|for|this|that|input|valid|invalid|string|integer|float|number|field"
    r"|required|expected|error|missing|value|unable|parse|parsing|line|column|found|extra|forbidden|permitted|character"
    r"|mapping|sequence|scalar|while|scanning|token|key|none|true|false|null|traceback|exception|warning|directory|such"
    r"|unknown|greater|less|than|equal|at|least|further|pydantic|literal|dictionary|list|str|int|got)\b",
    re.IGNORECASE,
)


def assert_french(text: str) -> None:
    """One line of French with a remedy; what stands between « » is the file's own, and so are the files' names."""
    ours = re.sub(r"« .*? »", "", re.sub(r"\S+\.(csv|yaml|json|geojson)", "", text))
    assert not ENGLISH.search(ours), text
    assert "\n" not in text, text
    assert " : " in text, text
    assert " Remède : " in text, text
    assert text.endswith("."), text
    assert not re.search(r"[{}]", ours), text
    # Québec typography: no space before these, the typographic apostrophe.
    assert not re.search(r" [;!?]|'", ours), text
    assert len(text) < 1500, text


class Files:
    """A copy of the files, the ways to break it, and what the check then says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._found: dict[str, Report] = {}

    def text(self, file: str) -> str:
        return (self.root / file).read_text(encoding="utf-8")

    def put(self, file: str, content: str | bytes) -> None:
        raw = content.encode() if isinstance(content, str) else content
        (self.root / file).write_bytes(raw)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the first occurrence; its absence is a fault of the test."""
        text = self.text(file)
        assert old in text, f"{file} : {old}"
        self.put(file, text.replace(old, new, 1))

    def line(self, file: str, number: int, change: Callable[[str], str]) -> None:
        lines = self.text(file).split("\n")
        lines[number - 1] = change(lines[number - 1])
        self.put(file, "\n".join(lines))

    def drop(self, file: str, number: int) -> None:
        lines = self.text(file).split("\n")
        del lines[number - 1]
        self.put(file, "\n".join(lines))

    def drop_lines(self, file: str, doomed: Callable[[str], bool]) -> None:
        self.put(file, "\n".join(line for line in self.text(file).split("\n") if not doomed(line)))

    def remove(self, file: str) -> None:
        (self.root / file).unlink()

    def report(self) -> Report:
        """What the check finds in the present state of the files; each text must be French."""
        state = fingerprint(self.root)
        if state not in self._found:
            self._found[state] = check(self.root)
            for problem in self._found[state].problems:
                assert_french(str(problem))
        return self._found[state]

    def problems(self) -> tuple[Problem, ...]:
        return self.report().problems

    def said(self) -> list[str]:
        return [str(problem) for problem in self.problems()]

    def outcome(self) -> list[str] | str:
        """Regions left out at start-up, or `STOP` when nothing can be shown: what is loaded is what is checked.

        That `load_dataset` gives the same is seen on files drawn at random (tests/loading/test_fuzz_readers).
        """
        dataset = self.report().dataset
        if dataset is None:
            assert self.problems()
            return STOP
        assert dataset.problems == self.problems()
        for region in dataset.unavailable:
            assert all(dataset.region_of(key.territory) != region for key in dataset.observations)
            assert region not in dataset.portraits
        return sorted(dataset.unavailable)

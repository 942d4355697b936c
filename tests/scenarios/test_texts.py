"""The texts of the simulations: a fault in them is said in French by the command `check`, with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.model import DataError, Dataset
from dashboard.scenarios import texts
from dashboard.scenarios.held import disagreements


@pytest.fixture(autouse=True)
def _read_again() -> Iterator[None]:
    texts.reading.cache_clear()
    yield
    texts.reading.cache_clear()


@pytest.mark.parametrize(
    ("old", "new", "said", "line"),
    [
        ('headline: "{received}"', 'headline: "{received"', "accolade", True),
        ("{total:admission répartie|admissions réparties}, {w", "{total:admission répartie}, {w", "deux formes", True),
        ("    question: Et si une part", "    questio: Et si une part", "obligatoire", True),
        ("{part} de {admitted}", "{part} de {admis}", "rien de ce nom", False),
        ("  categories:\n", "  categorie:\n", "pas de mots", False),
        ("  territoire: {label: Territoire", "  territoir: {label: Territoire", "rien de ce nom", False),
    ],
)
def test_a_fault_in_the_texts_is_said_by_the_check(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ds: Dataset, old: str, new: str, said: str, line: bool
) -> None:
    own = texts.PATH.read_text(encoding="utf-8")
    assert old in own
    path = tmp_path / "simulations.yaml"
    path.write_text(own.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(texts, "PATH", path)
    problems = disagreements(ds)
    assert any(said in p.message and p.file == texts.NAME and bool(p.line) == line for p in problems), problems
    if line:
        with pytest.raises(DataError):
            texts.texts("quebec")

"""Sources whose text is not kept in data/source/: what the tests invent is nobody's words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ESSAI = "essai"
_SOURCES = "data/sources.yaml"
_DOCUMENT = f"""  - id: {ESSAI}
    title: "Document d’essai"
    short: "Essai"
    author: "Personne"
    year: "2022"
    licence: "Aucune"
    credit: "Chiffres inventés pour les essais"
"""


def declare_in_sheet(sheet: Any, line: str) -> None:
    """The same in the `sources` sheet of a workbook: the lines of the document, then the section's."""
    lines = [row[0].value or "" for row in sheet.iter_rows(max_col=1)]
    place = lines.index("sections:") + 1
    document = [] if f"  - id: {ESSAI}" in lines else _DOCUMENT.rstrip("\n").split("\n")
    sheet.insert_rows(place, len(document) or 1)
    for n, text in enumerate(document, place):
        sheet.cell(n, 1).value = text
    sheet.cell(max(row[0].row for row in sheet.iter_rows() if row[0].value) + 1, 1).value = line.rstrip("\n")


def section(name: str, label: str = "Chiffres inventés pour l’essai") -> str:
    return f'  - {{id: {name}, document: {ESSAI}, label: "{label}"}}\n'


def declare(root: Path, *sections: str) -> None:
    """A document of the tests, with its sections (`essai` alone when none is given)."""
    path = root / _SOURCES
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    if f"- id: {ESSAI}\n" not in text:
        text = text.replace("\nsections:\n", f"\n{_DOCUMENT}sections:\n", 1)
    for line in sections or (section(ESSAI),):
        text += "" if line in text else line
    path.write_text(text, encoding="utf-8")


def forget_texts(root: Path) -> None:
    """The project as it would be if it kept no text of its sources, nor said which years they call provisional."""
    path = root / _SOURCES
    head, documents = path.read_text(encoding="utf-8").split("\ndocuments:\n", 1)
    for name in re.findall(r"^    text: (\S+)$", documents, re.MULTILINE):
        (root / "data" / "source" / name).unlink()
    documents = re.sub(r"^    (text|sha256): .*\n", "", documents, flags=re.MULTILINE)
    documents = re.sub(r"^    (mended|provisional):.*\n(      .*\n)*", "", documents, flags=re.MULTILINE)
    path.write_text(f"{head}\ndocuments:\n" + re.sub(r" lines: \[\d+, \d+\],", "", documents), encoding="utf-8")

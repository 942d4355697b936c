"""What a file that calls itself a workbook really is, before any library opens it; what its sheets hide.

A workbook is a zip of XML: its size, what it unfolds to and the number of its parts are bounded first.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import Final

from defusedxml.ElementTree import iterparse

from dashboard.loading.workbook_guard import Limits, OutsizedError, SpoiledError, part_sizes
from dashboard.model.problems import Problem
from dashboard.wording.numbers import number

MAX_BYTES: Final = 20_000_000
# The whole of Québec over twenty years unfolds to 4.3 Mo, and its longest sheet has some 2,600 rows.
LIMITS: Final = Limits(
    12_000_000,
    400,
    {"xl/sharedStrings.xml": 20_000_000, "xl/styles.xml": 5_000_000, "xl/workbook.xml": 2_000_000},
)
MAX_ROWS: Final = 10_000
MAX_COLUMNS: Final = 60
_SAVE_AGAIN = "l’ouvrir dans le tableur et l’enregistrer en « Classeur Excel (.xlsx) »."
_RIGHT_FILE = "vérifier que c’est le bon fichier."


def unreadable(name: str) -> Problem:
    message = "ce classeur est abîmé : il ne se lit pas jusqu’au bout."
    return Problem(name, message, "le télécharger ou le copier de nouveau, puis l’enregistrer en « Classeur Excel ».")


def too_big(name: str, size: int) -> Problem | None:
    if size <= MAX_BYTES:
        return None
    message = f"ce fichier pèse {number(size / 1e6)} Mo; {number(MAX_BYTES / 1e6)} Mo au plus sont permis."
    return Problem(name, message, _RIGHT_FILE)


def not_a_workbook(raw: bytes, name: str) -> Problem | None:
    """Why these bytes cannot be the workbook of the data; None when they can."""
    if refused := too_big(name, len(raw)):
        return refused
    try:
        parts = part_sizes(raw, LIMITS) if raw.startswith(b"PK") else {}
    except OutsizedError:
        return Problem(name, "ce classeur est démesuré une fois décompressé; il n’est pas ouvert.", _RIGHT_FILE)
    except SpoiledError:
        return unreadable(name)
    start = raw[:4000]
    # A compound file is an encrypted workbook, or one of Excel 97.
    compound, encrypted = raw.startswith(b"\xd0\xcf\x11\xe0"), "EncryptedPackage".encode("utf-16-le") in raw
    macros = any(part.endswith("vbaProject.bin") for part in parts) or name.lower().endswith((".xlsm", ".xltm"))
    # What it may be instead, the first one that holds.
    other: tuple[tuple[object, str, str], ...] = (
        (not raw, "ce fichier est vide.", "l’enregistrer de nouveau, ou reprendre le classeur d’origine."),
        (
            compound and encrypted,
            "ce classeur est protégé par un mot de passe : il ne peut pas être lu.",
            "l’ouvrir, retirer le mot de passe (Fichier, Informations), et l’enregistrer.",
        ),
        (compound, "c’est un classeur de l’ancien format d’Excel (.xls).", _SAVE_AGAIN),
        (
            re.match(rb"\s*(\xef\xbb\xbf)?\s*<", start),
            "c’est une page ou un fichier XML, pas un classeur Excel.",
            _SAVE_AGAIN,
        ),
        (
            not raw.startswith(b"PK") and b"\0" not in start and re.search(rb"[,;\t].*\r?\n", start),
            "c’est un fichier de texte (CSV), pas un classeur Excel, malgré son nom.",
            "mettre les fichiers CSV dans un dossier et donner ce dossier, ou le classeur.",
        ),
        (not raw.startswith(b"PK"), "ce fichier n’est pas un classeur Excel.", _RIGHT_FILE),
        (macros, "ce classeur contient des macros.", "l’enregistrer en « Classeur Excel (.xlsx) », sans macro."),
        ("xl/workbook.bin" in parts, "c’est un classeur Excel binaire (.xlsb).", _SAVE_AGAIN),
        ("content.xml" in parts, "c’est un document OpenDocument (.ods).", _SAVE_AGAIN),
        (
            "xl/workbook.xml" not in parts,
            "c’est un fichier compressé, mais pas un classeur Excel.",
            _RIGHT_FILE,
        ),
        (
            any(part.startswith("xl/externalLinks/") for part in parts),
            "ce classeur a des liens vers d’autres classeurs : ses nombres peuvent changer sans lui.",
            "rompre les liens (Données, Modifier les liens), et l’enregistrer.",
        ),
    )
    return next((Problem(name, message, remedy) for held, message, remedy in other if held), None)


@dataclass
class Structure:
    """What one sheet has beside its values: hidden rows (numbers), hidden columns (1 = A), merged cells."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    # First filled cell past the columns that are read, first row past the rows that are read.
    too_far: str | None = None
    too_long: bool = False


def structure(parts: zipfile.ZipFile, path: str) -> Structure:
    """Read in one pass, a row at a time."""
    found = Structure()
    filled, row = 0, 0
    with parts.open(path) as file:
        for _, element in iterparse(file, events=("end",)):
            tag = str(element.tag).rpartition("}")[2]
            hidden = element.get("hidden") in ("1", "true")
            if tag == "row":
                row = int(element.get("r") or row + 1)
                cells = [cell for cell in element if len(cell)]
                filled += bool(cells)
                if cells and hidden:
                    found.hidden_rows.add(row)
                if cells and found.too_far is None:
                    last = cells[-1].get("r") or ""
                    found.too_far = last if column_number(last) > MAX_COLUMNS else None
                element.clear()
                if filled > MAX_ROWS or row > 20 * MAX_ROWS:
                    found.too_long = True
                    return found
            elif tag == "col" and hidden:
                first, last_column = int(element.get("min") or 1), int(element.get("max") or 1)
                found.hidden_columns.update(range(first, min(last_column, MAX_COLUMNS) + 1))
            elif tag == "mergeCell" and len(found.merged) < MAX_ROWS:
                found.merged.append(element.get("ref") or "")
    return found


def column_number(cell: str) -> int:
    """1 for « A12 », 28 for « AB3 »; 0 without a letter."""
    found = 0
    for letter in re.sub(r"[^A-Z]", "", cell[:4]):
        found = 26 * found + ord(letter) - 64
    return found

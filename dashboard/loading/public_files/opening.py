"""Read a public file that may be anything, bounded in time and memory: a text of columns, or a workbook, by lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from dashboard.loading.files import text_of
from dashboard.loading.public_files.result import Refused
from dashboard.loading.workbook_guard import Limits, OutsizedError, SpoiledError, opened, rows_of
from dashboard.model.problems import Problem

_AGAIN: Final = "télécharger de nouveau le fichier, sans l’ouvrir."
_LONGEST_LINE: Final = 64_000
_SIGNS: Final = ("\t", ";", ",")
_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0"
# What a text cannot begin with.
_NO_TEXT: Final = (
    ((b"\xff\xfe", b"\xfe\xff"), "le fichier est en UTF-16.", "l’enregistrer en UTF-8, ou le télécharger de nouveau."),
    ((_ZIP, _OLD), "c’est un classeur, non un fichier de texte.", "prendre le fichier CSV du même tableau."),
    ((b"<!doctype", b"<html"), "c’est une page Web, non des données.", "télécharger de nouveau le fichier."),
)
# The texts of a workbook are held in memory, its lines are not.
_LIMITS: Final = Limits(30_000_000, 500, {"sharedStrings.xml": 10_000_000})
_MOST_LINES: Final = 20_000
_MOST_COLUMNS: Final = 300
_MOST_CELLS: Final = 1_500_000

Line = tuple[int, tuple[object, ...]]


def _beginning(path: Path, kind: str, most: int) -> bytes:
    """First bytes of a file of at most so many megabytes. Raises Refused, OSError."""
    if path.exists() and not path.is_file():
        raise Refused("ce n’est pas un fichier ordinaire.", f"donner le {kind} téléchargé.")
    if path.stat().st_size > most * 1_000_000:
        raise Refused(f"le {kind} dépasse {most} Mo.", "vérifier que c’est le bon fichier.")
    with path.open("rb") as file:
        return file.read(1_000)


def lines_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each line that holds something, the header first. Raises Refused, OSError.

    One line at a time is in memory. The sign between the columns is the one of the first line: tab, semicolon or comma.
    """
    start = _beginning(path, "fichier", 300)
    for beginnings, message, remedy in _NO_TEXT:
        if start.startswith(beginnings) or start.lstrip().lower().startswith(beginnings):
            raise Refused(message, remedy)
    sign = ""
    with path.open("rb") as file:
        for number, raw in enumerate(iter(lambda: file.readline(_LONGEST_LINE + 1), b""), 1):
            if len(raw) > _LONGEST_LINE:
                raise Refused("cette ligne est démesurée.", _AGAIN, number)
            text = text_of(raw, path.name)
            if isinstance(text, Problem):
                raise Refused(text.message, _AGAIN, number)
            if not text.strip():
                continue
            sign = sign or next((one for one in _SIGNS if one in text), "\t")
            yield number, [cell.strip() for cell in _cells(text.rstrip("\r\n"), sign, number)]


def _cells(text: str, sign: str, number: int) -> list[str]:
    if '"' not in text:
        return text.split(sign)
    try:
        return next(csv.reader([text], delimiter=sign, strict=True))
    except (csv.Error, StopIteration):
        remedy = "vérifier les guillemets de cette ligne."
        raise Refused("un guillemet n’est pas refermé.", remedy, number) from None


def sheets_of(path: Path) -> Iterator[tuple[str, list[Line]]]:
    """Title and lines of each sheet of cells of a workbook, empty lines left out. Raises Refused, OSError."""
    if _beginning(path, "classeur", 20).startswith(_OLD):
        raise Refused(
            "c’est un classeur protégé par un mot de passe, ou d’un ancien format (.xls).",
            "l’enregistrer en « Classeur Excel (.xlsx) », sans mot de passe.",
        )
    try:
        with opened(path, _LIMITS) as (workbook, _):
            for sheet in workbook.worksheets:
                if hasattr(sheet, "reset_dimensions"):
                    yield sheet.title, list(_lines(sheet))
    except OutsizedError:
        raise Refused("ce classeur est démesuré.", "vérifier que c’est le bon fichier.") from None
    except SpoiledError:
        remedy = "l’enregistrer de nouveau en « Classeur Excel (.xlsx) », sans mot de passe ni macro."
        raise Refused("ce classeur ne se lit pas.", remedy) from None


def _lines(sheet: Any) -> Iterator[Line]:
    held = 0
    for many, (number, cells) in enumerate(rows_of(sheet, 5 * _MOST_LINES)):
        held += len(cells)
        if len(cells) > _MOST_COLUMNS or many >= _MOST_LINES or held > _MOST_CELLS:
            message = f"la feuille « {sheet.title} » est démesurée (plus de 300 colonnes ou de 20 000 lignes)."
            raise Refused(message, "n’y garder que le tableau de la population.", number)
        yield number, tuple(cell.value for cell in cells)

"""The sheets of an Excel workbook that may be anything: bounded before it is unfolded, read line by line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from dashboard.loading.public_files.delimited import Unreadable
from dashboard.loading.workbook_guard import Limits, OutsizedError, SpoiledError, opened

MAX_BYTES: Final = 20_000_000
# Its texts are held in memory, its lines are not.
_LIMITS: Final = Limits(30_000_000, 500, {"sharedStrings.xml": 10_000_000})
MAX_LINES: Final = 20_000
MAX_COLUMNS: Final = 300
_MAX_CELLS: Final = 1_500_000
_OLD: Final = b"\xd0\xcf\x11\xe0"

T = TypeVar("T")
Line = tuple[int, tuple[object, ...]]


def read_sheets(path: Path, name: str, read: Callable[[str, list[Line]], T]) -> dict[str, T]:
    """`read(title, lines)` of each sheet of cells, by title. Lines are numbered, empty ones left out.

    Raises Unreadable for what is not a workbook, is protected, or is out of proportion.
    """
    _check(path, name)
    try:
        with opened(path, _LIMITS) as (workbook, _):
            sheets = [sheet for sheet in workbook.worksheets if hasattr(sheet, "reset_dimensions")]
            return {sheet.title: read(sheet.title, _lines(sheet, name)) for sheet in sheets}
    except OutsizedError:
        raise Unreadable(name, "ce classeur est démesuré.", "vérifier que c’est le bon fichier.") from None
    except SpoiledError:
        remedy = "l’enregistrer de nouveau en « Classeur Excel (.xlsx) », sans mot de passe ni macro."
        raise Unreadable(name, "ce classeur ne se lit pas.", remedy) from None


def _check(path: Path, name: str) -> None:
    try:
        if path.exists() and not path.is_file():
            raise Unreadable(name, "ce n’est pas un fichier ordinaire.", "donner le classeur téléchargé.")
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(name, "le classeur dépasse 20 Mo.", "vérifier que c’est le bon fichier.")
        with path.open("rb") as file:
            if file.read(4) == _OLD:
                raise Unreadable(
                    name,
                    "c’est un classeur protégé par un mot de passe, ou d’un ancien format (.xls).",
                    "l’enregistrer en « Classeur Excel (.xlsx) », sans mot de passe.",
                )
    except FileNotFoundError:
        raise Unreadable(name, "le fichier est introuvable.", "vérifier son nom et son dossier.") from None
    except PermissionError:
        raise Unreadable(name, "le fichier ne peut pas être lu.", "vérifier les droits d’accès.") from None


def _lines(sheet: Any, name: str) -> list[Line]:
    sheet.reset_dimensions()  # what the file declares of its own size may be wrong
    found: list[Line] = []
    held = 0
    for number, row in enumerate(sheet.iter_rows(max_row=5 * MAX_LINES, values_only=True), 1):
        cells = list(row)
        while cells and (cells[-1] is None or cells[-1] == ""):
            cells.pop()
        if not cells:
            continue
        held += len(cells)
        if len(cells) > MAX_COLUMNS or len(found) >= MAX_LINES or held > _MAX_CELLS:
            raise Unreadable(
                name,
                f"la feuille « {sheet.title} » est démesurée (plus de 300 colonnes ou de 20 000 lignes).",
                "n’y garder que le tableau de la population.",
                number,
            )
        found.append((number, tuple(cells)))
    return found

"""Read a follow-up file, CSV or Excel: every entry that holds, every Problem of the lines that do not.

A file comes from the folder of the data or from a person's disk: it may be anything. Its size and the number of its
lines are bounded before it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import field_validator
from pydantic_core import PydanticCustomError

from dashboard.loading.csv_files import FileRows, Located, columns_of, in_commas, read_rows
from dashboard.loading.files import NewFile, Tree, read_text, text_of
from dashboard.loading.workbook_guard import Limits, OutsizedError, SpoiledError, opened
from dashboard.model.follow_up import FollowUpEntry
from dashboard.model.problems import Problem
from dashboard.wording.numbers import number
from dashboard.wording.spreadsheet import restored, risky

FOLLOW_UP = "data/suivi.csv"
SHEET = "Suivi"
MAX_LINES = 5000
MAX_BYTES = 5_000_000
_LIMITS = Limits(20_000_000, 200)
_NOT_A_WORKBOOK = (
    "ce classeur ne se lit pas.",
    "l’enregistrer de nouveau en « Classeur Excel (.xlsx) », sans mot de passe ni macro.",
)


class FileEntry(FollowUpEntry):
    """An entry as a file holds it: texts that look like formulas are guarded by an apostrophe, taken off here."""

    @field_validator("label", "unit", "note", "person", mode="before")
    @classmethod
    def _guarded(cls, raw: object) -> object:
        if isinstance(raw, str) and risky(raw):
            raise PydanticCustomError("formula", "formule")
        return restored(raw) if isinstance(raw, str) else raw


# What a follow-up file gave, line by line. With a problem, none of it is to be used.
FollowUpRows = FileRows[FollowUpEntry]


def read_shared(root: Path | Tree) -> FollowUpRows:
    """The follow-up of data/suivi.csv."""
    path = root / FOLLOW_UP
    if isinstance(path, NewFile) and path.records is not None:
        if len(path.records) > MAX_LINES + 1:
            return _too_long(FOLLOW_UP, len(path.records) - 1)
        return _entries(read_rows(path, FOLLOW_UP, FileEntry, lambda raw: (None, False)))
    return _from_text(read_text(path, FOLLOW_UP), FOLLOW_UP)


def read_bytes(raw: bytes, name: str) -> FollowUpRows:
    """The follow-up of a file that someone sends, by the ending of its name."""
    if len(raw) > MAX_BYTES:
        return _refused(name, "le fichier dépasse 5 Mo.", "vérifier que c’est le bon fichier.")
    if name.lower().endswith(".xlsx"):
        return _from_workbook(raw, name)
    return _from_text(text_of(raw, name), name)


def _refused(name: str, message: str, remedy: str) -> FollowUpRows:
    return FollowUpRows(problems=[Problem(name, message, remedy)])


def _harmless(problem: Problem) -> Problem:
    """A fault of the follow-up takes nothing else off the screen."""
    return replace(problem, region=None, shared=False)


def _too_long(name: str, lines: int | None = None) -> FollowUpRows:
    found = f"{number(lines)} lignes" if lines else f"plus de {number(MAX_LINES)} lignes"
    return _refused(
        name,
        f"le fichier a {found}; {number(MAX_LINES)} au plus sont permises.",
        "n’y garder que les lignes du suivi.",
    )


def _from_text(text: str | Problem, name: str) -> FollowUpRows:
    if isinstance(text, Problem):
        return FollowUpRows(problems=[_harmless(text)])
    text, note = in_commas(text)
    lines = text.count("\n") + text.count("\r") - text.count("\r\n")
    if lines > MAX_LINES + 1:
        return _too_long(name, lines - 1)
    return replace(_entries(read_rows(text, name, FileEntry, lambda raw: (None, False))), note=note)


def _entries(table: FileRows[FileEntry]) -> FollowUpRows:
    rows = [Located(FollowUpEntry(**row.model_dump()), line) for row, line in table.rows]
    return FollowUpRows(rows=rows, problems=[_harmless(problem) for problem in table.problems])


def _from_workbook(raw: bytes, name: str) -> FollowUpRows:
    try:
        with opened(raw, _LIMITS) as (workbook, _):
            names = workbook.sheetnames
            records = tuple(_records(workbook[SHEET if SHEET in names else names[0]]))
    except OutsizedError:
        return _refused(name, "ce classeur est démesuré.", "vérifier que c’est le bon fichier.")
    except SpoiledError:
        return _refused(name, *_NOT_A_WORKBOOK)
    if len(records) > MAX_LINES + 1:
        return _too_long(name)
    return _entries(read_rows(NewFile(raw, records), name, FileEntry, lambda raw: (None, False)))


def _records(sheet: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lines of a sheet that hold something, as texts; one more than is allowed at most."""
    width, found = len(columns_of(FileEntry)), 0
    sheet.reset_dimensions()  # what the file declares of its own size may be wrong
    for line, row in enumerate(sheet.iter_rows(max_row=20 * MAX_LINES), 1):
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        found += 1
        yield line, (*cells, *[""] * (width - len(cells)))
        if found > MAX_LINES + 1:
            return


def _text(cell: Any) -> str:
    """The cell as the CSV would hold it: « 2022-03-31 », « 20 » (also from 0,2 shown as 20 %)."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return "" if value is None else ("VRAI" if value else "FAUX")
    if isinstance(value, int | float):
        exact = Decimal(str(value))
        if "%" in str(cell.number_format or ""):
            exact *= 100
        return f"{exact:f}".rstrip("0").rstrip(".") if "." in f"{exact:f}" else f"{exact:f}"
    return str(value)

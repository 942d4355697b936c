"""Read a follow-up file, CSV or Excel: every entry that holds, every Problem of the lines that do not.

A file comes from the folder of the data or from a person's disk: it may be anything. Its size and the number of its
lines are bounded before it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import field_validator
from pydantic_core import PydanticCustomError

from dashboard.loading.csv_files import FileRows, Located, columns_of, in_commas, read_rows
from dashboard.loading.files import NewFile, Tree, read_text, text_of
from dashboard.loading.workbook_guard import Limits, OutsizedError, SpoiledError, exact, opened, rows_of
from dashboard.model.follow_up import FollowUpEntry
from dashboard.model.problems import Problem
from dashboard.wording.numbers import number
from dashboard.wording.spreadsheet import restored, risky

FOLLOW_UP = "data/suivi.csv"
SHEET = "Suivi"
MAX_LINES = 5000
MAX_BYTES = 5_000_000
_LIMITS = Limits(20_000_000, 200)


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
        return _entries(path, FOLLOW_UP, len(path.records) - 1)
    return _from_text(read_text(path, FOLLOW_UP), FOLLOW_UP)


def read_bytes(raw: bytes, name: str) -> FollowUpRows:
    """The follow-up of a file that someone sends, by the ending of its name."""
    if len(raw) > MAX_BYTES:
        return _refused(name, "le fichier dépasse 5 Mo.", "vérifier que c’est le bon fichier.")
    if not name.lower().endswith(".xlsx"):
        return _from_text(text_of(raw, name), name)
    try:
        with opened(raw, _LIMITS) as (workbook, _):
            names = workbook.sheetnames
            rows = rows_of(workbook[SHEET if SHEET in names else names[0]], 20 * MAX_LINES)
            records = tuple(_records(islice(rows, MAX_LINES + 2)))
    except OutsizedError:
        return _refused(name, "ce classeur est démesuré.", "vérifier que c’est le bon fichier.")
    except SpoiledError:
        remedy = "l’enregistrer de nouveau en « Classeur Excel (.xlsx) », sans mot de passe ni macro."
        return _refused(name, "ce classeur ne se lit pas.", remedy)
    return _entries(NewFile(raw, records), name, len(records) - 1, counted=False)


def _refused(name: str, message: str, remedy: str) -> FollowUpRows:
    return FollowUpRows(problems=[Problem(name, message, remedy)])


def _from_text(text: str | Problem, name: str) -> FollowUpRows:
    if isinstance(text, Problem):
        return FollowUpRows(problems=[replace(text, shared=False)])
    text, note = in_commas(text)
    lines = text.count("\n") + text.count("\r") - text.count("\r\n")
    return replace(_entries(text, name, lines - 1), note=note)


def _entries(file: str | NewFile, name: str, lines: int, *, counted: bool = True) -> FollowUpRows:
    """What the lines hold. A fault of the follow-up takes nothing else off the screen."""
    if lines > MAX_LINES:
        found = f"{number(lines)} lignes" if counted else f"plus de {number(MAX_LINES)} lignes"
        message = f"le fichier a {found}; {number(MAX_LINES)} au plus sont permises."
        return _refused(name, message, "n’y garder que les lignes du suivi.")
    table = read_rows(file, name, FileEntry, lambda raw: (None, False))
    rows = [Located(FollowUpEntry(**row.model_dump()), line) for row, line in table.rows]
    return FollowUpRows(rows=rows, problems=[replace(problem, shared=False) for problem in table.problems])


def _records(rows: Iterable[tuple[int, tuple[Any, ...]]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lines of a sheet as those of the CSV."""
    width = len(columns_of(FileEntry))
    for line, row in rows:
        yield line, (*map(_text, row), *[""] * (width - len(row)))


def _text(cell: Any) -> str:
    """The cell as the CSV would hold it: « 2022-03-31 », « 20 » (also from 0,2 shown as 20 %)."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, int | float):
        return exact(value * 100 if "%" in str(cell.number_format) else value)
    return "" if value is None else str(value)

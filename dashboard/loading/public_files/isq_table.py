"""Find the table of population in a sheet of ISQ: its line of heads, its code, its name, its years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from openpyxl.utils import get_column_letter

from dashboard.loading.public_files.ircc_columns import plain
from dashboard.loading.public_files.sheets import Line
from dashboard.model.problems import shortened

_CODES: Final = re.compile(r"(code|no|numero)( .{0,60})?")
_NAMES: Final = re.compile(
    r"(nom|territoires?|mrc|regions?( administratives?)?|municipalites?( regionales? de comte)?|geographie|libelle)"
    r"( .{0,60})?"
)
# « 2021 », « 2021p », « 2021 (r) », with the number of a note after it.
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})\s*\(?\s*([rpe]?)\s*\)?(?:\s*\([0-9]\))?", re.IGNORECASE)
# How far above the years the words « Code » and « Nom » may stand.
_LABELS_ABOVE: Final = 3


@dataclass(frozen=True, slots=True)
class Table:
    """Where the table of a sheet is. years: column -> (year, mark « p », « r » or nothing).

    above: what the sheet says over the heads. others: heads of the other columns, by column.
    """

    sheet: str
    header: int
    code: int
    name: int
    years: dict[int, tuple[str, str]]
    above: list[str]
    others: dict[int, str]
    lines: list[Line]

    def where(self, place: int) -> str:
        """« F3 « Variation » », for a message."""
        return f"{get_column_letter(place + 1)}{self.header} « {shortened(self.others[place], 40)} »"


def table_of(title: str, lines: list[Line]) -> Table | None:
    """The first line that names years, with a code and a name on it or just above."""
    for rank, (line, cells) in enumerate(lines):
        years = {place: year for place, cell in enumerate(cells) if (year := _year(cell)) is not None}
        if not years:
            continue
        above = [row for near, row in lines[max(0, rank - _LABELS_ABOVE) : rank] if line - near <= _LABELS_ABOVE]
        heads = [_head([cells, *reversed(above)], place, min(years)) for place in range(len(cells))]
        first = [heads[place] for place in range(min(years))]
        code = next((place for place, head in enumerate(first) if _CODES.fullmatch(plain(head))), None)
        named = next((p for p, head in enumerate(first) if p != code and _NAMES.fullmatch(plain(head))), None)
        if code is None or named is None:
            continue
        others = {p: head for p, head in enumerate(heads) if p not in years and p not in (code, named) and head}
        texts = [" ".join(str(cell) for cell in row if cell is not None) for _, row in lines[:rank]]
        return Table(title, line, code, named, years, texts, others, lines[rank + 1 :])
    return None


def _head(rows: list[tuple[object, ...]], place: int, first_year: int) -> str:
    """Head of a column; left of the years it may stand a little above them."""
    for row in rows if place < first_year else rows[:1]:
        if place < len(row) and row[place] is not None and str(row[place]).strip():
            return str(row[place])
    return ""


def _year(cell: object) -> tuple[str, str] | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return (str(int(cell)), "") if 1900 <= cell <= 2100 and cell == int(cell) else None
    match = _YEAR.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return None if match is None else (match[1], match[2].lower())

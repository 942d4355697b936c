"""Rows of a statistical table as its text keeps them: a heading, a label, one figure and share for each column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dashboard.loading.printed import Printed

_COUNT, _SHARE = r"\d{1,3}(?: \d{3})*", r"\d{1,3},\d|-"
# The label is the shortest that leaves whole figures after it: « 2015 110 14,3 48 966 19,9 ».
_FIGURES = re.compile(rf"(.*?)(?<!\S)({_COUNT})(?: ({_SHARE}))?(?: ({_COUNT})(?: ({_SHARE}))?)?")
_CALL = re.compile(r"\d")
# Words that open a block of the table; what follows them, until figures, is the rest of its heading.
_BLOCK = "Immigration "


@dataclass(frozen=True, slots=True)
class Cell:
    value: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """`cells`: the region's, then the province's where there is one; `quote`: the row as printed."""

    heading: str
    label: str
    cells: tuple[Cell, ...]
    quote: str
    lines: tuple[int, int]


def _cell(value: str, share: str | None) -> Cell:
    return Cell(int(value.replace(" ", "")), Decimal(share.replace(",", ".")) if share and share != "-" else None)


@lru_cache(maxsize=32)
def read_table(printed: Printed) -> tuple[TableRow, ...]:
    """The rows of the table of a section, in its order."""
    rows: list[TableRow] = []
    block, rest = "", ""
    # Lines of words since the last figures, with the number of each, and the call of note that follows them.
    words: list[tuple[str, int]] = []
    call = ""
    for number, raw in enumerate(printed.lines, printed.first):
        line = " ".join(raw.split())
        if not line:
            continue
        found = _FIGURES.fullmatch(line)
        if _CALL.fullmatch(line):
            call = f"{line} "
        elif found is None:
            words.append((line, number))
            call = ""
        else:
            label, at = found[1].strip(), number
            own = "" if label else call
            if not label and words:
                label, at = words.pop()
            if words:
                opening = next((n for n in range(len(words) - 1, -1, -1) if words[n][0].startswith(_BLOCK)), None)
                if opening is not None:
                    block = words[opening][0]
                rest = " ".join(text for text, _ in words[0 if opening is None else opening + 1 :])
            heading = f"{block} {rest}".strip().removesuffix(" s.o.")
            cells = tuple(_cell(found[n], found[n + 1]) for n in (2, 4) if found[n])
            rows.append(TableRow(heading, label, cells, f"{label} {own}{line[len(found[1]) :]}", (at, number)))
            words, call = [], ""
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class PlanCell:
    """A cell of the tables of the action plan, in reading order."""

    bulleted: bool
    text: str
    line: int


# What each page of the plan repeats above its table, and its footnotes.
_REPEATED = re.compile(
    r"Région d.*|Orientations du|Objectifs du( Plan)?|(Plan )?stratégique|Action régionale Résultats attendus .*"
)
_FOOTNOTE = re.compile(r"\d (Sur la base des|Les indicateurs en gras)")


@lru_cache(maxsize=32)
def read_plan_cells(printed: Printed) -> tuple[PlanCell, ...]:
    """The cells of the plan of a region: action, expected results, then indicators, which are bulleted."""
    cells: list[PlanCell] = []
    start, pending = 0, ""
    for number, raw in enumerate((*printed.lines, ""), printed.first):
        line = " ".join(raw.split())
        if line and not _REPEATED.fullmatch(line) and not _FOOTNOTE.match(line):
            start = start or number
            pending += line if not pending or pending.endswith("-") else f" {line}"
            continue
        if pending:
            for kept, said in printed.mended:
                pending = pending.replace(kept, said)
            cells.append(PlanCell(pending.startswith("•"), " ".join(pending.replace("•", " ").split()), start))
        start, pending = 0, ""
    return tuple(cells)

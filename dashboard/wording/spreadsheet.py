"""Texts that a spreadsheet would take for a formula: an apostrophe in front makes them harmless, and comes off exactly.

A text is guarded when it begins like a formula, or already with an apostrophe: removing one apostrophe from a guarded
text then always gives back the text that was written, whatever it was.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from dashboard.wording.numbers import plain

_SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four: full width
_CONTROLS = ("\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def risky(text: str) -> bool:
    """True when a spreadsheet might run this text: it begins with = + - @, tab or line end, even after spaces."""
    return text.startswith(_CONTROLS) or text.lstrip().startswith(_SIGNS)


def neutral(text: str) -> str:
    """The text as a file must hold it."""
    return f"'{text}" if text.startswith("'") or risky(text) else text


def restored(text: str) -> str:
    """The text that `neutral` was given."""
    rest = text[1:]
    return rest if text.startswith("'") and (rest.startswith("'") or risky(rest)) else text


def harmless(cells: Iterable[object]) -> list[object]:
    """A row as a file must hold it: no text is a formula, and a number written as text stays a number."""
    return [neutral(c) if isinstance(c, str) and not _NUMBER.fullmatch(c) else c for c in cells]


def plain_csv(columns: Sequence[str], lines: Iterable[Iterable[object]], line_end: str = "\n") -> str:
    """Lines as CSV for a program: commas, dots, header included, an empty cell for None; no text of it is a formula.

    Without pandas, which some commands would load for this alone: a third of their time.
    """
    out = io.StringIO()
    csv.writer(out, lineterminator=line_end).writerows([columns, *map(harmless, lines)])
    return out.getvalue()


def french_csv(rows: Iterable[Iterable[str | float | Decimal | None]]) -> bytes:
    """The rows as a spreadsheet in French opens them by a double click: semicolons, decimal commas, UTF-8 with BOM.

    A text is never a formula there; a number is a number, an empty cell for None.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([neutral(cell) if isinstance(cell, str) else plain(cell).replace(".", ",") for cell in row])
    return out.getvalue().encode("utf-8-sig")

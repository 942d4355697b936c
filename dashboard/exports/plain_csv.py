"""Lines as CSV for a program: commas, dots, one line end; no text of it is a formula for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from dashboard.wording.spreadsheet import harmless


def plain_csv(columns: Sequence[str], lines: Iterable[Iterable[object]], line_end: str = "\n") -> str:
    """The text of the file, header included; an empty cell for None.

    Without pandas, which some commands would load for this alone: a third of their time.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerows([columns, *(harmless(line) for line in lines)])
    return out.getvalue()

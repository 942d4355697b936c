"""A table as CSV for a program: commas, dots, one line end; no text of it is a formula for a spreadsheet."""

from __future__ import annotations

import pandas as pd

from dashboard.wording.spreadsheet import harmless


def plain_csv(frame: pd.DataFrame, line_end: str = "\n") -> str:
    """The text of the file, header included; a missing cell is empty."""
    safe = pd.DataFrame({name: harmless(column) for name, column in frame.items()}, dtype=object)
    return str(safe.to_csv(index=False, lineterminator=line_end))

"""The one way to open a workbook that may be anything: bounded before it is unfolded, spoiled in one way only."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

# What opening a spoiled workbook may raise: a zip of XML read by libraries that each have errors of their own.
_SPOILED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # of XML: what xml.etree raises, and lxml, which openpyxl prefers where it is installed
    LookupError,  # a part, a style or a cell that is not there; an encoding that does not exist
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    RuntimeError,  # not implemented, too many levels
    AssertionError,
    MemoryError,
    ArithmeticError,
)


class SpoiledError(Exception):
    """The file is no workbook, or cannot be read to its end."""


class OutsizedError(Exception):
    """The file unfolds to more than is allowed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes that a workbook may unfold to, number of its parts, and bytes of some of them by the end of their name."""

    unfolded: int
    parts: int
    of_parts: Mapping[str, int] = field(default_factory=dict)


def part_sizes(file: Path | bytes, limits: Limits) -> dict[str, int]:
    """Size of each part once unfolded, by name. Raises SpoiledError, OutsizedError."""
    try:
        with zipfile.ZipFile(_source(file)) as parts:
            found = parts.infolist()
    except _SPOILED:
        raise SpoiledError from None
    sizes = {part.filename: part.file_size for part in found}
    beyond = any(
        size > most for name, size in sizes.items() for end, most in limits.of_parts.items() if name.endswith(end)
    )
    if beyond or len(found) > limits.parts or sum(part.file_size for part in found) > limits.unfolded:
        raise OutsizedError
    return sizes


@contextmanager
def opened(file: Path | bytes, limits: Limits) -> Iterator[tuple[Any, zipfile.ZipFile]]:
    """The workbook, row by row, and its parts. What they raise when spoiled becomes SpoiledError.

    Raises OutsizedError before anything is unfolded.
    """
    from openpyxl import load_workbook  # a quarter of a second, for those who load a workbook

    part_sizes(file, limits)
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(_source(file)) as parts:
            warnings.simplefilter("ignore")  # what openpyxl leaves out, it says in English
            workbook = load_workbook(_source(file), read_only=True, data_only=False, keep_links=False)
            try:
                yield workbook, parts
            finally:
                workbook.close()
    except _SPOILED:
        raise SpoiledError from None


def rows_of(sheet: Any, most_rows: int, most_columns: int | None = None) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Number and cells of each row of a sheet that holds something, without the empty cells at its end."""
    sheet.reset_dimensions()  # what the file declares of its own size may be wrong
    for line, row in enumerate(sheet.iter_rows(max_row=most_rows, max_col=most_columns), 1):
        last = max((n for n, cell in enumerate(row, 1) if cell.value not in (None, "")), default=0)
        if last:
            yield line, row[:last]


def exact(value: int | float) -> str:
    """The number with the fifteen digits that a spreadsheet keeps, a dot, no exponent."""
    if isinstance(value, int):
        return str(value)
    text = f"{Decimal(format(value, '.15g')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def letter_of(column: int) -> str:
    """« A » for 1, « AB » for 28."""
    from openpyxl.utils import get_column_letter  # loaded by then: a workbook is open

    return str(get_column_letter(column))


def _source(file: Path | bytes) -> Path | io.BytesIO:
    return io.BytesIO(file) if isinstance(file, bytes) else file

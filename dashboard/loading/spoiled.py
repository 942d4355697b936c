"""What opening a spoiled workbook may raise: a zip of XML read by libraries that each have errors of their own."""

from __future__ import annotations

import zipfile
import zlib
from typing import Final

SPOILED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # of XML: what xml.etree raises, and lxml, which openpyxl prefers where it is installed
    LookupError,  # a part, a style or a cell that is not there; an encoding that does not exist
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    RuntimeError,
    OverflowError,
    NotImplementedError,
    AssertionError,
    MemoryError,
    RecursionError,
    ArithmeticError,
)

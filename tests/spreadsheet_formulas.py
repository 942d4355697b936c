"""A very small spreadsheet: computes the formulas that the workbooks of simulations hold, without LibreOffice.

It knows numbers, texts, cells, ranges, names, comparisons and the dozen functions used there, and nothing else: what it
does not know raises, so that a formula outside of it cannot pass unseen.
"""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
from openpyxl import Workbook
from openpyxl.utils.cell import range_boundaries

_TOKEN = re.compile(
    r'(?P<text>"[^"]*")|(?P<range>\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+)|(?P<cell>\$?[A-Z]{1,3}\$?\d+(?![\w(]))'
    r"|(?P<function>[A-Z]+(?=\())|(?P<name>[a-z][a-z_]+)|(?P<number>\d+(?:\.\d+)?)|(?P<sign><>|<=|>=|[-+*/^=<>(),])"
)
_SIGNS = {"<>": "!=", "=": "==", "^": "**"}


def _half_up(value: float, places: float) -> float:
    scale = 10**places
    # As spreadsheets do: fifteen digits first, so that 2,4999999999999996 counts as 2,5.
    return math.floor(float(f"{value * scale:.15g}") + 0.5) / scale


_FUNCTIONS: dict[str, Any] = {
    "ROUND": _half_up, "MAX": max, "MIN": min, "MOD": lambda n, d: n % d, "AND": lambda *tests: all(tests),
    "SUM": lambda *parts: sum(float(np.sum(part)) for part in parts),
    "SUMPRODUCT": lambda *parts: float(np.sum(np.prod(np.array(parts, dtype=float), axis=0))),
    "IF": lambda test, yes, no: yes() if test else no(),
}  # fmt: skip


class Spreadsheet:
    """The cells of a workbook read with its formulas; `set` changes one, `value` computes one."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook, self.changed = workbook, dict[tuple[str, str], Any]()
        self.known = dict[tuple[str, str], Any]()

    def set(self, sheet: str, cell: str, value: Any) -> None:
        self.changed[sheet, cell] = value
        self.known.clear()

    def value(self, sheet: str, cell: str) -> Any:
        cell = cell.replace("$", "")
        found = self.changed.get((sheet, cell), self.workbook[sheet][cell].value)
        if isinstance(found, str) and found.startswith("="):
            if (sheet, cell) not in self.known:
                self.known[sheet, cell] = self._compute(sheet, found[1:])
            return self.known[sheet, cell]
        return found

    def _compute(self, sheet: str, formula: str) -> Any:
        source, at = "", 0
        while at < len(formula):
            match = _TOKEN.match(formula, at)
            if match is None:
                raise ValueError(f"{sheet}: {formula[at:]}")
            kind, text = match.lastgroup, match.group()
            source += {
                "range": f"area({text!r})", "cell": f"one({text!r})", "name": f"named({text!r})",
                "sign": _SIGNS.get(text, text),
            }.get(str(kind), text)  # fmt: skip
            at = match.end()
        scope = {
            **_FUNCTIONS,
            "one": lambda cell: self._number(self.value(sheet, cell)),
            "area": lambda area: self._area(sheet, area),
            "named": lambda name: self._number(self._named(sheet, name)),
        }
        return eval(_lazy(source), {"__builtins__": {}}, scope)  # noqa: S307

    def _named(self, sheet: str, name: str) -> Any:
        return self.value(sheet, self.workbook[sheet].defined_names[name].attr_text.rpartition("!")[2])

    def _area(self, sheet: str, area: str) -> Any:
        left, top, right, bottom = range_boundaries(area)
        letters = self.workbook[sheet]
        cells = [letters.cell(r, c).coordinate for r in range(top, bottom + 1) for c in range(left, right + 1)]
        return np.array([self.value(sheet, cell) for cell in cells])

    @staticmethod
    def _number(value: Any) -> Any:
        return _Blank() if value is None else value


class _Blank(int):
    """An empty cell: zero in a sum, an empty text in a comparison with one."""

    def __eq__(self, other: object) -> bool:
        return other in ("", 0)

    def __hash__(self) -> int:
        return 0


def _lazy(source: str) -> str:
    """The two ends of every IF become functions: an end that is not taken is not computed, as in a spreadsheet."""
    while (match := re.search(r"(?<!\w)IF\(", source)) is not None:
        parts, depth, start = [], 0, match.end()
        for at in range(match.end(), len(source)):
            depth += (source[at] == "(") - (source[at] == ")")
            if depth < 0 or (depth == 0 and source[at] == ","):
                parts.append(source[start:at])
                start = at + 1
            if depth < 0:
                break
        test, yes, no = parts
        source = f"{source[: match.start()]}(({yes}) if ({test}) else ({no})){source[start:]}"
    return source

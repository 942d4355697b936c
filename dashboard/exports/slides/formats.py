"""Number formats of charts that read as French in fr-CA, and a data sheet in which no text is a formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter

from dashboard.wording.numbers import MINUS, NBSP, number

_SHEET = "Données"


def code(decimals: int, unit: str, values: Sequence[float | None]) -> str:
    """A format code: the thousands are set apart by a written no-break space, the comma comes from the language.

    « # ##0 » alone would put a space before a number below a thousand.
    """
    found = [v for v in values if v is not None]
    small = "[$-C0C]0" + ("." + "0" * decimals if decimals else "") + (f'"{NBSP}{unit}"' if unit else "")
    space = f'"{NBSP}"'
    thousands = "[>=1000]" + small.replace("]0", f"]#{space}##0", 1)
    if found and max(found) >= 1_000_000:
        return "[>=1000000]" + small.replace("]0", f"]#{space}###{space}##0", 1) + f";{thousands};{small}"
    if found and min(found) < 0:
        return thousands + ";[<0]" + small.replace("]0", f']"{MINUS}"0', 1) + f";{small}"
    return f"{thousands};{small}" if found and max(found) >= 1_000 else small


def shown(value: float, decimals: int, unit: str) -> str:
    """What the format makes of a value."""
    return number(value, decimals) + (f"{NBSP}{unit}" if unit else "")


class _Writer(CategoryWorkbookWriter):
    """python-pptx's own sheet, named in French, that never makes a formula or a link of a text."""

    @property
    def categories_ref(self) -> str:
        return self._renamed(super().categories_ref)

    def series_name_ref(self, series: Any) -> str:
        return self._renamed(super().series_name_ref(series))

    def values_ref(self, series: Any) -> str:
        return self._renamed(super().values_ref(series))

    @staticmethod
    def _renamed(reference: str) -> str:
        return reference.replace("Sheet1!", f"'{_SHEET}'!")

    @contextmanager
    def _open_worksheet(self, xlsx_file: IO[bytes]) -> Iterator[tuple[Any, Any]]:
        with super()._open_worksheet(xlsx_file) as (workbook, sheet):
            sheet.name, sheet.strings_to_formulas, sheet.strings_to_urls = _SHEET, False, False
            yield workbook, sheet


class ChartSheet(CategoryChartData):
    """Data of a chart: categories, then series."""

    @property
    def _workbook_writer(self) -> _Writer:
        return _Writer(self)

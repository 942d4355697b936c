"""The data sheet of a chart, in which no text is a formula."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter

_SHEET = "Données"


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

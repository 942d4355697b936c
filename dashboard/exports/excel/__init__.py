"""Views as an Excel workbook: typed numbers, native charts, live formulas in the simulations."""

from dashboard.exports.excel.book import slides_xlsx

__all__ = ["slides_xlsx"]

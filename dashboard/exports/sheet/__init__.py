"""The one-page sheet of a region or of the direction: A4, PDF, vectors only, made without a browser."""

from dashboard.exports.sheet.document import SheetError, sheet_pdf

__all__ = ["SheetError", "sheet_pdf"]

"""Views as an Excel workbook: typed numbers, native charts, live formulas in the simulations."""

"""One cell of a workbook as the CSV file would hold it, or why it is refused: nothing is ever guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from dashboard.loading.workbook_guard import exact
from dashboard.loading.workbook_layout import DATE_COLUMNS, DECIMAL_COLUMNS, WHOLE_COLUMNS

# Every sign that people put between thousands.
_GROUPED: Final = re.compile(r"[-+]?\d{1,3}(?:[\s\u00a0\u202f\u2009.,'’]\d{3})+(?:[.,]\d+)?")
_DOUBTFUL: Final = {
    _GROUPED: "un séparateur de milliers",
    re.compile(r"[-+]?\d+,\d+"): "une virgule",
    re.compile(r"[-+]?[\d\s\u00a0\u202f.,]+%"): "un signe %",
}
_PLACES: Final = re.compile(r"[#,0\s]*0(?:\.(0+))?")


class RefusedError(Exception):
    """Why a cell is not read: message, remedy, what it holds."""

    def __init__(self, message: str, remedy: str, value: object) -> None:
        super().__init__(message, remedy, str(value))


def text_of(cell: Any, column: str) -> str:
    """The cell, as openpyxl gives it, as the file would hold it. Raises RefusedError."""
    value = cell.value
    if value is None or value == "":
        return ""
    numeric = column in WHOLE_COLUMNS or column in DECIMAL_COLUMNS
    if cell.data_type == "f" or not isinstance(value, str | bool | int | float | date | time | timedelta):
        message = "cette cellule contient une formule : son résultat peut changer sans prévenir."
        remedy = "copier la cellule, puis la coller au même endroit en « Valeurs »."
        raise RefusedError(message, remedy, value if isinstance(value, str) else "formule")
    if cell.data_type == "e":
        message = "cette cellule contient une erreur du tableur."
        raise RefusedError(message, "corriger la formule d’origine, ou taper le nombre.", value)
    if isinstance(value, bool):
        expected = "un nombre est attendu" if numeric else "un texte est attendu"
        message = f"cette cellule contient un vrai ou faux du tableur; {expected}."
        raise RefusedError(message, "taper ce que dit la source.", "VRAI" if value else "FAUX")
    if isinstance(value, date | time | timedelta):
        return _date(value, column, numeric)
    if isinstance(value, str):
        return _text(value.strip(), column, numeric)
    if numeric and "%" in str(cell.number_format):
        message = "cette cellule est au format Pourcentage : ce qui y est écrit n’est pas ce qu’elle montre."
        shown = f"{exact(value * 100)} %".replace(".", ",")
        raise RefusedError(message, "la mettre au format Nombre, et taper le nombre seul (12,3 pour 12,3 %).", shown)
    return _with_places(exact(value), str(cell.number_format)) if column == "printed_pct" else exact(value)


def _date(value: date | time | timedelta, column: str, numeric: bool) -> str:
    shown = value.date().isoformat() if isinstance(value, datetime) else str(value)
    if column in DATE_COLUMNS and isinstance(value, datetime) and value.time() == time():
        return shown
    message = "cette cellule contient une date du tableur; un texte est attendu."
    remedy = "mettre la cellule au format Texte, et y taper la période (2019, 2015-2019 ou 2019-12-31)."
    if numeric:
        message = "cette cellule contient une date; un nombre est attendu."
        remedy = "mettre la cellule au format Nombre, et y taper le nombre de la source."
    raise RefusedError(message, remedy, shown)


def _with_places(text: str, number_format: str) -> str:
    """« 100.0 » for 100 shown with one decimal: the source prints it, and the check counts on it."""
    shape = _PLACES.fullmatch(number_format.split(";")[0].strip())
    whole, _, decimals = text.partition(".")
    decimals = decimals.ljust(len(shape[1] or "") if shape else 0, "0")
    return f"{whole}.{decimals}" if decimals else whole


def _text(text: str, column: str, numeric: bool) -> str:
    """A text where a number is due is read only when it cannot mean anything else."""
    dotted = column in DECIMAL_COLUMNS and re.fullmatch(r"-?\d+\.\d+", text) and not _GROUPED.fullmatch(text)
    if numeric and not dotted and not re.fullmatch(r"-?\d+", text):
        for looks, sign in _DOUBTFUL.items():
            if looks.fullmatch(text):
                example = "97,1 dans un tableur en français" if column in DECIMAL_COLUMNS else "14259"
                remedy = f"mettre la cellule au format Nombre, et y retaper les chiffres seuls ({example})."
                raise RefusedError(f"ce nombre est un texte avec {sign}.", remedy, text)
    return text

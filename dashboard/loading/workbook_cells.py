"""One cell of a workbook as the CSV file would hold it, or why it is refused: nothing is ever guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from dashboard.loading.workbook_layout import DATE_COLUMNS, DECIMAL_COLUMNS, WHOLE_COLUMNS

# Every sign that people put between thousands.
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[\s\u00a0\u202f\u2009.,'’]\d{3})+(?:[.,]\d+)?")
_WITH_COMMA = re.compile(r"[-+]?\d+,\d+")
_WITH_SIGN = re.compile(r"[-+]?[\d\s\u00a0\u202f.,]+%")
_PLACES = re.compile(r"[#,0\s]*0(?:\.(0+))?")


class RefusedError(Exception):
    """Why a cell is not read: message, remedy, what it holds."""

    def __init__(self, message: str, remedy: str, value: str) -> None:
        super().__init__(message)
        self.message, self.remedy, self.value = message, remedy, value


class Cell(NamedTuple):
    """What the library says of a cell."""

    value: Any
    kind: str  # « n », « s », « b », « e », « f », « d »
    number_format: str


def text_of(cell: Cell, column: str) -> str:
    """The cell as the file would hold it. Raises RefusedError."""
    if cell.value is None or cell.value == "":
        return ""
    numeric = column in WHOLE_COLUMNS or column in DECIMAL_COLUMNS
    if cell.kind == "f" or not isinstance(cell.value, str | bool | int | float | datetime | date | time | timedelta):
        raise RefusedError(
            "cette cellule contient une formule : son résultat peut changer sans prévenir.",
            "copier la cellule, puis la coller au même endroit en « Valeurs ».",
            str(cell.value if isinstance(cell.value, str) else "formule"),
        )
    if cell.kind == "e":
        message = "cette cellule contient une erreur du tableur."
        raise RefusedError(message, "corriger la formule d’origine, ou taper le nombre.", str(cell.value))
    if isinstance(cell.value, bool):
        expected = "un nombre est attendu" if numeric else "un texte est attendu"
        message = f"cette cellule contient un vrai ou faux du tableur; {expected}."
        raise RefusedError(message, "taper ce que dit la source.", "VRAI" if cell.value else "FAUX")
    if isinstance(cell.value, datetime | date | time | timedelta):
        return _date(cell, column, numeric)
    if isinstance(cell.value, int | float):
        return _number(cell, column)
    return _text(cell.value.strip(), column, numeric)


def _date(cell: Cell, column: str, numeric: bool) -> str:
    value = cell.value
    shown = value.date().isoformat() if isinstance(value, datetime) else str(value)
    if column in DATE_COLUMNS and isinstance(value, datetime) and value.time() == time():
        return shown
    if numeric:
        message = "cette cellule contient une date; un nombre est attendu."
        remedy = "mettre la cellule au format Nombre, et y taper le nombre de la source."
    else:
        message = "cette cellule contient une date du tableur; un texte est attendu."
        remedy = "mettre la cellule au format Texte, et y taper la période (2019, 2015-2019 ou 2019-12-31)."
    raise RefusedError(message, remedy, shown)


def exact(value: int | float) -> str:
    """The number with the fifteen digits that a spreadsheet keeps, a dot, no exponent."""
    if isinstance(value, int):
        return str(value)
    text = f"{Decimal(format(value, '.15g')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(cell: Cell, column: str) -> str:
    text = exact(cell.value)
    if column not in DECIMAL_COLUMNS | WHOLE_COLUMNS:
        return text
    if "%" in cell.number_format:
        message = "cette cellule est au format Pourcentage : ce qui y est écrit n’est pas ce qu’elle montre."
        shown = f"{exact(cell.value * 100)} %".replace(".", ",")
        raise RefusedError(message, "la mettre au format Nombre, et taper le nombre seul (12,3 pour 12,3 %).", shown)
    if column == "printed_pct":
        return _with_places(text, cell.number_format)
    return text


def _with_places(text: str, number_format: str) -> str:
    """« 100.0 » for 100 shown with one decimal: the source prints it, and the check counts on it."""
    shape = _PLACES.fullmatch(number_format.split(";")[0].strip())
    places = len(shape.group(1) or "") if shape else 0
    whole, _, decimals = text.partition(".")
    decimals = decimals.ljust(places, "0")
    return f"{whole}.{decimals}" if decimals else whole


def _text(text: str, column: str, numeric: bool) -> str:
    """A text where a number is due is read only when it cannot mean anything else."""
    if not numeric or not text or re.fullmatch(r"-?\d+", text):
        return text
    if column in DECIMAL_COLUMNS and re.fullmatch(r"-?\d+\.\d+", text) and not _GROUPED.fullmatch(text):
        return text
    looks: tuple[tuple[Callable[[str], object], str], ...] = (
        (_GROUPED.fullmatch, "ce nombre est un texte avec un séparateur de milliers."),
        (_WITH_COMMA.fullmatch, "ce nombre est un texte avec une virgule."),
        (_WITH_SIGN.fullmatch, "ce nombre est un texte avec un signe %."),
    )
    for matches, message in looks:
        if matches(text):
            example = "97,1 dans un tableur en français" if column in DECIMAL_COLUMNS else "14259"
            remedy = f"mettre la cellule au format Nombre, et y retaper les chiffres seuls ({example})."
            raise RefusedError(message, remedy, text)
    return text

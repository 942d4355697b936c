"""Values that a person types, an address carries or a file holds: one reading, one French message for each fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from dashboard.wording.numbers import number

# Ordinary, no-break, narrow no-break and thin spaces may separate thousands.
_SPACES = re.compile(r"[ \u00a0\u202f\u2009]")
_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")
MOST_PERSONS = 1_000_000
MOST_YEARS = 50
MOST_ENTRIES = 200


def refusal(message: str, remedy: str) -> PydanticCustomError:
    """An error whose French text is carried as it is: beside the field, in a notice, or at a line of a file."""
    return PydanticCustomError("french", "{message}", {"message": message, "remedy": remedy})


def read_number(raw: Any) -> Decimal:
    """A number typed in French or in a file: « 12,5 », « 50 000 », « 60 % », 12.5."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise refusal("un nombre est attendu.", "écrire un nombre en chiffres, par exemple 12,5.")
    text = _SPACES.sub("", str(raw)).replace("−", "-").removesuffix("%")
    if not text:
        raise refusal("ce champ est vide.", "saisir un nombre.")
    if not _NUMBER.fullmatch(text):
        raise refusal("ce n’est pas un nombre.", "l’écrire en chiffres, par exemple 12,5.")
    if len(text) > 20:
        raise refusal("ce nombre est démesuré.", "vérifier le nombre de chiffres.")
    return Decimal(text.replace(",", "."))


def _bounded(raw: Any, most: int, what: str, unit: str = "") -> Decimal:
    value = read_number(raw)
    if value < 0:
        raise refusal("un nombre négatif n’est pas possible ici.", "retirer le signe moins.")
    if value > most:
        raise refusal(f"{what} ne dépasse pas {number(most)}{unit}.", "vérifier le nombre.")
    return value


def _whole(most: int, what: str, least: int = 0) -> Callable[[Any], int]:
    """Reader of a whole number from `least` to `most`."""

    def read(raw: Any) -> int:
        value = _bounded(raw, most, what)
        if value != value.to_integral_value() or (isinstance(raw, str) and re.search(r"[.,]", raw)):
            raise refusal("un nombre entier est attendu.", "l’écrire sans virgule ni point, par exemple 50 000.")
        if value < least:
            raise refusal(f"il faut au moins {number(least)}.", "vérifier le nombre.")
        return int(value)

    return read


def _decimal(most: int, what: str, unit: str = "") -> Callable[[Any], Decimal]:
    """Reader of a number from 0 to `most`, with at most four decimals."""

    def read(raw: Any) -> Decimal:
        value = _bounded(raw, most, what, unit)
        if value != round(value, 4):
            raise refusal("il y a plus de 4 décimales.", "arrondir ce nombre.")
        return value

    return read


def _text(pattern: str, message: str, remedy: str) -> Callable[[Any], str]:
    """Reader of a text of this shape; a file may give it as a number (2410, 2019)."""

    def read(raw: Any) -> str:
        text = str(raw) if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
        if not re.fullmatch(pattern, text):
            raise refusal(message, remedy)
        return text

    return read


_AS_CODE = 'écrire le code, par exemple "2410" ou "01".'
_code = _text("[0-9A-Z]{2,12}", "ce code de territoire n’est pas reconnu.", _AS_CODE)
_year = _text("[0-9]{4}", "cette année n’est pas reconnue.", "écrire quatre chiffres, par exemple 2019.")
_AS_YEARS = "écrire une année (2019) ou deux (2015-2019)."
_period = _text("[0-9]{4}(-[0-9]{4})?", "cette période n’est pas reconnue.", _AS_YEARS)


def _list(read: Callable[[Any], str], empty: str) -> Callable[[Any], tuple[str, ...]]:
    """Reader of a list, or of its form in an address (« 2410.2412 »); repetitions count once."""

    def read_all(raw: Any) -> tuple[str, ...]:
        items: Iterable[Any] = [p for p in re.split(r"[.,]", raw) if p] if isinstance(raw, str) else raw
        if not isinstance(items, list | tuple):
            raise refusal("une liste est attendue.", 'écrire la liste entre crochets, par exemple ["2410"].')
        if not items:
            raise refusal(empty, "en choisir au moins un.")
        if len(items) > MOST_ENTRIES:
            raise refusal("cette liste est démesurée.", f"en garder au plus {MOST_ENTRIES}.")
        return tuple(dict.fromkeys(read(item) for item in items))

    return read_all


def _pairs(read: Callable[[Any], Any]) -> Callable[[Any], tuple[tuple[str, Any], ...]]:
    """Reader of values by code: a mapping of a file, or its form in an address (« 2410-31_2412-7 »)."""

    def read_all(raw: Any) -> tuple[tuple[str, Any], ...]:
        if isinstance(raw, str):
            items = [(code, value) for code, _, value in (part.partition("-") for part in raw.split("_") if part)]
        elif isinstance(raw, dict | tuple):
            items = list(raw.items() if isinstance(raw, dict) else raw)
        else:
            raise refusal("une valeur par territoire est attendue.", 'écrire « "2410": 31 », une par ligne.')
        if len(items) > MOST_ENTRIES:
            raise refusal("cette liste est démesurée.", f"en garder au plus {MOST_ENTRIES}.")
        return tuple(sorted({_code(code): read(value) for code, value in items}.items()))

    return read_all


Code = Annotated[str, BeforeValidator(_code)]
Year = Annotated[str, BeforeValidator(_year)]
Period = Annotated[str, BeforeValidator(_period)]
Codes = Annotated[tuple[str, ...], BeforeValidator(_list(_code, "aucun territoire n’est choisi."))]
Years = Annotated[tuple[str, ...], BeforeValidator(_list(_year, "aucune année n’est choisie."))]
Persons = Annotated[int, BeforeValidator(_whole(MOST_PERSONS, "un nombre de personnes"))]
Horizon = Annotated[int, BeforeValidator(_whole(MOST_YEARS, "un nombre d’années", 1))]
read_weight = _decimal(MOST_PERSONS, "un poids")
read_floor = _whole(MOST_PERSONS, "un plancher")
Rate = Annotated[Decimal, BeforeValidator(_decimal(100, "un taux", " %"))]
OptionalRate = Annotated[Rate | None, BeforeValidator(lambda raw: None if not str(raw).strip() else raw)]
Weights = Annotated[tuple[tuple[str, Decimal], ...], BeforeValidator(_pairs(read_weight))]
Floors = Annotated[tuple[tuple[str, int], ...], BeforeValidator(_pairs(read_floor))]

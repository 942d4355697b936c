"""A quantity in words: its number with its unit, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.wording.numbers import NBSP, NOT_AVAILABLE, number, percent, signed


def bare(quantity: Quantity | None, decimals: int | None = None) -> str:
    """The number without its unit, for a table cell: « 14 259 », « 97,1 »; « – » where there is nothing to say."""
    if quantity is None:
        return "–"
    if quantity.value is None:
        return NOT_AVAILABLE
    if quantity.derived == "change_pct":
        return signed(quantity.value, 1)
    return number(quantity.value, quantity.places(decimals))


# Under so many persons, one of them is more than a point; under so many, a change is a few persons.
FEW, SMALL = 100, 50


def counts(quantity: Quantity | None) -> str:
    """« 19 sur 21 » of a percentage of fewer than 100 persons, « de 38 à 22 » of a change of fewer than 50.

    Empty for any other figure: whoever shows a percentage shows this with it.
    """
    if quantity is None or quantity.unit != "%" or quantity.value is None or len(quantity.operands) != 2:
        return ""
    first, second = (operand.shown for operand in quantity.operands)
    if first is None or second is None:
        return ""
    if quantity.derived == "change_pct":
        return f"de {number(second)} à {number(first)}" if min(first, second) < SMALL else ""
    return f"{number(first)}{NBSP}sur{NBSP}{number(second)}" if second < FEW else ""


def full(quantity: Quantity | None, *, counted: bool = True) -> str:
    """The number with the unit that belongs to it in a sentence: « 38,5 % », « 3,9 pour 1 000 », « 135 ».

    « 90,5 % (19 sur 21) » of few persons, unless they already stand beside it (`counted` False).
    """
    if quantity is None or quantity.value is None:
        return NOT_AVAILABLE
    few = counts(quantity) if counted else ""
    after = f" ({few})" if few else ""
    if quantity.derived == "change_pct":
        return signed(quantity.value, 1, "%") + after
    if quantity.unit == "%":
        return percent(quantity.value, quantity.places()) + after
    if quantity.unit.startswith("pour"):
        return f"{number(quantity.value, quantity.decimals)}{NBSP}pour 1{NBSP}000{NBSP}habitants"
    return number(quantity.value, quantity.decimals)


def people(quantity: Quantity | None) -> str:
    """« 6 personnes », « 1 personne », « 0 personne »."""
    if quantity is None or quantity.value is None:
        return NOT_AVAILABLE
    word = "personne" if abs(quantity.value) < 2 else "personnes"
    return f"{number(quantity.value)}{NBSP}{word}"


def apart(table: Table, quantity: Quantity | None) -> str:
    """What `counts` says of a cell, when the table does not hold these numbers itself."""
    few = counts(quantity)
    if not few or quantity is None:
        return ""
    held = {(q.inputs, q.value) for q in table.quantities()}
    return "" if all((q.inputs, q.value) in held for q in quantity.operands) else few


def listed(parts: Sequence[str]) -> str:
    """« a, b et c »."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"


# And one more: « a, b, c et d », then « a, b, c et 2 autres ».
MOST_NAMED = 3


def together(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Some names and how many are left: « a et b », « a, b, c et 4 autres »."""
    left = len(names) - most
    return listed(names) if left < 2 else listed([*names[:most], f"{number(left)} autres"])

"""The classes of a map in words: what each holds, as the values beside them are written."""

from __future__ import annotations

from dashboard.indicators.classes import Classes
from dashboard.model import Dataset
from dashboard.wording.numbers import number

MISSING = "donnée manquante"


def unreliable(ds: Dataset) -> str:
    """What is hatched."""
    return f"taux peu fiable, moins de {number(ds.config.unreliable_below)} admissions"


def label(ds: Dataset, classes: Classes, k: int) -> str:
    """« moins de 1 », « de 1 à moins de 2 », « 5 et plus », « taux peu fiable, moins de 20 admissions »."""
    if k == classes.unreliable:
        return unreliable(ds)
    # As many digits as the finest of the limits: a limit rounded would part the values elsewhere than it says.
    places = max((-int(limit.as_tuple().exponent) for limit in classes.breaks), default=0)
    limits = [number(limit, max(0, places)) for limit in classes.breaks]
    if not limits:
        return "toutes les valeurs"
    if k == 0:
        return f"moins de {limits[0]}"
    return f"{limits[-1]} et plus" if k == len(limits) else f"de {limits[k - 1]} à moins de {limits[k]}"

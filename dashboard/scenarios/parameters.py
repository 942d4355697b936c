"""Parameters of each simulation: the same model reads a form, an address and a file. Field names are French, since a
policy officer reads them in the address and in the file."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict

from dashboard.scenarios.fields import (
    Code,
    Codes,
    Floors,
    Horizon,
    OptionalRate,
    Period,
    Persons,
    Rate,
    Weights,
    Year,
    Years,
)

Method = Literal["parts", "egal", "population", "poids"]
METHODS: tuple[Method, ...] = get_args(Method)


class Parameters(BaseModel):
    """What one simulation needs. `kind` is its name in the address and in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
    kind: ClassVar[str]


class MrcYear(Parameters):
    """MRC of one region, years of the period."""

    kind = "mrc-annee"
    territoires: Codes
    annees: Years


class Quebec(Parameters):
    """Québec admits so many; `part` is the share in percent, or None for the observed share of the year `reference`."""

    kind = "quebec"
    territoire: Code
    admissions: Persons
    reference: Year
    part: OptionalRate = None


class BestYear(Parameters):
    kind = "meilleure-annee"
    territoire: Code
    ans: Horizon


class Distribute(Parameters):
    """`poids` serve the method of that name; `planchers` serve them all."""

    kind = "repartir"
    territoire: Code
    nombre: Persons
    methode: Method
    poids: Weights = ()
    planchers: Floors = ()


class Settle(Parameters):
    """Rates in percent; None where the person has typed nothing: no rate is suggested."""

    kind = "permis"
    territoire: Code
    etudes: OptionalRate = None
    ptet: OptionalRate = None
    pmi: OptionalRate = None


class French(Parameters):
    kind = "francais"
    territoire: Code
    taux: Rate


class Mix(Parameters):
    """`modele`: the territory whose mix is applied, Québec as a rule."""

    kind = "categories"
    territoire: Code
    modele: Code


class Weight(Parameters):
    kind = "poids-demographique"
    territoire: Code
    periode: Period


def raw(parameters: Parameters) -> dict[str, str]:
    """The parameters as an address writes them; what is empty is left out. Reading them back gives the same."""
    return {name: text for name, value in parameters if (text := _text(value))}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return "_".join(f"{code}-{_text(n)}" for code, n in value)
        return ".".join(map(str, value))
    return plain(value) if isinstance(value, Decimal) else str(value)


def plain(value: Decimal) -> str:
    """A decimal without exponent nor useless zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

"""What a simulation declares: its fields, the function that answers, the usual values; simulations.yaml has its texts.

The fields are those of a model that reads a form, an address and a file alike. Their names are French, since a policy
officer reads them in the address and in the file; each says with a Control how it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict

from dashboard.model import Dataset
from dashboard.scenarios.controls import Control
from dashboard.scenarios.formula import plain
from dashboard.scenarios.result import Outcome
from dashboard.scenarios.texts import field_texts, texts


class Parameters(BaseModel):
    """What one simulation needs."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


@dataclass(frozen=True)
class Simulation:
    """One kind of simulation; `kind` is its name in the address, in a file and among the texts.

    run: the answer, or ImpossibleError when the data cannot give one; defaults: the usual values, as an address has
    them.
    """

    kind: str
    model: type[Parameters]
    run: Callable[[Dataset, Any], Outcome]
    defaults: Callable[[Dataset], dict[str, str]]

    @property
    def title(self) -> str:
        return texts(self.kind).title

    @property
    def question(self) -> str:
        return texts(self.kind).question

    @cached_property
    def controls(self) -> dict[str, Control]:
        """How each field is shown and called, in the order of the form."""
        called = field_texts(self.kind)
        return {
            name: replace(next(own for own in field.metadata if isinstance(own, Control)), texts=called[name])
            for name, field in self.model.model_fields.items()
        }


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

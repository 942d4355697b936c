"""« D'où vient ce chiffre ? »: the quoted lines behind a figure, and its formula with the numbers in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.indicators.anomalies import touching
from dashboard.indicators.quantity import SUM, Quantity
from dashboard.model import Dataset, Observation
from dashboard.model.rows import SUPERSEDED
from dashboard.narrative.show import bare, full
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import in_label
from dashboard.wording.periods import status as status_word

FROM_ROUNDED = "calculé sur les valeurs affichées"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One observed figure: what it is, its value, the words of the source, where they stand, status and base."""

    what: str
    value: str
    quote: str
    section: str
    status: str
    base: str
    observation: Observation
    # First and last line of the text of the document that hold it; None when its text is not kept.
    lines: tuple[int, int] | None = None
    # Values that this one replaces, the oldest first.
    former: tuple[SourceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a figure comes from. `formula` is empty for an observed one; `anomalies` are ids."""

    label: str
    shown: str
    formula: str
    lines: tuple[SourceLine, ...]
    anomalies: tuple[str, ...]


def source_line(ds: Dataset, row: Observation) -> SourceLine:
    """What is known of an observed figure, in French."""
    named = ", ".join(ds.series_name(row.key.indicator, row.key.category))
    return SourceLine(
        f"{named}, {ds.name(row.key.territory)}, {in_label(row.key.period)}",
        number(row.value),
        typographic(row.quote or ""),
        ds.section_name(row.source),
        status_word(row.status),
        ds.bases[row.base].label,
        row,
        ds.places.get((row.file, row.line)),
        # A former value is never asked for its own: it is not the newest of its key.
        tuple(source_line(ds, old) for old in ds.revisions.get(row.key, ())) if row.status != SUPERSEDED else (),
    )


def _term(quantity: Quantity) -> str:
    """An operand of a formula: its number, or the sum in brackets when it is one."""
    if quantity.formula == SUM and len(quantity.operands) > 1:
        return "(" + f"{NBSP}+ ".join(number(q.value) for q in quantity.operands) + ")"
    return number(quantity.shown, quantity.places())


def formula(quantity: Quantity, decimals: int | None = None) -> str:
    """« 477 ÷ 769 × 100 = 62,0 % », to the decimals that a table shows; empty for an observed figure.

    It recomputes as it stands: a figure rests on the numbers that are read (see quantity.ratio), and says so where
    they were rounded.
    """
    if quantity.observed:
        return ""
    if quantity.formula == SUM:
        left = f"{NBSP}+ ".join(_term(q) for q in quantity.operands)
    else:
        named = dict(zip("abcd", (_term(q) for q in quantity.operands), strict=False))
        left = (quantity.formula or "").format(**named)
    shown = replace(quantity, decimals=quantity.places(decimals))
    rounded = any(q.formula not in (None, SUM) for q in quantity.operands)
    # A rate is said per thousand by its label already.
    result = bare(shown) if shown.unit.startswith("pour") else full(shown, counted=False)
    return typographic(f"{left} = {result}" + (f", {FROM_ROUNDED}" if rounded else ""))


def trace(ds: Dataset, quantity: Quantity) -> Provenance:
    """Provenance of a quantity: each distinct observation once, in the order of the formula."""
    label = f"{quantity.label}, {ds.name(quantity.territory)}, {in_label(quantity.period)}"
    named = quantity.unit == "%" or quantity.unit.startswith("pour")
    shown = full(quantity, counted=False) if named else bare(quantity)
    lines = tuple(source_line(ds, row) for row in dict.fromkeys(quantity.inputs))
    return Provenance(label, shown, formula(quantity), lines, tuple(touching(ds, [quantity])))

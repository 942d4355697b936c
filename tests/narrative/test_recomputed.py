"""What is printed recomputes from what is printed beside it: every indicator and pair of « Comparer », any Québec."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from dashboard.contract.door import load_dataset
from dashboard.indicators import admissions as adm
from dashboard.indicators import comparison
from dashboard.indicators.catalogue import Entry, entries, has
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.narrative import comparison_words as words
from dashboard.narrative.provenance import FROM_ROUNDED, formula
from dashboard.narrative.show import bare
from tests.calculator import check_formula
from tests.quebec import Quebec
from tests.transcription import NBSP


def entries_of(ds: Dataset) -> dict[tuple[str, str], Entry]:
    """Every indicator, the yearly ones once a year."""
    return {(entry.id, entry.label): entry for year in adm.years(ds) for entry in entries(ds, year).values()}


def figures(ds: Dataset, entry: Entry) -> dict[str, Quantity]:
    """What the indicator says of each territory that has it, once for those that read the same."""
    found = {code: entry.compute(ds, code) for code in ds.territories if has(ds, entry, code)}
    shown = {code: q for code, q in found.items() if ds.region_of(code) in {*ds.region_codes(), None}}
    return {code: q for code, q in shown.items() if q.value is not None}


def recomputed(quantity: Quantity) -> None:
    if quantity.value is not None and not quantity.observed:
        check_formula(formula(quantity))


def check_pair(value: Quantity, reference: Quantity) -> None:
    """The index and the gap, against what a reader computes from the two numbers of the table."""
    a, b = bare(value), bare(reference)
    for make, left in ((comparison.index_to, f"{a} ÷ {b} × 100"), (comparison.gap_to, f"{a} − {b}")):
        quantity = make(value, reference)
        recomputed(quantity)
        if quantity.value is not None:
            check_formula(f"{left} = {bare(quantity)}")


def test_every_pair_of_every_indicator_recomputes_from_the_two_numbers_shown(ds: Dataset) -> None:
    seen = 0
    for entry in entries_of(ds).values():
        found = figures(ds, entry)
        for quantity in found.values():
            recomputed(quantity)
        # What may be wrong of one pair of whole counts is wrong of any.
        pairs = list(product({q.shown: q for q in found.values()}.values(), repeat=2))
        for value, reference in pairs[:: 7 if entry.drawn == "count" else 1]:
            check_pair(value, reference)
            seen += 1
    assert seen > 1200


@pytest.mark.parametrize(
    ("id_", "pair", "index", "gap"),
    [
        # 98 of 119 against 19 871 of 39 912, as the table shows them: 82,4 and 49,8.
        ("francais", ("01", "QC"), f"82,4 ÷ 49,8 × 100 = 165,5, {FROM_ROUNDED}", f"82,4 − 49,8 = 32,6, {FROM_ROUNDED}"),
        ("francais", ("11", "QC"), f"90,5 ÷ 49,8 × 100 = 181,7, {FROM_ROUNDED}", f"90,5 − 49,8 = 40,7, {FROM_ROUNDED}"),
        # Rates of 1 000, and counts, which are never rounded.
        ("taux", ("2410", "2427"), f"8,4 ÷ 4,8 × 100 = 175,0, {FROM_ROUNDED}", f"8,4 − 4,8 = 3,6, {FROM_ROUNDED}"),
        ("admissions", ("2410", "2427"), "477 ÷ 92 × 100 = 518,5", "477 − 92 = 385"),
    ],
)
def test_the_formulas_of_a_comparison_say_what_they_rest_on(
    ds: Dataset, id_: str, pair: tuple[str, str], index: str, gap: str
) -> None:
    value, reference = (entries(ds)[id_].compute(ds, code) for code in pair)
    assert formula(comparison.index_to(value, reference)) == index
    assert formula(comparison.gap_to(value, reference)) == gap


def test_what_is_not_zero_does_not_read_as_zero_and_one_digit_carries_no_index(ds: Dataset) -> None:
    """Six persons of 246 301 against 477, then against 92: « 0,002 », « 0,19 » and « 0,04 »."""
    entry = entries(ds)["part-quebec"]
    far = comparison.compare(ds, entry, ["2420", "2410"], "2410").cell("2420", "ecart")
    assert (bare(far, 2), words.gap(far)) == ("−0,19", f"−0,19{NBSP}point")
    near = replace(entry.compute(ds, "2420"), value=0.05, decimals=1)
    assert bare(comparison.gap_to(near, replace(near, value=0.03))) == "0,02"
    # « 0,002 » is read with one digit: no index rests on it.
    back = comparison.compare(ds, entry, ["2420", "2410"], "2420")
    assert back.value("2410", "indice") is None
    assert comparison.compare(ds, entry, ["2420", "2410"], "2410").value("2420", "indice") is not None


def test_a_whole_quebec_recomputes(tmp_path: Path) -> None:
    ds = load_dataset(Quebec(2015).write(tmp_path / "quebec"))
    rng = random.Random(13)  # noqa: S311
    for entry in entries(ds).values():
        found = list(figures(ds, entry).values())
        for quantity in rng.sample(found, min(30, len(found))):
            recomputed(quantity)
            check_pair(quantity, rng.choice(found))

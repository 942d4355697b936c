"""Comparing territories: the index and the gap to a reference, what may stand together, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.indicators import comparison
from dashboard.indicators.catalogue import Entry, entries, has
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.narrative import comparison_words as words
from dashboard.narrative.show import bare
from tests import transcription as src
from tests.french_text import faults

DIRECTION = "DRCNEQ"


@pytest.fixture(scope="module")
def catalogue(ds: Dataset) -> dict[str, Entry]:
    return entries(ds)


def close(found: float | None, wanted: Decimal | int) -> bool:
    return found is not None and abs(Decimal(str(found)) - Decimal(wanted)) < Decimal("1e-9")


def quantity(value: float | None, unit: str = "%", *, reliable: bool = True) -> Quantity:
    return Quantity(value, unit, 1, "essai", "01", "2019", reliable=reliable)


def test_the_gap_of_a_percentage_is_in_points_and_of_a_count_in_its_unit(
    ds: Dataset, catalogue: dict[str, Entry]
) -> None:
    shares = comparison.compare(ds, catalogue["francais"], ["01", "QC"], "QC")
    assert [shares.cell("01", name).unit for name in ("ecart", "indice")] == ["points", "indice"]
    assert shares.columns[2].label == "Écart à la référence (points)"
    counts = comparison.compare(ds, catalogue["admissions"], ["01", "2410"], "01")
    cell = counts.cell("2410", "ecart")
    assert (cell.value, cell.unit, cell.decimals) == (477 - 769, "personnes", 0)
    labels = [counts.columns[n].label for n in (0, 2)]
    assert labels == ["Admissions permanentes, 2015-2019 (personnes)", "Écart à la référence (personnes)"]


def test_the_reference_need_not_be_among_the_territories(ds: Dataset, catalogue: dict[str, Entry]) -> None:
    table = comparison.compare(ds, catalogue["taux"], ["2410", "2427"], "12")
    assert [row.id for row in table.rows] == ["2410", "2427"]
    region = Decimal(src.TOTALS["12"]) * 1000 / sum(src.CENSUS[code] for code in src.MRC["12"])
    own = Decimal(92) * 1000 / src.CENSUS["2427"]
    assert close(table.value("2427", "indice"), src.rounded(own, 1) / src.rounded(region, 1) * 100)
    assert [operand.territory for operand in table.cell("2427", "indice").operands] == ["2427", "12"]


def test_every_comparison_that_may_be_asked_is_computed(ds: Dataset, catalogue: dict[str, Entry]) -> None:
    everyone = ["2410", "2420", "01", "11", DIRECTION, "QC"]
    for entry in catalogue.values():
        codes = [code for code in everyone if has(ds, entry, code)]
        for reference in codes:
            table = comparison.compare(ds, entry, codes, reference)
            for code in codes:
                value, base = table.value(code, "valeur"), table.value(reference, "valeur")
                assert (table.value(code, "ecart") is None) == (value is None or base is None), entry.id
                read = bare(table.cell(reference, "valeur"), entry.decimals).replace(",", "").lstrip("0")
                one_digit = entry.drawn != "count" and len(read) < 2
                assert (table.value(code, "indice") is None) == (value is None or not base or one_digit), entry.id
            assert faults(words.reading(ds, entry, table, reference)) == [], entry.id


def test_what_the_source_does_not_cross_is_refused(ds: Dataset, catalogue: dict[str, Entry]) -> None:
    for id_, codes, reference, guilty in (
        ("francais", ["01", "2410"], "01", "2410"), ("francais", ["01", "03"], "2410", "2410"),
        ("taux", ["2410", "QC"], "2410", "QC"), ("part-region", ["2410", "01"], "2410", "01"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=guilty):
            comparison.compare(ds, catalogue[id_], codes, reference)


def test_an_index_to_nothing_or_to_zero_is_not_a_number() -> None:
    for value, base, index, gap in ((5, 0, None, 5), (None, 5, None, None), (5, None, None, None), (0, 5, 0, -5)):
        assert comparison.index_to(quantity(value), quantity(base)).value == index
        assert comparison.gap_to(quantity(value), quantity(base)).value == gap


@pytest.mark.parametrize("make", [comparison.index_to, comparison.gap_to])
def test_a_weak_rate_makes_what_rests_on_it_weak(make: Callable[[Quantity, Quantity], Quantity]) -> None:
    good, weak = quantity(4), quantity(2, reliable=False)
    assert make(good, good).reliable
    assert not make(weak, good).reliable
    assert not make(good, weak).reliable


def test_the_map_ranks_the_territories_and_puts_the_weak_rates_last(ds: Dataset, catalogue: dict[str, Entry]) -> None:
    table = comparison.map_table(ds, catalogue["taux"], "mrc")
    codes = [row.id for row in table.rows if not row.total]
    assert sorted(codes) == sorted(src.MRC_COUNT)
    weak = [code in src.UNRELIABLE for code in codes]
    assert weak == sorted(weak)
    rates = [
        (-src.rounded(src.MRC_COUNT[c] / src.CENSUS[c] * 1000, 1), ds.name(c)) for c in codes if c not in src.UNRELIABLE
    ]
    assert rates == sorted(rates)
    # Québec has no rate: only the direction closes the table.
    assert [(row.id, row.label) for row in table.rows if row.total] == [(DIRECTION, "Direction régionale")]


def test_the_map_of_the_regions_closes_with_those_above(ds: Dataset, catalogue: dict[str, Entry]) -> None:
    table = comparison.map_table(ds, catalogue["admissions-annee"], "region")
    assert [row.id for row in table.rows] == ["03", "12", "01", "11", DIRECTION, "QC"]
    assert [table.value(row.id, "valeur") for row in table.rows] == [2288, 158, 135, 22, 2603, src.ADMISSIONS["QC"][4]]
    # A missing figure is ranked last, and is not zero.
    agreements = comparison.map_table(ds, catalogue["ententes-soutien-mission"], "region").column("valeur")
    assert (list(agreements)[-1], agreements["11"].value) == ("11", None)


def test_the_nearest_question_is_one_that_all_the_chosen_can_answer(ds: Dataset, catalogue: dict[str, Entry]) -> None:
    for id_, codes, wanted in (
        ("francais", ["2410", "2412"], "part-region"),
        # A region has no share of a region: the next question is the one that all can answer.
        ("francais", ["2410", "QC"], "part-quebec"),
        ("part-immigree", ["2410", "01"], "taux"),
        ("permis", ["2410", "01", DIRECTION, "QC"], "admissions"),
        ("population", ["2410", "QC"], None),
    ):
        found = comparison.nearest(ds, catalogue, catalogue[id_], codes)
        assert (found.id if found else None) == wanted, (id_, codes)


def test_questions_that_turn_in_a_circle_end(ds: Dataset, catalogue: dict[str, Entry]) -> None:
    rates, shares = catalogue["taux"], catalogue["part-region"]
    turning = {"taux": replace(rates, nearest="part-region"), "part-region": replace(shares, nearest="taux")}
    assert comparison.nearest(ds, turning, turning["taux"], ["2410", "QC"]) is None

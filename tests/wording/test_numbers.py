"""Numbers as Québec French writes them, against strings written by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.wording.numbers import in_words, number, percent, plain, share_places, signed, typographic


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, 0, "0"), (999, 0, "999"), (1000, 0, "1\u00a0000"), (14259, 0, "14\u00a0259"),
        (1091310, 0, "1\u00a0091\u00a0310"), (2_000_000_000, 0, "2\u00a0000\u00a0000\u00a0000"),
        (2.4, 1, "2,4"), (2, 1, "2,0"), (1234.5, 2, "1\u00a0234,50"), (999.95, 1, "1\u00a0000,0"),
        (-16.7, 1, "\u221216,7"), (-1234, 0, "\u22121\u00a0234"),
        # Half goes up, as the source rounds, also where binary fractions fall short.
        (0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (0.05, 1, "0,1"), (0.25, 1, "0,3"), (1.005, 2, "1,01"),
        (2.675, 2, "2,68"), (Decimal("97.05"), 1, "97,1"), (-0.5, 0, "\u22121"),
        # No minus before a zero.
        (-0.04, 1, "0,0"), (-0.0, 0, "0"), (None, 0, "n.\u00a0d."), (None, 2, "n.\u00a0d."),
    ],
)  # fmt: skip
def test_number(value: float | Decimal | None, decimals: int, expected: str):
    assert number(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (97.1, 1, "97,1\u00a0%"), (100, 1, "100,0\u00a0%"), (0, 1, "0,0\u00a0%"), (6.627, 2, "6,63\u00a0%"),
        (38.5185, 1, "38,5\u00a0%"), (1234.5, 0, "1\u00a0235\u00a0%"), (-16.66, 1, "\u221216,7\u00a0%"),
        (None, 1, "n.\u00a0d."),
    ],
)  # fmt: skip
def test_percent(value: float | None, decimals: int, expected: str):
    assert percent(value, decimals) == expected
    # One decimal unless told.
    assert decimals != 1 or percent(value) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "expected"),
    [
        (3.2, 1, "", "+3,2"), (-16.7, 1, "", "\u221216,7"), (0, 1, "", "0,0"), (0.04, 1, "", "0,0"),
        (-0.04, 1, "", "0,0"), (0.05, 1, "", "+0,1"), (1500, 0, "", "+1\u00a0500"), (3.2, 1, "%", "+3,2\u00a0%"),
        (-5, 0, "points", "\u22125\u00a0points"), (None, 1, "%", "n.\u00a0d."),
    ],
)  # fmt: skip
def test_signed(value: float | None, decimals: int, unit: str, expected: str):
    assert signed(value, decimals, unit) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (6 / 14259 * 100, "0,04\u00a0%"),  # L’Île-d’Orléans: « 0,0 » in the source, and it is not zero.
        (0, "0,0\u00a0%"), (0.094, "0,09\u00a0%"), (0.095, "0,1\u00a0%"), (12.345, "12,3\u00a0%"),
        (None, "n.\u00a0d."),
    ],
)  # fmt: skip
def test_small_share_never_prints_a_zero_that_is_not_one(value: float | None, expected: str):
    assert percent(value, 1 if value is None else share_places(value)) == expected


IN_WORDS = {
    0: "zéro", 1: "un une", 2: "deux", 6: "six", 10: "dix", 17: "dix-sept", 25: "vingt-cinq", 26: "vingt-six",
    80: "quatre-vingts", 81: "quatre-vingt-un quatre-vingt-une", 100: "cent",
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "expected"),
    [*((value, set(words.split())) for value, words in IN_WORDS.items()), (21, {"vingt et un", "vingt et une"})],
)
def test_in_words(value: int, expected: set[str]):
    assert in_words(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""), (0, "0"), (14259, "14259"), (-3, "-3"), (21.5, "21.5"), (1e-7, "0.0000001"),
        # A printed percentage keeps the decimal that the source prints.
        (Decimal("62.0"), "62.0"), (Decimal("1E+3"), "1000"),
    ],
)  # fmt: skip
def test_plain_is_for_machines(value: float | Decimal | None, expected: str):
    assert plain(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("189 975 personnes", "189\u00a0975 personnes"), ("1 091 310", "1\u00a0091\u00a0310"),
        ("2014 2019", "2014 2019"), ("en 2016, 45 personnes", "en 2016, 45 personnes"),
        ("56,2 % des personnes", "56,2\u00a0% des personnes"), ("10 000 $", "10\u00a0000\u00a0$"),
        ("Source : MIFI", "Source\u00a0: MIFI"), ("« 0,0 »", "«\u00a00,0\u00a0»"), ("rien à changer", "rien à changer"),
        ("", ""),
    ],
)  # fmt: skip
def test_typographic_changes_spaces_and_nothing_else(text: str, expected: str):
    found = typographic(text)
    assert found.replace("\u00a0", " ") == text
    assert found == typographic(found) == expected

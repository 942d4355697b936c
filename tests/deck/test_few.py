"""Few persons are shown with their percentage; a title says the largest gap, and nothing of a gap of two persons."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.deck.charts import BarChart, Cards, PairChart, Paragraphs
from dashboard.deck.content import Content
from dashboard.deck.kinds import content
from dashboard.indicators import admissions as adm
from dashboard.indicators import profile, views
from dashboard.indicators.quantity import Quantity, share_pct
from dashboard.model import Dataset
from dashboard.narrative import gaps
from dashboard.narrative.show import apart, counts, full
from dashboard.ui import markup as html
from tests.deck.test_deck import every_slide
from tests.transcription import NBSP


def count(value: float | None, *, reliable: bool = True) -> Quantity:
    return Quantity(value, "personnes", 0, "essai", "01", "2019", reliable=reliable)


def part(of: int, whole: int) -> Quantity:
    return share_pct(count(of), count(whole), "part")


def change(ds: Dataset, now: int, before: int) -> Quantity:
    found = adm.change_pct(ds, "01", "2019")
    return replace(found, value=(now - before) / before * 100, operands=(count(now), count(before)))


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (part(19, 21), f"19{NBSP}sur{NBSP}21"), (part(2, 22), f"2{NBSP}sur{NBSP}22"),
        (part(0, 99), f"0{NBSP}sur{NBSP}99"), (part(19, 100), ""), (part(6, 14259), ""), (count(19), ""),
        (share_pct(count(None), count(21), "part"), ""),
    ],
)  # fmt: skip
def test_a_percentage_of_fewer_than_100_persons_says_them(quantity: Quantity, said: str) -> None:
    assert counts(quantity) == said
    assert full(quantity).endswith(f"({said})" if said else full(quantity, counted=False))


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(22, 38, f"−42,1{NBSP}% (de 38 à 22)"), (60, 49, f"+22,4{NBSP}% (de 49 à 60)"), (135, 181, f"−25,4{NBSP}%")],
)
def test_a_change_of_fewer_than_50_persons_says_them(ds: Dataset, now: int, before: int, said: str) -> None:
    assert full(change(ds, now, before)) == said


def texts(content: Content) -> list[str]:
    body = content.body
    drawn: list[str] = []
    if isinstance(body, PairChart):
        drawn = [text for pair in body.pairs for text in (pair.text, pair.reference_text)]
    elif isinstance(body, BarChart):
        drawn = [f"{mark.text} {mark.note}" for mark in body.marks]
    elif isinstance(body, Cards):
        drawn = [f"{card.value} {card.context}" for card in body.items]
    elif isinstance(body, Paragraphs):
        drawn = list(body.items)
    return [content.title, content.reading, *drawn]


def test_no_view_shows_a_percentage_of_few_persons_without_them(ds: Dataset) -> None:
    seen = 0
    for slide in every_slide(ds):
        view = content(ds, slide)
        if view.table is None:
            continue
        few_persons = {full(q, counted=False): few for q in view.table.quantities() if (few := counts(q))}
        for written, few in few_persons.items():
            for text in texts(view):
                # « de 38 à 22 » may be told in the words of the sentence: « 22 personnes…, contre 38 ».
                numbers = re.findall(r"\d+", few)
                if written in text:
                    seen += 1
                    assert few in text or all(re.search(rf"(?<!\d){n}(?!\d)", text) for n in numbers), (slide, text)
    assert seen > 15


def test_a_table_gives_the_persons_where_it_does_not_hold_them(ds: Dataset) -> None:
    beside, alone = views.composition(ds, "11", "francais"), views.summary(ds)
    assert apart(beside, beside.cell("french_known", "part")) == ""
    assert apart(alone, alone.cell("11", "francais")) == f"19{NBSP}sur{NBSP}21"
    assert apart(alone, alone.cell("11", "variation")) == "de 38 à 22"
    assert apart(alone, alone.cell("03", "francais")) == ""
    assert f"<small>19{NBSP}sur{NBSP}21</small>" in html.table(alone)
    regions = next(content(ds, slide).body for slide in every_slide(ds) if slide.kind == "regions")
    assert any(f"90,5 (19{NBSP}sur{NBSP}21)" in cell for row in regions.rows for cell in row)


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        # 1 145 against 1 143, half and half.
        (count(1145), count(1143), False), (count(1145), count(1142), True),
        (part(1145, 2288), part(1143, 2288), False),
        # Exactly one point, and a little more.
        (part(500, 1000), part(510, 1000), False), (part(500, 1000), part(511, 1000), True),
        # One person of 21 is 4,8 points.
        (part(10, 21), part(20, 40), False), (part(10, 21), part(6000, 10000), True),
        (count(None), count(3), False), (count(30, reliable=False), count(3), False),
    ],
)  # fmt: skip
def test_a_gap_of_one_point_or_two_persons_is_no_message(
    ds: Dataset, here: Quantity, there: Quantity, told: bool
) -> None:
    assert gaps.tells(ds, here, there) == gaps.tells(ds, there, here) == told


def test_a_gap_within_the_rounding_of_the_source_is_no_message(ds: Dataset) -> None:
    permits = profile.count(ds, "11", "temporary_permits", "ptet")
    assert permits.value == 55
    assert not gaps.tells(ds, permits, replace(permits, value=60))
    assert gaps.tells(ds, permits, replace(permits, value=65))

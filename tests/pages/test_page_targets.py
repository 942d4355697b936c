"""Cibles stratégiques: every printed value, the breaks, the progress asked, and that they are Québec's."""

from __future__ import annotations

import pytest

from tests.pages.conftest import NBSP, Seen, Visit
from tests.transcription import TARGET_YEARS, TARGETS


@pytest.fixture(scope="module")
def page(visit: Visit) -> Seen:
    return visit("cibles")


def printed(text: str) -> str:
    return text.replace(" %", f"{NBSP}%").replace("1 200", f"1{NBSP}200")


@pytest.fixture(scope="module")
def table(page: Seen) -> dict[str, list[str]]:
    """The table of all targets: short name of the indicator -> reference and four targets."""
    found = next(t for t in page.tables if t[0][-4:] == list(TARGET_YEARS))
    return {row[0]: row[1:] for row in found[1:]}


@pytest.mark.parametrize("id_", TARGETS)
def test_every_printed_value_is_in_the_table(table: dict[str, list[str]], id_: str) -> None:
    cells = next(cells for head, cells in table.items() if head.startswith(f"{id_}. "))
    reference, *targets = (printed(text) for text in TARGETS[id_])
    assert cells[0].startswith(reference)
    assert cells[1:] == targets


def test_words_are_kept_as_values(page: Seen) -> None:
    assert "Mise en œuvre" in page.text
    assert "s. o." in page.text
    assert "800 accompagnements" in page.text


@pytest.mark.parametrize("id_", TARGETS)
def test_a_trajectory_has_the_numeric_targets_in_their_order(page: Seen, id_: str) -> None:
    spec = page.charts[f"cible-{id_}"]
    drawn = [
        (x, text.replace("<b>", "").replace("</b>", ""))
        for trace in spec["data"]
        if trace["mode"] == "lines+markers+text"
        for x, text in zip(trace["x"], trace["text"], strict=True)
    ]
    words = ("s. o.", "Mise en œuvre")
    expected = [
        (year, printed(text)) for year, text in zip(TARGET_YEARS, TARGETS[id_][1:], strict=True) if text not in words
    ]
    assert drawn == expected
    notes = {(n["x"], n["text"].replace("<br>", " ")) for n in spec["layout"].get("annotations", [])}
    for year, text in zip(("Référence", *TARGET_YEARS), TARGETS[id_], strict=True):
        if text in words:
            assert (year, text) in notes


@pytest.mark.parametrize("id_", ["4.1", "5.1-a"])
def test_a_break_cuts_the_trajectory_and_is_annotated(page: Seen, id_: str) -> None:
    spec = page.charts[f"cible-{id_}"]
    lines = [trace for trace in spec["data"] if trace["mode"] == "lines+markers+text"]
    assert [trace["x"] for trace in lines] == [[TARGET_YEARS[0]], list(TARGET_YEARS[1:])]
    assert any("Révision" in note["text"] for note in spec["layout"]["annotations"])


@pytest.mark.parametrize("id_", ["2.1", "5.1-b"])
def test_an_unbroken_trajectory_is_one_line(page: Seen, id_: str) -> None:
    lines = [trace for trace in page.charts[f"cible-{id_}"]["data"] if trace["mode"] == "lines+markers+text"]
    assert [trace["x"] for trace in lines] == [list(TARGET_YEARS)]


def test_the_breaks_are_told_in_words(page: Seen) -> None:
    assert f"34{NBSP}% en 2019-2020, puis de 21,5{NBSP}% en 2020-2021" in page.text
    assert "960 entreprises en 2019-2020, puis de 600 en 2020-2021" in page.text
    assert "révisé en octobre 2020" in page.text


def test_progress_asked_each_year(page: Seen) -> None:
    text = page.text
    for move in ("+5~points", "−12,5~points (révision)", "+1~point", "+1,5~point", "−360~entreprises (révision)"):
        assert move.replace("~", NBSP) in text
    assert "sans objet" in text


def test_the_reference_in_another_unit_is_not_drawn(page: Seen) -> None:
    references = {
        id_: [t for t in page.charts[f"cible-{id_}"]["data"] if t["mode"] == "markers+text"] for id_ in TARGETS
    }
    assert {id_ for id_, found in references.items() if found} == {"2.1", "4.1"}
    assert references["4.1"][0]["text"] == [f"17{NBSP}% (2018)"]
    assert "dans une autre unité que les cibles" in page.text


def test_targets_are_said_to_be_those_of_quebec_without_results(page: Seen) -> None:
    assert "pour l’ensemble du Québec" in page.text
    assert "aucune par région" in page.text
    assert "octobre 2020" in page.text

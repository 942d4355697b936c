"""Figures drawn once, labels given their room, and marks described no more than needed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import plotly.graph_objects as go
import pytest
from plotly.io import to_json

from dashboard.deck.charts import BarChart, Mark
from dashboard.deck.kinds import view
from dashboard.figures.bars import ranked
from dashboard.figures.drawn import figure, figure_of
from dashboard.figures.room import left_of, width
from dashboard.figures.style import hatching, same_or_each
from dashboard.indicators import memory as shelf
from dashboard.model import Dataset

NBSP = "\u00a0"


def test_a_figure_is_drawn_once_for_a_dataset_and_its_arguments() -> None:
    drawn: list[tuple[str, ...]] = []

    @shelf.kept
    def draw(_ds: Any, *names: str) -> go.Figure:
        drawn.append(names)
        return go.Figure()

    here, there = SimpleNamespace(memory={}), SimpleNamespace(memory={})
    assert draw(here, "taux") is draw(here, "taux")
    assert draw(here, "part") is not draw(here, "taux")
    assert draw(there, "taux") is not draw(here, "taux")
    assert drawn == [("taux",), ("part",), ("taux",)]


def test_a_figure_is_written_once(ds: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    content = view(ds, "permis", {"territoire": "01"})
    kept, mine = figure_of(ds, content.kind, content.choices, str), figure(content.body)
    assert kept is not None and mine is not None
    assert (kept.text, kept.size) == (to_json(mine, validate=False), {"height": mine.layout.height})
    monkeypatch.setattr(go.Figure, "to_json", lambda *_args, **_named: pytest.fail("written again"))
    assert figure_of(ds, content.kind, content.choices, str) is kept


def test_a_map_that_cannot_be_drawn_is_not_tried_again() -> None:
    tries: list[str] = []

    @shelf.kept
    def draw(_ds: Any, name: str) -> None:
        tries.append(name)

    own = SimpleNamespace(memory={})
    assert draw(own, "carte") is None is draw(own, "carte")
    assert tries == ["carte"]


def test_past_the_most_the_figure_asked_for_longest_ago_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST", 2)
    drawn: list[int] = []

    @shelf.kept
    def draw(_ds: Any, number: int) -> go.Figure:
        drawn.append(number)
        return go.Figure()

    own = SimpleNamespace(memory={})
    for number in (1, 2, 1, 3, 1, 2):
        draw(own, number)
    assert drawn == [1, 2, 3, 2]


def test_what_all_marks_share_is_said_once() -> None:
    assert same_or_each(["#1472bf", "#1472bf"]) == "#1472bf"
    assert same_or_each([0, 2]) == [0, 2]
    assert same_or_each([]) == []


def test_no_pattern_is_described_where_nothing_is_hatched() -> None:
    assert hatching([False, False], size=6) == {}
    assert hatching([True, False], size=6) == {"shape": ["/", ""], "fillmode": "overlay", "size": 6}


# Measured in Chromium with Liberation Sans, whose widths are those of Arial: text, pixels at 14 px.
MEASURED = (
    ("Rimouski-Neigette", 115),
    ("Québec (agglomération)", 151),
    ("Îles-de-la-Madeleine", 128),
    ("Connaissance de la langue", 169),
    ("Ententes du programme", 150),
    (f"<b>54,8{NBSP}%</b> <span style='color:#4e5662'>Québec{NBSP}: 49,3{NBSP}%</span>", 152),
)


@pytest.mark.parametrize(("text", "pixels"), MEASURED)
def test_a_label_has_its_room_and_little_more(text: str, pixels: int) -> None:
    # The automatic margin of Plotly adds the 4 px of padding and the 8 px of the figure.
    assert pixels + 12 <= left_of([text]) <= pixels * 1.12 + 20


def test_the_longest_line_of_the_longest_label_decides() -> None:
    assert left_of(["PMI<br>Connaissance de la langue", "PTET"]) == left_of(["Connaissance de la langue"])
    assert left_of([]) > 0
    assert width("<b>Total</b>") > width("Total")


def test_ranked_bars_have_the_room_of_their_labels_from_the_start() -> None:
    figure = ranked(BarChart((Mark("2410", "Rimouski-Neigette", 477, "477", "#095797"),), ""))
    assert figure.layout.margin.l >= 115 + 12
    assert figure.layout.yaxis.automargin  # a wider font still finds its room

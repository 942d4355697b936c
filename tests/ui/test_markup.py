"""HTML made of texts from the data: nothing in a text becomes markup, and each kind of empty cell looks like itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from dashboard.deck.drawn import text_table
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Column, Head, Table
from dashboard.model import Dataset, Key, Observation, Problem
from dashboard.model.documents import Anomaly, Note, Scope
from dashboard.narrative.key_figures import KeyFigure
from dashboard.ui import markup as html
from tests.pages.conftest import Markup
from tests.transcription import MINUS, NBSP

HOSTILE = (
    '<script>alert("x")</script>',
    "\" onmouseover=\"alert('x')",
    "' onfocus='alert(1)' autofocus='",
    "</td></tr></table><img src=x onerror=alert(1)>",
    "<b>gras</b> & <i>italique</i>",
    "&lt;script&gt;",
    "]]><!-- -->",
    "L’Île-d’Orléans <3",
)


class Reader(Markup):
    """What a browser would make of it: elements, attributes and text; unbalanced tags are an error."""

    def __init__(self, markup: str) -> None:
        self.text = ""
        self._open: list[str] = []
        super().__init__(markup)
        assert self._open == [], f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag not in {"br", "img", "input", "hr"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [a for name, a in self.tags if name == tag and all(a.get(k.strip("_")) == v for k, v in wanted.items())]


def shape(markup: str) -> list[tuple[str, tuple[str, ...]]]:
    """Elements and names of their attributes: what a hostile text must not change."""
    return [(tag, tuple(sorted(attrs))) for tag, attrs in Reader(markup).tags]


def quantity(value: float | None, unit: str = "personnes", decimals: int = 0, **other: object) -> Quantity:
    return Quantity(value, unit, decimals, "essai", "01", "2019", **other)  # type: ignore[arg-type]


def one_cell(cell: Quantity | None, decimals: int = 0) -> str:
    table = Table("T", "S", (Head("r", "R"),), (Column("c", "C", decimals),), {("r", "c"): cell})
    found = re.search(r"<td.*?</td>", html.table(table))
    assert found
    return found[0]


def named(name: str) -> Table:
    cells = {("r", "c"): quantity(14259), ("t", "c"): quantity(1)}
    return Table(name, name, (Head("r", name), Head("t", name, total=True)), (Column("c", name),), cells)


def made(ds: Dataset, name: str) -> list[str]:
    """What is made of a text that stands everywhere in the data."""
    scope = Scope(indicators=["admissions"])
    anomaly = Anomaly(id="x", title=name, kind="reading", touches=[scope], source_says=name, we_show=name, why=name)
    texts = ds.texts.model_copy(update={"notes": [Note(id=name[:40], text=name, touches=[scope])]})
    sections = {**ds.sections, "annexe-2-01": ds.sections["annexe-2-01"].model_copy(update={"label": name})}
    documents = {k: d.model_copy(update={"short": name}) for k, d in ds.documents.items()}
    changed = replace(ds, anomalies={"x": anomaly}, texts=texts, sections=sections, documents=documents)
    cell = quantity(1, inputs=(ds.observations[Key("01", "admissions", "total", "2019")],))
    return [
        html.table(named(name), chosen="r"),
        html.cards([KeyFigure(name, name, name, quantity(1))]),
        html.heading(2, name, name, anchor=name),
        html.plain_table(name, (name, name), [(name, name)], frozenset({1})),
        html.details(name, "<p>intérieur</p>"),
        html.reading(name),
        html.problem_list([Problem(name, name, name, 3, name, name, other_lines=(4, 5))]),
        html.anomaly_list(changed, ["x"]),
        html.notes(changed, Table("T", "S", (), (), {("r", "c"): cell})),
        html.source_line(html.source_text(changed, [cell]), name),
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_stays_a_text(ds: Dataset, text: str) -> None:
    for hostile, harmless in zip(made(ds, text), made(ds, "Annexe 2"), strict=True):
        assert shape(hostile) == shape(harmless)
        assert re.sub(r"\s", " ", text) in re.sub(r"\s", " ", Reader(hostile).text)
    read = Reader(made(ds, text)[0])
    assert read.text.count(text) == 5
    assert read.all("div", class_="tableau")[0]["aria-label"] == text


def test_what_is_written_plainly() -> None:
    assert html.esc("L’Île-d’Orléans – Gaspésie") == "L’Île-d’Orléans – Gaspésie"
    assert html.esc("<\"'&>") == "&lt;&quot;&#x27;&amp;&gt;"
    assert html.esc(3) == "3"
    assert html.heading(3, "Titre") == "<h3>Titre</h3>"
    assert html.heading(2, "Titre", "sous", anchor="ici") == '<h2 id="ici">Titre</h2><p class="sous-titre">sous</p>'
    assert html.points(["a", "<b>"], "notes") == '<ul class="notes"><li>a</li><li>&lt;b&gt;</li></ul>'
    assert html.reading("") == html.points([]) == ""


def test_every_kind_of_empty_cell_is_distinct() -> None:
    cells = [one_cell(None), one_cell(quantity(None)), one_cell(quantity(0))]
    assert [Reader(f"<table><tr>{cell}</tr></table>").text for cell in cells] == ["–", f"n.{NBSP}d.", "0"]
    assert 'aria-label="sans objet"' in cells[0]
    assert [re.findall(r'data-v="(.*?)"', cell) for cell in cells] == [[], [], ["0"]]


@pytest.mark.parametrize(
    ("cell", "decimals", "shown", "sorted_by"),
    [
        (quantity(14259), 0, f"14{NBSP}259", "14259"),
        (quantity(62.02860858257477, "%", 1), 1, "62,0", "62.0"),
        (quantity(0.042078687, "%", 1), 1, "0,04", "0.04"),
        (quantity(-16.7091, "%", 1, derived="change_pct"), 1, f"{MINUS}16,7", "-16.7"),
        (quantity(1e-7, "%", 1), 1, "0,00", "0.00"),
    ],
)
def test_a_cell_shows_french_and_sorts_on_what_it_shows(
    cell: Quantity, decimals: int, shown: str, sorted_by: str
) -> None:
    markup = one_cell(cell, decimals)
    assert Reader(f"<table><tr>{markup}</tr></table>").text == shown
    assert f' data-v="{sorted_by}"' in markup
    assert 'class="num"' in markup


def loose_table(*statuses: Sequence[str]) -> Table:
    """A table whose cells have these statuses, row by row."""
    rows = tuple(Head(f"r{n}", f"Rang {n}") for n in range(len(statuses)))
    columns = tuple(Column(f"c{n}", f"Colonne {n}") for n in range(len(statuses[0])))
    row = Observation(Key("01", "admissions", "total", "2019"), 1, None, "", "definitive", "s", "", "f", 1)
    cells: dict[tuple[str, str], Quantity | None] = {
        (f"r{r}", f"c{c}"): None if not status else replace(quantity(7), inputs=(replace(row, status=status),))
        for r, own in enumerate(statuses)
        for c, status in enumerate(own)
    }
    return Table("Titre", "Tête", rows, columns, cells)


@pytest.mark.parametrize(
    ("statuses", "marked"),
    [
        ([("definitive", "definitive"), ("definitive", "")], []),
        ([("provisional", "definitive"), ("provisional", "definitive")], ["Colonne 0"]),
        ([("definitive", "definitive"), ("provisional", "provisional")], ["Rang 1"]),
        ([("definitive", "provisional"), ("definitive", "definitive"), ("", "definitive")], ["7"]),
        ([("provisional", ""), ("provisional", "provisional")], ["Colonne 0", "Colonne 1"]),
        ([("provisional", "definitive", "definitive"), ("provisional", "provisional", "definitive")],
         ["Colonne 0", "7"]),
    ],
)  # fmt: skip
def test_a_table_marks_what_is_provisional_once(statuses: list[tuple[str, ...]], marked: list[str]) -> None:
    table = loose_table(*statuses)
    markup = html.table(table, caption=False)
    found = re.findall(r">([^<>]+)\s\(p\)<", markup)
    assert found == marked
    written = text_table(table)
    texts = [text for row in (written.head, *written.rows) for text in row]
    assert [t.removesuffix(f"{NBSP}(p)") for t in texts if t.endswith("(p)")] == marked


def test_totals_and_the_selection_are_marked_on_their_row_alone() -> None:
    rows = (Head("a", "A"), Head("b", "B"), Head("t", "T", total=True))
    cells = {(row.id, "c"): quantity(1) for row in rows}
    table = Table("Titre", "Tête", rows, (Column("c", "C"),), cells)
    for chosen, marks in (("b", ["choisi", "total"]), ("t", [None, "total choisi"]), ("x", [None, "total"])):
        found = [tag.get("class") for tag in Reader(html.table(table, chosen=chosen)).all("tr")]
        assert found == [None, None, *marks]


def test_a_table_has_heads_a_caption_and_a_box_that_scrolls() -> None:
    table = Table("Titre", "Tête", (Head("a", "A"),), (Column("c", "C"), Column("d", "D")), {("a", "c"): quantity(1)})
    read = Reader(html.table(table))
    assert len(read.all("th", scope="col")) == 3
    assert len(read.all("th", scope="row")) == 1
    assert read.all("caption") == [{}]
    assert read.all("div", class_="tableau", tabindex="0", role="group")
    # Without its caption the box still says what it is.
    bare = Reader(html.table(table, caption=False))
    assert bare.all("caption") == []
    assert bare.all("div", class_="tableau")[0]["aria-label"] == "Titre"


def test_an_unreliable_rate_is_marked_and_explained_once() -> None:
    weak, sound = quantity(0.8, "pour 1 000 habitants", 1, reliable=False), quantity(8.4, "pour 1 000 habitants", 1)
    rows = (Head("a", "A"), Head("b", "B"))
    table = Table("T", "S", rows, (Column("c", "C", 1),), {("a", "c"): weak, ("b", "c"): sound})
    read = Reader(html.table(table))
    assert read.text.count("†") == 2
    assert read.all("abbr", title="peu fiable")
    assert "peu fiable" not in html.table(Table("T", "S", rows[1:], table.columns, {("b", "c"): sound}))


def test_cards_mark_a_figure_only_when_it_is_not_final(ds: Dataset) -> None:
    provisional = ds.observations[Key("01", "admissions", "total", "2019")]
    definitive = ds.observations[Key("01", "admissions", "total", "2018")]
    found = [
        Reader(html.cards([KeyFigure("Étiquette", "135", "contexte", quantity(135, inputs=(row,)))])).text
        for row in (provisional, definitive)
    ]
    assert found[0].startswith(f"Étiquette{NBSP}(p)135")
    assert found[1].startswith("Étiquette135")
    assert "n. d." not in html.cards([KeyFigure("É", "v", "c", quantity(1))])


def line(ds: Dataset, *keys: tuple[str, str, str, str]) -> str:
    rows = tuple(ds.observations[Key(*key)] for key in keys)
    return Reader(html.source_line(html.source_text(ds, [quantity(1, inputs=rows)]))).text


def test_the_source_line_names_the_places_and_the_status(ds: Dataset) -> None:
    both = line(ds, ("01", "admissions", "total", "2018"), ("01", "admissions", "total", "2019"))
    assert both.startswith(f"Source{NBSP}: Plan d’action régional 2021-2022, Annexe 2")
    assert both.endswith(f"Données provisoires (p){NBSP}: 2019.")
    assert line(ds, ("01", "admissions", "total", "2018")).endswith("Données définitives.")
    permits = line(ds, ("01", "temporary_permits", "ptet", "2019-12-31"))
    assert permits.endswith(f"Données provisoires (p){NBSP}: 2019.")
    # A rate names its two documents; a missing figure has no status of its own.
    text = line(ds, ("2410", "admissions_by_mrc", "total", "2015-2019"), ("2410", "population_census", "total", "2016"))
    assert "Plan d’action régional 2021-2022, Annexe 2" in text and "Recensement de 2016" in text
    row = ds.observations[Key("11", "agreements", "mission_support", "2021-04-01")]
    assert row.value is None
    assert "Données définitives." in line(ds, ("11", "agreements", "mrc", "2021-04-01"), row.key)


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = Problem(
        "data/x.csv", "un nombre entier est attendu.", "écrire 12.", 7, "value", "1l", "01", other_lines=(9, 12)
    )
    text = Reader(html.problem_list([problem])).text.replace(NBSP, " ")
    parts = ("data/x.csv", "ligne 7", "« value »", "« 1l »", "Un nombre entier est attendu.", "9, 12", "écrire 12.")
    assert [part for part in parts if part not in text] == []
    assert len(Reader(html.problem_list([problem] * 3)).all("li")) == 3

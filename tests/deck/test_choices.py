"""Each choice is declared once: its name in one module, its rows in docs/adresses.md true to its declaration."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.deck import page_choices
from dashboard.deck.choices import CHOICES, PARTS, Choice, value
from dashboard.deck.kinds import KINDS
from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.wording import addresses, query

ROOT = Path(__file__).resolve().parents[2]
NAMES = {name for constant, name in vars(query).items() if constant.isupper()}
# The same word, elsewhere the key of something else.
HOMONYMS = {
    ("dashboard/deck/files.py", "vue"),  # of the file of a presentation
    ("dashboard/ui/blocks.py", "mrc"),  # a kind of view
}
# They have the fields of the simulations, which scenarios/ declares.
FIELDS = "dashboard/ui/simulator/"
READERS = {"selection", "address", "choices", "ch", "params", "query_params", "values"}


def keys(tree: ast.AST) -> Iterator[str]:
    """Strings that name an entry: keys of a mapping, subscripts, what is asked of the address or of the choices."""
    for node in ast.walk(tree):
        found: list[ast.expr | None] = []
        if isinstance(node, ast.Dict):
            found = [*node.keys]
        elif isinstance(node, ast.Subscript):
            found = [node.slice]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            # `slide` takes the kind of a view.
            found = [*node.args] if name in READERS and node.func.attr != "slide" else []
        yield from (e.value for e in found if isinstance(e, ast.Constant) and isinstance(e.value, str))


def test_the_name_of_a_parameter_stands_in_one_module() -> None:
    read = [path for folder in ("dashboard/ui", "dashboard/deck", "pages") for path in (ROOT / folder).rglob("*.py")]
    read += [ROOT / "dashboard/narrative" / name for name in ("search.py", "meant.py")]
    found = {(path.relative_to(ROOT).as_posix(), key) for path in read for key in keys(ast.parse(path.read_text()))}
    assert {(path, key) for path, key in found if key in NAMES and not path.startswith(FIELDS)} == HOMONYMS
    assert len(read) > 80


def test_every_choice_is_declared_with_what_it_is_called() -> None:
    assert set(CHOICES) <= NAMES
    used = {name for page in page_choices.PAGES.values() for name in page.names} | set(page_choices.PORTRAIT.names)
    used |= set(page_choices.PASSING)
    used |= {name for kind in KINDS.values() for name in kind.choices} | {query.SIMULATION, query.KIND}
    assert used == set(CHOICES)


@pytest.mark.parametrize("choice", CHOICES.values(), ids=lambda choice: choice.name)
def test_the_usual_value_is_allowed_and_every_value_has_a_name(ds: Dataset, choice: Choice) -> None:
    usual = value(ds, {}, choice.name)
    assert usual is None or choice.faults(ds, {}, usual) == []
    names = [choice.text(ds, {}, allowed) for allowed in choice.allowed(ds, {})]
    assert len(set(names)) == len(names)
    assert choice.faults(ds, {}, "nulle part") == ([] if choice.written else ["nulle part"])


TITLES = {
    "": "vue d’ensemble", addresses.INDICATORS: "indicateurs", addresses.COMPARE: "comparer",
    addresses.ACTION_PLAN: "plan d’action", addresses.PRESENTATION: "présentation",
    addresses.MRC: "MRC", addresses.TARGETS: "cibles", addresses.SOURCES: "données et sources",
}  # fmt: skip
ELSEWHERE = {
    query.SIMULATION: "simulateur", query.TERRITORY: "intégrer",
    query.KIND: "intégrer; présentation en plein écran, pour la vue qui n’y est pas, ou pas ainsi",
    query.QUESTION: "toutes, sauf intégrer",
}  # fmt: skip
WHOLE = (
    query.THEME, query.MEASURE, query.VIEW, query.SERIES, query.BASE, query.OBJECTIVE, query.PROGRAMME, query.CLIENTELE,
    query.SCOPE, query.TARGET,
)  # fmt: skip


def rows() -> dict[str, list[str]]:
    """Of each parameter of the table, the other cells of its row."""
    lines = (ROOT / "docs" / "adresses.md").read_text().splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return {name: row[1:] for row in cells for name in re.findall(r"`(\w+)`", row[0])}


def test_the_table_of_the_addresses_has_every_parameter_of_every_page() -> None:
    told = rows()
    assert set(told) == NAMES
    pages: dict[str, list[str]] = {}
    for slug, page in page_choices.PAGES.items():
        for name in page.names:
            pages.setdefault(name, []).append(TITLES[slug])
        if slug == "":
            for name in page_choices.PORTRAIT.names:
                pages.setdefault(name, []).append("régions")
    wanted = {name: ", ".join(found) for name, found in pages.items()} | ELSEWHERE
    assert {name: told[name][0] for name in CHOICES} == wanted


def test_the_table_of_the_addresses_has_the_values_and_the_usual_ones(ds: Dataset) -> None:
    told = rows()
    for name in WHOLE:
        choice = CHOICES[name]
        allowed = list((choice.known or choice.allowed)(ds, {}))
        allowed += [part for parts in PARTS.values() for part in parts] if name == query.THEME else []
        assert re.findall(r"`([^`]+)`", told[name][1]) == allowed, name
    literal = {
        name: cells[2].split("`")[1] for name, cells in told.items() if cells[2].startswith("`") and name in CHOICES
    }
    assert literal == {name: value(ds, {}, name) for name in literal}
    assert set(literal) >= {query.MEASURE, query.VIEW, query.SERIES, query.INDICATOR, query.DECK, query.KIND}
    compared = page_choices.PAGES[addresses.COMPARE].usual[query.INDICATOR]
    assert f"dans comparer, `{compared}`" in told[query.INDICATOR][2]
    assert literal[query.SIMULATION] == next(iter(SIMULATIONS))

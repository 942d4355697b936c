"""Each choice is declared once: its name in one module, its rows in docs/adresses.md true to its declaration."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from dashboard.deck import page_choices
from dashboard.deck.choices import CHOICES, PARTS, Choice, value
from dashboard.deck.kinds import KINDS
from dashboard.deck.page_choices import taken
from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.wording import addresses, query
from tests.french_text import english_numbers, english_words
from tests.transcription import MRC, NBSP, REGIONS

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


LISTED = [
    *(query.MRC, query.MEASURE, query.YEAR, query.SERIES, query.BASE, query.VIEW),
    *(query.INDICATOR, query.REFERENCE, query.REGION),
    *(query.OBJECTIVE, query.PROGRAMME, query.CLIENTELE, query.SCOPE, query.DECK, query.KIND),
]
COMPARED = {query.COMPARED: "01,03", query.INDICATOR: "admissions"}
MALFORMED = {
    "empty": "",
    "no-break space": "\u00a0",
    "unknown code": "9999",
    "code of a region elsewhere": "06",
    "code with a zero width space": "2410\u200b",
    "code in full-width digits": "\uff12\uff14\uff11\uff10",
    "code with a decimal": "2410.0",
    "code as a list": "2410;2412",
    "code as JSON": '{"code": "2410"}',
    "year after": "2020",
    "period for a year": "2015-2019",
    "year in full-width digits": "\uff12\uff10\uff11\uff19",
    "huge number": "9" * 400,
    "infinity": "inf",
    "not a number": "NaN",
    "None": "None",
    "capitals": "TAUX",
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "end of attribute": '"><svg onload=alert(1)>',
    "apostrophe and event": "' onmouseover='alert(1)",
    "entity": "&lt;b&gt;&amp;&#x27;",
    "style": "</p></div><style>*{display:none}</style>",
    "Markdown link": "[ici](javascript:alert(1))",
    "formula of a spreadsheet": "=HYPERLINK(\"http://exemple.invalid\")",
    "template": "{{7*7}}${7*7}%s%n{0}",
    "path": "../../../../etc/passwd",
    "NUL": "2410\x00",
    "control signs": "\x01\x02\x1b[31m\x7f",
    "line break": "2410\r\nSet-Cookie: a=b",
    "right to left": "\u202e0142",
    "combining signs": "taux" + "\u0301" * 200,
    "emoji": "🍁👩‍👩‍👧",
    "noncharacters": "\ufffe\uffff",
    "very long": "a" * 20_000,
    "a hundred codes": ",".join(f"{2400 + n}" for n in range(100)),
    "a thousand commas": "," * 1000,
}  # fmt: skip


def check_notice(text: str) -> None:
    """A French sentence, short, in which nothing is invisible nor turns it round."""
    text = text.replace(NBSP, " ")
    assert len(text) < 200, text
    said = re.sub("«.*?»", "", text)
    assert english_words(said) + english_numbers(said) == []
    ends = ("la valeur habituelle est affichée.", "aucune n’est choisie.", "laissée de côté.", "laissées de côté.")
    assert text.endswith(ends)
    assert text.isprintable(), text


@pytest.mark.parametrize("value", MALFORMED.values(), ids=list(MALFORMED))
def test_a_malformed_value_is_refused(ds: Dataset, value: str) -> None:
    for name in LISTED:
        found, notice = taken(ds, {}, name, value)
        assert found is None, name
        check_notice(notice)
    found, notice = taken(ds, COMPARED, query.COMPARED, value)
    if value.strip(","):  # nothing between commas is a list of nothing
        check_notice(notice)
    assert not found or value not in (found or "").split(",")


def test_the_value_is_shown_short(ds: Dataset) -> None:
    assert f"« {'x' * 40} »" in taken(ds, {}, query.MRC, "x" * 5000)[1].replace(NBSP, " ")
    (_, text) = taken(ds, {}, query.MRC, "<b>2410</b>")
    assert "la MRC « <b>2410</b> », qui n’existe pas dans les données" in text.replace(NBSP, " ")


def test_an_mrc_may_be_named_instead_of_its_code(ds: Dataset) -> None:
    assert taken(ds, {}, query.MRC, "Rimouski-Neigette") == ("2410", "")
    assert taken(ds, {query.TERRITORY: "01"}, query.MRC, "matane") == ("2408", "")
    assert "qui n’est pas au Bas-Saint-Laurent" in taken(ds, {query.TERRITORY: "01"}, query.MRC, "levis")[1]


def test_an_mrc_of_another_region_is_refused_by_its_name(ds: Dataset) -> None:
    where = {
        "01": "au Bas-Saint-Laurent", "03": "dans la Capitale-Nationale", "12": "en Chaudière-Appalaches",
        "11": "en Gaspésie–Îles-de-la-Madeleine",
    }  # fmt: skip
    for region, elsewhere in product(REGIONS, REGIONS):
        for code, row in MRC[elsewhere].items():
            found, notice = taken(ds, {query.TERRITORY: region}, query.MRC, code)
            if region == elsewhere:
                assert (found, notice) == (code, "")
                continue
            name = {"2423": "Québec (agglomération)"}.get(code, row[0])
            assert found is None
            assert f"« {name} », qui n’est pas {where[region]} :" in notice.replace(NBSP, " ")


def test_a_comparison_that_cannot_be_made_is_refused(ds: Dataset) -> None:
    for name, asked, said in (
        (query.REFERENCE, "12", "« Chaudière-Appalaches », qui n’est pas parmi les"),
        (query.REFERENCE, "2410", "Rimouski-Neigette"),
        (query.COMPARED, "01,03,12,11,QC,DRCNEQ,2410,2412,2407", "plus de 8 à la fois"),
        (query.COMPARED, "01,,03", "parmi les territoires, «"),
        (query.INDICATOR, "xyz", "l’indicateur « xyz », qui n’existe pas dans les données"),
    ):
        _, notice = taken(ds, COMPARED, name, asked)
        check_notice(notice)
        assert said in " ".join(notice.split())


def test_a_list_loses_only_what_is_wrong_in_it(ds: Dataset) -> None:
    for asked, kept, bad in (
        ("2410,2412,01.", "2410,2412", "« 01. »"), ("01,9999,03", "01,03", "« 9999 »"),
        ("01;03,12,11", "12,11", "« 01;03 »"), ("01, 03,xx,yy,12", "01,12", "« 03 », « xx » et « yy »"),
    ):  # fmt: skip
        found, notice = taken(ds, COMPARED, query.COMPARED, asked)
        assert found == kept
        assert bad in " ".join(notice.split()) and "de côté" in notice

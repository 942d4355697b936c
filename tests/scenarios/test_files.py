"""The scenario file: what is saved opens again, what is wrong is refused by line, and nothing makes it fail."""

from __future__ import annotations

import random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model import Dataset
from dashboard.scenarios.files import MAX_BYTES, Scenario, read_scenario, scenario_yaml
from dashboard.scenarios.registry import SIMULATIONS

GOOD = """version: 1
scenario: repartir
titre: Table de concertation
a:
  territoire: "01"
  nombre: 50
  methode: poids
  poids: {"2410": 2.5, "2412": 1}
  planchers: {"2411": 2}
b:
  territoire: "01"
  nombre: 60
  methode: egal
"""


@pytest.mark.parametrize("kind", SIMULATIONS)
def test_what_is_saved_opens_again(ds: Dataset, kind: str) -> None:
    a = SIMULATIONS[kind].defaults(ds) | ({"etudes": "12.5"} if kind == "permis" else {})
    scenario = Scenario(kind, a, dict(a))
    content = scenario_yaml(ds, scenario)
    assert read_scenario(ds, content, "x.yaml") == (scenario, [])
    text = content.decode()
    assert "rien de ce qui suit n’est observé" in text and "Résultat A" in text and "Résultat B" in text
    assert yaml.safe_load(text)["version"] == 1


@pytest.mark.parametrize("content", [GOOD, GOOD.replace("a:\n", "a: &x\n", 1)])
def test_a_file_written_by_hand_opens(ds: Dataset, content: str) -> None:
    """An anchor alone changes nothing."""
    scenario, problems = read_scenario(ds, content.encode(), "x.yaml")
    assert problems == [] and scenario is not None
    assert scenario.a["poids"] == "2410-2.5_2412-1" and scenario.b is not None and scenario.b["nombre"] == "60"


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ({"version: 1": "version: 2"}, {1: "version 2"}),
        ({"version: 1\n": ""}, {1: "obligatoire"}),
        ({"scenario: repartir": "scenario: prevision"}, {2: "cette simulation n’existe pas"}),
        # Every problem is named at once.
        (
            {"nombre: 50": "nombre: -50", "nombre: 60": "nombre: 101,5", "methode: poids": "methode: hasard"},
            {6: "négatif", 7: "sont possibles", 12: "entier"},
        ),
        ({"nombre: 50": "nombre: 5000000000"}, {6: "ne dépasse pas"}),
        ({"nombre: 50": "nombre: 12.5"}, {6: "entier"}),
        ({"nombre: 50": "nombre:"}, {6: "nombre"}),
        ({"nombre: 50": "nombr: 50"}, {6: "n’est pas prévu"}),
        ({'"2410": 2.5': '"2410": beaucoup'}, {8: "pas un nombre"}),
        ({'"2410": 2.5': '"9999": 2.5'}, {8: "n’est pas une MRC"}),
        ({'{"2411": 2}': '{"2411": 99}'}, {9: "planchers totalisent 99"}),
        ({'territoire: "01"': 'territoire: "99"'}, {5: "n’est pas un territoire"}),
        ({"b:\n": "b: *x\n"}, {10: "renvois"}),
        ({"nombre: 50": "nombre: !!python/object:os.system 50"}, {6: "étiquettes"}),
        ({"  nombre: 50": "\tnombre: 50"}, {6: "tabulation"}),
        ({"nombre: 50": "nombre: 50\n  nombre: 51"}, {7: "deux fois"}),
    ],
)
def test_a_bad_file_is_refused_by_line(ds: Dataset, edits: dict[str, str], said: dict[int, str]) -> None:
    text = GOOD
    for old, new in edits.items():
        text = text.replace(old, new, 1)
    scenario, problems = read_scenario(ds, text.encode(), "x.yaml")
    assert scenario is None
    for line, words in said.items():
        assert any(p.line == line and words in p.message for p in problems), [str(p) for p in problems]
    assert all(p.file == "x.yaml" and p.remedy for p in problems)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"# rien\n", "vide"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"version: 1\0", "nul"),
        (b"x" * (MAX_BYTES + 1), "200 ko"),
        (b"[" * 2000, "imbriqu"),
        (b"{" * 90_000, "imbriqu"),
        (b"? " * 3000, "imbriqu"),
        (b"a: &a [x]\nb: [*a, *a]\n", "renvois"),
        (b"- 1\n- 2\n", "liste de noms"),
        (b"---\nversion: 1\n---\nversion: 1\n", "deux documents"),
        (b"version: 2019-99-99\n", "ne se lit pas"),
        (b"version: 1\nscenario: [a]\na: {}\n", "n’existe pas"),
        (b"? [1, 2]\n: 3\n", ""),
    ],
)
def test_what_is_no_scenario_is_refused(ds: Dataset, content: bytes, words: str) -> None:
    scenario, problems = read_scenario(ds, content, "x.yaml")
    assert scenario is None and problems and words in " ".join(map(str, problems))


def test_no_content_makes_it_fail(ds: Dataset) -> None:
    """Good files with bytes changed, doubled, taken away: an answer or problems, never an exception."""
    chance = random.Random(11)  # noqa: S311
    signs = b"\x00\t\n &*!|>%@`{}[],:?-#'\"\\~0123456789azAZ\xc3\xa9\xff"
    for _ in range(400):
        content = bytearray(GOOD.encode())
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(content))
            new = bytes(chance.choice(signs) for _ in range(chance.randint(0, 3)))
            content[place : place + chance.randint(0, 3)] = new
        scenario, problems = read_scenario(ds, bytes(content), "x.yaml")
        assert (scenario is None) == bool(problems)


LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
TREE = st.recursive(LEAF, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12)


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(sorted(SIMULATIONS)), a=TREE, b=TREE, text=st.text())
def test_any_text_is_answered(ds: Dataset, kind: str, a: object, b: object, text: str) -> None:
    for content in (text, yaml.safe_dump({"version": 1, "scenario": kind, "a": a, "b": b})):
        scenario, problems = read_scenario(ds, content.encode(errors="replace"), "x.yaml")
        assert (scenario is None) == bool(problems)

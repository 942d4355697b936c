"""The documents against what is: commands, settings, pages, layers, libraries, files; and nothing said twice."""

from __future__ import annotations

import ast
import csv
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
import yaml

from dashboard.cli.app import cli
from dashboard.model.documents import Config, RegionDisplay
from dashboard.wording.addresses import FIXED
from tests.conftest import ROOT

PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "geo" / "README.md", *sorted(ROOT.glob("docs/*.md")))
}
DOCS = {Path(name).stem: text for name, text in PAGES.items()}
EVERYTHING = "\n".join(PAGES.values())
README = PAGES["README.md"]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = SETTINGS["tool"]["importlinter"]["contracts"]
# From the lowest to the highest; those of one line stand side by side.
LAYERS = [line.split(" | ") for line in reversed(next(c["layers"] for c in CONTRACTS if c["id"] == "layers"))]
# Names of modules that differ from the name of their package.
PACKAGES = {
    "yaml": "pyyaml", "pydantic_core": "pydantic", "PIL": "pillow", "google": "protobuf", "pptx": "python-pptx",
    "oidc_provider_mock": "oidc-provider-mock",
}  # fmt: skip


def requirements(name: str) -> set[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {m.group().lower() for line in lines if (m := re.match(r"[A-Za-z][\w.-]*", line))}


@cache
def named(path: Path) -> set[str]:
    """What a Python file imports, at any place of it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def imported(*patterns: str) -> set[str]:
    """Libraries that the Python files import."""
    found = {name for pattern in patterns for path in ROOT.glob(pattern) for name in named(path)}
    found -= {*sys.stdlib_module_names, "bench", "dashboard", "pages", "tests", "app"}
    return {PACKAGES.get(name, name) for name in found}


def section(text: str, title: str) -> str:
    return text.partition(f"## {title}\n")[2].partition("\n## ")[0]


# ---- Commands --------------------------------------------------------------------------------------------------------
def commands(group: click.Group, *before: str) -> Iterator[tuple[str, click.Command]]:
    """Every command with its whole name: « import ircc »."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *before, name)
        else:
            yield " ".join((*before, name)), command


COMMANDS = dict(commands(cli))


def test_every_command_is_in_the_table_and_no_other() -> None:
    table = section(DOCS["commandes"], "Les données : `python -m dashboard`")
    rows = re.findall(r"^\| `([a-z]+(?: [a-z]+)?)\b", table, re.M)
    assert sorted(rows) == sorted(COMMANDS)


def test_every_command_named_exists_with_its_options() -> None:
    heads = {name.partition(" ")[0] for name in COMMANDS}
    assert set(re.findall(r"python -m dashboard ([a-z]+)", EVERYTHING)) <= heads
    for line in EVERYTHING.splitlines():
        if named := re.search(r"python -m dashboard ((?:import )?[a-z]+)|^\| `((?:import )?[a-z]+)[ `]", line):
            command = COMMANDS.get(named[1] or named[2])
            if command is not None:
                known = {option for parameter in command.params for option in parameter.opts}
                given = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", line.partition(named[0])[2]))
                assert given <= known | {"--help"}, line


def test_every_make_target_is_documented_and_no_other_is_named() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)) - {"help"}
    assert {target for target in targets if f"`make {target}`" not in DOCS["commandes"]} == set()
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", EVERYTHING, re.M)) <= targets
    assert {"run", "test"} <= set(re.findall(r"^make ([a-z-]+)", README, re.M))


# ---- Data and settings -----------------------------------------------------------------------------------------------
def test_every_data_file_is_documented_with_its_columns() -> None:
    for path in (*(ROOT / "data").iterdir(), *(ROOT / "geo").iterdir()):
        if path.suffix in (".csv", ".yaml", ".json", ".geojson"):
            assert f"`{path.relative_to(ROOT).as_posix()}`" in DOCS["donnees"], path
    for portrait in (ROOT / "data" / "regions").glob("*.yaml"):
        assert portrait.name in DOCS["donnees"], portrait.name
    for file in (ROOT / "data").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            columns = next(csv.reader(lines))
        assert [column for column in columns if f"`{column}`" not in DOCS["donnees"]] == [], file.name


def test_every_setting_is_documented_and_no_other() -> None:
    written = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    assert set(written) <= set(Config.model_fields)
    rows = re.findall(r"^\| (`.+?) \|", section(DOCS["donnees"], "`config.yaml`"), re.M)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(Config.model_fields)
    for name in RegionDisplay.model_fields:
        assert f"`{name}`" in section(DOCS["donnees"], "`config.yaml`"), name


def test_every_term_is_in_the_glossary() -> None:
    dictionary = yaml.safe_load((ROOT / "data" / "indicators.yaml").read_text(encoding="utf-8"))
    terms = {i["id"] for key in ("indicators", "derived") for i in dictionary[key]}
    terms |= {c["id"] for i in dictionary["indicators"] for c in i["categories"]}
    for term in terms - {"total"}:
        assert f"`{term}`" in DOCS["glossaire"] or re.fullmatch(r"unnamed_\d\d", term), term


# ---- Pages, layers, libraries, files ---------------------------------------------------------------------------------
def test_every_page_has_its_address_and_no_other() -> None:
    (listed,) = re.findall(r"^Pages : .*?\n\n", PAGES["docs/adresses.md"], re.M | re.S)
    assert set(re.findall(r"`/([\w-]+)`", listed)) == set(FIXED) - {""}


def test_the_layers_are_those_of_the_linter_with_the_libraries_that_they_import() -> None:
    packages = {path.parent.name for path in (ROOT / "dashboard").glob("*/__init__.py")}
    assert {name for line in LAYERS for name in line} == packages
    table = section(DOCS["architecture"], "Les couches")
    for layer in packages:
        (row,) = re.findall(rf"^\| `{layer}`[^|]* \| [^|]* \| (.*?) \|$", table, re.M)
        assert sorted(re.findall(r"\w[\w-]+", row)) == sorted(imported(f"dashboard/{layer}/**/*.py")), layer
    rows = [re.findall(r"`(\w+)`", row) for row in re.findall(r"^\| (`.+?) \|", table, re.M)]
    ranks = {name: rank for rank, line in enumerate(LAYERS) for name in line}
    named = [name for row in rows for name in row if name in ranks]
    assert sorted(named) == sorted(packages)
    assert [ranks[name] for name in named] == sorted(ranks[name] for name in named)
    sentence = README.partition("Les couches, du bas vers le haut")[2].partition("docs/architecture")[0]
    told = re.findall(r"`(\w+)`", sentence)
    assert sorted(told) == sorted(packages)
    assert [ranks[name] for name in told] == sorted(ranks[name] for name in told)


def test_every_library_is_justified_and_no_other_is() -> None:
    tables = DOCS["dependances"].partition("## Écartées")[0]
    rows = re.findall(r"^\| (`.+?`) \|", tables, re.M)
    justified = {name.lower() for row in rows for name in re.findall(r"`([^`]+)`", row)}
    assert justified == requirements("requirements.in") | requirements("requirements-dev.in")


def test_what_is_imported_is_declared() -> None:
    running = requirements("requirements.in")
    assert imported("app.py", "pages/*.py", "dashboard/**/*.py") <= running
    assert imported("tests/**/*.py", "bench/**/*.py") <= running | requirements("requirements-dev.in")


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_link_of_a_page_leads_somewhere(page: str) -> None:
    text = PAGES[page]
    paths = re.findall(r"`((?:dashboard|pages|tests|bench|docs|deploy|data|geo|\.ci)/[\w./@-]*\w)`", text)
    made = {"data/memberships.csv", "data/regions/CODE.yaml"}  # absent when shipped, as the document says
    assert [name for name in paths if name not in made and not (ROOT / name).exists()] == []
    modules = re.findall(r"`(?:assets/)?(\w+\.(?:py|js|css|typ))`", text)
    assert [name for name in modules if not any(ROOT.glob(f"[a-z]*/**/{name}"))] == []
    for link in re.findall(r"\]\(((?!https?://|mailto:)[^)\s]+)\)", text):
        file, _, anchor = link.partition("#")
        target = (ROOT / page).parent / file if file else ROOT / page
        assert target.exists(), link
        if anchor:
            titles = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.M)
            assert anchor in {re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-") for t in titles}, link


# ---- Said once -------------------------------------------------------------------------------------------------------
def pieces(text: str) -> Iterator[str]:
    """Sentences, list items and rows of tables, without code, long enough to say something."""
    prose = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.M | re.S)
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-|]|\d+\.) ?)", prose):
        flat = " ".join(block.split()).lstrip("-| ")
        if not flat.startswith("#"):
            yield from (said for said in re.split(r"(?<=[.:;]) ", flat) if len(said) > 40)


def test_nothing_is_said_twice() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for name, text in PAGES.items():
        for piece in pieces(text):
            places[piece].append(name)
    assert {piece: names for piece, names in places.items() if len(names) > 1} == {}


@pytest.mark.parametrize("page", PAGES)
def test_numbers_of_titles_and_steps_follow_one_another(page: str) -> None:
    titles = [int(n) for n in re.findall(r"^#+ (\d+)\. ", PAGES[page], re.M)]
    assert titles == list(range(1, len(titles) + 1))
    before = 0
    for step in map(int, re.findall(r"^(\d+)\. ", PAGES[page], re.M)):
        assert step in (1, before + 1), f"{page}: {step} after {before}"
        before = step
    assert not re.search(r"^(?:<<<<<<<|=======|>>>>>>>)", PAGES[page], re.M)


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 120
    assert "](docs/images/" in README

"""The documentation names everything there is: commands, files, columns, settings, layers, libraries, terms."""

from __future__ import annotations

import ast
import csv
import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from dashboard.model.documents import Config, RegionDisplay
from dashboard.ui.navigation import FIXED

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
DICTIONARY = yaml.safe_load((ROOT / "data" / "indicators.yaml").read_text(encoding="utf-8"))
# Names of modules that differ from the name of their package.
PACKAGES = {"yaml": "pyyaml", "pydantic_core": "pydantic", "PIL": "pillow", "google": "protobuf", "pptx": "python-pptx"}


def requirements(name: str) -> set[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {m.group().lower() for line in lines if (m := re.match(r"[A-Za-z][\w.-]*", line))}


def imported(folders: tuple[str, ...]) -> set[str]:
    """Top-level modules that the Python files import, at any place of the file."""
    found: set[str] = set()
    for path in [p for folder in folders for p in sorted(ROOT.glob(folder))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"bench", "dashboard", "pages", "tests", "app"}


def test_every_command_is_documented() -> None:
    commands = {path.stem for path in (ROOT / "dashboard" / "cli").glob("*.py")} & {
        node.name
        for path in (ROOT / "dashboard" / "cli").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert {"check", "observations", "boundaries"} <= commands
    for command in commands:
        assert re.search(rf"^\| `{command}\b", README, re.MULTILINE), command
        assert f"dashboard {command}" in README + "".join(DOCS.values()), command


def test_every_make_target_is_in_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE):
        assert f"make {target}" in README, target


def test_every_data_file_is_documented() -> None:
    files = [p.relative_to(ROOT).as_posix() for folder in ("data", "geo") for p in (ROOT / folder).iterdir()]
    for file in files:
        if file.endswith((".csv", ".yaml", ".json", ".geojson")):
            assert f"`{file}`" in DOCS["donnees"], file
    for portrait in (ROOT / "data" / "regions").glob("*.yaml"):
        assert portrait.name in DOCS["donnees"], portrait.name


@pytest.mark.parametrize("file", sorted((ROOT / "data").glob("*.csv")), ids=lambda path: path.name)
def test_every_column_is_documented(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        for column in next(csv.reader(lines)):
            assert f"`{column}`" in DOCS["donnees"], column


def test_every_key_of_the_configuration_is_documented() -> None:
    config = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    for key in {*config, *config["regions"][0], *Config.model_fields, *RegionDisplay.model_fields}:
        assert f"`{key}`" in DOCS["donnees"], key


def test_every_address_is_documented() -> None:
    for slug in FIXED:
        assert re.search(rf"/{slug}\b", DOCS["adresses"]), slug


def test_every_page_and_layer_is_documented() -> None:
    tree = README.partition("## L’arborescence")[2]
    for page in (ROOT / "pages").glob("[a-z]*.py"):
        assert re.search(rf"\b{page.stem}\b", tree), page.name
    for package in (ROOT / "dashboard").iterdir():
        if package.is_dir() and any(package.glob("*.py")):
            assert f"`{package.name}`" in DOCS["architecture"], package.name
            assert f"`{package.name}`" in README, package.name


def test_every_term_is_in_the_glossary() -> None:
    terms = [i["id"] for key in ("indicators", "derived") for i in DICTIONARY[key]]
    terms += [c["id"] for i in DICTIONARY["indicators"] for c in i["categories"]]
    for term in set(terms) - {"total"}:
        known = f"`{term}`" in DOCS["glossaire"] or re.fullmatch(r"unnamed_\d\d", term)
        assert known, term


def test_every_dependency_is_justified_and_no_other_is() -> None:
    tables = DOCS["dependances"].partition("## Écartées")[0]
    justified = {
        name.lower()
        for row in re.findall(r"^\| (`.+?`) \|", tables, re.MULTILINE)
        for name in re.findall(r"`([^`]+)`", row)
    }
    assert justified == requirements("requirements.in") | requirements("requirements-dev.in")


def test_what_is_imported_is_declared() -> None:
    running = imported(("app.py", "pages/*.py", "dashboard/**/*.py"))
    assert {PACKAGES.get(name, name) for name in running} <= requirements("requirements.in")
    testing = imported(("tests/**/*.py", "bench/**/*.py")) - {p.stem for p in (ROOT / "tests").rglob("*.py")}
    declared = requirements("requirements.in") | requirements("requirements-dev.in")
    assert {PACKAGES.get(name, name) for name in testing} <= declared


def test_every_layer_is_placed() -> None:
    """The linter refuses an unplaced package; this says so without it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "layers")
    placed = {name.strip() for line in layers for name in line.split("|")}
    packages = {p.name for p in (ROOT / "dashboard").iterdir() if p.is_dir() and any(p.glob("*.py"))}
    assert placed == packages


def test_links_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "geo" / "README.md", *(ROOT / "docs").glob("*.md")]
    for page in pages:
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if link.startswith(("http://", "https://", "mailto:")):
                continue
            file, _, anchor = link.partition("#")
            target = (page.parent / file).resolve() if file else page
            assert target.exists(), f"{page.name}: {link}"
            if anchor:
                titles = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
                assert anchor in {re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-") for t in titles}, link

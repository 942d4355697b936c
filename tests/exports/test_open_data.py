"""The open data package: what it declares is what its files hold, and they are the files of the project."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.contract.door import load_dataset
from dashboard.exports.observations import observed_rows
from dashboard.exports.open_data import open_data_zip
from dashboard.exports.open_tables import Field, OpenTable
from dashboard.model import Dataset
from tests.broken_files import Files

DAY = date(2022, 3, 31)


@pytest.fixture(scope="module")
def package(ds: Dataset) -> Mapping[str, bytes]:
    return opened(open_data_zip(ds, today=DAY))


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def resources(package: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    return {r["name"]: r for r in json.loads(package["datapackage.json"])["resources"]}


def table(package: Mapping[str, bytes], resource: Mapping[str, Any]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package[resource["path"]].decode(), newline="")))


def cast(text: str, field: Mapping[str, Any]) -> Any:
    """A value with its declared type; raises when it is not of it."""
    if field["type"] == "string":
        return text
    assert re.fullmatch(r"-?\d+" if field["type"] == "integer" else r"-?\d+(\.\d+)?", text), text
    return float(text)


def test_series_are_the_files_of_the_project(package: Mapping[str, bytes], root: Path, ds: Dataset) -> None:
    for name in {indicator.file for indicator in ds.indicators.values()}:
        assert package[f"donnees/{name}"] == (root / "data" / name).read_bytes(), name
    found = resources(package)
    assert len(table(package, found["observations"])) == len(observed_rows(ds))
    assert len(table(package, found["territoires"])) == 37
    assert len(table(package, found["actions"])) == len(ds.action_plan.actions)


def test_every_value_has_its_declared_type(package: Mapping[str, bytes]) -> None:
    """Types, required values, enumerations, patterns and bounds of every column of every file."""
    for resource in resources(package).values():
        fields = {f["name"]: f for f in resource["schema"]["fields"]}
        lines = table(package, resource)
        assert lines, resource["name"]
        assert list(lines[0]) == list(fields)
        for line in lines:
            for name, text in line.items():
                rules = fields[name].get("constraints", {})
                if text in resource["schema"]["missingValues"]:
                    assert not rules.get("required"), (resource["name"], line)
                    continue
                value = cast(text, fields[name])
                assert value in rules.get("enum", [value])
                assert re.fullmatch(rules.get("pattern", ".*"), text, re.DOTALL)
                assert rules.get("minimum", -1e99) <= value <= rules.get("maximum", 1e99) if rules.get("minimum") else 1


def test_keys_are_unique_and_links_lead_somewhere(package: Mapping[str, bytes]) -> None:
    found = resources(package)
    by_path = {Path(r["path"]).stem: r for r in found.values()}
    linked = 0
    for resource in found.values():
        schema, lines = resource["schema"], table(package, resource)
        if "primaryKey" in schema:
            keys = [tuple(line[c] for c in schema["primaryKey"]) for line in lines]
            assert len(set(keys)) == len(keys), resource["name"]
            assert all(all(key) for key in keys), resource["name"]
        for link in schema.get("foreignKeys", []):
            target = link["reference"]["resource"]
            there = resource if target == "" else by_path[target]
            known = {tuple(line[c] for c in link["reference"]["fields"]) for line in table(package, there)}
            own = {tuple(line[c] for c in link["fields"]) for line in lines}
            assert {key for key in own if any(key)} <= known, (resource["name"], link)
            linked += 1
    assert linked > 30


def test_descriptor_follows_the_standard(package: Mapping[str, bytes]) -> None:
    """The rules of Data Package that a reader relies on: names, paths, hashes, licences, sources, contributors."""
    described = json.loads(package["datapackage.json"])
    assert described["profile"] == "tabular-data-package"
    assert re.fullmatch(r"[a-z0-9._/-]+", described["name"])
    assert described["created"].startswith("2022-03-31")
    assert described["temporal"] == {"start": "2015-01-01", "end": "2021-04-01"}
    for owner in (described, *described["resources"]):
        for licence in owner.get("licenses", []):
            assert licence["path"] in package
            assert licence["title"]
        assert all(source["title"] for source in owner.get("sources", []))
    roles = {"author", "publisher", "maintainer", "wrangler", "contributor"}
    assert {c["role"] for c in described["contributors"]} <= roles
    paths = [r["path"] for r in described["resources"]]
    assert sorted(paths) == sorted(name for name in package if name.endswith(".csv"))
    for resource in described["resources"]:
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        content = package[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        for field in resource["schema"]["fields"]:
            assert field["type"] in ("string", "integer", "number")
            assert field["description"]


def test_words_are_french_and_nothing_else_is_inside(package: Mapping[str, bytes], ds: Dataset) -> None:
    readme, licences = package["LISEZMOI.md"].decode(), package["LICENCES.md"].decode()
    assert ds.config.disclaimer in readme
    assert "amCharts" in readme
    for document in ds.documents.values():
        assert document.licence.rstrip(".") in licences
    assert not [name for name in package if "geo" in name or "suivi" in name]
    dictionary = package["DICTIONNAIRE.md"].decode()
    for resource in resources(package).values():
        for field in resource["schema"]["fields"]:
            assert f"`{field['name']}`" in dictionary


def test_region_set_aside_is_left_out_and_said(files: Files) -> None:
    files.edit("data/admissions_by_year.csv", "01,admissions,total,2016,149", "01,admissions,total,2016,148")
    broken = load_dataset(files.root)
    assert list(broken.unavailable) == ["01"]
    found = opened(open_data_zip(broken, today=DAY))
    lines = found["donnees/admissions_by_year.csv"].decode().splitlines()
    assert {line.split(",")[0] for line in lines[1:]} == {"QC", "03", "11", "12"}
    assert "Bas-Saint-Laurent" not in found["donnees/territoires.csv"].decode()
    assert "Bas-Saint-Laurent" in found["LISEZMOI.md"].decode()
    test_keys_are_unique_and_links_lead_somewhere(found)


def test_text_that_looks_like_a_formula_is_neutralised() -> None:
    """Texts come from files that anyone may edit; numbers keep their sign."""
    fields = (Field("texte", "string", "texte"), Field("nombre", "integer", "nombre"))
    frame = pd.DataFrame([("=1+1", "-5"), ("@a", "2"), ("Lévis", "")])
    made = OpenTable("essai", "Essai", fields, frame, ("texte",))
    assert made.csv().decode().splitlines() == [
        "texte,nombre",
        "'=1+1,-5",
        "'@a,2",
        "Lévis,",
    ]

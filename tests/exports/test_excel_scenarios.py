"""Formulas of the simulation sheets: they give what the simulator gives, and follow their inputs."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from dashboard.contract.door import load_dataset
from dashboard.deck.slides import Slide
from dashboard.exports.excel.book import slides_xlsx
from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS, answer
from tests.spreadsheet_formulas import Spreadsheet

CASES: dict[str, dict[str, str]] = {
    "mrc-annee": {"territoires": "2410", "annees": "2019"},
    "mrc-annee peu": {"territoires": "2413", "annees": "2019"},
    "mrc-annee exact": {"territoires": "2410", "annees": "2015.2016.2017.2018.2019"},
    "quebec": {"territoire": "DRCNEQ", "admissions": "50000", "reference": "2019"},
    "quebec part": {"territoire": "DRCNEQ", "admissions": "50000", "reference": "2018", "part": "7.25"},
    "meilleure-annee": {"territoire": "01", "ans": "3"},
    "repartir": {"territoire": "DRCNEQ", "nombre": "50", "methode": "parts"},
    "repartir population": {"territoire": "01", "nombre": "77", "methode": "population"},
    "repartir egal": {"territoire": "11", "nombre": "50", "methode": "egal"},
    "permis": {"territoire": "01", "etudes": "12.5", "pmi": "10"},
    "francais": {"territoire": "01", "taux": "60"},
    "categories": {"territoire": "01", "modele": "QC"},
    "poids-demographique": {"territoire": "2410", "periode": "2015-2019"},
    "poids-demographique direction": {"territoire": "DRCNEQ", "periode": "2019"},
}


def kind_of(case: str) -> str:
    return case.split(" ")[0]


def slide(case: str, **other: str) -> Slide:
    return Slide("simulation", {"scenario": kind_of(case), **CASES[case], **other})


@cache
def content(root: Path) -> bytes:
    return slides_xlsx(load_dataset(root), [slide(case) for case in CASES], "Simulations", today=date(2022, 3, 31))


@cache
def opened(root: Path, *, values: bool = False) -> Workbook:
    """The workbook of all cases; no test changes it."""
    return load_workbook(io.BytesIO(content(root)), data_only=values)


def sheet_of(workbook: Workbook, case: str) -> Any:
    return workbook.worksheets[1 + list(CASES).index(case)]


def results(ds: Dataset, case: str, **other: str) -> dict[str, tuple[Any, Any, Any]]:
    """Line -> (value, low, high) as the simulator gives them; « moins de 5 » where it does not write the number."""
    outcome = answer(ds, kind_of(case), {**CASES[case], **other}).outcome
    found = {}
    for line in (*outcome.lines, *outcome.more):
        s = line.simulated
        if s is not None:
            text = s.text(outcome.status)
            value = "moins de 5" if text.startswith("moins") else s.value
            found[line.label] = (value, s.low, s.high)
    return found


def read(sheet: Any, value: Any) -> dict[str, tuple[Any, Any, Any]]:
    """The same from a sheet; value: cell -> what it holds."""
    return {
        row[0].value: tuple(value(row[c]) for c in (2, 3, 4))
        for row in sheet.iter_rows()
        if len(row) > 5 and row[5].value in ("estimation", "scénario", "exact")
    }


def blank(cells: dict[str, tuple[Any, Any, Any]]) -> dict[str, tuple[Any, Any, Any]]:
    """Without the empty texts, nor the lines that have nothing."""
    found = {name: tuple(None if v in ("", "–") else v for v in own) for name, own in cells.items()}
    return {name: own for name, own in found.items() if own != (None,) * 3}


def recomputed(root: Path, case: str, inputs: dict[str, float]) -> dict[str, tuple[Any, Any, Any]]:
    """What the formulas of a sheet give, with other values in these named cells."""
    workbook = opened(root)
    sheet, spreadsheet = sheet_of(workbook, case), Spreadsheet(workbook)
    for name, value in inputs.items():
        spreadsheet.set(sheet.title, sheet.defined_names[name].attr_text.rpartition("!")[2].replace("$", ""), value)
    return read(sheet, lambda c: spreadsheet.value(sheet.title, c.coordinate))


@pytest.mark.parametrize("case", CASES)
def test_cached_values_and_formulas_are_those_of_the_simulator(root: Path, ds: Dataset, case: str) -> None:
    """Every simulated cell is a formula, and computing it anew gives what the simulator gives."""
    sheet, wanted = sheet_of(opened(root), case), results(ds, case)
    assert blank(read(sheet_of(opened(root, values=True), case), lambda c: c.value)) == wanted
    assert blank(recomputed(root, case, {})) == wanted
    asked = read(sheet, lambda c: c.value)
    assert all(any(str(v).startswith("=") for v in own) for own in asked.values())
    assert sheet.defined_names
    nature = "Estimation" if kind_of(case) == "mrc-annee" else "Scénario"
    assert sheet.title.startswith(nature) and str(sheet["A1"].value).startswith(nature)
    assert sheet["A1"].fill.fgColor.rgb == "FFF3D9A4"
    assert any(row[0].value == "À savoir" for row in sheet.iter_rows())


def test_every_simulation_has_a_case() -> None:
    assert {kind_of(case) for case in CASES} == set(SIMULATIONS)


@pytest.mark.parametrize(
    ("case", "name", "value", "other"),
    [
        ("quebec", "admissions_quebec", 61000, {"admissions": "61000"}),
        ("quebec part", "part_quebec", 3.5, {"part": "3.5"}),
        ("meilleure-annee", "annees_voulues", 2, {"ans": "2"}),
        ("repartir", "admissions_a_repartir", 333, {"nombre": "333"}),
        ("repartir egal", "admissions_a_repartir", 4, {"nombre": "4"}),
        ("permis", "taux_etudes", 33, {"etudes": "33"}),
        ("permis", "taux_ptet", 50, {"ptet": "50"}),
        ("francais", "taux", 85, {"taux": "85"}),
    ],
)
def test_formulas_follow_their_inputs(
    root: Path, ds: Dataset, case: str, name: str, value: float, other: dict[str, str]
) -> None:
    assert blank(recomputed(root, case, {name: value})) == results(ds, case, **other)


def test_margins_are_inputs(root: Path) -> None:
    """M × Y ÷ T and its bounds, by hand, for other margins than those of the source."""
    values = {"admissions_territoires": 600, "admissions_annees": 300, "total_region": 800}
    assert recomputed(root, "mrc-annee", values)["Rimouski-Neigette, 2019"] == (225, 100, 300)


def test_what_no_formula_says_is_said(ds: Dataset) -> None:
    floors = slide("repartir population", planchers="2410-20")
    other = [floors, slide("repartir population", methode="poids", poids="2410-1.5_2412-2")]
    workbook = load_workbook(io.BytesIO(slides_xlsx(ds, other, "Essai")))
    for sheet, own in zip(workbook.worksheets[1:], other, strict=True):
        assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        said = [str(row[0].value) for row in sheet.iter_rows()]
        assert any("ne se résume pas à une formule" in text for text in said)
        outcome = answer(ds, "repartir", {k: v for k, v in own.choices.items() if k != "scenario"}).outcome
        values = {row[0].value: row[2].value for row in sheet.iter_rows()}
        assert all(values[line.label] == line.simulated.value for line in outcome.lines if line.simulated)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) n’est pas installé")
def test_libreoffice_recomputes_the_same(root: Path, tmp_path: Path) -> None:
    """Opened and computed anew by a real spreadsheet: openpyxl drops the cached values, so that all is computed."""
    workbook = opened(root)
    (tmp_path / "profil").mkdir()
    (tmp_path / "sortie").mkdir()
    workbook.save(tmp_path / "simulations.xlsx")
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to", "xlsx",
            "--outdir", str(tmp_path / "sortie"), str(tmp_path / "simulations.xlsx"),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    computed = load_workbook(tmp_path / "sortie" / "simulations.xlsx", data_only=True)
    ours = opened(root, values=True)
    compared = 0
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    there = computed[sheet.title][cell.coordinate].value
                    here = ours[sheet.title][cell.coordinate].value
                    assert (there or "") == (here or ""), (sheet.title, cell.coordinate)
                    compared += 1
    assert compared > 200

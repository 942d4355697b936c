"""``export``: names, addresses and codes of regions, files written whole or not at all, messages in French."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from dashboard.cli.app import cli
from dashboard.cli.export import _territory
from dashboard.cli.shared import write
from dashboard.deck.slides import Deck
from dashboard.exports.formats import FORMATS, file_name, make, territory_file_name
from dashboard.model import DataError, Dataset, Problem

NBSP = "\u00a0"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["export", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("pdf", "--mrc", "2410"), "fiche-rimouski-neigette-2015-2019.pdf"),
        (("xlsx", "--mrc", "rimouski-neigette"), "portrait-rimouski-neigette-2015-2019.xlsx"),
        (("xlsx", "--region", "bas-saint-laurent"), "portrait-bas-saint-laurent-2015-2019.xlsx"),
        (("zip",), "donnees-ouvertes-2015-2019.zip"),
    ],
)
def test_the_file_of_a_territory_or_the_open_data(folder: Path, arguments: tuple[str, ...], name: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.output.strip()) == (0, name)
    assert [made.name for made in folder.iterdir()] == [name]
    if name.endswith(".zip"):
        with zipfile.ZipFile(folder / name) as archive:
            assert "datapackage.json" in archive.namelist()
            assert archive.testzip() is None
    elif name.endswith(".xlsx"):
        workbook = load_workbook(folder / name, read_only=True)
        if "--mrc" in arguments:
            assert workbook.sheetnames == [
                "LISEZMOI", "Fiche d’une MRC", "Carte des MRC", "Classement des MRC", "Estimations d’une MRC",
                "Ententes et mandataires", "Sources et particularités",
            ]  # fmt: skip
        else:
            assert workbook["LISEZMOI"]["A1"].value == "Portrait de l’immigration, Bas-Saint-Laurent"


def test_region_by_code_address_or_name(ds: Dataset) -> None:
    for asked in ("01", "bas-saint-laurent", "Bas-Saint-Laurent"):
        assert _territory(ds, asked) == "01"
    assert _territory(ds, "DRCNEQ") == _territory(ds, "direction") == "DRCNEQ"


def test_direction_to_a_named_file(folder: Path) -> None:
    target = folder / "Gaspésie – l’été.xlsx"
    target.write_text("ancien", encoding="utf-8")
    result = run("xlsx", "--region", "direction", "-o", target)
    assert result.exit_code == 0, result.output
    assert [p.name for p in folder.iterdir()] == ["Gaspésie – l’été.xlsx"]
    assert "Ce qui ressort" in load_workbook(target, read_only=True).sheetnames


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("xlsx",), "--region ou --mrc est nécessaire"),
        (("pdf", "--region", "01", "--mrc", "2410"), "choisir --region ou --mrc"),
        (
            ("pdf", "--mrc", "rimousky"),
            f"«{NBSP}rimousky{NBSP}» n’est pas une MRC; les plus proches{NBSP}: 2410 (rimouski-neigette)",
        ),
        (("pdf", "--mrc", "01"), "donner son code (2410) ou son nom"),
        (("xlsx", "--region", "99"), f"«{NBSP}99{NBSP}» n’est pas une région; choisir parmi"),
        (("xlsx", "--region", "01", "--template", __file__), "--template ne sert que pour pptx"),
        (("docx", "--region", "01"), "docx"),
        (("xlsx", "--region", "01", "-o", "absent/a.xlsx"), "n’existe pas"),
        (("xlsx", "--region", "01", "-o", "."), "est un dossier"),
    ],
)
def test_refusals_in_french(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code in (1, 2)
    assert said in result.output
    assert "Traceback" not in result.output
    assert list(folder.iterdir()) == []


def test_failure_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills up while writing: the old file stays, and no other."""
    target = folder / "a.xlsx"
    target.write_bytes(b"ancien")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = run("xlsx", "--region", "11", "-o", target)
    assert result.exit_code == 1
    assert "impossible d’écrire" in result.output
    assert [p.name for p in folder.iterdir()] == ["a.xlsx"]
    assert target.read_bytes() == b"ancien"


def test_file_is_readable_by_others(folder: Path) -> None:
    write(folder / "a.zip", b"x", "")
    mask = os.umask(0)
    os.umask(mask)
    assert (folder / "a.zip").stat().st_mode & 0o777 == 0o666 & ~mask


def test_region_with_a_fault(folder: Path, copy_of_data: Path) -> None:
    path = copy_of_data / "data" / "admissions_by_year.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("01,admissions,total,2016,149", "01,admissions,total,2016,148"), encoding="utf-8")
    refused = run("xlsx", "--region", "01", "-o", folder / "a.xlsx", "--root", copy_of_data)
    assert refused.exit_code == 1
    assert "sont à corriger" in refused.output
    assert not (folder / "a.xlsx").exists()
    other = run("xlsx", "--region", "03", "-o", folder / "b.xlsx", "--root", copy_of_data)
    assert other.exit_code == 1
    assert "Régions laissées de côté" in other.output
    assert load_workbook(folder / "b.xlsx", read_only=True).sheetnames[0] == "LISEZMOI"


def test_names_and_kinds_of_files(ds: Dataset) -> None:
    assert file_name("pptx", "Œuvre, l’été «\u00a0Gaspésie–Îles\u00a0»") == "oeuvre-l-ete-gaspesie-iles.pptx"
    assert file_name("xlsx", "«»") == "immigration-regionale.xlsx"
    assert territory_file_name(ds, "pdf", "11") == "fiche-gaspesie-iles-de-la-madeleine-2015-2019.pdf"
    assert territory_file_name(ds, "pptx", "DRCNEQ") == "portrait-direction-2015-2019.pptx"
    assert set(FORMATS) == {"pptx", "xlsx", "pdf", "zip"}
    with pytest.raises(ValueError, match="aucune vue"):
        make(ds, "xlsx", Deck("Vide", ()))


def test_template_and_failures_of_the_other_formats(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command gives to the makers of presentations and sheets, and how their failures are said."""

    def sheet_pdf(ds: Dataset, code: str, *, today: object = None) -> bytes:
        raise ValueError(f"la fiche de {code} ne peut pas être produite")

    def deck_pptx(ds: Dataset, deck: Deck, **options: object) -> bytes:
        if not str(options["template"]).endswith("bon.pptx"):
            raise DataError([Problem("modele.pptx", "ce modèle est illisible.", "l’enregistrer de nouveau.")])
        return f"{deck.title}, {len(deck.slides)}".encode()

    sheet, slides = ModuleType("sheet"), ModuleType("slides")
    sheet.__dict__.update(sheet_pdf=sheet_pdf)
    slides.__dict__.update(deck_pptx=deck_pptx)
    monkeypatch.setitem(sys.modules, "dashboard.exports.sheet.document", sheet)
    monkeypatch.setitem(sys.modules, "dashboard.exports.slides.make", slides)
    (folder / "bon.pptx").touch()
    (folder / "faux.pptx").touch()
    made = run("pptx", "--region", "01", "--template", "bon.pptx")
    assert made.exit_code == 0, made.output
    written = (folder / "portrait-bas-saint-laurent-2015-2019.pptx").read_text(encoding="utf-8")
    assert written == "Portrait de l’immigration, Bas-Saint-Laurent, 11"
    for arguments, said in (
        (("pptx", "--template", "faux.pptx"), "illisible"),
        (("pdf",), "ne peut pas être produite"),
    ):
        failed = run(*arguments, "--region", "01", "-o", "a.bin")
        assert failed.exit_code == 1
        assert said in failed.output
        assert not (folder / "a.bin").exists()

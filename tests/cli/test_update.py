"""The commands of an update, from the workbook to the undoing, as somebody types them one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.cli.app import cli
from dashboard.publishing.places import digest
from tests.broken_workbooks import KINDS
from tests.conftest import ROOT
from tests.filled_workbook import edited, fill_2020, opened, written


def run(root: Path, *arguments: str | Path) -> Result:
    done = CliRunner().invoke(cli, [*map(str, arguments), "--root", str(root)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def said(done: Result) -> str:
    return done.output.replace("\u00a0", " ")


def test_from_the_workbook_to_the_undoing(copy_of_data: Path) -> None:
    path = copy_of_data / "donnees.xlsx"
    before = digest(copy_of_data / "data")
    assert run(copy_of_data, "workbook", "-o", path).exit_code == 0
    assert "admissions_by_mrc" in opened(path.read_bytes()).sheetnames
    done = run(copy_of_data, "check", path)
    assert (done.exit_code, "rien ne changerait" in done.output) == (0, True)
    assert "Aucune différence" in run(copy_of_data, "diff", path).output
    done = run(copy_of_data, "apply", path)
    assert (done.exit_code, "rien à publier" in done.output) == (1, True)

    path.write_bytes(edited(path.read_bytes(), fill_2020))
    assert "aucun problème, 6 fichiers de données changeraient" in said(run(copy_of_data, "check", path))
    done = run(copy_of_data, "diff", path)
    assert done.exit_code == 0
    assert "Bas-Saint-Laurent, Admissions, 2020 : ligne ajoutée : 96 (−28,9 % depuis la période d’avant)" in said(done)
    assert "Admissions, 2020, somme des régions : rien → 1 776" in said(done)
    assert "data/sources.yaml" in said(done)
    assert digest(copy_of_data / "data") == before

    done = run(copy_of_data, "apply", path, "--author", "Camille Roy", "--summary", "Chiffres de 2020")
    assert (done.exit_code, "Publié (nº 1)" in said(done)) == (0, True), said(done)
    assert "aucun problème" in run(copy_of_data, "check").output
    assert digest(copy_of_data / "data") != before
    history = said(run(copy_of_data, "history"))
    assert "Camille Roy : Chiffres de 2020 [donnees.xlsx]" in history
    # The same workbook again: nothing more to publish, and it says that the data have changed since it was made.
    assert "autre version des données" in said(run(copy_of_data, "check", path))

    assert run(copy_of_data, "undo", "--author", "Camille Roy").exit_code == 0
    assert digest(copy_of_data / "data") == before
    lines = said(run(copy_of_data, "history")).splitlines()
    assert [line[:4] for line in lines] == ["nº 2", "nº 1"]
    assert lines[1].endswith("(annulée)")
    done = run(copy_of_data, "undo")
    assert (done.exit_code, "aucune publication à annuler" in done.output) == (1, True)


@pytest.mark.parametrize("command", ["check", "diff", "apply"])
def test_a_problem_is_named_and_the_code_is_1(copy_of_data: Path, command: str) -> None:
    path = copy_of_data / "faux.xlsx"
    path.write_bytes(KINDS["une personne de trop"].make(written(ROOT)))
    before = digest(copy_of_data / "data")
    done = run(copy_of_data, command, path)
    assert done.exit_code == 1
    assert "feuille « admissions_by_mrc », cellule F5" in said(done)
    assert digest(copy_of_data / "data") == before
    assert run(copy_of_data, command, copy_of_data / "absent.xlsx").exit_code == 1


def test_a_workbook_is_written_where_it_can_be(copy_of_data: Path) -> None:
    done = run(copy_of_data, "workbook", "-o", copy_of_data / "donnees.txt")
    assert (done.exit_code, "doit finir par « .xlsx »" in said(done)) == (1, True)
    done = run(copy_of_data, "workbook", "-o", copy_of_data / "nulle/part.xlsx")
    assert (done.exit_code, "impossible d’écrire" in said(done)) == (1, True)

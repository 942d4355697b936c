"""The commands of an update, from the workbook to the undoing, as somebody types them one after the other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.publishing.places import digest
from tests import other_years
from tests.cli.test_app import call
from tests.conftest import copied
from tests.filled_workbook import opened


@pytest.fixture
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files, with 2020 in them."""
    root = copied(tmp_path_factory.mktemp("envoi"))
    other_years.add_2020(root)
    shutil.rmtree(root / "data" / "source")
    return root / "data"


def test_from_the_workbook_to_the_undoing(copy_of_data: Path, sent: Path) -> None:
    def run(*arguments: str | Path, code: int = 0) -> str:
        done = call(*map(str, arguments), "--root", str(copy_of_data))
        assert done.exit_code == code, done.output
        return done.output.replace("\u00a0", " ")

    path = copy_of_data / "donnees.xlsx"
    before = digest(copy_of_data / "data")
    for place, said in (("donnees.txt", "doit finir par « .xlsx »"), ("nulle/part.xlsx", "impossible d’écrire")):
        assert said in run("workbook", "-o", copy_of_data / place, code=1)
    run("workbook", "-o", path)
    assert "admissions_by_mrc" in opened(path.read_bytes()).sheetnames
    assert "rien ne changerait" in run("check", path)
    assert "Aucune différence" in run("diff", copy_of_data / "data")
    assert "rien à publier" in run("apply", copy_of_data / "data", code=1)

    assert "aucun problème, 6 fichiers de données changeraient" in run("check", sent)
    said = run("diff", sent)
    assert "Bas-Saint-Laurent, Admissions, 2020 : ligne ajoutée : 96 (−28,9 % depuis la période d’avant)" in said
    assert "Admissions, 2020, somme des régions : rien → 1 776" in said
    assert "data/sources.yaml" in said
    for command in ("check", "diff", "apply"):
        run(command, copy_of_data / "absent.xlsx", code=1)
    assert digest(copy_of_data / "data") == before

    assert "Publié (nº 1)" in run("apply", sent, "--author", "Camille Roy", "--summary", "Chiffres de 2020")
    assert "aucun problème" in run("check")
    assert digest(copy_of_data / "data") != before
    assert "Camille Roy : Chiffres de 2020 [data]" in run("history")

    run("undo", "--author", "Camille Roy")
    assert digest(copy_of_data / "data") == before
    lines = run("history").splitlines()
    assert [line[:4] for line in lines] == ["nº 2", "nº 1"]
    assert lines[1].endswith("(annulée)")
    assert "aucune publication à annuler" in run("undo", code=1)

    # The workbook says that the data have changed since it was made.
    with (copy_of_data / "data" / "targets.yaml").open("a", encoding="utf-8") as file:
        file.write("# relu\n")
    assert "autre version des données" in run("check", path)


@pytest.mark.parametrize("command", ["check", "diff", "apply"])
def test_a_problem_is_named_and_the_code_is_1(copy_of_data: Path, sent: Path, command: str) -> None:
    path = sent / "admissions_by_mrc.csv"
    path.write_text(path.read_text("utf-8").replace(",477,", ",478,"), "utf-8")
    before = digest(copy_of_data / "data")
    done = call(command, str(sent), "--root", str(copy_of_data))
    assert done.exit_code == 1
    assert "admissions_by_mrc.csv, ligne 5" in done.output
    assert digest(copy_of_data / "data") == before

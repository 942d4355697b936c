"""Publish, undo, history: all or nothing, byte for byte, one at a time; cut anywhere, the data are old or new."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from filelock import FileLock

from dashboard.contract.door import check, load_dataset
from dashboard.loading.files import NewFile, Tree
from dashboard.model import DataError
from dashboard.model.documents import Role
from dashboard.publishing import journal
from dashboard.publishing.diff import compare
from dashboard.publishing.incoming import receive
from dashboard.publishing.places import LOCK, STAGING, digest
from dashboard.publishing.publish import PublishError, journal_of, of_the_machine, publish, undo
from dashboard.publishing.words import moved, report, sum_words, summary
from dashboard.team.people import ForbiddenError, Person
from tests.conftest import ROOT
from tests.filled_workbook import filled_2020

MACHINE = of_the_machine()
KILLED = ROOT / "tests" / "tools" / "killed_apply.py"


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def suivi(copy_of_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder to publish: one line of the follow-up."""
    folder = tmp_path_factory.mktemp("csv")
    path = folder / "suivi.csv"
    path.write_bytes((copy_of_data / "data/suivi.csv").read_bytes() + b"cible,4.1,2021-2022,,,12,%,2022-03-31,,\n")
    return folder


def test_2020_is_published_and_undone_byte_for_byte(copy_of_data: Path, tmp_path: Path) -> None:
    before, path = files_of(copy_of_data / "data"), tmp_path / "classeur.xlsx"
    path.write_bytes(filled_2020(ROOT))
    entry, found, _ = publish(copy_of_data, path, of_the_machine("  Camille   Roy "), "Chiffres de 2020")
    assert (entry.number, entry.author, entry.summary) == (1, "Camille Roy", "Chiffres de 2020")
    assert found.count("added") == 85
    dataset = load_dataset(copy_of_data)
    assert dataset.problems == ()
    assert dataset.periods("admissions", years_only=True)[-1] == "2020"
    assert files_of(copy_of_data / "historique/0001/data") == before
    undone = undo(copy_of_data, of_the_machine("Camille Roy"))
    assert files_of(copy_of_data / "data") == before
    assert (undone.number, undone.undoes) == (2, 1)
    assert [(e.number, cancelled) for e, cancelled in journal_of(copy_of_data)] == [(1, True), (2, False)]
    with pytest.raises(PublishError, match="aucune publication à annuler"):
        undo(copy_of_data, MACHINE)


def test_two_publications_are_undone_one_after_the_other(copy_of_data: Path, suivi: Path) -> None:
    (note,) = receive(copy_of_data, suivi).notes
    assert "se saisit dans la page « Suivi »" in note
    states = [files_of(copy_of_data / "data")]
    for result in (b"12", b"13"):
        path = suivi / "suivi.csv"
        path.write_bytes(path.read_bytes().replace(b",12,%", b"," + result + b",%"))
        publish(copy_of_data, suivi, MACHINE)
        states.append(files_of(copy_of_data / "data"))
    # A page undoes the publication that it shows, when it is the last.
    with pytest.raises(PublishError, match="nº 1 n’est plus la dernière"):
        undo(copy_of_data, MACHINE, 1)
    assert files_of(copy_of_data / "data") == states[2]
    undo(copy_of_data, MACHINE, 2)
    assert files_of(copy_of_data / "data") == states[1]
    undo(copy_of_data, MACHINE)
    assert files_of(copy_of_data / "data") == states[0]
    assert [entry.undoes for entry, _ in journal_of(copy_of_data)] == [0, 0, 2, 1]


def test_one_person_too_many_blocks_and_the_corrected_file_passes(copy_of_data: Path, tmp_path_factory: Any) -> None:
    path = tmp_path_factory.mktemp("envoi") / "admissions_by_mrc.csv"
    sound = (copy_of_data / "data" / path.name).read_text("utf-8")
    path.write_text(sound, "utf-8")
    with pytest.raises(PublishError, match="rien à publier"):
        publish(copy_of_data, path.parent, MACHINE)
    assert not (copy_of_data / STAGING).exists()
    before = digest(copy_of_data / "data")
    path.write_text(sound.replace(",477,", ",478,").replace("Neigette 477", "Neigette 478"), "utf-8")
    with pytest.raises(DataError) as refused:
        publish(copy_of_data, path.parent, MACHINE)
    places = [problem.place() for problem in refused.value.problems]
    assert any(place.startswith("data/admissions_by_mrc.csv, ligne 5, colonne « value »") for place in places), places
    assert digest(copy_of_data / "data") == before
    assert journal_of(copy_of_data) == []
    path.write_text(sound.replace("Neigette 477", "Neigette  477"), "utf-8")
    entry, _, _ = publish(copy_of_data, path.parent, MACHINE)
    assert entry.summary == "1 cellule changée; 1 fichier"
    assert load_dataset(copy_of_data).problems == ()


def test_the_difference_names_old_new_change_sums_and_jumps() -> None:
    dataset = load_dataset(ROOT)
    path = "data/admissions_by_year.csv"
    text = (ROOT / path).read_text("utf-8")
    new = text.replace("01,admissions,total,2016,149", "01,admissions,total,2016,269").replace(
        "01,admissions,total,2017,194", "01,admissions,total,2017,195"
    )
    diff = compare(Tree(ROOT), {path: NewFile(new.encode())}, dataset)
    jump, small = diff.changes
    assert (jump.old, jump.new, round(jump.pct or 0, 1)) == ("149", "269", 80.5)
    assert (jump.jump, small.jump) == ("révision de 25 % ou plus", "")
    assert moved(small).replace("\u00a0", " ") == "194 → 195 (+0,5 %)"
    sums = [sum_words(total, dataset).replace("\u00a0", " ") for total in diff.sums]
    # One region of four moves, by 120 persons, then by one.
    assert sums[0].startswith("Admissions, 2016, somme des régions : ")
    assert [(total.new or 0) - (total.old or 0) for total in diff.sums] == [120, 1]
    assert summary(diff) == "2 cellules changées; 1 fichier"
    lines = "\n".join(report(diff, dataset)).replace("\u00a0", " ")
    assert "Bas-Saint-Laurent, Admissions, 2016 [value] : 149 → 269 (+80,5 %)  ⚠ révision de 25 % ou plus" in lines
    assert "Écarts inhabituels, à relire : 1" in lines


def test_a_second_publication_at_the_same_time_is_refused(copy_of_data: Path, suivi: Path) -> None:
    (copy_of_data / LOCK).parent.mkdir()
    with FileLock(copy_of_data / LOCK), pytest.raises(PublishError, match="une autre publication est en cours"):
        publish(copy_of_data, suivi, MACHINE)
    assert publish(copy_of_data, suivi, MACHINE)[0].number == 1


def test_a_link_is_refused(copy_of_data: Path, suivi: Path) -> None:
    data = copy_of_data / "data"
    data.rename(copy_of_data / "ailleurs")
    data.symlink_to(copy_of_data / "ailleurs")
    with pytest.raises(PublishError, match="est un lien ou un volume"):
        publish(copy_of_data, suivi, MACHINE)


def test_what_the_system_refuses_is_said_with_a_remedy_and_changes_nothing(
    copy_of_data: Path, suivi: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, incoming = files_of(copy_of_data / "data"), receive(copy_of_data, suivi)
    module = sys.modules["dashboard.publishing.publish"]
    for target, failing, code, told in (
        (shutil, "copy2", 28, "le disque est plein"),
        (module, "sync", 28, "le disque est plein"),
        (module, "switch", 28, "le disque est plein"),
        (module, "switch", 13, "l’accès est refusé"),
        (module, "switch", 30, "en lecture seule"),
        (module, "switch", 16, "volume à part"),
        (module, "switch", 18, "volume à part"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(target, failing, Mock(side_effect=OSError(code, os.strerror(code))))
            with pytest.raises(PublishError, match=f"{told}.*Remède"):
                publish(copy_of_data, incoming, MACHINE)
        assert files_of(copy_of_data / "data") == before
        assert not (copy_of_data / STAGING).exists()
        assert journal_of(copy_of_data) == []
    assert publish(copy_of_data, incoming, MACHINE)[0].number == 1


def test_what_may_not_be_published_or_undone(copy_of_data: Path, suivi: Path) -> None:
    """By whom is no publisher; over what was changed by hand; from an entry that cannot be read, which is none."""
    publish(copy_of_data, suivi, MACHINE)
    before = digest(copy_of_data / "data"), journal_of(copy_of_data)
    roles: tuple[Role, ...] = ("reader", "contributor")
    for role in roles:
        with pytest.raises(ForbiddenError):
            publish(copy_of_data, suivi, Person("Ève", role))
        with pytest.raises(ForbiddenError):
            undo(copy_of_data, Person("Ève", role))
    assert (digest(copy_of_data / "data"), journal_of(copy_of_data)) == before
    path = copy_of_data / "data/targets.yaml"
    path.write_text(path.read_text("utf-8") + "# relu\n", "utf-8")
    changed = digest(copy_of_data / "data")
    with pytest.raises(PublishError, match="modifiés à la main"):
        undo(copy_of_data, MACHINE)
    assert digest(copy_of_data / "data") == changed
    for raw in ("{", "[]", "{}", '{"date": "hier", "author": "A", "summary": "", "file": "", "before": ""}'):
        (copy_of_data / "historique/0001/entree.json").write_text(raw, "utf-8")
        assert journal_of(copy_of_data) == []
        with pytest.raises(PublishError, match="aucune publication à annuler"):
            undo(copy_of_data, MACHINE)


def test_what_was_compared_to_other_data_is_refused(
    copy_of_data: Path, suivi: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Two publishers prepare at once: the second is told, and nothing of the first is lost."""
    folder = tmp_path_factory.mktemp("autre")
    (folder / "targets.yaml").write_bytes((copy_of_data / "data/targets.yaml").read_bytes() + b"# relu\n")
    mine, told = receive(copy_of_data, folder), []
    publish(copy_of_data, suivi, MACHINE)
    after_the_first = files_of(copy_of_data / "data")
    with pytest.raises(PublishError, match="ont changé depuis que ce classeur leur a été comparé"):
        publish(copy_of_data, mine, Person("Camille Roy", "publisher"))
    assert files_of(copy_of_data / "data") == after_the_first
    again = receive(copy_of_data, folder)
    entry, _, _ = publish(copy_of_data, again, Person("Camille Roy", "publisher"), "2020", told.append)
    assert (entry.number, entry.author) == (2, "Camille Roy")
    assert told == [
        "Comparaison avec les données publiées",
        "Écriture à côté des données",
        "Vérification de ce qui est écrit",
        "Échange avec les données publiées",
    ]


class CutError(BaseException):
    """What a kill looks like from inside: nothing after it runs, no cleaning up."""


def cut(*_: object) -> None:
    raise CutError


def test_cut_after_the_exchange_the_journal_knows_it(
    copy_of_data: Path, suivi: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(copy_of_data / "data")
    with monkeypatch.context() as patch:
        patch.setattr(journal, "keep", cut)
        with pytest.raises(CutError):
            publish(copy_of_data, suivi, of_the_machine("A"), "coupée")
    ((entry, undone),) = journal_of(copy_of_data)
    assert (entry.number, entry.summary, undone) == (1, "coupée", False)
    undo(copy_of_data, MACHINE)
    assert files_of(copy_of_data / "data") == before
    assert [e.number for e, _ in journal_of(copy_of_data)] == [1, 2]


@pytest.mark.parametrize("step", ["first", "second"])
def test_where_folders_cannot_be_exchanged_a_cut_between_renames_is_mended(
    copy_of_data: Path, suivi: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Without an exchange, data/ is away for an instant: reading goes on, and the next command puts it back."""
    monkeypatch.setattr(journal, "_exchange", lambda one, other: False)
    before, mark = files_of(copy_of_data / "data"), load_dataset(copy_of_data).observations
    rename, done = Path.rename, []

    def rename_then_cut(self: Path, target: Path) -> Path:
        done.append(self.name)
        if len(done) > (1 if step == "first" else 2):
            raise CutError
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename_then_cut)
        with pytest.raises(CutError):
            publish(copy_of_data, suivi, MACHINE)
    assert load_dataset(copy_of_data).observations == mark
    assert check(copy_of_data).problems == ()
    if step == "first":
        assert not (copy_of_data / "data").exists()
        with pytest.raises(PublishError, match="aucune publication"):
            undo(copy_of_data, MACHINE)
    else:
        undo(copy_of_data, MACHINE)
    assert files_of(copy_of_data / "data") == before
    entry, _, _ = publish(copy_of_data, suivi, MACHINE)
    assert entry.number == (1 if step == "first" else 3)


def test_a_reader_never_meets_a_mixture(copy_of_data: Path, suivi: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A publication in the middle of a reading: what is read is all old or all new."""
    import dashboard.contract.door as door

    read, times = door.read_all, []

    def read_and_publish(tree: Tree) -> object:
        draft = read(tree)
        times.append(1)
        if len(times) == 1:
            with monkeypatch.context() as patch:
                patch.setattr(door, "read_all", read)
                publish(copy_of_data, suivi, MACHINE)
        return draft

    monkeypatch.setattr(door, "read_all", read_and_publish)
    dataset = load_dataset(copy_of_data)
    assert len(times) == 2
    assert [entry.value for entry in dataset.follow_up.entries.values()] == [12]


def test_killed_at_random_moments_the_data_are_old_or_new(copy_of_data: Path, tmp_path: Path) -> None:
    """Eight kills here; KILLS=100 (« make kills ») for the hundred."""
    kills = int(os.environ.get("KILLS", "8"))
    command, env = [sys.executable, str(KILLED), str(copy_of_data), str(kills)], {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{kills} morts" in done.stdout
    assert receive(copy_of_data, copy_of_data / "data").problems == ()

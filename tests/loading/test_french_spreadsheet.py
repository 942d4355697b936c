"""What a French spreadsheet saves as CSV, with semicolons and decimal commas, is read and said to be so read."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.contract.follow_up import read_sent
from dashboard.loading.csv_files import in_commas
from dashboard.model import Dataset
from dashboard.publishing.incoming import receive
from dashboard.publishing.publish import of_the_machine, publish
from tests.broken_files import assert_french
from tests.conftest import ROOT

SERIES = sorted(path.name for path in (ROOT / "data").glob("*.csv"))
YEARS = "admissions_by_year.csv"


def as_saved(text: str, *, sign: str = ";", end: str = "\r\n", top: str = "") -> bytes:
    """The file as Excel in French writes it: its sign, a comma in the percentages, a BOM."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    pct = rows[0].index("printed_pct") if "printed_pct" in rows[0] else None
    for row in rows[1:]:
        if pct is not None and row:
            row[pct] = row[pct].replace(".", ",")
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign, lineterminator=end).writerows(rows)
    return f"\ufeff{top}{out.getvalue()}".encode()


def text_of(name: str) -> str:
    return (ROOT / "data" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "sign", "end", "top"),
    [(SERIES, ";", "\r\n", ""), ([YEARS], ";", "\n", "sep=;\n"), ([YEARS], "\t", "\r\n", "")],
)
def test_each_file_of_the_data_is_read_the_same(
    tmp_path: Path, ds: Dataset, names: list[str], sign: str, end: str, top: str
) -> None:
    for name in names:
        (tmp_path / name).write_bytes(as_saved(text_of(name), sign=sign, end=end, top=top))
    # That of what has our commas is not said.
    (tmp_path / "targets.yaml").write_text(text_of("targets.yaml"), encoding="utf-8")
    incoming = receive(ROOT, tmp_path)
    assert incoming.problems == ()
    assert incoming.dataset is not None
    numbers = {key: replace(one, line=0) for key, one in incoming.dataset.observations.items()}
    assert numbers == {key: replace(one, line=0) for key, one in ds.observations.items()}
    notes = [note for note in incoming.notes if "points-virgules" in note or "tabulations" in note]
    assert len(notes) == len(names)
    assert all(any(name in note for note in notes) for name in names)


def test_what_is_published_has_our_commas_and_the_typed_number(
    copy_of_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("envoi")
    raw = as_saved(text_of("suivi.csv") + "cible,4.1,2021-2022,,,12.5,%,2022-03-31,« oui; non »,\n")
    (folder / "suivi.csv").write_bytes(raw.replace(b";12.5;", b";12,5;"))
    publish(copy_of_data, folder, of_the_machine("Essai"))
    written = (copy_of_data / "data" / "suivi.csv").read_text(encoding="utf-8")
    assert 'cible,4.1,2021-2022,,,"12,5",%,2022-03-31,« oui; non »,' in written
    assert (copy_of_data / "data" / YEARS).read_text(encoding="utf-8") == text_of(YEARS)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (";110;14,3;", ";11o;14,3;", 8, "colonne « value », valeur « 11o »"),
        (";110;14,3;", ";110;14,3,1;", 8, "colonne « printed_pct », valeur « 14,3,1 »"),
        (";110;14,3;", ";110;14,3;;", 8, "11 colonnes au lieu de 10"),
        (";110;14,3;", ';"110;14,3;', 8, "guillemet"),
    ],
)
def test_a_fault_keeps_its_line_and_its_words(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    saved = as_saved(text_of(YEARS)).decode()
    assert old in saved
    (tmp_path / YEARS).write_bytes(saved.replace(old, new, 1).encode())
    problems = receive(ROOT, tmp_path).problems
    assert any(problem.line == line and said in str(problem) for problem in problems), problems
    for problem in problems:
        assert_french(str(problem))


def test_a_cell_of_several_lines_moves_no_other(tmp_path: Path) -> None:
    text = 'a;b\n1;"deux\r\nlignes"\n3;4\n'
    assert in_commas(text)[0] == 'a,b\n1,"deux\r\nlignes"\n3,4\n'


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_follow_up_is_read_and_says_how(ds: Dataset, sign: str) -> None:
    label = "Proportion; ayant déclaré"
    lines = text_of("suivi.csv").splitlines()[:1] + [
        f'cible,4.1,2021-2022,"{label}",en cours,"62,5",%,2022-03-31,"oui, non",Équipe'
    ]
    sent = read_sent(as_saved("\n".join(lines), sign=sign), "suivi.csv", ds.follow_up.known)
    assert sent.problems == ()
    [entry] = sent.entries.values()
    assert (str(entry.value), entry.note, entry.person) == ("62.5", "oui, non", "Équipe")
    assert "comme les écrit un tableur en français" in sent.note

"""Whatever the bytes of a file, the check answers with French sentences of a bounded length, and never raises."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dashboard.contract.door import check, load_dataset
from dashboard.loading.csv_files import read_rows
from dashboard.loading.yaml_files import read_document
from dashboard.model.documents import Config, Portrait
from dashboard.model.problems import DataError, shortened
from dashboard.model.rows import ObservationRow
from tests.broken_files import assert_french
from tests.long_forms import first

ROOT = Path(__file__).resolve().parents[2]
TABLES = ["data/admissions_by_year.csv", "data/admissions_by_mrc.csv", "data/agreements.csv", "data/territories.csv"]
DOCUMENTS = ["config.yaml", "data/regions/11.yaml", "data/targets.yaml", "data/indicators.yaml", "data/texts.yaml"]
MAPS = ["geo/territories.geojson", "geo/bounds.json"]
FEW = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MANY = settings(FEW, max_examples=80)

# What people and programs do to a file: signs that mean something to a parser, and anything at all.
SIGNS = st.sampled_from(
    [
        '"',
        ",",
        ";",
        "\n",
        "\r",
        "\t",
        "\0",
        ":",
        "-",
        " ",
        "'",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!x ",
        "|",
        ">",
        "#",
        "%",
        "---\n",
        "\ufeff",
        "\u2028",
        "é",
        "=1+1",
        "-5",
        "1e999",
        ".nan",
        "null",
        "0x1F",
        "99999999999999999999",
        "QC",
        "2407",
    ]
)
PIECES = st.one_of(
    SIGNS.map(str.encode), st.binary(max_size=6), st.text(max_size=6).map(lambda text: text.encode("utf-8", "replace"))
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES), min_size=1, max_size=4)


def edited(raw: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """Replace some bytes at some places."""
    for place, length, piece in edits:
        at = int(place * len(raw))
        raw = raw[:at] + piece + raw[at + length :]
    return raw


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("copie")
    shutil.copy(ROOT / "config.yaml", root)
    for name in ("data", "geo"):
        shutil.copytree(ROOT / name, root / name)
    yield root
    shutil.rmtree(root)


def answers(root: Path) -> None:
    problems = check(root).problems
    for problem in problems:
        assert_french(str(problem))
    try:
        dataset = load_dataset(root)
    except DataError as error:
        assert error.problems == problems
    else:
        assert dataset.problems == problems


@pytest.mark.parametrize("file", first([*TABLES, *DOCUMENTS, *MAPS], 3))
@FEW
@given(edits=EDITS)
def test_a_file_edited_at_random(folder: Path, file: str, edits: list[tuple[float, int, bytes]]):
    path = folder / file
    sound = (ROOT / file).read_bytes()
    path.write_bytes(edited(sound, edits))
    try:
        answers(folder)
    finally:
        path.write_bytes(sound)


@FEW
@given(data=st.data())
def test_a_table_whose_lines_and_cells_are_mixed(folder: Path, data: st.DataObject):
    file = data.draw(st.sampled_from(TABLES))
    path = folder / file
    sound = (ROOT / file).read_text(encoding="utf-8")
    rows = [line.split(",") for line in sound.rstrip("\n").split("\n")]
    for _ in range(data.draw(st.integers(1, 4))):
        one, other = (data.draw(st.integers(0, len(rows) - 1)) for _ in range(2))
        column = data.draw(st.integers(0, 7))
        kind = data.draw(st.sampled_from(["swap lines", "copy line", "drop line", "copy cell", "swap cells"]))
        if kind == "swap lines":
            rows[one], rows[other] = rows[other], rows[one]
        elif kind == "copy line":
            rows[one] = list(rows[other])
        elif kind == "drop line" and len(rows) > 1:
            del rows[one]
        elif kind == "copy cell" and max(len(rows[one]), len(rows[other])) > column:
            rows[one][column : column + 1] = rows[other][column : column + 1]
        elif kind == "swap cells" and len(rows[one]) > column + 1:
            rows[one][column], rows[one][column + 1] = rows[one][column + 1], rows[one][column]
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    try:
        answers(folder)
    finally:
        path.write_text(sound, encoding="utf-8")


@MANY
@given(raw=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))))
@example(raw=b'"')
@example(raw=b"a,b\n" * 3)
@example(raw=b"\xff\xfe")
@example(raw=b"x" * 200_000 + b'\n"' + b"y" * 200_000)
def test_any_bytes_as_a_table(tmp_path: Path, raw: bytes):
    path = tmp_path / "x.csv"
    path.write_bytes(raw)
    table = read_rows(path, "data/x.csv", ObservationRow, lambda cells: (None, True))
    assert table.problems
    for problem in table.problems:
        assert_french(str(problem))


@MANY
@given(
    raw=st.one_of(
        st.binary(max_size=300),
        st.lists(st.one_of(SIGNS, st.text(max_size=4)), max_size=40).map(
            lambda parts: "".join(parts).encode("utf-8", "replace")
        ),
    ),
    model=st.sampled_from([Config, Portrait]),
)
@example(raw=b"? [a]\n: b", model=Config)
@example(raw=b"? {a: 1}\n: b", model=Config)
@example(raw=b"<<: {a: 1}", model=Config)
@example(raw=b"=: 1", model=Config)
@example(raw=b"1: 2\ntrue: 3\nnull: 4\n2001-01-01: 5", model=Config)
@example(raw=b"map_classes: {taux: [.inf]}", model=Config)
@example(raw=b"- " * 5000, model=Config)
@example(raw=b"{a: " * 5000, model=Config)
def test_any_bytes_as_a_document(tmp_path: Path, raw: bytes, model: type[Config] | type[Portrait]):
    path = tmp_path / "x.yaml"
    path.write_bytes(raw)
    reading = read_document(path, "data/x.yaml", model)
    assert reading.document is None
    assert reading.problems
    for problem in reading.problems:
        assert_french(str(problem))


def test_of_thousands_of_bad_lines_the_first_are_listed_in_short_texts_and_the_rest_counted(folder: Path):
    file = "data/agreements.csv"
    path = folder / file
    sound = path.read_text(encoding="utf-8")
    header = sound.split("\n")[0]
    long = "z" * 1500
    path.write_text(header + "\n" + f"01,agreements,{long},2021-04-01,{long},,x,y,z,{long}\n" * 3000, encoding="utf-8")
    try:
        problems = [problem for problem in check(folder).problems if problem.file == file]
    finally:
        path.write_text(sound, encoding="utf-8")
    assert {problem.line for problem in problems} == set(range(2, 52))
    assert any("Il y a 2\u00a0950 autres problèmes de ce genre." in problem.message for problem in problems)
    assert max(len(str(problem)) for problem in problems) < 600


@given(text=st.text(max_size=500))
@settings(deadline=None)
def test_a_value_is_shown_on_one_line_of_bounded_length(text: str):
    shown = shortened(text)
    assert len(shown) <= 80
    assert shown.isprintable() or not shown
    if len(text) <= 80 and text.isprintable() and text == " ".join(text.split(" ")).strip() and "  " not in text:
        assert shown == text

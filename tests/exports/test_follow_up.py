"""The follow-up: its files give back what was entered, refuse what is wrong line by line, and run no formula."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from dashboard.contract.door import load_dataset
from dashboard.contract.follow_up import read_sent
from dashboard.exports.follow_up import follow_up_csv, follow_up_xlsx
from dashboard.indicators import follow_up as fu
from dashboard.model import Dataset
from dashboard.model.follow_up import COLUMNS, PROGRESS, FollowUpEntry, FollowUpKey, by_key
from dashboard.narrative import follow_up_words as words
from dashboard.wording.spreadsheet import neutral, restored, risky
from tests.broken_files import Files, assert_french

FILE = "data/suivi.csv"
HEADER = ",".join(COLUMNS)
SIGNS = ("=", "+", "-", "@", "\t", "\r")
WRITERS: dict[str, Callable[[Dataset, fu.Entries], bytes]] = {"suivi.csv": follow_up_csv, "suivi.xlsx": follow_up_xlsx}
RESULT = FollowUpKey("cible", "4.1", "2021-2022")


def entry(**fields: Any) -> FollowUpEntry:
    given_: dict[str, Any] = {"kind": "cible", "id": "4.1", "period": "2021-2022", **fields}
    return FollowUpEntry(**given_)


def csv_of(*lines: str) -> str:
    return "\n".join([HEADER, *lines]) + "\n"


def said_of(raw: bytes, name: str, ds: Dataset) -> list[str]:
    """The problems of a file, in French, one by line; a file with a problem gives no entry."""
    entries, problems, _ = read_sent(raw, name, ds.follow_up.known)
    assert not (entries and problems)
    for problem in problems:
        assert_french(str(problem).replace(name, "suivi.csv"))
    return [str(problem) for problem in problems]


def workbook(rows: list[list[Any]], title: str = "Suivi", shape: str = "General") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in [list(COLUMNS), *rows]:
        book.active.append(row)
    book.active["F2"].number_format = shape
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_indicator_and_target_is_followed_and_nothing_else(ds: Dataset) -> None:
    kinds = [kind for kind, _ in ds.follow_up.known]
    assert (kinds.count("indicateur"), kinds.count("cible")) == (77, 5)
    assert [fu.progress(ds, {}, region).total for region in (None, "01", "03", "12", "11")] == [20, 19, 18, 17, 23]
    assert words.count(fu.progress(ds, {}, None)) == "aucun résultat saisi sur 20"


TEXT = st.text(
    alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("=+-@'\"\t\n,; x005F_é…«»")), max_size=60
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    note=TEXT,
    person=TEXT,
    value=st.none() | st.decimals(0, 100, places=4, allow_nan=False),
    day=st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    state=st.sampled_from([None, *PROGRESS]),
)
@example(note="=1+1", person="@moi", value=Decimal(20), day=None, state=None)
@example(note="''=x", person="'-", value=None, day=None, state="en cours")
@example(note="_x000D_ x005F_ _x005F_x000D_", person="\u2028\x85", value=Decimal("0.0001"), day=None, state=None)
@example(note="a\r\nb\rc\n\n\td", person='"', value=Decimal("22.50"), day=date(2022, 3, 31), state="réalisé")
def test_a_file_gives_back_what_was_entered(ds: Dataset, **fields: Any) -> None:
    try:
        made = entry(unit="%" if fields["value"] is not None else "", **fields)
    except ValueError:
        return  # a character that no file could hold: refused when it is typed
    wanted = {} if made.blank else {made.key: made}
    for name, write in WRITERS.items():
        assert read_sent(write(ds, wanted), name, ds.follow_up.known)[:2] == (wanted, ()), name


@pytest.mark.parametrize("name", WRITERS)
def test_every_line_comes_back_and_an_empty_follow_up_is_a_form_to_fill_in(ds: Dataset, name: str) -> None:
    wanted = by_key(
        FollowUpEntry(
            kind=item.kind, id=item.id, period=key.period, value=Decimal(n % 90), unit=item.unit, note=f"n° {n}"
        )
        for n, item in enumerate(ds.follow_up.known.values())
        for key in fu.keys_of(item)
    )
    assert len(wanted) == 97
    for entries in (wanted, {}):
        assert read_sent(WRITERS[name](ds, entries), name, ds.follow_up.known)[:2] == (entries, ())


def test_the_empty_form_has_every_line_and_no_zero(ds: Dataset) -> None:
    lines = list(csv.reader(io.StringIO(follow_up_csv(ds, {}).decode("utf-8-sig")), delimiter=";"))
    assert lines[0] == list(COLUMNS) and len(lines) == 98
    assert {line[6] for line in lines[1:]} >= {"%", "entreprises", "plans d’action", "MRC"}
    assert all(line[4] == line[5] == "" for line in lines[1:])


def test_the_workbook_is_french_with_a_list_of_states(ds: Dataset) -> None:
    made = entry(value=Decimal("22.5"), unit="%", day=date(2022, 3, 31))
    book = load_workbook(io.BytesIO(follow_up_xlsx(ds, {made.key: made})))
    assert book.sheetnames == ["Suivi", "Avancement", "En retard", "Lisez-moi"]
    told = [tuple(cell.value for cell in row) for row in book["Avancement"].iter_rows(min_row=2)]
    assert told[0] == ("Cibles stratégiques", 1, 0, 19, 20) and len(told) == 9
    assert ("Gaspésie–Îles-de-la-Madeleine", 0, 0, 23, 23) in told
    assert book["En retard"].max_row - 1 == sum(row[3] for row in told[:5]) == 96
    sheet = book["Suivi"]
    (row,) = [r for r in sheet.iter_rows(min_row=2) if (r[1].value, r[2].value) == ("4.1", "2021-2022")]
    assert (row[5].value, row[7].value) == (22.5, datetime(2022, 3, 31)), "a number and a date, not texts"
    (choices,) = sheet.data_validations.dataValidation
    assert choices.formula1 == f'"{",".join(PROGRESS)}"'


@settings(deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("=+-@'\t\r\n "))))
def test_guarding_a_text_is_undone_exactly(text: str) -> None:
    assert restored(neutral(text)) == text
    assert not risky(neutral(text))


@pytest.mark.parametrize("sign", SIGNS)
def test_no_text_of_a_download_is_a_formula(ds: Dataset, sign: str) -> None:
    made = entry(note="x", person="y").model_copy(update={"note": f"{sign}cmd|' /C calc'!A0", "person": sign})
    text = follow_up_csv(ds, {made.key: made}).decode("utf-8-sig")
    for line in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        assert not any(cell.startswith(SIGNS) for cell in line)
    sheet = load_workbook(io.BytesIO(follow_up_xlsx(ds, {made.key: made})))["Suivi"]
    for row in sheet.iter_rows():
        assert not any(cell.data_type == "f" or str(cell.value or "").startswith(SIGNS) for cell in row)


@pytest.mark.parametrize("column", ["note", "responsable", "libelle", "unite"])
def test_a_file_that_holds_a_formula_is_refused(ds: Dataset, column: str) -> None:
    for sign in SIGNS[:4]:
        cells = dict.fromkeys(COLUMNS, "")
        cells |= {"type": "cible", "identifiant": "4.1", "periode": "2021-2022", "etat": "en cours"}
        cells[column] = f"{sign}1+1"
        (said,) = said_of(csv_of(",".join(cells.values())).encode(), "suivi.csv", ds)
        assert f"ligne 2, colonne « {column} »" in said and "formule" in said
        cells[column] = f"'{sign}1+1"
        guarded = said_of(csv_of(",".join(cells.values())).encode(), "suivi.csv", ds)
        assert guarded == [] if column != "unite" else "se mesure en « % »" in guarded[0]
    cells[column] = "=1+1"
    assert "formule" in said_of(workbook([[*cells.values()]]), "suivi.xlsx", ds)[0]


BAD_LINES = [
    ("cible,4.9,2021-2022,,,20,%,,,", "identifiant", "cette cible n’existe pas"),
    ("indicateur,4.1,2021-2022,,,20,%,,,", "identifiant", "cet indicateur n’existe pas"),
    ("indicateur,03-06-D1,2021-2022,,en cours,,,,,", "identifiant", "cet indicateur n’existe pas"),
    ("cible,4.1,2018-2019,,,20,%,,,", "periode", "« 2019-2020 », « 2020-2021 », « 2021-2022 », « 2022-2023 »"),
    ("indicateur,01-12-I4,2022-2023,,,20,%,,,", "periode", "écrire l’une de celles-ci : « 2021-2022 »"),
    ("cible,4.1,2021-2022,,,vingt,%,,,", "resultat", "un résultat en chiffres est attendu"),
    ("cible,4.1,2021-2022,,,-5,%,,,", "resultat", "un résultat en chiffres est attendu"),
    ("cible,4.1,2021-2022,,,20 %,%,,,", "resultat", "un résultat en chiffres est attendu"),
    ("cible,4.1,2021-2022,,,1e3,%,,,", "resultat", "un résultat en chiffres est attendu"),
    ("cible,4.1,2021-2022,,,=1+1,%,,,", "resultat", "un résultat en chiffres est attendu"),
    ("cible,4.1,2021-2022,,,9999999999,%,,,", "resultat", "un résultat en chiffres est attendu"),
    ("cible,4.1,2021-2022,,,120,%,,,", "resultat", "une proportion ne dépasse pas 100"),
    ("cible,2.1,2020-2021,,,20,entreprises,,,", "unite", "se mesure en « % », et non en « entreprises »"),
    ("cible,5.1-a,2021-2022,,,20,accompagnements,,,", "unite", "et non en « accompagnements »"),
    ("cible,3.1,2021-2022,,,20,,,,", "unite", "l’unité du résultat manque"),
    ("indicateur,01-12-I3,2021-2022,,,\"1,5\",entreprises,,,", "resultat", "un nombre entier est attendu : 1,5"),
    ("cible,4.1,2021-2022,,fini,,,,,", "etat", "« non commencé », « en cours », « réalisé », « reporté », « aband"),
    ("cible,4.1,2021-2022,,,,,31/03/2022,,", "date", "cette date ne se lit pas"),
    ("cible,4.1,2021-2022,,,,,2022-02-30,,", "date", "cette date ne se lit pas"),
    ("but,4.1,2021-2022,,,20,%,,,", "type", "sont possibles : « indicateur », « cible »"),
    (f"cible,4.1,2021-2022,,,,,,{'x' * 2001},", "note", "plus de 2"),
    ("cible,4.1,2021-2022,,,,,,a\x07b,", "note", "un caractère illisible"),
]  # fmt: skip


def test_each_bad_line_is_named_with_its_column(files: Files, ds: Dataset) -> None:
    text = csv_of("cible,2.1,2021-2022,,en cours,55,%,,,", *(line for line, *_ in BAD_LINES))
    found = said_of(text.encode(), "suivi.csv", ds)
    for rank, (told, (line, column, said)) in enumerate(zip(found, BAD_LINES, strict=True), 3):
        assert f"ligne {rank}, colonne « {column} »" in told and said in told, line
    # The same lines in the shared file take nothing else off the screen.
    files.put(FILE, text)
    problems = files.problems()
    assert {p.file for p in problems} == {FILE}
    assert [(p.line, p.column) for p in problems] == [(rank, own[1]) for rank, own in enumerate(BAD_LINES, 3)]
    assert files.outcome() == []
    broken = load_dataset(files.root).follow_up
    assert broken.entries == {} and broken.problems == tuple(problems)


def test_two_lines_for_one_thing_are_named_both(ds: Dataset) -> None:
    line = "cible,4.1,2021-2022,,en cours,20,%,,,"
    (said,) = said_of(csv_of(line, line).encode(), "suivi.csv", ds)
    assert "ligne 3" in said and "ligne 2" in said and "figure déjà plus haut" in said


def test_a_file_of_too_many_lines_is_refused_at_once(files: Files, ds: Dataset) -> None:
    lines = 5001
    text = csv_of(*(["cible,4.9,2021-2022,,,vingt,%,,,"] * lines))
    (said,) = said_of(text.encode(), "suivi.csv", ds)
    assert "5\u00a0000 au plus" in said
    files.put(FILE, text)
    assert len(files.problems()) == 1 and files.outcome() == []
    (said,) = said_of(workbook([["cible", "4.9", "2021-2022"]] * lines), "suivi.xlsx", ds)
    assert "plus de 5\u00a0000 lignes" in said


def test_a_missing_shared_file_leaves_the_rest(files: Files) -> None:
    files.remove(FILE)
    assert files.said() == [f"{FILE} : le fichier manque. Remède : le remettre à cet endroit, avec ce nom."]
    assert files.outcome() == []


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        (b"a;b;c\n1;2;3\n", "suivi.csv", "ne porte pas les noms des colonnes"),
        (HEADER.replace("etat", "statut").encode(), "suivi.csv", "la colonne « etat » manque"),
        (b"x" * 5_000_001, "suivi.csv", "5 Mo"),
        (csv_of('cible,4.1,2021-2022,,,20,%,,"ouvert,').encode(), "suivi.csv", "guillemet"),
        (b"pas un classeur", "suivi.xlsx", "ce classeur ne se lit pas"),
        (b"", "suivi.xlsx", "ce classeur ne se lit pas"),
        (workbook([["cible"]])[:-200], "suivi.xlsx", "ce classeur ne se lit pas"),
        (workbook([["cible", "4.9"]], "Autre"), "suivi.xlsx", "ligne 2, colonne « periode »"),
        (HEADER.encode(), "suivi.exe", ""),
    ],
)
def test_a_file_that_is_no_follow_up_is_refused_in_french(ds: Dataset, raw: bytes, name: str, said: str) -> None:
    assert said in " ".join(said_of(raw, name, ds))


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def test_a_workbook_that_unfolds_without_end_is_refused_unread(ds: Dataset) -> None:
    for parts in ({"xl/workbook.xml": b"0" * 30_000_000}, {f"{n}.xml": b"" for n in range(300)}):
        (said,) = said_of(zipped(parts), "suivi.xlsx", ds)
        assert "démesuré" in said


def test_a_workbook_with_entities_is_refused(ds: Dataset) -> None:
    """« Billion laughs »: the shared strings of a real workbook, replaced by entities that multiply."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 9000 + b'">]><sst><si><t>' + b"&a;" * 9000 + b"</t></si></sst>"
    with zipfile.ZipFile(io.BytesIO(workbook([["cible"]]))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    said = said_of(zipped({**parts, "xl/sharedStrings.xml": bomb, "xl/styles.xml": bomb}), "suivi.xlsx", ds)
    assert len(said) == 1 and "ce classeur ne se lit pas" in said[0]


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (20, "General", "20"),
        (22.5, "General", "22.5"),
        (0.2, "0%", "20"),
        (0.225, "0.0 %", "22.5"),
        ("21,5", "@", "21.5"),
    ],
)
def test_numbers_as_excel_keeps_them(ds: Dataset, value: object, number_format: str, expected: str) -> None:
    line = ["cible", 4.1, "2021-2022", None, "en cours", value, "%", datetime(2022, 3, 31)]
    raw = workbook([line, [None]], shape=number_format)
    found, problems, _ = read_sent(raw, "classeur.XLSX", ds.follow_up.known)
    assert problems == ()
    assert found[RESULT] == entry(state="en cours", value=Decimal(expected), unit="%", day=date(2022, 3, 31))

"""The CSV of a table: what the screen shows, with what it is above it, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from dashboard.contract.door import load_dataset
from dashboard.deck.kinds import default_deck
from dashboard.deck.slides import Deck
from dashboard.exports.excel.book import slides_xlsx
from dashboard.exports.follow_up import follow_up_csv
from dashboard.exports.formats import make
from dashboard.exports.observations import actions_csv, observations_csv
from dashboard.exports.open_data import open_data_zip
from dashboard.exports.scenario_csv import scenario_csv
from dashboard.exports.sheet.document import sheet_pdf
from dashboard.exports.slides.make import deck_pptx
from dashboard.exports.table_csv import table_csv
from dashboard.indicators import views
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Column, Head, Table
from dashboard.model import Dataset, Key
from dashboard.publishing import publish
from dashboard.scenarios.registry import answer
from dashboard.wording import today as quebec
from dashboard.wording.spreadsheet import french_csv, harmless
from tests.broken_files import Files
from tests.conftest import ROOT
from tests.transcription import ADMISSIONS, CENSUS, MRC, TOTALS, YEARS, pct, rounded

TODAY = date(2021, 10, 5)


def read(content: bytes) -> list[list[str]]:
    """The cells, a number with our decimal comma written as Decimal reads it."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [[re.sub(r"^(-?\d+),(\d+)$", r"\1.\2", cell) for cell in row] for row in rows]


def of(ds: Dataset, table: Table, filters: str = "essai") -> list[list[str]]:
    return read(table_csv(ds, table, filters, TODAY))


def body(lines: list[list[str]]) -> list[list[str]]:
    """Rows of figures: those after the blank line and the heads."""
    return lines[lines.index([]) + 2 :]


def test_it_holds_exactly_the_table_shown_under_what_it_is(ds: Dataset) -> None:
    table = views.by_mrc(ds, ds.mrc_codes("03"), region="03")
    lines = of(ds, table, "Capitale-Nationale, 2015-2019")
    head = lines[: lines.index([])]
    assert (head[0], head[1][0]) == ([table.title], "Source")
    assert any("Annexe 2" in cell and "Capitale-Nationale" in cell for cell in head[1])
    assert any("Recensement de 2016" in cell for cell in head[1])
    assert head[2] == ["Filtres", "Capitale-Nationale, 2015-2019"]
    assert head[3] == ["Produit le", "5\u00a0octobre\u00a02021"]
    heads = lines[lines.index([]) + 1]
    assert heads == [table.stub, *(column.label for column in table.columns), "Statut"]
    rows = body(lines)
    assert [row[0] for row in rows] == [row.label for row in table.rows]
    codes = {row.label: row.id for row in table.rows}
    for label, count, share, rate, population, status in rows[:-1]:
        code = codes[label]
        own = MRC["03"][code][1]
        assert (count, population, status) == (str(own), str(CENSUS[code]), "provisoire")
        # « 0,04 », which one decimal would read as zero.
        assert Decimal(share) == rounded(pct(own, TOTALS["03"]), 2 if code == "2420" else 1)
        # An unreliable rate is given with its number.
        assert Decimal(rate) == rounded(Decimal(own) * 1000 / CENSUS[code], 1)
    # A region has no share of itself: empty, not zero.
    assert rows[-1][1:3] == [str(TOTALS["03"]), ""]


def test_the_status_of_each_row_is_its_weakest(ds: Dataset) -> None:
    rows = body(of(ds, views.trend(ds, "03")))
    assert [row[0] for row in rows] == [*YEARS, "Total 2015-2019"]
    assert [row[1] for row in rows] == [str(n) for n in (*ADMISSIONS["03"], TOTALS["03"])]
    assert [row[-1] for row in rows] == ["définitive"] * 4 + ["provisoire"] * 2
    # Weaker than its first figure, the share of a Québec that is only estimated.
    key = Key("QC", "admissions", "total", "2018")
    weak = replace(ds, observations={**ds.observations, key: replace(ds.observations[key], status="estimate")})
    assert body(of(weak, views.trend(weak, "03")))[3][-1] == "estimée"


def test_missing_nil_and_not_applicable(ds: Dataset) -> None:
    rows = body(of(ds, views.agreements(ds, "11")))
    assert [row[1] for row in rows] == ["4", "4", "", "2"]
    assert rows[2][-1] == "non disponible"
    categories = body(of(ds, views.composition(ds, "11", "categorie")))
    assert [[Decimal(cell) for cell in row[1:3]] for row in categories[2:4]] == [[0, 0], [0, 0]]


def test_no_text_is_ever_a_formula(ds: Dataset) -> None:
    """Titles, heads, filters and sources may come from files."""
    danger = "=1+1"
    row = ds.observations[Key("01", "admissions", "total", "2019")]
    cell = Quantity(-3.5, "personnes", 1, "essai", "01", "2019", (row,))
    table = Table(danger, danger, (Head("r", danger),), (Column("c", danger, 1),), {("r", "c"): cell})
    short = {code: d.model_copy(update={"short": danger}) for code, d in ds.documents.items()}
    lines = of(replace(ds, documents=short), table, danger)
    cells = [cell for line in lines for cell in line]
    assert [cell for cell in cells if cell.startswith("=")] == []
    # Harmless, and still there to be read; a negative number stays a number.
    assert sum(danger in cell for cell in cells) == 6
    assert body(lines)[0][1] == "-3.5"


def test_texts_with_separators_stay_in_their_cell(ds: Dataset) -> None:
    label = 'a, "b"; c\nd'
    table = Table(label, "Tête", (Head("r", label),), (Column("c", label),), {})
    lines = of(ds, table, label)
    assert lines[0] == [label]
    assert body(lines) == [[label, "", "définitive"]]


def test_a_text_is_guarded_whatever_its_sign_and_a_number_stays_a_number() -> None:
    formulas = ["+1+cmd|' /C calc'!A1", "-2+3", "=1+1", "@SUM(A1)", "\t=1", " +33 1 23"]
    assert harmless(formulas) == [f"'{text}" for text in formulas]
    numbers = ["-42.1", "+5", "-42,1", "−42,1", "0", "13848", "", 5, None, "a"]
    assert harmless(numbers) == numbers


def dangerous(rows: Iterable[list[str]]) -> list[str]:
    return [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell and harmless([cell]) != [cell]]


@pytest.mark.parametrize("made", [observations_csv, actions_csv])
def test_no_cell_of_a_table_is_a_formula(copy_of_data: Path, made: Callable[[Dataset], str]) -> None:
    Files(copy_of_data).edit("data/territories.csv", ",Rivière-du-Loup,", ",+1+cmd|x,")
    ds = load_dataset(copy_of_data)
    action = ds.action_plan.actions[0]
    plan = ds.action_plan.model_copy(update={"actions": [action.model_copy(update={"text": "+2+5"})]})
    text = made(replace(ds, action_plan=plan))
    rows = list(csv.reader(io.StringIO(text)))
    assert "'+" in text
    assert dangerous(rows) == []


INSTANTS = [
    ("2026-11-29T02:54:00+00:00", "2026-11-28"),  # 21:54 of the 28th, winter time
    ("2026-07-02T03:59:59+00:00", "2026-07-01"),  # 23:59, summer time
    ("2026-07-02T04:00:00+00:00", "2026-07-02"),
    ("2027-01-01T04:30:00+00:00", "2026-12-31"),
]


@pytest.fixture
def instant(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def freeze(text: str) -> None:
        class Frozen(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Frozen:
                moment = datetime.fromisoformat(text).astimezone(tz or UTC)
                return cls.combine(moment.date(), moment.timetz())

        monkeypatch.setattr(quebec, "datetime", Frozen)

    return freeze


@pytest.fixture(scope="module")
def made(ds: Dataset) -> dict[str, Callable[[], str]]:
    """What each file says of itself, as one text."""

    def scenario() -> str:
        found = answer(ds, "mrc-annee", {"territoires": "2411", "annees": "2019"}).outcome
        assert found is not None
        return scenario_csv(ds, {"A": found}).decode("utf-8-sig")

    def workbook() -> str:
        book = load_workbook(io.BytesIO(slides_xlsx(ds, default_deck(ds, "11").slides[:1], "Essai")))
        return " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)

    def readme() -> str:
        with zipfile.ZipFile(io.BytesIO(open_data_zip(ds))) as files:
            return files.read(next(n for n in files.namelist() if n.lower().startswith("lisez"))).decode()

    return {
        "csv": lambda: table_csv(ds, views.trend(ds, "11"), "essai").decode("utf-8-sig"),
        "scenario": scenario,
        "xlsx": workbook,
        "pptx": lambda: str(Presentation(io.BytesIO(deck_pptx(ds, Deck("Essai", ())))).core_properties.modified),
        "pdf": lambda: " ".join(PdfReader(io.BytesIO(sheet_pdf(ds, "11"))).pages[0].extract_text().split()),
        "zip": readme,
        "journal": publish._now,
    }


@pytest.mark.parametrize(("moment", "day"), INSTANTS)
def test_the_day_is_that_of_quebec(instant: Callable[[str], None], moment: str, day: str) -> None:
    instant(moment)
    assert quebec.today().isoformat() == day


def test_a_file_is_of_the_day_of_quebec(made: dict[str, Callable[[], str]], instant: Callable[[str], None]) -> None:
    instant(INSTANTS[0][0])
    for kind, make_it in made.items():
        said = make_it().replace("\u00a0", " ")
        assert "2026-11-28" in said or "28 novembre 2026" in said, kind


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "zip"])
def test_the_same_data_and_day_give_the_same_file(ds: Dataset, kind: str) -> None:
    done: list[tuple[int, int]] = []
    deck = replace(default_deck(ds, "11"), slides=default_deck(ds, "11").slides[:2])
    days = (date(2022, 3, 31), date(2022, 3, 31), date(2022, 4, 1))
    first, again, later = (make(ds, kind, deck, today=day, progress=lambda *n: done.append(n)) for day in days)
    assert first == again != later
    assert done == ([(n, len(deck.slides)) for n in range(1, len(deck.slides) + 1)] * 3 if kind == "xlsx" else [])


def test_nothing_else_asks_the_machine_for_its_day() -> None:
    asked = re.compile(r"\b(date\.today|datetime\.(now|today|utcnow))\(")
    files = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    found = [p.relative_to(ROOT).as_posix() for p in files if asked.search(p.read_text(encoding="utf-8"))]
    assert found == ["dashboard/wording/today.py"]


def test_a_french_spreadsheet_reads_each_cell() -> None:
    raw = french_csv([["=1", "a;b", "4.1", "-5"], [Decimal("-42.1"), 14259, None, 0.5]])
    assert raw == "\ufeff'=1;\"a;b\";4.1;'-5\r\n-42,1;14259;;0,5\r\n".encode()


def test_every_file_of_a_button_has_the_same_form(ds: Dataset, made: dict[str, Callable[[], str]]) -> None:
    table = table_csv(ds, views.by_mrc(ds, ds.mrc_codes("11"), region="11"), "essai")
    for raw in (table, made["scenario"]().encode("utf-8-sig"), follow_up_csv(ds, {})):
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
        assert max(len(row) for row in rows) > 3
        assert b"\r\n" in raw
    assert ";176;;1,9;90311;" in table.decode("utf-8-sig")  # where the comma is decimal, numbers

"""Files are of Québec's day, whatever the zone of the server, and open by a double click in a French spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from dashboard.deck.kinds import default_deck
from dashboard.deck.slides import Deck
from dashboard.exports.excel.book import slides_xlsx
from dashboard.exports.follow_up import follow_up_csv
from dashboard.exports.formats import make
from dashboard.exports.open_data import open_data_zip
from dashboard.exports.scenario_csv import scenario_csv
from dashboard.exports.sheet.document import sheet_pdf
from dashboard.exports.slides.make import deck_pptx
from dashboard.exports.table_csv import table_csv
from dashboard.indicators import views
from dashboard.model import Dataset
from dashboard.publishing import publish
from dashboard.scenarios.registry import answer
from dashboard.wording import today as quebec
from dashboard.wording.spreadsheet import french_csv
from tests.conftest import ROOT

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

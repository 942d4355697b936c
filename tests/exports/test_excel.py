"""The workbook of some views, read back: figures of the source, French formats, names, safety, printing."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from dashboard.deck.kinds import default_deck
from dashboard.deck.slides import Slide
from dashboard.exports.excel.book import sheet_names, slides_xlsx
from dashboard.exports.number_codes import code, code_of
from dashboard.model import Dataset

DAY = date(2022, 3, 31)
NBSP = "\u00a0"


def book(ds: Dataset, slides: list[Slide], title: str = "Essai") -> Workbook:
    return load_workbook(io.BytesIO(slides_xlsx(ds, slides, title, today=DAY)))


def texts(sheet: Any) -> str:
    return "\n".join(str(v) for row in sheet.iter_rows(values_only=True) for v in row if v is not None)


def test_readme_lists_every_sheet_with_a_link(ds: Dataset) -> None:
    asked = default_deck(ds, "01")
    workbook = book(ds, list(asked.slides), asked.title)
    readme = workbook.worksheets[0]
    assert (readme.title, len(workbook.sheetnames)) == ("LISEZMOI", len(asked.slides) + 1)
    places = [cell.hyperlink.location for row in readme.iter_rows() for cell in row if cell.hyperlink]
    assert places == [f"'{name}'!A1" for name in workbook.sheetnames[1:]]
    said = texts(readme)
    for words in (
        "31 mars 2022".replace(" ", NBSP),
        "n’est pas un site officiel",
        f"n.{NBSP}d.",
        "Sources et licences",
    ):
        assert words in said
    assert workbook.properties.title == "Portrait de l’immigration, Bas-Saint-Laurent"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"14{NBSP}259", 14259), ("0", 0), (f"62,0{NBSP}%", 62.028), (f"0,07{NBSP}%", 0.0714), ("−16,7", -16.71),
        ("+3,2", 3.21), (f"1{NBSP}091{NBSP}310", 1091310), ("0,9 †", 0.86), (f"−1{NBSP}234", -1234), ("100,0", 100),
    ],
)  # fmt: skip
def test_format_of_a_number(text: str, value: float) -> None:
    """What a spreadsheet shows with the format is the text itself."""
    found = code_of(text, value)
    assert shown(found, value) == text


def shown(number_format: str, value: float) -> str:
    """What a French spreadsheet writes, for the formats made here."""
    sections = number_format.split(";")
    if sections[0].startswith("["):
        chosen, size = next(
            (s, value) for s in sections
            if (limit := re.match(r"\[>=([\d.]+)\]", s)) is None or value >= float(limit.group(1))
        )  # fmt: skip
        if not re.match(r"\[>=", sections[0]):
            chosen, size = sections[value < 0], abs(value)
    else:
        chosen, size = sections[value < 0], abs(value)
    chosen = re.sub(r"\[[^\]]*\]", "", chosen)
    places = len(match.group(1)) if (match := re.search(r"0\.(0+)", chosen)) else 0
    digits = f"{size + 1e-12:.{places}f}".replace(".", ",")
    whole, _, rest = digits.partition(",")
    pattern = re.search(r'[#0](?:[#0]|"\u00a0")*(?:\.0+)?', chosen)
    if "#" in pattern.group():
        whole = f"{int(whole):,}".replace(",", NBSP)
        assert pattern.group().count('"\u00a0"') == whole.count(NBSP)
    else:
        assert len(whole) <= 3
    written = whole + ("," + rest if rest else "")
    return (chosen[: pattern.start()] + written + chosen[pattern.end() :]).replace('"', "")


def test_format_has_no_hole_at_its_bounds() -> None:
    """999,96 is written « 1 000,0 »: its section must have the separator."""
    assert shown(code(1), 999.96) == f"1{NBSP}000,0"
    assert shown(code(0), 999_999.6) == f"1{NBSP}000{NBSP}000"
    assert '[<0][$-C0C]"−"0.0' in code(1, negative=True)


def test_sheet_names_fit_excel() -> None:
    long = "Un titre beaucoup trop long pour une feuille de calcul"
    given = sheet_names(["Québec/Lévis [a]*?:", long, "École", "ÉCOLE", "", "''"] * 2)
    assert len({name.casefold() for name in given}) == len(given)
    for name in given:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
    assert given[2] == "École"
    assert given[3] == "ÉCOLE (2)"


def test_text_of_a_person_is_never_a_formula(ds: Dataset) -> None:
    danger = '=HYPERLINK("http://exemple.qc.ca";"ici")'
    slides = [
        Slide("mrc", {}, title=danger, notes=f"{danger}\n+1\n-1\n@a\n\tb"), Slide("suivi", {}, title="-2+3"),
        Slide("simulation", {"scenario": "francais", "territoire": "01", "taux": "60"}, title="@SUM(1)"),
    ]  # fmt: skip
    content = slides_xlsx(ds, slides, f"={danger}\x07", today=DAY)
    workbook = load_workbook(io.BytesIO(content))
    for sheet in workbook.worksheets[:3]:
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert workbook.worksheets[1]["A1"].value == f"'{danger}"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert not [n for n in names if "externalLink" in n or "vba" in n.lower()]
        links = "".join(archive.read(n).decode() for n in names if n.endswith(".rels"))
        assert 'TargetMode="External"' not in links


def test_lost_view_says_why_and_the_others_stay_with_their_weak_rates_told(ds: Dataset) -> None:
    asked = [
        Slide("simulation", {"scenario": "permis", "territoire": "01"}), Slide("comparer", {"avec": "2410"}),
        Slide("inconnue"), Slide("mrc", {"territoire": "01", "mesure": "taux"}),
    ]  # fmt: skip
    workbook = book(ds, asked)
    assert workbook.sheetnames[:4] == ["LISEZMOI", "Vue absente", "Vue absente (2)", "Vue absente (3)"]
    assert "Saisir au moins un taux" in texts(workbook["Vue absente"])
    assert "moins de deux de ces territoires" in texts(workbook["Vue absente (2)"])
    line = next(row for row in workbook.worksheets[4].iter_rows() if row[0].value == "Les Basques")
    assert "†" in line[3].number_format
    assert "† taux peu fiable" in str(line[5].value)

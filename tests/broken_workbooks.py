"""Forty and some ways in which a workbook can be wrong: how to make each, and the words that its message must have."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.styles import PatternFill

from tests.filled_workbook import edited, saved


class Broken(NamedTuple):
    """A workbook that is refused whole. `words` must all be in what is said."""

    make: Callable[[bytes], bytes]
    words: tuple[str, ...]
    name: str = "classeur.xlsx"


class Fault(NamedTuple):
    """What is wrong in a sheet, with the others of its list. `cell` names the place, where there is one."""

    sheet: str
    change: Callable[[Any], object]
    words: tuple[str, ...]
    cell: str = ""


def spoilt(raw: bytes, faults: list[Fault]) -> bytes:
    def change(book: Workbook) -> None:
        for fault in faults:
            fault.change(book[fault.sheet])

    return edited(raw, change)


def _cell(sheet: str, cell: str, value: Any, *words: str, number_format: str | None = None) -> Fault:
    def change(own: Any) -> None:
        own[cell].value = value
        own[cell].number_format = number_format or own[cell].number_format

    return Fault(sheet, change, words, cell)


def _head(sheet: str, cell: str, title: str, *words: str) -> Fault:
    """What is said of it may have no place: that a column is missing."""
    return _cell(sheet, cell, title, *words)._replace(cell="")


def _hide(axis: str, *places: Any) -> Callable[[Any], object]:
    """Rows or columns hidden."""
    return lambda sheet: [setattr(getattr(sheet, f"{axis}_dimensions")[at], "hidden", True) for at in places]


def _parts(raw: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The zip with some of its parts changed, added or taken away."""
    with zipfile.ZipFile(io.BytesIO(raw)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def _with_part(name: str, content: bytes = b"x") -> Callable[[bytes], bytes]:
    return lambda raw: _parts(raw, lambda parts: parts.update({name: content}))


def _repeat_row(sheet: Any) -> None:
    last = next(row for row in range(2, 200) if sheet.cell(row, 2).value is None)
    for column in range(1, 12):
        sheet.cell(last, column).value = sheet.cell(3, column).value


def _bomb(raw: bytes) -> bytes:
    """Two hundred million zeros that take two hundred kilobytes, never held at once by the test itself."""
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as new, new.open("xl/worksheets/sheet99.xml", "w") as part:
        for _ in range(200):
            part.write(bytes(1_000_000))
    return out.getvalue()


def _entities(raw: bytes) -> bytes:
    """A text that names itself ten times, and so on: a billion letters in a few lines."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    for n in range(8):
        bomb += f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode()
    bomb += b'] ><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&i;</t></si></sst>'
    return _parts(raw, lambda parts: parts.update({"xl/sharedStrings.xml": bomb}))


def _encoding(raw: bytes) -> bytes:
    """A sheet that says it is written in an encoding that does not exist."""

    def change(parts: dict[str, bytes]) -> None:
        sheet = parts["xl/worksheets/sheet2.xml"]
        assert b'encoding="UTF-8"' in sheet
        parts["xl/worksheets/sheet2.xml"] = sheet.replace(b'encoding="UTF-8"', b'encoding="UTF-9"', 1)

    return _parts(raw, change)


def _many_rows(raw: bytes) -> bytes:
    """Forty thousand filled rows in one sheet."""

    def change(parts: dict[str, bytes]) -> None:
        rows = b"".join(b'<row><c t="inlineStr"><is><t>x</t></is></c></row>' for _ in range(40_000))
        sheet = parts["xl/worksheets/sheet2.xml"]
        start, _, end = sheet.partition(b"</sheetData>")
        parts["xl/worksheets/sheet2.xml"] = start + rows + b"</sheetData>" + end

    return _parts(raw, change)


def _ole(marker: str) -> Callable[[bytes], bytes]:
    return lambda raw: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + marker.encode("utf-16-le") + b"\0" * 1000


def _paint(sheet: Any) -> None:
    """A colour far to the right and far down is no fault; a word there is."""
    for column in range(20, 50):
        sheet.cell(3, column).fill = PatternFill("solid", fgColor="FFFF00")
    sheet["CV3"].value = "oublié"


def _rename(book: Workbook) -> None:
    book["admissions_by_mrc"].title = "admissions_by_mcr"
    book.remove(book["populations"])
    book.create_sheet("Brouillon")
    book.create_chartsheet("Graphique").add_chart(BarChart())


KINDS: dict[str, Broken] = {
    "fichier vide": Broken(lambda raw: b"", ("ce fichier est vide",)),
    "image": Broken(lambda raw: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, ("n’est pas un classeur Excel",)),
    "csv renommé": Broken(lambda raw: b"territory_code,indicator\r\n01,x\r\n", ("c’est un fichier de texte (CSV)",)),
    "page web renommée": Broken(lambda raw: b"<html><body>x</body></html>", ("pas un classeur Excel",)),
    "zip tronqué": Broken(lambda raw: raw[: len(raw) // 2], ("ce classeur est abîmé",)),
    "zip corrompu": Broken(lambda raw: raw[:3000] + b"\xff" * 3000 + raw[6000:], ("ce classeur est abîmé",)),
    "zip sans classeur": Broken(
        lambda raw: _parts(raw, lambda parts: (parts.clear(), parts.update({"a.txt": b"x"}))),
        ("compressé, mais pas un classeur",),
    ),
    "mot de passe": Broken(_ole("EncryptedPackage"), ("protégé par un mot de passe",)),
    "ancien xls": Broken(_ole("Workbook"), ("ancien format d’Excel (.xls)",)),
    "macros": Broken(_with_part("xl/vbaProject.bin"), ("contient des macros",), name="classeur.xlsm"),
    "classeur binaire": Broken(_with_part("xl/workbook.bin"), ("binaire (.xlsb)",), name="classeur.xlsb"),
    "OpenDocument": Broken(
        lambda raw: _parts(raw, lambda parts: (parts.clear(), parts.update({"content.xml": b"<x/>"}))),
        ("OpenDocument (.ods)",),
    ),
    "liens externes": Broken(
        _with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), ("liens vers d’autres classeurs",)
    ),
    "bombe de compression": Broken(_bomb, ("démesuré une fois décompressé",)),
    "bombe d’entités": Broken(_entities, ("ce classeur est abîmé",)),
    "encodage inconnu": Broken(_encoding, ("ce classeur est abîmé",)),
    "trop de parties": Broken(
        lambda raw: _parts(raw, lambda parts: parts.update({f"x/{n}.xml": b"" for n in range(500)})),
        ("démesuré une fois décompressé",),
    ),
    "partie manquante": Broken(
        lambda raw: _parts(raw, lambda parts: parts.pop("xl/worksheets/sheet4.xml")),
        ("la feuille « admissions_by_mrc » manque",),
    ),
    "autre classeur": Broken(lambda raw: saved(Workbook()), ("aucune des feuilles attendues",)),
    "trop de lignes": Broken(_many_rows, ("plus de 10 000 lignes",)),
    "une personne de trop": Broken(
        lambda raw: edited(raw, lambda book: setattr(book["admissions_by_mrc"]["F5"], "value", 478)),
        ("ne se trouve pas dans la ligne citée", "478", "cellule F5"),
    ),
    "feuilles d’un autre nom": Broken(
        lambda raw: edited(raw, _rename),
        (
            "la feuille « admissions_by_mrc » manque", "rendre son nom à la feuille « admissions_by_mcr »",
            "la feuille « populations » manque", "la feuille « Brouillon » n’est pas prévue",
            "la feuille « Graphique » n’est pas prévue",
        ),
    ),
}  # fmt: skip

_DATE, _MRC, _TEXT = datetime(2020, 5, 1), "admissions_by_mrc", "targets"
# What is seen while the sheets are read.
READ = [
    Fault("agreements", lambda sheet: setattr(sheet, "sheet_state", "hidden"), ("cette feuille est masquée",)),
    Fault("agreements", lambda sheet: sheet.merge_cells("F4:F6"), ("les cellules F4:F6 sont fusionnées",), "F4"),
    Fault("agreements", _paint, ("très à droite",), "CV3"),
    Fault("territories", lambda sheet: sheet.delete_rows(1, sheet.max_row), ("cette feuille est vide",)),
    Fault("texts", _hide("row", 7), ("cette ligne est masquée", "ligne 7")),
    Fault("immigrant_population", _hide("row", 3, 4, 5), ("cette ligne est masquée", "ligne 3", "ligne 4", "ligne 5")),
    Fault("immigrant_population", _hide("column", "F"), ("cette colonne est masquée", "« value »"), "F1"),
    _head("admissions_by_year", "F1", "valeur", "la colonne « value » manque", "« valeur »", "n’est pas prévue"),
    Fault("populations", lambda sheet: sheet.delete_cols(9), ("la colonne « status » manque",)),
    _cell("admissions_by_french", "L1", "remarque", "« remarque »", "n’est pas prévue"),
    _cell("admissions_by_category", "L5", "à vérifier", "sous une colonne sans nom"),
    _head("temporary_permits", "G1", "value", "figure deux fois", "la colonne « printed_pct » manque"),
    Fault("admissions_by_sex", lambda sheet: sheet.delete_rows(1), ("ne porte pas les noms des colonnes",)),
    _cell(_MRC, "F2", "14 259", "texte avec un séparateur de milliers", "14259"),
    _cell(_MRC, "F3", "14\u00a0259", "texte avec un séparateur de milliers"),
    _cell(_MRC, "G2", "62,0", "texte avec une virgule"),
    _cell(_MRC, "G3", "62 %", "texte avec un signe %"),
    _cell(_MRC, "G4", 0.62, "au format Pourcentage", number_format="0.0%"),
    _cell(_MRC, "F4", _DATE, "contient une date", "2020-05-01"),
    _cell(_MRC, "E5", _DATE, "contient une date du tableur"),
    _cell(_MRC, "F6", "=SUM(F2:F4)", "contient une formule", "Valeurs"),
    _cell(_MRC, "F7", "#REF!", "une erreur du tableur", "#REF!"),
    _cell(_MRC, "F8", True, "vrai ou faux", "VRAI"),
    _cell(_TEXT, "A20", 12, "n’est pas du texte"),
    _cell(_TEXT, "C9", "oublié", "serait perdue"),
    _cell("sources", "A1", "x", "la cellule A1 ne porte plus"),
]
# What is seen when the files that the sheets make are checked.
JUDGED = [
    _cell(_MRC, "F2", "47l", "un nombre entier est attendu"),
    _cell(_MRC, "F3", -477, "plus petit que 0"),
    _cell(_MRC, "F4", 477.5, "un nombre entier est attendu", "477.5"),
    _cell(_MRC, "F5", 1e20, "dépasse"),
    _cell(_MRC, "G6", 620, "dépasse 100"),
    _cell(_MRC, "F7", None, "la valeur est vide"),
    _cell(_MRC, "B8", "9999", "ce code de territoire est inconnu"),
    _cell(_MRC, "J9", "nulle-part", "source", "nulle-part"),
    _cell(_MRC, "B10", 1, "écrire « 01 »"),
    _cell(_MRC, "I11", "final", "cette valeur n’est pas prévue", "provisional"),
    _cell(_MRC, "E12", "2015 à 2019", "cette période n’est pas reconnue"),
    Fault("admissions_by_french", _repeat_row, ("cette ligne est en double",)),
    Fault("admissions_by_sex", lambda sheet: sheet.delete_rows(5), ("il manque",)),
    _cell(_TEXT, "A3", "\t- x: [", "une tabulation"),
]

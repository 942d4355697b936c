"""Forty and some ways in which a workbook can be wrong: how to make each, and the words that its message must have."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.styles import PatternFill

from tests.filled_workbook import edited, saved

# First row of each sheet that the changes below aim at: row 2 is La Matapédia, 25 admissions, 3.3 %.
MRC = "admissions_by_mrc"


class Broken(NamedTuple):
    """A workbook gone wrong. `words` must all be in what is said; `cell` names the place, where there is one."""

    make: Callable[[bytes], bytes]
    words: tuple[str, ...]
    cell: str = ""
    name: str = "classeur.xlsx"


def _cell(cell: str, value: Any, sheet: str = MRC, number_format: str | None = None) -> Callable[[bytes], bytes]:
    """Put a value in a cell: in the XML where that is enough, which is ten times as fast."""

    def change(book: Workbook) -> None:
        book[sheet][cell].value = value
        if number_format:
            book[sheet][cell].number_format = number_format

    def make(raw: bytes) -> bytes:
        found = None if number_format or isinstance(value, datetime) else _in_xml(raw, sheet, cell, value)
        return found if found is not None else edited(raw, change)

    return make


def _in_xml(raw: bytes, sheet: str, cell: str, value: Any) -> bytes | None:
    """None when the sheet has no such cell yet."""
    if value is None:
        inner = ""
    elif isinstance(value, bool):
        inner = f' t="b"><v>{int(value)}</v></c>'
    elif isinstance(value, int | float):
        inner = f"><v>{value!r}</v></c>"
    elif value.startswith("="):
        inner = f"><f>{value[1:]}</f><v>0</v></c>"
    elif value.startswith("#"):
        inner = f' t="e"><v>{value}</v></c>'
    else:
        inner = f' t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        titles = re.findall(r'<sheet name="([^"]+)"', parts.read("xl/workbook.xml").decode())
        part = f"xl/worksheets/sheet{titles.index(sheet) + 1}.xml"
        text = parts.read(part).decode()
    style = re.search(rf'<c r="{cell}" s="(\d+)"', text)
    if style is None:
        return None
    new = f'<c r="{cell}" s="{style[1]}"{inner or "/>"}'
    text = re.sub(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', lambda _: new, text, count=1)
    return _parts(raw, lambda parts: parts.update({part: text.encode()}))


def _sheet(change: Callable[[Any], object], sheet: str = MRC) -> Callable[[bytes], bytes]:
    return lambda raw: edited(raw, lambda book: change(book[sheet]))


def _book(change: Callable[[Workbook], object]) -> Callable[[bytes], bytes]:
    return lambda raw: edited(raw, change)


def _hide(axis: str, *places: Any) -> Callable[[bytes], bytes]:
    """Rows or columns hidden."""
    return _sheet(lambda sheet: [setattr(getattr(sheet, f"{axis}_dimensions")[at], "hidden", True) for at in places])


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
        sheet.cell(last, column).value = sheet.cell(2, column).value


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


FIXED_DATE = datetime(2020, 5, 1)
KINDS: dict[str, Broken] = {
    # --- What the file is ---------------------------------------------------------------------------------------------
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
    # --- Its sheets ---------------------------------------------------------------------------------------------------
    "feuille renommée": Broken(
        _sheet(lambda sheet: setattr(sheet, "title", "admissions_by_mcr")),
        ("la feuille « admissions_by_mrc » manque", "rendre son nom à la feuille « admissions_by_mcr »"),
    ),
    "feuille manquante": Broken(
        _book(lambda book: book.remove(book["populations"])), ("la feuille « populations » manque",)
    ),
    "feuille en trop": Broken(
        _book(lambda book: book.create_sheet("Brouillon")), ("la feuille « Brouillon » n’est pas prévue",)
    ),
    "feuille de graphique": Broken(
        _book(lambda book: book.create_chartsheet("Graphique").add_chart(BarChart())),
        ("la feuille « Graphique » n’est pas prévue",),
    ),
    "feuille masquée": Broken(
        _sheet(lambda sheet: setattr(sheet, "sheet_state", "hidden")),
        ("feuille « admissions_by_mrc »", "cette feuille est masquée"),
    ),
    "feuille vide": Broken(
        _sheet(lambda sheet: sheet.delete_rows(1, sheet.max_row)), ("feuille « admissions_by_mrc »", "vide")
    ),
    "trop de lignes": Broken(_many_rows, ("plus de 10 000 lignes",)),
    "cellules fusionnées": Broken(
        _sheet(lambda sheet: sheet.merge_cells("F4:F6")), ("les cellules F4:F6 sont fusionnées",), "F4"
    ),
    "ligne masquée": Broken(_hide("row", 7), ("cette ligne est masquée", "ligne 7")),
    "filtre resté actif": Broken(_hide("row", 3, 4, 5), ("cette ligne est masquée", "ligne 3", "ligne 4", "ligne 5")),
    "colonne masquée": Broken(_hide("column", "F"), ("cette colonne est masquée", "« value »"), "F1"),
    "cellule perdue à droite": Broken(_sheet(_paint), ("très à droite",), "CV3"),
    # --- Its columns --------------------------------------------------------------------------------------------------
    "colonne renommée": Broken(
        _cell("F1", "valeur"), ("la colonne « value » manque", "« valeur »", "cette colonne n’est pas prévue")
    ),
    "colonne manquante": Broken(_sheet(lambda sheet: sheet.delete_cols(9)), ("la colonne « status » manque",)),
    "colonne en trop": Broken(_cell("L1", "remarque"), ("« remarque »", "n’est pas prévue"), "L1"),
    "colonne sans nom": Broken(_cell("L5", "à vérifier"), ("sous une colonne sans nom",), "L5"),
    "en-tête en double": Broken(_cell("G1", "value"), ("figure deux fois", "la colonne « printed_pct » manque")),
    "en-tête effacé": Broken(_sheet(lambda sheet: sheet.delete_rows(1)), ("ne porte pas les noms des colonnes",)),
    # --- Its cells ----------------------------------------------------------------------------------------------------
    "espaces dans un nombre": Broken(_cell("F5", "14 259"), ("texte avec un séparateur de milliers", "14259"), "F5"),
    "espace insécable dans un nombre": Broken(
        _cell("F5", "14\u00a0259"), ("texte avec un séparateur de milliers",), "F5"
    ),
    "virgule dans un texte": Broken(_cell("G5", "62,0"), ("texte avec une virgule",), "G5"),
    "signe % dans un texte": Broken(_cell("G5", "62 %"), ("texte avec un signe %",), "G5"),
    "format pourcentage": Broken(_cell("G5", 0.62, number_format="0.0%"), ("au format Pourcentage",), "G5"),
    "lettre dans un nombre": Broken(_cell("F5", "47l"), ("un nombre entier est attendu",), "F5"),
    "date à la place d’un nombre": Broken(_cell("F5", FIXED_DATE), ("contient une date", "2020-05-01"), "F5"),
    "date à la place d’une période": Broken(_cell("E5", FIXED_DATE), ("contient une date du tableur",), "E5"),
    "formule": Broken(_cell("F5", "=SUM(F2:F4)"), ("contient une formule", "Valeurs"), "F5"),
    "erreur de calcul": Broken(_cell("F5", "#REF!"), ("une erreur du tableur", "#REF!"), "F5"),
    "vrai ou faux": Broken(_cell("F5", True), ("vrai ou faux", "VRAI"), "F5"),
    "nombre négatif": Broken(_cell("F5", -477), ("plus petit que 0",), "F5"),
    "nombre décimal": Broken(_cell("F5", 477.5), ("un nombre entier est attendu", "477.5"), "F5"),
    "nombre démesuré": Broken(_cell("F5", 1e20), ("dépasse",), "F5"),
    "pourcentage de plus de 100": Broken(_cell("G5", 620), ("dépasse 100",), "G5"),
    "case vidée": Broken(_cell("F5", None), ("la valeur est vide",), "F5"),
    "zéro de gauche perdu": Broken(_cell("B10", 1), ("écrire « 01 »",), "B10"),
    "code inconnu": Broken(_cell("B5", "9999"), ("ce code de territoire est inconnu",), "B5"),
    "source inconnue": Broken(_cell("J5", "nulle-part"), ("source", "nulle-part"), "J5"),
    "statut inconnu": Broken(_cell("I5", "final"), ("cette valeur n’est pas prévue", "provisional"), "I5"),
    "période inconnue": Broken(_cell("E5", "2015 à 2019"), ("cette période n’est pas reconnue",), "E5"),
    "ligne en double": Broken(_sheet(_repeat_row), ("cette ligne est en double",)),
    "ligne retirée": Broken(_sheet(lambda sheet: sheet.delete_rows(5)), ("il manque",)),
    "une personne de trop": Broken(_cell("F5", 478), ("ne se trouve pas dans la ligne citée", "478"), "F5"),
    "texte changé en nombre": Broken(_cell("A20", 12, "targets"), ("n’est pas du texte",), "A20"),
    "titre des textes effacé": Broken(_cell("A1", "x", "targets"), ("la cellule A1 ne porte plus",), "A1"),
    "texte à côté": Broken(_cell("C9", "oublié", "targets"), ("serait perdue",), "C9"),
    "YAML cassé": Broken(_cell("A3", "\t- x: [", "targets"), ("feuille « targets »",)),
}

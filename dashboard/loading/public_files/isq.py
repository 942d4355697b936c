"""ISQ's wide workbook of population (code, name, one column a year) into rows of the house, one a territory and year.

A line is ours when its code and its name both say so: codes alone are not enough (« 10 » is a region, or the MRC 010
whose zero a spreadsheet has dropped).
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

from openpyxl.utils import get_column_letter

from dashboard.loading.public_files.isq_table import Table, table_of, text_of
from dashboard.loading.public_files.opening import sheets_of
from dashboard.loading.public_files.result import Imported, ImportedRow, Others, Refused, enumeration, imported
from dashboard.model.problems import shortened
from dashboard.model.rows import TerritoryRow
from dashboard.wording import today as quebec
from dashboard.wording.numbers import number
from dashboard.wording.slugs import flat

INDICATOR: Final = "population_estimate"
BASE: Final = "estimated_population"
SOURCE: Final = "isq-population"
_LARGEST: Final = 2_000_000_000
_NOT_GIVEN: Final = frozenset({"", "..", "...", "…", "x", "n. d.", "n.d.", "nd", "f"})
_PROVINCE_CODES: Final = frozenset({"", "0", "00", "24", "99", "qc"})
_PROVINCE_NAMES: Final = frozenset({"quebec", "le quebec", "ensemble du quebec", "province de quebec", "total quebec"})


def read_isq(path: Path, root: Path, sheet: str | None = None, today: date | None = None) -> Imported:
    """Population by territory and year; never raises for a bad file.

    root: folder of data/territories.csv. sheet: title of the sheet to read, needed only when several hold a table.
    today: the day after whose year nothing is estimated yet.
    """

    def read(found: Imported, ours: dict[str, TerritoryRow]) -> None:
        table = _chosen({title: table_of(title, lines) for title, lines in sheets_of(path)}, sheet)
        table.prove(path.name, today or quebec.today())
        _Reader(table, ours, found).run()

    return imported(path, root, read)


def _chosen(sheets: dict[str, Table | None], asked: str | None) -> Table:
    """The one sheet to read. Raises Refused."""
    titles = " ".join(f"« {shortened(title, 40)} »" for title in sheets)
    if asked is not None and asked not in sheets:
        raise Refused(f"la feuille « {shortened(asked, 40)} » n’existe pas.", f"choisir parmi {titles}.")
    tables = [table for table in sheets.values() if table is not None and asked in (None, table.sheet)]
    if not tables:
        message = "aucune feuille n’a de tableau avec un code, un nom et une colonne par année."
        remedy = "écrire « Code », « Nom » et les années sur une même ligne, au-dessus des nombres."
        raise Refused(message, remedy)
    if len(tables) > 1:
        several = " ".join(f"« {shortened(table.sheet, 40)} »" for table in tables)
        message = f"plusieurs feuilles ont un tableau de population : {several}."
        raise Refused(message, "choisir l’une d’elles avec l’option --sheet.")
    return tables[0]


def _same_name(given: str, row: TerritoryRow) -> bool:
    """True when the names agree but for accents, signs, a status in brackets and a leading word."""
    asked = flat(re.sub(r"\([^)]*\)|\s\d+$", " ", given))
    # « Les Îles-de-la-Madeleine » for « Communauté maritime des Îles-de-la-Madeleine ».
    bare = re.sub(r"^(les|la|le|l) ", "", asked)
    for own in (row.name, row.name_in_source):
        words = flat(own)
        if asked == words or bare == words or re.fullmatch(f"(la|le|les|l) {asked}", words):
            return True
        if any(len(end) > shortest and f" {words} ".endswith(f" {end} ") for end, shortest in ((asked, 4), (bare, 12))):
            return True
    return False


class _Reader:
    """Lines of the table, one after the other."""

    def __init__(self, table: Table, ours: dict[str, TerritoryRow], found: Imported) -> None:
        self.table, self.ours, self.found = table, ours, found
        self.where = f"feuille « {shortened(table.sheet, 40)} »"
        self.others, self.missing, self.parts = Others(), Others(), Others()
        self.partial: dict[str, tuple[int, int, str]] = {}
        self.seen: dict[str, int] = {}

    def run(self) -> None:
        """Every line, then what the person must know."""
        years = [year for year, _ in self.table.years.values()]
        for year in sorted({year for year in years if years.count(year) > 1}):
            message = f"feuille « {self.table.sheet} » : l’année {year} a plusieurs colonnes."
            self.found.refuse(message, "n’en garder qu’une.", self.table.header, None, year)
        if self.found.problems:
            return
        for line, cells in self.table.lines:
            self._take(line, cells)
        for code, (line, place, text) in self.partial.items():
            if code not in self.seen:
                message = f"{self.ours[code].name} n’a pas de ligne de total (« {self.table.others[place]} »)."
                self._refuse(line, place, text, message, "ajouter les lignes de l’ensemble, sexes et âges réunis.")
        if not self.found.rows and not self.found.problems:
            remedy = "vérifier que c’est le bon fichier; les codes et les noms sont dans data/territories.csv."
            message = f"{self.where} : aucune ligne n’est celle de l’un de nos territoires."
            self.found.refuse(message, remedy, self.table.header)
        self._report()

    def _refuse(self, line: int, place: int, value: str, message: str, remedy: str) -> None:
        self.found.refuse(f"{self.where} : {message}", remedy, line, get_column_letter(place + 1), value)

    def _take(self, line: int, cells: tuple[object, ...]) -> None:
        code, named = _plain(cells[self.table.code]), _plain(cells[self.table.name])
        row = self._territory(line, code, named)
        if row is None:
            return
        if parts := self.table.parts_of(cells):
            place, text = parts[0]
            self.parts.add(text)
            self.partial.setdefault(row.code, (line, place, text))
            return
        if row.code in self.seen:
            message = f"{row.name} figure déjà à la ligne {self.seen[row.code]}."
            remedy = "n’en garder qu’une (celle de l’ensemble, sexes réunis)."
            self._refuse(line, self.table.code, code, message, remedy)
            return
        self.seen[row.code] = line
        for place, (year, mark) in self.table.years.items():
            self._value(row, line, place, cells[place], year, mark)

    def _territory(self, line: int, code: str, named: str) -> TerritoryRow | None:
        """Our territory, or None for another's or, with a problem, for a line whose code and name disagree."""
        ours = list(self.ours.values())
        if code.casefold() in _PROVINCE_CODES and flat(re.sub(r"\([^)]*\)", "", named)) in _PROVINCE_NAMES:
            return next((row for row in ours if row.level == "province"), None)
        exact = [row for row in ours if code and code in (row.code, row.isq_code)]
        full = {code.zfill(2), f"24{code.zfill(2)}"} if code.isdigit() else set()
        short = [row for row in ours if full and (row.code in full or row.isq_code == code.zfill(3))]
        agreed = [row for row in (*exact, *short) if _same_name(named, row)]
        if agreed:
            return agreed[0]
        if exact:
            message = f"le code est celui de {exact[0].name}, mais le nom est « {shortened(named, 60)} »."
            remedy = "corriger le code ou le nom; un nouveau nom officiel s’écrit dans data/territories.csv."
            self._refuse(line, self.table.code, code, message, remedy)
        else:
            self.others.add(f"{code} {named}".strip())
        return None

    def _value(self, row: TerritoryRow, line: int, place: int, cell: object, year: str, mark: str) -> None:
        text = " ".join(text_of(cell).split())
        count = None
        if text.casefold() in _NOT_GIVEN:
            self.missing.add(f"{row.name} {year}")
        elif (count := _count(cell, text)) is None:
            kind = "un nombre entier de personnes est attendu"
            if text.startswith("="):
                kind = "c’est une formule, non un nombre"
            elif isinstance(cell, date):
                kind = "c’est une date, non un nombre"
            where = f"{self.where}, cellule {get_column_letter(place + 1)}{line} ({row.name}, {year})"
            remedy = "écrire le nombre en chiffres; « .. » quand il n’est pas donné."
            self.found.refuse(f"{where} : {kind}.", remedy, line, get_column_letter(place + 1), text)
            return
        status = "not_available" if count is None else "provisional" if mark == "p" else "estimate"
        quote = f"{row.name}, {year}{mark} : {number(count)}"
        self.found.rows.append(ImportedRow(row.code, INDICATOR, "total", year, count, BASE, status, SOURCE, quote))

    def _report(self) -> None:
        table, marked = self.table, {"p": "provisoires", "r": "révisées"}
        columns = enumeration(table.where(place) for place in table.others)
        absent = [
            row.name for row in self.ours.values() if row.level in ("region", "mrc") and row.code not in self.seen
        ]
        years = {mark: enumeration(y for y, m in table.years.values() if m == mark) for mark in marked}
        parts, others = self.parts, self.others
        # What the person must know, and when it is said.
        remarks = (
            (True, f"Feuille lue : « {table.sheet} », ligne de titres {table.header}."),
            (columns, f"Autres colonnes, dont aucun nombre n’est tiré : {columns}."),
            (parts.lines, f"Lignes d’une partie des gens, laissées de côté : {number(parts.lines)} ({parts})."),
            (others.lines, f"Laissées de côté, hors de nos territoires : {number(others.lines)} lignes ({others})."),
            (absent, f"Nos territoires qui n’y sont pas : {enumeration(absent)}."),
            (self.missing.lines, f"Nombres non donnés : {self.missing}."),
            *((years[m], f"Années marquées {word} (« {m} ») : {years[m]}.") for m, word in marked.items()),
        )
        self.found.remarks += [text for told, text in remarks if told]


def _plain(cell: object) -> str:
    """A code or a name as text: 10.0 and « 10 » alike."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if isinstance(cell, bool) else " ".join(text_of(cell).split())


def _count(cell: object, text: str) -> int | None:
    """A whole number of people, from a number or from a text with spaces or commas between thousands."""
    if isinstance(cell, bool | date):
        return None
    if isinstance(cell, int | float):
        return int(cell) if 0 <= cell <= _LARGEST and cell == int(cell) else None
    if re.fullmatch(r"[0-9]{1,10}|[0-9]{1,3}([ ,][0-9]{3}){1,3}", text) is None:
        return None
    count = int(re.sub(r"[ ,]", "", text))
    return count if count <= _LARGEST else None

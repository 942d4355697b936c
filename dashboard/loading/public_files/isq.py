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

from dashboard.loading.public_files.delimited import Unreadable
from dashboard.loading.public_files.ircc_columns import plain
from dashboard.loading.public_files.isq_proof import not_the_population, parts_of
from dashboard.loading.public_files.isq_table import Table, table_of
from dashboard.loading.public_files.result import Imported, ImportedRow, Others, enumeration, territories
from dashboard.loading.public_files.sheets import read_sheets
from dashboard.model.problems import Problem, shortened
from dashboard.model.rows import TerritoryRow
from dashboard.wording import today as quebec
from dashboard.wording.numbers import number

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
    found, name = Imported(), path.name
    ours, problems = territories(root)
    if problems:
        found.problems = problems
        return found.done()
    try:
        sheets = read_sheets(path, name, table_of)
    except Unreadable as unreadable:
        found.refuse(unreadable.problem)
        return found.done()
    table = _chosen(sheets, sheet, name, found)
    if table is not None:
        unproven = not_the_population(table, name, today or quebec.today())
        if unproven is not None:
            found.refuse(unproven)
            return found.done()
        _Reader(table, name, ours, found).run()
    return found.done()


def _chosen(sheets: dict[str, Table | None], asked: str | None, name: str, found: Imported) -> Table | None:
    """The one sheet to read, or None with the reason in the problems."""
    titles = " ".join(f"« {shortened(title, 40)} »" for title in sheets)
    tables = [table for table in sheets.values() if table is not None]
    if asked is not None:
        if asked not in sheets:
            message = f"la feuille « {shortened(asked, 40)} » n’existe pas."
            found.refuse(Problem(name, message, f"choisir parmi {titles}."))
            return None
        tables = [table for table in tables if table.sheet == asked]
    if not tables:
        message = "aucune feuille n’a de tableau avec un code, un nom et une colonne par année."
        remedy = "écrire « Code », « Nom » et les années sur une même ligne, au-dessus des nombres."
        found.refuse(Problem(name, message, remedy))
        return None
    if len(tables) > 1:
        several = " ".join(f"« {shortened(table.sheet, 40)} »" for table in tables)
        message = f"plusieurs feuilles ont un tableau de population : {several}."
        found.refuse(Problem(name, message, "choisir l’une d’elles avec l’option --sheet."))
        return None
    return tables[0]


def _digits(cell: object) -> str:
    """A code as text: 10.0 and « 10 » alike."""
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _same_name(given: str, row: TerritoryRow) -> bool:
    """True when the names agree but for accents, signs, a status in brackets and a leading word."""
    asked = plain(re.sub(r"\([^)]*\)|\s\d+$", " ", given))
    for own in (row.name, row.name_in_source):
        words = plain(own)
        if asked == words or (len(asked) > 4 and (f" {words} ".endswith(f" {asked} "))):
            return True
        if any(asked == f"{lead} {words}" or words == f"{lead} {asked}" for lead in ("la", "le", "les", "l")):
            return True
        # « Les Îles-de-la-Madeleine » for « Communauté maritime des Îles-de-la-Madeleine ».
        bare = re.sub(r"^(les|la|le|l) ", "", asked)
        if len(bare) > 12 and f" {words} ".endswith(f" {bare} "):
            return True
    return False


class _Reader:
    """Lines of the table, one after the other."""

    def __init__(self, table: Table, name: str, ours: dict[str, TerritoryRow], found: Imported) -> None:
        self.table, self.name, self.ours, self.found = table, name, ours, found
        self.others, self.missing, self.parts = Others(), Others(), Others()
        self.partial: dict[str, tuple[int, int, str]] = {}
        self.seen: dict[str, int] = {}

    def run(self) -> None:
        years = [year for year, _ in self.table.years.values()]
        for year in sorted({year for year in years if years.count(year) > 1}):
            message = f"feuille « {self.table.sheet} » : l’année {year} a plusieurs colonnes."
            self._refuse(self.table.header, None, year, message, "n’en garder qu’une.")
        if self.found.problems:
            return
        for line, cells in self.table.lines:
            self._take(line, cells)
        self._report()

    def _refuse(self, line: int, place: int | None, value: str | None, message: str, remedy: str) -> None:
        column = None if place is None else f"{get_column_letter(place + 1)}"
        self.found.refuse(Problem(self.name, message, remedy, line, column, value))

    def _take(self, line: int, cells: tuple[object, ...]) -> None:
        table = self.table
        code, named = (_digits(cells[p]) if p < len(cells) else "" for p in (table.code, table.name))
        values = {place: cells[place] if place < len(cells) else None for place in table.years}
        if all(value is None or str(value).strip() == "" for value in values.values()):
            return  # a note, a title between two groups
        row = self._territory(line, code, named)
        if row is None:
            return
        if parts := parts_of(table, cells):
            place, text = parts[0]
            self.parts.add(text)
            self.partial.setdefault(row.code, (line, place, text))
            return
        if row.code in self.seen:
            message = f"{self._where()} : {row.name} figure déjà à la ligne {self.seen[row.code]}."
            self._refuse(line, table.code, code, message, "n’en garder qu’une (celle de l’ensemble, sexes réunis).")
            return
        self.seen[row.code] = line
        for place, (year, mark) in table.years.items():
            self._value(row, line, place, values[place], year, mark)

    def _where(self) -> str:
        return f"feuille « {shortened(self.table.sheet, 40)} »"

    def _territory(self, line: int, code: str, named: str) -> TerritoryRow | None:
        """Our territory, or None for another's or, with a problem, for a line whose code and name disagree."""
        if code.casefold() in _PROVINCE_CODES and plain(re.sub(r"\([^)]*\)", "", named)) in _PROVINCE_NAMES:
            return next((row for row in self.ours.values() if row.level == "province"), None)
        exact = [row for row in self.ours.values() if code and code in (row.code, row.isq_code)]
        short = [
            row
            for row in self.ours.values()
            if code.isdigit()
            and (code.zfill(2) == row.code or code.zfill(3) == row.isq_code or f"24{code.zfill(2)}" == row.code)
        ]
        agreed = [row for row in (*exact, *short) if _same_name(named, row)]
        if agreed:
            return agreed[0]
        if exact:
            message = (
                f"{self._where()} : le code est celui de {exact[0].name}, mais le nom est « {shortened(named, 60)} »."
            )
            remedy = "corriger le code ou le nom; un nouveau nom officiel s’écrit dans data/territories.csv."
            self._refuse(line, self.table.code, code, message, remedy)
            return None
        self.others.add(f"{code} {named}".strip())
        return None

    def _value(self, row: TerritoryRow, line: int, place: int, cell: object, year: str, mark: str) -> None:
        text = "" if cell is None else " ".join(str(cell).split())
        if text.casefold() in _NOT_GIVEN:
            self.missing.add(f"{row.name} {year}")
            self._add(row, year, mark, None)
            return
        count = _count(cell, text)
        if count is None:
            kind = (
                "c’est une formule, non un nombre"
                if text.startswith("=")
                else "c’est une date, non un nombre"
                if isinstance(cell, date)
                else "un nombre entier de personnes est attendu"
            )
            cell_name = f"{get_column_letter(place + 1)}{line}"
            message = f"{self._where()}, cellule {cell_name} ({row.name}, {year}) : {kind}."
            remedy = "écrire le nombre en chiffres; « .. » quand il n’est pas donné."
            self._refuse(line, place, text, message, remedy)
            return
        self._add(row, year, mark, count)

    def _add(self, row: TerritoryRow, year: str, mark: str, count: int | None) -> None:
        status = "not_available" if count is None else "provisional" if mark == "p" else "estimate"
        said = number(count)
        quote = f"{row.name}, {year}{mark} : {said}"
        self.found.rows.append(ImportedRow(row.code, INDICATOR, "total", year, count, BASE, status, SOURCE, quote))

    def _report(self) -> None:
        remarks, table = self.found.remarks, self.table
        for code, (line, place, text) in self.partial.items():
            if code not in self.seen:
                message = (
                    f"{self._where()} : {self.ours[code].name} n’a pas de ligne de total (« {table.others[place]} »)."
                )
                self._refuse(line, place, text, message, "ajouter les lignes de l’ensemble, sexes et âges réunis.")
        if not self.found.rows and not self.found.problems:
            self._refuse(
                table.header,
                None,
                None,
                f"{self._where()} : aucune ligne n’est celle de l’un de nos territoires.",
                "vérifier que c’est le bon fichier; les codes et les noms sont dans data/territories.csv.",
            )
        remarks.append(f"Feuille lue : « {table.sheet} », ligne de titres {table.header}.")
        if table.others:
            named = enumeration(table.where(place) for place in table.others)
            remarks.append(f"Autres colonnes, dont aucun nombre n’est tiré : {named}.")
        if self.parts:
            remarks.append(
                f"Lignes d’une partie des gens, laissées de côté : {number(self.parts.lines)} ({self.parts})."
            )
        if self.others:
            remarks.append(
                f"Laissées de côté, hors de nos territoires : {number(self.others.lines)} lignes ({self.others})."
            )
        absent = [
            row.name for row in self.ours.values() if row.level in ("region", "mrc") and row.code not in self.seen
        ]
        if absent:
            remarks.append(f"Nos territoires qui n’y sont pas : {enumeration(absent)}.")
        if self.missing:
            remarks.append(f"Nombres non donnés : {self.missing}.")
        marks = {mark: [y for y, m in table.years.values() if m == mark] for mark in ("p", "r")}
        for mark, word in (("p", "provisoires"), ("r", "révisées")):
            if marks[mark]:
                remarks.append(f"Années marquées {word} (« {mark} ») : {enumeration(marks[mark])}.")


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

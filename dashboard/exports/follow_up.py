"""The follow-up as a file to fill in, load again or put in data/: one line for each thing that can be followed.

The texts that people typed are guarded (dashboard.wording.spreadsheet): no spreadsheet runs them, and reading the file
gives back exactly what was typed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from dashboard.indicators.follow_up import Entries, keys_of
from dashboard.loading.follow_up_file import SHEET
from dashboard.model import Dataset
from dashboard.model.follow_up import COLUMNS, STATES, Entry, Followed
from dashboard.wording.numbers import typographic
from dashboard.wording.spreadsheet import french_csv, neutral

_WIDTHS = (12, 14, 12, 60, 16, 11, 20, 13, 50, 24)
_README = f"""Suivi du plan d’action : comment remplir ce classeur
Une ligne par indicateur du plan, et par cible et période. Une ligne laissée vide se lit « non saisi », jamais zéro.
Ne pas changer les colonnes type, identifiant et periode : elles disent de quoi parle la ligne.
etat : {", ".join(STATES)}; vide si l’état n’est pas saisi.
resultat : un nombre seul; unite dit en quoi il se compte, et ne se change pas.
date : année, mois et jour (2022-03-31). note : 2 000 caractères au plus. responsable : 120 au plus.
Un texte qui commence par =, +, - ou @ est précédé d’une apostrophe : aucun tableur ne le prend pour une formule. Elle \
disparaît quand le fichier est chargé.
Pour reprendre le travail : page « Suivi », « Charger un fichier ». Pour le partager : le fichier CSV de la même page, \
placé dans data/suivi.csv."""


def _rows(ds: Dataset, entries: Entries) -> Iterator[tuple[Followed, Entry]]:
    """Everything that can be followed, entered or not, in the order of the targets and of the plan."""
    for item in ds.follow_up.known.values():
        for key in keys_of(item):
            blank = Entry(kind=item.kind, id=item.id, period=key.period, unit=item.unit)
            yield item, entries.get(key, blank)


def follow_up_csv(ds: Dataset, entries: Entries) -> bytes:
    """The file for a spreadsheet in French, which « Suivi » and « apply » read back."""
    lines: list[list[str | float | Decimal | None]] = [list(COLUMNS)]
    for item, entry in _rows(ds, entries):
        day = entry.day.isoformat() if entry.day else ""
        lines.append([
            item.kind, item.id, entry.period, typographic(item.label), entry.state or "", entry.value,
            entry.unit or item.unit, day, entry.note, entry.person,
        ])  # fmt: skip
    return french_csv(lines)


def follow_up_xlsx(ds: Dataset, entries: Entries) -> bytes:
    """A workbook with the same lines: states to choose from a list, and a sheet that says how to fill it in."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = SHEET
    sheet.append(list(COLUMNS))
    for row, (item, entry) in enumerate(_rows(ds, entries), 2):
        values = [
            item.kind, item.id, entry.period, neutral(typographic(item.label)), entry.state, entry.value,
            neutral(entry.unit or item.unit), entry.day, neutral(entry.note), neutral(entry.person),
        ]  # fmt: skip
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column)
            if isinstance(value, str):
                cell.value = value
                cell.data_type = "s"  # never a formula, whatever it begins with
                cell.alignment = Alignment(wrap_text=column in (4, 9), vertical="top")
            elif value is not None:
                cell.value = value
                cell.alignment = Alignment(vertical="top")
        sheet.cell(row, 8).number_format = "yyyy-mm-dd"
    for column, width in enumerate(_WIDTHS, 1):
        head = sheet.cell(1, column)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DAE6F0")
        sheet.column_dimensions[get_column_letter(column)].width = width
    choices = DataValidation(type="list", formula1=f'"{",".join(STATES)}"', allow_blank=True)
    choices.error, choices.errorTitle = f"Choisir l’un de ces états : {', '.join(STATES)}.", "État non prévu"
    sheet.add_data_validation(choices)
    choices.add(f"E2:E{max(sheet.max_row, 2)}")
    sheet.freeze_panes = "D2"
    help_sheet = workbook.create_sheet("Lisez-moi")
    help_sheet.column_dimensions["A"].width = 100
    for line, text in enumerate(_README.splitlines(), 1):
        help_sheet.cell(line, 1, typographic(text)).alignment = Alignment(wrap_text=True, vertical="top")
    help_sheet.cell(1, 1).font = Font(bold=True)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()

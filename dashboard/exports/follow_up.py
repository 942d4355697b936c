"""The follow-up as a file to fill in, load again or put in data/: one line for each thing that can be followed.

The texts that people typed are guarded (dashboard.wording.spreadsheet): no spreadsheet runs them, and reading the file
gives back exactly what was typed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from dashboard.deck.palette import HEAD
from dashboard.indicators.follow_up import Entries, by_orientation, by_region, keys_of, late
from dashboard.loading.follow_up_file import SHEET
from dashboard.model import Dataset
from dashboard.model.follow_up import COLUMNS, PROGRESS, FollowUpEntry
from dashboard.narrative.follow_up_words import short
from dashboard.wording.numbers import typographic
from dashboard.wording.periods import moment
from dashboard.wording.spreadsheet import french_csv, neutral

_WIDTHS = (12, 14, 12, 60, 16, 11, 20, 13, 50, 24)
_README = f"""Suivi du plan d’action : comment remplir ce classeur
Une ligne par indicateur du plan, et par cible et période. Une ligne laissée vide se lit « non saisi », jamais zéro.
Ne pas changer les colonnes type, identifiant et periode : elles disent de quoi parle la ligne.
etat : {", ".join(PROGRESS)}; vide si l’état n’est pas saisi.
resultat : un nombre seul; unite dit en quoi il se compte, et ne se change pas.
date : année, mois et jour (2022-03-31). note : 2 000 caractères au plus. responsable : 120 au plus.
Un texte qui commence par =, +, - ou @ est précédé d’une apostrophe : aucun tableur ne le prend pour une formule. Elle \
disparaît quand le fichier est chargé.
Pour inscrire ce qui est rempli ici : page « Suivi », « Charger un fichier ». Avancement, En retard et Historique ne \
sont pas relus."""


def _lines(ds: Dataset, entries: Entries) -> Iterator[list[Any]]:
    """Everything that can be followed, entered or not, in the order of the targets and of the plan."""
    for item in ds.follow_up.known.values():
        for key in keys_of(item):
            entry = entries.get(key) or FollowUpEntry(kind=item.kind, id=item.id, period=key.period, unit=item.unit)
            yield [
                item.kind, item.id, entry.period, typographic(item.label), entry.state or "", entry.value,
                entry.unit or item.unit, entry.day, entry.note, entry.person,
            ]  # fmt: skip


def follow_up_csv(ds: Dataset, entries: Entries) -> bytes:
    """The file for a spreadsheet in French, which « Suivi » and « apply » read back."""
    lines = _lines(ds, entries)
    return french_csv([COLUMNS, *([c.isoformat() if isinstance(c, date) else c for c in line] for line in lines)])


# What was written: instant, author, the entry where it can be read, whether it was in force.
Told = tuple[str, str, FollowUpEntry | None, bool]


def _beside(
    ds: Dataset, entries: Entries, history: Sequence[Told]
) -> Iterator[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]:
    """The sheets that are not read back: title, head, lines."""
    found = [*by_region(ds, entries), *by_orientation(ds, entries)]
    head = ("Région ou orientation", "Résultats saisis", "Réalisés", "En retard", "À suivre")
    yield "Avancement", head, [(name, own.entered, own.done, own.late, own.total) for name, own in found]
    rows = [
        (item.id, typographic(item.label), key.period, ds.name(item.region) if item.region else "Cible")
        for item, key in late(ds, entries)
    ]
    yield "En retard", ("Identifiant", "Libellé", "Période", "Région"), rows
    if history:
        written = [
            (moment(at), author, entry.id, entry.period, short(entry), "" if kept else "non retenue")
            for at, author, entry, kept in history if entry is not None
        ]  # fmt: skip
        yield "Historique", ("Quand", "Qui", "Identifiant", "Période", "Saisie", "Retenue"), written


def _write(
    sheet: Any, head: Sequence[str], lines: Iterable[Sequence[Any]], widths: Sequence[int], wrapped: str
) -> None:
    """Fill in a sheet. wrapped: letters of the columns whose texts take several lines."""
    sheet.append(list(head))
    for n, line in enumerate(lines, 2):
        for column, value in enumerate(line, 1):
            if value is None:
                continue
            cell = sheet.cell(n, column, neutral(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula, whatever it begins with
            cell.alignment = Alignment(wrap_text=cell.column_letter in wrapped, vertical="top")
    for cell, width in zip(sheet[1], widths, strict=True):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=HEAD.lstrip("#"))
        sheet.column_dimensions[cell.column_letter].width = width


def follow_up_xlsx(ds: Dataset, entries: Entries, history: Sequence[Told] = ()) -> bytes:
    """A workbook with the same lines, states to choose from a list, how far it all is, what is late and what was before
    (history); and a sheet that says how to fill it in. The first sheet alone is read back."""
    # openpyxl and not XlsxWriter, whose escapes (« _x005F_x000D_ ») are not those of the reader.
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = SHEET
    lines = ([None if cell == "" else cell for cell in line] for line in _lines(ds, entries))
    _write(sheet, COLUMNS, lines, _WIDTHS, "DI")
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 8).number_format = "yyyy-mm-dd"
    choices = DataValidation(type="list", formula1=f'"{",".join(PROGRESS)}"', allow_blank=True)
    choices.error, choices.errorTitle = f"Choisissez l’un de ces états : {', '.join(PROGRESS)}.", "État non prévu"
    sheet.add_data_validation(choices)
    choices.add(f"E2:E{max(sheet.max_row, 2)}")
    sheet.freeze_panes = "D2"
    for title, head, told in _beside(ds, entries, history):
        other = workbook.create_sheet(title)
        _write(other, head, told, [60 if name in ("Libellé", "Saisie") else 24 for name in head], "ABCDEF")
        other.freeze_panes = "A2"
    readme = workbook.create_sheet("Lisez-moi")
    readme.column_dimensions["A"].width = 100
    for row, text in enumerate(_README.splitlines(), 1):
        readme.cell(row, 1, typographic(text)).alignment = Alignment(wrap_text=True, vertical="top")
    readme.cell(1, 1).font = Font(bold=True)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()

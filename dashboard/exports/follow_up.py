"""The follow-up as a file to fill in, load again or put in data/: one line for each thing that can be followed.

The texts that people typed are guarded (dashboard.wording.spreadsheet): no spreadsheet runs them, and reading the file
gives back exactly what was typed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from xlsxwriter import Workbook

from dashboard.deck.palette import HEAD
from dashboard.indicators.follow_up import Entries, keys_of
from dashboard.loading.follow_up_file import SHEET
from dashboard.model import Dataset
from dashboard.model.follow_up import COLUMNS, STATES, Entry
from dashboard.wording.numbers import typographic
from dashboard.wording.spreadsheet import PLAIN_TEXTS, french_csv, neutral

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


def _lines(ds: Dataset, entries: Entries) -> Iterator[list[Any]]:
    """Everything that can be followed, entered or not, in the order of the targets and of the plan."""
    for item in ds.follow_up.known.values():
        for key in keys_of(item):
            entry = entries.get(key) or Entry(kind=item.kind, id=item.id, period=key.period, unit=item.unit)
            yield [
                item.kind, item.id, entry.period, typographic(item.label), entry.state or "", entry.value,
                entry.unit or item.unit, entry.day, entry.note, entry.person,
            ]  # fmt: skip


def follow_up_csv(ds: Dataset, entries: Entries) -> bytes:
    """The file for a spreadsheet in French, which « Suivi » and « apply » read back."""
    lines = _lines(ds, entries)
    return french_csv([COLUMNS, *([c.isoformat() if isinstance(c, date) else c for c in line] for line in lines)])


def follow_up_xlsx(ds: Dataset, entries: Entries) -> bytes:
    """A workbook with the same lines: states to choose from a list, and a sheet that says how to fill it in."""
    out = io.BytesIO()
    with Workbook(out, PLAIN_TEXTS) as book:
        top, wrapped = book.add_format({"valign": "top"}), book.add_format({"valign": "top", "text_wrap": True})
        day, bold = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
        looks = [top, top, top, wrapped, top, top, top, day, wrapped, top]
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True, "bg_color": HEAD}))
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        row = 0
        for row, line in enumerate(_lines(ds, entries), 1):
            for column, (value, look) in enumerate(zip(line, looks, strict=True)):
                sheet.write(row, column, neutral(value) if isinstance(value, str) else value, look)
        states = ", ".join(STATES)
        sheet.data_validation(1, 4, max(row, 1), 4, {
            "validate": "list", "source": list(STATES), "error_title": "État non prévu",
            "error_message": f"Choisir l’un de ces états : {states}.",
        })  # fmt: skip
        sheet.freeze_panes(1, 3)
        told = book.add_worksheet("Lisez-moi")
        told.set_column(0, 0, 100)
        for row, text in enumerate(_README.splitlines()):
            told.write(row, 0, typographic(text), wrapped if row else bold)
    return out.getvalue()

"""Find the table of a sheet of ISQ: its heads, code, name, years; and prove that it is the population, everybody.

What proves it: the words of the file, of the sheet and over the heads, the columns, the years.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, NoReturn

from openpyxl.utils import get_column_letter

from dashboard.loading.public_files.opening import Line
from dashboard.loading.public_files.result import Refused
from dashboard.model.problems import shortened
from dashboard.wording.slugs import flat

_CODES: Final = re.compile(r"(code|no|numero)( .{0,60})?")
_NAMES: Final = re.compile(
    r"(nom|territoires?|mrc|regions?( administratives?)?|municipalites?( regionales? de comte)?|geographie|libelle)"
    r"( .{0,60})?"
)
# « 2021 », « 2021p », « 2021 (r) », with the number of a note after it.
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})\s*\(?\s*([rpe]?)\s*\)?(?:\s*\([0-9]\))?", re.IGNORECASE)
# How far above the years the words « Code » and « Nom » may stand.
_LABELS_ABOVE: Final = 3
# Words of a title, of a sheet or of a file -> what the table counts instead of the population.
_OTHERS: Final = {
    "des naissances": r"naissances?|fecondite",
    "des décès": r"deces|mortalite|morts?",
    "des mariages ou des unions": r"mariages?|divorces?|nuptialite|unions?",
    "des ménages, des familles ou des logements": r"menages?|familles?|logements?",
    "des projections": r"projections?|projetee?s?|perspectives?|scenarios?|previsions?",
    "des mouvements de population": r"migrations?|migratoires?|soldes?|accroissements?|variations?|entrants|sortants|"
    r"composantes?|immigrante?s?|emigrante?s?|taux",
}
_MEN, _WOMEN = r"hommes?|masculin|males?", r"femmes?|feminin|females?"
# What a table counts a part of -> its words, the words that then make the whole, the columns that divide this way.
_PARTS: Final = {
    "les hommes seulement": (_MEN, _WOMEN, {"sexe", "genre"}),
    "les femmes seulement": (_WOMEN, _MEN, {"sexe", "genre"}),
    "un groupe d’âge seulement": (
        r"[0-9]+ (a [0-9]+ )?ans|ans et plus|moins de [0-9]+|enfants?|jeunes|aine(e|s|es)?",
        r"(?!)",
        {"age", "groupe", "groupes"},
    ),
}
_DIMENSIONS: Final = re.compile(r"(sexe|genre|age|groupes? d age)( .{0,40})?")
# The whole of a dimension, as the ISQ writes it.
_WHOLE: Final = re.compile(
    r"total|ensemble|tous( les ages)?|toutes?|(les )?deux sexes|sexes? reunis?|t|m f|hommes et femmes"
)
# Columns of words that divide nobody.
_HARMLESS: Final = re.compile(
    r"(statut|type|designation|region|regions|region administrative|mrc|province|geographie|niveau|notes?|rang|"
    r"code( .*)?|territoire( .*)?)( [0-9]+)?"
)
_NEEDED: Final = (
    "prendre le classeur des estimations de la population, tous les âges et les deux sexes réunis, sous son nom et "
    "avec ses lignes de titre."
)


@dataclass(frozen=True, slots=True)
class Table:
    """Where the table of a sheet is. years: column -> (year, mark « p », « r » or nothing).

    above: what the sheet says over the heads. others: heads of the other columns, by column. lines: as wide as the
    heads, those without any figure left out.
    """

    sheet: str
    header: int
    code: int
    name: int
    years: dict[int, tuple[str, str]]
    above: list[str]
    others: dict[int, str]
    lines: list[Line]

    def where(self, place: int) -> str:
        """« F3 « Variation » », for a message."""
        return f"{get_column_letter(place + 1)}{self.header} « {shortened(self.others[place], 40)} »"

    def parts_of(self, cells: tuple[object, ...]) -> list[tuple[int, str]]:
        """Columns of a line that say that it counts a part of the people (one sex, one age), with what they say."""
        given = [(place, text_of(cells[place])) for place in self._dimensions()]
        return [(place, text) for place, text in given if _WHOLE.fullmatch(flat(text)) is None]

    def _dimensions(self) -> list[int]:
        return [place for place, head in self.others.items() if _DIMENSIONS.fullmatch(flat(head))]

    def prove(self, file: str, today: date) -> None:
        """Raises Refused when nothing proves that the table is the population of past years."""

        def refuse(message: str, value: str | None = None) -> NoReturn:
            raise Refused(message, _NEEDED, self.header, None, value)

        said = " ".join(flat(text) for text in (file.rpartition(".")[0], self.sheet, *self.above))
        for what, words in _OTHERS.items():
            if found := re.search(rf"\b({words})\b", said):
                refuse(f"ce tableau compte {what} (« {found[0]} »), non la population.")
        last = min((year for year, _ in self.years.values() if int(year) > today.year), default=None)
        if last is not None:
            refuse(f"l’année {last} est à venir : ce tableau est une projection, non une estimation.", last)
        for place in self._dimensions():
            given = [(line, str(cells[place])) for line, cells in self.lines if cells[place] is not None]
            if given and not any(_WHOLE.fullmatch(flat(text)) for _, text in given):
                self._refuse_column("cette colonne ne donne pas le total", place, *given[0])
        divided = {flat(self.others[place]).split()[0] for place in self._dimensions()}
        for what, (words, complement, columns) in _PARTS.items():
            found = re.search(rf"\b({words})\b", said)
            # « hommes et femmes » is everybody
            if found and not divided & columns and not re.search(rf"\b({complement})\b", said):
                refuse(f"ce tableau compte {what} (« {found[0]} »), non toute la population.")
        if re.search(r"\bpopulations?\b", said) is None:
            refuse("rien ne dit que ce tableau est celui de la population.")
        for place, head in self.others.items():
            known = _DIMENSIONS.fullmatch(flat(head)) or _HARMLESS.fullmatch(flat(head))
            for line, cells in self.lines if not known else ():
                cell = cells[place]
                if isinstance(cell, str) and flat(cell) and not re.search("[0-9]", cell):
                    self._refuse_column("rien ne dit ce que divise cette colonne", place, line, cell)

    def _refuse_column(self, message: str, place: int, line: int, value: str) -> NoReturn:
        where = get_column_letter(place + 1)
        raise Refused(f"{message} ({self.where(place)}).", _NEEDED, line, where, shortened(value, 40))


def table_of(title: str, lines: list[Line]) -> Table | None:
    """The first line that names years, with a code and a name on it or just above."""
    for rank, (line, cells) in enumerate(lines):
        years = {place: year for place, cell in enumerate(cells) if (year := _year(cell)) is not None}
        if not years:
            continue
        above = [row for near, row in lines[max(0, rank - _LABELS_ABOVE) : rank] if line - near <= _LABELS_ABOVE]
        first = min(years)
        # Left of the years, the head of a column may stand a little above them.
        heads = [_head([cells, *reversed(above)] if n < first else [cells], n) for n in range(len(cells))]
        code = next((n for n in range(first) if _CODES.fullmatch(flat(heads[n]))), None)
        named = next((n for n in range(first) if n != code and _NAMES.fullmatch(flat(heads[n]))), None)
        if code is None or named is None:
            continue
        others = {n: head for n, head in enumerate(heads) if n not in (*years, code, named) and head}
        texts = [" ".join(text_of(cell) for cell in row if cell is not None) for _, row in lines[:rank]]
        below = ((n, (*row, *[None] * (len(cells) - len(row)))) for n, row in lines[rank + 1 :])
        filled = [(n, row) for n, row in below if any(text_of(row[place]).strip() for place in years)]
        return Table(title, line, code, named, years, texts, others, filled)
    return None


def text_of(cell: object) -> str:
    """The cell as text; nothing for an empty one."""
    return "" if cell is None else str(cell)


def _head(rows: list[tuple[object, ...]], place: int) -> str:
    return next((text for row in rows if place < len(row) and (text := text_of(row[place])).strip()), "")


def _year(cell: object) -> tuple[str, str] | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return (str(int(cell)), "") if 1900 <= cell <= 2100 and cell == int(cell) else None
    match = _YEAR.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return None if match is None else (match[1], match[2].lower())

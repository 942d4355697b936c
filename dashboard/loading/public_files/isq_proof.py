"""What proves that a table of the ISQ is the estimated population, everybody together: words, columns, years."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from openpyxl.utils import get_column_letter

from dashboard.loading.public_files.ircc_columns import plain
from dashboard.loading.public_files.isq_table import Table
from dashboard.model.problems import Problem, shortened

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
_PARTS: Final = {
    "les hommes seulement": r"hommes?|masculin|males?",
    "les femmes seulement": r"femmes?|feminin|females?",
    "un groupe d’âge seulement": r"[0-9]+ (a [0-9]+ )?ans|ans et plus|moins de [0-9]+|enfants?|jeunes|aine(e|s|es)?",
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


def not_the_population(table: Table, name: str, today: date) -> Problem | None:
    """Why the table is not proven to be the population of past years; None when it is.

    name: of the file; with the title of the sheet and the lines over the heads, it says what the table counts.
    """
    said = " ".join(plain(text) for text in (name.rpartition(".")[0], table.sheet, *table.above))
    for what, words in _OTHERS.items():
        if found := re.search(rf"\b({words})\b", said):
            message = f"ce tableau compte {what} (« {found[0]} »), non la population."
            return Problem(name, message, _NEEDED, table.header)
    future = sorted(year for year, _ in table.years.values() if int(year) > today.year)
    if future:
        message = f"l’année {future[0]} est à venir : ce tableau est une projection, non une estimation."
        return Problem(name, message, _NEEDED, table.header, value=future[0])
    for place, head in table.others.items():
        if _DIMENSIONS.fullmatch(plain(head)) and (part := _only_parts(table, place)):
            line, text = part
            message = f"cette colonne ne donne pas le total ({table.where(place)})."
            return Problem(name, message, _NEEDED, line, get_column_letter(place + 1), shortened(text, 40))
    divided = {plain(head).split()[0] for head in table.others.values() if _DIMENSIONS.fullmatch(plain(head))}
    for what, words in _PARTS.items():
        dimension = {"sexe", "genre"} if "âge" not in what else {"age", "groupe", "groupes"}
        others = "|".join(pattern for part, pattern in _PARTS.items() if part != what and "âge" not in part)
        if "âge" not in what and re.search(rf"\b({others})\b", said):
            continue  # « hommes et femmes » is everybody
        if not divided & dimension and (found := re.search(rf"\b({words})\b", said)):
            message = f"ce tableau compte {what} (« {found[0]} »), non toute la population."
            return Problem(name, message, _NEEDED, table.header)
    if re.search(r"\bpopulations?\b", said) is None:
        message = "rien ne dit que ce tableau est celui de la population."
        return Problem(name, message, _NEEDED, table.header)
    return _unknown_division(table, name)


def _only_parts(table: Table, place: int) -> tuple[int, str] | None:
    """The first line and value of a dimension that never gives its whole."""
    first = None
    for line, cells in table.lines:
        if place < len(cells) and cells[place] is not None and _filled(table, cells):
            text = str(cells[place])
            if _WHOLE.fullmatch(plain(text)) is not None:
                return None
            first = first or (line, text)
    return first


def _unknown_division(table: Table, name: str) -> Problem | None:
    """A column of words that may divide people in a way that we do not know."""
    for place, head in table.others.items():
        if _DIMENSIONS.fullmatch(plain(head)) or _HARMLESS.fullmatch(plain(head)):
            continue
        for line, cells in table.lines:
            cell = cells[place] if place < len(cells) else None
            if isinstance(cell, str) and plain(cell) and not re.search("[0-9]", cell) and _filled(table, cells):
                message = f"rien ne dit ce que divise cette colonne ({table.where(place)})."
                column = get_column_letter(place + 1)
                return Problem(name, message, _NEEDED, line, column, shortened(cell, 40))
    return None


def _filled(table: Table, cells: tuple[object, ...]) -> bool:
    return any(place < len(cells) and cells[place] is not None for place in table.years)


def parts_of(table: Table, cells: tuple[object, ...]) -> list[tuple[int, str]]:
    """Columns of a line that say that it counts a part of the people (one sex, one age), with what they say."""
    given = [
        (place, "" if place >= len(cells) or cells[place] is None else str(cells[place]))
        for place, head in table.others.items()
        if _DIMENSIONS.fullmatch(plain(head))
    ]
    return [(place, text) for place, text in given if _WHOLE.fullmatch(plain(text)) is None]

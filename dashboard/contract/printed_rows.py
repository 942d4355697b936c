"""Each observed figure against the text of its document: the very cell, line or words where it must stand.

How a section is read is said by its `form`: each form has one rule, which gives the line that holds the figure, or says
in French what the document has instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from dashboard.contract.findings import Findings
from dashboard.contract.quotes import after_figure, normalised, period_at
from dashboard.loading.printed import Printed
from dashboard.loading.printed_tables import read_table
from dashboard.model.documents import Category, Indicator, Section
from dashboard.model.periods import Period
from dashboard.model.rows import SUPERSEDED, Observation, TerritoryRow
from dashboard.wording.numbers import NBSP, number
from dashboard.wording.periods import period as period_words

# A label of the map that the source gives no name.
NAMELESS = re.compile(r"unnamed_(\d\d)")
_REMEDY = "recopier la ligne telle que le document l’imprime (data/source), ou corriger ce que la ligne nomme."
# First and last line of the text.
Lines = tuple[int, int]


class MisplacedError(Exception):
    """The document does not hold the figure where the row says: `column` is at fault."""

    def __init__(self, message: str, column: str = "quote") -> None:
        super().__init__(message)
        self.column = column


class _Asked(NamedTuple):
    """A row, with what its codes mean and the section that it names."""

    row: Observation
    territory: TerritoryRow
    indicator: Indicator
    category: Category
    section: Section
    printed: Printed

    @property
    def quote(self) -> str:
        return normalised(self.row.quote or "")

    @property
    def period(self) -> str:
        return period_words(self.row.key.period).replace(NBSP, " ")

    @property
    def words(self) -> tuple[str, ...]:
        """What the source may call the category."""
        return tuple(text.replace("{period}", self.period) for text in (*self.category.printed, self.category.label))

    @property
    def labels(self) -> tuple[str, ...]:
        """What the row of a table may be called: its year, its territory, or its category."""
        if self.territory.level == "mrc":
            return (self.territory.name_in_source,)
        period, alone = self.row.key.period, len(self.indicator.categories) == 1
        return (period,) if self.category.id == "total" and alone and Period.of(period).is_year else self.words


def _in_table(asked: _Asked) -> Lines:
    """The cell where the block of the indicator, the row of the category and the column of the territory meet."""
    row, territory, labels = asked.row, asked.territory, asked.labels
    heading = (asked.indicator.heading or "").replace("{period}", asked.period)
    block = [line for line in read_table(asked.printed) if line.heading == heading]
    if not block:
        raise MisplacedError(f"cette section n’a pas de tableau « {heading} ».", "period")
    names = {name.casefold() for name in labels}
    line = next((line for line in block if line.label.casefold() in names), None)
    if line is None:
        raise MisplacedError(f"sous « {heading} », aucune ligne ne se nomme « {labels[0]} ».", "territory_code")
    years = [other.label for other in block if re.fullmatch(r"\d{4}", other.label)]
    if years and Period.of(row.key.period).is_span and row.key.period != f"{years[0]}-{years[-1]}":
        raise MisplacedError(f"ce tableau totalise {years[0]}-{years[-1]}.", "period")
    column = 1 if territory.level == "province" else 0
    own = asked.section.region in (territory.code, territory.parent_code)
    if (column == 0 and not own) or column >= len(line.cells):
        raise MisplacedError("ce tableau n’a pas de colonne pour ce territoire.", "source")
    cell = line.cells[column]
    if row.value != cell.value:
        raise MisplacedError(f"à cette place, le document imprime {number(cell.value)}.", "value")
    if str(row.printed_pct) != str(cell.share):
        said = "aucun pourcentage" if cell.share is None else f"{str(cell.share).replace('.', ',')}{NBSP}%"
        raise MisplacedError(f"à cette place, le document imprime {said}.", "printed_pct")
    if asked.quote != line.quote:
        raise MisplacedError(f"le document imprime « {line.quote} ».")
    return line.lines


def _in_rows(asked: _Asked) -> Lines:
    """A whole line of a CSV file: code, year, number."""
    key = asked.row.key
    wanted = f"{key.territory},{key.period},{asked.row.value}"
    if asked.quote != wanted:
        raise MisplacedError(f"la ligne citée devrait être « {wanted} ».")
    if wanted not in asked.printed.lines:
        raise MisplacedError(f"le fichier de la source n’a pas de ligne « {wanted} ».", "value")
    line = asked.printed.first + asked.printed.lines.index(wanted)
    return line, line


def _in_map(asked: _Asked) -> Lines:
    """A label of the map; the province's total by its words, and one without a name by its rank among those without."""
    row = asked.row
    shown = number(row.value).replace(NBSP, " ")
    named = asked.category.id == "total" and asked.territory.level == "province"
    wanted = f"{asked.words[0]} {shown}" if named else f"{shown} ({str(row.printed_pct).replace('.', ',')} %)"
    if asked.quote != wanted:
        raise MisplacedError(f"l’étiquette citée devrait être « {wanted} ».")
    place = next(asked.printed.places(wanted), None)
    if place is None:
        raise MisplacedError("cette étiquette n’est pas sur la carte.", "value")
    return asked.printed.lines_of(place, len(wanted))


def _in_prose(asked: _Asked) -> Lines:
    """Words of a sentence: the number is followed by what it counts or by where, in the paragraph of its category."""
    row, printed, section, quote = asked.row, asked.printed, asked.section, asked.quote
    if section.region is not None and section.region != asked.territory.code:
        raise MisplacedError("cette section parle d’une autre région.", "source")
    places = list(printed.places(quote))
    if not places:
        raise MisplacedError("ces mots ne sont pas dans cette section du document.")
    for place in places:
        text = printed.text[slice(*printed.paragraph(place))].casefold()
        if section.region is None and not any(words.casefold() in text for words in asked.words):
            continue
        where, rest = asked.territory.name_in, ""
        if row.value is not None:
            rest = after_figure(quote, row.value) or ""
            follows = asked.words if section.region or asked.territory.level == "direction" else (where,)
            if not any(rest.strip().startswith(words.casefold()) for words in follows):
                raise MisplacedError(f"dans les mots cités, ce nombre n’est pas suivi de « {follows[0]} ».", "value")
        elif where.casefold() in quote.casefold():
            raise MisplacedError("la ligne citée nomme ce territoire, et lui donne donc un nombre.", "status")
        figure = place if row.value is None else place + len(quote) - len(rest)
        said = period_at(printed, place, place + len(quote), figure)
        if said != row.key.period:
            raise MisplacedError(f"le document parle ici de {said or 'aucune date'}.", "period")
        return printed.lines_of(place, len(quote))
    raise MisplacedError(f"ces mots ne sont pas dans le paragraphe de « {asked.words[0]} ».", "category")


_FORMS: dict[str, Callable[[_Asked], Lines]] = {
    "table": _in_table,
    "rows": _in_rows,
    "map": _in_map,
    "prose": _in_prose,
}


def check_printed_rows(findings: Findings) -> None:
    """Every row of a document whose text is kept stands in it; labels without a name follow the order of the text."""
    nameless: list[Observation] = []
    for row in findings.every_row() if findings.sound_hierarchy else ():
        section, category = findings.sections.get(row.source), findings.categories.get(row.key[1:3])
        printed = findings.draft.printed_section(row.source)
        if row.key in findings.faulty or section is None or category is None or printed is None:
            continue
        try:
            if section.form not in _FORMS:
                raise MisplacedError("cette section n’est pas celle d’un tableau de chiffres.", "source")
            if row.quote is None:
                raise MisplacedError("la ligne du document n’est pas citée.")
            territory = findings.draft.territories[row.key.territory]
            asked = _Asked(row, territory, findings.indicators[row.key.indicator], category, section, printed)
            findings.places[row.file, row.line] = _FORMS[section.form](asked)
        except MisplacedError as fault:
            findings.row_problem(row, str(fault), _REMEDY, fault.column)
            continue
        if section.form == "map" and NAMELESS.fullmatch(row.key.category) and row.status != SUPERSEDED:
            nameless.append(row)
    for before, row in pairwise(sorted(nameless, key=lambda row: row.key.category)):
        if findings.places[row.file, row.line] <= findings.places[before.file, before.line]:
            message = "les étiquettes sans nom se suivent dans l’ordre du texte, et celle-ci y précède l’autre."
            findings.row_problem(row, message, _REMEDY, "category", others=(before,))


def check_status(findings: Findings) -> None:
    """The status of a period is stated once, by its document, and held on each of its rows; so is the base."""
    sources = findings.draft.sources
    stated = {document.id: document.provisional for document in sources.documents} if sources else {}
    for row in findings.every_row():
        if row.key in findings.faulty:
            continue
        section, category = findings.sections.get(row.source), findings.categories.get(row.key[1:3])
        years = stated.get(section.document) if section else None
        if years is not None and row.status not in ("not_available", SUPERSEDED):
            own = Period.of(row.key.period).years
            wanted = "provisional" if any(year.year in own for year in years) else "definitive"
            if row.status != wanted:
                message = f"le document de cette ligne donne à cette période le statut « {wanted} »."
                remedy = "corriger le statut, ou les années provisoires du document dans data/sources.yaml."
                findings.row_problem(row, message, remedy, "status")
                continue
        base = category.base or findings.indicators[row.key.indicator].base if category else row.base
        if row.base != base:
            remedy = "corriger la base, ou celle de la catégorie dans data/indicators.yaml."
            findings.row_problem(row, f"la base de cette catégorie est « {base} ».", remedy, "base")

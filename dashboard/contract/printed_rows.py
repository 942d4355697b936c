"""Each observed figure against the text of its document: the very cell, line or words where it must stand.

How a section is read is said by its `form`: each form has one rule, which gives the line that holds the figure, or says
in French what the document has instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.contract.dates import period_at
from dashboard.contract.findings import Findings
from dashboard.contract.quotes import after_figure, normalised
from dashboard.loading.printed import Printed
from dashboard.loading.printed_tables import TableRow, read_table
from dashboard.model.documents import Category, Indicator, Section
from dashboard.model.periods import Period
from dashboard.model.problems import shortened
from dashboard.model.rows import SUPERSEDED, Observation, TerritoryRow
from dashboard.wording.numbers import NBSP, number
from dashboard.wording.periods import period as period_words

_REMEDY = "recopier la ligne telle que le document l’imprime (data/source), ou corriger ce que la ligne nomme."


# First and last line of the text.
Lines = tuple[int, int]


class MisplacedError(Exception):
    """The document does not hold the figure where the row says: `column` is at fault."""

    def __init__(self, message: str, column: str = "quote") -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class _Asked:
    """A row, with what its codes mean and the section that it names."""

    row: Observation
    territory: TerritoryRow
    indicator: Indicator
    category: Category
    section: Section
    printed: Printed

    @property
    def words(self) -> tuple[str, ...]:
        """What the source may call the category."""
        period = period_words(self.row.key.period).replace(NBSP, " ")
        own = (*self.category.printed, self.category.label)
        return tuple(text.format(period=period) if "{period}" in text else text for text in own)


def _labels(asked: _Asked) -> tuple[str, ...]:
    """What the row of a table may be called: its year, its territory, or its category."""
    key = asked.row.key
    if asked.territory.level == "mrc":
        return (asked.territory.name_in_source,)
    yearly = asked.category.id == "total" and Period.of(key.period).is_year and len(asked.indicator.categories) == 1
    return (key.period,) if yearly else asked.words


def _in_table(asked: _Asked) -> Lines:
    """The cell where the block of the indicator, the row of the category and the column of the territory meet."""
    row, key = asked.row, asked.row.key
    period = period_words(key.period).replace(NBSP, " ")
    heading = (asked.indicator.heading or "").replace("{period}", period)
    block = [line for line in read_table(asked.printed) if line.heading == heading]
    if not block:
        raise MisplacedError(f"cette section n’a pas de tableau « {heading} ».", "period")
    names = {name.casefold() for name in _labels(asked)}
    line = next((line for line in block if line.label.casefold() in names), None)
    if line is None:
        said = next(iter(_labels(asked)))
        raise MisplacedError(f"sous « {heading} », aucune ligne ne se nomme « {said} ».", "territory_code")
    years = [other.label for other in block if re.fullmatch(r"\d{4}", other.label)]
    if years and Period.of(key.period).is_span and key.period != f"{years[0]}-{years[-1]}":
        raise MisplacedError(f"ce tableau totalise {years[0]}-{years[-1]}.", "period")
    _check_cell(asked, line)
    if normalised(row.quote or "") != line.quote:
        raise MisplacedError(f"le document imprime « {line.quote} ».")
    return line.lines


def _check_cell(asked: _Asked, line: TableRow) -> None:
    row, territory = asked.row, asked.territory
    column = 1 if territory.level == "province" else 0
    own = asked.section.region in (territory.code, territory.parent_code)
    if (column == 0 and not own) or column >= len(line.cells):
        raise MisplacedError("ce tableau n’a pas de colonne pour ce territoire.", "source")
    cell = line.cells[column]
    if row.value != cell.value:
        raise MisplacedError(f"à cette place, le document imprime {number(cell.value)}.", "value")
    if row.printed_pct != cell.share or str(row.printed_pct) != str(cell.share):
        said = "aucun pourcentage" if cell.share is None else f"{str(cell.share).replace('.', ',')}{NBSP}%"
        raise MisplacedError(f"à cette place, le document imprime {said}.", "printed_pct")


def _in_rows(asked: _Asked) -> Lines:
    """A whole line of a CSV file: code, year, number."""
    key = asked.row.key
    wanted = f"{key.territory},{key.period},{asked.row.value}"
    if normalised(asked.row.quote or "") != wanted:
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
    if normalised(row.quote or "") != wanted:
        raise MisplacedError(f"l’étiquette citée devrait être « {wanted} ».")
    place = next(asked.printed.places(wanted), None)
    if place is None:
        raise MisplacedError("cette étiquette n’est pas sur la carte.", "value")
    return asked.printed.lines_of(place, len(wanted))


def _in_prose(asked: _Asked) -> Lines:
    """Words of a sentence: the number is followed by what it counts or by where, in the paragraph of its category."""
    row, printed, section = asked.row, asked.printed, asked.section
    quote = normalised(row.quote or "")
    if section.region is not None and section.region != asked.territory.code:
        raise MisplacedError("cette section parle d’une autre région.", "source")
    places = list(printed.places(quote))
    if not places:
        raise MisplacedError("ces mots ne sont pas dans cette section du document.")
    where = asked.territory.name_in
    follows = (asked.words if section.region or asked.territory.level == "direction" else (where,)) or ()
    for place in places:
        start, end = printed.paragraph(place)
        if section.region is None and not any(w.casefold() in printed.text[start:end].casefold() for w in asked.words):
            continue
        _check_words(asked, quote, follows)
        figure = place + len(quote) - len(after_figure(quote, row.value) or "") if row.value is not None else place
        said = period_at(printed, place, place + len(quote), figure)
        if said != row.key.period:
            raise MisplacedError(f"le document parle ici de {said or 'aucune date'}.", "period")
        return printed.lines_of(place, len(quote))
    raise MisplacedError(f"ces mots ne sont pas dans le paragraphe de « {asked.words[0]} ».", "category")


def _check_words(asked: _Asked, quote: str, follows: tuple[str, ...]) -> None:
    if asked.row.value is None:
        if asked.territory.name_in.casefold() in quote.casefold():
            raise MisplacedError("la ligne citée nomme ce territoire, et lui donne donc un nombre.", "status")
        return
    rest = (after_figure(quote, asked.row.value) or "").strip()
    if not any(rest.startswith(words.casefold()) for words in follows):
        raise MisplacedError(f"dans les mots cités, ce nombre n’est pas suivi de « {follows[0]} ».", "value")


_FORMS: dict[str, Callable[[_Asked], Lines]] = {
    "table": _in_table,
    "rows": _in_rows,
    "map": _in_map,
    "prose": _in_prose,
}


def check_printed_rows(findings: Findings) -> None:
    """Needs the dictionary and the territories: every row of a document whose text is kept stands in it."""
    draft = findings.draft
    if draft.sources is None or draft.library is None or draft.dictionary is None or not findings.sound_hierarchy:
        return
    sections = {section.id: section for section in draft.sources.sections}
    indicators = {indicator.id: indicator for indicator in draft.dictionary.indicators}
    for row in findings.every_row():
        section, indicator = sections.get(row.source), indicators.get(row.key.indicator)
        if row.key in findings.faulty or section is None or indicator is None:
            continue
        category = next((c for c in indicator.categories if c.id == row.key.category), None)
        printed = draft.library.sections.get(section.id)
        if printed is None or category is None:
            continue
        rule = _FORMS.get(section.form)
        try:
            if rule is None:
                raise MisplacedError("cette section n’est pas celle d’un tableau de chiffres.", "source")
            asked = _Asked(row, draft.territories[row.key.territory], indicator, category, section, printed)
            if row.quote is None:
                raise MisplacedError("la ligne du document n’est pas citée.")
            findings.places[row.file, row.line] = rule(asked)
        except MisplacedError as fault:
            value = shortened(row.cell(fault.column), 160)
            findings.row_problem(row, str(fault), _REMEDY, column=fault.column, value=value)
    _check_ranks(findings, sections)


def _check_ranks(findings: Findings, sections: dict[str, Section]) -> None:
    """Labels without a name are numbered in the order of the text."""
    last: Observation | None = None
    nameless = [row for row in findings.index.values() if _NAMELESS.fullmatch(row.key.category)]
    for row in sorted(nameless, key=lambda row: row.key.category):
        section = sections.get(row.source)
        if section is None or section.form != "map" or (row.file, row.line) not in findings.places:
            continue
        if last is not None and findings.places[row.file, row.line] <= findings.places[last.file, last.line]:
            message = "les étiquettes sans nom se suivent dans l’ordre du texte, et celle-ci y précède l’autre."
            findings.row_problem(row, message, _REMEDY, column="category", value=row.key.category, others=(last,))
        last = row


_NAMELESS = re.compile(r"unnamed_\d\d")


def check_status(findings: Findings) -> None:
    """The status of a period is stated once, by its document, and held on each of its rows; so is the base."""
    draft = findings.draft
    if draft.sources is None or draft.dictionary is None:
        return
    stated = {d.id: d.provisional for d in draft.sources.documents}
    of_sections = {s.id: stated.get(s.document) for s in draft.sources.sections}
    bases = {(i.id, c.id): c.base or i.base for i in draft.dictionary.indicators for c in i.categories}
    for row in findings.every_row():
        if row.key in findings.faulty:
            continue
        years = of_sections.get(row.source)
        if years is not None and row.status not in ("not_available", SUPERSEDED):
            own = Period.of(row.key.period).years
            wanted = "provisional" if any(stated.year in own for stated in years) else "definitive"
            if row.status != wanted:
                findings.row_problem(
                    row,
                    f"le document de cette ligne donne à cette période le statut « {wanted} ».",
                    "corriger le statut, ou les années provisoires du document dans data/sources.yaml.",
                    column="status",
                    value=row.status,
                )
                continue
        base = bases.get((row.key.indicator, row.key.category))
        if base is not None and row.base != base:
            findings.row_problem(
                row,
                f"la base de cette catégorie est « {base} ».",
                "corriger la base, ou celle de la catégorie dans data/indicators.yaml.",
                column="base",
                value=row.base,
            )

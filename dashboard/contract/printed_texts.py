"""What is given as the words of a document is in it word for word, whole and in its order; its figures too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from dashboard.contract.dates import period_at
from dashboard.contract.findings import NOT_THERE, RECOPY, Fault, Findings
from dashboard.contract.printed_plan import plan_faults, targets_faults
from dashboard.contract.quotes import after_figure, normalised
from dashboard.loading.draft import ANOMALIES, TEXTS, Draft, portrait_file
from dashboard.loading.printed import Printed
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import ProseFigure, TextBlock
from dashboard.model.problems import shortened
from dashboard.model.rows import Observation
from dashboard.wording.slugs import fold


def check_printed_texts(findings: Findings) -> None:
    """Needs the list of sources and the texts that they name."""
    draft = findings.draft
    if draft.sources is None or draft.library is None:
        return
    of_texts = chain(_portraits(findings), _blocks(findings), _definitions(draft), _notes(draft))
    faults = chain(of_texts, targets_faults(findings), plan_faults(findings), _anomalies(findings))
    findings.report(faults, RECOPY)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


# --- Paragraphs -------------------------------------------------------------------------------------------------------


class _Block(NamedTuple):
    location: Location
    title: str
    paragraphs: list[str]


def _covered(file: str, printed: Printed, heading: str, blocks: list[_Block], region: str | None) -> Iterator[Fault]:
    """The paragraphs of the blocks, one after the other, are all that the section holds under its headings."""
    cursor = 0
    for block in blocks:
        for n, paragraph in enumerate(block.paragraphs):
            place = printed.text.find(normalised(paragraph), cursor)
            here = (*block.location, n)
            if place < 0:
                yield Fault(file, here, paragraph, NOT_THERE, region)
                return
            gap, allowed = _words(printed.text[cursor:place]), _words(f"{heading} {block.title}")
            wanted = _words(block.title) if n == 0 else set()
            if n == 0 and (not wanted <= gap or fold(block.title) not in fold(printed.text[cursor:place])):
                yield Fault(file, (*block.location[:-1], "title"), block.title, NOT_THERE, region)
            if gap - (allowed if n == 0 else set()):
                lost = shortened(printed.text[cursor:place])
                yield Fault(file, here, paragraph, f"avant ces mots, le document imprime aussi « {lost} ».", region)
            cursor = place + len(normalised(paragraph))
    if rest := printed.text[cursor:].strip():
        last = blocks[-1]
        message = f"après ces mots, le document imprime aussi « {shortened(rest)} »."
        yield Fault(file, (*last.location, len(last.paragraphs) - 1), last.paragraphs[-1], message, region)


def _portraits(findings: Findings) -> Iterator[Fault]:
    draft, known = findings.draft, findings.problems
    for region, portrait in draft.portraits.items():
        printed, territory = draft.printed_section(portrait.source), draft.territories.get(region)
        file = portrait_file(region)
        if (
            printed is None
            or territory is None
            or any(p.file == file and p.column in ("source", "region_code") for p in known)
        ):
            continue
        heading = f"{territory.name} {territory.name_in_source}"
        yield from _covered(file, printed, heading, [_Block(("portrait",), "", portrait.portrait)], region)
        yield from _figures(findings, file, portrait.figures, [printed], region)


def _blocks(findings: Findings) -> Iterator[Fault]:
    draft = findings.draft
    if draft.texts is None or draft.sources is None:
        return
    blocks: list[tuple[Location, TextBlock]] = [(("network",), draft.texts.network)]
    blocks += [(("service_offer", n), block) for n, block in enumerate(draft.texts.service_offer)]
    blocks += [(("partnership",), draft.texts.partnership)]
    by_section: dict[str, list[_Block]] = {}
    for location, block in blocks:
        own = _Block((*location, "paragraphs"), block.title, block.paragraphs)
        by_section.setdefault(block.source, []).append(own)
    labels = {section.id: section.label for section in draft.sources.sections}
    read = []
    for name, own_blocks in by_section.items():
        printed = draft.printed_section(name)
        if printed is not None:
            read.append(printed)
            yield from _covered(TEXTS, printed, labels[name], own_blocks, None)
    if len(read) == len(by_section):
        yield from _figures(findings, TEXTS, draft.texts.figures, read, None)


def _definitions(draft: Draft) -> Iterator[Fault]:
    for n, definition in enumerate(draft.texts.definitions if draft.texts else []):
        printed = draft.printed_section(definition.source)
        if printed is None:
            continue
        if normalised(definition.text) not in printed.text:
            yield Fault(TEXTS, ("definitions", n, "text"), definition.text, NOT_THERE)
        elif not normalised(definition.text).casefold().startswith(f"la {definition.term.casefold()} "):
            yield Fault(TEXTS, ("definitions", n, "term"), definition.term, "le document définit un autre terme.")


def _notes(draft: Draft) -> Iterator[Fault]:
    """A numbered note stands under a table with its number; the others anywhere in a document."""
    assert draft.library is not None
    if not draft.library.documents or draft.library.lacking:
        return
    texts = [printed.text for printed in draft.library.documents.values()]
    for n, note in enumerate(draft.texts.notes if draft.texts else []):
        wanted = f"{note.id}. {normalised(note.text)}" if note.id.isdigit() else normalised(note.text)
        if not any(wanted in text for text in texts):
            yield Fault(TEXTS, ("notes", n, "text"), note.text, NOT_THERE)


# --- Figures of the sentences -----------------------------------------------------------------------------------------

# « (contre 4 dans l’ensemble du Québec) » speaks of the province in the portrait of a region.
_OF_PROVINCE = re.compile(r"(contre|comparativement à|parmi les) [\d, ]+.*\bQuébec\b|^composé|^y compris|^\d+ [ac]")


def _figures(
    findings: Findings, file: str, figures: list[ProseFigure], read: list[Printed], region: str | None
) -> Iterator[Fault]:
    draft = findings.draft
    for n, figure in enumerate(figures):
        here: Location = ("figures", n)
        quote = normalised(figure.quote)
        printed, place = next(((p, s) for p in read for s in p.places(quote)), (None, 0))
        if printed is None:
            if read:
                yield Fault(file, (*here, "quote"), figure.quote, NOT_THERE, region)
            continue
        rest = after_figure(figure.quote, figure.value) or ""
        said = period_at(printed, place, place + len(quote), place + len(quote) - len(rest)) or "n. d."
        level = draft.territories[figure.territory].level if figure.territory in draft.territories else None
        of_province = bool(_OF_PROVINCE.search(quote))
        if said != figure.period:
            yield Fault(file, (*here, "period"), figure.period, f"ces mots parlent de « {said} ».", region)
        if level is not None and of_province != (level == "province"):
            whom = "du Québec" if of_province else "d’un autre territoire"
            yield Fault(file, (*here, "territory"), figure.territory, f"ces mots parlent {whom}.", region)
        elif level == "region" and figure.territory != region:
            yield Fault(file, (*here, "territory"), figure.territory, "ces mots parlent d’une autre région.", region)
        if not _counts(figure, rest, printed.text[slice(*printed.paragraph(place))]):
            message = f"dans ces mots, le nombre est suivi de « {shortened(rest.strip(), 40)} »."
            yield Fault(file, (*here, "unit"), figure.unit, message, region)
        findings.places[file, n] = printed.lines_of(place, len(quote))


def _counts(figure: ProseFigure, rest: str, paragraph: str) -> bool:
    """The unit is what follows the number; people may be called by what they are (« 81 agentes et agents »)."""
    after = fold(rest.strip())
    if after.startswith("%") or figure.unit == "%":
        return after.startswith("%") and figure.unit == "%"
    unit = fold(figure.unit.split()[0])
    if re.match(rf"(a [\d ]+ )?{unit}\b", after):
        return figure.unit.split()[1:] in ([], ["pour", "une", "admission"]) or after.startswith(fold(figure.unit))
    first = fold(figure.label.split()[0])
    if after.startswith(first):
        return figure.unit == "personnes"
    # « contre 4 dans l’ensemble du Québec », « Deux d’entre elles »: the thing counted is named before.
    return re.match(r"d'entre elles|dans l'ensemble", after) is not None and first == unit and unit in fold(paragraph)


# --- Anomalies --------------------------------------------------------------------------------------------------------

_QUOTED = re.compile(r"«\s*(.+?)\s*»")
_NUMBER = re.compile(r"(?<![\d,])(?:\d{1,3}(?: \d{3})+|\d+,\d+|\d{3,})(?![\d,])")


def _anomalies(findings: Findings) -> Iterator[Fault]:
    """What an anomaly says of the source: its words, and the numbers that the source prints or adds up to."""
    draft = findings.draft
    assert draft.library is not None
    texts = [] if draft.library.lacking else [printed.text for printed in draft.library.documents.values()]
    # Sums of rows of which one is at fault would say nothing.
    sums = None if findings.problems or draft.problems else _sums(findings)
    for n, anomaly in enumerate(draft.anomalies.anomalies if draft.anomalies and texts else []):
        here: Location = ("anomalies", n, "source_says")
        for words in _QUOTED.findall(normalised(anomaly.source_says)):
            if not any(words.casefold() in printed.folded for printed in draft.library.documents.values()):
                yield Fault(ANOMALIES, here, words, NOT_THERE)
        for shown in _NUMBER.findall(normalised(anomaly.source_says)):
            pattern = rf"(?<![\d.]){shown}(?![\d,])|(?<!\d){shown.replace(' ', '')}(?!\d)"
            if sums is not None and shown not in sums and not any(re.search(pattern, text) for text in texts):
                message = "le document n’imprime pas ce nombre, et ses lignes ne le totalisent pas."
                yield Fault(ANOMALIES, here, shown, message)


def _sums(findings: Findings) -> set[str]:
    """What the shares and the counts of a table add up to, as French writes it: a row of a hundred per cent is none."""
    tables: dict[tuple[str, str | None], list[Observation]] = {}
    for row in findings.index.values():
        if (row.file, row.line) in findings.places and row.printed_pct not in (None, 100):
            territory = findings.draft.territories[row.key.territory]
            table = territory.parent_code if territory.level == "mrc" else territory.code
            tables.setdefault((row.key.indicator, table), []).append(row)
    on_map = [row for rows in tables.values() for row in rows if row.key.indicator == "immigrant_population_map"]
    found = {f"{sum(row.printed_pct or Decimal(0) for row in rows)}".replace(".", ",") for rows in tables.values()}
    return found | {f"{sum(row.value or 0 for row in on_map):,}".replace(",", " ")}

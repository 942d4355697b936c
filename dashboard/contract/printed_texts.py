"""What is given as the words of a document is in it word for word, whole and in its order; its figures too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from dashboard.contract.findings import NOT_THERE, Fault, Findings, Place
from dashboard.contract.plan import plan_faults
from dashboard.contract.quotes import after_figure, normalised, period_at
from dashboard.contract.sentences import Block, Sentences, of_portraits, of_texts
from dashboard.contract.targets import targets_faults
from dashboard.loading.draft import ANOMALIES, SOURCES, TEXTS
from dashboard.loading.printed import Archive, Printed
from dashboard.model.documents import ProseFigure, Section, SourceDocument
from dashboard.model.problems import shortened
from dashboard.model.rows import Observation
from dashboard.wording.slugs import fold

_RECOPY = "recopier les mots tels que le document les imprime (data/source)."


def check_printed_texts(findings: Findings) -> None:
    """Needs the list of sources and the texts that they name."""
    faults = chain(
        _sentences(findings), _definitions(findings), _notes(findings),
        targets_faults(findings), plan_faults(findings), _anomalies(findings),
    )  # fmt: skip
    findings.report(faults, _RECOPY)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


# --- Documents and sections -------------------------------------------------------------------------------------------

_NOT_IN = "ces mots ne sont pas dans le texte du document."
# Where a section says what it is about: its first lines of words.
_HEADING_LINES = 3


def check_printed_sections(findings: Findings) -> None:
    """Each document and each section of sources.yaml is what its text says."""
    archive = findings.draft.archive
    assert archive is not None
    faults = [f for at, document in findings.each(SOURCES, "documents") for f in _of_document(archive, at, document)]
    faults += [f for at, section in findings.each(SOURCES, "sections") for f in _of_section(findings, at, section)]
    findings.say(*(fault._replace(remedy="comparer avec le texte du document, dans data/source.") for fault in faults))


def _of_document(archive: Archive, at: Place, document: SourceDocument) -> Iterator[Fault]:
    if document.text is None:
        return
    if document.sha256 is None or document.provisional is None:
        message = "un document dont le texte est gardé donne son empreinte et ses années provisoires."
        yield at.fault("", message, document.id)
    printed = archive.documents.get(document.id)
    if printed is None:
        return
    flat = " ".join(archive.texts.get(document.text, "").split())
    for place, spot in at.each("mended", document.mended):
        if spot.kept not in flat:
            yield place.fault("", _NOT_IN, spot.kept)
    stated = document.provisional or []
    for place, year in at.each("provisional", stated):
        if year.quote is None or year.quote not in printed.text:
            yield place.fault("", _NOT_IN, year.quote or "")
        elif year.year not in year.quote:
            yield place.fault("", "ces mots ne nomment pas l’année.", year.year)
    said = set(re.findall(r"Données provisoires pour (\d{4})", printed.text))
    if unnamed := said - {year.year for year in stated}:
        message = "le document dit provisoires des années que « provisional » ne nomme pas."
        yield at.fault("provisional", message, ", ".join(sorted(unnamed)))


def _of_section(findings: Findings, at: Place, section: Section) -> Iterator[Fault]:
    archive, territory = findings.draft.archive, findings.draft.territories.get(section.region or "")
    printed = findings.draft.printed_section(section.id)
    if archive is None or section.document not in archive.documents:
        return
    if printed is None or not printed.text:
        yield at.fault("", "cette section n’a pas de lignes dans le texte de son document.", section.id)
    elif territory is not None:
        lines = [" ".join(line.split()) for line in printed.lines if line.strip()]
        words = _words(" ".join(lines[:_HEADING_LINES]))
        # Every word of a name that begins with a capital is in the heading.
        names = (re.findall(r"\b[A-ZÉÈÎ]\w+", name) for name in (territory.name, territory.name_in_source))
        if not any(words.issuperset(map(fold, name)) for name in names):
            yield at.fault("region", f"le titre de cette section ne nomme pas {territory.name}.")
        if section.form == "prose" and lines[0] != territory.name_in_source:
            message = f"« name_in_source » de cette région n’est pas le titre de la section, « {lines[0]} »."
            yield at.fault("region", message, territory.name_in_source)


# --- Paragraphs -------------------------------------------------------------------------------------------------------


def _covered(document: Sentences, printed: Printed, heading: str, blocks: list[Block]) -> Iterator[Fault]:
    """The paragraphs of the blocks, one after the other, are all that the section holds under its headings."""
    cursor, at = 0, Place(document.file, held="")
    for block in blocks:
        *above, name = block.location
        start = Place(document.file, tuple(above), block, document.region)
        for n, (at, paragraph) in enumerate(start.each(str(name), block.paragraphs)):
            place = printed.text.find(normalised(paragraph), cursor)
            if place < 0:
                yield at.fault("", NOT_THERE)
                return
            gap = printed.text[cursor:place]
            if n == 0 and (not _words(block.title) <= _words(gap) or fold(block.title) not in fold(gap)):
                yield start.fault("title", NOT_THERE)
            if _words(gap) - (_words(f"{heading} {block.title}") if n == 0 else set()):
                yield at.fault("", f"avant ces mots, le document imprime aussi « {shortened(gap)} ».")
            cursor = place + len(normalised(paragraph))
    if rest := printed.text[cursor:].strip():
        yield at.fault("", f"après ces mots, le document imprime aussi « {shortened(rest)} ».")


def _sentences(findings: Findings) -> Iterator[Fault]:
    """The portraits and the texts are all that their sections hold, and so are their figures."""
    draft = findings.draft
    slips = {p.file for p in findings.problems if p.column in ("source", "region_code")}
    for document in (*of_portraits(draft), *of_texts(draft)):
        territory = draft.territories.get(document.region or "")
        if document.file in slips or (document.region and territory is None):
            continue
        sources = dict.fromkeys(block.source for block in document.blocks)
        read = {name: printed for name in sources if (printed := draft.printed_section(name))}
        for name, printed in read.items():
            own = f"{territory.name} {territory.name_in_source}" if territory else findings.sections[name].label
            yield from _covered(document, printed, own, [block for block in document.blocks if block.source == name])
        if len(read) == len(sources):
            yield from _figures(findings, document, list(read.values()))


def _definitions(findings: Findings) -> Iterator[Fault]:
    for at, definition in findings.each(TEXTS, "definitions"):
        printed, text = findings.draft.printed_section(definition.source), normalised(definition.text)
        if printed is not None and text not in printed.text:
            yield at.fault("text", NOT_THERE)
        elif printed and not text.casefold().startswith(f"la {definition.term.casefold()} "):
            yield at.fault("term", "le document définit un autre terme.")


def _whole(findings: Findings) -> list[Printed]:
    """The documents, when all of their texts could be read: what none holds is then in no document."""
    archive = findings.draft.archive
    return list(archive.documents.values()) if archive and not archive.lacking else []


def _notes(findings: Findings) -> Iterator[Fault]:
    """A numbered note stands under a table with its number; the others anywhere in a document."""
    documents = _whole(findings)
    for at, note in findings.each(TEXTS, "notes") if documents else ():
        wanted = f"{note.id}. {normalised(note.text)}" if note.id.isdigit() else normalised(note.text)
        if not any(wanted in printed.text for printed in documents):
            yield at.fault("text", NOT_THERE)


# --- Figures of the sentences -----------------------------------------------------------------------------------------

# « (contre 4 dans l’ensemble du Québec) » speaks of the province in the portrait of a region.
_OF_PROVINCE = re.compile(r"(contre|comparativement à|parmi les) [\d, ]+.*\bQuébec\b|^composé|^y compris|^\d+ [ac]")


def _figures(findings: Findings, document: Sentences, read: list[Printed]) -> Iterator[Fault]:
    """The words quoted with each figure are printed, and speak of its period, its territory and its unit."""
    region, territories = document.region, findings.draft.territories
    for n, (at, figure) in enumerate(Place(document.file, region=region).each("figures", document.figures)):
        quote = normalised(figure.quote)
        printed, place = next(((p, s) for p in read for s in p.places(quote)), (None, 0))
        if printed is None:
            yield at.fault("quote", NOT_THERE)
            continue
        rest = after_figure(figure.quote, figure.value) or ""
        said = period_at(printed, place, place + len(quote), place + len(quote) - len(rest)) or "n. d."
        level = territories[figure.territory].level if figure.territory in territories else None
        of_province = bool(_OF_PROVINCE.search(quote))
        if said != figure.period:
            yield at.fault("period", f"ces mots parlent de « {said} ».")
        if level is not None and of_province != (level == "province"):
            yield at.fault("territory", f"ces mots parlent {'du Québec' if of_province else 'd’un autre territoire'}.")
        elif level == "region" and figure.territory != region:
            yield at.fault("territory", "ces mots parlent d’une autre région.")
        if not _counts(figure, rest, printed.text[slice(*printed.paragraph(place))]):
            yield at.fault("unit", f"dans ces mots, le nombre est suivi de « {shortened(rest.strip(), 40)} ».")
        findings.places[document.file, n] = printed.lines_of(place, len(quote))


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
    documents = _whole(findings)
    # Sums of rows of which one is at fault would say nothing.
    sums = set() if findings.problems or findings.draft.problems else _sums(findings)
    for at, anomaly in findings.each(ANOMALIES, "anomalies") if documents else ():
        said = normalised(anomaly.source_says)
        for words in _QUOTED.findall(said):
            if not any(words.casefold() in printed.folded for printed in documents):
                yield at.fault("source_says", NOT_THERE, words)
        for shown in _NUMBER.findall(said) if sums else ():
            pattern = rf"(?<![\d.]){shown}(?![\d,])|(?<!\d){shown.replace(' ', '')}(?!\d)"
            if shown not in sums and not any(re.search(pattern, printed.text) for printed in documents):
                message = "le document n’imprime pas ce nombre, et ses lignes ne le totalisent pas."
                yield at.fault("source_says", message, shown)


def _sums(findings: Findings) -> set[str]:
    """What the shares and the counts of a table add up to, as French writes it: a row of a hundred per cent is none."""
    tables: dict[tuple[str, str | None], list[Observation]] = defaultdict(list)
    for row in findings.index.values():
        if (row.file, row.line) in findings.places and row.printed_pct not in (None, 100):
            territory = findings.draft.territories[row.key.territory]
            table = territory.parent_code if territory.level == "mrc" else territory.code
            tables[row.key.indicator, table].append(row)
    on_map = [row for rows in tables.values() for row in rows if row.key.indicator == "immigrant_population_map"]
    found = {f"{sum(row.printed_pct or Decimal(0) for row in rows)}".replace(".", ",") for rows in tables.values()}
    return found | {f"{sum(row.value or 0 for row in on_map):,}".replace(",", " ")}

"""Rules on sources.yaml against the texts that it names: sections, provisional years, mended spots."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.contract.findings import Fault, Findings, Place
from dashboard.loading.draft import SOURCES, Draft
from dashboard.loading.printed import Archive
from dashboard.model.documents import Section, SourceDocument
from dashboard.wording.slugs import fold

_REMEDY = "comparer avec le texte du document, dans data/source."
_NOT_IN = "ces mots ne sont pas dans le texte du document."
# Where a section says what it is about: its first lines of words.
_HEADING_LINES = 3


def check_printed_sections(findings: Findings) -> None:
    """Each document and each section is what its text says."""
    draft, sources, archive = findings.draft, findings.draft.sources, findings.draft.archive
    assert sources and archive
    faults = [f for at, d in Place(SOURCES).each("documents", sources.documents) for f in _of_document(archive, at, d)]
    for at, section in Place(SOURCES).each("sections", sources.sections):
        faults += _of_section(draft, archive, at, section)
    findings.say(*(fault._replace(remedy=_REMEDY) for fault in faults))


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


def _of_section(draft: Draft, archive: Archive, at: Place, section: Section) -> Iterator[Fault]:
    printed = archive.sections.get(section.id)
    if section.document not in archive.documents:
        return
    if printed is None or not printed.text:
        yield at.fault("", "cette section n’a pas de lignes dans le texte de son document.", section.id)
        return
    territory = draft.territories.get(section.region or "")
    if territory is None:
        return
    lines = [" ".join(line.split()) for line in printed.lines if line.strip()]
    words = set(re.findall(r"\w+", fold(" ".join(lines[:_HEADING_LINES]))))
    # Every word of a name that begins with a capital is in the heading.
    names = (re.findall(r"\b[A-ZÉÈÎ]\w+", name) for name in (territory.name, territory.name_in_source))
    if not any(words.issuperset(map(fold, name)) for name in names):
        yield at.fault("region", f"le titre de cette section ne nomme pas {territory.name}.")
    if section.form == "prose" and lines[0] != territory.name_in_source:
        message = f"« name_in_source » de cette région n’est pas le titre de la section, « {lines[0]} »."
        yield at.fault("region", message, territory.name_in_source)

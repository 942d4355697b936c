"""Rules on sources.yaml against the texts that it names: sections, provisional years, mended spots."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.contract.findings import Fault, Findings
from dashboard.loading.draft import SOURCES, Draft
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import Section, SourceDocument
from dashboard.wording.slugs import fold

_REMEDY = "comparer avec le texte du document, dans data/source."
# Where a section says what it is about: its first lines of words.
_HEADING_LINES = 3


def check_printed_sections(findings: Findings) -> None:
    draft = findings.draft
    if draft.sources is None or draft.library is None:
        return
    for n, document in enumerate(draft.sources.documents):
        findings.say(*_of_document(draft, n, document))
    for n, section in enumerate(draft.sources.sections):
        findings.say(*_of_section(draft, n, section))


def _fault(location: Location, value: str, message: str) -> Fault:
    return Fault(SOURCES, location, value, message, remedy=_REMEDY)


def _of_document(draft: Draft, n: int, document: SourceDocument) -> Iterator[Fault]:
    assert draft.library is not None
    here: Location = ("documents", n)
    if document.text is None:
        return
    if document.sha256 is None or document.provisional is None:
        yield _fault(
            here, document.id, "un document dont le texte est gardé donne son empreinte et ses années provisoires."
        )
    printed, raw = draft.library.documents.get(document.id), draft.library.texts.get(document.text, "")
    if printed is None:
        return
    flat = " ".join(raw.split())
    for m, spot in enumerate(document.mended):
        if spot.kept not in flat:
            yield _fault((*here, "mended", m), spot.kept, "ces mots ne sont pas dans le texte du document.")
    for m, stated in enumerate(document.provisional or ()):
        if stated.quote is None or stated.quote not in printed.text:
            yield _fault(
                (*here, "provisional", m), stated.quote or "", "ces mots ne sont pas dans le texte du document."
            )
        elif stated.year not in stated.quote:
            yield _fault((*here, "provisional", m), stated.year, "ces mots ne nomment pas l’année.")
    named = {stated.year for stated in document.provisional or ()}
    said = set(re.findall(r"Données provisoires pour (\d{4})", printed.text))
    if said - named:
        message = "le document dit provisoires des années que « provisional » ne nomme pas."
        yield _fault((*here, "provisional"), ", ".join(sorted(said - named)), message)


def _of_section(draft: Draft, n: int, section: Section) -> Iterator[Fault]:
    assert draft.library is not None
    here: Location = ("sections", n)
    if section.document not in draft.library.documents:
        return
    printed = draft.library.sections.get(section.id)
    if printed is None or not printed.text:
        yield _fault(here, section.id, "cette section n’a pas de lignes dans le texte de son document.")
        return
    heading = " ".join([" ".join(line.split()) for line in printed.lines if line.strip()][:_HEADING_LINES])
    if section.region is not None:
        territory = draft.territories.get(section.region)
        names = (territory.name, territory.name_in_source) if territory else ()
        if territory and not any(_named(name, heading) for name in names):
            yield _fault((*here, "region"), section.region, f"le titre de cette section ne nomme pas {territory.name}.")
        title = next((" ".join(line.split()) for line in printed.lines if line.strip()), "")
        if territory and section.form == "prose" and title != territory.name_in_source:
            message = f"« name_in_source » de cette région n’est pas le titre de la section, « {title} »."
            yield _fault((*here, "region"), territory.name_in_source, message)


def _named(name: str, heading: str) -> bool:
    """True when every word of a name that begins with a capital is in the heading."""
    words = set(re.findall(r"\w+", fold(heading)))
    return all(fold(word) in words for word in re.findall(r"\b[A-ZÉÈÎ]\w+", name))

"""Rules on the labels of figures, documents, sections and targets: each is made of the words of what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.contract.findings import Fault, Findings, Place
from dashboard.contract.sentences import of_portraits, of_texts
from dashboard.contract.stems import ADDED, bare, foreign, stems, unsaid
from dashboard.loading.draft import SOURCES, TARGETS, Draft
from dashboard.loading.printed import Archive
from dashboard.model.documents import ProseFigure, Section, SourceDocument


def figures_faults(findings: Findings) -> Iterator[Fault]:
    """The label and the base of a figure are made of the words quoted with it; one identifier has one label."""
    for document in (*of_texts(findings.draft), *of_portraits(findings.draft)):
        # The figures of the texts are said in passing: the paragraphs before them say of what they are.
        before = document.blocks if document.region is None else []
        around = " ".join(text for b in before if b.location[0] != "service_offer" for text in b.paragraphs)
        first: dict[str, ProseFigure] = {}
        for at, figure in Place(document.file, region=document.region).each("figures", document.figures):
            twin = first.setdefault(figure.id, figure)
            if (twin.label, twin.unit, twin.base) != (figure.label, figure.unit, figure.base):
                yield at.fault("label", "un même chiffre a un seul libellé.")
            if twin is not figure:
                continue
            name, said = bare(figure.label), (figure.quote, figure.unit)
            words = foreign(name.split()[0], *said, "" if around else ADDED) + foreign(name, *said, around, ADDED)
            if words:
                yield at.fault("label", f"les mots cités ne disent pas « {words[0]} ».")
            elif wrong := _wrong_base(findings, figure, around):
                yield at.fault("base", wrong)


# Words of the bases that the sentences do not repeat.
_OF_BASES = """
population postes cités portrait date indiquée vigueur travaillent région parlent ministère groupe cinq
"""


def _wrong_base(findings: Findings, figure: ProseFigure, around: str) -> str:
    """Why a base is not that of a figure: what confirms it names another, or the words quoted do not."""
    base = findings.bases[figure.base].label
    last = figure.confirmed_by.of[-1].split("/") if figure.confirmed_by else []
    if len(last) != 4:
        words = foreign(bare(base), figure.quote, figure.unit, figure.label, around, ADDED, _OF_BASES)
        return f"les mots cités ne disent pas « {words[0]} », de cette base." if words else ""
    named = findings.indicators[last[1]].label
    if not stems(named) & stems(base):
        return f"le calcul repose sur « {named} »."
    whole = figure.unit == "%" and last[0] == findings.province != figure.territory
    return "le calcul repose sur le Québec." if whole and "Québec" not in base else ""


def documents_faults(findings: Findings) -> Iterator[Fault]:
    """The titles of a document are its own; the label of a section is made of the words of its first lines."""
    draft, archive = findings.draft, findings.draft.archive
    if draft.sources is None or archive is None:
        return
    for at, document in Place(SOURCES).each("documents", draft.sources.documents):
        yield from _document(archive, at, document)
    for at, section in Place(SOURCES).each("sections", draft.sources.sections):
        yield from _section(draft, archive, at, section)


def _isbn(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    return len(digits) == 13 and sum(d * (1, 3)[n % 2] for n, d in enumerate(digits)) % 10 == 0


def _document(archive: Archive, at: Place, document: SourceDocument) -> Iterator[Fault]:
    short, printed = document.short, archive.documents.get(document.id)
    if document.isbn is not None and not _isbn(document.isbn):
        yield at.fault("isbn", "ce numéro ne se vérifie pas (clé de l’ISBN).")
    for name, whole in (("short", document.title), ("credit", document.credit)):
        if foreign(short, whole):
            yield at.fault(name, f"« {short} » n’est pas dans « {whole} ».", short)
    if printed is None or not (document.text or "").endswith(".txt"):
        return
    for part in re.split(r",\s|\s*\(.*?\)\s*", document.title):
        if part and part.casefold() not in printed.folded:
            yield at.fault("title", "le document ne dit pas ces mots.", part)
    for place, spot in at.each("mended", document.mended):
        if re.sub(r"[\s\d]", "", spot.kept) != re.sub(r"[\s\d]", "", spot.printed):
            yield place.fault("printed", "un endroit réparé ne change que des espaces ou un appel de note.")


def _section(draft: Draft, archive: Archive, at: Place, section: Section) -> Iterator[Fault]:
    own, document = archive.sections.get(section.id), archive.documents.get(section.document)
    if own is None or document is None or section.form == "rows":
        return
    territory = draft.territories.get(section.region or "")
    names = f"{territory.name} {territory.name_in_source}" if territory else ""
    *above, last = section.label.split(" — ")
    top = " ".join(line for line in own.lines if line.strip())[:1200]
    if words := foreign(last, top, names) or foreign(" ".join(above), document.text):
        yield at.fault("label", f"cette section ne dit pas « {words[0]} ».")


def targets_faults(draft: Draft) -> Iterator[Fault]:
    """The short name of a target is made of the words of its indicator."""
    for at, target in Place(TARGETS).each("targets", draft.targets.targets if draft.targets else []):
        yield from unsaid(at, "short", "l’indicateur ne dit pas", target.indicator, target.objective)

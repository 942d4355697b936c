"""Rules on the labels of figures, documents, sections and targets: each is made of the words of what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.contract.findings import Fault
from dashboard.contract.stems import ADDED, foreign, stems
from dashboard.loading.draft import SOURCES, TARGETS, TEXTS, Draft, portrait_file
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import ProseFigure


def figures_faults(draft: Draft) -> Iterator[Fault]:
    """The label and the base of a figure are made of the words quoted with it; one identifier has one label."""
    assert draft.dictionary is not None
    files: list[tuple[str, str | None, list[ProseFigure], str]] = []
    if draft.texts:
        # Its figures are said in passing: the paragraphs before them say of what they are.
        around = " ".join([*draft.texts.network.paragraphs, *draft.texts.partnership.paragraphs])
        files.append((TEXTS, None, draft.texts.figures, around))
    files += [(portrait_file(code), code, portrait.figures, "") for code, portrait in draft.portraits.items()]
    for file, region, figures, around in files:
        for n, figure in enumerate(figures):
            twin = next((f for f in figures[:n] if f.id == figure.id), None)
            if twin is not None and (twin.label, twin.unit, twin.base) != (figure.label, figure.unit, figure.base):
                yield Fault(file, ("figures", n, "label"), figure.label, "un même chiffre a un seul libellé.", region)
            bare = re.sub(r"\s*\(.*?\)", "", figure.label)
            first = foreign(bare.split()[0], figure.quote, figure.unit, "" if around else ADDED)
            words = [] if twin else first + foreign(bare, figure.quote, figure.unit, around, ADDED)
            if words:
                message = f"les mots cités ne disent pas « {words[0]} »."
                yield Fault(file, ("figures", n, "label"), figure.label, message, region)
            elif not twin and (wrong := _wrong_base(draft, figure, around)):
                yield Fault(file, ("figures", n, "base"), figure.base, wrong, region)


def _wrong_base(draft: Draft, figure: ProseFigure, around: str) -> str:
    """Why a base is not that of a figure: what confirms it names another, or the words quoted do not."""
    assert draft.dictionary is not None
    base = next((base.label for base in draft.dictionary.bases if base.id == figure.base), "")
    bare = re.sub(r"\s*\(.*?\)", "", base)
    last = figure.confirmed_by.of[-1].split("/") if figure.confirmed_by else []
    if len(last) != 4:
        words = foreign(bare, figure.quote, figure.unit, figure.label, around, ADDED, _OF_BASES)
        return f"les mots cités ne disent pas « {words[0]} », de cette base." if words else ""
    named = next((i.label for i in draft.dictionary.indicators if i.id == last[1]), "")
    province = draft.territories[last[0]].level == "province" if last[0] in draft.territories else False
    if not stems(named) & stems(base):
        return f"le calcul repose sur « {named} »."
    whole = figure.unit == "%" and last[0] != figure.territory
    return "le calcul repose sur le Québec." if province and whole and "Québec" not in base else ""


# Words of the bases that the sentences do not repeat.
_OF_BASES = """
population postes cités portrait date indiquée vigueur travaillent région parlent ministère groupe cinq
"""


def _isbn(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    return len(digits) == 13 and sum(d * (1, 3)[n % 2] for n, d in enumerate(digits)) % 10 == 0


def documents_faults(draft: Draft) -> Iterator[Fault]:
    if draft.sources is None or draft.library is None:
        return
    for n, document in enumerate(draft.sources.documents):
        here: Location = ("documents", n)
        if document.isbn is not None and not _isbn(document.isbn):
            yield Fault(SOURCES, (*here, "isbn"), document.isbn, "ce numéro ne se vérifie pas (clé de l’ISBN).")
        for name, text in (("short", document.short), ("credit", document.short)):
            whole = document.title if name == "short" else document.credit
            if foreign(text, whole):
                yield Fault(SOURCES, (*here, name), text, f"« {text} » n’est pas dans « {whole} ».")
        printed = draft.library.documents.get(document.id)
        if printed is None or document.text is None or not document.text.endswith(".txt"):
            continue
        for name, text in (("title", document.title), ("author", document.author)):
            for part in re.split(r",\s|\s*\(.*?\)\s*", text):
                if part and part.casefold() not in printed.folded and name == "title":
                    yield Fault(SOURCES, (*here, name), part, "le document ne dit pas ces mots.")
        for m, spot in enumerate(document.mended):
            if re.sub(r"[\s\d]", "", spot.kept) != re.sub(r"[\s\d]", "", spot.printed):
                message = "un endroit réparé ne change que des espaces ou un appel de note."
                yield Fault(SOURCES, (*here, "mended", m, "printed"), spot.printed, message)
    for n, section in enumerate(draft.sources.sections):
        own = draft.library.sections.get(section.id)
        document_ = draft.library.documents.get(section.document)
        if own is None or document_ is None or section.form == "rows":
            continue
        territory = draft.territories.get(section.region or "")
        names = f"{territory.name} {territory.name_in_source}" if territory else ""
        *above, last = section.label.split(" — ")
        top = " ".join(line for line in own.lines if line.strip())[:1200]
        if words := foreign(last, top, names) or foreign(" ".join(above), document_.text):
            yield Fault(SOURCES, ("sections", n, "label"), section.label, f"cette section ne dit pas « {words[0]} ».")


def targets_faults(draft: Draft) -> Iterator[Fault]:
    """The short name of a target is made of the words of its indicator."""
    for n, target in enumerate(draft.targets.targets if draft.targets else []):
        if words := foreign(target.short, target.indicator, target.objective):
            message = f"l’indicateur ne dit pas « {words[0]} »."
            yield Fault(TARGETS, ("targets", n, "short"), target.short, message)

"""Rules on what is ours: labels, units, kinds, bases, notes and documents agree with what they are about.

A label draws its words from what it names; what the figures themselves decide (equal totals, rounding) is declared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from dashboard.contract.findings import Fault, Findings, Place
from dashboard.contract.printed_rows import NAMELESS
from dashboard.contract.sentences import of_portraits, of_texts
from dashboard.contract.stems import ADDED, bare, foreign, stems, unsaid
from dashboard.loading.draft import DICTIONARY, SOURCES, TARGETS, TEXTS
from dashboard.loading.printed import Archive
from dashboard.model.documents import Base, Category, Indicator, ProseFigure, Section, SourceDocument
from dashboard.model.rows import Observation

_REMEDY = "accorder ces mots avec ce qu’ils nomment."
# What a definition counts, when its first word is not the unit itself.
_COUNTED = {"population": "personnes", "répartition": "personnes"}
# Words of the computed indicators that their formulas do not repeat.
_OF_DERIVED = "part cumulées variation annuelle progression demandée temporaires indice admission habitants population"
# Words of the bases that the sentences do not repeat.
_OF_BASES = """
population postes cités portrait date indiquée vigueur travaillent région parlent ministère groupe cinq
"""
_ACRONYM = re.compile(r"\(([A-Z]{2,})\)")
_ABOUT = re.compile(r"([A-Z]{3,}) :")


def check_our_words(findings: Findings) -> None:
    """What is ours says no more than what it names, and no less."""
    faults = [*_dictionary(findings), *_twice(findings), *_notes(findings), *_figures(findings)]
    for at, section in Place(SOURCES).each("sections", findings.sections.values()):
        rows = [row for row in findings.index.values() if row.source == section.id]
        if section.form == "map" and _rounded(rows) != (section.rounded_to == 5):
            faults.append(at.fault("rounded_to", "la carte arrondit à 5 près."))
    if (archive := findings.draft.archive) is not None:
        for at, document in findings.each(SOURCES, "documents"):
            faults += _document(archive, at, document)
        for at, section in findings.each(SOURCES, "sections"):
            faults += _section(findings, archive, at, section)
    for at, target in findings.each(TARGETS, "targets"):
        faults += unsaid(at, "short", "l’indicateur ne dit pas", target.indicator, target.objective)
    findings.report(faults, _REMEDY, harmless=True)


# --- The dictionary ---------------------------------------------------------------------------------------------------


def _dictionary(findings: Findings) -> Iterator[Fault]:
    """Indicators, their categories, bases, and the label of a computed one: the words of its formula and its unit."""
    for at, base in findings.each(DICTIONARY, "bases"):
        for word in _denominator(findings, base):
            if not stems(word) & stems(base.label):
                yield at.fault("label", f"le dénominateur de cette base est « {word} ».")
    for at, derived in findings.each(DICTIONARY, "derived"):
        unit = "" if derived.unit == "%" else derived.unit
        common = _OF_DERIVED if unit else _OF_DERIVED.replace("indice", "").replace("habitants", "")
        yield from unsaid(at, "label", "la formule ne dit pas", derived.formula, unit, common)
    for at, indicator in findings.each(DICTIONARY, "indicators"):
        yield from _indicator(findings, at, indicator)
        for place, category in at.each("categories", indicator.categories):
            yield from _category(findings, place, category, indicator)


def _denominator(findings: Findings, base: Base) -> Iterator[str]:
    """What the label of a base says of what it divides by."""
    rule = base.denominator
    if rule is None:
        return
    if rule.period:
        yield "période"
    if rule.territory:
        yield "région" if rule.territory == "parent" else "Québec"
    if rule.indicator:
        yield findings.indicators[rule.indicator].label
    if rule.category == "declared":
        yield "déclaré"
    elif rule.category and not rule.territory:
        yield "personnes admises dans l’année"


def _indicator(findings: Findings, at: Place, indicator: Indicator) -> Iterator[Fault]:
    definition, short, label = indicator.definition, indicator.short, indicator.label
    first = re.split(r"\W+", definition, maxsplit=1)[0].lower()
    wanted = _COUNTED.get(first, first)
    base, apart = findings.bases.get(indicator.base), re.search(r"\((.+)\)", short)
    said = (definition, indicator.heading or "", base.label if base else "", ADDED)
    elsewhere = not stems(short) - stems("population temporaires carte recensement") <= stems(definition)
    bracketed = apart is None or apart[1].casefold() in label.casefold()
    added_up = "direction" not in indicator.levels or "direction" in indicator.sum_of_children
    rows = [row for row in findings.index.values() if row.key.indicator == indicator.id]
    undeclared = indicator.rounded_to is None and _rounded(rows)
    flow = "admises" in definition.split(".")[0]
    yield from at.faults(
        (indicator.unit != wanted, "unit", f"la définition compte des « {wanted} »."),
        ((indicator.kind == "flow") != flow, "kind", "la définition dit le contraire."),
        (elsewhere, "definition", "la définition parle d’autre chose que ce nom court."),
        (not elsewhere and not bracketed, "short", "le libellé ne dit pas ce qui est entre parenthèses."),
        (not stems(short) & stems(label), "short", "ce nom court n’est pas celui du libellé."),
        (undeclared, "rounded_to", "tous ces nombres sont des multiples de 5 : « rounded_to » doit le dire."),
        (indicator.rounded_to not in (None, 5), "rounded_to", "les sources arrondissent à 5 près."),
    )
    yield from unsaid(at, "label", "la définition ne dit pas", *said)
    yield from unsaid(at, "short", "la définition ne dit pas", label, *said)
    if not added_up:
        yield at.fault("sum_of_children", "les totaux d’une direction sont une somme.", "")
    if base is not None and base.denominator is None:
        for word in foreign(base.label, label, definition, short, "arrondis date indiquée ménages")[:1]:
            yield at.fault("base", f"cette base parle de « {word} », et l’indicateur n’en dit rien.", base.label)
    if (texts := findings.draft.texts) is not None:
        # A note touches an indicator when, and only when, the indicator names the note.
        touching = {n.id for n in texts.notes for touches in n.touches if indicator.id in (touches.indicators or ())}
        if set(indicator.notes) != touching:
            shown = ", ".join(sorted(touching)) or "aucune"
            yield at.fault("notes", f"data/texts.yaml rattache à cet indicateur : {shown}.")


def _category(findings: Findings, at: Place, category: Category, indicator: Indicator) -> Iterator[Fault]:
    """A category is called as the document calls it, or by words of what it prints; a total names its parts."""
    texts = findings.draft.archive.documents.values() if findings.draft.archive else []
    printed, name = category.printed, bare(category.label)
    rank, acronym = NAMELESS.fullmatch(category.id), _ACRONYM.search(category.label)
    if category.id == "total":
        told = category.label == "Ensemble"
    elif rank is not None:
        told = category.label.endswith(f"(étiquette {int(rank[1])})")
    else:
        told = any(name.casefold() in text.folded for text in texts) or not foreign(name, *printed)
    unprinted = acronym and printed and not any(acronym[1] in words for words in printed)
    own_words = (category.label, *printed, "personnes catégories")
    yield from at.faults(
        ((texts and not told) or unprinted, "label", "le document ne nomme rien ainsi."),
        (foreign(category.short or "", *own_words), "short", "ce nom court n’est pas fait des mots du libellé."),
    )
    summed = category.id in ("total", "declared") and len(indicator.categories) > 1
    nameless = any(NAMELESS.fullmatch(other.id) for other in indicator.categories)
    if summed and not nameless and not category.parts:
        yield at.fault("parts", "un total nomme ses parties.", category.id)


def _twice(findings: Findings) -> Iterator[Fault]:
    """Totals printed twice are declared so."""
    totals: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for row in findings.index.values():
        if row.key.category == "total" and row.value is not None:
            totals[row.key.indicator][row.key.territory, row.key.period] = row.value
    for (_, one), (at, other) in combinations(findings.each(DICTIONARY, "indicators"), 2):
        ours, theirs = totals[one.id], totals[other.id]
        shared = ours.keys() & theirs.keys()
        tied = one.equals == other.id or (other.equals is not None and other.equals in (one.id, one.equals))
        if len(shared) > 2 and not tied and all(ours[key] == theirs[key] for key in shared):
            message = f"ses totaux sont partout ceux de « {one.id} » : « equals » doit le dire."
            yield at.fault("equals", message, other.id)


def _rounded(rows: list[Observation]) -> bool:
    """True when all the numbers of several rows are multiples of five."""
    values = [row.value for row in rows if row.value is not None]
    return len(values) > 3 and all(value % 5 == 0 for value in values)


def _notes(findings: Findings) -> Iterator[Fault]:
    """A note on a programme touches its category; the periods that are named are those of figures."""
    periods = {key.period for key in findings.index}
    for at, note in findings.each(TEXTS, "notes"):
        about = _ABOUT.match(note.text)
        for place, touches in at.each("touches", note.touches):
            known = [
                findings.categories.get((indicator, category))
                for indicator in touches.indicators or []
                for category in touches.categories or []
            ]
            if about is not None and not (known and all(category and about[1] in category.label for category in known)):
                yield place.fault("categories", f"cette note ne parle que de {about[1]}.", note.text)
            if unknown := set(touches.periods or []) - periods:
                yield place.fault("periods", "aucun chiffre n’a cette période.", ", ".join(sorted(unknown)))


# --- Figures, documents and sections ----------------------------------------------------------------------------------


def _figures(findings: Findings) -> Iterator[Fault]:
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


def _isbn(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    return len(digits) == 13 and sum(d * (1, 3)[n % 2] for n, d in enumerate(digits)) % 10 == 0


def _document(archive: Archive, at: Place, document: SourceDocument) -> Iterator[Fault]:
    """The titles of a document are its own."""
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


def _section(findings: Findings, archive: Archive, at: Place, section: Section) -> Iterator[Fault]:
    """The label of a section is made of the words of its first lines."""
    own, document = archive.sections.get(section.id), archive.documents.get(section.document)
    if own is None or document is None or section.form == "rows":
        return
    territory = findings.draft.territories.get(section.region or "")
    names = f"{territory.name} {territory.name_in_source}" if territory else ""
    *above, last = section.label.split(" — ")
    top = " ".join(line for line in own.lines if line.strip())[:1200]
    if words := foreign(last, top, names) or foreign(" ".join(above), document.text):
        yield at.fault("label", f"cette section ne dit pas « {words[0]} ».")

"""Rules on what is ours: labels, units, kinds, bases, notes and documents agree with what they are about.

A label draws its words from what it names; what the figures themselves decide (equal totals, rounding) is declared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from dashboard.contract.findings import Fault, Findings, Place
from dashboard.contract.our_labels import documents_faults, figures_faults, targets_faults
from dashboard.contract.printed_rows import NAMELESS
from dashboard.contract.stems import ADDED, bare, foreign, stems, unsaid
from dashboard.loading.draft import DICTIONARY, SOURCES, TEXTS
from dashboard.model.documents import Base, Category, Dictionary, Indicator
from dashboard.model.rows import Observation

_REMEDY = "accorder ces mots avec ce qu’ils nomment."
# What a definition counts, when its first word is not the unit itself.
_COUNTED = {"population": "personnes", "répartition": "personnes"}


def check_our_words(findings: Findings) -> None:
    """What is ours says no more than what it names, and no less."""
    dictionary = findings.draft.dictionary
    assert dictionary is not None
    faults = [*_bases(findings, dictionary), *_derived(dictionary), *_twice(findings, dictionary), *_scopes(findings)]
    for at, indicator in Place(DICTIONARY).each("indicators", dictionary.indicators):
        faults += [*_indicator(findings, at, indicator), *_figures_of(findings, at, indicator)]
        for place, category in at.each("categories", indicator.categories):
            faults += _category(findings, place, category, indicator)
    draft = findings.draft
    faults += [*_of_map(findings), *figures_faults(findings), *documents_faults(findings), *targets_faults(draft)]
    findings.report(faults, _REMEDY, harmless=True)


def _indicator(findings: Findings, at: Place, indicator: Indicator) -> Iterator[Fault]:
    definition, short = indicator.definition, indicator.short
    first = re.split(r"\W+", definition, maxsplit=1)[0].lower()
    wanted = _COUNTED.get(first, first)
    if indicator.unit != wanted:
        yield at.fault("unit", f"la définition compte des « {wanted} ».")
    if (indicator.kind == "flow") != ("admises" in definition.split(".")[0]):
        yield at.fault("kind", "la définition dit le contraire.")
    base = findings.bases.get(indicator.base)
    said = (definition, indicator.heading or "", base.label if base else "", ADDED)
    yield from unsaid(at, "label", "la définition ne dit pas", *said)
    yield from unsaid(at, "short", "la définition ne dit pas", indicator.label, *said)
    apart = re.search(r"\((.+)\)", short)
    if not stems(short) - stems("population temporaires carte recensement") <= stems(definition):
        yield at.fault("definition", "la définition parle d’autre chose que ce nom court.")
    elif apart is not None and apart[1].casefold() not in indicator.label.casefold():
        yield at.fault("short", "le libellé ne dit pas ce qui est entre parenthèses.")
    if not stems(short) & stems(indicator.label):
        yield at.fault("short", "ce nom court n’est pas celui du libellé.")
    if "direction" in indicator.levels and "direction" not in indicator.sum_of_children:
        yield at.fault("sum_of_children", "les totaux d’une direction sont une somme.", "")
    if base is not None and base.denominator is None:
        about = (indicator.label, definition, short, "arrondis date indiquée ménages")
        for word in foreign(base.label, *about)[:1]:
            message = f"cette base parle de « {word} », et l’indicateur n’en dit rien."
            yield at.fault("base", message, base.label)
    if (texts := findings.draft.texts) is not None:
        # A note touches an indicator when, and only when, the indicator names the note.
        touching = {n.id for n in texts.notes for touches in n.touches if indicator.id in (touches.indicators or ())}
        if set(indicator.notes) != touching:
            shown = ", ".join(sorted(touching)) or "aucune"
            yield at.fault("notes", f"data/texts.yaml rattache à cet indicateur : {shown}.")


_ACRONYM = re.compile(r"\(([A-Z]{2,})\)")


def _category(findings: Findings, at: Place, category: Category, indicator: Indicator) -> Iterator[Fault]:
    """A category is called as the document calls it, or by words of what it prints; a total names its parts."""
    texts = findings.draft.archive.documents.values() if findings.draft.archive else []
    printed, name = category.printed, bare(category.label)
    rank, acronym = NAMELESS.fullmatch(category.id), _ACRONYM.search(category.label)
    if not texts:
        told = True
    elif category.id == "total":
        told = category.label == "Ensemble"
    elif rank is not None:
        told = category.label.endswith(f"(étiquette {int(rank[1])})")
    else:
        told = any(name.casefold() in text.folded for text in texts) or not foreign(name, *printed)
    if not told or (acronym and printed and not any(acronym[1] in words for words in printed)):
        yield at.fault("label", "le document ne nomme rien ainsi.")
    if category.short and foreign(category.short, category.label, *printed, "personnes catégories"):
        yield at.fault("short", "ce nom court n’est pas fait des mots du libellé.")
    nameless = any(NAMELESS.fullmatch(other.id) for other in indicator.categories)
    summed = category.id in ("total", "declared") and len(indicator.categories) > 1
    if summed and not nameless and not category.parts:
        yield at.fault("parts", "un total nomme ses parties.", category.id)


def _bases(findings: Findings, dictionary: Dictionary) -> Iterator[Fault]:
    """The label of a base says what its denominator is."""
    for at, base in Place(DICTIONARY).each("bases", dictionary.bases):
        for word in _words_of(findings, base):
            if not stems(word) & stems(base.label):
                yield at.fault("label", f"le dénominateur de cette base est « {word} ».")


def _words_of(findings: Findings, base: Base) -> Iterator[str]:
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


# --- What the figures themselves show ---------------------------------------------------------------------------------


def _twice(findings: Findings, dictionary: Dictionary) -> Iterator[Fault]:
    """Totals printed twice are declared so."""
    totals: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for row in findings.index.values():
        if row.key.category == "total" and row.value is not None:
            totals[row.key.indicator][row.key.territory, row.key.period] = row.value
    for (_, one), (at, other) in combinations(Place(DICTIONARY).each("indicators", dictionary.indicators), 2):
        ours, theirs = totals[one.id], totals[other.id]
        shared = ours.keys() & theirs.keys()
        tied = one.equals == other.id or (other.equals is not None and other.equals in (one.id, one.equals))
        if len(shared) > 2 and not tied and all(ours[key] == theirs[key] for key in shared):
            yield at.fault(
                "equals", f"ses totaux sont partout ceux de « {one.id} » : « equals » doit le dire.", other.id
            )


def _rounded(rows: list[Observation]) -> bool:
    """True when all the numbers of several rows are multiples of five."""
    values = [row.value for row in rows if row.value is not None]
    return len(values) > 3 and all(value % 5 == 0 for value in values)


def _figures_of(findings: Findings, at: Place, indicator: Indicator) -> Iterator[Fault]:
    """Counts rounded to five are declared so."""
    if indicator.rounded_to is None and _rounded(
        [r for r in findings.index.values() if r.key.indicator == indicator.id]
    ):
        yield at.fault("rounded_to", "tous ces nombres sont des multiples de 5 : « rounded_to » doit le dire.")
    if indicator.rounded_to not in (None, 5):
        yield at.fault("rounded_to", "les sources arrondissent à 5 près.")


def _of_map(findings: Findings) -> Iterator[Fault]:
    for at, section in Place(SOURCES).each("sections", findings.sections.values()):
        rows = [row for row in findings.index.values() if row.source == section.id]
        if section.form == "map" and _rounded(rows) != (section.rounded_to == 5):
            yield at.fault("rounded_to", "la carte arrondit à 5 près.")


# --- Computed indicators and notes ------------------------------------------------------------------------------------

# Words of the computed indicators that their formulas do not repeat.
_OF_DERIVED = "part cumulées variation annuelle progression demandée temporaires indice admission habitants population"


def _derived(dictionary: Dictionary) -> Iterator[Fault]:
    """The label of a computed indicator is made of the words of its formula and of its unit."""
    for at, derived in Place(DICTIONARY).each("derived", dictionary.derived):
        unit = "" if derived.unit == "%" else derived.unit
        common = _OF_DERIVED if unit else _OF_DERIVED.replace("indice", "").replace("habitants", "")
        yield from unsaid(at, "label", "la formule ne dit pas", derived.formula, unit, common)


_ABOUT = re.compile(r"([A-Z]{3,}) :")


def _scopes(findings: Findings) -> Iterator[Fault]:
    """A note on a programme touches its category; the periods that are named are those of figures."""
    texts, periods = findings.draft.texts, {key.period for key in findings.index}
    for at, note in Place(TEXTS).each("notes", texts.notes if texts else []):
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

"""Rules on what is ours: labels, units, kinds, bases, notes and documents agree with what they are about.

A label draws its words from what it names; what the figures themselves decide (equal totals, rounding) is declared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from dashboard.contract.findings import Fault, Findings
from dashboard.contract.our_labels import documents_faults, figures_faults, targets_faults
from dashboard.contract.stems import ADDED, foreign, stems
from dashboard.loading.draft import DICTIONARY, SOURCES, TEXTS, Draft
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import Base, Indicator
from dashboard.model.rows import Observation

_REMEDY = "accorder ces mots avec ce qu’ils nomment."
# What a definition counts, when its first word is not the unit itself.
_COUNTED = {"population": "personnes", "répartition": "personnes"}


def check_our_words(findings: Findings) -> None:
    """Needs the dictionary; judged last, on files that nothing else faults."""
    draft = findings.draft
    if not findings.spotless or draft.dictionary is None:
        return
    faults = [
        *_indicators(findings), *_categories(draft), *_bases(draft), *_declared(findings), *_notes(draft),
        *_derived(draft), *_scopes(findings),
        *figures_faults(draft), *documents_faults(draft), *targets_faults(draft),
    ]  # fmt: skip
    findings.report(faults, _REMEDY, harmless=True)


def _indicators(findings: Findings) -> Iterator[Fault]:
    draft = findings.draft
    assert draft.dictionary is not None
    bases = {base.id: base.label for base in draft.dictionary.bases}
    for n, indicator in enumerate(draft.dictionary.indicators):
        here: Location = ("indicators", n)
        first = re.split(r"\W+", indicator.definition, maxsplit=1)[0].lower()
        wanted = _COUNTED.get(first, first)
        if indicator.unit != wanted:
            yield Fault(DICTIONARY, (*here, "unit"), indicator.unit, f"la définition compte des « {wanted} ».")
        flow = "admises" in indicator.definition.split(".")[0]
        if (indicator.kind == "flow") != flow:
            yield Fault(DICTIONARY, (*here, "kind"), indicator.kind, "la définition dit le contraire.")
        said = (indicator.definition, indicator.heading or "", bases.get(indicator.base, ""), ADDED)
        for name, label, texts in (
            ("label", indicator.label, said),
            ("short", indicator.short, (indicator.label, *said)),
        ):
            if words := foreign(label, *texts):
                message = f"la définition ne dit pas « {words[0]} »."
                yield Fault(DICTIONARY, (*here, name), label, message)
        told = stems(indicator.short) - stems("population temporaires carte recensement")
        apart = re.search(r"\((.+)\)", indicator.short)
        if not told <= stems(indicator.definition):
            message = "la définition parle d’autre chose que ce nom court."
            yield Fault(DICTIONARY, (*here, "definition"), indicator.definition, message)
        elif apart is not None and apart[1].casefold() not in indicator.label.casefold():
            yield Fault(
                DICTIONARY, (*here, "short"), indicator.short, "le libellé ne dit pas ce qui est entre parenthèses."
            )
        if not stems(indicator.short) & stems(indicator.label):
            yield Fault(DICTIONARY, (*here, "short"), indicator.short, "ce nom court n’est pas celui du libellé.")
        if "direction" in indicator.levels and "direction" not in indicator.sum_of_children:
            yield Fault(DICTIONARY, (*here, "sum_of_children"), "", "les totaux d’une direction sont une somme.")


_NUMBERED = re.compile(r"unnamed_(\d\d)")
_ACRONYM = re.compile(r"\(([A-Z]{2,})\)")


def _categories(draft: Draft) -> Iterator[Fault]:
    """A category is called as the document calls it, or by words of what it prints."""
    assert draft.dictionary is not None
    texts = [] if draft.library is None else [printed.folded for printed in draft.library.documents.values()]
    for n, indicator in enumerate(draft.dictionary.indicators):
        for m, category in enumerate(indicator.categories):
            here: Location = ("indicators", n, "categories", m)
            bare = re.sub(r"\s*\(.*?\)", "", category.label)
            acronym = _ACRONYM.search(category.label)
            rank = _NUMBERED.fullmatch(category.id)
            told = any(bare.casefold() in text for text in texts) or not foreign(bare, *category.printed)
            if rank is not None:
                told = category.label.endswith(f"(étiquette {int(rank[1])})")
            if category.id == "total" or not texts:
                told = category.label == "Ensemble" or not texts
            if acronym and category.printed and not any(acronym[1] in words for words in category.printed):
                told = False
            if not told:
                yield Fault(DICTIONARY, (*here, "label"), category.label, "le document ne nomme rien ainsi.")
            if category.short and foreign(category.short, category.label, *category.printed, "personnes"):
                message = "ce nom court n’est pas fait des mots du libellé."
                yield Fault(DICTIONARY, (*here, "short"), category.short, message)
            summed = category.id in ("total", "declared") and len(indicator.categories) > 1
            nameless = any(_NUMBERED.fullmatch(other.id) for other in indicator.categories)
            if summed and not nameless and not category.parts:
                yield Fault(DICTIONARY, (*here, "parts"), category.id, "un total nomme ses parties.")


def _bases(draft: Draft) -> Iterator[Fault]:
    """The label of a base says what its denominator is."""
    assert draft.dictionary is not None
    labels = {indicator.id: indicator.label for indicator in draft.dictionary.indicators}
    for n, base in enumerate(draft.dictionary.bases):
        for word in _words_of(base, labels):
            if not stems(word) & stems(base.label):
                message = f"le dénominateur de cette base est « {word} »."
                yield Fault(DICTIONARY, ("bases", n, "label"), base.label, message)
    used = {base.id: base for base in draft.dictionary.bases}
    for n, indicator in enumerate(draft.dictionary.indicators):
        base_ = used.get(indicator.base)
        if base_ is not None and base_.denominator is None:
            said = (indicator.label, indicator.definition, indicator.short, "arrondis date indiquée ménages")
            if words := foreign(base_.label, *said):
                message = f"cette base parle de « {words[0]} », et l’indicateur n’en dit rien."
                yield Fault(DICTIONARY, ("indicators", n, "base"), base_.label, message)


def _words_of(base: Base, labels: dict[str, str]) -> Iterator[str]:
    rule = base.denominator
    if rule is None:
        return
    if rule.period:
        yield "période"
    if rule.territory:
        yield "région" if rule.territory == "parent" else "Québec"
    if rule.indicator:
        yield labels.get(rule.indicator, rule.indicator)
    if rule.category == "declared":
        yield "déclaré"
    elif rule.category and not rule.territory:
        yield "personnes admises dans l’année"


def _declared(findings: Findings) -> Iterator[Fault]:
    """What the figures themselves show is declared: totals printed twice, counts rounded to five."""
    draft = findings.draft
    assert draft.dictionary is not None
    totals: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    rows: dict[str, list[Observation]] = defaultdict(list)
    for row in findings.index.values():
        rows[row.key.indicator].append(row)
        if row.key.category == "total" and row.value is not None:
            totals[row.key.indicator][row.key.territory, row.key.period] = row.value
    ranks = {indicator.id: n for n, indicator in enumerate(draft.dictionary.indicators)}
    by_id = {indicator.id: indicator for indicator in draft.dictionary.indicators}
    for one, other in combinations(by_id.values(), 2):
        shared = totals[one.id].keys() & totals[other.id].keys()
        twice = len(shared) > 2 and all(totals[one.id][key] == totals[other.id][key] for key in shared)
        if twice and not _tied(one, other):
            message = f"ses totaux sont partout ceux de « {one.id} » : « equals » doit le dire."
            yield Fault(DICTIONARY, ("indicators", ranks[other.id], "equals"), other.id, message)
    sections = {s.id: s for s in draft.sources.sections} if draft.sources else {}
    for indicator in by_id.values():
        own = [row.value for row in rows[indicator.id] if row.value is not None]
        rounded = len(own) > 3 and all(value % 5 == 0 for value in own)
        if rounded and indicator.rounded_to is None:
            message = "tous ces nombres sont des multiples de 5 : « rounded_to » doit le dire."
            yield Fault(DICTIONARY, ("indicators", ranks[indicator.id], "rounded_to"), "", message)
        if indicator.rounded_to not in (None, 5):
            yield Fault(
                DICTIONARY, ("indicators", ranks[indicator.id], "rounded_to"), str(indicator.rounded_to),
                "les sources arrondissent à 5 près.",
            )  # fmt: skip
    for n, section in enumerate(sections.values()):
        own = [row.value for row in findings.index.values() if row.source == section.id and row.value is not None]
        rounded = section.form == "map" and len(own) > 3 and all(value % 5 == 0 for value in own)
        if rounded != (section.rounded_to == 5) and section.form == "map":
            yield Fault(SOURCES, ("sections", n, "rounded_to"), str(section.rounded_to), "la carte arrondit à 5 près.")


def _tied(one: Indicator, other: Indicator) -> bool:
    same = other.equals is not None and other.equals in (one.id, one.equals)
    return same or one.equals == other.id


# Words of the computed indicators that their formulas do not repeat.
_OF_DERIVED = "part cumulées variation annuelle progression demandée temporaires indice admission habitants population"


def _derived(draft: Draft) -> Iterator[Fault]:
    """The label of a computed indicator is made of the words of its formula and of its unit."""
    assert draft.dictionary is not None
    for n, derived in enumerate(draft.dictionary.derived):
        unit = "" if derived.unit == "%" else derived.unit
        common = _OF_DERIVED if unit else _OF_DERIVED.replace("indice", "").replace("habitants", "")
        if words := foreign(derived.label, derived.formula, unit, common):
            message = f"la formule ne dit pas « {words[0]} »."
            yield Fault(DICTIONARY, ("derived", n, "label"), derived.label, message)


_ABOUT = re.compile(r"([A-Z]{3,}) :")


def _scopes(findings: Findings) -> Iterator[Fault]:
    """A note on a programme touches its category; the periods that are named are those of figures."""
    draft = findings.draft
    assert draft.dictionary is not None
    labels = {(i.id, c.id): c.label for i in draft.dictionary.indicators for c in i.categories}
    periods = {key.period for key in findings.index}
    for n, note in enumerate(draft.texts.notes if draft.texts else []):
        about = _ABOUT.match(note.text)
        for m, touches in enumerate(note.touches):
            here: Location = ("notes", n, "touches", m)
            names = [labels.get((i, c), "") for i in touches.indicators or [] for c in touches.categories or []]
            if about is not None and (not names or any(about[1] not in name for name in names)):
                yield Fault(TEXTS, (*here, "categories"), note.text, f"cette note ne parle que de {about[1]}.")
            if set(touches.periods or []) - periods:
                shown = ", ".join(sorted(set(touches.periods or []) - periods))
                yield Fault(TEXTS, (*here, "periods"), shown, "aucun chiffre n’a cette période.")


def _notes(draft: Draft) -> Iterator[Fault]:
    """A note touches an indicator when, and only when, the indicator names the note."""
    assert draft.dictionary is not None
    touched: dict[str, set[str]] = defaultdict(set)
    for note in draft.texts.notes if draft.texts else []:
        for touches in note.touches:
            for name in touches.indicators or []:
                touched[name].add(note.id)
    for n, indicator in enumerate(draft.dictionary.indicators):
        if draft.texts is not None and set(indicator.notes) != touched[indicator.id]:
            shown = ", ".join(sorted(touched[indicator.id])) or "aucune"
            message = f"data/texts.yaml rattache à cet indicateur : {shown}."
            yield Fault(DICTIONARY, ("indicators", n, "notes"), ", ".join(indicator.notes), message)

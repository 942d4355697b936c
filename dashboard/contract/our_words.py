"""Rules on what is ours: labels, units, kinds, bases, notes and documents agree with what they are about.

A label draws its words from what it names; what the figures themselves decide (equal totals, rounding) is declared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from dashboard.contract.findings import Findings
from dashboard.contract.printed_texts import Fault, report
from dashboard.contract.stems import foreign, stems
from dashboard.loading.draft import DICTIONARY, SOURCES, TARGETS, TEXTS, Draft, portrait_file
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import Base, Indicator, ProseFigure
from dashboard.model.rows import Observation

_REMEDY = "accorder ces mots avec ce qu’ils nomment."
# What a definition counts, when its first word is not the unit itself.
_COUNTED = {"population": "personnes", "répartition": "personnes"}
# Words of a label that no source has: what we add to tell two figures apart, or to say how it is computed.
_ADDED = """
catégorie permanentes cumul période selon carte portrait recensement valides chiffres mesures ententes programme
personnes population réfugiées titre admise permanent permanents immigrées hausse immigrantes annexe 2 parmi admissions
"""


def check_our_words(findings: Findings) -> None:
    """Needs the dictionary; judged last, on files that nothing else faults."""
    draft = findings.draft
    if not findings.spotless or draft.dictionary is None:
        return
    faults = [
        *_indicators(findings), *_categories(draft), *_bases(draft), *_declared(findings), *_notes(draft),
        *_derived(draft), *_scopes(findings),
        *_figures(draft), *_documents(draft), *_targets(draft),
    ]  # fmt: skip
    report(findings, faults, _REMEDY, harmless=True)


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
        said = (indicator.definition, indicator.heading or "", bases.get(indicator.base, ""), _ADDED)
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


# --- Figures of the sentences, documents, targets ---------------------------------------------------------------------


def _figures(draft: Draft) -> Iterator[Fault]:
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
            first = foreign(bare.split()[0], figure.quote, figure.unit, "" if around else _ADDED)
            words = [] if twin else first + foreign(bare, figure.quote, figure.unit, around, _ADDED)
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
        words = foreign(bare, figure.quote, figure.unit, figure.label, around, _ADDED, _OF_BASES)
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


def _documents(draft: Draft) -> Iterator[Fault]:
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


def _targets(draft: Draft) -> Iterator[Fault]:
    """The short name of a target is made of the words of its indicator."""
    for n, target in enumerate(draft.targets.targets if draft.targets else []):
        if words := foreign(target.short, target.indicator, target.objective):
            message = f"l’indicateur ne dit pas « {words[0]} »."
            yield Fault(TARGETS, ("targets", n, "short"), target.short, message)

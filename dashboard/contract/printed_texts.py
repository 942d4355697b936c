"""What is given as the words of a document is in it word for word, whole and in its order; its figures too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, zip_longest
from typing import NamedTuple

from dashboard.contract.dates import period_at
from dashboard.contract.findings import Findings
from dashboard.contract.quotes import after_figure, normalised
from dashboard.loading.draft import ACTION_PLAN, ANOMALIES, TARGETS, TEXTS, Draft, portrait_file
from dashboard.loading.printed import Printed
from dashboard.loading.printed_tables import read_plan_cells
from dashboard.loading.yaml_files import Location, field_name
from dashboard.model.action_plan import Action, ActionPlan
from dashboard.model.documents import ProseFigure, Target, TextBlock
from dashboard.model.problems import Problem, shortened
from dashboard.model.rows import Observation
from dashboard.wording.slugs import fold

_REMEDY = "recopier les mots tels que le document les imprime (data/source)."
_NOT_THERE = "ces mots ne sont pas à cette place dans le texte du document."


class Fault(NamedTuple):
    """`region`: the only one concerned; None when everybody is."""

    file: str
    location: Location
    value: str
    message: str
    region: str | None = None


def check_printed_texts(findings: Findings) -> None:
    """Needs the list of sources and the texts that they name."""
    draft = findings.draft
    if draft.sources is None or draft.library is None:
        return
    of_texts = chain(_portraits(findings), _blocks(findings), _definitions(draft), _notes(draft))
    faults = chain(of_texts, _targets(findings), _plan(findings), _anomalies(findings))
    report(findings, faults, _REMEDY)


def report(findings: Findings, faults: Iterable[Fault], remedy: str, *, harmless: bool = False) -> None:
    """Says the faults, but for those of an item (figure, paragraph, target) that another rule has already named.

    harmless: they take nothing off the screen.
    """
    draft = findings.draft
    known = [(p.file, {p.line, *p.other_lines}) for p in findings.problems]
    for fault in faults:
        line = draft.line_of(fault.file, *fault.location)
        own = _lines_of(draft, fault, line or 0)
        if any(file == fault.file and not lines.isdisjoint(own) for file, lines in known):
            continue
        shown, column = shortened(fault.value, 160), field_name(fault.location)
        region, shared = (None, False) if harmless else (fault.region, fault.region is None)
        findings.problems.append(Problem(fault.file, fault.message, remedy, line, column, shown, region, shared))


def _lines_of(draft: Draft, fault: Fault, line: int) -> range:
    """Lines of the item (figure, paragraph, target) that the fault is about."""
    name, *rest = fault.location
    if not rest or not isinstance(rest[0], int):
        return range(line, line + 1)
    after = draft.lines.get(fault.file, {}).get((name, rest[0] + 1))
    return range(draft.line_of(fault.file, name, rest[0]) or line, after or line + 1)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


def _section(draft: Draft, name: str) -> Printed | None:
    return draft.library.sections.get(name) if draft.library else None


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
                yield Fault(file, here, paragraph, _NOT_THERE, region)
                return
            gap, allowed = _words(printed.text[cursor:place]), _words(f"{heading} {block.title}")
            wanted = _words(block.title) if n == 0 else set()
            if n == 0 and (not wanted <= gap or fold(block.title) not in fold(printed.text[cursor:place])):
                yield Fault(file, (*block.location[:-1], "title"), block.title, _NOT_THERE, region)
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
        printed, territory = _section(draft, portrait.source), draft.territories.get(region)
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
        printed = _section(draft, name)
        if printed is not None:
            read.append(printed)
            yield from _covered(TEXTS, printed, labels[name], own_blocks, None)
    if len(read) == len(by_section):
        yield from _figures(findings, TEXTS, draft.texts.figures, read, None)


def _definitions(draft: Draft) -> Iterator[Fault]:
    for n, definition in enumerate(draft.texts.definitions if draft.texts else []):
        printed = _section(draft, definition.source)
        if printed is None:
            continue
        if normalised(definition.text) not in printed.text:
            yield Fault(TEXTS, ("definitions", n, "text"), definition.text, _NOT_THERE)
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
            yield Fault(TEXTS, ("notes", n, "text"), note.text, _NOT_THERE)


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
                yield Fault(file, (*here, "quote"), figure.quote, _NOT_THERE, region)
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


# --- Targets ----------------------------------------------------------------------------------------------------------


def _targets(findings: Findings) -> Iterator[Fault]:
    """Each row of annexe 1: orientation, objective, indicator and values follow one another, under the years."""
    draft = findings.draft
    targets = draft.targets
    printed = _section(draft, targets.source) if targets else None
    if targets is None or printed is None:
        return
    for name, text in (("note", targets.note), ("footnote", targets.footnote)):
        if normalised(text) not in printed.text:
            yield Fault(TARGETS, (name,), text, _NOT_THERE)
    years = re.findall(r"CIBLE (\d{4}-\d{4})", printed.text)
    before: Target | None = None
    cursor = 0
    for n, target in enumerate(targets.targets):
        here: Location = ("targets", n)
        row = f"{normalised(target.indicator)} {normalised(target.quote)}"
        again = before is not None and (before.orientation, before.objective) == (target.orientation, target.objective)
        head = "" if again else f"{normalised(target.orientation)} {normalised(target.objective)} "
        place = printed.text.find(head + row, cursor)
        if place < 0:
            parts = {"orientation": target.orientation, "objective": target.objective, "indicator": target.indicator}
            name, text = next(
                ((k, v) for k, v in parts.items() if normalised(v) not in printed.text), ("quote", target.quote)
            )
            yield Fault(TARGETS, (*here, name), text, _NOT_THERE)
        else:
            length = len(normalised(target.quote))
            findings.places[TARGETS, n] = printed.lines_of(place + len(head + row) - length, length)
            cursor = place + 1
        if [value.period for value in target.targets] != years:
            said = ", ".join(value.period or "" for value in target.targets)
            message = f"les colonnes du document sont {', '.join(years)}."
            yield Fault(TARGETS, (*here, "targets"), said, message)
        yield from _target_units(target, here)
        before = target


def _target_units(target: Target, here: Location) -> Iterator[Fault]:
    number = re.search(r"\d{1,2}\.\d", target.objective)
    if number is None or target.id.partition("-")[0] != number[0]:
        yield Fault(TARGETS, (*here, "id"), target.id, "l’objectif porte un autre numéro.")
    percent = any("%" in value.printed for value in target.targets)
    named = re.match(r"Nombre d(?:e |’)(\w+)", target.indicator)
    unit = "%" if percent else named[1] if named else None
    if unit is not None and target.unit != unit:
        yield Fault(TARGETS, (*here, "unit"), target.unit, f"le document compte en « {unit} ».")
    reference = target.reference
    said = re.sub(r"^[\d\s,]+", "", reference.printed) if reference.value is not None else None
    if reference.unit is not None and said != reference.unit:
        yield Fault(TARGETS, (*here, "reference"), reference.unit, f"le document compte en « {said} ».")
    if reference.unit is None and said and said != target.unit:
        yield Fault(TARGETS, (*here, "reference"), reference.printed, "l’unité de la référence manque.")
    year = re.match(rf"{re.escape(normalised(reference.printed))} (\d{{4}})\b", normalised(target.quote))
    if reference.period != (year[1] if year else None):
        yield Fault(TARGETS, (*here, "reference"), reference.period or "", "le document donne une autre année.")
    falls = {
        a.period
        for a, b in zip(target.targets, target.targets[1:], strict=False)
        if a.value is not None and b.value is not None and b.value < a.value
    }
    if {rupture.after for rupture in target.breaks} != falls:
        message = "une cible qui baisse est une rupture, et elle seule."
        yield Fault(TARGETS, (*here, "breaks"), ", ".join(sorted(filter(None, falls))), message)


# --- Action plan ------------------------------------------------------------------------------------------------------


def _told(plan: ActionPlan, actions: Iterable[tuple[int, Action]]) -> Iterator[tuple[Location, bool, str]]:
    """The cells that the document must print for these actions, with the place of each in our file."""
    objectives = {objective.id: (o, objective) for o, objective in plan.objectives()}
    under = ""
    for n, action in actions:
        here: Location = ("actions", n)
        if action.objective != under and action.objective in objectives:
            under = action.objective
            orientation, objective = objectives[under]
            yield (*here, "objective"), False, orientation.label
            yield (*here, "objective"), False, objective.label
        lead, *bullets = action.text.split(" • ")
        yield (*here, "text"), False, lead
        for bullet in bullets:
            yield (*here, "text"), True, bullet
        for m, result in enumerate(action.results):
            yield (*here, "results", m, "text"), False, result.text
        for m, indicator in enumerate(action.indicators):
            yield (*here, "indicators", m, "text"), True, " ".join([indicator.text, *indicator.variants])
        for m, displaced in enumerate(action.displaced_actions):
            yield (*here, "displaced_actions", m, "text"), True, displaced.text


def _plan(findings: Findings) -> Iterator[Fault]:
    """The actions of a region are the cells of its tables, all of them, in their order."""
    draft = findings.draft
    plan = draft.action_plan
    if plan is None or draft.sources is None or any(p.file == ACTION_PLAN for p in findings.problems):
        return
    for section in draft.sources.sections:
        printed = _section(draft, section.id)
        if section.form != "plan" or section.region is None or printed is None or section.document != plan.source:
            continue
        own = [(n, action) for n, action in enumerate(plan.actions) if action.region_code == section.region]
        told, cells = list(_told(plan, own)), read_plan_cells(printed)
        differ = [
            (ours, cell)
            for ours, cell in zip_longest(told, cells)
            if ours is None or cell is None or (ours[1], normalised(ours[2])) != (cell.bulleted, cell.text)
        ]
        # One cell more or less moves all those that follow: the first place says it.
        for ours, cell in differ if len(told) == len(cells) else differ[:1]:
            where: Location = ours[0] if ours else ("actions", own[-1][0]) if own else ("actions",)
            said = f"le document imprime ici « {shortened(cell.text)} »." if cell else "le document n’a plus rien ici."
            yield Fault(ACTION_PLAN, where, ours[2] if ours else "", said, section.region)


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
                yield Fault(ANOMALIES, here, words, _NOT_THERE)
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

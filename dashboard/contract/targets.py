"""Rules on the targets: the number, its printed wording and the quoted line agree, and annexe 1 prints that line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dashboard.contract.findings import NOT_THERE, Fault, Findings, Place
from dashboard.contract.quotes import holds, normalised
from dashboard.loading.draft import TARGETS
from dashboard.model.documents import Target, TargetValue
from dashboard.model.problems import shortened

_REMEDY = "recopier la cible et la ligne citée telles que la source les imprime."


def check_targets(findings: Findings) -> None:
    """The reference and the targets are printed in the quoted line, in the order of the years."""
    assert findings.draft.targets is not None
    for at, target in Place(TARGETS).each("targets", findings.draft.targets.targets):
        quote_line = findings.draft.line_of(TARGETS, *at.location, "quote")
        findings.say(*_values(at, target, quote_line), *_breaks(at, target))
        periods = [value.period for value in target.targets]
        if None in periods or len(set(periods)) != len(periods):
            message = "chaque cible doit avoir sa période, une seule fois."
            fault = Fault(TARGETS, (*at.location, "targets"), None, message, remedy="compléter « period ».")
            findings.say(fault._replace(column=target.id))


def _values(at: Place, target: Target, quote_line: int | None) -> Iterator[Fault]:
    quote, start = normalised(target.quote), 0
    reference = at._replace(location=(*at.location, "reference")), target.reference
    for place, value in (reference, *at.each("targets", target.targets)):
        # The quoted line prints the reference, then the targets, in the order of the years, as whole words.
        printed = normalised(value.printed)
        found = f" {quote} ".find(f" {printed} ", start)
        message = None
        if found < 0:
            message = f"la ligne citée n’imprime pas cette cible à cette place : « {shortened(quote)} »."
        elif value.value is not None and not holds(value.printed, value.value):
            message = f"le nombre inscrit ({value.value:g}) n’est pas celui qui est imprimé."
        elif value.value is None and any(character.isdigit() for character in value.printed):
            message = "un nombre est imprimé, et « value » manque."
        start = start if found < 0 else found + len(printed) + 1
        if message is not None:
            column = f"{target.id}, {value.period or 'reference'}"
            yield place.fault("", message, value.printed)._replace(
                remedy=_REMEDY, column=column, others=(quote_line,) if found < 0 else ()
            )


def _breaks(at: Place, target: Target) -> Iterator[Fault]:
    """The text of a break cites the targets before and after it."""
    periods = [value.period for value in target.targets]
    for place, rupture in at.each("breaks", target.breaks):
        if rupture.after not in periods[:-1]:
            fault = place.fault("", "aucune cible ne suit cette période.", rupture.after)
        else:
            first = periods.index(rupture.after)
            around = [normalised(cited.printed) for cited in target.targets[first : first + 2]]
            text = normalised(rupture.text)
            missing = [said for said in around if not re.search(rf"(?<![\d,]){re.escape(said)}(?![\d,])", text)]
            if not missing:
                continue
            fault = place.fault("", f"ce texte ne cite pas la cible « {shortened(missing[0])} ».", rupture.text)
        yield fault._replace(remedy="l’accorder avec les cibles.", column=f"{target.id}, breaks")


# --- Against annexe 1 -------------------------------------------------------------------------------------------------


def targets_faults(findings: Findings) -> Iterator[Fault]:
    """Each row of annexe 1: orientation, objective, indicator and values follow one another, under the years."""
    targets = findings.draft.targets
    printed = findings.draft.printed_section(targets.source) if targets else None
    if targets is None or printed is None:
        return
    for name in ("note", "footnote"):
        if normalised(getattr(targets, name)) not in printed.text:
            yield Place(TARGETS, held=targets).fault(name, NOT_THERE)
    years = re.findall(r"CIBLE (\d{4}-\d{4})", printed.text)
    before: Target | None = None
    cursor = 0
    for n, (at, target) in enumerate(Place(TARGETS).each("targets", targets.targets)):
        orientation, objective, indicator, quote = (
            normalised(text) for text in (target.orientation, target.objective, target.indicator, target.quote)
        )
        again = before is not None and (before.orientation, before.objective) == (target.orientation, target.objective)
        row = f"{indicator} {quote}" if again else f"{orientation} {objective} {indicator} {quote}"
        place = printed.text.find(row, cursor)
        if place < 0:
            cells = {"orientation": orientation, "objective": objective, "indicator": indicator}
            yield at.fault(next((k for k, v in cells.items() if v not in printed.text), "quote"), NOT_THERE)
        else:
            findings.places[TARGETS, n] = printed.lines_of(place + len(row) - len(quote), len(quote))
            cursor = place + 1
        if [value.period for value in target.targets] != years:
            said = ", ".join(value.period or "" for value in target.targets)
            yield at.fault("targets", f"les colonnes du document sont {', '.join(years)}.", said)
        yield from _units(at, target, target.reference)
        before = target


def _units(at: Place, target: Target, reference: TargetValue) -> Iterator[Fault]:
    """The number of the objective, the units, the year of the reference and the breaks are those of the row."""
    number = re.search(r"\d{1,2}\.\d", target.objective)
    if number is None or target.id.partition("-")[0] != number[0]:
        yield at.fault("id", "l’objectif porte un autre numéro.")
    named = re.match(r"Nombre d(?:e |’)(\w+)", target.indicator)
    unit = "%" if any("%" in value.printed for value in target.targets) else named[1] if named else None
    if unit is not None and target.unit != unit:
        yield at.fault("unit", f"le document compte en « {unit} ».")
    said = re.sub(r"^[\d\s,]+", "", reference.printed) if reference.value is not None else None
    if reference.unit is not None and said != reference.unit:
        yield at.fault("reference", f"le document compte en « {said} ».", reference.unit)
    if reference.unit is None and said and said != target.unit:
        yield at.fault("reference", "l’unité de la référence manque.", reference.printed)
    year = re.match(rf"{re.escape(normalised(reference.printed))} (\d{{4}})\b", normalised(target.quote))
    if reference.period != (year[1] if year else None):
        yield at.fault("reference", "le document donne une autre année.", reference.period or "")
    falls = {
        a.period
        for a, b in pairwise(target.targets)
        if a.value is not None and b.value is not None and b.value < a.value
    }
    if {rupture.after for rupture in target.breaks} != falls:
        value = ", ".join(sorted(filter(None, falls)))
        yield at.fault("breaks", "une cible qui baisse est une rupture, et elle seule.", value)

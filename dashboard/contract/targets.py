"""Rules on the targets: the number, its printed wording and the quoted line agree, and annexe 1 prints that line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dashboard.contract.findings import NOT_THERE, Fault, Findings, Place
from dashboard.contract.quotes import holds, normalised
from dashboard.loading.draft import TARGETS
from dashboard.model.documents import Target
from dashboard.model.problems import shortened

_REMEDY = "recopier la cible et la ligne citée telles que la source les imprime."


def check_targets(findings: Findings) -> None:
    """The reference and the targets are printed in the quoted line, in the order of the years."""
    for at, target in findings.each(TARGETS, "targets"):
        quote_line = findings.draft.line_of(TARGETS, *at.location, "quote")
        findings.say(*_values(at, target, quote_line), *_breaks(at, target))
        periods = [value.period for value in target.targets]
        if None in periods or len(set(periods)) != len(periods):
            message, remedy = "chaque cible doit avoir sa période, une seule fois.", "compléter « period »."
            findings.say(Fault(TARGETS, (*at.location, "targets"), None, message, None, remedy, column=target.id))


def _values(at: Place, target: Target, quote_line: int | None) -> Iterator[Fault]:
    quote, start = normalised(target.quote), 0
    reference = at._replace(location=(*at.location, "reference")), target.reference
    for place, value in (reference, *at.each("targets", target.targets)):
        # The quoted line prints the reference, then the targets, in the order of the years, as whole words.
        printed = normalised(value.printed)
        found = f" {quote} ".find(f" {printed} ", start)
        start = start if found < 0 else found + len(printed) + 1
        if found < 0:
            message = f"la ligne citée n’imprime pas cette cible à cette place : « {shortened(quote)} »."
        elif value.value is not None and not holds(value.printed, value.value):
            message = f"le nombre inscrit ({value.value:g}) n’est pas celui qui est imprimé."
        elif value.value is None and any(character.isdigit() for character in value.printed):
            message = "un nombre est imprimé, et « value » manque."
        else:
            continue
        column, others = f"{target.id}, {value.period or 'reference'}", (quote_line,) if found < 0 else ()
        yield place.fault("", message, value.printed, remedy=_REMEDY, column=column, others=others)


def _breaks(at: Place, target: Target) -> Iterator[Fault]:
    """The text of a break cites the targets before and after it."""
    periods = [value.period for value in target.targets]
    for place, rupture in at.each("breaks", target.breaks):
        message, shown, text = "aucune cible ne suit cette période.", rupture.after, normalised(rupture.text)
        if rupture.after in periods[:-1]:
            first = periods.index(rupture.after)
            around = [normalised(cited.printed) for cited in target.targets[first : first + 2]]
            missing = [said for said in around if not re.search(rf"(?<![\d,]){re.escape(said)}(?![\d,])", text)]
            if not missing:
                continue
            message, shown = f"ce texte ne cite pas la cible « {shortened(missing[0])} ».", rupture.text
        yield place.fault("", message, shown, remedy="l’accorder avec les cibles.", column=f"{target.id}, breaks")


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
    under: tuple[str, ...] = ()
    cursor = 0
    for n, (at, target) in enumerate(Place(TARGETS).each("targets", targets.targets)):
        cells = {name: normalised(getattr(target, name)) for name in ("orientation", "objective", "indicator", "quote")}
        quote = cells["quote"]
        # What is above is printed once for the rows that it covers.
        again, under = under == (target.orientation, target.objective), (target.orientation, target.objective)
        row = " ".join((cells["indicator"], quote) if again else cells.values())
        place = printed.text.find(row, cursor)
        if place < 0:
            yield at.fault(next((name for name, text in cells.items() if text not in printed.text), "quote"), NOT_THERE)
        else:
            findings.places[TARGETS, n] = printed.lines_of(place + len(row) - len(quote), len(quote))
            cursor = place + 1
        if [value.period for value in target.targets] != years:
            said = ", ".join(value.period or "" for value in target.targets)
            yield at.fault("targets", f"les colonnes du document sont {', '.join(years)}.", said)
        yield from _units(at, target)


def _units(at: Place, target: Target) -> Iterator[Fault]:
    """The number of the objective, the units, the year of the reference and the breaks are those of the row."""
    reference, number = target.reference, re.search(r"\d{1,2}\.\d", target.objective)
    named = re.match(r"Nombre d(?:e |’)(\w+)", target.indicator)
    unit = "%" if any("%" in value.printed for value in target.targets) else named[1] if named else None
    own_number = number is not None and target.id.partition("-")[0] == number[0]
    yield from at.faults(
        (not own_number, "id", "l’objectif porte un autre numéro."),
        (unit is not None and target.unit != unit, "unit", f"le document compte en « {unit} »."),
    )
    said = re.sub(r"^[\d\s,]+", "", reference.printed) if reference.value is not None else None
    if reference.unit is not None and said != reference.unit:
        yield at.fault("reference", f"le document compte en « {said} ».", reference.unit)
    if reference.unit is None and said and said != target.unit:
        yield at.fault("reference", "l’unité de la référence manque.", reference.printed)
    year = re.match(rf"{re.escape(normalised(reference.printed))} (\d{{4}})\b", normalised(target.quote))
    if reference.period != (year[1] if year else None):
        yield at.fault("reference", "le document donne une autre année.", reference.period or "")
    steps = pairwise(target.targets)
    falls = {a.period for a, b in steps if a.value is not None and b.value is not None and b.value < a.value}
    if {rupture.after for rupture in target.breaks} != falls:
        value = ", ".join(sorted(filter(None, falls)))
        yield at.fault("breaks", "une cible qui baisse est une rupture, et elle seule.", value)

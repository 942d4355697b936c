"""Rules on the targets: the number, its printed wording and the quoted line agree."""

from __future__ import annotations

import re

from dashboard.contract.findings import Fault, Findings
from dashboard.contract.quotes import holds, normalised
from dashboard.loading.draft import TARGETS
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import Target, TargetValue
from dashboard.model.problems import shortened

_REMEDY = "recopier la cible et la ligne citée telles que la source les imprime."


def _position(quote: str, printed: str, start: int) -> int | None:
    """Where the printed target ends in the quoted line, as whole words, from a position on."""
    found = f" {quote} ".find(f" {normalised(printed)} ", start)
    return None if found < 0 else found + len(normalised(printed)) + 1


def _check_target(findings: Findings, rank: int, target: Target) -> None:
    here: Location = ("targets", rank)
    quote_line = findings.draft.line_of(TARGETS, *here, "quote")
    places: list[tuple[Location, TargetValue]] = [((*here, "reference"), target.reference)]
    places += [((*here, "targets", n), value) for n, value in enumerate(target.targets)]
    quote, start = normalised(target.quote), 0
    for location, value in places:
        # The quoted line prints the reference, then the targets, in the order of the years.
        end = _position(quote, value.printed, start)
        message = None
        if end is None:
            message = f"la ligne citée n’imprime pas cette cible à cette place : « {shortened(quote)} »."
        elif value.value is not None and not holds(value.printed, value.value):
            message = f"le nombre inscrit ({value.value:g}) n’est pas celui qui est imprimé."
        elif value.value is None and any(character.isdigit() for character in value.printed):
            message = "un nombre est imprimé, et « value » manque."
        start = start if end is None else end
        if message is not None:
            fault = Fault(TARGETS, location, value.printed, message, remedy=_REMEDY)
            column = f"{target.id}, {value.period or 'reference'}"
            findings.say(fault._replace(column=column, others=(quote_line,) if end is None else ()))
    periods = [value.period for value in target.targets]
    _check_breaks(findings, here, target, periods)
    if None in periods or len(set(periods)) != len(periods):
        message = "chaque cible doit avoir sa période, une seule fois."
        fault = Fault(TARGETS, (*here, "targets"), None, message, remedy="compléter « period ».")
        findings.say(fault._replace(column=target.id))


def _check_breaks(findings: Findings, here: Location, target: Target, periods: list[str | None]) -> None:
    """The text of a break cites the targets before and after it."""
    for n, rupture in enumerate(target.breaks):
        place = periods.index(rupture.after) if rupture.after in periods[:-1] else None
        if place is None:
            message, value = "aucune cible ne suit cette période.", rupture.after
        else:
            text = normalised(rupture.text)
            around = [normalised(cited.printed) for cited in target.targets[place : place + 2]]
            missing = [
                printed for printed in around if not re.search(rf"(?<![\d,]){re.escape(printed)}(?![\d,])", text)
            ]
            if not missing:
                continue
            message, value = f"ce texte ne cite pas la cible « {shortened(missing[0])} ».", rupture.text
        fault = Fault(TARGETS, (*here, "breaks", n), value, message, remedy="l’accorder avec les cibles.")
        findings.say(fault._replace(column=f"{target.id}, breaks"))


def check_targets(findings: Findings) -> None:
    """The reference and the targets are printed in the quoted line, in the order of the years."""
    assert findings.draft.targets is not None
    for rank, target in enumerate(findings.draft.targets.targets):
        _check_target(findings, rank, target)

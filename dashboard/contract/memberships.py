"""Rules on data/memberships.csv: known codes, dates in order, one direction at a time for a region."""

from __future__ import annotations

from itertools import groupby, pairwise

from dashboard.contract.findings import Findings
from dashboard.loading.draft import MEMBERSHIPS, TERRITORIES
from dashboard.model.problems import Problem

_WORDS = {"region": "une région", "direction": "une direction"}


def check_memberships(findings: Findings) -> None:
    draft = findings.draft

    def say(line: int, column: str, value: str, message: str, remedy: str, *others: int) -> None:
        problem = Problem(MEMBERSHIPS, message, remedy, line, column, value, shared=True, other_lines=others)
        findings.problems.append(problem)
        # Who adds up to whom is then unknown: the fault is named here, and only here.
        findings.sound_hierarchy = False

    for row, line in draft.memberships:
        for level, code in (("region", row.region_code), ("direction", row.direction_code)):
            territory = draft.territories.get(code)
            if (territory is None or territory.level != level) and code not in draft.refused_territories:
                remedy = f"corriger le code, ou l’ajouter dans {TERRITORIES}."
                say(line, f"{level}_code", code, f"ce code n’est pas celui d’{_WORDS[level]} des données.", remedy)
        if row.member_from > row.member_to:
            value = row.member_to.isoformat()
            say(line, "member_to", value, "la fin précède le début.", "corriger l’une des deux dates.")
    whole = [pair for pair in draft.memberships if pair[0].member_from <= pair[0].member_to]
    whole.sort(key=lambda pair: (pair[0].region_code, pair[0].member_from))
    for _, own in groupby(whole, key=lambda pair: pair[0].region_code):
        for (before, earlier), (after, line) in pairwise(own):
            if after.member_from <= before.member_to:
                value = after.member_from.isoformat()
                message = "à cette date, la région est encore dans une direction : elle n’en a qu’une à la fois."
                remedy = "finir la première appartenance la veille du jour où commence la seconde."
                say(line, "member_from", value, message, remedy, earlier)

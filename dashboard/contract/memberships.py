"""Rules on data/memberships.csv: known codes, dates in order, one direction at a time for a region."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from dashboard.contract.findings import Findings
from dashboard.loading.draft import MEMBERSHIPS, TERRITORIES
from dashboard.model.memberships import Membership


def check_memberships(findings: Findings) -> None:
    draft = findings.draft

    def problem(line: int, column: str, value: str, message: str, remedy: str, others: tuple[int, ...] = ()) -> None:
        findings.line_problem(MEMBERSHIPS, line, column, value, message, remedy, others=others)
        # Who adds up to whom is then unknown: the fault is named here, and only here.
        findings.sound_hierarchy = False

    of_regions: dict[str, list[tuple[Membership, int]]] = defaultdict(list)
    for row, line in draft.memberships:
        for column, code, level, word in (
            ("region_code", row.region_code, "region", "une région"),
            ("direction_code", row.direction_code, "direction", "une direction"),
        ):
            territory = draft.territories.get(code)
            if (territory is None or territory.level != level) and code not in draft.refused_territories:
                remedy = f"corriger le code, ou l’ajouter dans {TERRITORIES}."
                problem(line, column, code, f"ce code n’est pas celui d’{word} des données.", remedy)
        if row.member_from > row.member_to:
            value = row.member_to.isoformat()
            problem(line, "member_to", value, "la fin précède le début.", "corriger l’une des deux dates.")
        else:
            of_regions[row.region_code].append((row, line))
    for own in of_regions.values():
        own.sort(key=lambda pair: pair[0].member_from)
        for (before, earlier), (after, line) in pairwise(own):
            if after.member_from <= before.member_to:
                problem(
                    line,
                    "member_from",
                    after.member_from.isoformat(),
                    "à cette date, la région est encore dans une direction : elle n’en a qu’une à la fois.",
                    "finir la première appartenance la veille du jour où commence la seconde.",
                    (earlier,),
                )

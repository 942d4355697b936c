"""Rules across files, run in one order: a fault of one row is named there, and only there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dashboard.contract import (
    arithmetic,
    completeness,
    follow_up,
    maps,
    our_words,
    plan_words,
    printed_rows,
    printed_sections,
    printed_texts,
    prose,
    quotes,
    references,
    rows,
    scopes,
    settings,
    targets,
    territories,
)
from dashboard.contract.findings import Findings
from dashboard.loading.draft import (
    ACTION_PLAN,
    ANOMALIES,
    CONFIG,
    DICTIONARY,
    SOURCES,
    TARGETS,
    TERRITORIES,
    TEXTS,
    Draft,
)

# The texts of the documents, kept in data/source.
_KEPT = "data/source"

_Rules = tuple[tuple[Callable[[Findings], None], tuple[str, ...]], ...]

# Each rule and the files without which it would only repeat that they are missing.
_RULES: _Rules = (
    (references.check_references, ()),
    (territories.check_territories, (TERRITORIES,)),
    (territories.check_memberships, (TERRITORIES,)),
    (territories.check_official, (SOURCES, TERRITORIES, _KEPT)),
    (maps.check_maps, (TERRITORIES,)),
    (scopes.check_scopes, (ANOMALIES, ACTION_PLAN)),
    (rows.check_known_codes, (DICTIONARY, TERRITORIES)),
    (completeness.check_complete, (DICTIONARY, TERRITORIES)),
    (quotes.check_quotes, (DICTIONARY, TERRITORIES)),
    (rows.check_rounding, (DICTIONARY, TERRITORIES)),
    (quotes.check_repeated_in_quotes, (DICTIONARY, TERRITORIES)),
    (printed_sections.check_printed_sections, (SOURCES, TERRITORIES, _KEPT)),
    (printed_rows.check_status, (DICTIONARY, SOURCES, TERRITORIES)),
    (printed_rows.check_printed_rows, (DICTIONARY, SOURCES, TERRITORIES, _KEPT)),
    (arithmetic.check_arithmetic, (DICTIONARY, TERRITORIES)),
    (rows.check_province_bounds, (DICTIONARY, TERRITORIES)),
    (prose.check_portraits, (DICTIONARY, TERRITORIES)),
    (prose.check_texts, (DICTIONARY, TERRITORIES, TEXTS)),
    (targets.check_targets, (TARGETS,)),
    (follow_up.check_follow_up, (ACTION_PLAN, TARGETS)),
    (printed_texts.check_printed_texts, (SOURCES, _KEPT)),
)
# Judged when nothing is wrong with the figures or the texts of any page.
_LAST: _Rules = (
    (scopes.check_cited, (ANOMALIES, TARGETS, TEXTS)),
    (our_words.check_our_words, (DICTIONARY, TERRITORIES)),
    (plan_words.check_plan_words, (ACTION_PLAN, DICTIONARY)),
    (settings.check_settings, (CONFIG, TERRITORIES)),
)


def judge(draft: Draft) -> Findings:
    """Apply every rule whose files could be read."""
    findings = Findings(draft)
    missing = draft.unreadable if draft.archive else {*draft.unreadable, _KEPT}
    for rules, last in ((_RULES, False), (_LAST, True)):
        for rule, needs in rules:
            if missing.isdisjoint(needs) and (findings.spotless or not last):
                known = len(findings.problems)
                rule(findings)
                findings.problems[known:] = [replace(p, rule=rule.__name__) for p in findings.problems[known:]]
    return findings

"""Rules across files, run in one order: a fault of one row is named there, and only there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dashboard.contract import (
    arithmetic,
    follow_up,
    maps,
    our_words,
    plan,
    printed_rows,
    printed_texts,
    quotes,
    references,
    rows,
    sentences,
    settings,
    targets,
    territories,
)
from dashboard.contract.findings import Findings
from dashboard.loading import draft as files

# The texts of the documents, kept in data/source.
_KEPT = "data/source"
_OF_ROWS = (files.DICTIONARY, files.TERRITORIES)

# Each rule, and the files without which it would only repeat that they are missing.
_RULES: tuple[tuple[Callable[[Findings], None], tuple[str, ...]], ...] = (
    (references.check_references, ()),
    (territories.check_territories, (files.TERRITORIES,)),
    (territories.check_memberships, (files.TERRITORIES,)),
    (territories.check_official, (files.SOURCES, files.TERRITORIES, _KEPT)),
    (maps.check_maps, (files.TERRITORIES,)),
    (references.check_scopes, (files.ANOMALIES, files.ACTION_PLAN)),
    (rows.check_known_codes, _OF_ROWS),
    (rows.check_complete, _OF_ROWS),
    (quotes.check_quotes, _OF_ROWS),
    (rows.check_rounding, _OF_ROWS),
    (quotes.check_repeated_in_quotes, _OF_ROWS),
    (printed_texts.check_printed_sections, (files.SOURCES, files.TERRITORIES, _KEPT)),
    (printed_rows.check_status, (*_OF_ROWS, files.SOURCES)),
    (printed_rows.check_printed_rows, (*_OF_ROWS, files.SOURCES, _KEPT)),
    (arithmetic.check_arithmetic, _OF_ROWS),
    (rows.check_province_bounds, _OF_ROWS),
    (sentences.check_portraits, _OF_ROWS),
    (sentences.check_texts, (*_OF_ROWS, files.TEXTS)),
    (targets.check_targets, (files.TARGETS,)),
    (follow_up.check_follow_up, (files.ACTION_PLAN, files.TARGETS)),
    (printed_texts.check_printed_texts, (files.SOURCES, _KEPT)),
    # Judged when nothing is wrong with the figures or the texts of any page.
    (references.check_cited, (files.ANOMALIES, files.TARGETS, files.TEXTS)),
    (our_words.check_our_words, _OF_ROWS),
    (plan.check_plan_words, (files.ACTION_PLAN, files.DICTIONARY)),
    (settings.check_settings, (files.CONFIG, files.TERRITORIES)),
)
_LAST = (references.check_cited, our_words.check_our_words, plan.check_plan_words, settings.check_settings)


def judge(draft: files.Draft) -> Findings:
    """Apply every rule whose files could be read."""
    findings = Findings(draft)
    missing = draft.unreadable if draft.archive else {*draft.unreadable, _KEPT}
    for rule, needs in _RULES:
        if missing.isdisjoint(needs) and (rule not in _LAST or findings.spotless):
            known = len(findings.problems)
            rule(findings)
            findings.problems[known:] = [replace(p, rule=rule.__name__) for p in findings.problems[known:]]
    return findings

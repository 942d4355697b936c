"""Rules across files, run in one order: a fault of one row is named there, and only there."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.contract import arithmetic, completeness, names, prose, quotes, references, rows, targets
from dashboard.contract.findings import Findings
from dashboard.loading.draft import CONFIG, DICTIONARY, TARGETS, TERRITORIES, TEXTS, Draft

# Each rule and the files without which it would only repeat that they are missing.
_RULES: tuple[tuple[Callable[[Findings], None], tuple[str, ...]], ...] = (
    (references.check_config, (CONFIG,)),
    (references.check_config_codes, (CONFIG, TERRITORIES)),
    (references.check_territories, (TERRITORIES,)),
    (references.check_boundaries, (TERRITORIES,)),
    (names.check_names, ()),
    (rows.check_known_codes, (DICTIONARY, TERRITORIES)),
    (completeness.check_complete, (DICTIONARY, TERRITORIES)),
    (quotes.check_quotes, (DICTIONARY, TERRITORIES)),
    (rows.check_rounding, (DICTIONARY, TERRITORIES)),
    (quotes.check_repeated_in_quotes, (DICTIONARY, TERRITORIES)),
    (arithmetic.check_arithmetic, (DICTIONARY, TERRITORIES)),
    (rows.check_province_bounds, (DICTIONARY, TERRITORIES)),
    (prose.check_portraits, (DICTIONARY, TERRITORIES)),
    (prose.check_texts, (DICTIONARY, TERRITORIES, TEXTS)),
    (targets.check_targets, (TARGETS,)),
)


def judge(draft: Draft) -> Findings:
    """Apply every rule whose files could be read."""
    findings = Findings(draft)
    for rule, needs in _RULES:
        if draft.unreadable.isdisjoint(needs):
            rule(findings)
    return findings

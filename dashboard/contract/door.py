"""THE door: `load_dataset(root)` gives the one Dataset, or every Problem found."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.contract import judge
from dashboard.contract.confirmation import NEITHER, Rest, counted, rests
from dashboard.contract.follow_up import judged
from dashboard.loading.draft import Draft, read_all
from dashboard.loading.files import Tree, tree_of
from dashboard.loading.fingerprint import data_version, fingerprint, signature
from dashboard.loading.follow_up_file import FOLLOW_UP
from dashboard.model.dataset import Dataset
from dashboard.model.follow_up import FollowUp, by_key, followed
from dashboard.model.problems import DataError, Problem
from dashboard.wording.numbers import number


@dataclass(frozen=True, slots=True)
class Report:
    """Result of a check: every problem, what each figure rests on, and how many rows of figures were read."""

    problems: tuple[Problem, ...]
    rests: tuple[Rest, ...]
    figures: int
    # What the pages would show of these files; None when they could show nothing.
    dataset: Dataset | None = None


# A folder being published changes at once; one copied by hand changes for longer. Past these readings, the last stands.
_READINGS = 3


def load_dataset(root: Path | Tree) -> Dataset:
    """The dataset below `root`, or of files in memory (`Tree`); regions with a problem are apart in `unavailable`.

    Raises DataError when a shared file cannot be used, or when no region is left.
    """
    report = check(root)
    if report.dataset is None:
        raise DataError(report.problems)
    return report.dataset


def check(root: Path | Tree) -> Report:
    """What there is below `root`, read as it was at one moment and judged. Never raises for bad data."""
    tree = tree_of(root)
    # The marks come first: files that change while they are read are then read again.
    mark, version = fingerprint(tree.root) + _mark_of(tree), data_version(tree.root)
    for _ in range(_READINGS):
        seen = signature(tree.root)
        draft = read_all(tree)
        if signature(tree.root) == seen:
            break
    findings = judge(draft)
    problems = _ordered(draft.problems + findings.problems)
    resting = rests(findings)
    unavailable = _unavailable(draft, problems)
    if unavailable is None:
        return Report(problems, resting, len(findings.index))
    assert draft.config and draft.dictionary and draft.sources and draft.texts and draft.targets and draft.anomalies
    assert draft.action_plan and draft.refusals and draft.vocabulary
    shown = {region.code for region in draft.config.regions} - set(unavailable)

    def kept(code: str) -> bool:
        region = draft.region_of(code)
        return region is None or region in shown

    dataset = Dataset(
        root=tree.root,
        config=draft.config,
        territories=dict(draft.territories),
        observations={k: row for k, row in findings.index.items() if kept(k.territory) and k not in findings.faulty},
        indicators={indicator.id: indicator for indicator in draft.dictionary.indicators},
        derived={indicator.id: indicator for indicator in draft.dictionary.derived},
        bases={base.id: base for base in draft.dictionary.bases},
        documents={document.id: document for document in draft.sources.documents},
        sections={section.id: section for section in draft.sources.sections},
        texts=draft.texts,
        portraits={code: portrait for code, portrait in draft.portraits.items() if code in shown},
        targets=draft.targets,
        action_plan=draft.action_plan.of_regions(shown),
        follow_up=_follow_up(draft, problems),
        anomalies={anomaly.id: anomaly for anomaly in draft.anomalies.anomalies},
        refusals=tuple(draft.refusals.refusals),
        vocabulary=draft.vocabulary,
        problems=problems,
        unavailable=unavailable,
        unconfirmed=tuple(str(rest) for rest in resting if rest.ground == NEITHER),
        grounds=counted(resting),
        places=findings.places,
        printed={name: (p.first, p.lines) for name, p in (draft.archive.sections if draft.archive else {}).items()},
        fingerprint=mark,
        version=version,
        memberships=tuple(row for row, _ in draft.memberships),
        revisions={key: rows for key, rows in findings.revisions.items() if kept(key.territory)},
    )
    return Report(problems, resting, len(findings.index), dataset)


# A file that repeats one fault a thousand times says it fifty times, then how many more there are.
MOST = 50


def _kind(problem: Problem) -> tuple[object, ...]:
    """File, rule and field. Each region is still set apart by its own problems."""
    return problem.file, problem.region, problem.shared, problem.rule, problem.fields or problem.column


def bounded(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems in their order, at most fifty of a kind; the last of them tells how many more there are."""
    many, seen = Counter(map(_kind, problems)), Counter[object]()
    kept: list[Problem] = []
    for problem in problems:
        kind = _kind(problem)
        seen[kind] += 1
        more = many[kind] - MOST
        if seen[kind] == MOST and more > 0:
            s = "s" * (more > 1)
            said = f"{problem.message} Il y a {number(more)} autre{s} problème{s} de ce genre."
            problem = replace(problem, message=said)
        if seen[kind] <= MOST:
            kept.append(problem)
    return tuple(kept)


def _ordered(problems: list[Problem]) -> tuple[Problem, ...]:
    unique = {(p.file, p.line, p.column, p.value, p.message): p for p in problems}
    return bounded(sorted(unique.values(), key=lambda p: (p.file, p.line or 0, p.column or "", p.message)))


def _unavailable(draft: Draft, problems: tuple[Problem, ...]) -> dict[str, tuple[Problem, ...]] | None:
    """The problems of each region set apart; None when a shared file cannot be used, or when no region is left."""
    if draft.config is None or any(problem.shared for problem in problems):
        return None
    found = {region.code: tuple(p for p in problems if p.region == region.code) for region in draft.config.regions}
    return {region: own for region, own in found.items() if own} if not all(found.values()) else None


def _mark_of(tree: Tree) -> str:
    """What tells the files in memory from those of the disk; empty without any."""
    if not tree.new:
        return ""
    digest = hashlib.sha256()
    for name, file in sorted(tree.new.items()):
        digest.update(f"{name}|{len(file.raw)}|".encode() + file.raw)
    return f"-{digest.hexdigest()[:12]}"


def _follow_up(draft: Draft, problems: tuple[Problem, ...]) -> FollowUp:
    """The shared follow-up, of every region: a file that people load must not lose those of a region set apart."""
    assert draft.action_plan and draft.targets
    known = followed(draft.action_plan, draft.targets)
    own = tuple(problem for problem in problems if problem.file == FOLLOW_UP)
    if own:
        return FollowUp(known, {}, own)
    return FollowUp(known, by_key(row.row for row in judged(draft.follow_up, known, FOLLOW_UP).rows))

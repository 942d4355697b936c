"""THE door: `load_dataset(root)` gives the one Dataset, or every Problem found."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from dashboard.contract import judge
from dashboard.contract.bounds import bounded
from dashboard.contract.confirmation import NEITHER, Rest, counted, rests
from dashboard.contract.findings import Findings
from dashboard.contract.follow_up import judged
from dashboard.loading.draft import Draft, read_all
from dashboard.loading.files import Tree, tree_of
from dashboard.loading.fingerprint import data_version, fingerprint, signature
from dashboard.loading.follow_up_file import FOLLOW_UP
from dashboard.model.dataset import Dataset
from dashboard.model.follow_up import FollowUp, by_key, followed
from dashboard.model.problems import DataError, Problem


@dataclass(frozen=True, slots=True)
class Report:
    """Result of a check: every problem, what each figure rests on, and how many rows of figures were read."""

    problems: tuple[Problem, ...]
    rests: tuple[Rest, ...]
    figures: int
    # What the pages would show of these files; None when they could show nothing.
    dataset: Dataset | None = None


def _ordered(problems: list[Problem]) -> tuple[Problem, ...]:
    unique = {(p.file, p.line, p.column, p.value, p.message): p for p in problems}
    return bounded(sorted(unique.values(), key=lambda p: (p.file, p.line or 0, p.column or "", p.message)))


# A folder being published changes at once; one copied by hand changes for longer. Past these readings, the last stands.
_READINGS = 3


def _read(tree: Tree) -> Draft:
    """All the files as they were at one moment: read again when one has changed meanwhile."""
    for _ in range(_READINGS):
        seen = signature(tree.root)
        draft = read_all(tree)
        if signature(tree.root) == seen:
            break
    return draft


def _judged(root: Path | Tree) -> tuple[Findings, tuple[Problem, ...]]:
    draft = _read(tree_of(root))
    findings = judge(draft)
    return findings, _ordered(draft.problems + findings.problems)


def check(root: Path | Tree) -> Report:
    """Read and judge every file below `root`. Never raises for bad data."""
    tree = tree_of(root)
    findings, problems = _judged(tree)
    try:
        dataset = _made(tree, findings, problems)
    except DataError:
        dataset = None
    return Report(problems, rests(findings), len(findings.index), dataset)


def load_dataset(root: Path | Tree) -> Dataset:
    """The dataset below `root`, or of files in memory (`Tree`); regions with a problem are apart in `unavailable`.

    Raises DataError when a shared file cannot be used, or when no region is left.
    """
    tree = tree_of(root)
    # The marks come first: files that change while they are read are then read again.
    marks = fingerprint(tree.root) + _mark_of(tree), data_version(tree.root)
    return _made(tree, *_judged(tree), marks)


def _made(tree: Tree, findings: Findings, problems: tuple[Problem, ...], marks: tuple[str, str] = ("", "")) -> Dataset:
    draft = findings.draft
    if any(problem.shared for problem in problems):
        raise DataError(problems)
    assert draft.config and draft.dictionary and draft.sources and draft.texts and draft.targets and draft.anomalies
    assert draft.action_plan and draft.refusals
    unavailable: dict[str, tuple[Problem, ...]] = {}
    for region in (r.code for r in draft.config.regions):
        own = tuple(problem for problem in problems if problem.region == region)
        if own:
            unavailable[region] = own
    if len(unavailable) == len(draft.config.regions):
        raise DataError(problems)
    shown = {region.code for region in draft.config.regions} - set(unavailable)

    resting = rests(findings)

    def kept(code: str) -> bool:
        region = draft.region_of(code)
        return region is None or region in shown

    return Dataset(
        root=tree.root,
        config=draft.config,
        territories=dict(draft.territories),
        observations={
            key: row for key, row in findings.index.items() if kept(key.territory) and key not in findings.faulty
        },
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
        problems=problems,
        unavailable=unavailable,
        unconfirmed=tuple(str(rest) for rest in resting if rest.ground == NEITHER),
        grounds=counted(resting),
        places=findings.places,
        printed={name: (p.first, p.lines) for name, p in (draft.library.sections if draft.library else {}).items()},
        fingerprint=marks[0],
        version=marks[1],
        memberships=tuple(row for row, _ in draft.memberships),
        revisions={key: rows for key, rows in findings.revisions.items() if kept(key.territory)},
    )


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


__all__ = ["DataError", "Report", "check", "load_dataset"]

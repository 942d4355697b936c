"""Sentences about the strategic targets. They never speak of a result: the source has none."""

from __future__ import annotations

from decimal import Decimal

from dashboard.indicators.follow_up import Progress
from dashboard.indicators.targets import Step, reference_comparable, steps
from dashboard.model.documents import Target, Targets, TargetValue
from dashboard.narrative.follow_up_words import count as results
from dashboard.narrative.follow_up_words import difference, unit_of
from dashboard.wording.numbers import NBSP, number, typographic


def named(target: Target) -> str:
    """« 2.1. Participation aux cours de français »."""
    return f"{target.id}. {typographic(target.short)}"


def reference(target: Target) -> str:
    """The reference as printed, with its year when the source gives one."""
    printed = typographic(target.reference.printed)
    return f"{printed} ({target.reference.period})" if target.reference.period else printed


def values(target: Target) -> list[str]:
    """Each year's target as printed, « (révisée) » where it no longer follows from the year before."""
    broken = {step.period for step in steps(target) if step.broken}
    return [typographic(t.printed) + " (révisée)" * (t.period in broken) for t in target.targets]


def footnote(content: Targets) -> str:
    """The note of the annex inside a sentence: « Plan stratégique 2019-2023, révisé en octobre 2020 »."""
    before, comma, after = typographic(content.footnote).partition(", ")
    return f"{before}{comma}{after[:1].lower()}{after[1:]}"


def lead(content: Targets, progress: Progress | None) -> str:
    """How many targets, whose, until when, and how many results are entered (progress: None when no one can tell)."""
    count, last = len(content.targets), content.targets[0].targets[-1].period
    said = (
        f"Le Plan stratégique fixe {number(count)}{NBSP}cible{'s' * (count > 1)} pour l’ensemble du Québec d’ici {last}"
    )
    told = "" if progress is None else results(progress) if progress.entered else "aucun résultat n’est saisi"
    return f"{said}, aucune par région{'; ' * bool(told)}{told}"


def asked(step: Step) -> str:
    """« +5 points », « −360 entreprises (révision) »; « sans objet » where no difference makes sense."""
    if step.asked is None:
        return "sans objet"
    text = difference(Decimal(str(step.asked)), step.unit) if step.asked else "aucune"
    return f"{text} (révision)" if step.broken else text


def message(target: Target) -> str:
    """Title: the last target, and the break when there is one."""
    last = target.targets[-1]
    if target.breaks:
        n = [t.period for t in target.targets].index(target.breaks[0].after)
        before, after = target.targets[n : n + 2]
        return (
            f"{target.short}{NBSP}: cible de {_with_unit(target, before)} en {before.period}, puis de "
            f"{typographic(after.printed)} en {after.period} après révision"
        )
    return f"{target.short}{NBSP}: cible de {_with_unit(target, last)} en {last.period}"


def _with_unit(target: Target, step: TargetValue) -> str:
    """« 34 % », « 960 entreprises »; words that stand for a value are quoted."""
    printed = typographic(step.printed)
    if step.value is None:
        return f"«{NBSP}{printed}{NBSP}»"
    return printed if target.unit == "%" else f"{printed}{NBSP}{unit_of(Decimal(str(step.value)), target.unit)}"


def reading(target: Target) -> str:
    """Every value of the target in one sentence, and what is asked each year."""
    said = ", ".join(f"{typographic(t.printed)} en {t.period}" for t in target.targets)
    start = f"Donnée de référence{NBSP}: {reference(target)}"
    if target.reference.value is not None and not reference_comparable(target):
        start += ", dans une autre unité que les cibles"
    moves = [f"{asked(step)} en {step.period}" for step in steps(target) if step.asked is not None]
    # « s. o. » already ends with its full stop.
    asks = f" Progression demandée{NBSP}: {', '.join(moves)}." if moves else ""
    return f"{start.rstrip('.')}. Cibles pour l’ensemble du Québec{NBSP}: {said}.{asks}"

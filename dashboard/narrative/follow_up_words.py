"""The follow-up in words: results with their unit, gaps, states. What is not entered is « non saisi », never zero."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from dashboard.indicators.follow_up import Changes, Progress
from dashboard.indicators.targets import Road, Standing
from dashboard.model.follow_up import FollowUpEntry
from dashboard.narrative.show import together
from dashboard.wording.numbers import NBSP, number, signed, typographic
from dashboard.wording.periods import moment, period

NOT_ENTERED = "non saisi"


def _places(value: Decimal) -> int:
    """Decimals that the value has, two at most."""
    return min(2, max(0, -int(value.normalize().as_tuple().exponent)))


# What ends a plural: « états de situation » is « état de situation », « rapports annuels » is « rapport annuel ».
_UNCHANGED = frozenset(("avis", "cours", "fois", "mois", "parcours", "permis", "processus", "repas"))
_LINK = re.compile(r" (?:d’|(?:de|des|du|en|à|au|aux|par|pour|avec|sur) )")


def unit_of(value: Decimal, unit: str) -> str:
    """The unit as it agrees: « 1 plan d’action », « 2 plans d’action », « 3 MRC »."""
    if abs(value) >= 2:
        return unit
    link = _LINK.search(unit)
    end = link.start() if link else len(unit)
    return " ".join(_singular(word) for word in unit[:end].split(" ")) + unit[end:]


def _singular(word: str) -> str:
    if word in _UNCHANGED:
        return word
    return f"{word[:-3]}al" if word.endswith("aux") else word.removesuffix("s")


def result(value: Decimal | None, unit: str) -> str:
    """« 20 % », « 12 ententes », « non saisi »."""
    return NOT_ENTERED if value is None else f"{number(value, _places(value))}{NBSP}{unit_of(value, unit)}"


def difference(value: Decimal | None, unit: str) -> str:
    """« −2,5 points », « +40 entreprises »; « – » where there is nothing to compare."""
    if value is None:
        return "–"
    if value == 0:
        return "aucun écart"
    return f"{signed(value, _places(value))}{NBSP}{unit_of(value, 'points' if unit == '%' else unit)}"


def state(entry: FollowUpEntry | None) -> str:
    return entry.state if entry is not None and entry.state is not None else NOT_ENTERED


def standing(item: Standing, unit: str, of: str = "") -> str:
    """What a year's result says: « non saisi », « −2,5 points, sous la cible », « cible de 34 % atteinte » (of: its
    value, after « de »)."""
    if item.result is None:
        return NOT_ENTERED
    if item.gap is None:
        return "sans objet"
    if item.gap < 0:
        return f"{difference(item.gap, unit)}, sous la cible{of}"
    reached = f"cible{of} atteinte"
    return f"{difference(item.gap, unit)}, {reached}" if item.gap else reached


def reading(standings: Sequence[Standing], unit: str) -> str:
    """One sentence for the results entered; the years without any are said too."""
    entered = [item for item in standings if item.result is not None]
    if not entered:
        return f"Résultat{'s' * (len(standings) > 1)}{NBSP}: {_not_entered(len(standings))}."
    said = [
        f"{result(item.result, unit)} en {item.period}"
        + (f" ({standing(item, unit, f' de {typographic(item.printed)}')})" if item.gap is not None else "")
        for item in entered
    ]
    missing = [item.period for item in standings if item.result is None]
    rest = f" {_not_entered(len(missing)).capitalize()}{NBSP}: {', '.join(missing)}." if missing else ""
    return f"Résultat{'s' * (len(said) > 1)}{NBSP}: {'; '.join(said)}.{rest}"


def _not_entered(count: int) -> str:
    return f"{NOT_ENTERED}{'s' * (count > 1)}"


def road(found: Road | None, unit: str) -> str:
    """What it takes to reach the last target from the last result."""
    if found is None:
        return ""
    goal = f"{result(found.goal, unit)} en {found.end}"
    if found.remaining <= 0:
        return f"Le résultat de {found.start} atteint déjà la dernière cible, {goal}."
    each = Decimal(str(round(found.per_year, 2)))
    pace = f", soit {difference(each, unit)} par année pendant {found.years} ans" if found.years > 1 else " en un an"
    return (
        f"Pour atteindre {goal} depuis {result(found.result, unit)} en {found.start}{NBSP}: "
        f"{difference(found.remaining, unit)}{pace}."
    )


def count(progress: Progress) -> str:
    """« 3 résultats saisis sur 77 », « aucun résultat saisi sur 77 »."""
    if progress.entered == 0:
        return f"aucun résultat saisi sur {number(progress.total)}"
    plural = "s" * (progress.entered > 1)
    return f"{number(progress.entered)} résultat{plural} saisi{plural} sur {number(progress.total)}"


LATE_RULE = (
    "En retard\u00a0: la dernière année de la période est terminée, et rien ne dit que c’est réalisé, reporté ou "
    "abandonné; pour une cible, aucun résultat non plus."
)


UNREAD = "Le suivi ne peut pas être lu en ce moment"


def message(found: Progress) -> str:
    """The whole follow-up in one sentence: « Aucun résultat saisi sur 157; 137 en retard. »"""
    late = f"; {number(found.late)} en retard" if found.late else ""
    done = f", {number(found.done)} réalisé{'s' * (found.done > 1)}" if found.done else ""
    return f"{count(found)[:1].upper()}{count(found)[1:]}{done}{late}."


def written(author: str, at: str) -> str:
    """« Inscrit par Marie Roy, 29 novembre 2026, 14 h 02 »; « Inscrit sans nom, … »."""
    return f"Inscrit {f'par {author}' if author else 'sans nom'}, {moment(at)}"


def short(entry: FollowUpEntry | None) -> str:
    """An entry on one line: what it says, in the order of its fields; « effacé » when it says nothing."""
    if entry is None or entry.blank:
        return "effacé"
    value = result(entry.value, entry.unit) if entry.value is not None else ""
    day = period(entry.day.isoformat()) if entry.day else ""
    return "; ".join(part for part in (value, entry.state or "", day, entry.person, entry.note) if part)


def taken(count: int, refused: int) -> str:
    """What a file that was loaded has become."""
    said = f"{number(count)} saisie{'s' * (count > 1)} du fichier inscrite{'s' * (count > 1)}" if count else (
        "Aucune saisie du fichier n’est inscrite"
    )  # fmt: skip
    if not refused:
        return f"{said}."
    s = "s" * (refused > 1)
    return (
        f"{said}; {number(refused)} changée{s} par quelqu’un d’autre pendant ce temps {'sont' if s else 'est'} dans "
        "l’historique, à choisir une à une."
    )


def change(found: Changes) -> list[str]:
    """What a file would do to the entries, one sentence for each kind of change."""
    kinds = ((found.added, "ajoutée"), (found.changed, "remplacée"), (found.removed, "retirée"))
    return [
        f"{number(len(keys))} saisie{'s' * (len(keys) > 1)} {word}{'s' * (len(keys) > 1)}{NBSP}: "
        f"{together([f'{key.id} ({key.period})' for key in keys], 12)}."
        for keys, word in kinds
        if keys
    ]

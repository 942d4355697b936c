"""Simulation 6: French known by how many, with the unknown as bounds; and a share who take part in francisation."""

from __future__ import annotations

import re
from fractions import Fraction

from dashboard.indicators import profile
from dashboard.model import Dataset
from dashboard.model.documents import Target, TargetValue
from dashboard.scenarios.parameters import French, plain
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, Simulated, half_up, typeset
from dashboard.scenarios.words import allowed, provisional, who
from dashboard.wording.numbers import number, percent

BY_FRENCH = "admissions_by_french"
# The target of annexe 1 on taking part in francisation.
TARGET = "2.1"


def target(ds: Dataset) -> Target | None:
    return next((t for t in ds.targets.targets if t.id == TARGET), None)


def target_values(ds: Dataset) -> list[TargetValue]:
    """Values of target 2.1 that are numbers, by year."""
    found = target(ds)
    return [] if found is None else [value for value in found.targets if value.value is not None]


def plan_value(ds: Dataset) -> TargetValue | None:
    """The target of the year that the plan is named after, or the last one."""
    values = target_values(ds)
    named = {y for document in ds.documents.values() for y in re.findall(r"\d{4}-\d{4}", document.short)}
    return next((v for v in values if v.period in named), values[-1] if values else None)


def french(ds: Dataset, parameters: French) -> Outcome:
    """Bounds of those who know French, of those who do not, and of those who would take part."""
    code = allowed(ds, parameters.territoire, ("region", "direction", "province"))
    seen = {
        c: profile.count(ds, code, BY_FRENCH, c) for c in ("french_known", "french_not_known", "not_available", "total")
    }
    missing = [q for q in seen.values() if q.value is None]
    if missing:
        raise ImpossibleError("territoire", f"la connaissance du français n’est pas donnée pour {who(ds, code)}.")
    known, not_known, unknown, total = (int(q.value or 0) for q in seen.values())
    rate = Fraction(parameters.taux) / 100
    low, high = half_up(rate * not_known), half_up(rate * (not_known + unknown))
    shown = plain(parameters.taux).replace(".", ",")
    lines = (
        Line("french_known", "Connaissant le français", seen["french_known"], Simulated(None, known, known + unknown)),
        Line(
            "french_not_known",
            "Ne connaissant pas le français",
            seen["french_not_known"],
            Simulated(None, not_known, not_known + unknown),
        ),
        Line(
            "participants",
            "Participation à la francisation",
            None,
            Simulated(low if low == high else None, low, high),
        ),
    )
    year = seen["total"].period
    inputs = tuple(dict.fromkeys(i for q in seen.values() for i in q.inputs))
    name, bounds = who(ds, code), lines[-1].simulated
    assert bounds is not None
    said = bounds.bounds_text()
    return Outcome(
        kind=parameters.kind,
        status="scénario",
        text=typeset(
            f"Scénario : francisation de {shown} %, {name}",
            f"{name} : {shown} % des personnes admises en {year} qui ne connaissent pas le français, ce serait "
            f"{said} personnes.",
            formula=(
                (
                    f"Au moins : {shown} % × {number(not_known)} (ont déclaré ne pas connaître le français) = "
                    f"{number(low)}"
                ),
                (
                    f"Au plus : {shown} % × ({number(not_known)} + {number(unknown)} dont la connaissance n’est pas "
                    "disponible) = "
                    f"{number(high)}"
                ),
                (
                    f"Connaissent le français : de {number(known)} à {number(known)} + {number(unknown)} = "
                    f"{number(known + unknown)}, sur {number(total)}, soit de {_share(known, total)} à "
                    f"{_share(known + unknown, total)}"
                ),
            ),
            assumptions=(
                (
                    "Parmi les personnes dont la connaissance du français n’est pas disponible, de aucune à toutes "
                    "le "
                    "connaîtraient : rien n’est supposé entre les deux."
                ),
                f"Le taux porte sur les seules personnes admises en {year}.",
                *provisional(inputs),
            ),
            limits=(
                (
                    "Cohortes : la cible 2.1 compte les personnes qui participent dans les trois années suivant leur "
                    "admission. En "
                    "une année donnée, les participantes et participants viennent donc de plusieurs cohortes, et "
                    "celle-ci se "
                    "répartit sur plusieurs années."
                ),
                (
                    "La cible est fixée pour l’ensemble du Québec : le plan n’en donne aucune par région, et aucun "
                    "résultat."
                ),
                "La source ne dit ni l’âge, ni le niveau de français visé, ni combien de places de cours existent.",
            ),
        ),
        headline=said if low != high else number(low),
        headline_label=f"Participantes et participants à {shown} %, {name}",
        headline_note=f"personnes admises en {year}",
        unit="personnes",
        observed_label=f"Déclaré, {year}",
        lines=lines,
        inputs=inputs,
    )


def _share(part: int, whole: int) -> str:
    return percent(part / whole * 100) if whole else "–"

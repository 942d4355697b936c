"""Simulation 6: French known by how many, with the unknown as bounds; and a share who take part in francisation."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from dashboard.indicators import profile
from dashboard.model import Dataset
from dashboard.model.documents import TargetValue
from dashboard.scenarios.controls import Number, Scale, Shortcuts, territory
from dashboard.scenarios.fields import Code, Rate
from dashboard.scenarios.formula import Cell, Input, percent_of, rounded, when_equal
from dashboard.scenarios.result import ImpossibleError, Outcome, line
from dashboard.scenarios.simulation import Parameters, Simulation
from dashboard.scenarios.words import allowed, basis, who
from dashboard.wording.numbers import NBSP, number, percent, plain, typographic

BY_FRENCH = "admissions_by_french"
LEVELS = ("direction", "region", "province")
# The target of annexe 1 on taking part in francisation.
TARGET = "2.1"


def target_values(ds: Dataset) -> list[TargetValue]:
    """Values of target 2.1 that are numbers, by year."""
    return [v for target in ds.targets.targets if target.id == TARGET for v in target.targets if v.value is not None]


def plan_value(ds: Dataset) -> TargetValue | None:
    """The target of the year that the plan is named after, or the last one."""
    values = target_values(ds)
    named = {y for document in ds.documents.values() for y in re.findall(r"\d{4}-\d{4}", document.short)}
    return next((v for v in values if v.period in named), values[-1] if values else None)


def _shortcuts(ds: Dataset) -> dict[str, float]:
    return {f"{v.period}{NBSP}: {typographic(v.printed)}": float(v.value or 0) for v in target_values(ds)}


class French(Parameters):
    """The territory, and the rate of participation in percent."""

    territoire: Annotated[Code, territory(*LEVELS)]
    taux: Annotated[
        Rate,
        Number(
            "Taux de participation à la francisation, en %", "le taux", "taux (%)",
            slider="Curseur : taux de participation",
            scale=lambda ds, values: Scale(Decimal(100), unit=f"{NBSP}%"),
            shortcuts=Shortcuts("cible", "Cible 2.1 du plan, pour l’ensemble du Québec", _shortcuts),
        ),
    ]  # fmt: skip


def french(ds: Dataset, parameters: French) -> Outcome:
    """Bounds of those who know French, of those who do not, and of those who would take part."""
    code = allowed(ds, parameters.territoire, LEVELS)
    categories = ("french_known", "french_not_known", "not_available", "total")
    seen = {category: profile.count(ds, code, BY_FRENCH, category) for category in categories}
    if any(q.value is None for q in seen.values()):
        raise ImpossibleError("territoire", f"la connaissance du français n’est pas donnée pour {who(ds, code)}.")
    rate = Input("taux", "Taux de participation, à essayer", parameters.taux, "%")
    known = Input("connaissent", "Connaissant le français", seen["french_known"].value)
    not_known = Input("ne_connaissent_pas", "Ne connaissant pas le français", seen["french_not_known"].value)
    unknown = Input("non_disponible", "Connaissance du français non disponible", seen["not_available"].value)
    low, high = percent_of(rate, not_known), percent_of(rate, not_known + unknown)
    least, most = rounded(low), rounded(high)
    taking_part = line(
        "participants",
        "Participation à la francisation",
        value=when_equal(Cell("low", "participants", least), Cell("high", "participants", most)),
        low=least,
        high=most,
    )
    lines = (
        line("french_known", known.label, seen["french_known"], low=known, high=known + unknown),
        line("french_not_known", not_known.label, seen["french_not_known"], low=not_known, high=not_known + unknown),
        taking_part,
    )
    year, total = seen["total"].period, seen["total"].value
    inputs, name, shown = basis(*seen.values()), who(ds, code), rate.words()
    assert taking_part.simulated is not None
    said = taking_part.simulated.bounds_text()
    more_known = (known + unknown).about
    return Outcome(
        f"Scénario : francisation de {shown}, {name}",
        f"{name} : {shown} des personnes admises en {year} qui ne connaissent pas le français, ce serait {said} "
        "personnes.",
        formula=(
            (
                f"Au moins : {low.words(ne_connaissent_pas='(ont déclaré ne pas connaître le français)')} = "
                f"{number(least.whole)}"
            ),
            (
                f"Au plus : {high.words(non_disponible='dont la connaissance n’est pas disponible')} = "
                f"{number(most.whole)}"
            ),
            (
                f"Connaissent le français : de {known.words()} à {(known + unknown).words()} = "
                f"{number(more_known)}, sur {number(total)}, soit de {_share(known.about, total)} à "
                f"{_share(more_known, total)}"
            ),
        ),
        assumptions=(
            (
                "Parmi les personnes dont la connaissance du français n’est pas disponible, de aucune à toutes le "
                "connaîtraient : rien n’est supposé entre les deux."
            ),
            f"Le taux porte sur les seules personnes admises en {year}.",
        ),
        limits=(
            (
                "Cohortes : la cible 2.1 compte les personnes qui participent dans les trois années suivant leur "
                "admission. En une année donnée, les participantes et participants viennent donc de plusieurs "
                "cohortes, et celle-ci se répartit sur plusieurs années."
            ),
            ("La cible est fixée pour l’ensemble du Québec : le plan n’en donne aucune par région, et aucun résultat."),
            "La source ne dit ni l’âge, ni le niveau de français visé, ni combien de places de cours existent.",
        ),
        headline=said if least.value != most.value else number(least.whole),
        headline_label=f"Participantes et participants à {shown}, {name}",
        headline_note=f"personnes admises en {year}",
        observed_label=f"Déclaré, {year}",
        lines=lines,
        inputs=inputs,
        cells=(rate, known, not_known, unknown),
    )


def _share(part: float, whole: float | None) -> str:
    return percent(part / whole * 100) if whole else "–"


def _usual(ds: Dataset) -> dict[str, str]:
    target = plan_value(ds)
    rate = plain(target.value).removesuffix(".0") if target else "50"
    return {"territoire": ds.region_codes()[0], "taux": rate}


SIMULATION = Simulation(
    "francais",
    "Français et francisation",
    "Combien de personnes en francisation, à tel taux de participation?",
    French,
    french,
    _usual,
)

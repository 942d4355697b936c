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
from dashboard.scenarios.texts import outcome
from dashboard.scenarios.words import allowed, basis, who
from dashboard.wording.numbers import NBSP, percent, plain, typographic

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
            scale=lambda ds, values: Scale(Decimal(100), unit=f"{NBSP}%"),
            shortcuts=Shortcuts("cible", "Cible 2.1 du plan, pour l’ensemble du Québec", _shortcuts),
        ),
    ]


def french(ds: Dataset, parameters: French) -> Outcome:
    """Bounds of those who know French, of those who do not, and of those who would take part."""
    code = allowed(ds, parameters.territoire, LEVELS)
    categories = ("french_known", "french_not_known", "not_available", "total")
    seen = {category: profile.count(ds, code, BY_FRENCH, category) for category in categories}
    if any(q.value is None for q in seen.values()):
        raise ImpossibleError(
            "territoire", f"la connaissance du français n’est pas donnée {ds.territories[code].name_in}."
        )
    rate = Input("taux", "Taux de participation, à essayer", parameters.taux, "%")
    known = Input("connaissent", "Connaissant le français", seen["french_known"].value)
    not_known = Input("ne_connaissent_pas", "Ne connaissant pas le français", seen["french_not_known"].value)
    unknown = Input("non_disponible", "Connaissance du français non disponible", seen["not_available"].value)
    low, high = percent_of(rate, not_known), percent_of(rate, not_known + unknown)
    least, most, most_known = rounded(low), rounded(high), known + unknown
    common = when_equal(Cell("low", "participants", least), Cell("high", "participants", most))
    taking_part = line("participants", "Participation à la francisation", value=common, low=least, high=most)
    assert taking_part.simulated is not None
    year, total = seen["total"].period, seen["total"].value
    values = {
        "name": who(ds, code), "year": year, "rate": rate, "bounds": taking_part.simulated.bounds_text(),
        "exact": least.value == most.value, "least": least.whole, "most": most.whole, "known": known,
        "low_worked": low.words(ne_connaissent_pas="(ont déclaré ne pas connaître le français)"),
        "high_worked": high.words(non_disponible="dont la connaissance n’est pas disponible"),
        "known_worked": most_known, "most_known": most_known.whole, "total": total,
        "known_share": _share(known.about, total), "most_known_share": _share(most_known.about, total),
    }  # fmt: skip
    return outcome(
        "francais",
        values,
        lines=(
            line("french_known", known.label, seen["french_known"], low=known, high=most_known),
            line(
                "french_not_known", not_known.label, seen["french_not_known"], low=not_known, high=not_known + unknown
            ),
            taking_part,
        ),
        inputs=basis(*seen.values()),
        cells=(rate, known, not_known, unknown),
    )


def _share(part: float, whole: float | None) -> str:
    return percent(part / whole * 100) if whole else "–"


def _usual(ds: Dataset) -> dict[str, str]:
    target = plan_value(ds)
    rate = plain(target.value).removesuffix(".0") if target else "50"
    return {"territoire": ds.region_codes()[0], "taux": rate}


SIMULATION = Simulation("francais", French, french, _usual)

"""Simulation 3: back to the best year. The gap to the last year, and the yearly growth that would close it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.scenarios.controls import Number, Scale, territory
from dashboard.scenarios.fields import Code, Horizon
from dashboard.scenarios.formula import Constant, Input, Operation
from dashboard.scenarios.result import ImpossibleError, Outcome, line
from dashboard.scenarios.simulation import Parameters, Simulation
from dashboard.scenarios.texts import outcome
from dashboard.scenarios.words import allowed, basis, who
from dashboard.wording.numbers import number, percent

LEVELS = ("direction", "region", "province")
# Constant yearly growth (0.1 for 10 %) from the last year to the best one in so many years.
GROWTH = Operation(
    lambda best, last, years: float(best / last) ** (1 / float(years)) - 1,
    "({0} ÷ {1}) à la puissance 1 ÷ {2}, moins 1",
    "({0}/{1})^(1/{2})-1",
)
# The same growth applied for n of these years; nothing beyond them.
AFTER = Operation(
    lambda best, last, years, n: round(last * float(best / last) ** float(n / years)),
    "{1} × ({0} ÷ {1}) à la puissance {3} ÷ {2}",
    'IF({3}>{2},"",IF({3}={2},{0},ROUND({1}*({0}/{1})^({3}/{2}),0)))',
)


class BestYear(Parameters):
    """The territory, and in how many years it would be back."""

    territoire: Annotated[Code, territory(*LEVELS)]
    ans: Annotated[Horizon, Number(scale=lambda ds, values: Scale(Decimal(20), rest=Decimal(1), start=Decimal(1)))]


def best_year(ds: Dataset, parameters: BestYear) -> Outcome:
    """Observed years, then the path at a constant growth. The earliest best year counts when several are equal."""
    code, ans = allowed(ds, parameters.territoire, LEVELS), parameters.ans
    seen = {year: adm.admissions(ds, code, year) for year in adm.years(ds)}
    counts = {year: int(q.value) for year, q in seen.items() if q.value is not None}
    if not counts:
        raise ImpossibleError("territoire", f"la source ne donne aucune année {ds.territories[code].name_in}.")
    top, last = max(counts, key=lambda year: (counts[year], -int(year))), max(counts)
    wanted = Input("annees_voulues", "Nombre d’années pour revenir au sommet", ans, "ans")
    best = Input("sommet", f"Meilleure année ({top})", counts[top])
    now = Input("derniere_annee", f"Dernière année ({last})", counts[last])
    gap = counts[top] - counts[last]
    growth = GROWTH(best, now, wanted) if counts[last] else None
    path = range(1, ans + 1) if gap and growth is not None else ()
    values = {
        "name": who(ds, code), "ans": ans, "years": _years(ans), "top": top, "last": last, "best": best, "now": now,
        "gap": gap, "difference": (best - now).words(sommet=f"({top})", derniere_annee=f"({last})"), "path": path,
        "growth": growth, "needed": "sans objet" if growth is None else percent(growth.about * 100),
        "yearly": Constant(gap) / wanted, "more": number(gap / ans, 1),
    }  # fmt: skip
    return outcome(
        "meilleure-annee",
        values,
        lines=(
            *(line(year, year, seen[year]) for year in seen),
            *(line(f"+{n}", f"{last} + {_years(n)}", value=AFTER(best, now, wanted, n)) for n in path),
        ),
        inputs=basis(*seen.values()),
        drawn="path",
        cells=(wanted, best, now),
    )


def _years(count: int) -> str:
    return f"{count} an{'s' * (count > 1)}"


SIMULATION = Simulation(
    "meilleure-annee", BestYear, best_year, lambda ds: {"territoire": ds.region_codes()[0], "ans": "3"}
)

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
from dashboard.scenarios.words import ADMITTED_NOT_PRESENT, allowed, basis, who
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
    ans: Annotated[
        Horizon,
        Number(
            "Nombre d’années pour y revenir", "le nombre d’années", "nombre d’années",
            slider="Curseur : nombre d’années",
            scale=lambda ds, values: Scale(Decimal(20), rest=Decimal(1), start=Decimal(1)),
        ),
    ]  # fmt: skip


def best_year(ds: Dataset, parameters: BestYear) -> Outcome:
    """Observed years, then the path at a constant growth. The earliest best year counts when several are equal."""
    code, ans = allowed(ds, parameters.territoire, LEVELS), parameters.ans
    seen = {year: adm.admissions(ds, code, year) for year in adm.years(ds)}
    counts = {year: int(q.value) for year, q in seen.items() if q.value is not None}
    if not counts:
        raise ImpossibleError("territoire", f"la source ne donne aucune année pour {who(ds, code)}.")
    top, last = max(counts, key=lambda year: (counts[year], -int(year))), max(counts)
    wanted = Input("annees_voulues", "Nombre d’années pour revenir au sommet", ans, "ans")
    best = Input("sommet", f"Meilleure année ({top})", counts[top])
    now = Input("derniere_annee", f"Dernière année ({last})", counts[last])
    gap = counts[top] - counts[last]
    growth = GROWTH(best, now, wanted) if counts[last] else None
    path = range(1, ans + 1) if gap and growth is not None else ()
    rows = basis(*seen.values())
    years, name = f"{ans} an{'s' * (ans > 1)}", who(ds, code)
    needed = "sans objet" if growth is None else percent(growth.about * 100)
    difference = (best - now).words(sommet=f"({top})", derniere_annee=f"({last})")
    yearly = Constant(gap) / wanted
    return Outcome(
        f"Scénario : retour à la meilleure année en {years}, {name}",
        f"{name} : pour revenir en {years} au sommet de {top} ({best.words()}), il faudrait {number(gap)} "
        f"admissions de plus qu’en {last} ({now.words()}), soit {needed} de plus chaque année."
        if gap
        else f"{name} : {last} est déjà la meilleure année ({now.words()}).",
        formula=(
            f"Écart : {difference} = {number(gap)}",
            f"Croissance annuelle : {growth.words()} = {needed}"
            if growth is not None
            else f"Croissance annuelle : sans objet, l’année {last} étant à zéro",
            f"En nombres égaux : {yearly.words()} = {number(gap / ans, 1)} de plus par année",
        ),
        assumptions=("La croissance est la même chaque année.",),
        limits=(
            f"Ce n’est pas une prévision : rien dans la source ne porte sur les années après {last}.",
            "La meilleure année est celle de la période observée, non un maximum historique.",
            ADMITTED_NOT_PRESENT,
        ),
        headline=f"{needed} par année" if path else number(gap),
        headline_label=f"Retour au sommet de {top} en {years}, {name}",
        headline_note=f"{number(gap)} de plus qu’en {last} ({now.words()})" if gap else "déjà au sommet",
        observed_label="Observé",
        lines=(
            *(line(year, year, seen[year]) for year in seen),
            *(line(f"+{n}", f"{last} + {n} an{'s' * (n > 1)}", value=AFTER(best, now, wanted, n)) for n in path),
        ),
        inputs=rows,
        drawn="path",
        cells=(wanted, best, now),
        sheet_note=f"La feuille montre {ans} ans au plus; pour un plus long chemin, le demander au simulateur.",
    )


SIMULATION = Simulation(
    "meilleure-annee",
    "Retour au sommet",
    "Que faudrait-il pour revenir à la meilleure année?",
    BestYear,
    best_year,
    lambda ds: {"territoire": ds.region_codes()[0], "ans": "3"},
)

"""Simulation 3: back to the best year. The gap to the last year, and the yearly growth that would close it."""

from __future__ import annotations

from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.scenarios.parameters import BestYear
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, Simulated, typeset
from dashboard.scenarios.words import ADMITTED_NOT_PRESENT, allowed, provisional, who
from dashboard.wording.numbers import number, percent


def growth(last: int, best: int, years: int) -> float | None:
    """Constant yearly growth (0.1 for 10 %) from `last` to `best` in so many years; None from zero."""
    return None if last == 0 else (best / last) ** (1 / years) - 1


def best_year(ds: Dataset, parameters: BestYear) -> Outcome:
    """Observed years, then the path at a constant growth. The earliest best year counts when several are equal."""
    code = allowed(ds, parameters.territoire, ("region", "direction", "province"))
    seen = {year: adm.admissions(ds, code, year) for year in adm.years(ds)}
    counts = {year: int(q.value) for year, q in seen.items() if q.value is not None}
    if not counts:
        raise ImpossibleError("territoire", f"la source ne donne aucune année pour {who(ds, code)}.")
    top, last = max(counts, key=lambda year: (counts[year], -int(year))), max(counts)
    gap, rate = counts[top] - counts[last], growth(counts[last], counts[top], parameters.ans)
    lines = [Line(year, year, observed=seen[year]) for year in seen]
    if gap and rate is not None:
        lines += [
            Line(
                f"+{n}",
                f"{last} + {n} an{'s' * (n > 1)}",
                simulated=Simulated(_step(counts, top, last, rate, n, parameters)),
            )
            for n in range(1, parameters.ans + 1)
        ]
    rows = tuple(i for q in seen.values() for i in q.inputs)
    years = f"{parameters.ans} an{'s' * (parameters.ans > 1)}"
    name = who(ds, code)
    needed = percent(rate * 100) if rate is not None else "sans objet"
    message = (
        f"{name} : {last} est déjà la meilleure année ({number(counts[last])})."
        if not gap
        else f"{name} : pour revenir en {years} au sommet de {top} ({number(counts[top])}), il faudrait {number(gap)} "
        f"admissions de plus qu’en {last} ({number(counts[last])}), soit {needed} de plus chaque année."
    )
    return Outcome(
        kind=parameters.kind,
        status="scénario",
        text=typeset(
            f"Scénario : retour à la meilleure année en {years}, {name}",
            message,
            formula=(
                f"Écart : {number(counts[top])} ({top}) − {number(counts[last])} ({last}) = {number(gap)}",
                f"Croissance annuelle : ({number(counts[top])} ÷ {number(counts[last])}) à la puissance 1 ÷ "
                f"{parameters.ans}, "
                f"moins 1 = {needed}"
                if rate is not None
                else f"Croissance annuelle : sans objet, l’année {last} étant à zéro",
                (
                    f"En nombres égaux : {number(gap)} ÷ {parameters.ans} = {number(gap / parameters.ans, 1)} de "
                    "plus "
                    "par année"
                ),
            ),
            assumptions=("La croissance est la même chaque année.", *provisional(rows)),
            limits=(
                f"Ce n’est pas une prévision : rien dans la source ne porte sur les années après {last}.",
                "La meilleure année est celle de la période observée, non un maximum historique.",
                ADMITTED_NOT_PRESENT,
            ),
        ),
        headline=f"{needed} par année" if gap and rate is not None else number(gap),
        headline_label=f"Retour au sommet de {top} en {years}, {name}",
        headline_note=f"{number(gap)} de plus qu’en {last} ({number(counts[last])})" if gap else "déjà au sommet",
        unit="personnes",
        observed_label="Observé",
        lines=tuple(lines),
        inputs=rows,
    )


def _step(counts: dict[str, int], top: str, last: str, rate: float, n: int, parameters: BestYear) -> int:
    # The last step is the best year itself, not what rounding would leave of it.
    return counts[top] if n == parameters.ans else round(counts[last] * (1 + rate) ** n)

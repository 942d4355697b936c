"""Simulation 5: a share of those who hold a temporary permit settles. The rates are typed; none is suggested."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Annotated

from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.model import Dataset
from dashboard.scenarios.controls import Number, territory
from dashboard.scenarios.fields import Code, OptionalRate
from dashboard.scenarios.formula import Cell, Constant, Input, highest, percent_of, rounded, when_given
from dashboard.scenarios.result import ImpossibleError, Outcome, line
from dashboard.scenarios.simulation import Parameters, Simulation
from dashboard.scenarios.words import allowed, basis, who
from dashboard.wording.numbers import NBSP, number
from dashboard.wording.periods import period as period_words

PERMITS = "temporary_permits"
LEVELS = ("direction", "region")
# Field of the parameters -> category of the data.
PROGRAMMES = {"etudes": "students", "ptet": "ptet", "pmi": "pmi"}


def _rate(permits: str, named: str, short: str, before: str = "") -> Number:
    label = f"{permits}{NBSP}: part qui s’établirait, en %"
    return Number(label, named, short, "à saisir", before=before)


class Settle(Parameters):
    """Rates in percent; None where the person has typed nothing: no rate is suggested."""

    territoire: Annotated[Code, territory(*LEVELS)]
    etudes: Annotated[
        OptionalRate,
        _rate(
            "Permis d’études", "le taux des études", "études (%)",
            "Saisissez vos propres taux : la source n’en donne aucun, et rien n’est proposé.",
        ),
    ] = None  # fmt: skip
    ptet: Annotated[OptionalRate, _rate("Permis du PTET", "le taux du PTET", "PTET (%)")] = None
    pmi: Annotated[OptionalRate, _rate("Permis du PMI", "le taux du PMI", "PMI (%)")] = None


def settle(ds: Dataset, parameters: Settle) -> Outcome:
    """Persons by programme, between what the rounding of the permits allows, against the admissions of the year."""
    code = allowed(ds, parameters.territoire, LEVELS)
    typed = {category: getattr(parameters, field) for field, category in PROGRAMMES.items()}
    if all(rate is None for rate in typed.values()):
        # Not a fault: nothing is suggested, so the form begins empty.
        message = "Saisir au moins un taux. Aucun n’est proposé : la source n’en donne pas."
        raise ImpossibleError("", message)
    date = profile.permits_date(ds)
    labels = {c.id: c.named for c in ds.indicators[PERMITS].categories}
    step = ds.indicators[PERMITS].rounded_to or 1
    whole = ds.territories[code].level == "direction"
    # How far a count rounded to the nearest multiple may be from the true one; summed over the regions.
    margin = (len(ds.members(code, date)) if whole else 1) * ((step - 1) // 2)
    slack = Input("ecart_arrondi", "Écart possible de chaque nombre de permis, dû à l’arrondi", margin, "permis")
    seen = {category: profile.count(ds, code, PERMITS, category, date) for category in PROGRAMMES.values()}
    rates, sums, lines, formula = [], [], [], []
    for field, category in PROGRAMMES.items():
        count = seen[category].value
        if count is None:
            lines.append(line(category, labels[category], seen[category]))
            continue
        rate = Input(f"taux_{field}", f"Taux, {labels[category].lower()}", typed[category], "%")
        permits = Cell("observed", category, Constant(int(count)))
        parts = [percent_of(rate, persons) for persons in (permits, highest(0, permits - slack), permits + slack)]
        value, low, high = (when_given(rate, rounded(part)) for part in parts)
        rates.append(rate)
        sums.append(parts)
        lines.append(line(category, labels[category], seen[category], value=value, low=low, high=high))
        if value.value is not None:
            formula.append(f"{labels[category]} : {percent_of(permits, rate).words()} = {number(value.whole)}")
    exact, *limits = (reduce(add, terms) for terms in zip(*sums, strict=True))
    low, high = map(rounded, limits)
    held = profile.permits_total(ds, code, date)
    total = line("total", "Ensemble des taux saisis", held, value=rounded(exact), low=low, high=high, total=True)
    assert total.simulated is not None
    bounds, settled = total.simulated.bounds_text(), number(total.simulated.value)
    year, name = date[:4], who(ds, code)
    admitted = adm.admissions(ds, code, year)
    inputs = basis(*seen.values(), admitted)
    left_out = [labels[category] for category, rate in typed.items() if rate is None]
    ratio = (
        f", soit {number(exact.about / float(admitted.value), 1)} fois les admissions de {year}"
        if admitted.value
        else ""
    )
    return Outcome(
        f"Scénario : titulaires de permis qui s’établiraient, {name}",
        f"{name} : aux taux saisis, {settled} titulaires de permis s’établiraient{ratio} ({number(admitted.value)}).",
        formula=(*formula, f"Ensemble : {settled} ({bounds} selon l’arrondi des permis)"),
        assumptions=(
            "Les taux sont les vôtres : la source n’en donne aucun et rien n’est proposé.",
            (
                f"Les permis valides au {period_words(date)} sont arrondis à {step} près : chaque nombre peut "
                f"s’écarter de {number(margin)} au plus si l’arrondi est au multiple le plus proche."
            ),
        ),
        limits=(
            (
                "Chevauchement : une même personne peut détenir deux permis et compter deux fois; une personne "
                f"admise en {year} peut être aussi parmi les titulaires."
            ),
            (
                "Un stock de permis un jour donné n’est pas un flux : le rapport aux admissions d’une année ne dit "
                "pas en combien de temps l’établissement se ferait."
            ),
            "La source ne donne ni taux d’établissement, ni taux de rétention.",
        ),
        notices=(f"Non compris, faute de taux : {', '.join(left_out)}.",) if left_out else (),
        headline=settled,
        headline_label=f"Titulaires qui s’établiraient, {name}",
        headline_note=f"{bounds} selon l’arrondi; {number(admitted.value)} admissions en {year}",
        observed_label=f"Permis observés, {period_words(date)}",
        lines=(*lines, total),
        inputs=inputs,
        cells=(*rates, slack),
    )


SIMULATION = Simulation(
    "permis",
    "Permis et établissement",
    "Et si une part des titulaires de permis temporaires s’établissait?",
    Settle,
    settle,
    lambda ds: {"territoire": ds.region_codes()[0]},
)

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
from dashboard.scenarios.texts import outcome
from dashboard.scenarios.words import allowed, basis, who
from dashboard.wording.numbers import number
from dashboard.wording.periods import period as period_words

PERMITS = "temporary_permits"
LEVELS = ("direction", "region")
# Field of the parameters -> category of the data.
PROGRAMMES = {"etudes": "students", "ptet": "ptet", "pmi": "pmi"}


class Settle(Parameters):
    """Rates in percent; None where the person has typed nothing: no rate is suggested."""

    territoire: Annotated[Code, territory(*LEVELS)]
    etudes: Annotated[OptionalRate, Number()] = None
    ptet: Annotated[OptionalRate, Number()] = None
    pmi: Annotated[OptionalRate, Number()] = None


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
    rates, sums, lines, programmes = [], [], [], []
    for field, category in PROGRAMMES.items():
        count = seen[category].value
        if count is None:
            lines.append(line(category, labels[category], seen[category]))
            continue
        rate = Input(f"taux_{field}", f"Taux, {labels[category].lower()}", typed[category], "%")
        permits = Cell("observed", category, Constant(int(count)))
        parts = [percent_of(rate, held) for held in (permits, highest(0, permits - slack), permits + slack)]
        value, low, high = (when_given(rate, rounded(part)) for part in parts)
        rates.append(rate)
        sums.append(parts)
        lines.append(line(category, labels[category], seen[category], value=value, low=low, high=high))
        if value.value is not None:
            programmes.append(f"{labels[category]} : {percent_of(permits, rate).words()} = {number(value.whole)}")
    exact, *limits = (reduce(add, terms) for terms in zip(*sums, strict=True))
    low, high = map(rounded, limits)
    held = profile.permits_total(ds, code, date)
    total = line("total", "Ensemble des taux saisis", held, value=rounded(exact), low=low, high=high, total=True)
    assert total.simulated is not None
    year = date[:4]
    admitted = adm.admissions(ds, code, year)
    values = {
        "name": who(ds, code), "year": year, "date": period_words(date), "step": str(step), "margin": margin,
        "settled": total.simulated.value, "bounds": total.simulated.bounds_text(), "admitted": admitted.value,
        "times": number(exact.about / float(admitted.value), 1) if admitted.value and exact.about else "",
        "programmes": "\n".join(programmes),
        "left_out": ", ".join(labels[category] for category, rate in typed.items() if rate is None),
    }  # fmt: skip
    return outcome(
        "permis",
        values,
        lines=(*lines, total),
        inputs=basis(*seen.values(), admitted),
        cells=(*rates, slack),
    )


SIMULATION = Simulation("permis", Settle, settle, lambda ds: {"territoire": ds.region_codes()[0]})

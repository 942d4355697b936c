"""Simulation 5: a share of those who hold a temporary permit settles. The rates are typed; none is suggested."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.scenarios.parameters import Settle, plain
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, Simulated, half_up, typeset
from dashboard.scenarios.words import allowed, provisional, who
from dashboard.wording.numbers import number
from dashboard.wording.periods import period as period_words

PERMITS = "temporary_permits"
# Field of the parameters -> category of the data.
PROGRAMMES = {"etudes": "students", "ptet": "ptet", "pmi": "pmi"}


def settle(ds: Dataset, parameters: Settle) -> Outcome:
    """Persons by programme, between what the rounding of the permits allows, against the admissions of the year."""
    code = allowed(ds, parameters.territoire, ("region", "direction"))
    rates = {field: getattr(parameters, field) for field in PROGRAMMES}
    typed: dict[str, Decimal] = {field: rate for field, rate in rates.items() if rate is not None}
    if not typed:
        # Not a fault: nothing is suggested, so the form begins empty.
        message = "Saisir au moins un taux. Aucun n’est proposé : la source n’en donne pas."
        raise ImpossibleError("", message)
    date = profile.permits_date(ds)
    labels = {c.id: c.short or c.label for c in ds.indicators[PERMITS].categories}
    slack = slack_of(ds, code)
    lines, formula, rows = [], [], list[Quantity]()
    low = high = value = Fraction(0)
    for field, category in PROGRAMMES.items():
        seen = profile.count(ds, code, PERMITS, category, date)
        rows.append(seen)
        simulated = None
        if field in typed and seen.value is not None:
            count, rate = int(seen.value), Fraction(typed[field]) / 100
            least, most = rate * max(0, count - slack), rate * (count + slack)
            low, high, value = low + least, high + most, value + rate * count
            simulated = Simulated(half_up(rate * count), half_up(least), half_up(most))
            shown = plain(typed[field]).replace(".", ",")
            formula.append(f"{labels[category]} : {number(count)} × {shown} % = {number(half_up(rate * count))}")
        lines.append(Line(category, labels[category], seen, simulated))
    total = Simulated(half_up(value), half_up(low), half_up(high))
    lines.append(Line("total", "Ensemble des taux saisis", profile.permits_total(ds, code, date), total, total=True))
    year = date[:4]
    admitted = adm.admissions(ds, code, year)
    rows.append(admitted)
    inputs = tuple(dict.fromkeys(i for q in rows for i in q.inputs))
    name = who(ds, code)
    left_out = [labels[category] for field, category in PROGRAMMES.items() if field not in typed]
    ratio = (
        f", soit {number(float(value / int(admitted.value)), 1)} fois les admissions de {year}"
        if admitted.value
        else ""
    )
    return Outcome(
        kind=parameters.kind,
        status="scénario",
        text=typeset(
            f"Scénario : titulaires de permis qui s’établiraient, {name}",
            f"{name} : aux taux saisis, {number(total.value)} titulaires de permis s’établiraient{ratio} "
            f"({number(admitted.value)}).",
            formula=(*formula, f"Ensemble : {number(total.value)} ({total.bounds_text()} selon l’arrondi des permis)"),
            assumptions=(
                "Les taux sont les vôtres : la source n’en donne aucun et rien n’est proposé.",
                (
                    f"Les permis valides au {period_words(date)} sont arrondis à {_step(ds)} près : chaque nombre "
                    "peut "
                    "s’écarter de "
                    f"{number(slack)} au plus si l’arrondi est au multiple le plus proche."
                ),
                *provisional(inputs),
            ),
            limits=(
                (
                    "Chevauchement : une même personne peut détenir deux permis et compter deux fois; une personne "
                    "admise "
                    f"en {year} peut être aussi parmi les titulaires."
                ),
                (
                    "Un stock de permis un jour donné n’est pas un flux : le rapport aux admissions d’une année ne "
                    "dit "
                    "pas en "
                    "combien de temps l’établissement se ferait."
                ),
                "La source ne donne ni taux d’établissement, ni taux de rétention.",
            ),
            notices=(f"Non compris, faute de taux : {', '.join(left_out)}.",) if left_out else (),
        ),
        headline=number(total.value),
        headline_label=f"Titulaires qui s’établiraient, {name}",
        headline_note=f"{total.bounds_text()} selon l’arrondi; {number(admitted.value)} admissions en {year}",
        unit="personnes",
        observed_label=f"Permis observés, {period_words(date)}",
        lines=tuple(lines),
        inputs=inputs,
    )


def _step(ds: Dataset) -> int:
    return ds.indicators[PERMITS].rounded_to or 1


def slack_of(ds: Dataset, code: str) -> int:
    """How far a count rounded to the nearest multiple may be from the true one; summed over the regions."""
    whole = ds.territories[code].level == "direction"
    regions = len(ds.members(code, profile.permits_date(ds))) if whole else 1
    return regions * ((_step(ds) - 1) // 2)

"""Simulations 5, 6 and 7: permit holders who settle, those who take part in francisation, another mix of categories."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import reduce
from operator import add
from typing import Annotated

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions, profile
from dashboard.model import Dataset
from dashboard.model.documents import TargetValue
from dashboard.scenarios import simulation as sim
from dashboard.scenarios.fields import Code, OptionalRate, Rate
from dashboard.scenarios.formula import (
    Cell,
    Constant,
    Input,
    Sharing,
    highest,
    percent_of,
    rounded,
    when_equal,
    when_given,
)
from dashboard.scenarios.result import ImpossibleError, Outcome, line
from dashboard.scenarios.texts import outcome
from dashboard.wording.numbers import NBSP, number, percent, plain, signed, typographic
from dashboard.wording.periods import period as period_words

_LEVELS = ("direction", "region", "province")

# --- A share of those who hold a temporary permit settles. The rates are typed; none is suggested ---------------------

PERMITS = "temporary_permits"
_SETTLING = ("direction", "region")
# Field of the parameters -> category of the data.
PROGRAMMES = {"etudes": "students", "ptet": "ptet", "pmi": "pmi"}


class Settle(sim.Parameters):
    """Rates in percent; None where the person has typed nothing: no rate is suggested."""

    territoire: Annotated[Code, sim.territory(*_SETTLING)]
    etudes: Annotated[OptionalRate, sim.Number()] = None
    ptet: Annotated[OptionalRate, sim.Number()] = None
    pmi: Annotated[OptionalRate, sim.Number()] = None


def settle(ds: Dataset, parameters: Settle) -> Outcome:
    """Persons by programme, between what the rounding of the permits allows, against the admissions of the year."""
    code = sim.allowed(ds, parameters.territoire, _SETTLING)
    typed = {category: getattr(parameters, field) for field, category in PROGRAMMES.items()}
    if all(rate is None for rate in typed.values()):
        # Not a fault: nothing is suggested, so the form begins empty.
        raise ImpossibleError("", "Saisir au moins un taux. Aucun n’est proposé : la source n’en donne pas.")
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
    admitted = adm.admissions(ds, code, date[:4])
    values = {
        "name": sim.who(ds, code), "year": date[:4], "date": period_words(date), "step": str(step), "margin": margin,
        "settled": total.simulated.value, "bounds": total.simulated.bounds_text(), "admitted": admitted.value,
        "times": number(exact.about / float(admitted.value), 1) if admitted.value and exact.about else "",
        "programmes": "\n".join(programmes),
        "left_out": ", ".join(labels[category] for category, rate in typed.items() if rate is None),
    }  # fmt: skip
    inputs = sim.basis(*seen.values(), admitted)
    return outcome("permis", values, lines=(*lines, total), inputs=inputs, cells=(*rates, slack))


SETTLE = sim.Simulation("permis", Settle, settle, lambda ds: {"territoire": ds.region_codes()[0]})

# --- French known by how many, with the unknown as bounds; and a share who take part in francisation ------------------

BY_FRENCH = "admissions_by_french"
# The target of annexe 1 on taking part in francisation.
TARGET = "2.1"


def target_values(ds: Dataset) -> list[TargetValue]:
    """Values of target 2.1 that are numbers, by year."""
    return [v for target in ds.targets.targets if target.id == TARGET for v in target.targets if v.value is not None]


def _shortcuts(ds: Dataset) -> dict[str, float]:
    return {f"{v.period}{NBSP}: {typographic(v.printed)}": float(v.value or 0) for v in target_values(ds)}


class French(sim.Parameters):
    """The territory, and the rate of participation in percent."""

    territoire: Annotated[Code, sim.territory(*_LEVELS)]
    taux: Annotated[
        Rate,
        sim.Number(
            scale=lambda ds, values: sim.Scale(Decimal(100), unit=f"{NBSP}%"),
            shortcuts=sim.Shortcuts("cible", "Cible 2.1 du plan, pour l’ensemble du Québec", _shortcuts),
        ),
    ]


def french(ds: Dataset, parameters: French) -> Outcome:
    """Bounds of those who know French, of those who do not, and of those who would take part."""
    code = sim.allowed(ds, parameters.territoire, _LEVELS)
    categories = ("french_known", "french_not_known", "not_available", "total")
    seen = {category: profile.count(ds, code, BY_FRENCH, category) for category in categories}
    if any(q.value is None for q in seen.values()):
        where = ds.territories[code].name_in
        raise ImpossibleError("territoire", f"la connaissance du français n’est pas donnée {where}.")
    rate = Input("taux", "Taux de participation, à essayer", parameters.taux, "%")
    known = Input("connaissent", "Connaissant le français", seen["french_known"].value)
    not_known = Input("ne_connaissent_pas", "Ne connaissant pas le français", seen["french_not_known"].value)
    unknown = Input("non_disponible", "Connaissance du français non disponible", seen["not_available"].value)
    most_known, most_not_known = known + unknown, not_known + unknown
    low, high = percent_of(rate, not_known), percent_of(rate, most_not_known)
    least, most = rounded(low), rounded(high)
    common = when_equal(Cell("low", "participants", least), Cell("high", "participants", most))
    taking_part = line("participants", "Participation à la francisation", value=common, low=least, high=most)
    assert taking_part.simulated is not None
    year, total = seen["total"].period, seen["total"].value
    values = {
        "name": sim.who(ds, code), "year": year, "rate": rate, "bounds": taking_part.simulated.bounds_text(),
        "exact": least.value == most.value, "least": least.whole, "most": most.whole, "known": known,
        "low_worked": low.words(ne_connaissent_pas="(ont déclaré ne pas connaître le français)"),
        "high_worked": high.words(non_disponible="dont la connaissance n’est pas disponible"),
        "known_worked": most_known, "most_known": most_known.whole, "total": total,
        "known_share": percent(known.about / total * 100) if total else "–",
        "most_known_share": percent(most_known.about / total * 100) if total else "–",
    }  # fmt: skip
    lines = (
        line("french_known", known.label, seen["french_known"], low=known, high=most_known),
        line("french_not_known", not_known.label, seen["french_not_known"], low=not_known, high=most_not_known),
        taking_part,
    )
    inputs, cells = sim.basis(*seen.values()), (rate, known, not_known, unknown)
    return outcome("francais", values, lines=lines, inputs=inputs, cells=cells)


def _usual(ds: Dataset) -> dict[str, str]:
    """The target of the year that the plan is named after, or the last one."""
    values = target_values(ds)
    named = {y for document in ds.documents.values() for y in re.findall(r"\d{4}-\d{4}", document.short)}
    target = next((v for v in values if v.period in named), values[-1] if values else None)
    rate = plain(target.value).removesuffix(".0") if target else "50"
    return {"territoire": ds.region_codes()[0], "taux": rate}


FRENCH = sim.Simulation("francais", French, french, _usual)

# --- Another territory's mix of categories here, Québec's as a rule: expected against observed ------------------------

BY_CATEGORY = "admissions_by_category"


def _models(ds: Dataset, values: sim.Values) -> list[str]:
    every = (ds.config.province, *directions.shown(ds), *ds.region_codes())
    return [code for code in every if code != values.get("territoire", "")]


class Mix(sim.Parameters):
    """`modele`: the territory whose mix is applied, Québec as a rule."""

    territoire: Annotated[Code, sim.territory(*_LEVELS)]
    modele: Annotated[Code, sim.Choice(options=_models, show=sim.full_name)]


def mix(ds: Dataset, parameters: Mix) -> Outcome:
    """The admissions of the territory, shared like the model's; whole parts that sum to them."""
    here, there = sim.allowed(ds, parameters.territoire, _LEVELS), sim.allowed(ds, parameters.modele, _LEVELS, "modele")
    if here == there:
        raise ImpossibleError("modele", "le modèle est le territoire lui-même : en choisir un autre.")
    labels = {c.id: c.named for c in ds.indicators[BY_CATEGORY].categories if c.id != "total"}
    seen, model = ({c: profile.count(ds, o, BY_CATEGORY, c) for c in (*labels, "total")} for o in (here, there))
    if any(q.value is None for q in (*seen.values(), *model.values())):
        raise ImpossibleError("territoire", "une catégorie manque dans la source.")
    weights = {c: int(q.value or 0) for c, q in model.items()}
    if not weights["total"]:
        raise ImpossibleError("modele", "le modèle n’a aucune admission.")
    total = Input("admissions_territoire", "Admissions du territoire", seen["total"].value)
    title = f"Partage selon les catégories, {ds.name(there)}"
    sharing = Sharing("categories", title, total, tuple((c, labels[c], weights[c]) for c in sorted(labels)))
    parts = {c: sharing.shares[c].part for c in labels}
    gaps = {c: int(seen[c].value or 0) - parts[c] for c in labels}
    widest = max(labels, key=lambda c: abs(gaps[c]))
    worked = {c: total * weights[c] / weights["total"] for c in labels}
    explained = (
        f"{labels[c]} : {worked[c].words()} = {number(worked[c].about, 1)}, arrondi à {number(parts[c])}; observé "
        f"{number(seen[c].value)}"
        for c in labels
    )
    values = {
        "name": sim.who(ds, here), "other": sim.of_name(ds, there), "year": seen["total"].period, "total": total,
        "name_in": ds.territories[here].name_in,
        "widest": labels[widest], "widest_in_text": labels[widest].lower(), "part": parts[widest],
        "seen": seen[widest].value, "gap": signed(gaps[widest], 0), "explained": "\n".join(explained),
    }  # fmt: skip
    lines = [line(c, labels[c], seen[c], value=sharing.part(c)) for c in labels]
    lines.append(line("total", "Ensemble", seen["total"], value=total, total=True))
    inputs = sim.basis(*seen.values(), *model.values())
    return outcome("categories", values, lines=lines, inputs=inputs, cells=(total,))


MIX = sim.Simulation(
    "categories", Mix, mix, lambda ds: {"territoire": ds.region_codes()[0], "modele": ds.config.province}
)

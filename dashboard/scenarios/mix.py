"""Simulation 7: another territory's mix of categories here, Québec's as a rule. Expected against observed."""

from __future__ import annotations

from dashboard.indicators import profile
from dashboard.model import Dataset
from dashboard.scenarios.parameters import Mix
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, Simulated, typeset
from dashboard.scenarios.rounding import largest_remainder
from dashboard.scenarios.words import ADMITTED_NOT_PRESENT, allowed, provisional, who
from dashboard.wording.numbers import number, signed

BY_CATEGORY = "admissions_by_category"


def mix(ds: Dataset, parameters: Mix) -> Outcome:
    """The admissions of the territory, shared like the model's; whole parts that sum to them."""
    levels = ("region", "direction", "province")
    here, there = allowed(ds, parameters.territoire, levels), allowed(ds, parameters.modele, levels, "modele")
    if here == there:
        raise ImpossibleError("modele", "le modèle est le territoire lui-même : en choisir un autre.")
    labels = {c.id: c.short or c.label for c in ds.indicators[BY_CATEGORY].categories if c.id != "total"}
    seen = {c: profile.count(ds, here, BY_CATEGORY, c) for c in (*labels, "total")}
    model = {c: profile.count(ds, there, BY_CATEGORY, c) for c in (*labels, "total")}
    if any(q.value is None for q in (*seen.values(), *model.values())):
        raise ImpossibleError("territoire", "une catégorie manque dans la source.")
    total, whole = int(seen["total"].value or 0), int(model["total"].value or 0)
    if not whole:
        raise ImpossibleError("modele", "le modèle n’a aucune admission.")
    parts = largest_remainder(total, {c: int(model[c].value or 0) for c in labels})
    gaps = {c: int(seen[c].value or 0) - parts[c] for c in labels}
    lines = [Line(c, labels[c], seen[c], Simulated(parts[c])) for c in labels]
    lines.append(Line("total", "Ensemble", seen["total"], Simulated(total), total=True))
    widest = max(labels, key=lambda c: abs(gaps[c]))
    inputs = tuple(dict.fromkeys(i for q in (*seen.values(), *model.values()) for i in q.inputs))
    name, other, year = who(ds, here), who(ds, there), seen["total"].period
    return Outcome(
        kind=parameters.kind,
        status="scénario",
        text=typeset(
            f"Scénario : répartition de « {other} » appliquée à {name}",
            f"{name}, {year} : {labels[widest].lower()}, {number(parts[widest])} attendues avec la répartition de « "
            f"{other} », "
            f"{number(seen[widest].value)} observées ({signed(gaps[widest], 0)}).",
            formula=(
                *(
                    f"{labels[c]} : {number(total)} × {number(model[c].value)} ÷ {number(whole)} = "
                    f"{number(total * int(model[c].value or 0) / whole, 1)}, arrondi à {number(parts[c])}; observé "
                    f"{number(seen[c].value)}"
                    for c in labels
                ),
                f"Arrondi au plus fort reste : la somme reste {number(total)}",
            ),
            assumptions=(
                f"Le total du territoire ne change pas : {number(total)} admissions en {year}.",
                f"La répartition est celle de {year}, seule année que la source donne par catégorie.",
                *provisional(inputs),
            ),
            limits=(
                (
                    "L’écart n’est pas un manque : les personnes réfugiées prises en charge par l’État, par exemple, "
                    "vont vers des "
                    "villes désignées."
                ),
                "La catégorie ne se croise ni avec la MRC, ni avec l’année, ni avec le français.",
                ADMITTED_NOT_PRESENT,
            ),
        ),
        headline=number(parts[widest]),
        headline_label=f"{labels[widest]}, {name}",
        headline_note=f"{number(seen[widest].value)} observées en {year}, écart {signed(gaps[widest], 0)}",
        unit="personnes",
        observed_label=f"Observé, {year}",
        lines=tuple(lines),
        inputs=inputs,
    )

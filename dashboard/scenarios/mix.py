"""Simulation 7: another territory's mix of categories here, Québec's as a rule. Expected against observed."""

from __future__ import annotations

from typing import Annotated

from dashboard.indicators import directions, profile
from dashboard.model import Dataset
from dashboard.scenarios.controls import Choice, Values, territory
from dashboard.scenarios.fields import Code
from dashboard.scenarios.formula import Input, Sharing
from dashboard.scenarios.result import ImpossibleError, Outcome, line
from dashboard.scenarios.simulation import Parameters, Simulation
from dashboard.scenarios.words import ADMITTED_NOT_PRESENT, allowed, basis, full_name, who
from dashboard.wording.numbers import number, signed

BY_CATEGORY = "admissions_by_category"
LEVELS = ("direction", "region", "province")


def _models(ds: Dataset, values: Values) -> list[str]:
    every = (ds.config.province, *directions.shown(ds), *ds.region_codes())
    return [code for code in every if code != values.get("territoire", "")]


class Mix(Parameters):
    """`modele`: the territory whose mix is applied, Québec as a rule."""

    territoire: Annotated[Code, territory(*LEVELS)]
    modele: Annotated[Code, Choice("Répartition appliquée", "le modèle", "modèle", _models, full_name)]


def mix(ds: Dataset, parameters: Mix) -> Outcome:
    """The admissions of the territory, shared like the model's; whole parts that sum to them."""
    here, there = allowed(ds, parameters.territoire, LEVELS), allowed(ds, parameters.modele, LEVELS, "modele")
    if here == there:
        raise ImpossibleError("modele", "le modèle est le territoire lui-même : en choisir un autre.")
    labels = {c.id: c.named for c in ds.indicators[BY_CATEGORY].categories if c.id != "total"}
    seen = {c: profile.count(ds, here, BY_CATEGORY, c) for c in (*labels, "total")}
    model = {c: profile.count(ds, there, BY_CATEGORY, c) for c in (*labels, "total")}
    if any(q.value is None for q in (*seen.values(), *model.values())):
        raise ImpossibleError("territoire", "une catégorie manque dans la source.")
    if not model["total"].value:
        raise ImpossibleError("modele", "le modèle n’a aucune admission.")
    total = Input("admissions_territoire", "Admissions du territoire", seen["total"].value)
    title = f"Partage selon les catégories, {ds.name(there)}"
    rows = tuple((c, labels[c], int(model[c].value or 0)) for c in sorted(labels))
    sharing = Sharing("categories", title, total, rows)
    parts = {c: sharing.shares[c].part for c in labels}
    gaps = {c: int(seen[c].value or 0) - parts[c] for c in labels}
    widest = max(labels, key=lambda c: abs(gaps[c]))
    inputs = basis(*seen.values(), *model.values())
    name, other, year = who(ds, here), who(ds, there), seen["total"].period

    def explained(category: str) -> str:
        worked = total * int(model[category].value or 0) / int(model["total"].value or 0)
        return (
            f"{labels[category]} : {worked.words()} = {number(worked.about, 1)}, arrondi à "
            f"{number(parts[category])}; observé {number(seen[category].value)}"
        )

    return Outcome(
        f"Scénario : répartition de « {other} » appliquée à {name}",
        f"{name}, {year} : {labels[widest].lower()}, {number(parts[widest])} attendues avec la répartition de "
        f"« {other} », {number(seen[widest].value)} observées ({signed(gaps[widest], 0)}).",
        formula=(*map(explained, labels), f"Arrondi au plus fort reste : la somme reste {total.words()}"),
        assumptions=(
            f"Le total du territoire ne change pas : {total.words()} admissions en {year}.",
            f"La répartition est celle de {year}, seule année que la source donne par catégorie.",
        ),
        limits=(
            (
                "L’écart n’est pas un manque : les personnes réfugiées prises en charge par l’État, par exemple, "
                "vont vers des villes désignées."
            ),
            "La catégorie ne se croise ni avec la MRC, ni avec l’année, ni avec le français.",
            ADMITTED_NOT_PRESENT,
        ),
        headline=number(parts[widest]),
        headline_label=f"{labels[widest]}, {name}",
        headline_note=f"{number(seen[widest].value)} observées en {year}, écart {signed(gaps[widest], 0)}",
        observed_label=f"Observé, {year}",
        lines=(
            *(line(c, labels[c], seen[c], value=sharing.part(c)) for c in labels),
            line("total", "Ensemble", seen["total"], value=total, total=True),
        ),
        inputs=inputs,
        cells=(total,),
    )


SIMULATION = Simulation(
    "categories",
    "Catégories d’admission",
    "Et si la répartition du Québec par catégorie s’appliquait ici?",
    Mix,
    mix,
    lambda ds: {"territoire": ds.region_codes()[0], "modele": ds.config.province},
)

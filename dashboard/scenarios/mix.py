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
from dashboard.scenarios.texts import outcome
from dashboard.scenarios.words import allowed, basis, full_name, of_name, who
from dashboard.wording.numbers import number, signed

BY_CATEGORY = "admissions_by_category"
LEVELS = ("direction", "region", "province")


def _models(ds: Dataset, values: Values) -> list[str]:
    every = (ds.config.province, *directions.shown(ds), *ds.region_codes())
    return [code for code in every if code != values.get("territoire", "")]


class Mix(Parameters):
    """`modele`: the territory whose mix is applied, Québec as a rule."""

    territoire: Annotated[Code, territory(*LEVELS)]
    modele: Annotated[Code, Choice(options=_models, show=full_name)]


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
        "name": who(ds, here), "other": of_name(ds, there), "year": seen["total"].period, "total": total,
        "name_in": ds.territories[here].name_in,
        "widest": labels[widest], "widest_in_text": labels[widest].lower(), "part": parts[widest],
        "seen": seen[widest].value, "gap": signed(gaps[widest], 0), "explained": "\n".join(explained),
    }  # fmt: skip
    return outcome(
        "categories",
        values,
        lines=(
            *(line(c, labels[c], seen[c], value=sharing.part(c)) for c in labels),
            line("total", "Ensemble", seen["total"], value=total, total=True),
        ),
        inputs=basis(*seen.values(), *model.values()),
        cells=(total,),
    )


SIMULATION = Simulation(
    "categories", Mix, mix, lambda ds: {"territoire": ds.region_codes()[0], "modele": ds.config.province}
)

"""What the dictionary and the refusals say of our calculations, against the calculations themselves.

The command `check` asks for it once the files are sound: each formula written in French gives, for every territory,
what the code computes, the texts of the simulations can be read and filled, and each question offered instead of
another has an answer.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from dashboard.indicators import admissions as adm
from dashboard.indicators import profile, targets
from dashboard.indicators.quantity import Quantity
from dashboard.loading.draft import DICTIONARY, REFUSALS
from dashboard.model import Dataset, Problem
from dashboard.scenarios import texts
from dashboard.scenarios.registry import SIMULATIONS, answer
from dashboard.wording import query
from dashboard.wording.addresses import SIMULATOR
from dashboard.wording.numbers import NBSP

# What a formula computes: the number, and its French operands.
_Case = tuple[float | None, dict[str, float | None]]
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_SIGNS = str.maketrans({"÷": "/", "×": "*", "−": "-"})


def disagreements(ds: Dataset) -> list[Problem]:
    """One problem for each formula, text of a simulation and offered question that the calculations do not bear out."""
    # A question can only be asked of simulations that can be told.
    return [*_formulas(ds), *(texts.reading().problems or list(_told(ds)) or _offered(ds))]


# For each computed indicator: the numbers that its formula speaks of, in the order of the calculation.
_OPERANDS = {
    "share_of_quebec": ("admissions du territoire", "admissions du Québec"),
    "share_of_region": ("admissions de la MRC", "admissions de sa région"),
    "rate_per_1000": ("admissions de la période", "population du Recensement de 2016"),
    "index_100": ("admissions de l’année", "admissions de la première année"),
    "change_pct": ("admissions de l’année", "admissions de l’année d’avant"),
    "immigrant_share": ("population immigrée", "population dans les ménages privés"),
    "permits_per_admission": ("permis valides au 31 décembre", "admissions de la même année"),
    "progress_per_year": ("cible de l’année", "cible de l’année d’avant"),
}


def _cases(ds: Dataset) -> dict[str, tuple[str, list[_Case]]]:
    """For each computed indicator: its unit, and its numbers for every territory."""
    regions, mrcs, years = ds.region_codes(), ds.mrc_codes(), adm.years(ds)
    computed: dict[str, list[Quantity | None]] = {
        "share_of_quebec": [adm.share_of_quebec(ds, code, adm.span(ds)) for code in regions],
        "share_of_region": [adm.share_of_region(ds, code) for code in mrcs],
        "rate_per_1000": [adm.rate_per_1000(ds, code) for code in (*regions, *mrcs)],
        "index_100": [adm.index_100(ds, code, year) for code in regions for year in years],
        "change_pct": [adm.change_pct(ds, code, year) for code in regions for year in years],
        "immigrant_share": [profile.immigrant_share(ds, code) for code in regions],
        "permits_per_admission": [profile.permits_per_admission(ds, code) for code in (ds.config.province, *regions)],
    }
    numbers = {
        name: (found[0].unit, [(q.value, [own.value for own in q.operands]) for q in found])
        for name, quantities in computed.items()
        if (found := [q for q in quantities if q is not None])
    }
    numbers["progress_per_year"] = (
        "points ou unités",
        [
            (step.asked, [after.value, before.value])
            for target in ds.targets.targets
            for step, (before, after) in zip(targets.steps(target), pairwise(target.targets), strict=False)
        ],
    )
    return {
        name: (unit, [(value, dict(zip(_OPERANDS[name], own, strict=True))) for value, own in found])
        for name, (unit, found) in numbers.items()
    }


def _evaluated(node: ast.AST) -> float:
    if isinstance(node, ast.Expression):
        return _evaluated(node.body)
    if isinstance(node, ast.Constant):
        return float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_evaluated(node.left), _evaluated(node.right))
    raise ValueError("formule")


def _formulas(ds: Dataset) -> Iterator[Problem]:
    cases = _cases(ds)
    remedy = "accorder la formule de data/indicators.yaml avec le calcul (docs/architecture.md)."
    for name in sorted(_OPERANDS.keys() ^ ds.derived.keys()):
        message = "cet indicateur calculé n’est pas à la fois dans le dictionnaire et dans les calculs."
        yield Problem(DICTIONARY, message, remedy, column="derived", value=name)
    for name, derived in ds.derived.items():
        unit, own = cases.get(name, (derived.unit, []))
        if derived.unit.replace(NBSP, " ") != unit.replace(NBSP, " "):
            message = f"le calcul est en « {unit} »."
            yield Problem(DICTIONARY, message, remedy, column=f"{name}, unit", value=derived.unit)
        if wrong := _wrong(derived.formula, own):
            yield Problem(DICTIONARY, wrong, remedy, column=f"{name}, formula", value=derived.formula)


def _wrong(formula: str, cases: list[_Case]) -> str:
    """Why a formula is not that of the calculation; empty when it is."""
    # What follows in brackets is a remark: « (permis à une date, admissions d’une année) ».
    plain = re.sub(r"\s*\([^()÷×−]*\)\s*$", "", formula).replace(NBSP, " ").replace("1 000", "1000")
    for value, operands in cases:
        known = {name: float(own) for name, own in operands.items() if own is not None}
        if value is None or len(known) < len(operands):
            continue
        text = plain
        for name in sorted(known, key=len, reverse=True):
            text = text.replace(name, repr(known[name]))
        try:
            found = _evaluated(ast.parse(text.translate(_SIGNS).strip(), mode="eval"))
        except (SyntaxError, ValueError, ZeroDivisionError, TypeError, KeyError):
            return f"cette formule se lit avec : {', '.join(f'« {name} »' for name in operands)}."
        if abs(found - value) > 1e-6 * max(1.0, abs(value)):
            return f"cette formule donne {found:.4g} là où le calcul donne {value:.4g}."
    return ""


def _told(ds: Dataset) -> Iterator[Problem]:
    for kind, simulation in SIMULATIONS.items():
        try:
            called = texts.field_texts(kind)
            for name in simulation.model.model_fields:
                called[name]
            answer(ds, kind, simulation.defaults(ds))
        except KeyError as error:
            name = str(error.args[0])
            message = "la simulation n’a rien de ce nom, ou n’a pas les textes de ce nom."
            remedy = "corriger ce nom."
            if name == kind:
                message, remedy = "cette simulation n’a pas de mots.", f"ajouter « {kind} » sous « simulations »."
            yield Problem(texts.NAME, message, remedy, column=f"simulations, {kind}", value=name)


def _offered(ds: Dataset) -> Iterator[Problem]:
    remedy = "corriger la simulation ou ses paramètres (docs/simulateur.md)."
    for refusal in ds.refusals:
        for other in refusal.instead:
            if other.page != SIMULATOR:
                continue
            params = dict(other.params)
            kind = params.pop(query.SIMULATION, "")
            if kind not in SIMULATIONS:
                yield Problem(REFUSALS, "cette simulation n’existe pas.", remedy, column=refusal.id, value=kind)
                continue
            usual = SIMULATIONS[kind].defaults(ds)
            errors = answer(ds, kind, {**usual, **params}).errors
            unknown = [name for name in params if name not in SIMULATIONS[kind].model.model_fields]
            for name in [*unknown, *(field for field in errors if field in params)]:
                message = errors.get(name, "cette simulation n’a pas ce paramètre.")
                yield Problem(REFUSALS, message, remedy, column=f"{refusal.id}, {name}", value=params[name])

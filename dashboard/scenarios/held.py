"""What the dictionary and the refusals say of our calculations, against the calculations themselves.

The command `check` asks for it once the files are sound: each formula written in French gives, for every territory,
what the code computes, and each question offered instead of another has an answer.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping

from dashboard.indicators import admissions as adm
from dashboard.indicators import profile, targets
from dashboard.indicators.quantity import Quantity
from dashboard.loading.draft import DICTIONARY, REFUSALS
from dashboard.model import Dataset, Problem
from dashboard.scenarios.registry import SIMULATIONS, answer
from dashboard.wording import query
from dashboard.wording.addresses import SIMULATOR
from dashboard.wording.numbers import NBSP

# What a formula computes: the number, and its French operands.
_Case = tuple[float | None, Mapping[str, float | None]]
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_SIGNS = str.maketrans({"÷": "/", "×": "*", "−": "-"})


def disagreements(ds: Dataset) -> list[Problem]:
    """One problem for each formula and each offered question that the calculations do not bear out."""
    return [*_formulas(ds), *_offered(ds)]


def _value(quantity: Quantity | None) -> float | None:
    return None if quantity is None or quantity.value is None else float(quantity.value)


def _cases(ds: Dataset) -> dict[str, tuple[str, list[_Case]]]:
    """For each computed indicator: its unit, and its numbers for every territory."""
    span, province = adm.span(ds), ds.config.province
    years = adm.years(ds)
    regions, mrcs = ds.region_codes(), ds.mrc_codes()

    def count(code: str, period: str) -> float | None:
        return _value(adm.admissions(ds, code, period))

    def of(quantity: Quantity | None, **operands: float | None) -> _Case:
        return _value(quantity), {_NAMES[name]: value for name, value in operands.items()}

    date = profile.permits_date(ds)
    consecutive = [(y, adm.year_before(ds, y)) for y in years]
    return {
        "share_of_quebec": (
            "%",
            [of(adm.share_of_quebec(ds, c, span), own=count(c, span), quebec=count(province, span)) for c in regions],
        ),
        "share_of_region": (
            "%",
            [
                of(adm.share_of_region(ds, c), mrc=count(c, span), region=count(ds.region_of(c) or "", span))
                for c in mrcs
            ],
        ),
        "rate_per_1000": (
            f"pour 1{NBSP}000 habitants",
            [
                of(adm.rate_per_1000(ds, c), span=count(c, span), census=_value(adm.population(ds, c)))
                for c in (*regions, *mrcs)
            ],
        ),
        "index_100": (
            "indice",
            [of(adm.index_100(ds, c, y), year=count(c, y), first=count(c, years[0])) for c in regions for y in years],
        ),
        "change_pct": (
            "%",
            [
                of(adm.change_pct(ds, c, y), year=count(c, y), before=count(c, before))
                for c in regions
                for y, before in consecutive
                if before
            ],
        ),
        "immigrant_share": (
            "%",
            [
                of(
                    profile.immigrant_share(ds, c),
                    immigrants=_value(profile.immigrant_population(ds, c)),
                    households=_value(profile.plan_population(ds, c)),
                )
                for c in regions
            ],
        ),
        "permits_per_admission": (
            "permis par admission",
            [
                of(
                    profile.permits_per_admission(ds, c),
                    permits=_value(profile.permits_total(ds, c, date)),
                    same=count(c, date[:4]),
                )
                for c in (province, *regions)
            ],
        ),
        "progress_per_year": (
            "points ou unités",
            [
                (step.asked, {_NAMES["target"]: after.value, _NAMES["former"]: before.value})
                for target in ds.targets.targets
                for step, before, after in zip(targets.steps(target), target.targets, target.targets[1:], strict=False)
            ],
        ),
    }


# The operands as the formulas of the dictionary call them.
_NAMES = {
    "own": "admissions du territoire",
    "quebec": "admissions du Québec",
    "mrc": "admissions de la MRC",
    "region": "admissions de sa région",
    "span": "admissions de la période",
    "census": "population du Recensement de 2016",
    "year": "admissions de l’année",
    "first": "admissions de la première année",
    "before": "admissions de l’année d’avant",
    "immigrants": "population immigrée",
    "households": "population dans les ménages privés",
    "permits": "permis valides au 31 décembre",
    "same": "admissions de la même année",
    "target": "cible de l’année",
    "former": "cible de l’année d’avant",
}


class UnreadableError(Exception):
    """A formula has a word that no operand is called by."""


def _computed(formula: str, operands: Mapping[str, float | None]) -> float:
    """The number that a French formula gives."""
    # What follows in brackets is a remark: « (un stock divisé par un flux) ».
    text = re.sub(r"\s*\([^()÷×−]*\)\s*$", "", formula).replace(NBSP, " ").replace("1 000", "1000")
    for name in sorted(operands, key=len, reverse=True):
        text = text.replace(name, repr(float(operands[name] or 0)))
    try:
        return _evaluated(ast.parse(text.translate(_SIGNS).strip(), mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError, TypeError, KeyError) as error:
        raise UnreadableError from error


def _evaluated(node: ast.expr) -> float:
    if isinstance(node, ast.Constant):
        return float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_evaluated(node.left), _evaluated(node.right))
    raise ValueError("formule")


def _formulas(ds: Dataset) -> Iterator[Problem]:
    cases = _cases(ds)
    remedy = "accorder la formule de data/indicators.yaml avec le calcul (docs/architecture.md)."
    for name in sorted(cases.keys() ^ ds.derived.keys()):
        message = "cet indicateur calculé n’est pas à la fois dans le dictionnaire et dans les calculs."
        yield Problem(DICTIONARY, message, remedy, column="derived", value=name)
    for name, derived in ds.derived.items():
        unit, own = cases.get(name, (derived.unit, []))
        if derived.unit.replace(NBSP, " ") != unit.replace(NBSP, " "):
            message = f"le calcul est en « {unit} »."
            yield Problem(DICTIONARY, message, remedy, column=f"{name}, unit", value=derived.unit)
        wrong = _wrong(derived.formula, own)
        if wrong:
            yield Problem(DICTIONARY, wrong, remedy, column=f"{name}, formula", value=derived.formula)


def _wrong(formula: str, cases: list[_Case]) -> str:
    """Why a formula is not that of the calculation; empty when it is."""
    for value, operands in cases:
        if value is None or any(operand is None for operand in operands.values()):
            continue
        try:
            found = _computed(formula, operands)
        except UnreadableError:
            return f"cette formule se lit avec : {', '.join(f'« {name} »' for name in operands)}."
        if abs(found - value) > 1e-6 * max(1.0, abs(value)):
            return f"cette formule donne {found:.4g} là où le calcul donne {value:.4g}."
    return ""


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

"""Simulation 4: distribute N admissions among the MRC of a region or of the direction. The parts always sum to N."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, get_args

from dashboard.indicators import admissions as adm
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.scenarios.controls import Choice, Number, NumberByMrc, Scale, Values, territory
from dashboard.scenarios.fields import Code, Floors, Persons, Weights, read_floor, read_weight
from dashboard.scenarios.formula import Expression, Input, Sharing
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, Simulated, line
from dashboard.scenarios.rounding import with_floors
from dashboard.scenarios.simulation import Parameters, Simulation
from dashboard.scenarios.words import allowed, basis, listed, who
from dashboard.wording.numbers import number

LEVELS = ("direction", "region")
Method = Literal["parts", "egal", "population", "poids"]
METHODS: tuple[Method, ...] = get_args(Method)
# A longer sum is not read.
MOST_TERMS = 12


def mrcs_of(ds: Dataset, code: str) -> list[str]:
    """MRC of a region, or of the regions that a direction has at the end of the period of the MRC."""
    regions = set(ds.members(code, adm.span(ds)) if ds.territories[code].level == "direction" else [code])
    return [mrc for mrc in ds.mrc_codes() if ds.region_of(mrc) in regions]


def _mrcs(ds: Dataset, values: Values) -> list[str]:
    code = values.get("territoire", "")
    return mrcs_of(ds, code) if code in ds.territories else []


def _show_method(ds: Dataset, method: str) -> str:
    return {
        "parts": f"Parts observées {adm.span(ds)}",
        "egal": "Parts égales",
        "population": f"Population {adm.census_year(ds)}",
        "poids": "Poids saisis",
    }[method]


class Distribute(Parameters):
    """`poids` serve the method of that name; `planchers` serve them all."""

    territoire: Annotated[Code, territory(*LEVELS)]
    nombre: Annotated[
        Persons,
        Number(
            "Nombre d’admissions à répartir", "le nombre à répartir", "nombre à répartir",
            slider="Curseur : nombre à répartir", scale=lambda ds, values: Scale(Decimal(500), Decimal(5)),
        ),
    ]  # fmt: skip
    methode: Annotated[
        Method, Choice("Répartir selon", "la méthode", "méthode", lambda ds, values: METHODS, _show_method)
    ]
    poids: Annotated[
        Weights,
        NumberByMrc(
            "Poids", "les poids", "poids", "Poids de chaque MRC", _mrcs, read_weight,
            lambda values: values.get("methode") == "poids", unfolded=True,
        ),
    ] = ()  # fmt: skip
    planchers: Annotated[
        Floors,
        NumberByMrc(
            "Plancher", "les planchers", "planchers", "Planchers (au moins tant par MRC)", _mrcs, read_floor
        ),
    ] = ()  # fmt: skip


def distribute(ds: Dataset, parameters: Distribute) -> Outcome:
    """Whole parts by largest remainder, none under its floor, most first."""
    code, method = allowed(ds, parameters.territoire, LEVELS), parameters.methode
    mrcs, floors = mrcs_of(ds, code), dict(parameters.planchers)
    weights, used = _weights(ds, parameters, mrcs)
    for field, own in (("poids", dict(parameters.poids)), ("planchers", floors)):
        strange = sorted(set(own) - set(mrcs))
        if strange:
            raise ImpossibleError(field, f"« {strange[0]} » n’est pas une MRC de ce territoire.")
    if sum(floors.values()) > parameters.nombre:
        message = f"les planchers totalisent {number(sum(floors.values()))}, plus que {number(parameters.nombre)}."
        raise ImpossibleError("planchers", message)
    try:
        parts = with_floors(parameters.nombre, weights, floors)
    except ValueError as error:
        raise ImpossibleError("poids", "tous les poids sont nuls : en saisir au moins un.") from error
    period = adm.span(ds)
    seen = {mrc: adm.admissions(ds, mrc, period) for mrc in mrcs}
    ordered = sorted(mrcs, key=lambda mrc: (-parts[mrc], -(seen[mrc].value or 0), mrc))
    total = Input("admissions_a_repartir", "Admissions à répartir", parameters.nombre)
    last = line(code, f"{who(ds, code)}, total", adm.admissions(ds, code, period), value=total, total=True)
    if floors or any(weight != int(weight) for weight in weights.values()):
        # Floors are served in rounds, and weights with decimals do not divide exactly: no formula says it whole.
        lines = [Line(mrc, ds.name(mrc), seen[mrc], Simulated(parts[mrc])) for mrc in ordered]
        lines.append(Line(last.id, last.label, last.observed, last.simulated, total=True))
    else:
        rows = tuple((mrc, ds.name(mrc), int(weights[mrc])) for mrc in sorted(mrcs))
        sharing = Sharing("mrc", "Partage entre les MRC", total, rows)
        lines = [*(line(mrc, ds.name(mrc), seen[mrc], value=sharing.part(mrc)) for mrc in ordered), last]
    inputs = basis(*seen.values(), *used)
    first, none = ordered[0], [mrc for mrc in ordered if parts[mrc] == 0]
    name, received = ds.name(first), number(parts[first])
    by = {
        "parts": f"les parts observées de {period}",
        "egal": "les parts égales",
        "population": "la population",
        "poids": "les poids saisis",
    }[method]
    product = total * weights[first] / sum(weights.values())
    return Outcome(
        f"Scénario : {total.words()} admissions réparties, {who(ds, code)}",
        f"{who(ds, code)} : sur {total.words()} admissions réparties selon {by}, {name} en recevrait {received}.",
        formula=_formula(name, product, total, parts, first, bool(floors)),
        assumptions=(
            _assumed(ds, method, period),
            "Deux restes égaux : le poids le plus élevé passe d’abord, puis l’ordre des codes.",
        ),
        limits=(
            "Ce n’est ni une cible, ni un engagement : le plan ne répartit aucune admission entre les MRC.",
            "Les personnes admises choisissent où elles vivent; une répartition ne les y installe pas.",
            "Rien n’est dit de la capacité d’accueil (logement, emploi, services) des MRC.",
        ),
        notices=(f"Aucune admission : {listed([ds.name(mrc) for mrc in none])}.",)
        if none and parameters.nombre
        else (),
        headline=received,
        headline_label=f"{name}, sur {total.words()}",
        headline_note=f"selon {by}",
        observed_label=f"Observé, {period}",
        lines=tuple(lines),
        inputs=inputs,
        # Several years of admissions beside a number to distribute: in the table, not on the same axis.
        same_scale=False,
        cells=(total,),
    )


def _weights(ds: Dataset, p: Distribute, mrcs: list[str]) -> tuple[dict[str, Fraction | int], list[Quantity]]:
    if p.methode == "egal":
        return dict.fromkeys(mrcs, 1), []
    if p.methode == "poids":
        typed = dict(p.poids)
        if not any(typed.values()):
            raise ImpossibleError("poids", "tous les poids sont nuls : en saisir au moins un.")
        return {mrc: Fraction(typed.get(mrc, 0)) for mrc in mrcs}, []
    found = {
        mrc: adm.population(ds, mrc) if p.methode == "population" else adm.admissions(ds, mrc, adm.span(ds))
        for mrc in mrcs
    }
    missing = [mrc for mrc, q in found.items() if q.value is None]
    if missing:
        raise ImpossibleError("methode", f"la source ne donne pas ce nombre pour {ds.name(missing[0])}.")
    return {mrc: int(q.value or 0) for mrc, q in found.items()}, list(found.values())


def _formula(
    name: str, product: Expression, total: Expression, parts: dict[str, int], first: str, floors: bool
) -> tuple[str, ...]:
    worked = f"{name} : {product.words()} = {number(product.about, 2)}"
    served = [number(n) for n in parts.values() if n]
    rule = "Planchers : qui serait sous le sien le reçoit exactement, et les autres se partagent le reste"
    return (
        f"{worked} sans plancher; {number(parts[first])} une fois les planchers pris"
        if floors
        else f"{worked}, arrondi à {number(parts[first])}",
        *([rule] if floors else []),
        (
            "Plus fort reste : chacune reçoit la partie entière de son quotient, puis les unités qui restent vont, une "
            "à une, aux plus grands restes"
        ),
        f"Somme : {' + '.join(served)} = {total.words()}"
        if 0 < len(served) <= MOST_TERMS
        else f"Somme des {len(parts)} parts = {total.words()}",
    )


def _assumed(ds: Dataset, method: Method, period: str) -> str:
    return {
        "parts": f"Chaque MRC garde la part des admissions qu’elle a eue sur {period}.",
        "egal": "Chaque MRC reçoit autant que les autres, quelle que soit sa taille.",
        "population": f"Chaque MRC reçoit selon sa population au {adm.census_words(ds)}.",
        "poids": "Les poids sont ceux que vous avez saisis; une MRC sans poids compte pour zéro.",
    }[method]


SIMULATION = Simulation(
    "repartir",
    "Répartir entre les MRC",
    "Comment répartir tant d’admissions entre les MRC?",
    Distribute,
    distribute,
    lambda ds: {"territoire": ds.region_codes()[0], "nombre": "50", "methode": "parts"},
)

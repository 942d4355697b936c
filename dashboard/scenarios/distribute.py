"""Simulation 4: distribute N admissions among the MRC of a region or of the direction. The parts always sum to N."""

from __future__ import annotations

from fractions import Fraction

from dashboard.indicators import admissions as adm
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.scenarios.parameters import Distribute
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, Simulated, typeset
from dashboard.scenarios.rounding import with_floors
from dashboard.scenarios.words import allowed, listed, provisional, who
from dashboard.wording.numbers import number

BASIS = {
    "parts": "parts observées",
    "egal": "parts égales",
    "population": "population",
    "poids": "poids saisis",
}


# A longer sum is not read.
MOST_TERMS = 12


def mrcs_of(ds: Dataset, code: str) -> list[str]:
    """MRC of a region, or of the regions that a direction has at the end of the period of the MRC."""
    regions = set(ds.members(code, adm.span(ds)) if ds.territories[code].level == "direction" else [code])
    return [mrc for mrc in ds.mrc_codes() if ds.region_of(mrc) in regions]


def distribute(ds: Dataset, parameters: Distribute) -> Outcome:
    """Whole parts by largest remainder, none under its floor, most first."""
    code = allowed(ds, parameters.territoire, ("region", "direction"))
    mrcs = mrcs_of(ds, code)
    weights, used = _weights(ds, parameters, mrcs)
    floors = dict(parameters.planchers)
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
    total = adm.admissions(ds, code, period)
    lines = [Line(mrc, ds.name(mrc), seen[mrc], Simulated(parts[mrc])) for mrc in ordered]
    lines.append(Line(code, f"{who(ds, code)}, total", total, Simulated(parameters.nombre), total=True))
    rows = tuple(dict.fromkeys(i for q in (*seen.values(), *used) for i in q.inputs))
    first, none = ordered[0], [mrc for mrc in ordered if parts[mrc] == 0]
    basis = BASIS[parameters.methode] + (f" de {period}" if parameters.methode == "parts" else "")
    return Outcome(
        kind=parameters.kind,
        status="scénario",
        text=typeset(
            f"Scénario : {number(parameters.nombre)} admissions réparties, {who(ds, code)}",
            f"{who(ds, code)} : sur {number(parameters.nombre)} admissions réparties selon les {basis}, "
            f"{ds.name(first)} en "
            f"recevrait {number(parts[first])}."
            if parameters.methode != "population"
            else f"{who(ds, code)} : sur {number(parameters.nombre)} admissions réparties selon la population, "
            f"{ds.name(first)} en recevrait {number(parts[first])}.",
            formula=_formula(ds, parameters, weights, first, parts, bool(floors)),
            assumptions=(
                _assumed(ds, parameters, period),
                "Deux restes égaux : le poids le plus élevé passe d’abord, puis l’ordre des codes.",
                *provisional(rows),
            ),
            limits=(
                "Ce n’est ni une cible, ni un engagement : le plan ne répartit aucune admission entre les MRC.",
                "Les personnes admises choisissent où elles vivent; une répartition ne les y installe pas.",
                "Rien n’est dit de la capacité d’accueil (logement, emploi, services) des MRC.",
            ),
            notices=(f"Aucune admission : {listed([ds.name(mrc) for mrc in none])}.",)
            if none and parameters.nombre
            else (),
        ),
        headline=number(parts[first]),
        headline_label=f"{ds.name(first)}, sur {number(parameters.nombre)}",
        headline_note=f"selon {'la ' if parameters.methode == 'population' else 'les '}{basis}",
        unit="personnes",
        observed_label=f"Observé, {period}",
        lines=tuple(lines),
        inputs=rows,
        # Several years of admissions beside a number to distribute: in the table, not on the same axis.
        same_scale=False,
    )


def _weights(ds: Dataset, p: Distribute, mrcs: list[str]) -> tuple[dict[str, Fraction | int], list[Quantity]]:
    if p.methode == "egal":
        return dict.fromkeys(mrcs, 1), []
    if p.methode == "poids":
        typed = dict(p.poids)
        if not any(typed.values()):
            raise ImpossibleError("poids", "tous les poids sont nuls : en saisir au moins un.")
        return {mrc: Fraction(typed.get(mrc, 0)) for mrc in mrcs}, []
    measure = adm.population if p.methode == "population" else lambda d, c: adm.admissions(d, c, adm.span(d))
    found = {mrc: measure(ds, mrc) for mrc in mrcs}
    missing = [mrc for mrc, q in found.items() if q.value is None]
    if missing:
        raise ImpossibleError("methode", f"la source ne donne pas ce nombre pour {ds.name(missing[0])}.")
    return {mrc: int(q.value or 0) for mrc, q in found.items()}, list(found.values())


def _formula(
    ds: Dataset, p: Distribute, weights: dict[str, Fraction | int], first: str, parts: dict[str, int], floors: bool
) -> tuple[str, ...]:
    whole = sum((Fraction(w) for w in weights.values()), Fraction(0))
    quota = Fraction(weights[first]) * p.nombre / whole
    weight = number(float(weights[first]), 0 if Fraction(weights[first]).denominator == 1 else 2)
    total = number(float(whole), 0 if whole.denominator == 1 else 2)
    product = f"{ds.name(first)} : {number(p.nombre)} × {weight} ÷ {total} = {number(float(quota), 2)}"
    served = [number(n) for n in parts.values() if n]
    lines = [
        f"{product} sans plancher; {number(parts[first])} une fois les planchers pris"
        if floors
        else f"{product}, arrondi à {number(parts[first])}",
        (
            "Plus fort reste : chacune reçoit la partie entière de son quotient, puis les unités qui restent vont, "
            "une "
            "à une, "
            "aux plus grands restes"
        ),
        f"Somme : {' + '.join(served)} = {number(p.nombre)}"
        if 0 < len(served) <= MOST_TERMS
        else f"Somme des {len(parts)} parts = {number(p.nombre)}",
    ]
    if floors:
        lines.insert(1, "Planchers : qui serait sous le sien le reçoit exactement, et les autres se partagent le reste")
    return tuple(lines)


def _assumed(ds: Dataset, p: Distribute, period: str) -> str:
    return {
        "parts": f"Chaque MRC garde la part des admissions qu’elle a eue sur {period}.",
        "egal": "Chaque MRC reçoit autant que les autres, quelle que soit sa taille.",
        "population": f"Chaque MRC reçoit selon sa population au {adm.census_words(ds)}.",
        "poids": "Les poids sont ceux que vous avez saisis; une MRC sans poids compte pour zéro.",
    }[p.methode]

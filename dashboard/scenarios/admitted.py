"""Simulation 2: Québec admits so many, and a region or the direction receives a share of them."""

from __future__ import annotations

from fractions import Fraction

from dashboard.indicators import admissions as adm
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.scenarios.parameters import Quebec, plain
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, Simulated, half_up, typeset
from dashboard.scenarios.rounding import largest_remainder
from dashboard.scenarios.words import ADMITTED_NOT_PRESENT, allowed, provisional, who
from dashboard.wording.numbers import number, percent


def observed_range(ds: Dataset) -> tuple[tuple[int, str], tuple[int, str]]:
    """Fewest and most admissions of Québec among the years observed, each with its year."""
    counts = [
        (int(q.value), y) for y in adm.years(ds) if (q := adm.admissions(ds, ds.config.province, y)).value is not None
    ]
    return min(counts), max(counts)


def share(ds: Dataset, territory: str, year: str) -> Fraction:
    """Observed share of Québec's admissions (0 to 1). Raises ImpossibleError when the source lacks a figure."""
    part, whole = (adm.admissions(ds, code, year) for code in (territory, ds.config.province))
    if year not in adm.years(ds) or part.value is None or not whole.value:
        raise ImpossibleError("reference", f"la part de {year} n’est pas dans les données pour {who(ds, territory)}.")
    return Fraction(int(part.value), int(whole.value))


def share_range(ds: Dataset, territory: str) -> tuple[tuple[Fraction, str], tuple[Fraction, str]]:
    """Lowest and highest observed share of Québec's admissions, each with its year."""
    shares = [(share(ds, territory, year), year) for year in adm.years(ds)]
    return min(shares), max(shares)


def quebec(ds: Dataset, parameters: Quebec) -> Outcome:
    """Admissions of the territory, of its regions when it is the direction, and of its MRC."""
    code = allowed(ds, parameters.territoire, ("region", "direction"))
    reference = share(ds, code, parameters.reference)
    own = reference if parameters.part is None else Fraction(parameters.part) / 100
    if reference == 0 and own:
        raise ImpossibleError("reference", "la part de cette année est nulle : en choisir une autre.")
    whole = ds.territories[code].level == "direction"
    regions = ds.members(code, parameters.reference) if whole else [code]
    total = half_up(parameters.admissions * own)
    lines, more, inputs = [], [], list[Quantity]()
    for region in regions:
        # When the direction's share is typed, each region keeps its weight in the direction.
        weight = share(ds, region, parameters.reference) / reference if reference else Fraction(0)
        value = half_up(parameters.admissions * own * weight)
        seen = adm.admissions(ds, region, parameters.reference)
        inputs.append(seen)
        lines.append(Line(region, ds.name(region), seen, Simulated(value)))
        more += _spread(ds, region, value)
    seen = adm.admissions(ds, code, parameters.reference)
    if whole:
        lines.append(Line(code, who(ds, code), seen, Simulated(total), total=True))
    province = adm.admissions(ds, ds.config.province, parameters.reference)
    rows = tuple(dict.fromkeys(i for q in (*inputs, province) for i in q.inputs))
    name, part = who(ds, code), percent(float(own * 100), 2)
    return Outcome(
        kind=parameters.kind,
        status="scénario",
        text=typeset(
            f"Scénario : {number(parameters.admissions)} admissions au Québec, {name}",
            f"Si le Québec admettait {number(parameters.admissions)} personnes et que la part était de {part}, il y "
            "en aurait "
            f"{number(total)} {ds.territories[code].name_in}, contre {number(seen.value)} en {parameters.reference}.",
            formula=(_formula(ds, parameters, own, total, seen, province), *_spread_formula(ds)),
            assumptions=(
                _assumed(ds, parameters, own),
                f"Les MRC gardent la part qu’elles ont eue de leur région sur {adm.span(ds)}.",
                *provisional(rows),
            ),
            limits=(
                (
                    "Ce n’est pas une prévision : ni le nombre d’admissions du Québec, ni la part ne sont annoncés "
                    "par "
                    "la "
                    "source."
                ),
                "Aucune cible régionale n’existe dans le plan.",
                ADMITTED_NOT_PRESENT,
            ),
            notices=_beyond(ds, parameters, own),
        ),
        headline=number(total),
        headline_label=name,
        headline_note=f"{part} de {number(parameters.admissions)}",
        unit="personnes",
        observed_label=f"Observé, {parameters.reference}",
        lines=tuple(lines),
        more=tuple(more),
        inputs=rows,
    )


def _spread(ds: Dataset, region: str, value: int) -> list[Line]:
    weights = {mrc: int(adm.admissions(ds, mrc, adm.span(ds)).value or 0) for mrc in ds.mrc_codes(region)}
    if not sum(weights.values()):
        return []
    parts = largest_remainder(value, weights)
    ordered = sorted(parts, key=lambda mrc: (-weights[mrc], mrc))
    return [Line(mrc, f"{ds.name(mrc)} ({ds.name(region)})", simulated=Simulated(parts[mrc])) for mrc in ordered]


def _formula(ds: Dataset, p: Quebec, own: Fraction, total: int, seen: Quantity, province: Quantity) -> str:
    x = number(p.admissions)
    if p.part is not None:
        return f"{x} × {plain(p.part).replace('.', ',')} % = {number(total)}"
    return f"{x} × {number(seen.value)} ÷ {number(province.value)} (part de {p.reference}) = {number(total)}"


def _spread_formula(ds: Dataset) -> tuple[str, ...]:
    return (
        (
            f"Par MRC : nombre de la région × admissions de la MRC ÷ admissions de la région ({adm.span(ds)}), "
            "arrondi "
            "au plus "
            "fort reste pour que la somme soit celle de la région"
        ),
    )


def _assumed(ds: Dataset, p: Quebec, own: Fraction) -> str:
    if p.part is None:
        return f"La part du Québec reste celle de {p.reference}, {percent(float(own * 100), 2)}."
    tail = (
        f" Chaque région garde son poids de {p.reference} dans la direction."
        if ds.territories[p.territoire].level == "direction"
        else ""
    )
    return f"La part du Québec est celle que vous avez saisie, {percent(float(own * 100), 2)}.{tail}"


def _beyond(ds: Dataset, p: Quebec, own: Fraction) -> tuple[str, ...]:
    """What lies outside of what was observed is said."""
    found = []
    (least, first), (most, last) = observed_range(ds)
    if not least <= p.admissions <= most:
        found.append(
            f"{number(p.admissions)} admissions au Québec sortent de ce qui a été observé, de {number(least)} "
            f"({first}) à "
            f"{number(most)} ({last})."
        )
    (low, first), (high, last) = share_range(ds, p.territoire)
    if not low <= own <= high:
        found.append(
            f"Une part de {percent(float(own * 100), 2)} sort de ce qui a été observé, de "
            f"{percent(float(low * 100), 2)} "
            f"({first}) à {percent(float(high * 100), 2)} ({last})."
        )
    return tuple(found)

"""Simulation 2: Québec admits so many, and a region or the direction receives a share of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.scenarios.controls import Choice, Number, Scale, Values, round_step, territory
from dashboard.scenarios.fields import Code, OptionalRate, Persons, Year
from dashboard.scenarios.formula import Cell, Constant, Expression, Input, Sharing, percent_of, rounded
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, line
from dashboard.scenarios.simulation import Parameters, Simulation
from dashboard.scenarios.words import ADMITTED_NOT_PRESENT, allowed, basis, who
from dashboard.wording.numbers import NBSP, number, percent, plain

LEVELS = ("direction", "region")


def observed_range(ds: Dataset) -> tuple[tuple[int, str], tuple[int, str]]:
    """Fewest and most admissions of Québec among the years observed, each with its year."""
    counts = [
        (int(q.value), y) for y in adm.years(ds) if (q := adm.admissions(ds, ds.config.province, y)).value is not None
    ]
    return min(counts), max(counts)


def share(ds: Dataset, code: str, year: str) -> Fraction:
    """Observed share of Québec's admissions (0 to 1). Raises ImpossibleError when the source lacks a figure."""
    part, whole = (adm.admissions(ds, own, year) for own in (code, ds.config.province))
    if year not in adm.years(ds) or part.value is None or not whole.value:
        raise ImpossibleError("reference", f"la part de {year} n’est pas dans les données pour {who(ds, code)}.")
    return Fraction(int(part.value), int(whole.value))


def share_range(ds: Dataset, code: str) -> tuple[tuple[Fraction, str], tuple[Fraction, str]]:
    """Lowest and highest observed share of Québec's admissions, each with its year."""
    found = [(share(ds, code, year), year) for year in adm.years(ds)]
    return min(found), max(found)


def _percent(own: Fraction) -> str:
    return percent(float(own * 100), 2)


def _admissions_scale(ds: Dataset, values: Values) -> Scale:
    (least, first), (most, last) = observed_range(ds)
    hint = f"Observé : de {number(least)} ({first}) à {number(most)} ({last})."
    top = Decimal(2 * most)
    return Scale(top, round_step(top), Decimal(most), hint=hint)


def _part_scale(ds: Dataset, values: Values) -> Scale | None:
    code, year = values.get("territoire", ""), values.get("reference", "")
    try:
        own, ((low, first), (high, last)) = share(ds, code, year), share_range(ds, code)
    except (ImpossibleError, KeyError):
        return None
    top = 2 * Decimal(str(float(high * 100)))
    hint = f"Observé : de {_percent(low)} ({first}) à {_percent(high)} ({last}). Le curseur va au double du maximum."
    rest = Decimal(str(float(own * 100))).quantize(Decimal("0.01"))
    placeholder = f"vide{NBSP}: celle de {year}, {_percent(own)}"
    return Scale(top, round_step(top), rest, unit=f"{NBSP}%", decimals=2, placeholder=placeholder, hint=hint)


class Quebec(Parameters):
    """Québec admits so many; `part` is the share in percent, or None for the observed share of the year `reference`."""

    territoire: Annotated[Code, territory(*LEVELS)]
    admissions: Annotated[
        Persons,
        Number(
            "Admissions du Québec", "les admissions du Québec", "admissions du Québec",
            slider="Curseur : admissions du Québec", scale=_admissions_scale,
        ),
    ]  # fmt: skip
    reference: Annotated[
        Year,
        Choice(
            "Part du Québec observée en", "l’année de référence", "année de référence",
            lambda ds, values: adm.years(ds),
        ),
    ]  # fmt: skip
    part: Annotated[
        OptionalRate,
        Number(
            "Autre part du Québec, en %", "la part", "part (%)", "vide : la part observée",
            "Curseur : part du Québec", _part_scale,
        ),
    ] = None  # fmt: skip


def quebec(ds: Dataset, parameters: Quebec) -> Outcome:
    """Admissions of the territory, of its regions when it is the direction, and of its MRC."""
    code, year = allowed(ds, parameters.territoire, LEVELS), parameters.reference
    reference = share(ds, code, year)
    own = reference if parameters.part is None else Fraction(parameters.part) / 100
    if reference == 0 and own:
        raise ImpossibleError("reference", "la part de cette année est nulle : en choisir une autre.")
    direction = ds.territories[code].level == "direction"
    seen, province = adm.admissions(ds, code, year), adm.admissions(ds, ds.config.province, year)
    admitted = Input("admissions_quebec", "Admissions du Québec, à essayer", parameters.admissions)
    here = Input("admissions_territoire", f"Admissions du territoire en {year}", seen.value)
    if parameters.part is None:
        whole = Input("admissions_quebec_reference", f"Admissions du Québec en {year}", province.value)
        cells, total = (admitted, here, whole), admitted * here / whole
    else:
        typed = Input("part_quebec", "Part du Québec, à essayer", parameters.part, "%")
        cells, total = (admitted, typed, here), percent_of(admitted, typed)

    def part_of(region: str) -> Expression:
        """When the direction's share is typed, each region keeps its weight in the direction."""
        if region == code:
            return rounded(total)
        weight = Cell("observed", region, Constant(int(adm.admissions(ds, region, year).value or 0)))
        return rounded(admitted * weight / whole if parameters.part is None else total * weight / here)

    regions = ds.members(code, year) if direction else [code]
    lines, more = [], list[Line]()
    for region in regions:
        own_part = part_of(region)
        lines.append(line(region, ds.name(region), adm.admissions(ds, region, year), value=own_part))
        more += _spread(ds, region, own_part)
    if direction:
        lines.append(line(code, who(ds, code), seen, value=rounded(total), total=True))
    rows = basis(*(adm.admissions(ds, region, year) for region in regions), province)
    name, part, received = who(ds, code), _percent(own), number(rounded(total).whole)
    of_year = f" (part de {year})" if parameters.part is None else ""
    return Outcome(
        f"Scénario : {number(parameters.admissions)} admissions au Québec, {name}",
        f"Si le Québec admettait {number(parameters.admissions)} personnes et que la part était de {part}, il y "
        f"en aurait {received} {ds.territories[code].name_in}, contre {number(seen.value)} en {year}.",
        formula=(
            f"{total.words()}{of_year} = {received}",
            (
                f"Par MRC : nombre de la région × admissions de la MRC ÷ admissions de la région ({adm.span(ds)}), "
                "arrondi au plus fort reste pour que la somme soit celle de la région"
            ),
        ),
        assumptions=(
            _assumed(parameters, part, direction),
            f"Les MRC gardent la part qu’elles ont eue de leur région sur {adm.span(ds)}.",
        ),
        limits=(
            (
                "Ce n’est pas une prévision : ni le nombre d’admissions du Québec, ni la part ne sont annoncés par "
                "la source."
            ),
            "Aucune cible régionale n’existe dans le plan.",
            ADMITTED_NOT_PRESENT,
        ),
        notices=_beyond(ds, parameters, own),
        headline=received,
        headline_label=name,
        headline_note=f"{part} de {number(parameters.admissions)}",
        observed_label=f"Observé, {year}",
        lines=tuple(lines),
        more=tuple(more),
        inputs=rows,
        cells=cells,
    )


def _spread(ds: Dataset, region: str, value: Expression) -> list[Line]:
    weights = {mrc: int(adm.admissions(ds, mrc, adm.span(ds)).value or 0) for mrc in sorted(ds.mrc_codes(region))}
    if not any(weights.values()):
        return []
    title = f"{ds.name(region)}{NBSP}: partage entre les MRC, selon les admissions {adm.span(ds)}"
    rows = tuple((mrc, ds.name(mrc), weight) for mrc, weight in weights.items())
    sharing = Sharing(region, title, Cell("value", region, value), rows)
    ordered = sorted(weights, key=lambda mrc: (-weights[mrc], mrc))
    return [line(mrc, f"{ds.name(mrc)} ({ds.name(region)})", value=sharing.part(mrc)) for mrc in ordered]


def _assumed(parameters: Quebec, part: str, direction: bool) -> str:
    year = parameters.reference
    if parameters.part is None:
        return f"La part du Québec reste celle de {year}, {part}."
    tail = f" Chaque région garde son poids de {year} dans la direction." if direction else ""
    return f"La part du Québec est celle que vous avez saisie, {part}.{tail}"


def _beyond(ds: Dataset, parameters: Quebec, own: Fraction) -> Sequence[str]:
    """What lies outside of what was observed is said."""
    found = []
    (least, first), (most, last) = observed_range(ds)
    if not least <= parameters.admissions <= most:
        found.append(
            f"{number(parameters.admissions)} admissions au Québec sortent de ce qui a été observé, de "
            f"{number(least)} ({first}) à {number(most)} ({last})."
        )
    (low, when_low), (high, when_high) = share_range(ds, parameters.territoire)
    if not low <= own <= high:
        found.append(
            f"Une part de {_percent(own)} sort de ce qui a été observé, de {_percent(low)} ({when_low}) à "
            f"{_percent(high)} ({when_high})."
        )
    return found


def _usual(ds: Dataset) -> dict[str, str]:
    count = adm.admissions(ds, ds.config.province, adm.years(ds)[-1]).value
    return {"territoire": ds.config.direction, "admissions": plain(count), "reference": adm.years(ds)[-1]}


SIMULATION = Simulation(
    "quebec", "Admissions du Québec", "Si le Québec admettait tant de personnes, combien ici?", Quebec, quebec, _usual
)

"""Simulations 2 and 3: Québec admits so many, and a territory receives a share of them; or back to the best year."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from dashboard.indicators import admissions as adm
from dashboard.indicators.memory import remembered
from dashboard.model import Dataset
from dashboard.scenarios import simulation as sim
from dashboard.scenarios.fields import Code, Horizon, OptionalRate, Period, Persons
from dashboard.scenarios.formula import Cell, Constant, Expression, Input, Operation, Sharing, percent_of, rounded
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, line
from dashboard.scenarios.texts import outcome
from dashboard.wording.numbers import NBSP, number, percent, plain
from dashboard.wording.periods import during

# --- Québec admits so many --------------------------------------------------------------------------------------------

_RECEIVING = ("direction", "region")


@remembered
def observed_range(ds: Dataset) -> tuple[tuple[int, str], tuple[int, str]]:
    """Fewest and most admissions of Québec among the years observed, each with its year."""
    seen = [(adm.admissions(ds, ds.config.province, year).value, year) for year in adm.years(ds)]
    counts = [(int(value), year) for value, year in seen if value is not None]
    return min(counts), max(counts)


def references(ds: Dataset) -> list[str]:
    """The periods whose share of Québec is observed: each year, and all of them."""
    return [*adm.years(ds), adm.span(ds)]


def share(ds: Dataset, code: str, year: str) -> Fraction:
    """Observed share of Québec's admissions (0 to 1). Raises ImpossibleError when the source lacks a figure."""
    part, whole = (adm.admissions(ds, own, year) for own in (code, ds.config.province))
    if year not in references(ds) or part.value is None or not whole.value:
        raise ImpossibleError("reference", f"la part de {year} n’est pas dans les données pour {sim.who(ds, code)}.")
    return Fraction(int(part.value), int(whole.value))


@remembered
def share_range(ds: Dataset, code: str) -> tuple[tuple[Fraction, str], tuple[Fraction, str]]:
    """Lowest and highest observed share of Québec's admissions, each with its year."""
    found = [(share(ds, code, year), year) for year in adm.years(ds)]
    return min(found), max(found)


def _percent(own: Fraction) -> str:
    return percent(float(own * 100), 2)


def _admissions_scale(ds: Dataset, values: sim.Values) -> sim.Scale:
    (least, first), (most, last) = observed_range(ds)
    hint = f"Observé : de {number(least)} ({first}) à {number(most)} ({last})."
    top = Decimal(2 * most)
    return sim.Scale(top, sim.round_step(top), Decimal(most), hint=hint)


def _part_scale(ds: Dataset, values: sim.Values) -> sim.Scale | None:
    code, year = values.get("territoire", ""), values.get("reference", "")
    try:
        own, ((low, first), (high, last)) = share(ds, code, year), share_range(ds, code)
    except (ImpossibleError, KeyError):
        return None
    top = 2 * Decimal(str(float(high * 100)))
    hint = f"Observé : de {_percent(low)} ({first}) à {_percent(high)} ({last}). Le curseur va au double du maximum."
    rest = Decimal(str(float(own * 100))).quantize(Decimal("0.01"))
    placeholder = f"vide{NBSP}: celle de {year}, {_percent(own)}"
    return sim.Scale(top, sim.round_step(top), rest, unit=f"{NBSP}%", decimals=2, placeholder=placeholder, hint=hint)


class Quebec(sim.Parameters):
    """Québec admits so many; `part` is the share in percent, or None for the one observed in the period `reference`."""

    territoire: Annotated[Code, sim.territory(*_RECEIVING)]
    admissions: Annotated[Persons, sim.Number(scale=_admissions_scale)]
    reference: Annotated[Period, sim.Choice(options=lambda ds, values: references(ds))]
    part: Annotated[OptionalRate, sim.Number(scale=_part_scale)] = None


def quebec(ds: Dataset, parameters: Quebec) -> Outcome:
    """Admissions of the territory, of its regions when it is the direction, and of its MRC."""
    code, year, typed = sim.allowed(ds, parameters.territoire, _RECEIVING), parameters.reference, parameters.part
    reference = share(ds, code, year)
    own = reference if typed is None else Fraction(typed) / 100
    if reference == 0 and own:
        raise ImpossibleError("reference", "la part de cette année est nulle : en choisir une autre.")
    direction = ds.territories[code].level == "direction"
    seen, province = adm.admissions(ds, code, year), adm.admissions(ds, ds.config.province, year)
    admitted = Input("admissions_quebec", "Admissions du Québec, à essayer", parameters.admissions)
    here = Input("admissions_territoire", f"Admissions du territoire {during(year)}", seen.value)
    if typed is None:
        whole = Input("admissions_quebec_reference", f"Admissions du Québec {during(year)}", province.value)
        cells, total = (admitted, here, whole), admitted * here / whole
    else:
        part = Input("part_quebec", "Part du Québec, à essayer", typed, "%")
        cells, total = (admitted, part, here), percent_of(admitted, part)
    regions = ds.members(code, year) if direction else [code]
    lines, more = [], list[Line]()
    for region in regions:
        # When the direction's share is typed, each region keeps its weight in the direction.
        weight = Cell("observed", region, Constant(int(adm.admissions(ds, region, year).value or 0)))
        part_of_it = admitted * weight / whole if typed is None else total * weight / here
        value = rounded(part_of_it if direction else total)
        lines.append(line(region, ds.name(region), adm.admissions(ds, region, year), value=value))
        more += _spread(ds, region, value)
    if direction:
        lines.append(line(code, sim.who(ds, code), seen, value=rounded(total), total=True))
    (fewest, fewest_year), (most, most_year) = observed_range(ds)
    (lowest, lowest_year), (highest, highest_year) = share_range(ds, code)
    values = {
        "name": sim.who(ds, code), "name_in": ds.territories[code].name_in, "year": year, "span": adm.span(ds),
        "when": during(adm.span(ds)), "together": "-" in year, "same": seen.value == rounded(total).whole,
        "admitted": parameters.admissions, "part": _percent(own), "received": rounded(total).whole,
        "seen": seen.value, "total": total, "typed": typed is not None, "shared": direction,
        # What lies outside of what was observed is said.
        "admitted_beyond": parameters.admissions != province.value and not fewest <= parameters.admissions <= most,
        "fewest": fewest, "fewest_year": fewest_year,
        "most": most, "most_year": most_year, "part_beyond": not lowest <= own <= highest,
        "lowest": _percent(lowest), "lowest_year": lowest_year, "highest": _percent(highest),
        "highest_year": highest_year,
    }  # fmt: skip
    inputs = sim.basis(*(adm.admissions(ds, region, year) for region in regions), province)
    # Several years of admissions beside those of one: in the table, not on the same axis.
    return outcome("quebec", values, lines=lines, more=more, inputs=inputs, cells=cells, same_scale="-" not in year)


def _spread(ds: Dataset, region: str, value: Expression) -> list[Line]:
    """The MRC of a region, each with its part of what the region receives."""
    weights = {mrc: int(adm.admissions(ds, mrc, adm.span(ds)).value or 0) for mrc in sorted(ds.mrc_codes(region))}
    if not any(weights.values()):
        return []
    title = f"{ds.name(region)}{NBSP}: partage entre les MRC, selon les admissions {adm.span(ds)}"
    rows = tuple((mrc, ds.name(mrc), weight) for mrc, weight in weights.items())
    sharing = Sharing(region, title, Cell("value", region, value), rows)
    ordered = sorted(weights, key=lambda mrc: (-weights[mrc], mrc))
    return [line(mrc, f"{ds.name(mrc)} ({ds.name(region)})", value=sharing.part(mrc)) for mrc in ordered]


def _usual(ds: Dataset) -> dict[str, str]:
    last = adm.years(ds)[-1]
    count = adm.admissions(ds, ds.config.province, last).value
    return {"territoire": ds.config.direction, "admissions": plain(count), "reference": last}


QUEBEC = sim.Simulation("quebec", Quebec, quebec, _usual)

# --- Back to the best year: the gap to the last year, and the yearly growth that would close it -----------------------

_LEVELS = ("direction", "region", "province")
# Constant yearly growth (0.1 for 10 %) from the last year to the best one in so many years.
GROWTH = Operation(
    lambda best, last, years: float(best / last) ** (1 / float(years)) - 1,
    "({0} ÷ {1}) à la puissance 1 ÷ {2}, moins 1",
    "({0}/{1})^(1/{2})-1",
)
# The same growth applied for n of these years; nothing beyond them.
AFTER = Operation(
    lambda best, last, years, n: round(last * float(best / last) ** float(n / years)),
    "{1} × ({0} ÷ {1}) à la puissance {3} ÷ {2}",
    'IF({3}>{2},"",IF({3}={2},{0},ROUND({1}*({0}/{1})^({3}/{2}),0)))',
)


class BestYear(sim.Parameters):
    """The territory, and in how many years it would be back."""

    territoire: Annotated[Code, sim.territory(*_LEVELS)]
    ans: Annotated[
        Horizon, sim.Number(scale=lambda ds, values: sim.Scale(Decimal(20), rest=Decimal(1), start=Decimal(1)))
    ]


def best_year(ds: Dataset, parameters: BestYear) -> Outcome:
    """Observed years, then the path at a constant growth. The earliest best year counts when several are equal."""
    code, ans = sim.allowed(ds, parameters.territoire, _LEVELS), parameters.ans
    seen = {year: adm.admissions(ds, code, year) for year in adm.years(ds)}
    counts = {year: int(q.value) for year, q in seen.items() if q.value is not None}
    if not counts:
        raise ImpossibleError("territoire", f"la source ne donne aucune année {ds.territories[code].name_in}.")
    top, last = max(counts, key=lambda year: (counts[year], -int(year))), max(counts)
    wanted = Input("annees_voulues", "Nombre d’années pour revenir au sommet", ans, "ans")
    best = Input("sommet", f"Meilleure année ({top})", counts[top])
    now = Input("derniere_annee", f"Dernière année ({last})", counts[last])
    gap = counts[top] - counts[last]
    growth = GROWTH(best, now, wanted) if counts[last] else None
    path = range(1, ans + 1) if gap and growth is not None else ()
    values = {
        "name": sim.who(ds, code), "ans": ans, "years": _years(ans), "top": top, "last": last, "best": best, "now": now,
        "gap": gap, "difference": (best - now).words(sommet=f"({top})", derniere_annee=f"({last})"), "path": path,
        "growth": growth, "needed": "sans objet" if growth is None else percent(growth.about * 100),
        "yearly": Constant(gap) / wanted, "more": number(gap / ans, 1),
    }  # fmt: skip
    lines = [line(year, year, own) for year, own in seen.items()]
    lines += [line(f"+{n}", f"{last} + {_years(n)}", value=AFTER(best, now, wanted, n)) for n in path]
    inputs, cells = sim.basis(*seen.values()), (wanted, best, now)
    return outcome("meilleure-annee", values, lines=lines, inputs=inputs, drawn="path", cells=cells)


def _years(count: int) -> str:
    return f"{count} an{'s' * (count > 1)}"


BEST_YEAR = sim.Simulation(
    "meilleure-annee", BestYear, best_year, lambda ds: {"territoire": ds.region_codes()[0], "ans": "3"}
)

"""Simulation 8: what a territory would receive at its share of the direction's population, against what it receives."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from dashboard.indicators import admissions as adm
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.scenarios.crossing import BY_MRC
from dashboard.scenarios.parameters import Weight
from dashboard.scenarios.result import ImpossibleError, Line, Outcome, Simulated, typeset
from dashboard.scenarios.rounding import largest_remainder
from dashboard.scenarios.words import ADMITTED_NOT_PRESENT, allowed, provisional, who
from dashboard.wording.numbers import number, percent, signed


def weight(ds: Dataset, parameters: Weight) -> Outcome:
    """The regions of the direction, the MRC of a region, or one MRC beside its region."""
    code = allowed(ds, parameters.territoire, ("mrc", "region", "direction"))
    period = parameters.periode
    _check_period(ds, code, period)
    direction = _direction(ds, code, period)
    people, received = adm.population(ds, direction, period), adm.admissions(ds, direction, period)
    if not people.value or received.value is None:
        raise ImpossibleError("periode", f"la source ne donne pas les admissions de {period}.")
    regions = _shared(ds, ds.members(direction, period), int(received.value))
    rows = _rows(ds, code, direction, regions)
    lines = [Line(c, label, adm.admissions(ds, c, period), Simulated(n), total) for c, label, n, total in rows]
    own = next(line for line in lines if line.id == code)
    assert own.simulated is not None and own.simulated.value is not None
    seen, own_people = own.observed, adm.population(ds, code, period)
    assert seen is not None
    used: list[Quantity] = [people, received, own_people, seen]
    inputs = tuple(dict.fromkeys(i for q in used for i in q.inputs))
    name, expected = who(ds, code), own.simulated.value
    share = percent(float(own_people.value or 0) / float(people.value) * 100)
    gap = None if seen.value is None else int(seen.value) - expected
    whole = code == direction
    top = max((line for line in lines if not line.total), key=lambda line: line.simulated.value or 0)  # type: ignore[union-attr]
    beside = top.observed if whole and top.observed is not None else seen
    message = (
        f"Au poids de leur population, les régions se partageraient les {number(received.value)} admissions de "
        f"{period} : " + "; ".join(_pair(line) for line in lines if not line.total) + "."
        if whole
        else f"{name} : au poids de sa population ({share} de celle de la direction), {number(expected)} des "
        f"{number(received.value)} admissions de {period}; {number(seen.value)} observées ({signed(gap, 0)})."
    )
    return Outcome(
        kind=parameters.kind,
        status="scénario",
        text=typeset(
            f"Scénario : poids démographique, {name}, {period}",
            message,
            formula=(
                (
                    f"{name} : {number(received.value)} × {number(own_people.value)} ÷ {number(people.value)} = "
                    f"{number(expected)}"
                ),
                "Arrondi au plus fort reste : les régions totalisent la direction, et les MRC leur région",
            ),
            assumptions=(
                (
                    f"La population est celle du Recensement de {people.period} : elle n’a pas suivi les années de "
                    f"{period}."
                ),
                "Le partage ne tient compte que de la population.",
                *provisional(inputs),
            ),
            limits=(
                "Le poids démographique n’est ni une cible, ni une norme : le plan n’en fixe aucune.",
                (
                    "Un écart ne dit pas pourquoi : emploi, études, accueil de personnes réfugiées, réseaux déjà "
                    "présents."
                ),
                ADMITTED_NOT_PRESENT,
            ),
        ),
        headline=_of(top) if whole else number(expected),
        headline_label=top.label if whole else f"{name}, au poids de sa population",
        headline_note=f"sur {number(received.value)}; {number(beside.value)} observées",
        unit="personnes",
        observed_label=f"Observé, {period}",
        lines=tuple(lines),
        inputs=inputs,
    )


def _check_period(ds: Dataset, code: str, period: str) -> None:
    known = ds.periods("admissions")
    if period not in known:
        raise ImpossibleError("periode", f"la source ne donne pas les admissions de {period}.")
    mrcs = ds.mrc_codes(code) if ds.territories[code].level == "region" else [code]
    level = ds.territories[code].level
    if level != "direction" and any(ds.get(mrc, BY_MRC, "total", period) is None for mrc in mrcs):
        raise ImpossibleError(
            "periode",
            f"le plan ne croise pas MRC et année : choisir {adm.span(ds)}, ou la simulation « MRC et année ».",
        )


def _direction(ds: Dataset, code: str, period: str) -> str:
    """The direction whose admissions are shared: the territory itself, or the one that it belongs to."""
    region = ds.region_of(code)
    found = code if region is None else ds.direction_of(region, period)
    if found is None:
        raise ImpossibleError("territoire", f"{who(ds, code)} n’est d’aucune direction à la fin de {period}.")
    return found


def _shared(ds: Dataset, codes: Sequence[str], total: int) -> dict[str, int]:
    """Whole parts in proportion to the population."""
    return largest_remainder(total, {code: Fraction(int(adm.population(ds, code).value or 0)) for code in codes})


def _rows(ds: Dataset, code: str, direction: str, regions: dict[str, int]) -> list[tuple[str, str, int, bool]]:
    """(code, label, expected, total) in the order shown: most populous first, totals last."""
    if code == direction:
        rows = [(c, ds.name(c), n, False) for c, n in regions.items()]
        return [*rows, (direction, who(ds, direction), sum(regions.values()), True)]
    region = ds.region_of(code)
    assert region is not None
    mrcs = _shared(ds, ds.mrc_codes(region), regions[region])
    ordered = sorted(mrcs, key=lambda c: (-mrcs[c], c))
    return [
        *((c, ds.name(c), mrcs[c], False) for c in ordered),
        (region, f"{ds.name(region)}, total", regions[region], True),
    ]


def _of(line: Line) -> str:
    return number(line.simulated.value if line.simulated else None)


def _pair(line: Line) -> str:
    return f"{line.label}, {_of(line)} contre {number(line.observed.value if line.observed else None)} observées"

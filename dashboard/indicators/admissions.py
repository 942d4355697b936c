"""Permanent admissions: by year, as an index, as a share of Québec, by MRC and per 1 000 inhabitants."""

from __future__ import annotations

from dashboard.indicators.quantity import Quantity, add, observed, ratio, share_pct
from dashboard.model import Dataset

PER = 1000


def years(ds: Dataset) -> list[str]:
    """Years for which admissions are observed, in order."""
    return ds.periods("admissions", years_only=True)


def span(ds: Dataset) -> str:
    """The period that the source totals (e.g. « 2015-2019 »), the latest when there are several."""
    spans = [p for p in ds.periods("admissions") if len(p) == 9]
    return spans[-1]


def admissions(ds: Dataset, territory: str, period: str) -> Quantity:
    """Admissions of a territory (province, direction, region or MRC) for a year or a period.

    The direction is the sum of its available regions. An MRC has only the periods that the source gives.
    """
    level = ds.territories[territory].level
    if level == "direction":
        parts = [admissions(ds, code, period) for code in ds.region_codes()]
        return add(parts, "Admissions permanentes", territory)
    if level == "mrc":
        return observed(ds, territory, "admissions_by_mrc", "total", period, "Admissions permanentes")
    return observed(ds, territory, "admissions", "total", period)


def share_of_quebec(ds: Dataset, territory: str, period: str) -> Quantity:
    """Share of Québec's admissions, in percent."""
    return share_pct(
        admissions(ds, territory, period),
        admissions(ds, ds.config.province, period),
        "Part des admissions du Québec",
        "share_of_quebec",
        "admissions du Québec",
    )


def index_100(ds: Dataset, territory: str, year: str) -> Quantity:
    """Admissions of the year for 100 in the first year of the series."""
    first = years(ds)[0]
    return ratio(
        admissions(ds, territory, year),
        admissions(ds, territory, first),
        factor=100,
        unit="indice",
        decimals=1,
        label=f"Indice ({first} = 100)",
        derived="index_100",
        formula="{a} ÷ {b} × 100",
        base=f"admissions de {first}",
    )


def change_pct(ds: Dataset, territory: str, year: str) -> Quantity | None:
    """Change from the year before, in percent; None for the first year."""
    known = years(ds)
    rank = known.index(year)
    if rank == 0:
        return None
    before, now = admissions(ds, territory, known[rank - 1]), admissions(ds, territory, year)
    value = None
    if before.value and now.value is not None:
        value = (now.value - before.value) / before.value * 100
    return Quantity(
        value,
        "%",
        1,
        f"Variation depuis {known[rank - 1]}",
        territory,
        year,
        now.inputs + before.inputs,
        "({a} − {b}) ÷ {b} × 100",
        "change_pct",
        f"admissions de {known[rank - 1]}",
        operands=(now, before),
    )


def population(ds: Dataset, territory: str) -> Quantity:
    """Census population, the base of rates; the direction is the sum of its regions."""
    year = ds.periods("population_census")[-1]
    if ds.territories[territory].level == "direction":
        return add([population(ds, code) for code in ds.region_codes()], "Population, Recensement", territory)
    return observed(ds, territory, "population_census", "total", year)


def rate_per_1000(ds: Dataset, territory: str) -> Quantity:
    """Cumulated admissions of the period for 1 000 inhabitants; unreliable under the threshold of config.yaml."""
    count = admissions(ds, territory, span(ds))
    return ratio(
        count,
        population(ds, territory),
        factor=PER,
        unit="pour 1\u00a0000 habitants",
        decimals=1,
        label="Admissions cumulées pour 1\u00a0000 habitants",
        derived="rate_per_1000",
        formula="{a} ÷ {b} × 1 000",
        base="population du Recensement de 2016",
        reliable=count.value is None or count.value >= ds.config.unreliable_below,
    )


def share_of_region(ds: Dataset, mrc: str) -> Quantity:
    """Share of the region's cumulated admissions that went to an MRC, in percent."""
    region = ds.region_of(mrc)
    assert region is not None
    whole = observed(ds, region, "admissions_by_mrc", "total", span(ds), "Admissions de la région")
    return share_pct(admissions(ds, mrc, span(ds)), whole, "Part des admissions de la région", "share_of_region")


def share_of_direction(ds: Dataset, territory: str) -> Quantity | None:
    """Share of the direction's cumulated admissions, in percent; None for Québec, which the direction is part of."""
    if territory == ds.config.province:
        return None
    whole = admissions(ds, ds.config.direction, span(ds))
    part = admissions(ds, territory, span(ds))
    return share_pct(
        part, whole, "Part des admissions de la direction", "share_of_direction", "admissions de la direction"
    )


MEASURES = ("nombre", "part", "taux")


def mrc_measure(ds: Dataset, mrc: str, measure: str) -> Quantity:
    """One of the three measures of the map for an MRC: nombre, part (of its region) or taux."""
    if measure == "nombre":
        return admissions(ds, mrc, span(ds))
    return share_of_region(ds, mrc) if measure == "part" else rate_per_1000(ds, mrc)


def rank_in_region(ds: Dataset, mrc: str, measure: str = "nombre") -> tuple[int, int] | None:
    """Rank (1 = highest) and how many are ranked; None for a rate that is not reliable."""
    region = ds.region_of(mrc)
    measured = {code: mrc_measure(ds, code, measure) for code in ds.mrc_codes(region)}
    ranked = {c: q.value for c, q in measured.items() if q.value is not None and (measure != "taux" or q.reliable)}
    if mrc not in ranked:
        return None
    own = ranked[mrc]
    return 1 + sum(1 for value in ranked.values() if value > own), len(ranked)

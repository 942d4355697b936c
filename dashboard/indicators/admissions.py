"""Permanent admissions: by year, as an index, as a share of Québec, by MRC and per 1 000 inhabitants."""

from __future__ import annotations

from dashboard.indicators.memory import remembered
from dashboard.indicators.quantity import Quantity, add, observed, ratio, share_pct
from dashboard.indicators.ranking import Rank, rank
from dashboard.model import Dataset
from dashboard.model.periods import Period

BY_YEAR, BY_MRC, CENSUS = "admissions", "admissions_by_mrc", "population_census"


@remembered
def years(ds: Dataset) -> list[str]:
    """Years for which admissions are observed somewhere, in order. Some may be missing between them."""
    given = {key.period for key, row in ds.observations.items() if key.indicator == BY_YEAR and row.value is not None}
    return sorted(period for period in given if Period.of(period).is_year)


@remembered
def calendar(ds: Dataset) -> list[str]:
    """Every year from the first to the last of the series, the missing ones too: a chart leaves their place empty."""
    known = years(ds)
    return [str(year) for year in range(int(known[0]), int(known[-1]) + 1)] if known else []


def year_before(ds: Dataset, year: str) -> str | None:
    """The year before in the calendar; None where the series does not have it."""
    before = f"{int(year) - 1:04}"
    return before if before in years(ds) else None


@remembered
def span(ds: Dataset) -> str:
    """The latest period that every MRC has (e.g. « 2015-2019 »), the longest of those that end alike.

    Where no file totals a period for the MRC: the latest that the regions have, then the last years in a row.
    """
    mrcs = ds.mrc_codes()
    common = set.intersection(*(set(ds.periods_of.get((code, BY_MRC), ())) for code in mrcs)) if mrcs else set()
    known = [p for p in common if Period.of(p).is_span] or [p for p in ds.periods(BY_YEAR) if Period.of(p).is_span]
    if known:
        return max(known, key=lambda p: (p[5:], -int(p[:4])))
    run = years(ds)[-1:]
    while run and (before := year_before(ds, run[0])):
        run.insert(0, before)
    return f"{run[0]}-{run[-1]}" if run else ""


@remembered
def total_span(ds: Dataset) -> str:
    """The period that regions and Québec are totalled over: that of the MRC, carried on to the last year.

    « 2015-2020 » when 2020 is known and the MRC stop in 2019; that of the MRC itself where a year is missing.
    """
    own, last = span(ds), years(ds)[-1]
    longer = f"{own[:4]}-{last}"
    if last <= own[5:] or not all(year in years(ds) for year in Period.of(longer).years):
        return own
    return longer


@remembered
def admissions(ds: Dataset, territory: str, period: str, members_at: str | None = None) -> Quantity:
    """Admissions of a territory (province, direction, region or MRC) for a year or a period.

    The direction is the sum of the available regions that it has at the end of the period, or of `members_at`: a
    change of its territory is never read as a change of its admissions. A period that the source does not total is
    the sum of its years, when it has them all.
    """
    level = ds.territories[territory].level
    if level == "direction":
        parts = [admissions(ds, code, period) for code in ds.members(territory, members_at or period)]
        return add(parts, "Admissions permanentes", territory, period=period)
    indicator = BY_MRC if level == "mrc" else BY_YEAR
    label = "Admissions permanentes" if level == "mrc" else None
    found = observed(ds, territory, indicator, "total", period, label)
    if found.inputs or not Period.of(period).is_span:
        return found
    beside = observed(ds, territory, BY_MRC, "total", period, found.label)
    if beside.inputs:
        # The total printed under the MRC of the region: the same number.
        return beside
    own = [observed(ds, territory, indicator, "total", year, label) for year in Period.of(period).years]
    return add(own, found.label, territory, period=period) if all(q.inputs for q in own) else found


@remembered
def share_of_quebec(ds: Dataset, territory: str, period: str) -> Quantity:
    """Share of Québec's admissions, in percent."""
    part, whole = (admissions(ds, code, period) for code in (territory, ds.config.province))
    return share_pct(part, whole, "Part des admissions du Québec", "share_of_quebec", "admissions du Québec")


@remembered
def index_100(ds: Dataset, territory: str, year: str) -> Quantity:
    """Admissions of the year for 100 in the first year of the series."""
    first = years(ds)[0]
    now, start = admissions(ds, territory, year), admissions(ds, territory, first, year)
    return ratio(now, start, 100, "indice", f"Indice ({first} = 100)", "index_100", f"admissions de {first}")


@remembered
def change_pct(ds: Dataset, territory: str, year: str) -> Quantity | None:
    """Change from the year before in the calendar, in percent; None for the first year, and after a missing one."""
    before_year = year_before(ds, year)
    if before_year is None:
        return None
    # A direction is compared with itself: its regions of the later year, in both.
    before, now = admissions(ds, territory, before_year, year), admissions(ds, territory, year)
    value = (now.value - before.value) / before.value * 100 if before.value and now.value is not None else None
    return Quantity(
        value, "%", 1, f"Variation depuis {before_year}", territory, year, now.inputs + before.inputs,
        "({a} − {b}) ÷ {b} × 100", "change_pct", f"admissions de {before_year}", operands=(now, before),
    )  # fmt: skip


def _census(ds: Dataset) -> str:
    return (ds.periods(CENSUS) or [""])[-1]


def census_year(ds: Dataset) -> str:
    """Year of the census that rates rest on: the latest."""
    return _census(ds)[:4]


def census_words(ds: Dataset) -> str:
    """« Recensement de 2016 »."""
    return f"Recensement de {census_year(ds)}"


@remembered
def population(ds: Dataset, territory: str, members_at: str | None = None) -> Quantity:
    """Census population, the base of rates; the direction is the sum of the regions it has at the end of `members_at`
    (by default, of the period that rates are computed over)."""
    if ds.territories[territory].level == "direction":
        codes = ds.members(territory, members_at or span(ds))
        return add([population(ds, code) for code in codes], "Population, Recensement", territory)
    return observed(ds, territory, CENSUS, "total", _census(ds))


@remembered
def rate_per_1000(ds: Dataset, territory: str) -> Quantity:
    """Cumulated admissions of the period for 1 000 inhabitants; unreliable under the threshold of config.yaml."""
    count = admissions(ds, territory, span(ds))
    unit, base = "pour 1\u00a0000 habitants", f"population du {census_words(ds)}"
    return ratio(
        count, population(ds, territory), 1000, unit, f"Admissions cumulées {unit}", "rate_per_1000", base,
        reliable=count.value is None or count.value >= ds.config.unreliable_below,
    )  # fmt: skip


@remembered
def share_of_region(ds: Dataset, mrc: str) -> Quantity:
    """Share of the region's cumulated admissions that went to an MRC, in percent."""
    region = ds.region_of(mrc)
    assert region is not None
    whole = observed(ds, region, BY_MRC, "total", span(ds), "Admissions de la région")
    if span(ds) not in ds.periods(BY_MRC):
        # No file totals the MRC over this period: their years are summed, and so are the region's.
        whole = admissions(ds, region, span(ds))
    return share_pct(admissions(ds, mrc, span(ds)), whole, "Part des admissions de la région", "share_of_region")


@remembered
def share_of_direction(ds: Dataset, territory: str) -> Quantity | None:
    """Share of the direction's cumulated admissions, in percent; None for Québec and the regions of another."""
    period = span(ds) if ds.territories[territory].level == "mrc" else total_span(ds)
    region = ds.region_of(territory) or territory
    if territory != ds.config.direction and region not in ds.members(ds.config.direction, period):
        return None
    whole, part = admissions(ds, ds.config.direction, period), admissions(ds, territory, period)
    base = "admissions de la direction"
    return share_pct(part, whole, f"Part des {base}", "share_of_direction", base)


MEASURES = ("nombre", "part", "taux")


def mrc_measure(ds: Dataset, mrc: str, measure: str) -> Quantity:
    """One of the three measures of the map for an MRC: nombre, part (of its region) or taux."""
    if measure == "nombre":
        return admissions(ds, mrc, span(ds))
    return share_of_region(ds, mrc) if measure == "part" else rate_per_1000(ds, mrc)


@remembered
def rank_in_region(ds: Dataset, mrc: str, measure: str = "nombre") -> Rank | None:
    """Rank of an MRC in its region; None for a rate that is not reliable."""
    region = ds.region_of(mrc)
    return rank({code: mrc_measure(ds, code, measure) for code in ds.mrc_codes(region)}, mrc)

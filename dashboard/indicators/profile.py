"""Who is admitted, who is here: category, sex, French, temporary permits, immigrant population, agreements."""

from __future__ import annotations

from dashboard.indicators.admissions import admissions, years
from dashboard.indicators.memory import remembered
from dashboard.indicators.quantity import Quantity, add, observed, ratio, share_pct
from dashboard.model import Dataset


def latest(ds: Dataset, indicator: str) -> str:
    """Last period of an indicator."""
    return ds.periods(indicator)[-1]


def permits_date(ds: Dataset) -> str:
    """Last date of the permits whose year has admissions: the two are divided."""
    dates = ds.periods("temporary_permits")
    return next((date for date in reversed(dates) if date[:4] in years(ds)), dates[-1])


@remembered
def count(ds: Dataset, territory: str, indicator: str, category: str, period: str | None = None) -> Quantity:
    """Observed count of a category; the direction is the sum of the regions that it has at that date."""
    period = period or latest(ds, indicator)
    printed = observed(ds, territory, indicator, category, period)
    if printed.inputs or ds.territories[territory].level != "direction":
        return printed
    parts = [count(ds, code, indicator, category, period) for code in ds.members(territory, period)]
    return add(parts, parts[0].label if parts else ds.indicators[indicator].label, territory, period=period)


@remembered
def category_share(
    ds: Dataset, territory: str, indicator: str, category: str, base: str, period: str | None = None
) -> Quantity:
    """Share of a category in another (`base`: « total », « declared »), in percent."""
    definition = ds.indicators[indicator]
    name = next(c for c in definition.categories if c.id == base)
    part = count(ds, territory, indicator, category, period)
    return share_pct(part, count(ds, territory, indicator, base, period), part.label, "category_share", name.label)


def french_known_bounds(ds: Dataset, territory: str) -> tuple[Quantity, Quantity]:
    """Share knowing French among those who declared a language, and among everyone admitted."""
    known = (territory, "admissions_by_french", "french_known")
    return category_share(ds, *known, "declared"), category_share(ds, *known, "total")


@remembered
def permits_total(ds: Dataset, territory: str, date: str | None = None) -> Quantity:
    """Sum of the valid permits of the three programmes (each rounded to 5), at the last date by default."""
    programmes = ds.indicators["temporary_permits"].categories
    parts = [count(ds, territory, "temporary_permits", category.id, date) for category in programmes]
    return add(parts, "Permis temporaires valides", territory)


@remembered
def permits_per_admission(ds: Dataset, territory: str) -> Quantity:
    """Valid permits at year's end for one admission of that year: a stock over a flow, which the label says."""
    date = permits_date(ds)
    total, year = permits_total(ds, territory, date), date[:4]
    unit, label = "permis par admission", "Permis temporaires par admission"
    count = admissions(ds, territory, year)
    return ratio(total, count, 1, unit, label, "permits_per_admission", f"admissions de {year}")


def immigrants_year(ds: Dataset) -> str:
    """Last census whose immigrant population is known of the regions and of Québec, with the base of its share."""
    divided = ("immigrant_population", "immigrant_population_map", "population_private_households")
    # One is never divided by another of another date.
    common = set.intersection(*(set(ds.periods(indicator)) for indicator in divided))
    return max(common, default=latest(ds, divided[0]))


def immigrant_population(ds: Dataset, territory: str) -> Quantity:
    """Immigrant population of the census: portrait for a region, map for Québec, sum for the direction."""
    indicator = "immigrant_population_map" if territory == ds.config.province else "immigrant_population"
    return count(ds, territory, indicator, "total", immigrants_year(ds))


def plan_population(ds: Dataset, territory: str) -> Quantity:
    """Population in private households printed in the plan; Québec's is not printed."""
    return count(ds, territory, "population_private_households", "total", immigrants_year(ds))


def immigrant_share(ds: Dataset, territory: str) -> Quantity:
    """Immigrant share of the population, both in private households, in percent."""
    part, whole = immigrant_population(ds, territory), plan_population(ds, territory)
    base = "population dans les ménages privés"
    return share_pct(part, whole, "Part de la population immigrée", "immigrant_share", base)


def immigrant_share_of_quebec(ds: Dataset, territory: str) -> Quantity:
    """Share of Québec's immigrant population, in percent."""
    part, whole = (immigrant_population(ds, code) for code in (territory, ds.config.province))
    base = "population immigrée du Québec"
    return share_pct(part, whole, f"Part de la {base}", "share_of_quebec", base)


def permits_share_of_quebec(ds: Dataset, territory: str, category: str | None = None) -> Quantity:
    """Share of Québec's valid permits, of one programme or of all."""
    part, whole = (
        permits_total(ds, code) if category is None else count(ds, code, "temporary_permits", category)
        for code in (territory, ds.config.province)
    )
    return share_pct(part, whole, "Part des permis du Québec", "share_of_quebec", "permis valides au Québec")

"""The directions: which regions each has at a date, how it is called, and whose totals change with its territory."""

from __future__ import annotations

from dashboard.indicators import admissions as adm
from dashboard.indicators.memory import remembered
from dashboard.model import Dataset


def regions(ds: Dataset, direction: str | None = None, *, available: bool = True) -> list[str]:
    """Regions of a direction (that of config.yaml by default) at the end of the period totalled."""
    return ds.members(direction or ds.config.direction, adm.total_span(ds), available=available)


@remembered
def shown(ds: Dataset) -> list[str]:
    """Directions that have regions at the end of the period totalled, that of config.yaml first."""
    return [d for d in ds.directions if d == ds.config.direction or regions(ds, d)]


def of(ds: Dataset, code: str) -> str | None:
    """Direction of a region or of an MRC at the end of the period that MRC are totalled over; None outside of any."""
    region = ds.region_of(code)
    return None if region is None else ds.direction_of(region, adm.span(ds))


def label(ds: Dataset, direction: str | None = None) -> str:
    """« Direction régionale » when there is one alone, its name otherwise; with its regions counted when one is set
    apart."""
    code = direction or ds.config.direction
    name = "Direction régionale" if len(shown(ds)) == 1 else ds.name(code)
    available, whole = len(regions(ds, code)), len(regions(ds, code, available=False))
    return name if available == whole else f"{name} ({available} région{'s' * (available > 1)} sur {whole})"


def above(ds: Dataset) -> dict[str, str]:
    """Names of what stands above the regions: each direction, then Québec."""
    return {**{code: label(ds, code) for code in shown(ds)}, ds.config.province: "Ensemble du Québec"}

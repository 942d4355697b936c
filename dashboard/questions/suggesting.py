"""Questions that a page suggests: built from the data, each of them answered."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.indicators import admissions as adm
from dashboard.indicators.memory import remembered
from dashboard.model import Dataset
from dashboard.questions.measures import when
from dashboard.questions.telling import where


def of_territory(ds: Dataset, code: str) -> tuple[str, ...]:
    """Those on a territory, the most asked first."""
    place, last, span = where(ds, code), when(adm.years(ds)[-1]), when(adm.span(ds))
    if ds.territories[code].level == "mrc":
        return (f"Combien de personnes admises {place} {span}?",)
    return (
        f"Combien de personnes admises {place} {last}?", f"Quelle MRC a le plus d’admissions {place}?",
        f"Comment ont évolué les admissions {place}?", f"Quelle part connaît le français {place}?",
        f"Combien de personnes réfugiées {place}?", f"Combien de permis temporaires {place}?",
        f"Quelle est la population immigrée {place}?", f"Combien d’ententes {place}?",
    )  # fmt: skip


@remembered
def everywhere(ds: Dataset) -> tuple[str, ...]:
    """Those of every page: on each territory, on each target."""
    return tuple(dict.fromkeys(_all(ds)))


def _all(ds: Dataset) -> Iterator[str]:
    for code in (ds.config.direction, *ds.region_codes()):
        yield from of_territory(ds, code)
    for target in ds.targets.targets:
        yield f"Quelle est la cible {target.id}?"
    for code in ds.mrc_codes():
        yield from of_territory(ds, code)

"""Short French pieces that the results share: names of sets, years, statuses. Their typography is set by Outcome."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dashboard.indicators import directions
from dashboard.indicators.memory import remembered
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset, Observation
from dashboard.scenarios.result import ImpossibleError


def listed(names: Sequence[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " et " + names[-1]


def who(ds: Dataset, code: str) -> str:
    """A territory as a title names it."""
    if code == ds.config.province:
        return "Ensemble du Québec"
    territory = ds.territories.get(code)
    whole = territory is not None and territory.level == "direction"
    return directions.label(ds, code) if whole else ds.name(code)


def of_name(ds: Dataset, code: str) -> str:
    """« de l’ensemble du Québec », « du Bas-Saint-Laurent », « de la direction »."""
    return "de l’ensemble du Québec" if code == ds.config.province else ds.territories[code].name_of


def full_name(ds: Dataset, code: str) -> str:
    """The same, with its region after an MRC."""
    region = ds.region_of(code)
    return who(ds, code) if region in (None, code) else f"{ds.name(code)} ({ds.name(region or code)})"


def several(ds: Dataset, codes: Sequence[str], most: int = 3) -> str:
    """The names of a set, or how many they are."""
    return listed([ds.name(code) for code in codes]) if len(codes) <= most else f"{len(codes)} MRC"


def years_text(years: Sequence[str]) -> str:
    """« 2019 », « 2018 et 2019 », « 2015 à 2019 »."""
    run = [str(int(years[0]) + n) for n in range(len(years))] == list(years)
    return f"{years[0]} à {years[-1]}" if run and len(years) > 2 else listed(list(years))


def basis(*quantities: Quantity) -> tuple[Observation, ...]:
    """The observations that these figures rest on, each once."""
    return tuple(dict.fromkeys(row for quantity in quantities for row in quantity.inputs))


def allowed(ds: Dataset, code: str, levels: Collection[str], field: str = "territoire") -> str:
    """The code when it is a territory of these levels whose data are there; raises ImpossibleError otherwise."""
    territory = ds.territories.get(code)
    if territory is None or code not in _known(ds):
        raise ImpossibleError(field, f"« {code} » n’est pas un territoire des données.")
    if territory.level not in levels:
        raise ImpossibleError(field, f"cette simulation ne se fait pas pour {who(ds, code)}.")
    return code


@remembered
def _known(ds: Dataset) -> frozenset[str]:
    return frozenset((ds.config.province, *directions.shown(ds), *ds.region_codes(), *ds.mrc_codes()))

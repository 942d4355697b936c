"""The figure of a region that situates an action of the plan, as data/action_plan.yaml pairs them."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.indicators import profile
from dashboard.indicators.quantity import Quantity, add
from dashboard.model import Dataset
from dashboard.model.action_plan import Action, Statistic


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of the action's region, the same for Québec where the source has it, and why it stands here."""

    label: str
    why: str
    here: Quantity
    quebec: Quantity | None


def beside(ds: Dataset, action: Action) -> list[Beside]:
    """The figures that bear on an action; none where the source has none."""
    found = []
    for statistic in ds.action_plan.statistics:
        if action.group_key in statistic.groups:
            levels = ds.indicators[statistic.indicator].levels
            quebec = _quantity(ds, statistic, ds.config.province) if "province" in levels else None
            here = _quantity(ds, statistic, action.region_code)
            found.append(Beside(statistic.label, statistic.why, here, quebec))
    return found


def _quantity(ds: Dataset, statistic: Statistic, territory: str) -> Quantity:
    if statistic.base is not None and len(statistic.categories) == 1:
        return profile.category_share(ds, territory, statistic.indicator, statistic.categories[0], statistic.base)
    counts = [profile.count(ds, territory, statistic.indicator, category) for category in statistic.categories]
    return counts[0] if len(counts) == 1 else add(counts, statistic.label, territory)

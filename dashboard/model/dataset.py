"""The one immutable dataset that every page, export and command reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from dashboard.model.action_plan import ActionPlan
from dashboard.model.documents import (
    Anomaly,
    Base,
    Config,
    DerivedIndicator,
    Indicator,
    Portrait,
    Section,
    SourceDocument,
    Targets,
    Texts,
)
from dashboard.model.follow_up import FollowUp
from dashboard.model.memberships import Membership, direction_at
from dashboard.model.periods import Period
from dashboard.model.problems import Problem
from dashboard.model.refusals import Refusal
from dashboard.model.rows import Key, Observation, TerritoryRow, region_of
from dashboard.model.vocabulary import Vocabulary


# Without slots: the indexes below are made once, when first asked for.
@dataclass(frozen=True)
class Dataset:
    """Everything that was read. A region with a problem is in `unavailable` and its figures are in no mapping.

    `revisions` holds the former values of a figure, the oldest first; `observations` has only its newest one.
    """

    root: Path
    config: Config
    territories: Mapping[str, TerritoryRow]
    observations: Mapping[Key, Observation]
    indicators: Mapping[str, Indicator]
    derived: Mapping[str, DerivedIndicator]
    bases: Mapping[str, Base]
    documents: Mapping[str, SourceDocument]
    sections: Mapping[str, Section]
    texts: Texts
    portraits: Mapping[str, Portrait]
    targets: Targets
    action_plan: ActionPlan
    follow_up: FollowUp
    anomalies: Mapping[str, Anomaly]
    refusals: tuple[Refusal, ...]
    vocabulary: Vocabulary
    problems: tuple[Problem, ...]
    unavailable: Mapping[str, tuple[Problem, ...]]
    # Figures that neither a document nor a calculation confirms, and how many rest on each ground.
    unconfirmed: tuple[str, ...]
    grounds: Mapping[str, int]
    # Where the text of its document holds a figure, first and last line (see contract/findings.py). The text of each
    # section: number of its first line, and its lines.
    places: Mapping[tuple[str, int], tuple[int, int]]
    printed: Mapping[str, tuple[int, tuple[str, ...]]]
    # Which files these are (geo/ and config.yaml included), and the short version of the figures that links carry.
    fingerprint: str
    version: str = ""
    memberships: tuple[Membership, ...] = ()
    revisions: Mapping[Key, tuple[Observation, ...]] = field(default_factory=dict)

    @cached_property
    def memory(self) -> dict[Any, Any]:
        """What was computed from this dataset, which never changes (see indicators/memory.py)."""
        return {}

    @cached_property
    def _regions(self) -> tuple[list[str], list[str]]:
        codes = [region.code for region in self.config.regions]
        return codes, [c for c in codes if c not in self.unavailable]

    @cached_property
    def _mrcs(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for territory in self.territories.values():
            if territory.level == "mrc" and territory.parent_code:
                found.setdefault(territory.parent_code, []).append(territory.code)
        return found

    @cached_property
    def periods_of(self) -> dict[tuple[str, str], frozenset[str]]:
        """Periods that have a row, by territory and indicator."""
        found: dict[tuple[str, str], set[str]] = {}
        for key in self.observations:
            found.setdefault((key.territory, key.indicator), set()).add(key.period)
        return {pair: frozenset(periods) for pair, periods in found.items()}

    @cached_property
    def _periods(self) -> dict[str, list[str]]:
        found: dict[str, set[str]] = {}
        for (_, indicator), periods in self.periods_of.items():
            found.setdefault(indicator, set()).update(periods)
        return {indicator: sorted(periods) for indicator, periods in found.items()}

    def region_codes(self, *, available: bool = True) -> list[str]:
        """Codes of the regions shown, in the order of config.yaml."""
        return list(self._regions[available])

    def mrc_codes(self, region: str | None = None) -> list[str]:
        """Codes of the MRC of a region, or of every available region, in the order of the file."""
        if region:
            return list(self._mrcs.get(region, ()))
        shown = set(self._regions[True])
        return [t.code for t in self.territories.values() if t.level == "mrc" and t.parent_code in shown]

    def direction_of(self, region: str, period: str) -> str | None:
        """Direction of a region on the last day of a period (« 2019 », « 2015-2019 », « 2019-12-31 »)."""
        territory = self.territories.get(region)
        return None if territory is None else direction_at(self.memberships, region, period, territory.parent_code)

    def members(self, direction: str, period: str, *, available: bool = True) -> list[str]:
        """Regions shown that make up a direction on the last day of a period, in the order of config.yaml."""
        return [c for c in self._regions[available] if self.direction_of(c, period) == direction]

    @cached_property
    def directions(self) -> list[str]:
        """Directions that have had one of the regions shown: that of config.yaml first, then in the file's order."""
        shown = set(self._regions[False])
        known = {m.direction_code for m in self.memberships if m.region_code in shown}
        dated = {m.region_code for m in self.memberships}
        known |= {self.territories[c].parent_code or "" for c in shown - dated if c in self.territories}
        own = self.config.direction
        return [own, *(t.code for t in self.territories.values() if t.level == "direction" and t.code in known - {own})]

    def name(self, code: str) -> str:
        """Official name, made distinct where a territory and the province share one."""
        return self.config.display_names.get(code) or self.territories[code].name

    def series_name(self, indicator: str, category: str) -> list[str]:
        """What an indicator and one of its categories are called, in short, the total left out; the codes where nothing
        names them."""
        known = self.indicators.get(indicator)
        named = {c.id: c.named for c in known.categories} if known else {}
        return [known.short if known else indicator, *([named.get(category, category)] if category != "total" else [])]

    def section_name(self, section: str) -> str:
        """« Plan d’action régional 2021-2022, Annexe 2 »: a document in short, and its section."""
        found = self.sections[section]
        return f"{self.documents[found.document].short}, {found.label}"

    def region_of(self, code: str) -> str | None:
        """Region of a territory: itself, or the parent of an MRC; None above the regions."""
        return region_of(self.territories, code)

    def periods(self, indicator: str, *, years_only: bool = False) -> list[str]:
        """Periods present for an indicator, in order."""
        return [p for p in self._periods.get(indicator, ()) if not years_only or Period.of(p).is_year]

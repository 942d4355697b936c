"""The one immutable dataset that every page, export and command reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.model.action_plan import ActionPlan
from dashboard.model.documents import (
    Anomaly,
    Base,
    Config,
    DerivedIndicator,
    Indicator,
    Note,
    Portrait,
    Section,
    SourceDocument,
    Targets,
    Texts,
)
from dashboard.model.follow_up import FollowUp
from dashboard.model.problems import Problem
from dashboard.model.refusals import Refusal
from dashboard.model.rows import Key, Observation, TerritoryRow


@dataclass(frozen=True, slots=True)
class Dataset:
    """Everything that was read. A region with a problem is in `unavailable` and its figures are in no mapping."""

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
    problems: tuple[Problem, ...]
    unavailable: Mapping[str, tuple[Problem, ...]]
    unconfirmed: tuple[str, ...]
    # Which files these are (geo/ and config.yaml included), and the short version of the figures that links carry.
    fingerprint: str
    version: str = ""

    def region_codes(self, *, available: bool = True) -> list[str]:
        """Codes of the regions shown, in the order of config.yaml."""
        codes = [region.code for region in self.config.regions]
        return [c for c in codes if not available or c not in self.unavailable]

    def mrc_codes(self, region: str | None = None) -> list[str]:
        """Codes of the MRC of a region, or of every available region, in the order of the file."""
        regions = {region} if region else set(self.region_codes())
        return [t.code for t in self.territories.values() if t.level == "mrc" and t.parent_code in regions]

    def name(self, code: str) -> str:
        """Official name, made distinct where a territory and the province share one."""
        return self.config.display_names.get(code) or self.territories[code].name

    def region_of(self, code: str) -> str | None:
        """Region of a territory: itself, or the parent of an MRC; None above the regions."""
        territory = self.territories.get(code)
        if territory is None:
            return None
        if territory.level == "region":
            return code
        return territory.parent_code if territory.level == "mrc" else None

    def get(self, territory: str, indicator: str, category: str = "total", period: str = "") -> Observation | None:
        """The observation of a key, or None when the source has no such figure."""
        return self.observations.get(Key(territory, indicator, category, period))

    def periods(self, indicator: str, *, years_only: bool = False) -> list[str]:
        """Periods present for an indicator, in order."""
        found = {k.period for k in self.observations if k.indicator == indicator}
        return sorted(p for p in found if not years_only or len(p) == 4)

    def notes_for(self, indicator: str) -> list[Note]:
        return [n for n in self.texts.notes if indicator in n.touches]

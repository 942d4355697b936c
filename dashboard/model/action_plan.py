"""What the action plan is: actions under objectives, with the expected results and the indicators of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from dashboard.model.documents import Code, Document, Named, RegionCode
from dashboard.model.rows import Text

# Keys of groups and statistics are words; they are longer than codes.
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class Objective(Named):
    short: Text


class Orientation(Named):
    objectives: Annotated[list[Objective], Field(min_length=1)]


class Programme(Named):
    terms: Annotated[list[Text], Field(min_length=1)]


class NamedTerritory(Document):
    """An MRC that the plan names, and what it calls it."""

    code: Code
    terms: Annotated[list[Text], Field(min_length=1)]


class Group(Document):
    """The same action in several regions, under one reviewed key."""

    key: Name
    label: Text
    note: Text


class Statistic(Document):
    """A figure of the region that situates the actions of some groups: a count, or a share when it has a base."""

    id: Name
    label: Text
    indicator: Code
    categories: Annotated[list[Code], Field(min_length=1)]
    base: Code | None = None
    why: Text
    groups: Annotated[list[Name], Field(min_length=1)]


class ExpectedResult(Document):
    id: Code
    text: Text


class PlanIndicator(ExpectedResult):
    """`unit` is what a result is counted in; `variants` are wordings printed after the first in the same bullet."""

    unit: Text
    variants: list[Text] = Field(default_factory=list)


class DisplacedAction(ExpectedResult):
    """An action that the source prints in the column of the indicators: neither counted nor followed."""

    note: Text


class Action(Document):
    id: Code
    region_code: RegionCode
    objective: Code
    group_key: Name
    text: Text
    programmes: list[Code]
    clienteles: Annotated[list[Code], Field(min_length=1)]
    territories: list[Code] = Field(default_factory=list)
    note: Text | None
    results: list[ExpectedResult]
    indicators: list[PlanIndicator]
    displaced_actions: list[DisplacedAction] = Field(default_factory=list)


class ActionPlan(Document):
    """data/action_plan.yaml. `source` is a document of data/sources.yaml."""

    version: Annotated[int, Field(ge=1, le=1)]
    source: Code
    period: Annotated[str, Field(pattern=r"^\d{4}-\d{4}$")]
    anomalies: list[Code] = Field(default_factory=list)
    orientations: Annotated[list[Orientation], Field(min_length=1)]
    programmes: list[Programme]
    clienteles: list[Named]
    named_territories: list[NamedTerritory] = Field(default_factory=list)
    groups: list[Group]
    statistics: list[Statistic] = Field(default_factory=list)
    actions: list[Action]

    def objectives(self) -> Iterator[tuple[Orientation, Objective]]:
        """Every objective with its orientation, in the order of the plan."""
        for orientation in self.orientations:
            for objective in orientation.objectives:
                yield orientation, objective

    def of_regions(self, codes: set[str]) -> ActionPlan:
        """The plan of these regions alone."""
        return self.model_copy(update={"actions": [a for a in self.actions if a.region_code in codes]})

"""All that could be read of the files, before the rules across files have judged it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from dashboard.loading.csv_files import read_rows
from dashboard.loading.files import Tree, tree_of
from dashboard.loading.follow_up_file import FollowUpRows, read_shared
from dashboard.loading.geography import MAP_FILES, MapFiles, read_map_file
from dashboard.loading.printed import Archive, Printed, read_archive
from dashboard.loading.yaml_files import Location, read_document
from dashboard.model.action_plan import ActionPlan
from dashboard.model.documents import Anomalies, Config, Dictionary, Portrait, Sources, Targets, Texts
from dashboard.model.memberships import Membership
from dashboard.model.problems import Problem
from dashboard.model.refusals import Refusals
from dashboard.model.rows import Key, Observation, ObservationRow, TerritoryRow, region_of
from dashboard.model.vocabulary import Vocabulary

D = TypeVar("D", bound=BaseModel)

CONFIG = "config.yaml"
TERRITORIES = "data/territories.csv"
MEMBERSHIPS = "data/memberships.csv"
DICTIONARY = "data/indicators.yaml"
SOURCES = "data/sources.yaml"
TEXTS = "data/texts.yaml"
TARGETS = "data/targets.yaml"
ANOMALIES = "data/anomalies.yaml"
REFUSALS = "data/refusals.yaml"
ACTION_PLAN = "data/action_plan.yaml"
VOCABULARY = "data/vocabulary.yaml"
# The documents of everybody, by their names in a draft.
_SHARED: dict[str, tuple[str, type[BaseModel]]] = {
    "config": (CONFIG, Config),
    "dictionary": (DICTIONARY, Dictionary),
    "sources": (SOURCES, Sources),
    "texts": (TEXTS, Texts),
    "targets": (TARGETS, Targets),
    "anomalies": (ANOMALIES, Anomalies),
    "refusals": (REFUSALS, Refusals),
    "action_plan": (ACTION_PLAN, ActionPlan),
    "vocabulary": (VOCABULARY, Vocabulary),
}
PORTRAITS = "data/regions/*.yaml"
# The columns that say which figure a row is.
_KEY = ("territory_code", *Key._fields[1:])


def portrait_file(region: str) -> str:
    """The file of the document of a region."""
    return PORTRAITS.replace("*", region)


@dataclass
class Draft:
    """What was read. A document is None when its file cannot be used; `problems` says why."""

    root: Tree
    problems: list[Problem] = field(default_factory=list)
    config: Config | None = None
    dictionary: Dictionary | None = None
    sources: Sources | None = None
    # The text of the documents that sources.yaml names.
    archive: Archive | None = None
    texts: Texts | None = None
    targets: Targets | None = None
    anomalies: Anomalies | None = None
    refusals: Refusals | None = None
    action_plan: ActionPlan | None = None
    vocabulary: Vocabulary | None = None
    # Its problems are kept with it: they concern nothing else.
    follow_up: FollowUpRows = field(default_factory=FollowUpRows)
    territories: dict[str, TerritoryRow] = field(default_factory=dict)
    territory_lines: dict[str, int] = field(default_factory=dict)
    # Dated memberships of the regions, with the line of each: none when the file is absent.
    memberships: list[tuple[Membership, int]] = field(default_factory=list)
    portraits: dict[str, Portrait] = field(default_factory=dict)
    observations: list[Observation] = field(default_factory=list)
    # What the files of geo/ hold; a file that cannot be read is absent.
    maps: MapFiles = field(default_factory=MapFiles)
    # The documents above by the name of their file.
    documents: dict[str, BaseModel] = field(default_factory=dict)
    lines: dict[str, dict[Location, int]] = field(default_factory=dict)
    texts_of_files: dict[str, str] = field(default_factory=dict)
    # What could not be read explains what is then missing: whole files, rows (their four key columns), territories.
    unreadable: set[str] = field(default_factory=set)
    refused: list[Key] = field(default_factory=list)
    refused_territories: set[str] = field(default_factory=set)

    def region_of(self, code: str) -> str | None:
        return region_of(self.territories, code)

    def scope(self, code: str) -> tuple[str | None, bool]:
        """Region of a code, and whether a fault on it is everybody's (province, direction)."""
        region = self.region_of(code)
        return region, region is None and code in self.territories

    def region_at(self, file: str, location: Location) -> str | None:
        """The only region that a field of a document concerns; None when everybody is."""
        if file == ACTION_PLAN and self.action_plan is not None and location[0] == "actions":
            return self.action_plan.actions[int(location[1])].region_code
        return next((code for code in self.portraits if portrait_file(code) == file), None)

    def printed_section(self, name: str) -> Printed | None:
        """The text of a section; None when it is not kept."""
        return self.archive.sections.get(name) if self.archive else None

    def line_of(self, file: str, *location: str | int) -> int | None:
        known = self.lines.get(file, {})
        return next((known[location[:n]] for n in range(len(location), -1, -1) if location[:n] in known), None)


def _read_documents(draft: Draft) -> None:
    def read(name: str, model: type[D], region: str | None = None) -> D | None:
        reading = read_document(draft.root / name, name, model, region=region)
        draft.problems += reading.problems
        draft.lines[name] = reading.lines
        draft.texts_of_files[name] = reading.text
        if reading.document is None:
            draft.unreadable.add(name)
        else:
            draft.documents[name] = reading.document
        return reading.document

    for name, (file, model) in _SHARED.items():
        setattr(draft, name, read(file, model))
    if draft.sources is not None:
        draft.archive = read_archive(draft.root, draft.sources, draft.problems)
    for code in sorted({display.code for display in draft.config.regions} if draft.config else ()):
        portrait = read(portrait_file(code), Portrait, code)
        if portrait is not None:
            draft.portraits[code] = portrait


def _read_territories(draft: Draft) -> None:
    table = read_rows(draft.root / TERRITORIES, TERRITORIES, TerritoryRow, lambda raw: (None, True))
    draft.problems += table.problems
    draft.refused_territories = {raw.get("code", "") for raw in table.refused}
    if table.readable and not table.rows and not table.refused:
        message = "il n’y a aucun territoire."
        draft.problems.append(Problem(TERRITORIES, message, "remettre les lignes du fichier.", shared=True))
    if not table.rows:
        draft.unreadable.add(TERRITORIES)
    for row, line in table.rows:
        first = draft.territory_lines.setdefault(row.code, line)
        if first == line:
            draft.territories[row.code] = row
            continue
        where, remedy = (line, "code", row.code), "n’en garder qu’une ligne."
        draft.problems.append(
            Problem(TERRITORIES, "ce code figure déjà plus haut.", remedy, *where, shared=True, other_lines=(first,))
        )


def read_all(root: Path | Tree) -> Draft:
    """Read every file below `root`; nothing raises, everything found wrong is in `problems`."""
    draft = Draft(tree_of(root))
    _read_documents(draft)
    _read_territories(draft)
    if (draft.root / MEMBERSHIPS).exists():
        # Everybody's: the totals of a direction rest on them.
        members = read_rows(draft.root / MEMBERSHIPS, MEMBERSHIPS, Membership, lambda raw: (None, True))
        draft.problems += members.problems
        draft.memberships = [(row, line) for row, line in members.rows]
    for name in sorted({f"data/{i.file}" for i in draft.dictionary.indicators} if draft.dictionary else ()):
        table = read_rows(draft.root / name, name, ObservationRow, lambda raw: draft.scope(raw.get(_KEY[0], "")))
        draft.problems += table.problems
        draft.refused += [Key(*(raw.get(column, "") for column in _KEY)) for raw in table.refused]
        if not table.readable:
            draft.unreadable.add(name)
        for row, line in table.rows:
            key = Key(row.territory_code, row.indicator, row.category, row.period)
            own = row.value, row.printed_pct, row.base, row.status, row.source, row.quote
            draft.observations.append(Observation(key, *own, name, line))
    draft.follow_up = read_shared(draft.root)
    maps = [read_map_file(draft.root, name, draft.maps) for name in MAP_FILES]
    draft.problems += [problem for problem in maps if problem is not None]
    return draft

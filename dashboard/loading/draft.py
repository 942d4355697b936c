"""All that could be read of the files, before the rules across files have judged it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.loading.csv_files import read_rows
from dashboard.loading.yaml_files import Location, read_document
from dashboard.model.documents import Anomalies, Config, Dictionary, Portrait, Sources, Targets, Texts
from dashboard.model.problems import Problem
from dashboard.model.rows import Key, Observation, ObservationRow, TerritoryRow

CONFIG = "config.yaml"
TERRITORIES = "data/territories.csv"
BOUNDARIES = "geo/territories.geojson"
TEXTS = "data/texts.yaml"
TARGETS = "data/targets.yaml"
ANOMALIES = "data/anomalies.yaml"


def portrait_file(region: str) -> str:
    return f"data/regions/{region}.yaml"


@dataclass
class Draft:
    """What was read. A document is None when its file cannot be used; `problems` says why."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    config: Config | None = None
    dictionary: Dictionary | None = None
    sources: Sources | None = None
    texts: Texts | None = None
    targets: Targets | None = None
    anomalies: Anomalies | None = None
    territories: dict[str, TerritoryRow] = field(default_factory=dict)
    territory_lines: dict[str, int] = field(default_factory=dict)
    portraits: dict[str, Portrait] = field(default_factory=dict)
    observations: list[Observation] = field(default_factory=list)
    boundary_codes: list[str] | None = None
    lines: dict[str, dict[Location, int]] = field(default_factory=dict)

    def region_of(self, code: str) -> str | None:
        territory = self.territories.get(code)
        if territory is None:
            return None
        if territory.level == "region":
            return code
        return territory.parent_code if territory.level == "mrc" else None

    def scope(self, code: str) -> tuple[str | None, bool]:
        """Region of a code, and whether a fault on it is everybody's (province, direction)."""
        region = self.region_of(code)
        return region, region is None and code in self.territories

    def line_of(self, file: str, *location: str | int) -> int | None:
        known = self.lines.get(file, {})
        return next((known[location[:n]] for n in range(len(location), -1, -1) if location[:n] in known), None)


def _read_documents(draft: Draft) -> None:
    def read(name: str, model: type, region: str | None = None) -> object | None:
        document, problems, lines = read_document(draft.root / name, name, model, region=region)
        draft.problems += problems
        draft.lines[name] = lines
        return document

    draft.config = read(CONFIG, Config)  # type: ignore[assignment]
    draft.dictionary = read("data/indicators.yaml", Dictionary)  # type: ignore[assignment]
    draft.sources = read("data/sources.yaml", Sources)  # type: ignore[assignment]
    draft.texts = read(TEXTS, Texts)  # type: ignore[assignment]
    draft.targets = read(TARGETS, Targets)  # type: ignore[assignment]
    draft.anomalies = read(ANOMALIES, Anomalies)  # type: ignore[assignment]
    for display in draft.config.regions if draft.config else []:
        portrait = read(portrait_file(display.code), Portrait, display.code)
        if isinstance(portrait, Portrait):
            draft.portraits[display.code] = portrait


def _read_territories(draft: Draft) -> None:
    rows, problems = read_rows(draft.root / TERRITORIES, TERRITORIES, TerritoryRow, lambda raw: (None, True))
    draft.problems += problems
    for row, line in rows:
        if row.code in draft.territories:
            draft.problems.append(Problem(
                TERRITORIES, "ce code figure déjà plus haut.", "n’en garder qu’une ligne.", line, "code", row.code,
                shared=True, other_lines=(draft.territory_lines[row.code],),
            ))
            continue
        draft.territories[row.code] = row
        draft.territory_lines[row.code] = line


def _read_observations(draft: Draft) -> None:
    assert draft.dictionary is not None
    for file in sorted({indicator.file for indicator in draft.dictionary.indicators}):
        name = f"data/{file}"
        rows, problems = read_rows(
            draft.root / name, name, ObservationRow, lambda raw: draft.scope(raw.get("territory_code", ""))
        )
        draft.problems += problems
        for row, line in rows:
            draft.observations.append(Observation(
                Key(row.territory_code, row.indicator, row.category, row.period), row.value, row.printed_pct, row.base,
                row.status, row.source, row.quote, name, line,
            ))


def _read_boundaries(draft: Draft) -> None:
    """Only the codes: geometry is the browser's and the `boundaries` command's business."""
    try:
        content = json.loads((draft.root / BOUNDARIES).read_text(encoding="utf-8"))
        draft.boundary_codes = [str(feature["id"]) for feature in content["features"]]
    except FileNotFoundError:
        message = "le fichier des limites manque : les cartes ne peuvent pas se dessiner."
        draft.problems.append(Problem(BOUNDARIES, message, "le rebâtir avec « python -m dashboard boundaries SOURCE »."))
    except (OSError, ValueError, KeyError, TypeError):
        message = "le fichier des limites ne se lit pas : les cartes ne peuvent pas se dessiner."
        draft.problems.append(Problem(BOUNDARIES, message, "le rebâtir avec « python -m dashboard boundaries SOURCE »."))


def read_all(root: Path) -> Draft:
    """Read every file below `root`; nothing raises, everything found wrong is in `problems`."""
    draft = Draft(root)
    _read_documents(draft)
    _read_territories(draft)
    if draft.dictionary is not None:
        _read_observations(draft)
    _read_boundaries(draft)
    return draft

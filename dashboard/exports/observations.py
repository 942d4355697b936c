"""Flat tables of what the source prints: every figure, every action of the plan. Nothing in them is computed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dashboard.indicators.plan import objective_of
from dashboard.model.dataset import Dataset
from dashboard.model.documents import ProseFigure
from dashboard.wording.numbers import plain
from dashboard.wording.spreadsheet import plain_csv

_TARGET_BASE = "target_base"
# Columns of the actions, and what each holds.
ACTION_COLUMNS = {
    "region_code": "code de la région", "orientation": "orientation du plan", "objective": "objectif du plan",
    "action_id": "identifiant de l’action", "action": "texte de l’action", "n_results": "nombre de résultats attendus",
    "n_indicators": "nombre d’indicateurs", "group_key": "clé de la même action dans plusieurs régions",
}  # fmt: skip


class ObservedRow(NamedTuple):
    """One printed figure; the fields are the columns, in their order, already written as text."""

    territory_code: str
    territory: str
    indicator: str
    category: str
    period: str
    value: str
    printed_pct: str
    base: str
    status: str
    source: str


def actions(ds: Dataset) -> Iterator[tuple[str | int, ...]]:
    """One line for each action, in the order of the plan. A displaced action is not one of them."""
    for a in ds.action_plan.actions:
        orientation, objective = objective_of(ds.action_plan, a)
        counts = (len(a.results), len(a.indicators))
        yield a.region_code, orientation.id, objective.id, a.id, a.text, *counts, a.group_key


def actions_csv(ds: Dataset) -> str:
    """The same as CSV, header included."""
    return plain_csv([*ACTION_COLUMNS], actions(ds))


def observations_csv(ds: Dataset, line_end: str = "\n") -> str:
    """The figures as CSV, header included. No text of it is a formula for a spreadsheet."""
    return plain_csv(ObservedRow._fields, observed_rows(ds), line_end)


def observed_rows(ds: Dataset) -> list[ObservedRow]:
    """Rows of the series, then of the sentences, then of the targets."""
    return [*_series(ds), *_prose(ds), *_targets(ds)]


def _series(ds: Dataset) -> Iterator[ObservedRow]:
    rank = {indicator: n for n, indicator in enumerate(ds.indicators)}
    for row in sorted(ds.observations.values(), key=lambda row: rank[row.key.indicator]):
        territory = ds.territories[row.key.territory]
        if territory.level == "direction":
            # Its code is not one of a territory, and its totals are the printed sums of the regions' rows.
            continue
        # The newest value of a figure, then those that it replaces, the oldest first.
        for own in (row, *ds.revisions.get(row.key, ())):
            figure = (plain(own.value), plain(own.printed_pct), ds.bases[own.base].label, own.status)
            yield ObservedRow(territory.code, territory.name, *own.key[1:], *figure, ds.section_name(own.source))


def _prose(ds: Dataset) -> Iterator[ObservedRow]:
    # A sentence on a year that the series call provisional is provisional too.
    loose = {key.period for key, row in ds.observations.items() if row.status == "provisional"}
    provisional = {period[:4] for period in loose if not re.fullmatch(r"\d{4}-\d{4}", period)}
    cited = [(figure, _block_source(ds, figure)) for figure in ds.texts.figures]
    cited += [(figure, portrait.source) for portrait in ds.portraits.values() for figure in portrait.figures]
    for figure, section in cited:
        territory, category = ds.territories[figure.territory], "prose"
        if territory.level == "direction":
            territory, category = ds.territories[ds.config.province], "prose: direction"
        value = plain_figure(figure.value)
        percent = value if figure.unit == "%" else ""
        status = "provisional" if provisional & set(re.findall(r"\d{4}", figure.period)) else "definitive"
        yield ObservedRow(
            territory.code, territory.name, figure.id, category, figure.period, value, percent,
            ds.bases[figure.base].label, status, ds.section_name(section),
        )  # fmt: skip


def _targets(ds: Dataset) -> Iterator[ObservedRow]:
    province = ds.territories[ds.config.province]
    base = ds.bases[_TARGET_BASE].label if _TARGET_BASE in ds.bases else ds.targets.scope
    for target in ds.targets.targets:
        for kind, cell in (("reference", target.reference), *(("target", value) for value in target.targets)):
            # Words printed in place of a number, or beside one of another unit: « target: Mise en œuvre ».
            category = f"{kind}: {cell.printed}" if cell.value is None or cell.unit else kind
            value = plain_figure(cell.value)
            percent = value if (cell.unit or target.unit) == "%" else ""
            status = "definitive" if value else "not_available"
            yield ObservedRow(
                province.code, province.name, f"target_{target.id}", category, cell.period or "", value, percent,
                base, status, ds.section_name(ds.targets.source),
            )  # fmt: skip


def plain_figure(value: float | None) -> str:
    """« 45 », « 21.5 » for a program; nothing where the source prints words."""
    return plain(int(value) if value is not None and value.is_integer() else value)


def _block_source(ds: Dataset, figure: ProseFigure) -> str:
    """Section of the paragraph that holds the quoted words."""
    blocks = (ds.texts.network, ds.texts.partnership, *ds.texts.service_offer)
    quote = " ".join(figure.quote.split())
    return next((b.source for b in blocks if quote in " ".join(" ".join(b.paragraphs).split())), blocks[0].source)

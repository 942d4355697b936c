"""Every figure that the source prints, as one flat table. Nothing in it is computed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dashboard.model.dataset import Dataset
from dashboard.model.documents import ProseFigure, TargetValue
from dashboard.wording.numbers import plain
from dashboard.wording.spreadsheet import plain_csv

PROSE = "prose"
PROSE_OF_DIRECTION = "prose: direction"
TARGET_BASE = "target_base"


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


def observed_rows(dataset: Dataset) -> list[ObservedRow]:
    """Rows of the series, then of the sentences, then of the targets."""
    return [*_series(dataset), *_prose(dataset), *_targets(dataset)]


def observations_csv(dataset: Dataset, line_end: str = "\n") -> str:
    """The table as CSV, header included. No text of it is a formula for a spreadsheet."""
    return plain_csv(ObservedRow._fields, observed_rows(dataset), line_end)


def _series(dataset: Dataset) -> Iterator[ObservedRow]:
    rank = {indicator: n for n, indicator in enumerate(dataset.indicators)}
    for row in sorted(dataset.observations.values(), key=lambda row: rank[row.key.indicator]):
        territory = dataset.territories[row.key.territory]
        if territory.level == "direction":
            # Its code is not one of a territory, and its totals are the printed sums of the regions' rows.
            continue
        # The newest value of a figure, then those that it replaces, the oldest first.
        for printed in (row, *dataset.revisions.get(row.key, ())):
            yield ObservedRow(
                territory.code,
                territory.name,
                printed.key.indicator,
                printed.key.category,
                printed.key.period,
                plain(printed.value),
                plain(printed.printed_pct),
                dataset.bases[printed.base].label,
                printed.status,
                dataset.section_name(printed.source),
            )


def _prose(dataset: Dataset) -> Iterator[ObservedRow]:
    provisional = _provisional_years(dataset)
    cited = [(figure, _block_source(dataset, figure)) for figure in dataset.texts.figures]
    for portrait in dataset.portraits.values():
        cited += [(figure, portrait.source) for figure in portrait.figures]
    for figure, section in cited:
        territory = dataset.territories[figure.territory]
        category = PROSE
        if territory.level == "direction":
            territory, category = dataset.territories[dataset.config.province], PROSE_OF_DIRECTION
        value = plain_figure(figure.value)
        years = set(re.findall(r"\d{4}", figure.period))
        yield ObservedRow(
            territory.code,
            territory.name,
            figure.id,
            category,
            figure.period,
            value,
            value if figure.unit == "%" else "",
            dataset.bases[figure.base].label,
            "provisional" if years & provisional else "definitive",
            dataset.section_name(section),
        )


def _targets(dataset: Dataset) -> Iterator[ObservedRow]:
    province = dataset.territories[dataset.config.province]
    base = dataset.bases[TARGET_BASE].label if TARGET_BASE in dataset.bases else dataset.targets.scope
    for target in dataset.targets.targets:
        cells = [("reference", target.reference), *(("target", value) for value in target.targets)]
        for kind, cell in cells:
            value = plain_figure(cell.value)
            is_percent = value and (cell.unit or target.unit) == "%"
            yield ObservedRow(
                province.code,
                province.name,
                f"target_{target.id}",
                _target_category(kind, cell),
                cell.period or "",
                value,
                value if is_percent else "",
                base,
                "definitive" if value else "not_available",
                dataset.section_name(dataset.targets.source),
            )


def _target_category(kind: str, cell: TargetValue) -> str:
    """Words printed in place of a number, or beside one of another unit, stay in sight: « target: Mise en œuvre »."""
    return f"{kind}: {cell.printed}" if cell.value is None or cell.unit else kind


def plain_figure(value: float | None) -> str:
    """« 45 », « 21.5 » for a program; nothing where the source prints words."""
    return plain(int(value) if value is not None and value.is_integer() else value)


def _provisional_years(dataset: Dataset) -> set[str]:
    """Years that the series call provisional: a sentence on such a year is provisional too."""
    return {
        row.key.period[:4]
        for row in dataset.observations.values()
        if row.status == "provisional" and not re.fullmatch(r"\d{4}-\d{4}", row.key.period)
    }


def _block_source(dataset: Dataset, figure: ProseFigure) -> str:
    """Section of the paragraph that holds the quoted words."""
    blocks = (dataset.texts.network, dataset.texts.partnership, *dataset.texts.service_offer)
    quote = _one_spaced(figure.quote)
    return next((b.source for b in blocks if quote in _one_spaced(" ".join(b.paragraphs))), blocks[0].source)


def _one_spaced(text: str) -> str:
    return " ".join(text.split())

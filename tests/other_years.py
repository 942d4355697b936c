"""Figures of other years, added to a copy of the project: invented and consistent, and never in data/."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from tests.quebec import within
from tests.transcription import MRC
from tests.unkept import ESSAI, declare, forget_texts

# Admissions of 2020; the parts of each add up to it.
TOTALS = {"QC": 25223, "01": 96, "03": 1500, "12": 150, "11": 30}
# Series, end of its period, categories, then the figures of each territory.
PARTS = (
    ("admissions_by_category", "", ("economic", "family", "refugee", "other"), {
        "QC": (14000, 7000, 4000, 223), "01": (40, 26, 30, 0), "03": (900, 300, 290, 10), "12": (80, 40, 29, 1),
        "11": (20, 9, 1, 0),
    }),
    ("admissions_by_sex", "", ("female", "male"), {
        "QC": (12600, 12623), "01": (46, 50), "03": (760, 740), "12": (75, 75), "11": (16, 14),
    }),
    ("admissions_by_french", "", ("french_known", "french_not_known", "declared", "not_available"), {
        "QC": (12000, 12500, 24500, 723), "01": (70, 20, 90, 6), "03": (1100, 350, 1450, 50), "12": (90, 50, 140, 10),
        "11": (25, 4, 29, 1),
    }),
    ("temporary_permits", "-12-31", ("students", "ptet", "pmi"), {
        "QC": (70000, 16000, 50000), "01": (900, 210, 330), "03": (5400, 2400, 1800), "12": (380, 1250, 500),
        "11": (105, 30, 100),
    }),
)  # fmt: skip


def figures_2020() -> Iterator[tuple[str, str, str, str, int]]:
    """Series, territory, category, period and value of each figure of 2020."""
    for name in ("admissions_by_year", "admissions_by_category", "admissions_by_sex", "admissions_by_french"):
        yield from ((name, code, "total", "2020", total) for code, total in TOTALS.items())
    for name, end, categories, values in PARTS:
        for code, own in values.items():
            for category, value in zip(categories, own, strict=True):
                yield name, code, category, f"2020{end}", value


def rows(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put(root: Path, name: str, content: list[dict[str, str]]) -> None:
    with (root / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(content[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(content)


def add(root: Path, name: str, found: list[tuple[str, str, str, int]]) -> None:
    """Add figures (territory, category, period, value) to a series; each is counted as the others of its category."""
    content = rows(root, name)
    base = {r["category"]: r["base"] for r in reversed(content)}
    told = {"printed_pct": "", "status": "provisional", "source": ESSAI, "quote": ""}
    for code, category, period, value in found:
        row = {"territory_code": code, "indicator": content[0]["indicator"], "category": category, "period": period}
        content.append({**content[0], **row, "value": str(value), "base": base[category], **told})
    put(root, name, content)


def add_2020(root: Path, *, mrc_period: str | None = None) -> None:
    """2020 in every yearly series; with `mrc_period`, the MRC over that period too (and the totals printed with it)."""
    declare(root)
    for name in ("admissions_by_year", *(part[0] for part in PARTS)):
        add(root, name, [figure[1:] for figure in figures_2020() if figure[0] == name])
    if mrc_period is not None:
        first, last = mrc_period.split("-")
        own = [r for r in rows(root, "admissions_by_year") if len(r["period"]) == 4 and first <= r["period"] <= last]
        totals = {code: sum(int(r["value"]) for r in own if r["territory_code"] == code) for code in TOTALS}
        add(root, "admissions_by_year", [(code, "total", mrc_period, total) for code, total in totals.items()])
        for region, mrcs in MRC.items():
            parts = within(totals[region], [count for _, count, _ in mrcs.values()])
            spread = {**dict(zip(mrcs, parts, strict=True)), region: totals[region]}
            add(root, "admissions_by_mrc", [(code, "total", mrc_period, count) for code, count in spread.items()])


def drop_years(root: Path, *gone: str) -> None:
    """The series without some years, nor the totals of the periods that hold them."""
    forget_texts(root)
    kept = [
        {**r, "printed_pct": "", "quote": ""}
        for r in rows(root, "admissions_by_year")
        if not any(r["period"][:4] <= year <= r["period"][-4:] for year in gone)
    ]
    put(root, "admissions_by_year", kept)

"""Figures of other years, added to a copy of the project: invented and consistent, and never in data/."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.unkept import ESSAI, declare, forget_texts

# Admissions of 2020: Québec, then each region; those of a region are shared out as 2019 was.
YEAR_2020 = {"QC": 25200, "01": 91, "03": 1500, "12": 300, "11": 20}
CATEGORIES = ("economic", "family", "refugee", "other")
HEADER = "territory_code,indicator,category,period,value,printed_pct,base,status,source,quote"


def rows(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put(root: Path, name: str, content: list[dict[str, str]]) -> None:
    with (root / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER.split(","), lineterminator="\n")
        writer.writeheader()
        writer.writerows(content)


def row(
    code: str, indicator: str, category: str, period: str, value: int | str, base: str, status: str
) -> dict[str, str]:
    cells = (code, indicator, category, period, str(value), "", base, status, ESSAI, "")
    return dict(zip(HEADER.split(","), cells, strict=True))


def add_2020(root: Path, *, mrc_period: str | None = None) -> None:
    """2020 in every yearly series; with `mrc_period`, the MRC over that period too (and the totals printed with it)."""
    declare(root)
    years = rows(root, "admissions_by_year")
    years += [row(c, "admissions", "total", "2020", n, "five_year_total", "provisional") for c, n in YEAR_2020.items()]
    put(root, "admissions_by_year", years)
    for name, base in (("admissions_by_category", "year_total"), ("admissions_by_sex", "year_total")):
        content = rows(root, name)
        for code, total in YEAR_2020.items():
            own = [r for r in content if r["territory_code"] == code and r["period"] == "2019"]
            whole = sum(int(r["value"]) for r in own if r["category"] != "total")
            parts = {r["category"]: int(r["value"]) * total // whole for r in own if r["category"] != "total"}
            parts[max(parts, key=lambda c: parts[c])] += total - sum(parts.values())
            content += [
                row(code, name, c, "2020", n, base, "provisional") for c, n in {**parts, "total": total}.items()
            ]
        put(root, name, content)
    content = rows(root, "admissions_by_french")
    for code, total in YEAR_2020.items():
        known, unknown = total // 2, total // 10
        parts = {
            "french_known": known,
            "french_not_known": total - known - unknown,
            "declared": total - unknown,
            "not_available": unknown,
            "total": total,
        }
        content += [
            row(
                code,
                "admissions_by_french",
                category,
                "2020",
                value,
                "year_total" if category in ("not_available", "total") else "declared",
                "provisional",
            )
            for category, value in parts.items()
        ]
    put(root, "admissions_by_french", content)
    content = rows(root, "temporary_permits")
    content += [
        {**r, "period": "2020-12-31", "quote": "", "printed_pct": "", "source": ESSAI}
        for r in content
        if r["period"] == "2019-12-31"
    ]
    put(root, "temporary_permits", content)
    if mrc_period is not None:
        _add_mrc_period(root, mrc_period)


def _add_mrc_period(root: Path, period: str) -> None:
    years = rows(root, "admissions_by_year")
    first, last = period.split("-")
    totals = {
        code: sum(
            int(r["value"])
            for r in years
            if r["territory_code"] == code and len(r["period"]) == 4 and first <= r["period"] <= last
        )
        for code in YEAR_2020
    }
    years += [row(c, "admissions", "total", period, n, "five_year_total", "provisional") for c, n in totals.items()]
    put(root, "admissions_by_year", years)
    with (root / "data" / "territories.csv").open(encoding="utf-8", newline="") as file:
        region_of = {r["code"]: r["parent_code"] for r in csv.DictReader(file)}
    content = rows(root, "admissions_by_mrc")
    for region in ("01", "03", "12", "11"):
        own = {r["territory_code"]: int(r["value"]) for r in content if region_of.get(r["territory_code"]) == region}
        parts = {code: n * totals[region] // sum(own.values()) for code, n in own.items()}
        parts[max(parts, key=lambda c: parts[c])] += totals[region] - sum(parts.values())
        content += [
            row(code, "admissions_by_mrc", "total", period, n, "region_total", "provisional")
            for code, n in {**parts, region: totals[region]}.items()
        ]
    put(root, "admissions_by_mrc", content)


def drop_years(root: Path, *gone: str) -> None:
    """The series without some years, nor the totals of the periods that hold them."""
    forget_texts(root)
    kept = [
        r
        for r in rows(root, "admissions_by_year")
        if r["period"] not in gone
        and not (len(r["period"]) == 9 and any(r["period"][:4] <= y <= r["period"][5:] for y in gone))
    ]
    put(root, "admissions_by_year", [{**r, "printed_pct": "", "quote": ""} for r in kept])

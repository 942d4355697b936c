"""How the cost of a page grows with its territories (each region, then the overview, which has them all), and with the
years of its data (a whole Québec drawn at random by the tests, of five to twenty years)."""

from __future__ import annotations

import asyncio
import csv
import tempfile
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import yaml

from bench.protocol import Run, Session
from bench.servers import ROOT, running
from bench.stats import median, slope
from tests import quebec
from tests.quebec import LAST, Quebec

# A region of the project: its page is there whatever the years.
REGION = "bas-saint-laurent"
YEARS = (5, 10, 15, 20)
# Territories of the generated countries: a whole Québec, and ten times that.
COUNTRIES = (104, 1000)


def territories(root: Path) -> dict[str, int]:
    """Number of territories of the page of each address; the overview (« ») has those of every region."""
    config = yaml.safe_load((root / "config.yaml").read_text(encoding="utf-8"))
    with (root / "data" / "territories.csv").open(encoding="utf-8", newline="") as lines:
        parents = Counter(row["parent_code"] for row in csv.DictReader(lines) if row["level"] == "mrc")
    counts = {str(region["slug"]): parents[str(region["code"])] for region in config["regions"]}
    return {**counts, "": sum(counts.values())}


async def measure(url: str, root: Path, times: int = 5) -> list[dict[str, float | str | None]]:
    """Median milliseconds and kilobytes of a change of measure, which draws a mark for each territory again."""
    found: list[dict[str, float | str | None]] = []
    for slug, count in sorted(territories(root).items(), key=lambda item: item[1]):
        async with Session(url) as session:
            await session.first_run(slug)
            runs = [await session.choose("Mesure", turn=turn) for turn in range(times + 1)][1:]
        found.append(
            {
                "page": slug or "vue d’ensemble",
                "territoires": count,
                "ms": median(1000 * run.seconds for run in runs),
                "ko": median(run.received / 1000 for run in runs),
            }
        )
    return found


def with_countries(times: int = 5) -> list[dict[str, float | str | None]]:
    """Median milliseconds and kilobytes of a change of measure, on the page of a region that is always the same, then
    on the overview, which has every territory of the country."""
    found: list[dict[str, float | str | None]] = []
    with tempfile.TemporaryDirectory(prefix="mesures-") as folder:
        for root in (ROOT, *(country(Path(folder) / str(count), count) for count in COUNTRIES)):
            count = sum(line.count(",mrc,") for line in (root / "data" / "territories.csv").open(encoding="utf-8"))
            with running("portraits", root=root) as server:
                for page, name in ((REGION, REGION), ("", "vue d’ensemble")):
                    first, runs = asyncio.run(_changes(server.url, page, times))
                    found.append(
                        {
                            "page": f"{name}, {count} territoires dans les données",
                            "territoires": count,
                            "page_ms": 1000 * first.seconds,
                            "ms": median(1000 * run.seconds for run in runs),
                            "ko": median(run.received / 1000 for run in runs),
                        }
                    )
    return found


async def _changes(url: str, page: str, times: int) -> tuple[Run, list[Run]]:
    async with Session(url) as session:
        first = await session.first_run(page)
        return first, [await session.choose("Mesure", turn=turn) for turn in range(times + 1)][1:]


def country(root: Path, territories: int) -> Path:
    """A whole Québec in `root`, whose regions share about so many territories."""
    each_one = (territories - 31) // len(quebec.REGIONS)
    own = {code: tuple(f"{code}{n:03}" for n in range(101, 101 + each_one)) for code in quebec.CODES}
    with patch.dict(quebec.MRC, own if territories > COUNTRIES[0] else {}):
        return Quebec().write(root)


def with_years(times: int = 5) -> list[dict[str, float | str | None]]:
    """Median milliseconds and kilobytes of a change of year and of a whole page, by number of years of the data."""

    async def visit(url: str) -> dict[str, float | None]:
        async with Session(url) as session:
            session.query = "theme=evolution"
            await session.first_run(REGION)
            years = [await session.choose("Année", turn=turn) for turn in range(times + 1)][1:]
            pages = [await session.rerun() for _ in range(times + 1)][1:]
        return {
            "ms": median(1000 * run.seconds for run in years),
            "ko": median(run.received / 1000 for run in years),
            "page_ms": median(1000 * run.seconds for run in pages),
            "page_ko": median(run.received / 1000 for run in pages),
        }

    found: list[dict[str, float | str | None]] = []
    with tempfile.TemporaryDirectory(prefix="mesures-") as folder:
        for count in YEARS:
            root = Quebec(first=LAST - count + 1).write(Path(folder) / str(count))
            with running("portraits", root=root) as server:
                found.append({"annees": count, **asyncio.run(visit(server.url))})
    return found


def each(measures: list[dict[str, float | str | None]], name: str, more: str = "territoires") -> float:
    """What a territory (or a year) more costs, in the unit of that measure."""
    points = [
        (float(one[more] or 0), float(one[name] or 0))
        for one in measures
        if not isinstance(one[name], str) and not isinstance(one[more], str)
    ]
    return slope(points)

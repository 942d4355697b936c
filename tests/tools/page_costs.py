"""What each page costs with the whole Québec, against the project's own data, measured in one run.

    python -m tests.tools.page_costs [runs]

Processor time of one run of the page's script, everything drawn. « première » is the first one after the data were
read, when nothing is kept yet; « suivantes » is the least of the next ones. A page of a generated region is set
against the dearest of the project's own regions.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from streamlit.testing.v1 import AppTest

from dashboard.model import Dataset
from dashboard.ui import cache
from tests.pages.conftest import open_page
from tests.quebec import OLD, Quebec

ROOT = Path(__file__).resolve().parents[2]
MOST = 1.5


class Cost(NamedTuple):
    """Seconds of the first run and of the cheapest of the next."""

    first: float
    again: float


def _timed(run: Callable[[], AppTest]) -> float:
    start = time.process_time()
    page = run()
    spent = time.process_time() - start
    assert not page.exception, page.exception[0].message
    return spent


def _forget(ds: Dataset) -> None:
    """As just after reading the files: nothing is kept of what a page computed."""
    ds.memory.clear()


def measure(root: Path, slug: str, runs: int) -> Cost:
    os.environ["DASHBOARD_ROOT"] = str(root)
    _forget(cache.current().shown())
    first = _timed(lambda: open_page(slug))
    return Cost(first, min(_timed(lambda: open_page(slug)) for _ in range(runs)))


def pages(root: Path) -> list[str]:
    os.environ["DASHBOARD_ROOT"] = str(root)
    return [str(p["url_pathname"]) for p in open_page()._registered_pages.values() if "url_pathname" in p]


def main(runs: int) -> int:
    logging.disable(logging.WARNING)
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        whole = Quebec().write(Path(folder) / "quebec")
        today = pages(ROOT)
        os.environ["DASHBOARD_ROOT"] = str(ROOT)
        own = {region.slug for region in cache.current().shown().config.regions if region.code in OLD}
        # One after the other for each page, so that a busy machine weighs on both.
        costs = {slug: measure(ROOT, slug, runs) for slug in today}
        dearest = Cost(max(costs[s].first for s in own), max(costs[s].again for s in own))
        print(f"{'page':32}{'première':>22}{'':>7}{'suivantes':>22}")
        for slug in pages(whole):
            before = measure(ROOT, slug, runs) if slug in today else dearest
            after = measure(whole, slug, runs)
            ratios = [after.first / before.first, after.again / before.again]
            over += ratios[1] > MOST
            print(
                f"{slug or '(vue d’ensemble)':32}"
                f"{before.first:9.3f} s{after.first:9.3f} s  ×{ratios[0]:4.2f}"
                f"{before.again:9.3f} s{after.again:9.3f} s  ×{ratios[1]:4.2f}"
            )
    print(f"{over} page(s) au-delà de {MOST} fois" if over else f"toutes les pages restent sous {MOST} fois")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))

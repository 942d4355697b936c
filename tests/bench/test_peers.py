"""What our page is measured against: each starts, and says the same key figures."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from bench import report, servers
from bench.apps import said, static_page

# Transcribed from annex 2 of the plan and from its portrait of the region.
FIGURES = ["135", "769", "1\u00a0540", "2\u00a0450"]


def test_static_page_says_the_key_figures_and_asks_nothing_of_another_site(tmp_path: Path) -> None:
    static_page.build(tmp_path)
    page = (tmp_path / "bas-saint-laurent.html").read_text(encoding="utf-8")
    assert re.findall(r'class="cle-valeur">([^<]+)<', page) == FIGURES
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!www\.amcharts\.com/)', page)
    assert {"geo/territories.geojson", "plotly.min.js", "chaudiere-appalaches.html"} <= {
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")
    }


def test_charts_that_change_in_place_have_no_version() -> None:
    """One that never changes has Plotly leave what is drawn."""
    for measure in said.MEASURES:
        _, charts, below = said.shown("bas-saint-laurent", "territoires", measure, said.YEARS[-1])
        assert list(charts) == ["carte", "barres"]
        assert not any("datarevision" in chart["layout"] for chart in charts.values())
        assert "Rimouski-Neigette" in unescape(below)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    pytest.importorskip("playwright", reason="Playwright manque")
    from bench import browser

    if os.environ.get("REQUIRE_BROWSER") != "1" and not any(map(shutil.which, browser.NAMES)):
        pytest.skip("Chromium manque")
    with browser.chromium() as opened:
        yield opened


@pytest.mark.parametrize("name", ["dash", "portraits"])  # ours, and one that is not of Streamlit
def test_each_says_the_same_key_figures_and_can_be_measured(chromium: Any, name: str) -> None:
    from bench import browser

    target = next(own for own in browser.TARGETS if own.name == name)
    with servers.running(name) as server:
        page = chromium.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(server.url + target.path)
        page.locator(":is(.graphique, [data-testid=stPlotlyChart]) .main-svg").first.wait_for()
        assert [text.strip() for text in page.locator(target.key).all_inner_texts()][:4] == FIGURES
        assert not [url for url in asked if not url.startswith((server.url, "data:", "blob:"))]
        page.context.close()
        found = browser.one_round(chromium, target, server.url)
    measured = {name: found[name] or 0 for name in report.ROWS if name in found and name.endswith("_ms")}
    assert {"graphiques_ms", "retour_ms", "mesure_ms", "annee_ms", "page_ms"} <= measured.keys()
    assert min(measured.values()) > 0

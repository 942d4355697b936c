"""What the peers of our page say, from the functions that our page says it with: no figure is written twice."""

from __future__ import annotations

import json
from functools import cache
from itertools import compress
from pathlib import Path
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.contract.door import load_dataset
from dashboard.deck.choices import SERIES, THEMES
from dashboard.deck.content import Content
from dashboard.deck.kinds import view
from dashboard.figures.drawn import figure_of
from dashboard.indicators import admissions
from dashboard.narrative.mrc_words import MEASURE_LABELS
from dashboard.ui import markup as html
from dashboard.wording import query

ROOT: Final = Path(__file__).resolve().parents[2]
DATA: Final = load_dataset(ROOT)
PAGES: Final = {"bas-saint-laurent": "01", "chaudiere-appalaches": "12"}
NAMES: Final = {slug: DATA.name(code) for slug, code in PAGES.items()}
THEME: Final = {key: THEMES[key] for key in ("territoires", "evolution")}
# The charts of each theme, by their names.
CHARTS: Final = {"territoires": ("carte", "barres"), "evolution": ("annees",)}
MEASURES: Final = MEASURE_LABELS
MEASURE: Final = DATA.config.default_measure
YEARS: Final = admissions.years(DATA)
CONFIG: Final = {"displayModeBar": False, "responsive": True}
# No base map is drawn: without this, Plotly would ask another site for one.
NO_BASE_MAP: Final = 'window.PlotlyGeoAssets = {topojson: {world_110m: {type: "Topology", objects: {}, arcs: []}}};'
# Pixels across the map of a page, at 1280.
_WIDE: Final = 690
# The charts that are given, by their names, in place of those that are there; one that stays changes in place.
DRAW: Final = f"""
const draw = (charts) => {{
  const kept = document.getElementById("graphiques");
  for (const old of [...kept.children]) if (!(old.id in charts)) {{ Plotly.purge(old); old.remove(); }}
  for (const [id, figure] of Object.entries(charts)) {{
    const place = document.getElementById(id) ?? kept.appendChild(document.createElement("div"));
    place.id = id; place.classList.add("graphique", id);
    Plotly.react(place, figure.data, figure.layout, {json.dumps(CONFIG)});
  }}
}};
"""
STYLE: Final = """
body { font: 16px Source Sans, sans-serif; color: #223654; margin: 1rem; }
dl { display: flex; gap: 1rem; } dl div { flex: 1; } dd { margin: 0; } .cle-valeur { font-size: 2rem; }
.source, .sous-titre { color: #4e5662; } .deux { display: grid; grid-template-columns: 3fr 2fr; gap: 1rem; }
.deux > *, .graphique { min-width: 0; } td, th { padding: .2rem .6rem; text-align: right; }
.pastille, .hachure { display: inline-block; width: 1em; height: 1em; margin-right: .4em; } ul { list-style: none; }
[hidden] { display: none !important; }
"""


def _choices(slug: str, **chosen: str) -> dict[str, str]:
    return {query.TERRITORY: PAGES[slug], **chosen}


def _address(name: str) -> str:
    return f"/geo/{name}"


def _heading(content: Content) -> str:
    return html.heading(2, content.title, content.subtitle)


def _below(content: Content) -> str:
    """Sentence, table folded, source line."""
    assert content.table is not None
    folded = html.details("Données", html.table(content.table))
    source = html.source_line(content.source, *content.bases, credit=content.credit)
    return html.reading(content.reading) + folded + source


def _figure(content: Content) -> Any:
    """The figure of a page, with the names that its width has room for."""
    written = figure_of(DATA, content.kind, content.choices, _address)
    assert written is not None
    made = json.loads(written.text)
    limits = [own.get("meta", (0, 0)) for own in made["data"]]
    shown = [start <= _WIDE < (end or _WIDE + 1) for start, end in limits]
    # Without the template that Plotly adds to a figure that has none: ours has none either.
    return go.Figure([*compress(made["data"], shown)], made["layout"]).update_layout(template=None)


def map_rules(chart: str) -> str:
    """CSS of the map, which has the shape of its land. chart: its class."""
    content = view(DATA, "carte", _choices(next(iter(PAGES)), **{query.MEASURE: MEASURE}))
    return f".{chart} {{ aspect-ratio: {_figure(content).layout.meta['shape']}; height: auto !important; flex: none; }}"


@cache
def top(slug: str) -> str:
    """Title and key figures."""
    content = view(DATA, "chiffres", _choices(slug)).cards(0, 4)
    assert content.table is not None
    return html.heading(1, NAMES[slug]) + html.cards(content.body.items) + _below(content)


@cache
def territories(slug: str, measure: str) -> tuple[str, list[Any], str]:
    """Heading, map and bars, what is under them: of one measure."""
    chosen = _choices(slug, **{query.MEASURE: measure})
    content, ranked = view(DATA, "carte", chosen), view(DATA, "mrc", chosen)
    return _heading(content), [_figure(content), _figure(ranked)], html.legend(content.legend) + _below(content)


@cache
def trend(slug: str, year: str) -> tuple[str, list[Any], str]:
    """Heading, columns, what is under them: with one year chosen."""
    content = view(DATA, "admissions", _choices(slug, **{query.YEAR: year, query.SERIES: next(iter(SERIES))}))
    return _heading(content), [_figure(content)], _below(content)


@cache
def shown(slug: str, theme: str, measure: str, year: str) -> tuple[str, dict[str, Any], str]:
    """Heading, charts by their names and words of the theme that is chosen, for who draws changes in place."""
    heading, figures, words = territories(slug, measure) if theme == "territoires" else trend(slug, year)
    return heading, {name: json.loads(own.to_json()) for name, own in zip(CHARTS[theme], figures, strict=True)}, words

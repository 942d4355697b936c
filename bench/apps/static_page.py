"""The same pages, written once as files: ``python -m bench.apps.static_page FOLDER``."""

import json
import shutil
import sys
from pathlib import Path

import plotly

from bench.apps import said
from dashboard.ui.markup import esc

SCRIPT = """
const chosen = (name) => document.querySelector(`input[name=${name}]:checked`).value;
const show = () => {
  const theme = chosen("theme"), [head, charts, below] = DATA[theme][chosen(theme)];
  for (const name in DATA) document.getElementById(`choix-${name}`).hidden = name !== theme;
  document.getElementById("tete").innerHTML = head;
  document.getElementById("dessous").innerHTML = below;
  // A copy: Plotly keeps what it is given, and writes in it.
  draw(structuredClone(charts));
};
document.addEventListener("change", show);
show();"""


def choice(name: str, label: str, options: dict[str, str], value: str) -> str:
    buttons = "".join(
        f'<label><input type="radio" name="{name}" value="{key}"{" checked" * (key == value)}>{esc(text)}</label>'
        for key, text in options.items()
    )
    return f'<fieldset id="choix-{name}"><legend>{label}</legend>{buttons}</fieldset>'


def page(slug: str) -> str:
    data = {
        "territoires": {name: said.shown(slug, "territoires", name, said.YEARS[-1]) for name in said.MEASURES},
        "evolution": {year: said.shown(slug, "evolution", said.MEASURE, year) for year in said.YEARS},
    }
    links = "".join(f'<a href="{other}.html">{esc(name)}</a> ' for other, name in said.NAMES.items())
    given = f"const DATA = {json.dumps(data)};".replace("</", r"<\/")
    return f"""<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{esc(said.NAMES[slug])}</title>
<style>{said.STYLE}{said.map_rules("carte")}</style><script>{said.NO_BASE_MAP}</script>
<script src="plotly.min.js"></script></head>
<body><nav>{links}</nav><main>{said.top(slug)}{choice("theme", "Thème", said.THEME, "territoires")}
{choice("territoires", "Mesure", said.MEASURES, said.MEASURE)}
{choice("evolution", "Année", {year: year for year in said.YEARS}, said.YEARS[-1])}
<div id="tete"></div><div id="graphiques" class="deux"></div><div id="dessous"></div></main>
<script>{given}{said.DRAW}{SCRIPT}</script></body></html>"""


def build(folder: Path) -> None:
    """Write the pages and what they ask for in a folder."""
    shutil.copytree(said.ROOT / "geo", folder / "geo")
    shutil.copy(Path(plotly.__file__).parent / "package_data" / "plotly.min.js", folder)
    for slug in said.PAGES:
        (folder / f"{slug}.html").write_text(page(slug), encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]))

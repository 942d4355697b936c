"""A fictional fifth region, added to a copy of the project by data, configuration and boundaries alone: no code.

Its figures are invented and consistent: 150 admissions in five years, 50 of them in 2019, in two territories.
"""

from __future__ import annotations

import json
from pathlib import Path

from dashboard.boundaries import rebuild
from tests.unkept import ESSAI, declare, section

CODE, SLUG, NAME = "99", "nord-fictif", "Nord-Fictif"
ANNEX, PORTRAIT = "annexe-2-99", "portrait-99"
YEARS = {"2015": 10, "2016": 20, "2017": 30, "2018": 40, "2019": 50}
TOTAL = 150
MRC = {"9901": ("Les Épinettes", 138, 8000), "9902": ("Lac-Imaginaire", 12, 2000)}  # name, admissions, census
CATEGORIES = {"economic": 20, "family": 15, "refugee": 10, "other": 5, "total": 50}
SEXES = {"female": 26, "male": 24, "total": 50}
FRENCH = {"french_known": 30, "french_not_known": 10, "declared": 40, "not_available": 10, "total": 50}
PERMITS = {"students": 100, "ptet": 20, "pmi": 30}
POPULATION, CENSUS, IMMIGRANTS = 9900, 10000, 495

_TERRITORIES = f"""\
{CODE},region,DRCNEQ,{NAME},au {NAME},du {NAME},Région administrative,,{NAME}
9901,mrc,{CODE},Les Épinettes,aux Épinettes,des Épinettes,MRC,991,Les Épinettes
9902,mrc,{CODE},Lac-Imaginaire,à Lac-Imaginaire,de Lac-Imaginaire,MRC,992,Lac-Imaginaire
"""
_SECTIONS = (
    section(PORTRAIT, f"Portrait des régions couvertes — {NAME}"),
    section(ANNEX, f"Annexe 2 — Portrait de la population immigrante du {NAME}"),
    section(ESSAI),
)
_PORTRAIT = f"""\
region_code: "{CODE}"
source: {PORTRAIT}
portrait:
  - "En 2016, la région comptait 9 900 personnes, dont 495 issues de l’immigration (5 %)."
figures:
  - id: "permanent_in_text"
    territory: "{CODE}"
    label: "Population immigrée, selon le texte"
    period: "2016"
    value: 495
    unit: "personnes"
    base: "population_region"
    quote: "dont 495 issues de l’immigration"
    confirmed_by: {{rule: equals, of: ["{CODE}/immigrant_population/total/2016"]}}
"""


def _rows() -> dict[str, list[str]]:
    """Rows to add to each series, in the columns of the files."""

    def row(code: str, indicator: str, category: str, period: str, value: int | str, base: str, source: str) -> str:
        late = source == ANNEX and ("2019" in period)
        status = "not_available" if value == "" else "provisional" if late else "definitive"
        return f"{code},{indicator},{category},{period},{value},,{base},{status},{source},"

    def of_year(indicator: str, parts: dict[str, int], base: str, period: str = "2019") -> list[str]:
        declared = dict.fromkeys(("french_known", "french_not_known", "declared"), "declared")
        return [row(CODE, indicator, c, period, value, declared.get(c, base), ANNEX) for c, value in parts.items()]

    span = "2015-2019"
    census = [row(CODE, "population_census", "total", "2016", CENSUS, "census_population", ESSAI)]
    census += [
        row(code, "population_census", "total", "2016", people, "census_population", ESSAI)
        for code, (_, _, people) in MRC.items()
    ]
    return {
        "admissions_by_year": [
            *(row(CODE, "admissions", "total", year, n, "five_year_total", ANNEX) for year, n in YEARS.items()),
            row(CODE, "admissions", "total", span, TOTAL, "five_year_total", ANNEX),
        ],
        "admissions_by_mrc": [
            *(
                row(code, "admissions_by_mrc", "total", span, n, "region_total", ANNEX)
                for code, (_, n, _) in MRC.items()
            ),
            row(CODE, "admissions_by_mrc", "total", span, TOTAL, "region_total", ANNEX),
        ],
        "admissions_by_category": of_year("admissions_by_category", CATEGORIES, "year_total"),
        "admissions_by_sex": of_year("admissions_by_sex", SEXES, "year_total"),
        "admissions_by_french": of_year("admissions_by_french", FRENCH, "year_total"),
        "temporary_permits": of_year("temporary_permits", PERMITS, "permits_valid", "2019-12-31"),
        "populations": [
            row(CODE, "population_private_households", "total", "2016", POPULATION, "private_households", PORTRAIT),
            *census,
        ],
        "immigrant_population": [
            row(CODE, "immigrant_population", "total", "2016", IMMIGRANTS, "population_private_households", PORTRAIT),
            row(CODE, "immigrant_population_map", "total", "2016", IMMIGRANTS, "immigrant_population_quebec", PORTRAIT),
        ],
        "agreements": [
            row(CODE, "agreements", kind, "2021-04-01", value, "agreements_in_force", ESSAI)
            for kind, value in {"mrc": 0, "pasi": 0, "mission_support": "", "francisation_mandataries": 0}.items()
        ],
    }


def _square(code: str, name: str, west: float) -> dict[str, object]:
    ring = [[west, 46.0], [west + 0.5, 46.0], [west + 0.5, 46.5], [west, 46.5], [west, 46.0]]
    properties = {"code": code, "name": name, "region": CODE}
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "id": code, "properties": properties, "geometry": geometry}


def _append(path: Path, text: str) -> None:
    content = path.read_text(encoding="utf-8")
    path.write_text(content + ("" if content.endswith("\n") else "\n") + text, encoding="utf-8")


def add_to(root: Path) -> None:
    """Add the region to the files below `root`, then rebuild the boundaries as the command does."""
    data = root / "data"
    _append(data / "territories.csv", _TERRITORIES)
    for name, rows in _rows().items():
        _append(data / f"{name}.csv", "\n".join(rows) + "\n")
    declare(root, *_SECTIONS)
    (data / "regions" / f"{CODE}.yaml").write_text(_PORTRAIT, encoding="utf-8")

    config = root / "config.yaml"
    lines = config.read_text(encoding="utf-8").splitlines()
    last = max(n for n, line in enumerate(lines) if line.lstrip().startswith("- {code:"))
    lines.insert(last + 1, f'  - {{code: "{CODE}", slug: {SLUG}, color: "#6b4fa1"}}')
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")

    # Our own layout of tiles, which no boundary file can give.
    _append(root / "geo" / "tiles.csv", "".join(f"{code},{n},9\n" for n, code in enumerate(MRC)))
    source = root / "limites.geojson"
    shapes = json.loads((root / "geo" / "territories.geojson").read_text(encoding="utf-8"))
    shapes["features"] += [_square(code, name, -75.0 + 0.5 * n) for n, (code, (name, _, _)) in enumerate(MRC.items())]
    source.write_text(json.dumps(shapes), encoding="utf-8")
    rebuild(source, root)

"""A whole Québec, generated: 17 regions, 104 territories, several directions and twenty years, consistent throughout.

The four regions of the project keep their own figures of 2015 to 2019. Everything else is drawn at random, from a seed:
it is written in a copy of the project for the tests, and never in data/.
"""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.unkept import ESSAI, declare, section

ROOT = Path(__file__).resolve().parents[1]
FIRST, LAST = 2000, 2019
SPANS = ("2000-2004", "2005-2009", "2010-2014", "2015-2019")
# Code, name, « in », « of », direction, number of territories (73 in all; the other 31 are the project's).
REGIONS = (
    ("02", "Saguenay–Lac-Saint-Jean", "au ", "du ", "NORD", 5),
    ("04", "Mauricie", "en ", "de la ", "CENTRE", 6),
    ("05", "Estrie", "en ", "de l’", "CENTRE", 9),
    ("06", "Montréal", "à ", "de ", "MTL", 1),
    ("07", "Outaouais", "en ", "de l’", "OUEST", 5),
    ("08", "Abitibi-Témiscamingue", "en ", "de l’", "OUEST", 5),
    ("09", "Côte-Nord", "sur la ", "de la ", "NORD", 6),
    ("10", "Nord-du-Québec", "dans le ", "du ", "NORD", 3),
    ("13", "Laval", "à ", "de ", "MTL", 1),
    ("14", "Lanaudière", "dans ", "de ", "MTL", 6),
    ("15", "Laurentides", "dans les ", "des ", "OUEST", 8),
    ("16", "Montérégie", "en ", "de la ", "MTL", 13),
    ("17", "Centre-du-Québec", "dans le ", "du ", "CENTRE", 5),
)
DIRECTIONS = ("NORD", "CENTRE", "MTL", "OUEST")
OLD = ("01", "03", "12", "11")
MRC = {code: tuple(f"{code}{n:02}" for n in range(51, 51 + count)) for code, *_, count in REGIONS}
CODES = tuple(code for code, *_ in REGIONS)
# One for each region drawn: told apart from one another and from the project's four.
_COLORS = (
    "#7a1f1f", "#b3261e", "#8a4b08", "#5f5a0a", "#1b9e3e", "#004d40", "#00838f", "#01579b", "#303f9f", "#6a1b9a",
    "#ad1457", "#5d4037", "#616161",
)  # fmt: skip
_PARTS = {"admissions_by_category": ("economic", "family", "refugee", "other"), "admissions_by_sex": ("female", "male")}
# Latitude of the southernmost squares.
_SOUTH = 50.0
_FIELDS = (
    "territory_code", "indicator", "category", "period", "value", "printed_pct", "base", "status", "source", "quote",
)  # fmt: skip
Row = dict[str, str]


def _row(code: str, indicator: str, category: str, period: str, value: int, base: str, source: str) -> Row:
    values = (code, indicator, category, period, str(value), "", base, "definitive", source, "")
    return dict(zip(_FIELDS, values, strict=True))


def split(rng: random.Random, total: int, into: int) -> list[int]:
    """Whole numbers that sum to the total, none negative."""
    weights = [rng.random() + 0.1 for _ in range(into)]
    parts = [int(total * w / sum(weights)) for w in weights]
    parts[0] += total - sum(parts)
    return parts


class Quebec:
    """The figures, drawn once; `rows` are those to add to each series."""

    def __init__(self, first: int = FIRST, last: int = LAST, seed: int = 20) -> None:
        self.years = [str(year) for year in range(first, last + 1)]
        self.spans = [span for span in SPANS if first <= int(span[:4]) and int(span[5:]) <= last]
        self._rng = random.Random(seed)  # noqa: S311 – invented figures
        # Territory and year (or period) of every permanent admission, for the tests to compare with.
        self.admissions: dict[tuple[str, str], int] = {}
        self._shipped = _shipped("admissions_by_year")
        self._draw()

    def _draw(self) -> None:
        for row in self._shipped:
            if len(row["period"]) == 4:
                self.admissions[row["territory_code"], row["period"]] = int(row["value"])
        for year in self.years:
            for code in (*OLD, *CODES):
                if (code, year) not in self.admissions:
                    self.admissions[code, year] = self._rng.randint(60, 2400)
            regions = sum(self.admissions[code, year] for code in (*OLD, *CODES))
            # What has no known region makes up the rest of Québec.
            self.admissions.setdefault(("QC", year), regions + self._rng.randint(10, 900))
        for span in self.spans:
            for code in ("QC", *OLD, *CODES):
                own = [self.admissions[code, y] for y in self.years if span[:4] <= y <= span[5:]]
                self.admissions[code, span] = sum(own)

    def rows(self) -> dict[str, list[Row]]:
        """Rows to add to each series, beside those of the project."""
        found = {
            "admissions_by_year": list(self._by_year()),
            "admissions_by_mrc": list(self._by_mrc()),
            **{name: list(self._shares(name, parts)) for name, parts in _PARTS.items()},
            "admissions_by_french": list(self._french()),
            "temporary_permits": list(self._permits()),
            "populations": list(self._populations()),
            "immigrant_population": list(self._immigrants()),
            "agreements": [
                _row(code, "agreements", kind, "2021-04-01", self._rng.randint(0, 9), "agreements_in_force", ESSAI)
                for code in CODES
                for kind in ("mrc", "pasi", "mission_support", "francisation_mandataries")
            ],
        }
        for name, rows in found.items():
            known = {tuple(row[field] for field in _FIELDS[:4]) for row in _shipped(name)}
            found[name] = [row for row in rows if tuple(row[field] for field in _FIELDS[:4]) not in known]
        direction_of = {code: direction for code, *_, direction, _ in REGIONS}
        totals: Counter[tuple[str, str]] = Counter()
        for row in found["agreements"]:
            totals[direction_of[row["territory_code"]], row["category"]] += int(row["value"])
        found["agreements"] += [
            _row(direction, "agreements", kind, "2021-04-01", total, "agreements_in_force", ESSAI)
            for (direction, kind), total in totals.items()
        ]
        return found

    def _by_year(self) -> Iterator[Row]:
        for code in ("QC", *OLD, *CODES):
            for period in (*self.years, *self.spans):
                yield _row(
                    code,
                    "admissions",
                    "total",
                    period,
                    self.admissions[code, period],
                    "five_year_total",
                    f"{ESSAI}-{code}",
                )

    def _by_mrc(self) -> Iterator[Row]:
        shipped = {row["territory_code"] for row in _shipped("admissions_by_mrc")}
        for region in (*OLD, *CODES):
            for span in self.spans:
                if region in OLD and span == "2015-2019":
                    continue
                mrcs = MRC.get(region) or [code for code in shipped if _REGION_OF.get(code) == region]
                total = self.admissions[region, span]
                source = f"{ESSAI}-{region}"
                for code, part in zip(sorted(mrcs), split(self._rng, total, len(mrcs)), strict=True):
                    self.admissions[code, span] = part
                    yield _row(code, "admissions_by_mrc", "total", span, part, "region_total", source)
                yield _row(region, "admissions_by_mrc", "total", span, total, "region_total", source)

    def _shares(self, name: str, parts: tuple[str, ...]) -> Iterator[Row]:
        whole = {(row["category"]): int(row["value"]) for row in _shipped(name) if row["territory_code"] == "QC"}
        for year in self.years:
            drawn: dict[str, list[int]] = {}
            for code in (*OLD, *CODES, "QC"):
                total = self.admissions[code, year]
                if code == "QC":
                    # Québec: at least what its regions have in each category.
                    values = [sum(column) for column in zip(*drawn.values(), strict=True)]
                    values[0] += total - sum(values)
                elif year == "2019":
                    # No more, together, than what Québec has in the project's own figures.
                    values = within(total, [whole[part] for part in parts])
                else:
                    values = split(self._rng, total, len(parts))
                drawn[code] = values
                for category, value in zip((*parts, "total"), (*values, total), strict=True):
                    yield _row(code, name, category, year, value, "year_total", f"{ESSAI}-{code}")

    def _french(self) -> Iterator[Row]:
        categories = ("french_known", "french_not_known", "not_available")
        known = 0
        for row in self._shares("admissions_by_french", categories):
            yield {**row, "base": "year_total" if row["category"] in ("not_available", "total") else "declared"}
            if row["category"] == "french_not_known":
                declared = int(row["value"]) + known
                code, year = row["territory_code"], row["period"]
                yield _row(code, "admissions_by_french", "declared", year, declared, "declared", row["source"])
            known = int(row["value"])

    def _permits(self) -> Iterator[Row]:
        for year in self.years:
            whole = {"students": 0, "ptet": 0, "pmi": 0}
            for code in (*OLD, *CODES, "QC"):
                for kind in whole:
                    value = whole[kind] + 500 if code == "QC" else 5 * self._rng.randint(2, 150)
                    whole[kind] += value
                    yield _row(
                        code, "temporary_permits", kind, f"{year}-12-31", value, "permits_valid", f"{ESSAI}-{code}"
                    )

    def _populations(self) -> Iterator[Row]:
        for region in CODES:
            people = {code: self._rng.randint(4000, 90000) for code in MRC[region]}
            total = sum(people.values())
            yield _row(region, "population_census", "total", "2016", total, "census_population", ESSAI)
            for code, n in people.items():
                yield _row(code, "population_census", "total", "2016", n, "census_population", ESSAI)
            households = total // 5 * 5 - 5
            name, base = "population_private_households", "private_households"
            yield _row(region, name, "total", "2016", households, base, f"portrait-{region}")

    def _immigrants(self) -> Iterator[Row]:
        for region in CODES:
            value = 5 * self._rng.randint(20, 600)
            for indicator, base in (
                ("immigrant_population", "population_private_households"),
                ("immigrant_population_map", "immigrant_population_quebec"),
            ):
                yield _row(region, indicator, "total", "2016", value, base, f"portrait-{region}")

    def write(self, root: Path) -> Path:
        """A copy of the project's files in `root`, completed with the whole Québec."""
        root.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "config.yaml", root)
        for folder in ("data", "geo"):
            shutil.copytree(ROOT / folder, root / folder)
        data = root / "data"
        for name, rows in self.rows().items():
            with (data / f"{name}.csv").open("a", encoding="utf-8", newline="") as file:
                csv.DictWriter(file, _FIELDS, lineterminator="\n").writerows(rows)
        with (data / "territories.csv").open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(_territories())
        _write_documents(root)
        _write_shapes(root)
        return root


def within(total: int, limits: list[int]) -> list[int]:
    """The total spread as the limits are: seventeen regions spread so never exceed Québec's own categories."""
    values = [total * limit // sum(limits) for limit in limits]
    values[limits.index(max(limits))] += total - sum(values)
    return values


def _shipped(name: str) -> list[Row]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


with (ROOT / "data" / "territories.csv").open(encoding="utf-8", newline="") as _file:
    _REGION_OF = {row["code"]: row["parent_code"] for row in csv.DictReader(_file)}


def _territories() -> Iterator[list[str]]:
    for direction in DIRECTIONS:
        name = f"Direction régionale {direction.capitalize()}"
        inside = f"dans le territoire de la {name[0].lower()}{name[1:]}"
        of = inside.replace("dans le", "du")
        yield [direction, "direction", "QC", name, inside, of, "Direction régionale", "", name]
    for code, name, inside, of, direction, _ in REGIONS:
        yield [code, "region", direction, name, inside + name, of + name, "Région administrative", "", name]
        for mrc in MRC[code]:
            own = f"Territoire {mrc}"
            yield [mrc, "mrc", code, own, f"dans le {own}", f"du {own}", "MRC", "", own]


def _write_documents(root: Path) -> None:
    data, config = root / "data", root / "config.yaml"
    sections = [
        section(f"{place}-{code}", f"{label} — {name}")
        for code, name in ({code: code for code in ("QC", *OLD)} | {code: name for code, name, *_ in REGIONS}).items()
        for place, label in (("portrait", "Portrait des régions couvertes"), (ESSAI, "Annexe"))
        if place == ESSAI or code in CODES
    ]
    declare(root, section(ESSAI), *sections)
    for code, *_ in REGIONS:
        portrait = {"region_code": code, "source": f"portrait-{code}", "portrait": ["Texte d’essai."], "figures": []}
        (data / "regions" / f"{code}.yaml").write_text(yaml.safe_dump(portrait, allow_unicode=True), encoding="utf-8")
    lines = config.read_text(encoding="utf-8").splitlines()
    last = max(n for n, line in enumerate(lines) if line.lstrip().startswith("- {code:"))
    lines[last + 1 : last + 1] = [
        f'  - {{code: "{code}", slug: region-{code}, color: "{_COLORS[n % len(_COLORS)]}"}}'
        for n, code in enumerate(CODES)
    ]
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_shapes(root: Path) -> None:
    """Squares: a row for each region, north-west of the true boundaries."""
    geo = root / "geo"
    squares = {
        code: [-79.0 + 0.3 * place, _SOUTH + 0.4 * rank]
        for rank, region in enumerate(CODES)
        for place, code in enumerate(MRC[region])
    }

    def square(code: str, corner: list[float], width: float, region: str) -> dict[str, object]:
        west, south = corner
        east, north = west + width, south + 0.3
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        return {"type": "Feature", "id": code, "properties": {"code": code, "region": region}, "geometry": geometry}

    region_of = {code: region for region, codes in MRC.items() for code in codes}
    wide = {region: [-79.0, _SOUTH + 0.4 * rank] for rank, region in enumerate(CODES)}
    for name, features in (
        ("territories", [square(code, corner, 0.3, region_of[code]) for code, corner in squares.items()]),
        ("regions", [square(code, corner, 0.3 * len(MRC[code]), code) for code, corner in wide.items()]),
    ):
        path = geo / f"{name}.geojson"
        shapes = json.loads(path.read_text(encoding="utf-8"))
        shapes["features"] += features
        path.write_text(json.dumps(shapes), encoding="utf-8")
    path = geo / "bounds.json"
    bounds = json.loads(path.read_text(encoding="utf-8"))
    for code, (west, south) in wide.items():
        box = [west, south, west + 0.3 * len(MRC[code]), south + 0.3]
        bounds["regions"][code] = {"bounds": box, "main": box, "insets": []}
    bounds["points"] |= {code: [w + 0.15, s + 0.15] for code, (w, s) in squares.items()}
    for frame in (bounds["all"]["bounds"], bounds["all"]["main"]):
        frame[:] = [-79.0, frame[1], frame[2], _SOUTH + 0.4 * (len(CODES) - 1) + 0.3]
    path.write_text(json.dumps(bounds), encoding="utf-8")
    path = geo / "hatching.json"
    hatching = json.loads(path.read_text(encoding="utf-8"))
    hatching |= {code: [[w, w + 0.3], [s, s + 0.3]] for code, (w, s) in squares.items()}
    path.write_text(json.dumps(hatching), encoding="utf-8")
    tiles = list(csv.DictReader((geo / "tiles.csv").read_text(encoding="utf-8").splitlines()))
    places = [(t["code"], int(t["column"]) + 14, int(t["row"]) + len(CODES)) for t in tiles]
    places += [(c, n, len(CODES) - 1 - rank) for rank, r in enumerate(CODES) for n, c in enumerate(MRC[r])]
    lines = ["code,column,row", *(f"{code},{column},{row}" for code, column, row in places)]
    (geo / "tiles.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

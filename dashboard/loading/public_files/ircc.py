"""IRCC's monthly open-data files (« ODP-PR-… .csv »): admissions of Québec by year, with their bounds.

« -- » stands for a number from 0 to 5, kept as these bounds and never as a number; every other figure is rounded to the
nearest multiple of 5. Months are added by year. A year without its twelve months has no figure, only a lower bound.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from typing import Final

from dashboard.loading.public_files import ircc_columns as known
from dashboard.loading.public_files.opening import lines_of
from dashboard.loading.public_files.result import Imported, ImportedRow, Others, Refused, enumeration, imported
from dashboard.model.problems import shortened
from dashboard.model.rows import TerritoryRow
from dashboard.wording.numbers import NBSP, number
from dashboard.wording.slugs import flat

SOURCE: Final = "ircc-odp-pr"
HIDDEN: Final = "--"
_MOST_HIDDEN: Final = 5
# A multiple of 5 stands for the whole numbers at most 2 away from it.
_ROUNDING: Final = 2
_LARGEST: Final = 2_000_000_000
_MOST_KEYS: Final = 500_000
_DISAGREED: Final = "corriger la ligne, ou télécharger de nouveau le fichier."
# What a column divides -> the indicator, and our identifiers of what it holds.
_DIVIDED: Final = {
    "category": ("admissions_by_category", known.CATEGORIES),
    "sex": ("admissions_by_sex", known.SEXES),
}


def read_ircc(path: Path, root: Path) -> Imported:
    """Admissions of Québec by year in a file of IRCC; never raises for a bad file.

    root: folder of data/territories.csv, which names the province.
    """
    return imported(path, root, partial(_read, path))


def _read(path: Path, found: Imported, territories: dict[str, TerritoryRow]) -> None:
    province = next((row for row in territories.values() if row.level == "province"), None)
    lines = lines_of(path)
    at, header = next(lines, (0, []))
    if not at:
        raise Refused("le fichier est vide.", "le télécharger de nouveau.")
    columns = known.columns(found, header, at)
    if province is None or found.problems:
        return
    reader = _Reader(found, columns, len(header))
    for line, cells in lines:
        reader.take(line, cells)
    # What remains of a file whose lines are refused says nothing of the file.
    if not found.problems and not reader.sums:
        remedy = "prendre un fichier dont la colonne EN_PROVINCE_TERRITORY nomme le Québec."
        raise Refused("aucune ligne ne parle du Québec.", remedy)
    if not found.problems:
        known.refuse_parts(found, reader.held)
    if not found.problems:
        reader.report(province.name)
        found.rows += [reader.row(province, *key) for key in sorted(reader.sums)]


class _Reader:
    """What is gathered line after line."""

    def __init__(self, found: Imported, columns: dict[str, list[int]], width: int) -> None:
        self.found, self.columns, self.width = found, columns, width
        # By indicator, category and year: the bounds, how many figures, how many of them hidden.
        self.sums: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        self.months: defaultdict[str, set[int]] = defaultdict(set)
        self.held: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self.seen: dict[int, int] = {}
        self.others, self.totals, self.strange = Others(), Others(), Others()
        self.unrounded = 0
        self.dated = "month" in columns or "quarter" in columns

    def take(self, line: int, cells: list[str]) -> None:
        """Add a line to the sums, or refuse it, or leave it aside."""
        if len(cells) != self.width:
            message = f"la ligne a {len(cells)} colonne{'s' * (len(cells) > 1)} au lieu de {self.width}."
            self.found.refuse(message, "télécharger de nouveau le fichier, sans l’ouvrir.", line)
            return
        place, french = self._both(cells, "province")
        ours = flat(place) == "quebec"
        if ours != (flat(french) == "quebec"):
            message = f"l’anglais et le français ne nomment pas la même province (« {shortened(french)} »)."
            self._refuse(line, "province", place, message, _DISAGREED)
            return
        if not ours:
            self.others.add(place)
            return
        total = next((cell for cell in cells if re.search(r"\b(total|totaux)$", flat(cell))), None)
        if total is not None:
            self.totals.add(total)
            return
        year, months = self._year(line, cells), self._months(line, cells)
        figure = self._figure(line, cells[self.columns["total"][0]])
        if year is None or months is None or figure is None or self._repeated(line, cells):
            return
        self.months[year] |= months
        low, high = figure
        added = {"low": low, "high": high, "figures": 1, "hidden": int(low != high)}
        self.sums["admissions", "total", year].update(added)
        for role in known.DIVIDING:
            if role in self.columns and len(self.held[role, year]) < 2:
                self.held[role, year].add(cells[self.columns[role][0]])
        for role, (indicator, categories) in _DIVIDED.items():
            if role not in self.columns:
                continue
            value = cells[self.columns[role][0]]
            category = categories.get(flat(value))
            self.held[role, year].add(category or value)
            self.sums[indicator, "total", year].update(added)
            if category is None:
                self.strange.add(value)
            else:
                self.sums[indicator, category, year].update(added)

    def _both(self, cells: list[str], role: str) -> tuple[str, str]:
        """What a line says in English and in French; the same twice when one column alone says it."""
        places = self.columns[role]
        return cells[places[0]], cells[places[-1]]

    def _refuse(self, line: int, role: str, value: str, message: str, remedy: str) -> None:
        self.found.refuse(message, remedy, line, known.HEADS[role], value)

    def _year(self, line: int, cells: list[str]) -> str | None:
        year, french = self._both(cells, "year")
        if re.fullmatch(r"(19|20)[0-9]{2}", year) is None:
            self._refuse(line, "year", year, "une année est attendue.", "écrire l’année en quatre chiffres.")
        elif french != year:
            message = f"les deux colonnes de l’année ne disent pas la même (« {shortened(french)} »)."
            self._refuse(line, "year", year, message, _DISAGREED)
        else:
            return year
        return None

    def _months(self, line: int, cells: list[str]) -> set[int] | None:
        """Months of a line; none when the file has neither months nor quarters."""
        if not self.dated:
            return set()
        if "month" not in self.columns:
            given, _ = self._both(cells, "quarter")
            quarter = known.QUARTERS.get(flat(given).replace(" ", ""))
            if quarter is None:
                self._refuse(line, "quarter", given, "ce trimestre n’est pas reconnu.", "l’écrire « Q1 » à « Q4 ».")
                return None
            return {3 * quarter - 2, 3 * quarter - 1, 3 * quarter}
        given, french = self._both(cells, "month")
        month = known.MONTHS.get(flat(given))
        if month is None:
            self._refuse(line, "month", given, "ce mois n’est pas reconnu.", "l’écrire « Jan » à « Dec ».")
            return None
        other = known.MONTHS.get(flat(french), month)
        if other != month:
            said = known.MONTH_NAMES[other]
            message = f"les deux colonnes du mois ne disent pas le même (« {said} » en français)."
            self._refuse(line, "month", given, message, _DISAGREED)
            return None
        return {month}

    def _figure(self, line: int, given: str) -> tuple[int, int] | None:
        """Bounds of the published figure, the same for a number; None when it cannot be read."""
        if given == HIDDEN:
            return 0, _MOST_HIDDEN
        text = re.sub(r"[\u00a0\u202f]", " ", given)
        if re.fullmatch(r"[0-9]{1,10}|[0-9]{1,3}([ ,][0-9]{3}){1,3}", text) is None:
            remedy = "écrire un nombre entier, ou « -- » pour un nombre de 0 à 5."
            self._refuse(line, "total", given, "ce n’est ni un nombre ni « -- ».", remedy)
            return None
        figure = int(re.sub(r"[ ,]", "", text))
        if figure > _LARGEST:
            self._refuse(line, "total", given, "ce nombre est démesuré.", "vérifier le nombre dans la source.")
            return None
        self.unrounded += figure % 5 != 0
        return figure, figure

    def _repeated(self, line: int, cells: list[str]) -> bool:
        """True for a line whose every column but the number is that of another: its people would count twice."""
        place = self.columns["total"][0]
        key = hash(tuple(cells[:place] + cells[place + 1 :]))
        first = self.seen.get(key)
        if first is not None:
            message = f"cette ligne répète la ligne {first} : mêmes colonnes."
            self.found.refuse(message, "n’en garder qu’une, ou télécharger de nouveau.", line)
        elif len(self.seen) < _MOST_KEYS:
            self.seen[key] = line
        return first is not None

    def row(self, province: TerritoryRow, indicator: str, category: str, year: str) -> ImportedRow:
        """The row of a sum. Its figure is given when neither a month nor a number is lacking."""
        total, months = self.sums[indicator, category, year], len(self.months[year])
        low, high, hidden = total["low"], total["high"], total["hidden"]
        partial_year = self.dated and months < 12
        exact = not partial_year and not hidden
        said = f"de {number(low)} à {number(high)}" if hidden else number(low)
        if partial_year:
            said = f"au moins {number(low)}"
        parts = [f"{months} mois sur 12"] if self.dated else []
        parts.append(f"{number(total['figures'])} chiffre{'s' * (total['figures'] > 1)}")
        if hidden:
            parts.append(f"dont {number(hidden)} «{NBSP}--{NBSP}»")
        label = "" if category == "total" else f", {category}"
        return ImportedRow(
            territory_code=province.code,
            indicator=indicator,
            category=category,
            period=year,
            value=low if exact else None,
            base="admissions_of_year" if indicator == "admissions" else "year_total",
            status="provisional" if exact else "not_available",
            source=SOURCE,
            quote=f"{province.name}, {year}{label}{NBSP}: {said} ({', '.join(parts)}; {self.found.name})",
            low=low,
            high=None if partial_year else high,
            rounding=_ROUNDING * (total["figures"] - hidden),
            months=months if self.dated else None,
        )

    def report(self, province: str) -> None:
        """What the person must know, in the remarks."""
        remarks = self.found.remarks
        if not self.dated:
            remarks.append("Le fichier ne dit ni mois ni trimestre : rien n’y montre qu’une année est complète.")
        lacking = {
            year: [name for month, name in known.MONTH_NAMES.items() if month not in months]
            for year, months in sorted(self.months.items() if self.dated else ())
        }
        remarks += [
            f"{year} est incomplète : il y manque {', '.join(missing)}. Son total n’est pas donné; "
            "« low » est ce que comptent les mois présents."
            for year, missing in lacking.items()
            if missing
        ]
        if any(total["hidden"] for total in self.sums.values()):
            remarks.append(
                "Des nombres sont masqués (« -- », de 0 à 5) : là, seules les bornes « low » et « high » valent."
            )
        if many := self.others.lines:
            lines = f"{number(many)} ligne{'s' * (many > 1)}"
            remarks.append(f"Hors de nos territoires, laissées de côté : {lines} ({self.others}).")
        remarks.append(
            f"IRCC ne publie rien par région administrative ni par MRC : seul l’ensemble ({province}) est importé. Une "
            "région métropolitaine de recensement n’est pas une région administrative; ses lignes comptent dans "
            "l’ensemble."
        )
        if self.totals.lines:
            remarks.append(f"Lignes de total laissées de côté, pour ne rien compter deux fois : {self.totals}.")
        if self.strange.lines:
            remarks.append(f"Valeurs inconnues, comptées dans le total seulement : {self.strange}.")
        if self.unrounded:
            count = number(self.unrounded)
            remarks.append(f"Nombres qui ne sont pas des multiples de 5, contrairement à l’annonce d’IRCC : {count}.")
        if whole := [year for year, missing in lacking.items() if not missing]:
            remarks.append(f"Années complètes : {enumeration(whole)}.")

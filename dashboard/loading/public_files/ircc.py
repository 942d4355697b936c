"""IRCC's monthly open-data files (« ODP-PR-… .csv »): admissions of Québec by year, with their bounds.

« -- » stands for a number from 0 to 5, kept as these bounds and never as a number; every other figure is rounded to the
nearest multiple of 5. Months are added by year. A year without its twelve months has no figure, only a lower bound.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dashboard.loading.public_files import ircc_columns as known
from dashboard.loading.public_files.delimited import Unreadable, lines_of
from dashboard.loading.public_files.ircc_proof import column_problem, name_problem, no_header, part_problems
from dashboard.loading.public_files.result import Imported, ImportedRow, Others, enumeration, territories
from dashboard.model.problems import Problem, shortened
from dashboard.wording.numbers import NBSP, number

SOURCE: Final = "ircc-odp-pr"
HIDDEN: Final = "--"
_MOST_HIDDEN: Final = 5
# A multiple of 5 stands for the whole numbers at most 2 away from it.
_ROUNDING: Final = 2
_LARGEST: Final = 2_000_000_000
_MOST_KEYS: Final = 500_000
_WITH_HEADS: Final = "prendre un fichier « ODP-PR-… » qui a les colonnes EN_YEAR, EN_PROVINCE_TERRITORY et TOTAL."
_BASES: Final = {"admissions": "admissions_of_year"}
_MONTH_NAMES: Final = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)


@dataclass(slots=True)
class _Sum:
    """Sum of published figures: bounds, how many figures, how many of them hidden."""

    low: int = 0
    high: int = 0
    figures: int = 0
    hidden: int = 0

    def add(self, low: int, high: int) -> None:
        self.low += low
        self.high += high
        self.figures += 1
        self.hidden += low != high


@dataclass
class _Work:
    """What is gathered line after line."""

    name: str
    found: Imported
    columns: known.Columns
    sums: defaultdict[tuple[str, str, str], _Sum] = field(default_factory=lambda: defaultdict(_Sum))
    months: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    seen: dict[int, int] = field(default_factory=dict)
    others: Others = field(default_factory=Others)
    totals: Others = field(default_factory=Others)
    strange: Others = field(default_factory=Others)
    unrounded: int = 0
    # What the columns that divide the admissions hold, by column and year.
    held: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def refuse(self, line: int, role: str, value: str, message: str, remedy: str) -> None:
        self.found.refuse(Problem(self.name, message, remedy, line, known.HEADS[role], value))


def read_ircc(path: Path, root: Path) -> Imported:
    """Admissions of Québec by year in a file of IRCC; never raises for a bad file.

    root: folder of data/territories.csv, which names the province.
    """
    found, name = Imported(), path.name
    places, problems = territories(root)
    province = next((row for row in places.values() if row.level == "province"), None)
    if problems or province is None:
        found.problems = problems
        return found.done()
    try:
        work = _read(path, name, found)
    except Unreadable as unreadable:
        found.refuse(unreadable.problem)
        return found.done()
    if work is None:
        return found.done()
    if not work.sums and not found.problems:
        remedy = "prendre un fichier dont la colonne EN_PROVINCE_TERRITORY nomme le Québec."
        found.refuse(Problem(name, "aucune ligne ne parle du Québec.", remedy))
    if not found.problems:
        for problem in part_problems(name, work.held):
            found.refuse(problem)
    if found.problems:
        return found.done()  # what remains of a file whose lines are refused says nothing of the file
    _report(work, province.name)
    for (indicator, category, year), total in sorted(work.sums.items()):
        found.rows.append(_row(work, province.code, province.name, indicator, category, year, total))
    return found.done()


def _read(path: Path, name: str, found: Imported) -> _Work | None:
    work = None
    for line, cells in lines_of(path, name):
        if work is None:
            if (unproven := _unproven(cells, line, name)) is not None:
                found.refuse(unproven)
                return None
            columns = known.columns(cells, line, name, found)
            if columns is None:
                return None
            work = _Work(name, found, columns)
            continue
        _take(work, line, cells)
    if work is None:
        found.refuse(Problem(name, "le fichier est vide.", "le télécharger de nouveau."))
    return work


def _unproven(header: list[str], line: int, name: str) -> Problem | None:
    """Why the first line and the name do not prove a file of all the admissions, in one problem."""
    if no_header(header):
        message = "il n’y a pas de ligne de titres : la première ligne porte déjà des nombres."
        return Problem(name, message, _WITH_HEADS, line, value=shortened(" ".join(header)))
    if not {known.plain(head).replace(" ", "_") for head in header} & known.NAMES:
        message = "la première ligne ne porte pas les noms de colonnes d’un fichier d’IRCC."
        return Problem(name, message, _WITH_HEADS, line, value=shortened(" ".join(header)))
    return name_problem(name, header) or column_problem(name, line, known.unknown(header))


def _take(work: _Work, line: int, cells: list[str]) -> None:
    columns = work.columns
    if len(cells) != columns.width:
        message = f"la ligne a {len(cells)} colonne{'s' * (len(cells) > 1)} au lieu de {columns.width}."
        work.found.refuse(Problem(work.name, message, "télécharger de nouveau le fichier, sans l’ouvrir.", line))
        return
    place = cells[columns.places["province"]]
    ours = known.plain(place) in known.QUEBEC
    if "province" in columns.pairs and ours != (known.plain(cells[columns.pairs["province"]]) in known.QUEBEC):
        french = cells[columns.pairs["province"]]
        message = f"l’anglais et le français ne nomment pas la même province (« {shortened(french)} »)."
        work.refuse(line, "province", place, message, "corriger la ligne, ou télécharger de nouveau le fichier.")
        return
    if not ours:
        work.others.add(place)
        return
    total = next((c for c in cells if re.search(r"\b(total|totaux)$", known.plain(c))), None)
    if total is not None:
        work.totals.add(total)
        return
    year, months = _year(work, line, cells), _months(work, line, cells)
    figure = _figure(work, line, cells[columns.places["total"]])
    if year is None or months is None or figure is None or _repeated(work, line, cells):
        return
    work.months[year] |= months
    work.sums["admissions", "total", year].add(*figure)
    for divided, where in columns.dividing.items():
        held = work.held[divided, year]
        if divided in known.HEADS and len(held) < 2:
            held.add(cells[where])
    for role, indicator, values in (
        ("category", "admissions_by_category", known.CATEGORIES),
        ("sex", "admissions_by_sex", known.SEXES),
    ):
        if role in columns.places:
            value = cells[columns.places[role]]
            category = values.get(known.plain(value))
            work.sums[indicator, "total", year].add(*figure)
            if category is None:
                work.strange.add(value)
            work.held[role, year].add(category or value)
            if category is not None:
                work.sums[indicator, category, year].add(*figure)


def _year(work: _Work, line: int, cells: list[str]) -> str | None:
    year = cells[work.columns.places["year"]]
    if re.fullmatch(r"(19|20)[0-9]{2}", year) is None:
        work.refuse(line, "year", year, "une année est attendue.", "écrire l’année en quatre chiffres.")
        return None
    other = cells[work.columns.pairs["year"]] if "year" in work.columns.pairs else year
    if other != year:
        message = f"les deux colonnes de l’année ne disent pas la même (« {shortened(other)} »)."
        work.refuse(line, "year", year, message, "corriger la ligne, ou télécharger de nouveau le fichier.")
        return None
    return year


def _months(work: _Work, line: int, cells: list[str]) -> set[int] | None:
    """Months of a line; none when the file has neither months nor quarters."""
    places = work.columns.places
    if "month" in places:
        given = cells[places["month"]]
        month = known.MONTHS.get(known.plain(given))
        if month is None:
            work.refuse(line, "month", given, "ce mois n’est pas reconnu.", "l’écrire « Jan » à « Dec ».")
            return None
        other = known.MONTHS.get(known.plain(cells[work.columns.pairs.get("month", places["month"])]), month)
        if other != month:
            message = f"les deux colonnes du mois ne disent pas le même (« {_MONTH_NAMES[other - 1]} » en français)."
            work.refuse(line, "month", given, message, "corriger la ligne, ou télécharger de nouveau le fichier.")
            return None
        return {month}
    if "quarter" in places:
        given = cells[places["quarter"]]
        quarter = known.QUARTERS.get(known.plain(given).replace(" ", ""))
        if quarter is None:
            work.refuse(line, "quarter", given, "ce trimestre n’est pas reconnu.", "l’écrire « Q1 » à « Q4 ».")
            return None
        return {3 * quarter - 2, 3 * quarter - 1, 3 * quarter}
    return set()


def _figure(work: _Work, line: int, given: str) -> tuple[int, int] | None:
    """Bounds of the published figure, the same for a number; None when it cannot be read."""
    if given == HIDDEN:
        return 0, _MOST_HIDDEN
    text = re.sub(r"[\u00a0\u202f]", " ", given)
    if re.fullmatch(r"[0-9]{1,10}|[0-9]{1,3}([ ,][0-9]{3}){1,3}", text) is None:
        remedy = "écrire un nombre entier, ou « -- » pour un nombre de 0 à 5."
        work.refuse(line, "total", given, "ce n’est ni un nombre ni « -- ».", remedy)
        return None
    figure = int(re.sub(r"[ ,]", "", text))
    if figure > _LARGEST:
        work.refuse(line, "total", given, "ce nombre est démesuré.", "vérifier le nombre dans la source.")
        return None
    work.unrounded += figure % 5 != 0
    return figure, figure


def _repeated(work: _Work, line: int, cells: list[str]) -> bool:
    """True for a line whose every column but the number is that of another: its people would count twice."""
    place = work.columns.places["total"]
    key = hash(tuple(cells[:place] + cells[place + 1 :]))
    if key in work.seen:
        message = f"cette ligne répète la ligne {work.seen[key]} : mêmes colonnes."
        work.found.refuse(Problem(work.name, message, "n’en garder qu’une, ou télécharger de nouveau.", line))
        return True
    if len(work.seen) < _MOST_KEYS:
        work.seen[key] = line
    return False


def _row(work: _Work, code: str, name: str, indicator: str, category: str, year: str, total: _Sum) -> ImportedRow:
    months = work.months[year]
    dated = "month" in work.columns.places or "quarter" in work.columns.places
    partial = dated and len(months) < 12
    exact = not partial and not total.hidden
    said = number(total.low) if not total.hidden else f"de {number(total.low)} à {number(total.high)}"
    if partial:
        said = f"au moins {number(total.low)}"
    parts = [f"{number(total.figures)} chiffre{'s' * (total.figures > 1)}"]
    if dated:
        parts.insert(0, f"{len(months)} mois sur 12")
    if total.hidden:
        parts.append(f"dont {number(total.hidden)} «{NBSP}--{NBSP}»")
    label = "" if category == "total" else f", {category}"
    return ImportedRow(
        territory_code=code,
        indicator=indicator,
        category=category,
        period=year,
        value=total.low if exact else None,
        base=_BASES.get(indicator, "year_total"),
        status="provisional" if exact else "not_available",
        source=SOURCE,
        quote=f"{name}, {year}{label}{NBSP}: {said} ({', '.join(parts)}; {work.name})",
        low=total.low,
        high=None if partial else total.high,
        rounding=_ROUNDING * (total.figures - total.hidden),
        months=len(months) if dated else None,
    )


def _report(work: _Work, name: str) -> None:
    """What the person must know, in the remarks."""
    remarks = work.found.remarks
    places = work.columns.places
    if "month" not in places and "quarter" not in places:
        remarks.append("Le fichier ne dit ni mois ni trimestre : rien n’y montre qu’une année est complète.")
    else:
        for year, months in sorted(work.months.items()):
            missing = [_MONTH_NAMES[n - 1] for n in range(1, 13) if n not in months]
            if missing:
                remarks.append(
                    f"{year} est incomplète : il y manque {', '.join(missing)}. Son total n’est pas donné; "
                    "« low » est ce que comptent les mois présents."
                )
    if any(total.hidden for total in work.sums.values()):
        remarks.append(
            "Des nombres sont masqués (« -- », de 0 à 5) : là, seules les bornes « low » et « high » valent."
        )
    if work.others:
        remarks.append(work.others.left_aside())
    remarks.append(
        f"IRCC ne publie rien par région administrative ni par MRC : seul l’ensemble ({name}) est importé. Une "
        "région métropolitaine de recensement n’est pas une région administrative; ses lignes comptent dans "
        "l’ensemble."
    )
    if work.totals:
        remarks.append(f"Lignes de total laissées de côté, pour ne rien compter deux fois : {work.totals}.")
    if work.strange:
        remarks.append(f"Valeurs inconnues, comptées dans le total seulement : {work.strange}.")
    if work.unrounded:
        remarks.append(
            f"Nombres qui ne sont pas des multiples de 5, contrairement à l’annonce d’IRCC : {number(work.unrounded)}."
        )
    twelve = [year for year, months in sorted(work.months.items()) if len(months) == 12]
    if twelve:
        remarks.append(f"Années complètes : {enumeration(twelve)}.")

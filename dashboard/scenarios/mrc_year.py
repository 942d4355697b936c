"""Simulation 1: admissions of a set of MRC over a set of years, estimated from the margins."""

from __future__ import annotations

from dashboard.indicators.quantity import add, observed
from dashboard.model import Dataset
from dashboard.scenarios.crossing import BY_YEAR, Crossing, bounds, cross, margins, periods, years_of
from dashboard.scenarios.parameters import MrcYear
from dashboard.scenarios.result import UNDER, Grid, Line, Outcome, Simulated, Status, Text, typeset
from dashboard.scenarios.rounding import controlled_rounding
from dashboard.scenarios.words import ADMITTED_NOT_PRESENT, provisional, several, years_text
from dashboard.wording.numbers import number

OTHERS = "autres"
CHOSEN = "choix"


def mrc_year(ds: Dataset, parameters: MrcYear) -> Outcome:
    """The estimate of the set, the rest of the region, and the region's own total; the whole table in whole numbers."""
    found = cross(ds, parameters.territoires, parameters.annees)
    status: Status = "observé" if found.observed else "estimation"
    name = f"{several(ds, found.mrcs)}, {years_text(found.years)}"
    own = _simulated(found)
    # Without a margin for each year (a file that crosses them without the region's total), there is nothing beside.
    lines = [Line(CHOSEN, name, simulated=own), *_beside(ds, found)]
    return Outcome(
        kind=parameters.kind,
        status=status,
        text=_text(ds, found, name, own, status),
        headline=own.text(status),
        headline_label=name,
        headline_note=_note(found),
        unit="personnes",
        observed_label=f"Observé, {years_text(found.years)}",
        lines=tuple(lines),
        inputs=found.inputs,
        grid=grid(ds, found),
    )


def _simulated(found: Crossing) -> Simulated:
    return Simulated(found.estimate, found.low, found.high, exact=found.exact)


def _note(found: Crossing) -> str:
    if found.observed:
        return "observé : un fichier croise MRC et années"
    text = _simulated(found).bounds_text()
    if found.exact:
        return f"{text}, déduit des totaux"
    return f"{text}{'; peu informatif' if found.uninformative else ''}"


def _beside(ds: Dataset, found: Crossing) -> list[Line]:
    totals = [observed(ds, found.region, BY_YEAR, "total", year) for year in found.years]
    if any(q.value is None for q in totals):
        return []
    lines = []
    others = [code for code in ds.mrc_codes(found.region) if code not in found.mrcs]
    if others:
        rest = cross(ds, others, found.years)
        lines.append(Line(OTHERS, f"Autres territoires, {ds.name(found.region)}", simulated=_simulated(rest)))
    name = f"{ds.name(found.region)}, total"
    # The region's years are observed, and so is their sum.
    lines.append(Line(found.region, name, observed=add(totals, name, found.region), total=True))
    return lines


def grid(ds: Dataset, found: Crossing) -> Grid | None:
    """MRC x years of the region in whole numbers that keep both margins; None where no period has margins."""
    period = next((p for p in reversed(periods(ds)) if set(found.years) <= set(years_of(ds, p))), None)
    if period is None:
        return None
    table = margins(ds, found.region, period)
    rest = table.open_rows
    left = sum(rest.values())
    rounded = controlled_rounding(tuple(rest.values()), tuple(table.columns[y] for y in table.open_years))
    cells: dict[tuple[str, str], Simulated] = {}
    for i, mrc in enumerate(rest):
        for j, year in enumerate(table.open_years):
            low, high = bounds(rest[mrc], table.columns[year], left)
            cells[mrc, year] = Simulated(rounded[i][j], low, high, exact=low == high)
        for year in table.columns:
            if year not in table.open_years:
                value = table.cells[mrc, year].value
                cells[mrc, year] = Simulated(value, value, value, exact=True)
    chosen = frozenset((mrc, year) for mrc in found.mrcs for year in found.years)
    rows = tuple((code, ds.name(code)) for code in rest)
    total = sum(table.rows.values())
    return Grid(rows, tuple(table.columns), cells, table.rows, table.columns, total, chosen)


def _text(ds: Dataset, found: Crossing, name: str, own: Simulated, status: Status) -> Text:
    if found.observed:
        return typeset(
            f"Observé : {name}",
            f"{name} : {number(found.estimate)} admissions observées. Un fichier de données croise MRC et années.",
            formula=("Somme des admissions observées.",),
            assumptions=provisional(found.inputs),
            limits=(ADMITTED_NOT_PRESENT,),
        )
    period = next(p for p in reversed(periods(ds)) if set(found.years) <= set(years_of(ds, p)))
    written = own.text("estimation")
    notices = []
    if found.uninformative:
        notices.append(
            f"Peu informatif : la borne haute ({number(found.high)}) dépasse le double de la borne basse "
            f"({number(found.low)}). Les totaux publiés laissent presque tout possible; l’estimation n’est qu’un "
            "repère."
        )
    if found.exact:
        notices.append("Exact : les bornes se rejoignent, rien n’est supposé.")
    return typeset(
        f"Estimation : admissions, {name}",
        f"{name} : {own.bounds_text()} admissions, déduites des totaux."
        if found.exact
        else f"{name} : estimation {written}, {own.bounds_text()}.",
        formula=_formula(found, written),
        assumptions=(
            *(
                ()
                if found.exact
                else (
                    (
                        "L’estimation suppose que chaque MRC a reçu, chaque année, la même part de la région que sur "
                        f"{period}. "
                        "Rien dans la source ne le confirme."
                    ),
                )
            ),
            "Les bornes ne supposent rien : aucun tableau qui a ces totaux par MRC et par année ne peut en sortir.",
            *provisional(found.inputs),
        ),
        limits=(
            (
                "Ce n’est pas une observation : le plan donne les MRC sur la période et les années pour la région, "
                "jamais les "
                "deux ensemble."
            ),
            "Elle ne montre aucune tendance propre à une MRC : par construction, elle suit celle de la région.",
            "Elle ne se croise ni avec la catégorie, ni avec le sexe, ni avec le français.",
            ADMITTED_NOT_PRESENT,
        ),
        notices=tuple(notices),
    )


def _formula(found: Crossing, written: str) -> tuple[str, ...]:
    m, y, t = number(found.row), number(found.column), number(found.total)
    plus = f" + {number(found.known)}" if found.known else ""
    result = f"{number(float(found.expected), 1)}, arrondi à {written}"
    if written == UNDER:
        result = written
    lines = [
        (
            f"Estimation : admissions des territoires × admissions des années ÷ total de la région = {m} × {y} ÷ "
            f"{t}{plus} = "
            f"{result}"
        ),
        f"Borne basse : le plus grand de 0 et de {m} + {y} − {t}{plus} = {number(found.low)}",
        f"Borne haute : le plus petit de {m} et de {y}{plus} = {number(found.high)}",
    ]
    if found.known:
        lines.append(f"{number(found.known)} : admissions déjà observées dans un fichier qui croise MRC et années")
    return tuple(lines)

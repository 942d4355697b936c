"""Results: chart, tables, formula, assumptions, limits. The nature of each figure is said everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.exports.scenario_csv import scenario_csv, scenario_file_name
from dashboard.figures import simulated
from dashboard.figures.style import Written
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Column, Head, Table
from dashboard.model import Dataset
from dashboard.scenarios.result import Grid, Line, Outcome, Outcomes, beside
from dashboard.ui import blocks, data_button, origin, printing, spoken, uploads
from dashboard.ui import markup as html
from dashboard.wording.numbers import NBSP, number

CHART = "simulation"
_NATURES = {"estimation": "Estimation, non observée", "scénario": "Scénario, non observé", "observé": "Observé"}


def _first(outcomes: Outcomes) -> Outcome:
    """A, whose simulation and status are those of B too."""
    return next(iter(outcomes.values()))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _texts(of: Mapping[str, Sequence[str]]) -> list[str]:
    """Texts of A and B: once what both say, and under its letter what one says alone."""
    common = set.intersection(*(set(texts) for texts in of.values()))
    return list(dict.fromkeys(t if t in common else f"{slot}{NBSP}: {t}" for slot, own in of.items() for t in own))


# ---- The chart, and what stands behind it ----------------------------------------------------------------------------
def drawn(outcomes: Outcomes) -> None:
    """The chart. outcomes: « A » alone, or « A » and « B »; at least one."""
    title, reading = _first(outcomes).message.removesuffix("."), _first(outcomes).message
    if len(outcomes) > 1:
        reading = " ".join(f"{slot}{NBSP}: {outcome.message}" for slot, outcome in outcomes.items())
        # « Scénario A : 79; scénario B : 170 ».
        said = "; ".join(f"{outcome.status} {slot}{NBSP}: {outcome.headline}" for slot, outcome in outcomes.items())
        title = said[:1].upper() + said[1:]
    st.html(html.heading(3, title, _subtitle(outcomes)))
    rows = simulated.rows_of(outcomes)
    spoken.say(reading)
    alt = f"{_first(outcomes).status.capitalize()}. {reading}"
    blocks.chart(Written(simulated.figure(outcomes, rows)), key=CHART, alt=alt, private=True)
    if len(rows) > simulated.MOST_ROWS:
        st.html(html.source_line(f"Les {simulated.MOST_ROWS} premières lignes; le tableau les a toutes."))


def _subtitle(outcomes: Outcomes) -> str:
    """« Scénario, non observé; en personnes. En plein : observé, 2019 »."""
    observed = "; ".join(dict.fromkeys(_lower(o.observed_label) for o in outcomes.values() if o.same_scale))
    return f"{_NATURES[_first(outcomes).status]}; en personnes" + (f". En plein{NBSP}: {observed}" if observed else "")


def told(ds: Dataset, outcomes: Outcomes) -> None:
    """What must be known before reading, the tables, the formula, what is supposed, where the figures come from."""
    table, first = _inputs(ds, outcomes), _first(outcomes)
    notices = _texts({slot: outcome.notices for slot, outcome in outcomes.items()})
    st.html("".join(html.box(html.esc(text)) for text in notices) + _tables(outcomes) + _explained(outcomes))
    source = f"{html.source_of(ds, table)} Résultat{NBSP}: {_lower(_NATURES[first.status])}."

    def behind() -> None:
        title = first.title if len(outcomes) == 1 else f"{first.title} (A), comparé à B"
        picture = data_button.picture(CHART, title, _subtitle(outcomes), source, first.title)
        st.html(f"<p>{picture}</p>" + data_button.notes(ds, table) + origin.of_table(ds, table))

    data_button.line(html.source_line(source), "Simulation", CHART, behind)


def _inputs(ds: Dataset, outcomes: Outcomes) -> Table:
    """The observations that the results rest on, as a table without values: its provenance is what is shown."""
    rows = tuple(dict.fromkeys(row for outcome in outcomes.values() for row in outcome.inputs))
    basis = Quantity(None, "", 0, "", ds.config.province, "", rows)
    title = _first(outcomes).title
    return Table(title, "", (Head("base", ""),), (Column("base", ""),), {("base", "base"): basis})


def csv_button(ds: Dataset, outcomes: Outcomes) -> None:
    label, name = f"Télécharger les tableaux ({_first(outcomes).status})", scenario_file_name(outcomes)
    uploads.download(label, lambda: scenario_csv(ds, outcomes), name, "text/csv", "csv_simulation", type="tertiary")


def _explained(outcomes: Outcomes) -> str:
    formulas = "".join(
        (f'<p class="petit-titre">{html.esc(slot)}</p>' if len(outcomes) > 1 else "")
        + html.points(outcome.formula, "formule")
        for slot, outcome in outcomes.items()
    )
    supposed = _texts({slot: outcome.assumptions for slot, outcome in outcomes.items()})
    unsaid = dict.fromkeys(text for outcome in outcomes.values() for text in outcome.limits)
    return (
        '<div class="explique">'
        f"<section>{html.heading(3, 'La formule, avec ses nombres')}{formulas}</section>"
        f"<section>{html.heading(3, 'Ce qui est supposé')}{html.points(supposed)}</section>"
        f"<section>{html.heading(3, 'Ce que cela ne dit pas')}{html.points(unsaid)}</section></div>"
    )


# ---- The tables ------------------------------------------------------------------------------------------------------
def _tables(outcomes: Outcomes) -> str:
    """The lines of a result, their spread by MRC, and all MRC by all years in whole numbers."""
    found = {"Résultats en tableau": _table(outcomes, beside(outcomes), "Résultats")}
    if finer := beside(outcomes, more=True):
        found["Répartition par MRC"] = _table(outcomes, finer, "Par MRC")
    for slot, outcome in outcomes.items():
        if outcome.grid is not None:
            which = f" ({slot})" if len(outcomes) > 1 else ""
            found[f"Toutes les MRC, toutes les années{which}"] = _grid(outcome.grid, outcome)
    # The chart has the figures of one scenario; those of two are read side by side.
    whole = found.pop("Résultats en tableau") if len(outcomes) > 1 else ""
    return whole + "".join(html.details(name, own, open_=printing.asked()) for name, own in found.items())


def _table(outcomes: Outcomes, rows: dict[tuple[str, str], dict[str, Line]], what: str) -> str:
    lines = [line for own in rows.values() for line in own.values()]
    simulated = [line.simulated for line in lines if line.simulated is not None]
    bounded = any(own.low is not None and own.value is not None for own in simulated)
    observed = list(dict.fromkeys(o.observed_label for o in outcomes.values()))
    observed = observed if any(line.observed is not None for line in lines) else []
    head = ["Ligne", *observed]
    for slot, outcome in outcomes.items():
        mark = f" {slot}" if len(outcomes) > 1 else ""
        head += [f"{outcome.status.capitalize()}{mark}", f"Bornes{mark} ({outcome.status})"][: 1 + bounded]
    body = []
    for (_, label), own in rows.items():
        seen = {
            outcomes[s].observed_label: line.observed for s, line in reversed(own.items()) if line.observed is not None
        }
        row = [label, *(number(seen[title].value) if title in seen else "–" for title in observed)]
        for slot, outcome in outcomes.items():
            value = own[slot].simulated if slot in own else None
            texts = ["–", "–"] if value is None else [value.text(outcome.status), value.bounds_text() or "–"]
            row += texts[: 1 + bounded]
        body.append(row)
    caption = f"{what}{NBSP}: {_first(outcomes).status}, personnes"
    return html.plain_table(caption, head, body, frozenset(range(1, len(head))))


def _grid(grid: Grid, outcome: Outcome) -> str:
    head = "".join(f'<th scope="col" class="num">{html.esc(year)}</th>' for year in grid.columns)
    body = ""
    for code, name in grid.rows:
        cells = ""
        for year in grid.columns:
            value = grid.cells[code, year]
            kind = "num estime" + (" vise" if (code, year) in grid.chosen else "")
            bounds, words = html.esc(value.bounds_text()), html.esc(value.text(outcome.status))
            cells += f'<td class="{kind}" title="{bounds}">{words}</td>'
        cells += f'<td class="num">{number(grid.row_totals[code])}</td>'
        body += f'<tr><th scope="row">{html.esc(name)}</th>{cells}</tr>'
    totals = [*(grid.column_totals[year] for year in grid.columns), grid.total]
    foot = "".join(f'<td class="num">{number(total)}</td>' for total in totals)
    body += f'<tr class="total"><th scope="row">Total observé</th>{foot}</tr>'
    caption = f"Estimation{NBSP}: MRC et année, nombres entiers; les totaux sont observés"
    top = f'<th scope="col">MRC</th>{head}<th scope="col" class="num">Total observé</th>'
    return html.framed(caption, "donnees", top, body) + (
        '<p class="source">Arrondi contrôlé&nbsp;: chaque case est l’estimation arrondie vers le haut ou vers le bas, '
        "et les deux totaux sont gardés. Une case peut donc s’écarter d’une unité de l’estimation prise seule. Les "
        "cases choisies sont encadrées.</p>"
    )

"""The tables of a result: its lines, their spread by MRC, and all MRC by all years in whole numbers."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.scenarios.result import Grid, Line, Outcome, Outcomes, beside
from dashboard.ui import markup as html
from dashboard.ui import printing
from dashboard.wording.numbers import NBSP, number


def tables(outcomes: Outcomes) -> str:
    whole = _table(outcomes, beside(outcomes), "Résultats")
    # The chart has the figures of one scenario; those of two are read side by side.
    parts = [whole if len(outcomes) > 1 else html.details("Résultats en tableau", whole, open_=printing.asked())]
    if finer := beside(outcomes, more=True):
        spread = _table(outcomes, finer, "Par MRC")
        parts.append(html.details("Répartition par MRC", spread, open_=printing.asked()))
    for slot, outcome in outcomes.items():
        if outcome.grid is not None:
            name = f"Toutes les MRC, toutes les années{f' ({slot})' if len(outcomes) > 1 else ''}"
            parts.append(html.details(name, _grid(outcome.grid, outcome), open_=printing.asked()))
    return "".join(parts)


def _table(outcomes: Outcomes, rows: Mapping[tuple[str, str], Mapping[str, Line]], what: str) -> str:
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
        row = [label, *(_seen(outcomes, own, title) for title in observed)]
        for slot, outcome in outcomes.items():
            value = own[slot].simulated if slot in own else None
            texts = ["–", "–"] if value is None else [value.text(outcome.status), value.bounds_text() or "–"]
            row += texts[: 1 + bounded]
        body.append(row)
    first = next(iter(outcomes.values()))
    caption = f"{what}{NBSP}: {first.status}, personnes"
    return html.plain_table(caption, head, body, frozenset(range(1, len(head))))


def _seen(outcomes: Outcomes, own: Mapping[str, Line], title: str) -> str:
    for slot, line in own.items():
        if outcomes[slot].observed_label == title and line.observed is not None:
            return number(line.observed.value)
    return "–"


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
    foot = "".join(f'<td class="num">{number(grid.column_totals[year])}</td>' for year in grid.columns)
    caption = f"Estimation{NBSP}: MRC et année, nombres entiers; les totaux sont observés"
    return (
        f'<div class="tableau" tabindex="0" role="group" aria-label="{html.esc(caption)}"><table class="donnees">'
        f"<caption>{html.esc(caption)}</caption>"
        f'<thead><tr><th scope="col">MRC</th>{head}<th scope="col" class="num">Total '
        f"observé</th></tr></thead><tbody>{body}"
        f'<tr class="total"><th scope="row">Total observé</th>{foot}<td '
        f'class="num">{number(grid.total)}</td></tr></tbody>'
        "</table></div>"
        '<p class="source">Arrondi contrôlé&nbsp;: chaque case est l’estimation arrondie vers le haut ou vers le bas, '
        "et les deux totaux sont gardés. Une case peut donc s’écarter d’une unité de l’estimation prise seule. Les "
        "cases choisies sont encadrées.</p>"
    )

"""The tables of a result: its lines, their spread by MRC, and all MRC by all years in whole numbers."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.scenarios.result import Grid, Line, Outcome
from dashboard.ui import markup as html
from dashboard.ui.simulator.charts import Outcomes, union
from dashboard.wording.numbers import NBSP, number


def tables(outcomes: Outcomes) -> str:
    parts = [_table(outcomes, union(outcomes), "Résultats")]
    if any(outcome.more for outcome in outcomes.values()):
        parts.append(html.details("Répartition par MRC", _table(outcomes, union(outcomes, more=True), "Par MRC")))
    for slot, outcome in outcomes.items():
        if outcome.grid is not None:
            name = f"Toutes les MRC, toutes les années{f' ({slot})' if len(outcomes) > 1 else ''}"
            parts.append(html.details(name, _grid(outcome.grid, outcome), open_=len(outcomes) == 1))
    return "".join(parts)


def _table(outcomes: Outcomes, lines: Mapping[tuple[str, str], Mapping[str, Line]], what: str) -> str:
    head = ["Ligne"]
    bounded = any(
        ln.simulated is not None and ln.simulated.low is not None and ln.simulated.value is not None
        for own in lines.values()
        for ln in own.values()
    )
    observed = list(dict.fromkeys(o.observed_label for o in outcomes.values()))
    any_seen = any(ln.observed is not None for own in lines.values() for ln in own.values())
    head += observed if any_seen else []
    for slot, outcome in outcomes.items():
        name = f"{outcome.status.capitalize()} {slot}" if len(outcomes) > 1 else outcome.status.capitalize()
        bounds = f"Bornes {slot} ({outcome.status})" if len(outcomes) > 1 else f"Bornes ({outcome.status})"
        head += [name, bounds] if bounded else [name]
    body = []
    for (_, label), own in lines.items():
        row = [label]
        if any_seen:
            row += [_seen(outcomes, own, title) for title in observed]
        for slot, outcome in outcomes.items():
            value = own[slot].simulated if slot in own else None
            row.append("–" if value is None else value.text(outcome.status))
            if bounded:
                row.append("–" if value is None else value.bounds_text() or "–")
        body.append(row)
    caption = f"{what}{NBSP}: {next(iter(outcomes.values())).status}, {next(iter(outcomes.values())).unit}"
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
        '<p class="source">Arrondi contrôlé&nbsp;: chaque case est l’estimation arrondie vers le haut ou vers le '
        "bas, et les "
        "deux totaux sont gardés. Une case peut donc s’écarter d’une unité de l’estimation prise seule. Les cases "
        "choisies "
        "sont encadrées.</p>"
    )

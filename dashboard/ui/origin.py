"""« D'où vient ce chiffre ? » in HTML: opens on demand, by mouse or keyboard, without running the page again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from dashboard.deck.charts import Cards
from dashboard.deck.content import Content
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.model import Dataset, Observation
from dashboard.narrative.provenance import Provenance, SourceLine, formula, source_line, trace
from dashboard.ui import markup as html
from dashboard.wording import query
from dashboard.wording.addresses import SOURCES
from dashboard.wording.numbers import NBSP, typographic

# The lines that are quoted, in the text of a document.
QUOTED_LINE: Final = "ligne-citee"
_ASKED: Final = "D’où vient ce chiffre?"


def in_document(section: str, lines: tuple[int, int] | None) -> str:
    """Link to the text of the document, opened beside this page at the lines, marked; nothing without a text."""
    if lines is None:
        return ""
    params = urlencode({query.SECTION: section, query.LINES: "-".join(map(str, lines)), query.PLACE: QUOTED_LINE})
    said = f"voir dans le document, ligne{NBSP}{lines[0]} (nouvel onglet)"
    address = html.esc(f"{SOURCES}?{params}")
    return f' <a href="{address}" target="_blank" rel="noopener" aria-label="{said}">voir dans le document</a>'


def _former(line: SourceLine) -> str:
    """What a revised figure was before: each former value with its own words and source."""
    items = "".join(
        f"<li>Valeur remplacée{NBSP}: <strong>{html.esc(old.value)}</strong>, <q>{html.esc(old.quote)}</q><br>"
        f"{html.esc(old.section)}.</li>"
        for old in line.former
    )
    return f"<ul>{items}</ul>" if items else ""


def _quote(line: SourceLine, where: str = "") -> str:
    """A value with the words of the source that give it, and a link to them. where: what is known of it alone."""
    return (
        f"<li>{html.esc(line.what)}{NBSP}: <strong>{html.esc(line.value)}</strong>, "
        f"<q>{html.esc(line.quote)}</q>{in_document(line.observation.source, line.lines)}{where}{_former(line)}</li>"
    )


def _where(line: SourceLine) -> str:
    """Section, status and base of a figure."""
    return f"{line.section}. Statut{NBSP}: {line.status}. Base{NBSP}: {line.base}."


def _one(ds: Dataset, origin: Provenance) -> str:
    derived = (
        f"<p>Calcul{NBSP}: {html.esc(origin.formula)}</p>"
        if origin.formula
        else "<p>Chiffre imprimé dans la source.</p>"
    )
    lines = "".join(_quote(line, f"<br>{html.esc(_where(line))}") for line in origin.lines)
    known = "".join(f"<li>{html.esc(typographic(ds.anomalies[a].title))}</li>" for a in origin.anomalies)
    peculiar = f"<p>Particularités de la source{NBSP}:</p><ul>{known}</ul>" if known else ""
    return (
        f"<p><strong>{html.esc(origin.label)}{NBSP}: "
        f"{html.esc(origin.shown)}</strong></p>{derived}<ul>{lines}</ul>{peculiar}"
    )


def of_quantities(ds: Dataset, quantities: Iterable[Quantity]) -> str:
    """What opens under a key figure: its value, then every figure that its context line gives."""
    traces = [trace(ds, quantity) for quantity in quantities if quantity.value is not None]
    if not traces:
        return ""
    inner = "".join(_one(ds, origin) for origin in traces)
    # What is longer than its box scrolls: the keyboard must be able to reach it.
    box = f'tabindex="0" role="group" aria-label="Origine{NBSP}: {html.esc(traces[0].label)}"'
    return f'<div class="origine-corps" {box}>{inner}</div>'


def cards(ds: Dataset, content: Content) -> str:
    """Key figures of a view, each with where it and its context come from."""
    assert isinstance(content.body, Cards) and content.table is not None
    table, below = content.table, []
    for item in content.body.items:
        told = table.once(("card", item.label), lambda item=item: of_quantities(ds, item.quantities))  # type: ignore[misc]
        below.append(told and html.on_demand(ds, _ASKED, told, kind="origine"))
    return html.cards(content.body.items, below)


def _computed(table: Table) -> str:
    """The formulas of the computed cells, a line for each row of the table."""
    items = []
    for row in table.rows:
        said = [
            f"{html.esc(column.label)}{NBSP}: {html.esc(formula(cell, column.decimals))}"
            for column in table.columns
            if (cell := table.cell(row.id, column.id)) is not None and not cell.observed and cell.value is not None
        ]
        if said:
            items.append(f"<li><strong>{html.esc(row.label)}</strong><br>{'<br>'.join(said)}</li>")
    return f"<p>Calculs</p><ul>{''.join(items)}</ul>" if items else ""


def observations_of(quantities: Iterable[Quantity]) -> list[Observation]:
    """Each distinct observation once, in the order met."""
    return list(dict.fromkeys(row for quantity in quantities for row in quantity.inputs))


def of_table(ds: Dataset, table: Table) -> str:
    """Under a chart: the formula of each computed figure, then the quoted line of each observed one."""
    return html.on_demand(ds, "D’où viennent ces chiffres?", table.once("origin", lambda: _of_table(ds, table)))


def _of_table(ds: Dataset, table: Table) -> str:
    rows = [source_line(ds, row) for row in observations_of(table.quantities())]
    # Lines that share a section are told once where they stand.
    sections: dict[str, list[SourceLine]] = {}
    for line in rows:
        sections.setdefault(_where(line), []).append(line)
    quoted = "".join(
        f"<li><p>{html.esc(where)}</p><ul>{''.join(map(_quote, lines))}</ul></li>" for where, lines in sections.items()
    )
    inner = f"{_computed(table)}<p>Lignes citées de la source</p><ul>{quoted}</ul>"
    return f'<div class="origine-corps">{inner}</div>'

"""Where figures come from, in HTML: their formula, and the words of the source that give them."""

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
    return f"{line.section}. Donnée {line.status}. Base{NBSP}: {line.base}."


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
    """The value, the formula and the quoted lines of each figure that is known."""
    return "".join(_one(ds, trace(ds, quantity)) for quantity in quantities if quantity.value is not None)


def of_view(ds: Dataset, content: Content) -> str:
    """Where the figures of a view come from: those of each key figure and of its context, then those of the table."""
    assert content.table is not None
    items = content.body.items if isinstance(content.body, Cards) else ()
    given = [quantity for item in items for quantity in item.quantities]
    told = of_quantities(ds, given)
    if any(quantity not in given for quantity in content.table.quantities()):
        told += of_table(ds, content.table)
    return f'{html.heading(2, "D’où viennent ces chiffres?")}<div class="origine">{told}</div>'


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
    """The formula of each computed figure, then the quoted line of each observed one."""
    rows = [source_line(ds, row) for row in observations_of(table.quantities())]
    # Lines that share a section are told once where they stand.
    sections: dict[str, list[SourceLine]] = {}
    for line in rows:
        sections.setdefault(_where(line), []).append(line)
    quoted = "".join(
        f"<li><p>{html.esc(where)}</p><ul>{''.join(map(_quote, lines))}</ul></li>" for where, lines in sections.items()
    )
    return f"{_computed(table)}<p>Lignes citées de la source</p><ul>{quoted}</ul>"

"""Where figures come from, in HTML: their formula, the words of the source that give them, and what confirms those of
its sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from dashboard.deck.charts import Cards
from dashboard.deck.content import Content
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.loading.draft import TEXTS, portrait_file
from dashboard.model import Dataset
from dashboard.model.documents import ProseFigure
from dashboard.narrative.provenance import Provenance, SourceLine, formula, source_line, trace
from dashboard.ui import markup as html
from dashboard.wording import query
from dashboard.wording.addresses import SOURCES
from dashboard.wording.numbers import NBSP, number, typographic

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
    return html.listed(
        f"Valeur remplacée{NBSP}: <strong>{html.esc(old.value)}</strong>, <q>{html.esc(old.quote)}</q><br>"
        f"{html.esc(old.section)}."
        for old in line.former
    )


def _quote(line: SourceLine, where: str = "") -> str:
    """A value with the words of the source that give it, and a link to them. where: what is known of it alone."""
    return (
        f"{html.esc(line.what)}{NBSP}: <strong>{html.esc(line.value)}</strong>, "
        f"<q>{html.esc(line.quote)}</q>{in_document(line.observation.source, line.lines)}{where}{_former(line)}"
    )


def _where(line: SourceLine) -> str:
    """Section, status and base of a figure."""
    return f"{line.section}. Donnée {line.status}. Base{NBSP}: {line.base}."


def _one(ds: Dataset, origin: Provenance) -> str:
    derived = f"Calcul{NBSP}: {html.esc(origin.formula)}" if origin.formula else "Chiffre imprimé dans la source."
    lines = html.listed(_quote(line, f"<br>{html.esc(_where(line))}") for line in origin.lines)
    known = html.listed(html.typeset(ds.anomalies[a].title) for a in origin.anomalies)
    peculiar = f"<p>Particularités de la source{NBSP}:</p>{known}" if known else ""
    title = f"{html.esc(origin.label)}{NBSP}: {html.esc(origin.shown)}"
    return f"<p><strong>{title}</strong></p><p>{derived}</p>{lines}{peculiar}"


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
            items.append(f"<strong>{html.esc(row.label)}</strong><br>{'<br>'.join(said)}")
    return f"<p>Calculs</p>{html.listed(items)}" if items else ""


def of_table(ds: Dataset, table: Table) -> str:
    """The formula of each computed figure, then the quoted line of each observed one."""
    # Lines that share a section are told once where they stand.
    sections: dict[str, list[SourceLine]] = {}
    for row in dict.fromkeys(row for quantity in table.quantities() for row in quantity.inputs):
        line = source_line(ds, row)
        sections.setdefault(_where(line), []).append(line)
    quoted = (f"<p>{html.esc(where)}</p>{html.listed(map(_quote, lines))}" for where, lines in sections.items())
    return f"{_computed(table)}<p>Lignes citées de la source</p>{html.listed(quoted)}"


def _verdict(ds: Dataset, figure: ProseFigure, place: tuple[str, int]) -> str:
    if figure.anomalies:
        return "Particularité de la source"
    if figure.confirmed_by:
        return "Concorde avec les tableaux"
    return "Retrouvé dans le document" if place in ds.places else "Non recoupé"


def prose_figures(ds: Dataset, caption: str, figures: Iterable[ProseFigure], region: str = "") -> str:
    """The figures of the sentences of the portrait of a region, or of the texts of the network, with what confirms
    each."""
    file, rows = portrait_file(region) if region else TEXTS, []
    for n, figure in enumerate(figures):
        value = number(figure.value, 0 if figure.value == int(figure.value) else 1)
        rows.append((
            figure.label + (" (Québec)" if figure.territory == ds.config.province else ""),
            f"{value}{NBSP if figure.unit == '%' else ' '}{figure.unit}",
            f"«{NBSP}{typographic(figure.quote)}{NBSP}»",
            _verdict(ds, figure, (file, n)),
        ))  # fmt: skip
    return html.plain_table(caption, ("Chiffre", "Valeur", "Mots de la source", "Vérification"), rows)

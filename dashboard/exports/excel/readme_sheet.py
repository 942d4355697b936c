"""LISEZMOI: what the workbook is, when it was made, what each sheet holds, and how to read its figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.deck.content import Content
from dashboard.exports.excel.names import quoted
from dashboard.exports.excel.page import Page
from dashboard.exports.excel.styles import Styles
from dashboard.exports.excel.view_sheet import README
from dashboard.indicators.anomalies import notes_on
from dashboard.model import Dataset
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import period

_WIDTHS = (34.0, 62.0, 44.0, 18.0)


def _signs(ds: Dataset) -> tuple[str, ...]:
    least = number(ds.config.unreliable_below)
    weak = f"† et hachures{NBSP}: taux peu fiable, moins de {least} admissions; sans rang."
    loose = f"(p) et «{NBSP}provisoire{NBSP}»{NBSP}: donnée qui peut être révisée; «{NBSP}définitive{NBSP}»{NBSP}: "
    simulated = f"«{NBSP}Estimation{NBSP}» et «{NBSP}Scénario{NBSP}» au début du nom d’une feuille{NBSP}: rien de ce "
    return (
        f"n.{NBSP}d.{NBSP}: non disponible, la source ne donne pas ce chiffre.",
        f"–{NBSP}: sans objet, il n’y a rien à donner ici.",
        f"0{NBSP}: zéro, un chiffre comme un autre.",
        weak,
        loose + "donnée qui ne le sera plus.",
        f"Les pourcentages sont des nombres déjà en pour cent{NBSP}: 62,0{NBSP}% est la valeur 62, et non 0,62.",
        "Les cellules gardent toutes leurs décimales; leur format montre celles de l’écran.",
        simulated + "qui y est simulé n’est observé. Les cellules jaunes s’y changent, et les formules recalculent.",
    )


def readme_sheet(styles: Styles, ds: Dataset, title: str, made: date, sheets: Sequence[tuple[str, Content]]) -> None:
    """Write the first sheet. sheets: name of each other sheet, with its view."""
    page = Page(styles, README, _WIDTHS)
    page.paragraph(title, "title", size=1.6, pad=6)
    page.paragraph(f"{ds.config.title}, {ds.config.subtitle}", "subtitle", size=1.1)
    page.paragraph(ds.config.disclaimer, "strong")
    page.paragraph(f"Classeur produit le {period(made.isoformat())} à partir des fichiers du tableau de bord.", "line")
    page.section("Feuilles")
    head = page.head(("Feuille", "Contenu", "Filtres", "Nature"))
    for name, content in sheets:
        texts = (name, content.title, content.filters, "simulé" if content.estimated else "observé")
        for c, text in enumerate(texts):
            page.text(page.row, c, text, "words")
        page.link(page.row, 0, quoted(name), name)
        page.fit(page.row, texts)
        page.row += 1
    page.section("Sources et licences")
    for document in ds.documents.values():
        page.paragraph(typographic(f"{document.author}, {document.title}, {document.year}. {document.licence}"))
        page.paragraph(typographic(document.credit), "line")
    page.section("Sources et statuts, feuille par feuille")
    for name, content in sheets:
        page.paragraph(f"{name}{NBSP}: {content.source}")
    page.section("Signes et formats")
    for text in _signs(ds):
        page.paragraph(f"•{NBSP}{text}")
    _notes(page, ds, sheets)
    page.row += 1
    page.paragraph(ds.config.disclaimer, "line")
    page.footer(ds.config.disclaimer)
    page.sheet.freeze_panes(1, 0)
    page.sheet.repeat_rows(head)


def _notes(page: Page, ds: Dataset, sheets: Sequence[tuple[str, Content]]) -> None:
    """Notes of the source on what is shown, and every caution of the sheets, each once."""
    shown = [q for _, content in sheets if content.table for q in content.table.quantities()]
    known = {note.id for note in notes_on(ds, shown)}
    # Those that touch no figure in particular are of the whole document.
    notes = [typographic(note.text) for note in ds.texts.notes if not note.touches or note.id in known]
    cautions = dict.fromkeys(text for _, content in sheets if not content.estimated for text in content.caveats)
    for title, texts in (("Notes de la source", notes), ("Particularités et précautions", list(cautions))):
        if texts:
            page.section(title)
            for text in texts:
                page.paragraph(f"•{NBSP}{text}")

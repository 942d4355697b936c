"""The workbook of some views: LISEZMOI first, then a sheet for each, in their order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time

from dashboard.deck import kinds
from dashboard.deck.content import Content
from dashboard.deck.slides import Slide
from dashboard.exports.excel.page import README, Page, SafeBook, quoted, safe
from dashboard.exports.excel.scenario_sheet import scenario_sheet
from dashboard.exports.excel.view_sheet import view_sheet
from dashboard.exports.plotted import LOST, content_or_reason
from dashboard.indicators.anomalies import notes_on
from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.wording import today as quebec
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import period

_WIDTHS = (34.0, 62.0, 44.0, 18.0)
_LONGEST = 31
_SIGNS = f"""n.{NBSP}d. : non disponible, la source ne donne pas ce chiffre.
– : sans objet, il n’y a rien à donner ici.
0 : zéro, un chiffre comme un autre.
† et hachures : taux peu fiable, moins de {{least}} admissions; sans rang.
(p) et « provisoire » : donnée qui peut être révisée; « définitive » : donnée qui ne le sera plus.
Les pourcentages sont des nombres déjà en pour cent : 62,0 % est la valeur 62, et non 0,62.
Les cellules gardent toutes leurs décimales; leur format montre celles de l’écran.
« Estimation » et « Scénario » au début du nom d’une feuille : rien de ce qui y est simulé n’est observé. Les cellules \
jaunes s’y changent, et les formules recalculent."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def slides_xlsx(
    ds: Dataset,
    slides: Sequence[Slide],
    title: str,
    *,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The workbook (.xlsx) of these views; the same input on the same day gives the same bytes.

    progress: called with (sheets done, sheets in all). A view that the data cannot answer says why on its sheet: one
    lost view must not lose the workbook.
    """
    made = today or quebec.today()
    contents = [content_or_reason(ds, slide) for slide in slides]
    wanted = [_name(ds, slide, own, contents) for slide, own in zip(slides, contents, strict=True)]
    sheets = list(zip(sheet_names([README, *wanted])[1:], contents, strict=True))
    book = SafeBook()
    with book:
        _properties(book, ds, title, made)
        _readme(book, ds, title, made, sheets)
        for n, (slide, (name, content)) in enumerate(zip(slides, sheets, strict=True), start=1):
            if content.kind == "simulation":
                scenario_sheet(book, name, ds, slide, content)
            else:
                view_sheet(book, name, content, ds.config.disclaimer)
            if progress is not None:
                progress(n, len(sheets))
    return book.raw.getvalue()


def _name(ds: Dataset, slide: Slide, content: Content, contents: Sequence[Content]) -> str:
    """The kind of view, with its territory when several sheets share the kind; what is simulated says so first."""
    if content.kind == LOST:
        return "Vue absente"
    if slide.kind == "simulation":
        nature = content.nature or "observé"
        return f"{nature.capitalize()} – {SIMULATIONS[slide.choices['scenario']].title}"
    label = kinds.KINDS[slide.kind].label
    territories = {other.territory for other in contents if other.kind == content.kind}
    if len(territories) > 1 and content.territory in ds.territories:
        where = "Direction" if content.territory == ds.config.direction else ds.name(content.territory)
        return f"{label}, {where}"
    return label


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """These names made fit for Excel: each once whatever its case, 31 characters at most, without what it forbids."""
    found: list[str] = []
    # Excel keeps this one, in French as in English, for itself.
    taken = {"history", "historique"}
    for text in wanted:
        clean = " ".join(_FORBIDDEN.sub(" ", text).split()).strip("' ") or "Feuille"
        name, n = _cut(clean, _LONGEST), 1
        while name.casefold() in taken:
            n += 1
            mark = f" ({n})"
            name = _cut(clean, _LONGEST - len(mark)) + mark
        taken.add(name.casefold())
        found.append(name)
    return found


def _cut(text: str, longest: int) -> str:
    """A name cut at a word where it can be."""
    if len(text) <= longest:
        return text
    short = text[: longest - 1]
    word, space, _ = short.rpartition(" ")
    kept = word if space and len(word) >= longest // 2 else short
    return kept.rstrip(" ,;–-'") + "…"


def _properties(book: SafeBook, ds: Dataset, title: str, made: date) -> None:
    book.set_properties({
        "title": safe(title),
        "subject": f"Immigration, {ds.config.subtitle}",
        "author": ds.config.title,
        "category": "Statistiques",
        "keywords": "immigration, admissions, régions, Québec",
        "comments": " ".join([ds.config.disclaimer, *(d.credit for d in ds.documents.values())]),
        "created": datetime.combine(made, time()),
    })  # fmt: skip
    book.set_custom_property("Langue", "fr-CA")


def _readme(book: SafeBook, ds: Dataset, title: str, made: date, sheets: Sequence[tuple[str, Content]]) -> None:
    """LISEZMOI: what the workbook is, when it was made, what each sheet holds, and how to read its figures."""
    page = Page(book, README, _WIDTHS)
    page.paragraph(title, "title")
    page.paragraph(f"{ds.config.title}, {ds.config.subtitle}", "subtitle")
    page.paragraph(ds.config.disclaimer, "strong")
    page.paragraph(f"Classeur produit le {period(made.isoformat())} à partir des fichiers du tableau de bord.", "line")
    page.section("Feuilles")
    head = page.head(("Feuille", "Contenu", "Filtres", "Nature"))
    for name, content in sheets:
        texts = (name, content.title, content.filters, "simulé" if content.estimated else "observé")
        for c, text in enumerate(texts):
            page.text(c, text, "words")
        page.link(quoted(name), name)
        page.next(texts)
    page.section("Sources et licences")
    for document in ds.documents.values():
        page.paragraph(typographic(f"{document.author}, {document.title}, {document.year}. {document.licence}"))
        page.paragraph(typographic(document.credit), "line")
    page.section("Sources et statuts, feuille par feuille")
    for name, content in sheets:
        page.paragraph(f"{name}{NBSP}: {content.source}")
    signs = _SIGNS.replace("{least}", number(ds.config.unreliable_below)).splitlines()
    page.section("Signes et formats", [typographic(text) for text in signs])
    # Notes of the source on what is shown and on the whole document, then every caution of the sheets, each once.
    shown = [q for _, content in sheets if content.table for q in content.table.quantities()]
    known = {note.id for note in notes_on(ds, shown)}
    notes = [typographic(note.text) for note in ds.texts.notes if not note.touches or note.id in known]
    cautions = list(dict.fromkeys(text for _, own in sheets if not own.estimated for text in own.caveats))
    for heading, points in (("Notes de la source", notes), ("Particularités et précautions", cautions)):
        if points:
            page.section(heading, points)
    page.row += 1
    page.paragraph(ds.config.disclaimer, "line")
    page.footer(ds.config.disclaimer)
    page.sheet.freeze_panes(1, 0)
    page.sheet.repeat_rows(head)

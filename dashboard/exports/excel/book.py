"""The workbook of some views: LISEZMOI first, then a sheet for each, in their order."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from xlsxwriter import Workbook

from dashboard.deck import kinds
from dashboard.deck.content import Content
from dashboard.deck.slides import Slide
from dashboard.exports.excel.names import SheetNames
from dashboard.exports.excel.page import safe
from dashboard.exports.excel.readme_sheet import readme_sheet
from dashboard.exports.excel.scenario_sheet import scenario_sheet
from dashboard.exports.excel.styles import Styles
from dashboard.exports.excel.view_sheet import README, view_sheet
from dashboard.exports.lost import LOST, content_or_reason
from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.wording import today as quebec

Progress = Callable[[int, int], None]


def slides_xlsx(
    ds: Dataset, slides: Sequence[Slide], title: str, *, today: date | None = None, progress: Progress | None = None
) -> bytes:
    """The workbook (.xlsx) of these views; the same input on the same day gives the same bytes.

    progress: called with (sheets done, sheets in all). A view that the data cannot answer says why on its sheet: one
    lost view must not lose the workbook.
    """
    made = today or quebec.today()
    contents = [content_or_reason(ds, slide) for slide in slides]
    names = SheetNames()
    names.give(README)
    sheets = [(names.give(_name(ds, s, c, contents)), c) for s, c in zip(slides, contents, strict=True)]
    out = io.BytesIO()
    # Nothing on disk, and no text turned into a formula, a number or a link by guess.
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False,
    }  # fmt: skip
    with Workbook(out, options) as book:
        _properties(book, ds, title, made)
        styles = Styles(book)
        readme_sheet(styles, ds, title, made, sheets)
        for n, (slide, (name, content)) in enumerate(zip(slides, sheets, strict=True), start=1):
            if content.kind == "simulation":
                scenario_sheet(styles, name, ds, slide, content)
            else:
                view_sheet(styles, name, content, ds.config.disclaimer)
            if progress is not None:
                progress(n, len(sheets))
    return out.getvalue()


def _name(ds: Dataset, slide: Slide, content: Content, contents: Sequence[Content]) -> str:
    """The kind of view, with its territory when several sheets share the kind; what is simulated says so first."""
    if content.kind == LOST:
        return "Vue absente"
    if slide.kind == "simulation":
        nature = content.nature or "observé"
        return f"{nature.capitalize()} – {SIMULATIONS[slide.choices['scenario']].title}"
    label = kinds.KINDS[slide.kind].label
    same = [other for other in contents if other.kind == content.kind]
    if len(same) > 1 and len({other.territory for other in same}) > 1 and content.territory in ds.territories:
        where = "Direction" if content.territory == ds.config.direction else ds.name(content.territory)
        return f"{label}, {where}"
    return label


def _properties(book: Workbook, ds: Dataset, title: str, made: date) -> None:
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

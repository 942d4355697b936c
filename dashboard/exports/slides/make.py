"""From a deck to the bytes of a PowerPoint file, slide by slide; nothing is written on the disk, nothing is kept."""

from __future__ import annotations

import gc
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from pptx.enum.lang import MSO_LANGUAGE_ID

from dashboard.deck.charts import Cards, MapChart, Paragraphs, TextTable
from dashboard.deck.content import Content
from dashboard.deck.slides import Deck, Slide
from dashboard.exports.plotted import content_or_reason, plot
from dashboard.exports.slides import charts, map_shapes, page, written
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.page import Stage, stage
from dashboard.model import Dataset
from dashboard.wording import today as quebec
from dashboard.wording.numbers import NBSP

_MOST_PARTS = 12  # slides that one view may take


def deck_pptx(
    ds: Dataset,
    deck: Deck,
    *,
    template: Path | bytes | None = None,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """A presentation as .pptx; `template` None takes the one that config.yaml names beside it, if any, and `today` None
    this day. progress(done, all) is called after each slide of the deck. A slide that the data cannot answer any more
    says why in its place. Raises TemplateError (a DataError) for a template that cannot be used.
    """
    if template is None and ds.config.presentation_template is not None:
        template = ds.root / ds.config.presentation_template
    try:
        return _written(ds, deck, template, today or quebec.today(), progress)
    finally:
        # The parts of a presentation hold one another: without this, nine of them wait in memory for their turn. It is
        # another function that names them, so that they are free by now.
        gc.collect()


def _written(
    ds: Dataset, deck: Deck, template: Path | bytes | None, today: date, progress: Callable[[int, int], None] | None
) -> bytes:
    made, out = stage(template), io.BytesIO()
    for n, slide in enumerate(deck.slides, start=1):
        _add(made, ds, slide)
        if progress is not None:
            progress(n, len(deck.slides))
    _properties(made.presentation, ds, deck, today)
    made.presentation.save(out)
    return out.getvalue()


def _add(made: Stage, ds: Dataset, slide: Slide) -> None:
    content = content_or_reason(ds, slide)
    start = 0
    for part in range(_MOST_PARTS):
        found = page.begin(made, ds, content, more=" (suite)" if part else "")
        shape, start, size = _draw(found, ds, content, start)
        if shape is not None:
            drawn = not isinstance(content.body, TextTable | Cards | Paragraphs)
            tx.describe(shape, content.reading if drawn else content.subtitle)
        _notes(found.slide, content)
        if start >= size:
            return


def _draw(found: page.Page, ds: Dataset, content: Content, start: int) -> tuple[Any, int, int]:
    """The view in the body; returns its shape, the rank of what is left for another slide, and how many there are."""
    match content.body:
        case TextTable() as body:
            return *written.table(found, body, start), len(body.rows)
        case Cards() as body:
            return *written.cards(found, body, start), len(body.items)
        case Paragraphs() as body:
            return *written.points(found, body, start), len(body.items)
        case MapChart() as body:
            return map_shapes.territories(found, ds, body), 1, 1
        case body:
            made = plot(body)
            return None if made is None else charts.chart(found, made, content.legend), 1, 1


def _notes(slide: Any, content: Content) -> None:
    """What the presenter reads: own notes first, the sentence, then every caution and the source."""
    filters = f"Filtres{NBSP}: {content.filters}" if content.filters else ""
    head = f"{content.nature.capitalize()}, méthode et précautions" if content.estimated else "Précautions"
    cautions = "".join(f"\n• {caveat}" for caveat in content.caveats)
    told = f"{head}{NBSP}:{cautions}" if cautions else ""
    parts = [content.notes, content.reading, filters, told, content.source, content.credit]
    frame = slide.notes_slide.notes_text_frame
    lines = re.split("\r\n|[\r\n\v\f\u2028\u2029]", "\n\n".join(part for part in parts if part.strip()))
    frame.text = "\n".join(map(tx.clean, lines))
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = MSO_LANGUAGE_ID.FRENCH_CANADIAN


def _properties(made: Any, ds: Dataset, deck: Deck, day: date) -> None:
    own = made.core_properties
    own.title, own.author, own.last_modified_by = tx.clean(deck.title)[:255], ds.config.title, ds.config.title
    own.subject, own.language = ds.config.subtitle, "fr-CA"
    own.comments, own.keywords, own.category, own.revision = ds.config.disclaimer, "", "", 1
    own.created = own.modified = datetime.combine(day, time(), UTC).replace(tzinfo=None)

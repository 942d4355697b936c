"""The files that can be made from a presentation or a territory: one list for the pages and the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from dashboard.deck.kinds import subject_of
from dashboard.deck.slides import Deck
from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.narrative.meant import mrc_slug
from dashboard.wording.slugs import file_slug


class Format(NamedTuple):
    """One kind of file. regional: it is about one territory or one presentation; the others hold everything."""

    mime: str
    label: str
    regional: bool = True


_OFFICE = "application/vnd.openxmlformats-officedocument"
# By extension.
FORMATS: dict[str, Format] = {
    "pptx": Format(f"{_OFFICE}.presentationml.presentation", "Présentation PowerPoint"),
    "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet", "Classeur Excel"),
    "pdf": Format("application/pdf", "Fiche d’une page (PDF)"),
    "zip": Format("application/zip", "Paquet de données ouvertes", regional=False),
}


def file_name(format_id: str, title: str) -> str:
    """« Portrait de l’immigration, Québec » -> « portrait-de-l-immigration-quebec.xlsx »; never without a name."""
    return f"{file_slug(title) or 'immigration-regionale'}.{format_id}"


def territory_file_name(ds: Dataset, format_id: str, code: str | None) -> str:
    """« portrait-bas-saint-laurent-2015-2019.pptx », « donnees-ouvertes-2015-2019.zip »."""
    if not FORMATS[format_id].regional or code is None:
        return file_name(format_id, f"donnees ouvertes {adm.span(ds)}")
    slug = next((r.slug for r in ds.config.regions if r.code == code), "direction")
    if ds.territories[code].level == "mrc":
        slug = mrc_slug(ds, code)
    what = "fiche" if format_id == "pdf" else "portrait"
    return file_name(format_id, f"{what} {slug} {adm.span(ds)}")


def make(
    ds: Dataset,
    format_id: str,
    deck: Deck | None = None,
    *,
    template: Path | None = None,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The content of a file.

    deck: what it holds (the sheet of a page takes the territory of its first slide; the open data need none).
    template: PowerPoint file whose look the slides take. progress: called with (done, in all), where a format can.
    Raises KeyError for an unknown format, ValueError, in French, for a deck that is missing or a sheet that cannot be
    made, and DataError for a template that cannot be used.
    """
    # Each library is loaded when it serves.
    if not FORMATS[format_id].regional:
        from dashboard.exports.open_data import open_data_zip

        return open_data_zip(ds, today=today)
    if deck is None or not deck.slides:
        raise ValueError("il n’y a aucune vue à exporter")
    if format_id == "xlsx":
        from dashboard.exports.excel.book import slides_xlsx

        return slides_xlsx(ds, deck.slides, deck.title, today=today, progress=progress)
    if format_id == "pptx":
        from dashboard.exports.slides.make import deck_pptx

        return deck_pptx(ds, deck, template=template, today=today, progress=progress)
    from dashboard.exports.sheet.document import sheet_pdf

    return sheet_pdf(ds, subject_of(ds, deck.slides[0]), today=today)

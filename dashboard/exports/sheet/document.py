"""From the data of a sheet to its PDF. Typst compiles in memory: nothing is written on the disk.

The data reach the template as one JSON string and are never part of its source: a text cannot be markup or code.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import typst

from dashboard.exports.sheet.parts import sheet_parts
from dashboard.model import Dataset
from dashboard.wording import today as quebec
from dashboard.wording.numbers import NBSP

_FOLDER = Path(__file__).resolve().parent
TEMPLATE = _FOLDER / "sheet.typ"
# Accessible PDF; the compiler refuses what would not be (a missing alternative text, a sign that no font has).
ACCESSIBLE: Final = "ua-1"


class SheetError(ValueError):
    """The sheet cannot be made; the message says in French what to do."""


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts of this folder and no other, so that the page is the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FOLDER / "fonts")])


def sheet_pdf(ds: Dataset, code: str, *, today: date | None = None) -> bytes:
    """The sheet of a region, of the direction or of an MRC, as the bytes of a PDF of one A4 page.

    today: the date written on it (the day it is made when None); the same data and date give the same bytes.
    Raises SheetError, in French, for a territory that has no sheet and when the PDF cannot be made.
    """
    region = ds.region_of(code)
    if region in ds.unavailable:
        raise SheetError(
            f"La fiche «{NBSP}{ds.name(code)}{NBSP}» ne peut pas être produite{NBSP}: les données de cette région ont "
            "des problèmes. Lancer « python -m dashboard check », corriger, puis recommencer."
        )
    known = [*ds.region_codes(), ds.config.direction]
    if code not in known and code not in ds.mrc_codes():
        raise SheetError(
            f"Aucune fiche pour «{NBSP}{code[:40]}{NBSP}». Choisissez le code d’une MRC, d’une région ou de la "
            f"direction{NBSP}: {', '.join(known)}."
        )
    day = today or quebec.today()
    return compile_sheet(sheet_parts(ds, code, day), day)


def compile_sheet(parts: dict[str, object], day: date) -> bytes:
    """The PDF of these parts (see `parts.sheet_parts`). Raises SheetError."""
    given = {"data": json.dumps(parts, ensure_ascii=False)}

    def compiled(standard: Literal["ua-1"] | None) -> bytes:
        made = typst.compile(
            str(TEMPLATE), root=str(_FOLDER), format="pdf", font_paths=_fonts(), ignore_system_fonts=True,
            sys_inputs=given, pdf_standards=standard, timestamp=datetime.combine(day, time(), UTC),
        )  # fmt: skip
        assert isinstance(made, bytes)
        return made

    try:
        try:
            return compiled(ACCESSIBLE)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
            # A sign that our fonts do not have, an emoji in a name: the page comes out, tagged all the same.
            return compiled(None)
    except (typst.TypstError, RuntimeError, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise SheetError(
            f"La fiche PDF n’a pas pu être produite ({reason}). Vérifiez les données avec « python -m dashboard "
            "check »; si elles sont correctes, réinstaller les bibliothèques avec « pip install -r requirements.txt », "
            "puis recommencer."
        ) from error

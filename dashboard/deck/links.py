"""A short presentation inside an address: compressed, since a browser or a mail program cuts long addresses."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import Final

from pydantic import TypeAdapter

from dashboard.deck.kinds import problems
from dashboard.deck.slides import LONGEST_NOTES, LONGEST_TITLE, MOST_SLIDES, Deck, Slide
from dashboard.model import Dataset
from dashboard.wording.numbers import number

LONGEST = 1_500
# Title of the presentation; of each slide, its kind, its choices, its title, its notes.
_PACKED: Final = TypeAdapter(tuple[str, list[tuple[str, dict[str, str], str, str]]])
_MOST_BYTES = 64_000
_UNREADABLE = "ce lien de présentation est incomplet ou a été modifié"


def packed(deck: Deck) -> str | None:
    """The deck as a parameter of an address; None when it would be too long to travel whole."""
    text = _PACKED.dump_json((deck.title, [(s.kind, dict(s.choices), s.title, s.notes) for s in deck.slides]))
    found = base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")
    return found if len(found) <= LONGEST else None


def unpacked(ds: Dataset, parameter: str) -> tuple[Deck | None, str]:
    """The deck of a parameter, or None with the reason in French. Slides that cannot be shown are left out and said.

    Never raises, and never expands more than 64 kB: an address comes from anyone.
    """
    if len(parameter) > 4 * LONGEST:
        return None, _UNREADABLE
    try:
        raw = base64.urlsafe_b64decode(parameter + "=" * (-len(parameter) % 4))
        opened = zlib.decompressobj()
        text = opened.decompress(raw, _MOST_BYTES)
        if not opened.eof:
            return None, _UNREADABLE
        title, packed_slides = _PACKED.validate_json(text)
    except (binascii.Error, zlib.error, ValueError):
        return None, _UNREADABLE
    slides = [
        Slide(kind, choices, own_title[:LONGEST_TITLE], notes[:LONGEST_NOTES])
        for kind, choices, own_title, notes in packed_slides[:MOST_SLIDES]
    ]
    kept = tuple(slide for slide in slides if not problems(ds, slide))
    if not kept:
        return None, "aucune diapositive de ce lien ne peut être montrée avec ces données"
    left, said = len(slides) - len(kept), ""
    if left:
        many = left > 1
        slides_left = f"{number(left)} diapositives" if many else "une diapositive"
        can = "ne peuvent pas être montrées" if many else "ne peut pas être montrée"
        said = f"{slides_left} de ce lien {can} avec ces données"
    return Deck(title[:LONGEST_TITLE], kept), said

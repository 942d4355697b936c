"""A presentation as a small YAML file to save, review and open again, and inside an address. Read with care: both come
from outside."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import Annotated, Final

import yaml
from pydantic import Field, TypeAdapter

from dashboard.deck.kinds import KINDS, problems
from dashboard.deck.slides import LONGEST_NOTES, LONGEST_TITLE, MOST_SLIDES, Deck, Slide
from dashboard.loading.yaml_files import read_yaml
from dashboard.model import Dataset, Problem
from dashboard.model.documents import Document
from dashboard.scenarios.files import VERSION, Version, saved_text
from dashboard.wording.numbers import number


class _SlideFile(Document):
    vue: str
    titre: Annotated[str, Field(max_length=LONGEST_TITLE)] = ""
    notes: Annotated[str, Field(max_length=LONGEST_NOTES)] = ""
    choix: Annotated[dict[str, str], Field(default_factory=dict)]


class _DeckFile(Document):
    version: Version
    titre: Annotated[str, Field(max_length=LONGEST_TITLE)]
    diapositives: Annotated[list[_SlideFile], Field(max_length=MOST_SLIDES)]


def read_deck(ds: Dataset, content: bytes, name: str) -> tuple[Deck | None, list[Problem]]:
    """The presentation of a file, or every problem that prevents using it, with its line. Never raises.

    name: what the messages call the file. A slide that the data cannot show is refused, never changed.
    """
    text, unread = saved_text(content, name)
    if unread:
        return None, unread
    reading = read_yaml(text, name, _DeckFile)
    if reading.document is None:
        return None, reading.problems
    deck, found = _deck(reading.document), []
    for n, (own, slide) in enumerate(zip(reading.document.diapositives, deck.slides, strict=True)):
        for field, message in problems(ds, slide):
            line = reading.lines.get(("diapositives", n, "choix", field)) or reading.lines.get(("diapositives", n))
            remedy = "corriger cette ligne, ou retirer la diapositive."
            where = f"diapositive {n + 1}, {field}"
            found.append(Problem(name, f"{message}.", remedy, line, where, own.choix.get(field) or own.vue))
    return (None, found) if found else (deck, [])


def _deck(document: _DeckFile) -> Deck:
    slides = (Slide(own.vue, dict(own.choix), own.titre, own.notes) for own in document.diapositives)
    return Deck(document.titre, tuple(slides))


def reopened(ds: Dataset, text: str) -> tuple[Deck | None, str]:
    """The presentation of a text of `deck_yaml`, and what to say of the slides that the data no longer can show."""
    document = read_yaml(text, "", _DeckFile).document
    if document is None:
        return None, "cette présentation a été gardée d’une façon qui ne se lit plus"
    return _showable(ds, _deck(document), "de cette présentation")


def _showable(ds: Dataset, deck: Deck, whose: str) -> tuple[Deck, str]:
    """A presentation without the slides that cannot be shown, and what to say of them."""
    kept = tuple(slide for slide in deck.slides if not problems(ds, slide))
    left = len(deck.slides) - len(kept)
    many = f"{number(left)} diapositives {whose} ne peuvent pas être montrées avec ces données"
    one = f"une diapositive {whose} ne peut pas être montrée avec ces données"
    return Deck(deck.title, kept), many if left > 1 else one if left else ""


def deck_yaml(deck: Deck) -> bytes:
    """The file of a presentation, which `read_deck` reads back to the same deck."""
    fields = [{"vue": s.kind, "titre": s.title, "choix": dict(s.choices), "notes": s.notes} for s in deck.slides]
    slides = [{name: value for name, value in own.items() if value} for own in fields]
    document = {"version": VERSION, "titre": deck.title, "diapositives": slides}
    head = (
        "# Présentation du tableau de bord : l’ordre des diapositives, leurs choix, leurs titres et leurs notes.\n"
        "# Les chiffres n’y sont pas : ils viennent des données au moment où elle s’ouvre.\n"
        f"# Vues : {', '.join(KINDS)}.\n"
    )
    body = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=10_000)
    return (head + body).encode()


_LONGEST: Final = 6_000
# In an address of before the short ones: the title; of each slide, its kind, its choices, its title, its notes.
_PACKED: Final = TypeAdapter(tuple[str, list[tuple[str, dict[str, str], str, str]]])
_MOST_BYTES = 64_000
_UNREADABLE = "ce lien de présentation est incomplet ou a été modifié"


def unpacked(ds: Dataset, parameter: str) -> tuple[Deck | None, str]:
    """The deck of a parameter, or None with the reason in French. Slides that cannot be shown are left out and said.

    Never raises, and never expands more than 64 kB: an address comes from anyone.
    """
    opened = zlib.decompressobj()
    try:
        raw = base64.urlsafe_b64decode(parameter + "=" * (-len(parameter) % 4)) if len(parameter) <= _LONGEST else b""
        title, packed_slides = _PACKED.validate_json(opened.decompress(raw, _MOST_BYTES))
    except (binascii.Error, zlib.error, ValueError):
        return None, _UNREADABLE
    if not opened.eof:
        return None, _UNREADABLE
    slides = (
        Slide(kind, choices, own_title[:LONGEST_TITLE], notes[:LONGEST_NOTES])
        for kind, choices, own_title, notes in packed_slides[:MOST_SLIDES]
    )
    deck, said = _showable(ds, Deck(title[:LONGEST_TITLE], tuple(slides)), "de ce lien")
    if not deck.slides:
        return None, "aucune diapositive de ce lien ne peut être montrée avec ces données"
    return deck, said

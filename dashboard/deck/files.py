"""A presentation as a small YAML file to save, review and open again. Read with care: it comes from outside."""

from __future__ import annotations

from typing import Annotated

import yaml
from pydantic import Field

from dashboard.deck.kinds import KINDS, problems
from dashboard.deck.slides import LONGEST_NOTES, LONGEST_TITLE, MOST_SLIDES, Deck, Slide
from dashboard.loading.yaml_files import read_yaml
from dashboard.model import Dataset, Problem
from dashboard.model.documents import Document
from dashboard.scenarios.files import VERSION, Version, saved_text


class _SlideFile(Document):
    vue: str
    titre: Annotated[str, Field(max_length=LONGEST_TITLE)] = ""
    notes: Annotated[str, Field(max_length=LONGEST_NOTES)] = ""
    choix: Annotated[dict[str, str], Field(default_factory=dict)]


class _DeckFile(Document):
    version: Version
    titre: Annotated[str, Field(max_length=LONGEST_TITLE)]
    diapositives: Annotated[list[_SlideFile], Field(min_length=1, max_length=MOST_SLIDES)]


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
    slides, found = [], []
    for n, own in enumerate(reading.document.diapositives):
        slide = Slide(own.vue, dict(own.choix), own.titre, own.notes)
        slides.append(slide)
        for field, message in problems(ds, slide):
            line = reading.lines.get(("diapositives", n, "choix", field)) or reading.lines.get(("diapositives", n))
            remedy = "corriger cette ligne, ou retirer la diapositive."
            where = f"diapositive {n + 1}, {field}"
            found.append(Problem(name, f"{message}.", remedy, line, where, own.choix.get(field) or own.vue))
    return (None, found) if found else (Deck(reading.document.titre, tuple(slides)), [])


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

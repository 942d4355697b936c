"""The documents made of sentences: their printed paragraphs, the figures said in them, and where words stand."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from dashboard.contract.quotes import normalised
from dashboard.loading.draft import TEXTS, Draft, portrait_file
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import ProseFigure, TextBlock

_PUNCTUATION = ".,;:()«»"


class Block(NamedTuple):
    """Paragraphs printed under a title in a section of a document; `location` is that of their list."""

    location: Location
    title: str
    paragraphs: list[str]
    source: str


class Paragraph(NamedTuple):
    """A printed paragraph and its place in the document."""

    text: str
    location: Location

    def holds(self, quote: str) -> bool:
        return normalised(quote) in normalised(self.text)


@dataclass(frozen=True, slots=True)
class Sentences:
    """A document made of sentences. region: the only one that it is about."""

    file: str
    region: str | None
    figures: list[ProseFigure]
    blocks: list[Block]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [Paragraph(text, (*b.location, n)) for b in self.blocks for n, text in enumerate(b.paragraphs)]


def of_portraits(draft: Draft) -> list[Sentences]:
    """The portrait of each region."""
    return [
        Sentences(portrait_file(code), code, held.figures, [Block(("portrait",), "", held.portrait, held.source)])
        for code, held in draft.portraits.items()
    ]


def of_texts(draft: Draft) -> list[Sentences]:
    """The texts of all the regions; none when they could not be read."""
    if draft.texts is None:
        return []
    blocks: list[tuple[Location, TextBlock]] = [(("network",), draft.texts.network)]
    blocks += [(("service_offer", n), block) for n, block in enumerate(draft.texts.service_offer)]
    blocks += [(("partnership",), draft.texts.partnership)]
    own = [Block((*place, "paragraphs"), block.title, block.paragraphs, block.source) for place, block in blocks]
    return [Sentences(TEXTS, None, draft.texts.figures, own)]


def figures(draft: Draft) -> list[ProseFigure]:
    """The figures of every sentence."""
    return [figure for document in (*of_texts(draft), *of_portraits(draft)) for figure in document.figures]


def lines_near(draft: Draft, document: Sentences, paragraphs: list[Paragraph], quote: str) -> tuple[int, ...]:
    """Lines of the paragraphs that come nearest to a quotation which is not in them word for word."""
    raw = draft.texts_of_files.get(document.file, "").splitlines()
    words: list[tuple[str, int]] = []
    for paragraph in paragraphs:
        first = draft.line_of(document.file, *paragraph.location) or 1
        # A block begins with its dash and its sign (« - >- »): the words of the file may be two more.
        own = [(word.strip(_PUNCTUATION), n) for n, line in enumerate(raw[first - 1 :], first) for word in line.split()]
        words += own[: len(paragraph.text.split()) + 2]
    wanted = [word.strip(_PUNCTUATION) for word in quote.split()]
    found = SequenceMatcher(None, wanted, [word for word, _ in words], autojunk=False).find_longest_match()
    if found.size < min(2, len(wanted)):
        return ()
    start = max(0, found.b - found.a)
    return tuple(sorted({number for _, number in words[start : start + len(wanted)]}))

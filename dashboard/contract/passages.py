"""Where a quotation stands, or should stand, among the lines of a document."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from dashboard.contract.quotes import normalised
from dashboard.loading.draft import Draft
from dashboard.loading.yaml_files import Location

_PUNCTUATION = ".,;:()«»"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A printed paragraph and its place in the document."""

    text: str
    location: Location

    def holds(self, quote: str) -> bool:
        return normalised(quote) in normalised(self.text)


def lines_near(draft: Draft, file: str, paragraphs: list[Paragraph], quote: str) -> tuple[int, ...]:
    """Lines of the paragraphs that come nearest to a quotation which is not in them word for word."""
    raw = draft.texts_of_files.get(file, "").splitlines()
    words: list[tuple[str, int]] = []
    for paragraph in paragraphs:
        first = draft.line_of(file, *paragraph.location) or 1
        # A block begins with its dash and its sign (« - >- »): the words of the file may be two more.
        own = [(word.strip(_PUNCTUATION), n) for n, line in enumerate(raw[first - 1 :], first) for word in line.split()]
        words += own[: len(paragraph.text.split()) + 2]
    wanted = [word.strip(_PUNCTUATION) for word in quote.split()]
    found = SequenceMatcher(None, wanted, [word for word, _ in words], autojunk=False).find_longest_match()
    if found.size < min(2, len(wanted)):
        return ()
    start = max(0, found.b - found.a)
    return tuple(sorted({number for _, number in words[start : start + len(wanted)]}))


def spelled(file: str, lines: tuple[int, ...]) -> str:
    """« data/texts.yaml, ligne 4, ligne 5 »."""
    return ", ".join([file, *(f"ligne {line}" for line in lines)])

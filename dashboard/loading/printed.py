"""The whole text of the documents in data/source/, and of each of their sections: where printed words stand."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dashboard.loading.files import DATA, SOURCE_TEXTS, Tree, read_text
from dashboard.model.documents import Sources
from dashboard.model.problems import Problem

FOLDER = f"{DATA}/{SOURCE_TEXTS}"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Printed:
    """Lines of a document, numbered as in its file from `first` on."""

    first: int
    lines: tuple[str, ...]
    mended: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        text, starts = "", []
        for line in self.lines:
            words = _SPACES.sub(" ", line).strip()
            # A word cut at the end of a line keeps its hyphen: « main- / d’œuvre », « 2019- / 2020 ».
            text += "" if not words or not text or text[-1] == "-" else " "
            starts.append(len(text))
            text += words
        for kept, printed in self.mended:
            while (place := text.find(kept)) >= 0 and kept not in printed:
                text = text[:place] + printed + text[place + len(kept) :]
                starts = [start - (len(kept) - len(printed)) * (start > place) for start in starts]
        return text, starts

    @property
    def text(self) -> str:
        """All its words on one line, single spaces between them."""
        return self._folded[0]

    @cached_property
    def folded(self) -> str:
        return self.text.casefold()

    @cached_property
    def paragraphs(self) -> list[int]:
        """Where each paragraph begins in `text`: after an empty line."""
        blank = [not line.strip() for line in self.lines]
        return [s for n, s in enumerate(self._folded[1]) if not blank[n] and (n == 0 or blank[n - 1])]

    def places(self, words: str) -> Iterator[int]:
        """Where the words stand in `text`, whole."""
        place = self.text.find(words)
        while place >= 0:
            yield place
            place = self.text.find(words, place + 1)

    def paragraph(self, place: int) -> tuple[int, int]:
        """Beginning and end of the paragraph of a place of `text`."""
        n = bisect_right(self.paragraphs, place)
        end = self.paragraphs[n] if n < len(self.paragraphs) else len(self.text)
        return (self.paragraphs[n - 1] if n else 0), end

    def lines_of(self, place: int, length: int) -> tuple[int, int]:
        """Numbers of the first and the last line, in the file, of the words at a place of `text`."""
        first, last = (bisect_right(self._folded[1], at) - 1 for at in (place, place + max(0, length - 1)))
        return self.first + max(0, first), self.first + max(0, last)


@lru_cache(maxsize=64)
def section_of(text: str, first: int, last: int, mended: tuple[tuple[str, str], ...]) -> Printed:
    return Printed(first, tuple(text.splitlines()[first - 1 : last]), mended)


@dataclass(frozen=True, slots=True)
class Archive:
    """What data/source/ holds: the text of each file, by name, and each section that has lines there, by identifier."""

    texts: dict[str, str]
    sections: dict[str, Printed]
    documents: dict[str, Printed]
    # True when a text that is named could not be used: what the others do not hold may be in it.
    lacking: bool


def read_archive(root: Tree, sources: Sources, problems: list[Problem]) -> Archive:
    """The texts that sources.yaml names; one that is missing, unknown or not what its fingerprint says is a problem."""
    named = {d.text: d.sha256 for d in sources.documents if d.text} | {
        sources.official_list.text: sources.official_list.sha256
    }
    texts: dict[str, str] = {}
    for file, mark in named.items():
        name = f"{FOLDER}/{file}"
        text = read_text(root / name, name)
        if isinstance(text, Problem):
            problems.append(text)
        elif hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest() != mark:
            message = "ce texte n’est pas celui dont data/sources.yaml donne l’empreinte (sha256)."
            remedy = "remettre le texte d’origine; une nouvelle édition est un nouveau fichier, avec son document."
            problems.append(Problem(name, message, remedy, shared=True))
        else:
            texts[file] = text
    folder = root.data_folder() / SOURCE_TEXTS
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in named and not path.name.startswith("."):
            message = "aucun document de data/sources.yaml ne nomme ce texte : rien n’est comparé avec lui."
            remedy = "remettre « text » et « sha256 » de son document, ou retirer le fichier."
            problems.append(Problem(f"{FOLDER}/{path.name}", message, remedy, shared=True))
    own = {
        d.id: (texts[d.text], tuple((spot.kept, spot.printed) for spot in d.mended))
        for d in sources.documents
        if d.text in texts
    }
    documents = {name: section_of(text, 1, text.count("\n") + 1, mended) for name, (text, mended) in own.items()}
    sections = {
        s.id: section_of(own[s.document][0], *s.lines, own[s.document][1])
        for s in sources.sections
        if s.document in own and s.lines
    }
    return Archive(texts, sections, documents, any(d.text and d.id not in own for d in sources.documents))

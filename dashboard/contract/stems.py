"""Our own words against the words that they stand for: a label says nothing that its source does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dashboard.contract.findings import Fault, Place
from dashboard.wording.slugs import fold

# Enough to bring « étudiantes » and « études » together, and to keep « admissions » from « administration ».
_LETTERS = 4
# Words that tie others together, and those that say how we show a figure rather than what it counts.
_OURS = """
avec cette dans des les leur leurs mais par pas pour que qui sans ses son sont sur une aux est ces
selon plan texte source imprime nombre part parts base borne basse haute meme type types tous total ensemble
""".split()  # noqa: SIM905
_IGNORED = frozenset(word[:_LETTERS] for word in _OURS)
# Two families that begin alike: « permis » and « permanent ».
_LONGER = ("perm",)

# Words of a label that no source has: what we add to tell two figures apart, or to say how it is computed.
ADDED = """
catégorie permanentes cumul période selon carte portrait recensement valides chiffres mesures ententes programme
personnes population réfugiées titre admise permanent permanents immigrées hausse immigrantes annexe 2 parmi admissions
"""


@lru_cache(maxsize=2048)
def stems(text: str) -> frozenset[str]:
    """First letters of the words of three letters or more, and whole numbers."""
    words = re.findall(r"\d+|[a-z]{3,}", fold(text))
    return frozenset(w if w.isdigit() else w[: _LETTERS + w.startswith(_LONGER)] for w in words) - _IGNORED


def foreign(label: str, *said: str) -> list[str]:
    """Words of a label whose stem is in none of the texts that it may draw on."""
    known = frozenset[str]().union(*map(stems, said))
    found = re.findall(r"\d+|\w{3,}", label)
    return [word for word in found if not stems(word) <= known]


def unsaid(at: Place, name: str, message: str, *said: str) -> Iterator[Fault]:
    """A fault of a field with a word that none of the texts has: the message, then that word."""
    for word in foreign(getattr(at.held, name), *said)[:1]:
        yield at.fault(name, f"{message} « {word} ».")


def bare(label: str) -> str:
    """The label without what it adds in brackets."""
    return re.sub(r"\s*\(.*?\)", "", label)

"""File names and keys made of French titles: lower case, no accent, hyphens."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


# The texts of the plan and the names are folded again by each question and each search.
@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case without accents nor typographic apostrophes, for comparing and searching."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "Oe"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def file_slug(text: str, longest: int = 80) -> str:
    """« Admissions par MRC, Gaspésie » -> « admissions-par-mrc-gaspesie »."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:longest].strip("-")


_SAINTS = {"st": "saint", "ste": "sainte"}


def flat(text: str) -> str:
    """The words of a text, folded, one space between them; « St » is « saint »."""
    words = re.sub(r"[\W_]+", " ", fold(text)).split()
    return " ".join(_SAINTS.get(word, word) for word in words)

"""The one error of this package: a French message that says what is wrong and what to do; and how it names things."""

import re
from collections.abc import Sequence
from typing import Final

from dashboard.model.problems import shortened

# Names of the source that a message gives, at most.
MOST: Final = 8
_PLACE = re.compile(r"\bline (\d+)(?:, (?:character|column) (\d+))?", re.IGNORECASE)


class BoundaryError(Exception):
    """Boundaries could not be rebuilt; ``str(error)`` is a French text with its remedy. Nothing has been written."""


def place_in(error: Exception) -> str:
    """« , ligne 1, caractère 804 » when the library says where it stopped; its words are English, and stay out."""
    found = _PLACE.search(str(error))
    if found is None:
        return ""
    return f", ligne {found[1]}" + (f", caractère {found[2]}" if found[2] else "")


def quoted(names: Sequence[str], none: str = "") -> str:
    """The first names that a source gives, each cut when it is long: it can hold anything."""
    if not names:
        return none
    shown = ", ".join(f"«\u00a0{shortened(name, 40)}\u00a0»" for name in names[:MOST])
    return shown + (", …" if len(names) > MOST else "")

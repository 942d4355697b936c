"""What an address typed by a person can mean: accents, capitals, dashes, spaces, what a pasted link ends with."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from difflib import get_close_matches
from typing import TypeVar

from dashboard.model import Dataset
from dashboard.wording import addresses, query
from dashboard.wording.slugs import file_slug, flat

T = TypeVar("T", bound=Hashable)

_ARTICLES = frozenset({"l", "la", "le", "les"})
# Letters that may stand for the beginning of a word: fewer would name many things tomorrow.
_FEWEST = 5
Target = tuple[str, tuple[tuple[str, str], ...]]


def _flat(text: str) -> str:
    words = flat(text).split()
    while len(words) > 1 and words[0] in _ARTICLES:
        words.pop(0)
    return " ".join(words)


def names(ds: Dataset | None, pages: Iterable[str]) -> list[tuple[str, Target]]:
    """(name, page and its parameters): the pages by their address, the territories by each of their names."""
    found: list[tuple[str, Target]] = [(_flat(slug), (slug, ())) for slug in pages]
    if ds is None:
        return found
    slugs = {region.code: region.slug for region in ds.config.regions}
    found += [(name, (slugs[code], ())) for code in ds.region_codes() for name in _called(ds, code)]
    found += [(name, (addresses.MRC, ((query.MRC, code),))) for name, code in _of_mrcs(ds)]
    # The province has its own page, the overview: « quebec » has then two meanings.
    return [*found, (_flat(ds.territories[ds.config.province].name), ("", ()))]


def _called(ds: Dataset, code: str) -> Iterable[str]:
    """The names of a territory: its own, that of the source, the one shown."""
    territory = ds.territories[code]
    return dict.fromkeys(map(_flat, (territory.name, territory.name_in_source, ds.name(code))))


def _of_mrcs(ds: Dataset) -> list[tuple[str, str]]:
    """(name, code) of every MRC, those of a region that is set aside too."""
    codes = (code for region in ds.region_codes(available=False) for code in ds.mrc_codes(region))
    return [(name, code) for code in codes for name in _called(ds, code)]


def mrc(ds: Dataset, asked: str) -> str | None:
    """Code of the only MRC that this name can mean; None when it is none, or several."""
    return meant(asked, _of_mrcs(ds))


def mrc_slug(ds: Dataset, code: str) -> str:
    """What the address of an MRC calls it: its name, or its code where another one has this name."""
    slug = file_slug(ds.name(code))
    return slug if mrc(ds, slug) == code else code


def nearest_mrcs(ds: Dataset, asked: str, most: int = 3) -> list[str]:
    """Codes of the MRC whose name is the most like this one, the nearest first."""
    shown, known = set(ds.mrc_codes()), dict[str, list[str]]()
    for name, code in _of_mrcs(ds):
        if code in shown:
            for part in dict.fromkeys((name, *(word for word in name.split() if len(word) >= _FEWEST))):
                known.setdefault(part, []).append(code)
    near = get_close_matches(_flat(asked), known, most, 0.7)
    return list(dict.fromkeys(code for part in near for code in known[part]))[:most]


def meant(asked: str, known: Iterable[tuple[str, T]]) -> T | None:
    """The only thing that this can mean: what has this name, or else what begins so; None when nothing does, or several
    do."""
    flat, known = _flat(asked), list(known)
    tight = flat.replace(" ", "")
    if not tight:
        return None
    exact = {target for name, target in known if name.replace(" ", "") == tight}
    begins = {t for n, t in known if n.startswith(f"{flat} ") or (len(flat) >= _FEWEST and n.startswith(flat))}
    found = exact or begins
    return next(iter(found)) if len(found) == 1 else None

"""What an address typed by a person can mean: accents, capitals, dashes, spaces, what a pasted link ends with."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.model import Dataset
from dashboard.wording import query
from dashboard.wording.slugs import flat

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
    for code in (*ds.region_codes(), *ds.mrc_codes()):
        territory, region = ds.territories[code], ds.region_of(code) or code
        target: Target = (slugs[region], () if region == code else ((query.MRC, code),))
        own = (territory.name, territory.name_in_source, ds.name(code))
        found += [(name, target) for name in dict.fromkeys(map(_flat, own))]
    # The province has its own page, the overview: « quebec » has then two meanings.
    return [*found, (_flat(ds.territories[ds.config.province].name), ("", ()))]


def meant(asked: str, known: Iterable[tuple[str, Target]]) -> Target | None:
    """The only page that this can mean, with its parameters: what has this name, or else what begins so; None when
    nothing does, or several do."""
    flat, known = _flat(asked), list(known)
    tight = flat.replace(" ", "")
    if not tight:
        return None
    exact = {target for name, target in known if name.replace(" ", "") == tight}
    begins = {t for n, t in known if n.startswith(f"{flat} ") or (len(flat) >= _FEWEST and n.startswith(flat))}
    found = exact or begins
    return next(iter(found)) if len(found) == 1 else None

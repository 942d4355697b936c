"""A question written out in full: the years of « avant 2017 », the day of « fin 2019 »."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.questions.words import plain
from dashboard.wording.slugs import flat

_UNTIL: Final = re.compile(r"(\d{4}) ?jusqu['’ ]?(?:à|en|a) ?(\d{4})", re.IGNORECASE)
_END: Final = re.compile(
    r"(?i)(?:à )?(?:la )?\bfin (?:de )?(?:l[’']année )?([12]\d{3})"
    r"|(?<!\d )(?<!\d)(?:fin )?\bd[ée]c(?:embre|\.)? ([12]\d{3})"
)
# « avant 2017 », « à partir de 2017 »: the years of the series on one side of one.
_SIDE: Final = re.compile(
    r"(?i)(?<!année )(?<!an )(?<!juste )\b(avant|après|apres|depuis|dès|[àa] partir de) (?:l[’']année )?([12]\d{3})\b"
)
# « l’année d’avant », « l’année suivante »: that of the one year that is named.
_NAMED: Final = re.compile(r"\b([12]\d{3})(?:-([12]\d{3}))?(?![\d-])")
_NEXT_TO_IT: Final = re.compile(
    r"(?i)\b(?:en |à |de )?(?:l[’'](?:an{1,2}[ée]*|an) |celle )"
    r"(?:(?P<before>d[’']avant|pr[ée]c[ée]dente?|ant[ée]rieure?)|d[’']apr[eè]s|suivante?)\b"
)
# « si on met Lévis de côté »
_SET_ASIDE: Final = re.compile(
    r"(?i)\b(?:(?:si )?on |si je |en )?(?:met|mett|laiss)\w*\s+(\S.{1,40}?)\s+de c[ôo]t[ée]\b"
)


def written_out(ds: Dataset, text: str) -> str:
    """A text with the days, years and exceptions that it only points at, as the words of a question are read."""
    text = _END.sub(r"31 décembre \1\2", _UNTIL.sub(r"\1 à \2", plain(text)))
    text = _SET_ASIDE.sub(r"sans \1", text)
    text = _SIDE.sub(partial(_side, adm.years(ds)), text)
    return _NEXT_TO_IT.sub(partial(_next_to, _NAMED.findall(text)), text)


def _side(years: list[str], found: re.Match[str]) -> str:
    """« de 2015 à 2016 » for « avant 2017 », where the series has these years; as it was written otherwise."""
    word, year = flat(found[1]), found[2]
    if year not in years:
        return found[0]
    side = {"avant": (years[0], str(int(year) - 1)), "apres": (str(int(year) + 1), years[-1])}
    first, last = side.get(word, (year, years[-1]))
    if first > last or not {first, last} <= set(years):
        return found[0]
    return f"de {first} à {last}" if first < last else f"en {first}"


def _next_to(named: list[tuple[str, str]], found: re.Match[str]) -> str:
    """« 2017 » for « l’année d’avant » beside 2018; as it was written where no year, or several, are named."""
    step = -1 if found["before"] else 1
    return "-".join(str(int(year) + step) for year in named[0] if year) if len(named) == 1 else found[0]

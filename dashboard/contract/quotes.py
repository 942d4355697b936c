"""Printed words: the figure that a quoted line holds, and the period that words speak of.

The rules here judge the quoted line of a row: it holds the figure, and the province's beside a region's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache

from dashboard.contract.findings import Findings
from dashboard.loading.printed import Printed
from dashboard.model.problems import shortened
from dashboard.model.rows import Key, Observation
from dashboard.wording.numbers import in_words
from dashboard.wording.periods import MONTHS, read_day

_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=1024)
def normalised(text: str) -> str:
    """White space of every kind folded to one plain space, so that thin and no-break spaces compare equal."""
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=1024)
def spellings(value: float | Decimal) -> tuple[str, ...]:
    """Patterns of a figure as a French source prints it: grouped, ungrouped, with a comma, or in words."""
    exact = Decimal(str(value))
    if exact != exact.to_integral_value():
        return (re.escape(f"{exact.normalize():f}".replace(".", ",")),)
    whole = int(exact)
    words = in_words(whole) if 0 <= whole <= 100 else ()
    return tuple(map(re.escape, (f"{whole:,}".replace(",", " "), str(whole), *words)))


@lru_cache(maxsize=4096)
def after_figure(quote: str, value: float | Decimal, printed_pct: Decimal | None = None) -> str | None:
    """What follows the figure and its printed percentage in the quote; None when the quote does not hold them.

    The figure is a whole word, neither cut out of a longer number (« ,5 », « 285 » followed by « ,0 ») nor followed by
    a group of thousands.
    """
    text = normalised(quote).lower()
    if re.fullmatch(r"[\d,]+", text):
        # A quoted CSV line: the comma separates, it is no decimal comma.
        text = text.replace(",", " ; ")
    figure = rf"(?<![\w,])(?:{'|'.join(spellings(value))})(?!\w|,\d| \d\d\d(?![\d,]))"
    if printed_pct is not None:
        figure += rf".*?(?<![\d,]){re.escape(str(printed_pct).replace('.', ','))}(?![\d,])"
    found = re.search(figure, text)
    return None if found is None else text[found.end() :]


def holds(quote: str, value: float | Decimal, printed_pct: Decimal | None = None) -> bool:
    """True when the quote has the figure, followed by its printed percentage when there is one."""
    return after_figure(quote, value, printed_pct) is not None


def check_quotes(findings: Findings) -> None:
    """The figure and its percentage must stand in the quoted line; this names the exact line at fault."""
    for row in findings.every_row():
        if row.quote is None or row.value is None or row.key in findings.faulty:
            continue
        if not holds(row.quote, row.value, row.printed_pct):
            message, column = "ce nombre ne se trouve pas dans la ligne citée de la source", "value"
            if holds(row.quote, row.value):
                message, column = "ce pourcentage ne suit pas le nombre dans la ligne citée de la source", "printed_pct"
            remedy = "recopier le nombre, le pourcentage et la citation tels que la source les imprime."
            findings.row_problem(row, f"{message} : « {shortened(row.quote, 160)} ».", remedy, column)


def check_repeated_in_quotes(findings: Findings) -> None:
    """The province's column is printed again beside each region's: all the printings must agree."""
    # For each of the province's figures, the rows of regions whose quote prints it again, with what they print.
    printed: dict[Key, list[tuple[Observation, str]]] = defaultdict(list)
    for row in findings.index.values():
        region = findings.draft.territories[row.key.territory].level == "region"
        if not region or row.quote is None or row.value is None or row.key in findings.faulty:
            continue
        rest = after_figure(row.quote, row.value, row.printed_pct)
        if rest is not None and re.search(r"\d", rest):
            printed[row.key._replace(territory=findings.province or "")].append((row, rest))
    for key, printings in printed.items():
        whole = findings.index.get(key)
        if whole is None or whole.value is None or whole.key in findings.faulty:
            continue
        differing = [pair for pair in printings if not holds(pair[1], whole.value, whole.printed_pct)]
        agreeing = len(printings) - len(differing)
        if 2 * agreeing < len(printings):
            said = shortened(printings[0][1])
            message = f"les lignes citées des régions impriment un autre nombre pour le Québec (« {said} »)."
            findings.row_problem(whole, message, "vérifier le nombre et le pourcentage du Québec dans la source.")
            continue
        if agreeing > 1:
            findings.confirmed.add(key)
        for row, rest in differing:
            said = f"la ligne citée imprime « {shortened(rest)} » pour le Québec, et les autres régions {whole.value}."
            findings.row_problem(row, said, "vérifier la citation dans la source.", "quote")


# --- The period that words speak of -----------------------------------------------------------------------------------

_DATE = re.compile(
    rf"(?P<day>\d\d?(?:er)? (?:{'|'.join(MONTHS)}) \d{{4}})"
    r"|\bde (?P<first>\d{4}) à (?P<last>\d{4})\b"
    r"|\bDepuis (?P<since>\d{4})\b"
    r"|\b(?P<ahead>cinq) prochaines années\b"
    r"|(?<![\d-])(?P<alone>(?:19|20)\d{2})(?![\d-]| \d{4}\b)"
)
_LEAD = "En date du"


def _code(found: re.Match[str]) -> str:
    if found["day"]:
        return read_day(found["day"])
    if found["first"]:
        return f"{found['first']}-{found['last']}"
    if found["since"]:
        return f"{found['since']}-"
    return "5 ans" if found["ahead"] else found["alone"]


def period_at(printed: Printed, start: int, end: int, figure: int) -> str | None:
    """The period of a number at `figure`, in the words quoted from `start` to `end`; None when no date is given.

    A date within the quoted words comes first, then the last one before them in the paragraph, then the one that a
    section gives once for all (« En date du »). What lies ahead (« cinq prochaines années ») is said of its own words.
    """
    within = list(_DATE.finditer(printed.text, start, end))
    if within:
        return _code(min(within, key=lambda match: abs(match.start() - figure)))
    before = [m for m in _DATE.finditer(printed.text, printed.paragraph(start)[0], start) if not m["ahead"]]
    if before:
        return _code(before[-1])
    lead = printed.text.find(_LEAD)
    dated = _DATE.search(printed.text, lead) if 0 <= lead < start else None
    return _code(dated) if dated else None

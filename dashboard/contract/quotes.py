"""Rules on the quoted line of the source: it holds the figure, and the province's beside a region's."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache

from dashboard.contract.findings import Findings
from dashboard.model.problems import shortened
from dashboard.model.rows import Key, Observation
from dashboard.wording.numbers import in_words

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
    grouped = f"{whole:,}".replace(",", " ")
    found = (re.escape(grouped), re.escape(str(whole)))
    return found + tuple(re.escape(words) for words in in_words(whole)) if 0 <= whole <= 100 else found


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
    remedy = "recopier le nombre, le pourcentage et la citation tels que la source les imprime."
    for row in findings.every_row():
        if row.quote is None or row.value is None or row.key in findings.faulty:
            continue
        if holds(row.quote, row.value, row.printed_pct):
            continue
        quote = shortened(row.quote, 160)
        if not holds(row.quote, row.value):
            message = f"ce nombre ne se trouve pas dans la ligne citée de la source : « {quote} »."
            findings.row_problem(row, message, remedy)
        else:
            message = f"ce pourcentage ne suit pas le nombre dans la ligne citée de la source : « {quote} »."
            findings.row_problem(row, message, remedy, "printed_pct")


def _printings(findings: Findings) -> dict[Key, list[tuple[Observation, str]]]:
    """For each of the province's figures, the rows of regions whose quote prints it again, with what they print."""
    found: dict[Key, list[tuple[Observation, str]]] = defaultdict(list)
    for row in findings.index.values() if findings.province else ():
        if row.quote is None or row.value is None or row.key in findings.faulty:
            continue
        territory = findings.draft.territories[row.key.territory]
        rest = after_figure(row.quote, row.value, row.printed_pct) if territory.level == "region" else None
        if rest is not None and re.search(r"\d", rest):
            found[row.key._replace(territory=findings.province or "")].append((row, rest))
    return found


def check_repeated_in_quotes(findings: Findings) -> None:
    """The province's column is printed again beside each region's: all the printings must agree."""
    for key, printings in _printings(findings).items():
        whole = findings.index.get(key)
        if whole is None or whole.value is None or whole.key in findings.faulty:
            continue
        differing = [pair for pair in printings if not holds(pair[1], whole.value, whole.printed_pct)]
        agreeing = len(printings) - len(differing)
        if 2 * agreeing < len(printings):
            printed = shortened(printings[0][1])
            message = f"les lignes citées des régions impriment un autre nombre pour le Québec (« {printed} »)."
            findings.row_problem(whole, message, "vérifier le nombre et le pourcentage du Québec dans la source.")
            continue
        if agreeing > 1:
            findings.confirmed.add(key)
        for row, rest in differing:
            printed = shortened(rest)
            message = f"la ligne citée imprime « {printed} » pour le Québec, et les autres régions {whole.value}."
            findings.row_problem(row, message, "vérifier la citation dans la source.", "quote")

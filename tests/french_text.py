"""What is wrong with a text meant for a reader in Québec: English words, numbers in English format, bad typography."""

from __future__ import annotations

import re

# Words that no French sentence holds. « total », « source », « population », « on », « date » are French too.
_COMMON = "the and with from this that these those for not was were has have had which will would of to by into at"
_SCREEN = (
    "loading choose click select download upload search show hide close open settings print error warning filter "
    "none nan null undefined true false unknown missing available unavailable provisional definitive estimate"
)
_FIGURES = (
    "share rate year years number value values chart map hover average increase decrease students workers female male "
    "family refugee agreements economic declared region_total"
)
# What Streamlit, Plotly and a browser say by themselves.
_CHROME = (
    "your you please again about press results browse drag drop rerun running connecting connected "
    "server lost retry fullscreen sidebar collapse expand dismiss skip enter add remove delete clear copy copied next "
    "previous less help view reset selected keyboard failed uploading invalid allowed required unexpected only"
)
ENGLISH = frozenset(f"{_COMMON} {_SCREEN} {_FIGURES} {_CHROME}".split())

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ENGLISH_NUMBERS = (
    re.compile(r"(?<![\d,])[1-9]\d{0,2}(?:,\d{3})+(?![\d])"),  # 14,259, and not 0,002
    re.compile(r"\d\.\d"),  # 97.1
    re.compile(r"\d%"),  # 97,1%
    re.compile(r"\d (?=\d{3}(?!\d))"),  # 14 259 with a space that may break
    re.compile(r"(?<![\w\u2013–-])-\d"),  # -16,7 with a hyphen for a minus
)


def english_words(text: str) -> list[str]:
    """English words of a text, each with what surrounds it."""
    found = []
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        if word in ENGLISH:
            found.append(text[max(0, match.start() - 30) : match.end() + 30])
    return found


def english_numbers(text: str) -> list[str]:
    """Numbers in English format, each with what surrounds it, but for the name of a standard and HTML to copy."""
    text = re.sub(r'SGQRI\u00a0008-3\.0|(?:width|height)="[^"]*"', "", text)
    return [
        text[max(0, match.start() - 30) : match.end() + 30]
        for pattern in _ENGLISH_NUMBERS
        for match in pattern.finditer(text)
    ]


# What docs/redaction.md forbids, beside the typography.
_FORBIDDEN = {
    "date of the machine": r"(?<![\w/.-])\d{4}-\d{2}-\d{2}(?![\w/-])",
    "private word": r"\b[Uu]nivers d|\b(?:[Ff]lux|[Ss]tocks?)\b[^\n]*|tient les données",
    "status twice in a paragraph": r"\((?:données? )?provisoires?\)[^\n]*\((?:données? )?provisoires?\)",
    "two brackets in a row": r"\([^()\n]*\) \((?:données? )?provisoires?\)",
    "gap that does not agree": r"\b[Ee]ntentes\b[^.;\n]*\bnon mentionnés?\b",
    "many in the singular": r"(?<![\d\u00a0,])(?:[2-9]|\d{2,})\u00a0(?:entente|action|mandataire|personne)\b",
    "one in the plural": r"(?<![\d\u00a0,])[01]\u00a0(?:ententes|actions|mandataires|personnes)\b",
    "unit twice": r"pour\s1\s000\shabitants \(pour\s1\s000\shabitants\)",
    "rank as a title": r"\b\d+er? rang\b|Hachurés? ?\u00a0:",
    "another name of MRC": r"MRC (?:et|ou) (?:de )?territoires?\b|\b\d+\u00a0?territoires équivalents",
    "participle for a sentence": r"Connaissant le français\u00a0: \d",
}


def forbidden(text: str) -> list[str]:
    """What the house style forbids in a text of ours, each with the words."""
    return [f"{name}: {m[0]!r}" for name, pattern in _FORBIDDEN.items() for m in re.finditer(pattern, text)]


def faults(text: str) -> list[str]:
    """Everything that a careful reader of Québec would strike out of a sentence or a title."""
    rules = {
        "two spaces": r"\s\s",
        "space before a stop": r"\s[;!?.,](?!\.)",
        "no no-break space before %": r"[^\u00a0(]%",
        "no no-break space before a colon": r"[^\u00a0]:",
        "double stop": r"\.\.",
        "straight apostrophe": r"'",
        "space at an end": r"^\s|\s$",
        "empty brackets": r"\(\s*\)",
        "machine word": r"\b(?:None|nan|NaN|null|inf|True|False)\b",
    }
    found = [f"{name}: {text!r}" for name, pattern in rules.items() if re.search(pattern, text)]
    return found + forbidden(text) + english_words(text) + english_numbers(text)

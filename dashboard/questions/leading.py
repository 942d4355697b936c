"""What only leads to a question: its places and its years count, no other word of it does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dashboard.questions.mentions import Mention
from dashboard.questions.words import Token

# What changes nothing to an answer.
PLAINLY: Final = frozenset({"courtesy", "how_many", "list", "define", "speak"})
YEAR: Final = re.compile(r"(19|20)\d\d")
# Who speaks, in a clause before the question; what makes it a part of it; what asks.
SPEAKS: Final = frozenset({"je", "j", "on", "nous", "vous", "me", "m"})
_OURS: Final = frozenset({"notre", "nos", "mon", "ma", "mes", "maire", "mairesse", "prefet", "ministre"})
_BEGINS: Final = frozenset({"je", "j", "il", "on", "nous"})
_WANTS: Final = frozenset(("si", "s", "veut", "veux", "voulons", "cherche", "besoin", "juste", "seulement",
                           "uniquement", "parle", "parlons", "mettons", "admettons", "supposons", "imaginons",
                           "supposant", "imaginant", "advenant"))  # fmt: skip
_ASKED: Final = frozenset({"savoir", "demande", "demandent", "demandait", "dire", "connaitre", "preciser", "rappeler"})
# « On partait d’où, et on vise combien? »
_ENDING: Final = frozenset({"ou", "quoi", "combien"})
_FAR: Final = 15
_ASKING: Final = frozenset(("combien", "quel", "quelle", "quels", "quelles", "lequel", "laquelle", "lesquels",
                            "lesquelles", "comment", "pourquoi"))  # fmt: skip
# « Pour un reportage : … »
_PRESENTED: Final = re.compile(
    r"(?:c est )?pour (?:\w+(?:er|ir|re) )?(?:un|une|mon|ma|mes|notre|nos|la reunion|la rencontre) "
)
_CLAUSE: Final = re.compile(r"[,:;!–—]|[.](?=\s)")


def said_before(text: str, words: list[Token], mentioned: Sequence[Mention], verbs: frozenset[str]) -> set[int]:
    """The ranks of the words that only lead to the question: « On parlait de la main-d’œuvre : combien… », « Comme
    préfet… ». Their places and years count, no other word does."""
    clauses: list[list[int]] = [[]]
    whole = set[int]()  # clauses that are sentences
    for n, token in enumerate(words):
        close = n and _CLAUSE.search(text[words[n - 1].at + len(words[n - 1].typed) : token.at + 1])
        whole |= {len(clauses) - 1} if close and close[0] in ":;!." else set()
        if close or (token.word == "et" and n + 1 < len(words) and words[n + 1].word in _BEGINS):
            clauses.append([])
        clauses[-1].append(n)
    found = {n + 1 for n, token in enumerate(words[:-1]) if n < 1 and token.word == "comme"}
    for n, token in enumerate(words[1:], 1):
        if token.word in _ASKING and words[n - 1].word in _ASKED and n < _FAR:
            found |= set(range(n))  # « le maire veut savoir combien… »
    counted = set[int]()
    ours = {n for n, token in enumerate(words) if token.number and not YEAR.fullmatch(token.number)}
    for own in mentioned:
        if own.meanings[0].kind not in ("territory", "topic", "level") and own.meanings[0].code not in PLAINLY:
            ours |= set(range(own.start, own.end))
            counted |= set(range(own.start, own.end)) if own.meanings[0].kind != "operation" else set()
    said = [{words[n].word for n in clause} for clause in clauses]
    for at, clause in enumerate(clauses):
        later = [n for after in clauses[at + 1 :] for n in after]
        asked_later = any(words[n].word in _ASKING for n in later)
        bare = not ours & set(clause) and "si" not in said[at]
        sentence = at in whole and any(words[n].word in verbs for n in clause)
        presented = _PRESENTED.match(" ".join(words[n].word for n in clause))
        speaks, told = said[at] & SPEAKS, sentence or said[at] & _OURS or presented
        lead = asked_later and speaks and not said[at] & _WANTS and (counted & {*later} or not counted & {*clause})
        lead = lead and words[clause[-1]].word not in _ENDING if clause else False
        lead = lead and not any(words[n].number and not YEAR.fullmatch(words[n].number) for n in clause)
        if not said[at] & _ASKING and (lead or (bare and (speaks or told) and (asked_later or ours & set(later)))):
            found |= set(clause)
    return found

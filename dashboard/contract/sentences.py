"""Documents made of sentences: the words hold the figures said in them, and the tables confirm them where they can."""

from __future__ import annotations

import fnmatch
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import NamedTuple

from dashboard.contract.arithmetic import DETECTABLE, half_of_last_digit
from dashboard.contract.findings import Fault, Findings, Place
from dashboard.contract.quotes import holds, normalised
from dashboard.loading.draft import TEXTS, Draft, portrait_file
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import Confirmation, ProseFigure, TextBlock
from dashboard.model.problems import shortened
from dashboard.model.rows import Key, Observation
from dashboard.wording.numbers import plain

_COMPARE = "comparer le texte et les tableaux à la source."
_AS_PRINTED = "recopier la citation et le texte tels que la source les imprime."
_PUNCTUATION = ".,;:()«»"


class Block(NamedTuple):
    """Paragraphs printed under a title in a section of a document; `location` is that of their list."""

    location: Location
    title: str
    paragraphs: list[str]
    source: str


class Paragraph(NamedTuple):
    """A printed paragraph and its place in the document."""

    text: str
    location: Location

    def holds(self, quote: str) -> bool:
        return normalised(quote) in normalised(self.text)


@dataclass(frozen=True, slots=True)
class Sentences:
    """A document made of sentences. region: the only one that it is about."""

    file: str
    region: str | None
    figures: list[ProseFigure]
    blocks: list[Block]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [Paragraph(text, (*b.location, n)) for b in self.blocks for n, text in enumerate(b.paragraphs)]

    def lines_near(self, draft: Draft, paragraphs: list[Paragraph], quote: str) -> tuple[int, ...]:
        """Lines of the paragraphs that come nearest to a quotation which is not in them word for word."""
        raw = draft.texts_of_files.get(self.file, "").splitlines()
        words: list[tuple[str, int]] = []
        for paragraph in paragraphs:
            first = draft.line_of(self.file, *paragraph.location) or 1
            # A block begins with its dash and its sign (« - >- »): the words of the file may be two more.
            own = [(w.strip(_PUNCTUATION), n) for n, line in enumerate(raw[first - 1 :], first) for w in line.split()]
            words += own[: len(paragraph.text.split()) + 2]
        wanted = [word.strip(_PUNCTUATION) for word in quote.split()]
        found = SequenceMatcher(None, wanted, [word for word, _ in words], autojunk=False).find_longest_match()
        if found.size < min(2, len(wanted)):
            return ()
        start = max(0, found.b - found.a)
        return tuple(sorted({number for _, number in words[start : start + len(wanted)]}))


def of_portraits(draft: Draft) -> list[Sentences]:
    """The portrait of each region."""
    return [
        Sentences(portrait_file(code), code, held.figures, [Block(("portrait",), "", held.portrait, held.source)])
        for code, held in draft.portraits.items()
    ]


def of_texts(draft: Draft) -> list[Sentences]:
    """The texts of all the regions; none when they could not be read."""
    if draft.texts is None:
        return []
    blocks: list[tuple[Location, TextBlock]] = [(("network",), draft.texts.network)]
    blocks += [(("service_offer", n), block) for n, block in enumerate(draft.texts.service_offer)]
    blocks += [(("partnership",), draft.texts.partnership)]
    own = [Block((*place, "paragraphs"), block.title, block.paragraphs, block.source) for place, block in blocks]
    return [Sentences(TEXTS, None, draft.texts.figures, own)]


def figures(draft: Draft) -> list[ProseFigure]:
    """The figures of every sentence."""
    return [figure for document in (*of_texts(draft), *of_portraits(draft)) for figure in document.figures]


# --- The rules --------------------------------------------------------------------------------------------------------


def check_portraits(findings: Findings) -> None:
    """The figures of the portrait of each region are in its words, and agree with the tables."""
    draft = findings.draft
    for document in of_portraits(draft):
        region, portrait = document.region, draft.portraits[document.region or ""]
        at = Place(document.file, held=portrait, region=region)
        # A section of another region alone is a slip: this document must not judge that region's rows.
        quoting = {
            draft.region_of(row.key.territory) for row in findings.index.values() if row.source == portrait.source
        }
        if portrait.region_code != region:
            message = f"ce fichier est celui de la région {region}, et il porte un autre code."
            findings.say(at.fault("region_code", message, remedy="corriger le code."))
        elif quoting - {None} and region not in quoting:
            message = "cette section est celle d’une autre région."
            findings.say(at.fault("source", message, remedy="corriger la section."))
        else:
            _check_document(findings, document)


def check_texts(findings: Findings) -> None:
    """The figures of the texts of all the regions."""
    for document in of_texts(findings.draft):
        _check_document(findings, document)


def _check_document(findings: Findings, document: Sentences) -> None:
    seen: dict[tuple[str, str], int] = {}
    for rank, (at, figure) in enumerate(Place(document.file, region=document.region).each("figures", document.figures)):
        if fault := _wrong(findings, document, at, figure):
            findings.say(fault._replace(column=f"{figure.id}, {fault.location[-1]}"))
        elif figure.confirmed_by and figure.territory in findings.draft.territories:
            _confirm(findings, document, rank, at, figure, figure.confirmed_by)
        first = seen.setdefault((figure.id, figure.territory), rank)
        if first != rank:
            message = "ce chiffre figure déjà plus haut, pour le même territoire."
            earlier = findings.draft.line_of(document.file, "figures", first, "id")
            findings.say(at.fault("id", message, remedy="n’en garder qu’un.", column="id", others=(earlier,)))
    _check_quoted_rows(findings, document)


def _wrong(findings: Findings, document: Sentences, at: Place, figure: ProseFigure) -> Fault | None:
    """What is wrong with the territory, the quotation or the number of a figure."""
    draft = findings.draft
    if figure.territory not in draft.territories:
        known = figure.territory in draft.refused_territories
        return None if known else at.fault("territory", "ce territoire est inconnu.", remedy="corriger le code.")
    if not any(paragraph.holds(figure.quote) for paragraph in document.paragraphs):
        near = document.lines_near(draft, document.paragraphs, figure.quote)
        message = "la citation ne se trouve pas mot pour mot dans le texte du même fichier."
        return at.fault("quote", message, remedy=_AS_PRINTED, others=near)
    if not holds(figure.quote, figure.value):
        message = f"le nombre ne se trouve pas dans les mots cités : « {shortened(figure.quote, 160)} »."
        remedy = "recopier le nombre tel que la source l’imprime."
        return at.fault("value", message, _shown(figure.value), remedy=remedy)
    return None


# What a reference of a figure gives: None when a known fault hides it, and the observations behind it.
_Resolved = tuple[Decimal | None, list[Observation]]


def _confirm(
    findings: Findings, document: Sentences, rank: int, at: Place, figure: ProseFigure, rule: Confirmation
) -> None:
    """The calculation that a figure names gives its value; an error of 3 that it would reveal is then excluded."""
    resolved: list[_Resolved] = []
    for reference in rule.of:
        found = _resolve(findings, document, figure, reference)
        if found is None:
            message, column = "cette référence ne mène à aucun chiffre.", f"{figure.id}, confirmed_by"
            remedy = "corriger « confirmed_by »."
            findings.say(at.fault("confirmed_by", message, reference, remedy=remedy, column=column))
            return
        resolved.append(found)
    values = [value for value, _ in resolved if value is not None]
    if len(values) < len(resolved):
        return
    if not _agrees(rule, figure.value, values):
        rows = [row for _, group in resolved for row in group]
        _disagrees(findings, document, at, figure, _expected(rule, values), rows)
        return
    errors = (-DETECTABLE, DETECTABLE)
    if not any(_agrees(rule, figure.value + error, values) for error in errors):
        findings.confirmed_prose.add((document.file, rank))
    for place, (_, behind) in enumerate(resolved):
        moved = [[v + error * (n == place) for n, v in enumerate(values)] for error in errors]
        if behind and not any(_agrees(rule, figure.value, other) for other in moved):
            findings.confirmed.update(row.key for row in behind)


def _resolve(findings: Findings, document: Sentences, figure: ProseFigure, reference: str) -> _Resolved | None:
    """What a reference gives; None when it leads nowhere."""
    draft = findings.draft
    if "/" not in reference:
        siblings = [other for other in document.figures if other.id == reference]
        siblings.sort(key=lambda other: other.territory != figure.territory)
        return (Decimal(str(siblings[0].value)), []) if siblings else None
    parts = reference.split("/")
    indicator = findings.indicators.get(parts[1])
    if parts[0] in draft.refused_territories:
        return None, []
    if len(parts) != 4 or indicator is None or parts[0] not in draft.territories:
        return None
    wanted = sorted({c.id for c in indicator.categories if fnmatch.fnmatchcase(c.id, parts[2])})
    keys = [Key(parts[0], indicator.id, category, parts[3]) for category in wanted]
    if any(key in findings.absent for key in keys) or not any(key.indicator == indicator.id for key in findings.index):
        return None, []
    rows = [findings.index[key] for key in keys if key in findings.index]
    if not rows or len(rows) < len(keys):
        return None
    return Decimal(sum(row.value or 0 for row in rows)) if findings.usable(*rows) else None, rows


def _expected(rule: Confirmation, values: list[Decimal]) -> Decimal | None:
    if rule.rule in ("equals", "sum"):
        return sum(values, Decimal(0))
    if rule.rule == "product":
        return values[0] * Decimal(str(rule.factor))
    if len(values) != 2 or values[1] <= 0:
        return None
    return values[0] / values[1] * (100 if rule.rule == "percent" else 1)


def _agrees(rule: Confirmation, value: float, values: list[Decimal]) -> bool:
    expected, given = _expected(rule, values), Decimal(str(value))
    tolerance = half_of_last_digit(given.normalize()) if rule.rule in ("percent", "ratio") else 0
    return expected is not None and abs(expected - given) <= tolerance


def _disagrees(
    findings: Findings,
    document: Sentences,
    at: Place,
    figure: ProseFigure,
    expected: Decimal | None,
    rows: list[Observation],
) -> None:
    """The sentence is named, and the lines of the tables too: they may be the ones at fault."""
    found = "rien" if expected is None else _shown(round(float(expected), 2)).replace(".", ",")
    said = f"le texte dit {_shown(figure.value).replace('.', ',')}, et le calcul donne {found}"
    of = figure.confirmed_by.of if figure.confirmed_by else []
    places = "; ".join(f"{row.file}, ligne {row.line}" for row in rows) or f"« {', '.join(of)} »"
    column, value = f"{figure.id}, value", _shown(figure.value)
    fault = at.fault("value", f"{said} ({places}).", value, remedy=_COMPARE, column=column)
    findings.say(fault)
    line = findings.draft.line_of(document.file, *fault.location)
    message = f"{said} ({document.file}, ligne {line})."
    findings.say_rows(rows, "value", message, _COMPARE, document.region, shared=document.region is None)


def _check_quoted_rows(findings: Findings, document: Sentences) -> None:
    """Observations quoted from the sentences stand in them too, those of one enumeration in one paragraph.

    « quatre en Gaspésie » is printed in two enumerations: finding it anywhere would confirm the wrong one.
    """
    source = document.blocks[-1].source
    enumerations: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for row in findings.index.values():
        foreign = document.region is not None and findings.draft.region_of(row.key.territory) != document.region
        if row.source == source and row.quote and row.key not in findings.faulty and not foreign:
            enumerations[row.key[1:]].append(row)
    for rows in enumerations.values():
        held = {text: [row for row in rows if text.holds(row.quote or "")] for text in document.paragraphs}
        best = max(held, key=lambda text: len(held[text]))
        nearest = [best] if held[best] else document.paragraphs
        for row in (row for row in rows if row not in held[best]):
            lines = document.lines_near(findings.draft, nearest, row.quote or "")
            place = ", ".join([document.file, *(f"ligne {line}" for line in lines)])
            message = f"la citation ne se trouve pas mot pour mot dans le texte ({place})."
            findings.row_problem(row, message, _AS_PRINTED, "quote")


def _shown(value: float) -> str:
    return plain(value).removesuffix(".0")

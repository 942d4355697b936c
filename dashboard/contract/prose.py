"""Rules on figures printed in sentences: the words hold them, and the tables confirm them where they can."""

from __future__ import annotations

import fnmatch
from collections import defaultdict
from decimal import Decimal

from dashboard.contract.crosschecks import DETECTABLE, half_of_last_digit
from dashboard.contract.findings import Fault, Findings, Place
from dashboard.contract.quotes import holds
from dashboard.contract.sentences import Sentences, lines_near, of_portraits, of_texts
from dashboard.model.documents import Confirmation, ProseFigure
from dashboard.model.problems import shortened
from dashboard.model.rows import Key, Observation
from dashboard.wording.numbers import plain

_COMPARE = "comparer le texte et les tableaux à la source."
_AS_PRINTED = "recopier la citation et le texte tels que la source les imprime."


class DeadEndError(Exception):
    """A reference of `confirmed_by` leads nowhere."""


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
            findings.say(at.fault("region_code", message)._replace(remedy="corriger le code."))
        elif quoting - {None} and region not in quoting:
            fault = at.fault("source", "cette section est celle d’une autre région.")
            findings.say(fault._replace(remedy="corriger la section."))
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
            findings.say(fault)
        elif figure.confirmed_by and figure.territory in findings.draft.territories:
            _confirm(findings, document, rank, at, figure, figure.confirmed_by)
        first = seen.setdefault((figure.id, figure.territory), rank)
        if first != rank:
            fault = at.fault("id", "ce chiffre figure déjà plus haut, pour le même territoire.")
            earlier = findings.draft.line_of(document.file, "figures", first, "id")
            findings.say(fault._replace(remedy="n’en garder qu’un.", column="id", others=(earlier,)))
    _check_quoted_rows(findings, document)


def _wrong(findings: Findings, document: Sentences, at: Place, figure: ProseFigure) -> Fault | None:
    """What is wrong with the territory, the quotation or the number of a figure."""
    draft, fault = findings.draft, None
    if figure.territory not in draft.territories:
        if figure.territory not in draft.refused_territories:
            fault = at.fault("territory", "ce territoire est inconnu.")._replace(remedy="corriger le code.")
    elif not any(paragraph.holds(figure.quote) for paragraph in document.paragraphs):
        fault = at.fault("quote", "la citation ne se trouve pas mot pour mot dans le texte du même fichier.")
        near = lines_near(draft, document, document.paragraphs, figure.quote)
        fault = fault._replace(remedy=_AS_PRINTED, others=near)
    elif not holds(figure.quote, figure.value):
        message = f"le nombre ne se trouve pas dans les mots cités : « {shortened(figure.quote, 160)} »."
        fault = at.fault("value", message, _shown(figure.value))
        fault = fault._replace(remedy="recopier le nombre tel que la source l’imprime.")
    return fault._replace(column=f"{figure.id}, {fault.location[-1]}") if fault else None


def _confirm(
    findings: Findings, document: Sentences, rank: int, at: Place, figure: ProseFigure, rule: Confirmation
) -> None:
    """The calculation that a figure names gives its value; an error of 3 that it would reveal is then excluded."""
    try:
        resolved = [_resolve(findings, document, figure, reference) for reference in rule.of]
    except DeadEndError as error:
        fault = at.fault("confirmed_by", "cette référence ne mène à aucun chiffre.", str(error))
        findings.say(fault._replace(remedy="corriger « confirmed_by ».", column=f"{figure.id}, confirmed_by"))
        return
    values = [value for value, _ in resolved if value is not None]
    if len(values) < len(resolved):
        return
    if not _agrees(rule, figure.value, values):
        rows = [row for _, group in resolved for row in group]
        _disagrees(findings, document, at, figure, rule, _expected(rule, values), rows)
        return
    if not any(_agrees(rule, figure.value + error, values) for error in (-DETECTABLE, DETECTABLE)):
        findings.confirmed_prose.add((document.file, rank))
    for place, (_, behind) in enumerate(resolved):
        moved = [[v + error * (n == place) for n, v in enumerate(values)] for error in (-DETECTABLE, DETECTABLE)]
        if behind and not any(_agrees(rule, figure.value, other) for other in moved):
            findings.confirmed.update(row.key for row in behind)


def _resolve(
    findings: Findings, document: Sentences, figure: ProseFigure, reference: str
) -> tuple[Decimal | None, list[Observation]]:
    """Value of a reference (None when a known fault hides it) and the observations behind it."""
    draft = findings.draft
    if "/" not in reference:
        siblings = [other for other in document.figures if other.id == reference]
        siblings.sort(key=lambda other: other.territory != figure.territory)
        if not siblings:
            raise DeadEndError(reference)
        return Decimal(str(siblings[0].value)), []
    parts = reference.split("/")
    indicator = findings.indicators.get(parts[1])
    if parts[0] in draft.refused_territories:
        return None, []
    if len(parts) != 4 or indicator is None or parts[0] not in draft.territories:
        raise DeadEndError(reference)
    territory, _, pattern, period = parts
    wanted = {c.id for c in indicator.categories if fnmatch.fnmatchcase(c.id, pattern)}
    keys = [Key(territory, indicator.id, category, period) for category in sorted(wanted)]
    if any(key in findings.absent for key in keys) or not any(key.indicator == indicator.id for key in findings.index):
        return None, []
    rows = [findings.index[key] for key in keys if key in findings.index]
    if not rows or len(rows) < len(keys):
        raise DeadEndError(reference)
    if not findings.usable(*rows):
        return None, rows
    return Decimal(sum(row.value or 0 for row in rows)), rows


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
    rule: Confirmation,
    expected: Decimal | None,
    rows: list[Observation],
) -> None:
    """The sentence is named, and the lines of the tables too: they may be the ones at fault."""
    said = _shown(figure.value).replace(".", ",")
    found = "rien" if expected is None else _shown(round(float(expected), 2)).replace(".", ",")
    places = "; ".join(f"{row.file}, ligne {row.line}" for row in rows) or f"« {', '.join(rule.of)} »"
    said_by = f"le texte dit {said}, et le calcul donne {found}"
    fault = at.fault("value", f"{said_by} ({places}).", _shown(figure.value))
    findings.say(fault._replace(remedy=_COMPARE, column=f"{figure.id}, value"))
    line = findings.draft.line_of(document.file, *fault.location)
    said_by = f"{said_by} ({document.file}, ligne {line})."
    findings.say_rows(rows, "value", said_by, _COMPARE, document.region, shared=document.region is None)


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
            lines = lines_near(findings.draft, document, nearest, row.quote or "")
            place = ", ".join([document.file, *(f"ligne {line}" for line in lines)])
            message = f"la citation ne se trouve pas mot pour mot dans le texte ({place})."
            findings.row_problem(row, message, _AS_PRINTED, "quote")


def _shown(value: float) -> str:
    return plain(value).removesuffix(".0")

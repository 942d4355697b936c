"""Rules on figures printed in sentences: the words hold them, and the tables confirm them where they can."""

from __future__ import annotations

import fnmatch
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from dashboard.contract.crosschecks import DETECTABLE
from dashboard.contract.findings import Fault, Findings
from dashboard.contract.passages import Paragraph, lines_near, spelled
from dashboard.contract.quotes import holds
from dashboard.loading.draft import TEXTS, portrait_file
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import Confirmation, ProseFigure, TextBlock
from dashboard.model.problems import Problem, shortened
from dashboard.model.rows import Key, Observation
from dashboard.wording.numbers import plain

_COMPARE = "comparer le texte et les tableaux à la source."
_AS_PRINTED = "recopier la citation et le texte tels que la source les imprime."


class DeadEndError(Exception):
    """A reference of `confirmed_by` leads nowhere."""


@dataclass(frozen=True, slots=True)
class _Document:
    """A document with sentences: whose figures it holds, and the paragraphs that must hold them."""

    file: str
    region: str | None
    figures: list[ProseFigure]
    paragraphs: list[Paragraph]

    def fault(self, location: Location, value: str, message: str, remedy: str, column: str | None = None) -> Fault:
        return Fault(self.file, location, value, message, self.region, remedy, column=column)


def check_portraits(findings: Findings) -> None:
    """The figures of the portrait of each region are in its words, and agree with the tables."""
    draft = findings.draft
    for region, portrait in draft.portraits.items():
        paragraphs = [Paragraph(text, ("portrait", n)) for n, text in enumerate(portrait.portrait)]
        document = _Document(portrait_file(region), region, portrait.figures, paragraphs)
        # A section of another region alone is a slip: this document must not judge that region's rows.
        quoting = {
            draft.region_of(row.key.territory) for row in findings.index.values() if row.source == portrait.source
        }
        if portrait.region_code != region:
            message = f"ce fichier est celui de la région {region}, et il porte un autre code."
            findings.say(document.fault(("region_code",), portrait.region_code, message, "corriger le code."))
        elif quoting - {None} and region not in quoting:
            message = "cette section est celle d’une autre région."
            findings.say(document.fault(("source",), portrait.source, message, "corriger la section."))
        else:
            _check_figures(findings, document)
            _check_quoted_rows(findings, document, portrait.source)


def check_texts(findings: Findings) -> None:
    texts = findings.draft.texts
    assert texts is not None
    blocks: list[tuple[Location, TextBlock]] = [(("network",), texts.network), (("partnership",), texts.partnership)]
    blocks += [(("service_offer", n), block) for n, block in enumerate(texts.service_offer)]
    paragraphs = [
        Paragraph(text, (*place, "paragraphs", n)) for place, block in blocks for n, text in enumerate(block.paragraphs)
    ]
    document = _Document(TEXTS, None, texts.figures, paragraphs)
    _check_figures(findings, document)
    _check_quoted_rows(findings, document, texts.partnership.source)


def _check_quoted_rows(findings: Findings, document: _Document, source: str) -> None:
    """Observations quoted from the sentences stand in them too, those of one enumeration in one paragraph.

    « quatre en Gaspésie » is printed in two enumerations: finding it anywhere would confirm the wrong one.
    """
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
            place = spelled(document.file, lines_near(findings.draft, document.file, nearest, row.quote or ""))
            findings.row_problem(
                row,
                f"la citation ne se trouve pas mot pour mot dans le texte ({place}).",
                _AS_PRINTED,
                column="quote",
                value=row.quote,
            )


def _check_figures(findings: Findings, document: _Document) -> None:
    seen: dict[tuple[str, str], int] = {}
    for rank, figure in enumerate(document.figures):
        _check_figure(findings, document, rank, figure)
        first = seen.setdefault((figure.id, figure.territory), rank)
        if first != rank:
            message = "ce chiffre figure déjà plus haut, pour le même territoire."
            fault = document.fault(("figures", rank, "id"), figure.id, message, "n’en garder qu’un.", "id")
            earlier = findings.draft.line_of(document.file, "figures", first, "id")
            findings.say(fault._replace(others=(earlier,)))


def _check_figure(findings: Findings, document: _Document, rank: int, figure: ProseFigure) -> None:
    draft = findings.draft

    def fault(message: str, remedy: str, column: str, value: str) -> Fault:
        return document.fault(("figures", rank, column), value, message, remedy, f"{figure.id}, {column}")

    if figure.territory not in draft.territories:
        if figure.territory not in draft.refused_territories:
            findings.say(fault("ce territoire est inconnu.", "corriger le code.", "territory", figure.territory))
    elif not any(paragraph.holds(figure.quote) for paragraph in document.paragraphs):
        message = "la citation ne se trouve pas mot pour mot dans le texte du même fichier."
        near = lines_near(draft, document.file, document.paragraphs, figure.quote)
        findings.say(fault(message, _AS_PRINTED, "quote", figure.quote)._replace(others=near))
    elif not holds(figure.quote, figure.value):
        message = f"le nombre ne se trouve pas dans les mots cités : « {shortened(figure.quote, 160)} »."
        findings.say(fault(message, "recopier le nombre tel que la source l’imprime.", "value", _shown(figure.value)))
    elif figure.confirmed_by is not None:
        try:
            resolved = [_resolve(findings, document, figure, reference) for reference in figure.confirmed_by.of]
        except DeadEndError as error:
            message = "cette référence ne mène à aucun chiffre."
            findings.say(fault(message, "corriger « confirmed_by ».", "confirmed_by", str(error)))
            return
        if all(value is not None for value, _ in resolved):
            values = [value for value, _ in resolved if value is not None]
            _compare(findings, document, rank, figure, figure.confirmed_by, values, [rows for _, rows in resolved])


def _resolve(
    findings: Findings, document: _Document, figure: ProseFigure, reference: str
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
    indicator = next((i for i in draft.dictionary.indicators if i.id == parts[1]), None) if draft.dictionary else None
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
    expected = _expected(rule, values)
    tolerance = Decimal(0)
    if rule.rule in ("percent", "ratio"):
        # Half of the last printed digit.
        places = max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))
        tolerance = Decimal(5).scaleb(-places - 1) + Decimal("1e-9")
    return expected is not None and abs(expected - Decimal(str(value))) <= tolerance


def _compare(
    findings: Findings,
    document: _Document,
    rank: int,
    figure: ProseFigure,
    rule: Confirmation,
    values: list[Decimal],
    rows: list[list[Observation]],
) -> None:
    if _agrees(rule, figure.value, values):
        if not any(_agrees(rule, figure.value + error, values) for error in (-DETECTABLE, DETECTABLE)):
            findings.confirmed_prose.add((document.file, rank))
        for place, behind in enumerate(rows):
            moved = [[v + error * (n == place) for n, v in enumerate(values)] for error in (-DETECTABLE, DETECTABLE)]
            if behind and not any(_agrees(rule, figure.value, other) for other in moved):
                findings.confirmed.update(row.key for row in behind)
        return
    line = findings.draft.line_of(document.file, "figures", rank, "value")
    expected = _expected(rule, values)
    said = _shown(figure.value).replace(".", ",")
    found = "rien" if expected is None else _shown(round(float(expected), 2)).replace(".", ",")
    behind = [row for group in rows for row in group]
    places = "; ".join(f"{row.file}, ligne {row.line}" for row in behind) or f"« {', '.join(rule.of)} »"
    said_by = f"le texte dit {said}, et le calcul donne {found}"
    location, shown = ("figures", rank, "value"), _shown(figure.value)
    findings.say(document.fault(location, shown, f"{said_by} ({places}).", _COMPARE, f"{figure.id}, value"))
    for file in dict.fromkeys(row.file for row in behind):
        # The table may be the one at fault: its lines are named too.
        first, *others = [row for row in behind if row.file == file]
        message, lines = f"{said_by} ({document.file}, ligne {line}).", tuple(row.line for row in others)
        region, shared = document.region, document.region is None
        findings.problems.append(
            Problem(file, message, _COMPARE, first.line, "value", first.cell("value"), region, shared, lines)
        )


def _shown(value: float) -> str:
    return plain(value).removesuffix(".0")

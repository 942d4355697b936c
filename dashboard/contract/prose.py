"""Rules on figures printed in sentences: the words hold them, and the tables confirm them where they can."""

from __future__ import annotations

import fnmatch
from decimal import Decimal

from dashboard.contract.findings import Findings
from dashboard.contract.rows import holds, normalised
from dashboard.loading.draft import TARGETS, TEXTS, portrait_file
from dashboard.model.documents import Portrait, ProseFigure, TargetValue
from dashboard.model.problems import Problem
from dashboard.model.rows import Key, Observation


class ReferenceError_(Exception):
    """A reference of `confirmed_by` leads nowhere."""


def _resolve(findings: Findings, reference: str, siblings: dict[str, ProseFigure]) -> tuple[Decimal | None, list[Observation]]:
    """Value of a reference (None when a region that failed hides it) and the observations behind it."""
    if "/" not in reference:
        if reference not in siblings:
            raise ReferenceError_(reference)
        return Decimal(str(siblings[reference].value)), []
    parts = reference.split("/")
    if len(parts) != 4 or parts[0] not in findings.draft.territories:
        raise ReferenceError_(reference)
    rows = [
        row for key, row in findings.index.items()
        if key.territory == parts[0] and key.indicator == parts[1] and key.period == parts[3]
        and fnmatch.fnmatchcase(key.category, parts[2])
    ]
    if not rows:
        if any(p.region == findings.draft.region_of(parts[0]) or p.shared for p in findings.draft.problems):
            return None, []
        raise ReferenceError_(reference)
    if not findings.usable(*rows):
        return None, rows
    return Decimal(sum(row.value or 0 for row in rows)), rows


def _expected(rule: str, values: list[Decimal], factor: float) -> Decimal | None:
    if rule in ("equals", "sum"):
        return sum(values, Decimal(0))
    if rule == "product":
        return values[0] * Decimal(str(factor))
    if len(values) != 2 or values[1] == 0:
        return None
    return values[0] / values[1] * (100 if rule == "percent" else 1)


def _half_last_digit(value: float) -> Decimal:
    places = max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))
    return Decimal(5).scaleb(-places - 1)


def _check_figures(
    findings: Findings, file: str, figures: list[ProseFigure], text: str, region: str | None
) -> None:
    siblings = {figure.id: figure for figure in figures}
    for rank, figure in enumerate(figures):
        line = findings.draft.line_of(file, "figures", rank, "value")

        def problem(message: str, remedy: str, column: str = "value", at: int | None = line,
                    figure: ProseFigure = figure) -> None:
            findings.problems.append(Problem(
                file, message, remedy, at, f"{figure.id}.{column}", f"{figure.value:g}", region, region is None,
            ))

        if figure.territory not in findings.draft.territories:
            problem("ce territoire est inconnu.", "corriger le code.", "territory")
            continue
        if normalised(figure.quote) not in text:
            problem(
                f"la citation « {figure.quote} » ne se trouve pas dans le texte du même fichier.",
                "recopier la citation et le texte tels que la source les imprime.", "quote",
                findings.draft.line_of(file, "figures", rank, "quote"),
            )
            continue
        if not holds(figure.quote, figure.value):
            problem(
                f"le nombre ne se trouve pas dans les mots cités : « {figure.quote} ».",
                "recopier le nombre tel que la source l’imprime.",
            )
            continue
        if figure.confirmed_by is None:
            continue
        try:
            resolved = [_resolve(findings, ref, siblings) for ref in figure.confirmed_by.of]
        except ReferenceError_ as error:
            problem(f"« {error} » ne mène à aucun chiffre.", "corriger la référence de « confirmed_by ».", "confirmed_by")
            continue
        values = [value for value, _ in resolved if value is not None]
        if len(values) != len(resolved):
            continue
        rule = figure.confirmed_by.rule
        expected = _expected(rule, values, figure.confirmed_by.factor)
        tolerance = Decimal(0) if rule in ("equals", "sum", "product") else _half_last_digit(figure.value)
        if expected is None or abs(expected - Decimal(str(figure.value))) > tolerance:
            places = "; ".join(
                f"{row.file}, ligne {row.line}" for _, rows in resolved for row in rows
            ) or ", ".join(figure.confirmed_by.of)
            shown = "rien" if expected is None else f"{expected.normalize():f}"[:12]
            problem(
                f"le texte dit {figure.value:g} et les tableaux donnent {shown} ({places}).",
                "comparer le texte et les tableaux à la source.",
            )
            for _, rows in resolved:
                # The table may be the one at fault: its line is named too.
                findings.problems.extend(
                    Problem(row.file, f"le portrait dit {figure.value:g} ({figure.id}), les tableaux donnent {shown}.",
                            "comparer le texte et les tableaux à la source.", row.line, "value", str(row.value), region,
                            region is None)
                    for row in rows
                )
            continue
        findings.confirmed_prose.add((file, figure.id + figure.territory))
        if rule in ("equals", "sum"):
            findings.confirmed.update(row.key for _, rows in resolved for row in rows)


def check_portraits(findings: Findings) -> None:
    for region, portrait in findings.draft.portraits.items():
        _check_portrait(findings, region, portrait)


def _check_portrait(findings: Findings, region: str, portrait: Portrait) -> None:
    file = portrait_file(region)
    if portrait.region_code != region:
        findings.problems.append(Problem(
            file, f"ce fichier est celui de la région {region}, et il porte un autre code.", "corriger le code.",
            findings.draft.line_of(file, "region_code"), "region_code", portrait.region_code, region,
        ))
        return
    text = normalised(" ".join(portrait.portrait))
    _check_figures(findings, file, portrait.figures, text, region)
    # Observations quoted from the prose must stand in it too.
    for row in findings.index.values():
        if row.source == portrait.source and row.quote and normalised(row.quote) not in text:
            findings.row_problem(
                row, f"la citation ne se trouve pas dans le portrait ({file}).",
                "recopier la citation et le portrait tels que la source les imprime.", column="quote", value=row.quote,
            )


def check_texts(findings: Findings) -> None:
    texts = findings.draft.texts
    assert texts is not None
    blocks = [texts.network, texts.partnership, *texts.service_offer]
    whole = normalised(" ".join(" ".join(block.paragraphs) for block in blocks))
    _check_figures(findings, TEXTS, texts.figures, whole, None)
    partnership = normalised(" ".join(texts.partnership.paragraphs))
    for row in findings.index.values():
        if row.source == texts.partnership.source and row.quote and normalised(row.quote) not in partnership:
            findings.row_problem(
                row, f"la citation ne se trouve pas dans le texte sur le partenariat ({TEXTS}).",
                "recopier la citation et le texte tels que la source les imprime.", column="quote", value=row.quote,
            )


def check_targets(findings: Findings) -> None:
    """A target's number, its printed wording and the quoted line agree."""
    targets = findings.draft.targets
    assert targets is not None
    for rank, target in enumerate(targets.targets):
        places: list[tuple[tuple[str | int, ...], TargetValue]] = [(("reference",), target.reference)]
        places += [(("targets", n), value) for n, value in enumerate(target.targets)]
        for location, value in places:
            line = findings.draft.line_of(TARGETS, "targets", rank, *location)
            column = f"{target.id} {value.period or 'référence'}"

            def problem(message: str, value: TargetValue = value, line: int | None = line, column: str = column) -> None:
                findings.problems.append(Problem(
                    TARGETS, message, "recopier la cible telle que la source l’imprime.", line, column, value.printed,
                    shared=True,
                ))

            if normalised(value.printed) not in normalised(target.quote):
                problem(f"la ligne citée ne porte pas cette cible : « {target.quote} ».")
            elif value.value is not None and not holds(value.printed, value.value):
                problem(f"le nombre {value.value:g} n’est pas celui qui est imprimé.")
            elif value.value is None and any(character.isdigit() for character in value.printed):
                problem("un nombre est imprimé, et « value » manque.")
        periods = [value.period for value in target.targets]
        if None in periods or len(set(periods)) != len(periods):
            findings.problems.append(Problem(
                TARGETS, "chaque cible doit avoir sa période, une seule fois.", "compléter « period ».",
                findings.draft.line_of(TARGETS, "targets", rank), target.id, shared=True,
            ))

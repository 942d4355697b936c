"""Rules on one row: known codes, no duplicate, rounding, never more than the province."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from dashboard.contract.findings import Findings
from dashboard.contract.quotes import normalised as normalised  # exports/ reads it here
from dashboard.loading.draft import DICTIONARY, SOURCES, TERRITORIES
from dashboard.model.documents import Indicator
from dashboard.model.problems import shortened
from dashboard.model.rows import SUPERSEDED, Key, Observation, TerritoryRow

# File, column, value, message and region of a code that nothing declares.
_Unknown = tuple[str, str, str, str, str | None]


def check_known_codes(findings: Findings) -> None:
    """Each code of a row is declared somewhere. Fills the index with the rows of known territories."""
    draft = findings.draft
    assert draft.dictionary is not None
    # An identifier given twice is a problem of the dictionary: the first one is meant.
    indicators = {indicator.id: indicator for indicator in reversed(draft.dictionary.indicators)}
    unknown: dict[_Unknown, list[Observation]] = defaultdict(list)
    nowhere: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    former: dict[Key, list[Observation]] = defaultdict(list)
    for row in draft.observations:
        territory = draft.territories.get(row.key.territory)
        if territory is None:
            nowhere[row.file, row.key.territory].append(row)
            continue
        if row.status == SUPERSEDED:
            former[row.key].append(row)
            first = row
        else:
            first = findings.index.setdefault(row.key, row)
        if first is not row:
            findings.row_problem(
                row,
                "cette ligne est en double : même territoire, indicateur, catégorie et période.",
                "n’en garder qu’une.",
                others=(first,),
                column="period",
            )
        for column, value, message in _unknown_codes(findings, row, territory, indicators.get(row.key.indicator)):
            unknown[row.file, column, value, message, draft.region_of(row.key.territory)].append(row)
            if column in ("indicator", "category"):
                findings.refused.append(row.key)
    _check_revisions(findings, former)
    for (_, code), rows in nowhere.items():
        _name_unknown_territory(findings, code, rows)
    for (_, column, value, message, _), rows in unknown.items():
        # The same word on many lines is one slip, in the file or in the dictionary: it is said once for each region.
        place = SOURCES if column == "source" else DICTIONARY
        remedy = f"corriger, ou déclarer « {shortened(value)} » dans {place}."
        if column == "territory_code":
            remedy = f"corriger le code du territoire, ou le niveau dans {DICTIONARY}."
        findings.row_problem(rows[0], message, remedy, column=column, others=rows[1:])
        findings.faulty.update(row.key for row in rows)


def _check_revisions(findings: Findings, former: dict[Key, list[Observation]]) -> None:
    """A former value has a newest one, and comes from another place of the sources than the others of its figure."""
    draft = findings.draft
    years = {d.id: d.year for d in draft.sources.documents} if draft.sources else {}
    published = {s.id: years.get(s.document, "") for s in draft.sources.sections} if draft.sources else {}
    for key, rows in former.items():
        newest = findings.index.get(key)
        if newest is None:
            findings.row_problem(
                rows[0],
                "cette valeur est dite remplacée, et aucune ligne ne la remplace.",
                "ajouter la ligne révisée, ou remettre le statut d’origine.",
                column="status",
                others=rows[1:],
            )
            continue
        seen: dict[str, Observation] = {newest.source: newest}
        for row in rows:
            other = seen.setdefault(row.source, row)
            if other is not row:
                findings.row_problem(
                    row,
                    "une valeur remplacée vient de la même section de source qu’une autre du même chiffre.",
                    "déclarer la section de chaque parution, ou n’en garder qu’une.",
                    others=(other,),
                    column="source",
                )
        # In the order of their publication; rows of one year stay in the order of the file.
        findings.revisions[key] = tuple(sorted(rows, key=lambda row: published.get(row.source, "")))


def _name_unknown_territory(findings: Findings, code: str, rows: list[Observation]) -> None:
    """The gap that these rows leave elsewhere is what takes a region off the screen."""
    draft = findings.draft
    # A territory whose own row was refused has been named, even when its code is what is mistyped there.
    if any(code == other or SequenceMatcher(None, code, other).ratio() >= 0.75 for other in draft.refused_territories):
        return
    message = "ce code de territoire est inconnu; la ligne n’est pas utilisée."
    remedy = f"corriger le code, ou ajouter le territoire dans {TERRITORIES}."
    if f"0{code}" in draft.territories:
        remedy = f"écrire « 0{code} » : un tableur a retiré le zéro (mettre la colonne au format Texte)."
    findings.row_problem(rows[0], message, remedy, column="territory_code", others=rows[1:], harmless=True)


def _unknown_codes(
    findings: Findings, row: Observation, territory: TerritoryRow, indicator: Indicator | None
) -> Iterator[tuple[str, str, str]]:
    """Column, value and message of each code of the row that nothing declares."""
    draft = findings.draft
    assert draft.dictionary is not None
    if indicator is None or f"data/{indicator.file}" != row.file:
        yield "indicator", row.key.indicator, "cet indicateur n’est pas attendu dans ce fichier."
        return
    if territory.level not in indicator.levels:
        message = f"cet indicateur n’existe pas pour ce niveau de territoire ({territory.kind})."
        yield "territory_code", row.key.territory, message
        return
    if row.key.category not in {category.id for category in indicator.categories}:
        yield "category", row.key.category, "cette catégorie est inconnue."
    if row.base not in {base.id for base in draft.dictionary.bases}:
        yield "base", row.base, "cette base est inconnue."
    if draft.sources is not None and row.source not in {section.id for section in draft.sources.sections}:
        yield "source", row.source, "cette section de source est inconnue."


def check_rounding(findings: Findings) -> None:
    """Counts that their source rounds are multiples of its rounding."""
    draft = findings.draft
    assert draft.dictionary is not None
    of_indicators = {i.id: i.rounded_to for i in draft.dictionary.indicators}
    of_sections = {s.id: s.rounded_to for s in draft.sources.sections} if draft.sources else {}
    for row in findings.every_row():
        step = of_indicators.get(row.key.indicator) or of_sections.get(row.source)
        if step and row.value is not None and row.value % step and row.key not in findings.faulty:
            findings.row_problem(
                row,
                f"la source arrondit ces nombres à {step} près, et celui-ci n’est pas un multiple de {step}.",
                "vérifier le nombre dans la source.",
            )


def check_province_bounds(findings: Findings) -> None:
    """A region never exceeds the province, nor do the regions together."""
    draft = findings.draft
    if findings.province is None:
        return
    together: dict[Key, list[Observation]] = defaultdict(list)
    for row in findings.index.values():
        if draft.territories[row.key.territory].level != "region" or not findings.usable(row):
            continue
        whole = findings.index.get(row.key._replace(territory=findings.province))
        if whole is None or whole.value is None or row.value is None or not findings.usable(whole):
            continue
        together[whole.key].append(row)
        if row.value > whole.value:
            findings.row_problem(
                row,
                f"ce nombre dépasse celui du Québec ({whole.value}, {whole.file}, ligne {whole.line}).",
                "vérifier les deux nombres dans la source.",
            )
    for key, rows in together.items():
        whole = findings.index[key]
        total = sum(row.value or 0 for row in rows)
        if findings.usable(whole, *rows) and total > (whole.value or 0):
            findings.joint_problem(
                [whole, *rows],
                "value",
                f"les régions totalisent {total}, plus que le Québec ({whole.value}).",
                "vérifier ces nombres dans la source.",
                None,
            )

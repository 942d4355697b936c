"""Rules on the rows of figures: known codes, no duplicate, rounding, never more than the province, no gap unsaid."""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher

from dashboard.contract.findings import Findings
from dashboard.loading.draft import DICTIONARY, SOURCES, TERRITORIES
from dashboard.model.documents import Indicator
from dashboard.model.periods import Period
from dashboard.model.problems import Problem, shortened
from dashboard.model.rows import SUPERSEDED, Key, Observation, TerritoryRow

# --- Codes ------------------------------------------------------------------------------------------------------------


def check_known_codes(findings: Findings) -> None:
    """Each code of a row is declared somewhere. Fills the index with the rows of known territories."""
    draft = findings.draft
    # By file, column, value, message and region of a code that nothing declares.
    unknown: dict[tuple[str, str, str, str, str | None], list[Observation]] = defaultdict(list)
    nowhere: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    former: dict[Key, list[Observation]] = defaultdict(list)
    for row in draft.observations:
        territory = draft.territories.get(row.key.territory)
        if territory is None:
            nowhere[row.file, row.key.territory].append(row)
            continue
        if row.status == SUPERSEDED:
            former[row.key].append(row)
        elif (first := findings.index.setdefault(row.key, row)) is not row:
            message = "cette ligne est en double : même territoire, indicateur, catégorie et période."
            findings.row_problem(row, message, "n’en garder qu’une.", "period", others=(first,))
        for column, value, message in _unknown_codes(findings, row, territory):
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
        findings.row_problem(rows[0], message, remedy, column, others=rows[1:])
        findings.faulty.update(row.key for row in rows)


def _check_revisions(findings: Findings, former: dict[Key, list[Observation]]) -> None:
    """A former value has a newest one, and comes from another place of the sources than the others of its figure."""
    sources = findings.draft.sources
    years = {document.id: document.year for document in sources.documents} if sources else {}
    published = {section.id: years.get(section.document, "") for section in findings.sections.values()}
    for key, rows in former.items():
        newest = findings.index.get(key)
        if newest is None:
            message = "cette valeur est dite remplacée, et aucune ligne ne la remplace."
            remedy = "ajouter la ligne révisée, ou remettre le statut d’origine."
            findings.row_problem(rows[0], message, remedy, "status", others=rows[1:])
            continue
        seen = {newest.source: newest}
        for row in rows:
            other = seen.setdefault(row.source, row)
            if other is not row:
                message = "une valeur remplacée vient de la même section de source qu’une autre du même chiffre."
                remedy = "déclarer la section de chaque parution, ou n’en garder qu’une."
                findings.row_problem(row, message, remedy, "source", others=(other,))
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
    findings.row_problem(rows[0], message, remedy, "territory_code", others=rows[1:], harmless=True)


def _unknown_codes(findings: Findings, row: Observation, territory: TerritoryRow) -> list[tuple[str, str, str]]:
    """Column, value and message of each code of the row that nothing declares."""
    indicator = findings.indicators.get(row.key.indicator)
    if indicator is None or f"data/{indicator.file}" != row.file:
        return [("indicator", row.key.indicator, "cet indicateur n’est pas attendu dans ce fichier.")]
    if territory.level not in indicator.levels:
        message = f"cet indicateur n’existe pas pour ce niveau de territoire ({territory.kind})."
        return [("territory_code", row.key.territory, message)]
    known = (
        ("category", row.key.category, row.key[1:3] in findings.categories, "cette catégorie est inconnue."),
        ("base", row.base, row.base in findings.bases, "cette base est inconnue."),
        ("source", row.source, row.source in findings.sections, "cette section de source est inconnue."),
    )
    read = findings.draft.sources is not None
    return [(name, value, said) for name, value, held, said in known if not held and (read or name != "source")]


# --- Numbers ----------------------------------------------------------------------------------------------------------


def check_rounding(findings: Findings) -> None:
    """Counts that their source rounds are multiples of its rounding."""
    for row in findings.every_row():
        indicator, section = findings.indicators.get(row.key.indicator), findings.sections.get(row.source)
        step = (indicator and indicator.rounded_to) or (section and section.rounded_to)
        if step and row.value is not None and row.value % step and row.key not in findings.faulty:
            message = f"la source arrondit ces nombres à {step} près, et celui-ci n’est pas un multiple de {step}."
            findings.row_problem(row, message, "vérifier le nombre dans la source.")


def check_province_bounds(findings: Findings) -> None:
    """A region never exceeds the province, nor do the regions together."""
    together: dict[Key, list[Observation]] = defaultdict(list)
    for row in findings.index.values():
        if findings.draft.territories[row.key.territory].level != "region" or not findings.usable(row):
            continue
        whole = findings.index.get(row.key._replace(territory=findings.province or ""))
        if whole is None or whole.value is None or row.value is None or not findings.usable(whole):
            continue
        together[whole.key].append(row)
        if row.value > whole.value:
            message = f"ce nombre dépasse celui du Québec ({whole.value}, {whole.file}, ligne {whole.line})."
            findings.row_problem(row, message, "vérifier les deux nombres dans la source.")
    for key, rows in together.items():
        whole = findings.index[key]
        total = sum(row.value or 0 for row in rows)
        if findings.usable(whole, *rows) and total > (whole.value or 0):
            message = f"les régions totalisent {total}, plus que le Québec ({whole.value})."
            findings.joint_problem([whole, *rows], "value", message, "vérifier ces nombres dans la source.", None)


# --- Gaps -------------------------------------------------------------------------------------------------------------

_REMEDY = (
    "ajouter ce qui manque; si la source ne donne pas un nombre, laisser sa valeur vide avec le statut "
    "« not_available »."
)
# A slip of the pen makes a period of thousands of years.
_MOST_YEARS = 61


def check_complete(findings: Findings) -> None:
    """Each indicator has rows, for each of its territories, categories and periods."""
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for row in findings.index.values():
        by_indicator[row.key.indicator].append(row)
    for indicator in findings.indicators.values():
        file, rows = f"data/{indicator.file}", by_indicator[indicator.id]
        if file in findings.draft.unreadable:
            continue
        if rows:
            _name_gaps(findings, indicator, rows)
        elif not any(key.indicator == indicator.id for key in findings.refused):
            message = f"il n’y a aucune ligne pour l’indicateur « {indicator.id} »."
            remedy = f"ajouter ses lignes, ou le retirer de {DICTIONARY}."
            findings.problems.append(Problem(file, message, remedy, column="indicator", shared=True))


def _expected_periods(findings: Findings, rows: list[Observation]) -> list[str]:
    """Periods that every territory must have: those of half of them at least, and the years of a total of years.

    A period that fewer have is a slip of the pen or an update half done: it is named on its own rows, and the other
    territories are left in peace.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        holders[row.key.period].add(row.key.territory)
    territories = len(set().union(*holders.values()))
    expected = {period for period, codes in holders.items() if 2 * len(codes) >= territories}
    for row in rows:
        if row.key.period not in expected and row.key not in findings.faulty:
            few = len(holders[row.key.period])
            message = f"cette période n’a de lignes que pour {few} territoire{'s' * (few > 1)} sur {territories}."
            remedy = "corriger la période, ou ajouter les lignes des autres territoires."
            findings.row_problem(row, message, remedy, "period")
            findings.refused.append(row.key)
    for span in [period for code in expected if (period := Period.of(code)).is_span]:
        # A printed total vouches for its years: one that its source does not give has rows without a value.
        years = set(span.years[:_MOST_YEARS])
        if years & expected:
            expected |= years
    return sorted(expected)


def _name_gaps(findings: Findings, indicator: Indicator, rows: list[Observation]) -> None:
    """One problem for a region or a territory without any row, one for each row missing otherwise."""
    draft, periods = findings.draft, _expected_periods(findings, rows)
    # For each territory, the rows that nothing explains the lack of; the territories that have some of theirs.
    gaps, present = dict[str, list[Key]](), set[str]()
    family: dict[str, list[str]] = defaultdict(list)
    for code, territory in draft.territories.items():
        if territory.level not in indicator.levels:
            continue
        only_total = territory.level in indicator.only_total_for
        categories = ["total"] if only_total else [category.id for category in indicator.categories]
        keys = [Key(code, indicator.id, category, period) for category in categories for period in periods]
        missing = [key for key in keys if key not in findings.index]
        findings.absent.update(missing)
        gaps[code] = [key for key in missing if not _explained(findings.refused, key)]
        present |= {code} if len(gaps[code]) < len(keys) else set()
        family[draft.region_of(code) or code].append(code)
    # The last row of a territory, of its region, or of the file: where the missing ones would stand.
    last = {code: row for row in rows for t in (row.key.territory,) for code in (draft.region_of(t) or t, t)}
    for head, codes in family.items():
        alone = head in draft.territories and present.isdisjoint(codes)
        for code in [head] if alone else codes:
            name, (region, shared) = draft.territories[code].name, draft.scope(code)
            near = last.get(code) or last.get(region or code) or rows[-1]
            said = [("territory_code", code, f"il manque toutes les lignes de {name} (indicateur « {indicator.id} »).")]
            if code in present:
                start = f"il manque une ligne pour {name}"
                said = [
                    ("period", key.period, f"{start}, catégorie « {key.category} », période {key.period}.")
                    for key in gaps[code]
                ]
            for column, value, message in said:
                findings.problems.append(Problem(near.file, message, _REMEDY, near.line, column, value, region, shared))


def _explained(refused: list[Key], key: Key) -> bool:
    """True when a refused row of that territory is the missing one, but for one column. It explains one gap only."""
    for candidate in refused:
        if candidate.territory == key.territory and sum(a == b for a, b in zip(candidate, key, strict=True)) >= 3:
            refused.remove(candidate)
            return True
    return False

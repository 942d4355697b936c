"""Rules on one row: known codes, no duplicate, the quoted line holds the figure, rounding, complete sets."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal

from dashboard.contract.findings import Findings
from dashboard.model.documents import Indicator
from dashboard.model.rows import Key, Observation
from dashboard.wording.numbers import in_words

_SPACES = re.compile(r"\s+")


def normalised(text: str) -> str:
    """White space of every kind folded to one plain space, so that thin and no-break spaces compare equal."""
    return _SPACES.sub(" ", text).strip()


def spellings(value: float | Decimal) -> list[str]:
    """Patterns of a figure as a French source prints it: grouped, ungrouped, with a comma, or in words."""
    exact = Decimal(str(value))
    if exact != exact.to_integral_value():
        return [re.escape(f"{exact.normalize():f}".replace(".", ","))]
    whole = int(exact)
    grouped = f"{whole:,}".replace(",", " ")
    found = [re.escape(grouped), re.escape(str(whole))]
    return found + [re.escape(words) for words in in_words(whole)] if whole <= 100 else found


def holds(quote: str, value: float | Decimal, printed_pct: Decimal | None = None) -> bool:
    """True when the quote has the figure as a whole word, followed by the printed percentage when there is one."""
    text = normalised(quote).lower()
    if re.fullmatch(r"[\d,]+", text):
        # A quoted CSV line: the comma separates, it is no decimal comma.
        text = text.replace(",", " ; ")
    after = ""
    if printed_pct is not None:
        pct = str(printed_pct).replace(".", ",")
        after = rf"(?=.*?(?<![\d,]){re.escape(pct)}(?![\d,]))"
    # Neither cut out of a longer number (« ,5 », « 285 » followed by « ,0 ») nor followed by a group of thousands.
    return any(
        re.search(rf"(?<![\w,]){pattern}(?!\w|,\d| \d\d\d(?![\d,])){after}", text) for pattern in spellings(value)
    )


def check_known_codes(findings: Findings) -> None:
    draft = findings.draft
    assert draft.dictionary is not None and draft.sources is not None
    indicators = {indicator.id: indicator for indicator in draft.dictionary.indicators}
    bases = {base.id for base in draft.dictionary.bases}
    sections = {section.id for section in draft.sources.sections}
    for row in draft.observations:
        indicator = indicators.get(row.key.indicator)
        territory = draft.territories.get(row.key.territory)
        if territory is None:
            findings.row_problem(
                row, "ce code de territoire est inconnu ; la ligne n’est pas utilisée.",
                "corriger le code, ou ajouter le territoire dans data/territories.csv.",
                column="territory_code", value=row.key.territory, harmless=True,
            )
            continue
        if indicator is None or f"data/{indicator.file}" != row.file:
            findings.row_problem(
                row, "cet indicateur n’est pas attendu dans ce fichier.",
                "corriger le nom, ou le déclarer dans data/indicators.yaml.", column="indicator", value=row.key.indicator,
            )
            continue
        if territory.level not in indicator.levels:
            findings.row_problem(
                row, f"cet indicateur n’existe pas pour ce niveau de territoire ({territory.kind}).",
                "corriger le code du territoire, ou le niveau dans data/indicators.yaml.",
                column="territory_code", value=row.key.territory,
            )
            continue
        known = {
            "category": (row.key.category, {c.id for c in indicator.categories}, "cette catégorie est inconnue."),
            "base": (row.base, bases, "cette base est inconnue."),
            "source": (row.source, sections, "cette section de source est inconnue."),
        }
        for column, (value, allowed, message) in known.items():
            if value not in allowed:
                findings.row_problem(
                    row, message, f"corriger, ou déclarer « {value} » dans data/"
                    + ("sources.yaml." if column == "source" else "indicators.yaml."), column=column, value=value,
                )


def check_duplicates(findings: Findings) -> None:
    for row in findings.draft.observations:
        if row.key.territory not in findings.draft.territories:
            continue
        first = findings.index.get(row.key)
        if first is None:
            findings.index[row.key] = row
        else:
            findings.row_problem(
                row, "cette ligne est en double : même territoire, indicateur, catégorie et période.",
                "n’en garder qu’une.", others=(first,), column="period", value=row.key.period,
            )


def check_quotes(findings: Findings) -> None:
    """The figure and its percentage must stand in the quoted line; this names the exact line at fault."""
    for row in findings.index.values():
        if row.quote is None or row.value is None:
            continue
        if not holds(row.quote, row.value, row.printed_pct):
            shown = f"{row.value}" + (f" et {row.printed_pct} %" if row.printed_pct is not None else "")
            findings.row_problem(
                row, f"le nombre ({shown}) ne se trouve pas dans la ligne citée de la source : « {row.quote} ».",
                "recopier le nombre, le pourcentage et la citation tels que la source les imprime.",
            )


def check_rounding(findings: Findings) -> None:
    assert findings.draft.dictionary is not None
    rounding = {i.id: i.rounded_to for i in findings.draft.dictionary.indicators if i.rounded_to}
    for row in findings.index.values():
        step = rounding.get(row.key.indicator)
        if step and row.value is not None and row.value % step:
            findings.row_problem(
                row, f"la source arrondit ces nombres à {step} près, et celui-ci n’est pas un multiple de {step}.",
                "vérifier le nombre dans la source.",
            )


def _expected_categories(indicator: Indicator, level: str) -> list[str]:
    if level in indicator.only_total_for:
        return ["total"]
    return [category.id for category in indicator.categories]


def check_complete(findings: Findings) -> None:
    """Each territory of the right level has a row for every category and period; a gap is said, never skipped."""
    draft = findings.draft
    assert draft.dictionary is not None
    for indicator in draft.dictionary.indicators:
        own = [row for row in findings.index.values() if row.key.indicator == indicator.id]
        periods = sorted({row.key.period for row in own})
        if not own:
            continue
        last_line: dict[str, Observation] = {}
        for row in own:
            last_line[row.key.territory] = row
        broken = _rows_already_refused(findings, own[0].file)
        for territory in draft.territories.values():
            if territory.level not in indicator.levels:
                continue
            for category in _expected_categories(indicator, territory.level):
                for period in periods:
                    key = Key(territory.code, indicator.id, category, period)
                    region = draft.region_of(territory.code)
                    if key in findings.index or (region or territory.code) in broken:
                        continue
                    near = last_line.get(territory.code, own[-1])
                    findings.row_problem(
                        Observation(key, None, None, "", "", "", None, near.file, near.line),
                        f"il manque une ligne pour {territory.name}, catégorie « {category} », période {period}.",
                        "l’ajouter ; si la source ne donne pas le nombre, laisser la valeur vide avec le statut « not_available ».",
                        column="period", value=period,
                    )


def _rows_already_refused(findings: Findings, file: str) -> set[str]:
    """Regions (and the province, as \"QC\") whose rows of this file were refused: their gaps are already explained."""
    found: set[str] = set()
    for problem in findings.draft.problems:
        if problem.file == file:
            found.add(problem.region or "QC")
    return found


def check_province_bounds(findings: Findings) -> None:
    """A region never exceeds the province, nor do the regions together."""
    draft = findings.draft
    assert draft.config is not None
    together: dict[Key, list[Observation]] = defaultdict(list)
    for row in findings.index.values():
        territory = draft.territories[row.key.territory]
        if territory.level != "region" or not findings.usable(row):
            continue
        whole = findings.index.get(row.key._replace(territory=draft.config.province))
        if whole is None or not findings.usable(whole):
            continue
        together[whole.key].append(row)
        assert row.value is not None and whole.value is not None
        if row.value > whole.value:
            findings.row_problem(
                row, f"ce nombre dépasse celui du Québec ({whole.value}, {whole.file}, ligne {whole.line}).",
                "vérifier les deux nombres dans la source.",
            )
    for key, rows in together.items():
        whole = findings.index[key]
        total = sum(row.value or 0 for row in rows)
        if whole.value is not None and total > whole.value and all(findings.usable(r) for r in rows):
            findings.sum_problem(
                [whole, *rows], f"les régions totalisent {total}, plus que le Québec ({whole.value}).",
                "vérifier ces nombres dans la source.", None,
            )

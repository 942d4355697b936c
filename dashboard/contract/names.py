"""Rules between documents: each name that one gives to another is declared, and declared once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dashboard.contract.findings import Findings
from dashboard.loading.draft import ANOMALIES, DICTIONARY, SOURCES, TARGETS, TEXTS, Draft, portrait_file
from dashboard.loading.yaml_files import Location, field_name
from dashboard.model.documents import ProseFigure, Scope
from dashboard.model.problems import Problem

# A name as it is used: its file, its place there and what it should be among. None: those names cannot be known.
Use = tuple[str, Location, str, str, set[str] | None]
# A dead name here takes nothing off the screen.
_HARMLESS = "ce chiffre ou cette cible est inconnu."
UNKNOWN_ANOMALY = "cette anomalie est inconnue, ou n’est qu’une remarque."


def readings(draft: Draft) -> set[str] | None:
    """The anomalies that may stand beside a figure; None when they could not be read."""
    return None if draft.anomalies is None else {a.id for a in draft.anomalies.anomalies if a.kind == "reading"}


def check_names(findings: Findings) -> None:
    """Applies whatever documents could be read: the names of an unreadable one are not called unknown."""
    draft = findings.draft
    for file, location, name, message, known in _uses(draft):
        if known is not None and name not in known:
            region = _region(draft, file)
            findings.problems.append(
                Problem(
                    file,
                    message,
                    "corriger le nom, ou l’ajouter là où il doit être déclaré.",
                    draft.line_of(file, *location),
                    field_name(location),
                    name,
                    region,
                    region is None and message != _HARMLESS,
                )
            )
    for file, location, names in _declarations(draft):
        seen: dict[str, int] = {}
        for rank, name in enumerate(names):
            if name in seen:
                here, there = (draft.line_of(file, *location, n, "id") for n in (rank, seen[name]))
                findings.problems.append(
                    Problem(
                        file,
                        "cet identifiant figure déjà plus haut.",
                        "n’en garder qu’un.",
                        here,
                        field_name((*location, rank, "id")),
                        name,
                        shared=True,
                        other_lines=(there,) if there else (),
                    )
                )
            seen.setdefault(name, rank)


def _region(draft: Draft, file: str) -> str | None:
    return next((code for code in draft.portraits if portrait_file(code) == file), None)


def _declarations(draft: Draft) -> Iterator[tuple[str, Location, list[str]]]:
    if draft.dictionary:
        yield DICTIONARY, ("indicators",), [i.id for i in draft.dictionary.indicators]
        yield DICTIONARY, ("derived",), [i.id for i in draft.dictionary.derived]
        yield DICTIONARY, ("bases",), [base.id for base in draft.dictionary.bases]
        for n, indicator in enumerate(draft.dictionary.indicators):
            yield DICTIONARY, ("indicators", n, "categories"), [c.id for c in indicator.categories]
    if draft.sources:
        yield SOURCES, ("documents",), [document.id for document in draft.sources.documents]
        yield SOURCES, ("sections",), [section.id for section in draft.sources.sections]
    if draft.anomalies:
        yield ANOMALIES, ("anomalies",), [anomaly.id for anomaly in draft.anomalies.anomalies]
    if draft.targets:
        yield TARGETS, ("targets",), [target.id for target in draft.targets.targets]
    if draft.texts:
        yield TEXTS, ("definitions",), [definition.id for definition in draft.texts.definitions]
        yield TEXTS, ("notes",), [note.id for note in draft.texts.notes]


def _documents_with_figures(draft: Draft) -> Iterator[tuple[str, list[ProseFigure]]]:
    if draft.texts:
        yield TEXTS, draft.texts.figures
    for code, portrait in draft.portraits.items():
        yield portrait_file(code), portrait.figures


def _territories(draft: Draft) -> set[str] | None:
    return None if not draft.territories else {*draft.territories, *draft.refused_territories}


def _uses(draft: Draft) -> Iterator[Use]:
    sections = {section.id for section in draft.sources.sections} if draft.sources else None
    yield from _uses_of_dictionary(draft)
    if draft.sources:
        documents = {document.id for document in draft.sources.documents}
        for n, section in enumerate(draft.sources.sections):
            yield SOURCES, ("sections", n, "document"), section.document, "ce document est inconnu.", documents
    for file, location, source in _sources(draft):
        yield file, location, source, "cette section de source est inconnue.", sections
    for n, note in enumerate(draft.texts.notes if draft.texts else []):
        yield from _uses_of_scopes(draft, TEXTS, ("notes", n, "touches"), note.touches)
    yield from _uses_of_anomalies(draft)


def _each(file: str, location: Location, names: Iterable[str], message: str, known: set[str] | None) -> Iterator[Use]:
    for n, name in enumerate(names):
        yield file, (*location, n), name, message, known


def _sources(draft: Draft) -> Iterator[tuple[str, Location, str]]:
    if draft.texts:
        yield TEXTS, ("network", "source"), draft.texts.network.source
        yield TEXTS, ("partnership", "source"), draft.texts.partnership.source
        for n, block in enumerate(draft.texts.service_offer):
            yield TEXTS, ("service_offer", n, "source"), block.source
        for n, definition in enumerate(draft.texts.definitions):
            yield TEXTS, ("definitions", n, "source"), definition.source
    if draft.targets:
        yield TARGETS, ("source",), draft.targets.source
    for code, portrait in draft.portraits.items():
        yield portrait_file(code), ("source",), portrait.source


def _uses_of_dictionary(draft: Draft) -> Iterator[Use]:
    if draft.dictionary is None:
        return
    indicators = {i.id for i in draft.dictionary.indicators}
    notes = {note.id for note in draft.texts.notes} if draft.texts else None
    for n, indicator in enumerate(draft.dictionary.indicators):
        here: Location = ("indicators", n)
        categories = {category.id for category in indicator.categories}
        if indicator.equals:
            yield DICTIONARY, (*here, "equals"), indicator.equals, "cet indicateur est inconnu.", indicators
        if indicator.only_total_for:
            yield DICTIONARY, (*here, "only_total_for"), "total", "la catégorie « total » manque.", categories
        yield from _each(DICTIONARY, (*here, "notes"), indicator.notes, "cette note est inconnue.", notes)
        for m, category in enumerate(indicator.categories):
            place = (*here, "categories", m, "parts")
            yield from _each(DICTIONARY, place, category.parts, "cette catégorie est inconnue.", categories)
    for n, base in enumerate(draft.dictionary.bases):
        rule = base.denominator
        if rule is None:
            continue
        here = ("bases", n, "denominator")
        if rule.indicator:
            yield DICTIONARY, (*here, "indicator"), rule.indicator, "cet indicateur est inconnu.", indicators
        if rule.territory and rule.territory != "parent":
            yield DICTIONARY, (*here, "territory"), rule.territory, "ce territoire est inconnu.", _territories(draft)
        if rule.category:
            known = {category.id for indicator in draft.dictionary.indicators for category in indicator.categories}
            yield DICTIONARY, (*here, "category"), rule.category, "cette catégorie est inconnue.", known
        if rule.period:
            yield DICTIONARY, (*here, "period"), rule.period, "seul « span » est possible ici.", {"span"}


def _uses_of_scopes(draft: Draft, file: str, location: Location, scopes: Iterable[Scope]) -> Iterator[Use]:
    """Each category is one of the indicators beside it: a scope that holds no figure would never be seen."""
    known = {i.id: {c.id for c in i.categories} for i in draft.dictionary.indicators} if draft.dictionary else None
    for n, scope in enumerate(scopes):
        own = None if known is None else {c for i in scope.indicators for c in known.get(i, ())}
        used: tuple[tuple[str, list[str] | None, str, set[str] | None], ...] = (
            ("indicators", scope.indicators, "cet indicateur est inconnu.", None if known is None else set(known)),
            ("categories", scope.categories, "cette catégorie n’est pas de ces indicateurs.", own),
            ("territories", scope.territories, "ce territoire est inconnu.", _territories(draft)),
        )
        for column, names, message, among in used:
            yield from _each(file, (*location, n, column), names or [], message, among)


def _uses_of_anomalies(draft: Draft) -> Iterator[Use]:
    bases = {base.id for base in draft.dictionary.bases} if draft.dictionary else None
    anomalies = readings(draft)
    figures: set[str] | None = None
    # A region that config.yaml does not show has its document unread: the figures in it cannot be known.
    whole = all(
        code in draft.portraits and draft.portraits[code].region_code == code
        for code, territory in draft.territories.items()
        if territory.level == "region"
    )
    if draft.targets and draft.texts and whole:
        figures = {target.id for target in draft.targets.targets}
        figures |= {figure.id for _, own in _documents_with_figures(draft) for figure in own}
    for n, anomaly in enumerate(draft.anomalies.anomalies if draft.anomalies else []):
        yield from _uses_of_scopes(draft, ANOMALIES, ("anomalies", n, "touches"), anomaly.touches)
        yield from _each(ANOMALIES, ("anomalies", n, "figures"), anomaly.figures, _HARMLESS, figures)
    for n, target in enumerate(draft.targets.targets if draft.targets else []):
        yield from _each(TARGETS, ("targets", n, "anomalies"), target.anomalies, UNKNOWN_ANOMALY, anomalies)
    for file, own in _documents_with_figures(draft):
        for n, figure in enumerate(own):
            yield file, ("figures", n, "base"), figure.base, "cette base est inconnue.", bases
            yield from _each(file, ("figures", n, "anomalies"), figure.anomalies, UNKNOWN_ANOMALY, anomalies)

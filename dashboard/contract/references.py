"""Names and codes that one document gives to another: each is declared somewhere, and declared once.

The rules are two tables, read by one function each: a new reference is one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from dashboard.contract.findings import Fault, Findings
from dashboard.loading.draft import (
    ACTION_PLAN,
    ANOMALIES,
    CONFIG,
    DICTIONARY,
    PORTRAITS,
    SOURCES,
    TARGETS,
    TERRITORIES,
    TEXTS,
    Draft,
)
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import MEASURES

Known = set[str] | None
"""Names that may be given; None when they cannot be known, since their own file could not be read."""


def fields(held: Any, path: str, location: Location = ()) -> Iterator[tuple[Location, str]]:
    """Place and text of each field of a document that a path names; « * » is every item, « @ » every key."""
    name, _, rest = path.partition(".")
    if held is None:
        return
    if not path:
        yield location, str(held)
    elif name == "@":
        yield from (((*location, key), key) for key in held)
    elif name == "*":
        for n, item in held.items() if isinstance(held, dict) else enumerate(held):
            yield from fields(item, rest, (*location, n))
    else:
        yield from fields(getattr(held, name), rest, (*location, name))


def _documents(draft: Draft, file: str) -> Iterator[tuple[str, BaseModel]]:
    """The document of a file, or those of every region."""
    for name, document in draft.documents.items():
        if name == file or (file == PORTRAITS and document in draft.portraits.values()):
            yield name, document


# --- What is among what -----------------------------------------------------------------------------------------------


def _ids(file: str, path: str) -> Callable[[Draft, Location], Known]:
    """The names that a document declares in a field."""

    def known(draft: Draft, location: Location) -> Known:
        return {name for _, name in fields(draft.documents[file], path)} if file in draft.documents else None

    return known


def _territories(*levels: str) -> Callable[[Draft, Location], Known]:
    """Codes of the territories of some levels, or of all."""

    def known(draft: Draft, location: Location) -> Known:
        own = {t.code for t in draft.territories.values() if not levels or t.level in levels}
        return own | draft.refused_territories if draft.territories else None

    return known


def _readings(draft: Draft, location: Location) -> Known:
    """The anomalies that may stand beside a figure."""
    return None if draft.anomalies is None else {a.id for a in draft.anomalies.anomalies if a.kind == "reading"}


def _categories_beside(draft: Draft, location: Location) -> Known:
    """The categories of the indicators that are named beside: a scope that holds no figure would never be seen."""
    if draft.dictionary is None:
        return None
    known = {i.id: {c.id for c in i.categories} for i in draft.dictionary.indicators}
    held: Any = draft.documents[TEXTS if location[0] == "notes" else ANOMALIES]
    for part in location[:4]:
        held = held[part] if isinstance(part, int) else getattr(held, part)
    return {category for name in held.indicators for category in known.get(name, ())}


def _categories_of_statistic(draft: Draft, location: Location) -> Known:
    assert draft.action_plan is not None
    named = draft.action_plan.statistics[int(location[1])].indicator
    found = [i for i in draft.dictionary.indicators if i.id == named] if draft.dictionary else []
    return {category.id for category in found[0].categories} if found else None


def _own_categories(draft: Draft, location: Location) -> Known:
    assert draft.dictionary is not None
    return {category.id for category in draft.dictionary.indicators[int(location[1])].categories}


def _figures(draft: Draft, location: Location) -> Known:
    """The figures of the sentences and the targets; unknown while a region has its document unread."""
    regions = [t.code for t in draft.territories.values() if t.level == "region"]
    whole = all(code in draft.portraits and draft.portraits[code].region_code == code for code in regions)
    if draft.targets is None or draft.texts is None or not whole:
        return None
    figures = [*draft.texts.figures, *(f for held in draft.portraits.values() for f in held.figures)]
    return {target.id for target in draft.targets.targets} | {figure.id for figure in figures}


# --- The references ---------------------------------------------------------------------------------------------------

_DECLARE = "corriger le nom, ou l’ajouter là où il doit être déclaré."
_SAME_FILE = "corriger le nom, ou le déclarer dans le même fichier."
_IN_DICTIONARY = "corriger le nom, ou le déclarer dans data/indicators.yaml."
_IN_TERRITORIES = f"corriger le code, ou l’ajouter dans {TERRITORIES}."


@dataclass(frozen=True, slots=True)
class _Reference:
    """The field of a document whose names are `among` others. harmless: a dead one takes nothing off the screen."""

    file: str
    path: str
    among: Callable[[Draft, Location], Known]
    message: str
    remedy: str = _DECLARE
    harmless: bool = False


_INDICATOR, _CATEGORY = "cet indicateur est inconnu.", "cette catégorie est inconnue."
_TERRITORY, _SECTION = "ce territoire est inconnu.", "cette section de source est inconnue."
_GROUP, _ANOMALY = "ce groupe est inconnu.", "cette anomalie est inconnue, ou n’est qu’une remarque."
_OTHERS = "cette catégorie n’est pas de ces indicateurs."
_HERE = "ce code est inconnu à ce niveau."
_LISTED = "cette région n’est pas dans la liste des territoires"
_UNUSED, _USE = "aucune action ne porte cette clé.", "retirer le groupe, ou corriger la clé d’une action."

_indicators = _ids(DICTIONARY, "indicators.*.id")
_sections = _ids(SOURCES, "sections.*.id")
_documents_known = _ids(SOURCES, "documents.*.id")
_groups = _ids(ACTION_PLAN, "groups.*.key")

_REFERENCES = (
    _Reference(CONFIG, "direction", _territories("direction"), _HERE, _IN_TERRITORIES),
    _Reference(CONFIG, "province", _territories("province"), _HERE, _IN_TERRITORIES),
    # Everybody's: no page could even name this region.
    _Reference(CONFIG, "regions.*.code", _territories("region"), f"{_LISTED}.", _IN_TERRITORIES),
    _Reference(CONFIG, "display_names.@", _territories(), _TERRITORY, _IN_TERRITORIES),
    _Reference(DICTIONARY, "indicators.*.equals", _indicators, _INDICATOR),
    _Reference(DICTIONARY, "indicators.*.notes.*", _ids(TEXTS, "notes.*.id"), "cette note est inconnue."),
    _Reference(DICTIONARY, "indicators.*.categories.*.parts.*", _own_categories, _CATEGORY),
    _Reference(DICTIONARY, "bases.*.denominator.indicator", _indicators, _INDICATOR),
    _Reference(
        DICTIONARY,
        "bases.*.denominator.territory",
        lambda draft, at: (_territories()(draft, at) or set()) | {"parent"} if draft.territories else None,
        _TERRITORY,
    ),
    _Reference(DICTIONARY, "bases.*.denominator.category", _ids(DICTIONARY, "indicators.*.categories.*.id"), _CATEGORY),
    _Reference(DICTIONARY, "bases.*.denominator.period", lambda draft, at: {"span"}, "seul « span » est possible ici."),
    _Reference(SOURCES, "sections.*.document", _documents_known, "ce document est inconnu."),
    _Reference(TEXTS, "network.source", _sections, _SECTION),
    _Reference(TEXTS, "partnership.source", _sections, _SECTION),
    _Reference(TEXTS, "service_offer.*.source", _sections, _SECTION),
    _Reference(TEXTS, "definitions.*.source", _sections, _SECTION),
    _Reference(TARGETS, "source", _sections, _SECTION),
    _Reference(PORTRAITS, "source", _sections, _SECTION),
    *(
        _Reference(file, f"{name}.*.touches.*.{field}.*", among, message)
        for file, name in ((TEXTS, "notes"), (ANOMALIES, "anomalies"))
        for field, among, message in (
            ("indicators", _indicators, _INDICATOR),
            ("categories", _categories_beside, _OTHERS),
            ("territories", _territories(), _TERRITORY),
        )
    ),
    _Reference(ANOMALIES, "anomalies.*.figures.*", _figures, "ce chiffre ou cette cible est inconnu.", harmless=True),
    _Reference(TARGETS, "targets.*.anomalies.*", _readings, _ANOMALY),
    *(_Reference(file, "figures.*.anomalies.*", _readings, _ANOMALY) for file in (TEXTS, PORTRAITS)),
    *(
        _Reference(file, "figures.*.base", _ids(DICTIONARY, "bases.*.id"), "cette base est inconnue.")
        for file in (TEXTS, PORTRAITS)
    ),
    _Reference(
        ACTION_PLAN,
        "source",
        _documents_known,
        "ce document est inconnu.",
        "corriger le nom, ou le déclarer dans data/sources.yaml.",
    ),
    _Reference(
        ACTION_PLAN,
        "anomalies.*",
        _readings,
        _ANOMALY,
        "corriger le nom, ou l’ajouter dans data/anomalies.yaml.",
    ),
    _Reference(
        ACTION_PLAN,
        "actions.*.region_code",
        _territories("region"),
        f"{_LISTED}; l’action n’est pas montrée.",
        "corriger le code, ou ajouter la région dans data/territories.csv.",
        harmless=True,
    ),
    _Reference(
        ACTION_PLAN,
        "actions.*.objective",
        _ids(ACTION_PLAN, "orientations.*.objectives.*.id"),
        "cet objectif est inconnu.",
        _SAME_FILE,
    ),
    _Reference(ACTION_PLAN, "actions.*.group_key", _groups, _GROUP, _SAME_FILE),
    _Reference(
        ACTION_PLAN,
        "actions.*.programmes.*",
        _ids(ACTION_PLAN, "programmes.*.id"),
        "ce programme est inconnu.",
        _SAME_FILE,
    ),
    _Reference(
        ACTION_PLAN,
        "actions.*.clienteles.*",
        _ids(ACTION_PLAN, "clienteles.*.id"),
        "cette clientèle est inconnue.",
        _SAME_FILE,
    ),
    _Reference(ACTION_PLAN, "statistics.*.groups.*", _groups, _GROUP, _SAME_FILE),
    _Reference(ACTION_PLAN, "statistics.*.indicator", _indicators, _INDICATOR, _IN_DICTIONARY),
    _Reference(ACTION_PLAN, "statistics.*.categories.*", _categories_of_statistic, _CATEGORY, _IN_DICTIONARY),
    _Reference(ACTION_PLAN, "statistics.*.base", _categories_of_statistic, _CATEGORY, _IN_DICTIONARY),
    _Reference(ACTION_PLAN, "groups.*.key", _ids(ACTION_PLAN, "actions.*.group_key"), _UNUSED, _USE, harmless=True),
)

# Fields whose identifiers make one space of names, and how much of their place makes a space of its own.
_UNIQUE: tuple[tuple[str, tuple[str, ...], int], ...] = (
    *(
        (file, (f"{path}.id",), 0)
        for file, path in (
            *((DICTIONARY, path) for path in ("indicators.*", "derived.*", "bases.*")),
            *((SOURCES, path) for path in ("documents.*", "sections.*")),
            *((TEXTS, path) for path in ("definitions.*", "notes.*")),
            (ANOMALIES, "anomalies.*"),
            (TARGETS, "targets.*"),
            *((ACTION_PLAN, path) for path in ("orientations.*", "orientations.*.objectives.*", "programmes.*")),
            *((ACTION_PLAN, path) for path in ("clienteles.*", "statistics.*")),
        )
    ),
    (DICTIONARY, ("indicators.*.categories.*.id",), 2),
    (ACTION_PLAN, ("groups.*.key",), 0),
    # The follow-up cites all of them.
    (
        ACTION_PLAN,
        tuple(f"actions.*.{name}id" for name in ("", "results.*.", "indicators.*.", "displaced_actions.*.")),
        0,
    ),
)


def check_references(findings: Findings) -> None:
    """Applies whatever documents could be read: the names of an unreadable one are not called unknown."""
    draft = findings.draft
    for rule in _REFERENCES:
        for file, document in _documents(draft, rule.file):
            for location, name in fields(document, rule.path):
                known = rule.among(draft, location)
                if known is not None and name not in known:
                    region = draft.region_at(file, location)
                    findings.say(Fault(file, location, name, rule.message, region, rule.remedy, rule.harmless))
    for file, paths, apart in _UNIQUE:
        seen: dict[tuple[Location, str], Location] = {}
        found = [place for path in paths for place in fields(draft.documents.get(file), path)]
        for location, name in sorted(found, key=lambda place: place[0][1]) if len(paths) > 1 else found:
            first = seen.setdefault((location[:apart], name), location)
            if first != location:
                findings.say(
                    Fault(
                        file,
                        location,
                        name,
                        "cet identifiant figure déjà plus haut.",
                        draft.region_at(file, location),
                        "n’en garder qu’un.",
                        others=(draft.line_of(file, *first),),
                    )
                )
    _check_totals(findings)
    _check_groups(findings)
    _check_config(findings)


def _check_totals(findings: Findings) -> None:
    for n, indicator in enumerate(findings.draft.dictionary.indicators if findings.draft.dictionary else ()):
        if indicator.only_total_for and "total" not in {category.id for category in indicator.categories}:
            location = ("indicators", n, "only_total_for")
            findings.say(Fault(DICTIONARY, location, "total", "la catégorie « total » manque.", remedy=_DECLARE))


def _check_groups(findings: Findings) -> None:
    """A group has one action of a region at most."""
    seen: dict[tuple[str, str], int] = {}
    for n, action in enumerate(findings.draft.action_plan.actions if findings.draft.action_plan else ()):
        earlier = seen.setdefault((action.group_key, action.region_code), n)
        if earlier != n:
            findings.say(
                Fault(
                    ACTION_PLAN,
                    ("actions", n, "group_key"),
                    action.group_key,
                    "deux actions d’une même région portent cette clé de groupe.",
                    action.region_code,
                    "leur donner deux clés.",
                    others=(findings.draft.line_of(ACTION_PLAN, "actions", earlier, "group_key"),),
                )
            )


def _check_config(findings: Findings) -> None:
    draft, config = findings.draft, findings.draft.config
    if config is None:
        return

    def say(message: str, remedy: str, value: str, *location: str | int) -> None:
        findings.say(Fault(CONFIG, location, value, message, remedy=remedy))

    for measure in MEASURES:
        if measure not in config.map_classes:
            say("les seuils de cette mesure manquent.", "les ajouter.", measure, "map_classes")
    for measure, breaks in config.map_classes.items():
        shown = ", ".join(f"{limit:g}" for limit in breaks)
        if sorted(set(breaks)) != list(breaks):
            say("les seuils doivent croître.", "les mettre en ordre.", shown, "map_classes", measure)
        if len(config.map_colors) <= len(breaks):
            say("il faut une couleur de plus que de seuils.", "ajouter une couleur.", shown, "map_classes", measure)
    for name in ("code", "slug"):
        seen: dict[str, Location] = {}
        for location, value in fields(config, f"regions.*.{name}"):
            first = seen.setdefault(value, location)
            if first != location:
                other = draft.line_of(CONFIG, *first)
                say(f"deux régions ont cette valeur (l’autre, ligne {other}).", "n’en garder qu’une.", value, *location)


def check_territories(findings: Findings) -> None:
    """Each territory is in one of the level above."""
    draft = findings.draft
    parents = {"mrc": "region", "region": "direction", "direction": "province"}
    for territory in draft.territories.values():
        expected = parents.get(territory.level)
        parent = draft.territories.get(territory.parent_code or "")
        if territory.parent_code in draft.refused_territories:
            continue
        if expected and (parent is None or parent.level != expected):
            findings.sound_hierarchy = False
            findings.line_problem(
                TERRITORIES,
                draft.territory_lines[territory.code],
                "parent_code",
                territory.parent_code or "",
                "le territoire qui le contient est inconnu.",
                "corriger « parent_code ».",
            )

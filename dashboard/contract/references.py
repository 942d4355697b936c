"""Names and codes that one document gives to another: each is declared somewhere, and declared once.

The rules are two tables, read by one function each: a new reference is one line. Then what the names bind together: the
anomalies and what they touch, the thresholds of the maps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from dashboard.contract import sentences
from dashboard.contract.findings import Fault, Findings, Place
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
    VOCABULARY,
    Draft,
    portrait_file,
)
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import MEASURES, Config, ProseFigure, Target

# Names that may be given; None when they cannot be known, since their own file could not be read.
Known = set[str] | None


def fields(held: Any, paths: str) -> Iterator[tuple[Location, str]]:
    """Place and text of each field of a document that some paths name; « * » is every item, « @ » every key."""
    for path in paths.split(" "):
        found: list[tuple[Location, Any]] = [((), held)]
        for name in path.split("."):
            found = [((*at, n), one) for at, own in found if own is not None for n, one in _below(own, name)]
        yield from ((at, str(one)) for at, one in found if one is not None)


def _below(held: Any, name: str) -> Iterable[tuple[str | int, Any]]:
    if name == "@":
        return [(key, key) for key in held]
    if name == "*":
        return held.items() if isinstance(held, dict) else enumerate(held)
    return [(name, getattr(held, name))]


# --- What a name may be -----------------------------------------------------------------------------------------------


class _Names(NamedTuple):
    """Names that may be given at a place of a document, and what is said of one that is not among them."""

    known: Callable[[Draft, Location], Known]
    unknown: str
    # The same at every place.
    everywhere: bool = False


def _ids(file: str, path: str, unknown: str) -> _Names:
    """The names that a document declares in a field."""

    def known(draft: Draft, location: Location) -> Known:
        return {name for _, name in fields(draft.documents[file], path)} if file in draft.documents else None

    return _Names(known, unknown, everywhere=True)


def _territories(*levels: str, also: tuple[str, ...] = (), unknown: str = "ce territoire est inconnu.") -> _Names:
    """Codes of the territories of some levels, or of all, and the words that may stand for one."""

    def known(draft: Draft, location: Location) -> Known:
        own = {t.code for t in draft.territories.values() if not levels or t.level in levels}
        return own | draft.refused_territories | {*also} if draft.territories else None

    return _Names(known, unknown, everywhere=True)


def _asked_territories(draft: Draft, location: Location) -> Known:
    """« 2425 », and « 2416+2415 » of several that one name means together."""
    own = {t.code for t in draft.territories.values()} | draft.refused_territories
    words = draft.vocabulary.territories if draft.vocabulary else ()
    return own | {code for code in words if {*code.split("+")} <= own} if draft.territories else None


def _readings(draft: Draft, location: Location) -> Known:
    """The anomalies that may stand beside a figure."""
    return None if draft.anomalies is None else {a.id for a in draft.anomalies.anomalies if a.kind == "reading"}


def _categories_beside(draft: Draft, location: Location) -> Known:
    """The categories of the indicators that are named beside: a scope that holds no figure would never be seen."""
    if draft.dictionary is None:
        return None
    held: Any = draft.documents[TEXTS if location[0] == "notes" else ANOMALIES]
    for part in location[:4]:
        held = held[part] if isinstance(part, int) else getattr(held, part)
    return {category.id for i in draft.dictionary.indicators if i.id in held.indicators for category in i.categories}


def _categories_of_statistic(draft: Draft, location: Location) -> Known:
    assert draft.action_plan is not None
    named = draft.action_plan.statistics[int(location[1])].indicator
    found = [i for i in draft.dictionary.indicators if i.id == named] if draft.dictionary else []
    return {category.id for category in found[0].categories} if found else None


def _own_categories(draft: Draft, location: Location) -> Known:
    assert draft.dictionary is not None
    return {category.id for category in draft.dictionary.indicators[int(location[1])].categories}


def _counted_categories(draft: Draft, location: Location) -> Known:
    """« indicator/category », and « indicator/one+other » of several that are added up."""
    if draft.dictionary is None or draft.vocabulary is None:
        return None
    each = {i.id: {category.id for category in i.categories} for i in draft.dictionary.indicators}
    parted = {code: code.partition("/") for code in draft.vocabulary.categories}
    return {code for code, (indicator, _, ids) in parted.items() if {*ids.split("+")} <= each.get(indicator, set())}


def _sentence_figures(draft: Draft, location: Location) -> Known:
    known = _figures(draft, location)
    return None if known is None else {figure.id for figure in sentences.figures(draft)}


def _figures(draft: Draft, location: Location) -> Known:
    """The figures of the sentences and the targets; unknown while a region has its document unread."""
    regions = [t.code for t in draft.territories.values() if t.level == "region"]
    whole = all(code in draft.portraits and draft.portraits[code].region_code == code for code in regions)
    if draft.targets is None or draft.texts is None or not whole:
        return None
    return {target.id for target in draft.targets.targets} | {figure.id for figure in sentences.figures(draft)}


_CATEGORY, _LISTED = "cette catégorie est inconnue.", "cette région n’est pas dans la liste des territoires"

_DIRECTION = _territories("direction", unknown="ce code est inconnu à ce niveau.")
_PROVINCE = _territories("province", unknown="ce code est inconnu à ce niveau.")
_REGION = _territories("region", unknown=f"{_LISTED}.")
_MRC = _territories("mrc", unknown="ce code est inconnu à ce niveau.")
_REGION_OF_ACTION = _territories("region", unknown=f"{_LISTED}; l’action n’est pas montrée.")
_TERRITORY, _OR_PARENT = _territories(), _territories(also=("parent",))
_INDICATOR = _ids(DICTIONARY, "indicators.*.id", "cet indicateur est inconnu.")
_ANY_CATEGORY = _ids(DICTIONARY, "indicators.*.categories.*.id", _CATEGORY)
_OWN_CATEGORY, _STATISTIC = _Names(_own_categories, _CATEGORY), _Names(_categories_of_statistic, _CATEGORY)
_BESIDE = _Names(_categories_beside, "cette catégorie n’est pas de ces indicateurs.")
_BASE = _ids(DICTIONARY, "bases.*.id", "cette base est inconnue.")
_SPAN = _Names(lambda *_: {"span"}, "seul « span » est possible ici.")
_NOTE = _ids(TEXTS, "notes.*.id", "cette note est inconnue.")
_DOCUMENT = _ids(SOURCES, "documents.*.id", "ce document est inconnu.")
_SECTION = _ids(SOURCES, "sections.*.id", "cette section de source est inconnue.")
_READING = _Names(_readings, "cette anomalie est inconnue, ou n’est qu’une remarque.")
_FIGURE = _Names(_figures, "ce chiffre ou cette cible est inconnu.")
_OBJECTIVE = _ids(ACTION_PLAN, "orientations.*.objectives.*.id", "cet objectif est inconnu.")
_GROUP = _ids(ACTION_PLAN, "groups.*.key", "ce groupe est inconnu.")
_PROGRAMME = _ids(ACTION_PLAN, "programmes.*.id", "ce programme est inconnu.")
_CLIENTELE = _ids(ACTION_PLAN, "clienteles.*.id", "cette clientèle est inconnue.")
_USED_GROUP = _ids(ACTION_PLAN, "actions.*.group_key", "aucune action ne porte cette clé.")

# What the questions name: a word of something that is not there would be understood as nothing.
_ASKED_TERRITORY = _Names(
    _asked_territories, "ce territoire est inconnu : ses mots ne sont pas compris.", everywhere=True
)
_ASKED_INDICATOR = _ids(DICTIONARY, "indicators.*.id", "cet indicateur est inconnu : ses mots ne sont pas compris.")
_ASKED_TARGET = _ids(TARGETS, "targets.*.id", "cette cible est inconnue : ses mots ne sont pas compris.")
_ASKED_CATEGORY = _Names(_counted_categories, "cette catégorie est inconnue : ses mots ne sont pas compris.")
_ASKED_FIGURE = _Names(_sentence_figures, "ce chiffre est inconnu : ses mots ne sont pas compris.")
_ASKED_SECTION = _ids(SOURCES, "sections.*.id", "cette section de source est inconnue.")
_ASKED_ANOMALY = _ids(ANOMALIES, "anomalies.*.id", "cette particularité est inconnue.")

# --- The references ---------------------------------------------------------------------------------------------------

_AGREE = "accorder les deux fichiers."
_DECLARE = "corriger le nom, ou l’ajouter là où il doit être déclaré."
_SAME_FILE = "corriger le nom, ou le déclarer dans le même fichier."
_IN_DICTIONARY = f"corriger le nom, ou le déclarer dans {DICTIONARY}."
_IN_SOURCES = f"corriger le nom, ou le déclarer dans {SOURCES}."
_IN_ANOMALIES = f"corriger le nom, ou l’ajouter dans {ANOMALIES}."
_IN_TERRITORIES = f"corriger le code, ou l’ajouter dans {TERRITORIES}."
_ADD_REGION = f"corriger le code, ou ajouter la région dans {TERRITORIES}."
_USE = "retirer le groupe, ou corriger la clé d’une action."

# File, fields, the names that they may give, and what to do about another.
_REFERENCES = (
    (CONFIG, "direction", _DIRECTION, _IN_TERRITORIES),
    (CONFIG, "province", _PROVINCE, _IN_TERRITORIES),
    # Everybody's: no page could even name this region.
    (CONFIG, "regions.*.code", _REGION, _IN_TERRITORIES),
    (CONFIG, "display_names.@", _TERRITORY, _IN_TERRITORIES),
    (DICTIONARY, "indicators.*.equals bases.*.denominator.indicator", _INDICATOR, _DECLARE),
    (DICTIONARY, "indicators.*.notes.*", _NOTE, _DECLARE),
    (DICTIONARY, "indicators.*.categories.*.parts.*", _OWN_CATEGORY, _DECLARE),
    (DICTIONARY, "bases.*.denominator.territory", _OR_PARENT, _DECLARE),
    (DICTIONARY, "bases.*.denominator.category", _ANY_CATEGORY, _DECLARE),
    (DICTIONARY, "bases.*.denominator.period", _SPAN, _DECLARE),
    (SOURCES, "sections.*.document", _DOCUMENT, _DECLARE),
    (TEXTS, "network.source partnership.source service_offer.*.source definitions.*.source", _SECTION, _DECLARE),
    (TEXTS, "notes.*.touches.*.indicators.*", _INDICATOR, _DECLARE),
    (TEXTS, "notes.*.touches.*.categories.*", _BESIDE, _DECLARE),
    (TEXTS, "notes.*.touches.*.territories.*", _TERRITORY, _DECLARE),
    (TEXTS, "figures.*.anomalies.*", _READING, _DECLARE),
    (TEXTS, "figures.*.base", _BASE, _DECLARE),
    (PORTRAITS, "source", _SECTION, _DECLARE),
    (PORTRAITS, "figures.*.anomalies.*", _READING, _DECLARE),
    (PORTRAITS, "figures.*.base", _BASE, _DECLARE),
    (TARGETS, "source", _SECTION, _DECLARE),
    (TARGETS, "targets.*.anomalies.*", _READING, _DECLARE),
    (ANOMALIES, "anomalies.*.touches.*.indicators.*", _INDICATOR, _DECLARE),
    (ANOMALIES, "anomalies.*.touches.*.categories.*", _BESIDE, _DECLARE),
    (ANOMALIES, "anomalies.*.touches.*.territories.*", _TERRITORY, _DECLARE),
    (ANOMALIES, "anomalies.*.figures.*", _FIGURE, _DECLARE),
    (ACTION_PLAN, "source", _DOCUMENT, _IN_SOURCES),
    (ACTION_PLAN, "anomalies.*", _READING, _IN_ANOMALIES),
    (ACTION_PLAN, "groups.*.key", _USED_GROUP, _USE),
    (ACTION_PLAN, "statistics.*.groups.*", _GROUP, _SAME_FILE),
    (ACTION_PLAN, "statistics.*.indicator", _INDICATOR, _IN_DICTIONARY),
    (ACTION_PLAN, "statistics.*.categories.* statistics.*.base", _STATISTIC, _IN_DICTIONARY),
    (ACTION_PLAN, "named_territories.*.code", _MRC, _IN_TERRITORIES),
    (ACTION_PLAN, "actions.*.region_code", _REGION_OF_ACTION, _ADD_REGION),
    (ACTION_PLAN, "actions.*.objective", _OBJECTIVE, _SAME_FILE),
    (ACTION_PLAN, "actions.*.group_key", _GROUP, _SAME_FILE),
    (ACTION_PLAN, "actions.*.programmes.*", _PROGRAMME, _SAME_FILE),
    (ACTION_PLAN, "actions.*.clienteles.*", _CLIENTELE, _SAME_FILE),
    (VOCABULARY, "territories.@", _ASKED_TERRITORY, _IN_TERRITORIES),
    (VOCABULARY, "indicators.@", _ASKED_INDICATOR, _IN_DICTIONARY),
    (VOCABULARY, "breakdowns.@", _ASKED_INDICATOR, _IN_DICTIONARY),
    (VOCABULARY, "categories.@", _ASKED_CATEGORY, _IN_DICTIONARY),
    (VOCABULARY, "targets.@", _ASKED_TARGET, f"corriger le nom, ou déclarer la cible dans {TARGETS}."),
    (VOCABULARY, "figures.@", _ASKED_FIGURE, "corriger le nom, ou ajouter le chiffre au portrait qui le dit."),
    (VOCABULARY, "told.*.region", _ASKED_TERRITORY, _IN_TERRITORIES),
    (VOCABULARY, "told.*.source", _ASKED_SECTION, _IN_SOURCES),
    (VOCABULARY, "told.*.anomaly", _ASKED_ANOMALY, _IN_ANOMALIES),
)
# A dead one takes nothing off the screen.
_HARMLESS = (
    *(_FIGURE, _USED_GROUP, _REGION_OF_ACTION, _ASKED_TERRITORY, _ASKED_INDICATOR, _ASKED_TARGET, _ASKED_CATEGORY),
    *(_ASKED_FIGURE, _ASKED_SECTION, _ASKED_ANOMALY),
)


class _Unique(NamedTuple):
    """Fields of a document whose names make one space: each list of the first `apart` parts of a place has its own."""

    file: str
    paths: str
    apart: int = 0
    message: str = "cet identifiant figure déjà plus haut."
    remedy: str = "n’en garder qu’un."
    of_region: bool = False
    # Whether the message itself says the line of the first.
    says_line: bool = False


_TWICE = "deux régions ont cette valeur (l’autre, ligne {line})."

_UNIQUE = (
    *(
        _Unique(file, f"{path}.*.id")
        for file, lists in (
            (DICTIONARY, "indicators derived bases"),
            (SOURCES, "documents sections"),
            (TEXTS, "definitions notes"),
            (ANOMALIES, "anomalies"),
            (TARGETS, "targets"),
            (ACTION_PLAN, "orientations orientations.*.objectives programmes clienteles statistics"),
        )
        for path in lists.split()
    ),
    _Unique(DICTIONARY, "indicators.*.categories.*.id", 2),
    _Unique(ACTION_PLAN, "groups.*.key"),
    # The follow-up cites all of them.
    _Unique(
        ACTION_PLAN, "actions.*.id actions.*.results.*.id actions.*.indicators.*.id actions.*.displaced_actions.*.id"
    ),
    # A group has one action of a region at most.
    _Unique(
        ACTION_PLAN,
        "actions.*.group_key",
        message="deux actions d’une même région portent cette clé de groupe.",
        remedy="leur donner deux clés.",
        of_region=True,
    ),
    _Unique(CONFIG, "regions.*.code", message=_TWICE, remedy="n’en garder qu’une.", says_line=True),
    _Unique(CONFIG, "regions.*.slug", message=_TWICE, remedy="n’en garder qu’une.", says_line=True),
)


def check_references(findings: Findings) -> None:
    """Applies whatever documents could be read: the names of an unreadable one are not called unknown."""
    draft = findings.draft
    portraits = [portrait_file(code) for code in draft.portraits]
    for wanted, paths, names, remedy in _REFERENCES:
        known = names.known(draft, ()) if names.everywhere else None
        for file in portraits if wanted == PORTRAITS else [wanted]:
            for location, name in fields(draft.documents.get(file), paths):
                if not names.everywhere:
                    known = names.known(draft, location)
                if known is not None and name not in known:
                    region = draft.region_at(file, location)
                    findings.say(Fault(file, location, name, names.unknown, region, remedy, names in _HARMLESS))
    for unique in _UNIQUE:
        findings.say(*_repeated(draft, unique))
    for at, indicator in findings.each(DICTIONARY, "indicators"):
        if indicator.only_total_for and "total" not in {category.id for category in indicator.categories}:
            message = "la catégorie « total » manque."
            findings.say(at.fault("only_total_for", message, "total", remedy=_DECLARE))
    if draft.config:
        findings.say(*_classes(draft.config))


def _repeated(draft: Draft, rule: _Unique) -> Iterator[Fault]:
    found = fields(draft.documents.get(rule.file), rule.paths)
    seen: dict[tuple[Location, str | None, str], Location] = {}
    # In the order of the entries of the first list, whatever they hold; a list keeps its own.
    for location, name in sorted(found, key=lambda place: place[0][1]):
        region = draft.region_at(rule.file, location)
        first = seen.setdefault((location[: rule.apart], region if rule.of_region else None, name), location)
        if first != location:
            line = draft.line_of(rule.file, *first)
            message, others = rule.message.format(line=line), () if rule.says_line else (line,)
            yield Fault(rule.file, location, name, message, region, rule.remedy, others=others)


def _classes(config: Config) -> Iterator[Fault]:
    """Each measure of the maps has its thresholds, in order, with a colour more."""
    for measure in MEASURES:
        if measure not in config.map_classes:
            yield Fault(CONFIG, ("map_classes",), measure, "les seuils de cette mesure manquent.", None, "les ajouter.")
    for measure, breaks in config.map_classes.items():
        at, shown = Place(CONFIG, ("map_classes", measure)), ", ".join(f"{limit:g}" for limit in breaks)
        if sorted(set(breaks)) != list(breaks):
            yield at.fault("", "les seuils doivent croître.", shown, remedy="les mettre en ordre.")
        if len(config.map_colors) <= len(breaks):
            yield at.fault("", "il faut une couleur de plus que de seuils.", shown, remedy="ajouter une couleur.")


# --- Anomalies --------------------------------------------------------------------------------------------------------


def check_scopes(findings: Findings) -> None:
    """A reading that nothing shows, a remark that would stand beside a figure: neither is what was meant."""
    for at, anomaly in findings.each(ANOMALIES, "anomalies"):
        named = bool(anomaly.touches or anomaly.figures)
        if anomaly.kind == "remark" and named:
            message = "une remarque ne touche aucun chiffre : elle s’affiche seulement dans « Données et sources »."
            remedy = "retirer « touches » et « figures », ou écrire « kind: reading »."
            findings.say(at.fault("kind", message, remedy=remedy))
        plan = findings.draft.action_plan
        if anomaly.kind == "reading" and not named and plan and anomaly.id not in plan.anomalies:
            message = "cette particularité ne touche aucun chiffre : elle ne s’afficherait à côté d’aucun."
            remedy = "nommer les chiffres sous « touches » ou « figures », ou écrire « kind: remark »."
            findings.say(at.fault("kind", message, remedy=remedy))


def check_cited(findings: Findings) -> None:
    """An anomaly names each figure and each target that names it."""
    targets = findings.draft.targets
    named: list[ProseFigure | Target] = [*sentences.figures(findings.draft), *(targets.targets if targets else ())]
    for at, known in findings.each(ANOMALIES, "anomalies") if not findings.at_fault(ANOMALIES) else ():
        if missing := {entry.id for entry in named if known.id in entry.anomalies} - set(known.figures):
            message, remedy = "un chiffre ou une cible nomme cette particularité, qui ne le nomme pas.", _AGREE
            findings.say(at.fault("figures", message, ", ".join(sorted(missing)), remedy=remedy, harmless=True))

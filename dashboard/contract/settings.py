"""Rules on the settings: free addresses, distinct colours, possible thresholds, hosts and files that work."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations, pairwise

from dashboard.contract.findings import Fault, Findings, Place
from dashboard.loading.draft import CONFIG, REFUSALS, Draft
from dashboard.model.colours import channels, contrast, luminance
from dashboard.model.documents import Config
from dashboard.team.people import known
from dashboard.wording.addresses import FIXED
from dashboard.wording.slugs import file_slug

_REMEDY = "corriger ce réglage; docs/donnees.md dit ce que chacun permet."
# Contrast that a mark needs on white (WCAG 1.4.11), and how far apart two colours must be, out of 442.
_CONTRAST = 3.0
_APART = 40.0
_HIGHEST = {"part": 100.0, "taux": 1_000.0, "nombre": 1_000_000.0}
_MOST_UNRELIABLE = 100


def check_settings(findings: Findings) -> None:
    """Each setting is one that the pages can show."""
    draft, config = findings.draft, findings.draft.config
    assert config is not None
    at = Place(CONFIG, held=config)
    names = {file_slug(t.name): t.code for t in draft.territories.values() if t.level == "region"}
    faults = [*_regions(at, config, names), *_map(at, config), *_hosts(at, config), *_roles(at, config)]
    if config.presentation_template is not None and not _opens(draft, config.presentation_template):
        message = "ce modèle PowerPoint manque, à côté de ce fichier, ou ne s’ouvre pas."
        faults.append(at.fault("presentation_template", message))
    findings.report(faults, _REMEDY)
    if config.roles and not config.sign_in:
        said = "personne ne se connecte (« sign_in: false ») : ces rôles ne servent pas."
        remedy = "mettre « sign_in: true » (docs/securite.md), ou enlever « roles »."
        findings.report([at.fault("roles", said, ", ".join(config.roles))], remedy, harmless=True)
    # A region that is not shown any more takes nothing away from what is said elsewhere.
    pages = {"", *FIXED, *names, *(region.slug for region in config.regions)}
    findings.report(_refusals(findings, pages), _REMEDY, harmless=True)


def _distance(one: str, other: str) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(channels(one), channels(other), strict=True)) ** 0.5)


def _regions(at: Place, config: Config, names: dict[str, str]) -> Iterator[Fault]:
    """Addresses and colours of the regions, each its own."""
    places = list(at.each("regions", config.regions))
    for place, region in places:
        if region.slug in FIXED:
            yield place.fault("slug", "cette adresse est celle d’une autre page.")
        elif names.get(region.slug, region.code) != region.code:
            yield place.fault("slug", f"cette adresse est celle de la région {names[region.slug]}.")
        if contrast(region.color, "#ffffff") < _CONTRAST:
            yield place.fault("color", "cette couleur est trop pâle sur du blanc.")
    for (_, one), (place, other) in combinations(places, 2):
        if _distance(one.color, other.color) < _APART:
            yield place.fault("color", f"cette couleur ne se distingue pas de celle de la région {one.code}.")


def _map(at: Place, config: Config) -> Iterator[Fault]:
    """Colours from the lightest to the darkest, and one for each class."""
    for (_, light), (place, dark) in pairwise(at.each("map_colors", config.map_colors)):
        if luminance(light) <= luminance(dark) or _distance(light, dark) < _APART:
            yield place.fault("", "les couleurs de la carte vont de la plus pâle à la plus foncée.")
    for measure, breaks in config.map_classes.items():
        place = Place(CONFIG, ("map_classes", measure))
        for limit in breaks:
            if not 0 < limit <= _HIGHEST[measure] or (measure == "nombre" and limit != int(limit)):
                yield place.fault("", "ce seuil n’est pas possible.", f"{limit:g}")
        if len(config.map_colors) != len(breaks) + 1:
            yield place.fault("", "il y a une couleur de plus que de seuils, et pas davantage.", str(len(breaks)))
    if config.unreliable_below > _MOST_UNRELIABLE:
        yield at.fault("unreliable_below", "ce seuil dirait presque tout peu fiable.")


def _hosts(at: Place, config: Config) -> Iterator[Fault]:
    for place, host in at.each("embed_hosts", config.embed_hosts):
        name, _, port = re.sub(r"^https?://", "", host).partition(":")
        plain = name.removeprefix("*.")
        labels = plain.split(".")
        sound = all(re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?", label) for label in labels)
        if not sound or (len(labels) < 2 and plain != "localhost") or int(port or 1) not in range(1, 65_536):
            yield place.fault("", "ce n’est pas un nom de site.")


def _opens(draft: Draft, name: str) -> bool:
    with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(draft.root.root / name) as parts:
        return "ppt/presentation.xml" in parts.namelist()
    return False


def _roles(at: Place, config: Config) -> Iterator[Fault]:
    """Each name has one role: the one that was meant is not guessed."""
    met: dict[str, str] = {}
    for role, names in config.roles.items():
        for n, name in enumerate(names):
            other = met.setdefault(known(name), role)
            if other != role:
                yield at._replace(location=("roles", role, n)).fault("", f"ce nom a déjà le rôle « {other} ».", name)


def _refusals(findings: Findings, pages: set[str]) -> Iterator[Fault]:
    """What is offered instead leads to a page and to territories that exist."""
    for at, refusal in findings.each(REFUSALS, "refusals"):
        for place, other in at.each("instead", refusal.instead):
            if other.page not in pages:
                yield place.fault("page", "cette page n’existe pas.")
            for name in ("mrc", "territoire", "territoires", "region"):
                for code in other.params.get(name, "").split(","):
                    if code and code not in findings.draft.territories:
                        where = (*place.location, "params", name)
                        yield Fault(REFUSALS, where, code, "ce territoire est inconnu.")

"""Rules on the settings: free addresses, distinct colours, possible thresholds, hosts and files that work."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import combinations, pairwise

from dashboard.contract.findings import Fault, Findings
from dashboard.loading.draft import CONFIG, REFUSALS, Draft
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import Config
from dashboard.wording.addresses import FIXED
from dashboard.wording.slugs import file_slug

_REMEDY = "corriger ce réglage; docs/donnees.md dit ce que chacun permet."
# Contrast that a mark needs on white (WCAG 1.4.11), and how far apart two colours must be, out of 442.
_CONTRAST = 3.0
_APART = 40.0
_HIGHEST = {"part": 100.0, "taux": 1_000.0, "nombre": 1_000_000.0}
_MOST_UNRELIABLE = 100


def check_settings(findings: Findings) -> None:
    """Judged last, on settings that nothing else faults."""
    draft = findings.draft
    if not findings.spotless or draft.config is None:
        return
    faults = [*_addresses(draft, draft.config), *_colours(draft.config), *_thresholds(draft.config)]
    findings.report([*faults, *_outside(draft, draft.config)], _REMEDY)
    findings.report(_refusals(draft, draft.config), _REMEDY, harmless=True)


def _addresses(draft: Draft, config: Config) -> Iterator[Fault]:
    names = {file_slug(t.name): t.code for t in draft.territories.values() if t.level == "region"}
    for n, region in enumerate(config.regions):
        here: Location = ("regions", n, "slug")
        if region.slug in FIXED:
            yield Fault(CONFIG, here, region.slug, "cette adresse est celle d’une autre page.")
        elif names.get(region.slug, region.code) != region.code:
            yield Fault(CONFIG, here, region.slug, f"cette adresse est celle de la région {names[region.slug]}.")


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _luminance(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [c / 3294.6 if c <= 10 else float(((c / 255 + 0.055) / 1.055) ** 2.4) for c in _channels(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _distance(one: str, other: str) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(_channels(one), _channels(other), strict=True)) ** 0.5)


def _colours(config: Config) -> Iterator[Fault]:
    for n, region in enumerate(config.regions):
        if 1.05 / (_luminance(region.color) + 0.05) < _CONTRAST:
            yield Fault(CONFIG, ("regions", n, "color"), region.color, "cette couleur est trop pâle sur du blanc.")
    for (_, one), (n, other) in combinations(enumerate(config.regions), 2):
        if _distance(one.color, other.color) < _APART:
            message = f"cette couleur ne se distingue pas de celle de la région {one.code}."
            yield Fault(CONFIG, ("regions", n, "color"), other.color, message)
    for n, (light, dark) in enumerate(pairwise(config.map_colors), 1):
        if _luminance(light) <= _luminance(dark) or _distance(light, dark) < _APART:
            yield Fault(
                CONFIG, ("map_colors", n), dark, "les couleurs de la carte vont de la plus pâle à la plus foncée."
            )


def _thresholds(config: Config) -> Iterator[Fault]:
    for measure, breaks in config.map_classes.items():
        for limit in breaks:
            if not 0 < limit <= _HIGHEST[measure] or (measure == "nombre" and limit != int(limit)):
                yield Fault(CONFIG, ("map_classes", measure), f"{limit:g}", "ce seuil n’est pas possible.")
        if len(config.map_colors) != len(breaks) + 1:
            message = "il y a une couleur de plus que de seuils, et pas davantage."
            yield Fault(CONFIG, ("map_classes", measure), str(len(breaks)), message)
    if config.unreliable_below > _MOST_UNRELIABLE:
        value = str(config.unreliable_below)
        yield Fault(CONFIG, ("unreliable_below",), value, "ce seuil dirait presque tout peu fiable.")


def _outside(draft: Draft, config: Config) -> Iterator[Fault]:
    for n, host in enumerate(config.embed_hosts):
        name, _, port = re.sub(r"^https?://", "", host).partition(":")
        plain = name.removeprefix("*.")
        labels = plain.split(".")
        sound = all(re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?", label) for label in labels)
        if not sound or (len(labels) < 2 and plain != "localhost") or int(port or 1) not in range(1, 65_536):
            yield Fault(CONFIG, ("embed_hosts", n), host, "ce n’est pas un nom de site.")
    if config.presentation_template is not None:
        path = draft.root.root / config.presentation_template
        try:
            with zipfile.ZipFile(path) as parts:
                opens = "ppt/presentation.xml" in parts.namelist()
        except (OSError, zipfile.BadZipFile):
            opens = False
        if not opens:
            message = "ce modèle PowerPoint manque, à côté de ce fichier, ou ne s’ouvre pas."
            yield Fault(CONFIG, ("presentation_template",), config.presentation_template, message)


_CODES = ("mrc", "territoire", "territoires", "region")


def _refusals(draft: Draft, config: Config) -> Iterator[Fault]:
    """What is offered instead leads to a page and to territories that exist."""
    pages = {"", *FIXED, *(region.slug for region in config.regions)}
    # A region that is not shown any more takes nothing away from what is said elsewhere.
    pages |= {file_slug(t.name) for t in draft.territories.values() if t.level == "region"}
    for n, refusal in enumerate(draft.refusals.refusals if draft.refusals else []):
        for m, other in enumerate(refusal.instead):
            here: Location = ("refusals", n, "instead", m)
            if other.page not in pages:
                yield Fault(REFUSALS, (*here, "page"), other.page, "cette page n’existe pas.")
            for name in _CODES:
                for code in filter(None, other.params.get(name, "").split(",")):
                    if code not in draft.territories:
                        yield Fault(REFUSALS, (*here, "params", name), code, "ce territoire est inconnu.")

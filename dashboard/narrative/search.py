"""Find a territory, an indicator or a word of the dashboard, whatever the accents, and say where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dashboard.indicators.catalogue import entries
from dashboard.model import Dataset
from dashboard.wording.numbers import typographic
from dashboard.wording.slugs import fold

MOST = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Something that can be found: what it is called, what kind it is, and the page and choices that show it."""

    label: str
    kind: str
    slug: str
    params: dict[str, str] = field(default_factory=dict)
    words: str = ""


def places(ds: Dataset) -> list[Place]:
    """Everything that the box can find, most precise kinds first."""
    slugs = {region.code: region.slug for region in ds.config.regions}
    found = [
        Place(ds.name(code), "Région", slugs[code], {}, ds.territories[code].name_in_source)
        for code in ds.region_codes()
    ]
    for code in ds.mrc_codes():
        territory = ds.territories[code]
        region = ds.region_of(code) or ""
        words = f"{territory.name} {territory.name_in_source} {code} {territory.kind}"
        found.append(Place(f"{ds.name(code)} ({ds.name(region)})", "Territoire", slugs[region], {"mrc": code}, words))
    found += [Place(e.label, "Indicateur", "indicateurs", {"indicateur": e.id}, e.unit) for e in entries(ds).values()]
    found += [Place(f"{t.id}. {typographic(t.short)}", "Cible", "cibles", {}, t.indicator) for t in ds.targets.targets]
    found += [Place(d.term, "Définition", "donnees-et-sources", {}, d.text) for d in ds.texts.definitions]
    found += [Place(i.label, "Définition", "donnees-et-sources", {}, i.definition) for i in ds.indicators.values()]
    found += [
        Place(
            typographic(a.title), "Particularité de la source", "donnees-et-sources", {}, f"{a.source_says} {a.we_show}"
        )
        for a in ds.anomalies.values()
    ]
    found += [
        Place(block.title, "Texte du plan", "donnees-et-sources", {}, " ".join(block.paragraphs))
        for block in (ds.texts.network, *ds.texts.service_offer, ds.texts.partnership)
    ]
    return found


def _score(place: Place, wanted: list[str]) -> int | None:
    """0 is best; None when a word is nowhere. A name that begins with what is asked comes before one that holds it."""
    label, rest = fold(place.label), fold(place.words)
    if not all(word in label or word in rest for word in wanted):
        return None
    asked = " ".join(wanted)
    if label.startswith(asked):
        return 0
    if any(part.startswith(asked) for part in label.replace("-", " ").replace("(", " ").split()):
        return 1
    return 2 if all(word in label for word in wanted) else 3


def find(asked: str, among: Iterable[Place], most: int = MOST) -> list[Place]:
    """The best places for what is asked (at most `most`); nothing for an empty question."""
    wanted = fold(asked)[:100].split()
    if not wanted:
        return []
    scored = [(score, n, place) for n, place in enumerate(among) if (score := _score(place, wanted)) is not None]
    return [place for _, _, place in sorted(scored, key=lambda item: item[:2])[:most]]

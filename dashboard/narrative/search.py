"""Find a territory, an indicator or a word of the dashboard, whatever the accents, and say where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dashboard.indicators.catalogue import entries
from dashboard.indicators.memory import remembered
from dashboard.indicators.plan import Filters, search, terms
from dashboard.model import Dataset
from dashboard.narrative.plan_words import several
from dashboard.narrative.target_words import named
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, typographic
from dashboard.wording.slugs import file_slug, flat

MOST = 8
# Places of the pages: the sheet of a territory, the result of an indicator.
SHEET, RESULT = "fiche", "resultat"
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Something that can be found: what it is called, what kind it is, the page and choices that show it, and the place
    of the page where it is (the id of an element; none for the page itself)."""

    label: str
    kind: str
    slug: str
    params: dict[str, str] = field(default_factory=dict)
    words: str = ""
    anchor: str = ""


def place_of(kind: str, name: str) -> str:
    """Id of a place that a page gives to each thing of a kind: « cible », « definition », « dictionnaire »,
    « particularite », « texte »."""
    return f"{kind}-{file_slug(name)}"


@remembered
def places(ds: Dataset) -> list[Place]:
    """Everything that the box can find, most precise kinds first."""
    slugs = {region.code: region.slug for region in ds.config.regions}
    found = [
        Place(ds.name(code), "Région", slugs[code], {}, ds.territories[code].name_in_source)
        for code in ds.region_codes()
    ]
    for code in ds.mrc_codes():
        own, region = ds.territories[code], ds.region_of(code) or ""
        label, words = f"{ds.name(code)} ({ds.name(region)})", f"{own.name} {own.name_in_source} {code} {own.kind}"
        found.append(Place(label, "MRC", addresses.MRC, {query.MRC: code}, words))
    for e in entries(ds).values():
        words = f"{e.unit} {e.id} {_long_names(ds, e.label)}"
        found.append(Place(e.label, "Indicateur", addresses.INDICATORS, {query.INDICATOR: e.id}, words, RESULT))
    for t in ds.targets.targets:
        anchor = place_of("cible", t.id)
        found.append(Place(named(t), "Cible", addresses.TARGETS, {}, t.indicator, anchor))
    for code in ds.region_codes():
        label, words = f"Portrait {ds.territories[code].name_of}", " ".join(ds.portraits[code].portrait)
        found.append(Place(label, "Portrait", slugs[code], {}, words, "portrait"))
    for kind, simulation in SIMULATIONS.items():
        title, asked, where = simulation.title, simulation.question, {query.SIMULATION: kind}
        found.append(Place(title, "Simulation", addresses.SIMULATOR, where, asked, "simulation"))
    return [*found, *_sources(ds)]


def in_actions(ds: Dataset, asked: str) -> list[Place]:
    """The actions of the plan that hold every word, marked in its page; nothing when none does."""
    count = len(search(ds.action_plan, Filters(query=asked))) if terms(ds.action_plan, asked) else 0
    label = f"{several(count, 'action', 'actions')} avec «{NBSP}{asked}{NBSP}»"
    return [Place(label, "Plan d’action", addresses.ACTION_PLAN, {query.SEARCH: asked})] if count else []


def _sources(ds: Dataset) -> list[Place]:
    """What the page of the sources tells."""
    blocks, strange = (ds.texts.network, *ds.texts.service_offer, ds.texts.partnership), "Particularité de la source"
    told = [
        *(("Définition", d.term, d.text, "definition", d.term) for d in ds.texts.definitions),
        *(("Définition", i.label, i.definition, "dictionnaire", i.id) for i in ds.indicators.values()),
        *(
            (strange, typographic(a.title), f"{a.source_says} {a.we_show}", "particularite", id_)
            for id_, a in ds.anomalies.items()
        ),
        *(("Texte du plan", block.title, " ".join(block.paragraphs), "texte", block.title) for block in blocks),
    ]
    return [Place(label, kind, addresses.SOURCES, {}, text, place_of(*own)) for kind, label, text, *own in told]


def _long_names(ds: Dataset, label: str) -> str:
    """What the source calls what the label shortens: « Étudiantes et étudiants étrangers » for « Études »."""
    named = [(c, indicator) for indicator in ds.indicators.values() for c in indicator.categories]
    return " ".join(f"{c.label} {indicator.short}" for c, indicator in named if c.named in label)


def _held(word: str, text: str) -> bool:
    """Found from its start, whatever the gender and number: « réfugiés » in « réfugiées ». A number is found whole."""
    if word.isdigit():
        return f" {word} " in text
    return f" {word if len(word) < 5 else re.sub('e?s?$', '', word)}" in text


def _score(place: Place, wanted: list[str]) -> int | None:
    """How well the name answers: 0 when it is what is asked, None when a word is nowhere."""
    # The name of a territory without its region; « PAC », after a space, is not found in « impact ».
    own = place.label.partition(" (")[0] if place.kind == "MRC" else place.label
    label, name, rest = (f" {flat(text)} " for text in (place.label, own, place.words))
    if not all(_held(word, label + rest) for word in wanted):
        return None
    asked = "".join(f" {word}" for word in wanted)
    answers = (
        f"{asked} " in (label, name),
        label.startswith(asked),
        asked in name,
        all(_held(word, name) for word in wanted),
        all(_held(word, label) for word in wanted),
        True,
    )
    return answers.index(True)


def find(asked: str, among: Iterable[Place], most: int = MOST) -> list[Place]:
    """The best places for what is asked (at most `most`), those that hold every word."""
    wanted = list(dict.fromkeys(flat(asked[:LONGEST]).split()))
    found = [(rank, place) for place in among if wanted and (rank := _score(place, wanted)) is not None]
    return [place for _, place in sorted(found, key=lambda item: item[0])[:most]]

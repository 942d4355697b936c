"""What the search finds: what a director types, whatever the accents, leads to what answers."""

from __future__ import annotations

import time

import pytest

from dashboard.indicators.catalogue import entries
from dashboard.model import Dataset
from dashboard.narrative.search import LONGEST, MOST, Place, find, places
from tests.french_text import english_words
from tests.transcription import MRC, MRC_REGION, REGIONS, SLUGS


@pytest.fixture(scope="module")
def known(ds: Dataset) -> list[Place]:
    return places(ds)


def first(asked: str, known: list[Place]) -> Place:
    found = find(asked, known)
    assert found, asked
    return found[0]


def test_each_territory_is_found_by_its_name_and_leads_to_its_page(known: list[Place]) -> None:
    for code, region in MRC_REGION.items():
        place = first(MRC[region][code][0], known)
        assert (place.kind, place.slug, place.params) == ("MRC", "mrc", {"mrc": code})
        assert place == first(code, known)
    for code, name in REGIONS.items():
        place = first(name, known)
        assert (place.label, place.kind, place.slug, place.params) == (name, "Région", SLUGS[code], {})


# What leads to each territory: accents, capitals, former names, an apostrophe of any kind, « saint » shortened.
WAYS = {
    "2425": ("Lévis", "levis", "LEVIS", "lÉvIs", "  levis  ", "lev", "le\u0301vis", "Lévis (Chaudière-Appalaches)"),
    "2408": ("matane",),  # the name printed in the plan, before La Matanie
    "2427": ("robert-cliche", "Robert Cliche"),
    "2401": ("communauté maritime",),
    "2420": ("L'Île-d'Orléans", "L’Île-d’Orléans", "ile d orleans", "orleans"),
    "2402": ("rocher perce",),
    "2403": ("cote de gaspe",),
    "2412": ("RIVIERE DU LOUP",),
    "2410": ("mrc rimouski",),
    "2431": ("les appalaches",),
    "2423": ("québec agglomération", "2423"),
    "01": ("Bas-Saint-Laurent", "bas saint laurent", "bas st-laurent", "Bas St Laurent", "bas"),
}


@pytest.mark.parametrize("code", WAYS)
def test_a_territory_may_be_named_in_many_ways(known: list[Place], code: str) -> None:
    for asked in WAYS[code]:
        place = first(asked, known)
        assert (place.slug, place.params.get("mrc", code)) == (SLUGS.get(code, "mrc"), code), asked
        assert bool(place.params) == (code in MRC_REGION)


@pytest.mark.parametrize(
    ("asked", "indicator"),
    [
        ("taux", "taux"), ("1 000 habitants", "taux"), ("pmi", "permis-pmi"), ("PTET", "permis-ptet"),
        ("étudiants", "permis-etudes"), ("etudiantes", "permis-etudes"), ("permis étudiants", "permis-etudes"),
        ("permis par admission", "permis-par-admission"), ("réfugiés", "categorie-refugies"),
        ("réfugiées", "categorie-refugies"), ("regroupement familial", "categorie-familial"),
        ("économique", "categorie-economique"), ("femme", "sexe-femmes"), ("hommes", "sexe-hommes"),
        ("immigrés", "population-immigree"), ("connaissant le francais", "francais"), ("français", "francais"),
        ("indice", "indice"), ("pasi", "ententes-pasi"), ("mandataires", "ententes-mandataires"),
    ],
)  # fmt: skip
def test_an_indicator_is_found_by_the_words_of_a_director(known: list[Place], asked: str, indicator: str) -> None:
    place = first(asked, [p for p in known if p.kind == "Indicateur"])
    assert (place.slug, place.params) == ("indicateurs", {"indicateur": indicator})
    # And among everything, on the first screen of answers.
    assert place in find(asked, known)


def test_terms_targets_and_peculiarities_are_found_too(known: list[Place]) -> None:
    for asked, kind, slug in (
        ("2.1", "Cible", "cibles"), ("satisfaction des entreprises", "Cible", "cibles"),
        ("population immigrante", "Définition", "donnees-et-sources"),
        ("changé de nom", "Particularité de la source", "donnees-et-sources"),
    ):  # fmt: skip
        place = first(asked, known)
        assert (place.kind, place.slug) == (kind, slug)


def test_a_name_that_begins_with_what_is_asked_comes_first(known: list[Place]) -> None:
    labels = [place.label for place in find("charlevoix", known)]
    # The whole name, then the one that begins with it.
    assert labels[:2] == ["Charlevoix (Capitale-Nationale)", "Charlevoix-Est (Capitale-Nationale)"]
    # A territory comes before those that only stand in a region of that name.
    assert [place.params.get("mrc") for place in find("appalaches", known)][:2] == [None, "2431"]
    assert [place.params.get("mrc") for place in find("îles-de-la-madeleine", known)][:2] == ["2401", None]


def test_what_is_nowhere_or_in_the_middle_of_a_word_is_not_found(known: list[Place]) -> None:
    for asked in ("ratio", "pact", "ouski", "41", "xyzzy", "montréal laval xyz qqq", "zzz zzz"):
        assert [place for place in find(asked, known) if place.kind in ("MRC", "Région")] == [], asked
    for nothing in ("", " ", "\t\n", "\u00a0", "?", "«»", "---", "()", "…", "\x00", "\u200b", "🙂"):
        assert find(nothing, known) == [], nothing
    # A question is answered, not looked for.
    assert find("Combien de permis du PMI à Lévis?", known) == []


HOSTILE = [
    "<script>alert(1)</script>", "'; DROP TABLE mrc; --", "((((((((", "[a-z]*+?{9999}\\", "\\d+(\\w+)+$", "\ud800",
    "%s %d {0} {place}", "../../config.yaml", "e\u0301" * 100, "\u202egnisuac", "a" * 1_000_000, "lévis " * 100_000,
    "\ufdfa" * 100,  # one sign that unfolds into eighteen
]  # fmt: skip


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_question_is_only_a_text(known: list[Place], asked: str) -> None:
    start = time.process_time()
    found = find(asked, known)
    assert len(found) <= MOST
    assert time.process_time() - start < 1


def test_no_more_than_a_screen_of_answers(known: list[Place]) -> None:
    assert len(find("a", known)) == MOST
    assert len(find("a", known, most=3)) == 3
    # Only the beginning of a long question is read.
    assert first("lévis" + " " * LONGEST + "matane", known).params == {"mrc": "2425"}
    found = find("a", known, most=10_000)
    assert len(found) == len({(p.label, p.slug, tuple(p.params.items())) for p in found})


def test_every_place_is_french_and_leads_somewhere(ds: Dataset, known: list[Place]) -> None:
    pages = {*SLUGS.values(), "mrc", "indicateurs", "cibles", "donnees-et-sources", "simulateur"}
    for place in known:
        assert place.label.strip() == place.label != ""
        assert english_words(place.label) == []
        assert place.slug in pages
        assert set(place.params) <= {"mrc", "indicateur", "scenario"}
    kinds = [place.kind for place in known]
    assert (kinds.count("Région"), kinds.count("MRC")) == (4, 31)
    assert kinds.count("Indicateur") == len(entries(ds))
    for entry in entries(ds).values():
        assert first(entry.label, known).params == {"indicateur": entry.id}, entry.label

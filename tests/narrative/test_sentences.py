"""Sentences: the right figures, in the typography of Québec, for every territory and every measure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from dashboard.indicators import admissions as adm
from dashboard.indicators import views
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset, Key
from dashboard.narrative import agreement_words, target_words
from dashboard.narrative import key_figures as kf
from dashboard.narrative import sentences as say
from dashboard.narrative.show import bare
from dashboard.narrative.standouts import standouts
from tests.french_text import faults
from tests.transcription import (
    ADMISSIONS,
    AGREEMENTS,
    CATEGORIES,
    CENSUS,
    CENSUS_REGIONS,
    FRENCH,
    IMMIGRANTS,
    MRC,
    MRC_COUNT,
    MRC_REGION,
    NBSP,
    PERMITS,
    PLAN_POPULATION,
    REGIONS,
    SEXES,
    TARGETS,
    TOTALS,
    UNRELIABLE,
    YEARS,
    fr,
    fr_pct,
    fr_share_of_quebec,
    pct,
)

Without = Callable[..., Dataset]
DIRECTION = "DRCNEQ"
IN_PLACE = {
    "01": "Au Bas-Saint-Laurent",
    "03": "Dans la Capitale-Nationale",
    "12": "En Chaudière-Appalaches",
    "11": "En Gaspésie–Îles-de-la-Madeleine",
}
PROVISIONAL, ONE_PROVISIONAL = " (données provisoires)", " (donnée provisoire)"


def spaced(text: str) -> str:
    """Texts below are written with « ~ » where a no-break space must stand."""
    return text.replace("~", NBSP)


def changed(ds: Dataset, value: int | None, *key: str) -> Dataset:
    """The dataset with another value at a place."""
    place = Key(*key)
    return replace(ds, observations={**ds.observations, place: replace(ds.observations[place], value=value)})


def persons(count: int) -> str:
    return f"{fr(count)}{NBSP}{'personne' if count < 2 else 'personnes'}"


def quantity(value: float | None, unit: str = "personnes", decimals: int = 0, derived: str | None = None) -> Quantity:
    return Quantity(value, unit, decimals, "essai", "01", "2019", derived=derived)


# --- Every sentence and every title -----------------------------------------------------------------------------------

COMPOSITIONS = (views.by_category, views.by_sex, views.by_french_declared, views.by_french_everyone)


def all_sentences(ds: Dataset) -> Iterator[str]:
    for code in [*REGIONS, DIRECTION, "QC"]:
        for year in YEARS:
            for measure in ("nombre", "indice", "part"):
                yield say.trend_reading(ds, code, year, measure)
    for code in ds.mrc_codes():
        yield say.mrc_reading(ds, code)
    for code in REGIONS:
        for view in COMPOSITIONS:
            yield say.composition_reading(ds, code, view(ds, code), "les personnes admises en 2019")
        yield say.permits_reading(ds, code)
        yield agreement_words.place_reading(ds, code)
        yield say.unreliable_reading(ds, ds.mrc_codes(code))
        yield kf.region_lead(ds, code)
    yield say.unreliable_reading(ds, ds.mrc_codes())
    yield kf.direction_lead(ds)
    yield from standouts(ds)
    for target in ds.targets.targets:
        yield target_words.reading(target)


def all_titles(ds: Dataset) -> Iterator[str]:
    for code in [*REGIONS, DIRECTION, "QC"]:
        yield say.trend_message(ds, code)
    for region in [None, *REGIONS]:
        table = views.by_mrc(ds, ds.mrc_codes(region), region=region)
        for measure in adm.MEASURES:
            yield say.mrc_message(ds, table, region, measure)
            yield say.mrc_title(ds, table, region, measure)
    for code in REGIONS:
        for view in COMPOSITIONS:
            yield say.composition_message(ds, view(ds, code), "des personnes admises")
        yield say.composition_message(ds, views.permits(ds, code), "des permis temporaires")
        yield agreement_words.place_message(ds, code)
        for figure in kf.region(ds, code):
            yield from (figure.label, figure.value, figure.context)
    for figure in kf.direction(ds):
        yield from (figure.label, figure.value, figure.context)
    for target in ds.targets.targets:
        yield target_words.message(target)
        yield target_words.reference(target).rstrip(".")


def test_every_sentence_is_written_as_in_quebec(ds: Dataset) -> None:
    found = list(all_sentences(ds))
    assert len(found) > 140
    assert [fault for text in found for fault in faults(text)] == []
    assert [text for text in found if not text.endswith(".") or text.endswith("..")] == []
    assert [text for text in found if not (text[0].isupper() or text[0].isdigit())] == []


def test_every_title_is_written_as_in_quebec(ds: Dataset) -> None:
    found = list(all_titles(ds))
    assert len(found) > 90
    assert [fault for text in found for fault in faults(text)] == []
    assert [text for text in found if text.endswith(".")] == []


def test_the_check_of_typography_sees_what_it_must() -> None:
    """Without this, an empty list of faults would prove nothing."""
    wrong = (
        "14,259 personnes", "97.1~%", "97,1 %", "97,1%", "14 259", "-16,7~%", "Québec: 3", "Québec~ : 3", "oui ;",
        "deux  mots", "None personnes", "fin..", "l'indice", "1~personnes", "the share", "Loading", "le 2019-12-31",
    )  # fmt: skip
    assert [text for text in wrong if not faults(spaced(text))] == []
    right = ("14~259 personnes; −16,7~% (2015 = 100)", "Cible 2021-2022~: s. o.", "L’Islet~: 0,04~%", "0~personne")
    assert [fault for text in right for fault in faults(spaced(text))] == []


# --- Quantities in words ----------------------------------------------------------------------------------------------


def test_not_applicable_missing_and_nil_are_three_things() -> None:
    assert [bare(None), bare(quantity(None)), bare(quantity(0))] == ["–", spaced("n.~d."), "0"]


def test_decimals_asked_by_a_column_win_over_those_of_the_figure() -> None:
    assert bare(quantity(0.3122, "%", 1), 2) == "0,31"
    assert bare(quantity(0.0421, "%", 1), 0) == "0,04"


# --- MRC --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", MRC_COUNT)
def test_an_mrc_says_its_number_its_share_and_its_rate(ds: Dataset, code: str) -> None:
    region, count = MRC_REGION[code], MRC_COUNT[code]
    share = pct(count, TOTALS[region])
    said = say.mrc_reading(ds, code)
    # Below a tenth of a percent, the second decimal.
    assert f"{fr_pct(share, 2 if share < 0.095 else 1)} des admissions " in said
    assert f"{NBSP}: {fr(count)}{NBSP}personnes ont été admises de 2015 à 2019, soit " in said
    rate = fr(count * 1000 / CENSUS[code], 1)
    assert f" et {rate}{NBSP}pour 1{NBSP}000{NBSP}habitants (Recensement de 2016; donnée provisoire)." in said
    assert ("moins de 20 admissions, ce taux est peu fiable" in said) == (code in UNRELIABLE)


@pytest.mark.parametrize(
    ("region", "measure", "title"),
    [
        (None, "nombre", "Québec (agglomération) reçoit le plus d’admissions~: 13~848"),
        (None, "part", "Québec (agglomération) reçoit 97,1~% des admissions de sa région"),
        (None, "taux", "Québec (agglomération) a le taux le plus élevé~: 24,3~pour 1~000~habitants"),
        ("01", "part", "Rimouski-Neigette reçoit 62,0~% des admissions de la région"),
        ("01", "taux", "Rimouski-Neigette a le taux le plus élevé~: 8,4~pour 1~000~habitants"),
        ("12", "nombre", "Lévis reçoit le plus d’admissions~: 515"),
        ("12", "taux", "Beauce-Centre a le taux le plus élevé~: 4,8~pour 1~000~habitants"),
        ("11", "nombre", "La Côte-de-Gaspé reçoit le plus d’admissions~: 69"),
        ("11", "taux", "La Côte-de-Gaspé a le taux le plus élevé~: 4,0~pour 1~000~habitants"),
    ],
)
def test_the_title_of_the_map_names_the_first(ds: Dataset, region: str | None, measure: str, title: str) -> None:
    table = views.by_mrc(ds, ds.mrc_codes(region), region=region)
    assert say.mrc_message(ds, table, region, measure) == spaced(title)


def test_a_higher_but_unreliable_rate_does_not_take_the_title(ds: Dataset) -> None:
    """Les Etchemins, 1,03 for 1 000 on 17 admissions, against La Nouvelle-Beauce, 0,82 on 30."""
    table = views.by_mrc(ds, ["2428", "2426"])
    assert say.mrc_message(ds, table, "12", "taux").startswith("La Nouvelle-Beauce a le taux le plus élevé")


@pytest.mark.parametrize("region", REGIONS)
def test_the_hatched_territories_are_named(ds: Dataset, region: str) -> None:
    said = say.unreliable_reading(ds, ds.mrc_codes(region))
    for code, (name, _, _) in MRC[region].items():
        assert (name in said) == (code in UNRELIABLE)
    several = len(set(MRC[region]) & UNRELIABLE) > 1
    assert said.startswith(f"Hachures{NBSP}: ")
    assert ("taux peu fiables, sans rang (" in said) == several


# --- Trend ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", REGIONS)
def test_trend_in_numbers_in_index_and_in_share(ds: Dataset, code: str) -> None:
    counts, quebec = ADMISSIONS[code], ADMISSIONS["QC"]
    for rank, year in enumerate(YEARS):
        said, index, share = (say.trend_reading(ds, code, year, measure) for measure in ("nombre", "indice", "part"))
        admitted = f"{fr(counts[rank])}{NBSP}personnes ont été admises à titre permanent en {year}"
        assert said.startswith(f"{IN_PLACE[code]}, {admitted}")
        assert said.endswith(f"{ONE_PROVISIONAL}.") == (year == "2019")
        assert f"l’indice est de {fr(pct(counts[rank], counts[0]), 1)} en {year} (2015 = 100" in index
        part = fr_share_of_quebec(counts[rank], quebec[rank])
        assert f"les admissions de {year} représentent {part} de celles" in share
        if rank:
            change = pct(counts[rank] - counts[rank - 1], counts[rank - 1])
            sign = "+" if change > 0 else ""
            assert f", contre {fr(counts[rank - 1])} en {YEARS[rank - 1]}, soit {sign}{fr_pct(change)}" in said
            assert f"contre {fr(pct(quebec[rank], quebec[0]), 1)} dans l’ensemble du Québec" in index
            start = fr_share_of_quebec(counts[0], quebec[0])
            assert f"{'comme' if start == part else f'contre {start}'} en 2015" in share
        else:
            # A year is not compared with itself.
            assert "contre" not in said + index + share


def test_quebec_is_not_compared_with_itself(ds: Dataset) -> None:
    assert "contre" not in say.trend_reading(ds, "QC", "2019", "indice")


# --- Compositions, permits, agreements --------------------------------------------------------------------------------


@pytest.mark.parametrize("code", REGIONS)
def test_compositions_read_every_category(ds: Dataset, code: str) -> None:
    total = ADMISSIONS[code][-1]
    known, not_known, declared, unknown = FRENCH[code]
    expected = {
        views.by_category: [(n, total) for n in CATEGORIES[code]],
        views.by_sex: [(n, total) for n in SEXES[code]],
        views.by_french_declared: [(known, declared), (not_known, declared)],
        views.by_french_everyone: [(known, total), (not_known, total), (unknown, total)],
    }
    for view, parts in expected.items():
        said = say.composition_reading(ds, code, view(ds, code), "les personnes admises en 2019")
        assert said.startswith(f"{IN_PLACE[code]}, parmi les personnes admises en 2019{NBSP}: ")
        figures = re.findall(r", ([\d,]+\u00a0%) \(((?:[\d\u00a0]+)\u00a0personnes?|\d+\u00a0sur\u00a0\d+)\)", said)
        # Under 100 persons, all of them stand beside the percentage.
        of = [f"{n}{NBSP}sur{NBSP}{whole}" if whole < 100 else persons(n) for n, whole in parts]
        assert figures == [(fr_pct(pct(n, whole)), count) for (n, whole), count in zip(parts, of, strict=True)]
        assert said.endswith("; données provisoires.")


def test_titles_of_french_rest_on_the_base_of_their_table(ds: Dataset) -> None:
    both = (views.by_french_declared, views.by_french_everyone)
    titles = [say.composition_message(ds, view(ds, "01"), "des personnes admises") for view in both]
    assert titles == [
        spaced("82,4~% des personnes admises connaissent le français, contre 49,8~% au Québec"),
        spaced("15,6~% des personnes admises ne connaissent pas le français, contre 49,4~% au Québec"),
    ]


@pytest.mark.parametrize(
    ("code", "rank", "does", "share"),
    [("01", 2, "PMI", "0,97"), ("03", 2, "PMI", "6,7"), ("12", 1, "PTET", "1,4"), ("11", 2, "PMI", "0,25")],
)
def test_permits(ds: Dataset, code: str, rank: int, does: str, share: str) -> None:
    here, there = (fr_pct(pct(PERMITS[own][rank], sum(PERMITS[own]))) for own in (code, "QC"))
    title = say.composition_message(ds, views.permits(ds, code), "des permis temporaires")
    assert title == f"{here} des permis temporaires relèvent du {does}, contre {there} au Québec"
    said = say.permits_reading(ds, code)
    assert said.startswith(f"{IN_PLACE[code]}, {fr(sum(PERMITS[code]))} permis temporaires étaient valides au 31")
    assert f"soit {share}{NBSP}% de ceux du Québec{PROVISIONAL}" in said
    assert "31 décembre 2019".replace(" ", NBSP) in said


@pytest.mark.parametrize("code", REGIONS)
def test_agreements_are_read_one_by_one_and_never_added(ds: Dataset, code: str) -> None:
    mrc, pasi, mission, mandataries = AGREEMENTS[code]
    said = agreement_words.place_reading(ds, code)
    assert "1er avril 2021".replace(" ", NBSP) in said
    assert f"{mrc}{NBSP}ententes avec des MRC;" in said
    assert f"{pasi}{NBSP}ententes du PASI;" in said
    given = f"{mission}{NBSP}entente{'s' if mission != 1 else ''} du programme Soutien à la mission;"
    gap = "ententes du programme Soutien à la mission non mentionnées dans le plan;"
    assert (gap if mission is None else given) in said
    bodies = "mandataire" if mandataries == 1 else "mandataires"
    assert said.endswith(f"{mandataries}{NBSP}{bodies} de francisation.")
    assert agreement_words.place_message(ds, code) == spaced(f"{mrc}~ententes avec des MRC et {pasi}~ententes du PASI")


# --- Key figures, leads, what stands out ------------------------------------------------------------------------------


# By region: immigrants of its population and of Québec's, change and share of Québec in 2019, share over five years,
# permits by admission.
SHARES = {
    "01": ("1,3", "0,22", "−25,4~%", "0,33", "0,31", "11,4"),
    "03": ("5,9", "3,8", "−16,7~%", "5,6", "5,8", "4,7"),
    "12": ("1,8", "0,67", "−35,8~%", "0,39", "0,45", "14,5"),
    "11": ("1,1", "0,09", "−42,1~% (de 38 à 22)", "0,05", "0,07", "18,2"),
}


HOUSEHOLDS = "personnes des ménages privés"


@pytest.mark.parametrize("code", SHARES)
def test_key_figures_of_a_region(ds: Dataset, code: str) -> None:
    immigrants, of_quebec, change, year, span, permits = map(spaced, SHARES[code])
    found, people, of_immigrants = kf.region(ds, code), fr(PLAN_POPULATION[code]), "de la population immigrée du Québec"
    expected = [
        (fr(ADMISSIONS[code][-1]), f"{change} depuis 2018; {year}~% des admissions du Québec"),
        (fr(TOTALS[code]), f"{span}~% des admissions du Québec"),
        (fr(sum(PERMITS[code])), "Valides au 31~décembre~2019; arrondis à 5 près"),
        (fr(IMMIGRANTS[code]), f"{immigrants}~% des {people} {HOUSEHOLDS}; {of_quebec}~% {of_immigrants}"),
        (people, f"Selon le plan; population totale~: {fr(CENSUS_REGIONS[code])}, Recensement de 2016"),
        (permits, f"Permis au 31~décembre~2019, {fr(ADMISSIONS[code][-1])}~admissions de l’année; 3,9 au Québec"),
    ]
    assert [(figure.value, figure.context) for figure in found] == [(value, spaced(text)) for value, text in expected]
    # No number of a context line is without its origin.
    assert all(quantity.inputs for figure in found for quantity in (figure.quantity, *figure.others))
    assert all(quantity.value is not None for figure in found for quantity in figure.others)


def test_key_figures_of_the_direction(ds: Dataset) -> None:
    assert [(figure.value, figure.context) for figure in kf.direction(ds)] == [
        (spaced("2~603"), spaced("−19,0~% depuis 2018; 6,4~% des admissions du Québec")),
        (spaced("16~322"), spaced("6,6~% des admissions du Québec (246~301)")),
        (spaced("14~950"), spaced("Valides au 31~décembre~2019; 9,4~% des permis du Québec")),
        (spaced("52~615"), spaced("3,8~% des personnes des ménages privés; 4,8~% de la population immigrée du Québec")),
        ("11,4", "2015-2019, Recensement de 2016"),
        (spaced("78,1~%"), spaced("Des personnes ayant déclaré une langue; 49,8~% au Québec")),
    ]


# --- Targets ----------------------------------------------------------------------------------------------------------


def test_targets_read_every_printed_value(ds: Dataset) -> None:
    for target in ds.targets.targets:
        reference, *values = (
            text.replace(" %", f"{NBSP}%").replace("1 200", f"1{NBSP}200") for text in TARGETS[target.id]
        )
        said = target_words.reading(target)
        assert reference.rstrip(".") in said
        for value, year in zip(values, ("2019-2020", "2020-2021", "2021-2022", "2022-2023"), strict=True):
            assert f"{value} en {year}" in said
        assert "ensemble du Québec" in said
        assert ("dans une autre unité que les cibles" in said) == (target.id == "5.1-a")


@pytest.mark.parametrize(
    ("id_", "moves"),
    [
        ("2.1", ["+5~points", "+5~points", "+5~points"]),
        ("3.1", ["sans objet", "+10~points", "+5~points"]),
        ("4.1", ["−12,5~points (révision)", "+1~point", "+1,5~point"]),
        ("5.1-a", ["−360~entreprises (révision)", "+200~entreprises", "+400~entreprises"]),
        ("5.1-b", ["aucune", "+5~points", "aucune"]),
    ],
)
def test_progress_in_words(ds: Dataset, id_: str, moves: list[str]) -> None:
    target = next(t for t in ds.targets.targets if t.id == id_)
    assert [target_words.asked(step) for step in target_words.steps(target)] == [spaced(move) for move in moves]
    said = target_words.reading(target)
    assert all(spaced(move) in said for move in moves if move != "sans objet")
    assert "sans objet" not in said

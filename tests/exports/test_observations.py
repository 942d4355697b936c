"""The `observations` table against the source, typed from its text and not from data/: the transcription that all the
tests share, and below what this table alone holds (percentages of the years, labels of the map, figures in sentences).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from dashboard.exports.observations import ObservedRow, observed_rows
from dashboard.model import Dataset
from tests import transcription as t

Figure = tuple[str, str, str, str, str, str]  # territory, indicator, category, period, value, printed percentage

YEAR_PCT = {  # Année d'admission: 2015 to 2019, then « Total des cinq dernières années »
    "QC": "19.9 21.6 21.3 20.8 16.5 100.0",
    "01": "14.3 19.4 25.2 23.5 17.6 100.0",
    "03": "20.8 24.2 19.7 19.3 16.0 100.0",
    "12": "20.1 19.2 24.5 22.0 14.1 100.0",
    "11": "13.6 29.0 23.3 21.6 12.5 100.0",
}
# Labels of the map in their order; four of them are the immigrant population of the portraits, twelve have no name.
MAP_UNNAMED = (
    "2965 0.3, 6265 0.6, 2135 0.2, 30705 2.8, 37040 3.4, 116935 10.7, 25960 2.4, 1610 0.1, 5720 0.5, 17580 1.6, "
    "644680 59.1, 147110 13.5"
)
MAP_PCT = {"12": "0.7", "03": "3.8", "01": "0.2", "11": "0.1"}

IMMIGRANT_SHARES = {"01": "1.3", "03": "5.9", "12": "1.8", "11": "1"}
SENTENCES = [  # territory, figure, period, value; "%" when the figure is a percentage
    ("QC", "network_offices", "2021-03-31", "72"),
    ("QC", "network_regional_directions", "2021-03-31", "6"),
    ("QC", "network_integration_agents", "2021-03-31", "81"),
    ("QC", "network_regional_advisers", "2021-03-31", "60"),
    ("QC", "refugee_destination_cities", "2021-04-01", "14"),
    ("01", "temporary_per_admission", "2019", "11"),
    ("QC", "temporary_per_admission", "2019", "4"),
    ("01", "refugees_share", "2019", "38.5 %"),
    ("QC", "refugees_share", "2019", "17.9 %"),
    ("03", "population_share_quebec", "2016", "8.9 %"),
    ("03", "immigrant_population_share_quebec", "2016", "3.8 %"),
    ("03", "visible_minority_share_of_immigrants", "2019", "56.2 %"),
    ("03", "visible_minority_share_of_population", "2019", "5 %"),
    ("03", "students_share_quebec", "2019-12-31", "7.4 %"),
    ("03", "students_in_text", "2019-12-31", "6480"),
    ("03", "ptet_share_quebec", "2019-12-31", "15 %"),
    ("03", "temporary_workers_in_text", "2019-12-31", "2325"),
    ("12", "ptet_in_text", "2019-12-31", "1220"),
    ("12", "ptet_share_quebec", "2019-12-31", "7.9 %"),
    ("12", "manufacturing_share", "n. d.", "21.5 %"),
    ("11", "immigrant_population_growth", "2001-2016", "15 %"),
    ("11", "sponsored_share", "1980-", "53 %"),
    ("QC", "sponsored_share", "1980-", "27 %"),
    ("11", "temporary_in_text", "2019", "400"),
    ("11", "students_in_text", "2019", "270"),
    ("11", "temporary_workers_in_text", "2019", "130"),
    ("11", "permanent_in_text", "2019", "22"),
    ("11", "jobs_to_fill", "5 ans", "10400"),
    ("11", "jobs_per_year", "5 ans", "2080"),
    ("11", "job_seekers_low", "n. d.", "5000"),
    ("11", "job_seekers_high", "n. d.", "6000"),
]


def expected_figures() -> list[Figure]:
    """Everything above and in the transcription that all tests share, in the form of the table."""
    found: list[Figure] = []

    def add(territory: str, indicator: str, period: str, figures: Mapping[str, tuple[object, str]]) -> None:
        found.extend((territory, indicator, name, period, *printed) for name, printed in _texts(figures))

    for code, years in t.ADMISSIONS.items():
        counts = dict(zip((*t.YEARS, t.SPAN), (*years, t.TOTALS[code]), strict=True))
        for (period, count), percent in zip(counts.items(), YEAR_PCT[code].split(), strict=True):
            add(code, "admissions", period, {"total": (count, percent)})
        whole, french, percents = (years[-1], "100.0"), t.FRENCH[code], t.FRENCH_PCT[code]
        # The source prints « - » for the percentage of nobody.
        kinds = [(n, pct if n else "") for n, pct in zip(t.CATEGORIES[code], t.CATEGORY_PCT[code], strict=True)]
        categories = dict(zip(("economic", "family", "refugee", "other"), kinds, strict=True))
        add(code, "admissions_by_category", "2019", {**categories, "total": whole})
        sexes = zip(t.SEXES[code], t.SEX_PCT[code], strict=True)
        add(code, "admissions_by_sex", "2019", {**dict(zip(("female", "male"), sexes, strict=True)), "total": whole})
        shares = (*percents[:2], "100.0", percents[2])
        names = ("french_known", "french_not_known", "declared", "not_available")
        own = dict(zip(names, zip(french, shares, strict=True), strict=True))
        add(code, "admissions_by_french", "2019", {**own, "total": whole})
        permits = zip(("students", "ptet", "pmi"), t.PERMITS[code], strict=True)
        add(code, "temporary_permits", "2019-12-31", {name: (count, "") for name, count in permits})
    for code, own_mrc in t.MRC.items():
        for mrc, (_, count, percent) in own_mrc.items():
            add(mrc, "admissions_by_mrc", t.SPAN, {"total": (count, percent)})
        add(code, "admissions_by_mrc", t.SPAN, {"total": (t.TOTALS[code], "100.0")})
        add(code, "immigrant_population_map", "2016", {"total": (t.IMMIGRANTS[code], MAP_PCT[code])})
        add(code, "population_private_households", "2016", {"total": (t.PLAN_POPULATION[code], "")})
        add(code, "immigrant_population", "2016", {"total": (t.IMMIGRANTS[code], IMMIGRANT_SHARES[code])})
        names = ("mrc", "pasi", "mission_support", "francisation_mandataries")
        agreements = {name: (count, "") for name, count in zip(names, t.AGREEMENTS[code], strict=True)}
        add(code, "agreements", "2021-04-01", agreements)
    add("QC", "immigrant_population_map", "2016", {"total": (t.IMMIGRANTS["QC"], "")})
    unnamed = {f"unnamed_{n:02}": tuple(cell.split()) for n, cell in enumerate(MAP_UNNAMED.split(", "), 1)}
    add("QC", "immigrant_population_map", "2016", unnamed)
    for code, count in {**t.CENSUS_REGIONS, **t.CENSUS}.items():
        add(code, "population_census", "2016", {"total": (count, "")})
    for territory, figure, period, value in SENTENCES:
        found.append((territory, figure, "prose", period, *shown(value)))
    # « Deux d’entre elles » are the direction's, which has no code here: the category says so.
    found.append(("QC", "refugee_reception_agreements", "prose: direction", "2021-04-01", "2", ""))
    return found + expected_targets()


def _texts(figures: Mapping[str, tuple[object, str]]) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, (count, percent) in figures.items():
        yield name, ("" if count is None else str(count), percent)


def shown(value: str) -> tuple[str, str]:
    """A printed percentage is both the value and the percentage."""
    number = value.removesuffix(" %")
    return number, number if number != value else ""


def expected_targets() -> list[Figure]:
    found: list[Figure] = []
    for target, cells in t.TARGETS.items():
        for rank, (period, printed) in enumerate(zip(("", *t.TARGET_YEARS), cells, strict=True)):
            cell = printed.replace(",", ".").replace("1 200", "1200")
            kind = "target" if rank else "reference"
            if target == "4.1" and not rank:
                period = "2018"
            value, percent = shown(cell)
            if not value.replace(".", "").isdigit():
                kind, value = f"{kind}: {cell}", value.split()[0] if value[0].isdigit() else ""
            found.append(("QC", f"target_{target}", kind, period, value, percent))
    return found


@pytest.fixture(scope="module")
def rows(ds: Dataset) -> list[ObservedRow]:
    return observed_rows(ds)


def test_every_printed_figure_is_there_and_nothing_else(rows: list[ObservedRow]) -> None:
    written = Counter((r.territory_code, *r[2:7]) for r in rows)
    printed = Counter(expected_figures())
    assert written - printed == Counter(), "figures that the source does not print"
    assert printed - written == Counter(), "figures of the source that are missing"


def test_status_follows_the_source(rows: list[ObservedRow]) -> None:
    for row in rows:
        is_target = row.indicator.startswith("target_")
        touches_2019 = row.period.endswith("2019") or row.period.startswith("2019")
        expected = "provisional" if touches_2019 and not is_target else "definitive"
        assert row.status == (expected if row.value else "not_available"), row


def test_bases_and_names_are_the_official_french_ones(rows: list[ObservedRow]) -> None:
    bases = {(r.territory_code, r.indicator, r.category): r.base for r in rows}
    for key, base in {
        ("01", "admissions_by_french", "french_known"): "Personnes ayant déclaré une connaissance de la langue",
        ("01", "admissions_by_french", "not_available"): "Ensemble des personnes admises dans l’année",
        ("2410", "admissions_by_mrc", "total"): "Total de la région pour la période",
        ("QC", "target_2.1", "target"): "Cible ou donnée de référence pour l’ensemble du Québec",
    }.items():
        assert bases[key] == base
    assert all(r.base and not r.base.islower() for r in rows)
    names = {r.territory_code: r.territory for r in rows}
    assert [names[code] for code in ("2408", "2427")] == ["La Matanie", "Beauce-Centre"]
    assert [names[code] for code in ("12", "11")] == ["Chaudière-Appalaches", "Gaspésie–Îles-de-la-Madeleine"]


def test_sources_name_the_document_and_the_section(rows: list[ObservedRow]) -> None:
    sources = {(r.territory_code, r.indicator): r.source for r in rows}
    plan = "Plan d’action régional 2021-2022, "
    assert sources["2410", "admissions_by_mrc"].startswith(plan + "Annexe 2 — ")
    assert sources["QC", "target_4.1"] == plan + "Annexe 1 — Cibles de la planification stratégique"
    assert sources["11", "agreements"] == plan + "Portrait des ententes de partenariat"
    assert sources["QC", "network_offices"] == plan + "Contexte de l’intervention régionale du MIFI"
    assert sources["QC", "refugee_destination_cities"] == plan + "Portrait des ententes de partenariat"
    assert sources["12", "manufacturing_share"] == plan + "Portrait des régions couvertes — Chaudière-Appalaches"
    assert sources["2420", "population_census"].startswith("Recensement de 2016, ")

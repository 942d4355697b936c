"""The `observations` table against the source, typed here from its text and not from data/.

The tables below follow the document: annexe 2 for the four regions and all Québec, the map of the immigrant population,
the agreements, the figures of the portraits and of the network, annexe 1; then the 2016 census, a second source.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dashboard.contract.door import load_dataset
from dashboard.exports.observations import ObservedRow, observed_rows

ROOT = Path(__file__).resolve().parents[2]
Figure = tuple[str, str, str, str, str, str]  # territory, indicator, category, period, value, printed percentage

# --- Annexe 2 ---------------------------------------------------------------------------------------------------------

PERMITS = {  # Immigration temporaire au 31 décembre 2019: students, PTET, PMI
    "QC": (87285, 15480, 56200),
    "01": (970, 205, 365),
    "03": (6480, 2325, 1915),
    "12": (420, 1220, 650),
    "11": (270, 55, 75),
}
YEARS = {  # Année d'admission: 2015 to 2019, then « Total des cinq dernières années »
    "QC": "48966 19.9, 53247 21.6, 52400 21.3, 51123 20.8, 40565 16.5, 246301 100.0",
    "01": "110 14.3, 149 19.4, 194 25.2, 181 23.5, 135 17.6, 769 100.0",
    "03": "2959 20.8, 3449 24.2, 2816 19.7, 2747 19.3, 2288 16.0, 14259 100.0",
    "12": "225 20.1, 215 19.2, 274 24.5, 246 22.0, 158 14.1, 1118 100.0",
    "11": "24 13.6, 51 29.0, 41 23.3, 38 21.6, 22 12.5, 176 100.0",
}
BY_MRC = {  # Immigration permanente admise par MRC, 2015-2019
    # La Matapédia, Matane, La Mitis, Rimouski-Neigette, Les Basques, Rivière-du-Loup, Témiscouata, Kamouraska
    "2407": "25 3.3",
    "2408": "58 7.5",
    "2409": "16 2.1",
    "2410": "477 62.0",
    "2411": "6 0.8",
    "2412": "110 14.3",
    "2413": "9 1.2",
    "2414": "68 8.8",
    "01": "769 100.0",
    # Charlevoix-Est, Charlevoix, L'Île-d'Orléans, La Côte-de-Beaupré, La Jacques-Cartier, Québec, Portneuf
    "2415": "23 0.2",
    "2416": "45 0.3",
    "2420": "6 0.0",
    "2421": "50 0.4",
    "2422": "74 0.5",
    "2423": "13848 97.1",
    "2434": "213 1.5",
    "03": "14259 100.0",
    # L'Islet, Montmagny, Bellechasse, La Nouvelle-Beauce, Robert-Cliche, Les Etchemins, Beauce-Sartigan,
    # Les Appalaches, Lotbinière, Lévis
    "2417": "16 1.4",
    "2418": "45 4.0",
    "2419": "71 6.4",
    "2426": "30 2.7",
    "2427": "92 8.2",
    "2428": "17 1.5",
    "2429": "194 17.4",
    "2431": "97 8.7",
    "2433": "41 3.7",
    "2425": "515 46.1",
    "12": "1118 100.0",
    # Îles-de-la-Madeleine, Le Rocher-Percé, La Côte-de-Gaspé, La Haute-Gaspésie, Bonaventure, Avignon
    "2401": "12 6.8",
    "2402": "15 8.5",
    "2403": "69 39.2",
    "2404": "31 17.6",
    "2405": "26 14.8",
    "2406": "23 13.1",
    "11": "176 100.0",
}
CATEGORIES = {  # économique, regroupement familial, réfugiés, autres, total
    "QC": "23129 57.0, 9686 23.9, 7248 17.9, 502 1.2, 40565 100.0",
    "01": "46 34.1, 36 26.7, 52 38.5, 1 0.7, 135 100.0",
    "03": "1410 61.6, 524 22.9, 342 14.9, 12 0.5, 2288 100.0",
    "12": "70 44.3, 72 45.6, 14 8.9, 2 1.3, 158 100.0",
    "11": "12 54.5, 10 45.5, 0 -, 0 -, 22 100.0",
}
SEXES = {  # femmes, hommes, total
    "QC": "20577 50.7, 19988 49.3, 40565 100.0",
    "01": "61 45.2, 74 54.8, 135 100.0",
    "03": "1143 50.0, 1145 50.0, 2288 100.0",
    "12": "81 51.3, 77 48.7, 158 100.0",
    "11": "9 40.9, 13 59.1, 22 100.0",
}
FRENCH = {  # connaissant, ne connaissant pas, ayant déclaré, non disponible, total
    "QC": "19871 49.8, 20041 50.2, 39912 100.0, 653 1.6, 40565 100.0",
    "01": "98 82.4, 21 17.6, 119 100.0, 16 11.9, 135 100.0",
    "03": "1710 78.0, 483 22.0, 2193 100.0, 95 4.2, 2288 100.0",
    "12": "116 74.8, 39 25.2, 155 100.0, 3 1.9, 158 100.0",
    "11": "19 90.5, 2 9.5, 21 100.0, 1 4.5, 22 100.0",
}
# Labels of the map in their order; four of them are the immigrant population of the portraits, twelve have no name.
MAP_TOTAL = "1091310"
MAP_UNNAMED = (
    "2965 0.3, 6265 0.6, 2135 0.2, 30705 2.8, 37040 3.4, 116935 10.7, 25960 2.4, 1610 0.1, 5720 0.5, 17580 1.6, "
    "644680 59.1, 147110 13.5"
)
MAP_NAMED = {"12": "7320 0.7", "03": "41895 3.8", "01": "2450 0.2", "11": "950 0.1"}

# --- Portraits, network, agreements -----------------------------------------------------------------------------------

POPULATIONS = {  # persons in the region; immigrants and their printed share
    "01": ("189975", "2450 1.3"),
    "03": ("709325", "41895 5.9"),
    "12": ("408615", "7320 1.8"),
    "11": ("88130", "950 1"),
}
AGREEMENTS = {  # MRC, PASI, Soutien à la mission, mandataires de francisation
    "01": ("8", "6", "1", "1"),
    "03": ("5", "7", "3", "10"),
    "12": ("8", "9", "2", "4"),
    "11": ("4", "4", "", "2"),
}
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

# --- Annexe 1: reference, then 2019-2020 to 2022-2023 -----------------------------------------------------------------

TARGETS = {
    "2.1": ("45 %", "50 %", "55 %", "60 %", "65 %"),
    "3.1": ("s. o.", "Mise en œuvre", "60 %", "70 %", "75 %"),
    "4.1": ("17 %", "34 %", "21.5 %", "22.5 %", "24 %"),
    "5.1-a": ("800 accompagnements", "960", "600", "800", "1200"),
    "5.1-b": ("s. o.", "80 %", "80 %", "85 %", "85 %"),
}
TARGET_PERIODS = ("", "2019-2020", "2020-2021", "2021-2022", "2022-2023")

# --- Census of 2016 (Statistics Canada) -------------------------------------------------------------------------------

CENSUS = {
    "01": 197385,
    "03": 729997,
    "11": 90311,
    "12": 420082,
    "2401": 12475,
    "2402": 17282,
    "2403": 17117,
    "2404": 11316,
    "2405": 17660,
    "2406": 14461,
    "2407": 17925,
    "2408": 21301,
    "2409": 18210,
    "2410": 56650,
    "2411": 8694,
    "2412": 33958,
    "2413": 19574,
    "2414": 21073,
    "2415": 15509,
    "2416": 12997,
    "2417": 17798,
    "2418": 22698,
    "2419": 37233,
    "2420": 7082,
    "2421": 28199,
    "2422": 43485,
    "2423": 569717,
    "2425": 143414,
    "2426": 36785,
    "2427": 19125,
    "2428": 16536,
    "2429": 52406,
    "2431": 42346,
    "2433": 31741,
    "2434": 53008,
}


def number_and_percent(printed: str) -> tuple[str, str]:
    """« 12 54.5 » -> value and printed percentage; the source's « - » is no percentage."""
    value, _, percent = printed.partition(" ")
    return value, "" if percent == "-" else percent


def series(table: dict[str, str], indicator: str, names: tuple[str, ...], *, by_period: bool) -> list[Figure]:
    found = []
    for territory, printed in table.items():
        for name, cell in zip(names, printed.split(", "), strict=True):
            category, period = ("total", name) if by_period else (name, "2019")
            found.append((territory, indicator, category, period, *number_and_percent(cell)))
    return found


def expected_figures() -> list[Figure]:
    """Everything above, in the form of the table."""
    found = [
        *series(YEARS, "admissions", ("2015", "2016", "2017", "2018", "2019", "2015-2019"), by_period=True),
        *series(
            CATEGORIES, "admissions_by_category", ("economic", "family", "refugee", "other", "total"), by_period=False
        ),
        *series(SEXES, "admissions_by_sex", ("female", "male", "total"), by_period=False),
        *series(
            FRENCH,
            "admissions_by_french",
            ("french_known", "french_not_known", "declared", "not_available", "total"),
            by_period=False,
        ),
    ]
    for territory, counts in PERMITS.items():
        for category, count in zip(("students", "ptet", "pmi"), counts, strict=True):
            found.append((territory, "temporary_permits", category, "2019-12-31", str(count), ""))
    for territory, cell in BY_MRC.items():
        found.append((territory, "admissions_by_mrc", "total", "2015-2019", *number_and_percent(cell)))
    found.append(("QC", "immigrant_population_map", "total", "2016", MAP_TOTAL, ""))
    for rank, cell in enumerate(MAP_UNNAMED.split(", "), 1):
        found.append(("QC", "immigrant_population_map", f"unnamed_{rank:02}", "2016", *number_and_percent(cell)))
    for territory, cell in MAP_NAMED.items():
        found.append((territory, "immigrant_population_map", "total", "2016", *number_and_percent(cell)))
    for territory, (population, immigrants) in POPULATIONS.items():
        found.append((territory, "population_private_households", "total", "2016", population, ""))
        found.append((territory, "immigrant_population", "total", "2016", *number_and_percent(immigrants)))
    for territory, counts_of in AGREEMENTS.items():
        for category, value in zip(
            ("mrc", "pasi", "mission_support", "francisation_mandataries"), counts_of, strict=True
        ):
            found.append((territory, "agreements", category, "2021-04-01", value, ""))
    for territory, figure, period, value in SENTENCES:
        found.append((territory, figure, "prose", period, *shown(value)))
    # « Deux d’entre elles » are the direction's, which has no code here: the category says so.
    found.append(("QC", "refugee_reception_agreements", "prose: direction", "2021-04-01", "2", ""))
    found += expected_targets()
    found += [(code, "population_census", "total", "2016", str(count), "") for code, count in CENSUS.items()]
    return found


def shown(value: str) -> tuple[str, str]:
    """A printed percentage is both the value and the percentage."""
    number = value.removesuffix(" %")
    return number, number if number != value else ""


def expected_targets() -> list[Figure]:
    found: list[Figure] = []
    for target, cells in TARGETS.items():
        for rank, (period, cell) in enumerate(zip(TARGET_PERIODS, cells, strict=True)):
            kind = "target" if rank else "reference"
            if target == "4.1" and not rank:
                period = "2018"
            value, percent = shown(cell)
            if not value.replace(".", "").isdigit():
                kind, value = f"{kind}: {cell}", value.split()[0] if value[0].isdigit() else ""
            found.append(("QC", f"target_{target}", kind, period, value, percent))
    return found


@pytest.fixture(scope="module")
def rows() -> list[ObservedRow]:
    return observed_rows(load_dataset(ROOT))


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


def test_bases_are_named_in_french(rows: list[ObservedRow]) -> None:
    bases = {(r.territory_code, r.indicator, r.category): r.base for r in rows}
    french = {category: bases["01", "admissions_by_french", category] for category in ("french_known", "not_available")}
    assert french["french_known"] == "Personnes ayant déclaré une connaissance de la langue"
    assert french["not_available"] == "Ensemble des personnes admises dans l’année"
    assert bases["2410", "admissions_by_mrc", "total"] == "Total de la région pour la période"
    assert bases["QC", "target_2.1", "target"] == "Cible ou donnée de référence pour l’ensemble du Québec"
    assert all(r.base and not r.base.islower() for r in rows)


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


def test_names_are_official(rows: list[ObservedRow]) -> None:
    names = {r.territory_code: r.territory for r in rows}
    assert names["2408"] == "La Matanie"
    assert names["2427"] == "Beauce-Centre"
    assert names["12"] == "Chaudière-Appalaches"
    assert names["11"] == "Gaspésie–Îles-de-la-Madeleine"

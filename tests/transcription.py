"""Figures typed by hand from the text of the source, for the tests alone: nothing here is read from data/.

Annexe 1, annexe 2, the portraits and the list of agreements come from the Plan d'action régional 2021-2022; the
populations of the territories come from the Recensement de 2016 (Statistique Canada, 98-402-X2016001).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
MINUS = "\u2212"

YEARS = ("2015", "2016", "2017", "2018", "2019")
SPAN = "2015-2019"
# In the order of the navigation.
REGIONS = {
    "01": "Bas-Saint-Laurent",
    "03": "Capitale-Nationale",
    "12": "Chaudière-Appalaches",
    "11": "Gaspésie–Îles-de-la-Madeleine",
}
SLUGS = {
    "01": "bas-saint-laurent",
    "03": "capitale-nationale",
    "12": "chaudiere-appalaches",
    "11": "gaspesie-iles-de-la-madeleine",
}

# --- Annexe 2: « Immigration permanente admise » ----------------------------------------------------------------------

ADMISSIONS = {  # 2015 to 2019
    "QC": (48966, 53247, 52400, 51123, 40565),
    "01": (110, 149, 194, 181, 135),
    "03": (2959, 3449, 2816, 2747, 2288),
    "12": (225, 215, 274, 246, 158),
    "11": (24, 51, 41, 38, 22),
}
TOTALS = {"QC": 246301, "01": 769, "03": 14259, "12": 1118, "11": 176}  # « Total des cinq dernières années »

MRC = {  # code: (official name today, admissions 2015-2019, printed share of its region)
    "01": {
        "2407": ("La Matapédia", 25, "3.3"),
        "2408": ("La Matanie", 58, "7.5"),  # printed « Matane »
        "2409": ("La Mitis", 16, "2.1"),
        "2410": ("Rimouski-Neigette", 477, "62.0"),
        "2411": ("Les Basques", 6, "0.8"),
        "2412": ("Rivière-du-Loup", 110, "14.3"),
        "2413": ("Témiscouata", 9, "1.2"),
        "2414": ("Kamouraska", 68, "8.8"),
    },
    "03": {
        "2415": ("Charlevoix-Est", 23, "0.2"),
        "2416": ("Charlevoix", 45, "0.3"),
        "2420": ("L’Île-d’Orléans", 6, "0.0"),
        "2421": ("La Côte-de-Beaupré", 50, "0.4"),
        "2422": ("La Jacques-Cartier", 74, "0.5"),
        "2423": ("Québec", 13848, "97.1"),
        "2434": ("Portneuf", 213, "1.5"),
    },
    "12": {
        "2417": ("L’Islet", 16, "1.4"),
        "2418": ("Montmagny", 45, "4.0"),
        "2419": ("Bellechasse", 71, "6.4"),
        "2426": ("La Nouvelle-Beauce", 30, "2.7"),
        "2427": ("Beauce-Centre", 92, "8.2"),  # printed « Robert-Cliche »
        "2428": ("Les Etchemins", 17, "1.5"),
        "2429": ("Beauce-Sartigan", 194, "17.4"),
        "2431": ("Les Appalaches", 97, "8.7"),
        "2433": ("Lotbinière", 41, "3.7"),
        "2425": ("Lévis", 515, "46.1"),
    },
    "11": {
        "2401": ("Îles-de-la-Madeleine", 12, "6.8"),
        "2402": ("Le Rocher-Percé", 15, "8.5"),
        "2403": ("La Côte-de-Gaspé", 69, "39.2"),
        "2404": ("La Haute-Gaspésie", 31, "17.6"),
        "2405": ("Bonaventure", 26, "14.8"),
        "2406": ("Avignon", 23, "13.1"),
    },
}
MRC_REGION = {code: region for region, own in MRC.items() for code in own}
MRC_COUNT = {code: row[1] for own in MRC.values() for code, row in own.items()}
UNRELIABLE = frozenset({"2411", "2420", "2413", "2401", "2402", "2409", "2417", "2428"})  # fewer than 20 admissions

CATEGORIES = {  # 2019: economic, family, refugee, other
    "QC": (23129, 9686, 7248, 502),
    "01": (46, 36, 52, 1),
    "03": (1410, 524, 342, 12),
    "12": (70, 72, 14, 2),
    "11": (12, 10, 0, 0),
}
CATEGORY_PCT = {  # as printed; « - » is a zero
    "QC": ("57.0", "23.9", "17.9", "1.2"),
    "01": ("34.1", "26.7", "38.5", "0.7"),
    "03": ("61.6", "22.9", "14.9", "0.5"),
    "12": ("44.3", "45.6", "8.9", "1.3"),
    "11": ("54.5", "45.5", "0.0", "0.0"),
}
SEXES = {"QC": (20577, 19988), "01": (61, 74), "03": (1143, 1145), "12": (81, 77), "11": (9, 13)}  # female, male
SEX_PCT = {
    "QC": ("50.7", "49.3"),
    "01": ("45.2", "54.8"),
    "03": ("50.0", "50.0"),
    "12": ("51.3", "48.7"),
    "11": ("40.9", "59.1"),
}
FRENCH = {  # known, not known, declared, not available
    "QC": (19871, 20041, 39912, 653),
    "01": (98, 21, 119, 16),
    "03": (1710, 483, 2193, 95),
    "12": (116, 39, 155, 3),
    "11": (19, 2, 21, 1),
}
FRENCH_PCT = {  # known and not known out of the declared; not available out of everyone
    "QC": ("49.8", "50.2", "1.6"),
    "01": ("82.4", "17.6", "11.9"),
    "03": ("78.0", "22.0", "4.2"),
    "12": ("74.8", "25.2", "1.9"),
    "11": ("90.5", "9.5", "4.5"),
}
PERMITS = {  # 31 December 2019: students, PTET, PMI
    "QC": (87285, 15480, 56200),
    "01": (970, 205, 365),
    "03": (6480, 2325, 1915),
    "12": (420, 1220, 650),
    "11": (270, 55, 75),
}

# --- Portraits, map of the immigrant population, agreements -----------------------------------------------------------

PLAN_POPULATION = {"01": 189975, "03": 709325, "12": 408615, "11": 88130}
IMMIGRANTS = {"QC": 1091310, "01": 2450, "03": 41895, "12": 7320, "11": 950}
AGREEMENTS = {  # MRC, PASI, Soutien à la mission (None: not mentioned), mandataires
    "01": (8, 6, 1, 1),
    "03": (5, 7, 3, 10),
    "12": (8, 9, 2, 4),
    "11": (4, 4, None, 2),
    "DRCNEQ": (25, 26, 6, 17),
}

# --- Annexe 1: printed reference, then the targets of 2019-2020 to 2022-2023 ------------------------------------------

TARGET_YEARS = ("2019-2020", "2020-2021", "2021-2022", "2022-2023")
TARGETS = {
    "2.1": ("45 %", "50 %", "55 %", "60 %", "65 %"),
    "3.1": ("s. o.", "Mise en œuvre", "60 %", "70 %", "75 %"),
    "4.1": ("17 %", "34 %", "21,5 %", "22,5 %", "24 %"),
    "5.1-a": ("800 accompagnements", "960", "600", "800", "1 200"),
    "5.1-b": ("s. o.", "80 %", "80 %", "85 %", "85 %"),
}

# --- Recensement de 2016 ----------------------------------------------------------------------------------------------

CENSUS_REGIONS = {"01": 197385, "03": 729997, "12": 420082, "11": 90311}
CENSUS = {
    "2401": 12475, "2402": 17282, "2403": 17117, "2404": 11316, "2405": 17660, "2406": 14461, "2407": 17925,
    "2408": 21301, "2409": 18210, "2410": 56650, "2411": 8694, "2412": 33958, "2413": 19574, "2414": 21073,
    "2415": 15509, "2416": 12997, "2417": 17798, "2418": 22698, "2419": 37233, "2420": 7082, "2421": 28199,
    "2422": 43485, "2423": 569717, "2425": 143414, "2426": 36785, "2427": 19125, "2428": 16536, "2429": 52406,
    "2431": 42346, "2433": 31741, "2434": 53008,
}  # fmt: skip


# --- Arithmetic and typography, done here on purpose without the code under test --------------------------------------


def pct(part: int, whole: int) -> Decimal:
    return Decimal(part) * 100 / Decimal(whole)


def rounded(value: Decimal | float | int, places: int) -> Decimal:
    """Half up, as the source rounds."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def fr(value: Decimal | float | int, places: int = 0) -> str:
    """« 14 259 », « −16,7 » in the typography of Québec, digit by digit."""
    text = str(abs(rounded(value, places)))
    whole, _, decimals = text.partition(".")
    groups = []
    while whole:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    sign = MINUS if rounded(value, places) < 0 else ""
    return sign + NBSP.join(groups) + ("," + decimals if decimals else "")


def fr_pct(value: Decimal | float | int, places: int = 1) -> str:
    return f"{fr(value, places)}{NBSP}%"


def fr_share_of_quebec(part: int, whole: int) -> str:
    """A share of Québec as it is written everywhere: two decimals under 1 %."""
    share = pct(part, whole)
    return fr_pct(share, 2 if share < 1 else 1)

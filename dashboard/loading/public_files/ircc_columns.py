"""Columns, months and values of IRCC's monthly files: the names that we know, in English and in French.

Names are compared without accents nor signs: the files themselves write « FR_ANNEÉ ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dashboard.loading.public_files.result import Imported
from dashboard.model.problems import Problem
from dashboard.wording.slugs import fold

# What a column holds -> its names; of two columns that hold the same, the English one is read and the French compared.
_ROLES: Final = {
    "year": ("en_year", "fr_annee"),
    "quarter": ("en_quarter", "fr_trimestre"),
    "month": ("en_month", "fr_mois"),
    "province": ("en_province_territory", "fr_province_territoire"),
    "category": (
        "en_immigration_category_main_category",
        "fr_categorie_d_immigration_categorie_principale",
        "en_immigration_category",
        "fr_categorie_d_immigration",
    ),
    "sex": ("en_gender", "en_sex", "fr_sexe", "fr_genre"),
    "total": ("total",),
}
# Columns that divide the same people further: their rows are added together.
_DIVIDING: Final = {
    "area": ("en_census_metropolitan_area", "fr_region_metropolitaine_de_recensement"),
    "age": ("en_age", "en_age_group", "fr_age", "fr_groupe_d_age"),
    "country": ("en_country_of_citizenship", "fr_pays_de_citoyennete"),
    "group": ("en_immigration_category_group", "fr_categorie_d_immigration_groupe"),
    "component": ("en_immigration_category_component", "fr_categorie_d_immigration_composante"),
}
NAMES: Final = frozenset(one for names in (*_ROLES.values(), *_DIVIDING.values()) for one in names)
# How IRCC writes the head of what is read, for a message.
HEADS: Final = {
    "year": "EN_YEAR",
    "quarter": "EN_QUARTER",
    "month": "EN_MONTH",
    "province": "EN_PROVINCE_TERRITORY",
    "category": "EN_IMMIGRATION_CATEGORY-MAIN_CATEGORY",
    "sex": "EN_GENDER",
    "area": "EN_CENSUS_METROPOLITAN_AREA",
    "age": "EN_AGE",
    "country": "EN_COUNTRY_OF_CITIZENSHIP",
    "total": "TOTAL",
}
CATEGORIES: Final = {
    "economic": "economic",
    "immigration economique": "economic",
    "economique": "economic",
    "sponsored family": "family",
    "regroupement familial": "family",
    "famille parrainee": "family",
    "resettled refugee protected person in canada": "refugee",
    "refugies reinstalles et personnes protegees au canada": "refugee",
    "refugie reinstalle et personne protegee au canada": "refugee",
    "all other immigration": "other",
    "toutes les autres immigrations": "other",
    "tous les autres immigrants": "other",
    "autres immigrants": "other",
}
SEXES: Final = {"female": "female", "woman": "female", "femme": "female", "femmes": "female", "feminin": "female"} | {
    "male": "male",
    "man": "male",
    "homme": "male",
    "hommes": "male",
    "masculin": "male",
}
QUEBEC: Final = frozenset({"quebec"})
_MONTHS: Final = (
    ("jan", "janv", "january", "janvier"),
    ("feb", "fev", "fevr", "february", "fevrier"),
    ("mar", "mars", "march"),
    ("apr", "avr", "avril", "april"),
    ("may", "mai"),
    ("jun", "juin", "june"),
    ("jul", "juil", "juill", "july", "juillet"),
    ("aug", "aou", "aout", "august"),
    ("sep", "sept", "september", "septembre"),
    ("oct", "october", "octobre"),
    ("nov", "november", "novembre"),
    ("dec", "december", "decembre"),
)
MONTHS: Final = {word: rank for rank, words in enumerate(_MONTHS, 1) for word in (*words, str(rank), f"{rank:02}")}
QUARTERS: Final = {f"{letter}{rank}": rank for rank in range(1, 5) for letter in ("q", "t", "")}
_MOST_COLUMNS: Final = 100


def plain(text: str) -> str:
    """Lower case, without accents nor signs: « Resettled Refugee & Protected Person » -> words alone."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(text)).split())


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of what is read. pairs: places of the columns that must agree with each (French beside English).

    dividing: places of the columns whose rows are added together, by what they divide.
    """

    width: int
    places: dict[str, int]
    pairs: dict[str, int]
    dividing: dict[str, int]


def columns(header: list[str], line: int, name: str, found: Imported) -> Columns | None:
    """Places of what the header names, or None with what is wrong in `found`."""
    if len(header) > _MOST_COLUMNS:
        found.refuse(Problem(name, f"il y a {len(header)} colonnes.", "vérifier que c’est le bon fichier.", line))
        return None
    keys = [plain(head).replace(" ", "_") for head in header]
    for key in sorted({key for key in keys if key and keys.count(key) > 1}):
        head = header[keys.index(key)]
        found.refuse(Problem(name, "cette colonne figure deux fois.", "n’en garder qu’une.", line, head))
    own = {role: [keys.index(one) for one in names if one in keys] for role, names in (_ROLES | _DIVIDING).items()}
    places = {role: where[0] for role, where in own.items() if where and role in _ROLES}
    # A category and its French name are not written alike: only what is the same number or name is compared.
    pairs = {role: own[role][1] for role in ("year", "month", "province") if len(own[role]) > 1}
    for role in ("year", "province", "total"):
        if role not in places:
            message = f"la colonne « {HEADS[role]} » manque."
            remedy = (
                "prendre un fichier par province : celui-ci ne dit rien du Québec."
                if role == "province"
                else "télécharger de nouveau le fichier."
            )
            found.refuse(Problem(name, message, remedy, line, HEADS[role]))
    if found.problems:
        return None
    return Columns(len(header), places, pairs, {role: own[role][0] for role in _DIVIDING if own[role]})


def unknown(header: list[str]) -> list[str]:
    """Columns of a header whose names we do not know."""
    return [head or "(sans nom)" for head in header if plain(head).replace(" ", "_") not in NAMES]

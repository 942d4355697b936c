"""Columns, months and values of IRCC's monthly files: the names that we know, in English and in French.

Names are compared without accents nor signs: the files themselves write « FR_ANNEÉ ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dashboard.loading.public_files.result import Imported, enumeration
from dashboard.model.problems import Problem, shortened
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
    "en_census_metropolitan_area",
    "fr_region_metropolitaine_de_recensement",
    "en_immigration_category_group",
    "fr_categorie_d_immigration_groupe",
    "en_immigration_category_component",
    "fr_categorie_d_immigration_composante",
    "en_age",
    "fr_age",
    "en_country_of_citizenship",
    "fr_pays_de_citoyennete",
    "en_occupation",
    "fr_profession",
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
    """Places of what is read. pairs: places of the columns that must agree with each (French beside English)."""

    width: int
    places: dict[str, int]
    pairs: dict[str, int]


def columns(header: list[str], line: int, name: str, found: Imported) -> Columns | None:
    """What the header says, or None with the problems in `found`; unknown columns are named in the remarks."""
    if len(header) > _MOST_COLUMNS:
        found.refuse(Problem(name, f"il y a {len(header)} colonnes.", "vérifier que c’est le bon fichier.", line))
        return None
    keys = [plain(head).replace(" ", "_") for head in header]
    for key in sorted({key for key in keys if key and keys.count(key) > 1}):
        head = header[keys.index(key)]
        found.refuse(Problem(name, "cette colonne figure deux fois.", "n’en garder qu’une.", line, head))
    places, pairs = {}, {}
    for role, names in _ROLES.items():
        own = [keys.index(one) for one in names if one in keys]
        if own:
            places[role] = own[0]
        # A category and its French name are not written alike: only what is the same number or name is compared.
        if len(own) > 1 and role in ("year", "month", "province"):
            pairs[role] = own[1]
    expected = {"year": "EN_YEAR", "province": "EN_PROVINCE_TERRITORY", "total": "TOTAL"}
    if "year" not in places and "total" not in places:
        message = "la première ligne ne porte pas les noms de colonnes d’un fichier d’IRCC."
        remedy = "prendre un fichier « ODP-PR-… » qui a les colonnes EN_YEAR, EN_PROVINCE_TERRITORY et TOTAL."
        found.refuse(Problem(name, message, remedy, line, value=shortened(" ".join(header))))
        return None
    for role, head in expected.items():
        if role not in places:
            message = f"la colonne « {head} » manque."
            remedy = (
                "prendre un fichier par province : celui-ci ne dit rien du Québec."
                if role == "province"
                else "télécharger de nouveau le fichier."
            )
            found.refuse(Problem(name, message, remedy, line, head))
    if found.problems:
        return None
    known = {one for names in _ROLES.values() for one in names} | _DIVIDING
    unknown = [head or "(sans nom)" for head, key in zip(header, keys, strict=True) if key not in known]
    if unknown:
        found.remarks.append(
            f"Colonnes inconnues, dont rien n’est tiré (leurs lignes sont additionnées) : {enumeration(unknown)}. "
            "Vérifier qu’aucune ne compte deux fois les mêmes personnes."
        )
    return Columns(len(header), places, pairs)

"""Columns and values of IRCC's monthly files, in English and in French, and what proves that one counts everybody.

Names are compared without accents nor signs: the files themselves write « FR_ANNEÉ ». IRCC's files of permits, asylum
claims, transitions or of a part of the admissions have the same shape as the one that is wanted. A file that does not
prove what it is, is refused with what it was recognised for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from babel.dates import get_month_names

from dashboard.loading.public_files.result import Imported, Refused, enumeration
from dashboard.model.problems import shortened
from dashboard.wording.slugs import flat

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
    # These divide the same people further: their rows are added together.
    "area": ("en_census_metropolitan_area", "fr_region_metropolitaine_de_recensement"),
    "age": ("en_age", "en_age_group", "fr_age", "fr_groupe_d_age"),
    "country": ("en_country_of_citizenship", "fr_pays_de_citoyennete"),
    "group": ("en_immigration_category_group", "fr_categorie_d_immigration_groupe"),
    "component": ("en_immigration_category_component", "fr_categorie_d_immigration_composante"),
}
# A year whose lines have one value of these has been cut down to it.
DIVIDING: Final = ("area", "age", "country")
_NAMES: Final = frozenset(one for names in _ROLES.values() for one in names)
# How IRCC writes the head of what is read, for a message.
HEADS: Final = {role: names[0].upper() for role, names in _ROLES.items()} | {
    "category": "EN_IMMIGRATION_CATEGORY-MAIN_CATEGORY"
}


def _by_word(words: Mapping[str, str]) -> dict[str, str]:
    return {word: ours for ours, theirs in words.items() for word in theirs.split("; ")}


CATEGORIES: Final = _by_word(
    {
        "economic": "economic; immigration economique; economique",
        "family": "sponsored family; regroupement familial; famille parrainee",
        "refugee": "resettled refugee protected person in canada; refugies reinstalles et personnes protegees au "
        "canada; refugie reinstalle et personne protegee au canada",
        "other": "all other immigration; toutes les autres immigrations; tous les autres immigrants; autres immigrants",
    }
)
SEXES: Final = _by_word(
    {"female": "female; woman; femme; femmes; feminin", "male": "male; man; homme; hommes; masculin"}
)
MONTH_NAMES: Final[Mapping[int, str]] = get_month_names("wide", locale="fr")
# « Jan », « January », « janv. », « janvier », « 1 », « 01 »; then what IRCC and others write otherwise.
MONTHS: Final = {
    flat(word): month
    for locale in ("en", "fr")
    for width in ("abbreviated", "wide")
    for month, name in get_month_names(width, locale=locale).items()
    for word in (name, str(month), f"{month:02}")
} | {"fev": 2, "juill": 7, "aou": 8}
QUARTERS: Final = {f"{letter}{rank}": rank for rank in range(1, 5) for letter in ("q", "t", "")}
_MOST_COLUMNS: Final = 100
# Words of « ODP-PR-PT_IMMCAT.csv » after « ODP-PR »: how all the admissions are divided. Another word is a part.
_DIVISIONS: Final = frozenset("pt prov immcat provimmcat citz cma gender sex age agegroup".split())  # noqa: SIM905
# Words of a name or of a column -> what the file counts.
_OTHERS: Final[dict[str, str]] = {
    "des demandes d’asile": "asylum claim claims claimant claimants asile demandeur demandeurs rank classement office",
    "des transitions vers la résidence permanente": "transition transitions trans from previous anterieur anterieure",
    "les admissions par Entrée express seulement": "ee express",
    "les personnes réfugiées seulement": "ref refugee refugees refugie refugies resettled reinstalles syrian syrien "
    "syriens afghan afghans sponsorship bvor gar psr parrainage",
    "les francophones seulement": "fre fr french franco francophone francophones francais language langue langues sp",
    "des permis d’études": "study etude etudes student students dli institution instituion etablissement",
    "des permis de travail": "work travail permit permits permis imp tfw tfwp ptet pmi pgwp wp program programme hc tr",
    "les personnes dont la profession est connue": "occupation profession noc noc4 noc5 cnp skill",
}
_NEEDED: Final = (
    "prendre le fichier de toutes les admissions de résidents permanents, sous son nom d’origine, par exemple "
    "« ODP-PR-PT_IMMCAT.csv »."
)
_WITH_HEADS: Final = "prendre un fichier « ODP-PR-… » qui a les colonnes EN_YEAR, EN_PROVINCE_TERRITORY et TOTAL."
# A year whose figures are divided this way counts everybody only when each of these is there.
_WHOLE: Final = {
    "category": {
        "economic": "immigration économique",
        "family": "regroupement familial",
        "refugee": "personnes réfugiées",
    },
    "sex": {"female": "femmes", "male": "hommes"},
}


def _key(head: str) -> str:
    return flat(head).replace(" ", "_")


def _recognised(words: list[str]) -> str | None:
    """What these words say that a file counts, other than all the admissions; None when they say nothing."""
    return next((what for what, signs in _OTHERS.items() if set(signs.split()) & set(words)), None)


def columns(found: Imported, header: list[str], line: int) -> dict[str, list[int]]:
    """Places of what the columns hold: the one that is read, then those of the same thing.

    What is wrong with some columns is in the problems of `found`. Raises Refused when the name and the first line do
    not prove a file of all the admissions.
    """
    keys = [_key(head) for head in header]
    if not set(keys) & _NAMES:
        figures = any(re.fullmatch(r"(19|20)[0-9]{2}", cell) for cell in header) and any(
            re.fullmatch(r"--|[0-9][0-9 ,\u00a0\u202f]*", cell) for cell in header
        )
        message = "la première ligne ne porte pas les noms de colonnes d’un fichier d’IRCC."
        if figures:
            message = "il n’y a pas de ligne de titres : la première ligne porte déjà des nombres."
        raise Refused(message, _WITH_HEADS, line, None, shortened(" ".join(header)))
    _prove_name(found.name, header)
    unknown = [head or "(sans nom)" for head, key in zip(header, keys, strict=True) if key not in _NAMES]
    if unknown:
        what = next((what for head in unknown if (what := _recognised(flat(head).split()[1:]))), None)
        message = f"ce fichier compte {what}, d’après une de ses colonnes."
        if what is None:
            named = f" ({enumeration(unknown)})" if len(unknown) > 1 else ""
            message = f"rien ne dit que l’on peut additionner les lignes que divise cette colonne{named}."
        raise Refused(message, _NEEDED, line, unknown[0])
    if len(header) > _MOST_COLUMNS:
        raise Refused(f"il y a {len(header)} colonnes.", "vérifier que c’est le bon fichier.", line)
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        found.refuse("cette colonne figure deux fois.", "n’en garder qu’une.", line, header[keys.index(key)])
    places = {role: [keys.index(one) for one in names if one in keys] for role, names in _ROLES.items()}
    for role in ("year", "province", "total"):
        if not places[role]:
            remedy = "télécharger de nouveau le fichier."
            if role == "province":
                remedy = "prendre un fichier par province : celui-ci ne dit rien du Québec."
            found.refuse(f"la colonne « {HEADS[role]} » manque.", remedy, line, HEADS[role])
    return {role: where for role, where in places.items() if where}


def _prove_name(name: str, header: list[str]) -> None:
    """Raises Refused when the name of a file does not prove that it counts all the admissions."""
    # A browser numbers what it downloads twice: « … (1).csv », « … - Copie.csv ».
    stem = re.sub(r"(\s*\(\d+\)|\s*-\s*(copie|copy))+$", "", re.sub(r"\.[^.]*$", "", name), flags=re.IGNORECASE)
    words = flat(stem).split()
    own = words[:2] == ["odp", "pr"]
    rest = [word for word in words[2:] if word not in _DIVISIONS] if own else words
    if own and words[2:] and not rest:
        return
    if what := _recognised(rest):
        raise Refused(f"ce fichier compte {what}, d’après son nom.", _NEEDED)
    if own:
        raise Refused("ce nom n’est pas celui d’un fichier de toutes les admissions.", _NEEDED)
    for head in header:
        if what := _recognised(flat(head).split()[1:]):
            raise Refused(f"ce fichier compte {what}, d’après une de ses colonnes.", _NEEDED, 1, head)
    message = "rien dans le nom de ce fichier ne montre qu’il compte les admissions de résidents permanents."
    raise Refused(message, _NEEDED)


def refuse_parts(found: Imported, held: Mapping[tuple[str, str], set[str]]) -> None:
    """Refuse, once a column, the years that hold only a part of the admissions.

    held: (role of the column, year) -> values that Québec's lines have there; our identifiers for a category or a sex,
    the words of the file for an age, a country or an area.
    """
    told = set()
    for (role, year), values in sorted(held.items()):
        missing = [label for one, label in _WHOLE.get(role, {}).items() if one not in values]
        why = f"il y manque {enumeration(missing)}" if missing else "une seule valeur dans cette colonne"
        if role not in told and (missing or (role in DIVIDING and len(values) == 1)):
            message = f"{year} ne compte qu’une partie des admissions : {why}."
            found.refuse(message, _NEEDED, None, HEADS[role], ", ".join(sorted(values)))
            told.add(role)

"""What proves that a file of IRCC counts all the permanent residents admitted: its name, its columns, its values.

IRCC's files of permits, asylum claims, transitions or of a part of the admissions have the same shape as the one
that is wanted. A file that does not prove what it is, is refused with what it was recognised for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dashboard.loading.public_files import ircc_columns as known
from dashboard.loading.public_files.result import enumeration
from dashboard.model.problems import Problem

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
# A year whose figures are divided this way counts everybody only when each of these is there.
WHOLE: Final = {"category": ("economic", "family", "refugee"), "sex": ("female", "male")}
_LABELS: Final = {
    "economic": "immigration économique",
    "family": "regroupement familial",
    "refugee": "personnes réfugiées",
    "female": "femmes",
    "male": "hommes",
}


def _words(text: str) -> list[str]:
    """Words of a name: « ODP-TR-Work-IMP_PT (1).csv » -> odp tr work imp pt 1 csv."""
    return known.plain(text).split()


def recognised(words: list[str]) -> str | None:
    """What these words say that a file counts, other than all the admissions; None when they say nothing."""
    return next((what for what, signs in _OTHERS.items() if set(signs.split()) & set(words)), None)


def no_header(cells: list[str]) -> bool:
    """True for a first line of figures: a year or a month, a number, and none of the names that we know."""
    if any(known.plain(cell).replace(" ", "_") in known.NAMES for cell in cells):
        return False
    return any(re.fullmatch(r"(19|20)[0-9]{2}", cell) for cell in cells) and any(
        re.fullmatch(r"--|[0-9][0-9 ,\u00a0\u202f]*", cell) for cell in cells
    )


def name_problem(name: str, header: list[str]) -> Problem | None:
    """Why the name of a file does not prove that it counts all the admissions; None when it does."""
    stem = re.sub(r"\.[^.]*$", "", name)
    # A browser numbers what it downloads twice: « … (1).csv », « … - Copie.csv ».
    words = _words(re.sub(r"(\s*\(\d+\)|\s*-\s*(copie|copy))+$", "", stem, flags=re.IGNORECASE))
    if words[:2] == ["odp", "pr"]:
        rest = [word for word in words[2:] if word not in _DIVISIONS]
        if words[2:] and not rest:
            return None
        what = recognised(rest)
        if what is None:
            message = "ce nom n’est pas celui d’un fichier de toutes les admissions."
            return Problem(name, message, _NEEDED)
        return Problem(name, f"ce fichier compte {what}, d’après son nom.", _NEEDED)
    what = recognised(words)
    if what is not None:
        return Problem(name, f"ce fichier compte {what}, d’après son nom.", _NEEDED)
    for head in header:
        what = recognised(_words(head)[1:])
        if what is not None:
            message = f"ce fichier compte {what}, d’après une de ses colonnes."
            return Problem(name, message, _NEEDED, 1, head)
    message = "rien dans le nom de ce fichier ne montre qu’il compte les admissions de résidents permanents."
    return Problem(name, message, _NEEDED)


def column_problem(name: str, line: int, unknown: list[str]) -> Problem | None:
    """Why these unknown columns do not let the lines be added together; None without any."""
    if not unknown:
        return None
    what = next((found for head in unknown if (found := recognised(_words(head)[1:])) is not None), None)
    if what is not None:
        return Problem(name, f"ce fichier compte {what}, d’après une de ses colonnes.", _NEEDED, line, unknown[0])
    message = (
        f"rien ne dit que l’on peut additionner les lignes que divise cette colonne ({enumeration(unknown)})."
        if len(unknown) > 1
        else "rien ne dit que l’on peut additionner les lignes que divise cette colonne."
    )
    return Problem(name, message, _NEEDED, line, unknown[0])


def part_problems(name: str, found: Mapping[tuple[str, str], set[str]]) -> list[Problem]:
    """Why some years hold only a part of the admissions.

    found: (role of the column, year) -> values that Québec's lines have there; our identifiers for a category or a sex,
    the words of the file for an age, a country or an area.
    """
    problems = []
    for role in sorted({role for role, _ in found}):
        years = sorted(year for one, year in found if one == role)
        for year in years:
            values = found[role, year]
            missing = [one for one in WHOLE.get(role, ()) if one not in values]
            if missing:
                lacking = enumeration(_LABELS[one] for one in missing)
                message = f"{year} ne compte qu’une partie des admissions : il y manque {lacking}."
            elif len(values) == 1 and role not in WHOLE:
                message = f"{year} ne compte qu’une partie des admissions : une seule valeur dans cette colonne."
            else:
                continue
            problems.append(Problem(name, message, _NEEDED, column=known.HEADS[role], value=", ".join(sorted(values))))
            break
    return problems

"""French messages for what Pydantic and the parsers refuse."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from dashboard.wording.numbers import number

_WHOLE = (
    "un nombre entier est attendu.",
    "écrire le nombre en chiffres seulement, sans espace, virgule ni lettre (ex. 14259).",
)
_COLOR = ("cette couleur n’est pas reconnue.", "écrire « # » et six chiffres ou lettres (ex. #1472bf).")
_MAPPING = ("une liste de noms et de valeurs est attendue.", "écrire « nom: valeur », une par ligne.")
_KEY = ("cette clé n’est pas reconnue.", "n’utiliser que a-z, 0-9 et le trait d’union.")
# Pydantic error type -> (message, remedy). `{ctx}` values come from the error itself.
_MESSAGES: dict[str, tuple[str, str]] = {
    "missing": ("cette information est obligatoire et elle manque.", "l’ajouter, comme dans les entrées voisines."),
    "extra_forbidden": ("ce nom n’est pas prévu ici.", "corriger son orthographe ou le retirer."),
    "invalid_key": ("ce nom n’est pas un texte.", "le mettre entre guillemets."),
    "int_parsing": _WHOLE,
    "int_parsing_size": ("ce nombre est démesuré.", "vérifier le nombre dans la source."),
    "int_from_float": ("un nombre entier est attendu.", "retirer la partie décimale."),
    "int_type": ("un nombre entier est attendu.", "écrire un nombre entier, sans guillemets."),
    "float_type": ("un nombre est attendu.", "écrire un nombre, avec un point décimal et sans guillemets."),
    "decimal_parsing": (
        "un pourcentage en chiffres est attendu.",
        "écrire le nombre avec un point décimal et sans signe % (ex. 97.1).",
    ),
    "decimal_max_digits": ("ce pourcentage a trop de chiffres.", "le recopier tel que la source l’imprime."),
    "greater_than_equal": ("ce nombre est plus petit que {ge}.", "vérifier le signe et le nombre dans la source."),
    "less_than_equal": ("ce nombre dépasse {le}.", "vérifier le nombre dans la source."),
    "string_too_short": ("ce texte est vide.", "le remplir."),
    "string_too_long": ("ce texte a plus de {max_length} caractères.", "le raccourcir."),
    "string_type": ("un texte est attendu.", 'mettre la valeur entre guillemets (ex. « "01" »).'),
    "bool_type": ("« true » ou « false » est attendu.", "écrire « true » ou « false », sans guillemets."),
    "list_type": ("une liste est attendue.", "mettre un tiret devant chaque élément."),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "too_short": ("cette liste est trop courte.", "la compléter; il en faut au moins {min_length}."),
    "too_long": ("cette liste est trop longue.", "en garder au plus {max_length}."),
    "result_number": (
        "un résultat en chiffres est attendu.",
        "écrire le nombre seul, sans signe ni lettre (ex. 20 ou 21,5).",
    ),
    "result_size": ("ce résultat est démesuré.", "vérifier le nombre."),
    "follow_up_date": ("cette date ne se lit pas.", "écrire l’année, le mois et le jour (ex. 2022-03-31)."),
    "membership_day": (
        "cette date ne se lit pas.",
        "écrire une année (2022), une date (2022-03-31), ou rien si la période est ouverte.",
    ),
    "unreadable_character": ("un caractère illisible s’est glissé dans ce texte.", "le retaper."),
    "formula": (
        "ce texte commence comme une formule de tableur.",
        "mettre une apostrophe devant (ex. « '=… »); elle disparaît à la lecture.",
    ),
    "finite_number": ("ce nombre n’est pas fini.", "écrire un nombre ordinaire."),
}
_VALUE_ERRORS: dict[str, tuple[str, str]] = {
    "valeur_absente": (
        "la valeur est vide, mais le statut n’est pas « not_available ».",
        "écrire le nombre, ou mettre le statut « not_available » si la source ne le donne pas.",
    ),
    "valeur_presente": (
        "une valeur est inscrite, mais le statut est « not_available ».",
        "corriger le statut, ou vider la valeur.",
    ),
}
_PATTERNS = {
    "period": (
        "cette période n’est pas reconnue.",
        "écrire une année (2019), deux (2015-2019) ou une date (2019-12-31).",
    ),
    "color": _COLOR,
    "map_colors": _COLOR,
    "group_key": _KEY,
    "groups": _KEY,
    "key": _KEY,
    "region_code": ("ce code n’est pas reconnu.", 'écrire le code de la région (ex. « "01" »).'),
    "slug": ("cette adresse n’est pas reconnue.", "n’utiliser que a-z, 0-9 et le trait d’union."),
    "file": ("ce nom de fichier n’est pas reconnu.", "écrire un nom en minuscules qui finit par « .csv »."),
    "code": ("ce code n’est pas reconnu.", "n’utiliser que des chiffres et des majuscules (ex. 2410)."),
}


def describe(error: dict[str, Any]) -> tuple[str, str]:
    """French message and remedy of one Pydantic error; never the English text of the library."""
    kind = str(error["type"])
    context = error.get("ctx", {})
    if kind == "french":
        # A reader of ours that already says what is wrong (dashboard/scenarios/fields.py).
        return str(context["message"]), str(context["remedy"])
    if kind == "value_error":
        return _VALUE_ERRORS.get(str(context.get("error")), ("cette ligne se contredit.", "la relire."))
    if kind == "literal_error":
        expected = ", ".join(f"« {name} »" for name in re.findall(r"'([^']*)'", str(context.get("expected", ""))))
        return f"cette valeur n’est pas prévue; sont possibles : {expected}.", "choisir l’une d’elles."
    field = next((str(p) for p in reversed(error["loc"]) if isinstance(p, str) and p in _PATTERNS), "")
    if kind == "string_pattern_mismatch" and field:
        return _PATTERNS[field]
    message, remedy = _MESSAGES.get(kind, ("cette valeur n’est pas acceptée.", "la comparer aux entrées voisines."))
    limits = {k: number(v) for k, v in context.items() if isinstance(v, int | float | Decimal)}
    for name, limit in limits.items():
        message, remedy = message.replace(f"{{{name}}}", limit), remedy.replace(f"{{{name}}}", limit)
    return message, remedy

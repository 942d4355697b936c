"""What the workbook explains: its first sheet, and what each column holds."""

from __future__ import annotations

from typing import Final

from dashboard.loading.draft import MEMBERSHIPS
from dashboard.loading.workbook_layout import HELP_COLUMN

_README: Final = """Le classeur de toutes les données
Ce classeur contient tous les fichiers de données du tableau de bord, une feuille par fichier. Il se remplit, se \
vérifie, se compare et se publie; rien n’est changé tant qu’il n’est pas publié.
# Ajouter les chiffres d’une année
1. Dans chaque feuille de chiffres, les lignes jaunes sont prêtes pour l’année suivante : le territoire, \
l’indicateur, la catégorie et la période y sont déjà.
2. Y inscrire le nombre (value), le pourcentage s’il est imprimé (printed_pct), le statut, la source et la ligne \
de la source recopiée telle quelle (quote).
3. Une ligne jaune laissée vide n’est pas lue. Une ligne commencée est lue en entier.
4. Une source nouvelle se déclare dans la feuille « sources » : une ligne de plus, comme ses voisines.
# Corriger un chiffre
Changer la cellule, et la ligne recopiée (quote) si elle était mal recopiée. Si la source ne donne pas un \
nombre, laisser value vide et choisir le statut not_available : ce n’est pas zéro.
# Réviser un chiffre
Une valeur que sa source révise est conservée : recopier sa ligne plus bas, avec le statut superseded, puis mettre \
dans la ligne d’origine le nouveau nombre, son statut, sa source et sa citation.
# Changer une région de direction
Feuille « memberships » : une ligne par région et par période d’appartenance. Laissée vide, elle ne crée aucun fichier.
# Ce qui est refusé, avec un message qui nomme la feuille et la cellule
Un nombre écrit comme du texte (« 14 259 »), une date, une formule, une cellule fusionnée, une ligne ou une \
colonne masquée (un filtre resté actif), une feuille renommée, ajoutée ou retirée. Coller des valeurs, jamais \
des formules.
# Les cellules grises
Elles sont verrouillées parce qu’elles disent de quoi parle la ligne. Pour retirer une ligne ou en changer le \
code : Révision, Ôter la protection de la feuille (sans mot de passe). La première colonne nomme les codes et \
n’est jamais lue.
# Les feuilles de textes (onglets gris)
Les fichiers de textes et de réglages (YAML) ont une feuille chacun : une ligne du fichier par ligne de la \
feuille, dans la colonne A. Les espaces du début d’une ligne comptent.
# Ensuite
Page « Mettre à jour » du tableau de bord : charger ce classeur montre ses erreurs, ou ce qu’il change, et un \
aperçu que vous seul voyez. Pour publier : python -m dashboard apply CLASSEUR.xlsx (voir docs/mettre-a-jour.md)."""
README_LINES: Final = tuple(_README.splitlines())

COLUMN_NOTES: Final = {
    HELP_COLUMN: "Les codes de la ligne, en mots. Cette colonne n’est jamais lue.",
    "territory_code": "Code du territoire, en texte : QC, 01, 2410. Liste : feuille « Codes ».",
    "indicator": "Identifiant de l’indicateur, tel que la feuille « Codes » le donne.",
    "category": "Catégorie de l’indicateur; total quand il n’y en a qu’une.",
    "period": "Année (2019), période (2015-2019) ou date (2019-12-31), en texte.",
    "value": "Nombre entier, tel que la source l’imprime. Vide si elle ne le donne pas (statut not_available).",
    "printed_pct": "Pourcentage imprimé, avec ses décimales, sans signe % : 97,1. Vide si la source n’en imprime pas.",
    "base": "Ce qui vaut 100 %. Liste : feuille « Codes ».",
    "status": "definitive, provisional, estimate, not_available ou superseded. Liste : feuille « Codes ».",
    "source": "Section du document d’où vient le nombre. Liste : feuille « Codes »; nouvelle : feuille « sources ».",
    "quote": "La ligne de la source qui porte le nombre et le pourcentage, recopiée telle quelle.",
    "region_code": "Code de la région, en texte : 01. Liste : feuille « Codes ».",
    "direction_code": "Code de la direction dont la région fait partie. Liste : feuille « Codes ».",
    "member_from": "Premier jour (2022-04-01) ou année (2022 : le 1er janvier). Vide : depuis toujours.",
    "member_to": "Dernier jour, compris (2022-03-31), ou année (2021 : le 31 décembre). Vide : encore aujourd’hui.",
    "note": "Libre; d’où vient le changement.",
}
# Said in the first column of a sheet that has no row yet.
EMPTY_SHEETS: Final = {
    MEMBERSHIPS: (
        "Facultatif : à remplir quand une région change",
        "de direction, une ligne par période.",
        "Laisser vide autrement : aucun fichier n’est créé.",
    )
}
FORMER_VALUE: Final = "valeur remplacée"
STATUS_WORDS: Final = {
    "definitive": "Donnée définitive",
    "provisional": "Donnée provisoire, qui peut être révisée",
    "estimate": "Estimation",
    "not_available": "La source ne donne pas le nombre; value est vide",
    "superseded": "Valeur révisée depuis par la source, gardée à côté de la nouvelle",
}

"""Broken YAML files: each fault has its French sentence; a region's document costs that region alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.broken_files import STOP, Files

PORTRAIT = "data/regions/03.yaml"
SHARED = [
    "config.yaml",
    *(f"data/{name}.yaml" for name in ("action_plan", "anomalies", "indicators", "sources", "targets", "texts")),
]
SYNTAX = (
    "la syntaxe YAML n’est pas lisible ici. "
    "Remède : vérifier le retrait, les deux-points et les guillemets de cette ligne et de la précédente."
)
TAB = "une tabulation tient lieu d’espaces. Remède : la remplacer par des espaces."
MAPPING = "une liste de noms et de valeurs est attendue. Remède : écrire « nom: valeur », une par ligne."
TEXT = 'un texte est attendu. Remède : mettre la valeur entre guillemets (ex. « "01" »).'
FLOAT = "un nombre est attendu. Remède : écrire un nombre, avec un point décimal et sans guillemets."
FIRST_VALUE = f"{PORTRAIT}, ligne 25, champ « figures, nº 1, value »"
TAGS = "les étiquettes « ! » ne sont pas permises. Remède : retirer l’étiquette."
NESTED = "trop de listes sont imbriquées. Remède : vérifier les crochets et les retraits."
UNREAD = "Remède : la corriger, ou la mettre entre guillemets si c’est un texte."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('  - id: "pop', '\t- id: "pop', f', ligne 21, valeur « - id: "population_share_quebec" » : {TAB}'),
        ('    territory: "03"', '\tterritory: "03"', f', ligne 22, valeur « territory: "03" » : {TAB}'),
        ('    territory: "03"', '    territory:\t"03"\n\t', f", ligne 23, valeur vide : {TAB}"),
        ('    period: "2016"', '     period: "2016"', f', ligne 24, valeur « period: "2016" » : {SYNTAX}'),
        ('    period: "2016"', '  period: "2016"', f', ligne 24, valeur « period: "2016" » : {SYNTAX}'),
        (
            '    period: "2016"',
            "    period 2016",
            (
                ", ligne 25, valeur « value: 8.9 » : la syntaxe YAML n’est pas lisible ici. "
                "Autres lignes en cause : ligne 24. "
                "Remède : vérifier le retrait, les deux-points et les guillemets de cette ligne et de la précédente."
            ),
        ),
        ("value: 8.9", "value: 8,9", f", ligne 25, champ « figures, nº 1, value », valeur « 8,9 » : {FLOAT}"),
        (
            '    period: "2016"\n',
            '    period: "2016"\n    period: "2016"\n',
            ", ligne 25, champ « period » : ce nom figure deux fois. Remède : n’en garder qu’un.",
        ),
        (
            "    value: 8.9\n",
            "",
            (
                ", ligne 21, champ « figures, nº 1, value » : cette information est obligatoire et elle "
                "manque. Remède : l’ajouter, comme dans les entrées voisines."
            ),
        ),
        (
            "    value: 8.9\n",
            "    value: 8.9\n    valeur: 3\n",
            (
                ", ligne 26, champ « figures, nº 1, valeur », valeur « 3 » : "
                "ce nom n’est pas prévu ici. Remède : corriger son orthographe ou le retirer."
            ),
        ),
        ('territory: "03"', "territory: 03", f", ligne 22, champ « figures, nº 1, territory », valeur « 3 » : {TEXT}"),
        (
            'period: "2016"',
            "period: 2016-01-31",
            f", ligne 24, champ « figures, nº 1, period », valeur « 2016-01-31 » : {TEXT}",
        ),
        ('period: "2016"', "period: 2016-13-45", f", ligne 24 : cette valeur ne se lit pas : « 2016-13-45 ». {UNREAD}"),
        (
            'period: "2016"',
            'period: ""',
            (", ligne 24, champ « figures, nº 1, period », valeur vide : ce texte est vide. Remède : le remplir."),
        ),
        ("value: 8.9", f"value: {'9' * 5000}", f", ligne 25 : cette valeur ne se lit pas : « {'9' * 40} ». {UNREAD}"),
        ("value: 8.9", 'value: "8.9"', f", ligne 25, champ « figures, nº 1, value », valeur « 8.9 » : {FLOAT}"),
        ("value: 8.9", "value:", f", ligne 25, champ « figures, nº 1, value » : {FLOAT}"),
        ("value: 8.9", "value: yes", f", ligne 25, champ « figures, nº 1, value », valeur « true » : {FLOAT}"),
        ("value: 8.9", "value: [8.9]", f", ligne 25, champ « figures, nº 1, value » : {FLOAT}"),
        (
            "value: 8.9",
            "value: .nan",
            (
                ", ligne 25, champ « figures, nº 1, value », valeur « nan » : ce nombre n’est pas fini. "
                "Remède : écrire un nombre ordinaire."
            ),
        ),
        (
            "value: 8.9",
            "value: 1.0e+300",
            (
                ", ligne 25, champ « figures, nº 1, value », valeur « 1e+300 » : ce nombre dépasse "
                "1\u00a0000\u00a0000\u00a0000\u00a0000. Remède : vérifier le nombre dans la source."
            ),
        ),
        (
            "rule: percent",
            "rule: pourcent",
            (
                ", ligne 37, champ « figures, nº 2, confirmed_by, rule », valeur « pourcent » : "
                "cette valeur n’est pas prévue; "
                "sont possibles : « equals », « sum », « percent », « ratio », « product ». Remède : choisir "
                "l’une d’elles."
            ),
        ),
        (
            'region_code: "03"',
            "region_code: &a 3\nx: *a",
            (", ligne 7 : les renvois « * » ne sont pas permis. Remède : recopier le texte."),
        ),
        ("value: 8.9", 'value: !!python/object/apply:os.system ["touch intrus"]', f", ligne 25 : {TAGS}"),
        ("value: 8.9", "value: !!str 8", f", ligne 25 : {TAGS}"),
        ("value: 8.9", "value: !inconnu 8", f", ligne 25 : {TAGS}"),
        (
            "value: 8.9",
            "value: 8.9\x07",
            ", ligne 25 : un caractère illisible s’est glissé ici. Remède : retaper cette ligne.",
        ),
        ("value: 8.9", "value: " + "[" * 200_000, f", ligne 25 : {NESTED}"),
        ("value: 8.9", "value: " + "[{a: " * 500, f", ligne 25 : {NESTED}"),
        ("value: 8.9", "value:\n      " + "- " * 1500 + "x", f", ligne 26 : {NESTED}"),
        ("value: 8.9", "value: [" + "\n    [" * 2000, f", ligne 62 : {NESTED}"),
        (
            "figures:\n",
            "figures:\n---\n",
            (", ligne 21, valeur « --- » : le fichier contient deux documents. Remède : retirer la ligne « --- »."),
        ),
    ],
    ids=lambda value: value.strip()[:18] if isinstance(value, str) else None,
)
def test_a_fault_in_a_region_s_document_costs_that_region_alone(files: Files, old: str, new: str, said: str):
    files.edit(PORTRAIT, old, new)
    assert files.said() == [PORTRAIT + said]
    assert files.outcome() == ["03"]
    assert not (files.root / "intrus").exists()


# Each line holds the one before nine times over.
BOMB = "a0: &a0 [x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", " : le fichier est vide. Remède : remettre son contenu."),
        (b"\xef\xbb\xbf\n", " : le fichier est vide. Remède : remettre son contenu."),
        (b"# rien\n", " : le fichier est vide. Remède : remettre son contenu."),
        (b"null\n", f", ligne 1 : {MAPPING}"),
        (b"- a\n- b\n", f", ligne 1 : {MAPPING}"),
        (b"bonjour\n", f", ligne 1, valeur « bonjour » : {MAPPING}"),
        (
            'title: "Québec"'.encode("latin-1"),
            (
                ", ligne 1 : le fichier n’est pas en UTF-8 : les accents ne se lisent pas. "
                "Remède : l’enregistrer en UTF-8."
            ),
        ),
        (
            b"a: 1\nb: \x00\n",
            (
                ", ligne 2 : le fichier contient un caractère nul, illisible. "
                "Remède : retaper cette ligne, ou remettre le fichier d’origine."
            ),
        ),
        (BOMB.encode(), ", ligne 2 : les renvois « * » ne sont pas permis. Remède : recopier le texte."),
        (b"a: [1, 2\n", f", ligne 1, valeur « a: [1, 2 » : {SYNTAX}"),
    ],
    ids=["empty", "BOM alone", "comment", "null", "list", "scalar", "Latin-1", "NUL", "bomb", "open bracket"],
)
@pytest.mark.parametrize("file", [PORTRAIT, *SHARED])
def test_a_document_that_is_not_one(files: Files, file: str, content: bytes, said: str):
    files.put(file, content)
    assert file + said in files.said()
    assert len(files.said()) == 1
    assert files.outcome() == (["03"] if file == PORTRAIT else STOP)


@pytest.mark.parametrize("file", [PORTRAIT, *SHARED])
@pytest.mark.parametrize(
    "rewrite", [lambda t: b"\xef\xbb\xbf" + t.encode(), lambda t: t.replace("\n", "\r\n").encode()]
)
def test_bom_and_crlf_are_accepted(files: Files, file: str, rewrite: Callable[[str], bytes]):
    files.put(file, rewrite(files.text(file)))
    assert files.said() == []
    assert files.outcome() == []


@pytest.mark.parametrize("file", SHARED)
def test_a_tab_in_a_shared_document_stops_everything(files: Files, file: str):
    number, line = next((n, t) for n, t in enumerate(files.text(file).split("\n"), 1) if t.startswith("  "))
    files.line(file, number, lambda text: "\t" + text.strip())
    (said,) = files.said()
    assert said.startswith(f"{file}, ligne {number}, valeur « {line.strip()[:30]}")
    assert said.endswith(f" : {TAB}")
    assert files.outcome() == STOP


def test_a_missing_key_at_the_top_of_a_shared_document(files: Files):
    files.drop_lines("data/targets.yaml", lambda line: line.startswith("scope:"))
    assert files.said() == [
        (
            "data/targets.yaml, ligne 3, champ « scope » : cette information est obligatoire et elle manque. "
            "Remède : l’ajouter, comme dans les entrées voisines."
        )
    ]
    assert files.outcome() == STOP


def test_all_the_faults_of_a_document_are_listed(files: Files):
    files.edit(PORTRAIT, "value: 8.9", "value: huit")
    files.edit(PORTRAIT, "value: 56.2", "value: beaucoup")
    files.edit(PORTRAIT, "source: portrait-03", "source: 3")
    assert [p.line for p in files.problems()] == [7, 25, 42]
    assert files.outcome() == ["03"]

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
NESTED = "trop de listes sont imbriquées. Remède : vérifier les crochets et les retraits."
UNREAD = "Remède : la corriger, ou la mettre entre guillemets si c’est un texte."


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("9" * 5000, f", ligne 25 : cette valeur ne se lit pas : « {'9' * 40} ». {UNREAD}"),
        ("[" * 200_000, f", ligne 25 : {NESTED}"),
        ("[{a: " * 500, f", ligne 25 : {NESTED}"),
        ("\n      " + "- " * 1500 + "x", f", ligne 26 : {NESTED}"),
        ("[" + "\n    [" * 2000, f", ligne 62 : {NESTED}"),
    ],
    ids=["digits", "lists", "mappings", "dashes", "lists on their lines"],
)
def test_what_is_bottomless_costs_its_region_alone(files: Files, new: str, said: str):
    files.edit(PORTRAIT, "value: 8.9", f"value: {new}")
    assert files.said() == [PORTRAIT + said]
    assert files.outcome() == ["03"]


# Each line holds the one before nine times over.
BOMB = "a0: &a0 [x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20))


EMPTY = " : le fichier est vide. Remède : remettre son contenu."
RETYPE = "Remède : retaper cette ligne, ou remettre le fichier d’origine."
NO_DOCUMENT = {
    "empty": (b"", EMPTY),
    "BOM alone": (b"\xef\xbb\xbf\n", EMPTY),
    "comment": (b"# rien\n", EMPTY),
    "null": (b"null\n", f", ligne 1 : {MAPPING}"),
    "list": (b"- a\n- b\n", f", ligne 1 : {MAPPING}"),
    "scalar": (b"bonjour\n", f", ligne 1, valeur « bonjour » : {MAPPING}"),
    "Latin-1": (
        'title: "Québec"'.encode("latin-1"),
        ", ligne 1 : le fichier n’est pas en UTF-8 : les accents ne se lisent pas. Remède : l’enregistrer en UTF-8.",
    ),
    "NUL": (b"a: 1\nb: \x00\n", f", ligne 2 : le fichier contient un caractère nul, illisible. {RETYPE}"),
    "bomb": (BOMB.encode(), ", ligne 2 : les renvois « * » ne sont pas permis. Remède : recopier le texte."),
    "open bracket": (b"a: [1, 2\n", f", ligne 1, valeur « a: [1, 2 » : {SYNTAX}"),
}


@pytest.mark.parametrize("kind", NO_DOCUMENT)
@pytest.mark.parametrize("file", [PORTRAIT, "config.yaml"])
def test_a_document_that_is_not_one(files: Files, file: str, kind: str):
    content, said = NO_DOCUMENT[kind]
    files.put(file, content)
    assert files.said() == [file + said]
    assert files.outcome() == (["03"] if file == PORTRAIT else STOP)


@pytest.mark.parametrize("file", [PORTRAIT, "data/texts.yaml"])
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

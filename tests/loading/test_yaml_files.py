"""Broken YAML files: each fault has its French sentence; a region's document costs that region alone."""

from __future__ import annotations

import pytest

from dashboard.loading.files import NewFile
from dashboard.loading.yaml_files import read_document
from dashboard.model.documents import Portrait
from tests.broken_files import STOP, Files, assert_french
from tests.conftest import ROOT

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
def test_what_is_bottomless_is_refused(new: str, said: str):
    raw = (ROOT / PORTRAIT).read_text("utf-8").replace("value: 8.9", f"value: {new}", 1).encode()
    (problem,) = read_document(NewFile(raw, suffix=".yaml"), PORTRAIT, Portrait, region="03").problems
    assert str(problem) == PORTRAIT + said
    assert_french(str(problem))


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
def test_a_document_that_is_not_one(kind: str):
    content, said = NO_DOCUMENT[kind]
    for region in ("03", None):
        (problem,) = read_document(NewFile(content, suffix=".yaml"), PORTRAIT, Portrait, region=region).problems
        assert str(problem) == PORTRAIT + said
        assert_french(str(problem))
        assert (problem.region, problem.shared) == (region, region is None)


@pytest.mark.parametrize(("file", "outcome"), [(PORTRAIT, ["03"]), ("config.yaml", STOP)])
def test_no_document_is_said_once(files: Files, file: str, outcome: object):
    files.put(file, b"")
    assert (files.said(), files.outcome()) == ([file + EMPTY], outcome)


def test_bom_and_crlf_are_accepted():
    raw = (ROOT / PORTRAIT).read_bytes()
    sound = read_document(NewFile(raw, suffix=".yaml"), PORTRAIT, Portrait).document
    for saved in (b"\xef\xbb\xbf" + raw, raw.replace(b"\n", b"\r\n")):
        found = read_document(NewFile(saved, suffix=".yaml"), PORTRAIT, Portrait)
        assert (found.problems, found.document) == ([], sound)


def test_a_tab_in_a_shared_document_stops_everything(files: Files):
    places = {}
    for file in SHARED:
        places[file] = next((n, t) for n, t in enumerate(files.text(file).split("\n"), 1) if t.startswith("  "))
        files.line(file, places[file][0], lambda text: "\t" + text.strip())
    assert files.outcome() == STOP
    assert [problem.file for problem in files.problems()] == sorted(SHARED)
    for file, said in zip(sorted(SHARED), files.said(), strict=True):
        number, line = places[file]
        assert said.startswith(f"{file}, ligne {number}, valeur « {line.strip()[:30]}")
        assert said.endswith(f" : {TAB}")

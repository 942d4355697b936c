"""Every kind of error that Pydantic can find is said in French."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic_core.core_schema import ErrorType

from dashboard.loading.french import describe
from tests.broken_files import assert_french

CONTEXT = {"ge": 0, "le": 9, "min_length": 1, "max_length": 9, "expected": "'a'", "error": "Should be a valid thing"}


@pytest.mark.parametrize("kind", sorted(get_args(ErrorType)))
def test_no_error_of_pydantic_is_left_in_english(kind: str):
    message, remedy = describe({"type": kind, "loc": ("value",), "input": "x", "ctx": CONTEXT})
    assert_french(f"data/x.csv, ligne 2 : {message} Remède : {remedy}")


@pytest.mark.parametrize(
    ("kind", "context", "said"),
    [
        (
            "greater_than_equal", {"ge": 0},
            ("ce nombre est plus petit que 0.", "vérifier le signe et le nombre dans la source."),
        ),
        (
            "less_than_equal", {"le": 2_000_000_000},
            ("ce nombre dépasse 2\u00a0000\u00a0000\u00a0000.", "vérifier le nombre dans la source."),
        ),
        ("string_too_long", {"max_length": 40}, ("ce texte a plus de 40 caractères.", "le raccourcir.")),
        ("too_short", {"min_length": 2}, ("cette liste est trop courte.", "la compléter; il en faut au moins 2.")),
        (
            "literal_error", {"expected": "'a' or 'b'"},
            ("cette valeur n’est pas prévue; sont possibles : « a », « b ».", "choisir l’une d’elles."),
        ),
        ("value_error", {"error": "Something else"}, ("cette ligne se contredit.", "la relire.")),
        (
            "date_parsing", {"error": "too short"},
            ("cette valeur n’est pas acceptée.", "la comparer aux entrées voisines."),
        ),
    ],
)  # fmt: skip
def test_limits_are_said(kind: str, context: dict[str, Any], said: tuple[str, str]):
    assert describe({"type": kind, "loc": ("value",), "input": "x", "ctx": context}) == said


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("period", "cette période n’est pas reconnue."),
        ("color", "cette couleur n’est pas reconnue."),
        ("slug", "cette adresse n’est pas reconnue."),
        ("file", "ce nom de fichier n’est pas reconnu."),
        ("code", "ce code n’est pas reconnu."),
        ("autre", "cette valeur n’est pas acceptée."),
    ],
)
def test_a_pattern_is_said_by_its_field(field: str, message: str):
    found = describe({"type": "string_pattern_mismatch", "loc": ("regions", 0, field), "ctx": {"pattern": "^x$"}})
    assert found[0] == message

"""Who somebody is: what the identity provider says of them, and the role that config.yaml gives."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from dashboard.model import Dataset
from dashboard.model.documents import Config
from dashboard.team import people
from dashboard.team.people import ForbiddenError, Person

ADDRESS = "kelly.côté@exemple.org"
CLAIMS = {"is_logged_in": True, "iss": "https://connexion", "sub": "7", "name": "Kelly Côté", "email": ADDRESS}
VERIFIED = {**CLAIMS, "email_verified": True}


@pytest.fixture
def config(ds: Dataset) -> Config:
    roles = {"reader": ["lecture"], "contributor": ["Équipe régions"], "publisher": [f" {ADDRESS} ", "kelly@x.org"]}

    return ds.config.model_copy(update={"sign_in": True, "roles": roles})


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({}, "publisher"),
        ({"email": ADDRESS.upper().replace("Ô", "ô").replace("É", "é")}, "publisher"),
        ({"email": unicodedata.normalize("NFD", ADDRESS)}, "publisher"),
        ({"email_verified": "true"}, "publisher"),
        # What nobody has verified, or not said to have.
        ({"email_verified": False}, "reader"),
        ({"email_verified": None}, "reader"),
        ({"email_verified": "false"}, "reader"),
        ({"email_verified": 2}, "reader"),
        # A letter that looks like another, or whose small letter is another.
        ({"email": "Kelly@x.org".replace("K", "\u212a")}, "reader"),
        ({"email": "kelly@x.org".replace("e", "\u0435")}, "reader"),
        ({"email": "kelly@x.org\u200b"}, "reader"),
        ({"email": "kelly@x.org.ailleurs.net"}, "reader"),
        ({"email": ["kelly@x.org"]}, "reader"),
        ({"email": None}, "reader"),
        # A group is no address, and an address no group.
        ({"email": "a@x.org", "groups": ["kelly@x.org"]}, "reader"),
        ({"email": "Équipe régions"}, "reader"),
        ({"email": "a@x.org", "groups": ["autre", "Équipe régions"]}, "contributor"),
        ({"email": "a@x.org", "roles": "Équipe Régions"}, "contributor"),
        ({"email": "a@x.org", "groups": "Équipe régions et autres"}, "reader"),
        ({"email": "a@x.org", "groups": {"Équipe régions": 1}}, "reader"),
        ({"email": "a@x.org", "groups": [["Équipe régions"], 3, None]}, "reader"),
        # The highest of several.
        ({"groups": ["lecture", "Équipe régions"]}, "publisher"),
        # Nobody.
        ({"is_logged_in": False}, "reader"),
        ({"is_logged_in": "true"}, "reader"),
    ],
)
def test_role_of_what_the_provider_says(config: Config, claims: dict[str, Any], role: str) -> None:
    assert people.signed_in(config, {**VERIFIED, **claims}).role == role


def test_nobody_is_given_nothing(config: Config) -> None:
    assert people.signed_in(config, {}) == Person("sans nom", "reader", "")
    assert people.signed_in(config, {"is_logged_in": True}) == Person("sans nom", "reader", "")


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        (VERIFIED, f"Kelly Côté ({ADDRESS})"),
        (CLAIMS, f"Kelly Côté ({ADDRESS}, non vérifiée)"),
        ({**CLAIMS, "email": None}, "Kelly Côté (7)"),
        ({**VERIFIED, "name": None}, ADDRESS),
        ({**VERIFIED, "name": f"Chef ({ADDRESS})", "email": "b@x.org"}, f"Chef ({ADDRESS}) (b@x.org)"),
        ({**VERIFIED, "name": "\u202eeffehC\u200b\x00\n et cie", "email": "b@x.org"}, "effehC et cie (b@x.org)"),
        ({**VERIFIED, "name": "<script>", "email": "'; drop table x"}, "<script> ('; drop table x)"),
    ],
)
def test_two_persons_of_one_name_are_told_apart(config: Config, claims: dict[str, Any], name: str) -> None:
    assert people.signed_in(config, claims).name == name


def test_a_name_fits_in_its_column_and_its_drafts_are_those_of_the_account(config: Config) -> None:
    long = people.signed_in(config, {**CLAIMS, "name": "n" * 5000, "email": "e" * 5000})
    assert len(long.name) <= 200
    assert people.signed_in(config, {**CLAIMS, "sub": "8"}).owner != long.owner
    assert people.signed_in(config, {**CLAIMS, "iss": "https://autre"}).owner != long.owner
    assert people.signed_in(config, {**VERIFIED, "sub": None}).owner == ""
    assert len(people.local("\u200b" + "n" * 5000, "", served=False).name) == people.LONGEST_NAME
    assert people.local(" \u202e\x00 ", "", served=False).name == "sans nom"


def test_each_role_may_what_the_lower_may() -> None:
    for rank, role in enumerate(people.ROLES):
        for wanted in people.ROLES[: rank + 1]:
            Person("x", role).require(wanted)
        for wanted in people.ROLES[rank + 1 :]:
            with pytest.raises(ForbiddenError, match="Rien n’est changé"):
                Person("x", role).require(wanted)
    assert people.local("x", "", served=True).role == "contributor"
    assert people.local("x", "", served=False).role == "publisher"

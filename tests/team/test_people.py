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


CLAIMED: dict[str, list[dict[str, Any]]] = {
    "publisher": [
        {}, {"email": ADDRESS.upper().replace("Ô", "ô").replace("É", "é")},
        {"email": unicodedata.normalize("NFD", ADDRESS)}, {"email_verified": "true"},
        # The highest of several.
        {"groups": ["lecture", "Équipe régions"]},
    ],
    "contributor": [
        {"email": "a@x.org", "groups": ["autre", "Équipe régions"]}, {"email": "a@x.org", "roles": "Équipe Régions"},
    ],
    "reader": [
        # What nobody has verified, or not said to have.
        *({"email_verified": said} for said in (False, None, "false", 2)),
        # A letter that looks like another, or whose small letter is another.
        {"email": "Kelly@x.org".replace("K", "\u212a")}, {"email": "kelly@x.org".replace("e", "\u0435")},
        *({"email": other} for other in ("kelly@x.org\u200b", "kelly@x.org.ailleurs.net", ["kelly@x.org"], None)),
        # A group is no address, and an address no group.
        {"email": "a@x.org", "groups": ["kelly@x.org"]}, {"email": "Équipe régions"},
        {"email": "a@x.org", "groups": "Équipe régions et autres"},
        {"email": "a@x.org", "groups": {"Équipe régions": 1}},
        {"email": "a@x.org", "groups": [["Équipe régions"], 3, None]},
        # Nobody.
        {"is_logged_in": False}, {"is_logged_in": "true"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(("role", "claims"), [(role, claims) for role, every in CLAIMED.items() for claims in every])
def test_role_of_what_the_provider_says(config: Config, role: str, claims: dict[str, Any]) -> None:
    assert people.signed_in(config, {**VERIFIED, **claims}).role == role


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
    for nobody in ({}, {"is_logged_in": True}):
        assert people.signed_in(config, nobody) == Person("sans nom", "reader", "")
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

"""Who somebody is, and what they may do. Every write asks here, on the server, whatever a page shows."""

from __future__ import annotations

import hashlib
import string
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from dashboard.model.documents import Config, Role

# From the one who may the least to the one who may the most.
ROLES: Final[tuple[Role, ...]] = get_args(Role)
ROLE_WORDS: Final[Mapping[Role, str]] = {
    "reader": "lecture",
    "contributor": "contribution",
    "publisher": "publication",
}
NAMELESS: Final = "sans nom"
LONGEST_NAME: Final = 120
_SMALL: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


class ForbiddenError(Exception):
    """What was asked is not for this person, in French; nothing was written."""


@dataclass(frozen=True, slots=True)
class Person:
    """name: as the journal and the others read it; owner: whose drafts are theirs, empty where none can be kept."""

    name: str
    role: Role
    owner: str = ""

    def may(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)

    def require(self, role: Role) -> None:
        """Raises ForbiddenError for whoever has not this role."""
        if not self.may(role):
            raise ForbiddenError(
                f"Votre rôle ({ROLE_WORDS[self.role]}) ne le permet pas : il faut celui de {ROLE_WORDS[role]}. "
                "Rien n’est changé. Remède : le demander à la personne responsable du tableau de bord."
            )


def owner_of(secret: str) -> str:
    """What names the drafts of whoever has this secret (that of a browser, or a signed-in account); it cannot be read
    back from a database."""
    return hashlib.sha256(secret.encode()).hexdigest() if secret else ""


def clean(name: object) -> str:
    """A name on one line, of what is seen only: no character that hides, or turns, those around it."""
    seen = "".join(letter if letter.isprintable() else " " * letter.isspace() for letter in str(name or ""))
    return " ".join(seen.split())[:LONGEST_NAME].strip()


def local(name: str, secret: str, *, served: bool) -> Person:
    """Whoever comes where nobody signs in: may do everything on a machine for one person.

    served: the dashboard answers under a public name, and figures are then published by those who sign in.
    """
    return Person(clean(name) or NAMELESS, "contributor" if served else "publisher", owner_of(secret))


def signed_in(config: Config, claims: Mapping[str, Any]) -> Person:
    """Whoever the identity provider vouches for, with the highest role that config.yaml gives to their address or to
    one of their groups.

    An address counts only when the provider says that it has verified it: at some, anybody writes any address there.
    """
    if claims.get("is_logged_in") is not True:
        return Person(NAMELESS, "reader")
    email, sub = _text(claims.get("email")), _text(claims.get("sub"))
    verified = bool(email) and claims.get("email_verified") in (True, "true")
    theirs = {known(group) for group in _groups(claims) if not is_address(group)}
    if verified and is_address(email):
        theirs.add(known(email))
    named = {role: {known(name) for name in names} for role, names in config.roles.items()}
    role: Role = next((wanted for wanted in reversed(ROLES) if theirs & named.get(wanted, set())), "reader")
    # Two persons of one name are told apart by what the provider gives once.
    which = clean(email if verified else f"{email}, non vérifiée" if email else sub)
    name = clean(claims.get("name"))[:70].strip()
    said = f"{name} ({which})" if name and name != which else which
    return Person(said or NAMELESS, role, owner_of(f"{_text(claims.get('iss'))}|{sub}" if sub else ""))


def known(name: str) -> str:
    """The name by which somebody is recognised: the capitals of A to Z are of no consequence, any other character is
    itself alone (the sign of the kelvin is no « k »)."""
    # In this order: the normal form of that sign is a capital K, which nothing then makes small.
    return unicodedata.normalize("NFC", name.strip().translate(_SMALL))


def is_address(name: str) -> bool:
    """True for the name of one person; the others are groups."""
    return "@" in name


def _text(claim: object) -> str:
    return claim if isinstance(claim, str) else ""


def _groups(claims: Mapping[str, Any]) -> Iterator[str]:
    """The names under `groups` and `roles`, given alone or in a list."""
    for found in (claims.get("groups"), claims.get("roles")):
        for group in found if isinstance(found, list | tuple) else [found]:
            if isinstance(group, str):
                yield group

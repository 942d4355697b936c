"""Who somebody is, and what they may do. Every write asks here, on the server, whatever a page shows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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


def local(name: str, secret: str, *, served: bool) -> Person:
    """Whoever comes where nobody signs in: may do everything on a machine for one person.

    served: the dashboard answers under a public name, and figures are then published by those who sign in.
    """
    clean = " ".join(name.split())[:LONGEST_NAME]
    return Person(clean or NAMELESS, "contributor" if served else "publisher", owner_of(secret))


def signed_in(config: Config, claims: Mapping[str, Any]) -> Person:
    """Whoever the identity provider vouches for, with the highest role that config.yaml gives to their address or to
    one of their groups."""
    email = str(claims.get("email") or "").strip().casefold() if claims.get("email_verified") is not False else ""
    groups = claims.get("groups") or ()
    theirs = {email} if email else set()
    theirs |= {str(group).strip().casefold() for group in ([groups] if isinstance(groups, str) else groups)}
    role: Role = "reader"
    for wanted in ROLES:
        if theirs & {name.strip().casefold() for name in config.roles.get(wanted, ())}:
            role = wanted
    name = " ".join(str(claims.get("name") or email or claims.get("sub") or "").split())[:LONGEST_NAME]
    secret = f"{claims.get('iss') or ''}|{claims.get('sub') or email}"
    return Person(f"{name} ({email})" if email and name != email else name or NAMELESS, role, owner_of(secret))

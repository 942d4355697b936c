"""What goes wrong with the database of what the team writes: one cause, in French, and what to do.

Neither the place of the database nor a text that somebody wrote is in it: whoever reads it may not be at the machine.
"""

from __future__ import annotations

import sqlite3
from typing import Final, Literal

from sqlalchemy import exc

VARIABLE: Final = "DASHBOARD_STORE"
_RESTORE: Final = "remettre une sauvegarde (python -m dashboard restore)"

Kind = Literal["address", "busy", "full", "read-only", "corrupt", "absent", "closed", "refused", "silent", "shape",
               "newer", "migration", "text"]  # fmt: skip
_SAID: Final[dict[Kind, str]] = {
    "address": f"L’adresse de la base ({VARIABLE}) n’est ni celle d’un fichier SQLite ni celle de PostgreSQL. Remède : "
    "l’écrire « sqlite:////dossier/equipe.sqlite » ou « postgresql://personne:secret@machine/base ».",
    "busy": "La base de l’équipe est occupée ou verrouillée par un autre programme. Remède : recommencer dans un "
    "instant; si cela dure, fermer ce programme.",
    "full": "Le disque de la base de l’équipe est plein. Remède : y faire de la place.",
    "read-only": "La base de l’équipe est en lecture seule. Remède : donner au service le droit d’y écrire (fichier et "
    "dossier, ou serveur PostgreSQL).",
    "corrupt": f"La base de l’équipe est abîmée. Remède : {_RESTORE}; le fichier abîmé est gardé.",
    "absent": f"La base de l’équipe a disparu ou a été vidée. Remède : remettre le fichier à sa place, ou {_RESTORE}.",
    "closed": f"La base de l’équipe ne peut pas être ouverte. Remède : vérifier son dossier et ses "
    f"droits, ou {_RESTORE}.",
    "refused": f"PostgreSQL refuse l’accès à la base de l’équipe. Remède : vérifier {VARIABLE}, le compte et ses "
    "droits; s’il vient de démarrer, attendre.",
    "silent": f"PostgreSQL ne répond pas. Remède : le démarrer, ou vérifier l’adresse dans {VARIABLE}.",
    "shape": f"La base de l’équipe n’a pas ce qu’elle doit avoir. Remède : {_RESTORE}.",
    "newer": "La base de l’équipe a été écrite par une version plus récente du tableau de bord. Rien n’y est changé. "
    "Remède : installer cette version, ou remettre une sauvegarde d’avant.",
    "migration": "La base de l’équipe n’a pu être mise à jour; elle est comme avant. Remède : remettre la version "
    "précédente du tableau de bord, et signaler ce défaut.",
    "text": "Ce texte ne peut pas être gardé : trop long, ou dans une forme que la base n’admet pas. Remède : "
    "l’abréger.",
}
# The code of the fault, or its beginning; the longest that fits is the one.
_POSTGRESQL: Final[dict[str, Kind]] = {
    "08": "silent", "57P": "silent", "22": "text", "23": "text", "25006": "read-only", "28": "refused",
    "3D000": "refused", "42501": "refused", "40": "busy", "53": "busy", "53100": "full", "55P03": "busy",
    "57014": "busy", "58": "corrupt", "XX": "corrupt",
}  # fmt: skip
_SQLITE: Final[dict[str, Kind]] = {
    "SQLITE_BUSY": "busy", "SQLITE_LOCKED": "busy", "SQLITE_PROTOCOL": "busy", "SQLITE_FULL": "full",
    "SQLITE_NOTADB": "corrupt", "SQLITE_CORRUPT": "corrupt", "SQLITE_READONLY": "read-only", "SQLITE_PERM": "closed",
    "SQLITE_CANTOPEN": "closed", "SQLITE_IOERR": "closed", "SQLITE_TOOBIG": "text", "SQLITE_CONSTRAINT": "text",
}  # fmt: skip
_SYSTEM: Final[dict[int, Kind]] = {28: "full", 122: "full", 13: "read-only", 30: "read-only"}


class StoreError(Exception):
    """Why nothing of what the team writes can be read or written, and what to do, in French."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(_SAID[kind])
        self.kind = kind


def kind_of(error: Exception) -> Kind:
    """The kind of what the database, its driver or the system said."""
    if isinstance(error, exc.TimeoutError):
        return "busy"
    original = getattr(error, "orig", None) or error
    if isinstance(original, sqlite3.Error):
        return _longest(_SQLITE, str(getattr(original, "sqlite_errorname", "") or ""), "shape")
    if isinstance(original, OSError):
        return _SYSTEM.get(original.errno or 0, "closed")
    if not isinstance(error, exc.DBAPIError):
        return "text"
    state = str(getattr(original, "sqlstate", None) or "")
    if not state:
        # Before there is a session, there is no code: the server answered when it says that this is fatal.
        return "refused" if "FATAL" in str(original) else "text" if isinstance(error, exc.DataError) else "silent"
    return _longest(_POSTGRESQL, state, "shape")


def _longest(kinds: dict[str, Kind], code: str, otherwise: Kind) -> Kind:
    fits = [start for start in kinds if code.startswith(start)]
    return kinds[max(fits, key=len)] if fits else otherwise

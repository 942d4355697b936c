"""Read the text of one file, or say in French why it cannot be read."""

from __future__ import annotations

import stat
from pathlib import Path

from dashboard.model.problems import Problem

MAX_BYTES = 20_000_000
_ENDINGS = {".csv": "« CSV UTF-8 »", ".yaml": "UTF-8"}


def read_text(path: Path, name: str) -> tuple[str, None] | tuple[None, Problem]:
    """The text of a UTF-8 file (with or without BOM), or the Problem that prevents reading it."""
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            return None, _problem(name, "un dossier porte le nom du fichier.", "le renommer et remettre le fichier.")
        if not stat.S_ISREG(state.st_mode):
            return None, _problem(name, "ce n’est pas un fichier ordinaire.", "remettre un fichier ordinaire.")
        if state.st_size > MAX_BYTES:
            return None, _problem(name, "le fichier dépasse 20 Mo.", "vérifier que c’est le bon fichier.")
        raw = path.read_bytes()
    except FileNotFoundError:
        return None, _problem(name, "le fichier manque.", "le remettre à cet endroit, avec ce nom.")
    except OSError:
        return None, _problem(name, "le fichier ne peut pas être lu.", "vérifier les droits d’accès.")
    return text_of(raw, name, path.suffix)


def text_of(raw: bytes, name: str, suffix: str = ".csv") -> tuple[str, None] | tuple[None, Problem]:
    """The text of UTF-8 bytes, or the Problem that prevents reading them."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, _problem(
            name,
            "le fichier n’est pas en UTF-8 : les accents ne se lisent pas.",
            f"l’enregistrer en {_ENDINGS.get(suffix, 'UTF-8')}.",
            _line(raw, error.start),
        )
    if "\0" in text:
        return None, _problem(
            name,
            "le fichier contient un caractère nul, illisible.",
            "retaper cette ligne, ou remettre le fichier d’origine.",
            _line(raw, raw.index(b"\0")),
        )
    return text, None


def _line(raw: bytes, position: int) -> int:
    before = raw[:position]
    return max(before.count(b"\n"), before.count(b"\r")) + 1


def _problem(name: str, message: str, remedy: str, line: int | None = None) -> Problem:
    return Problem(name, message, remedy, line, shared=True)

"""Read a text file of columns line by line, whatever its size: one line at a time is in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dashboard.loading.files import text_of
from dashboard.model.problems import Problem

MAX_BYTES: Final = 300_000_000
_LONGEST_LINE: Final = 64_000
_SIGNS: Final = ("\t", ";", ",")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Unreadable(Exception):  # noqa: N818 (not an error of the program)
    """The file cannot be read further; `problem` says why."""

    def __init__(self, name: str, message: str, remedy: str, line: int | None = None) -> None:
        super().__init__(message)
        self.problem = Problem(name, message, remedy, line)


def lines_of(path: Path, name: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each line that holds something, the header first. Raises Unreadable.

    The sign between the columns is the one of the first line: tab, semicolon or comma.
    """
    sign = ""
    for number, text in _texts(path, name):
        if not text.strip():
            continue
        if not sign:
            sign = next((one for one in _SIGNS if one in text), "\t")
        if '"' not in text:
            yield number, [cell.strip() for cell in text.split(sign)]
            continue
        try:
            cells = next(csv.reader([text], delimiter=sign, strict=True))
        except (csv.Error, StopIteration):
            raise Unreadable(
                name, "un guillemet n’est pas refermé.", "vérifier les guillemets de cette ligne.", number
            ) from None
        yield number, [cell.strip() for cell in cells]


def _texts(path: Path, name: str) -> Iterator[tuple[int, str]]:
    try:
        _check(path, name)
        with path.open("rb") as file:
            number = 0
            while raw := file.readline(_LONGEST_LINE + 1):
                number += 1
                if len(raw) > _LONGEST_LINE:
                    raise Unreadable(
                        name, "cette ligne est démesurée.", "télécharger de nouveau le fichier, sans l’ouvrir.", number
                    )
                if number == 1:
                    _check_beginning(raw, name)
                text = text_of(raw, name)
                if isinstance(text, Problem):
                    raise Unreadable(name, text.message, "télécharger de nouveau le fichier, sans l’ouvrir.", number)
                yield number, text.rstrip("\r\n")
    except FileNotFoundError:
        raise Unreadable(name, "le fichier est introuvable.", "vérifier son nom et son dossier.") from None
    except OSError:
        raise Unreadable(name, "le fichier ne peut pas être lu.", "vérifier les droits d’accès.") from None


def _check(path: Path, name: str) -> None:
    if path.exists() and not path.is_file():
        raise Unreadable(name, "ce n’est pas un fichier ordinaire.", "donner le fichier téléchargé.")
    if path.stat().st_size > MAX_BYTES:
        raise Unreadable(name, "le fichier dépasse 300 Mo.", "vérifier que c’est le bon fichier.")


def _check_beginning(raw: bytes, name: str) -> None:
    if raw.startswith(_UTF_16):
        raise Unreadable(name, "le fichier est en UTF-16.", "l’enregistrer en UTF-8, ou le télécharger de nouveau.")
    if raw.startswith(_WORKBOOKS):
        raise Unreadable(name, "c’est un classeur, non un fichier de texte.", "prendre le fichier CSV du même tableau.")
    if raw.lstrip()[:9].lower().startswith((b"<!doctype", b"<html")):
        raise Unreadable(name, "c’est une page Web, non des données.", "télécharger de nouveau le fichier.")

"""Read one CSV file against its row model: every row that holds, every Problem of those that do not."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from dashboard.loading.french import describe
from dashboard.model.problems import Problem
from dashboard.model.rows import Row

R = TypeVar("R", bound=Row)
MAX_BYTES = 20_000_000
# Which region a broken row belongs to, and whether the row is shared by all (e.g. the province's).
Scope = Callable[[dict[str, str]], tuple[str | None, bool]]


class Located(NamedTuple, Generic[R]):
    row: R
    line: int


def read_text(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """The text of a UTF-8 file (with or without BOM), or the Problem that prevents reading it."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return None, [Problem(name, "le fichier dépasse 20 Mo.", "vérifier que c’est le bon fichier.", shared=True)]
        raw = path.read_bytes()
    except FileNotFoundError:
        return None, [Problem(name, "le fichier manque.", "le remettre à cet endroit, avec ce nom.", shared=True)]
    except OSError:
        return None, [Problem(name, "le fichier ne peut pas être lu.", "vérifier les droits d’accès.", shared=True)]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "le fichier n’est pas en UTF-8 : les accents ne se lisent pas."
        return None, [Problem(name, message, "l’enregistrer en « CSV UTF-8 » ou en UTF-8.", line=line, shared=True)]


def _header_problems(name: str, header: list[str], model: type[Row]) -> Iterator[Problem]:
    expected = list(model.model_fields)
    if len(header) == 1 and ";" in header[0]:
        yield Problem(
            name, "les colonnes sont séparées par des points-virgules.", "enregistrer le fichier avec des virgules.", 1,
            shared=True,
        )
        return
    for column in expected:
        if column not in header:
            yield Problem(
                name, f"la colonne « {column} » manque.", f"la remettre ; les colonnes sont : {', '.join(expected)}.", 1,
                column, shared=True,
            )
    for column in header:
        if column not in expected:
            yield Problem(name, "cette colonne n’est pas prévue.", "la retirer ou corriger son nom.", 1, column, shared=True)
    for column in sorted({c for c in header if header.count(c) > 1}):
        yield Problem(name, "cette colonne figure deux fois.", "n’en garder qu’une.", 1, column, shared=True)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the number of the line where each begins."""
    reader = csv.reader(io.StringIO(text.replace("\0", "\ufffd"), newline=""), strict=True)
    start = 1
    for record in reader:
        yield start, record
        start = reader.line_num + 1


def read_rows(path: Path, name: str, model: type[R], scope: Scope) -> tuple[list[Located[R]], list[Problem]]:
    """Rows of the file that hold, each with its line number, and the problems of the others."""
    text, problems = read_text(path, name)
    if text is None:
        return [], problems
    rows: list[Located[R]] = []
    header: list[str] | None = None
    try:
        for line, record in _records(text):
            if header is None:
                header = [cell.strip() for cell in record]
                problems += _header_problems(name, header, model)
                if problems:
                    return [], problems
                continue
            if not any(cell.strip() for cell in record):
                continue
            if len(record) != len(header):
                raw = dict(zip(header, record, strict=False))
                region, shared = scope(raw)
                problems.append(Problem(
                    name, f"la ligne a {len(record)} colonnes au lieu de {len(header)}.",
                    "mettre entre guillemets les textes qui ont une virgule, et compter les colonnes.",
                    line, region=region, shared=shared,
                ))
                continue
            raw = dict(zip(header, (cell.strip() for cell in record), strict=True))
            try:
                rows.append(Located(model.model_validate(raw), line))
            except ValidationError as error:
                region, shared = scope(raw)
                for detail in error.errors(include_url=False):
                    column = str(detail["loc"][0]) if detail["loc"] else None
                    message, remedy = describe(dict(detail))
                    if column is None:
                        column = "value"
                    problems.append(Problem(name, message, remedy, line, column, raw.get(column, ""), region, shared))
    except csv.Error:
        problems.append(Problem(
            name, "un guillemet n’est pas refermé.", "vérifier les guillemets de cette ligne et de la précédente.",
            shared=True,
        ))
        return [], problems
    if header is None:
        problems.append(Problem(name, "le fichier est vide.", "remettre la ligne des noms de colonnes et les données.", shared=True))
    return rows, problems

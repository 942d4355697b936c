"""Read one YAML document against its model, keeping the line of each key for the messages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from dashboard.loading.files import NewFile, read_text
from dashboard.loading.french import describe
from dashboard.model.problems import Problem

D = TypeVar("D", bound=BaseModel)
Location = tuple[str | int, ...]

# The parser in C reads ten times faster; PyYAML offers it wherever its library was built.
_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Deeper than any document here, far below what would exhaust the parser.
_MAX_DEPTH = 40
# Keys, values and lists: the largest document here has a tenth of them.
_MOST_EVENTS = 60_000
_LONGEST_NUMBER = 256  # bits
_LONGEST_REMEMBERED = 1_000_000


@dataclass
class Reading(Generic[D]):
    """What a file gave: the document (None when it cannot be used), and where each of its keys stands."""

    document: D | None = None
    problems: list[Problem] = field(default_factory=list)
    lines: dict[Location, int] = field(default_factory=dict)
    text: str = ""


class RefusalError(Exception):
    """Something that YAML allows and that these files do not use."""

    def __init__(self, message: str, remedy: str, line: int) -> None:
        super().__init__(message, remedy, line)


def field_name(location: Location) -> str:
    """« regions, nº 2, code » for ("regions", 1, "code")."""
    return ", ".join(f"nº {part + 1}" if isinstance(part, int) else part for part in location if part != "[key]")


def names_of(location: Location) -> tuple[str, ...]:
    """The names of a place, without the ranks: what the entries of a list have alike."""
    return tuple(part for part in location if isinstance(part, str))


def _refuse_dangers(text: str) -> None:
    """Aliases (a known way to exhaust memory), tags (a known way to run code) and bottomless nesting."""
    if match := yaml.reader.Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, match.start()) + 1
        raise RefusalError("un caractère illisible s’est glissé ici.", "retaper cette ligne.", line)
    try:
        _refuse_events(text, _FastLoader)
    except yaml.YAMLError:
        # The parser in C may have a limit of its own, which it meets while it looks ahead, before our count does.
        # The one in Python has none: what is too deep is named there; any other fault is as the first one said it.
        with suppress(yaml.YAMLError):
            _refuse_events(text, yaml.SafeLoader)
        raise


def _refuse_events(text: str, loader: Any) -> None:
    depth = 0
    for many, event in enumerate(yaml.parse(text, Loader=loader)):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise RefusalError("les renvois « * » ne sont pas permis.", "recopier le texte.", line)
        if getattr(event, "tag", None) is not None:
            raise RefusalError("les étiquettes « ! » ne sont pas permises.", "retirer l’étiquette.", line)
        if many > _MOST_EVENTS:
            raise RefusalError("le fichier est démesuré.", "retirer ce qui y est répété.", line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise RefusalError("trop de listes sont imbriquées.", "vérifier les crochets et les retraits.", line)


class _Loader(_FastLoader):  # type: ignore[misc]
    """Refuses, with its line, a value that cannot be: an impossible date, a number of thousands of digits."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            value = super().construct_object(node, deep)
            # In base 8 or 60 YAML reads thousands of digits, which Python then refuses to write in a message.
            if isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER:
                raise ValueError("démesuré")
        except ValueError as error:
            message = f"cette valeur ne se lit pas : « {node.value[:40]} »."
            remedy = "la corriger, ou la mettre entre guillemets si c’est un texte."
            raise RefusalError(message, remedy, node.start_mark.line + 1) from error
        return value


def _nodes(node: yaml.Node, path: Location = (), line: int = 0) -> Iterator[tuple[Location, int, yaml.Node]]:
    """Every value with its place. A block begins a line below its key: the key is what the eye looks for."""
    yield path, line or node.start_mark.line + 1, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(value, (*path, key.value), key.start_mark.line + 1)
    elif isinstance(node, yaml.SequenceNode):
        for rank, value in enumerate(node.value):
            yield from _nodes(value, (*path, rank))


def _syntax_problem(name: str, text: str, error: yaml.YAMLError) -> Problem:
    lines = text.splitlines() or [""]
    marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
    places = [min(mark.line + 1, len(lines)) for mark in marks if mark is not None] or [1]
    for line in places:
        if re.match(r"[ -]*\t", lines[line - 1]):
            message, remedy = "une tabulation tient lieu d’espaces.", "la remplacer par des espaces."
            return Problem(name, message, remedy, line, value=lines[line - 1].strip())
    others = tuple(places[1:]) if isinstance(error, yaml.scanner.ScannerError) and places[-1] != places[0] else ()
    if (getattr(error, "problem", None) or "").startswith("but found another document"):
        message, remedy = "le fichier contient deux documents.", "retirer la ligne « --- »."
    else:
        message = "la syntaxe YAML n’est pas lisible ici."
        remedy = "vérifier le retrait, les deux-points et les guillemets de cette ligne et de la précédente."
    return Problem(name, message, remedy, places[0], value=lines[places[0] - 1].strip(), other_lines=others)


def _given(value: object) -> str | None:
    """The value as the file writes it, when it stands on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float | datetime.date) else None


def _read(name: str, text: str, model: type[D], reading: Reading[D]) -> None:
    _refuse_dangers(text)
    loader = _Loader(text)
    node = loader.get_single_node()
    if node is None:
        reading.problems.append(Problem(name, "le fichier est vide.", "remettre son contenu."))
        return
    content = loader.construct_document(node)
    for path, line, inner in _nodes(node):
        reading.lines[path] = line
        seen: set[str] = set()
        for key, _ in inner.value if isinstance(inner, yaml.MappingNode) else ():
            if key.value in seen:
                where = key.start_mark.line + 1, str(key.value)
                reading.problems.append(Problem(name, "ce nom figure deux fois.", "n’en garder qu’un.", *where))
            seen.add(key.value)
    try:
        document = model.model_validate(content)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            location = tuple(detail["loc"])
            known = next((location[:n] for n in range(len(location), -1, -1) if location[:n] in reading.lines), ())
            message, remedy = describe(dict(detail))
            value = None if detail["type"] == "missing" else _given(detail["input"])
            column = field_name(location) or None
            place = reading.lines.get(known), column, value
            reading.problems.append(Problem(name, message, remedy, *place, fields=names_of(location)))
        return
    if not reading.problems:
        reading.document = document


def read_yaml(text: str, name: str, model: type[D]) -> Reading[D]:
    """The document of a text, wherever it comes from; its problems are nobody's in particular."""
    reading: Reading[D] = Reading(text=text)
    try:
        _read(name, text, model, reading)
    except RefusalError as refusal:
        reading.problems.append(Problem(name, *refusal.args))
    except yaml.YAMLError as error:
        reading.problems.append(_syntax_problem(name, text, error))
    return reading


def read_unchecked(path: Path) -> dict[str, Any]:
    """What a document holds, judged by no model: for what the server needs before there is a session to explain it.

    Raises ValueError when the document cannot be read.
    """
    text = read_text(path, path.name)
    if isinstance(text, Problem):
        raise ValueError(str(text))
    try:
        _refuse_dangers(text)
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 (it is the safe loader)
    except (RefusalError, yaml.YAMLError) as error:
        raise ValueError(f"{path.name} : {error}") from error
    if not isinstance(content, dict):
        raise ValueError(f"{path.name} : {content!r:.40}")
    return content


def read_document(path: Path | NewFile, name: str, model: type[D], *, region: str | None = None) -> Reading[D]:
    """The document of a file, its problems, and the line of each of its keys.

    `region` makes every problem of the file that region's alone; without it the file is shared by all.
    """
    text = read_text(path, name)
    if isinstance(text, Problem):
        reading: Reading[D] = Reading(problems=[text])
    else:
        reading = _remembered(text, name, model) if len(text) < _LONGEST_REMEMBERED else read_yaml(text, name, model)
    return replace(reading, problems=[replace(p, region=region, shared=region is None) for p in reading.problems])


@lru_cache(maxsize=32)
def _remembered(text: str, name: str, model: type[Any]) -> Reading[Any]:
    """When one file changes, the dozen others are not parsed again. What this returns is never changed."""
    return read_yaml(text, name, model)

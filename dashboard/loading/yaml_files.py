"""Read one YAML document against its model, keeping the line of each key for the messages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from dashboard.loading.csv_files import read_text
from dashboard.loading.french import describe
from dashboard.model.problems import Problem

D = TypeVar("D", bound=BaseModel)
Location = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """YAML without aliases, a known way to exhaust memory."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            event = self.peek_event()
            raise yaml.composer.ComposerError(None, None, "alias", event.start_mark)
        return super().compose_node(parent, index)


def _lines(node: yaml.Node | None, path: Location = ()) -> Iterator[tuple[Location, int]]:
    if node is None:
        return
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            for inner_path, line in _lines(value, (*path, key.value)):
                # A value may begin a line below its key (blocks): the key is what the eye looks for.
                yield inner_path, key.start_mark.line + 1 if len(inner_path) == len(path) + 1 else line
    elif isinstance(node, yaml.SequenceNode):
        for rank, value in enumerate(node.value):
            yield from _lines(value, (*path, rank))


def _duplicate_keys(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield str(key.value), key.start_mark.line + 1
            seen.add(key.value)
            yield from _duplicate_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _duplicate_keys(value)


def _syntax_problem(name: str, text: str, error: yaml.YAMLError, scope: dict[str, object]) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else None
    shown = None
    if line is not None and line <= len(text.splitlines()):
        shown = text.splitlines()[line - 1].strip()
        if "\t" in text.splitlines()[line - 1][: (mark.column + 1) if mark else None]:
            return Problem(
                name, "une tabulation tient lieu d’espaces.", "la remplacer par des espaces.", line, value=shown, **scope  # type: ignore[arg-type]
            )
    if getattr(error, "problem", None) == "alias":
        return Problem(name, "les renvois « * » ne sont pas permis.", "recopier le texte.", line, value=shown, **scope)  # type: ignore[arg-type]
    return Problem(
        name, "la syntaxe YAML n’est pas lisible ici.",
        "vérifier le retrait, les deux-points et les guillemets de cette ligne et de la précédente.",
        line, value=shown, **scope,  # type: ignore[arg-type]
    )


def read_document(
    path: Path, name: str, model: type[D], *, region: str | None = None
) -> tuple[D | None, list[Problem], dict[Location, int]]:
    """The document, its problems, and the line of each of its keys.

    `region` makes every problem of the file that region's alone; without it the file is shared by all.
    """
    scope: dict[str, object] = {"region": region, "shared": region is None}
    text, problems = read_text(path, name)
    if text is None:
        return None, [Problem(p.file, p.message, p.remedy, p.line, **scope) for p in problems], {}  # type: ignore[arg-type]
    try:
        node = yaml.compose(text, Loader=_Loader)
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - _Loader is a SafeLoader
    except yaml.YAMLError as error:
        return None, [_syntax_problem(name, text, error, scope)], {}
    except (ValueError, RecursionError):
        return None, [Problem(name, "une valeur ne se lit pas.", "mettre les textes entre guillemets.", **scope)], {}  # type: ignore[arg-type]
    lines = dict(_lines(node))
    for key, line in _duplicate_keys(node):
        problems.append(Problem(name, "ce nom figure deux fois.", "n’en garder qu’un.", line, key, **scope))  # type: ignore[arg-type]
    try:
        document = model.model_validate(content)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            location = tuple(p for p in detail["loc"])
            known = next((location[:n] for n in range(len(location), -1, -1) if location[:n] in lines), ())
            message, remedy = describe(dict(detail))
            given = detail["input"]
            value = str(given) if isinstance(given, (str, int, float, bool)) else None
            problems.append(Problem(
                name, message, remedy, lines.get(known), ".".join(map(str, location)) or None, value, **scope  # type: ignore[arg-type]
            ))
        return None, problems, lines
    return (document if not problems else None), problems, lines

"""The scenario as a small YAML file to save, review and open again. Read with care: it comes from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

import yaml
from pydantic import BeforeValidator, Field

from dashboard.loading.files import text_of
from dashboard.loading.yaml_files import Reading, read_yaml
from dashboard.model import Dataset, Problem
from dashboard.model.documents import Document
from dashboard.scenarios.fields import refusal
from dashboard.scenarios.formula import plain
from dashboard.scenarios.registry import SIMULATIONS, answer
from dashboard.scenarios.simulation import Parameters, raw

VERSION = 1
MAX_BYTES = 200_000
_REMEDY = "corriger cette valeur, ou la retirer."
P = TypeVar("P", bound=Parameters)


def _version(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and value != VERSION:
        message = f"ce fichier est de la version {value}, et cette page lit la version {VERSION}."
        raise refusal(message, "l’enregistrer de nouveau ici.")
    return value


# The version of a file saved from a page: that of the scenarios and of the presentations.
Version = Annotated[int, BeforeValidator(_version)]


def saved_text(content: bytes, name: str) -> tuple[str, list[Problem]]:
    """The text of a file that was saved from a page, or the problem that prevents reading it."""
    if len(content) > MAX_BYTES:
        return "", [Problem(name, "le fichier dépasse 200 ko.", "vérifier que c’est un fichier enregistré ici.")]
    text = text_of(content, name, ".yaml")
    return ("", [text]) if isinstance(text, Problem) else (text, [])


def _kind(value: Any) -> Any:
    if not isinstance(value, str) or value not in SIMULATIONS:
        raise refusal("cette simulation n’existe pas.", f"écrire l’une de celles-ci : {', '.join(SIMULATIONS)}.")
    return value


class _Envelope(Document):
    """What every scenario file has, before the kind says what `a` and `b` hold."""

    version: Version
    scenario: Annotated[str, BeforeValidator(_kind)]
    titre: Annotated[str, Field(max_length=200)] | None = None
    a: dict[str, Any]
    b: dict[str, Any] | None = None


class _File(Document, Generic[P]):
    version: Literal[1]
    scenario: str
    titre: str | None = None
    a: P
    b: P | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A simulation with its scenario A, and B when two are compared; values as an address writes them."""

    kind: str
    a: dict[str, str]
    b: dict[str, str] | None = None


def read_scenario(ds: Dataset, content: bytes, name: str) -> tuple[Scenario | None, list[Problem]]:
    """The scenario of a file, or every problem that prevents using it, with its line. Never raises.

    name: what the messages call the file. Only scenarios that the data can answer are accepted.
    """
    text, problems = saved_text(content, name)
    envelope = None if problems else read_yaml(text, name, _Envelope)
    if envelope is None or envelope.document is None:
        return None, envelope.problems if envelope else problems
    kind = envelope.document.scenario
    whole: Any = _File
    reading: Reading[Any] = read_yaml(text, name, whole[SIMULATIONS[kind].model])
    if reading.document is None:
        return None, reading.problems
    given = {slot: getattr(reading.document, slot) for slot in ("a", "b")}
    found = {slot: raw(parameters) for slot, parameters in given.items() if parameters is not None}
    for slot, values in found.items():
        # Values that read well and that the data cannot answer.
        for field, message in answer(ds, kind, values).errors.items():
            line, column = reading.lines.get((slot, field), reading.lines.get((slot,))), f"{slot}, {field}"
            said, column = message[:1].lower() + message[1:], column.removesuffix(", ")
            problems.append(Problem(name, said, _REMEDY, line, column, values.get(field)))
    return (None, problems) if problems else (Scenario(kind, found["a"], found.get("b")), [])


def scenario_yaml(ds: Dataset, scenario: Scenario) -> bytes:
    """The file of a scenario that has an answer: a header for its reader, then what `read_scenario` reads.

    The results are comments: they are recomputed from the data when the file is opened.
    """
    lines = [
        "# Scénario du simulateur du tableau de bord : rien de ce qui suit n’est observé.",
        f"# Simulation : {SIMULATIONS[scenario.kind].title}. Le sens de chaque champ : docs/simulateur.md.",
    ]
    document: dict[str, Any] = {"version": VERSION, "scenario": scenario.kind}
    for slot, values in (("a", scenario.a), ("b", scenario.b)):
        if values is None:
            continue
        found = answer(ds, scenario.kind, values)
        if found.outcome is None or found.parameters is None:
            raise ValueError(f"scénario {slot} sans réponse")
        lines.append(f"# Résultat {slot.upper()} ({found.outcome.status}) : {' '.join(found.outcome.message.split())}")
        document[slot] = {field: _plain(value) for field, value in found.parameters if value not in (None, ())}
    body = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000)
    return ("\n".join(lines) + "\n" + body).encode()


def _plain(value: object) -> object:
    """A value as YAML writes it: lists, mappings, whole numbers, decimals without exponent."""
    if isinstance(value, tuple):
        return {c: _plain(n) for c, n in value} if isinstance(value[0], tuple) else list(value)
    if isinstance(value, int | str):
        return value
    text = plain(value)  # type: ignore[arg-type]
    return float(text) if "." in text else int(text)

"""Rules on the entries of the follow-up: what they are about exists, and the result is in its unit.

The same rules judge data/suivi.csv, a file that someone loads and a field being typed. A fault never takes anything
else off the screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import ValidationError

from dashboard.contract.findings import Findings
from dashboard.loading.csv_files import Located
from dashboard.loading.follow_up_file import FOLLOW_UP, FollowUpRows, read_bytes
from dashboard.loading.french import describe
from dashboard.model.follow_up import Followed, FollowUpEntry, FollowUpKey, by_key, followed
from dashboard.model.problems import Problem, shortened
from dashboard.wording.numbers import number

Known = Mapping[tuple[str, str], Followed]
FieldFault = tuple[str, str, str]  # column, message, remedy
_THINGS = {"indicateur": "cet indicateur", "cible": "cette cible"}


def check_follow_up(findings: Findings) -> None:
    """The shared file. Needs the plan and the targets, which say what can be followed."""
    draft = findings.draft
    assert draft.action_plan is not None and draft.targets is not None
    findings.problems += judged(draft.follow_up, followed(draft.action_plan, draft.targets), FOLLOW_UP).problems


def judged(reading: FollowUpRows, known: Known, name: str) -> FollowUpRows:
    """The entries of a file that say something, and every problem of its lines."""
    result = FollowUpRows(problems=list(reading.problems), note=reading.note)
    seen: dict[FollowUpKey, int] = {}
    for entry, line in reading.rows:
        for column, message, remedy in faults(entry, known):
            value = str(entry.model_dump(by_alias=True).get(column) or "")
            result.problems.append(Problem(name, message, remedy, line, column, value))
        if entry.key in seen:
            result.problems.append(
                Problem(
                    name,
                    "cette saisie figure déjà plus haut : même identifiant, même période.",
                    "n’en garder qu’une.",
                    line,
                    "identifiant",
                    entry.id,
                    other_lines=(seen[entry.key],),
                )
            )
        seen.setdefault(entry.key, line)
        if not entry.blank:
            result.rows.append(Located(entry.settled, line))
    return result


class SentFollowUp(NamedTuple):
    """The entries of a file, or its problems in the order of its lines, never both; how it was read, when unusual."""

    entries: dict[FollowUpKey, FollowUpEntry]
    problems: tuple[Problem, ...]
    note: str


def read_sent(raw: bytes, name: str, known: Known) -> SentFollowUp:
    """What a file that someone loads holds."""
    name = shortened(name, 60)
    result = judged(read_bytes(raw, name), known, name)
    if result.problems:
        return SentFollowUp(
            {}, tuple(sorted(result.problems, key=lambda p: (p.line or 0, p.column or ""))), result.note
        )
    return SentFollowUp(by_key(entry for entry, _ in result.rows), (), result.note)


def faults(entry: FollowUpEntry, known: Known) -> Iterator[FieldFault]:
    """What is wrong with one entry, column by column."""
    subject = known.get((entry.kind, entry.id))
    thing = _THINGS[entry.kind]
    if subject is None:
        where = "des cibles" if entry.kind == "cible" else "du plan d’action"
        yield (
            "identifiant",
            f"{thing} n’existe pas.",
            f"corriger l’identifiant; la page Suivi donne ceux {where}.",
        )
        return
    if entry.period not in subject.periods:
        allowed = ", ".join(f"« {period} »" for period in subject.periods)
        yield (
            "periode",
            f"{thing} n’est pas suivi{'e' * (entry.kind == 'cible')} dans cette période.",
            (f"écrire l’une de celles-ci : {allowed}."),
        )
    if entry.unit and entry.unit != subject.unit:
        yield (
            "unite",
            f"{thing} se mesure en « {subject.unit} », et non en « {shortened(entry.unit, 40)} ».",
            (f"donner le résultat en « {subject.unit} », ou le laisser vide et l’expliquer dans la note."),
        )
    elif entry.value is not None and not entry.unit:
        yield "unite", "l’unité du résultat manque.", f"écrire « {subject.unit} »."
    elif entry.value is not None and subject.unit == "%" and entry.value > 100:
        yield "resultat", "une proportion ne dépasse pas 100 %.", "vérifier le nombre."
    elif entry.value is not None and subject.unit != "%" and entry.value != entry.value.to_integral_value():
        shown = number(entry.value, 1)
        yield (
            "resultat",
            f"un nombre entier est attendu : {shown} n’est pas un nombre de « {subject.unit} ».",
            ("retirer la partie décimale."),
        )


def checked(raw: Mapping[str, str], known: Known) -> tuple[FollowUpEntry | None, dict[str, str]]:
    """The entry that fields hold, or for each refused field the reason and the remedy; never both."""
    try:
        entry = FollowUpEntry.model_validate(dict(raw))
    except ValidationError as error:
        reasons: dict[str, str] = {}
        for detail in error.errors(include_url=False):
            message, remedy = describe(dict(detail))
            reasons.setdefault(str(detail["loc"][0]), _sentence(message, remedy))
        return None, reasons
    found = {column: _sentence(message, remedy) for column, message, remedy in faults(entry, known)}
    return (None, found) if found else (entry, {})


def _sentence(message: str, remedy: str) -> str:
    """« Ce résultat est démesuré. Vérifier le nombre. »"""
    return " ".join(part[:1].upper() + part[1:] for part in (message, remedy))

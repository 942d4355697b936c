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
from dashboard.wording.periods import DAY_TYPED, read_day

Known = Mapping[tuple[str, str], Followed]
FieldFault = tuple[str, str, str]  # column, message, remedy


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
        given = entry.model_dump(by_alias=True)
        result.problems += [
            Problem(name, message, remedy, line, column, str(given.get(column) or ""))
            for column, message, remedy in faults(entry, known)
        ]
        first = seen.setdefault(entry.key, line)
        if first != line:
            message = "cette saisie figure déjà plus haut : même identifiant, même période."
            problem = Problem(name, message, "n’en garder qu’une.", line, "identifiant", entry.id, other_lines=(first,))
            result.problems.append(problem)
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
    problems = tuple(sorted(result.problems, key=lambda p: (p.line or 0, p.column or "")))
    return SentFollowUp({} if problems else by_key(entry for entry, _ in result.rows), problems, result.note)


def faults(entry: FollowUpEntry, known: Known) -> Iterator[FieldFault]:
    """What is wrong with one entry, column by column."""
    subject, target = known.get((entry.kind, entry.id)), entry.kind == "cible"
    thing = "cette cible" if target else "cet indicateur"
    if subject is None:
        where = "des cibles" if target else "du plan d’action"
        remedy = f"corriger l’identifiant; la page Suivi donne ceux {where}."
        yield "identifiant", f"{thing} n’existe pas.", remedy
        return
    unit, value = subject.unit, entry.value
    if entry.period not in subject.periods:
        allowed = ", ".join(f"« {period} »" for period in subject.periods)
        message = f"{thing} n’est pas suivi{'e' * target} dans cette période."
        yield "periode", message, f"écrire l’une de celles-ci : {allowed}."
    if entry.unit and entry.unit != unit:
        message = f"{thing} se mesure en « {unit} », et non en « {shortened(entry.unit, 40)} »."
        yield "unite", message, f"donner le résultat en « {unit} », ou le laisser vide et l’expliquer dans la note."
    elif value is None:
        return
    elif not entry.unit:
        yield "unite", "l’unité du résultat manque.", f"écrire « {unit} »."
    elif unit == "%" and value > 100:
        yield "resultat", "une proportion ne dépasse pas 100 %.", "vérifier le nombre."
    elif unit != "%" and value != value.to_integral_value():
        message = f"un nombre entier est attendu : {number(value, 1)} n’est pas un nombre de « {unit} »."
        yield "resultat", message, "retirer la partie décimale."


def checked(raw: Mapping[str, str], known: Known) -> tuple[FollowUpEntry | None, dict[str, str]]:
    """The entry that fields hold, or for each refused field the reason and the remedy; never both. A date is typed in
    words, which a file does not hold."""
    try:
        entry = FollowUpEntry.model_validate({**raw, "date": read_day(raw.get("date", ""))})
    except ValidationError as error:
        reasons: dict[str, str] = {}
        for detail in error.errors(include_url=False):
            message, remedy = describe(dict(detail))
            if detail["type"] == "follow_up_date":
                remedy = f"écrire le jour, le mois et l’année (ex. {DAY_TYPED})."
            reasons.setdefault(str(detail["loc"][0]), _sentence(message, remedy))
        return None, reasons
    found = {column: _sentence(message, remedy) for column, message, remedy in faults(entry, known)}
    return (None, found) if found else (entry, {})


def _sentence(message: str, remedy: str) -> str:
    """« Ce résultat est démesuré. Vérifier le nombre. »"""
    return " ".join(part[:1].upper() + part[1:] for part in (message, remedy))

"""``python -m bench.audit``: known vulnerabilities of the installed libraries, by pip-audit, or why none is known.

Exit codes: 0 nothing found, or no way to ask (said in French); 1 at least one vulnerability, each with its remedy.

A vulnerability made public tomorrow stops the integration of a change that has nothing to do with it. That is wanted,
but someone must be able to go on: .ci/vulnerabilites-acceptees.txt accepts one by its number, with a reason and a date.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

ACCEPTED: Final = Path(__file__).resolve().parents[1] / ".ci" / "vulnerabilites-acceptees.txt"
PATIENCE: Final = 60


def run() -> tuple[str, str]:
    """Output and errors of pip-audit on what is installed."""
    command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off", "--timeout=8", "--local"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return "", "délai dépassé"
    return done.stdout, done.stderr


def accepted(lines: Iterable[str], today: date) -> set[str]:
    """Numbers accepted for now: « NUMÉRO AAAA-MM-JJ raison » on each line; no date or no reason, no number."""
    found = set()
    for line in lines:
        number, _, rest = line.partition("#")[0].strip().partition(" ")
        until, _, reason = rest.strip().partition(" ")
        try:
            if reason.strip() and date.fromisoformat(until) >= today:
                found.add(number)
        except ValueError:
            continue
    return found


def verdict(output: str, errors: str, allowed: Iterable[str] = ()) -> tuple[int, str]:
    """Exit code and message, from what pip-audit wrote."""
    try:
        libraries: list[dict[str, Any]] = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        reason = errors.strip().rpartition("\n")[2][:200]
        return 0, f"Pas de réseau : audit non fait ({reason or 'aucune réponse'})."
    known, judged = set(allowed), [library for library in libraries if "skip_reason" not in library]
    lines, waived = [], []
    for library in judged:
        for flaw in library.get("vulns", []):
            names = {flaw["id"], *flaw.get("aliases", [])}
            remedy = ", ".join(flaw.get("fix_versions", [])) or "aucune version"
            text = f"  {library['name']} {library['version']} : {flaw['id']}, corrigé dans : {remedy}"
            (waived if names & known else lines).append(text)
    tail = ["Acceptées pour un temps :", *waived] if waived else []
    if lines:
        remedy = f"Mettre la bibliothèque à jour, ou accepter le numéro dans {ACCEPTED.parent.name}/{ACCEPTED.name}."
        return 1, "\n".join(["Vulnérabilités connues :", *lines, remedy, *tail])
    if not judged:
        return 0, "Pas de réseau : audit non fait (le service des avis ne connaît aucune des bibliothèques)."
    message = f"Aucune vulnérabilité connue dans {len(judged)} bibliothèques sur {len(libraries)}."
    return 0, "\n".join([message, *tail])


def main() -> None:
    today = datetime.now(UTC).date()
    lines = ACCEPTED.read_text(encoding="utf-8").splitlines() if ACCEPTED.exists() else []
    code, message = verdict(*run(), accepted(lines, today))
    print(message)
    sys.exit(code)


if __name__ == "__main__":
    main()

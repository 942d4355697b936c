"""What the benchmark computes from its measures, the verdict of the soak and that of the audit."""

from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path

import pytest

from bench import compare, growth, report, soak, stats, typing
from bench.audit import accepted, verdict
from dashboard.team.writings import Writing


def test_median_percentile_and_slope() -> None:
    assert [stats.median(values) for values in ([3, None, 1, 100], [4, 2], [None])] == [3, 3, None]
    # A percentile is a value that was measured.
    values = [float(n) for n in range(100, 0, -1)]
    assert [stats.percentile(values, rank) for rank in (50, 95, 100, 1, 0.5)] == [50, 95, 100, 1, 1]
    assert [stats.percentile(few, 95) for few in ([7.0], [])] == [7, None]
    assert stats.percentile([1.0, 2.0, 3.0], 50) == 2
    assert math.isclose(stats.slope([(0, 1), (1, 3), (2, 5)]), 2)
    assert stats.slope([(5, 1)]) == stats.slope([(5, 1), (5, 9)]) == 0


def test_summary_gives_medians_and_ratios_to_the_reference() -> None:
    rounds = {
        "vide": [{"a": 10.0, "b": 0.0}, {"a": 30.0, "b": 0.0}, {"a": 20.0}],
        "portraits": [{"a": 25.0, "b": 5.0}, {"a": 35.0}, {"a": 90.0, "c": 1.0}],
    }
    found = stats.summary(rounds, "vide")
    assert found["a"] == {"vide": {"median": 20, "ratio": 1}, "portraits": {"median": 35, "ratio": 1.75}}
    assert found["b"]["portraits"] == {"median": 5, "ratio": None}  # to nought
    assert found["c"]["vide"] == {"median": None, "ratio": None}


def test_table_says_goals_and_whether_they_are_reached() -> None:
    rounds = {
        "vide": [{"mesure_ms": 100.0, "debit_mesure": 10.0, "mesure_ko": 1.0}],
        "portraits": [{"mesure_ms": 110.0, "debit_mesure": 24.9, "mesure_ko": 5.5}],
    }
    lines = report.table(stats.summary(rounds, "vide"), ("vide", "portraits"), "vide", "portraits").splitlines()
    rows = {line.split(" | ")[0].strip("| "): line for line in lines[2:]}
    assert len(rows) == 3
    assert rows["Changer de mesure"].endswith("| ≤ 1,30 × vide | oui |  |")
    assert rows["Serveur : changements de mesure par seconde"].endswith("| ≥ 2,50 × vide | non |  |")
    assert "5,50\u00a0ko (5,50) | ≤ 5 | non" in rows["HTTP et websocket, changer de mesure"]


def test_table_says_which_peers_are_better_and_which_are_not() -> None:
    rounds = {
        "vide": [{"mesure_ms": 50.0, "annee_ms": 10.0, "debit_mesure": 9.0, "page_ms": 1.0}],
        "dash": [{"mesure_ms": 120.0, "annee_ms": 60.0, "debit_mesure": 5.0, "page_ms": 7.0}],
        "statique": [{"mesure_ms": 80.0, "annee_ms": 70.0, "page_ms": 7.0}],
        "portraits": [{"mesure_ms": 100.0, "annee_ms": 90.0, "debit_mesure": 4.0, "page_ms": 7.0}],
    }
    table = report.table(stats.summary(rounds, "vide"), tuple(rounds), "vide", "portraits")
    rows = {line.split(" | ")[0].strip("| "): line.split(" | ") for line in table.splitlines()[2:]}
    own, ahead = ({name: cells[n] for name, cells in rows.items()} for n in (4, -1))
    assert own["Changer de mesure"] == "**100\u00a0ms (2)**"  # below one peer, above another, which is named
    assert ahead["Changer de mesure"].strip("| ") == "statique"
    assert own["Changer d’année"] == "90\u00a0ms (9)"
    assert ahead["Changer d’année"].strip("| ") == "dash, statique"
    assert ahead["Serveur : changements de mesure par seconde"].strip("| ") == "dash"  # the highest is the best
    assert (own["Changer de page"], ahead["Changer de page"].strip("| ")) == ("7\u00a0ms (7)", "")  # neither


def test_soak_fails_for_a_failure_or_a_leak_in_its_second_half() -> None:
    for slope, lost, errors, flat in ((14, 0, 0, True), (16, 0, 0, False), (0, 1, 0, False), (0, 0, 1, False)):
        assert soak.Verdict(3600, 25, 45000, lost, errors, 0, 30, 200, 220, 230, slope).flat() is flat
    points = [(float(t), 100.0 + min(t, 50)) for t in range(101)]
    assert stats.slope(soak.second_half(points)) == 0
    assert stats.slope(points) > 0
    assert soak.second_half([]) == []


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([1.10, 1.12, 1.11, 1.13, 1.10], "a augmenté"),
        ([0.50, 0.52, 0.48, 0.50, 0.51], "a diminué"),
        ([1.10, 1.12, 0.99, 1.13, 1.10], "dans le bruit"),  # one round says the contrary
        ([1.02, 1.03, 1.04, 1.03, 1.02], "dans le bruit"),  # too little
        ([1.01, 1.10, 1.90, 1.10, 1.02], "dans le bruit"),  # less than the rounds differ
        ([2.00, 2.00, 2.00, 2.00], "trop peu de tours"),
    ],
)
def test_what_moved_is_what_every_round_says(found: list[float], said: str) -> None:
    assert compare.verdict(found) == said


def test_two_versions_are_compared_round_by_round() -> None:
    """The machine slows down from one round to the next: both versions with it."""
    former = [{"page_ms suivi": 10.0 * turn, "page_ms": 10.0, "memoire_mo": None} for turn in range(1, 6)]
    present = [{"page_ms suivi": 12.0 * turn, "page_ms": 10.0, "memoire_mo": 90.0} for turn in range(1, 6)]
    lines = compare.table(former, present).splitlines()[2:]
    assert lines == [
        "| Page entière : /suivi | 30\u00a0ms | 36\u00a0ms | 1,20 (1,20 à 1,20) | a augmenté |",
        "| Page entière : / | 10\u00a0ms | 10\u00a0ms | 1 (1 à 1) | dans le bruit |",
    ]


def test_a_version_that_git_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="« --jamais » est introuvable"), compare.version("--jamais"):
        pytest.fail("taken")


def found_of(typist: typing.Typist, *texts: str, subject: str = "", version: int | None = 1) -> list[Writing]:
    content = [json.dumps({"note": text}) for text in texts]
    return [Writing(1, "suivi", subject or typist.name, version, one, typist.name, "") for one in content]


def test_what_was_typed_is_looked_for_in_the_database() -> None:
    first, second, alone = (typing.Typist(rank, [f"Personne {rank:02}, texte 0000"]) for rank in (0, 1, typing.SAME))
    typists = [first, second, alone]
    # Two at the same entry, where the second came too late: everything is there.
    found = [
        *found_of(first, *first.confirmed, subject="a"),
        *found_of(second, *second.confirmed, subject="a", version=None),
        *found_of(alone, *alone.confirmed, subject="b"),
    ]
    assert typing.judged(typists, found) == typing.Judged(3, 0, 0, 1)
    assert typing.judged(typists, found[:2]) == typing.Judged(3, 1, 0, 1)
    # The text of another under one's name; then at the entry of another.
    assert typing.judged(typists, [*found, *found_of(first, *second.confirmed, subject="a")]).melees == 1
    assert typing.judged(typists, [*found, *found_of(first, *first.confirmed, subject="b")]).melees == 2


def test_typing_is_good_when_nothing_is_lost_and_it_is_quick() -> None:
    counts = {
        "processus": 1,
        "confirmees": 750,
        "absentes": 0,
        "melees": 0,
        "ecartees": 12,
        "perdues": 0,
        "refusees": 0,
    }
    line = {"base": "SQLite", **counts, "p50_ms": 40.0, "p95_ms": 150.0, "processeur_pct": None}
    verdicts = [line, line | {"p95_ms": 151.0}, line | {"absentes": 1}, line | {"melees": 1}, line | {"perdues": 1}]
    lines = report.typed(verdicts).splitlines()[2:]
    assert [one.rpartition(" | ")[2] for one in lines] == ["oui |", "non |", "non |", "non |", "non |"]
    assert lines[0] == "| SQLite | 1 | 750 | 0 | 0 | 12 | 0 | 40\u00a0ms | 150\u00a0ms | – | oui |"


def audited(*libraries: dict[str, object]) -> str:
    return json.dumps({"dependencies": libraries})


def test_audit_names_what_is_vulnerable_and_the_remedy_unless_it_is_accepted_until_a_date() -> None:
    sound = {"name": "streamlit", "version": "1.67.0", "vulns": []}
    flaw = {"id": "PYSEC-1", "aliases": ["CVE-2026-1"], "fix_versions": ["1.1"]}
    flawed = {"name": "essai", "version": "1.0", "vulns": [flaw]}
    code, message = verdict(audited(sound, flawed), "")
    assert code == 1
    assert "essai 1.0 : PYSEC-1, corrigé dans : 1.1" in message
    assert verdict(audited(sound), "")[0] == 0
    lines = ["# note", "CVE-2026-1 2026-12-31 pas appelé par nos pages", "CVE-2 2026-12-31", "CVE-3 demain raison", ""]
    assert accepted(lines, date(2026, 12, 31)) == {"CVE-2026-1"}
    assert accepted(lines, date(2027, 1, 1)) == set()
    code, message = verdict(audited(flawed), "", {"CVE-2026-1"})
    assert code == 0
    assert "PYSEC-1" in message


@pytest.mark.parametrize("output", ["", "{", "[]", '{"dependencies": [{"name": "a", "skip_reason": "x"}]}'])
def test_audit_without_an_answer_says_that_it_was_not_made(output: str) -> None:
    code, message = verdict(output, "trace\nConnectionError: x")
    assert code == 0
    assert message.startswith("Pas de réseau : audit non fait")


def test_cost_of_a_territory_is_the_slope(root: Path) -> None:
    assert growth.territories(root) == {
        "bas-saint-laurent": 8,
        "capitale-nationale": 7,
        "chaudiere-appalaches": 10,
        "gaspesie-iles-de-la-madeleine": 6,
        "": 31,
    }
    measures = [{"page": "a", "territoires": 6, "ms": 20.0}, {"page": "b", "territoires": 31, "ms": 70.0}]
    assert growth.each(measures, "ms") == pytest.approx(2)

"""Hundreds of coherent changes of the files, over every file and every column: what a careless or a clever hand could
change. Each leaves its file well formed, and is named by `check` or is of a kind that nothing can decide.

The kinds that may pass are listed in tests/cases/coherent_lies.yaml, with why: one that passes and is not listed is a
hole of the check. Those of the maps are in test_maps.
"""

from __future__ import annotations

import csv
import fnmatch
import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dashboard.contract.door import check
from dashboard.loading.files import NewFile, Tree
from dashboard.model.problems import Problem
from dashboard.scenarios.held import disagreements
from tests import tables
from tests.broken_files import Files
from tests.conftest import ROOT

# Why nothing can decide, then the kinds of change (file, field), with « * » for any.
UNDECIDED: dict[str, list[str]] = tables.read(ROOT / "tests/cases/coherent_lies.yaml")
SERIES = tuple(
    sorted(
        path.name
        for path in (ROOT / "data").glob("*.csv")
        if path.read_text(encoding="utf-8").startswith("territory_code,")
    )
)
# It says nothing of the source: the words that questions use, which tests/questions tries.
WORDS = "data/vocabulary.yaml"
_OURS = {p.relative_to(ROOT).as_posix() for p in (ROOT / "data").rglob("*.yaml")} - {WORDS}
DOCUMENTS = ("config.yaml", *sorted(_OURS))
_Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Lie:
    """`kind`: file and column (or field), for a list of what passes; `name`: what was changed."""

    kind: str
    name: str
    files: dict[str, bytes]

    @property
    def same(self) -> bool:
        """True when the files say what they said."""
        now = {file: (ROOT / file).read_bytes() for file in self.files}
        return all(_content(file, raw) == _content(file, now[file]) for file, raw in self.files.items())


_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _content(file: str, raw: bytes) -> Any:
    if file.endswith(".csv"):
        return list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    return tables.parsed(raw) if file.endswith(".yaml") else raw


def _read(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((ROOT / file).read_text(encoding="utf-8"), newline="")))


def _written(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _series(rng: random.Random) -> Iterator[Lie]:
    """A number, its percentage and its quoted line together; each other column from another row; rows exchanged."""
    for name in SERIES:
        file = f"data/{name}"
        rows = _read(file)
        counted = [n for n, row in enumerate(rows) if row["value"]]
        for n in rng.sample(counted, min(4, len(counted))):
            row = rows[n]
            value = int(row["value"])
            new = value + rng.choice((5, 10, -5)) if value > 10 else value + 5
            quote = row["quote"]
            for old, said in ((_grouped(value), _grouped(new)), (str(value), str(new))):
                quote = re.sub(rf"(?<![\d,]){old}(?![\d,])", said, quote, count=1)
            share = row["printed_pct"]
            if share and share != "100.0":
                base = value / float(share) * 100 if float(share) else value
                moved = f"{new / base * 100:.1f}"
                quote = quote.replace(share.replace(".", ","), moved.replace(".", ","), 1)
                share = moved
            lie = {**row, "value": str(new), "printed_pct": share, "quote": quote}
            yield Lie(f"{file}, value+printed_pct+quote", f"ligne {n + 2}, {value} -> {new}", _with(file, rows, n, lie))
        for column in rows[0]:
            others = sorted({row[column] for row in rows})
            for n in rng.sample(range(len(rows)), min(2, len(rows))):
                choices = [other for other in others if other != rows[n][column]] or _INVENTED.get(column, ["x"])
                lie = {**rows[n], column: rng.choice(choices)}
                yield Lie(f"{file}, {column}", f"ligne {n + 2}", _with(file, rows, n, lie))
        one, other = rng.sample(range(len(rows)), 2)
        for fields in (("value", "printed_pct", "quote"), ("value", "printed_pct", "quote", "source")):
            if any(rows[one][f] != rows[other][f] for f in fields):
                swapped = list(rows)
                swapped[one] = {**rows[one], **{f: rows[other][f] for f in fields}}
                swapped[other] = {**rows[other], **{f: rows[one][f] for f in fields}}
                where = f"lignes {one + 2} et {other + 2}"
                yield Lie(f"{file}, échange {'+'.join(fields)}", where, {file: _written(swapped)})
        for column in ("status", "base", "source"):
            # The whole column told otherwise, in one gesture.
            value = rows[0][column]
            told = {"status": "estimate", "base": "jobs", "source": "annexe-1"}[column]
            lied = [{**row, column: told if row[column] == value else row[column]} for row in rows]
            yield Lie(f"{file}, {column} partout", f"{value} -> {told}", {file: _written(lied)})


_INVENTED = {"status": ["estimate"], "base": ["jobs"], "period": ["2018"], "category": ["mrc"], "source": ["reseau"]}


def _with(file: str, rows: list[dict[str, str]], n: int, row: dict[str, str]) -> dict[str, bytes]:
    return {file: _written([row if m == n else other for m, other in enumerate(rows)])}


def _territories(rng: random.Random) -> Iterator[Lie]:
    file = "data/territories.csv"
    rows = _read(file)
    for column in rows[0]:
        level = rng.choice(("region", "mrc"))
        own = [n for n, row in enumerate(rows) if row["level"] == level]
        for _ in range(2):
            one, other = rng.sample(own, 2)
            if rows[one][column] != rows[other][column]:
                swapped = list(rows)
                swapped[one] = {**rows[one], column: rows[other][column]}
                swapped[other] = {**rows[other], column: rows[one][column]}
                where = f"{rows[one]['code']} et {rows[other]['code']}"
                yield Lie(f"{file}, échange {column}", where, {file: _written(swapped)})
            lie = {**rows[one], column: rows[other][column]}
            yield Lie(f"{file}, {column}", f"{rows[one]['code']}", _with(file, rows, one, lie))


def _leaves(node: Any, path: _Path = ()) -> Iterator[tuple[_Path, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(node, list):
        for n, value in enumerate(node):
            yield from _leaves(value, (*path, n))
    else:
        yield path, node


def _put(content: Any, path: _Path, value: Any) -> Any:
    if not path:
        return value
    head, *rest = path
    copy: Any = dict(content) if isinstance(content, dict) else list(content)
    copy[head] = _put(content[head], tuple(rest), value)
    return copy


def _field(path: _Path) -> str:
    return ".".join("*" if isinstance(part, int) else part for part in path)


def _dumped(content: Any) -> bytes:
    text: str = yaml.dump(content, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=10_000)
    return text.encode()


def _otherwise(value: Any, rng: random.Random) -> Any:
    """The same kind of value, saying something else."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if value is None:
        return "Une note de plus."
    number = re.search(r"\d+", value)
    if number and rng.random() < 0.5:
        return f"{value[: number.start()]}{int(number[0]) + 1:0{len(number[0])}}{value[number.end() :]}"
    words = value.split(" ")
    if len(words) > 3:
        n = rng.randrange(1, len(words) - 1)
        return " ".join([*words[:n], *words[n + 1 :]])
    return f"{value}s"


def _documents(rng: random.Random) -> Iterator[Lie]:
    """For every field of every document: a value told otherwise, and one exchanged with another of the same field."""
    for file in DOCUMENTS:
        content = tables.read(ROOT / file)
        fields: dict[str, list[tuple[_Path, Any]]] = {}
        for path, value in _leaves(content):
            fields.setdefault(_field(path), []).append((path, value))
        for field, found in fields.items():
            path, value = rng.choice(found)
            told = _put(content, path, _otherwise(value, rng))
            yield Lie(f"{file}, {field}", f"{path}", {file: _dumped(told)})
            others = [(p, v) for p, v in found if v != value]
            if others:
                there, other = rng.choice(others)
                swapped = _put(_put(content, path, other), there, value)
                yield Lie(f"{file}, échange {field}", f"{path} et {there}", {file: _dumped(swapped)})
        for field, path in {_field(p[:-1]): p[:-1] for p, _ in _leaves(content) if isinstance(p[-1], int)}.items():
            own = content
            for part in path:
                own = own[part]
            n = rng.randrange(len(own))
            shorter = _put(content, path, [item for m, item in enumerate(own) if m != n])
            yield Lie(f"{file}, {field} sans un élément", f"{path}, {n}", {file: _dumped(shorter)})
        optional = {_field((*p[:-1], p[-1])): p for p, _ in _leaves(content) if isinstance(p[-1], str) and len(p) > 1}
        for field, path in optional.items():
            holder: Any = content
            for part in path[:-1]:
                holder = holder[part]
            without = {key: value for key, value in holder.items() if key != path[-1]}
            yield Lie(f"{file}, sans {field}", f"{path}", {file: _dumped(_put(content, path[:-1], without))})


def _figures(rng: random.Random) -> Iterator[Lie]:
    """A figure of a sentence, its words and its paragraph together."""
    for file in DOCUMENTS:
        content = tables.read(ROOT / file)
        for n, figure in enumerate(content.get("figures", [])):
            old = figure["value"]
            new = round(old + rng.choice((1, 2)), 1)
            said, told = (f"{v:,}".replace(",", " ").replace(".", ",") for v in (old, new))
            quote = re.sub(rf"(?<![\d,]){said}(?![\d,])", told, figure["quote"], count=1)
            lied = _put(_replaced(content, figure["quote"], quote), ("figures", n, "value"), new)
            yield Lie(f"{file}, value+quote+texte", f"figures, {n}", {file: _dumped(lied)})


def _replaced(node: Any, old: str, new: str) -> Any:
    if isinstance(node, dict):
        return {key: _replaced(value, old, new) for key, value in node.items()}
    if isinstance(node, list):
        return [_replaced(value, old, new) for value in node]
    return node.replace(old, new) if isinstance(node, str) else node


def _texts() -> Iterator[Lie]:
    file = "data/source/plan-2021-2022.txt"
    text = (ROOT / file).read_text(encoding="utf-8")
    yield Lie(f"{file}, texte", "477 -> 478", {file: text.replace("Neigette 477 62,0", "Neigette 478 62,0").encode()})
    file = "data/source/territoires.csv"
    text = (ROOT / file).read_text(encoding="utf-8")
    yield Lie(f"{file}, texte", "Avignon", {file: text.replace("Avignon", "Avignonne").encode()})


@cache
def lies() -> list[Lie]:
    """Every family, in one order."""
    rng = random.Random(19)  # noqa: S311
    found = [*_series(rng), *_territories(rng), *_documents(rng), *_figures(rng), *_texts()]
    return [lie for lie in found if not lie.same]


def passes(lie: Lie) -> bool:
    """True when nothing names the change."""
    files = {file: NewFile(raw, suffix=Path(file).suffix) for file, raw in lie.files.items()}
    report = check(Tree(ROOT, files))
    return not report.problems and report.dataset is not None and not disagreements(report.dataset)


def listed(kind: str) -> bool:
    return any(
        fnmatch.fnmatchcase(kind, pattern.replace("?", "[*]")) for kinds in UNDECIDED.values() for pattern in kinds
    )


def test_each_coherent_lie_is_named_or_cannot_be_decided() -> None:
    tried = lies()[3::8]
    assert len(tried) > 100
    unseen = [f"{lie.kind} ({lie.name})" for lie in tried if not listed(lie.kind) and passes(lie)]
    assert unseen == []


def test_every_file_and_every_column_is_tried() -> None:
    tried = lies()
    files = {file for lie in tried for file in lie.files}
    shipped = {p.relative_to(ROOT).as_posix() for p in (ROOT / "data").glob("*.csv")} - {"data/suivi.csv"}
    shipped |= {p.relative_to(ROOT).as_posix() for p in (ROOT / "data").rglob("*.yaml")} - {WORDS}
    assert shipped | {"config.yaml"} <= files
    columns = "territory_code indicator period value printed_pct status source quote"
    assert {f"data/admissions_by_mrc.csv, {column}" for column in columns.split()} <= {lie.kind for lie in tried}


def test_no_figure_of_a_series_may_pass() -> None:
    """Of what may pass, nothing is a number, a unit, a period, a status or a quoted line of the annexes."""
    figures = ("data/admissions", "data/temporary", "data/popul")
    assert not [kind for kinds in UNDECIDED.values() for kind in kinds if kind.startswith(figures)]


def disagree(files: Files) -> list[Problem]:
    dataset = files.report().dataset
    assert dataset is not None
    return disagreements(dataset)


def test_a_formula_in_french_is_the_one_that_is_computed(files: Files) -> None:
    assert (files.problems(), disagree(files)) == ((), [])
    slips = [
        ("÷ admissions du Québec × 100", "÷ admissions de sa région × 100", "cette formule se lit avec"),
        ("cible de l’année − cible de l’année d’avant", "cible de l’année d’avant − cible de l’année", "formule donne"),
        ("2016 × 1 000", "2016 × 100", "cette formule donne"),
        ('unit: "indice", formula', 'unit: "%", formula', "le calcul est en « indice »"),
    ]
    for old, new, _ in slips:
        files.edit("data/indicators.yaml", old, new)
    found = [problem.message for problem in disagree(files)]
    assert len(found) == len(slips)
    assert [said for _, _, said in slips if not any(said in message for message in found)] == []
    files.edit("data/indicators.yaml", "id: index_100", "id: indice")
    assert any("à la fois dans le dictionnaire et dans les calculs" in problem.message for problem in disagree(files))


def test_a_question_offered_instead_has_an_answer(files: Files) -> None:
    for old, new in (
        ("scenario: francais", "scenario: anglais"),
        ('taux: "60"', 'taux: "600"'),
        ('ans: "3"', 'an: "3"'),
    ):
        files.edit("data/refusals.yaml", old, new)
    assert [problem.file for problem in disagree(files)] == ["data/refusals.yaml"] * 3

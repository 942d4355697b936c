"""Every reader faces spoiled inputs: each gives what it reads or problems in French, soon, within bounded memory.

A short run by default; ``FUZZ_EXAMPLES=10000`` (« make fuzz ») is the long one. A new reader is one entry of READERS.
"""

from __future__ import annotations

import base64
import json
import os
import re
import resource
import shutil
import sys
import time
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.boundaries.errors import BoundaryError
from dashboard.boundaries.rebuild import rebuild
from dashboard.contract.door import load_dataset
from dashboard.contract.follow_up import read_sent
from dashboard.deck.defaults import default_deck
from dashboard.deck.files import deck_yaml, read_deck
from dashboard.deck.links import packed, unpacked
from dashboard.exports.follow_up import follow_up_csv, follow_up_xlsx
from dashboard.exports.workbook import data_workbook
from dashboard.loading.csv_files import parse_rows
from dashboard.loading.draft import ACTION_PLAN, ANOMALIES, CONFIG, DICTIONARY, REFUSALS, SOURCES, TARGETS, TEXTS
from dashboard.loading.files import Tree, text_of
from dashboard.loading.geography import (
    BOUNDS,
    HATCHING,
    REGION_SHAPES,
    TERRITORY_SHAPES,
    TILES,
    MapFiles,
    read_map_file,
)
from dashboard.loading.public_files.ircc import read_ircc
from dashboard.loading.public_files.isq import read_isq
from dashboard.loading.public_files.result import Imported
from dashboard.loading.workbook import read_workbook
from dashboard.loading.yaml_files import read_yaml
from dashboard.model import Dataset
from dashboard.model.action_plan import ActionPlan
from dashboard.model.documents import Anomalies, Config, Dictionary, Portrait, Sources, Targets, Texts
from dashboard.model.problems import Problem
from dashboard.model.refusals import Refusals
from dashboard.model.rows import ObservationRow, TerritoryRow
from dashboard.scenarios.files import Scenario, read_scenario, scenario_yaml
from dashboard.scenarios.registry import SIMULATIONS
from tests import hostile
from tests.broken_files import assert_french
from tests.french_text import english_words
from tests.loading.public_files import test_ircc as ircc
from tests.loading.public_files import test_isq as isq

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "25"))
LONG = EXAMPLES > 1000
# Seconds of processor and megabytes that one input may cost. (Over a long run, Hypothesis itself remembers much.)
SLOWEST, MOST_MEMORY = 5.0, 150
# On Linux in kilobytes, on macOS in bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024
FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not LONG,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
DOCUMENTS = {
    CONFIG: Config,
    DICTIONARY: Dictionary,
    SOURCES: Sources,
    TEXTS: Texts,
    TARGETS: Targets,
    ANOMALIES: Anomalies,
    REFUSALS: Refusals,
    "data/regions/11.yaml": Portrait,
}
# What a reader gives: whether the input was accepted, and its problems.
Outcome = tuple[bool, Iterable[Problem]]


@cache
def dataset() -> Dataset:
    return load_dataset(ROOT)


def _bytes(*names: str) -> list[bytes]:
    return [(ROOT / name).read_bytes() for name in names]


def _rows(raw: bytes) -> Outcome:
    text, unread = text_of(raw, "data/x.csv")
    if text is None:
        assert unread is not None
        return False, [unread]
    model: Any = TerritoryRow if raw[:12].strip(b"\xef\xbb\xbf").startswith(b"code") else ObservationRow
    table = parse_rows(text, "data/x.csv", model, lambda cells: (None, True))
    assert all(line >= 2 for _, line in table.rows)
    return not table.problems, table.problems


def _document(model: Any) -> Callable[[bytes], Outcome]:
    def read(raw: bytes) -> Outcome:
        text, unread = text_of(raw, "data/x.yaml", ".yaml")
        if text is None:
            assert unread is not None
            return False, [unread]
        reading = read_yaml(text, "data/x.yaml", model)
        assert (reading.document is None) == bool(reading.problems)
        return reading.document is not None, reading.problems

    return read


def _scenario(raw: bytes) -> Outcome:
    scenario, problems = read_scenario(dataset(), raw, "scenario.yaml")
    assert (scenario is None) == bool(problems)
    if scenario is not None:
        assert read_scenario(dataset(), scenario_yaml(dataset(), scenario), "scenario.yaml")[0] == scenario
    return scenario is not None, problems


def _follow_up(name: str) -> Callable[[bytes], Outcome]:
    def read(raw: bytes) -> Outcome:
        entries, problems, _ = read_sent(raw, name, dataset().follow_up.known)
        assert not (entries and problems)
        if entries:
            # What was accepted is kept as it is by the file that the page gives back.
            given_back = read_sent(follow_up_csv(dataset(), entries), "suivi.csv", dataset().follow_up.known)
            assert given_back[:2] == (entries, ())
        return not problems, problems

    return read


def _deck(raw: bytes) -> Outcome:
    deck, problems = read_deck(dataset(), raw, "presentation.yaml")
    assert (deck is None) == bool(problems)
    if deck is not None:
        assert read_deck(dataset(), deck_yaml(deck), "presentation.yaml")[0] == deck
    return deck is not None, problems


def _link(raw: bytes) -> Outcome:
    """A presentation in an address: what it packs is spoiled, or the address itself."""
    found = []
    for parameter in (base64.urlsafe_b64encode(zlib.compress(raw)).decode().rstrip("="), raw.decode("latin-1")):
        deck, said = unpacked(dataset(), parameter)
        assert deck is not None or said
        assert english_words(said) == []
        found.append(deck is not None)
    return any(found), []


def _packed() -> list[bytes]:
    decks = [default_deck(dataset(), code) for code in ("01", dataset().config.direction)]
    links = [found for deck in decks if (found := packed(deck)) is not None]
    return [zlib.decompress(base64.urlsafe_b64decode(link + "=" * (-len(link) % 4))) for link in links]


def _geography(folder: Path) -> Callable[[bytes], Outcome]:
    names = (TERRITORY_SHAPES, REGION_SHAPES, BOUNDS, HATCHING, TILES)
    (folder / "geo").mkdir()

    def read(raw: bytes) -> Outcome:
        accepted, found = False, []
        for name in names:
            (folder / name).write_bytes(raw)
            maps = MapFiles()
            problem = read_map_file(folder, name, maps)
            assert (name in maps.codes) == (problem is None)
            accepted, found = accepted or problem is None, [*found, *([problem] if problem else [])]
        return accepted, found

    return read


def _imported(path: Path, read_file: Callable[[Path, Path], Imported]) -> Callable[[bytes], Outcome]:
    """A public file, IRCC's or the ISQ's, as « import » reads it."""

    def read(raw: bytes) -> Outcome:
        path.write_bytes(raw)
        found = read_file(path, ROOT)
        assert not (found.rows and found.problems)
        return not found.problems, found.problems

    return read


def _some_data(folder: Path) -> Path:
    """A root with two tables and a text: a workbook of all the data takes five times as long to read."""
    (folder / "data").mkdir()
    for name in ("territories.csv", "admissions_by_mrc.csv", "refusals.yaml"):
        shutil.copy(ROOT / "data" / name, folder / "data")
    return folder


def _workbook(root: Path) -> Callable[[bytes], Outcome]:
    """The workbook of the data, filled in and sent back."""

    def read(raw: bytes) -> Outcome:
        sent = read_workbook(raw, "classeur.xlsx", Tree(root))
        return not sent.problems, [sent.placed(problem) for problem in sent.problems]

    return read


def _two_territories(folder: Path) -> bytes:
    """Boundaries of two territories; `folder` becomes a root that expects these two."""
    codes = ("2401", "2402")
    lines = (ROOT / "data/territories.csv").read_text("utf-8").splitlines()
    kept = [line for line in lines if not re.match(r"24\d\d,", line) or line.startswith(codes)]
    (folder / "data").mkdir()
    (folder / "geo").mkdir()
    (folder / "data/territories.csv").write_text("\n".join(kept), "utf-8")
    whole = json.loads((ROOT / TERRITORY_SHAPES).read_bytes())
    whole["features"] = [shape for shape in whole["features"] if shape["properties"]["code"] in codes]
    return json.dumps(whole).encode()


def _boundaries(root: Path) -> Callable[[bytes], Outcome]:
    """A source of boundaries, as « boundaries » reads it."""

    def read(raw: bytes) -> Outcome:
        source = root / "limites.geojson"
        source.write_bytes(raw)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", RuntimeWarning)  # GDAL would speak English in the terminal
                rebuild(source, root)
        except BoundaryError as error:
            return False, [Problem(source.name, str(error).replace("--code-field", "l’option"), "la source.")]
        return True, []

    return read


FILLED = (
    "type,identifiant,periode,libelle,etat,resultat,unite,date,note,responsable\n"
    'cible,4.1,2021-2022,,en cours,20,%,2022-03-31,"une note, avec virgule",Équipe\n'
    'cible,2.1,2021-2022,,réalisé,"50,5",%,2022-03-31,\'=1+1,\n'
).encode()


def _months(folder: Path) -> bytes:
    """Two years of a public file, some months of which IRCC does not publish."""
    totals = ["15", "--", *["20"] * 10]
    lines = [line for of in (2015, 2016) for line in ircc.year(of, totals)]
    return ircc.write(folder, [*ircc.TIME, *ircc.PLACE, "TOTAL"], lines).read_bytes()


def _estimates(folder: Path) -> bytes:
    return isq.write(folder, isq.TITLE, isq.HEADS, *isq.LINES).read_bytes()


def _some_lines() -> bytes:
    """The first lines of the file that the page gives."""
    return b"\n".join(follow_up_csv(dataset(), _filled()).split(b"\n")[:15])


def _filled() -> Mapping[Any, Any]:
    """Some entries, so that the files to spoil hold more than their head."""
    entries, problems, _ = read_sent(FILLED, "suivi.csv", dataset().follow_up.known)
    assert not problems
    return entries


def _scenarios() -> list[bytes]:
    kinds = [Scenario(kind, simulation.defaults(dataset())) for kind, simulation in SIMULATIONS.items()]
    full = {"territoire": "01", "nombre": "60", "methode": "poids", "poids": "2410-2.5_2412-1", "planchers": "2411-2"}
    both = Scenario("repartir", full, full | {"methode": "egal"})
    answered = [s for s in kinds if s.kind != "permis"] + [both]
    return [scenario_yaml(dataset(), scenario) for scenario in answered]


@dataclass
class Reader:
    """A reader, and what to spoil for it. `costly` divides the number of inputs of the short run."""

    read: Callable[[bytes], Outcome]
    inputs: st.SearchStrategy[bytes]
    seen: Counter[str] = field(default_factory=Counter)


def _series() -> list[str]:
    names = sorted(f"data/{indicator.file}" for indicator in dataset().indicators.values())
    return [*dict.fromkeys(names), "data/territories.csv"]


def readers(folder: Path) -> dict[str, Callable[[], Reader]]:
    """Each reader by name, made when its turn comes."""

    def documents() -> Reader:
        raws = {model: (ROOT / name).read_bytes() for name, model in DOCUMENTS.items()}
        reads = {model: _document(model) for model in raws}
        found = st.sampled_from(list(raws)).flatmap(
            lambda model: hostile.spoiled([raws[model]]).map(lambda raw: model.__name__.encode() + b"\0\0" + raw)
        )
        names = {model.__name__.encode(): read for model, read in reads.items()}
        return Reader(lambda raw: names[raw.partition(b"\0\0")[0]](raw.partition(b"\0\0")[2]), found)

    plan = (ROOT / ACTION_PLAN).read_bytes()
    return {
        "csv": lambda: Reader(_rows, hostile.spoiled(_bytes(*_series()))),
        "yaml": documents,
        "plan": lambda: Reader(_document(ActionPlan), hostile.spoiled([plan[:9000], plan[:9000], plan])),
        "scenario": lambda: Reader(_scenario, hostile.spoiled(_scenarios())),
        "suivi-csv": lambda: Reader(_follow_up("suivi.csv"), hostile.spoiled([FILLED, _some_lines()])),
        "suivi-excel": lambda: Reader(
            _follow_up("suivi.xlsx"), hostile.spoiled_workbook([follow_up_xlsx(dataset(), _filled())])
        ),
        "presentation": lambda: Reader(
            _deck, hostile.spoiled([deck_yaml(default_deck(dataset(), code)) for code in ("01", "DRCNEQ")])
        ),
        "lien": lambda: Reader(_link, hostile.spoiled(_packed())),
        "ircc": lambda: Reader(_imported(folder / "ODP-PR-PT.csv", read_ircc), hostile.spoiled([_months(folder)])),
        "isq": lambda: Reader(
            _imported(folder / "population.xlsx", read_isq), hostile.spoiled_workbook([_estimates(folder)])
        ),
        "classeur": lambda: Reader(
            _workbook(_some_data(folder)),
            hostile.spoiled_workbook([data_workbook(replace(dataset(), root=folder))]),
        ),
        "limites": lambda: Reader(_boundaries(folder), hostile.spoiled([_two_territories(folder)])),
        "geo": lambda: Reader(
            _geography(folder), hostile.spoiled([*_bytes(BOUNDS, TILES), *(raw[:4000] for raw in _bytes(HATCHING))])
        ),
    }


NAMES = (
    "csv", "yaml", "plan", "scenario", "suivi-csv", "suivi-excel", "presentation", "lien", "ircc", "isq", "classeur",
    "limites", "geo",
)  # fmt: skip


def memory() -> float:
    """Megabytes at the highest, since the start of the process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 1_000_000


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_refuses_in_french_and_never_fails(name: str, tmp_path: Path, record_property: Any) -> None:
    reader = readers(tmp_path)[name]()
    before = memory()
    slowest = heaviest = 0.0

    @FUZZ
    @given(raw=reader.inputs)
    def attack(raw: bytes) -> None:
        nonlocal slowest, heaviest
        start, held = time.process_time(), memory()
        accepted, problems = reader.read(raw)
        slowest = max(slowest, time.process_time() - start)
        heaviest = max(heaviest, memory() - held)
        reader.seen["lus" if accepted else "refusés"] += 1
        for problem in list(problems)[:50]:
            text = str(problem)
            assert "\n" not in text
            assert len(text) < 1500
            # The value is the file's own words, whatever they are.
            assert_french(str(replace(problem, value=None)).replace("\u00a0", " "))
        assert time.process_time() - start < SLOWEST

    attack()
    total = sum(reader.seen.values())
    assert total >= EXAMPLES
    assert reader.seen["refusés"] > total / 10, "the inputs are not hostile enough to prove anything"
    assert heaviest < MOST_MEMORY
    for key, value in {**reader.seen, "entrées": total, "plus lente (s)": round(slowest, 3)}.items():
        record_property(key, value)
    if LONG:
        print(
            f"\n{name}: {total} entrées, {dict(reader.seen)}, plus lente {slowest:.2f} s, +{memory() - before:.0f} Mo"
        )

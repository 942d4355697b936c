"""Every reader faces spoiled inputs: each gives what it reads or problems in French, soon, within bounded memory.

A short run by default; ``FUZZ_EXAMPLES=10000`` (« make fuzz ») is the long one. A new reader is one entry of `readers`.
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
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.boundaries import BoundaryError, rebuild
from dashboard.contract.door import check, load_dataset
from dashboard.contract.follow_up import read_sent
from dashboard.deck.files import deck_yaml, read_deck, unpacked
from dashboard.deck.kinds import default_deck
from dashboard.exports.follow_up import follow_up_csv, follow_up_xlsx
from dashboard.exports.workbook import data_workbook
from dashboard.loading.csv_files import read_rows
from dashboard.loading.draft import ACTION_PLAN, ANOMALIES, CONFIG, DICTIONARY, REFUSALS, SOURCES, TARGETS, TEXTS
from dashboard.loading.files import NewFile, Tree, text_of
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
from dashboard.model.problems import DataError, Problem, shortened
from dashboard.model.refusals import Refusals
from dashboard.model.rows import ObservationRow, TerritoryRow
from dashboard.scenarios.files import Scenario, read_scenario, scenario_yaml
from dashboard.scenarios.registry import SIMULATIONS
from tests import hostile
from tests.broken_files import assert_french
from tests.french_text import english_words
from tests.links import packed
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
    max_examples=EXAMPLES, deadline=None, derandomize=not LONG, database=None, print_blob=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
DOCUMENTS = {
    CONFIG: Config, DICTIONARY: Dictionary, SOURCES: Sources, TEXTS: Texts, TARGETS: Targets, ANOMALIES: Anomalies,
    REFUSALS: Refusals, "data/regions/11.yaml": Portrait,
}  # fmt: skip
# What a reader gives: whether the input was accepted, and its problems.
Outcome = tuple[bool, Iterable[Problem]]


@cache
def dataset() -> Dataset:
    return load_dataset(ROOT)


def _bytes(*names: str) -> list[bytes]:
    return [(ROOT / name).read_bytes() for name in names]


def _rows(raw: bytes) -> Outcome:
    text = text_of(raw, "data/x.csv")
    if isinstance(text, Problem):
        return False, [text]
    model: Any = TerritoryRow if raw[:12].strip(b"\xef\xbb\xbf").startswith(b"code") else ObservationRow
    table = read_rows(text, "data/x.csv", model, lambda cells: (None, True))
    assert all(line >= 2 for _, line in table.rows)
    return not table.problems, table.problems


def _document(model: Any, raw: bytes) -> Outcome:
    text = text_of(raw, "data/x.yaml", ".yaml")
    if isinstance(text, Problem):
        return False, [text]
    reading = read_yaml(text, "data/x.yaml", model)
    assert (reading.document is None) == bool(reading.problems)
    return reading.document is not None, reading.problems


def _door(file: str, raw: bytes) -> Outcome:
    """All the files, one of which is spoiled: what is loaded, or refused, says what the check says."""
    tree = Tree(ROOT, {file: NewFile(raw, suffix=Path(file).suffix)})
    problems = check(tree).problems
    try:
        assert load_dataset(tree).problems == problems
    except DataError as error:
        assert error.problems == problems
    return not problems, problems


def _named(read: Callable[[Any, bytes], Outcome], raws: Mapping[Any, bytes]) -> Reader:
    """A reader of several kinds of files, each drawn with its name."""
    drawn = st.sampled_from(list(raws)).flatmap(lambda name: hostile.spoiled([raws[name]]).map(lambda raw: (name, raw)))
    return Reader(lambda one: read(*one), drawn)


def _scenario(raw: bytes) -> Outcome:
    scenario, problems = read_scenario(dataset(), raw, "scenario.yaml")
    assert (scenario is None) == bool(problems)
    if scenario is not None:
        assert read_scenario(dataset(), scenario_yaml(dataset(), scenario), "scenario.yaml")[0] == scenario
    return scenario is not None, problems


def _follow_up(name: str, raw: bytes) -> Outcome:
    entries, problems, _ = read_sent(raw, name, dataset().follow_up.known)
    assert not (entries and problems)
    if entries:
        # What was accepted is kept as it is by the file that the page gives back.
        given_back = read_sent(follow_up_csv(dataset(), entries), "suivi.csv", dataset().follow_up.known)
        assert given_back[:2] == (entries, ())
    return not problems, problems


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
    links = [packed(default_deck(dataset(), code)) for code in ("01", dataset().config.direction)]
    return [zlib.decompress(base64.urlsafe_b64decode(link + "=" * (-len(link) % 4))) for link in links]


def _geography(folder: Path, raw: bytes) -> Outcome:
    found = []
    for name in (TERRITORY_SHAPES, REGION_SHAPES, BOUNDS, HATCHING, TILES):
        (folder / name).write_bytes(raw)
        maps = MapFiles()
        found.append(read_map_file(folder, name, maps))
        assert (name in maps.codes) == (found[-1] is None)
    return None in found, [problem for problem in found if problem]


def _imported(path: Path, read_file: Callable[[Path, Path], Imported], raw: bytes) -> Outcome:
    """A public file, IRCC's or the ISQ's, as « import » reads it."""
    path.write_bytes(raw)
    found = read_file(path, ROOT)
    assert bool(found.rows) != bool(found.problems)
    for row in found.rows:
        assert row.low is None or row.value is None or row.value == row.low == row.high
        assert row.low is None or row.high is None or 0 <= row.low <= row.high
    return not found.problems, found.problems


def _workbook(root: Path, raw: bytes) -> Outcome:
    """The workbook of the data, filled in and sent back."""
    sent = read_workbook(raw, "classeur.xlsx", Tree(root))
    return not sent.problems, [sent.placed(problem) for problem in sent.problems]


def _two_territories(folder: Path) -> bytes:
    """Boundaries of two territories; `folder` becomes a root that expects these two."""
    codes = ("2401", "2402")
    lines = (ROOT / "data/territories.csv").read_text("utf-8").splitlines()
    kept = [line for line in lines if not re.match(r"24\d\d,", line) or line.startswith(codes)]
    (folder / "data/territories.csv").write_text("\n".join(kept), "utf-8")
    whole = json.loads((ROOT / TERRITORY_SHAPES).read_bytes())
    whole["features"] = [shape for shape in whole["features"] if shape["properties"]["code"] in codes]
    return json.dumps(whole).encode()


def _boundaries(root: Path, raw: bytes) -> Outcome:
    """A source of boundaries, as « boundaries » reads it."""
    source = root / "limites.geojson"
    source.write_bytes(raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)  # GDAL would speak English in the terminal
            rebuild(source, root)
    except BoundaryError as error:
        return False, [Problem(source.name, str(error).replace("--code-field", "l’option"), "la source.")]
    return True, []


FILLED = (
    "type,identifiant,periode,libelle,etat,resultat,unite,date,note,responsable\n"
    'cible,4.1,2021-2022,,en cours,20,%,2022-03-31,"une note, avec virgule",Équipe\n'
    'cible,2.1,2021-2022,,réalisé,"50,5",%,2022-03-31,\'=1+1,\n'
).encode()


def _filled() -> Mapping[Any, Any]:
    """Some entries, so that the files to spoil hold more than their head."""
    entries, problems, _ = read_sent(FILLED, "suivi.csv", dataset().follow_up.known)
    assert not problems
    return entries


def _scenarios() -> list[bytes]:
    full = {"territoire": "01", "nombre": "60", "methode": "poids", "poids": "2410-2.5_2412-1", "planchers": "2411-2"}
    kinds = [Scenario(name, one.defaults(dataset())) for name, one in SIMULATIONS.items() if name != "permis"]
    return [scenario_yaml(dataset(), one) for one in [*kinds, Scenario("repartir", full, full | {"methode": "egal"})]]


@dataclass
class Reader:
    """A reader, and what to spoil for it."""

    read: Callable[[Any], Outcome]
    inputs: st.SearchStrategy[Any]


def readers(folder: Path) -> dict[str, Callable[[], Reader]]:
    """Each reader by name, made when its turn comes, with an empty folder below which there are data/ and geo/."""
    plan = (ROOT / ACTION_PLAN).read_bytes()
    series = [*dict.fromkeys(f"data/{one.file}" for one in dataset().indicators.values()), "data/territories.csv"]
    files = [*series, CONFIG, DICTIONARY, TEXTS, TARGETS, "data/regions/11.yaml", TERRITORY_SHAPES, BOUNDS]

    def months() -> bytes:
        """Two years of a public file, some months of which IRCC does not publish."""
        lines = [line for of in (2015, 2016) for line in ircc.year(of, ["15", "--", *["20"] * 10])]
        return ircc.write(folder, [*ircc.TIME, *ircc.PLACE, "TOTAL"], lines).read_bytes()

    def some_data() -> Dataset:
        """Two tables and a text: a workbook of all the data takes five times as long to read."""
        for name in ("territories.csv", "admissions_by_mrc.csv", "refusals.yaml"):
            shutil.copy(ROOT / "data" / name, folder / "data")
        return replace(dataset(), root=folder)

    def of(read: Callable[..., Outcome], *first: Any, seeds: list[bytes], workbook: bool = False) -> Reader:
        return Reader(partial(read, *first), (hostile.spoiled_workbook if workbook else hostile.spoiled)(seeds))

    return {
        "csv": lambda: of(_rows, seeds=_bytes(*series)),
        "yaml": lambda: _named(_document, {model: (ROOT / name).read_bytes() for name, model in DOCUMENTS.items()}),
        "porte": lambda: _named(_door, {name: (ROOT / name).read_bytes() for name in files}),
        "plan": lambda: of(_document, ActionPlan, seeds=[plan[:9000], plan[:9000], plan]),
        "scenario": lambda: of(_scenario, seeds=_scenarios()),
        "suivi-csv": lambda: of(
            _follow_up, "suivi.csv", seeds=[FILLED, b"\n".join(follow_up_csv(dataset(), _filled()).split(b"\n")[:15])]
        ),
        "suivi-excel": lambda: of(
            _follow_up, "suivi.xlsx", seeds=[follow_up_xlsx(dataset(), _filled())], workbook=True
        ),
        "presentation": lambda: of(_deck, seeds=[deck_yaml(default_deck(dataset(), c)) for c in ("01", "DRCNEQ")]),
        "lien": lambda: of(_link, seeds=_packed()),
        "ircc": lambda: of(_imported, folder / "ODP-PR-PT.csv", read_ircc, seeds=[months()]),
        "isq": lambda: of(
            _imported, folder / "population.xlsx", read_isq, workbook=True,
            seeds=[isq.write(folder, isq.TITLE, isq.HEADS, *isq.LINES).read_bytes()],
        ),
        "classeur": lambda: of(_workbook, folder, seeds=[data_workbook(some_data())], workbook=True),
        "limites": lambda: of(_boundaries, folder, seeds=[_two_territories(folder)]),
        "geo": lambda: of(
            _geography, folder, seeds=[*_bytes(BOUNDS, TILES), *(raw[:4000] for raw in _bytes(HATCHING))]
        ),
    }  # fmt: skip


NAMES = (
    "csv", "yaml", "porte", "plan", "scenario", "suivi-csv", "suivi-excel", "presentation", "lien", "ircc", "isq",
    "classeur", "limites", "geo",
)  # fmt: skip


def memory() -> float:
    """Megabytes at the highest, since the start of the process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 1_000_000


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_refuses_in_french_and_never_fails(name: str, tmp_path: Path, record_property: Any) -> None:
    for folder in ("data", "geo"):
        (tmp_path / folder).mkdir()
    reader, seen = readers(tmp_path)[name](), Counter[str]()
    before = memory()
    slowest = heaviest = 0.0

    def judge(raw: Any) -> None:
        nonlocal slowest, heaviest
        start, held = time.process_time(), memory()
        accepted, problems = reader.read(raw)
        slowest = max(slowest, time.process_time() - start)
        heaviest = max(heaviest, memory() - held)
        seen["lus" if accepted else "refusés"] += 1
        for problem in list(problems)[:50]:
            text = str(problem)
            assert "\n" not in text
            assert len(text) < 1500
            # The value is the file's own words, whatever they are.
            assert_french(str(replace(problem, value=None)).replace("\u00a0", " "))
        assert time.process_time() - start < SLOWEST

    # Those that are drawn with a name read YAML and CSV, as « plan » and « csv » do.
    for raw in () if name in ("yaml", "porte") else hostile.DOCUMENTS:
        judge(raw)
    FUZZ(given(raw=reader.inputs)(judge))()
    total = sum(seen.values())
    assert total >= EXAMPLES
    assert seen["refusés"] > total / 10, "the inputs are not hostile enough to prove anything"
    assert heaviest < MOST_MEMORY
    for key, value in {**seen, "entrées": total, "plus lente (s)": round(slowest, 3)}.items():
        record_property(key, value)
    if LONG:
        print(f"\n{name}: {total} entrées, {dict(seen)}, plus lente {slowest:.2f} s, +{memory() - before:.0f} Mo")


def test_of_thousands_of_bad_lines_the_first_are_listed_in_short_texts_and_the_rest_counted() -> None:
    file, long = "data/agreements.csv", "z" * 1500
    header = (ROOT / file).read_text(encoding="utf-8").split("\n")[0]
    raw = f"{header}\n" + f"01,agreements,{long},2021-04-01,{long},,x,y,z,{long}\n" * 3000
    problems = [one for one in check(Tree(ROOT, {file: NewFile(raw.encode())})).problems if one.file == file]
    assert {problem.line for problem in problems} == set(range(2, 52))
    assert any("Il y a 2\u00a0950 autres problèmes de ce genre." in problem.message for problem in problems)
    assert max(len(str(problem)) for problem in problems) < 600


@given(text=st.text(max_size=500))
@settings(deadline=None)
def test_a_value_is_shown_on_one_line_of_bounded_length(text: str) -> None:
    shown = shortened(text)
    assert len(shown) <= 80
    assert shown.isprintable() or not shown
    if len(text) <= 80 and text.isprintable() and text == " ".join(text.split(" ")).strip() and "  " not in text:
        assert shown == text

"""The simulations as a whole: what they carry, what they refuse, and that nothing simulated passes for observed."""

from __future__ import annotations

import csv
import io
import random
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.contract.door import check, load_dataset
from dashboard.exports.observations import observations_csv
from dashboard.exports.scenario_csv import scenario_csv, scenario_file_name
from dashboard.figures import simulated as draw
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset, Key, Observation
from dashboard.scenarios.crossing import cross
from dashboard.scenarios.registry import SIMULATIONS, answer, tolerant
from dashboard.scenarios.result import ImpossibleError, Outcome
from dashboard.scenarios.rounding import controlled_rounding
from tests.broken_files import Files
from tests.unkept import ESSAI, declare

YEARS = ("2015", "2016", "2017", "2018", "2019")
# Values that give an answer, for the simulations whose usual values are not enough.
TYPED = {"permis": {"etudes": "10", "ptet": "2,5"}}
HOSTILE = (
    "", " ", "abc", "-1", "1e9", "NaN", "inf", "9" * 26, "12,5,6", "0x10", "<script>alert(1)</script>", "'; DROP TABLE",
    "\u202e2410", "\uff12\uff14\uff11\uff10", "2410;2423", "..", "2410.", "2410-", "_", "2410-1_2410-2", "None", "true",
    "9" * 5000, "01\x00", "%00", "../../etc/passwd", "QC", "DRCNEQ", "2019", "2015-2019", "2019-12-31", "101",
    "1000001",
)  # fmt: skip


@pytest.fixture(scope="module")
def outcomes(ds: Dataset) -> dict[str, Outcome]:
    found = {}
    for kind, simulation in SIMULATIONS.items():
        given = answer(ds, kind, {**simulation.defaults(ds), **TYPED.get(kind, {})})
        assert given.outcome is not None, (kind, given.errors)
        found[kind] = given.outcome
    return found


@pytest.mark.parametrize("kind", SIMULATIONS)
def test_every_result_says_what_it_is(outcomes: dict[str, Outcome], kind: str) -> None:
    outcome = outcomes[kind]
    assert outcome.status == ("estimation" if kind == "mrc-annee" else "scénario")
    assert outcome.title.lower().startswith(outcome.status)
    assert outcome.message and outcome.formula and outcome.assumptions and outcome.limits
    assert re.search(r"\d", outcome.formula[0])
    assert outcome.inputs and all(isinstance(row, Observation) for row in outcome.inputs)
    for line in (*outcome.lines, *outcome.more):
        assert not isinstance(line.simulated, Quantity | Observation)
        assert line.observed is None or line.observed.inputs
    texts = [outcome.title, outcome.message, *outcome.formula, *outcome.assumptions]
    for text in [*texts, *outcome.limits, *outcome.notices]:
        # Québec typography: a no-break space before the colon and the percent sign, none before ; ! ?
        assert not re.search(r" [:%»;!?]|\u00a0[;!?]|« ", text), text


def test_nothing_simulated_enters_the_observed_export(ds: Dataset) -> None:
    """Nor is a simulated figure a Quantity or an Observation (test_every_result_says_what_it_is)."""
    text = observations_csv(ds)
    assert not re.search("estimation|scénario|scenario", text, re.IGNORECASE)
    # No MRC has a single year, which is what the estimates would look like.
    assert not re.search(r"^24\d\d,[^,]*,admissions_by_mrc,[^,]*,\d{4},", text, re.MULTILINE)


@pytest.mark.parametrize("kind", SIMULATIONS)
def test_every_file_carries_the_word(ds: Dataset, outcomes: dict[str, Outcome], kind: str) -> None:
    both = {"A": outcomes[kind], "B": outcomes[kind]}
    word = outcomes[kind].status
    assert scenario_file_name(both).startswith(word.replace("é", "e"))
    rows = list(csv.reader(io.StringIO(scenario_csv(ds, both, date(2026, 1, 2)).decode("utf-8-sig")), delimiter=";"))
    assert word in rows[0][0].lower()
    head = next(row for row in rows if row and row[0] == "Ligne")
    assert [name for name in head[1:-1] if not name.startswith(outcomes[kind].observed_label)]
    assert all(f"({word})" in name for name in head[1:-1] if not name.startswith(outcomes[kind].observed_label))
    assert ["Produit le", "2\u00a0janvier\u00a02026"] in rows and any(row[:1] == ["Source"] for row in rows)


def test_a_small_estimate_is_not_written_in_the_file_either(ds: Dataset) -> None:
    found = answer(ds, "mrc-annee", {"territoires": "2411", "annees": "2019"}).outcome
    assert found is not None
    rows = list(csv.reader(io.StringIO(scenario_csv(ds, {"A": found}).decode("utf-8-sig")), delimiter=";"))
    assert next(row for row in rows if row[:1] == ["Les Basques, 2019"])[2:5] == ["moins de 5", "0", "6"]
    grid = rows[next(n for n, row in enumerate(rows) if row[:1] == ["MRC"]) :]
    assert next(row for row in grid if row[0] == "Les Basques")[1:7] == ["moins de 5"] * 5 + ["6"]


def test_the_picture_says_it_too(outcomes: dict[str, Outcome]) -> None:
    bars = [draw.Bar("", "observé", 3, "observé 3", ""), draw.Bar("A", "estimation", 4, "estimation 4", "", 0, 9)]
    figure = draw.bars([draw.Row("x", bars)])
    notes = " ".join(note.text for note in figure.layout.annotations)
    assert "<b>Estimation</b>" in notes and "observé" in notes
    hatched = [trace for trace in figure.data if trace.type == "bar" and trace.marker.pattern.shape == "/"]
    assert len(hatched) == 1 and hatched[0].error_x.array == (5,) and hatched[0].error_x.arrayminus == (4,)
    figure = draw.bars([draw.Row("x", [draw.Bar("A", "scénario", 4, "scénario 4", "")])])
    assert any(trace.mode == "lines" and trace.line.dash for trace in figure.data if trace.type == "scatter")
    assert "<b>Scénario</b>" in figure.layout.annotations[-1].text
    figure = draw.paths({"A": outcomes["meilleure-annee"]})
    assert [trace.line.dash for trace in figure.data] == ["solid", "dash"]


def test_estimates_stay_within_the_bounds_for_any_set(ds: Dataset) -> None:
    chance = random.Random(1)  # noqa: S311
    for _ in range(100):
        region = chance.choice(ds.region_codes())
        mrcs = [code for code in ds.mrc_codes(region) if chance.random() < 0.4] or ds.mrc_codes(region)[:1]
        years = [year for year in YEARS if chance.random() < 0.5] or ["2019"]
        found = cross(ds, mrcs, years)
        assert 0 <= found.low <= found.estimate <= found.high <= min(found.row, found.column)
        assert found.exact == (len(mrcs) == len(ds.mrc_codes(region)) or len(years) == 5)
        assert found.uninformative == (not found.exact and found.high > 2 * found.low)


@pytest.mark.parametrize(
    ("mrcs", "years", "field", "words"),
    [
        (["2410", "2423"], ["2019"], "territoires", "régions différentes"),
        (["9999"], ["2019"], "territoires", "n’est pas le code d’une MRC"),
        ([], ["2019"], "territoires", "aucune MRC"),
        (["2410"], [], "annees", "aucune année"),
        (["2410"], ["2019", "2014"], "annees", "2014 n’y est pas"),
    ],
)
def test_what_cannot_be_estimated_is_refused(
    ds: Dataset, mrcs: list[str], years: list[str], field: str, words: str
) -> None:
    with pytest.raises(ImpossibleError) as refused:
        cross(ds, mrcs, years)
    assert refused.value.field == field and words in refused.value.message


def crossed(ds: Dataset, *years: str) -> Dataset:
    """The dataset with observed MRC x year for these years, as a later file would bring them."""
    rows = dict(ds.observations)
    for region in ds.region_codes():
        mrcs = ds.mrc_codes(region)
        table = controlled_rounding(
            tuple(rows[Key(m, "admissions_by_mrc", "total", "2015-2019")].value or 0 for m in mrcs),
            tuple(rows[Key(region, "admissions", "total", y)].value or 0 for y in YEARS),
        )
        for mrc, line in zip(mrcs, table, strict=True):
            for year, value in zip(YEARS, line, strict=True):
                key = Key(mrc, "admissions_by_mrc", "total", year)
                row = Observation(key, value, None, "region_total", "definitive", "annexe-2-01", None, "", 1)
                rows |= {key: row} if year in years else {}
    return replace(ds, observations=rows)


def test_what_is_observed_replaces_the_estimate_and_narrows_the_rest(ds: Dataset) -> None:
    seen = crossed(ds, "2019")
    found = cross(seen, ["2410"], ["2019"])
    assert found.observed and found.exact and (found.low, found.estimate, found.high) == (84, 84, 84)
    given = answer(seen, "mrc-annee", {"territoires": "2410", "annees": "2019"}).outcome
    assert given.status == "observé" and "observées" in given.message
    # 477 − 84 persons and 769 − 135 are left to the four other years.
    found = cross(seen, ["2410"], ["2018", "2019"])
    assert not found.observed and (found.row, found.column, found.total, found.known) == (393, 181, 634, 84)
    before = cross(ds, ["2410"], ["2018", "2019"])
    assert before.low <= found.low <= found.estimate <= found.high <= before.high


def test_a_file_that_crosses_everything_passes_the_check(copy_of_data: Path, ds: Dataset) -> None:
    """The same file, with one line per MRC and year: no new file, no code."""
    declare(copy_of_data)
    path = copy_of_data / "data" / "admissions_by_mrc.csv"
    observed = [
        (key.territory, key.period, row.value)
        for key, row in crossed(ds, *YEARS).observations.items()
        if (key.indicator == "admissions_by_mrc" and len(key.period) == 4)
        or (key.indicator == "admissions" and key.territory in ds.region_codes() and key.period in YEARS)
    ]
    lines = [path.read_text(encoding="utf-8").rstrip("\n")]
    for code, year, value in observed:
        lines.append(f"{code},admissions_by_mrc,total,{year},{value},,region_total,definitive,{ESSAI},{value}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [str(problem) for problem in check(copy_of_data).problems] == []
    found = cross(load_dataset(copy_of_data), ["2410", "2412"], ["2017", "2019"])
    assert found.observed and found.exact


@pytest.mark.parametrize("kind", SIMULATIONS)
def test_no_value_of_an_address_raises(ds: Dataset, kind: str) -> None:
    fields = list(SIMULATIONS[kind].model.model_fields)
    chance = random.Random(kind)  # noqa: S311
    for _ in range(30):
        given = {field: chance.choice(HOSTILE) for field in fields if chance.random() < 0.7}
        kept, refused = tolerant(ds, kind, given)
        errors = answer(ds, kind, kept).errors
        assert set(errors) <= set(answer(ds, kind, SIMULATIONS[kind].defaults(ds)).errors)
        assert set(refused) <= set(given)


FRENCH, SHARED = ("francais", "taux"), ("repartir", "nombre")


def test_a_value_that_cannot_be_is_refused_in_french(ds: Dataset) -> None:
    for (kind, field), typed, words in (
        (FRENCH, "101", "ne dépasse pas 100\u00a0%"), (FRENCH, "-3", "négatif"), (FRENCH, "", "vide"),
        (FRENCH, "9" * 30, "démesuré"), (FRENCH, "soixante", "pas un nombre"), (FRENCH, "1,23456", "décimales"),
        # « 50,000 » would be fifty here and fifty thousand in English: it is asked again.
        *((SHARED, typed, "entier") for typed in ("50,000", "50.000", "12,5")),
    ):  # fmt: skip
        found = answer(ds, kind, {**SIMULATIONS[kind].defaults(ds), field: typed})
        assert found.outcome is None and words in found.errors[field], typed


def test_numbers_are_read_as_french_writes_them(ds: Dataset) -> None:
    for (kind, field), typed, value in (
        (FRENCH, "12,5", 12.5), (FRENCH, "12.5", 12.5), (FRENCH, "0", 0), (FRENCH, " 60\u00a0%", 60),
        *((SHARED, typed, 50_000) for typed in ("50 000", "50\u00a0000", "50\u202f000", "50000")),
    ):  # fmt: skip
        found = answer(ds, kind, {**SIMULATIONS[kind].defaults(ds), field: typed})
        assert float(getattr(found.parameters, field)) == value, typed


def test_a_region_set_apart_is_refused_and_the_others_answer(files: Files) -> None:
    files.edit("data/admissions_by_year.csv", "01,admissions,total,2015,110,", "01,admissions,total,2015,11O,")
    partial = load_dataset(files.root)
    assert list(partial.unavailable) == ["01"]
    with pytest.raises(ImpossibleError):
        cross(partial, ["2410"], ["2019"])
    for kind, simulation in SIMULATIONS.items():
        found = answer(partial, kind, {**simulation.defaults(partial), **TYPED.get(kind, {})})
        assert found.outcome is not None, (kind, found.errors)

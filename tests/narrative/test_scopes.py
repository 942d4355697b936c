"""A note or a peculiarity stands beside the figures whose reading it changes, there alone; a status is said once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboard.deck.kinds import content
from dashboard.indicators import admissions as adm
from dashboard.indicators import profile, views
from dashboard.indicators.anomalies import notes_on, touching
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.model import Dataset, Key
from dashboard.narrative.provenance import trace
from dashboard.narrative.sourcing import status_words
from dashboard.narrative.standouts import standouts
from dashboard.wording.numbers import typographic
from tests.broken_files import STOP, Files
from tests.deck.test_deck import every_slide
from tests.transcription import MRC_COUNT, NBSP, REGIONS

ROOT = Path(__file__).resolve().parents[2]
FILE = "data/anomalies.yaml"
KNOWN: list[dict[str, Any]] = yaml.safe_load((ROOT / FILE).read_text(encoding="utf-8"))["anomalies"]
REMARKS = {typographic(a["title"]) for a in KNOWN if a["kind"] == "remark"}
READINGS = {a["id"]: a for a in KNOWN if a["kind"] == "reading"}


def expected(quantity: Quantity) -> set[str]:
    """The peculiarities of a figure, found again from the file alone."""

    def holds(scope: dict[str, Any]) -> bool:
        if quantity.territory not in scope.get("territories", [quantity.territory]):
            return False
        if "derived" in scope and (quantity.derived not in scope["derived"] if scope["derived"] else quantity.derived):
            return False
        keys = [row.key for row in quantity.inputs]
        return any(
            k.indicator in scope["indicators"]
            and k.category in scope.get("categories", [k.category])
            and k.period in scope.get("periods", [k.period])
            for k in keys
        )

    return {id_ for id_, a in READINGS.items() if any(holds(scope) for scope in a.get("touches", []))}


def tables(ds: Dataset) -> Iterator[Table]:
    yield from (views.summary(ds), views.standouts(ds), views.trends(ds), views.agreements(ds))
    yield from (views.mrc_beside(ds, code) for code in MRC_COUNT)
    for code in [*REGIONS, ds.config.direction]:
        yield from (make(ds, code) for make in (views.trend, views.permits, views.agreements))
        yield from (views.composition(ds, code, kind) for kind in views.COMPOSITIONS)
        region = None if code == ds.config.direction else code
        yield views.by_mrc(ds, ds.mrc_codes(region), region=region)


def test_every_figure_has_the_peculiarities_whose_scope_contains_it_and_no_other(ds: Dataset) -> None:
    seen: set[str] = set()
    for table in tables(ds):
        own = list(table.quantities())
        for quantity in own:
            assert set(trace(ds, quantity).anomalies) == expected(quantity), (table.title, quantity.label)
        found = touching(ds, own)
        assert set(found) == set().union(*map(expected, own)), table.title
        seen |= set(found)
    # Those of figures of the tables are all met somewhere, and each of the others is named by what it is about.
    touched = {id_ for id_, a in READINGS.items() if a.get("touches")}
    assert seen == touched - {"permis-par-admission"} | ({"permis-par-admission"} & seen)
    assert "permis-par-admission" in touching(ds, [profile.permits_per_admission(ds, "01")])


def test_no_slide_carries_a_remark_a_peculiarity_of_other_figures_nor_a_status_twice(ds: Dataset) -> None:
    titles = {typographic(a["title"]): id_ for id_, a in READINGS.items()}
    for slide in every_slide(ds):
        view = content(ds, slide)
        assert not REMARKS & set(view.caveats), slide
        noted = {titles[text] for text in view.caveats if text in titles}
        allowed = set() if view.table is None else set().union(*map(expected, view.table.quantities()))
        # The title of the permits, and the key figures, speak of figures that their table does not hold.
        extra = {"permis-par-admission", "gim-un-pourcent", "immigree-immigrante", "deux-populations"}
        assert noted <= allowed | (extra if slide.kind in ("permis", "chiffres") else set()), slide
        texts = [view.title, view.subtitle, view.reading, view.source, " ".join(view.caveats)]
        assert [text for text in texts if repeated_status(text) and not view.estimated] == [], slide
    assert not repeated_status(" ".join(standouts(ds)))


def repeated_status(text: str) -> bool:
    return any(len(re.findall(word, text, re.IGNORECASE)) > 1 for word in ("provisoire", "estimée", "définitive"))


def test_peculiarities_follow_their_figures(ds: Dataset) -> None:
    def of(quantity: Quantity) -> set[str]:
        return set(trace(ds, quantity).anomalies)

    # The dash lost in « 2014 2019 », the names and the numbers of the notes change no admission.
    assert not {"tiret-2014-2019", "donnees-2019-provisoires"} & of(adm.admissions(ds, "01", "2019"))
    assert not {"appels-de-note", "noms-chaudieres-appalaches"} & of(adm.admissions(ds, "12", "2019"))
    assert "noms-de-mrc" not in of(adm.admissions(ds, "2408", "2015-2019"))
    # A stock over a flow is said of the ratio, not of the permits that it divides.
    rounding, ratio = "permis-arrondis", "permis-par-admission"
    assert {rounding, ratio} & of(profile.permits_total(ds, "11")) == {rounding}
    assert {rounding, ratio} <= of(profile.permits_per_admission(ds, "11"))
    # 1 % printed, 1,1 % shown: the share of that region, not its two terms.
    shares = (
        profile.immigrant_share(ds, "11"),
        profile.immigrant_share(ds, "12"),
        profile.immigrant_population(ds, "11"),
    )
    assert ["gim-un-pourcent" in of(quantity) for quantity in shares] == [True, False, False]
    # Six persons printed « 0,0 » of their region.
    assert "zero-virgule-zero" in of(adm.share_of_region(ds, "2420"))
    assert "zero-virgule-zero" not in of(adm.share_of_quebec(ds, "2420", "2015-2019"))


def test_the_notes_of_the_source_follow_their_figures(ds: Dataset) -> None:
    def ids(*quantities: Quantity) -> list[str]:
        return [note.id for note in notes_on(ds, quantities)]

    # « Données provisoires pour 2019 » says nothing of 2018; « PTET » is explained where it is read.
    assert ids(adm.admissions(ds, "01", "2018")) == []
    assert ids(adm.admissions(ds, "01", "2019")) == ids(adm.admissions(ds, "2410", "2015-2019")) == ["4"]
    assert ids(profile.count(ds, "01", "temporary_permits", "ptet")) == ["1", "2"]
    assert ids(profile.count(ds, "01", "temporary_permits", "pmi")) == ["1", "3"]
    assert ids(profile.count(ds, "01", "admissions_by_french", "not_available")) == ["4"]


DASH = '    title: "Un tiret perdu dans « 2014 2019 »"\n    kind: remark\n'


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ({DASH: DASH + "    touches: [{indicators: [admissions]}]\n"}, ["une remarque ne touche aucun chiffre"]),
        ({DASH: DASH.replace("remark", "reading")}, ["ne touche aucun chiffre : elle ne s’afficherait"]),
        (
            {
                DASH: DASH.replace("remark", "remarque"),
                "- {indicators: [temporary_permits]}": "- {territories: [QC]}",
                "derived: [immigrant_share]": "derived: [share_of_immigrants]",
            },
            [
                "sont possibles : « reading », « remark »", "cette information est obligatoire",
                "cette valeur n’est pas prévue",
            ],
        ),
        (
            {
                "categories: [mission_support]": "categories: [refugee]",
                'territories: ["2420"]': 'territories: ["2499"]',
            },
            ["cette catégorie n’est pas de ces indicateurs", "ce territoire est inconnu"],
        ),
    ],
)  # fmt: skip
def test_a_scope_that_means_nothing_is_named(files: Files, edits: dict[str, str], said: list[str]) -> None:
    for old, new in edits.items():
        files.edit(FILE, old, new)
    problems = [problem for problem in files.problems() if problem.file == FILE]
    assert len(problems) == len(said)
    assert all(any(words in problem.message and problem.line for problem in problems) for words in said)
    assert files.outcome() == STOP


def test_a_remark_is_not_cited_beside_figures(files: Files) -> None:
    plan, targets = "data/action_plan.yaml", "data/targets.yaml"
    files.edit(plan, "anomalies: [action-deplacee", "anomalies: [noms-de-mrc, action-deplacee")
    files.edit(targets, "[cible-4-1-rupture]", "[cible-4-1-rupture, tiret-zero]")
    problems = files.problems()
    assert {problem.file for problem in problems} == {plan, targets}
    assert {problem.message for problem in problems} == {"cette anomalie est inconnue, ou n’est qu’une remarque."}


def test_each_status_is_said_with_its_years(ds: Dataset) -> None:
    rows = [ds.observations[Key("01", "admissions", "total", year)] for year in ("2017", "2018", "2019")]
    rows[1] = replace(rows[1], status="estimate")
    assert status_words(rows) == f"Données provisoires{NBSP}: 2019; estimées{NBSP}: 2018."

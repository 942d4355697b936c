"""data/refusals.yaml: the questions that must be refused are, and what is offered instead can be asked."""

from __future__ import annotations

from pathlib import Path

from dashboard.contract.door import check
from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS, answer
from dashboard.ui.server.settings import known_slugs


def test_each_refusal_says_why_and_what_would_be_needed(ds: Dataset) -> None:
    asked = [refusal.question for refusal in ds.refusals]
    for words in ("La Mitis croît-elle", "22,5 %", "accru la rétention", "après 2019"):
        assert any(words in question for question in asked), words
    assert len({refusal.id for refusal in ds.refusals}) == len(ds.refusals)
    for refusal in ds.refusals:
        assert len(refusal.why) > 60 and len(refusal.needed) > 30 and refusal.instead
        assert refusal.question.endswith("?") and not refusal.question.endswith(" ?")


def test_what_is_offered_instead_leads_somewhere(ds: Dataset) -> None:
    for other in (other for refusal in ds.refusals for other in refusal.instead):
        assert other.page in {"", *known_slugs()}
        if other.page == "simulateur":
            params = dict(other.params)
            kind = params.pop("scenario")
            found = answer(ds, kind, {**SIMULATIONS[kind].defaults(ds), **params})
            # No rate of settlement is suggested: that form begins empty.
            assert found.outcome is not None or set(found.errors) == {""}, (other.text, found.errors)
        elif "mrc" in other.params:
            assert other.params["mrc"] in ds.territories


def test_a_broken_refusal_is_named_by_line(copy_of_data: Path) -> None:
    path = copy_of_data / "data" / "refusals.yaml"
    path.write_text(path.read_text("utf-8").replace('page: "cibles"', 'page: "https://exemple.com/"', 1), "utf-8")
    (problem,) = [p for p in check(copy_of_data).problems if p.file == "data/refusals.yaml"]
    assert problem.line is not None

"""Cibles stratégiques: every printed value, the breaks, the progress asked, and that they are Québec's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import NBSP, Seen, Visit, open_page
from tests.transcription import TARGET_YEARS, TARGETS


@pytest.fixture(scope="module")
def page(visit: Visit) -> Seen:
    return visit("cibles")


@pytest.fixture(scope="module")
def every(visit: Visit) -> str:
    """What the page says of each target, in turn."""
    return "\n".join(visit("cibles", cible=id_).text for id_ in TARGETS)


@pytest.mark.parametrize("id_", TARGETS)
def test_one_target_is_drawn_at_a_time(visit: Visit, id_: str) -> None:
    seen = visit("cibles", cible=id_)
    assert list(seen.charts) == [f"cible-{id_}"]
    assert seen.address == ({} if id_ == "2.1" else {"cible": id_})
    assert seen.headings(2)[1:] == ["Toutes les cibles"]


def test_paper_has_them_all(see: Callable[[AppTest], Seen]) -> None:
    at = open_page("cibles")
    at.button(key="imprimer").click().run()
    assert list(see(at).charts) == [f"cible-{id_}" for id_ in TARGETS]


def printed(text: str) -> str:
    return text.replace(" %", f"{NBSP}%").replace("1 200", f"1{NBSP}200")


@pytest.fixture(scope="module")
def table(page: Seen) -> dict[str, list[str]]:
    """The table of all targets: short name of the indicator -> reference and four targets."""
    found = next(t for t in page.tables if t[0][-4:] == list(TARGET_YEARS))
    return {row[0]: row[1:] for row in found[1:]}


@pytest.mark.parametrize("id_", TARGETS)
def test_every_printed_value_is_in_the_table(table: dict[str, list[str]], id_: str) -> None:
    cells = next(cells for head, cells in table.items() if head.startswith(f"{id_}. "))
    reference, *targets = (printed(text) for text in TARGETS[id_])
    assert cells[0].startswith(reference)
    revised = {"4.1": f"21,5{NBSP}%", "5.1-a": "600"}.get(id_)
    assert cells[1:] == [f"{text} (révisée)" if text == revised else text for text in targets]


OF_EACH = (
    # The breaks.
    "34~% en 2019-2020, puis de 21,5~% en 2020-2021",
    "960~entreprises en 2019-2020, puis de 600 en 2020-2021",
    # The progress that each year asks for.
    *("+5~points", "−12,5~points (révision)", "+1~point", "+1,5~point", "−360~entreprises (révision)", "sans objet"),
)
OF_ALL = (
    "Révisée~: Plan stratégique 2019-2023, révisé en octobre 2020",
    "pour l’ensemble du Québec",
    "aucune par région",
)


def test_what_is_said_in_words(page: Seen, every: str) -> None:
    assert [said for said in OF_EACH if said.replace("~", NBSP) not in every] == []
    assert [said for said in OF_ALL if said.replace("~", NBSP) not in page.text] == []

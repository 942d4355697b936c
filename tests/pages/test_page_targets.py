"""Cibles stratégiques: every printed value, the breaks, the progress asked, and that they are Québec's."""

from __future__ import annotations

from tests.pages.conftest import NBSP, Visit, open_page, press, see
from tests.transcription import TARGET_YEARS, TARGETS


def test_one_target_is_drawn_at_a_time_and_paper_has_them_all(visit: Visit) -> None:
    for id_ in TARGETS:
        seen = visit("cibles", cible=id_)
        assert list(seen.charts) == [f"cible-{id_}"]
        assert seen.address == ({} if id_ == "2.1" else {"cible": id_})
        assert seen.headings(2)[1:] == ["Toutes les cibles"]
    assert list(see(press(open_page("cibles"), "imprimer")).charts) == [f"cible-{id_}" for id_ in TARGETS]


def printed(text: str) -> str:
    return text.replace(" %", f"{NBSP}%").replace("1 200", f"1{NBSP}200")


def test_every_printed_value_is_in_the_table(visit: Visit) -> None:
    """Reference and four targets of each indicator."""
    table = next(t for t in visit("cibles").tables if t[0][-4:] == list(TARGET_YEARS))
    for id_, texts in TARGETS.items():
        (cells,) = [row[1:] for row in table if row[0].startswith(f"{id_}. ")]
        reference, *targets = map(printed, texts)
        assert cells[0].startswith(reference)
        revised = {"4.1": f"21,5{NBSP}%", "5.1-a": "600"}.get(id_)
        assert cells[1:] == [f"{text} (révisée)" if text == revised else text for text in targets]


OF_EACH = (
    # The breaks.
    "34 % en 2019-2020, puis de 21,5 % en 2020-2021",
    "960 entreprises en 2019-2020, puis de 600 en 2020-2021",
    # The progress that each year asks for.
    *("+5 points", "−12,5 points (révision)", "+1 point", "+1,5 point", "−360 entreprises (révision)", "sans objet"),
)
OF_ALL = (
    "Révisée : Plan stratégique 2019-2023, révisé en octobre 2020",
    "pour l’ensemble du Québec",
    "aucune par région",
)


def test_what_is_said_in_words(visit: Visit) -> None:
    every = "\n".join(visit("cibles", cible=id_).plain for id_ in TARGETS)
    assert [said for said in OF_EACH if said not in every] == []
    seen = visit("cibles")
    assert [said for said in OF_ALL if said not in seen.plain] == []
    # Without a result no target has a status.
    assert "cible atteinte" not in seen.text and "sous la cible" not in seen.text
    assert f"Résultats{NBSP}: non saisis." in seen.text

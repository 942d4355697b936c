"""Suivi: everything « non saisi », entries shared at once, refusals beside the field, two at the same entry, what was
before, what is late, results on the targets."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.publishing.places import digest
from dashboard.team.faults import StoreError
from dashboard.team.follow_up import Shared
from dashboard.team.people import Person
from dashboard.ui.follow_up_form import split
from tests.broken_files import Files
from tests.pages.conftest import NBSP, Seen, goes_to, open_page, press, see, visits

HEADER = "type,identifiant,periode,libelle,etat,resultat,unite,date,note,responsable\n"
FILE = "data/suivi.csv"


def at_target(id_: str = "4.1") -> AppTest:
    """A session on the entry of a target for the plan's year."""
    at = open_page("suivi")
    return at.selectbox(key="suivi_sujet_cibles").select(id_).run()


def field(at: AppTest, label: str) -> Any:
    return next(f for f in (*at.text_input, *at.text_area) if f.label.startswith(label))


def typed(at: AppTest, label: str, text: str) -> AppTest:
    return field(at, label).set_value(text).run()


def news(seen: Seen) -> list[list[str]]:
    """What is said to be written by others since the last visit."""
    return next((t[1:] for t in seen.tables if t[0][0] == "Quand"), [])


def rows(seen: Seen) -> list[list[str]]:
    """What the follow-up shows as entered."""
    return next((t[1:] for t in seen.tables if t and t[0][-1] == "Inscrit par"), [])


def row(seen: Seen, head: str = "4.1. Destination", period: str = "2021-2022") -> list[str]:
    return next(r for r in rows(seen) if r[0].startswith(head) and r[1] == period)


def test_an_empty_follow_up_offers_every_entry_and_a_result_is_read_against_its_target() -> None:
    at = open_page("suivi")
    for code, count in (("01", 19), ("03", 18), ("12", 17), ("11", 23), ("cibles", 20)):
        at.session_state["suivi_portee"] = code
        seen = see(at.run())
        assert len(at.selectbox(key=f"suivi_sujet_{code}").options) == (5 if code == "cibles" else count)
        assert f"aucun résultat saisi sur {count}" in seen.plain and rows(seen) == []
    seen = see(typed(at_target(), "Résultat", f"20{NBSP}%"))
    assert "Résultat de 4.1, 2021-2022 : 20 %; cible de 2021-2022 : 22,5 %; −2,5 points, sous la cible." in seen.plain
    (found,) = rows(seen)
    assert (found[3:5], found[-1]) == ([f"20{NBSP}%", f"−2,5{NBSP}points, sous la cible"], "sans nom")
    # The sentence under the title follows at once.
    said = ("Inscrit sans nom, ", "1 résultat saisi sur 20", "1 résultat saisi sur 97")
    assert [text for text in said if text not in seen.plain] == []
    units = ("20", "20 %", "20,0", f"20{NBSP}%", "20 pour cent")
    assert {split(entered, "%") for entered in units} == {("20", "%"), ("20,0", "%")}


@pytest.mark.parametrize(
    ("label", "entered", "reason"),
    [
        ("Résultat", "20 entreprises", "Cette cible se mesure en « % », et non en « entreprises »."),
        ("Résultat", "vingt", "Un résultat en chiffres est attendu."),
        ("Résultat", "-20", "Un résultat en chiffres est attendu."),
        ("Résultat", "120", "Une proportion ne dépasse pas 100 %."),
        ("Date", "31 février 2022", "Cette date ne se lit pas. Écrire le jour, le mois et l’année (ex. 31 mars 2022)."),
        ("Note", "a\x07", "Un caractère illisible s’est glissé dans ce texte."),
    ],
)
def test_a_refused_field_says_why_and_nothing_is_kept(label: str, entered: str, reason: str) -> None:
    seen = see(typed(at_target(), label, entered))
    assert reason in seen.plain and "Corrigez chaque champ refusé" in seen.plain
    assert rows(seen) == [] and 'class="refus"' in seen.markup


def test_a_refused_field_does_not_hold_the_others_and_waits_for_its_owner() -> None:
    at = typed(typed(at_target(), "Résultat", "vingt"), "Note", "juste")
    assert row(see(at))[-2] == "juste"
    # What another writes does not replace it under their eyes.
    typed(at_target(), "Résultat", "21")
    at.run()
    assert field(at, "Résultat").value == "vingt"
    assert "pendant que vous écriviez" in see(typed(at, "Résultat", "20")).plain


def test_every_field_is_kept_shown_and_erased() -> None:
    at = typed(at_target("5.1-a"), "Résultat", f"1{NBSP}000 entreprises")
    for label, entered in (("Date", "31 Mars 2022"), ("Personne", "<b>Moi</b>"), ("Note", "=1+1")):
        at = typed(at, label, entered)
    next(s for s in at.selectbox if s.label == "État").select("en cours")
    seen = see(at.run())
    found = row(seen, "5.1-a.")
    assert [cell.replace(NBSP, " ") for cell in found[2:8]] == [
        "en cours", "1 000 entreprises", "+200 entreprises, cible atteinte", "31 mars 2022", "<b>Moi</b>", "=1+1",
    ]  # fmt: skip
    assert "<b>Moi</b>" not in seen.markup
    at = put_back("5.1-a", "suivi_effacer")
    assert rows(see(at)) == []
    assert field(at, "Résultat").value == ""


def test_an_indicator_of_the_plan_shows_its_result_on_its_card() -> None:
    at = open_page("suivi")
    at.session_state["suivi_portee"] = "01"
    at.run()
    at.selectbox(key="suivi_sujet_01").select("01-08-I1").run()
    at = typed(at, "Résultat", "1 plan d’action")
    at.query_params["q"] = "plans d’action déposés"
    assert f'class="saisie">1{NBSP}plan d’action<' in see(goes_to(at, "plan-d-action")).markup


def put_back(id_: str, name: str) -> AppTest:
    """Press a button of the history, in a session that comes later and opens it."""
    at = at_target("3.1")
    at.session_state[f"suivi_histoire|cible|{id_}|2021-2022"] = True
    at.selectbox(key="suivi_sujet_cibles").select(id_)
    at.run()
    return next(b for b in at.button if b.key and b.key.startswith(name)).click().run()


def named(name: str) -> AppTest:
    """Somebody who has typed their name; without a browser, it stays in the session."""
    at = at_target()
    return at.text_input(key="equipe_nom").set_value(name).run()


def test_what_one_writes_the_others_have_and_two_who_change_different_fields_are_both_kept() -> None:
    first, second = named("Ève"), named("Jean")
    for value in ("21", "", "20"):
        typed(first, "Résultat", value)
        assert field(second.run(), "Résultat").value == value
    assert (row(see(second))[3], row(see(second))[-1]) == (f"20{NBSP}%", "Ève")
    assert "Inscrit par Ève, " in see(second).plain
    typed(first, "Note", "vu avec Lise")
    seen = see(typed(second, "Personne", "Zoé"))
    assert row(seen)[-3:] == ["Zoé", "vu avec Lise", "Jean"]
    assert "pendant que vous écriviez" not in seen.plain and field(second, "Note").value == "vu avec Lise"
    for at in (first.run(), at_target()):
        assert row(see(at))[-3:] == ["Zoé", "vu avec Lise", "Jean"]
    # The same field, after: only that one is to be chosen.
    typed(typed(first, "Note", "autre"), "Date", "31 mars 2022")
    seen = see(typed(second, "Note", "la mienne"))
    assert next(t for t in seen.tables if t[0][-1] == "La vôtre")[1:] == [["Note", "autre", "la mienne"]]
    assert row(see(press(second, "suivi_mienne")))[-4:] == [f"31{NBSP}mars{NBSP}2022", "Zoé", "la mienne", "Jean"]


@pytest.mark.parametrize(("button", "kept", "aside"), [("suivi_garder", "20", "30"), ("suivi_mienne", "30", "20")])
def test_two_at_the_same_entry_choose_and_nothing_is_lost(
    button: str, kept: str, aside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = named("<script>Ève"), named("'; drop table writings; --")
    typed(first, "Résultat", "20")
    at = typed(second, "Résultat", "30")
    seen = see(at)
    assert "<script>Ève a changé cette saisie pendant que vous écriviez" in seen.plain
    assert "<script>" not in seen.markup
    assert ["Résultat", "20", "30"] in next(t for t in seen.tables if t[0][-1] == "La vôtre")
    # Nothing is decided for them: what was written first is in force. Their choice outlives a backup put back.
    assert row(seen)[3] == f"20{NBSP}%"
    with monkeypatch.context() as restored:
        restored.setattr("dashboard.ui.team.shared.read", lambda *_: Shared())
        seen = see(at.run())
    assert at.button(key="suivi_garder").label == "Garder celle en vigueur"
    assert "Une sauvegarde a été remise en place" in seen.plain
    at.run()
    assert row(see(press(at, button)))[3] == f"{kept}{NBSP}%"
    assert row(see(first.run()))[3] == f"{kept}{NBSP}%"
    seen = see(put_back("4.1", "suivi_retablir|"))
    assert f"{aside}{NBSP}%" in seen.text and row(seen)[3] == f"{aside}{NBSP}%"


def test_what_others_wrote_since_one_came_is_said_once_for_each_entry() -> None:
    first, second = named("Ève"), named("Jean")
    assert "Depuis votre dernière visite" not in see(second).plain
    typed(typed(first, "Résultat", "20"), "Résultat", "21")
    first.selectbox(key="suivi_sujet_cibles").select("3.1")
    typed(first.run(), "Note", "à voir")
    seen = see(second.run())
    assert [line[1:] for line in news(seen)] == [
        ["Ève", "3.1 2021-2022", "non saisi", "à voir"],
        ["Ève", "4.1 2021-2022", "non saisi", f"21{NBSP}%"],
    ]
    assert "Depuis votre dernière visite" not in see(first.run()).plain
    # What one writes over it oneself is no news.
    seen = see(typed(second, "Résultat", "22"))
    assert [line[2] for line in news(seen)] == ["3.1 2021-2022"]
    # Whoever comes later reads what was there at the visit before.
    third = named("Lise")
    typed(typed(first.run(), "Note", "vu"), "Note", "revu")
    assert [line[3:] for line in news(see(third.run()))] == [["à voir", "revu"]]


def test_what_is_typed_is_kept_wherever_one_goes_next() -> None:
    """The field is left by a click on something else: both come to the server at once."""
    at = at_target()
    field(at, "Note").set_value("partie")
    at.session_state["suivi_portee"] = "01"
    at.run()
    assert row(see(at_target()))[-2] == "partie"
    at = at_target("2.1")
    field(at, "Note").set_value("aussi")
    goes_to(at, "cibles")
    assert row(see(at_target()), "2.1.")[-2] == "aussi"


def test_a_reader_sees_what_is_written_and_no_field(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(at_target(), "Résultat", "20")
    monkeypatch.setattr("dashboard.ui.team.person", lambda: Person("Lise", "reader"))
    at = at_target()
    assert row(see(at))[3] == f"20{NBSP}%"
    assert {f.label for f in (*at.text_input, *at.text_area)} == {"Votre nom"}
    assert [b.label for b in at.button if b.key and b.key.startswith("suivi")] == []


def test_what_is_typed_while_the_database_fails_waits_in_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise StoreError("busy")

    at = typed(at_target(), "Note", "avant")
    with monkeypatch.context() as broken:
        for name in ("read", "put"):
            broken.setattr(f"dashboard.team.follow_up.{name}", fails)
        at = typed(at, "Résultat", "20")
        assert field(at, "Résultat").value == "20"
        assert "n’est pas encore inscrit" in see(at).plain
        assert row(see(at))[3] == "non saisi"
    seen = see(press(at, "suivi_reessayer"))
    assert row(seen)[3] == f"20{NBSP}%" and row(seen)[-2] == "avant"
    assert "n’est pas encore inscrit" not in seen.plain


def test_what_is_late_is_said_with_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.indicators.follow_up.today", lambda: date(2022, 12, 31))
    late = {r[0]: r[3] for r in progress(see(at_target()))}
    assert late["Cibles stratégiques"] == "10"  # 5 targets, of 2019-2020 and 2020-2021
    assert late["Gaspésie–Îles-de-la-Madeleine"] == "0"
    monkeypatch.setattr("dashboard.indicators.follow_up.today", lambda: date(2023, 1, 1))
    seen = see(at_target())
    assert {r[0]: r[3] for r in progress(seen)}["Gaspésie–Îles-de-la-Madeleine"] == "23"
    assert "la dernière année de la période est terminée" in seen.plain
    seen = see(typed(at_target(), "Résultat", "20"))
    assert progress(seen)[0][1:] == ["1", "0", "14", "20"]


def progress(seen: Seen) -> list[list[str]]:
    return next(t[1:] for t in seen.tables if t and t[0][-1] == "À suivre")


def test_the_file_is_taken_over_once_and_stays_when_the_database_fails(
    own_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = Files(own_root)
    files.put(FILE, HEADER + "cible,4.1,2021-2022,,en cours,21,%,,,\ncible,4.1,2020-2021,,,19,%,,,\n")
    with monkeypatch.context() as broken:
        broken.setenv("DASHBOARD_STORE", "mysql://eve:tres-secret@machine/base")
        seen = see(open_page("suivi"))
        assert "Ce que l’équipe écrit est indisponible." in seen.plain and "Remède" in seen.plain
        assert "DASHBOARD_STORE" in seen.plain and "tres-secret" not in seen.plain + seen.markup
        assert row(seen)[3] == f"21{NBSP}%"
    at, before = at_target(), digest(own_root)
    found = row(see(at))
    assert (found[2:4], found[-1]) == (["en cours", f"21{NBSP}%"], FILE)
    typed(at, "Résultat", "20")
    assert digest(own_root) == before, "an entry touches no file"
    files.put(FILE, HEADER + "cible,4.1,2021-2022,,en cours,99,%,,,\n")
    seen = see(at_target())
    assert row(seen)[3] == f"20{NBSP}%" and row(seen, period="2020-2021")[-1] == FILE


def test_a_broken_file_leaves_what_the_team_writes(files: Files) -> None:
    files.put(FILE, HEADER + "cible,4.9,2021-2022,,,vingt,%,,=1+1,\n")
    go = visits(files.root)
    assert "Le fichier data/suivi.csv a des problèmes" in go("suivi").plain and "ligne 2" in go("suivi").plain
    assert all(go(slug).headings(1) for slug in ("", "bas-saint-laurent", "plan-d-action", "cibles"))


def test_a_result_is_on_its_target_with_its_gap_and_what_remains() -> None:
    at = typed(at_target(), "Résultat", "20")
    at.query_params["cible"] = "4.1"
    seen = see(goes_to(at, "cibles"))
    table = next(t for t in seen.tables if t[0][-1] == "Écart" and any("−12,5" in r[2] for r in t))
    rows = {r[0]: r[1:] for r in table}
    assert rows["2021-2022"][2:] == [f"20{NBSP}%", f"−2,5{NBSP}points, sous la cible"]
    assert rows["2022-2023"][2:] == ["non saisi", "–"]
    assert "Pour atteindre 24 % en 2022-2023 depuis 20 % en 2021-2022 : +4 points en un an." in seen.plain
    marks = {trace["marker"]["symbol"] for trace in seen.charts["cible-4.1"]["data"] if "marker" in trace}
    assert marks == {"diamond-open", "circle", "square", "triangle-up"}
    for sign, word in (("◇", "Donnée de référence"), ("●", "Cible"), ("■", "Cible révisée"), ("▲", "Résultat saisi")):
        assert f'aria-hidden="true">{sign}</span> <span>{word}' in seen.markup
    # No result elsewhere: no status either.
    others = {name: spec for name, spec in see(press(at, "imprimer")).charts.items() if name != "cible-4.1"}
    assert len(others) == 4
    assert not any(t.get("marker", {}).get("symbol") == "triangle-up" for s in others.values() for t in s["data"])

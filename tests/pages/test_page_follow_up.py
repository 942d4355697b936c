"""Suivi: everything « non saisi », entries shared at once, refusals beside the field, two at the same entry, what was
before, what is late, results on the targets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.publishing.places import digest
from dashboard.team.faults import StoreError
from dashboard.team.follow_up import Shared
from dashboard.team.people import Person
from dashboard.ui.follow_up_form import split
from tests.broken_files import Files
from tests.pages.conftest import NBSP, Seen, Visit, goes_to, open_page

HEADER = "type,identifiant,periode,libelle,etat,resultat,unite,date,note,responsable\n"
FILE = "data/suivi.csv"
See = Callable[[AppTest], Seen]


def at_target(id_: str = "4.1") -> AppTest:
    """A session on the entry of a target for the plan's year."""
    at = open_page("suivi")
    at.selectbox(key="suivi_sujet_cibles").select(id_)
    return at.run()


def field(at: AppTest, label: str) -> Any:
    return next(f for f in (*at.text_input, *at.text_area) if f.label.startswith(label))


def typed(at: AppTest, label: str, text: str) -> AppTest:
    field(at, label).set_value(text)
    return at.run()


def news(seen: Seen) -> list[list[str]]:
    """What is said to be written by others since the last visit."""
    return next((t[1:] for t in seen.tables if t[0][0] == "Quand"), [])


def rows(seen: Seen) -> list[list[str]]:
    """What the follow-up shows as entered."""
    return next((t[1:] for t in seen.tables if t and t[0][-1] == "Inscrit par"), [])


def row(seen: Seen, period: str, head: str = "4.1. Destination") -> list[str]:
    return next(r for r in rows(seen) if r[0].startswith(head) and r[1] == period)


def text(seen: Seen) -> str:
    return seen.text.replace(NBSP, " ")


# --- Before anything is entered ---------------------------------------------------------------------------------------


def test_an_empty_follow_up_offers_every_entry_and_no_table(see: See) -> None:
    at = open_page("suivi")
    for code, count in (("cibles", 20), ("01", 19), ("03", 18), ("12", 17), ("11", 23)):
        at.session_state["suivi_portee"] = code
        seen = see(at.run())
        assert len(at.selectbox(key=f"suivi_sujet_{code}").options) == (5 if code == "cibles" else count)
        assert f"aucun résultat saisi sur {count}" in text(seen)
        assert rows(seen) == []


# --- Entries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entered", ["20", "20 %", "20,0", f"20{NBSP}%", "20 pour cent"])
def test_the_unit_of_a_result_may_be_typed_or_left_out(entered: str) -> None:
    number, unit = split(entered, "%")
    assert number in {"20", "20,0"} and unit == "%"


def test_a_result_is_read_against_the_target_of_its_year(see: See) -> None:
    seen = see(typed(at_target(), "Résultat", f"20{NBSP}%"))
    assert "Résultat de 4.1, 2021-2022 : 20 %; cible de 2021-2022 : 22,5 %; −2,5 points, sous la cible." in text(seen)
    assert row(seen, "2021-2022")[3:5] == [f"20{NBSP}%", f"−2,5{NBSP}points, sous la cible"]
    assert row(seen, "2021-2022")[-1] == "sans nom" and "Inscrit sans nom, " in text(seen)
    assert len(rows(seen)) == 1
    assert "1 résultat saisi sur 20" in text(seen)
    assert "1 résultat saisi sur 97" in text(seen)  # the sentence under the title follows at once


@pytest.mark.parametrize(
    ("label", "entered", "reason"),
    [
        ("Résultat", "20 entreprises", "Cette cible se mesure en « % », et non en « entreprises »."),
        ("Résultat", "vingt", "Un résultat en chiffres est attendu."),
        ("Résultat", "-20", "Un résultat en chiffres est attendu."),
        ("Résultat", "120", "Une proportion ne dépasse pas 100 %."),
        ("Date", "31 mars", "Cette date ne se lit pas. Écrire le jour, le mois et l’année (ex. 31 mars 2022)."),
        ("Date", "31 février 2022", "Cette date ne se lit pas."),
        ("Note", "a\x07", "Un caractère illisible s’est glissé dans ce texte."),
    ],
)
def test_a_refused_field_says_why_and_nothing_is_kept(see: See, label: str, entered: str, reason: str) -> None:
    seen = see(typed(at_target(), label, entered))
    assert reason in text(seen)
    assert "Corrigez chaque champ refusé" in text(seen)
    assert rows(seen) == []
    assert 'class="refus"' in seen.markup


def test_every_field_is_kept_shown_and_erased(see: See) -> None:
    at = typed(at_target("5.1-a"), "Résultat", f"1{NBSP}000 entreprises")
    for label, entered in (("Date", "31 Mars 2022"), ("Personne", "<b>Moi</b>"), ("Note", "=1+1")):
        at = typed(at, label, entered)
    next(s for s in at.selectbox if s.label == "État").select("en cours")
    seen = see(at.run())
    found = row(seen, "2021-2022", "5.1-a.")
    assert [cell.replace(NBSP, " ") for cell in found[2:8]] == [
        "en cours", "1 000 entreprises", "+200 entreprises, cible atteinte", "31 mars 2022", "<b>Moi</b>", "=1+1",
    ]  # fmt: skip
    assert "<b>Moi</b>" not in seen.markup
    at = put_back("5.1-a", "suivi_effacer")
    assert rows(see(at)) == []
    assert field(at, "Résultat").value == ""


def test_an_indicator_of_the_plan_shows_its_result_on_its_card(see: See) -> None:
    at = open_page("suivi")
    at.session_state["suivi_portee"] = "01"
    at.run()
    at.selectbox(key="suivi_sujet_01").select("01-08-I1").run()
    at = typed(at, "Résultat", "1 plan d’action")
    assert f"1{NBSP}plan d’action" in see(at).text
    at.query_params["q"] = "plans d’action déposés"
    seen = see(goes_to(at, "plan-d-action"))
    assert f'class="saisie">1{NBSP}plan d’action<' in seen.markup


def put_back(id_: str, name: str) -> AppTest:
    """Press a button of the history, in a session that comes later and opens it."""
    at = at_target("3.1")
    at.session_state[f"suivi_histoire|cible|{id_}|2021-2022"] = True
    at.selectbox(key="suivi_sujet_cibles").select(id_)
    at.run()
    next(b for b in at.button if b.key and b.key.startswith(name)).click()
    return at.run()


def named(name: str) -> AppTest:
    """Somebody who has typed their name; without a browser, it stays in the session."""
    at = at_target()
    at.text_input(key="equipe_nom").set_value(name)
    return at.run()


def test_what_one_writes_the_others_have_at_their_next_interaction(see: See) -> None:
    first, second = named("Ève"), named("Jean")
    typed(first, "Résultat", "20")
    seen = see(second.run())
    assert row(seen, "2021-2022")[3] == f"20{NBSP}%"
    assert row(seen, "2021-2022")[-1] == "Ève"
    assert field(second, "Résultat").value == "20"
    assert "Inscrit par Ève, " in text(seen)
    seen = see(typed(second, "Note", "confirmé"))
    assert row(seen, "2021-2022")[-2:] == ["confirmé", "Jean"]
    assert row(see(first.run()), "2021-2022")[-2:] == ["confirmé", "Jean"]
    assert row(see(at_target()), "2021-2022")[-1] == "Jean"


@pytest.mark.parametrize(("button", "kept", "aside"), [("suivi_garder", "20", "30"), ("suivi_mienne", "30", "20")])
def test_two_at_the_same_entry_choose_and_nothing_is_lost(see: See, button: str, kept: str, aside: str) -> None:
    first, second = named("<script>Ève"), named("'; drop table writings; --")
    typed(first, "Résultat", "20")
    at = typed(second, "Résultat", "30")
    seen = see(at)
    assert "<script>Ève a changé cette saisie pendant que vous écriviez" in text(seen)
    assert "<script>" not in seen.markup
    assert ["Résultat", "20", "30"] in next(t for t in seen.tables if t[0][-1] == "La vôtre")
    # Nothing is decided for them: what was written first is in force.
    assert row(seen, "2021-2022")[3] == f"20{NBSP}%"
    at.button(key=button).click()
    assert row(see(at.run()), "2021-2022")[3] == f"{kept}{NBSP}%"
    assert row(see(first.run()), "2021-2022")[3] == f"{kept}{NBSP}%"
    seen = see(put_back("4.1", "suivi_retablir|"))
    assert f"{aside}{NBSP}%" in seen.text and row(seen, "2021-2022")[3] == f"{aside}{NBSP}%"


def test_what_others_wrote_since_one_came_is_said_once_for_each_entry(see: See) -> None:
    first, second = named("Ève"), named("Jean")
    assert "Depuis votre dernière visite" not in text(see(second))
    typed(typed(first, "Résultat", "20"), "Résultat", "21")
    first.selectbox(key="suivi_sujet_cibles").select("3.1")
    typed(first.run(), "Note", "à voir")
    seen = see(second.run())
    assert [line[1:] for line in news(seen)] == [
        ["Ève", "3.1 2021-2022", "non saisi", "à voir"],
        ["Ève", "4.1 2021-2022", "non saisi", f"21{NBSP}%"],
    ]
    assert "Depuis votre dernière visite" not in text(see(first.run()))
    # What one writes over it oneself is no news.
    seen = see(typed(second, "Résultat", "22"))
    assert [line[2] for line in news(seen)] == ["3.1 2021-2022"]
    # Whoever comes later reads what was there at the visit before.
    third = named("Lise")
    typed(typed(first.run(), "Note", "vu"), "Note", "revu")
    assert [line[3:] for line in news(see(third.run()))] == [["à voir", "revu"]]


def test_two_who_change_different_fields_are_both_kept(see: See) -> None:
    first, second = named("Ève"), named("Jean")
    typed(first, "Note", "vu avec Lise")
    seen = see(typed(second, "Personne", "Zoé"))
    assert row(seen, "2021-2022")[-3:] == ["Zoé", "vu avec Lise", "Jean"]
    assert "pendant que vous écriviez" not in text(seen)
    assert field(second, "Note").value == "vu avec Lise"
    assert row(see(second.run()), "2021-2022")[-3:] == ["Zoé", "vu avec Lise", "Jean"]
    # The same field, after: only that one is to be chosen.
    typed(typed(first.run(), "Note", "autre"), "Date", "31 mars 2022")
    seen = see(typed(second, "Note", "la mienne"))
    assert next(t for t in seen.tables if t[0][-1] == "La vôtre")[1:] == [["Note", "autre", "la mienne"]]
    second.button(key="suivi_mienne").click()
    found = row(see(second.run()), "2021-2022")
    assert found[-4:] == [f"31{NBSP}mars{NBSP}2022", "Zoé", "la mienne", "Jean"]


def test_what_is_typed_is_kept_wherever_one_goes_next(see: See) -> None:
    """The field is left by a click on something else: both come to the server at once."""
    at = at_target()
    field(at, "Note").set_value("partie")
    at.session_state["suivi_portee"] = "01"
    at.run()
    assert row(see(at_target()), "2021-2022")[-2] == "partie"
    at = at_target("2.1")
    field(at, "Note").set_value("aussi")
    goes_to(at, "cibles")
    assert row(see(at_target()), "2021-2022", "2.1.")[-2] == "aussi"


def test_a_refused_field_does_not_hold_the_others(see: See) -> None:
    at = typed(typed(at_target(), "Date", "hier"), "Note", "juste")
    assert "Cette date ne se lit pas." in text(see(at))
    assert row(see(at), "2021-2022")[-4:-1] == ["–", "–", "juste"]
    assert field(at, "Date").value == "hier"


def test_fields_that_were_not_touched_follow_what_the_others_write(see: See) -> None:
    first, second = at_target(), at_target()
    for value in ("20", "21", ""):
        typed(first, "Résultat", value)
        assert field(second.run(), "Résultat").value == value


def test_a_refused_field_waits_for_its_owner(see: See) -> None:
    """What somebody types wrong is not replaced under their eyes by what another writes."""
    first, second = at_target(), typed(at_target(), "Résultat", "vingt")
    typed(first, "Résultat", "21")
    second.run()
    assert field(second, "Résultat").value == "vingt"
    assert "pendant que vous écriviez" in text(see(typed(second, "Résultat", "20")))


def test_a_reader_sees_what_is_written_and_no_field(monkeypatch: pytest.MonkeyPatch, see: See) -> None:
    typed(at_target(), "Résultat", "20")
    monkeypatch.setattr("dashboard.ui.team.person", lambda: Person("Lise", "reader"))
    at = at_target()
    assert row(see(at), "2021-2022")[3] == f"20{NBSP}%"
    assert {f.label for f in (*at.text_input, *at.text_area)} == {"Votre nom"}
    assert [b.label for b in at.button if b.key and b.key.startswith("suivi")] == []


def test_a_database_that_fails_leaves_the_page_and_the_file(
    files: Files, monkeypatch: pytest.MonkeyPatch, see: See
) -> None:
    files.put(FILE, HEADER + "cible,4.1,2021-2022,,en cours,21,%,,,\n")
    monkeypatch.setenv("DASHBOARD_ROOT", str(files.root))
    monkeypatch.setenv("DASHBOARD_STORE", "mysql://eve:tres-secret@machine/base")
    seen = see(open_page("suivi"))
    assert "Ce que l’équipe écrit est indisponible." in text(seen) and "Remède" in text(seen)
    assert "DASHBOARD_STORE" in text(seen) and "tres-secret" not in text(seen) + seen.markup
    assert row(seen, "2021-2022")[3] == f"21{NBSP}%"
    assert seen.exceptions == ()


def test_what_is_typed_while_the_database_fails_waits_in_its_field(monkeypatch: pytest.MonkeyPatch, see: See) -> None:
    def fails(*_: object) -> None:
        raise StoreError("busy")

    at = typed(at_target(), "Note", "avant")
    with monkeypatch.context() as broken:
        for name in ("read", "put"):
            broken.setattr(f"dashboard.team.follow_up.{name}", fails)
        at = typed(at, "Résultat", "20")
        assert field(at, "Résultat").value == "20"
        assert "n’est pas encore inscrit" in text(see(at))
        assert row(see(at), "2021-2022")[3] == "non saisi"
    at.button(key="suivi_reessayer").click()
    seen = see(at.run())
    assert row(seen, "2021-2022")[3] == f"20{NBSP}%" and row(seen, "2021-2022")[-2] == "avant"
    assert "n’est pas encore inscrit" not in text(seen)


def test_a_choice_that_waits_outlives_a_backup_put_back(monkeypatch: pytest.MonkeyPatch, see: See) -> None:
    first, second = named("Ève"), named("Jean")
    typed(first, "Résultat", "20")
    at = typed(second, "Résultat", "30")
    with monkeypatch.context() as restored:
        restored.setattr("dashboard.ui.team.shared.read", lambda *_: Shared())
        seen = see(at.run())
    assert at.button(key="suivi_garder").label == "Garder celle en vigueur"
    assert seen.exceptions == () and "Une sauvegarde a été remise en place" in text(seen)


def test_what_is_late_is_said_with_its_rule(see: See, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.indicators.follow_up.today", lambda: date(2022, 12, 31))
    late = {r[0]: r[3] for r in progress(see(at_target()))}
    assert late["Cibles stratégiques"] == "10"  # 5 targets, of 2019-2020 and 2020-2021
    assert late["Gaspésie–Îles-de-la-Madeleine"] == "0"
    monkeypatch.setattr("dashboard.indicators.follow_up.today", lambda: date(2023, 1, 1))
    seen = see(at_target())
    assert {r[0]: r[3] for r in progress(seen)}["Gaspésie–Îles-de-la-Madeleine"] == "23"
    assert "la dernière année de la période est terminée" in text(seen)
    seen = see(typed(at_target(), "Résultat", "20"))
    assert progress(seen)[0][1:] == ["1", "0", "14", "20"]


def progress(seen: Seen) -> list[list[str]]:
    return next(t[1:] for t in seen.tables if t and t[0][-1] == "À suivre")


# --- The shared file --------------------------------------------------------------------------------------------------


def test_the_file_is_taken_over_once(files: Files, monkeypatch: pytest.MonkeyPatch, see: See) -> None:
    files.put(FILE, HEADER + "cible,4.1,2021-2022,,en cours,21,%,,,\ncible,4.1,2020-2021,,,19,%,,,\n")
    monkeypatch.setenv("DASHBOARD_ROOT", str(files.root))
    at, before = at_target(), digest(files.root)
    assert row(see(at), "2021-2022")[2:4] == ["en cours", f"21{NBSP}%"]
    assert row(see(at), "2021-2022")[-1] == FILE
    typed(at, "Résultat", "20")
    assert digest(files.root) == before, "an entry touches no file"
    files.put(FILE, HEADER + "cible,4.1,2021-2022,,en cours,99,%,,,\n")
    seen = see(at_target())
    assert row(seen, "2021-2022")[3] == f"20{NBSP}%" and row(seen, "2020-2021")[-1] == FILE


def test_a_broken_file_leaves_what_the_team_writes(files: Files, visit_copy: Callable[..., Seen]) -> None:
    files.put(FILE, HEADER + "cible,4.9,2021-2022,,,vingt,%,,=1+1,\n")
    seen = visit_copy(files.root, "suivi")
    assert "Le fichier data/suivi.csv a des problèmes" in text(seen) and "ligne 2" in text(seen)
    for slug in ("suivi", "", "bas-saint-laurent", "plan-d-action", "cibles"):
        assert visit_copy(files.root, slug).exceptions == ()


# --- Results on the targets -------------------------------------------------------------------------------------------


def test_a_result_is_on_its_target_with_its_gap_and_what_remains(see: See) -> None:
    at = typed(at_target(), "Résultat", "20")
    at.query_params["cible"] = "4.1"
    seen = see(goes_to(at, "cibles"))
    table = next(t for t in seen.tables if t[0][-1] == "Écart" and any("−12,5" in r[2] for r in t))
    rows = {r[0]: r[1:] for r in table}
    assert rows["2021-2022"][2:] == [f"20{NBSP}%", f"−2,5{NBSP}points, sous la cible"]
    assert rows["2022-2023"][2:] == ["non saisi", "–"]
    assert "Pour atteindre 24 % en 2022-2023 depuis 20 % en 2021-2022 : +4 points en un an." in text(seen)
    marks = {trace["marker"]["symbol"] for trace in seen.charts["cible-4.1"]["data"] if "marker" in trace}
    assert marks == {"diamond-open", "circle", "square", "triangle-up"}
    for sign, word in (("◇", "Donnée de référence"), ("●", "Cible"), ("■", "Cible révisée"), ("▲", "Résultat saisi")):
        assert f'aria-hidden="true">{sign}</span> <span>{word}' in seen.markup
    # No result elsewhere: no status either.
    at.button(key="imprimer").click().run()
    others = {name: spec for name, spec in see(at).charts.items() if name != "cible-4.1"}
    assert len(others) == 4
    assert not any(t.get("marker", {}).get("symbol") == "triangle-up" for s in others.values() for t in s["data"])


def test_without_a_result_no_target_has_a_status(visit: Visit) -> None:
    seen = visit("cibles")
    assert "cible atteinte" not in seen.text and "sous la cible" not in seen.text
    assert f"Résultats{NBSP}: non saisis." in seen.text

"""Mettre à jour: the errors of a workbook, what it changes, and the whole dashboard on it in one's own session."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.publishing.incoming import receive_bytes
from dashboard.publishing.places import digest
from dashboard.publishing.publish import Publication, Step, journal_of, of_the_machine, publish, undo
from dashboard.ui import preview, publishing, sign_in
from tests.broken_files import Files
from tests.broken_workbooks import KINDS
from tests.conftest import ROOT
from tests.filled_workbook import filled_2020, written
from tests.pages.conftest import NBSP, Seen, Visit, goes_to, open_page
from tests.pages.test_page_sign_in import turn_on
from tests.transcription import SLUGS

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BANNER = "Aperçu, rien n’est publié."
See = Callable[[AppTest], Seen]


@pytest.fixture(scope="module")
def filled() -> bytes:
    return filled_2020(ROOT)


@pytest.fixture
def root(copy_of_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the dashboard, that may be published in."""
    monkeypatch.setenv("DASHBOARD_ROOT", str(copy_of_data))
    return copy_of_data


def keys(at: AppTest) -> set[str | None]:
    return {button.key for button in at.button}


def sent(raw: bytes, name: str = "donnees.xlsx") -> AppTest:
    at = open_page("mettre-a-jour")
    at.file_uploader[0].set_value((name, raw, EXCEL))
    return at.run()


def text(seen: Seen) -> str:
    return seen.text.replace(NBSP, " ")


def previewed(raw: bytes) -> AppTest:
    at = sent(raw)
    at.button(key="apercu_voir").click()
    return at.run()


def test_the_page_says_that_nothing_is_written_before_publishing(visit: Visit) -> None:
    seen = visit("mettre-a-jour")
    assert seen.headings(1) == ["Mettre à jour"]
    assert "D’ici à la publication, rien n’est écrit sur le serveur" in text(seen)
    assert "Dernières publications" not in text(seen)
    assert BANNER not in text(seen)


def test_errors_are_named_by_sheet_and_cell(see: See) -> None:
    seen = see(sent(b"PK\x03\x04 rien", "photo.png"))
    assert "ce classeur est abîmé" in text(seen).lower() and not seen.exceptions
    seen = see(sent(KINDS["une personne de trop"].make(written(ROOT)), "faux.xlsx"))
    assert "1 problème dans « faux.xlsx »" in text(seen)
    assert "feuille « admissions_by_mrc », cellule F5, colonne « value », valeur « 478 »" in text(seen)
    assert "Voir l’aperçu" not in text(seen)
    assert not seen.exceptions


def test_the_difference_is_shown_before_any_preview(see: See, filled: bytes) -> None:
    before = digest(ROOT / "data")
    seen = see(sent(filled))
    assert "Aucun problème dans « donnees.xlsx »" in text(seen)
    assert "85 lignes ajoutées, 8 lignes de texte changées; 6 fichiers" in text(seen)
    row = seen.row("Bas-Saint-Laurent, Admissions, 2020", "Québec, Admissions, 2020")
    assert [cell.replace(NBSP, " ") for cell in row] == ["ligne ajoutée", "–", "96", "−28,9 %", "–"]
    assert "Écarts inhabituels, à relire (2)" in text(seen)
    assert BANNER not in text(seen)
    assert digest(ROOT / "data") == before


def test_the_whole_dashboard_is_previewed_in_this_session_alone(see: See, visit: Visit, filled: bytes) -> None:
    at = previewed(filled)
    assert BANNER in text(see(at))
    seen = see(goes_to(at, ""))
    assert BANNER in text(seen)
    assert "Admissions 2020" in text(seen)
    # 96 + 1500 + 150 + 30, of 25 223.
    assert "1 776" in text(seen)
    region = see(goes_to(at, SLUGS["01"]))
    assert BANNER in text(region)
    assert "2020" in text(region)
    assert not region.exceptions
    # Another session sees the published data.
    assert BANNER not in text(visit(""))
    assert "Admissions 2020" not in text(visit(""))
    at.button(key="apercu_quitter").click()
    left = see(at.run())
    assert BANNER not in text(left)
    assert "2020" not in " ".join(left.headings(2) + left.headings(3))


@pytest.mark.long
def test_every_page_stands_on_the_preview(see: See, filled: bytes) -> None:
    at = previewed(filled)
    for slug in ("donnees-et-sources", "indicateurs", "comparer", "simulateur", "plan-d-action", "ententes", "cibles"):
        seen = see(goes_to(at, slug))
        assert BANNER in text(seen), slug
        assert not seen.exceptions, slug


@pytest.mark.long
def test_a_publication_by_someone_else_ends_the_preview(see: See, root: Path, filled: bytes) -> None:
    at = previewed(filled)
    assert BANNER in text(see(at))
    publish(root, receive_bytes(root, filled, "donnees.xlsx"), of_the_machine())
    seen = see(goes_to(at, ""))
    assert BANNER not in text(seen)
    assert "Les données publiées viennent de changer : l’aperçu est terminé." in text(seen)
    assert "Admissions 2020" in text(seen)


def read_jumps(at: AppTest) -> None:
    next(box for box in at.checkbox if "relu les 2 écarts inhabituels" in box.label).check()
    at.run()


def confirmed(at: AppTest, name: str = "Camille Roy", summary: str = "Chiffres de 2020") -> AppTest:
    """The workbook that is loaded, published: the jumps read, the summary and the name given."""
    at.button(key="publier").click()
    at.run()
    assert at.button(key="publier_oui").disabled
    read_jumps(at)
    at.text_input(key="equipe_nom").set_value(name)
    next(field for field in at.text_input if field.label.startswith("Résumé")).set_value(summary)
    at.button(key="publier_oui").click()
    return at.run()


def test_2020_is_published_from_the_page_and_undone(see: See, root: Path, filled: bytes) -> None:
    before, other = digest(root / "data"), open_page("")
    at = sent(filled)
    assert see(at).headings(3)[0] == "Écarts inhabituels, à relire (2)"
    at.button(key="publier").click()
    asked = text(see(at.run()))
    assert "85 lignes ajoutées, 8 lignes de texte changées; 6 fichiers, de « donnees.xlsx »" in asked
    assert digest(root / "data") == before
    seen = see(confirmed(at))
    assert not seen.exceptions
    assert "Publié, nº 1, par Camille Roy : Chiffres de 2020." in text(seen)
    row = seen.row("1")
    assert (row[1:4], row[4]) == (["Camille Roy", "Chiffres de 2020", "donnees.xlsx"], "publiée")
    assert "Admissions 2020" in text(see(other.run())), "others see it at their next interaction"
    # Undone, once it is confirmed.
    at.button(key="annuler").click()
    at.run()
    assert digest(root / "data") != before
    at.button(key="annuler_oui").click()
    seen = see(at.run())
    assert digest(root / "data") == before
    assert "Publication nº 1 annulée par Camille Roy (nº 2). Les chiffres d’avant sont remis." in text(seen)
    assert (seen.row("1")[4], seen.row("2")[4]) == ("annulée", "annulation")
    assert "annuler" not in keys(at)
    assert "Admissions 2020" not in text(see(other.run()))


def test_what_fails_is_said_and_the_workbook_is_still_there(
    see: See, root: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(root / "data")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    at = sent(filled)
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["dashboard.publishing.publish"], "switch", full)
        seen = see(confirmed(at))
    assert "Rien n’est publié." in text(seen)
    assert "le disque est plein. Rien n’est changé. Remède : vérifier les droits et la place libre" in text(seen)
    assert digest(root / "data") == before
    # The disk has room again: the same workbook, without loading it anew.
    assert "Publié, nº 1" in text(see(confirmed(at)))


def test_of_two_publishers_at_once_the_second_is_told_and_erases_nothing(
    see: See, root: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any
) -> None:
    """The other publishes while this one confirms: the click finds other data."""
    folder, taken = tmp_path_factory.mktemp("autre"), preview.forget
    (folder / "targets.yaml").write_bytes((root / "data/targets.yaml").read_bytes() + b"# relu\n")

    def other_first() -> None:
        if not journal_of(root):
            publish(root, folder, of_the_machine("Alex"))
        taken()

    at = sent(filled)
    monkeypatch.setattr(preview, "forget", other_first)
    seen = see(confirmed(at))
    assert "Rien n’est publié." in text(seen)
    assert "ont changé depuis que ce classeur leur a été comparé" in text(seen)
    assert "Chargez de nouveau votre classeur" in text(seen)
    assert [entry.author for entry, _ in journal_of(root)] == ["Alex"]
    assert "publier" not in keys(at)


def test_a_reload_in_the_middle_finds_the_publication_going_on(
    see: See, root: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session that asked is gone; what it asked for is whole, and another session is told."""
    incoming, going, begun = receive_bytes(root, filled, "donnees.xlsx"), Event(), Event()

    def slowly(step: Step) -> Publication:
        step("Écriture à côté des données")
        begun.set()
        going.wait(30)
        return publish(root, incoming, of_the_machine("Camille Roy"), "2020", step)[0]

    job = publishing.Job(undoing=False)
    job.done = publishing._worker.submit(slowly, job.steps.append)
    monkeypatch.setattr(publishing, "_latest", [job])
    begun.wait(30)
    Timer(0.5, going.set).start()
    seen = see(open_page("mettre-a-jour"))
    assert not seen.exceptions
    assert "Publié, nº 1, par Camille Roy : 2020." in text(seen)


def test_who_may_not_publish_previews_and_is_told_who_may(
    see: See, root: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Served under a public name where nobody signs in."""
    publish(root, receive_bytes(root, filled, "donnees.xlsx"), of_the_machine("Camille Roy"))
    undo(root, of_the_machine())
    monkeypatch.setattr(sign_in, "is_set", {"browser.serverAddress"}.__contains__)
    at = sent(filled)
    seen = see(at)
    assert "apercu_voir" in keys(at)
    assert not {"publier", "annuler"} & keys(at)
    assert "Publier d’ici demande de se connecter" in text(seen)
    # Nor is it asked to confirm what it never offered.
    at.session_state["_a_confirmer"] = at.session_state["_classeur_charge"].id
    assert "publier_oui" not in keys(at.run())


def signed_in(root: Path, monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    """Anne has signed in, and config.yaml gives her this role."""
    turn_on(root)
    path = root / "config.yaml"
    path.write_text(f"{path.read_text('utf-8')}\nroles:\n  {role}: [anne@exemple.org]\n", "utf-8")
    monkeypatch.setattr(sign_in, "admitted", lambda **_: True)
    anne = {"is_logged_in": True, "sub": "1", "name": "Anne", "email": "anne@exemple.org", "email_verified": True}
    monkeypatch.setattr(sign_in, "_user", lambda: anne)


def test_a_contributor_previews_and_is_told_who_publishes(
    see: See, root: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(root, monkeypatch, "contributor")
    at = sent(filled)
    assert "apercu_voir" in keys(at) and "publier" not in keys(at)
    assert "Publier revient aux personnes qui ont le rôle de publication" in text(see(at))


def test_a_publisher_who_no_longer_is_one_publishes_nothing(
    see: See, root: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The role is asked at the click, on the server, whatever the page showed before."""
    signed_in(root, monkeypatch, "publisher")
    before, at = digest(root / "data"), sent(filled)
    at.button(key="publier").click()
    at.run()
    assert "equipe_nom" not in {field.key for field in at.text_input}, "whoever signs in has a name"
    read_jumps(at)
    Files(root).edit("config.yaml", "publisher: [anne", "contributor: [anne")
    at.button(key="publier_oui").click()
    seen = see(at.run())
    assert "Rien n’est publié." in text(seen)
    assert "Votre rôle (contribution) ne le permet pas" in text(seen)
    assert digest(root / "data") == before
    assert journal_of(root) == []

"""Mettre à jour: the errors of a workbook, what it changes, and the whole dashboard on it in one's own session."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event, Timer

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.publishing.incoming import receive_bytes
from dashboard.publishing.places import digest
from dashboard.publishing.publish import Publication, Step, journal_of, of_the_machine, publish, undo
from dashboard.ui import publishing, sign_in
from tests.broken_files import Files
from tests.broken_workbooks import KINDS
from tests.conftest import ROOT
from tests.filled_workbook import filled_2020, written
from tests.pages.conftest import NBSP, Visit, goes_to, open_page, press, see
from tests.pages.test_page_sign_in import turn_on
from tests.transcription import SLUGS

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BANNER = "Aperçu, rien n’est publié."


@pytest.fixture(scope="module")
def filled() -> bytes:
    return filled_2020(ROOT)


def keys(at: AppTest) -> set[str | None]:
    return {button.key for button in at.button}


def sent(raw: bytes, name: str = "donnees.xlsx") -> AppTest:
    at = open_page("mettre-a-jour")
    at.file_uploader[0].set_value((name, raw, EXCEL))
    return at.run()


def test_the_page_says_that_nothing_is_written_before_publishing_and_errors_by_sheet_and_cell(visit: Visit) -> None:
    seen = visit("mettre-a-jour")
    assert seen.headings(1) == ["Mettre à jour"]
    assert "D’ici à la publication, rien n’est écrit sur le serveur" in seen.plain
    assert "Dernières publications" not in seen.plain and BANNER not in seen.plain
    seen = see(sent(KINDS["une personne de trop"].make(written(ROOT)), "faux.xlsx"))
    assert "1 problème dans « faux.xlsx »" in seen.plain
    assert "feuille « admissions_by_mrc », cellule F5, colonne « value », valeur « 478 »" in seen.plain
    assert "Voir l’aperçu" not in seen.plain


def test_the_difference_then_the_whole_dashboard_are_seen_in_this_session_alone(own_root: Path, filled: bytes) -> None:
    before, at = digest(own_root), sent(filled)
    seen = see(at)
    assert "Aucun problème dans « donnees.xlsx »" in seen.plain
    assert "85 lignes ajoutées, 8 lignes de texte changées; 6 fichiers" in seen.plain
    row = seen.row("Bas-Saint-Laurent, Admissions, 2020", "Québec, Admissions, 2020")
    assert [cell.replace(NBSP, " ") for cell in row] == ["ligne ajoutée", "–", "96", "−28,9 %", "–"]
    assert "Écarts inhabituels, à relire (2)" in seen.plain
    assert BANNER not in seen.plain
    assert BANNER in see(press(at, "apercu_voir")).plain
    seen = see(goes_to(at, ""))
    assert "Admissions 2020" in seen.plain
    # 96 + 1500 + 150 + 30, of 25 223.
    assert "1 776" in seen.plain
    for slug in ("", SLUGS["01"], "donnees-et-sources", "indicateurs", "comparer", "simulateur", "ententes"):
        seen = see(goes_to(at, slug))
        assert BANNER in seen.plain, slug
    assert digest(own_root) == before
    # Another session sees the published data.
    assert BANNER not in see(open_page()).plain and "Admissions 2020" not in see(open_page()).plain
    # A publication by someone else ends the preview.
    publish(own_root, receive_bytes(own_root, filled, "donnees.xlsx"), of_the_machine())
    seen = see(goes_to(at, ""))
    assert BANNER not in seen.plain and "Admissions 2020" in seen.plain
    assert "Les données publiées viennent de changer : l’aperçu est terminé." in seen.plain


def read_jumps(at: AppTest) -> None:
    next(box for box in at.checkbox if "relu les 2 écarts inhabituels" in box.label).check().run()


def confirmed(at: AppTest) -> AppTest:
    """The workbook that is loaded, published: the jumps read, the summary and the name given."""
    press(at, "publier")
    assert at.button(key="publier_oui").disabled
    read_jumps(at)
    at.text_input(key="equipe_nom").set_value("Camille Roy")
    next(field for field in at.text_input if field.label.startswith("Résumé")).set_value("Chiffres de 2020")
    return press(at, "publier_oui")


def test_2020_is_published_from_the_page_and_undone(
    own_root: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before, other = digest(own_root / "data"), open_page("")
    at = sent(filled)
    assert see(at).headings(3)[0] == "Écarts inhabituels, à relire (2)"
    asked = see(press(at, "publier")).plain
    assert "85 lignes ajoutées, 8 lignes de texte changées; 6 fichiers, de « donnees.xlsx »" in asked
    # What fails is said.
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["dashboard.publishing.publish"], "switch", full)
        seen = see(confirmed(at))
    assert "Rien n’est publié." in seen.plain
    assert "le disque est plein. Rien n’est changé. Remède : vérifier les droits et la place libre" in seen.plain
    assert digest(own_root / "data") == before
    # The disk has room again: the same workbook, without loading it anew.
    seen = see(confirmed(at))
    assert "Publié, nº 1, par Camille Roy : Chiffres de 2020." in seen.plain
    assert seen.row("1")[1:5] == ["Camille Roy", "Chiffres de 2020", "donnees.xlsx", "publiée"]
    assert "Admissions 2020" in see(other.run()).plain, "others see it at their next interaction"
    # Undone, once it is confirmed.
    press(at, "annuler")
    assert digest(own_root / "data") != before
    seen = see(press(at, "annuler_oui"))
    assert digest(own_root / "data") == before
    assert "Publication nº 1 annulée par Camille Roy (nº 2). Les chiffres d’avant sont remis." in seen.plain
    assert (seen.row("1")[4], seen.row("2")[4]) == ("annulée", "annulation")
    assert "annuler" not in keys(at)
    assert "Admissions 2020" not in see(other.run()).plain


def test_a_reload_in_the_middle_finds_the_publication_going_on(
    own_root: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session that asked is gone; what it asked for is whole, and another session is told."""
    incoming, going, begun = receive_bytes(own_root, filled, "donnees.xlsx"), Event(), Event()

    def slowly(step: Step) -> Publication:
        step("Écriture à côté des données")
        begun.set()
        going.wait(30)
        return publish(own_root, incoming, of_the_machine("Camille Roy"), "2020", step)[0]

    job = publishing.Job(undoing=False)
    job.done = publishing._worker.submit(slowly, job.steps.append)
    monkeypatch.setattr(publishing, "_latest", [job])
    begun.wait(30)
    Timer(0.5, going.set).start()
    seen = see(open_page("mettre-a-jour"))
    assert "Publié, nº 1, par Camille Roy : 2020." in seen.plain


def test_who_may_not_publish_previews_and_is_told_who_may(
    own_root: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Served under a public name where nobody signs in."""
    publish(own_root, receive_bytes(own_root, filled, "donnees.xlsx"), of_the_machine("Camille Roy"))
    undo(own_root, of_the_machine())
    monkeypatch.setattr(sign_in, "is_set", {"browser.serverAddress"}.__contains__)
    at = sent(filled)
    assert "apercu_voir" in keys(at) and not {"publier", "annuler"} & keys(at)
    assert "Publier d’ici demande de se connecter" in see(at).plain
    # Nor is it asked to confirm what it never offered.
    at.session_state["_a_confirmer"] = at.session_state["_classeur_charge"].id
    assert "publier_oui" not in keys(at.run())
    # The preview is left as it was entered.
    assert BANNER in see(press(at, "apercu_voir")).plain
    left = see(press(at, "apercu_quitter"))
    assert BANNER not in left.plain and "2020" not in " ".join(left.headings(2) + left.headings(3))


def signed_in(root: Path, monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    """Anne has signed in, and config.yaml gives her this role."""
    turn_on(root)
    path = root / "config.yaml"
    path.write_text(f"{path.read_text('utf-8')}\nroles:\n  {role}: [anne@exemple.org]\n", "utf-8")
    monkeypatch.setattr(sign_in, "admitted", lambda **_: True)
    anne = {"is_logged_in": True, "sub": "1", "name": "Anne", "email": "anne@exemple.org", "email_verified": True}
    monkeypatch.setattr(sign_in, "_user", lambda: anne)


def test_a_publisher_who_no_longer_is_one_publishes_nothing_and_is_told_who_does(
    own_root: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The role is asked at the click, on the server, whatever the page showed before."""
    signed_in(own_root, monkeypatch, "publisher")
    before, at = digest(own_root / "data"), sent(filled)
    press(at, "publier")
    assert "equipe_nom" not in {field.key for field in at.text_input}, "whoever signs in has a name"
    read_jumps(at)
    Files(own_root).edit("config.yaml", "publisher: [anne", "contributor: [anne")
    seen = see(press(at, "publier_oui"))
    assert "Rien n’est publié." in seen.plain
    assert "Votre rôle (contribution) ne le permet pas" in seen.plain
    assert digest(own_root / "data") == before and journal_of(own_root) == []
    at = sent(filled)
    assert "apercu_voir" in keys(at) and "publier" not in keys(at)
    assert "Publier revient aux personnes qui ont le rôle de publication" in see(at).plain

"""The optional sign-in: off, every page is open; on, none shows a figure to whoever is not signed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.ui import sign_in
from dashboard.ui.server.settings import embed_hosts, first_pages, sign_in_wanted
from dashboard.wording.addresses import EMBED
from tests.broken_files import Files
from tests.pages.conftest import Seen

VisitCopy = Callable[..., Seen]


def turn_on(root: Path) -> None:
    Files(root).edit("config.yaml", "sign_in: false", "sign_in: true")


def test_off_by_default_and_when_the_setting_is_absent(copy_of_data: Path, visit_copy: VisitCopy) -> None:
    assert not sign_in_wanted()
    Files(copy_of_data).edit("config.yaml", "sign_in: false\n", "")
    seen = visit_copy(copy_of_data, "cibles")
    assert not sign_in_wanted()
    assert "Cibles" in seen.headings(1)[0]
    assert "Connexion requise" not in seen.text


@pytest.mark.parametrize(
    "content", [b"sign_in: " + b"[" * 5000, b"\xff\xfe", b"- sign_in\n"], ids=["deep", "bytes", "list"]
)
def test_settings_that_cannot_be_read_open_nothing_and_stop_nothing(
    copy_of_data: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setenv("DASHBOARD_ROOT", str(copy_of_data))
    (copy_of_data / "config.yaml").write_bytes(content)
    assert not sign_in_wanted()
    assert embed_hosts(EMBED) == ()
    assert first_pages() == ("",)


@pytest.mark.parametrize("slug", ["", "bas-saint-laurent"])
def test_required_without_a_provider_shows_nothing(copy_of_data: Path, visit_copy: VisitCopy, slug: str) -> None:
    turn_on(copy_of_data)
    seen = visit_copy(copy_of_data, slug)
    assert sign_in_wanted()
    assert seen.headings(1) == ["Connexion requise"]
    assert "n’est pas configurée" in seen.text
    assert seen.charts == {}
    assert seen.tables == []


@pytest.mark.parametrize("signed_in", [False, True])
def test_required_and_configured_asks_whoever_is_not_signed_in(
    copy_of_data: Path, visit_copy: VisitCopy, monkeypatch: pytest.MonkeyPatch, signed_in: bool
) -> None:
    turn_on(copy_of_data)
    user: dict[str, Any] = {"is_logged_in": signed_in}
    monkeypatch.setattr(sign_in, "_problem", lambda: "")
    monkeypatch.setattr(sign_in, "_user", lambda: user)
    seen = visit_copy(copy_of_data, "cibles")
    assert ("Se connecter" in seen.text) is not signed_in
    assert (seen.headings(1) == ["Connexion requise"]) is not signed_in
    assert bool(seen.tables) is signed_in


def test_problems_of_the_files_are_not_for_whoever_is_not_signed_in(copy_of_data: Path, visit_copy: VisitCopy) -> None:
    Files(copy_of_data).edit("data/territories.csv", "QC,", "Q?,")
    assert "Problèmes trouvés" in visit_copy(copy_of_data).text
    turn_on(copy_of_data)
    seen = visit_copy(copy_of_data)
    assert seen.headings(1) == ["Connexion requise"]
    assert "Problèmes trouvés" not in seen.text


AUTH = {
    "redirect_uri": "http://a.org/oauth2callback", "cookie_secret": "x", "client_id": "x", "client_secret": "x",
    "server_metadata_url": "http://b.org",
}  # fmt: skip


@pytest.mark.parametrize(
    ("auth", "said"),
    [
        ({}, "il y manque : redirect_uri, cookie_secret, client_id, client_secret, server_metadata_url"),
        ("x", "il y manque : redirect_uri,"),
        ({**AUTH, "client_id": " ", "cookie_secret": ""}, "il y manque : cookie_secret, client_id "),
        ({**AUTH, "redirect_uri": "http://a.org/"}, "doit écrire redirect_uri"),
        ({**AUTH, "redirect_uri": "a.org/oauth2callback"}, "doit écrire redirect_uri"),
        ({**AUTH, "redirect_uri": "http://c.org/oauth2callback"}, "ouvrez-la plutôt que http://a.org."),
        (AUTH, ""),
    ],
)
def test_what_a_section_lacks_is_named(monkeypatch: pytest.MonkeyPatch, auth: Any, said: str) -> None:
    monkeypatch.setattr(sign_in.st, "secrets", {"auth": auth})
    monkeypatch.setattr(type(sign_in.st.context), "headers", {"Origin": "http://a.org"})
    problem = sign_in._problem()
    assert said in problem
    assert bool(problem) is bool(said)

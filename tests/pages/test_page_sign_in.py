"""The optional sign-in: off, every page is open; on, none shows a figure to whoever is not signed in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.ui import sign_in
from dashboard.ui.server.settings import embed_hosts, first_pages, sign_in_wanted
from dashboard.wording.addresses import EMBED
from tests.broken_files import Files
from tests.pages.conftest import visits


def turn_on(root: Path) -> None:
    Files(root).edit("config.yaml", "sign_in: false", "sign_in: true")


def test_off_by_default_when_the_setting_is_absent_or_cannot_be_read(own_root: Path) -> None:
    assert not sign_in_wanted()
    Files(own_root).edit("config.yaml", "sign_in: false\n", "")
    seen = visits(own_root)("cibles")
    assert not sign_in_wanted()
    assert "Cibles" in seen.headings(1)[0] and "Connexion requise" not in seen.text
    for content in (b"sign_in: " + b"[" * 5000, b"\xff\xfe", b"- sign_in\n"):
        (own_root / "config.yaml").write_bytes(content)
        assert not sign_in_wanted()
        assert embed_hosts(EMBED) == () and first_pages() == ("",)


def test_required_shows_nothing_to_whoever_is_not_signed_in(own_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turn_on(own_root)
    assert sign_in_wanted()
    for slug in ("", "bas-saint-laurent"):
        seen = visits(own_root)(slug)
        assert seen.headings(1) == ["Connexion requise"]
        assert "n’est pas configurée" in seen.text
        assert seen.charts == {} and seen.tables == []
    user: dict[str, Any] = {}
    monkeypatch.setattr(sign_in, "_problem", lambda: "")
    monkeypatch.setattr(sign_in, "_user", lambda: user)
    for signed_in in (False, True):
        user["is_logged_in"] = signed_in
        seen = visits(own_root)("cibles")
        assert ("Se connecter" in seen.text) is not signed_in
        assert (seen.headings(1) == ["Connexion requise"]) is not signed_in
        assert bool(seen.tables) is signed_in


def test_problems_of_the_files_are_not_for_whoever_is_not_signed_in(own_root: Path) -> None:
    Files(own_root).edit("data/territories.csv", "QC,", "Q?,")
    assert "Problèmes trouvés" in visits(own_root)().text
    turn_on(own_root)
    seen = visits(own_root)()
    assert seen.headings(1) == ["Connexion requise"] and "Problèmes trouvés" not in seen.text


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

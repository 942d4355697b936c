"""A dashboard where one signs in: a provider, its people, and the way there and back without a browser."""

from __future__ import annotations

import json
import shutil
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from bench.protocol import Session

ROOT = Path(__file__).resolve().parents[1]
READER, CONTRIBUTOR, PUBLISHER, LIAR = "lise", "colette", "paul", "menteur"
PUBLISHES = "paul@exemple.org"
SECRETS = {"cookie_secret": "secret-des-temoins-0123456789abcdef", "client_secret": "secret-du-client-9876"}
CLAIMS: dict[str, dict[str, Any]] = {
    READER: {"name": "Lise <script>alert(1)</script>", "email": "lise@exemple.org", "email_verified": True},
    CONTRIBUTOR: {"name": "Colette'; drop table writings; --", "groups": ["regions", "autres"]},
    PUBLISHER: {"name": "Paul", "email": PUBLISHES, "email_verified": True},
    # Writes another's address at a provider that has not verified it.
    LIAR: {"name": "Paul", "email": PUBLISHES, "email_verified": False},
}
# What is typed in every field that is forged.
FORGED, TYPED = "note-forgée-7h3k", {"Résultat (en %)": "21", "Date": "2021-06-30"}
# Buttons that lead away from what is tried.
_LEFT = frozenset({"Se déconnecter", "Imprimer", "Présenter"})


@contextmanager
def provider() -> Iterator[str]:
    """Address of a provider that knows these people."""
    from oidc_provider_mock import User, run_server_in_thread

    people = [User(sub=sub, claims=claims) for sub, claims in CLAIMS.items()]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


def project(folder: Path) -> Path:
    """A copy of the project where one signs in, with its three roles."""
    root = folder / "projet"
    root.mkdir()
    settings = (ROOT / "config.yaml").read_text(encoding="utf-8").replace("sign_in: false", "sign_in: true")
    roles = {"contributor": ["regions"], "publisher": [PUBLISHES]}
    (root / "config.yaml").write_text(f"{settings}roles: {json.dumps(roles)}\n", encoding="utf-8")
    for name in ("data", "geo"):
        shutil.copytree(ROOT / name, root / name)
    return root


def write_secrets(folder: Path, url: str, issuer: str, **given: str) -> None:
    """The secrets.toml of a server that runs in this folder, and answers at this address."""
    auth = {"redirect_uri": f"{url}/oauth2callback", "client_id": "portraits", **SECRETS}
    auth |= {"server_metadata_url": f"{issuer}/.well-known/openid-configuration", **given}
    (folder / ".streamlit").mkdir(exist_ok=True)
    lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in auth.items())
    (folder / ".streamlit" / "secrets.toml").write_text(f"[auth]\n{lines}", encoding="utf-8")


@dataclass
class Visitor(Session):
    """A session that knows every field of its page, and may say to the server that any of them has any value."""

    widgets: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    redirect: str = ""
    said: list[str] = field(default_factory=list)

    def _read(self, kind: str | None, message: Any) -> list[str]:
        if kind == "auth_redirect":
            self.redirect = message.auth_redirect.url
        return super()._read(kind, message)

    def _element(self, delta: Any) -> list[str]:
        kind = delta.new_element.WhichOneof("type")
        held = getattr(delta.new_element, kind)
        if getattr(held, "id", ""):
            self.widgets[getattr(held, "label", "") or held.id] = (kind, held.id, delta.fragment_id)
        self.said.append(str(getattr(held, "body", "")))
        return super()._element(delta)

    async def click(self, label: str) -> None:
        """The button of this label."""
        from streamlit.proto.ClientState_pb2 import ClientState

        _, id_, fragment = self.widgets[label]
        state = ClientState(page_script_hash=self.page, query_string=self.query, fragment_id=fragment)
        state.widget_states.widgets.add(id=id_).trigger_value = True
        await self._run(state)

    async def claim(self, widgets: dict[str, tuple[str, str, str]], files: str = "") -> None:
        """Say that every one of these fields was filled in and every button clicked, on this page or not; files: the
        uploaded file that each place for one holds."""
        from streamlit.proto.ClientState_pb2 import ClientState

        state = ClientState(page_script_hash=self.page, query_string=self.query)
        for label, (kind, id_, _) in widgets.items():
            if label in _LEFT:
                continue
            widget = state.widget_states.widgets.add(id=id_)
            if kind in {"button", "download_button"}:
                widget.trigger_value = True
            elif kind == "checkbox":
                widget.bool_value = True
            elif kind in {"text_input", "text_area"}:
                widget.string_value = TYPED.get(label, FORGED)
            elif kind == "file_uploader" and files:
                info = widget.file_uploader_state_value.uploaded_file_info.add(file_id=files, name="x.xlsx", size=1)
                info.file_urls.file_id = files
            else:
                del state.widget_states.widgets[-1]
        await self._run(state)


class Browser:
    """The cookies of somebody, and what they open."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.get("/_stcore/health")

    def get(self, path: str, data: dict[str, str] | None = None, **headers: str) -> tuple[str, str]:
        """Address where one ends, and what it says."""
        body = urllib.parse.urlencode(data).encode() if data else None
        address = path if path.startswith("http") else f"{self.url}{path}"
        asked = urllib.request.Request(address, body, {"Accept": "text/html", **headers})
        with self.opener.open(asked, timeout=20) as answer:
            return answer.url, answer.read().decode()

    def upload(self, session: Visitor, name: str, raw: bytes) -> int:
        """Send a file to a session; the status of the answer."""
        mark = "limite"
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="x.xlsx"\r\n\r\n'
        address = f"{self.url}/_stcore/upload_file/{session.session_id}/{name}"
        headers = {"Content-Type": f"multipart/form-data; boundary={mark}", "X-Xsrftoken": session.xsrf}
        body = head.encode() + raw + f"\r\n--{mark}--\r\n".encode()
        asked = urllib.request.Request(address, body, headers, method="PUT")
        with self.opener.open(asked, timeout=20) as answer:
            return int(answer.status)

    def cookies(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self.jar if cookie.domain == "127.0.0.1"}

    def process(self, number: int) -> None:
        """The process to which nginx sends what follows."""
        for cookie in self.jar:
            if cookie.name == "processus":
                cookie.value = str(number)

    def session(self, query: str = "") -> Visitor:
        held = self.cookies()
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in held.items()), "Origin": self.url}
        return Visitor(self.url, query, headers=headers, xsrf=held.get("_streamlit_xsrf", "essai"), keep_texts=True)

    async def sign_in(self, sub: str, page: str = "", query: str = "", *, there: int = 1, back: int = 1) -> str:
        """Sign in from a page; the address where one comes back. there, back: processes of the cluster."""
        self.process(there)
        async with self.session(query) as visitor:
            await visitor.first_run(page)
            await visitor.click("Se connecter")
        form, _ = self.get(visitor.redirect, Referer=f"{self.url}/{page}{'?' if query else ''}{query}")
        self.process(back)
        return self.get(form, {"sub": sub})[0]

"""What surrounds the pages, without a server: each part is called as an ASGI server would call it."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import plotly
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Router
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.testing.v1 import AppTest

from dashboard.figures import style
from dashboard.ui.server import addresses, application, document, figures, static_files
from dashboard.ui.server import streamlit_internals as internals
from dashboard.ui.server.headers import SecurityHeaders, content_security_policy
from dashboard.ui.server.pages import Pages
from dashboard.ui.server.roots import ASSETS
from dashboard.ui.server.static_files import FOREVER, GEO_NAMES, REVALIDATE, CompressedFiles, StreamlitScripts
from tests.broken_files import Files

ROOT = Path(__file__).resolve().parents[3]
ORIGINAL = document.index_html().read_text(encoding="utf-8")
# The page of Streamlit, as it is served.
SHELL = document.french_page(ORIGINAL, "Essai")
SLUGS = {"cibles", "bas-saint-laurent"}
PAGE = '<!DOCTYPE html><html lang="fr-CA"><title>Essai</title>' + " " * 600


class Answer:
    """What the application sent."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        start = next((m for m in messages if m["type"] == "http.response.start"), {"status": 0, "headers": []})
        self.status: int = start["status"]
        self.headers = {name.decode(): value.decode() for name, value in start["headers"]}
        self.body = b"".join(m.get("body", b"") for m in messages if m["type"] == "http.response.body")
        self.types = [m["type"] for m in messages]


def call(app: Any, raw: str, *, method: str = "GET", kind: str = "http", base: str = "", **headers: str) -> Answer:
    """Call an ASGI application with an address as the browser sends it (still percent-encoded)."""
    path, _, query = raw.partition("?")
    scope: Scope = {
        "type": kind,
        "method": method,
        "path": unquote(base + path, errors="surrogateescape"),
        "raw_path": (base + path).encode("latin-1"),
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    messages: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect" if kind == "websocket" else "http.request", "body": b""}

    async def send(message: Any) -> None:
        messages.append(message)

    asyncio.run(app(scope, receive, send))
    return Answer(messages)


async def inner(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands for Streamlit: says which address and origin reached it."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept", "origin": dict(scope["headers"]).get(b"origin", b"").decode()})
        return
    await send({"type": "http.response.start", "status": 299, "headers": [(b"x-inner", b"1")]})
    await send({"type": "http.response.body", "body": b"inner", "more_body": False})


def gate(base: str = "", pages: Pages | None = None) -> ASGIApp:
    """The routes of the pages, before everything else of Streamlit."""
    return Router((pages or Pages(PAGE, lambda: SLUGS)).routes(base), default=inner)


def server(root: Path, base: str = "") -> ASGIApp:
    return Router([Mount(f"{base}/app/geo", CompressedFiles(root, GEO_NAMES))], default=StreamlitScripts(inner, base))


def test_known_page_is_french_revalidated_and_compressed() -> None:
    for path in ("/", "/bas-saint-laurent?annee=2019"):
        answer = call(gate(), path, accept_encoding="gzip, br")
        assert answer.status == 200
        assert 'lang="fr-CA"' in gzip.decompress(answer.body).decode()
        assert answer.headers["cache-control"] == f"private, {REVALIDATE}"
        assert call(gate(), path, accept_encoding="gzip", if_none_match=answer.headers["etag"]).status == 304


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/inconnu", "./?introuvable=inconnu"),
        ("/inconnu/", "../?introuvable=inconnu"),
        ("/cibles/2019", "../?introuvable=cibles%2F2019"),
        ("/a%2Fb", "./?introuvable=a%2Fb"),  # one segment for the browser
        ("//exemple.org/x", "../../?introuvable=exemple.org%2Fx"),
        ("/%3Cscript%3Ealert(1)%3C/script%3E", "../?introuvable=scriptalert1%2Fscript"),
        ("/%00", "./?introuvable=adresse%20illisible"),
        ("/%0D%0ASet-Cookie:x=1", "./?introuvable=Set-Cookiex1"),
        ("/..%2f..%2fetc%2fpasswd", "./?introuvable=etc%2Fpasswd"),
        ("/%E2%80%AEtxt", "./?introuvable=txt"),  # right-to-left override
        ("/r%C3%A9gion", "./?introuvable=r%C3%A9gion"),
        ("/cibles/", "../cibles"),
        ("/index.html", "./?introuvable=index.html"),  # the English page of Streamlit
    ],
)
def test_unknown_or_hostile_address_goes_home_by_a_relative_way(path: str, location: str) -> None:
    answer = call(gate(), path, accept="text/html")
    assert (answer.status, answer.headers["location"]) == (303, location)
    assert answer.headers["cache-control"] == "no-store"


def test_base_path_is_kept_and_an_endless_address_is_cut() -> None:
    app = gate("/tb/region")
    assert call(app, "/cibles", base="/tb/region").status == 200
    assert call(app, "/inconnu", base="/tb/region").headers["location"] == "./?introuvable=inconnu"
    assert call(app, "", base="/tb/region").headers["location"] == "./region/"
    assert call(app, "/cibles").status == 299  # outside the dashboard
    assert len(call(gate(), "/" + "a" * 50_000, accept="text/html").headers["location"]) < 100


@pytest.mark.parametrize("path", ["/_stcore/health", "/cibles/_stcore/health", "/static/js/x.js", "/media/a.xlsx"])
def test_addresses_of_the_server_are_left_to_it(path: str) -> None:
    assert call(gate(), path, accept="text/html").status == 299


def test_what_machines_ask_for_or_is_missing_is_refused_in_french_without_a_redirect(tmp_path: Path) -> None:
    """The English page never stands for a missing file."""
    asked = [(gate(), path, "*/*") for path in ("/favicon.ico", "/robots.txt", "/.well-known/x", "/x.php")]
    asked += [(server(tmp_path), f"/static/{name}", "text/html") for name in ("js/absent.js", "index.html", "", "js")]
    for app, path, accept in asked:
        answer = call(app, path, accept=accept)
        assert (answer.status, "n’existe pas" in answer.body.decode()) == (404, True), path


def test_unreadable_settings_refuse_no_page() -> None:
    def broken() -> set[str]:
        raise KeyError("regions")

    assert call(gate(pages=Pages(PAGE, broken)), "/cibles").status == 200


def test_clean_slug_keeps_names_and_drops_markup() -> None:
    assert addresses.clean_slug("Gaspésie–Îles-de-la-Madeleine") == "Gaspésie–Îles-de-la-Madeleine"
    assert not set(addresses.clean_slug("<b onclick=\"x\">&amp;'é'</b>")) & set('<>"=&;')


def test_every_change_to_the_page_of_streamlit_finds_its_place() -> None:
    changes = document.replacements("Essai").items()
    missing = [name for name, (pattern, new) in changes if new and not re.search(pattern, ORIGINAL, flags=re.DOTALL)]
    assert missing == []
    # What is taken away is not there, whether this version had it or not.
    assert [word for word in ("shortcut icon", "service-desc", "agent API") if word in SHELL] == []


def test_the_lists_have_our_rule_and_streamlit_keeps_its_own_where_ours_does_not_fit(tmp_path: Path) -> None:
    scripts = internals.static_folder() / "static" / "js"
    name = internals.filter_script(scripts)
    assert name is not None
    # Known before any module is asked for.
    (found,) = re.findall(r'<script type="importmap">(.*?)</script>', SHELL[: SHELL.index('type="module"')])
    assert json.loads(found) == {
        "imports": {document.LISTS_ALIAS: f"./static/js/{name}"},
        "scopes": {"./static/js/": {f"./static/js/{name}": document.asset_url("lists.js")}},
    }
    ours = (ASSETS / "lists.js").read_text(encoding="utf-8")
    assert f'export * from "{document.LISTS_ALIAS}";' in ours
    # Without the rule, or given under another name, or where there is nothing.
    rule = "function f(a,b,c){if(!b||c===d.SelectWidgetFilterMode.FILTER_MODE_NONE)return a;return a}"
    for text, held in ((f"{rule}export{{f as n}};", "useA.js"), (f"{rule}export{{f as t}};", None), ("let a", None)):
        (tmp_path / "useA.js").write_text(text, encoding="utf-8")
        assert internals.filter_script(tmp_path) == held
    assert document.lists_import_map(tmp_path) == ""
    assert internals.filter_script(tmp_path / "absent") is None


def test_page_is_french_and_inline_scripts_are_hashed() -> None:
    page = document.french_page(ORIGINAL, "Portraits <régionaux>")
    assert '<html lang="fr-CA">' in page
    assert "<title>Portraits &lt;régionaux&gt;</title>" in page
    assert "enable JavaScript" not in page
    assert "openapi" not in page
    # Our scripts come first: the first of Streamlit's reads what they prepare.
    assert page.index("dashboard.js") < page.index('type="module"')
    hashes = document.inline_script_hashes(page)
    assert len(hashes) == page.count("<script>") + page.count('<script type="importmap">')
    policy = content_security_policy(hashes)
    assert "unsafe-eval" not in policy
    assert all(source in policy for source in hashes)
    assert document.inline_script_hashes("<script>a</script>") != document.inline_script_hashes("<script>b</script>")


def test_charts_are_asked_for_from_the_start_and_compiled_at_once() -> None:
    (own,) = internals.components_scripts()
    assert f'<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{own.name}">' in SHELL
    assert f'<script src="{document.asset_url(document.PLOTLY)}" async' in SHELL
    assert (ASSETS / document.PLOTLY).read_text(encoding="utf-8").startswith("//# allFunctionsCalledOnLoad\n")
    # Both are of one version of plotly.js, which reads what the other writes.
    banner = re.compile(r"plotly\.js v([\d.]+)")
    whole = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    versions = [banner.findall(path.read_text(encoding="utf-8")[:500]) for path in (whole, ASSETS / document.PLOTLY)]
    assert versions[0] == versions[1] != []


def test_a_figure_is_read_at_its_address_and_kept_for_ever() -> None:
    address = figures.figure_url('{"data": []}')
    name = address.rpartition("/")[2]
    app = Starlette(routes=[figures.route("")])
    plain, packed = call(app, f"/{address}"), call(app, f"/{address}", accept_encoding="gzip")
    assert plain.body == gzip.decompress(packed.body) == b'{"data": []}' == figures.kept(name)
    assert (packed.headers["content-encoding"], plain.headers["cache-control"]) == ("gzip", FOREVER)
    assert figures.figure_url('{"data": [1]}') != address
    unknown = call(app, f"/{address[:-1]}x")
    assert unknown.status == 404 and figures.kept("x") is None


def test_the_one_font_is_asked_for_from_the_start_and_everything_is_written_in_it() -> None:
    (own,) = internals.font_files()
    address = f"./static/media/{own.name}"
    assert re.search(rf'<link\s+rel="preload"\s+href="{re.escape(address)}"\s+as="font"', SHELL)
    assert re.search(rf'@font-face {{ font-family: "{internals.FONT}";[^}}]*url\("{re.escape(address)}"\)', SHELL)
    # What names a font names this one: the settings leave Streamlit's own.
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert not [name for name in settings["theme"] if name.lower().endswith("font")]
    for name, told in (("dashboard.css", '--police: "{}", sans-serif'), ("picture.js", "FAMILY = \"'{}', sans-serif")):
        assert told.format(internals.FONT) in (ASSETS / name).read_text(encoding="utf-8")
    assert f"{internals.FONT}, sans-serif" == style.FONT


def test_headers_are_on_every_answer_and_websockets_go_through() -> None:
    app = SecurityHeaders(inner, "default-src 'self'")
    headers = call(app, "/x").headers
    assert headers["content-security-policy"] == "default-src 'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert {"referrer-policy", "permissions-policy", "x-inner"} <= set(headers)
    # What a session made is kept by no cache.
    for path, kept in (("/tb/media/a.xlsx", False), ("/static/media/a.woff2", True), ("/x", True)):
        assert (call(app, path).headers.get("cache-control") == "no-store") != kept
    assert call(app, "/_stcore/stream", kind="websocket").types == ["websocket.accept"]


def test_a_view_stands_in_the_frame_of_an_allowed_site_alone(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_ROOT", str(files.root))
    files.edit("config.yaml", "embed_hosts: []", 'embed_hosts: ["https://intranet.exemple.ca"]')
    outer = application.app_options("Essai")["middleware"][0]
    app = outer.cls(inner, *outer.args, **outer.kwargs)
    headers = call(app, "/integrer?objet=carte").headers
    assert headers["content-security-policy"].endswith("frame-ancestors 'self' https://intranet.exemple.ca")
    assert "x-frame-options" not in headers
    for path in ("/", "/bas-saint-laurent", "/presentation"):
        headers = call(app, path).headers
        assert headers["content-security-policy"].endswith("frame-ancestors 'self'")
        assert headers["x-frame-options"] == "SAMEORIGIN"


def test_boundaries_are_compressed_versioned_and_follow_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_ROOT", str(tmp_path))
    geo = tmp_path / "geo"
    geo.mkdir()
    file = geo / "carte.geojson"
    file.write_text('{"type":"FeatureCollection"}' + " " * 2000)
    app, url = server(geo, "/tb"), static_files.geo_url("carte.geojson")
    first = call(app, "/app/geo/carte.geojson", base="/tb", accept_encoding="gzip")
    assert first.headers["content-type"] == "application/geo+json"
    assert first.headers["content-encoding"] == "gzip"
    assert int(first.headers["content-length"]) == len(first.body) < 200
    assert gzip.decompress(first.body) == file.read_bytes()
    assert first.headers["cache-control"] == REVALIDATE
    plain = call(app, "/app/geo/carte.geojson", base="/tb", accept_encoding="gzip;q=0")
    assert (plain.body, plain.headers["etag"]) == (file.read_bytes(), first.headers["etag"].replace("-gz", ""))
    version = plain.headers["etag"].strip('"')
    assert call(app, f"/app/geo/carte.geojson?v={version}", base="/tb").headers["cache-control"] == FOREVER
    assert call(app, "/app/geo/carte.geojson", base="/tb", if_none_match=plain.headers["etag"]).status == 304
    file.write_text('{"type":"autre"}')
    assert url.startswith("app/geo/carte.geojson?v=") and static_files.geo_url("carte.geojson") != url
    assert call(app, "/app/geo/carte.geojson", base="/tb", accept_encoding="gzip").body == b'{"type":"autre"}'


def test_only_the_names_of_the_allow_list_are_read(tmp_path: Path) -> None:
    names = ("absent", "../secret", "..%2fsecret", "%2e%2e/secret", "..%5csecret", ".cache", "lien", "a%00", "sous/x")
    (tmp_path / "secret.geojson").write_text("secret")
    root = tmp_path / "geo"
    (root / "sous").mkdir(parents=True)
    for inside in ("notes.txt", ".cache.geojson", "sous/x.geojson"):
        (root / inside).write_text("secret")
    (root / "lien.geojson").symlink_to(tmp_path / "secret.geojson")
    for name in ("notes.txt", "", *(f"{name}.geojson" for name in (*names, "a" * 5000))):
        answer = call(server(root), f"/app/geo/{name}")
        assert (answer.status, "secret" in answer.body.decode()) == (404, False), name


def test_scripts_of_streamlit_are_compressed_and_kept_for_a_year(tmp_path: Path) -> None:
    script = min((document.index_html().parent / "static" / "js").glob("index.*.js"))
    path = f"/static/js/{script.name}"
    answer = call(server(tmp_path), path, accept_encoding="gzip")
    assert gzip.decompress(answer.body) == script.read_bytes()
    assert answer.headers["cache-control"] == FOREVER
    assert call(server(tmp_path), path).body == script.read_bytes()
    assert call(server(tmp_path), "/static/../index.html", accept_encoding="gzip").status == 404
    assert call(server(tmp_path, "/tb"), path, base="/tb", accept_encoding="gzip").status == 200
    assert call(server(tmp_path, "/tb"), path, accept_encoding="gzip").status == 299  # outside the dashboard


def test_failing_page_says_so_in_french_and_hides_the_cause(caplog: pytest.LogCaptureFixture) -> None:
    def script() -> None:
        from dashboard.ui.server.errors import on_script_error

        assert on_script_error(ValueError("cause secrète")) is True

    shown = AppTest.from_function(script, default_timeout=60).run().error[0].value
    number = re.search(r"\*\*([A-Z0-9]{6})\*\*", shown)
    assert "n’a pas pu s’afficher" in shown
    assert "secrète" not in shown
    assert number is not None
    assert f"Incident {number[1]} : ValueError" in caplog.text

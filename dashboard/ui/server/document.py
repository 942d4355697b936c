"""The HTML page that starts the browser: Streamlit's own index.html, in French and with our style sheet.

It is prepared once and served from memory for every page of the dashboard (they differ only once the script runs).
Each replacement looks for one element of the original; a test tells which one is gone after an upgrade.
"""

import base64
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Final

from dashboard.ui.server.addresses import ASSETS_PREFIX
from dashboard.ui.server.roots import ASSETS
from dashboard.ui.server.streamlit_internals import (
    FONT,
    HTML_CLASS,
    components_scripts,
    filter_script,
    font_files,
    static_folder,
)

LANGUAGE: Final = "fr-CA"
STYLE: Final = "dashboard.css"
# Before Streamlit's module: the map stub, the chart locale and the base address must be there when it starts.
SCRIPTS: Final = (
    *("streamlit.js", "history.js", "plotly-fr-CA.js", "vocabulary.js", "dashboard.js", "keyboard.js"),
    *("arriving.js", "charts.js", "presentation.js", "picture.js", "maps.js", "print.js", "connection.js"),
)
PLOTLY: Final = "plotly.min.js"
FAVICON: Final = "favicon.svg"
LISTS: Final = "lists.js"
# The name under which assets/lists.js knows what it stands for.
LISTS_ALIAS: Final = "listes-de-streamlit"

_NOSCRIPT: Final = (
    "<noscript><p>Ce tableau de bord a besoin de JavaScript. "
    "Activez-le dans les réglages de votre navigateur, puis rechargez la page.</p></noscript>"
)
# Seen for the second or so before the page takes over the root element, instead of a blank screen.
_WAITING: Final = '<div id="root"><p class="chargement" role="status">Chargement du tableau de bord…</p></div>'
# Beside the page, which is drawn again and again: what is said there is heard, whatever is drawn.
# An answer that stands over the page makes the rest of it silent, except what bears this mark.
_STATUS: Final = '<div id="annonce" class="annonce" role="status" data-live-announcer="true"></div>'

_SCRIPT_TAG: Final = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)


def index_html() -> Path:
    """The page that Streamlit would serve."""
    return static_folder() / "index.html"


def asset_url(name: str) -> str:
    """Relative address of one of our assets; the hash in it lets the browser keep the file for a year."""
    digest = hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12]
    return f"./{ASSETS_PREFIX}{name}?v={digest}"


def lists_import_map(scripts: Path) -> str:
    """Element that puts assets/lists.js in the place of Streamlit's rule for what a list offers when one types in it.

    Streamlit has no setting that folds accents. An import map, a means of the browsers themselves, gives the widgets
    our module, which passes on everything else of the original. Nothing when the rule is not found: Streamlit's stays.
    """
    name = filter_script(scripts)
    if name is None:
        return ""
    address = f"./static/js/{name}"
    # For Streamlit's modules only: ours must have the original.
    content = {"imports": {LISTS_ALIAS: address}, "scopes": {"./static/js/": {address: asset_url(LISTS)}}}
    return f'<script type="importmap">{json.dumps(content, separators=(",", ":"))}</script>'


def _head(title: str) -> str:
    # Before any module is asked for, or the browser has already decided where it is.
    links = [lists_import_map(static_folder() / "static" / "js")]
    links += [f'<link rel="icon" type="image/svg+xml" href="{asset_url(FAVICON)}">']
    # The page asks for this font from the start; the first words are written in it before Streamlit declares it.
    links += [
        f'<style>@font-face {{ font-family: "{FONT}"; font-weight: 200 900; font-display: block; '
        f'src: url("./static/media/{path.name}") format("woff2"); }}</style>'
        for path in font_files()
    ]
    links += [f'<link rel="stylesheet" href="{asset_url(STYLE)}">']
    links += [f'<script src="{asset_url(name)}" defer></script>' for name in SCRIPTS]
    # Asked for by the page once it knows that it has a chart, which is late: it is there, and compiled, by then.
    # Low: what the first words of the page need comes before.
    links += [f'<script src="{asset_url(PLOTLY)}" async fetchpriority="low"></script>']
    links += [
        f'<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{path.name}">'
        for path in components_scripts()
    ]
    return f"<title>{html.escape(title)}</title>\n    " + "\n    ".join(links)


def replacements(title: str) -> dict[str, tuple[str, str]]:
    """Name -> (pattern, replacement) of each change made to the original page."""
    return {
        "langue": (r'<html lang="en">', f'<html lang="{LANGUAGE}">'),
        "titre": (r"<title>.*?</title>", _head(title)),
        "icône": (r'<link rel="shortcut icon"[^>]*>', ""),
        # An English machine interface that this dashboard leaves closed.
        "service": (r"<!--(?:(?!-->).)*?agent API(?:(?!-->).)*?-->\s*<link rel=\"service-desc\"[^>]*>", ""),
        "sans script": (r"<noscript>.*?</noscript>", _NOSCRIPT),
        "attente": (r'<div id="root"></div>', _WAITING + _STATUS),
    }


def french_page(original: str, title: str) -> str:
    """The original page in French; an element that cannot be found is left as it is rather than stop the server."""
    page = original
    for pattern, new in replacements(title).values():
        page = re.sub(pattern, lambda _, new=new: new, page, count=1, flags=re.DOTALL)  # type: ignore[misc]
    return page


def with_words(page: str, words: str, contact: str) -> str:
    """The page with words to read while it starts (HTML of ours), which assets/dashboard.js takes away once the page
    itself says them, and whom to tell when it does not start, which assets/connection.js says."""
    said = f'<div id="apercu"><div class="{HTML_CLASS}">{words}</div></div>' if words else ""
    told = f'<data id="joindre" value="{html.escape(contact)}"></data>' if contact else ""
    return page.replace("</body>", f"{said}{told}</body>")


def inline_script_hashes(page: str) -> list[str]:
    """CSP sources of the scripts written in the page itself (Streamlit has one; its text changes with the version)."""
    found = []
    for match in _SCRIPT_TAG.finditer(page):
        if "src=" in match["attributes"] or not match["body"].strip():
            continue
        digest = base64.b64encode(hashlib.sha256(match["body"].encode()).digest()).decode()
        found.append(f"'sha256-{digest}'")
    return found

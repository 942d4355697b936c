"""The HTML page that starts the browser: Streamlit's own index.html, in French and with our style sheet.

It is prepared once and served from memory for every page of the dashboard (they differ only once the script runs).
Each replacement looks for one element of the original; a test tells which one is gone after an upgrade.
"""

import base64
import hashlib
import html
import re
from pathlib import Path
from typing import Final

from streamlit import file_util

from dashboard.ui.server.addresses import ASSETS_PREFIX
from dashboard.ui.server.files import CHARTS_SCRIPT
from dashboard.ui.server.lists import import_map
from dashboard.ui.server.roots import ASSETS

LANGUAGE: Final = "fr-CA"
STYLES: Final = ("dashboard.css", "presentation.css", "print.css")
# Before Streamlit's module: the map stub, the chart locale and the base address must be there when it starts.
SCRIPTS: Final = (
    *("history.js", "plotly-fr-CA.js", "vocabulary.js", "dashboard.js", "arriving.js"),
    *("presentation.js", "picture.js", "print.js", "connection.js"),
)
FAVICON: Final = "favicon.svg"
LISTS: Final = "lists.js"

_NOSCRIPT: Final = (
    "<noscript><p>Ce tableau de bord a besoin de JavaScript. "
    "Activez-le dans les réglages de votre navigateur, puis rechargez la page.</p></noscript>"
)
# Seen for the second or so before the page takes over the root element, instead of a blank screen.
_WAITING: Final = '<div id="root"><p class="chargement" role="status">Chargement du tableau de bord…</p></div>'

_SCRIPT_TAG: Final = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)


def index_html() -> Path:
    """The page that Streamlit would serve."""
    return Path(file_util.get_static_dir()) / "index.html"


def scripts_folder() -> Path:
    """Where Streamlit's scripts are."""
    return Path(file_util.get_static_dir()) / "static" / "js"


def charts_scripts() -> list[Path]:
    """Streamlit's bundle of Plotly (one file, whose name changes with the version)."""
    return sorted(scripts_folder().glob(f"{CHARTS_SCRIPT}*.js"))


def asset_url(name: str) -> str:
    """Relative address of one of our assets; the hash in it lets the browser keep the file for a year."""
    digest = hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12]
    return f"./{ASSETS_PREFIX}{name}?v={digest}"


def _head(title: str) -> str:
    # Before any module is asked for, or the browser has already decided where it is.
    links = [import_map(scripts_folder(), asset_url(LISTS))]
    links += [f'<link rel="icon" type="image/svg+xml" href="{asset_url(FAVICON)}">']
    links += [f'<link rel="stylesheet" href="{asset_url(name)}">' for name in STYLES]
    links += [f'<script src="{asset_url(name)}" defer></script>' for name in SCRIPTS]
    # Asked for by the page once it knows that it has a chart, which is late: it is there, and compiled, by then.
    # Low: what the first words of the page need comes before.
    links += [
        f'<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{path.name}">'
        for path in charts_scripts()
    ]
    return f"<title>{html.escape(title)}</title>\n    " + "\n    ".join(links)


def replacements(title: str) -> dict[str, tuple[str, str]]:
    """Name -> (pattern, replacement) of each change made to the original page."""
    return {
        "langue": (r'<html lang="en">', f'<html lang="{LANGUAGE}">'),
        "titre": (r"<title>.*?</title>", _head(title)),
        "icône": (r'<link rel="shortcut icon"[^>]*>', ""),
        # The theme uses the fonts of the device: preloading Streamlit's would cost 100 kB for nothing.
        "police": (r'<link\s+rel="preload"[^>]*as="font"[^>]*>', ""),
        # An English machine interface that this dashboard leaves closed.
        "service": (r"<!--(?:(?!-->).)*?agent API(?:(?!-->).)*?-->\s*<link rel=\"service-desc\"[^>]*>", ""),
        "sans script": (r"<noscript>.*?</noscript>", _NOSCRIPT),
        "attente": (r'<div id="root"></div>', _WAITING),
    }


def french_page(original: str, title: str) -> str:
    """The original page in French; an element that cannot be found is left as it is rather than stop the server."""
    page = original
    for pattern, new in replacements(title).values():
        found = re.search(pattern, page, flags=re.DOTALL)
        if found:
            page = page[: found.start()] + new + page[found.end() :]
    return page


def with_words(page: str, words: str, contact: str) -> str:
    """The page with words to read while it starts (HTML of ours), which assets/dashboard.js takes away once the page
    itself says them, and whom to tell when it does not start, which assets/connection.js says."""
    if words:
        page = page.replace("</body>", f'<div id="apercu"><div class="stHtml">{words}</div></div></body>')
    if contact:
        page = page.replace("</head>", f'<meta name="joindre" content="{html.escape(contact)}"></head>')
    return page


def inline_script_hashes(page: str) -> list[str]:
    """CSP sources of the scripts written in the page itself (Streamlit has one; its text changes with the version)."""
    found = []
    for match in _SCRIPT_TAG.finditer(page):
        if "src=" in match["attributes"] or not match["body"].strip():
            continue
        digest = base64.b64encode(hashlib.sha256(match["body"].encode()).digest()).decode()
        found.append(f"'sha256-{digest}'")
    return found

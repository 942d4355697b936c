"""What an address means: base path, page slug, way back to the root. Pure functions, no server.

Every redirect and every asset link is *relative*: the same answer then works at the root of a host, under
``server.baseUrlPath`` and behind a proxy that strips a prefix we never hear of.
"""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any, Final
from urllib.parse import quote, unquote

from dashboard.wording import query

Scope = MutableMapping[str, Any]

SLUG_LIMIT: Final = 60
ASSETS_PREFIX: Final = "app/assets/"
GEO_PREFIX: Final = "app/geo/"
FIGURES_PREFIX: Final = "app/graphiques/"

# First segments that belong to the server or to our own files; a page can never have one of these slugs.
RESERVED_SEGMENTS: Final = frozenset({"_stcore", "static", "media", "component", "app", "auth", "oauth2callback"})

# Browsers and robots ask for these by themselves: sending them to the home page would only cost a page load.
_AUTOMATIC: Final = re.compile(r"^(favicon\.ico|robots\.txt|sitemap\.xml|\.well-known|apple-touch-icon.*)$")
_FILE_LIKE: Final = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_UNREADABLE: Final = "adresse illisible"
_NOT_SHOWABLE: Final = re.compile(r"[^\w\-./'’ –]")


def local_path(scope: Scope, base_url: str) -> str | None:
    """Path below the base of the dashboard, with its leading slash; None when the address lies outside it."""
    path: str = scope.get("path", "/") or "/"
    for prefix in (str(scope.get("root_path", "")).rstrip("/"), "/" + base_url.strip("/")):
        if prefix in {"", "/"}:
            continue
        if path == prefix:
            path = "/"
        elif path.startswith(prefix + "/"):
            path = path[len(prefix) :]
        elif prefix.strip("/") == base_url.strip("/"):
            return None
    return path


def way_to_root(scope: Scope, local: str) -> str:
    """Relative reference from the requested address to the root of the dashboard: « ./ », « ../ », « ../../ »…

    Slashes are counted in the raw path, because a browser resolves « %2F » as part of one segment.
    """
    raw = scope.get("raw_path")
    text = raw.decode("latin-1") if isinstance(raw, bytes) else quote(local)
    # What precedes the local part (base path, prefix of a mount) has the same number of slashes in both forms.
    before = str(scope.get("path", "/")).count("/") - local.count("/")
    depth = text.partition("?")[0].count("/") - before - 1
    return "../" * depth if depth > 0 else "./"


def clean_slug(text: str) -> str:
    """What may be repeated to the reader of an address that does not exist: short, one line, no markup.

    Whoever shows it must still escape it: the query string can be typed by hand.
    """
    for _ in range(2):  # « %253C » is a double encoding of « < »
        text = unquote(text, errors="replace")
    kept = _NOT_SHOWABLE.sub("", text).replace("_", "-")
    return re.sub(r"\s+", " ", kept).strip(" /.")[:SLUG_LIMIT].strip()


def redirect_target(scope: Scope, local: str) -> str:
    """Relative address of the home page, carrying the name of the page that was not found."""
    return f"{way_to_root(scope, local)}?{query.UNKNOWN_PAGE}={quote(clean_slug(local) or _UNREADABLE, safe='')}"


def is_page(local: str, slugs: set[str]) -> bool:
    """True for the root and for a known slug, with or without a final slash."""
    name = local.strip("/")
    return local == "/" or (name in slugs and local in {f"/{name}", f"/{name}/"})


def wants_page(local: str, headers: Mapping[str, str]) -> bool:
    """True when the caller would show an HTML page: a person following a link, not a robot asking for a file."""
    last = local.rstrip("/").rpartition("/")[2]
    if _AUTOMATIC.match(local.strip("/").partition("/")[0]) or _AUTOMATIC.match(last):
        return False
    accept = headers.get("accept", "*/*")
    return "text/html" in accept or ("*/*" in accept and not _FILE_LIKE.search(last))

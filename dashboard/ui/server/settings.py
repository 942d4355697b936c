"""What the server itself reads of config.yaml, before any session: little, for the first answer waits for it."""

from __future__ import annotations

import re

from dashboard.loading.yaml_files import read_unchecked
from dashboard.ui.server.roots import project_root
from dashboard.wording.addresses import EMBED, FIXED


def known_slugs() -> set[str]:
    """Addresses of the pages: fixed ones, and one for each region.

    Raises ValueError, KeyError or TypeError when config.yaml cannot be read.
    """
    config = read_unchecked(project_root() / "config.yaml")
    return {*FIXED, *(str(region["slug"]) for region in config["regions"])}


def embed_hosts(slug: str) -> tuple[str, ...]:
    """Hosts that may show this address in a frame: those of config.yaml for the views made for it, else none.

    What is not a host is left out: it would end up in a header. Nobody may when the settings cannot be read.
    """
    if slug != EMBED:
        return ()
    from dashboard.model.documents import HOST

    try:
        config = read_unchecked(project_root() / "config.yaml")
        return tuple(host for host in config.get("embed_hosts") or () if re.fullmatch(HOST, str(host)))
    except (ValueError, TypeError):
        return ()


def first_pages() -> tuple[str, ...]:
    """What the server draws for itself when it starts: the overview and one region, whose parts every page shares."""
    try:
        return ("", *sorted(known_slugs() - FIXED)[:1])
    except Exception:  # noqa: BLE001 (the pages say themselves what is wrong in config.yaml)
        return ("",)


def sign_in_wanted() -> bool:
    """Whether one must sign in. A file that cannot be read opens nothing more."""
    try:
        return read_unchecked(project_root() / "config.yaml").get("sign_in") is True
    except ValueError:
        return False

"""Addresses of the pages: fixed ones, and one for each region of config.yaml."""

from __future__ import annotations

from typing import Final

import yaml

from dashboard.ui.server.roots import project_root

TARGETS: Final = "cibles"
SOURCES: Final = "donnees-et-sources"
FIXED: Final = frozenset({TARGETS, SOURCES})


def known_slugs() -> set[str]:
    """Addresses that exist. Read by the server before any session, hence from config.yaml itself.

    Raises OSError, yaml.YAMLError, KeyError or TypeError when config.yaml cannot be read.
    """
    config = yaml.safe_load((project_root() / "config.yaml").read_text(encoding="utf-8"))
    return FIXED | {str(region["slug"]) for region in config["regions"]}

"""Tables of cases written in YAML, which a test reads at collection: quickly, where the library can."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parsed(text: str | bytes) -> Any:
    return yaml.load(text, LOADER)  # noqa: S506


def read(path: Path) -> Any:
    return parsed(path.read_text(encoding="utf-8"))

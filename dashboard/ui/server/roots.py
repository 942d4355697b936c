"""Where things lie on disk, whatever the current directory."""

import os
from pathlib import Path
from typing import Any, Final

from dashboard.loading.yaml_files import read_unchecked

CODE_ROOT: Final = Path(__file__).resolve().parents[3]
ASSETS: Final = CODE_ROOT / "dashboard" / "ui" / "assets"
ROOT_VARIABLE: Final = "DASHBOARD_ROOT"


def project_root() -> Path:
    """Folder of data/, geo/ and config.yaml: DASHBOARD_ROOT, or else the folder of app.py.

    Read at each call, so that a test can serve a copy of the project with the same code.
    """
    named = os.environ.get(ROOT_VARIABLE, "").strip()
    return Path(named).expanduser().resolve() if named else CODE_ROOT


def own_text(file: str) -> dict[str, Any]:
    """The words of a page that the dashboard says of itself, from a file of assets/ that is not served."""
    return read_unchecked(ASSETS / file)


def geo_folder() -> Path:
    """Folder of the boundaries that the maps fetch."""
    return project_root() / "geo"

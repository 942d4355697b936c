"""Where things lie on disk, whatever the current directory."""

import os
from pathlib import Path
from typing import Final

CODE_ROOT: Final = Path(__file__).resolve().parents[3]
ASSETS: Final = CODE_ROOT / "dashboard" / "ui" / "assets"
ROOT_VARIABLE: Final = "DASHBOARD_ROOT"


def project_root() -> Path:
    """Folder of data/, geo/ and config.yaml: DASHBOARD_ROOT, or else the folder of app.py.

    Read at each call, so that a test can serve a copy of the project with the same code.
    """
    named = os.environ.get(ROOT_VARIABLE, "").strip()
    return Path(named).expanduser().resolve() if named else CODE_ROOT


def geo_folder() -> Path:
    """Folder of the boundaries that the maps fetch."""
    return project_root() / "geo"

"""One limit for a file: what the settings of the server say is what the pages and the proxy hold to."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]["maxUploadSize"]


def test_the_proxy_lets_the_limit_and_its_envelope_through() -> None:
    conf = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert re.findall(r"client_max_body_size (\w+);", conf) == [f"{LIMIT + 1}m"]


def test_no_page_has_a_limit_of_its_own() -> None:
    written = [*(ROOT / "dashboard" / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    assert [path.name for path in written if "max_upload_size" in path.read_text("utf-8")] == []

"""What of Streamlit's own is relied upon, and what an upgrade broke: each test names what is gone."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import streamlit as st

from dashboard.ui.server import streamlit_internals as internals
from tests.conftest import ROOT

UI = ROOT / "dashboard" / "ui"
INTERNALS = Path(internals.__file__)


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Module and name of each import of a file, where one may be private; no name for a module as a whole."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if re.search(r"streamlit\.|uvicorn|from streamlit import", text) else ():
        if isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.module or "", alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def private(module: str, name: str) -> bool:
    return module.startswith(("streamlit.", "uvicorn")) or (module == "streamlit" and bool(name))


def gone(missing: list[str]) -> str:
    return f"Streamlit {st.__version__} n’a plus : {', '.join(missing)}"


def test_private_modules_are_imported_in_one_place() -> None:
    files = [ROOT / "app.py", *(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    found = {path for path in files if any(private(*one) for one in imports(path))}
    assert found == {INTERNALS}


def test_what_is_taken_from_private_modules_is_there() -> None:
    taken = [one for one in imports(INTERNALS) if private(*one)]
    assert len(taken) >= 5
    missing = []
    for module, name in taken:
        try:
            if not hasattr(importlib.import_module(module), name):
                importlib.import_module(f"{module}.{name}")
        except ImportError:
            missing.append(f"{module}.{name}")
    assert missing == [], gone(missing)


STARTED = """
import asyncio, sys, threading
from streamlit.delta_generator_singletons import context_dg_stack
from dashboard.ui.server.application import app_options

async def start():
    async with app_options("essai")["lifespan"](None):
        made = context_dg_stack._context_var
        assert made is not None
        visitors = [threading.Thread(target=context_dg_stack.get) for _ in range(8)]
        [visitor.start() for visitor in visitors], [visitor.join() for visitor in visitors]
        assert context_dg_stack._context_var is made

asyncio.run(start())
"""


def test_the_variable_of_the_open_containers_is_made_before_anybody_comes(tmp_path: Path) -> None:
    """Streamlit makes it at its first use, without a lock: of two first visitors at once, one saw its page stop."""
    kept = {**os.environ, "DASHBOARD_STORE": f"sqlite:///{tmp_path / 'equipe.sqlite'}"}
    subprocess.run([sys.executable, "-c", STARTED], cwd=ROOT, check=True, env=kept)


ASSETS = ROOT / "dashboard" / "ui" / "assets"
# Test ids and classes, then attributes, as Streamlit writes them in the page.
NAMES = re.compile(r"\bst[A-Z]\w+|\bdata-(?:test-[a-z-]+|retained|collapsed)\b")


def named(text: str) -> set[str]:
    return set(NAMES.findall(re.sub(r"/\*.*?\*/|^\s*//[^\n]*$", "", text, flags=re.DOTALL | re.MULTILINE)))


def test_one_style_sheet_and_one_script_name_what_streamlit_draws() -> None:
    files = [*ASSETS.glob("*.js"), *ASSETS.glob("*.css"), *(ROOT / "pages").rglob("*.py"), *UI.rglob("*.py")]
    found = {path.name for path in files if path != INTERNALS and named(path.read_text(encoding="utf-8"))}
    assert found == {"dashboard.css", "streamlit.js"}


def test_what_is_named_of_the_page_of_streamlit_is_there() -> None:
    scripts = internals.static_folder() / "static" / "js"
    drawn = set().union(*(NAMES.findall(path.read_text(encoding="utf-8")) for path in scripts.glob("*.js")))
    for name in ("dashboard.css", "streamlit.js"):
        names = named((ASSETS / name).read_text(encoding="utf-8"))
        assert len(names) > 10
        assert names <= drawn, gone(sorted(names - drawn))

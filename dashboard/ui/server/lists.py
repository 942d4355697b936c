"""Puts assets/lists.js in the place of Streamlit's rule for what a list offers when one types in it.

Streamlit's rule is a function of one of its modules, for which it has no setting that folds accents. An import map, a
means of the browsers themselves, gives the widgets our module instead, which passes on everything else of the original.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

# The names are those of the protocol, which the making of Streamlit's files leaves as they are.
_RULE: Final = re.compile(
    r"function (\w+)\((\w+),(\w+),\w+\)\{if\(!\3\|\|\w+===\w+\.SelectWidgetFilterMode\.FILTER_MODE_NONE\)return \2;"
)
# The name under which assets/lists.js knows the original, and the one under which it gives its own rule.
ALIAS: Final = "listes-de-streamlit"
_EXPORT: Final = "n"


def holder(scripts: Path) -> str | None:
    """Name of Streamlit's file that holds the rule, or None when the rule is not what assets/lists.js replaces."""
    for path in sorted(scripts.glob("use*.js")):
        text = path.read_text(encoding="utf-8")
        rule = _RULE.search(text)
        if rule and re.search(rf"\b{re.escape(rule[1])} as {_EXPORT}\b", text[text.rfind("export{") :]):
            return path.name
    return None


def import_map(scripts: Path, ours: str) -> str:
    """The element of the page that does it; nothing, hence Streamlit's own rule, when the rule is not found.

    scripts: Streamlit's folder. ours: address of our module, relative to the root as Streamlit's are.
    """
    name = holder(scripts)
    if name is None:
        return ""
    address = f"./static/js/{name}"
    # For Streamlit's modules only: ours must have the original.
    content = {"imports": {ALIAS: address}, "scopes": {"./static/js/": {address: ours}}}
    return f'<script type="importmap">{json.dumps(content, separators=(",", ":"))}</script>'

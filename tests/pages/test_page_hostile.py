"""Hostile names in the data, the address and the uploads: every page shows them, none obeys them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.markup import literal
from tests.conftest import copied
from tests.hostile_names import MARKDOWN, MARKUP, poison
from tests.pages.conftest import Markup, _nodes, chart_texts, given, open_page, see

PAGES = (
    *("", "bas-saint-laurent", "indicateurs", "comparer", "simulateur"),
    *("plan-d-action", "ententes", "cibles", "suivi"),
)
# What Streamlit reads as Markdown, with the field of the message that holds it.
LABELS = {"button": "label", "page_link": "label", "expander": "label", "text_input": "label", "link_button": "label"}


def labels(at: AppTest) -> list[str]:
    """The texts of a page that Streamlit reads as Markdown."""
    found = []
    for node in _nodes(at._tree):
        proto: Any = getattr(node, "proto", None)
        kind = getattr(node, "type", "")
        if kind in LABELS:
            found.append(str(getattr(proto, LABELS[kind], "") or getattr(node, "label", "")))
        elif kind in ("markdown", "alert", "caption"):
            found.append(proto.body)
        elif hasattr(proto, "options") and hasattr(proto, "click_mode"):
            found += [option.content for option in proto.options]
    return found


def test_hostile_names_are_shown_and_not_obeyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    poison(copied(tmp_path))
    monkeypatch.setenv("DASHBOARD_ROOT", str(tmp_path))
    for slug in PAGES:
        params = {"comparer": {"avec": "2412,2410,01"}, "bas-saint-laurent": {"mrc": "2412"}}.get(slug, {})
        at = open_page(slug, params)
        seen = see(at)
        assert MARKUP in seen.text or MARKDOWN in seen.text, slug
        tags = Markup(given(seen.markup)).tags
        assert not {"script", "img", "style", "iframe"} & {tag for tag, _ in tags}
        assert not any(name.startswith("on") for _, attributes in tags for name in attributes)
        links = [attributes.get("href") or "" for tag, attributes in tags if tag == "a"]
        assert not [link for link in links if link.startswith("javascript:") or "exemple.net" in link]
        for text in (text for spec in seen.charts.values() for text in chart_texts(spec)):
            assert {tag for tag, _ in Markup(text).tags} <= {"b", "br", "i", "span", "extra"}
        for label in labels(at):
            assert not re.search(r"(?<!\\)\]\(|(?<!\\)\$\\|(?<!\\):red\[", label), label


def test_label_reads_as_it_is_written() -> None:
    """Each sign is escaped as Markdown wants it, and nothing else is touched."""
    assert (
        literal("Québec (agglomération) : 12,5 %, L’Île-d’Orléans")
        == "Québec (agglomération) : 12,5 %, L’Île-d’Orléans"
    )
    assert literal("[a](b) $x$ :red[y] *g* `c` <b>") == r"\[a\](b) \$x\$ \:red\[y\] \*g\* \`c\` \<b\>"
    assert re.sub(r"\\(.)", r"\1", literal(MARKDOWN.replace("\\", ""))) == MARKDOWN.replace("\\", "")

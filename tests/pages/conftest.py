"""Pages run by Streamlit's own test harness, and read as a person would: titles, texts, tables, charts, choices."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache as once
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from cachetools import LRUCache
from google.protobuf.message import Message
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.ui import cache, printing
from dashboard.ui.server.figures import kept
from dashboard.ui.server.pages import BROWSER

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "dashboard" / "ui" / "main.py"
NBSP = "\u00a0"
LOOSE = f"{NBSP}(p)"

# Each session of the harness looks for components in all the libraries installed: longer than a page takes to run.
manifest_scanner.scan_component_manifests = once(manifest_scanner.scan_component_manifests)

# Fields of Streamlit's messages that a person reads.
_READ_FIELDS = frozenset(
    {"body", "label", "placeholder", "help", "alt", "options", "content", "caption", "value", "text", "title"}
)
_INLINE = frozenset({"a", "abbr", "b", "em", "i", "q", "small", "span", "strong", "sub", "sup", "u", "button"})
_READ_ATTRIBUTES = ("aria-label", "title", "alt", "placeholder", "data-titre", "data-sous-titre", "data-source")


def given(markup: str) -> str:
    """The markup without the one style that a page holds of its own: the size of a map or of tiles, by their key."""
    return re.sub(r"<style>\.st-key-[\w-]+ \{[^<]*</style>", "", markup)


class Markup(HTMLParser):
    """Texts of an HTML fragment, one by block, and its tables as rows of cells."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = [""]
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: list[list[list[str]]] = []
        self._cell = False
        self._silent = 0
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append((tag, known))
        self._silent += tag in ("style", "script")
        self.texts += [known[name] or "" for name in _READ_ATTRIBUTES if name in known]
        if tag not in _INLINE:
            self.texts.append("")
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.tables[-1][-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "script")
        if tag in ("td", "th"):
            self._cell = False
        if tag not in _INLINE:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self.texts[-1] += data
        if self._cell:
            self.tables[-1][-1][-1] += data


def _strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, Mapping):
        for value in tree.values():
            yield from _strings(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _strings(value)


def chart_texts(spec: dict[str, Any]) -> Iterator[str]:
    """What a chart writes: labels, hovers, notes, names on the axes."""
    for trace in spec.get("data", []):
        for name in ("text", "hovertext", "x", "y", "name", "labels", "hovertemplate", "texttemplate"):
            yield from _strings(trace.get(name))
    layout = spec.get("layout", {})
    for note in layout.get("annotations", []):
        yield from _strings(note.get("text"))
    for name, part in layout.items():
        if isinstance(part, dict) and re.fullmatch(r"[xy]axis\d*|title|coloraxis", name):
            yield from _strings({key: part.get(key) for key in ("title", "ticktext", "text")})


def drawn(proto: Any) -> tuple[dict[str, Any], str]:
    """Figure of a chart, read at its address, and its text alternative."""
    data = json.loads(proto.json)
    figure = data["figure"]
    if isinstance(figure, str):
        content = kept(figure.rpartition("/")[2])
        assert content is not None
        figure = json.loads(content)
    return figure, data["alt"]


def _read(message: Message) -> Iterator[str]:
    for descriptor, value in message.ListFields():
        values = value if isinstance(value, list | tuple) or hasattr(value, "append") else [value]
        for one in values:
            if isinstance(one, Message):
                yield from _read(one)
            elif isinstance(one, str) and descriptor.name in _READ_FIELDS:
                yield one


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    children = getattr(node, "children", None) or {}
    for child in children.values():
        yield from _nodes(child)


@dataclass(frozen=True)
class Seen:
    """A page as it was after one run."""

    markup: str
    charts: dict[str, dict[str, Any]]
    texts: tuple[str, ...]
    # Of the menu, by address.
    pages: dict[str, str]
    address: dict[str, Any]
    # Text alternative of each chart.
    alternatives: dict[str, str]

    @cached_property
    def _parsed(self) -> Markup:
        return Markup(self.markup)

    @cached_property
    def text(self) -> str:
        return "\n".join(text for text in self.texts if text.strip())

    @cached_property
    def plain(self) -> str:
        """The same with ordinary spaces."""
        return self.text.replace(NBSP, " ")

    @property
    def tables(self) -> list[list[list[str]]]:
        """Rows of each table, without the mark « (p) » of what is provisional (`loose_rows` has those)."""
        return [[[cell.removesuffix(LOOSE) for cell in row] for row in table] for table in self._parsed.tables]

    @property
    def loose_rows(self) -> list[str]:
        """Heads of the rows that are marked as provisional."""
        heads = (row[0] for table in self._parsed.tables for row in table if row)
        return [head.removesuffix(LOOSE) for head in heads if head.endswith(LOOSE)]

    def headings(self, level: int) -> list[str]:
        found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", self.markup)
        return [Markup(title).texts[0].strip() for title in found]

    def notices(self) -> list[str]:
        """Notices and error boxes at the top level of the page, in words."""
        found = re.findall(r'<div class="avis(?:-erreur)?"[^>]*>(.*?)</div>', self.markup, re.S)
        return [" ".join(" ".join(Markup(part).texts).split()) for part in found]

    def said(self) -> str:
        """All that the page has to say, with ordinary spaces."""
        return " ".join(self.notices()).replace(NBSP, " ")

    def ids(self) -> list[str]:
        """The places that an address may name."""
        return [known["id"] or "" for _, known in self._parsed.tags if "id" in known]

    def table_with(self, *cells: str) -> list[list[str]]:
        """The table that has a row with all these cells."""
        return next(table for table in self.tables if any(set(cells) <= set(row) for row in table))

    def row(self, head: str, *among: str) -> list[str]:
        """Cells of the row with this head, in a table that has all the other heads too."""
        tables = ({row[0]: row[1:] for row in table if row} for table in self.tables)
        return next(heads[head] for heads in tables if {head, *among} <= set(heads))


def buttons(at: AppTest) -> list[str]:
    """The keys of the buttons « Données » of a page, and of whatever else is drawn once opened."""
    ids = [node.proto.popover.id for node in _nodes(at._tree) if getattr(node, "type", "") == "popover"]
    return [id_.split("-", 2)[2] for id_ in ids if id_]


def see(at: AppTest) -> Seen:
    """What the page says after its last run, which ended."""
    assert [f"{one.message}\n{''.join(one.stack_trace)}" for one in at.exception] == []
    markup, texts, charts, alternatives = [], [], {}, {}
    for node in _nodes(at._tree):
        proto = getattr(node, "proto", None)
        if proto is None or not isinstance(proto, Message):
            continue
        kind = getattr(node, "type", "")
        if kind == "bidi_component":
            spec, alt = drawn(proto)
            name = getattr(node, "key", None) or str(len(charts))
            charts[name], alternatives[name] = spec, alt
            # Labels and hovers hold the few tags that Plotly reads.
            texts += [part for text in chart_texts(spec) for part in Markup(text).texts]
            texts.append(alt)
        elif kind in ("html", "markdown"):
            markup.append(proto.body)
            texts += Markup(proto.body).texts
        elif getattr(node, "key", None) == "champ_question":
            texts.append(proto.label)  # what it suggests is on no page until it is opened
        else:
            texts += _read(proto)
    pages = {p["url_pathname"]: p["page_name"] for p in at._registered_pages.values() if "url_pathname" in p}
    return Seen("".join(markup), charts, tuple(texts), pages, dict(at.query_params), alternatives)


Visit = Callable[..., Seen]


def open_page(
    slug: str = "", params: Mapping[str, Any] | None = None, opened: Sequence[str] = (), *, printed: bool = False
) -> AppTest:
    """One session that asks for a page; no exception is raised here. opened: the keys of its buttons « Données » that
    are open; printed: whole, as paper has it."""
    at = AppTest.from_file(str(MAIN), default_timeout=60)
    for name, value in (params or {}).items():
        at.query_params[name] = value
    for key in opened:
        at.session_state[key] = True
    if printed:
        at.session_state[printing.ASKED] = slug
    return goes_to(at, slug) if slug else at.run()


def open_whole(slug: str = "", params: Mapping[str, str] | None = None, *, printed: bool = False) -> AppTest:
    """The same with all its buttons « Données » open, as no one sees them at once; paper has none."""
    at = open_page(slug, params, printed=printed)
    closed = buttons(at)
    return open_page(slug, params, closed) if closed else at


def goes_to(at: AppTest, slug: str) -> AppTest:
    """The same session on another page."""
    # `switch_page` only knows pages that are files; ours are functions.
    at._page_hash = calc_hash(slug)
    return at.run()


def asked_of_menu(at: AppTest, entry: str) -> AppTest:
    """The session once an entry of « Présenter » is chosen."""
    return at.menu_button(key="presenter_menu").click(entry).run()


def press(at: AppTest, key: str) -> AppTest:
    return next(button for button in at.button if button.key == key).click().run()


def visits(root: Path) -> Visit:
    """Pages of the data of a folder, each in a session of its own; each address is run once."""
    seen: dict[tuple[str, bool, tuple[tuple[str, str], ...]], Seen] = {}

    def go(slug: str = "", *, printed: bool = False, **params: str) -> Seen:
        key = (slug, printed, tuple(sorted(params.items())))
        if key not in seen:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("DASHBOARD_ROOT", str(root))
                seen[key] = see(open_whole(slug, params, printed=printed))
        return seen[key]

    return go


@pytest.fixture(scope="session")
def visit() -> Visit:
    """A page of the project's own data."""
    return visits(ROOT)


@pytest.fixture
def own_root(copy_of_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the dashboard, whose files may change."""
    monkeypatch.setenv("DASHBOARD_ROOT", str(copy_of_data))
    return copy_of_data


@pytest.fixture(autouse=True)
def comes_from(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Every session opened from now on is in the browser of that secret; at first, in one that keeps no cookie."""

    def go(secret: str) -> None:
        monkeypatch.setattr(type(st.context), "cookies", {BROWSER: secret} if secret else {})

    go("")
    return go


# The data of the project, and the copies that a test reads.
READ: LRUCache[Path, Any] = LRUCache(9)


@pytest.fixture(autouse=True)
def _files_looked_at_each_time(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A page of these tests runs sooner after a change of file than anyone could click. The copy of a test is forgotten
    with it; the data of the others stay read."""
    monkeypatch.setattr(cache, "PAUSE", 0.0)
    monkeypatch.setattr(cache, "_folders", READ)
    own = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    for root in [root for root in cache._folders if own and root.is_relative_to(own)]:
        del cache._folders[root]

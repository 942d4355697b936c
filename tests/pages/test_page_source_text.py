"""Where a figure comes from opens the text of the document at the line, marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.contract.door import load_dataset
from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.ui import origin
from dashboard.wording.addresses import SOURCES
from tests.broken_files import Files
from tests.pages.conftest import Seen, open_page
from tests.unkept import forget_texts


@pytest.fixture(scope="module")
def ds(root: Path) -> Dataset:
    return load_dataset(root)


def links(markup: str) -> list[dict[str, str]]:
    found = [urlsplit(unescape(href)) for href in re.findall(r'<a href="([^"]+)" target="_blank"', markup)]
    assert {link.path for link in found} <= {SOURCES}
    return [dict(parse_qsl(link.query)) for link in found]


@pytest.fixture
def opened(see: Callable[[AppTest], Seen]) -> Callable[[dict[str, str]], Seen]:
    return lambda params: see(open_page(SOURCES, params))


@pytest.mark.parametrize(
    ("territory", "marked"),
    [
        ("2410", ["Rimouski-Neigette 477 62,0"]),
        ("2420", ["L'Île-d'Orléans 6 0,0"]),
        ("12", ["Total des cinq dernières années 1 118 100,0 246 301 100,0"]),
    ],
)
def test_the_origin_opens_the_text_at_the_line(
    ds: Dataset, opened: Callable[[dict[str, str]], Seen], territory: str, marked: list[str]
) -> None:
    (params,) = links(origin.of_quantities(ds, [adm.admissions(ds, territory, "2015-2019")]))
    seen = opened(params)
    assert re.findall(r"<mark>(.*?)</mark>", seen.markup) == [text.replace("'", "&#x27;") for text in marked]
    assert f'id="{params["lieu"]}"' in seen.markup


def test_a_row_cut_over_several_lines_is_marked_whole(ds: Dataset, opened: Callable[[dict[str, str]], Seen]) -> None:
    row = next(r for r in ds.observations.values() if r.key[:3] == ("03", "temporary_permits", "ptet"))
    first, last = ds.places[row.file, row.line]
    seen = opened({"section": row.source, "lignes": f"{first}-{last}"})
    assert re.findall(r"<mark>(.*?)</mark>", seen.markup) == ["Permis de travail du PTET", "2", "2 325 15 480"]


@pytest.mark.parametrize(
    "params",
    [
        {"section": "annexe-9", "lignes": "1"},
        {"section": "<script>alert(1)</script>", "lignes": "1"},
        {"section": "annexe-2-01", "lignes": "<b>2117</b>"},
        {"lignes": "2117"},
    ],
)
def test_an_address_that_names_nothing_marks_nothing(
    opened: Callable[[dict[str, str]], Seen], params: dict[str, str]
) -> None:
    seen = opened(params)
    assert "<mark>" not in seen.markup
    assert "<script>" not in seen.markup
    assert "<b>2117" not in seen.markup


def test_a_source_without_text_has_no_link(files: Files) -> None:
    forget_texts(files.root)
    bare = load_dataset(files.root)
    assert links(origin.of_quantities(bare, [adm.admissions(bare, "2410", "2015-2019")])) == []

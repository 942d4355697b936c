"""What holds for every page of the menu: it renders, it is French, it names its source, its charts say something."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
import yaml

from dashboard.deck.choices import PARTS
from tests.conftest import ROOT
from tests.french_text import english_numbers, english_words, forbidden
from tests.pages.conftest import NBSP, Markup, Seen, Visit
from tests.transcription import REGIONS, SLUGS

SOURCES = "donnees-et-sources"
FIXED = ("", "cibles", SOURCES)
# Names of objectives and targets, which are no decimal numbers: « 2.1 », « 5.1-a ».
TARGET_NAMES = re.compile(
    r"(?<![\d,])[2-5]\.1(?:-[ab])?(?=\.? [A-ZÀ-Þ])"
    r"|(?m:^[2-5]\.1(?:-[ab])?$)"
    r"|(?i:\b(?:cible|référence|indicateur|objectif|résultat de)) [2-5]\.1(?:-[ab])?(?=[.,:;\s])"
)


@pytest.fixture(scope="session")
def pages(visit: Visit) -> dict[str, Seen]:
    """Every page of the menu, by address, and each part of those that have several."""
    parts = {f"{slug}?{part}": visit(slug, theme=part) for slug, own in PARTS.items() for part in own}
    return {slug: visit(slug) for slug in visit().pages} | parts


def test_the_menu_has_the_pages_of_the_project(visit: Visit) -> None:
    menu = visit().pages
    assert set(FIXED) | set(SLUGS.values()) <= set(menu)
    assert menu[""] == "Vue d’ensemble"
    # The regions stand in the order of config.yaml.
    assert {slug: name for slug, name in menu.items() if slug in SLUGS.values()} == {
        SLUGS[code]: name for code, name in REGIONS.items()
    }
    assert [slug for slug in menu if slug in SLUGS.values()] == list(SLUGS.values())


def test_every_page_has_one_title_and_ordered_headings_and_writes_nothing_that_is_usual(pages: dict[str, Seen]) -> None:
    for slug, seen in pages.items():
        assert len(seen.headings(1)) == 1, slug
        levels = [int(level) for level in re.findall(r"<h([1-6])[\s>]", seen.markup)]
        # No level is skipped going down.
        assert levels[0] == 1 and all(deeper <= level + 1 for level, deeper in pairwise(levels)), slug
        assert "?" in slug or seen.address == {}, slug


def test_every_page_ends_with_its_source_and_the_disclaimer(pages: dict[str, Seen]) -> None:
    said = ("Plan d’action régional 2021-2022", "Statistique Canada", "provisoires : 2019")
    for slug, seen in pages.items():
        text = " ".join(Markup(seen.markup.rpartition("<footer")[2]).texts).replace(NBSP, " ")
        assert all(part in text for part in said), slug
        assert "n’est pas un site officiel du gouvernement du Québec" in text, slug


FAULTS: dict[str, Callable[[str], Iterable[object]]] = {
    "an English word": english_words,
    "a number in English format": lambda text: english_numbers(TARGET_NAMES.sub("", text)),
    "what the house style forbids": forbidden,
    "a word of the machine": re.compile(
        r"\b(?:None|nan|NaN|null|inf|undefined|not_available|provisional|DRCNEQ_\w*|Quantity)\b"
    ).findall,
    "a space before a question mark": re.compile(rf".{{0,30}}[ {NBSP}\u202f][?!]").findall,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_page_shows(pages: dict[str, Seen], fault: str) -> None:
    assert {slug: found for slug, seen in pages.items() if (found := FAULTS[fault](seen.text))} == {}


def test_what_the_house_style_forbids_is_found() -> None:
    texts = (
        "Permis temporaires valides, 2019-12-31",
        "la population du Québec dans l’univers du recensement",
        "3,9 au Québec; un stock divisé par un flux",
        "De 194 (données provisoires) à 135 (donnée provisoire).",
        "8,4 (Recensement de 2016) (donnée provisoire)",
        "Ententes du programme Soutien à la mission, non mentionné",
        "8\u00a0entente avec des MRC",
        "1\u00a0ententes du PASI",
        "Admissions pour 1\u00a0000 habitants (pour 1\u00a0000 habitants)",
        "1er rang de 8 dans sa région",
        "Hachurés\u00a0: moins de 20 admissions",
        "Connaissant le français\u00a0: 82,4\u00a0%",
        "31 MRC et territoires équivalents",
        "C’est un stock, et non un flux.",
    )
    assert [text for text in texts if len(forbidden(text)) != 1] == []
    assert not forbidden(
        "De 2015-2019 à 2019, 8\u00a0ententes avec des MRC non mentionnées au 31\u00a0décembre\u00a02019."
    )


def test_the_markup_of_every_page_is_balanced_and_no_two_parts_share_an_anchor(pages: dict[str, Seen]) -> None:
    for slug, seen in pages.items():
        opened = Counter(re.findall(r"<(\w+)[\s>]", seen.markup))
        for void in ("br", "hr", "img", "input"):
            opened.pop(void, None)
        assert opened == Counter(re.findall(r"</(\w+)>", seen.markup)), slug
        ids = re.findall(r'\sid="([^"]+)"', seen.markup)
        assert len(ids) == len(set(ids)), (slug, Counter(ids).most_common(3))


def test_charts_are_french_light_read_aloud_and_ask_nothing_of_the_internet(pages: dict[str, Seen]) -> None:
    for slug, seen in pages.items():
        assert set(seen.alternatives) == set(seen.charts), slug
        for name, spec in seen.charts.items():
            place, text, said = f"{slug}/{name}", json.dumps(spec), seen.alternatives[name]
            assert spec["layout"]["separators"] == f",{NBSP}", place
            assert not re.search(r"http|mapbox|openstreetmap", text), place
            assert len(text) < 25_000, place
            assert len(json.dumps(spec["layout"].get("template", {}))) < 150, place
            # A sentence with a figure in it.
            assert said.endswith(".") and re.search(r"\d", said), f"{place}: {said}"
            for trace in spec["data"]:
                hover = trace.get("hovertemplate", "")
                silent = trace.get("hoverinfo") == "skip"
                assert silent or re.fullmatch(r"%\{(?:hovertext|text)\}<extra></extra>", hover), place


def test_a_remark_on_the_document_stands_with_the_sources_alone(pages: dict[str, Seen]) -> None:
    known = yaml.safe_load((ROOT / "data" / "anomalies.yaml").read_text(encoding="utf-8"))["anomalies"]
    remarks = [anomaly["title"] for anomaly in known if anomaly["kind"] == "remark"]
    assert len(remarks) > 8
    for slug, seen in pages.items():
        text = seen.text.replace(NBSP, " ")
        shown = {title for title in remarks if title in text}
        assert shown == (set(remarks) if slug == f"{SOURCES}?particularites" else set()), slug


def test_no_block_says_a_status_twice(pages: dict[str, Seen]) -> None:
    """Each origin quotes its lines; the notes of the source are its own words."""
    for slug, seen in pages.items():
        if slug.startswith(SOURCES):
            continue
        own = re.sub(r'<div class="origine">.*?</div>|<ul class="(?:notes|anomalies)">.*?</ul>', "", seen.markup)
        blocks = re.findall(r"<(p|h[1-6])\b[^>]*>(.*?)</\1>", own, re.S)
        blocks += re.findall(r'<ul class="(ressort)">(.*?)</ul>', own, re.S)
        for _, block in blocks:
            text = re.sub(r"<[^>]+>", " ", block)
            assert len(re.findall(r"provisoire|préliminaire", text, re.IGNORECASE)) < 2, (slug, text)


def test_source_lines_alone_say_what_is_provisional(pages: dict[str, Seen]) -> None:
    """Beside them, « (p) » and the hatching mark it where it bears, with their key."""
    apart = (
        r'<p class="source">.*?</p>|<div class="origine">.*?</div>|<ul class="(?:notes|anomalies)">.*?</ul>'
        r'|<abbr.*?</abbr>|<table.*?</table>|<footer.*?</footer>|\sdata-source="[^"]*"'
    )
    for slug in ("", *SLUGS.values()):
        said = [text for text in Markup(re.sub(apart, "", pages[slug].markup, flags=re.S)).texts if "rovisoire" in text]
        assert [text for text in said if "(p)" not in text and "hachurée" not in text] == [], slug
        assert "CSV" in pages[slug].texts

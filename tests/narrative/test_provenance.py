"""« D’où vient ce chiffre ? »: every figure of the overview, the regions and the sheets, traced to the source.

Three walks: each quantity recomputes from its formula as a French reader would; each quoted line is in the text of the
source; and each number written on a page stands in what opens under it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dashboard.deck.choices import THEMES
from dashboard.indicators import admissions as adm
from dashboard.indicators import views
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative import key_figures
from dashboard.narrative.provenance import Provenance, formula, source_line, trace
from tests.calculator import NUMBER, check_formula, shown_number
from tests.french_text import english_numbers, english_words
from tests.pages.conftest import Markup, chart_texts, drawn, open_whole
from tests.transcription import IMMIGRANTS, MRC_COUNT, MRC_REGION, NBSP, REGIONS, SLUGS, fr

SOURCES = Path(__file__).resolve().parents[2] / "data" / "source"


def _figures(figures: list[key_figures.KeyFigure]) -> Iterator[Quantity]:
    for figure in figures:
        yield figure.quantity
        yield from figure.others


def behind(ds: Dataset) -> dict[str, list[Quantity]]:
    """Every quantity behind the overview, the pages of the regions and the sheets of the MRC, by page."""

    def cells(*tables: Table) -> list[Quantity]:
        return [quantity for table in tables for quantity in table.quantities()]

    found = {
        "overview": [
            *_figures(key_figures.direction(ds)),
            *cells(views.summary(ds), views.standouts(ds), views.trends(ds), views.by_mrc(ds, ds.mrc_codes())),
        ]
    }
    for code in REGIONS:
        found[code] = [
            *_figures(key_figures.region(ds, code)),
            *cells(
                views.trend(ds, code),
                views.by_mrc(ds, ds.mrc_codes(code), region=code),
                *(views.composition(ds, code, kind) for kind in views.COMPOSITIONS),
                views.permits(ds, code),
                views.agreements(ds, code),
            ),
        ]
    for code in MRC_COUNT:
        measures = [adm.mrc_measure(ds, code, measure) for measure in adm.MEASURES]
        found[code] = [*_figures(key_figures.mrc(ds, code)), *cells(views.mrc_beside(ds, code)), *measures]
    return found


def check_observed(quantity: Quantity, origin: Provenance) -> None:
    """An observed figure is the one of its line."""
    (line,) = origin.lines
    assert origin.formula == ""
    assert line.observation.value == quantity.value
    assert line.value == origin.shown == fr(int(quantity.value or 0))
    assert line.observation.key.territory == quantity.territory
    assert line.observation.key.period == quantity.period
    assert line.quote


def check_computed(quantity: Quantity, origin: Provenance) -> None:
    """A computed figure recomputes from its formula, whose numbers are those of the quoted lines, or sums of them."""
    done = check_formula(origin.formula)
    left, _, right = origin.formula.partition(" = ")
    assert shown_number(origin.shown) == shown_number(right), origin.formula
    values = {line.observation.value for line in origin.lines}
    sums = {operand.value for operand in quantity.operands if operand.operands}
    # Or the factor of a percentage or of a rate.
    factors = {100} if "100" in left else {1000} if quantity.unit.startswith("pour") else set()
    inner = {part.value for operand in quantity.operands for part in operand.operands}
    assert {int(n) for n in done.numbers} <= values | sums | factors | inner, origin.formula
    assert {line.observation for line in origin.lines} == set(quantity.inputs)


def test_every_figure_has_its_origin(ds: Dataset) -> None:
    seen: Counter[tuple[str, bool]] = Counter()
    for page, own in behind(ds).items():
        for quantity in own:
            origin = trace(ds, quantity)
            assert origin.lines, (page, quantity.label)
            assert origin.label.startswith(quantity.label)
            for text in (origin.label, origin.formula, origin.shown):
                assert english_words(text) == english_numbers(text) == [], (page, text)
            for line in origin.lines:
                assert line.section and line.base, page
                assert line.status in {"définitive", "provisoire", "estimée", "non disponible"}
            if quantity.value is not None:
                (check_observed if quantity.observed else check_computed)(quantity, origin)
                seen[page, quantity.observed] += 1
    assert len(seen) == 2 * len(["overview", *REGIONS, *MRC_COUNT])
    for code in ("overview", *REGIONS):
        assert seen[code, True] + seen[code, False] > 100


def test_a_missing_figure_says_what_the_source_prints_instead(ds: Dataset) -> None:
    """The one figure that the source does not give: its line quotes what the source does say."""
    origin = trace(ds, views.agreements(ds, "11").cell("mission_support", "11"))
    (line,) = origin.lines
    assert (origin.shown, line.value, origin.formula) == (f"n.{NBSP}d.", f"n.{NBSP}d.", "")
    assert line.status == "non disponible"
    assert "Bas-Saint-Laurent, trois dans la Capitale-Nationale et deux" in line.quote


def test_formulas_that_a_director_reads(ds: Dataset) -> None:
    assert formula(adm.share_of_region(ds, "2410")) == f"477 ÷ 769 × 100 = 62,0{NBSP}%"
    assert formula(adm.share_of_quebec(ds, "01", "2015-2019"), 2) == f"769 ÷ 246{NBSP}301 × 100 = 0,31{NBSP}%"
    assert formula(adm.change_pct(ds, "11", "2019")) == f"(22 − 38) ÷ 38 × 100 = −42,1{NBSP}%"
    assert formula(adm.rate_per_1000(ds, "2427")) == f"92 ÷ 19{NBSP}125 × 1{NBSP}000 = 4,8"
    total = adm.admissions(ds, "DRCNEQ", "2015-2019")
    assert formula(total).replace(NBSP, " ") == "769 + 14 259 + 1 118 + 176 = 16 322"
    once = adm.admissions(ds, "01", "2019")
    assert formula(once) == ""
    # Each observation is told once.
    assert len(trace(ds, replace(once, inputs=once.inputs * 3)).lines) == 1


WORDS = {1: "un une", 2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf"}
WORDS |= {10: "dix", 17: "dix-sept", 25: "vingt-cinq", 26: "vingt-six"}


def flat(text: str) -> str:
    """White space folded; a word cut at the end of a line is mended (« Îles-de-la- Madeleine »)."""
    return re.sub(r"(\w)- (\w)", r"\1-\2", " ".join(text.split()))


@pytest.fixture(scope="module")
def sections() -> dict[str, str]:
    """The part of the source that each section of the data names."""
    plan, census = (
        (SOURCES / name).read_text(encoding="utf-8") for name in ("plan-2021-2022.txt", "recensement-2016.csv")
    )
    before, annexes = plan.split("\n ANNEXE 1 - ")
    portraits = before[before.index("\nContexte de l’intervention") : before.index("\n Plan d’action régional")]
    found = {"annexe-2-carte": annexes, "recensement-2016": census, "ententes": portraits}
    # In the order of the source; the names are printed otherwise than today (« Chaudières-Appalaches »).
    tables = annexes.split("Portrait de la population immigrante ")[1:]
    texts = re.split(r"(?m)^(?:Bas|Capitale|Chaudières|Gaspésie)-[\w-]+ *$", portraits)[1:]
    for code, table, text in zip(REGIONS, tables, texts, strict=True):
        found[f"annexe-2-{code}"], found[f"portrait-{code}"] = table, text
    return {name: flat(text) for name, text in found.items()}


def test_the_sections_are_those_of_each_region(sections: dict[str, str]) -> None:
    for code, name in REGIONS.items():
        table = sections[f"annexe-2-{code}"]
        assert name.split("-")[0].split("–")[0] in table[:60]
        assert all(f" {fr(MRC_COUNT[c]).replace(NBSP, ' ')} " in table for c in MRC_COUNT if MRC_REGION[c] == code)
        assert f"dont {fr(IMMIGRANTS[code]).replace(NBSP, ' ')} " in sections[f"portrait-{code}"]
    assert "Rimouski-Neigette 477 62,0" in sections["annexe-2-01"]
    assert "Rimouski-Neigette" not in sections["annexe-2-03"]


def test_every_quoted_line_stands_in_its_section_of_the_source_and_holds_its_figure(
    ds: Dataset, sections: dict[str, str]
) -> None:
    """It is shown with no-break spaces where French asks for them, and not a word changed."""
    assert len(ds.observations) > 200
    for row in ds.observations.values():
        quote = flat(row.quote or "")
        assert quote and quote in sections[row.source], row
        assert flat(source_line(ds, row).quote.replace(NBSP, " ")) == quote
        if row.value is None:
            continue
        if row.source == "recensement-2016":
            assert quote == f"{row.key.territory},{row.key.period},{row.value}"
            continue
        digits = rf"(?<![\d,]){fr(row.value).replace(NBSP, ' ')}(?![\d])"
        as_word = any(re.search(rf"\b{word}\b", quote, re.IGNORECASE) for word in WORDS.get(row.value, "").split())
        # A zero of annexe 2 is printed « - ».
        as_dash = row.value == 0 and " - " in f"{quote} "
        assert re.search(digits, quote) or as_word or as_dash, (row.file, row.line, quote)
        if row.printed_pct is not None and row.value:
            printed = {f"{row.printed_pct}".replace(".", ","), f"{row.printed_pct.normalize():f}".replace(".", ",")}
            assert any(re.search(rf"(?<![\d,]){p}(?![\d,])", quote) for p in printed), (row.file, row.line, quote)


# Numbers that count or date, and are not figures of the source: years, ranks, thresholds, factors, classes.
STRUCTURE = re.compile(
    r"(?<![\d\u00a0,])(?:19|20)\d{2}(?!\d|,\d|\u00a0\d{3})"  # a year: a figure of four digits is written « 2 019 »
    r"|\b(?:31|1er)\u00a0(?:décembre|avril)\u00a0"
    r"|arrondis à 5 près"
    r"|\d+(?:re|e)(?: ex æquo)? des \d+ MRC"
    r"|(?<=oins de )20 admissions"
    r"|1\u00a0000(?:\u00a0habitants|\u00a0personnes)?"
    r"|= 100\b"
    r"|\b\d+ MRC\b"
    r"|(?<=Code )\d{4}"
)


def figures_in(text: str) -> set[str]:
    """The figures of a text, without what only counts or dates."""
    return set(NUMBER.findall(STRUCTURE.sub(" ", text.replace("\u202f", NBSP))))


def words_of(markup: str) -> str:
    return " \n".join(Markup(markup).texts)


# The largest region and the smallest, where a figure is missing; an MRC with a rank, and one whose rate is unreliable.
SCREENS: list[tuple[str, dict[str, str]]] = [
    ("", {}), ("", {"mrc": "2410"}),
    *((SLUGS[code], {"theme": theme}) for theme in THEMES if theme != "plan" for code in ("03", "11")),
    *((SLUGS[MRC_REGION[code]], {"mrc": code}) for code in ("2425", "2401")),
]  # fmt: skip


@dataclass(frozen=True)
class Screen:
    """A page: its HTML, one part for each call of the page, and what its charts write."""

    blocks: list[str]
    charts: list[str]


@pytest.fixture(
    params=SCREENS,
    ids=[f"{slug or 'accueil'}-{'-'.join(params.values())}" for slug, params in SCREENS],
)
def screen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.delenv("DASHBOARD_ROOT", raising=False)
    at = open_whole(*request.param)
    assert not at.exception
    bodies = [element.proto.body for element in at.get("html")]
    # The plan and the portrait are texts of the source, printed whole, with their own section named.
    cut = next((n for n, body in enumerate(bodies) if 'id="plan"' in body or 'id="portrait"' in body), len(bodies))
    charts = [text for chart in at.get("bidi_component") for text in chart_texts(drawn(chart.proto)[0])]
    return Screen(bodies[:cut], charts)


ORIGIN = re.compile(r'<div class="origine">.*?</div>', re.S)


def test_every_number_of_the_page_is_explained_on_it(screen: Screen) -> None:
    # 1. Key figures and tables: each value, context and cell stands in what opens with them or under them; a theme has
    # one of the key figures of its region, whose button is at the top of the page.
    cards = tables = 0
    top = next(iter(found for body in screen.blocks if (found := ORIGIN.findall(body))), [])
    for rank, body in enumerate(screen.blocks):
        cells = re.findall(r'<td class="num" data-v="[^"]*">(.*?)</td>', body, re.S)
        shown = {shown_number(Markup(cell).texts[0].replace("\u202f", NBSP)) for cell in cells}
        figures = re.findall(r'<dd class="cle-(?:valeur|contexte)">(.*?)</dd>', body, re.S)
        shown |= {n for figure in figures for n in figures_in(words_of(figure))}
        if not shown:
            continue
        cards, tables = cards + len(figures) // 2, tables + bool(cells)
        told = next(found for after in screen.blocks[rank:] if (found := ORIGIN.findall(after)))
        known = set(NUMBER.findall(words_of("".join(top + told)).replace("\u202f", NBSP)))
        assert shown <= known, (shown - known, body[:200])
    assert cards in (4, 5, 8)
    assert tables
    # 2. A title or a sentence: each of its figures is told somewhere on the page.
    every = {n for body in screen.blocks for part in ORIGIN.findall(body) for n in figures_in(words_of(part))}
    every |= {n.removeprefix("\u2212") for n in every}  # « recule de 16,7 % » is −16,7
    for body in screen.blocks:
        rest = ORIGIN.sub("", body)
        said = re.findall(r"<h[123][^>]*>(.*?)</h[123]>", rest)
        said += re.findall(r'<p class="(?:lecture|fil|fil-court|sous-titre)">(.*?)</p>', rest)
        said += re.findall(r'<ul class="ressort">(.*?)</ul>', rest)
        for text in said:
            assert figures_in(words_of(text)) <= every, (figures_in(words_of(text)) - every, text)
    # 3. A chart, what is written on it and what its hovers say.
    assert len(screen.charts) > 9
    for text in screen.charts:
        assert figures_in(words_of(text)) <= every, (figures_in(words_of(text)) - every, text)

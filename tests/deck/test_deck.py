"""A view as one thing: its figures are the source's, its words say the source, and a deck travels without loss."""

from __future__ import annotations

import base64
import json
import re
import zlib
from dataclasses import replace

import pytest

from dashboard.deck import files, kinds
from dashboard.deck.charts import BarChart, Cards, ColumnChart, MapChart, PairChart, Paragraphs, TextTable
from dashboard.deck.content import Content
from dashboard.deck.files import deck_yaml, read_deck
from dashboard.deck.kinds import KINDS, content, default_deck, problems, usable
from dashboard.deck.slides import Deck, Slide, territories
from dashboard.exports.plotted import plot
from dashboard.figures.drawn import figure
from dashboard.indicators import admissions as adm
from dashboard.indicators import profile, views
from dashboard.indicators.quantity import Quantity, share_pct
from dashboard.model import Dataset
from dashboard.narrative import gaps
from dashboard.narrative.show import apart, counts, full
from dashboard.ui import markup as html
from tests.french_text import english_words, faults
from tests.links import packed
from tests.transcription import ADMISSIONS, MRC, NBSP, REGIONS, TOTALS, YEARS, fr

SAMPLES = (
    Slide("fiche", {"mrc": "2410"}),
    Slide("mrc", {"territoire": "12", "mesure": "part"}),
    Slide("carte", {"territoire": "11", "mesure": "nombre", "mrc": "2401"}),
    Slide("admissions", {"territoire": "01", "serie": "indice", "annee": "2017"}),
    Slide("sexe", {"territoire": "03"}),
    Slide("indicateur", {"indicateur": "permis-pmi"}),
    Slide("comparer", {"avec": "2410,01,DRCNEQ", "indicateur": "taux", "reference": "01"}),
    Slide("simulation", {"scenario": "mrc-annee", "territoires": "2410", "annees": "2019"}),
    Slide("suivi", {"territoire": "01"}),
    Slide("mrc-annees", {"mrc": "2410"}),
)


def every_slide(ds: Dataset) -> list[Slide]:
    return [*(s for code in territories(ds) for s in default_deck(ds, code).slides), *SAMPLES]


def test_every_view_is_whole_french_and_sourced(ds: Dataset) -> None:
    for slide in every_slide(ds):
        found = content(ds, slide)
        assert found.title and found.subtitle and found.reading and found.filters, slide
        assert found.source.startswith(("Source\u00a0: ", "Calculé à partir de\u00a0: ")), slide
        assert not found.title.endswith(".") and found.reading.endswith(".") and not found.reading.endswith(".."), slide
        for text in (found.title, found.subtitle, found.reading, found.source, *found.caveats):
            # Objectives and targets have numbers with a dot: « 4.1 ».
            assert (english_words(text) if slide.kind in ("cibles", "plan") else faults(text)) == [], (slide, text)
    assert {slide.kind for slide in every_slide(ds)} == set(KINDS)


def test_the_entry_of_a_view_alone_puts_it_in_the_presentations_from_the_start(
    ds: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = {**KINDS, "essai": replace(KINDS["sexe"], id="essai", starts=(kinds.REGION,))}
    monkeypatch.setattr(kinds, "KINDS", shown)
    region, direction = (default_deck(ds, code).slides for code in ("01", ds.config.direction))
    assert Slide("essai", {"territoire": "01"}) in region
    assert "essai" not in {slide.kind for slide in direction}
    assert [slide.kind for slide in direction][:4] == ["chiffres", "ressort", "regions", "admissions"]


def test_an_mrc_has_a_deck_of_its_own(ds: Dataset) -> None:
    slides = default_deck(ds, "2401").slides
    assert [slide.kind for slide in slides] == ["fiche", "carte", "mrc", "mrc-annees", "ententes", "sources"]
    sheet, shape, ranked, years = (content(ds, slide) for slide in slides[:4])
    assert sheet.title.replace("\u00a0", " ") == (
        "Îles-de-la-Madeleine : 12 personnes admises de 2015 à 2019, 6e des 6 MRC de la région"
    )
    assert isinstance(shape.body, MapChart) and isinstance(ranked.body, BarChart) and isinstance(years.body, BarChart)
    assert [s.id for s in shape.body.shapes if s.chosen] == [m.id for m in ranked.body.marks if m.chosen] == ["2401"]
    # An estimate under 5 is not written, hence not drawn.
    assert years.estimated and {(m.value, m.hatched) for m in years.body.marks} == {(None, False)}


@pytest.mark.parametrize("code", REGIONS)
def test_a_region_has_a_deck_of_its_own_with_the_figures_of_the_source(ds: Dataset, code: str) -> None:
    deck = default_deck(ds, code)
    assert 9 <= len(deck.slides) <= 12
    by_kind = {slide.kind: content(ds, slide) for slide in deck.slides}
    cards, trend, shape, ranked = (by_kind[k].body for k in ("chiffres", "admissions", "carte", "mrc"))
    assert fr(TOTALS[code]) in [card.value for card in cards.items]
    assert [mark.value for mark in trend.marks] == list(ADMISSIONS[code])
    assert [mark.label for mark in trend.marks] == [*YEARS[:-1], f"{YEARS[-1]} (p)"]
    assert [mark.hatched for mark in trend.marks] == [False] * 4 + [True]
    assert {s.id for s in shape.shapes} == set(MRC[code])
    assert sum(item.count or 0 for item in shape.legend.items) == len(MRC[code])
    assert {m.id: m.value for m in ranked.marks} == {mrc: count for mrc, (_, count, _) in MRC[code].items()}
    drawn = [type(by_kind[kind].body) for kind in ("chiffres", "admissions", "carte", "mrc", "categorie", "plan")]
    assert drawn == [Cards, ColumnChart, MapChart, BarChart, PairChart, TextTable]


@pytest.mark.parametrize("kind", ["indice", "part"])
def test_a_series_marks_its_provisional_year(ds: Dataset, kind: str) -> None:
    body = content(ds, Slide("admissions", {"territoire": "01", "serie": kind})).body
    assert body.labels == [*YEARS[:-1], f"{YEARS[-1]} (p)"]
    assert plot(body).labels[-1].endswith("(p)")
    assert {tuple(trace.marker.symbol)[-1][-5:] for trace in figure(body).data} == {"-open"}


def test_an_estimate_says_that_it_is_one(ds: Dataset) -> None:
    found = content(ds, SAMPLES[7])
    assert found.estimated
    assert "estimation" in found.subtitle
    assert found.filters == "MRC\u00a0: Rimouski-Neigette; années\u00a0: 2019"
    assert not any(content(ds, s).estimated for s in every_slide(ds) if s.kind not in ("simulation", "mrc-annees"))


def test_the_presenter_writes_the_title_and_the_notes(ds: Dataset) -> None:
    plain = content(ds, SAMPLES[0])
    own = content(ds, Slide("fiche", {"mrc": "2410"}, "Mon titre", "Dire bonjour"))
    assert (own.title, own.notes) == ("Mon titre", "Dire bonjour")
    assert (own.body, own.source, own.caveats) == (plain.body, plain.source, plain.caveats)


@pytest.mark.parametrize(
    ("slide", "field", "words"),
    [
        (Slide("camembert"), "vue", "n’existe pas"),
        (Slide("carte", {"territoire": "06"}), "territoire", "ne convient pas pour le territoire"),
        (Slide("carte", {"territoire": "01", "mrc": "2425"}), "mrc", "ne convient pas pour la MRC"),
        (Slide("admissions", {"annee": "2014"}), "annee", "ne convient pas pour l’année"),
        (Slide("carte", {"serie": "indice"}), "serie", "cette vue n’a pas de choix"),
        (Slide("comparer", {"avec": "01,99"}), "avec", "« 99 »"),
        (Slide("simulation", {"scenario": "boule"}), "scenario", "n’existe pas"),
    ],
)
def test_an_impossible_slide_is_refused_in_french(ds: Dataset, slide: Slide, field: str, words: str) -> None:
    found = dict(problems(ds, slide))
    assert words.replace("« ", "«\u00a0").replace(" »", "\u00a0»") in found[field]


def test_what_is_refused_falls_back_to_the_usual_view(ds: Dataset) -> None:
    asked = Slide("carte", {"territoire": "01", "mrc": "2425", "mesure": "part"})
    assert dict(usable(ds, asked).choices) == {"territoire": "01", "mesure": "part"}


def test_a_deck_comes_back_from_its_file_and_its_link(ds: Dataset) -> None:
    own = Deck("=1+1", (Slide("carte", {"territoire": "01"}, "L’été: « où »\u202f?", "# note\n- 2"), *SAMPLES))
    for deck in (own, *(default_deck(ds, code) for code in ("01", "2401", ds.config.direction))):
        assert read_deck(ds, deck_yaml(deck), "d.yaml") == (deck, [])
        assert files.reopened(ds, deck_yaml(deck).decode()) == (deck, "")
        assert files.unpacked(ds, packed(deck)) == (deck, "")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("vue: carte", "vue: camembert", "n’existe pas"),
        ("territoire: '01'", "territoire: '99'", "ne convient pas pour le territoire"),
        ("version: 1", "version: 7", "version 7"),
        ("diapositives:", "diapos:", "diapos"),
        ("vue: carte", "vue: " + "[" * 2000, "imbriqu"),
    ],
)
def test_a_bad_file_is_refused_by_line(ds: Dataset, old: str, new: str, words: str) -> None:
    text = deck_yaml(default_deck(ds, "01")).decode()
    at = text.partition(old)[0].count("\n") + 1
    deck, found = read_deck(ds, text.replace(old, new, 1).encode(), "ma présentation.yaml")
    assert deck is None
    assert any(words in p.message + (p.column or "") and p.remedy for p in found), found
    assert all(p.file == "ma présentation.yaml" for p in found)
    assert at in {p.line for p in found}


def test_a_link_that_would_swell_is_refused(ds: Dataset) -> None:
    bomb = json.dumps(["t", [["carte", {}, "x" * 5_000_000, ""]]]).encode()
    packed = base64.urlsafe_b64encode(zlib.compress(bomb, 9)).decode()
    assert files.unpacked(ds, packed)[0] is None


def test_moving_and_removing_slides() -> None:
    deck = Deck("d", tuple(Slide(kind) for kind in ("a", "b", "c")))
    assert [s.kind for s in deck.moving(0, 1).slides] == ["b", "a", "c"]
    assert [s.kind for s in deck.moving(2, -2).slides] == ["c", "a", "b"]
    assert deck.moving(0, -1) == deck
    assert [s.kind for s in deck.without(1).slides] == ["a", "c"]


def test_the_text_of_a_large_figure_is_for_the_back_of_a_room(ds: Dataset) -> None:
    drawn = 0
    for slide in every_slide(ds):
        made = figure(content(ds, slide).body, large=True)
        if made is None:
            continue
        drawn += 1
        assert made.layout.font.size == 24
        assert made.layout.height is None
        # Nothing has a size of its own.
        assert all(note.font.size is None for note in made.layout.annotations)
        assert "font-size:" not in made.to_json(), slide
    assert drawn > 25


def count(value: float | None, *, reliable: bool = True) -> Quantity:
    return Quantity(value, "personnes", 0, "essai", "01", "2019", reliable=reliable)


def part(of: int, whole: int) -> Quantity:
    return share_pct(count(of), count(whole), "part")


def change(ds: Dataset, now: int, before: int) -> Quantity:
    found = adm.change_pct(ds, "01", "2019")
    return replace(found, value=(now - before) / before * 100, operands=(count(now), count(before)))


def test_few_persons_are_said_beside_their_percentage_and_their_change(ds: Dataset) -> None:
    for quantity, said in (
        (part(19, 21), f"19{NBSP}sur{NBSP}21"), (part(0, 99), f"0{NBSP}sur{NBSP}99"), (part(19, 100), ""),
        (count(19), ""), (share_pct(count(None), count(21), "part"), ""),
    ):  # fmt: skip
        assert counts(quantity) == said
        assert full(quantity).endswith(f"({said})" if said else full(quantity, counted=False))
    for now, before, said in (
        (22, 38, f"−42,1{NBSP}% (de 38 à 22)"), (60, 49, f"+22,4{NBSP}% (de 49 à 60)"), (135, 181, f"−25,4{NBSP}%"),
    ):  # fmt: skip
        assert full(change(ds, now, before)) == said


def texts(content: Content) -> list[str]:
    body = content.body
    drawn: list[str] = []
    if isinstance(body, PairChart):
        drawn = [text for pair in body.pairs for text in (pair.text, pair.reference_text)]
    elif isinstance(body, BarChart):
        drawn = [f"{mark.text} {mark.note}" for mark in body.marks]
    elif isinstance(body, Cards):
        drawn = [f"{card.value} {card.context}" for card in body.items]
    elif isinstance(body, Paragraphs):
        drawn = list(body.items)
    return [content.title, content.reading, *drawn]


def test_no_view_shows_a_percentage_of_few_persons_without_them(ds: Dataset) -> None:
    seen = 0
    for slide in every_slide(ds):
        view = content(ds, slide)
        if view.table is None:
            continue
        few_persons = {full(q, counted=False): few for q in view.table.quantities() if (few := counts(q))}
        for written, few in few_persons.items():
            for text in texts(view):
                # « de 38 à 22 » may be told in the words of the sentence: « 22 personnes…, contre 38 ».
                numbers = re.findall(r"\d+", few)
                if written in text:
                    seen += 1
                    assert few in text or all(re.search(rf"(?<!\d){n}(?!\d)", text) for n in numbers), (slide, text)
    assert seen > 15


def test_a_table_gives_the_persons_where_it_does_not_hold_them(ds: Dataset) -> None:
    beside, alone = views.composition(ds, "11", "francais"), views.summary(ds)
    assert apart(beside, beside.cell("french_known", "part")) == ""
    assert apart(alone, alone.cell("11", "francais")) == f"19{NBSP}sur{NBSP}21"
    assert apart(alone, alone.cell("11", "variation")) == "de 38 à 22"
    assert apart(alone, alone.cell("03", "francais")) == ""
    assert f"<small>19{NBSP}sur{NBSP}21</small>" in html.table(alone)
    regions = next(content(ds, slide).body for slide in every_slide(ds) if slide.kind == "regions")
    assert any(f"90,5 (19{NBSP}sur{NBSP}21)" in cell for row in regions.rows for cell in row)


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        # 1 145 against 1 143, half and half.
        (count(1145), count(1143), False), (count(1145), count(1142), True),
        (part(1145, 2288), part(1143, 2288), False),
        # Exactly one point, and a little more.
        (part(500, 1000), part(510, 1000), False), (part(500, 1000), part(511, 1000), True),
        # One person of 21 is 4,8 points.
        (part(10, 21), part(20, 40), False), (part(10, 21), part(6000, 10000), True),
        (count(None), count(3), False), (count(30, reliable=False), count(3), False),
    ],
)  # fmt: skip
def test_a_gap_of_one_point_or_two_persons_is_no_message(
    ds: Dataset, here: Quantity, there: Quantity, told: bool
) -> None:
    assert gaps.tells(ds, here, there) == gaps.tells(ds, there, here) == told


def test_a_gap_within_the_rounding_of_the_source_is_no_message(ds: Dataset) -> None:
    permits = profile.count(ds, "11", "temporary_permits", "ptet")
    assert permits.value == 55
    assert not gaps.tells(ds, permits, replace(permits, value=60))
    assert gaps.tells(ds, permits, replace(permits, value=65))

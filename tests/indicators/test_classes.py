"""What is read is what is decided on: a value written beside a territory lies in the class that its colour says.

For every indicator, every territory and every drawing (map, tiles, bars of a workbook, slide, sheet): the value is read
back from its label, the class from its colour, and its limits from the words of the key.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pptx import Presentation

from dashboard.contract.door import load_dataset
from dashboard.deck import kinds
from dashboard.deck.charts import LegendItem, MapChart, TileChart
from dashboard.deck.mapped import Mapped, class_colors, classes_legend
from dashboard.deck.palette import CIRCLE, MISSING
from dashboard.deck.slides import Deck, Slide
from dashboard.exports.plotted import plot
from dashboard.exports.sheet.land import draw
from dashboard.exports.slides.make import deck_pptx
from dashboard.figures.drawn import figure
from dashboard.indicators import admissions as adm
from dashboard.indicators import comparison, ranking
from dashboard.indicators.catalogue import entries
from dashboard.indicators.classes import fixed, from_data, split
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Column, Head, Table
from dashboard.model import Dataset
from dashboard.narrative import mrc_words
from dashboard.narrative import sentences as say
from dashboard.narrative.show import bare
from dashboard.narrative.standouts import standouts
from tests.quebec import Quebec
from tests.transcription import NBSP, UNRELIABLE

WEAK, GONE = "peu fiable", "manquante"


@pytest.fixture(scope="module", params=["shipped", "quebec"])
def whole(request: pytest.FixtureRequest, ds: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The project, then the whole Québec."""
    if request.param == "shipped":
        return ds
    found = load_dataset(Quebec().write(tmp_path_factory.mktemp("quebec") / "copie"))
    assert not found.unavailable, "regions put aside would prove nothing"
    return found


def value_of(text: str) -> Decimal | None:
    """The number that a person reads first in a label."""
    found = re.search(rf"[−+]?\d[\d{NBSP}\u202f]*(?:,\d+)?", text)
    return Decimal(re.sub(r"\s", "", found[0]).replace(",", ".").replace("−", "-")) if found else None


def holds(label: str, text: str, *, weak: bool) -> bool:
    """Whether the words of a class hold a value as it is written."""
    value = value_of(text)
    if weak or WEAK in label:
        return weak and WEAK in label
    if value is None or GONE in label:
        return value is None and GONE in label
    limits = [value_of(part) for part in re.findall(rf"\d[\d{NBSP}]*(?:,\d+)?", label)]
    if label.startswith("moins de"):
        return value < (limits[0] or 0)
    if label.startswith("de "):
        return (limits[0] or 0) <= value < (limits[1] or 0)
    return label == "toutes les valeurs" if not limits else value >= (limits[0] or 0)


def check(legend: Iterable[LegendItem], colors: Mapping[str, str], texts: Mapping[str, str], weak: set[str]) -> None:
    """Each territory lies in the class of its colour, and the key counts each of them once."""
    items = list(legend)
    assert len({item.color for item in items}) == len(items), "two classes of one colour"
    by_color = {item.color: item for item in items}
    for code, color in colors.items():
        item = by_color[color]
        assert holds(item.label, texts[code], weak=code in weak), (code, texts[code], item.label)
        assert item.hatched == (code in weak)
    # Only what holds some.
    assert {i.color: i.count for i in items} == dict(Counter(colors.values()))


def colors_of(made: go.Figure) -> dict[str, str]:
    """The colour that each territory of a map is drawn in."""
    found: dict[str, str] = {}
    for trace in made.data:
        if trace.type != "choropleth" or trace.hoverinfo == "skip":
            continue
        for code, z in zip(trace.locations, trace.z, strict=True):
            at = (z - trace.zmin) / (trace.zmax - trace.zmin)
            found[code] = next(color for place, color in reversed(trace.colorscale) if place <= at)
    return found


def weak_of(ds: Dataset) -> set[str]:
    return {c for c in ds.mrc_codes() if not adm.rate_per_1000(ds, c).reliable}


def test_every_indicator_is_read_in_the_class_of_its_colour(whole: Dataset) -> None:
    seen = 0
    for entry in entries(whole).values():
        level = "mrc" if "mrc" in entry.levels else "region"
        table = comparison.map_table(whole, entry, level)
        codes = set(table.column("valeur"))
        body = kinds.view(whole, "indicateur-carte", {"indicateur": entry.id}).body
        made = figure(body)
        assert made is not None and isinstance(body, MapChart)
        if entry.drawn == "count":
            continue
        legend = body.legend
        hovers = [(t.locations, t.text) for t in made.data if t.type == "choropleth" and t.text is not None]
        texts = {c: text.partition("<br>")[2] for own in hovers for c, text in zip(*own, strict=True)}
        weak = weak_of(whole) & codes if entry.id == "taux" else set()
        check(legend.items, colors_of(made), texts, weak)
        # The table, the bars and the map write the same number.
        for code in codes:
            cell = table.cell(code, "valeur")
            assert cell is not None and value_of(texts[code]) == value_of(bare(cell, table.columns[0].decimals))
        if entry.id not in ("taux", "part-region"):
            assert len(legend.items) > 1
        seen += 1
    assert seen >= 14


@pytest.mark.parametrize("measure", ["taux", "part", "nombre"])
def test_maps_tiles_slides_and_workbooks_of_the_mrc_agree(whole: Dataset, measure: str) -> None:
    weak = weak_of(whole) if measure == "taux" else set()
    for region in (None, *whole.region_codes()[:4]):
        codes = whole.mrc_codes(region)
        own = weak & set(codes)
        choices = {"territoire": region or whole.config.direction, "mesure": measure}
        tiles, body = (kinds.view(whole, kind, choices).body for kind in ("tuiles", "carte"))
        assert isinstance(body, MapChart) and isinstance(tiles, TileChart)
        legend = tiles.legend.items
        trace = (figure(tiles) or go.Figure()).data[0]
        tints = [trace.marker.color] * len(codes) if isinstance(trace.marker.color, str) else trace.marker.color
        written = {c: re.search("<b>(.*)</b>", t)[1] for c, t in zip(trace.customdata, trace.text, strict=True)}
        if body.circles:
            # A count has no classes: its tiles are of the colour of its circles and bars.
            assert not legend and set(tints) <= {CIRCLE, MISSING}
            continue
        check(legend, dict(zip(trace.customdata, tints, strict=True)), written, own)
        # The key of the screen is that of the slides, and so are the colours.
        assert body.legend.items == legend
        tinted = {shape.id: shape.color for shape in body.shapes}
        check(legend, tinted, {s.id: s.text for s in body.shapes}, own)
        assert colors_of(figure(body) or go.Figure()) == tinted
        assert {s.id for s in body.shapes if s.hatched} == own
        native = plot(body)
        assert dict(zip(native.ids, native.series[0].colors, strict=True)) == tinted
        assert [native.series[0].hatched[n] for n, i in enumerate(native.ids)] == [i in own for i in native.ids]


def test_the_shapes_of_a_slide_and_of_a_sheet_have_the_colour_of_their_class(ds: Dataset) -> None:
    slide = Slide("carte", {"mesure": "taux"})
    body = kinds.content(ds, slide).body
    (page,) = Presentation(io.BytesIO(deck_pptx(ds, Deck("Essai", (slide,))))).slides
    groups = {group.name: group for group in groups_of(page.shapes)}
    fills = {s.id: f"#{str(groups[s.name].shapes[0].fill.fore_color.rgb).lower()}" for s in body.shapes}
    check(body.legend.items, fills, {s.id: s.text for s in body.shapes}, set(UNRELIABLE))
    said = "\n".join(s.text_frame.text for s in page.shapes if s.has_text_frame)
    assert all(f"{item.label} ({item.count})" in said for item in body.legend.items)
    # Each shape has its own paths: as many of each colour as there are territories of it, at least.
    land = draw(ds, body, {})
    assert {i.color for i in body.legend.items} <= set(re.findall(r'fill="(#\w{6})"', str(land["svg"])))


def groups_of(shapes: Any) -> list[Any]:
    found = [s for s in shapes if s.shape_type == 6]
    return found + [inner for group in found for inner in groups_of(group.shapes)]


@pytest.mark.parametrize(
    ("code", "text", "klass"),
    [("2418", "2,0", "de 2 à moins de 3"), ("2401", "1,0", WEAK), ("2414", "3,2", "de 3 à moins de 5")],
)
def test_a_rate_at_a_limit_is_in_the_class_that_it_reads(ds: Dataset, code: str, text: str, klass: str) -> None:
    quantity, classes = adm.rate_per_1000(ds, code), fixed(ds, "taux")
    assert bare(quantity) == text
    found = classes.of(quantity)
    assert found is not None and klass in mrc_words.class_label(ds, classes, found)


def test_the_territory_that_dwarfs_the_others_is_alone_in_its_class(ds: Dataset) -> None:
    """24,3 is three times 8,4; 13 848 is twenty-seven times 515; 97,1 is not twice 62,0."""
    for measure, alone, label in (("taux", "2423", "20 et plus"), ("nombre", "2423", f"10{NBSP}000 et plus")):
        classes = fixed(ds, measure)
        highest = classes.steps[-1]
        assert [c for c in ds.mrc_codes() if classes.of(adm.mrc_measure(ds, c, measure)) == highest] == [alone]
        assert mrc_words.class_label(ds, classes, highest) == label
        # A darker colour than those of config.yaml, on the map, in the key, on the tiles and at the bars.
        colors = class_colors(ds, classes)
        assert len(colors) == len(set(colors)) == len(ds.config.map_colors) + 2
    assert len(fixed(ds, "part").steps) == len(ds.config.map_colors)


@pytest.mark.parametrize(
    ("breaks", "read", "found"),
    [
        ("5", "8.4 24.3", "5 20"), ("5", "4.9 24.3", "5"), ("5", "8.4 16.7", "5"), ("5", "8.4 16.8", "5 10"),
        ("500", "515 13848", "500 10000"), ("0.1", "0.21 5.62", "0.1 5"), ("1", "2 4", "1 4"), ("1", "24.3 24.3", "1"),
        ("", "8.4 24.3", ""), ("5", "24.3", "5"), ("5", "", "5"), ("-5", "-2 -1", "-5"), ("0", "0 3", "0"),
    ],
)  # fmt: skip
def test_the_last_class_is_split_at_a_round_number(breaks: str, read: str, found: str) -> None:
    limits, numbers, wanted = (tuple(map(Decimal, text.split())) for text in (breaks, read, found))
    assert split(limits, numbers) == wanted


def test_the_bars_beside_a_map_wear_the_colours_of_its_classes(ds: Dataset) -> None:
    for measure, region in product(("taux", "part"), (ds.config.direction, "11")):
        choices = {"territoire": region, "mesure": measure}
        drawn, beside = (kinds.view(ds, kind, choices).body for kind in ("carte", "mrc"))
        assert {m.id: (m.color, m.hatched) for m in beside.marks} == {s.id: (s.color, s.hatched) for s in drawn.shapes}
        assert beside.legend == drawn.legend
    counts = kinds.view(ds, "mrc", {"mesure": "nombre"}).body
    assert {mark.color for mark in counts.marks} == {CIRCLE}


def measured(*values: float | None) -> Table:
    """A table of rates for 1 000 of real MRC."""
    cells = {
        (code, "taux"): Quantity(value, f"pour 1{NBSP}000 habitants", 1, "", code, "2015-2019")
        for code, value in zip(("2410", "2412", "2414"), values, strict=True)
    }
    return Table("", "", tuple(Head(code, code) for code, _ in cells), (Column("taux", "", 1),), cells)


def test_a_title_names_all_that_read_the_highest(ds: Dataset) -> None:
    for values, said in (
        ((3.24, 3.16, 1.0), f"Rimouski-Neigette et Rivière-du-Loup ont le taux le plus élevé{NBSP}: 3,2"),
        ((3.26, 3.24, 1.0), f"Rimouski-Neigette a le taux le plus élevé{NBSP}: 3,3"),
        ((None, 0.04, 0.01), f"Rivière-du-Loup et Kamouraska ont le taux le plus élevé{NBSP}: 0,0"),
    ):
        found = say.mrc_message(ds, measured(*values), "01", "taux")
        assert found.startswith(said)
        assert ("ex æquo" in found) == (" et " in said)


def test_what_stands_out_names_all_that_read_the_same(ds: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    for values, said in (
        ((11.44, 11.36, 3.0, 2.0), "Au Bas-Saint-Laurent et dans la Capitale-Nationale, on compte 11,4 permis"),
        ((None, 2.04, 2.0, 1.96), "Dans la Capitale-Nationale, en Chaudière-Appalaches et en Gaspésie"),
    ):
        found = {
            code: quantity(v, "permis par admission") for code, v in zip(("01", "03", "12", "11"), values, strict=True)
        }
        found["QC"] = quantity(4.0, "permis par admission")
        monkeypatch.setattr(say.profile, "permits_per_admission", lambda _, code, own=found: own[code])
        assert any(text.startswith(said) for text in standouts(ds)), standouts(ds)


numbers = st.one_of(
    st.none(),
    st.floats(0, 130, allow_nan=False),
    st.integers(0, 2600).map(lambda n: n / 20),  # on the halves that binary numbers cannot hold
)


def quantity(value: float | None, unit: str = "pour 1 000", decimals: int = 1, *, reliable: bool = True) -> Quantity:
    return Quantity(value, unit, decimals, "", "x", "2019", reliable=reliable)


@settings(deadline=None)
@given(
    st.lists(st.tuples(numbers, st.booleans()), min_size=1, max_size=40),
    st.sampled_from([("%", 1), ("%", 2), ("pour 1 000", 1), ("indice", 1), ("personnes", 0)]),
    st.lists(st.sampled_from([0.05, 0.5, 0.55, 1, 1.54, 1.55, 2, 3, 5, 10, 25, 62.5, 99.95]), min_size=1, max_size=4,
             unique=True),
)  # fmt: skip
def test_any_value_is_read_in_its_class_and_at_its_rank(
    ds: Dataset, drawn: list[tuple[float | None, bool]], kind: tuple[str, int], limits: list[float]
) -> None:
    found = {str(n): quantity(value, *kind, reliable=ok) for n, (value, ok) in enumerate(drawn)}
    texts = {key: bare(q) for key, q in found.items()}
    weak = {key for key, q in found.items() if not q.reliable and q.value is not None}
    config = ds.config.model_copy(update={"map_classes": {**ds.config.map_classes, "taux": sorted(limits)}})
    for classes in (fixed(replace(ds, config=config), "taux"), from_data(found.values(), 4)):
        legend, tints = classes_legend(ds, Mapped(found, classes, "", {})), class_colors(ds, classes)
        ranks = {key: classes.of(q) for key, q in found.items()}
        check(legend.items, {key: MISSING if k is None else tints[k] for key, k in ranks.items()}, texts, weak)
    read = [q for q in found.values() if q.reliable and q.value is not None]
    if read:
        apart = len({value_of(bare(q)) for q in read})
        steps = [item for item in legend.items if not item.hatched and item.label != mrc_words.MISSING]
        # One more where the highest dwarfs the others of its class.
        extra = max((count for n, count in enumerate(i.count or 0 for i in steps) if n >= 4), default=0)
        assert len(steps) - extra == min(apart, 4)
    for one in found:
        for other in found:
            a, b = ranking.rank(found, one), ranking.rank(found, other)
            if a is not None and b is not None and one != other:
                assert (a.place == b.place) == (value_of(texts[one]) == value_of(texts[other]))
                assert a.tied or a.place != b.place


@settings(deadline=None)
@given(st.floats(0, 1e6), st.sampled_from(["%", "indice"]), st.integers(0, 3))
def test_the_number_decided_on_is_the_one_written(value: float, unit: str, decimals: int) -> None:
    found = quantity(value, unit, decimals)
    assert found.shown == value_of(bare(found)) == Decimal(str(found.drawn))
    assume(decimals < 3)
    wider = found.at(decimals + 1)
    assert wider == value_of(bare(found, decimals + 1))

"""What the files draw of a view: series of numbers under the same labels, or why there is nothing to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from dashboard.deck import kinds
from dashboard.deck.charts import BarChart, Body, ColumnChart, Legend, LineChart, MapChart, PairChart, Paragraphs
from dashboard.deck.content import Content
from dashboard.deck.palette import CIRCLE, REFERENCE
from dashboard.deck.slides import Slide
from dashboard.exports.number_codes import code
from dashboard.model import Dataset
from dashboard.narrative.sentences import capital
from dashboard.wording.numbers import NBSP, number

LOST: Final = "absente"
_NO_MAP = "La carte elle-même est dans le tableau de bord; ici, ses valeurs et ses couleurs, du plus haut au plus bas."


def content_or_reason(ds: Dataset, slide: Slide) -> Content:
    """The content of a slide; one of the kind `LOST`, with the reason in French, when the data cannot answer it: one
    lost view must not lose a presentation or a workbook."""
    try:
        return kinds.content(ds, slide)
    except (KeyError, ValueError) as error:
        label = kinds.KINDS[slide.kind].label if slide.kind in kinds.KINDS else slide.kind
        why = str(error) if isinstance(error, ValueError) else "cette vue n’existe pas"
        said = (
            f"Les données d’aujourd’hui ne permettent pas de la montrer{NBSP}: {why.rstrip('.')}.",
            "Rouvrir la présentation dans le tableau de bord et choisir de nouveau ce que montre cette vue.",
        )
        title, source = slide.title or f"Vue absente{NBSP}: {label}", f"Source{NBSP}: aucune, rien n’est montré."
        return Content(title, label, Paragraphs(said), " ".join(said), source, "aucun", kind=LOST, notes=slide.notes)


@dataclass(frozen=True, slots=True)
class Series:
    """texts: the values as the screen writes them; colors: of each point, or one for all; reference: drawn dotted."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    colors: tuple[str, ...]
    hatched: tuple[bool, ...] = ()
    reference: bool = False

    @property
    def looks(self) -> list[tuple[str, bool]]:
        """Colour and hatching of each point."""
        colors = self.colors if len(self.colors) > 1 else self.colors * len(self.values)
        return list(zip(colors, self.hatched or (False,) * len(self.values), strict=True))


@dataclass(frozen=True, slots=True)
class Plot:
    """ids, labels and notes: of the points, in the order they are read (top to bottom, left to right).

    chosen: ids of the points to outline; note: what to say under the chart.
    """

    kind: Literal["bar", "column", "line"]
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    decimals: int = 0
    notes: tuple[str, ...] = ()
    chosen: frozenset[str] = frozenset()
    note: str = ""

    @property
    def known(self) -> list[float]:
        """Every value there is."""
        return [value for own in self.series for value in own.values if value is not None]

    @property
    def code(self) -> str:
        """The number format of its values."""
        return code(self.decimals, self._suffix, negative=min(self.known, default=0) < 0)

    @property
    def _suffix(self) -> str:
        return f"{NBSP}{self.unit}" if self.unit else ""

    def own_text(self, series: Series, n: int) -> str:
        """The text of a value where it says more than its format does (« 8,4 † », « 0,04 % »); else nothing."""
        value, text = series.values[n], series.texts[n]
        return "" if value is None or text == number(value, self.decimals) + self._suffix else text


def plot(body: Body) -> Plot | None:
    """The native chart of a body; None where there is nothing to draw (texts, tables, cards)."""
    match body:
        case BarChart(marks=marks) | ColumnChart(marks=marks):
            gaps = isinstance(body, BarChart)
            ids, labels, values, texts, colors, hatched = _fields(
                marks, "id", "label", "value", "text", "color", "hatched"
            )
            # What is missing has no point that its words could stand beside.
            notes = tuple(m.note or (m.text if gaps and m.missing else "") for m in marks)
            return Plot(
                "bar" if gaps else "column", ids, labels,
                (Series(body.series, values, texts, colors, hatched),), body.unit, body.decimals, notes,
                frozenset(m.id for m in marks if m.chosen), _classes(body.legend),
            )  # fmt: skip
        case PairChart(pairs=pairs):
            ids, labels, values, texts, others, other_texts = _fields(
                pairs, "id", "label", "value", "text", "reference", "reference_text"
            )
            here = Series(body.series, values, texts, (body.color,))
            there = Series(body.reference, others, other_texts, (REFERENCE,))
            return Plot("bar", ids, labels, (here, there), body.unit, body.decimals)
        case LineChart():
            lines = tuple(Series(s.name, s.values, s.texts, (s.color,), reference=s.reference) for s in body.lines)
            return Plot("line", body.periods, tuple(body.labels), lines, body.unit, body.decimals)
        case MapChart():
            # Bars, highest first and what is not reliable last, in the colours of the classes.
            shapes = sorted(body.shapes, key=lambda s: (s.value is None, s.hatched, -(s.value or 0), s.name))
            ids, labels, values, texts, colors, hatched = _fields(
                shapes, "id", "name", "value", "text", "color", "hatched"
            )
            # Under circles the land is plain: bars need a colour of their own.
            colors = (CIRCLE,) * len(shapes) if body.circles else colors
            note = f"{_NO_MAP} {_classes(body.legend)}".rstrip()
            series = Series(body.unit, values, texts, colors, hatched)
            return Plot("bar", ids, labels, (series,), body.sign, body.decimals, note=note)
        case _:
            return None


def _fields(items: Sequence[object], *names: str) -> list[tuple[Any, ...]]:
    """Each of these attributes, of all the items."""
    return [tuple(getattr(item, name) for item in items) for name in names]


def _classes(legend: Legend) -> str:
    """The classes of a key, from the palest, and how many territories each holds; nothing where none is counted."""
    counted = [item for item in legend.items if item.count is not None]
    classes = "; ".join(f"{item.label}{NBSP}: {number(item.count)}" for item in counted)
    return f"{legend.title}. {capital(classes)}." if classes else ""

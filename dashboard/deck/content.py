"""What a view says and draws, whole: the one thing that the pages, the wall and every export are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dashboard.deck.charts import BarChart, Body, Cards, Legend
from dashboard.indicators import directions
from dashboard.indicators.anomalies import touching
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative.sourcing import source_of, spelled
from dashboard.wording.numbers import NBSP, typographic

# How many bars a slide read from the back of a room can hold.
MOST_BARS = 10


@dataclass(frozen=True)
class Content:
    """A view ready to be drawn.

    title: the message; subtitle: measure, unit, territory, period; body: what is drawn; table: its quantities (None
    where the view is made of texts); reading: the sentence that reads it aloud; source: documents and status;
    filters: the choices in words; caveats: known particularities of the source and cautions; bases: those of them
    that are said beside the source on a page; credit: of the map; nature: « estimation » or « scénario », empty for
    what is observed; chosen: the row of the table that is chosen; kind and choices: what it was asked for by.
    """

    title: str
    subtitle: str
    body: Body
    reading: str
    source: str
    filters: str
    table: Table | None = None
    caveats: tuple[str, ...] = ()
    credit: str = ""
    territory: str = ""
    nature: str = ""
    notes: str = ""
    bases: tuple[str, ...] = ()
    chosen: str | None = None
    kind: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def estimated(self) -> bool:
        """True when nothing here is observed."""
        return bool(self.nature)

    @property
    def legend(self) -> Legend:
        """What the colours of the drawing stand for."""
        return getattr(self.body, "legend", Legend())

    def cards(self, start: int, stop: int) -> Content:
        """The same key figures, those of these ranks alone; its table keeps them all."""
        assert isinstance(self.body, Cards)
        return replace(self, body=Cards(self.body.items[start:stop]))

    def for_a_room(self) -> Content:
        """The same view with no more bars than a room can read; what is chosen stays among them."""
        body = self.body
        if not isinstance(body, BarChart) or len(body.marks) <= MOST_BARS:
            return self
        left = tuple(mark for mark in body.marks[MOST_BARS:] if mark.chosen)
        kept = replace(body, marks=(*body.marks[: MOST_BARS - len(left)], *left))
        return replace(self, body=kept, subtitle=f"{self.subtitle}, les {MOST_BARS} premiers")


def observed(
    ds: Dataset, code: str, body: Body, table: Table, *, title: str, subtitle: str, reading: str,
    filters: str = "", bases: tuple[str, ...] = (), extra: tuple[str, ...] = (), credit: str = "",
    chosen: str | None = None,
) -> Content:  # fmt: skip
    """A view of observed figures, sourced by its table. bases and extra: cautions, of which the bases are said beside
    the source."""
    bases = (*bases, *spelled(ds, (title, subtitle, *(row.label for row in table.rows))))
    told = caveats(ds, table.quantities(), extra=(*bases, *extra))
    return Content(
        title, subtitle, body, reading, source_of(ds, table), filters or place(ds, code), table, told, credit,
        code, bases=bases, chosen=chosen,
    )  # fmt: skip


def place(ds: Dataset, code: str) -> str:
    """The territory of a view, in words."""
    return directions.label(ds, code) if code == ds.config.direction else ds.name(code)


# Its licence asks for the link wherever it is shown.
CREDIT_SITE = "www.amcharts.com"
MAP_CREDIT = (
    f"Limites{NBSP}: amCharts ({CREDIT_SITE}), d’après les divisions de recensement de 2011 de Statistique Canada; "
    "arrondies."
)


def by_importance(ds: Dataset, texts: Iterable[str]) -> list[str]:
    """Cautions about the view itself, then what the source does to some figures."""
    titles = {typographic(anomaly.title) for anomaly in ds.anomalies.values()}
    return sorted(texts, key=titles.__contains__)


def caveats(ds: Dataset, figures: Iterable[Quantity], *, extra: Iterable[str] = ()) -> tuple[str, ...]:
    """Titles of the peculiarities that change how these figures are read, then other cautions, each once."""
    titles = [typographic(ds.anomalies[a].title) for a in touching(ds, figures)]
    return tuple(dict.fromkeys([*titles, *(text for text in extra if text)]))

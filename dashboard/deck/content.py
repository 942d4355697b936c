"""What a slide says and draws, whole: the one thing that the screen and every export are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.deck.charts import Body
from dashboard.indicators.anomalies import touching
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.wording.numbers import NBSP, typographic


@dataclass(frozen=True)
class Content:
    """A view ready to be drawn.

    title: the message; subtitle: measure, unit, territory, period; body: what is drawn; table: its quantities (None
    where the view is made of texts); reading: the sentence that reads it aloud; source: documents and status;
    filters: the choices in words; caveats: known particularities of the source and cautions; credit: of the map;
    nature: « estimation » or « scénario », empty for what is observed.
    """

    kind: str
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

    @property
    def estimated(self) -> bool:
        """True when nothing here is observed."""
        return bool(self.nature)


MAP_CREDIT = (
    f"Limites{NBSP}: amCharts (www.amcharts.com), d’après les divisions de recensement de 2011 de Statistique Canada; "
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

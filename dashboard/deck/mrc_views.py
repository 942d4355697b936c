"""The views of the MRC on a measure: map, tiles, ranking, and the sheet of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.deck import choices as ch
from dashboard.deck import drawn
from dashboard.deck.charts import Body, Cards
from dashboard.deck.content import MAP_CREDIT, Content, observed, place
from dashboard.deck.mapped import Mapped, territory_map, tiles
from dashboard.indicators import admissions as adm
from dashboard.indicators import views
from dashboard.indicators.classes import fixed
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import order
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative import key_figures as keys
from dashboard.narrative import mrc_words
from dashboard.narrative import sentences as say
from dashboard.narrative.show import full, people
from dashboard.wording import query
from dashboard.wording.numbers import number

Choices = Mapping[str, str]


@dataclass(frozen=True)
class _Asked:
    """The MRC of a region (None: all of them) on a measure, one of which may be chosen."""

    code: str
    region: str | None
    measure: str
    chosen: str | None
    table: Table
    quantities: Mapping[str, Quantity]
    told: Mapping[str, tuple[str, ...]]

    def content(self, ds: Dataset, body: Body, credit: str = "") -> Content:
        """What is said of them, whatever is drawn."""
        rate, codes = self.measure == "taux", list(self.quantities)
        where = place(ds, self.region) if self.region else f"{number(len(codes))} MRC"
        filters = [place(ds, self.code), mrc_words.MEASURE_LABELS[self.measure].lower(), adm.span(ds)]
        return observed(
            ds, self.code, body, self.table,
            title=say.mrc_title(ds, self.table, self.region, self.measure),
            subtitle=mrc_words.subtitle(ds, self.measure, where),
            reading=mrc_words.reading(ds, self.table, self.measure, self.chosen, self.region),
            filters="; ".join([*filters, ds.name(self.chosen)] if self.chosen else filters),
            bases=_census(ds) if rate else (), extra=(say.unreliable_reading(ds, codes),) if rate else (),
            credit=credit, chosen=self.chosen,
        )  # fmt: skip

    def mapped(self, ds: Dataset) -> Mapped:
        """What its map and its tiles show."""
        counted = "d’admissions" if self.measure == "nombre" else ""
        unit = mrc_words.UNITS[self.measure]
        return Mapped(self.quantities, fixed(ds, self.measure), unit, self.told, self.chosen, counted)


def _asked(ds: Dataset, choices: Choices) -> _Asked:
    code = ch.value(ds, choices, query.TERRITORY) or ds.config.direction
    region = None if code == ds.config.direction else code
    measure, codes = ch.value(ds, choices, query.MEASURE) or ds.config.default_measure, ds.mrc_codes(region)
    quantities = {code: adm.mrc_measure(ds, code, measure) for code in codes}
    told = {code: _told(ds, code) for code in codes}
    table = views.by_mrc(ds, codes, region=region)
    return _Asked(code, region, measure, ch.value(ds, choices, query.MRC), table, quantities, told)


def _told(ds: Dataset, code: str) -> tuple[str, ...]:
    """What every drawing says of an MRC that is pointed at: the three measures, and the caution."""
    count, share, rate = (adm.mrc_measure(ds, code, measure) for measure in adm.MEASURES)
    caution = () if rate.reliable else ("Taux peu fiable",)
    region = ds.region_of(code) or code
    return (
        ds.name(code), ds.name(region), f"{people(count)}, {adm.span(ds)}", f"{full(share)} de sa région", full(rate),
        *caution,
    )  # fmt: skip


def _census(ds: Dataset) -> tuple[str, ...]:
    return (f"Taux sur la population du {adm.census_words(ds)}.",)


def mrc_map(ds: Dataset, choices: Choices) -> Content:
    """The map; without boundaries, the ranking, since the figures remain."""
    asked = _asked(ds, choices)
    body = territory_map(ds, asked.mapped(ds), asked.region)
    return asked.content(ds, body or _ranked(ds, asked), MAP_CREDIT if body else "")


def mrc_tiles(ds: Dataset, choices: Choices) -> Content:
    asked = _asked(ds, choices)
    return asked.content(ds, tiles(ds, asked.mapped(ds)))


def mrc_bars(ds: Dataset, choices: Choices) -> Content:
    asked = _asked(ds, choices)
    return asked.content(ds, _ranked(ds, asked))


def _ranked(ds: Dataset, asked: _Asked) -> Body:
    """From the highest to the lowest; unreliable rates come last, out of the ranking."""
    ordered = sorted(asked.quantities, key=lambda code: order(asked.quantities[code], ds.name(code)))
    return drawn.ranked(
        ds, {code: asked.quantities[code] for code in ordered}, asked.told, say.capital(mrc_words.UNITS[asked.measure]),
        unit="%" if asked.measure == "part" else "", decimals=0 if asked.measure == "nombre" else 1,
        chosen=asked.chosen, mapped=asked.mapped(ds),
    )  # fmt: skip


def mrc_of(ds: Dataset, choices: Choices) -> str:
    """The MRC that a view is about: the one chosen, or the one with the most admissions."""
    codes = ds.mrc_codes(ch.region_of(ds, choices))
    first = min(codes, key=lambda c: order(adm.mrc_measure(ds, c, "nombre"), ds.name(c)))
    return ch.value(ds, choices, query.MRC) or first


def mrc_sheet(ds: Dataset, choices: Choices) -> Content:
    """The key figures of one MRC, beside its region, the direction and Québec in the table."""
    code = mrc_of(ds, choices)
    within = ds.region_of(code) or code
    return observed(
        ds, code, Cards(tuple(keys.mrc(ds, code))), views.mrc_beside(ds, code),
        title=mrc_words.title(ds, code), subtitle=mrc_words.described(ds, code), reading=say.mrc_reading(ds, code),
        filters=f"{ds.name(within)}; {ds.name(code)}", bases=_census(ds), chosen=code,
    )  # fmt: skip

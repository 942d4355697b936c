"""The tables behind each chart. No territory, year or category is written here: they come from the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions, profile
from dashboard.indicators.memory import remembered
from dashboard.indicators.quantity import Quantity, share_pct
from dashboard.indicators.ranking import order
from dashboard.indicators.tables import Column, Columns, Head, Table, computed
from dashboard.model import Dataset
from dashboard.wording.periods import period as period_words

Compute = Callable[[str], Quantity | None]


def _heads(ds: Dataset, codes: Iterable[str]) -> tuple[Head, ...]:
    return tuple(Head(code, ds.name(code)) for code in codes)


def _with_above(ds: Dataset, codes: Iterable[str]) -> tuple[Head, ...]:
    """Heads of territories, those above the regions as they are called beside them."""
    above = directions.above(ds)
    return tuple(Head(code, above.get(code) or ds.name(code)) for code in codes)


def _except(left: Iterable[str], compute: Compute) -> Compute:
    """Nothing in these rows, what is computed in the others."""
    return lambda row: None if row in left else compute(row)


@remembered
def trend(ds: Dataset, territory: str) -> Table:
    """Admissions of each year: number, index (first year = 100), share of Québec, change; Québec beside."""
    years, period, province = adm.years(ds), adm.total_span(ds), ds.config.province
    index, change = (partial(compute, ds, territory) for compute in (adm.index_100, adm.change_pct))
    columns: Columns = {
        Column("nombre", "Admissions"): partial(adm.admissions, ds, territory),
        Column("indice", f"Indice ({years[0]} = 100)", 1): _except((period,), index),
        Column("part", "Part du Québec (%)", 1): partial(adm.share_of_quebec, ds, territory),
        Column("variation", "Variation annuelle (%)", 1): _except((period,), change),
        Column("nombre_qc", "Admissions, Québec"): partial(adm.admissions, ds, province),
        Column("indice_qc", "Indice, Québec", 1): _except((period,), partial(adm.index_100, ds, province)),
    }
    rows = (*(Head(year, year) for year in years), Head(period, f"Total {period}", total=True))
    return computed(f"Admissions permanentes par année, {ds.name(territory)}", "Année", rows, columns)


@remembered
def by_mrc(ds: Dataset, codes: Sequence[str], *, region: str | None = None) -> Table:
    """MRC x (number, share of its region, rate, population), sorted by number; the region's total when given."""
    columns: Columns = {
        Column("nombre", "Admissions"): partial(adm.admissions, ds, period=adm.span(ds)),
        Column("part", "Part de la région (%)", 1): _except((region or "",), partial(adm.share_of_region, ds)),
        Column("taux", "Pour 1\u00a0000 habitants", 1): partial(adm.rate_per_1000, ds),
        Column("population", f"Population totale, {adm.census_words(ds)}"): partial(adm.population, ds),
    }
    where = ds.name(region) if region else "ensemble des MRC"
    title, rows = f"Admissions permanentes par MRC, {adm.span(ds)}, {where}", _heads(ds, codes)
    total = (Head(region, f"Total, {where}", total=True),) if region else ()
    table = computed(title, "MRC", (*rows, *total), columns)
    ordered = sorted(rows, key=lambda row: order(table.cell(row.id, "nombre"), row.label))
    return replace(table, rows=(*ordered, *total))


# The indicator of each composition, and the category that each of its own is a share of (none said: the total).
COMPOSITIONS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "categorie": ("admissions_by_category", {}),
    "sexe": ("admissions_by_sex", {}),
    # Among those who declared a language, then among everyone admitted, the unknown included.
    "francais": ("admissions_by_french", dict.fromkeys(("french_known", "french_not_known", "declared"), "declared")),
    "francais-tous": (
        "admissions_by_french", dict.fromkeys(("french_known", "french_not_known", "not_available", "total"), "total"),
    ),
}  # fmt: skip


@remembered
def composition(ds: Dataset, territory: str, kind: str) -> Table:
    """Categories x (number and share, here and in Québec); kind: one of `COMPOSITIONS`."""
    indicator, given = COMPOSITIONS[kind]
    definition, province = ds.indicators[indicator], ds.config.province
    names = {c.id: c.named for c in definition.categories}
    bases = given or dict.fromkeys(names, "total")

    def share(code: str) -> Compute:
        return lambda category: profile.category_share(ds, code, indicator, category, bases[category])

    columns: Columns = {
        Column("nombre", "Personnes"): partial(profile.count, ds, territory, indicator),
        Column("part", "Part (%)", 1): share(territory),
        Column("nombre_qc", "Personnes, Québec"): partial(profile.count, ds, province, indicator),
        Column("part_qc", "Part, Québec (%)", 1): share(province),
    }
    rows = (Head(category, names[category], total=category == "total") for category in bases)
    title = f"{definition.label}, {profile.latest(ds, indicator)}, {ds.name(territory)}"
    return computed(title, definition.short, rows, columns)


@remembered
def permits(ds: Dataset, territory: str) -> Table:
    """Programmes x (permits here, their share of all and of Québec's, permits in Québec and their share of all)."""
    indicator = ds.indicators["temporary_permits"]

    def number(code: str) -> Compute:
        return lambda c: profile.permits_total(ds, code) if c == "total" else profile.count(ds, code, indicator.id, c)

    def share(code: str) -> Compute:
        whole, base = profile.permits_total(ds, code), "permis temporaires valides"

        def of_all(category: str) -> Quantity:
            part = profile.count(ds, code, indicator.id, category)
            return share_pct(part, whole, part.label, "category_share", base)

        return _except(("total",), of_all)

    columns: Columns = {
        Column("nombre", "Permis"): number(territory),
        Column("part", "Part des permis (%)", 1): share(territory),
        Column("part_quebec", "Part des permis du Québec (%)", 1): lambda c: profile.permits_share_of_quebec(
            ds, territory, None if c == "total" else c
        ),
        Column("nombre_qc", "Permis, Québec"): number(ds.config.province),
        Column("part_qc", "Part des permis, Québec (%)", 1): share(ds.config.province),
    }
    rows = (*(Head(c.id, c.named) for c in indicator.categories), Head("total", "Ensemble (somme)", total=True))
    title = f"Permis temporaires valides au {period_words(profile.latest(ds, indicator.id))}, {ds.name(territory)}"
    return computed(title, "Programme", rows, columns)


@remembered
def agreements(ds: Dataset, territory: str | None = None) -> Table:
    """Kinds of agreement x regions (or one region and the direction)."""
    indicator, shown = ds.indicators["agreements"], directions.shown(ds)
    date = profile.latest(ds, indicator.id)
    if territory is not None and ds.territories[territory].level == "region":
        codes, own = [territory], [code for code in [ds.direction_of(territory, date)] if code is not None]
    else:
        codes, own = ds.region_codes(), shown
    totals = {code: f"{'Direction' if len(shown) == 1 else ds.name(code)}, total" for code in own}
    labels = {code: ds.name(code) for code in codes} | totals
    columns = {Column(code, label): partial(profile.count, ds, code, indicator.id) for code, label in labels.items()}
    rows = (Head(c.id, c.named) for c in indicator.categories)
    return computed(f"Ententes et mandataires au {period_words(date)}", "Type", rows, columns)


def _french(ds: Dataset) -> Compute:
    return lambda code: profile.french_known_bounds(ds, code)[0]


@remembered
def summary(ds: Dataset) -> Table:
    """Regions, direction and Québec side by side on the indicators that all share."""
    last, period, quebec = adm.years(ds)[-1], adm.total_span(ds), (ds.config.province,)
    rate, part = _except(quebec, partial(adm.rate_per_1000, ds)), _except(quebec, partial(profile.immigrant_share, ds))
    immigrants = partial(profile.immigrant_population, ds)
    columns: Columns = {
        Column("periode", f"Admissions {period}"): partial(adm.admissions, ds, period=period),
        Column("part_quebec", "Part du Québec (%)", 1): partial(adm.share_of_quebec, ds, period=period),
        Column("annee", f"Admissions {last}"): partial(adm.admissions, ds, period=last),
        Column("variation", "Variation annuelle (%)", 1): partial(adm.change_pct, ds, year=last),
        Column("taux", f"Admissions {adm.span(ds)} pour 1\u00a0000 habitants", 1): rate,
        Column("immigree", f"Population immigrée {profile.immigrants_year(ds)}"): immigrants,
        Column("part_immigree", "Population immigrée (% des ménages privés)", 1): part,
        Column("permis", "Permis temporaires"): partial(profile.permits_total, ds),
        Column("permis_par_admission", "Permis par admission", 1): partial(profile.permits_per_admission, ds),
        Column("francais", f"Connaissant le français {profile.latest(ds, 'admissions_by_french')} (%)", 1): _french(ds),
    }
    above = (Head(code, name, total=code not in quebec) for code, name in directions.above(ds).items())
    return computed("Les régions côte à côte", "Territoire", (*_heads(ds, ds.region_codes()), *above), columns)


@remembered
def trends(ds: Dataset) -> Table:
    """Years x regions, with the direction and Québec: numbers, for the small multiples."""
    heads = _with_above(ds, (*ds.region_codes(), *directions.above(ds)))
    columns = {Column(head.id, head.label): partial(adm.admissions, ds, head.id) for head in heads}
    return computed("Admissions permanentes par année", "Année", (Head(y, y) for y in adm.years(ds)), columns)


@remembered
def mrc_beside(ds: Dataset, code: str) -> Table:
    """An MRC, its region, the direction and Québec: number, shares, rate, population."""
    region, own = ds.region_of(code), directions.of(ds, code)
    period, quebec = adm.span(ds), (ds.config.province,)
    # Québec's population is not in the data: a rate would mix two universes.
    rate, people = (_except(quebec, partial(compute, ds)) for compute in (adm.rate_per_1000, adm.population))
    columns: Columns = {
        Column("nombre", f"Admissions {period}"): partial(adm.admissions, ds, period=period),
        Column("part", "Part de la région (%)", 1): lambda c: adm.share_of_region(ds, c) if c == code else None,
        Column("part_quebec", "Part du Québec (%)", 1): partial(adm.share_of_quebec, ds, period=period),
        Column("taux", "Pour 1\u00a0000 habitants", 1): rate,
        Column("population", f"Population totale, {adm.census_words(ds)}"): people,
    }
    rows = _with_above(ds, [known for known in (code, region, own, *quebec) if known])
    return computed(f"{ds.name(code)}, sa région, la direction et le Québec", "Territoire", rows, columns)


def standouts(ds: Dataset) -> Table:
    """The figures that the sentences of « Ce qui ressort » speak of, regions, direction and Québec."""
    last, period, indicator = adm.years(ds)[-1], adm.total_span(ds), "admissions_by_category"
    share = partial(profile.category_share, ds, indicator=indicator, base="total")
    columns: Columns = {
        Column("periode", f"Admissions {period}"): partial(adm.admissions, ds, period=period),
        Column("part_direction", "Part de la direction (%)", 1): partial(adm.share_of_direction, ds),
        Column("variation", f"Variation {last} (%)", 1): partial(adm.change_pct, ds, year=last),
        Column("permis", "Permis par admission", 1): partial(profile.permits_per_admission, ds),
        **{
            Column(own.id, f"{own.named} (%)", 1): partial(share, category=own.id)
            for own in ds.indicators[indicator].categories
            if own.id != "total"
        },
        Column("francais", "Connaissant le français (%)", 1): _french(ds),
    }
    rows = _with_above(ds, (*directions.regions(ds), ds.config.province))
    return computed("Ce qui ressort", "Territoire", rows, columns)

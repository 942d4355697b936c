"""The tables behind each chart. No territory, year or category is written here: they come from the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions, profile
from dashboard.indicators.memory import remembered
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import order
from dashboard.indicators.tables import Column, Head, Table, computed
from dashboard.model import Dataset
from dashboard.wording.periods import period as period_words

Compute = Callable[[str], Quantity | None]


def _heads(ds: Dataset, codes: Iterable[str], labels: Mapping[str, str] | None = None) -> tuple[Head, ...]:
    named = labels or {}
    return tuple(Head(code, named.get(code) or ds.name(code)) for code in codes)


def _except(left: Iterable[str], compute: Compute) -> Compute:
    """Nothing in these rows, what is computed in the others."""
    return lambda row: None if row in left else compute(row)


@remembered
def trend(ds: Dataset, territory: str) -> Table:
    """Admissions of each year: number, index (first year = 100), share of Québec, change; Québec beside."""
    years, period, province = adm.years(ds), adm.total_span(ds), ds.config.province
    total = (period,)
    columns: dict[Column, Compute] = {
        Column("nombre", "Admissions"): partial(adm.admissions, ds, territory),
        Column("indice", f"Indice ({years[0]} = 100)", 1): _except(total, partial(adm.index_100, ds, territory)),
        Column("part", "Part du Québec (%)", 1): partial(adm.share_of_quebec, ds, territory),
        Column("variation", "Variation annuelle (%)", 1): _except(total, partial(adm.change_pct, ds, territory)),
        Column("nombre_qc", "Admissions, Québec"): partial(adm.admissions, ds, province),
        Column("indice_qc", "Indice, Québec", 1): _except(total, partial(adm.index_100, ds, province)),
    }
    rows = (*(Head(year, year) for year in years), Head(period, f"Total {period}", total=True))
    return computed(f"Admissions permanentes par année, {ds.name(territory)}", "Année", rows, columns, ("admissions",))


def by_mrc(ds: Dataset, codes: Sequence[str], *, region: str | None = None) -> Table:
    """MRC x (number, share of its region, rate, population), sorted by number; the region's total when given."""
    return _by_mrc(ds, tuple(codes), region)


@remembered
def _by_mrc(ds: Dataset, codes: tuple[str, ...], region: str | None) -> Table:
    columns: dict[Column, Compute] = {
        Column("nombre", "Admissions"): lambda c: adm.admissions(ds, c, adm.span(ds)),
        Column("part", "Part de la région (%)", 1): _except((region or "",), partial(adm.share_of_region, ds)),
        Column("taux", "Pour 1\u00a0000 habitants", 1): partial(adm.rate_per_1000, ds),
        Column("population", f"Population totale, {adm.census_words(ds)}"): lambda c: adm.population(ds, c),
    }
    where = ds.name(region) if region else "ensemble des MRC"
    title = f"Admissions permanentes par MRC, {adm.span(ds)}, {where}"
    total = (Head(region, f"Total, {where}", total=True),) if region else ()
    rows, indicators = _heads(ds, codes), ("admissions_by_mrc", "population_census")
    table = computed(title, "MRC", (*rows, *total), columns, indicators)
    ordered = sorted(rows, key=lambda row: order(table.cell(row.id, "nombre"), row.label))
    return replace(table, rows=(*ordered, *total))


def composition(ds: Dataset, territory: str, indicator: str, groups: Sequence[tuple[str, str]]) -> Table:
    """Categories x (number and share, here and in Québec). `groups` pairs each category with the base of its share."""
    definition, bases, province = ds.indicators[indicator], dict(groups), ds.config.province
    names = {c.id: c.named for c in definition.categories}

    def share(code: str) -> Compute:
        return lambda category: profile.category_share(ds, code, indicator, category, bases[category])

    columns: dict[Column, Compute] = {
        Column("nombre", "Personnes"): partial(profile.count, ds, territory, indicator),
        Column("part", "Part (%)", 1): share(territory),
        Column("nombre_qc", "Personnes, Québec"): partial(profile.count, ds, province, indicator),
        Column("part_qc", "Part, Québec (%)", 1): share(province),
    }
    rows = (Head(category, names[category], total=category == "total") for category in bases)
    title = f"{definition.label}, {profile.latest(ds, indicator)}, {ds.name(territory)}"
    return computed(title, definition.short, rows, columns, (indicator,))


@remembered
def by_category(ds: Dataset, territory: str) -> Table:
    return _parts_of_total(ds, territory, "admissions_by_category")


@remembered
def by_sex(ds: Dataset, territory: str) -> Table:
    return _parts_of_total(ds, territory, "admissions_by_sex")


def _parts_of_total(ds: Dataset, territory: str, indicator: str) -> Table:
    groups = [(category.id, "total") for category in ds.indicators[indicator].categories]
    return composition(ds, territory, indicator, groups)


@remembered
def by_french_declared(ds: Dataset, territory: str) -> Table:
    """Knowledge of French among those who declared a language."""
    groups = [("french_known", "declared"), ("french_not_known", "declared"), ("declared", "declared")]
    return composition(ds, territory, "admissions_by_french", groups)


@remembered
def by_french_everyone(ds: Dataset, territory: str) -> Table:
    """Knowledge of French among everyone admitted, the unknown included."""
    groups = [(c, "total") for c in ("french_known", "french_not_known", "not_available", "total")]
    return composition(ds, territory, "admissions_by_french", groups)


@remembered
def permits(ds: Dataset, territory: str) -> Table:
    """Programmes x (permits here, their share of all and of Québec's, permits in Québec and their share of all)."""
    indicator = ds.indicators["temporary_permits"]

    def number(code: str) -> Compute:
        return lambda c: profile.permits_total(ds, code) if c == "total" else profile.count(ds, code, indicator.id, c)

    def share(code: str) -> Compute:
        return lambda c: None if c == "total" else profile.permits_share(ds, code, c)

    columns: dict[Column, Compute] = {
        Column("nombre", "Permis"): number(territory),
        Column("part", "Part des permis (%)", 1): share(territory),
        Column("part_quebec", "Part des permis du Québec (%)", 1): lambda c: profile.permits_share_of_quebec(
            ds, territory, None if c == "total" else c
        ),
        Column("nombre_qc", "Permis, Québec"): number(ds.config.province),
        Column("part_qc", "Part des permis, Québec (%)", 1): share(ds.config.province),
    }
    rows = [Head(c.id, c.named) for c in indicator.categories]
    rows.append(Head("total", "Ensemble (somme)", total=True))
    title = f"Permis temporaires valides au {period_words(profile.latest(ds, indicator.id))}, {ds.name(territory)}"
    return computed(title, "Programme", rows, columns, ("temporary_permits",))


@remembered
def agreements(ds: Dataset, territory: str | None = None) -> Table:
    """Kinds of agreement x regions (or one region and the direction)."""
    indicator = ds.indicators["agreements"]
    alone = territory is not None and ds.territories[territory].level == "region"
    codes = [territory] if alone and territory is not None else ds.region_codes()
    date, shown = profile.latest(ds, indicator.id), directions.shown(ds)
    own = [code for code in ([ds.direction_of(codes[0], date)] if alone else shown) if code is not None]
    totals = {code: f"{'Direction' if len(shown) == 1 else ds.name(code)}, total" for code in own}
    labels = {code: ds.name(code) for code in codes} | totals
    columns = {Column(code, label): partial(profile.count, ds, code, indicator.id) for code, label in labels.items()}
    rows = (Head(c.id, c.named) for c in indicator.categories)
    return computed(f"Ententes et mandataires au {period_words(date)}", "Type", rows, columns, ("agreements",))


@remembered
def summary(ds: Dataset) -> Table:
    """Regions, direction and Québec side by side on the indicators that all share."""
    last, period, province = adm.years(ds)[-1], adm.total_span(ds), ds.config.province
    columns: dict[Column, Compute] = {
        Column("periode", f"Admissions {period}"): lambda c: adm.admissions(ds, c, period),
        Column("part_qc", "Part du Québec (%)", 1): lambda c: adm.share_of_quebec(ds, c, period),
        Column("annee", f"Admissions {last}"): lambda c: adm.admissions(ds, c, last),
        Column("variation", "Variation annuelle (%)", 1): lambda c: adm.change_pct(ds, c, last),
        Column("taux", f"Admissions {adm.span(ds)} pour 1\u00a0000 habitants", 1): _except(
            (province,), lambda c: adm.rate_per_1000(ds, c)
        ),
        Column("immigree", f"Population immigrée {profile.immigrants_year(ds)}"): partial(
            profile.immigrant_population, ds
        ),
        Column("part_immigree", "Population immigrée (% des ménages privés)", 1): _except(
            (province,), partial(profile.immigrant_share, ds)
        ),
        Column("permis", "Permis temporaires"): partial(profile.permits_total, ds),
        Column("permis_par_admission", "Permis par admission", 1): partial(profile.permits_per_admission, ds),
        Column("francais", f"Connaissant le français {profile.latest(ds, 'admissions_by_french')} (%)", 1): (
            lambda c: profile.french_known_bounds(ds, c)[0]
        ),
    }
    above = (Head(code, name, total=code != province) for code, name in directions.above(ds).items())
    rows, people = (*_heads(ds, ds.region_codes()), *above), ("immigrant_population", "temporary_permits")
    indicators = ("admissions", *people, "admissions_by_french", "population_census")
    return computed("Les régions côte à côte", "Territoire", rows, columns, indicators)


@remembered
def trends(ds: Dataset) -> Table:
    """Years x regions, with the direction and Québec: numbers, for the small multiples."""
    years = adm.years(ds)
    heads = _heads(ds, (*ds.region_codes(), *directions.above(ds)), directions.above(ds))
    columns = {Column(head.id, head.label): partial(adm.admissions, ds, head.id) for head in heads}
    return computed("Admissions permanentes par année", "Année", (Head(y, y) for y in years), columns, ("admissions",))


@remembered
def mrc_beside(ds: Dataset, code: str) -> Table:
    """An MRC, its region, the direction and Québec: number, shares, rate, population."""
    region = ds.region_of(code)
    assert region is not None
    period, province, own = adm.span(ds), ds.config.province, directions.of(ds, code)
    codes = [code, region, *([own] if own else []), province]
    # Québec's population is not in the data: a rate would mix two universes.
    columns: dict[Column, Compute] = {
        Column("nombre", f"Admissions {period}"): lambda c: adm.admissions(ds, c, period),
        Column("part_qc", "Part du Québec (%)", 1): lambda c: adm.share_of_quebec(ds, c, period),
        Column("taux", "Pour 1\u00a0000 habitants", 1): _except((province,), lambda c: adm.rate_per_1000(ds, c)),
        Column("population", f"Population totale, {adm.census_words(ds)}"): _except(
            (province,), lambda c: adm.population(ds, c)
        ),
    }
    title = f"{ds.name(code)}, sa région, la direction et le Québec"
    indicators = ("admissions_by_mrc", "admissions", "population_census")
    table = computed(title, "Territoire", _heads(ds, codes, directions.above(ds)), columns, indicators)
    shares = (table.columns[0], Column("part", "Part de la région (%)", 1), *table.columns[1:])
    return replace(table, columns=shares, cells={**table.cells, (code, "part"): adm.share_of_region(ds, code)})


@remembered
def _category_share(ds: Dataset, category: str, code: str) -> Quantity:
    return profile.category_share(ds, code, "admissions_by_category", category, "total")


def standouts(ds: Dataset) -> Table:
    """The figures that the sentences of « Ce qui ressort » speak of, regions, direction and Québec."""
    last, period = adm.years(ds)[-1], adm.total_span(ds)
    columns: dict[Column, Compute] = {
        Column("periode", f"Admissions {period}"): lambda c: adm.admissions(ds, c, period),
        Column("part_direction", "Part de la direction (%)", 1): lambda c: adm.share_of_direction(ds, c),
        Column("variation", f"Variation {last} (%)", 1): lambda c: adm.change_pct(ds, c, last),
        Column("permis", "Permis par admission", 1): lambda c: profile.permits_per_admission(ds, c),
        **{
            Column(own.id, f"{own.named} (%)", 1): partial(_category_share, ds, own.id)
            for own in ds.indicators["admissions_by_category"].categories
            if own.id != "total"
        },
        Column("francais", "Connaissant le français (%)", 1): lambda c: profile.french_known_bounds(ds, c)[0],
    }
    rows = _heads(ds, (*directions.regions(ds), ds.config.province), directions.above(ds))
    return computed("Ce qui ressort", "Territoire", rows, columns, ("admissions",))

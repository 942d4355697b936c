"""The tables behind each chart. No territory, year or category is written here: they come from the data."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions, profile
from dashboard.indicators.memory import remembered
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import order
from dashboard.indicators.tables import Column, Head, Table
from dashboard.model import Dataset

direction_label = directions.label
MEASURE_COLUMNS = {
    "nombre": Column("nombre", "Admissions"),
    "part": Column("part", "Part de la région (%)", 1),
    "taux": Column("taux", "Pour 1\u00a0000 habitants", 1),
}


def _heads(ds: Dataset, codes: Sequence[str]) -> tuple[Head, ...]:
    return tuple(Head(code, ds.name(code)) for code in codes)


@remembered
def trend(ds: Dataset, territory: str) -> Table:
    """Admissions of each year: number, index (first year = 100), share of Québec, change; Québec beside."""
    years = adm.years(ds)
    province = ds.config.province
    columns = (
        Column("nombre", "Admissions"),
        Column("indice", f"Indice ({years[0]} = 100)", 1),
        Column("part", "Part du Québec (%)", 2),
        Column("variation", "Variation annuelle (%)", 1),
        Column("nombre_qc", "Admissions, Québec"),
        Column("indice_qc", "Indice, Québec", 1),
    )
    cells: dict[tuple[str, str], Quantity | None] = {}
    for year in years:
        cells[year, "nombre"] = adm.admissions(ds, territory, year)
        cells[year, "indice"] = adm.index_100(ds, territory, year)
        cells[year, "part"] = adm.share_of_quebec(ds, territory, year)
        cells[year, "variation"] = adm.change_pct(ds, territory, year)
        cells[year, "nombre_qc"] = adm.admissions(ds, province, year)
        cells[year, "indice_qc"] = adm.index_100(ds, province, year)
    period = adm.total_span(ds)
    cells[period, "nombre"] = adm.admissions(ds, territory, period)
    cells[period, "part"] = adm.share_of_quebec(ds, territory, period)
    cells[period, "nombre_qc"] = adm.admissions(ds, province, period)
    rows = tuple(Head(year, year) for year in years) + (Head(period, f"Total {period}", total=True),)
    return Table(
        f"Admissions permanentes par année, {ds.name(territory)}", "Année", rows, columns, cells, ("admissions",)
    )


def by_mrc(ds: Dataset, codes: Sequence[str], *, region: str | None = None) -> Table:
    """MRC x (number, share of its region, rate, population), sorted by number; the region's total when given."""
    return _by_mrc(ds, tuple(codes), region)


@remembered
def _by_mrc(ds: Dataset, codes: tuple[str, ...], region: str | None) -> Table:
    cells: dict[tuple[str, str], Quantity | None] = {}
    for code in codes:
        for measure in adm.MEASURES:
            cells[code, measure] = adm.mrc_measure(ds, code, measure)
        cells[code, "population"] = adm.population(ds, code)
    ordered = sorted(codes, key=lambda c: order(cells[c, "nombre"], ds.name(c)))
    rows = _heads(ds, ordered)
    if region is not None:
        total = Head(region, f"Total, {ds.name(region)}", total=True)
        rows = (*rows, total)
        cells[region, "nombre"] = adm.admissions(ds, region, adm.span(ds))
        cells[region, "taux"] = adm.rate_per_1000(ds, region)
        cells[region, "population"] = adm.population(ds, region)
    columns = (*MEASURE_COLUMNS.values(), Column("population", f"Population, {adm.census_words(ds)}"))
    where = ds.name(region) if region else "ensemble des territoires"
    return Table(
        f"Admissions permanentes par MRC, {adm.span(ds)}, {where}",
        "MRC ou territoire équivalent",
        rows,
        columns,
        cells,
        ("admissions_by_mrc", "population_census"),
    )


def composition(ds: Dataset, territory: str, indicator: str, groups: Sequence[tuple[str, str]]) -> Table:
    """Categories x (number and share, here and in Québec). `groups` pairs each category with the base of its share."""
    province = ds.config.province
    definition = ds.indicators[indicator]
    names = {c.id: c for c in definition.categories}
    cells: dict[tuple[str, str], Quantity | None] = {}
    rows = []
    for category, base in groups:
        label = names[category].short or names[category].label
        rows.append(Head(category, label, total=category == "total"))
        for code, suffix in ((territory, ""), (province, "_qc")):
            cells[category, "nombre" + suffix] = profile.count(ds, code, indicator, category)
            cells[category, "part" + suffix] = profile.category_share(ds, code, indicator, category, base)
    columns = (
        Column("nombre", "Personnes"),
        Column("part", "Part (%)", 1),
        Column("nombre_qc", "Personnes, Québec"),
        Column("part_qc", "Part, Québec (%)", 1),
    )
    period = profile.latest(ds, indicator)
    return Table(
        f"{definition.label}, {period}, {ds.name(territory)}",
        definition.short,
        tuple(rows),
        columns,
        cells,
        (indicator,),
    )


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
    """Programmes x (permits here, share of Québec's, permits in Québec)."""
    indicator = ds.indicators["temporary_permits"]
    province = ds.config.province
    cells: dict[tuple[str, str], Quantity | None] = {}
    rows = [Head(c.id, c.short or c.label) for c in indicator.categories]
    for head in rows:
        cells[head.id, "nombre"] = profile.count(ds, territory, indicator.id, head.id)
        cells[head.id, "nombre_qc"] = profile.count(ds, province, indicator.id, head.id)
        cells[head.id, "part"] = profile.permits_share_of_quebec(ds, territory, head.id)
    rows.append(Head("total", "Ensemble (somme)", total=True))
    cells["total", "nombre"] = profile.permits_total(ds, territory)
    cells["total", "nombre_qc"] = profile.permits_total(ds, province)
    cells["total", "part"] = profile.permits_share_of_quebec(ds, territory)
    columns = (
        Column("nombre", "Permis"),
        Column("part", "Part des permis du Québec (%)", 1),
        Column("nombre_qc", "Permis, Québec"),
    )
    return Table(
        f"Permis temporaires valides, {profile.latest(ds, indicator.id)}, {ds.name(territory)}",
        "Programme",
        tuple(rows),
        columns,
        cells,
        ("temporary_permits",),
    )


@remembered
def agreements(ds: Dataset, territory: str | None = None) -> Table:
    """Kinds of agreement x regions (or one region and the direction)."""
    indicator = ds.indicators["agreements"]
    alone = territory is not None and ds.territories[territory].level == "region"
    codes = [territory] if alone and territory is not None else ds.region_codes()
    date = profile.latest(ds, indicator.id)
    own = [ds.direction_of(codes[0], date)] if alone else directions.shown(ds)
    cells: dict[tuple[str, str], Quantity | None] = {}
    rows = tuple(Head(c.id, c.short or c.label) for c in indicator.categories)
    columns = tuple(Column(code, ds.name(code)) for code in codes) + tuple(
        Column(code, "Direction, total" if len(directions.shown(ds)) == 1 else f"{ds.name(code)}, total")
        for code in own
        if code is not None
    )
    for head in rows:
        for column in columns:
            cells[head.id, column.id] = profile.count(ds, column.id, indicator.id, head.id)
    return Table(f"Ententes et mandataires au {date}", "Type", rows, columns, cells, ("agreements",))


@remembered
def summary(ds: Dataset) -> Table:
    """Regions, direction and Québec side by side on the indicators that all share."""
    last, period = adm.years(ds)[-1], adm.total_span(ds)
    spec: list[tuple[Column, Callable[[str], Quantity | None]]] = [
        (Column("periode", f"Admissions {period}"), lambda c: adm.admissions(ds, c, period)),
        (Column("part_qc", "Part du Québec (%)", 1), lambda c: adm.share_of_quebec(ds, c, period)),
        (Column("annee", f"Admissions {last}"), lambda c: adm.admissions(ds, c, last)),
        (Column("variation", "Variation annuelle (%)", 1), lambda c: adm.change_pct(ds, c, last)),
        (
            Column("taux", f"Admissions {adm.span(ds)} pour 1\u00a0000 habitants", 1),
            lambda c: None if c == ds.config.province else adm.rate_per_1000(ds, c),
        ),
        (
            Column("immigree", f"Population immigrée {profile.immigrants_year(ds)}"),
            lambda c: profile.immigrant_population(ds, c),
        ),
        (
            Column("part_immigree", "Part de la population (%)", 1),
            lambda c: None if c == ds.config.province else profile.immigrant_share(ds, c),
        ),
        (Column("permis", "Permis temporaires"), lambda c: profile.permits_total(ds, c)),
        (Column("permis_par_admission", "Permis par admission", 1), lambda c: profile.permits_per_admission(ds, c)),
        (
            Column("francais", f"Connaissant le français {profile.latest(ds, 'admissions_by_french')} (%)", 1),
            lambda c: profile.french_known_bounds(ds, c)[0],
        ),
    ]
    rows = _heads(ds, ds.region_codes()) + tuple(
        Head(code, name, total=code != ds.config.province) for code, name in directions.above(ds).items()
    )
    cells = {(head.id, column.id): compute(head.id) for head in rows for column, compute in spec}
    return Table(
        "Les régions côte à côte",
        "Territoire",
        rows,
        tuple(column for column, _ in spec),
        cells,
        ("admissions", "immigrant_population", "temporary_permits", "admissions_by_french", "population_census"),
    )


@remembered
def trends(ds: Dataset) -> Table:
    """Years x regions, with the direction and Québec: numbers, for the small multiples."""
    above = directions.above(ds)
    codes = [*ds.region_codes(), *above]
    years = adm.years(ds)
    columns = tuple(Column(c, above.get(c) or ds.name(c)) for c in codes)
    cells: dict[tuple[str, str], Quantity | None] = {
        (year, code): adm.admissions(ds, code, year) for year in years for code in codes
    }
    return Table(
        "Admissions permanentes par année", "Année", tuple(Head(y, y) for y in years), columns, cells, ("admissions",)
    )


@remembered
def mrc_beside(ds: Dataset, code: str) -> Table:
    """An MRC, its region, the direction and Québec: number, shares, rate, population."""
    region = ds.region_of(code)
    assert region is not None
    period, province = adm.span(ds), ds.config.province
    own = directions.of(ds, code)
    codes = [code, region, *([own] if own else []), province]
    cells: dict[tuple[str, str], Quantity | None] = {}
    for territory in codes:
        cells[territory, "nombre"] = adm.admissions(ds, territory, period)
        cells[territory, "part_qc"] = adm.share_of_quebec(ds, territory, period)
        # Québec's population is not in the data: a rate would mix two universes.
        cells[territory, "taux"] = None if territory == province else adm.rate_per_1000(ds, territory)
        cells[territory, "population"] = None if territory == province else adm.population(ds, territory)
    cells[code, "part"] = adm.share_of_region(ds, code)
    labels = {**directions.above(ds), province: "Ensemble du Québec"}
    columns = (
        Column("nombre", f"Admissions {period}"),
        Column("part", "Part de la région (%)", 1),
        Column("part_qc", "Part du Québec (%)", 2),
        Column("taux", "Pour 1\u00a0000 habitants", 1),
        Column("population", f"Population, {adm.census_words(ds)}"),
    )
    rows = tuple(Head(c, labels.get(c) or ds.name(c)) for c in codes)
    return Table(
        f"{ds.name(code)}, sa région, la direction et le Québec",
        "Territoire",
        rows,
        columns,
        cells,
        ("admissions_by_mrc", "admissions", "population_census"),
    )


@remembered
def standouts(ds: Dataset) -> Table:
    """The figures that the sentences of « Ce qui ressort » speak of, regions, direction and Québec."""
    last, period = adm.years(ds)[-1], adm.total_span(ds)
    spec: list[tuple[Column, Callable[[str], Quantity | None]]] = [
        (Column("periode", f"Admissions {period}"), lambda c: adm.admissions(ds, c, period)),
        (Column("part_direction", "Part de la direction (%)", 1), lambda c: adm.share_of_direction(ds, c)),
        (Column("variation", f"Variation {last} (%)", 1), lambda c: adm.change_pct(ds, c, last)),
        (Column("permis", "Permis par admission", 1), lambda c: profile.permits_per_admission(ds, c)),
        (
            Column("refugies", "Personnes réfugiées et en situation semblable (%)", 1),
            lambda c: profile.category_share(ds, c, "admissions_by_category", "refugee", "total"),
        ),
        (Column("francais", "Connaissant le français (%)", 1), lambda c: profile.french_known_bounds(ds, c)[0]),
    ]
    codes = [*directions.regions(ds), ds.config.province]
    labels = {ds.config.province: "Ensemble du Québec"}
    rows = tuple(Head(c, labels.get(c) or ds.name(c)) for c in codes)
    cells = {(c, column.id): compute(c) for c in codes for column, compute in spec}
    return Table("Ce qui ressort", "Territoire", rows, tuple(c for c, _ in spec), cells, ("admissions",))

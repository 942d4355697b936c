"""The views of a territory: key figures, trend, map, MRC, compositions, permits, agreements, comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dashboard.deck import choices as ch
from dashboard.deck import drawn, palette
from dashboard.deck.charts import BarChart, Body, Mark, Paragraphs
from dashboard.deck.content import MAP_CREDIT, Content, caveats
from dashboard.indicators import admissions as adm
from dashboard.indicators import comparison as cmp
from dashboard.indicators import directions, profile, views
from dashboard.indicators.catalogue import entries, has
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import order
from dashboard.indicators.tables import Column, Head, Table
from dashboard.model import Dataset
from dashboard.narrative import comparison_words, mrc_words
from dashboard.narrative import key_figures as keys
from dashboard.narrative import sentences as say
from dashboard.narrative.show import bare, full
from dashboard.narrative.sourcing import source_of, source_text
from dashboard.wording import query
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import period as period_words

Choices = Mapping[str, str]
# How many bars a slide read from the back of a room can hold.
MOST_BARS = 10


def _code(ds: Dataset, choices: Choices) -> str:
    return ch.value(ds, choices, query.TERRITORY) or ds.config.direction


def _where(ds: Dataset, code: str) -> str:
    return directions.label(ds, code) if code == ds.config.direction else ds.name(code)


def _content(
    ds: Dataset, kind: str, code: str, body: Body, table: Table, *, title: str, subtitle: str, reading: str,
    filters: str = "", extra: tuple[str, ...] = (), credit: str = "", source_extra: str = "",
    said: tuple[Quantity, ...] = (),
) -> Content:  # fmt: skip
    """`said`: figures of the title or the sentence that the table does not hold."""
    source = f"{source_of(ds, table)} {source_extra}".strip()
    return Content(
        kind, title, subtitle, body, reading, source, filters or _where(ds, code), table,
        caveats(ds, [*table.quantities(), *said], extra=extra), credit, code,
    )  # fmt: skip


def key_figures(ds: Dataset, choices: Choices) -> Content:
    code = _code(ds, choices)
    region = ds.region_of(code)
    figures = keys.region(ds, code) if region else keys.direction(ds)
    lead = keys.region_lead(ds, code) if region else keys.direction_lead(ds)
    quantities = [q for f in figures for q in (f.quantity, *f.others)]
    body = drawn.cards(figures)
    title = f"{say.subject(ds, code) if region else 'La direction régionale'} en chiffres"
    table = _figures_table(ds, code, figures)
    return Content(
        "chiffres", title, f"Portrait de l’immigration, admissions {adm.total_span(ds)}", body, lead,
        source_text(ds, quantities), _where(ds, code), table, caveats(ds, quantities), "", code,
    )  # fmt: skip


def _figures_table(ds: Dataset, code: str, figures: list[keys.KeyFigure]) -> Table:
    """Key figures as a table of one column: a row a figure."""
    rows = tuple(Head(str(n), f.label) for n, f in enumerate(figures))
    cells = {(str(n), "valeur"): f.quantity for n, f in enumerate(figures)}
    indicators = tuple(sorted({i.key.indicator for f in figures for i in f.quantity.inputs}))
    return Table(
        f"Chiffres clés, {ds.name(code)}", "Chiffre", rows, (Column("valeur", "Valeur", 1),), cells, indicators
    )


def standouts(ds: Dataset, choices: Choices) -> Content:
    table = views.standouts(ds)
    said = tuple(say.standouts(ds))
    return _content(
        ds, "ressort", ds.config.direction, Paragraphs(said), table, title="Ce qui ressort",
        subtitle=f"Les régions de la direction, {adm.total_span(ds)}", reading=" ".join(said),
    )  # fmt: skip


def trend(ds: Dataset, choices: Choices) -> Content:
    code = _code(ds, choices)
    kind, year = ch.value(ds, choices, query.SERIES) or "nombre", ch.value(ds, choices, query.YEAR) or adm.years(ds)[-1]
    table, years = views.trend(ds, code), adm.calendar(ds)
    words = {
        "nombre": "Personnes admises à titre permanent, par année; (p)\u00a0: donnée provisoire, hachurée",
        "indice": f"Indice des admissions, {years[0]} = 100; Québec en gris; (p)\u00a0: donnée provisoire",
        "part": "Part des admissions du Québec, en %; (p)\u00a0: donnée provisoire",
    }
    body: Body = (
        drawn.columns(ds, code, table, years, year)
        if kind == "nombre"
        else drawn.series(ds, code, table, years, kind, year)
    )
    return _content(
        ds, "admissions", code, body, table, title=say.trend_message(ds, code),
        subtitle=f"{words[kind]}, {_where(ds, code)}", reading=say.trend_reading(ds, code, year, kind),
        filters=f"{_where(ds, code)}; {ch.SERIES[kind][:1].lower() + ch.SERIES[kind][1:]}; année {year}",
    )  # fmt: skip


def _mrc(ds: Dataset, choices: Choices) -> tuple[str, str | None, str, str | None, Table]:
    code = _code(ds, choices)
    region = None if code == ds.config.direction else code
    measure = ch.value(ds, choices, query.MEASURE) or ds.config.default_measure
    table = views.by_mrc(ds, ds.mrc_codes(region), region=region)
    return code, region, measure, ch.value(ds, choices, query.MRC), table


def _mrc_filters(ds: Dataset, code: str, measure: str, chosen: str | None) -> str:
    parts = [_where(ds, code), mrc_words.MEASURE_LABELS[measure].lower(), adm.span(ds)]
    return "; ".join([*parts, ds.name(chosen)] if chosen else parts)


def _mrc_extra(ds: Dataset, table: Table, measure: str) -> tuple[str, ...]:
    if measure != "taux":
        return ()
    codes = [row.id for row in table.rows if not row.total]
    weak = say.unreliable_reading(ds, codes)
    return (f"Taux sur la population du {adm.census_words(ds)}.", *([weak] if weak else []))


def mrc_map(ds: Dataset, choices: Choices) -> Content:
    code, region, measure, chosen, table = _mrc(ds, choices)
    codes = ds.mrc_codes(region)
    where = _where(ds, region) if region else f"{len(codes)} territoires"
    body: Body | None = drawn.territory_map(ds, codes, measure, region, chosen)
    credit = MAP_CREDIT
    if body is None:
        # Without boundaries the figures remain.
        body, credit = drawn.ranked_mrc(ds, table, measure, chosen, MOST_BARS), ""
    return _content(
        ds, "carte", code, body, table, title=say.mrc_title(ds, table, region, measure),
        subtitle=mrc_words.subtitle(ds, measure, where), reading=mrc_words.reading(ds, table, measure, chosen, region),
        filters=_mrc_filters(ds, code, measure, chosen), extra=_mrc_extra(ds, table, measure), credit=credit,
    )  # fmt: skip


def mrc_bars(ds: Dataset, choices: Choices) -> Content:
    code, region, measure, chosen, table = _mrc(ds, choices)
    codes = ds.mrc_codes(region)
    where = _where(ds, region) if region else f"{len(codes)} territoires"
    most = MOST_BARS if len(codes) > MOST_BARS else None
    first = f", les {MOST_BARS} premiers" if most else ""
    return _content(
        ds, "mrc", code, drawn.ranked_mrc(ds, table, measure, chosen, most), table,
        title=say.mrc_title(ds, table, region, measure), subtitle=mrc_words.subtitle(ds, measure, where) + first,
        reading=mrc_words.reading(ds, table, measure, chosen, region),
        filters=_mrc_filters(ds, code, measure, chosen), extra=_mrc_extra(ds, table, measure),
    )  # fmt: skip


def mrc_sheet(ds: Dataset, choices: Choices) -> Content:
    """The key figures of one MRC, beside its region, the direction and Québec in the table."""
    region = ch.region_of(ds, choices)
    codes = ds.mrc_codes(region)
    first = min(codes, key=lambda c: order(adm.mrc_measure(ds, c, "nombre"), ds.name(c)))
    code = ch.value(ds, choices, query.MRC) or first
    figures = keys.mrc(ds, code)
    table = views.mrc_beside(ds, code)
    within = ds.region_of(code) or code
    return _content(
        ds, "fiche", code, drawn.cards(figures), table, title=ds.name(code),
        subtitle=f"Fiche de la MRC ou du territoire équivalent, {ds.name(within)}, {adm.span(ds)}",
        reading=say.mrc_reading(ds, code), filters=f"{ds.name(within)}; {ds.name(code)}",
        extra=(f"Taux sur la population du {adm.census_words(ds)}.",),
    )  # fmt: skip


def regions(ds: Dataset, choices: Choices) -> Content:
    table = views.summary(ds)
    kept = ("periode", "part_qc", "taux", "part_immigree", "permis_par_admission", "francais")
    shown = [column.id for column in table.columns if column.id in kept]
    return _content(
        ds, "regions", ds.config.direction, drawn.text_table(table, shown), table, title="Les régions côte à côte",
        subtitle=f"Admissions {adm.total_span(ds)}, population, permis et français", reading=keys.direction_lead(ds),
        extra=(
            f"Taux\u00a0: population du {adm.census_words(ds)}.",
            "Français\u00a0: parmi les personnes ayant déclaré une langue.",
        ),
    )  # fmt: skip


def _composition(ds: Dataset, kind: str, code: str, table: Table, who: str, what: str) -> Content:
    return _content(
        ds, kind, code, drawn.pairs(ds, code, table), table, title=say.composition_message(ds, table),
        subtitle=f"{what}, {_where(ds, code)} et Québec", reading=say.composition_reading(ds, code, table, who),
    )  # fmt: skip


def by_category(ds: Dataset, choices: Choices) -> Content:
    code, year = _code(ds, choices), profile.latest(ds, "admissions_by_category")
    who = f"les personnes admises en {year}"
    what = f"Catégorie d’admission, en % des personnes admises en {year}"
    return _composition(ds, "categorie", code, views.by_category(ds, code), who, what)


def by_sex(ds: Dataset, choices: Choices) -> Content:
    code, year = _code(ds, choices), profile.latest(ds, "admissions_by_sex")
    who = f"les personnes admises en {year}"
    return _composition(ds, "sexe", code, views.by_sex(ds, code), who, f"Sexe, en % des personnes admises en {year}")


def by_french(ds: Dataset, choices: Choices) -> Content:
    code, year = _code(ds, choices), profile.latest(ds, "admissions_by_french")
    who = f"les personnes ayant déclaré une langue en {year}"
    what = f"Connaissance du français, en % des personnes ayant déclaré une langue en {year}"
    found = _composition(ds, "francais", code, views.by_french_declared(ds, code), who, what)
    known = profile.french_known_bounds(ds, code)[1]
    everyone = f"Parmi toutes les personnes admises, {full(known)} connaissent le français."
    return replace(found, caveats=(*found.caveats, everyone))


def permits(ds: Dataset, choices: Choices) -> Content:
    code = _code(ds, choices)
    table = views.permits(ds, code)
    color = drawn.color_of(ds, code) if ds.region_of(code) else palette.SUBJECT
    marks = tuple(
        Mark(
            row.id, row.label, table.value(row.id, "nombre"), bare(table.cell(row.id, "nombre")), color,
            note=f"{full(table.cell(row.id, 'part'))} du Québec",
        )
        for row in table.rows
        if not row.total
    )  # fmt: skip
    date = period_words(profile.latest(ds, "temporary_permits"))
    return _content(
        ds, "permis", code, BarChart(marks, "Permis temporaires valides"), table, title=say.permits_message(ds, code),
        subtitle=f"Permis valides au {date}, par programme, {_where(ds, code)}", reading=say.permits_reading(ds, code),
        said=tuple(profile.permits_per_admission(ds, where) for where in (code, ds.config.province)),
    )  # fmt: skip


def agreements(ds: Dataset, choices: Choices) -> Content:
    code = _code(ds, choices)
    region = None if code == ds.config.direction else code
    table = views.agreements(ds, region)
    color = drawn.color_of(ds, code) if region else palette.SUBJECT
    marks = []
    for row in table.rows:
        cell = table.cell(row.id, code)
        missing = cell is None or cell.value is None
        words = "non mentionné dans le plan" if missing else ""
        value, text = (None, "") if cell is None or missing else (cell.value, bare(cell))
        marks.append(Mark(row.id, row.label, value, text, color, note=words))
    date = period_words(profile.latest(ds, "agreements"))
    title = say.agreements_message(ds, code)
    return _content(
        ds, "ententes", code, BarChart(tuple(marks), "Nombre"), table, title=title,
        subtitle=f"Nombre en vigueur au {date}, {_where(ds, code)}; les mandataires sont des organismes",
        reading=say.agreements_reading(ds, code),
    )  # fmt: skip


def indicator(ds: Dataset, choices: Choices) -> Content:
    catalogue = entries(ds, ch.value(ds, choices, query.YEAR))
    entry = catalogue[ch.value(ds, choices, query.INDICATOR) or "taux"]
    level = "mrc" if "mrc" in entry.levels else "region"
    table = cmp.map_table(ds, entry, level)
    rows = [row for row in table.rows if not row.total]
    kept = rows[:MOST_BARS]
    body = _bars(ds, Table(table.title, table.stub, tuple(kept), table.columns, table.cells), entry.label, entry.unit)
    only = Table(table.title, table.stub, tuple(rows), table.columns, table.cells, table.indicators)
    where = f"{len(rows)} MRC et territoires équivalents" if level == "mrc" else "par région"
    first = f", les {MOST_BARS} premiers" if len(rows) > len(kept) else ""
    unit = "" if entry.unit in entry.label else f" ({entry.unit})"
    title = comparison_words.message(ds, entry, only)
    return _content(
        ds, "indicateur", ds.config.direction, body, table, title=title,
        subtitle=f"{entry.label}{unit}, {where}{first}", reading=f"{title}.", filters=entry.label,
    )  # fmt: skip


def comparison(ds: Dataset, choices: Choices) -> Content:
    """Two to eight territories; those that the indicator does not have are left out, and said.

    Raises ValueError when fewer than two remain.
    """
    catalogue = entries(ds, ch.value(ds, choices, query.YEAR))
    entry = catalogue[ch.value(ds, choices, query.INDICATOR) or "taux"]
    asked = list(dict.fromkeys((ch.value(ds, choices, query.COMPARED) or "").split(",")))[: cmp.MOST]
    codes = [code for code in asked if has(ds, entry, code)]
    if len(codes) < cmp.FEWEST:
        raise ValueError(f"moins de deux de ces territoires ont l’indicateur «{NBSP}{entry.label}{NBSP}»")
    reference = ch.value(ds, choices, query.REFERENCE)
    if reference not in codes or reference is None:
        reference = codes[-1]
    table = cmp.compare(ds, entry, codes, reference)
    left = [ds.name(code) for code in asked if code not in codes]
    extra = (f"Laissés de côté, sans cet indicateur{NBSP}: {', '.join(left)}.",) if left else ()
    only = Table(table.title, table.stub, table.rows, table.columns, table.cells, table.indicators)
    named = comparison_words.territory_name(ds, reference)
    return _content(
        ds, "comparer", ds.config.direction, _bars(ds, table, entry.label, entry.unit, reference), table,
        title=comparison_words.message(ds, entry, only),
        subtitle=f"{entry.label} ({entry.unit}); référence{NBSP}: {named}",
        reading=comparison_words.reading(ds, entry, table, reference),
        filters=f"{', '.join(ds.name(c) for c in codes)}; référence {named}",
        extra=(*comparison_words.basis(entry), *extra),
    )  # fmt: skip


def _bars(ds: Dataset, table: Table, series: str, unit: str, reference: str | None = None) -> BarChart:
    marks = []
    for row in sorted(table.rows, key=lambda row: order(table.cell(row.id, "valeur"), row.label)):
        cell = table.cell(row.id, "valeur")
        assert cell is not None
        text = drawn.value_text(cell)
        note = "référence" if row.id == reference else ""
        text += "" if cell.reliable else " †"
        marks.append(
            Mark(row.id, row.label, cell.drawn, text, drawn.color_of(ds, row.id), hatched=not cell.reliable, note=note)
        )
    places = table.columns[0].decimals
    return BarChart(tuple(marks), series, "%" if unit == "%" else "", places)

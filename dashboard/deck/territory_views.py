"""The views of a territory: key figures, trend, regions side by side, compositions, permits, agreements."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.deck import choices as ch
from dashboard.deck import drawn
from dashboard.deck.charts import BarChart, Body, Cards, Mark, Panel, Panels, Paragraphs
from dashboard.deck.content import Content, caveats, observed, place
from dashboard.deck.palette import SUBJECT, color_of
from dashboard.indicators import admissions as adm
from dashboard.indicators import profile, views
from dashboard.indicators.tables import Column, Head, Table
from dashboard.model import Dataset
from dashboard.narrative import agreement_words
from dashboard.narrative import key_figures as keys
from dashboard.narrative import sentences as say
from dashboard.narrative import standouts as standouts_of
from dashboard.narrative.show import bare, full
from dashboard.narrative.sourcing import source_text
from dashboard.wording import query
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import period as period_words

Choices = Mapping[str, str]


def _code(ds: Dataset, choices: Choices) -> str:
    return ch.value(ds, choices, query.TERRITORY) or ds.config.direction


def key_figures(ds: Dataset, choices: Choices) -> Content:
    code = _code(ds, choices)
    region = ds.region_of(code)
    figures = keys.region(ds, code) if region else keys.direction(ds)
    lead = keys.region_lead(ds, code) if region else keys.direction_lead(ds)
    quantities = [q for f in figures for q in f.quantities]
    rows = tuple(Head(str(n), f.label + (" (%)" if f.quantity.unit == "%" else "")) for n, f in enumerate(figures))
    cells = {(str(n), "valeur"): f.quantity for n, f in enumerate(figures)}
    table = Table(f"Chiffres clés, {ds.name(code)}", "Chiffre", rows, (Column("valeur", "Valeur", None),), cells)
    return Content(
        lead.rstrip("."), f"{place(ds, code)}; chaque carte dit sa période", Cards(tuple(figures)), lead,
        source_text(ds, quantities), place(ds, code), table, caveats(ds, quantities), "", code,
    )  # fmt: skip


def standouts(ds: Dataset, choices: Choices) -> Content:
    table = views.standouts(ds)
    said = standouts_of.standouts(ds)
    title = said[0].removesuffix(".") if said else "Ce qui ressort"
    return observed(
        ds, ds.config.direction, Paragraphs(tuple(said[1:])), table, title=title,
        subtitle=f"Les régions de la direction, {adm.total_span(ds)}", reading=" ".join(said),
    )  # fmt: skip


def trend(ds: Dataset, choices: Choices) -> Content:
    code = _code(ds, choices)
    kind, year = ch.value(ds, choices, query.SERIES) or "nombre", ch.value(ds, choices, query.YEAR) or adm.years(ds)[-1]
    table, years = views.trend(ds, code), adm.calendar(ds)
    loose = "; année provisoire hachurée" if table.provisional() else ""
    words = {
        "nombre": ("Personnes admises à titre permanent, par année", loose),
        "indice": (f"Indice des admissions, {years[0]} = 100", "; Québec en pointillé"),
        "part": ("Part des admissions du Québec, en\u00a0%", ""),
    }
    what, key = words[kind]
    body: Body = drawn.columns(ds, code, table, years, year)
    if kind != "nombre":
        body = drawn.series(ds, code, table, years, kind, year)
    return observed(
        ds, code, body, table, title=say.trend_message(ds, code),
        subtitle=f"{what}, {place(ds, code)}{key}{say.missing(ds)}", chosen=year,
        reading=say.trend_reading(ds, code, year, kind),
        filters=f"{place(ds, code)}; {ch.SERIES[kind][:1].lower() + ch.SERIES[kind][1:]}; année {year}",
    )  # fmt: skip


def trends(ds: Dataset, choices: Choices) -> Content:
    """The trend of every region, each on its own scale."""
    table, years = views.trends(ds), adm.calendar(ds)
    panels = []
    for code in ds.region_codes():
        chart = drawn.columns(ds, code, views.trend(ds, code), years, None)
        # The source line says the status of all, once.
        sentence = say.trend_reading(ds, code, years[-1], "nombre", status=False)
        panels.append(Panel(code, ds.name(code), chart, sentence))
    loose = "; année provisoire hachurée" if table.provisional() else ""
    return observed(
        ds, ds.config.direction, Panels(tuple(panels)), table,
        title=say.trends_message(ds, ds.region_codes()),
        subtitle=f"Personnes admises à titre permanent, par année{loose}{say.missing(ds)}",
        reading=" ".join(panel.reading for panel in panels), filters="Toutes les régions",
    )  # fmt: skip


def regions(ds: Dataset, choices: Choices) -> Content:
    table = views.summary(ds)
    kept = ("periode", "part_quebec", "taux", "part_immigree", "permis_par_admission", "francais")
    shown = [column.id for column in table.columns if column.id in kept]
    return observed(
        ds, ds.config.direction, drawn.text_table(table, shown), table, title=standouts_of.side_by_side(ds),
        subtitle=f"Admissions {adm.total_span(ds)}, population, permis et français", reading=keys.direction_lead(ds),
        bases=(
            f"Taux\u00a0: population du {adm.census_words(ds)}.",
            "Français\u00a0: parmi les personnes ayant déclaré une langue.",
        ),
    )  # fmt: skip


# Of each composition: of what, among whom (after « en % », then after « parmi les personnes »).
_COMPOSITIONS: Mapping[str, tuple[str, str, str]] = {
    "categorie": ("Catégorie", "des personnes admises", "admises"),
    "sexe": ("Sexe", "des personnes admises", "admises"),
    "francais": ("Français", "des personnes ayant déclaré une langue", "ayant déclaré une langue"),
    "francais-tous": ("Français", "de toutes les personnes admises", "admises"),
}


def composition(kind: str) -> Callable[[Dataset, Choices], Content]:
    """The function that builds this composition: its categories in percent, beside those of Québec."""
    (what, among, who), (indicator, _) = _COMPOSITIONS[kind], views.COMPOSITIONS[kind]

    def build(ds: Dataset, choices: Choices) -> Content:
        code, year = _code(ds, choices), profile.latest(ds, indicator)
        table, everyone = views.composition(ds, code, kind), ""
        if kind == "francais":
            known = profile.french_known_bounds(ds, code)[1]
            if known.value is not None:
                everyone = f"Parmi toutes les personnes admises, {full(known)} connaissent le français."
        return observed(
            ds, code, drawn.pairs(ds, code, table), table,
            title=say.composition_message(ds, table, indicator, among),
            subtitle=f"{what}, en\u00a0% {among} en {year}, {place(ds, code)} et Québec",
            reading=say.composition_reading(ds, code, table, f"les personnes {who} en {year}"), extra=(everyone,),
        )  # fmt: skip

    return build


def permits(ds: Dataset, choices: Choices) -> Content:
    code = _code(ds, choices)
    table, color = views.permits(ds, code), color_of(ds, code, SUBJECT)
    marks = []
    for row in table.rows:
        if not row.total:
            count, beside = bare(table.cell(row.id, "nombre")), full(table.cell(row.id, "part_qc"))
            share = f"{full(table.cell(row.id, 'part'))}; Québec{NBSP}: {beside}"
            told = (row.label, f"{count} permis", share)
            marks.append(Mark(row.id, row.label, table.value(row.id, "nombre"), count, color, note=share, hover=told))
    marks.sort(key=lambda mark: (mark.missing, -(mark.value or 0)))
    date = period_words(profile.latest(ds, "temporary_permits"))
    return observed(
        ds, code, BarChart(tuple(marks), "Permis temporaires valides"), table,
        title=say.composition_message(ds, table, "temporary_permits", "des permis temporaires"),
        reading=say.permits_reading(ds, code),
        subtitle=f"Permis valides au {date}, et leur part, {place(ds, code)} et Québec",
    )  # fmt: skip


def agreements(ds: Dataset, choices: Choices) -> Content:
    """Kinds of agreement of a territory; of a region, those of its direction are said beside."""
    code = _code(ds, choices)
    region = None if code == ds.config.direction else code
    table = views.agreements(ds, region)
    beside = table.columns[1:] if region else ()
    marks = []
    for row in table.rows:
        above = (f", direction{NBSP}: {bare(table.cell(row.id, column.id))}" for column in beside)
        told = bare(table.cell(row.id, code)) + "".join(above)
        marks.append(_agreement(ds, table, (row.id, code), row.id, row.label, told))
    date = period_words(profile.latest(ds, "agreements"))
    return observed(
        ds, code, BarChart(tuple(marks), "Nombre"), table, title=agreement_words.place_message(ds, code),
        subtitle=f"Nombre en vigueur au {date}, {place(ds, code)}; les mandataires sont des organismes",
        reading=agreement_words.place_reading(ds, code),
    )  # fmt: skip


def agreements_by_region(ds: Dataset, choices: Choices) -> Content:
    """Every kind of agreement region by region, all on one scale: the eye may compare them."""
    table, regions = views.agreements(ds), ds.region_codes()
    high = (max((table.value(row.id, c) or 0 for row in table.rows for c in regions), default=0) or 1) * 1.4
    panels = []
    for row in table.rows:
        marks = tuple(_agreement(ds, table, (row.id, code), code, ds.name(code)) for code in regions)
        chart = BarChart(marks, row.label, high=high)
        panels.append(Panel(row.id, agreement_words.message(ds, row.id), chart, agreement_words.reading(ds, row.id)))
    date = period_words(profile.latest(ds, "agreements"))
    return observed(
        ds, ds.config.direction, Panels(tuple(panels)), table, title=f"Ententes au {date}",
        subtitle="Les graphiques ont la même échelle", reading=" ".join(panel.reading for panel in panels),
        filters="Toutes les régions",
    )  # fmt: skip


def _agreement(ds: Dataset, table: Table, at: tuple[str, str], id_: str, label: str, told: str = "") -> Mark:
    """The count of a cell, or the words that the source leaves it out: neither zero nor a lost figure."""
    text, color = agreement_words.shown(table.cell(*at), at[0]), color_of(ds, at[1], SUBJECT)
    return Mark(id_, label, table.value(*at), text, color, hover=(label, told or text))

"""What a sheet says, as plain values for the template: every text and every figure comes from the views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from dashboard.deck import drawn, palette
from dashboard.deck.charts import BarChart, Cards, ColumnChart, MapChart, PairChart, TextTable
from dashboard.deck.content import Content, by_importance
from dashboard.deck.kinds import KINDS, content
from dashboard.deck.slides import Slide
from dashboard.exports.sheet.land import draw
from dashboard.indicators import admissions as adm
from dashboard.indicators import plan as plans
from dashboard.model import Dataset
from dashboard.narrative import mrc_words as words
from dashboard.narrative.sourcing import source_text
from dashboard.scenarios.mrc_year import by_year
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import period as period_words

_KINDS = ("chiffres", "admissions", "carte", "mrc", "categorie", "sexe", "francais", "permis", "ententes", "plan")
_OF_MRC = ("fiche", "carte", "mrc", "mrc-annees", "ententes")
# The parts at the foot, column by column.
_FOOT = (("admissions", "plan"), ("categorie", "ententes"), ("sexe", "francais", "permis"))
_OWN_CHOICES = {"mrc": {query.MEASURE: "nombre"}}


def slides_of(ds: Dataset, code: str) -> dict[str, Slide]:
    """The views of a sheet by kind, as a presentation would ask for them."""
    about, kinds = {query.TERRITORY: code}, list(_KINDS)
    if ds.territories[code].level == "mrc":
        about, kinds = {query.TERRITORY: ds.region_of(code) or code, query.MRC: code}, list(_OF_MRC)
        if not by_year(ds, code):
            kinds.remove("mrc-annees")
    found = {
        kind: Slide(kind, {n: c for n, c in about.items() if n in KINDS[kind].choices} | _OWN_CHOICES.get(kind, {}))
        for kind in kinds
    }
    return found | ({"regions": Slide("regions")} if code == ds.config.direction else {})


def sheet_parts(ds: Dataset, code: str, day: date) -> dict[str, object]:
    """The data of the template: texts are final, numbers are lengths between 0 and 1, colours are #rrggbb."""
    views = {kind: content(ds, slide) for kind, slide in slides_of(ds, code).items()}
    own = _of_mrc(ds, code, views) if "fiche" in views else _of_region(ds, code, views)
    first = views.get("fiche") or views["chiffres"]
    return {
        **own,
        "lead": first.reading,
        "cards": _cards(first.body),
        "project": ds.config.title,
        "color": palette.color_of(ds, code, palette.SUBJECT),
        "map": _map(ds, views["carte"], views["mrc"].body),
        "mrc": _mrc(ds, views["mrc"]),
        "caveats": _caveats(ds, views.values()),
        "sources": _sources(ds, views),
        "disclaimer": ds.config.disclaimer,
        "made": f"Fiche produite le {period_words(day.isoformat())}",
    }


def _of_region(ds: Dataset, code: str, views: Mapping[str, Content]) -> dict[str, object]:
    """Name of a region or of the direction, table under the map, columns at the foot."""
    whole = code == ds.config.direction
    where = "Direction régionale" if whole else ds.name(code)
    name = ds.config.subtitle if whole else where
    heads = {kind: _head(view, where) for kind, view in views.items()}
    here = "Direction" if whole else "Région"
    return {
        "name": name,
        "kind": "Fiche de la direction régionale" if whole else "Fiche régionale",
        "document": f"Portrait de l’immigration, {name}",
        "period": "Portrait de l’immigration",
        "heads": heads,
        "beside": {"head": heads["regions"], **_table(views["regions"].body)} if whole else None,
        "columns": [[_part(views[kind], heads[kind], here) for kind in kinds] for kinds in _FOOT],
    }


def _of_mrc(ds: Dataset, code: str, views: Mapping[str, Content]) -> dict[str, object]:
    """Its figures beside its region, the direction and Québec; what is estimated, the plan, what the source leaves
    out."""
    first, region = views["fiche"], ds.name(ds.region_of(code) or code)
    assert first.table is not None
    heads = {kind: _head(view, region) for kind, view in views.items()}
    # Those of the region: its name stays.
    agreements = {**heads["ententes"], "subtitle": views["ententes"].subtitle}
    beside = {"title": "À côté de sa région, de la direction et du Québec", "subtitle": adm.span(ds)}
    named, general = plans.of_mrc(ds, code)
    actions = [typographic(action.text) for action in named or general]
    of_plan = {"title": "Dans le plan", "subtitle": f"Plan d’action {ds.action_plan.period}"}
    unsaid = {"title": "Ce que la source ne dit pas", "subtitle": "de cette MRC"}
    years = [_part(own, heads["mrc-annees"]) | {"wrapped": False} for own in [views.get("mrc-annees")] if own]
    return {
        "name": ds.name(code),
        "kind": "Fiche de la MRC",
        "document": f"{first.title}, {region}",
        "period": first.subtitle,
        "heads": heads,
        "beside": {"head": beside, **_table(drawn.text_table(first.table))},
        "columns": [
            years,
            [_part(views["ententes"], agreements), {"form": "list", "head": unsaid, "texts": list(words.unsaid(ds))}],
            [{"form": "list", "head": of_plan, "lead": words.plan(ds, code, named, general), "texts": actions}],
        ],
    }


def _part(view: Content, head: Mapping[str, str], here: str = "") -> dict[str, object]:
    """A view at the foot, in the form of its drawing. here: the head of its own column, beside that of Québec."""
    body = view.body
    match body:
        case ColumnChart():
            own: dict[str, object] = {"form": "trend", "rows": _bars(body)}
        case PairChart():
            own = {"form": "pairs", "here": here, "rows": _pairs(body)}
        case TextTable():
            own = {"form": "table", **_table(body)}
        case _:
            # A narrow column has no room for the notes of the permits.
            rows = _bars(body)
            rows = [{**row, "note": ""} for row in rows] if view.kind == "permis" else rows
            own = {"form": "bars", "wrapped": True, "rows": rows}
    return {"head": head, **own}


def _head(view: Content, where: str) -> dict[str, str]:
    """A title, and a subtitle without the territory, which is the title of the page."""
    subtitle = view.subtitle
    for end in (f", {where} et Québec", f", {where}"):
        subtitle = subtitle.removesuffix(end)
    return {"title": view.title, "subtitle": subtitle.replace(f", {where};", ";").replace(f", {where},", ",")}


def _length(value: float | None, most: float) -> float:
    return 0.0 if value is None or most <= 0 else max(0.0, min(1.0, value / most))


def _fields(item: object, *names: str) -> dict[str, object]:
    return {name: getattr(item, name) for name in names}


def _cards(body: object) -> list[dict[str, object]]:
    assert isinstance(body, Cards)
    return [_fields(card, "label", "value", "context", "status") for card in body.items]


def _marks(body: object, *fields: str) -> list[dict[str, object]]:
    """Bars of a chart, with these fields of each and its length against the longest."""
    assert isinstance(body, BarChart | ColumnChart)
    most = max((m.value or 0 for m in body.marks), default=0)
    return [_fields(m, "label", *fields) | {"length": _length(m.value, most)} for m in body.marks]


def _bars(body: object) -> list[dict[str, object]]:
    return _marks(body, "text", "note", "hatched")


def _pairs(body: PairChart) -> list[dict[str, object]]:
    high = body.high
    return [
        _fields(pair, "label", "text")
        | {"length": _length(pair.value, high), "reference": pair.reference_text}
        | {"mark": None if pair.reference is None else _length(pair.reference, high)}
        for pair in body.pairs
    ]


def _table(body: object) -> dict[str, object]:
    assert isinstance(body, TextTable)
    return {"head-row": body.head, "rows": body.rows, "totals": sorted(body.totals)}


def _map(ds: Dataset, view: Content, ranked: object) -> dict[str, object] | None:
    """The map with a number for each territory of the ranking beside it; None without boundaries."""
    assert isinstance(ranked, BarChart)
    if not isinstance(view.body, MapChart):
        return None
    places = {mark.id: rank for rank, mark in enumerate(ranked.marks, start=1)}
    land = draw(ds, view.body, places)
    if land is None:
        return None
    values = "; ".join(f"{s.name}, {s.text}" for s in view.body.shapes)
    return {
        **land,
        "alt": f"Carte. {view.subtitle}. {view.reading} {values}.",
        "legend": [
            _fields(item, "label", "color", "hatched") | {"count": number(item.count)}
            for item in view.body.legend.items
            if item.count is not None
        ],
        "unit": f"{view.body.unit}; les numéros sont ceux de la liste",
        "credit": view.credit,
    }


def _mrc(ds: Dataset, view: Content) -> dict[str, object]:
    """The ranking: bars of the number, with the share of the region and the rate; the total of a region last."""
    assert isinstance(view.body, BarChart) and view.table is not None
    shown = drawn.text_table(view.table, ("nombre", "part", "taux"))
    texts = {row.id: cells for row, cells in zip(view.table.rows, shown.rows, strict=True)}
    rows = _marks(view.body, "id", "color", "chosen")
    total = next((texts[row.id] for row in view.table.rows if row.total), None)
    known = sum(1 for row in view.table.rows if not row.total)
    said = f"Les {number(len(rows))} premières des {number(known)} MRC." if known > len(rows) else ""
    weak = any(not q.reliable for q in view.table.quantities())
    limit = number(ds.config.unreliable_below)
    dagger = f"† Moins de {limit} admissions{NBSP}: peu fiable, sans rang." if weak else ""
    return {
        "head": ["", "MRC", *shown.head[1:]],
        "rows": [row | {"texts": texts[str(row["id"])][1:]} for row in rows],
        "total": total,
        "note": " ".join(part for part in (said, dagger) if part),
    }


def _caveats(ds: Dataset, views: Iterable[Content]) -> list[str]:
    """Cautions of every view, each once: those on how to read, then what the source does to some figures."""
    found = list(dict.fromkeys(text.rstrip(".") for view in views for text in view.caveats))
    # The map and the ranking say it beside their own figures.
    found = [text for text in found if not text.startswith(("Hachures", "Taux"))]
    found = [t for t in found if not any(t != other and t.casefold() in other.casefold() for other in found)]
    return by_importance(ds, found)


def _sources(ds: Dataset, views: Mapping[str, Content]) -> list[str]:
    """Documents and status of everything on the page, then the mentions that the documents ask for."""
    quantities = [q for view in views.values() if view.table is not None for q in view.table.quantities()]
    others = [view.source for view in views.values() if view.table is None]
    said = [source_text(ds, quantities), *others, views["carte"].credit]
    said += [typographic(document.credit.rstrip(".") + ".") for document in ds.documents.values()]
    return [text for text in dict.fromkeys(said) if text]

"""What a sheet says, as plain values for the template: every text and every figure comes from the views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from dashboard.deck import drawn, palette
from dashboard.deck.charts import BarChart, Cards, ColumnChart, MapChart, PairChart, TextTable
from dashboard.deck.content import Content, by_importance
from dashboard.deck.kinds import content
from dashboard.deck.slides import Slide
from dashboard.exports.sheet.land import draw
from dashboard.model import Dataset
from dashboard.narrative.sourcing import source_text
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import period as period_words

_KINDS = ("chiffres", "admissions", "carte", "mrc", "categorie", "sexe", "francais", "permis", "ententes", "plan")
_OWN_CHOICES = {"mrc": {"mesure": "nombre"}}


def slides_of(ds: Dataset, code: str) -> dict[str, Slide]:
    """The views of a sheet by kind, as a presentation would ask for them."""
    found = {kind: Slide(kind, {"territoire": code, **_OWN_CHOICES.get(kind, {})}) for kind in _KINDS}
    return found | ({"regions": Slide("regions")} if code == ds.config.direction else {})


def sheet_parts(ds: Dataset, code: str, day: date) -> dict[str, object]:
    """The data of the template: texts are final, numbers are lengths between 0 and 1, colours are #rrggbb."""
    views = {kind: content(ds, slide) for kind, slide in slides_of(ds, code).items()}
    whole = code == ds.config.direction
    where = "Direction régionale" if whole else ds.name(code)
    color = palette.color_of(ds, code, palette.SUBJECT)
    heads = {kind: {"title": view.title, "subtitle": _short(view.subtitle, where)} for kind, view in views.items()}
    return {
        "name": ds.config.subtitle if whole else where,
        "here": "Direction" if whole else "Région",
        "kind": "Fiche de la direction régionale" if whole else "Fiche régionale",
        "document": f"{views['chiffres'].subtitle}, {ds.config.subtitle if whole else where}",
        "project": ds.config.title,
        "period": views["chiffres"].subtitle,
        "color": color,
        "lead": views["chiffres"].reading,
        "heads": heads,
        "cards": _cards(views["chiffres"].body),
        "map": _map(ds, views["carte"], views["mrc"].body),
        "mrc": _mrc(ds, views["mrc"], code),
        "trend": _marks(views["admissions"].body),
        "pairs": [_pairs(views[kind].body, heads[kind]) for kind in ("categorie", "sexe", "francais")],
        "permits": _marks(views["permis"].body),
        "agreements": _marks(views["ententes"].body),
        "plan": _table(views["plan"].body),
        "regions": _table(views["regions"].body) if whole else None,
        "caveats": _caveats(ds, views.values()),
        "sources": _sources(ds, views),
        "disclaimer": ds.config.disclaimer,
        "made": f"Fiche produite le {period_words(day.isoformat())}",
    }


def _short(subtitle: str, where: str) -> str:
    """A subtitle without the territory, which is the title of the page."""
    for end in (f", {where} et Québec", f", {where}"):
        subtitle = subtitle.removesuffix(end)
    return subtitle.replace(f", {where};", ";").replace(f", {where},", ",")


def _length(value: float | None, most: float) -> float:
    return 0.0 if value is None or most <= 0 else max(0.0, min(1.0, value / most))


def _cards(body: object) -> list[dict[str, str]]:
    assert isinstance(body, Cards)
    return [{"label": c.label, "value": c.value, "context": c.context, "status": c.status} for c in body.items]


def _marks(body: object) -> list[dict[str, object]]:
    assert isinstance(body, BarChart | ColumnChart)
    most = max((m.value or 0 for m in body.marks), default=0)
    return [
        {"label": m.label, "text": m.text, "note": m.note, "length": _length(m.value, most), "hatched": m.hatched}
        for m in body.marks
    ]


def _pairs(body: object, head: Mapping[str, str]) -> dict[str, object]:
    assert isinstance(body, PairChart)
    most = max((v or 0 for p in body.pairs for v in (p.value, p.reference)), default=0)
    rows = [
        {
            "label": p.label,
            "text": p.text,
            "length": _length(p.value, most),
            "reference": p.reference_text,
            "mark": None if p.reference is None else _length(p.reference, most),
        }
        for p in body.pairs
    ]
    return {**head, "rows": rows}


def _table(body: object) -> dict[str, object]:
    assert isinstance(body, TextTable)
    return {"head": list(body.head), "rows": [list(row) for row in body.rows], "totals": sorted(body.totals)}


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
            {"label": item.label, "color": item.color, "hatched": item.hatched, "count": number(item.count)}
            for item in view.body.legend.items
            if item.count is not None
        ],
        "unit": f"{view.body.unit}; les numéros sont ceux de la liste",
        "credit": view.credit,
    }


def _mrc(ds: Dataset, view: Content, code: str) -> dict[str, object]:
    """The ranking: bars of the number, with the share of the region and the rate; the total of a region last."""
    assert isinstance(view.body, BarChart) and view.table is not None
    shown = drawn.text_table(view.table, ("nombre", "part", "taux"))
    texts = {row.id: cells for row, cells in zip(view.table.rows, shown.rows, strict=True)}
    most = max((m.value or 0 for m in view.body.marks), default=0)
    rows = [
        {"label": m.label, "texts": list(texts[m.id][1:]), "length": _length(m.value, most), "color": m.color}
        for m in view.body.marks
    ]
    total = next((texts[row.id] for row in view.table.rows if row.total), None)
    known = sum(1 for row in view.table.rows if not row.total)
    left = known - len(rows)
    said = f"Les {number(len(rows))} premiers de {number(known)} territoires." if left > 0 else ""
    weak = any(not q.reliable for q in view.table.quantities())
    limit = number(ds.config.unreliable_below)
    dagger = f"† Moins de {limit} admissions{NBSP}: peu fiable, sans rang." if weak else ""
    return {
        "head": ["", "MRC ou territoire", *shown.head[1:]],
        "rows": rows,
        "total": None if total is None else list(total),
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
    said = [source_text(ds, quantities), views["plan"].source, views["carte"].credit]
    said += [typographic(document.credit.rstrip(".") + ".") for document in ds.documents.values()]
    return [text for text in dict.fromkeys(said) if text]

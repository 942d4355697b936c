"""The tables of the open data: rows of text as their CSV holds them, and what each column is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.exports.actions import COLUMNS as ACTION_COLUMNS
from dashboard.exports.actions import actions_csv
from dashboard.exports.observations import ObservedRow, observed_rows
from dashboard.model import Dataset, Observation
from dashboard.model.rows import PERIOD
from dashboard.wording.numbers import plain, typographic
from dashboard.wording.periods import STATUS_WORDS
from dashboard.wording.spreadsheet import neutral


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, its type in the words of Frictionless, what it holds, and what its values must be."""

    name: str
    type: str
    description: str
    constraints: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenTable:
    """keys: primary key; links: (columns, table, columns there); documents: ids of the documents it comes from."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]
    links: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()
    documents: tuple[str, ...] = ()

    def csv(self) -> bytes:
        """UTF-8 without mark, commas, dot decimals, one line end: what a program expects. No text is a formula."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.name for column in self.fields])
        texts = [column.type == "string" for column in self.fields]
        for row in self.rows:
            writer.writerow([neutral(v) if is_text else v for v, is_text in zip(row, texts, strict=True)])
        return out.getvalue().encode()


_REQUIRED = {"required": True}
_PRINTED = "pourcentage imprimé par la source"
_SERIES = (
    Field("territory_code", "string", "code du territoire", _REQUIRED),
    Field("indicator", "string", "identifiant de l’indicateur", _REQUIRED),
    Field("category", "string", "identifiant de la catégorie; total : toutes", _REQUIRED),
    Field("period", "string", "année, période de plusieurs années ou jour", {**_REQUIRED, "pattern": PERIOD}),
    Field("value", "integer", "nombre imprimé par la source; vide si elle ne le donne pas", {"minimum": 0}),
    Field("printed_pct", "number", f"{_PRINTED}, en pour cent", {"minimum": 0, "maximum": 100}),
    Field("base", "string", "identifiant de ce à quoi le pourcentage se rapporte", _REQUIRED),
    Field(
        "status", "string", "; ".join(f"{k} : {v}" for k, v in STATUS_WORDS.items()),
        {**_REQUIRED, "enum": list(STATUS_WORDS)},
    ),
    Field("source", "string", "identifiant de la section du document", _REQUIRED),
    Field("quote", "string", "mots de la source où le nombre est imprimé"),
)  # fmt: skip


def open_tables(ds: Dataset) -> list[OpenTable]:
    """The dictionary first, then the series, then the targets, the actions and every printed figure."""
    return [
        *_dictionary(ds), *_series(ds), _targets(ds), _actions(ds), _observations(ds), _anomalies(ds),
    ]  # fmt: skip


def _text(name: str, description: str, *, required: bool = True) -> Field:
    return Field(name, "string", description, _REQUIRED if required else {})


def _dictionary(ds: Dataset) -> Iterator[OpenTable]:
    shown = [
        t for t in ds.territories.values()
        if t.level in ("province", "direction") or ds.region_of(t.code) not in ds.unavailable
    ]  # fmt: skip
    yield OpenTable(
        "territoires", "Territoires",
        (
            _text("code", "code du territoire"), _text("level", "province, direction, region ou mrc"),
            _text("parent_code", "code du territoire qui le contient", required=False), _text("name", "nom officiel"),
            _text("kind", "sorte de territoire"),
            _text("isq_code", "code de l’Institut de la statistique du Québec", required=False),
            _text("name_in_source", "nom que la source imprime"),
        ),
        tuple(
            (t.code, t.level, t.parent_code or "", t.name, t.kind, t.isq_code or "", t.name_in_source) for t in shown
        ),
        ("code",), ((("parent_code",), "", ("code",)),), _documents(ds),
    )  # fmt: skip
    yield OpenTable(
        "indicateurs", "Dictionnaire des indicateurs",
        (
            _text("id", "identifiant"), _text("label", "libellé"), _text("unit", "unité"),
            _text("kind", "flow : un flux, pendant la période; stock : un état, au jour dit"),
            _text("definition", "définition"),
            Field("rounded_to", "integer", "les nombres sont arrondis à ce multiple; vide : aucun arrondi connu"),
        ),
        tuple(
            (i.id, i.label, i.unit, i.kind, i.definition.strip(), plain(i.rounded_to)) for i in ds.indicators.values()
        ),
        ("id",),
    )  # fmt: skip
    yield OpenTable(
        "categories", "Catégories des indicateurs",
        (_text("indicator", "indicateur"), _text("category", "identifiant"), _text("label", "libellé")),
        tuple((i.id, c.id, c.label) for i in ds.indicators.values() for c in i.categories),
        ("indicator", "category"), ((("indicator",), "indicateurs", ("id",)),),
    )  # fmt: skip
    yield OpenTable(
        "bases", "Bases des pourcentages", (_text("id", "identifiant"), _text("label", "libellé")),
        tuple((b.id, b.label) for b in ds.bases.values()), ("id",),
    )  # fmt: skip
    yield OpenTable(
        "sources", "Sections des documents",
        (_text("id", "identifiant"), _text("document", "titre du document"), _text("section", "section du document")),
        tuple((s.id, ds.documents[s.document].title, s.label) for s in ds.sections.values()), ("id",),
    )  # fmt: skip


def _series(ds: Dataset) -> Iterator[OpenTable]:
    files: dict[str, list[Observation]] = {}
    for row in ds.observations.values():
        files.setdefault(ds.indicators[row.key.indicator].file, []).append(row)
    for file in dict.fromkeys(i.file for i in ds.indicators.values()):
        rows = files.get(file, [])
        labels = [i.label for i in ds.indicators.values() if i.file == file]
        yield OpenTable(
            file.removesuffix(".csv"), "; ".join(labels), _SERIES, tuple(_observed(row) for row in rows),
            ("territory_code", "indicator", "category", "period"),
            (
                (("territory_code",), "territoires", ("code",)), (("indicator", "category"), "categories", (
                "indicator", "category")), (("base",), "bases", ("id",)), (("source",), "sources", ("id",)),
            ),
            _documents(ds, {row.source for row in rows}),
        )  # fmt: skip


def _observed(row: Observation) -> tuple[str, ...]:
    return (
        *row.key, plain(row.value), plain(row.printed_pct), row.base, row.status, row.source, row.quote or "",
    )  # fmt: skip


def _documents(ds: Dataset, sections: Iterable[str] | None = None) -> tuple[str, ...]:
    wanted = set(ds.documents) if sections is None else {ds.sections[s].document for s in sections}
    return tuple(code for code in ds.documents if code in wanted)


def _targets(ds: Dataset) -> OpenTable:
    rows: list[tuple[str, ...]] = []
    for t in ds.targets.targets:
        cells = [("reference", t.reference), *(("target", value) for value in t.targets)]
        for rank, (kind, v) in enumerate(cells):
            value = "" if v.value is None else plain(int(v.value) if v.value.is_integer() else v.value)
            head = (t.id, t.indicator, t.orientation, t.objective, kind, str(rank))
            rows.append((*head, v.period or "", value, v.unit or t.unit, v.printed))
    return OpenTable(
        "cibles", "Cibles stratégiques (ensemble du Québec)",
        (
            _text("target_id", "numéro de la cible"), _text("indicator", "indicateur de la cible"),
            _text("orientation", "orientation stratégique"), _text("objective", "objectif stratégique"),
            Field("kind", "string", "reference : donnée de référence; target : cible, et non un résultat",
                  {**_REQUIRED, "enum": ["reference", "target"]}),
            Field("rank", "integer", "0 : la référence; puis 1, 2… pour chaque année de la cible", _REQUIRED),
            _text("period", "année de la cible; vide pour une référence sans année", required=False),
            Field("value", "number", "nombre imprimé; vide quand la source imprime des mots"),
            _text("unit", "unité du nombre"), _text("printed", "ce que la source imprime"),
        ),
        tuple(rows), ("target_id", "rank"), (), _documents(ds, {ds.targets.source}),
    )  # fmt: skip


def _actions(ds: Dataset) -> OpenTable:
    rows = list(csv.reader(io.StringIO(actions_csv(ds))))[1:]
    said = {
        "region_code": "code de la région", "orientation": "orientation du plan", "objective": "objectif du plan",
        "action_id": "identifiant de l’action", "action": "texte de l’action",
        "n_results": "nombre de résultats attendus", "n_indicators": "nombre d’indicateurs",
        "group_key": "clé de la même action dans plusieurs régions",
    }  # fmt: skip
    fields = tuple(
        Field(name, "integer" if name.startswith("n_") else "string", said[name], _REQUIRED) for name in ACTION_COLUMNS
    )
    links = ((("region_code",), "territoires", ("code",)),)
    return OpenTable(
        "actions", f"Actions du plan {ds.action_plan.period}", fields, _tuples(rows), ("action_id",), links,
        (ds.action_plan.source,),
    )  # fmt: skip


def _observations(ds: Dataset) -> OpenTable:
    """Every printed figure, those of sentences and targets too, with labels in French."""
    said = {
        "territory_code": "code du territoire", "territory": "nom du territoire", "indicator": "identifiant",
        "category": "catégorie, ou « prose » et « target » pour un chiffre de texte ou une cible", "period": "période",
        "value": "nombre imprimé", "printed_pct": f"{_PRINTED}, en pour cent", "base": "base, en français",
        "status": "statut", "source": "document et section",
    }  # fmt: skip
    numeric, optional = {"value", "printed_pct"}, {"value", "printed_pct", "period"}
    fields = tuple(
        Field(n, "number" if n in numeric else "string", said[n], {} if n in optional else _REQUIRED)
        for n in ObservedRow._fields
    )
    rows = _tuples(observed_rows(ds))
    # A reference of a target has no year of its own: no key, whose columns must all be filled.
    links = ((("territory_code",), "territoires", ("code",)),)
    return OpenTable(
        "observations", "Tous les chiffres imprimés, en un tableau", fields, rows, (), links, _documents(ds)
    )


def _anomalies(ds: Dataset) -> OpenTable:
    columns = (
        _text("id", "identifiant"), _text("title", "titre"), _text("source_says", "ce que dit la source"),
        _text("we_show", "ce qui est montré"), _text("why", "pourquoi"),
    )  # fmt: skip
    rows = tuple(
        (a.id, *(typographic(text) for text in (a.title, a.source_says, a.we_show, a.why)))
        for a in ds.anomalies.values()
    )
    return OpenTable("particularites", "Particularités de la source", columns, rows, ("id",))


def _tuples(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)

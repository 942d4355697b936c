"""The tables of the open data: a frame each, what each column is, and where its codes lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard.exports.observations import ACTION_COLUMNS, ObservedRow, actions, observed_rows, plain_figure
from dashboard.model import Dataset
from dashboard.model.periods import PERIOD
from dashboard.wording.numbers import plain, typographic
from dashboard.wording.periods import STATUS_WORDS
from dashboard.wording.spreadsheet import neutral

Link = tuple[tuple[str, ...], str, tuple[str, ...]]


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
    frame: pd.DataFrame
    keys: tuple[str, ...]
    links: tuple[Link, ...] = ()
    documents: tuple[str, ...] = ()

    def csv(self) -> bytes:
        """UTF-8 without mark, commas, dot decimals, one line end: what a program expects. No text is a formula."""
        safe = self.frame.set_axis([own.name for own in self.fields], axis="columns")
        for own in self.fields:
            if own.type == "string":
                safe[own.name] = safe[own.name].map(neutral)
        return str(safe.to_csv(index=False, lineterminator="\n")).encode()


_REQUIRED = {"required": True}
_PRINTED = "pourcentage imprimé par la source"
_TERRITORY: Link = (("territory_code",), "territoires", ("code",))


def _texts(optional: str = "", **columns: str) -> tuple[Field, ...]:
    """Columns of text, by name and description, all of them filled but one."""
    return tuple(Field(name, "string", said, {} if name == optional else _REQUIRED) for name, said in columns.items())


_SERIES = (
    *_texts(
        territory_code="code du territoire",
        indicator="identifiant de l’indicateur",
        category="identifiant de la catégorie; total : toutes",
    ),
    Field("period", "string", "année, période de plusieurs années ou jour", {**_REQUIRED, "pattern": PERIOD}),
    Field("value", "integer", "nombre imprimé par la source; vide si elle ne le donne pas", {"minimum": 0}),
    Field("printed_pct", "number", f"{_PRINTED}, en pour cent", {"minimum": 0, "maximum": 100}),
    *_texts(base="identifiant de ce à quoi le pourcentage se rapporte"),
    Field(
        "status", "string", "; ".join(f"{k} : {v}" for k, v in STATUS_WORDS.items()),
        {**_REQUIRED, "enum": list(STATUS_WORDS)},
    ),
    *_texts(source="identifiant de la section du document"),
    Field("quote", "string", "mots de la source où le nombre est imprimé"),
)  # fmt: skip


def open_tables(ds: Dataset) -> list[OpenTable]:
    """The dictionary first, then the series, then the targets, the actions and every printed figure."""
    return [*_dictionary(ds), *_series(ds), _targets(ds), _actions(ds), _observations(ds), _anomalies(ds)]


def _frame(lines: Iterable[Iterable[object]]) -> pd.DataFrame:
    """Cells as the file holds them: a text as it is, nothing where there is none."""
    return pd.DataFrame([["" if cell is None else cell for cell in line] for line in lines], dtype=object)


def _of(items: Iterable[object], fields: Iterable[Field]) -> pd.DataFrame:
    """The attributes of each item that the columns are named after."""
    return _frame([getattr(item, field.name) for field in fields] for item in items)


def _dictionary(ds: Dataset) -> Iterator[OpenTable]:
    shown = [
        t for t in ds.territories.values()
        if t.level in ("province", "direction") or ds.region_of(t.code) not in ds.unavailable
    ]  # fmt: skip
    fields = (
        *_texts("parent_code", code="code du territoire", level="province, direction, region ou mrc",
                parent_code="code du territoire qui le contient", name="nom officiel", kind="sorte de territoire"),
        *_texts("isq_code", isq_code="code de l’Institut de la statistique du Québec",
                name_in_source="nom que la source imprime"),
    )  # fmt: skip
    own = ((("parent_code",), "", ("code",)),)
    yield OpenTable("territoires", "Territoires", fields, _of(shown, fields), ("code",), own, _documents(ds))
    fields = (
        *_texts(id="identifiant", label="libellé", unit="unité",
                kind="flow : compté pendant une période; stock : compté à une date", definition="définition"),
        Field("rounded_to", "integer", "les nombres sont arrondis à ce multiple; vide : aucun arrondi connu"),
    )  # fmt: skip
    indicators = ds.indicators.values()
    frame = _frame((i.id, i.label, i.unit, i.kind, i.definition.strip(), i.rounded_to) for i in indicators)
    yield OpenTable("indicateurs", "Dictionnaire des indicateurs", fields, frame, ("id",))
    fields = _texts(indicator="indicateur", category="identifiant", label="libellé")
    frame = _frame((i.id, c.id, c.label) for i in indicators for c in i.categories)
    links = ((("indicator",), "indicateurs", ("id",)),)
    yield OpenTable("categories", "Catégories des indicateurs", fields, frame, ("indicator", "category"), links)
    fields = _texts(id="identifiant", label="libellé")
    yield OpenTable("bases", "Bases des pourcentages", fields, _of(ds.bases.values(), fields), ("id",))
    fields = _texts(id="identifiant", document="titre du document", section="section du document")
    frame = _frame((s.id, ds.documents[s.document].title, s.label) for s in ds.sections.values())
    yield OpenTable("sources", "Sections des documents", fields, frame, ("id",))


def _series(ds: Dataset) -> Iterator[OpenTable]:
    """The files of data/, as they are."""
    rows = ds.observations.values()
    every = _frame(
        (*r.key, r.value, plain(r.printed_pct), r.base, r.status, r.source, r.quote or "") for r in rows
    ).set_axis([own.name for own in _SERIES], axis="columns")
    links = (
        _TERRITORY, (("indicator", "category"), "categories", ("indicator", "category")),
        (("base",), "bases", ("id",)), (("source",), "sources", ("id",)),
    )  # fmt: skip
    keys = ("territory_code", "indicator", "category", "period")
    for file in dict.fromkeys(i.file for i in ds.indicators.values()):
        own = {i.id: i.label for i in ds.indicators.values() if i.file == file}
        frame = every[every["indicator"].isin(list(own))]
        documents = _documents(ds, frame["source"])
        yield OpenTable(file.removesuffix(".csv"), "; ".join(own.values()), _SERIES, frame, keys, links, documents)


def _documents(ds: Dataset, sections: Iterable[str] | None = None) -> tuple[str, ...]:
    wanted = set(ds.documents) if sections is None else {ds.sections[s].document for s in sections}
    return tuple(code for code in ds.documents if code in wanted)


def _targets(ds: Dataset) -> OpenTable:
    lines = (
        (t.id, t.indicator, t.orientation, t.objective, "target" if rank else "reference", rank, v.period,
         plain_figure(v.value), v.unit or t.unit, v.printed)
        for t in ds.targets.targets
        for rank, v in enumerate((t.reference, *t.targets))
    )  # fmt: skip
    kinds = {**_REQUIRED, "enum": ["reference", "target"]}
    fields = (
        *_texts(target_id="numéro de la cible", indicator="indicateur de la cible",
                orientation="orientation stratégique", objective="objectif stratégique"),
        Field("kind", "string", "reference : donnée de référence; target : cible, et non un résultat", kinds),
        Field("rank", "integer", "0 : la référence; puis 1, 2… pour chaque année de la cible", _REQUIRED),
        *_texts("period", period="année de la cible; vide pour une référence sans année"),
        Field("value", "number", "nombre imprimé; vide quand la source imprime des mots"),
        *_texts(unit="unité du nombre", printed="ce que la source imprime"),
    )  # fmt: skip
    title, documents = "Cibles stratégiques (ensemble du Québec)", _documents(ds, {ds.targets.source})
    return OpenTable("cibles", title, fields, _frame(lines), ("target_id", "rank"), (), documents)


def _actions(ds: Dataset) -> OpenTable:
    fields = tuple(
        Field(name, "integer" if name.startswith("n_") else "string", words, _REQUIRED)
        for name, words in ACTION_COLUMNS.items()
    )
    links, title = ((("region_code",), "territoires", ("code",)),), f"Actions du plan {ds.action_plan.period}"
    documents = (ds.action_plan.source,)
    return OpenTable("actions", title, fields, _frame(actions(ds)), ("action_id",), links, documents)


def _observations(ds: Dataset) -> OpenTable:
    """Every printed figure, those of sentences and targets too, with labels in French."""
    said = (
        "code du territoire", "nom du territoire", "identifiant",
        "catégorie, ou « prose » et « target » pour un chiffre de texte ou une cible", "période", "nombre imprimé",
        f"{_PRINTED}, en pour cent", "base, en français", "statut", "document et section",
    )  # fmt: skip
    numeric, optional = {"value", "printed_pct"}, {"value", "printed_pct", "period"}
    fields = tuple(
        Field(name, "number" if name in numeric else "string", words, {} if name in optional else _REQUIRED)
        for name, words in zip(ObservedRow._fields, said, strict=True)
    )
    # A reference of a target has no year of its own: no key, whose columns must all be filled.
    title, frame = "Tous les chiffres imprimés, en un tableau", _frame(observed_rows(ds))
    return OpenTable("observations", title, fields, frame, (), (_TERRITORY,), _documents(ds))


def _anomalies(ds: Dataset) -> OpenTable:
    fields = _texts(
        id="identifiant", title="titre", source_says="ce que dit la source", we_show="ce qui est montré",
        why="pourquoi",
    )  # fmt: skip
    frame = _of(ds.anomalies.values(), fields)
    frame.iloc[:, 1:] = frame.iloc[:, 1:].map(typographic)
    return OpenTable("particularites", "Particularités de la source", fields, frame, ("id",))

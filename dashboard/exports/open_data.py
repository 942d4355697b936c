"""The open data package: a zip of CSV files, what each column is, the licences, and how to read it.

`datapackage.json` follows Frictionless Data Package (version 1): a program knows the types, keys and sources.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dashboard.exports.open_tables import OpenTable, open_tables
from dashboard.model import Dataset
from dashboard.model.documents import SourceDocument
from dashboard.model.periods import Period
from dashboard.wording import today as quebec
from dashboard.wording.numbers import number, typographic
from dashboard.wording.periods import period as period_words

NAME = "immigration-regionale"
_LICENCES = "LICENCES.md"
_NO_BOUNDARIES = (
    "Les limites des cartes n’y sont pas : celles du tableau de bord viennent d’amCharts, dont la licence ne permet "
    "pas de les distribuer seules."
)
_NO_FOLLOW_UP = "Le suivi du plan n’y est pas non plus : il peut nommer des personnes."


def open_data_zip(ds: Dataset, *, today: date | None = None) -> bytes:
    """The package; the same data on the same day give the same bytes. A region set aside is not in it."""
    made = today or quebec.today()
    tables = open_tables(ds)
    files = {f"donnees/{table.name}.csv": table.csv() for table in tables}
    files |= {
        "LISEZMOI.md": _readme(ds, tables, made).encode(),
        "DICTIONNAIRE.md": _dictionary(tables).encode(),
        _LICENCES: _licences(ds).encode(),
    }
    descriptor = _descriptor(ds, tables, files, made)
    files["datapackage.json"] = (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (made.year, made.month, made.day, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(entry, files[name], compresslevel=9)
    return out.getvalue()


def _temporal(ds: Dataset) -> tuple[str, str]:
    """First and last day that the series speak of."""
    periods = [Period.of(key.period) for key in ds.observations]
    return min(p.first for p in periods).isoformat(), max(p.last for p in periods).isoformat()


def _descriptor(ds: Dataset, tables: Sequence[OpenTable], files: dict[str, bytes], made: date) -> dict[str, Any]:
    first, last = _temporal(ds)
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": f"{ds.config.title}, {ds.config.subtitle}",
        "description": f"{ds.config.disclaimer} Chiffres transcrits de la source et vérifiés; rien n’y est estimé.",
        "version": made.isoformat().replace("-", "."),
        "created": f"{made.isoformat()}T00:00:00Z",
        "language": "fr-CA",
        "keywords": ["immigration", "admissions permanentes", "permis temporaires", "MRC", "régions", "Québec"],
        "temporal": {"start": first, "end": last},
        "spatial": "; ".join(ds.name(code) for code in ds.region_codes()),
        **_origin(ds, ds.documents),
        "contributors": [
            *({"title": d.author, "role": "author"} for d in ds.documents.values()),
            {"title": ds.config.title, "role": "wrangler"},
        ],
        "resources": [_resource(ds, table, files[f"donnees/{table.name}.csv"]) for table in tables],
    }


def _origin(ds: Dataset, codes: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """Licences and sources of what comes from these documents."""
    documents = {code: ds.documents[code] for code in codes}
    return {
        "licenses": [{"name": f"other-{c}", "title": d.licence, "path": _LICENCES} for c, d in documents.items()],
        "sources": [{"title": f"{d.author}, {d.title}, {d.year}{_isbn(d)}"} for d in documents.values()],
    }


def _isbn(document: SourceDocument) -> str:
    return f", ISBN {document.isbn}" if document.isbn else ""


def _resource(ds: Dataset, table: OpenTable, content: bytes) -> dict[str, Any]:
    fields = []
    for f in table.fields:
        own: dict[str, Any] = {"name": f.name, "type": f.type, "description": f.description}
        own |= {"constraints": f.constraints} if f.constraints else {}
        fields.append(own | ({"decimalChar": "."} if f.type == "number" else {}))
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    schema |= {"primaryKey": list(table.keys)} if table.keys else {}
    if table.links:
        schema["foreignKeys"] = [
            {"fields": list(own), "reference": {"resource": other, "fields": list(there)}}
            for own, other, there in table.links
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "title": table.title,
        "path": f"donnees/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "header": True},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
        **(_origin(ds, table.documents) if table.documents else {}),
    }


def _readme(ds: Dataset, tables: Sequence[OpenTable], made: date) -> str:
    first, last = (period_words(day) for day in _temporal(ds))
    rows = "\n".join(f"| `donnees/{t.name}.csv` | {_cell(t.title)} | {number(len(t.frame))} |" for t in tables)
    aside = [ds.territories[code].name for code in ds.unavailable]
    left = f"\nRégions laissées de côté, leurs fichiers étant à corriger : {', '.join(aside)}.\n" if aside else ""
    return typographic(
        f"""# {ds.config.title}, {ds.config.subtitle} : données ouvertes

**{ds.config.disclaimer}**

Produit le {period_words(made.isoformat())}. Les chiffres vont du {first} au {last}. Chacun est transcrit de la \
source, avec la ligne qui l’imprime (`quote`), et recoupé; rien n’est calculé ni estimé.
{left}
| Fichier | Contenu | Lignes |
|---|---|---|
{rows}

- CSV en UTF-8 : virgules, point décimal, aucune espace dans les nombres. Les codes sont des textes : « 01 » et non 1.
- Une valeur vide n’est pas zéro : la source ne donne pas ce chiffre (`status` vaut alors `not_available`).
- `datapackage.json` décrit chaque fichier pour un programme (Frictionless Data Package); `DICTIONNAIRE.md` le dit à \
une personne; `{_LICENCES}` dit à quelles conditions reprendre les chiffres.
- Un texte qui commence par =, +, - ou @ est précédé d’une apostrophe : aucun tableur ne le prend pour une formule.
- {_NO_BOUNDARIES}
- {_NO_FOLLOW_UP}
"""
    )


def _dictionary(tables: Sequence[OpenTable]) -> str:
    types = {"string": "texte", "integer": "nombre entier", "number": "nombre"}
    parts = ["# Dictionnaire des données\n"]
    for t in tables:
        rows = "\n".join(f"| `{f.name}` | {types[f.type]} | {_cell(f.description)} |" for f in t.fields)
        links = "".join(
            f"- {_names(own)} renvoie à `{other or t.name}` ({_names(there)}).\n" for own, other, there in t.links
        )
        parts.append(
            f"## `{t.name}.csv`\n\n{t.title}.\n\n| Colonne | Type | Contenu |\n|---|---|---|\n{rows}\n\n"
            f"- Une ligne par {_names(t.keys) or 'chiffre imprimé'}.\n{links}"
        )
    return typographic("\n".join(parts))


def _licences(ds: Dataset) -> str:
    parts = ["# Licences des données\n"]
    for d in ds.documents.values():
        said = f"{d.author}, *{d.title}*, {d.year}{_isbn(d)}.\n\n{d.licence.rstrip('.')}.\n\n{d.credit}"
        parts.append(f"## {d.short}\n\n{said}\n")
    parts.append(f"## Ce qui n’est pas dans ce paquet\n\n{_NO_BOUNDARIES}\n")
    return typographic("\n".join(parts))


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in columns)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

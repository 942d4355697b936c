"""Simulations as formulas that a spreadsheet runs: their inputs, and for each line of the result how it is computed.

A formula names the inputs (`admissions_quebec`) and points at other cells: {obs:ID} the observed figure of a line,
{sim:ID} its simulated one, {low:ID}, {high:ID} its bounds, {part:BLOCK:ID} its part in a sharing out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.model import Dataset
from dashboard.scenarios import parameters as p
from dashboard.scenarios.admitted import share
from dashboard.scenarios.crossing import cross
from dashboard.scenarios.french import BY_FRENCH
from dashboard.scenarios.mix import BY_CATEGORY
from dashboard.scenarios.mrc_year import CHOSEN, OTHERS
from dashboard.scenarios.result import SHOWN_FROM, UNDER, Outcome
from dashboard.scenarios.settle import PROGRAMMES, slack_of
from dashboard.wording.numbers import NBSP


@dataclass(frozen=True, slots=True)
class Input:
    """A named cell that can be changed. value None: left empty. unit: written after its name."""

    name: str
    label: str
    value: float | None
    unit: str = "personnes"


@dataclass(frozen=True, slots=True)
class Sharing:
    """Whole parts of `total` by largest remainder, over rows (code, label, weight) in the order of the codes."""

    id: str
    title: str
    total: str
    rows: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Formulas:
    """Of one line; None where the line has no such cell."""

    value: str | None = None
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True)
class Live:
    inputs: tuple[Input, ...]
    lines: Mapping[str, Formulas]
    sharings: tuple[Sharing, ...] = ()
    notes: tuple[str, ...] = field(default=())


def live(ds: Dataset, parameters: p.Parameters, outcome: Outcome) -> Live | None:
    """How a spreadsheet computes this result; None when it is observed or no formula says it whole."""
    if outcome.status == "observé":
        return None
    return _KINDS[parameters.kind](ds, parameters, outcome)


def _mrc_year(ds: Dataset, own: p.MrcYear, outcome: Outcome) -> Live:
    found = cross(ds, own.territoires, own.annees)
    inputs = [
        Input("admissions_territoires", "Admissions des territoires choisis, sur la période", found.row),
        Input("admissions_annees", "Admissions de la région, les années choisies", found.column),
        Input("total_region", "Admissions de la région, sur la période", found.total),
    ]
    plus = ""
    if found.known:
        inputs.append(Input("deja_observees", "Admissions déjà observées dans un fichier", found.known))
        plus = "+deja_observees"
    y, t = "admissions_annees", "total_region"

    def formulas(line: str, m: str, plus: str) -> Formulas:
        estimate = f"ROUND({m}*{y}/{t},0){plus}"
        shown = f'IF({t}=0,0,IF(AND({{low:{line}}}<>{{high:{line}}},{estimate}<{SHOWN_FROM}),"{UNDER}",{estimate}))'
        return Formulas(shown, f"MAX(0,{m}+{y}-{t}){plus}", f"MIN({m},{y}){plus}")

    lines = {CHOSEN: formulas(CHOSEN, "admissions_territoires", plus)}
    if outcome.line(OTHERS) is not None and not found.known:
        lines[OTHERS] = formulas(OTHERS, "(total_region-admissions_territoires)", "")
    return Live(tuple(inputs), lines)


def _quebec(ds: Dataset, own: p.Quebec, outcome: Outcome) -> Live | None:
    code, year = own.territoire, own.reference
    if not share(ds, code, year):
        return None
    here, whole = (adm.admissions(ds, c, year).value for c in (code, ds.config.province))
    inputs = [Input("admissions_quebec", "Admissions du Québec, à essayer", own.admissions)]
    observed = Input("admissions_territoire", f"Admissions du territoire en {year}", here)
    if own.part is None:
        inputs += [observed, Input("admissions_quebec_reference", f"Admissions du Québec en {year}", whole)]
        portion = "admissions_quebec*{0}/admissions_quebec_reference"
        total = portion.format("admissions_territoire")
    else:
        inputs += [Input("part_quebec", "Part du Québec, à essayer", float(own.part), "%"), observed]
        portion = "admissions_quebec*part_quebec/100*{0}/admissions_territoire"
        total = "admissions_quebec*part_quebec/100"
    lines = {code: Formulas(f"ROUND({total},0)")}
    regions = [code] if code != ds.config.direction else ds.region_codes()
    if code == ds.config.direction:
        lines |= {r: Formulas(f"ROUND({portion.format(f'{{obs:{r}}}')},0)") for r in regions}
    sharings = []
    for region in regions:
        rows = _weights(ds, ds.mrc_codes(region))
        if any(weight for _, _, weight in rows):
            title = f"{ds.name(region)}{NBSP}: partage entre les MRC, selon les admissions {adm.span(ds)}"
            sharings.append(Sharing(region, title, f"{{sim:{region}}}", rows))
            lines |= {mrc: Formulas(f"{{part:{region}:{mrc}}}") for mrc, _, _ in rows}
    return Live(tuple(inputs), lines, tuple(sharings))


def _best_year(ds: Dataset, own: p.BestYear, outcome: Outcome) -> Live | None:
    seen = {line.id: int(o.value) for line in outcome.lines if (o := line.observed) is not None and o.value is not None}
    top, last = max(seen, key=lambda y: (seen[y], -int(y))), max(seen)
    if seen[last] == 0 or top == last:
        return None
    inputs = (
        Input("annees_voulues", "Nombre d’années pour revenir au sommet", own.ans, "ans"),
        Input("sommet", f"Meilleure année ({top})", seen[top]),
        Input("derniere_annee", f"Dernière année ({last})", seen[last]),
    )
    lines = {
        f"+{n}": Formulas(
            f'IF({n}>annees_voulues,"",IF({n}=annees_voulues,sommet,ROUND(derniere_annee*(sommet/derniere_annee)^({n}/annees_voulues),0)))'
        )
        for n in range(1, own.ans + 1)
    }
    notes = (f"La feuille montre {own.ans} ans au plus; pour un plus long chemin, le demander au simulateur.",)
    return Live(inputs, lines, notes=notes)


def _distribute(ds: Dataset, own: p.Distribute, outcome: Outcome) -> Live | None:
    code = own.territoire
    mrcs = ds.mrc_codes(None if code == ds.config.direction else code)
    typed = dict(own.poids)
    if own.planchers or (own.methode == "poids" and any(w != int(w) for w in typed.values())):
        # Floors are served in rounds, and typed weights with decimals do not divide exactly: no formula says it whole.
        return None
    weights = {
        "egal": lambda mrc: 1,
        "poids": lambda mrc: int(typed.get(mrc, 0)),
        "population": lambda mrc: int(adm.population(ds, mrc).value or 0),
        "parts": lambda mrc: int(adm.admissions(ds, mrc, adm.span(ds)).value or 0),
    }[own.methode]
    rows = tuple((mrc, ds.name(mrc), weights(mrc)) for mrc in sorted(mrcs))
    inputs = (Input("admissions_a_repartir", "Admissions à répartir", own.nombre),)
    sharing = Sharing("mrc", "Partage entre les MRC", "admissions_a_repartir", rows)
    lines = {mrc: Formulas(f"{{part:mrc:{mrc}}}") for mrc, _, _ in rows} | {code: Formulas("admissions_a_repartir")}
    return Live(inputs, lines, (sharing,))


def _settle(ds: Dataset, own: p.Settle, outcome: Outcome) -> Live:
    slack = slack_of(ds, own.territoire)
    inputs = [Input("ecart_arrondi", "Écart possible de chaque nombre de permis, dû à l’arrondi", slack, "permis")]
    lines, sums = {}, list[tuple[str, str, str]]()
    for name, category in PROGRAMMES.items():
        rate: Any = getattr(own, name)
        line = outcome.line(category)
        if line is None or line.observed is None or line.observed.value is None:
            continue
        cell, seen = f"taux_{name}", f"{{obs:{category}}}"
        inputs.append(Input(cell, f"Taux, {line.label.lower()}", None if rate is None else float(rate), "%"))
        parts = (f"{cell}*{seen}/100", f"{cell}*MAX(0,{seen}-ecart_arrondi)/100", f"{cell}*({seen}+ecart_arrondi)/100")
        sums.append(parts)
        lines[category] = Formulas(*(f'IF({cell}="","",ROUND({part},0))' for part in parts))
    total = [f"ROUND({'+'.join(terms)},0)" for terms in zip(*sums, strict=True)]
    lines["total"] = Formulas(*total)
    return Live((*inputs[1:], inputs[0]), lines)


def _french(ds: Dataset, own: p.French, outcome: Outcome) -> Live:
    count = {
        c: profile.count(ds, own.territoire, BY_FRENCH, c).value
        for c in ("french_known", "french_not_known", "not_available")
    }
    inputs = (
        Input("taux", "Taux de participation, à essayer", float(own.taux), "%"),
        Input("connaissent", "Connaissant le français", count["french_known"]),
        Input("ne_connaissent_pas", "Ne connaissant pas le français", count["french_not_known"]),
        Input("non_disponible", "Connaissance du français non disponible", count["not_available"]),
    )
    lines = {
        "french_known": Formulas(None, "connaissent", "connaissent+non_disponible"),
        "french_not_known": Formulas(None, "ne_connaissent_pas", "ne_connaissent_pas+non_disponible"),
        "participants": Formulas(
            "IF({low:participants}={high:participants},{low:participants},\"\")",
            "ROUND(taux*ne_connaissent_pas/100,0)", "ROUND(taux*(ne_connaissent_pas+non_disponible)/100,0)",
        ),
    }  # fmt: skip
    return Live(inputs, lines)


def _mix(ds: Dataset, own: p.Mix, outcome: Outcome) -> Live:
    labels = {line.id: line.label for line in outcome.lines if not line.total}
    rows = tuple((c, labels[c], int(profile.count(ds, own.modele, BY_CATEGORY, c).value or 0)) for c in sorted(labels))
    total = outcome.line("total")
    seen = total.observed.value if total is not None and total.observed is not None else None
    inputs = (Input("admissions_territoire", "Admissions du territoire", seen),)
    title = f"Partage selon les catégories, {ds.name(own.modele)}"
    lines = {c: Formulas(f"{{part:categories:{c}}}") for c in labels} | {"total": Formulas("admissions_territoire")}
    return Live(inputs, lines, (Sharing("categories", title, "admissions_territoire", rows),))


def _weight(ds: Dataset, own: p.Weight, outcome: Outcome) -> Live:
    direction, code = ds.config.direction, own.territoire
    received = adm.admissions(ds, direction, own.periode).value
    inputs = (Input("admissions_direction", f"Admissions de la direction, {own.periode}", received),)
    sharings = [Sharing("regions", "Partage entre les régions", "admissions_direction", _people(ds, ds.region_codes()))]
    if code == direction:
        lines = {r: Formulas(f"{{part:regions:{r}}}") for r in ds.region_codes()}
        return Live(inputs, lines | {direction: Formulas("admissions_direction")}, tuple(sharings))
    region = ds.region_of(code) or code
    rows = _people(ds, ds.mrc_codes(region))
    sharings.append(Sharing("mrc", f"{ds.name(region)}{NBSP}: partage entre les MRC", f"{{sim:{region}}}", rows))
    lines = {mrc: Formulas(f"{{part:mrc:{mrc}}}") for mrc, _, _ in rows}
    return Live(inputs, lines | {region: Formulas(f"{{part:regions:{region}}}")}, tuple(sharings))


def _weights(ds: Dataset, mrcs: list[str]) -> tuple[tuple[str, str, int], ...]:
    return tuple((m, ds.name(m), int(adm.admissions(ds, m, adm.span(ds)).value or 0)) for m in sorted(mrcs))


def _people(ds: Dataset, codes: list[str]) -> tuple[tuple[str, str, int], ...]:
    return tuple((c, ds.name(c), int(adm.population(ds, c).value or 0)) for c in sorted(codes))


_KINDS: Mapping[str, Callable[[Dataset, Any, Outcome], Live | None]] = {
    "mrc-annee": _mrc_year,
    "quebec": _quebec,
    "meilleure-annee": _best_year,
    "repartir": _distribute,
    "permis": _settle,
    "francais": _french,
    "categories": _mix,
    "poids-demographique": _weight,
}


@dataclass(frozen=True, slots=True)
class Shared:
    """One row of a sharing out, as the formulas give it: whole part of the quota, remainder (over the sum), rank."""

    quota: int
    rest: int
    rank: int
    part: int


def shared(total: int, rows: tuple[tuple[str, str, int], ...]) -> list[Shared]:
    """The values that the formulas of a sharing out hold when the file is made."""
    whole = sum(weight for _, _, weight in rows)
    found = [(total * w // whole, total * w % whole, w, code) for code, _, w in rows]
    left = total - sum(quota for quota, *_ in found)
    order = sorted(found, key=lambda row: (-row[1], -row[2], row[3]))
    ranks = {row[3]: n for n, row in enumerate(order, start=1)}
    return [Shared(q, rest, ranks[code], q + (ranks[code] <= left)) for q, rest, _, code in found]

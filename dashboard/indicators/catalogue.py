"""Every indicator that can be mapped, compared or looked up: where it exists, and why it does not elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.indicators.memory import remembered
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.wording.periods import period as period_words

ALL = frozenset({"mrc", "region", "direction", "province"})
Compute = Callable[[Dataset, str], Quantity]


@dataclass(frozen=True)
class Entry:
    """An indicator: `reasons` say why the levels of territory that have not got it have not.

    drawn: « count » (proportional circles on the map), « share » or « rate » (colours); nearest: id of the indicator
    that answers the closest question where this one cannot; says: « des personnes admises sont des femmes », what
    a sentence says after a share.
    """

    id: str
    label: str
    unit: str
    drawn: str
    compute: Compute
    reasons: Mapping[str, str]
    nearest: str | None = None
    decimals: int = 0
    yearly: bool = False
    says: str = ""

    @property
    def measure(self) -> str:
        """« Admissions 2019 (personnes) »: the indicator and its unit, said once."""
        return self.label if self.unit in self.label else f"{self.label} ({self.unit})"

    @property
    def levels(self) -> frozenset[str]:
        """Levels of the territories that have it."""
        return ALL - self.reasons.keys()


_NO_PLAN_POPULATION = {"province": "le plan n’imprime pas la population du Québec"}
_NO_AGREEMENTS = {"province": "le plan ne donne les ententes que pour la direction et ses régions"}
_ONLY_IN_REGION = dict.fromkeys(ALL - {"mrc"}, "cette part n’a de sens que pour une MRC dans sa région")
_NO_MRC = {
    reason: {"mrc": f"le plan ne {said}"}
    for reason, said in {
        "category": "croise pas MRC et catégorie",
        "sex": "croise pas MRC et sexe",
        "french": "croise pas MRC et connaissance du français",
        "year": "croise pas MRC et année",
        "permits": "donne les permis que par région",
        "immigrants": "donne la population immigrée que par région",
        "agreements": "donne les ententes que par région",
    }.items()
}
_SLUGS = {
    "economic": "economique",
    "family": "familial",
    "refugee": "refugies",
    "other": "autres",
    "female": "femmes",
    "male": "hommes",
    "students": "etudes",
    "mission_support": "soutien-mission",
    "francisation_mandataries": "mandataires",
}


# Indicators of the dictionary that the functions below show in their own way; any other is shown as it is counted.
_SHOWN = frozenset(
    {
        *("admissions", "admissions_by_mrc", "admissions_by_category", "admissions_by_sex", "admissions_by_french"),
        *("temporary_permits", "population_private_households", "population_census"),
        *("immigrant_population", "immigrant_population_map", "agreements"),
    }
)


def _no_census(ds: Dataset) -> dict[str, str]:
    return {"province": f"le plan ne donne pas la population du Québec selon le {adm.census_words(ds)}"}


@remembered
def entries(ds: Dataset, year: str | None = None) -> dict[str, Entry]:
    """The catalogue, in reading order. `year` is the year of the yearly indicators (the last one by default)."""
    own = [*_of_admissions(ds, year or adm.years(ds)[-1]), *_of_people(ds), *_of_categories(ds)]
    found = [*own, *_of_others(ds)]
    return {entry.id: entry for entry in found}


def _of_admissions(ds: Dataset, last: str) -> list[Entry]:
    span, none, per = adm.span(ds), _NO_MRC["year"], "pour 1\u00a0000 habitants"
    title, index = "Admissions permanentes", f"Indice des admissions, {last} ({adm.years(ds)[0]} = 100)"

    over_span, over_year = (partial(adm.admissions, period=period) for period in (span, last))
    of_quebec = partial(adm.share_of_quebec, period=span)
    to_first = partial(adm.index_100, year=last)
    of_region, of_all = f"Part des admissions de sa région, {span}", f"Part des admissions du Québec, {span}"
    return [
        Entry("admissions", f"{title}, {span}", "personnes", "count", over_span, {}),
        Entry("taux", f"Admissions {span} {per}", per, "rate", adm.rate_per_1000, _no_census(ds), "part-quebec", 1),
        Entry("part-region", of_region, "%", "share", adm.share_of_region, _ONLY_IN_REGION, "part-quebec", 1),
        Entry("part-quebec", of_all, "%", "share", of_quebec, {}, decimals=1),
        Entry("admissions-annee", f"{title}, {last}", "personnes", "count", over_year, none, "admissions", 0, True),
        Entry("indice", index, "indice", "rate", to_first, none, "admissions", 1, True),
    ]


def _of_people(ds: Dataset) -> list[Entry]:
    none, no_permits, census = _NO_MRC["immigrants"], _NO_MRC["permits"], profile.immigrants_year(ds)
    known, share = f"Population immigrée, {census}", f"Part de la population immigrée, {census}"
    permits, unit = "Permis temporaires", "permis par admission"
    people, part = profile.immigrant_population, profile.immigrant_share
    each = [
        Entry(f"permis-{slug}", f"{permits}\u00a0: {name}", "permis", "count", compute, no_permits, "admissions")
        for slug, name, compute in _counted(ds, "temporary_permits")
    ]
    ratio, total = profile.permits_per_admission, profile.permits_total
    return [
        Entry(
            "population",
            f"Population totale, {adm.census_words(ds)}",
            "personnes",
            "count",
            adm.population,
            _no_census(ds),
        ),
        Entry("population-immigree", known, "personnes", "count", people, none, "admissions"),
        Entry("part-immigree", share, "%", "share", part, none | _NO_PLAN_POPULATION, "taux", 1),
        Entry("permis", f"{permits} valides", "permis", "count", total, no_permits, "admissions"),
        *each,
        Entry("permis-par-admission", f"{permits} par admission", unit, "rate", ratio, no_permits, "taux", 1),
    ]


def _of_categories(ds: Dataset) -> list[Entry]:
    everyone, declared = "toutes les personnes admises", "les personnes ayant déclaré une langue"
    french = (
        ("francais", "french_known", "declared", f"Connaissant le français, parmi {declared},"),
        ("francais-tous", "french_known", "total", f"Connaissant le français, parmi {everyone},"),
        ("francais-non-connu", "french_not_known", "declared", f"Ne connaissant pas le français, parmi {declared},"),
        ("langue-inconnue", "not_available", "total", f"Connaissance de la langue non disponible, parmi {everyone},"),
    )
    none = _NO_MRC["agreements"] | _NO_AGREEMENTS
    return [
        *(
            _share(ds, f"{prefix}-{_slug(c.id)}", name, c.id, "total", f"{c.named}, part des admissions")
            for name, prefix in (("category", "categorie"), ("sex", "sexe"))
            for c in ds.indicators[f"admissions_by_{name}"].categories
            if c.id != "total"
        ),
        *(_share(ds, id_, "french", category, base, label) for id_, category, base, label in french),
        *(
            Entry(f"ententes-{slug}", name, "ententes", "count", compute, none, "admissions")
            for slug, name, compute in _counted(ds, "agreements")
        ),
    ]


def _of_others(ds: Dataset) -> Iterator[Entry]:
    """Each category of an indicator added to the dictionary, at its last period, where its `levels` say that it is."""
    for id_, indicator in ds.indicators.items():
        if id_ in _SHOWN or not ds.periods(id_):
            continue
        at = period_words(profile.latest(ds, id_))
        for c in indicator.categories:
            total = c.id == "total"
            left_out = () if total else indicator.only_total_for
            held = {level for level in ALL if level in indicator.levels and level not in left_out}
            if "region" in held:
                held.add("direction")  # the sum of its regions
            label = indicator.label if total else f"{indicator.label}\u00a0: {c.named}"
            compute = partial(profile.count, indicator=id_, category=c.id)
            reasons = dict.fromkeys(sorted(ALL - held), "la source ne le donne pas à ce niveau")
            slug = id_.replace("_", "-") + ("" if total else f"-{_slug(c.id)}".replace("_", "-"))
            yield Entry(slug, f"{label}, {at}", indicator.unit, "count", compute, reasons)


def _slug(category: str) -> str:
    return _SLUGS.get(category, category)


def _share(ds: Dataset, id_: str, name: str, category: str, base: str, label: str) -> Entry:
    """A category of the admissions as a share of another."""
    indicator = f"admissions_by_{name}"
    compute = partial(profile.category_share, indicator=indicator, category=category, base=base)
    dated = f"{label} {profile.latest(ds, indicator)}"
    said = next(c.said for c in ds.indicators[indicator].categories if c.id == category)
    says = f"des personnes {'ayant déclaré une langue' if base == 'declared' else 'admises'} {said}" if said else ""
    return Entry(id_, dated, "%", "share", compute, _NO_MRC[name], "part-region", 1, says=says)


def _counted(ds: Dataset, indicator: str) -> Iterator[tuple[str, str, Compute]]:
    """Each category of an indicator: how it is named in an address and in French, and its count."""
    for c in ds.indicators[indicator].categories:
        yield _slug(c.id), c.named, partial(profile.count, indicator=indicator, category=c.id)


def has(ds: Dataset, entry: Entry, code: str) -> bool:
    """True when the indicator exists for the territory's level."""
    return ds.territories[code].level not in entry.reasons


def reason(ds: Dataset, entry: Entry, code: str) -> str:
    """Why the indicator does not exist for a territory, in French; empty when it does."""
    return entry.reasons.get(ds.territories[code].level, "")

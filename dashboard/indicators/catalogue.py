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
# What the plan does not cross with the MRC, or gives by region alone.
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
    "economic": "economique", "family": "familial", "refugee": "refugies", "other": "autres", "female": "femmes",
    "male": "hommes", "students": "etudes", "mission_support": "soutien-mission",
    "francisation_mandataries": "mandataires",
}  # fmt: skip
# Indicators of the dictionary that the functions below show in their own way; any other is shown as it is counted.
_SHOWN = frozenset(
    {
        *("admissions", "admissions_by_mrc", "admissions_by_category", "admissions_by_sex", "admissions_by_french"),
        *("temporary_permits", "population_private_households", "population_census"),
        *("immigrant_population", "immigrant_population_map", "agreements"),
    }
)


@remembered
def entries(ds: Dataset, year: str | None = None) -> dict[str, Entry]:
    """The catalogue, in reading order. `year` is the year of the yearly indicators (the last one by default)."""
    own = [*_of_all(ds, year or adm.years(ds)[-1]), *_of_categories(ds), *_of_others(ds)]
    return {entry.id: entry for entry in own}


def _of_all(ds: Dataset, last: str) -> Iterator[Entry]:
    span, census, per = adm.span(ds), profile.immigrants_year(ds), "pour 1\u00a0000 habitants"
    no_census = {"province": f"le plan ne donne pas la population du Québec selon le {adm.census_words(ds)}"}
    no_year, no_immigrants, no_permits = (_NO_MRC[reason] for reason in ("year", "immigrants", "permits"))
    title, permits = "Admissions permanentes", "Permis temporaires"
    over_span, over_year = (partial(adm.admissions, period=period) for period in (span, last))
    of_quebec, to_first = partial(adm.share_of_quebec, period=span), partial(adm.index_100, year=last)
    index = f"Indice des admissions, {last} ({adm.years(ds)[0]} = 100)"

    def count(
        id_: str, label: str, unit: str, compute: Compute, why: Mapping[str, str], near: str | None = "admissions"
    ) -> Entry:
        return Entry(id_, label, unit, "count", compute, why, near)

    def part(id_: str, label: str, compute: Compute, why: Mapping[str, str], near: str | None) -> Entry:
        return Entry(id_, label, "%", "share", compute, why, near, 1)

    def rate(id_: str, label: str, unit: str, compute: Compute, why: Mapping[str, str], near: str) -> Entry:
        return Entry(id_, label, unit, "rate", compute, why, near, 1)

    people, each, of = "personnes", "permis par admission", "Part des admissions"
    yield count("admissions", f"{title}, {span}", people, over_span, {}, None)
    yield rate("taux", f"Admissions {span} {per}", per, adm.rate_per_1000, no_census, "part-quebec")
    yield part("part-region", f"{of} de sa région, {span}", adm.share_of_region, _ONLY_IN_REGION, "part-quebec")
    yield part("part-quebec", f"{of} du Québec, {span}", of_quebec, {}, None)
    yield count("admissions-annee", f"{title}, {last}", people, over_year, no_year)
    yield rate("indice", index, "indice", to_first, no_year, "admissions")
    yield count("population", f"Population totale, {adm.census_words(ds)}", people, adm.population, no_census, None)
    whole, immigrants = f"Population immigrée, {census}", profile.immigrant_population
    yield count("population-immigree", whole, people, immigrants, no_immigrants)
    share, why = profile.immigrant_share, no_immigrants | _NO_PLAN_POPULATION
    yield part("part-immigree", f"Part de la population immigrée, {census}", share, why, "taux")
    yield count("permis", f"{permits} valides", "permis", profile.permits_total, no_permits)
    for slug, name, compute in _counted(ds, "temporary_permits"):
        yield count(f"permis-{slug}", f"{permits}\u00a0: {name}", "permis", compute, no_permits)
    yield rate(
        "permis-par-admission", f"{permits} par admission", each, profile.permits_per_admission, no_permits, "taux"
    )


def _of_categories(ds: Dataset) -> Iterator[Entry]:
    everyone, declared = "toutes les personnes admises", "les personnes ayant déclaré une langue"
    for name, prefix in (("category", "categorie"), ("sex", "sexe")):
        for c in ds.indicators[f"admissions_by_{name}"].categories:
            if c.id != "total":
                slug = f"{prefix}-{_SLUGS.get(c.id, c.id)}"
                yield _share(ds, slug, name, c.id, "total", f"{c.named}, part des admissions")
    for id_, category, base, label in (
        ("francais", "french_known", "declared", f"Connaissant le français, parmi {declared},"),
        ("francais-tous", "french_known", "total", f"Connaissant le français, parmi {everyone},"),
        ("francais-non-connu", "french_not_known", "declared", f"Ne connaissant pas le français, parmi {declared},"),
        ("langue-inconnue", "not_available", "total", f"Connaissance de la langue non disponible, parmi {everyone},"),
    ):
        yield _share(ds, id_, "french", category, base, label)
    why = _NO_MRC["agreements"] | _NO_AGREEMENTS
    for slug, label, compute in _counted(ds, "agreements"):
        yield Entry(f"ententes-{slug}", label, "ententes", "count", compute, why, "admissions")


def _of_others(ds: Dataset) -> Iterator[Entry]:
    """Each category of an indicator added to the dictionary, at its last period, where its `levels` say that it is."""
    for id_, indicator in ds.indicators.items():
        if id_ in _SHOWN or not ds.periods(id_):
            continue
        at = period_words(profile.latest(ds, id_))
        for (slug, named, compute), c in zip(_counted(ds, id_), indicator.categories, strict=True):
            total = c.id == "total"
            held = set(indicator.levels) - set(() if total else indicator.only_total_for)
            if "region" in held:
                held.add("direction")  # the sum of its regions
            label = indicator.label if total else f"{indicator.label}\u00a0: {named}"
            reasons = dict.fromkeys(sorted(ALL - held), "la source ne le donne pas à ce niveau")
            own = (id_ if total else f"{id_}-{slug}").replace("_", "-")
            yield Entry(own, f"{label}, {at}", indicator.unit, "count", compute, reasons)


def _share(ds: Dataset, id_: str, name: str, category: str, base: str, label: str) -> Entry:
    """A category of the admissions as a share of another."""
    indicator = f"admissions_by_{name}"
    compute = partial(profile.category_share, indicator=indicator, category=category, base=base)
    dated = f"{label} {profile.latest(ds, indicator)}"
    said = next(c.said for c in ds.indicators[indicator].categories if c.id == category)
    says = f"des personnes {'ayant déclaré une langue' if base == 'declared' else 'admises'} {said}" if said else ""
    return Entry(id_, dated, "%", "share", compute, _NO_MRC[name], "part-region", 1, says)


def _counted(ds: Dataset, indicator: str) -> Iterator[tuple[str, str, Compute]]:
    """Each category of an indicator: how it is named in an address and in French, and its count."""
    for c in ds.indicators[indicator].categories:
        yield _SLUGS.get(c.id, c.id), c.named, partial(profile.count, indicator=indicator, category=c.id)


def has(ds: Dataset, entry: Entry, code: str) -> bool:
    """True when the indicator exists for the territory's level."""
    return ds.territories[code].level not in entry.reasons


def reason(ds: Dataset, entry: Entry, code: str) -> str:
    """Why the indicator does not exist for a territory, in French; empty when it does."""
    return entry.reasons.get(ds.territories[code].level, "")

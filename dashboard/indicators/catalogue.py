"""Every indicator that can be mapped, compared or looked up: where it exists, and why it does not elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset

ALL = frozenset({"mrc", "region", "direction", "province"})
ABOVE_MRC = frozenset({"region", "direction", "province"})
LOCAL = frozenset({"mrc", "region", "direction"})


@dataclass(frozen=True)
class Entry:
    """An indicator: `levels` are the territories that have it, `reasons` say why the others have not.

    drawn: « count » (proportional circles on the map), « share » or « rate » (colours); nearest: id of the indicator
    that answers the closest question where this one cannot.
    """

    id: str
    label: str
    unit: str
    drawn: str
    levels: frozenset[str]
    compute: Callable[[Dataset, str], Quantity]
    reasons: dict[str, str]
    nearest: str | None = None
    decimals: int = 0
    yearly: bool = False


_NO_CENSUS = "le plan ne donne pas la population du Québec dans l’univers du recensement"
_NO_PLAN_POPULATION = "le plan n’imprime pas la population du Québec"
_NO_MRC = {
    "category": "le plan ne croise pas MRC et catégorie",
    "sex": "le plan ne croise pas MRC et sexe",
    "french": "le plan ne croise pas MRC et connaissance du français",
    "year": "le plan ne croise pas MRC et année",
    "permits": "le plan ne donne les permis que par région",
    "immigrants": "le plan ne donne la population immigrée que par région",
    "agreements": "le plan ne donne les ententes que par région",
    "households": "le plan ne donne la population des ménages privés que par région",
}


def entries(ds: Dataset, year: str | None = None) -> dict[str, Entry]:
    """The catalogue, in reading order. `year` is the year of the yearly indicators (the last one by default)."""
    last = year or adm.years(ds)[-1]
    span = adm.span(ds)
    found = [
        Entry(
            "admissions",
            f"Admissions permanentes, {span}",
            "personnes",
            "count",
            ALL,
            lambda d, c: adm.admissions(d, c, span),
            {},
        ),
        Entry(
            "taux",
            f"Admissions {span} pour 1\u00a0000 habitants",
            "pour 1\u00a0000 habitants",
            "rate",
            LOCAL,
            adm.rate_per_1000,
            {"province": _NO_CENSUS},
            "part-quebec",
            1,
        ),
        Entry(
            "part-region",
            f"Part des admissions de sa région, {span}",
            "%",
            "share",
            frozenset({"mrc"}),
            adm.share_of_region,
            dict.fromkeys(ABOVE_MRC, "cette part n’a de sens que pour une MRC dans sa région"),
            "part-quebec",
            1,
        ),
        Entry(
            "part-quebec",
            f"Part des admissions du Québec, {span}",
            "%",
            "share",
            ALL,
            lambda d, c: replace(adm.share_of_quebec(d, c, span), decimals=2),
            {},
            None,
            2,
        ),
        Entry(
            "admissions-annee",
            f"Admissions permanentes, {last}",
            "personnes",
            "count",
            ABOVE_MRC,
            lambda d, c: adm.admissions(d, c, last),
            {"mrc": _NO_MRC["year"]},
            "admissions",
            0,
            True,
        ),
        Entry(
            "indice",
            f"Indice des admissions, {last} ({adm.years(ds)[0]} = 100)",
            "indice",
            "rate",
            ABOVE_MRC,
            lambda d, c: adm.index_100(d, c, last),
            {"mrc": _NO_MRC["year"]},
            "admissions",
            1,
            True,
        ),
        Entry(
            "population",
            f"Population, {adm.census_words(ds)}",
            "personnes",
            "count",
            LOCAL,
            adm.population,
            {"province": _NO_CENSUS},
        ),
        Entry(
            "population-immigree",
            f"Population immigrée, {profile.immigrants_year(ds)}",
            "personnes",
            "count",
            ABOVE_MRC,
            profile.immigrant_population,
            {"mrc": _NO_MRC["immigrants"]},
            "admissions",
        ),
        Entry(
            "part-immigree",
            f"Part de la population immigrée, {profile.immigrants_year(ds)}",
            "%",
            "share",
            frozenset({"region", "direction"}),
            profile.immigrant_share,
            {"mrc": _NO_MRC["immigrants"], "province": _NO_PLAN_POPULATION},
            "taux",
            1,
        ),
        Entry(
            "permis",
            "Permis temporaires valides",
            "permis",
            "count",
            ABOVE_MRC,
            profile.permits_total,
            {"mrc": _NO_MRC["permits"]},
            "admissions",
        ),
        *[_permits(c.id, c.short or c.label) for c in ds.indicators["temporary_permits"].categories],
        Entry(
            "permis-par-admission",
            "Permis temporaires par admission",
            "permis par admission",
            "rate",
            ABOVE_MRC,
            profile.permits_per_admission,
            {"mrc": _NO_MRC["permits"]},
            "taux",
            1,
        ),
        *_shares(ds, "admissions_by_category", "category", "categorie", "total"),
        *_shares(ds, "admissions_by_sex", "sex", "sexe", "total"),
        *_french(ds),
        *[_agreements(c.id, c.short or c.label) for c in ds.indicators["agreements"].categories],
    ]
    return {entry.id: entry for entry in found}


def _permits(category: str, name: str) -> Entry:
    return Entry(
        f"permis-{category.replace('students', 'etudes')}",
        f"Permis temporaires\u00a0: {name}",
        "permis",
        "count",
        ABOVE_MRC,
        lambda d, c: profile.count(d, c, "temporary_permits", category),
        {"mrc": _NO_MRC["permits"]},
        "admissions",
    )


_SLUGS = {
    "economic": "economique",
    "family": "familial",
    "refugee": "refugies",
    "other": "autres",
    "female": "femmes",
    "male": "hommes",
    "french_known": "connu",
    "french_not_known": "non-connu",
    "not_available": "inconnu",
    "mission_support": "soutien-mission",
    "francisation_mandataries": "mandataires",
}


def _shares(ds: Dataset, indicator: str, reason: str, prefix: str, base: str) -> list[Entry]:
    period = profile.latest(ds, indicator)
    return [
        Entry(
            f"{prefix}-{_SLUGS.get(c.id, c.id)}",
            f"{c.short or c.label}, part des admissions {period}",
            "%",
            "share",
            ABOVE_MRC,
            lambda d, code, cat=c.id: profile.category_share(d, code, indicator, cat, base),  # type: ignore[misc]
            {"mrc": _NO_MRC[reason]},
            "part-region",
            1,
        )
        for c in ds.indicators[indicator].categories
        if c.id != base
    ]


def _french(ds: Dataset) -> list[Entry]:
    period = profile.latest(ds, "admissions_by_french")
    spec = (
        (
            "francais",
            "french_known",
            "declared",
            "Connaissant le français, parmi les personnes ayant déclaré une langue",
        ),
        ("francais-tous", "french_known", "total", "Connaissant le français, parmi toutes les personnes admises"),
        (
            "francais-non-connu",
            "french_not_known",
            "declared",
            "Ne connaissant pas le français, parmi les personnes ayant déclaré une langue",
        ),
        (
            "langue-inconnue",
            "not_available",
            "total",
            "Connaissance de la langue non disponible, parmi toutes les personnes admises",
        ),
    )
    return [
        Entry(
            id_,
            f"{label}, {period}",
            "%",
            "share",
            ABOVE_MRC,
            lambda d, c, cat=category, b=base: profile.category_share(d, c, "admissions_by_french", cat, b),  # type: ignore[misc]
            {"mrc": _NO_MRC["french"]},
            "part-region",
            1,
        )
        for id_, category, base, label in spec
    ]


def _agreements(category: str, name: str) -> Entry:
    return Entry(
        f"ententes-{_SLUGS.get(category, category)}",
        name,
        "ententes",
        "count",
        frozenset({"region", "direction"}),
        lambda d, c: profile.count(d, c, "agreements", category),
        {"mrc": _NO_MRC["agreements"], "province": "le plan ne donne les ententes que pour la direction"},
        "admissions",
    )


def has(ds: Dataset, entry: Entry, code: str) -> bool:
    """True when the indicator exists for the territory's level."""
    return ds.territories[code].level in entry.levels


def reason(ds: Dataset, entry: Entry, code: str) -> str:
    """Why the indicator does not exist for a territory, in French; empty when it does."""
    level = ds.territories[code].level
    return "" if level in entry.levels else entry.reasons.get(level, "le plan ne le donne pas pour ce territoire")

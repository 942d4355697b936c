"""What is counted: an indicator, of one category and period, that any territory may have or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from dashboard.deck.slides import Slide
from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.indicators.catalogue import entries
from dashboard.indicators.quantity import Quantity, add, share_pct
from dashboard.model import Dataset
from dashboard.model.periods import Period
from dashboard.narrative import agreement_words
from dashboard.narrative.show import bare, full
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, number
from dashboard.wording.periods import period as period_words

ADMISSIONS = "admissions"
FRENCH = "admissions_by_french"
# The entry of the catalogue that says where an indicator is absent, and why.
_ENTRIES = {
    "admissions_by_category": "categorie-refugies", "admissions_by_sex": "sexe-femmes", FRENCH: "francais",
    "temporary_permits": "permis", "immigrant_population": "population-immigree", "agreements": "ententes-mrc",
    "population_census": "population", "rate": "taux", "ratio": "permis-par-admission",
}  # fmt: skip
_VIEWS = {
    "admissions_by_category": "categorie", "admissions_by_sex": "sexe", FRENCH: "francais",
    "temporary_permits": "permis", "agreements": "ententes",
}  # fmt: skip
_PERSONS = ("personne admise à titre permanent", "personnes admises à titre permanent")


@dataclass(frozen=True)
class Subject:
    """indicator: its id in the dictionary, or the name of a calculation; category: of it, « total » for all. of: the
    figure of a territory; said: the figure in words; asked: what a question calls it; when: its period in words;
    reasons: why a level of territory has not got it; entry: its id in the catalogue; noun: its category in words."""

    indicator: str
    category: str
    label: str
    of: Callable[[str], Quantity]
    said: Callable[[Quantity], str]
    asked: str
    when: str
    period: str
    reasons: Mapping[str, str]
    entry: str
    noun: str = ""


def when(code: str) -> str:
    """« en 2019 », « de 2015 à 2019 », « au 31 décembre 2019 »."""
    found = Period.of(code)
    if found.is_span:
        return f"de {code[:4]} à {code[5:]}"
    return f"en {code}" if found.is_year else f"au {period_words(code)}"


def reasons(ds: Dataset, indicator: str) -> Mapping[str, str]:
    entry = entries(ds).get(_ENTRIES.get(indicator, indicator.replace("_", "-")))
    return entry.reasons if entry else {}


def _many(quantity: Quantity, one: str, several: str) -> str:
    return f"{bare(quantity)}{NBSP}{one if abs(quantity.value or 0) < 2 else several}"


def of_admissions(ds: Dataset, period: str) -> Subject:
    """Permanent admissions of a year or of a period."""
    yearly = Period.of(period).is_year
    own: Mapping[str, str] = {}
    if period != adm.span(ds) and period not in ds.periods(adm.BY_MRC):
        own = entries(ds)["admissions-annee"].reasons
    return Subject(
        ADMISSIONS, "total", f"Admissions permanentes, {period}", partial(adm.admissions, ds, period=period),
        lambda q: _many(q, *_PERSONS), "Combien de personnes admises", when(period), period, own,
        "admissions-annee" if yearly else "admissions",
    )  # fmt: skip


def of_category(ds: Dataset, indicator: str, category: str, period: str) -> Subject:
    """The count of a category of an indicator (« ptet+pmi »: of several), at a period."""
    definition = ds.indicators[indicator]
    ids = category.split("+")
    named = {c.id: c.named for c in definition.categories}
    names = [named[id_] for id_ in ids]
    small = " et ".join(name if name.isupper() else name[:1].lower() + name[1:] for name in names)
    label = definition.label if category == "total" else f"{definition.short}{NBSP}: {' et '.join(names)}"
    one, several = _nouns(ds, indicator)
    kind = f" ({small})" if category != "total" else ""

    def of(code: str) -> Quantity:
        parts = [profile.count(ds, code, indicator, id_, period) for id_ in ids]
        return parts[0] if len(parts) == 1 else add(parts, label, code)

    def said(quantity: Quantity) -> str:
        if indicator == "agreements" and category in named:
            return agreement_words.counted(ds, category, quantity)
        each = ""
        if len(ids) > 1 and quantity.value is not None:
            parts = (f"{number(q.value)} {named[id_]}" for q, id_ in zip(quantity.operands, ids, strict=True))
            each = f"{NBSP}: {' et '.join(parts)}"
        return _many(quantity, one + kind, several + kind) + each

    asked = f"Combien de {several}{kind}" if indicator.startswith("admissions_by") else f"{label}{NBSP}: combien"
    if indicator == "temporary_permits":
        asked = f"Combien de permis temporaires{kind}"
    elif indicator == "agreements":
        asked = (
            f"Combien d’ententes{NBSP}: {small}," if category != "francisation_mandataries" else f"Combien de {small}"
        )
    entry = indicator.replace("_", "-") + ("" if category == "total" else f"-{category.replace('_', '-')}")
    return Subject(
        indicator, category, f"{label}, {period_words(period)}", of, said, asked, when(period), period,
        reasons(ds, indicator), _entry(ds, indicator, category, entry), small,
    )  # fmt: skip


def _entry(ds: Dataset, indicator: str, category: str, own: str) -> str:
    """The entry of the catalogue that shows a category, as a count or as a share."""
    known = entries(ds)
    if own in known:
        return own
    name = {c.id: c.named for c in ds.indicators[indicator].categories}.get(category, "")
    return next((e.id for e in known.values() if name and name in e.label), _ENTRIES.get(indicator, "admissions"))


def _nouns(ds: Dataset, indicator: str) -> tuple[str, str]:
    if indicator.startswith("admissions"):
        return _PERSONS
    if indicator == "temporary_permits":
        return "permis temporaire valide", "permis temporaires valides"
    definition = ds.indicators[indicator]
    several = definition.unit
    return several.removesuffix("s") if several != "permis" else several, f"{several}, {definition.short.lower()},"


def of_permits(ds: Dataset, date: str) -> Subject:
    return Subject(
        "temporary_permits", "total", f"Permis temporaires valides, {period_words(date)}",
        partial(profile.permits_total, ds, date=date), lambda q: _many(q, *_nouns(ds, "temporary_permits")),
        "Combien de permis temporaires", when(date), date, reasons(ds, "temporary_permits"), "permis",
    )  # fmt: skip


def of_residents(ds: Dataset) -> Subject:
    year = profile.immigrants_year(ds)
    return Subject(
        "immigrant_population", "total", f"Population immigrée, {year}", partial(profile.immigrant_population, ds),
        lambda q: _many(q, "personne immigrée", "personnes immigrées (population immigrée, Recensement)"),
        "Quelle est la population immigrée", when(year), year, reasons(ds, "immigrant_population"),
        "population-immigree",
    )  # fmt: skip


def of_population(ds: Dataset) -> Subject:
    year = adm.census_year(ds)

    def said(quantity: Quantity) -> str:
        text = f"{bare(quantity)} habitants"
        if ds.territories[quantity.territory].level == "region":
            beside = profile.plan_population(ds, quantity.territory)
            text += (
                f" au recensement (le plan imprime {full(beside)}, dans les ménages privés)"
                if beside.value is not None
                else ""
            )
        return text

    return Subject(
        adm.CENSUS, "total", f"Population, {adm.census_words(ds)}", partial(adm.population, ds), said,
        "Quelle est la population", when(year), year, reasons(ds, adm.CENSUS), "population",
    )  # fmt: skip


def of_rate(ds: Dataset) -> Subject:
    """Cumulated admissions for 1 000 inhabitants."""
    period = adm.span(ds)

    def said(quantity: Quantity) -> str:
        few = "" if quantity.reliable else (
            f" (moins de {number(ds.config.unreliable_below)} admissions{NBSP}: taux peu fiable, sans rang)"
        )  # fmt: skip
        return f"{bare(quantity)} admissions pour 1{NBSP}000 habitants du {adm.census_words(ds)}{few}, cumul"

    return Subject(
        "rate", "total", f"Admissions pour 1{NBSP}000 habitants, {period}", partial(adm.rate_per_1000, ds), said,
        "Quel est le taux d’admission", when(period), period, reasons(ds, "rate"), "taux",
    )  # fmt: skip


def of_ratio(ds: Dataset) -> Subject:
    date = profile.permits_date(ds)
    return Subject(
        "ratio", "total", "Permis temporaires par admission", partial(profile.permits_per_admission, ds),
        lambda q: (
            f"{bare(q)} permis temporaires valides pour une admission permanente ({full(q.operands[0])} permis au "
            f"{period_words(date)} sur {full(q.operands[1])} admissions de {date[:4]}{NBSP}: une date et une année)"
        ),
        "Combien de permis par admission", when(date[:4]), date[:4], reasons(ds, "ratio"), "permis-par-admission",
    )  # fmt: skip


def of_index(ds: Dataset, year: str) -> Subject:
    first = adm.years(ds)[0]
    return Subject(
        "index", "total", f"Indice des admissions, {year}", partial(adm.index_100, ds, year=year),
        lambda q: f"indice de {bare(q)} ({first}{NBSP}= 100)", "Quel est l’indice des admissions", when(year), year,
        entries(ds)["indice"].reasons, "indice",
    )  # fmt: skip


# --- Shares -----------------------------------------------------------------------------------------------------------


def as_share(ds: Dataset, subject: Subject) -> Subject | None:
    """The share of a category in its own territory, with its base; None where the source gives no base for it."""
    indicator, category, period = subject.indicator, subject.category, subject.period
    if indicator == "immigrant_population":
        said = "de la population dans les ménages privés est immigrée"
        return replace(
            subject, label=f"Part de la population immigrée, {subject.period}", of=partial(profile.immigrant_share, ds),
            said=lambda q: f"{_counted(q)} {said}", asked="Quelle est la part de la population immigrée",
            reasons=entries(ds)["part-immigree"].reasons, entry="part-immigree",
        )  # fmt: skip
    if category == "total":
        return None
    if indicator == "temporary_permits":

        def of(code: str) -> Quantity:
            return share_pct(subject.of(code), profile.permits_total(ds, code, period), subject.label, "category_share")

        return replace(
            subject, of=of, said=lambda q: f"{subject.noun}{NBSP}: {_counted(q)} des permis temporaires valides"
        )
    known = {c.id for c in ds.indicators[indicator].categories}
    base = "declared" if category in ("french_known", "french_not_known") else "total"
    if base not in known or "+" in category:
        return None

    def said_of(quantity: Quantity) -> str:
        text = f"{subject.noun}{NBSP}: {_counted(quantity)}, parmi {_WHO.get(base, _ALL)}"
        if base == "declared":
            everyone = profile.category_share(ds, quantity.territory, indicator, category, "total", period)
            text += f"; {_counted(everyone)} parmi {_ALL}"
        return text

    return replace(
        subject, said=said_of,
        of=lambda code: profile.category_share(ds, code, indicator, category, base, period),
        asked=subject.asked.replace("Combien de", "Quelle part de"),
    )  # fmt: skip


_ALL = "toutes les personnes admises"
_WHO = {"declared": "les personnes ayant déclaré une langue"}


def _counted(quantity: Quantity) -> str:
    """« 38,5 % (52 sur 135) »."""
    part, whole = quantity.operands
    return f"{full(quantity, counted=False)} ({number(part.value)} sur {number(whole.value)})"


def share_of(ds: Dataset, subject: Subject, whole: str) -> Subject:
    """The share of each territory in another one that contains it."""
    name = "du Québec" if whole == ds.config.province else ds.territories[whole].name_of

    def of(code: str) -> Quantity:
        found = share_pct(
            subject.of(code), subject.of(whole), f"Part {name}", "share_of_quebec", f"{subject.label} {name}"
        )
        return replace(found, decimals=2) if subject.indicator == ADMISSIONS and whole == ds.config.province else found

    what = {ADMISSIONS: "des admissions", "temporary_permits": "des permis temporaires valides"}
    said = what.get(subject.indicator, "")
    if subject.category != "total" or not said:
        said = f"de «{NBSP}{subject.noun or subject.label}{NBSP}»,"
    return replace(
        subject, of=of, said=lambda q: f"{_counted(q)} {said} {name}", label=f"{subject.label}, part {name}", entry="",
        asked=f"{subject.asked} (part {name})",
    )  # fmt: skip


# --- Where it is shown ------------------------------------------------------------------------------------------------


def view(ds: Dataset, subject: Subject, code: str) -> Slide:
    """The view that holds the figure of a territory."""
    level, region = ds.territories[code].level, ds.region_of(code)
    if level == "mrc" and region and subject.indicator in (ADMISSIONS, "rate"):
        measure = "taux" if subject.indicator == "rate" else "nombre"
        return Slide("mrc", {query.TERRITORY: region, query.MEASURE: measure, query.MRC: code})
    own = _VIEWS.get(subject.indicator)
    if level == "region" or code == ds.config.direction:
        if own:
            return Slide(own, {query.TERRITORY: code})
        if subject.indicator == ADMISSIONS:
            year = {query.YEAR: subject.period} if subject.period in adm.years(ds) else {}
            return Slide("admissions", {query.TERRITORY: code, **year})
    year = (
        {query.YEAR: subject.period} if subject.period in adm.years(ds) and subject.entry == "admissions-annee" else {}
    )
    return Slide("indicateur", {query.INDICATOR: subject.entry or "part-quebec", **year})


def place(ds: Dataset, slide: Slide) -> tuple[str, dict[str, str]]:
    """The page of a view, with its choices."""
    choices = dict(slide.choices)
    code = choices.pop(query.TERRITORY, "")
    if slide.kind == "indicateur":
        return addresses.INDICATORS, choices
    if slide.kind == "comparer":
        return addresses.COMPARE, choices
    slugs = {region.code: region.slug for region in ds.config.regions}
    if slide.kind == "ententes" and code not in slugs:
        return addresses.AGREEMENTS, {}
    return slugs.get(code, ""), choices

"""What is counted: an indicator, of one category and period, that any territory may have or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from dashboard.deck.slides import Slide
from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.indicators.catalogue import entries
from dashboard.indicators.comparison import gap_to
from dashboard.indicators.quantity import Quantity, add, share_pct
from dashboard.model import Dataset
from dashboard.model.periods import Period
from dashboard.narrative import agreement_words
from dashboard.narrative.show import bare, full
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, number, rounded, signed
from dashboard.wording.periods import period as period_words

ADMISSIONS, PERMITS, FRENCH, AGREEMENTS = "admissions", "temporary_permits", "admissions_by_french", "agreements"
# The entry of the catalogue that says where an indicator is absent, and why.
_ENTRIES = {
    "admissions_by_category": "categorie-refugies", "admissions_by_sex": "sexe-femmes", FRENCH: "francais",
    PERMITS: "permis", AGREEMENTS: "ententes-mrc",
}  # fmt: skip
_VIEWS = {
    "admissions_by_category": "categorie", "admissions_by_sex": "sexe", FRENCH: "francais", PERMITS: "permis",
    AGREEMENTS: "ententes",
}  # fmt: skip
_PERSONS = ("personne admise à titre permanent", "personnes admises à titre permanent")
_PERMITS = ("permis temporaire valide", "permis temporaires valides")


@dataclass(frozen=True)
class Measure:
    """indicator: its id in the dictionary, or the name of a calculation; category: of it, « total » for all; name: its
    label, without its period. of: the figure of a territory; said: the figure in words; asked: what a question calls
    it; reasons: why a level of territory has not got it; entry: its id in the catalogue; noun: its category in
    words; brief: the figure where what it counts has just been said; counted: what several of it are; dated: « en
    2019 » where the period is said in other words."""

    indicator: str
    category: str
    name: str
    period: str
    of: Callable[[str], Quantity]
    said: Callable[[Quantity], str]
    asked: str
    reasons: Mapping[str, str]
    entry: str
    noun: str = ""
    brief: Callable[[Quantity], str] = bare
    counted: str = ""
    dated: str | None = None

    @property
    def label(self) -> str:
        return f"{self.name}, {period_words(self.period)}"

    @property
    def when(self) -> str:
        return when(self.period) if self.dated is None else self.dated


def when(code: str) -> str:
    """« en 2019 », « de 2015 à 2019 », « au 31 décembre 2019 »."""
    found = Period.of(code)
    if found.is_span:
        return f"de {code[:4]} à {code[5:]}"
    return f"en {code}" if found.is_year else f"au {period_words(code)}"


def _many(quantity: Quantity, one: str, several: str) -> str:
    return f"{bare(quantity)}{NBSP}{one if abs(quantity.value or 0) < 2 else several}"


# --- Each family ------------------------------------------------------------------------------------------------------


def periods(ds: Dataset, family: str) -> list[str]:
    """The single periods of a family, in order: its years or its dates; the one that a calculation is made over."""
    own = _FAMILIES.get(family)
    return own[0](ds) if own else ds.periods(family.partition("/")[0])


def measure(ds: Dataset, family: str, period: str) -> Measure:
    """That of a family (« admissions », « permits », « indicator/category ») at a period."""
    own = _FAMILIES.get(family)
    indicator, _, category = family.partition("/")
    return own[1](ds, period) if own else _category(ds, indicator, category, period)


def _admissions(ds: Dataset, period: str) -> Measure:
    held = period == adm.span(ds) or period in ds.periods(adm.BY_MRC)
    return Measure(
        ADMISSIONS, "total", "Admissions permanentes", period, partial(adm.admissions, ds, period=period),
        lambda q: _many(q, *_PERSONS), "Combien de personnes admises",
        {} if held else entries(ds)["admissions-annee"].reasons,
        "admissions-annee" if Period.of(period).is_year else "admissions", counted=_PERSONS[1],
    )  # fmt: skip


def _permits(ds: Dataset, date: str) -> Measure:
    return Measure(
        PERMITS, "total", "Permis temporaires valides", date, partial(profile.permits_total, ds, date=date),
        lambda q: _many(q, *_PERMITS), "Combien de permis temporaires", entries(ds)["permis"].reasons, "permis",
        counted=_PERMITS[1],
    )  # fmt: skip


def _computed(
    ds: Dataset, entry: str, period: str, name: str, said: Callable[[Quantity], str], asked: str, indicator: str = ""
) -> Measure:
    """What the catalogue computes over one period."""
    own = entries(ds)[entry]
    of = partial(own.compute, ds)
    return Measure(indicator or entry, "total", name, period, of, said, asked, own.reasons, entry)


def _residents(ds: Dataset, period: str) -> Measure:
    words = "personne immigrée", "personnes immigrées"
    asked = "Quelle est la population immigrée"
    own = _computed(
        ds, "population-immigree", period, "Population immigrée", lambda q: _many(q, *words), asked,
        "immigrant_population",
    )  # fmt: skip
    return replace(own, counted=words[1], dated=_at_census(period))


def _population(ds: Dataset, period: str) -> Measure:
    def said(quantity: Quantity) -> str:
        printed = ""
        if ds.territories[quantity.territory].level == "region":
            beside = profile.plan_population(ds, quantity.territory)
            printed = f" (le plan imprime {full(beside)}, dans les ménages privés)" if beside.value is not None else ""
        return f"{bare(quantity)} habitants{printed}"

    own = _computed(ds, "population", period, "Population", said, "Quelle est la population", adm.CENSUS)
    return replace(own, counted="habitants", dated=_at_census(period))


def _at_census(year: str) -> str:
    return f"au Recensement de {year}"


def _rate(ds: Dataset, period: str) -> Measure:
    few = f"moins de {number(ds.config.unreliable_below)} admissions{NBSP}: taux peu fiable, sans rang"

    def said(quantity: Quantity) -> str:
        value = quantity.shown or Decimal(0)
        weak = "" if quantity.reliable else f" ({few})"
        word = "admission" if abs(value) < Decimal(2) else "admissions"
        return f"{bare(quantity)} {word} pour 1{NBSP}000 habitants du {adm.census_words(ds)}{weak}, cumul"

    name = f"Admissions pour 1{NBSP}000 habitants"
    own = _computed(ds, "taux", period, name, said, "Quel est le taux d’admission", "rate")
    return replace(own, brief=lambda q: bare(q) if q.reliable else f"{bare(q)} ({few})")


def _ratio(ds: Dataset, period: str) -> Measure:
    date = period_words(profile.permits_date(ds)).removesuffix(period).strip()

    def said(quantity: Quantity) -> str:
        permits, admitted = map(full, quantity.operands)
        terms = f"{permits} permis au {date}, {admitted} admissions de l’année"
        return f"{bare(quantity)} permis temporaires valides pour une admission permanente ({terms})"

    name, asked = "Permis temporaires par admission", "Combien de permis par admission"
    return _computed(ds, "permis-par-admission", period, name, said, asked, "ratio")


def index(ds: Dataset, year: str) -> Measure:
    """The admissions of a year for 100 in the first one."""
    first = adm.years(ds)[0]
    own = _computed(
        ds, "indice", year, "Indice des admissions", lambda q: f"indice de {bare(q)} ({first}{NBSP}= 100)",
        "Quel est l’indice des admissions", "index",
    )  # fmt: skip
    return replace(own, of=partial(adm.index_100, ds, year=year))


def share_of_region(ds: Dataset) -> Measure:
    """What an MRC is of the admissions of its region."""
    return _computed(
        ds, "part-region", adm.span(ds), "Part des admissions de la région",
        lambda q: f"{full(q)} des admissions de sa région", "Quelle part des admissions de sa région",
    )  # fmt: skip


_FAMILIES: Mapping[str, tuple[Callable[[Dataset], list[str]], Callable[[Dataset, str], Measure]]] = {
    ADMISSIONS: (adm.years, _admissions),
    "permits": (lambda ds: ds.periods(PERMITS), _permits),
    "residents": (lambda ds: [profile.immigrants_year(ds)], _residents),
    "population": (lambda ds: [adm.census_year(ds)], _population),
    "rate": (lambda ds: [adm.span(ds)], _rate),
    "ratio": (lambda ds: [profile.permits_date(ds)[:4]], _ratio),
}


def _category(ds: Dataset, indicator: str, category: str, period: str) -> Measure:
    """The count of a category of an indicator (« ptet+pmi »: of several), at a period."""
    definition, ids = ds.indicators[indicator], category.split("+")
    named = {c.id: c.named for c in definition.categories}
    names = [named[id_] for id_ in ids]
    small = " et ".join(map(_small, names))
    does = next((c.said for c in definition.categories if ids == [c.id]), None)
    total = category == "total"
    name = definition.label if total else f"{definition.short}{NBSP}: {' et '.join(names)}"
    one, several = _nouns(ds, indicator)
    kind = "" if total else f" ({small})"

    def of(code: str) -> Quantity:
        parts = [profile.count(ds, code, indicator, id_, period) for id_ in ids]
        return parts[0] if len(parts) == 1 else add(parts, name, code)

    def said(quantity: Quantity) -> str:
        if indicator == AGREEMENTS and category in named:
            return agreement_words.counted(ds, category, quantity)
        if len(ids) > 1 and quantity.value is not None:
            parts = (f"{number(q.value)}, {_small(named[id_])}" for q, id_ in zip(quantity.operands, ids, strict=True))
            return f"{_many(quantity, one, several)} ({'; '.join(parts)})"
        if does and abs(quantity.value or 0) >= 2:
            return f"{_many(quantity, one, several)} {does}"
        return _many(quantity, one + kind, several + kind)

    asked = f"Combien de {several}{kind}" if indicator.startswith(ADMISSIONS) else f"{name}{NBSP}: combien"
    if indicator == PERMITS:
        asked = f"Combien de permis temporaires{kind}"
    elif indicator == AGREEMENTS:
        body = category == agreement_words.MANDATARIES
        asked = f"Combien de {small}" if body else f"Combien d’ententes{NBSP}: {small},"
    slug = indicator.replace("_", "-")
    known = entries(ds)
    reasons = known[_ENTRIES.get(indicator, slug)].reasons if _ENTRIES.get(indicator, slug) in known else {}
    own = slug if total else f"{slug}-{category.replace('_', '-')}"
    like = next((e.id for e in known.values() if named.get(category, name) in e.label), None)
    entry = own if own in known else like or _ENTRIES.get(indicator, ADMISSIONS)
    brief = said if indicator == AGREEMENTS or len(ids) > 1 else bare
    return Measure(indicator, category, name, period, of, said, asked, reasons, entry, small, brief, several * total)


def _small(name: str) -> str:
    return name if name.isupper() else name[:1].lower() + name[1:]


def _nouns(ds: Dataset, indicator: str) -> tuple[str, str]:
    if indicator.startswith(ADMISSIONS):
        return _PERSONS
    if indicator == PERMITS:
        return _PERMITS
    several, short = ds.indicators[indicator].unit, ds.indicators[indicator].short
    return several.removesuffix("s") if several != "permis" else several, f"{several}, {short.lower()},"


# --- Made of others: shares, changes ----------------------------------------------------------------------------------

_ALL = "toutes les personnes admises"
_WHO = {"declared": "les personnes ayant déclaré une langue", "total": _ALL}
_OF = {"declared": "des personnes ayant déclaré une langue", "total": "des personnes admises"}


def _counted(quantity: Quantity) -> str:
    """« 38,5 % (52 sur 135) »."""
    part, whole = quantity.operands
    return f"{full(quantity, counted=False)} ({number(part.value)} sur {number(whole.value)})"


def as_share(ds: Dataset, own: Measure) -> Measure | None:
    """The share of a category in its own territory, with its base; None where the source gives no base for it."""
    indicator, category, period = own.indicator, own.category, own.period
    if indicator == "immigrant_population":
        said = "de la population dans les ménages privés est immigrée"
        asked = "Quelle est la part de la population immigrée"
        name = "Part de la population immigrée"
        return _computed(ds, "part-immigree", period, name, lambda q: f"{_counted(q)} {said}", asked, indicator)
    if category == "total":
        return None
    if indicator == PERMITS:

        def of(code: str) -> Quantity:
            return share_pct(own.of(code), profile.permits_total(ds, code, period), own.label, "category_share")

        return replace(
            own, of=of, said=lambda q: f"{own.noun}{NBSP}: {_counted(q)} des {_PERMITS[1]}", brief=_counted, counted="",
        )  # fmt: skip
    base = "declared" if category in ("french_known", "french_not_known") else "total"
    if base not in {c.id for c in ds.indicators[indicator].categories} or "+" in category:
        return None

    does = next((c.said for c in ds.indicators[indicator].categories if c.id == category), None)

    def said_of(quantity: Quantity) -> str:
        text = (
            f"{_counted(quantity)} {_OF[base]} {does}"
            if does
            else f"{own.noun}{NBSP}: {_counted(quantity)}, parmi {_WHO[base]}"
        )
        if base == "total":
            return text
        everyone = profile.category_share(ds, quantity.territory, indicator, category, "total", period)
        return f"{text}; {_counted(everyone)} parmi {_ALL}"

    return replace(
        own, said=said_of, brief=_counted, counted="", asked=own.asked.replace("Combien de", "Quelle part de"),
        of=lambda code: profile.category_share(ds, code, indicator, category, base, period),
    )  # fmt: skip


def share_of(ds: Dataset, own: Measure, whole: str) -> Measure:
    """The share of each territory in another one that contains it."""
    name = "du Québec" if whole == ds.config.province else ds.territories[whole].name_of

    def of(code: str) -> Quantity:
        share = f"{own.label} {name}"
        return share_pct(own.of(code), own.of(whole), f"Part {name}", "share_of_quebec", share)

    what = {ADMISSIONS: "des admissions", PERMITS: f"des {_PERMITS[1]}"}.get(own.indicator, "")
    if own.category != "total" or not what:
        what = f"de «{NBSP}{own.noun or own.name}{NBSP}»,"
    return replace(
        own, of=of, said=lambda q: f"{_counted(q)} {what} {name}", name=f"{own.name}, part {name}", entry="",
        asked=f"{own.asked} (part {name})", brief=_counted, counted="",
    )  # fmt: skip


def changed(ds: Dataset, first: Measure, last: Measure) -> Measure:
    """What a measure became between two periods: in percent, or in points where it is a share."""

    def of(code: str) -> Quantity:
        # A direction is compared with itself: its regions of the later year, in both.
        own = first.indicator == ADMISSIONS and first.category == "total" and not first.noun
        plain = own and first.asked == last.asked == _admissions(ds, first.period).asked
        before = adm.admissions(ds, code, first.period, last.period) if plain else first.of(code)
        after = last.of(code)
        gap = gap_to(after, before)
        if after.unit == "%":
            return replace(gap, period=last.period, operands=(before, after))
        base = before.shown
        value = None if gap.value is None or not base else float(rounded(Decimal(gap.value) * 100 / base, 1))
        return replace(
            gap, value=value, unit="%", decimals=1, label=f"Variation depuis {first.period}", derived="change_pct",
            formula="({b} − {a}) ÷ {a} × 100", operands=(before, after),
        )  # fmt: skip

    def said(quantity: Quantity) -> str:
        before, after = quantity.operands
        gap = gap_to(after, before)
        unit = f"{NBSP}{'point' if abs(gap.value or 0) < 2 else 'points'}" if gap.unit == "points" else ""
        moved = f"{full(before)} {first.when} à {full(after)} {last.when}{NBSP}: {signed(gap.value or 0, gap.decimals)}"
        percent = quantity.derived == "change_pct" and quantity.value is not None
        return f"de {moved}{unit}{f', soit {full(quantity, counted=False)}' if percent else ''}"

    return replace(last, of=of, said=said, brief=said, counted="", name=f"Variation, {last.name.lower()}")


# --- Where it is shown ------------------------------------------------------------------------------------------------


def view(ds: Dataset, own: Measure, code: str) -> Slide:
    """The view that holds the figure of a territory."""
    level, region = ds.territories[code].level, ds.region_of(code)
    if level == "mrc" and region and own.indicator in (ADMISSIONS, "rate"):
        kind = "taux" if own.indicator == "rate" else "nombre"
        return Slide("mrc", {query.TERRITORY: region, query.MEASURE: kind, query.MRC: code})
    year = {query.YEAR: own.period} if own.period in adm.years(ds) else {}
    if level == "region" or code == ds.config.direction:
        if own.indicator in _VIEWS:
            return Slide(_VIEWS[own.indicator], {query.TERRITORY: code})
        if own.indicator == ADMISSIONS:
            return Slide("admissions", {query.TERRITORY: code, **year})
    return view_of_all(ds, own)


def view_of_all(ds: Dataset, own: Measure) -> Slide:
    """The map of an indicator."""
    year = {query.YEAR: own.period} if own.entry == "admissions-annee" and own.period in adm.years(ds) else {}
    return Slide("indicateur", {query.INDICATOR: own.entry or "part-quebec", **year})


def place(ds: Dataset, slide: Slide) -> tuple[str, dict[str, str]]:
    """The page of a view, with its choices."""
    choices = dict(slide.choices)
    code = choices.pop(query.TERRITORY, "")
    pages = {"indicateur": addresses.INDICATORS, "comparer": addresses.COMPARE}
    if slide.kind in pages:
        return pages[slide.kind], choices
    slugs = {region.code: region.slug for region in ds.config.regions}
    if slide.kind == "ententes" and code not in slugs:
        return addresses.AGREEMENTS, {}
    return slugs.get(code, ""), choices

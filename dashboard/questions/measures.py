"""What is counted: an indicator, of one category and period, that any territory may have or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, NamedTuple

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
# The view of an indicator by category, and the entry of the catalogue that says where it is absent, and why.
_VIEWS: Final = {
    "admissions_by_category": ("categorie", "categorie-refugies"), "admissions_by_sex": ("sexe", "sexe-femmes"),
    FRENCH: ("francais", "francais"), PERMITS: ("permis", "permis"), AGREEMENTS: ("ententes", "ententes-mrc"),
}  # fmt: skip


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


# --- Each family ------------------------------------------------------------------------------------------------------


class _Family(NamedTuple):
    """An indicator, or a calculation: its entry in the catalogue, its id, its name, what one and several of it are,
    what a question calls it, and the periods that it is given for."""

    entry: str
    indicator: str
    name: str
    one: str
    several: str
    asked: str
    periods: Callable[[Dataset], list[str]]


_PERSON, _PERSONS = "personne admise à titre permanent", "personnes admises à titre permanent"
_PERMIT, _PERMIT_S = "permis temporaire valide", "permis temporaires valides"
_FOR_ONE = f"{_PERMIT_S} pour une admission permanente"
_FAMILIES: Final[Mapping[str, _Family]] = {
    ADMISSIONS: _Family("admissions", ADMISSIONS, "Admissions permanentes", _PERSON, _PERSONS,
                        "Combien de personnes admises", adm.years),
    "permits": _Family("permis", PERMITS, "Permis temporaires valides", _PERMIT, _PERMIT_S,
                       "Combien de permis temporaires", lambda ds: ds.periods(PERMITS)),
    "residents": _Family("population-immigree", "immigrant_population", "Population immigrée", "personne immigrée",
                         "personnes immigrées", "Quelle est la population immigrée",
                         lambda ds: [profile.immigrants_year(ds)]),
    "population": _Family("population", adm.CENSUS, "Population", "habitant", "habitants", "Quelle est la population",
                          lambda ds: [adm.census_year(ds)]),
    "rate": _Family("taux", "rate", f"Admissions pour 1{NBSP}000 habitants", f"admission pour 1{NBSP}000 habitants",
                    f"admissions pour 1{NBSP}000 habitants", "Quel est le taux d’admission", lambda ds: [adm.span(ds)]),
    "ratio": _Family("permis-par-admission", "ratio", "Permis temporaires par admission", _FOR_ONE, _FOR_ONE,
                     "Combien de permis par admission", lambda ds: [profile.permits_date(ds)[:4]]),
    "index": _Family("indice", "index", "Indice des admissions", "", "", "Quel est l’indice des admissions", adm.years),
}  # fmt: skip


_DATED: Final[Mapping[str, Callable[[Dataset, str, str], Quantity]]] = {
    ADMISSIONS: adm.admissions, "permits": profile.permits_total, "index": adm.index_100,
}  # fmt: skip


def periods(ds: Dataset, family: str) -> list[str]:
    """The single periods of a family, in order: its years or its dates; the one that a calculation is made over."""
    own = _FAMILIES.get(family)
    return own.periods(ds) if own else ds.periods(family.partition("/")[0])


def measure(ds: Dataset, family: str, period: str) -> Measure:
    """That of a family (« admissions », « permits », « indicator/category ») at a period."""
    own = _FAMILIES.get(family)
    if own is None:
        indicator, _, category = family.partition("/")
        return _category(ds, indicator, category, period)
    entry, reasons = own.entry, entries(ds)[own.entry].reasons
    if family == ADMISSIONS:
        held = period == adm.span(ds) or period in ds.periods(adm.BY_MRC)
        reasons = {} if held else entries(ds)["admissions-annee"].reasons
        entry = "admissions-annee" if Period.of(period).is_year else entry
    of: Callable[[str], Quantity] = partial(entries(ds)[entry].compute, ds)
    if family in _DATED:
        of = lambda code: _DATED[family](ds, code, period)  # noqa: E731

    def said(quantity: Quantity) -> str:
        if family == "index":
            return f"indice de {bare(quantity)} ({adm.years(ds)[0]}{NBSP}= 100)"
        return _many(quantity, own.one, own.several) + _note(ds, family, quantity)

    def brief(quantity: Quantity) -> str:
        return bare(quantity) + ("" if quantity.reliable else _few(ds))

    dated_ = f"au Recensement de {period}" if own.indicator in ("immigrant_population", adm.CENSUS) else None
    return Measure(own.indicator, "total", own.name, period, of, said, own.asked, reasons, entry, brief=brief,
                   counted="" if family in ("rate", "ratio", "index") else own.several, dated=dated_)  # fmt: skip


def _many(quantity: Quantity, one: str, several: str) -> str:
    return f"{bare(quantity)}{NBSP}{one if abs(quantity.value or 0) < 2 else several}"


def _few(ds: Dataset) -> str:
    return f" (moins de {number(ds.config.unreliable_below)} admissions{NBSP}: taux peu fiable, sans rang)"


def _note(ds: Dataset, family: str, quantity: Quantity) -> str:
    """What is said beside a figure: its base, its terms, why it has no rank."""
    if family == "rate":
        return f" du {adm.census_words(ds)}{'' if quantity.reliable else _few(ds)}, cumul"
    if family == "ratio":
        permits, admitted = map(full, quantity.operands)
        date = period_words(profile.permits_date(ds)).removesuffix(profile.permits_date(ds)[:4]).strip()
        return f" ({permits} permis au {date}, {admitted} admissions de l’année)"
    if family == "population" and ds.territories[quantity.territory].level == "region":
        beside = profile.plan_population(ds, quantity.territory)
        return "" if beside.value is None else f" (le plan imprime {full(beside)}, dans les ménages privés)"
    return ""


def _category(ds: Dataset, indicator: str, category: str, period: str) -> Measure:
    """The count of a category of an indicator (« ptet+pmi »: of several), at a period."""
    definition, ids = ds.indicators[indicator], category.split("+")
    named = {c.id: c.named for c in definition.categories}
    names = [named[id_] for id_ in ids]
    small, does = " et ".join(map(_small, names)), _does(ds, indicator, category)
    total, agreed = category == "total", indicator == AGREEMENTS
    name = definition.label if total else f"{definition.short}{NBSP}: {' et '.join(names)}"
    one, several = _nouns(ds, indicator)
    kind = "" if total else f" ({small})"

    def of(code: str) -> Quantity:
        parts = [profile.count(ds, code, indicator, id_, period) for id_ in ids]
        return parts[0] if len(parts) == 1 else add(parts, name, code)

    def said(quantity: Quantity) -> str:
        if agreed and category in named:
            return agreement_words.counted(ds, category, quantity)
        if len(ids) > 1 and quantity.value is not None:
            parts = (f"{number(q.value)}, {_small(named[id_])}" for q, id_ in zip(quantity.operands, ids, strict=True))
            return f"{_many(quantity, one, several)} ({'; '.join(parts)})"
        if does and abs(quantity.value or 0) >= 2:
            return f"{_many(quantity, one, several)} {does}"
        return _many(quantity, one + kind, several + kind)

    asked = f"Combien de {several}{kind}" if indicator.startswith(ADMISSIONS) else f"{name}{NBSP}: combien"
    if does and indicator.startswith(ADMISSIONS):
        asked = f"Combien de personnes admises {does}"
    elif indicator == PERMITS:
        asked = f"Combien de permis temporaires{kind}"
    elif agreed:
        body = category == agreement_words.MANDATARIES
        asked = f"Combien de {small}" if body else f"Combien d’ententes{NBSP}: {small},"
    known, slug = entries(ds), indicator.replace("_", "-")
    usual = _VIEWS.get(indicator, ("", slug))[1]
    own = slug if total else f"{slug}-{category.replace('_', '-')}"
    like = next((e.id for e in known.values() if named.get(category, name) in e.label), usual)
    return Measure(
        indicator, category, name, period, of, said, asked, known[usual].reasons if usual in known else {},
        own if own in known else like, small, said if agreed or len(ids) > 1 else bare, several * total,
    )  # fmt: skip


def _small(name: str) -> str:
    return name if name.isupper() else name[:1].lower() + name[1:]


def _does(ds: Dataset, indicator: str, category: str) -> str | None:
    return next((c.said for c in ds.indicators[indicator].categories if c.id == category), None)


def _nouns(ds: Dataset, indicator: str) -> tuple[str, str]:
    if indicator.startswith(ADMISSIONS):
        return _PERSON, _PERSONS
    if indicator == PERMITS:
        return _PERMIT, _PERMIT_S
    several, short = ds.indicators[indicator].unit, ds.indicators[indicator].short
    return several.removesuffix("s") if several != "permis" else several, f"{several}, {short.lower()},"


# --- Made of others: shares, changes ----------------------------------------------------------------------------------


def parted(quantity: Quantity) -> str:
    """A share with its terms, « 38,5 % (52 sur 135) »."""
    part, whole = quantity.operands
    return f"{full(quantity, counted=False)} ({number(part.value)} sur {number(whole.value)})"


def as_share(ds: Dataset, own: Measure) -> Measure | None:
    """The share of a category in its own territory, with its base; None where the source gives no base for it."""
    indicator, category, period = own.indicator, own.category, own.period
    if indicator == "immigrant_population":
        entry = entries(ds)["part-immigree"]
        said = "de la population dans les ménages privés est immigrée"
        return replace(
            own, name="Part de la population immigrée", of=partial(entry.compute, ds), reasons=entry.reasons,
            said=lambda q: f"{parted(q)} {said}", brief=parted, entry=entry.id, counted="", dated=None,
            asked="Quelle est la part de la population immigrée",
        )  # fmt: skip
    if category == "total":
        return None
    if indicator == PERMITS:
        return replace(
            own, said=lambda q: f"{own.noun}{NBSP}: {parted(q)} des {_PERMIT_S}", brief=parted, counted="",
            of=lambda c: share_pct(own.of(c), profile.permits_total(ds, c, period), own.label, "category_share"),
        )  # fmt: skip
    does = _does(ds, indicator, category)
    base = "declared" if category in ("french_known", "french_not_known") else "total"
    if base not in {c.id for c in ds.indicators[indicator].categories} or "+" in category:
        return None
    who = "personnes ayant déclaré une langue" if base == "declared" else "personnes admises"

    def said_of(quantity: Quantity) -> str:
        everyone = "toutes les personnes admises"
        among = f"{own.noun}{NBSP}: {parted(quantity)}, parmi {everyone if base == 'total' else f'les {who}'}"
        text = f"{parted(quantity)} des {who} {does}" if does else among
        if base == "total":
            return text
        every = profile.category_share(ds, quantity.territory, indicator, category, "total", period)
        return f"{text}; {parted(every)} parmi {everyone}"

    return replace(
        own, said=said_of, brief=parted, counted="",
        asked=own.asked.replace("Combien de personnes", "Quelle part des personnes").replace("Combien", "Quelle part"),
        of=lambda code: profile.category_share(ds, code, indicator, category, base, period),
    )  # fmt: skip


def share_of_region(ds: Dataset) -> Measure:
    """What an MRC is of the admissions of its region."""
    own, entry = measure(ds, ADMISSIONS, adm.span(ds)), entries(ds)["part-region"]
    return replace(
        own, indicator=entry.id, name="Part des admissions de la région", of=partial(entry.compute, ds), brief=bare,
        said=lambda q: f"{full(q)} des admissions de sa région", asked="Quelle part des admissions de sa région",
        reasons=entry.reasons, entry=entry.id, counted="",
    )  # fmt: skip


def share_of(ds: Dataset, own: Measure, whole: str) -> Measure:
    """The share of each territory in another one that contains it."""
    name = "du Québec" if whole == ds.config.province else ds.territories[whole].name_of
    what = {ADMISSIONS: "des admissions", PERMITS: f"des {_PERMIT_S}"}.get(own.indicator, "")
    if own.category != "total" or not what:
        what = f"de «{NBSP}{own.noun or own.name}{NBSP}»,"
    return replace(
        own, said=lambda q: f"{parted(q)} {what} {name}", name=f"{own.name}, part {name}", entry="",
        asked=f"{own.asked} (part {name})", brief=parted, counted="",
        of=lambda c: share_pct(own.of(c), own.of(whole), f"Part {name}", "share_of_quebec", f"{own.label} {name}"),
    )  # fmt: skip


def changed(ds: Dataset, first: Measure, last: Measure) -> Measure:
    """What a measure became between two periods: in percent, or in points where it is a share."""

    def of(code: str) -> Quantity:
        # A direction is compared with itself: its regions of the later year, in both.
        plain = last.counted == _PERSONS and first.period in adm.years(ds)
        before = adm.admissions(ds, code, first.period, last.period) if plain else first.of(code)
        after = last.of(code)
        gap, base = gap_to(after, before), before.shown
        if after.unit == "%":
            return replace(gap, period=last.period, operands=(before, after))
        value = None if gap.value is None or not base else float(rounded(gap.value * 100 / float(base), 1))
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

    what = last.counted or _small(last.name)
    return replace(
        last, of=of, said=lambda q: f"{what}{NBSP}: {said(q)}", brief=said, name=f"Variation, {last.name.lower()}",
        counted="", dated="",
    )  # fmt: skip


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
            return Slide(_VIEWS[own.indicator][0], {query.TERRITORY: code})
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

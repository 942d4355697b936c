"""Key figures with their context: label, value, one line that says the base of every number it gives."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions, profile
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.narrative.sentences import admitted, capital, in_place
from dashboard.narrative.show import counts, full
from dashboard.wording.numbers import NBSP, in_words, number
from dashboard.wording.periods import during
from dashboard.wording.periods import period as period_words


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A key figure; `others` are the quantities that its context line gives."""

    label: str
    value: str
    context: str
    quantity: Quantity
    others: tuple[Quantity, ...] = ()


def _of_year(ds: Dataset, code: str) -> KeyFigure:
    """Admissions of the last year, since the one before and as a share of Québec."""
    year = adm.years(ds)[-1]
    count, share = adm.admissions(ds, code, year), adm.share_of_quebec(ds, code, year)
    change = adm.change_pct(ds, code, year)
    since = ""
    if change is not None and change.value is not None:
        before = adm.year_before(ds, year)
        since = f"{full(change)} depuis {before}" if change.shown else f"comme en {before}"
    context = "; ".join(part for part in (since, _share(share, "des admissions du Québec")) if part)
    others = tuple(q for q in (change, share) if q is not None and q.value is not None)
    return KeyFigure(f"Admissions {year}", full(count), context, count, others)


def _of_span(ds: Dataset, code: str, share: Quantity, after: str = "") -> KeyFigure:
    """Admissions of the years totalled, with their share of Québec."""
    total = adm.admissions(ds, code, adm.total_span(ds))
    context = _share(share, f"des admissions du Québec{after}")
    return KeyFigure(f"Admissions {adm.total_span(ds)}", full(total), context, total, (share,))


def _share(share: Quantity, of: str) -> str:
    """« 5,6 % des admissions du Québec »; nothing where it cannot be said."""
    return "" if share.value is None else f"{full(share)} {of}"


def _immigrants(ds: Dataset, code: str, among: Quantity | None = None) -> KeyFigure:
    """Immigrant population, its share of the population (`among`, said when it is given) and of that of Québec."""
    count = profile.immigrant_population(ds, code)
    share, share_qc = profile.immigrant_share(ds, code), profile.immigrant_share_of_quebec(ds, code)
    whole = f"des {full(among)} habitants" if among else "de la population"
    told = (_share(share, whole), _share(share_qc, "de la population immigrée du Québec"))
    context = "; ".join(part for part in told if part)
    others = (share, share_qc, *([among] if among else []))
    return KeyFigure(f"Population immigrée {count.period}", full(count), context, count, others)


def region(ds: Dataset, code: str) -> list[KeyFigure]:
    """The six key figures of a region, in reading order; the first four are those of its page."""
    people, census = profile.plan_population(ds, code), adm.population(ds, code)
    households = f"Ménages privés, selon le plan; {full(census)} au recensement"
    permits = profile.permits_total(ds, code)
    valid = f"Valides au {period_words(permits.period)}; arrondis à 5 près"
    per, per_qc = profile.permits_per_admission(ds, code), profile.permits_per_admission(ds, ds.config.province)
    divided = f"{full(per_qc)} au Québec; permis à une date, admissions d’une année"
    return [
        _of_year(ds, code),
        _of_span(ds, code, replace(adm.share_of_quebec(ds, code, adm.total_span(ds)), decimals=2)),
        KeyFigure("Permis temporaires", full(permits), valid, permits),
        _immigrants(ds, code, people),
        KeyFigure(f"Population {people.period}", full(people), households, people, (census,)),
        KeyFigure("Permis par admission", full(per), divided, per, (per_qc,)),
    ]


def direction(ds: Dataset) -> list[KeyFigure]:
    """The six key figures of the direction, in reading order; the first four are those of the overview."""
    code, province, span = ds.config.direction, ds.config.province, adm.total_span(ds)
    quebec, rate = full(adm.admissions(ds, province, span)), adm.rate_per_1000(ds, code)
    permits, share = profile.permits_total(ds, code), profile.permits_share_of_quebec(ds, code)
    french, french_qc = (profile.french_known_bounds(ds, place)[0] for place in (code, province))
    since = f"Admissions {rate.period}, {adm.census_words(ds)}"
    of_quebec = _share(share, "des permis du Québec")
    valid = "; ".join([f"Valides au {period_words(permits.period)}", *([of_quebec] if of_quebec else [])])
    few = counts(french)
    declared = f"{f'{few} personnes' if few else 'Des personnes'} ayant déclaré une langue; {full(french_qc)} au Québec"
    known = f"Connaissant le français {french.period}"
    return [
        _of_year(ds, code),
        _of_span(ds, code, adm.share_of_quebec(ds, code, span), f" ({quebec})"),
        KeyFigure("Permis temporaires", full(permits), valid, permits, (share,)),
        _immigrants(ds, code),
        KeyFigure("Pour 1\u00a0000 habitants", number(rate.value, 1), since, rate),
        KeyFigure(known, full(french, counted=False), declared, french, (french_qc,)),
    ]


def region_lead(ds: Dataset, code: str) -> str:
    """The lead of a region: five years of admissions, the last one, and Québec beside."""
    span, year = adm.total_span(ds), adm.years(ds)[-1]
    total, share = adm.admissions(ds, code, span), adm.share_of_quebec(ds, code, span)
    count, of_quebec = adm.admissions(ds, code, year), _share(replace(share, decimals=2), "des admissions du Québec")
    return (
        f"{capital(during(span))}, {admitted(total)} à titre permanent {in_place(ds, code)}"
        f"{f', soit {of_quebec}' if of_quebec and total.value else ''}{_last(count, year)}."
    )


def _last(count: Quantity, year: str) -> str:
    """« ; 135 en 2019 », « ; aucune en 2019 », nothing where it is not known."""
    if count.value is None:
        return ""
    return f"; {full(count) if count.value else 'aucune'} en {year}"


def direction_lead(ds: Dataset) -> str:
    """The lead of the overview: what the direction receives of Québec, and what stands out first."""
    code, span = ds.config.direction, adm.total_span(ds)
    total, share = adm.admissions(ds, code, span), adm.share_of_quebec(ds, code, span)
    shown, known = len(directions.regions(ds)), len(directions.regions(ds, available=False))
    # The longest is the feminine: « vingt et une ».
    few, many = (max(in_words(n), key=len) for n in (shown, known))
    whole = "la région" if known == 1 else f"les {many} régions" if shown == known else f"{few} des {many} régions"
    quebec = full(adm.admissions(ds, ds.config.province, span))
    of_quebec = _share(share, f"des {quebec} admissions du Québec") if total.value else ""
    return (
        f"{capital(during(span))}, {admitted(total)} à titre permanent dans {whole} de la direction"
        f"{f', soit {of_quebec}' if of_quebec else ''}."
    )


def mrc(ds: Dataset, code: str) -> list[KeyFigure]:
    """The key figures of an MRC: number, share and rank in its region, rate and how reliable it is, population."""
    region = ds.region_of(code)
    assert region is not None
    span, own = adm.span(ds), directions.of(ds, code)
    count, share, rate = (adm.mrc_measure(ds, code, measure) for measure in adm.MEASURES)
    of_quebec = adm.share_of_quebec(ds, code, span)
    rates = (adm.rate_per_1000(ds, region), *([adm.rate_per_1000(ds, own)] if own else []))
    whole, *above = (number(q.value, 1) for q in rates)
    beside = f"; région{NBSP}: {whole}" + "".join(f"; direction{NBSP}: {text}" for text in above)
    people, few = adm.population(ds, code), f"moins de {ds.config.unreliable_below} admissions"
    place = rank(ds, code, "taux") if rate.reliable else f"Peu fiable, sans rang ({few})"
    few_of = counts(share)
    of_region = f"{few_of} {'admissions' if few_of else 'des admissions'} {ds.territories[region].name_of}".strip()
    return [
        KeyFigure(
            f"Admissions {span}", full(count), f"{rank(ds, code, 'nombre')}; {full(of_quebec)} du Québec", count,
            (of_quebec,),
        ),
        KeyFigure("Part de la région", full(share, counted=False), of_region, share),
        KeyFigure("Pour 1\u00a0000 habitants", number(rate.value, 1), place + beside, rate, rates),
        KeyFigure(f"Population {people.period}", full(people), adm.census_words(ds), people),
    ]  # fmt: skip


def rank(ds: Dataset, code: str, measure: str) -> str:
    """« 2e sur 8 dans la région », « 4e ex æquo sur 8 dans la région », « 1er sur 5 taux fiables dans la région »."""
    found = adm.rank_in_region(ds, code, measure)
    if found is None:
        return "sans rang"
    place = "1er" if found.place == 1 else f"{found.place}e"
    whole = len(ds.mrc_codes(ds.region_of(code)))
    among = f"{found.among} taux fiable{'s' * (found.among > 1)}" if found.among < whole else str(found.among)
    return f"{place}{' ex æquo' if found.tied else ''} sur {among} dans la région"

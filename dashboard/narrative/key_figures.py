"""Key figures with their context: label, value, one line that says the base of every number it gives."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions, profile
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.narrative.sentences import in_place, provisional, verb_admitted
from dashboard.narrative.show import counts, full, people
from dashboard.wording.numbers import NBSP, in_words, number, percent
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
    since = "" if change is None else f"{full(change)} depuis {adm.year_before(ds, year)}; "
    others = (share,) if change is None else (change, share)
    return KeyFigure(f"Admissions {year}", full(count), f"{since}{full(share)} des admissions du Québec", count, others)


def _of_span(ds: Dataset, code: str, share: Quantity, after: str = "") -> KeyFigure:
    """Admissions of the years totalled, with their share of Québec."""
    total = adm.admissions(ds, code, adm.total_span(ds))
    context = f"{full(share)} des admissions du Québec{after}"
    return KeyFigure(f"Admissions {adm.total_span(ds)}", full(total), context, total, (share,))


def _immigrants(ds: Dataset, code: str) -> KeyFigure:
    count = profile.immigrant_population(ds, code)
    share, share_qc = profile.immigrant_share(ds, code), profile.immigrant_share_of_quebec(ds, code)
    context = f"{full(share)} de la population; {full(share_qc)} de la population immigrée du Québec"
    return KeyFigure(f"Population immigrée {count.period}", full(count), context, count, (share, share_qc))


def region(ds: Dataset, code: str) -> list[KeyFigure]:
    """The six key figures of a region, in reading order."""
    people, census = profile.plan_population(ds, code), adm.population(ds, code)
    households = f"Ménages privés, selon le plan; {full(census)} au recensement"
    permits = profile.permits_total(ds, code)
    valid = f"Valides au {period_words(permits.period)}, arrondis à 5 près"
    per, per_qc = profile.permits_per_admission(ds, code), profile.permits_per_admission(ds, ds.config.province)
    divided = f"{full(per_qc)} au Québec; permis à une date, admissions d’une année"
    return [
        KeyFigure(f"Population {people.period}", full(people), households, people, (census,)),
        _immigrants(ds, code),
        _of_year(ds, code),
        _of_span(ds, code, replace(adm.share_of_quebec(ds, code, adm.total_span(ds)), decimals=2)),
        KeyFigure("Permis temporaires", full(permits), valid, permits),
        KeyFigure("Permis par admission", full(per), divided, per, (per_qc,)),
    ]


def direction(ds: Dataset) -> list[KeyFigure]:
    """The six key figures of the direction, in reading order."""
    code, province, span = ds.config.direction, ds.config.province, adm.total_span(ds)
    quebec, rate = full(adm.admissions(ds, province, span)), adm.rate_per_1000(ds, code)
    permits, share = profile.permits_total(ds, code), profile.permits_share_of_quebec(ds, code)
    french, french_qc = (profile.french_known_bounds(ds, place)[0] for place in (code, province))
    since = f"Admissions {rate.period}, {adm.census_words(ds)}"
    valid = f"Valides au {period_words(permits.period)}; {full(share)} de ceux du Québec"
    declared = _with_counts(french, f"Des personnes ayant déclaré une langue; {full(french_qc)} au Québec")
    known = f"Connaissant le français {french.period}"
    return [
        _of_span(ds, code, adm.share_of_quebec(ds, code, span), f" ({quebec})"),
        _of_year(ds, code),
        KeyFigure("Pour 1\u00a0000 habitants", number(rate.value, 1), since, rate),
        _immigrants(ds, code),
        KeyFigure("Permis temporaires", full(permits), valid, permits, (share,)),
        KeyFigure(known, full(french, counted=False), declared, french, (french_qc,)),
    ]


def region_lead(ds: Dataset, code: str) -> str:
    """The lead of a region: five years of admissions, the last one, and Québec beside."""
    span, year = adm.total_span(ds), adm.years(ds)[-1]
    total, share = adm.admissions(ds, code, span), adm.share_of_quebec(ds, code, span)
    count = adm.admissions(ds, code, year)
    first, last = span.split("-")
    return (
        f"De {first} à {last}, {people(total)} {verb_admitted(total)} à titre permanent {in_place(ds, code)}, soit "
        f"{percent(share.value, 2)} des admissions du Québec; {full(count)} en {year}{provisional(count)}."
    )


def direction_lead(ds: Dataset) -> str:
    """The lead of the overview: what the direction receives of Québec, and what stands out first."""
    code, span = ds.config.direction, adm.total_span(ds)
    total, share = adm.admissions(ds, code, span), adm.share_of_quebec(ds, code, span)
    first, last = span.split("-")
    shown, known = len(directions.regions(ds)), len(directions.regions(ds, available=False))
    # The longest is the feminine: « vingt et une ».
    few, many = (max(in_words(n), key=len) for n in (shown, known))
    whole = "la région" if known == 1 else f"les {many} régions" if shown == known else f"{few} des {many} régions"
    return (
        f"De {first} à {last}, {people(total)} {verb_admitted(total)} à titre permanent dans {whole} de la "
        f"direction, soit {full(share)} des {full(adm.admissions(ds, ds.config.province, span))} "
        f"admissions du Québec."
    )


def mrc(ds: Dataset, code: str) -> list[KeyFigure]:
    """The key figures of an MRC: number, share and rank in its region, rate and how reliable it is, population."""
    region = ds.region_of(code)
    assert region is not None
    span = adm.span(ds)
    count, share, rate = (adm.mrc_measure(ds, code, measure) for measure in adm.MEASURES)
    own = directions.of(ds, code)
    rates = (adm.rate_per_1000(ds, region), *([adm.rate_per_1000(ds, own)] if own else []))
    beside = "; ".join(
        f"{name}{NBSP}: {number(q.value, 1)}" for name, q in zip(("région", "direction"), rates, strict=False)
    )
    people, few = adm.population(ds, code), f"moins de {ds.config.unreliable_below} admissions"
    place = _rank(ds, code, "taux") if rate.reliable else f"Peu fiable, sans rang ({few})"
    of_region = _with_counts(share, f"des admissions {ds.territories[region].name_of}")
    return [
        KeyFigure(f"Admissions {span}", full(count), _rank(ds, code, "nombre"), count),
        KeyFigure("Part de la région", full(share, counted=False), of_region, share),
        KeyFigure("Pour 1\u00a0000 habitants", number(rate.value, 1), f"{place}; {beside}", rate, rates),
        KeyFigure(f"Population {people.period}", full(people), adm.census_words(ds), people),
    ]


def _with_counts(quantity: Quantity, context: str) -> str:
    """The context of a percentage, after the few persons that it is of."""
    few = counts(quantity)
    return f"{few}; {context[:1].lower()}{context[1:]}" if few else context


def _rank(ds: Dataset, code: str, measure: str) -> str:
    """« 2e sur 8 dans la région », « 4e ex æquo sur 8 dans la région »."""
    found = adm.rank_in_region(ds, code, measure)
    if found is None:
        return "sans rang"
    place = "1er" if found.place == 1 else f"{found.place}e"
    return f"{place}{' ex æquo' if found.tied else ''} sur {found.among} dans la région"

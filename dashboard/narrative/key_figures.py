"""Key figures with their context: label, value, one line that says the base of every number it gives."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions, profile
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.narrative.sentences import capital, subject
from dashboard.narrative.sentences import few as few_admissions
from dashboard.narrative.show import counts, full
from dashboard.wording.numbers import NBSP, in_words, number, percent
from dashboard.wording.periods import during
from dashboard.wording.periods import period as period_words
from dashboard.wording.periods import status as status_word


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A key figure; `others` are the quantities that its context line gives."""

    label: str
    value: str
    context: str
    quantity: Quantity
    others: tuple[Quantity, ...] = ()

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Its own, then its context's."""
        return (self.quantity, *self.others)

    @property
    def status(self) -> str:
        """A word that agrees with any label, empty for a definitive figure."""
        status = self.quantity.status
        return {"definitive": "", "estimate": "estimation"}.get(status, status_word(status))


def _of_year(ds: Dataset, code: str) -> KeyFigure:
    """Admissions of the last year, since the one before and as a share of Québec."""
    year = adm.years(ds)[-1]
    count, share = adm.admissions(ds, code, year), adm.share_of_quebec(ds, code, year)
    change = adm.change_pct(ds, code, year)
    since = ""
    if change is not None and change.value is not None:
        before = adm.year_before(ds, year)
        since = f"{full(change)} depuis {before}" if change.shown else f"comme en {before}"
    context = _joined(since, _share(share, "des admissions du Québec"))
    others = tuple(q for q in (change, share) if q is not None and q.value is not None)
    return KeyFigure(f"Admissions {year}", full(count), context, count, others)


def _of_span(ds: Dataset, code: str, share: Quantity, after: str = "") -> KeyFigure:
    """Admissions of the years totalled, with their share of Québec."""
    total = adm.admissions(ds, code, adm.total_span(ds))
    context = _share(share, f"des admissions du Québec{after}")
    return KeyFigure(f"Admissions {adm.total_span(ds)}", full(total), context, total, (share,))


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _share(share: Quantity, of: str) -> str:
    """« 5,6 % des admissions du Québec »; nothing where it cannot be said."""
    return "" if share.value is None else f"{full(share)} {of}"


def _immigrants(ds: Dataset, code: str, among: Quantity | None = None) -> KeyFigure:
    """Immigrant population, its share of that of private households (`among`, said when it is given) and of Québec."""
    count = profile.immigrant_population(ds, code)
    share, share_qc = profile.immigrant_share(ds, code), profile.immigrant_share_of_quebec(ds, code)
    whole = f"des {full(among)} personnes des ménages privés" if among else "des personnes des ménages privés"
    context = _joined(_share(share, whole), _share(share_qc, "de la population immigrée du Québec"))
    others = (share, share_qc, *([among] if among else []))
    return KeyFigure(f"Population immigrée {count.period}", full(count), context, count, others)


def region(ds: Dataset, code: str) -> list[KeyFigure]:
    """The six key figures of a region, in reading order; the first four are those of its page."""
    people, census = profile.plan_population(ds, code), adm.population(ds, code)
    households = f"Selon le plan; population totale{NBSP}: {full(census)}, {adm.census_words(ds)}"
    permits = profile.permits_total(ds, code)
    valid = f"Valides au {period_words(permits.period)}; arrondis à 5 près"
    per, per_qc = profile.permits_per_admission(ds, code), profile.permits_per_admission(ds, ds.config.province)
    permits_at = profile.permits_date(ds)
    year = adm.admissions(ds, code, permits_at[:4])
    counted = f"Permis au {period_words(permits_at)}, {admissions_words(year)} de l’année; {full(per_qc)} au Québec"
    return [
        _of_year(ds, code),
        _of_span(ds, code, adm.share_of_quebec(ds, code, adm.total_span(ds))),
        KeyFigure("Permis temporaires", full(permits), valid, permits),
        _immigrants(ds, code, people),
        KeyFigure(f"Population des ménages privés {people.period}", full(people), households, people, (census,)),
        KeyFigure("Permis par admission", full(per), counted, per, (per_qc, year)),
    ]


def direction(ds: Dataset) -> list[KeyFigure]:
    """The six key figures of the direction, in reading order; the first four are those of the overview."""
    code, province, span = ds.config.direction, ds.config.province, adm.total_span(ds)
    quebec, rate = full(adm.admissions(ds, province, span)), adm.rate_per_1000(ds, code)
    permits, share = profile.permits_total(ds, code), profile.permits_share_of_quebec(ds, code)
    french, french_qc = (profile.french_known_bounds(ds, place)[0] for place in (code, province))
    since = f"{rate.period}, {adm.census_words(ds)}"
    valid = _joined(f"Valides au {period_words(permits.period)}", _share(share, "des permis du Québec"))
    few = counts(french)
    declared = f"{f'{few} personnes' if few else 'Des personnes'} ayant déclaré une langue; {full(french_qc)} au Québec"
    known = f"Connaissant le français {french.period}"
    return [
        _of_year(ds, code),
        _of_span(ds, code, adm.share_of_quebec(ds, code, span), f" ({quebec})"),
        KeyFigure("Permis temporaires", full(permits), valid, permits, (share,)),
        _immigrants(ds, code),
        KeyFigure("Admissions pour 1\u00a0000 habitants", number(rate.value, 1), since, rate),
        KeyFigure(known, full(french, counted=False), declared, french, (french_qc,)),
    ]


def region_lead(ds: Dataset, code: str) -> str:
    """The message of a region: what it received over the period, of Québec, and since the year before."""
    return _lead(ds, code, subject(ds, code, start=False), "a", "")


def direction_lead(ds: Dataset) -> str:
    """The message of the overview: the same of the regions of the direction that are shown, and where the data stop."""
    shown, known = len(directions.regions(ds)), len(directions.regions(ds, available=False))
    # The longest is the feminine: « vingt et une ».
    few, many = (max(in_words(n), key=len) for n in (shown, known))
    whole = "la région" if known == 1 else f"les {many} régions" if shown == known else f"{few} des {many} régions"
    return _lead(ds, ds.config.direction, whole, "a" if shown == 1 else "ont", ", dernière année connue,")


def _lead(ds: Dataset, code: str, who: str, have: str, known: str) -> str:
    """« De 2015 à 2019, le Bas-Saint-Laurent a reçu 769 admissions, soit 0,31 % de celles du Québec; 2019 recule de
    25,4 %. ». have: the auxiliary; known: what is said of the last year."""
    span, year = adm.total_span(ds), adm.years(ds)[-1]
    total, share = adm.admissions(ds, code, span), adm.share_of_quebec(ds, code, span)
    if total.value is None:
        return f"Le nombre d’admissions {during(span)} n’est pas donné{_last(ds, code, year, known)}."
    of_quebec = f", soit {part}" if total.value and (part := _share(share, "de celles du Québec")) else ""
    said = f"{have} reçu {admissions_words(total)}" if total.value else f"n’{have} reçu aucune admission"
    return f"{capital(during(span))}, {who} {said}{of_quebec}{_last(ds, code, year, known)}."


def _last(ds: Dataset, code: str, year: str, known: str) -> str:
    """« ; 2019 recule de 19,0 % »; the number where no change is known; nothing where it is not given."""
    count, change = adm.admissions(ds, code, year), adm.change_pct(ds, code, year)
    if count.value is None:
        return ""
    start = f"; {year}{known}"
    if not count.value or change is None or change.shown is None:
        return f"{start} en compte {full(count) if count.value else 'aucune'}"
    if not change.shown:
        return f"{start} en compte autant que {adm.year_before(ds, year)}"
    few = f" ({counts(change)})" if counts(change) else ""
    return f"{start} {'recule' if change.shown < 0 else 'augmente'} de {percent(abs(change.shown))}{few}"


def admissions_words(count: Quantity) -> str:
    """« 22 admissions », « 1 admission »."""
    return f"{full(count)}{NBSP}admission{'s' * (count.value is None or count.value >= 2)}"


def mrc(ds: Dataset, code: str) -> list[KeyFigure]:
    """The key figures of an MRC: number, share and rank in its region, rate and how reliable it is, population."""
    region = ds.region_of(code)
    assert region is not None
    span, own = adm.span(ds), directions.of(ds, code)
    count, share, rate = (adm.mrc_measure(ds, code, measure) for measure in adm.MEASURES)
    of_quebec = adm.share_of_quebec(ds, code, span)
    stands = f"{rank(ds, code, 'nombre')}; {full(of_quebec)} du Québec"
    rates = (adm.rate_per_1000(ds, region), *([adm.rate_per_1000(ds, own)] if own else []))
    whole, *above = (number(q.value, 1) for q in rates)
    beside = f"; région{NBSP}: {whole}" + "".join(f"; direction{NBSP}: {text}" for text in above)
    people = adm.population(ds, code)
    place = rank(ds, code, "taux") if rate.reliable else f"Peu fiable, sans rang ({few_admissions(ds)})"
    few_of = counts(share)
    of_region = f"{few_of} {'admissions' if few_of else 'des admissions'} {ds.territories[region].name_of}".strip()
    return [
        KeyFigure(f"Admissions {span}", full(count), stands, count, (of_quebec,)),
        KeyFigure("Part de la région", full(share, counted=False), of_region, share),
        KeyFigure("Admissions pour 1\u00a0000 habitants", number(rate.value, 1), place + beside, rate, rates),
        KeyFigure(f"Population totale {people.period}", full(people), adm.census_words(ds), people),
    ]  # fmt: skip


def rank(ds: Dataset, code: str, measure: str, where: str = " de la région") -> str:
    """« 4e ex æquo des 8 MRC de la région », « 1re des 5 MRC de la région dont le taux est fiable ». where: empty where
    the region has just been named."""
    found = adm.rank_in_region(ds, code, measure)
    if found is None:
        return "sans rang"
    place = "1re" if found.place == 1 else f"{found.place}e"
    sure = " dont le taux est fiable" if found.among < len(ds.mrc_codes(ds.region_of(code))) else ""
    if found.among == 1:
        return f"seule MRC{where}{sure}"
    return f"{place}{' ex æquo' if found.tied else ''} des {found.among} MRC{where}{sure}"

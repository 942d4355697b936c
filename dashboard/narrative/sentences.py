"""Reading sentences: each reads one chart aloud (subject, figure, comparison, period), from the figures themselves."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import highest
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative.gaps import largest, leads, tells
from dashboard.narrative.show import counts, full, listed, people, together
from dashboard.wording.numbers import NBSP, number
from dashboard.wording.periods import during, over
from dashboard.wording.periods import period as period_words
from dashboard.wording.slugs import fold


def provisional(*quantities: Quantity | None, around: str = " ({})") -> str:
    """« (donnée provisoire) » when one of the figures is, « (données provisoires) » when several are."""
    count = sum(q is not None and q.status == "provisional" for q in quantities)
    return around.format("données provisoires" if count > 1 else "donnée provisoire") if count else ""


def also_provisional(*quantities: Quantity | None) -> str:
    """The same after a semicolon, where a bracket has just closed."""
    return provisional(*quantities, around="; {}")


_ARTICLES = {"du ": "le ", "de la ": "la ", "de l’": "l’", "des ": "les "}


def subject(ds: Dataset, *codes: str, start: bool = True) -> str:
    """Names with their articles, to begin a sentence: « La Capitale-Nationale », « Lévis et le Bas-Saint-Laurent »; or
    within one (`start` False): « la Capitale-Nationale »."""
    names = [(ds.territories[code].name_of, ds.name(code)) for code in codes]
    said = together([_ARTICLES.get(of.removesuffix(name), "") + name for of, name in names])
    return capital(said) if start else said


def verb(name: str, singular: str, plural: str) -> str:
    """The verb that agrees with a place name: « Les Appalaches reçoivent », « Lévis reçoit »."""
    return plural if name.startswith(("Les ", "Îles")) else singular


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def of(name: str) -> str:
    """« de francisation », « d’intégration »."""
    return f"d’{name}" if fold(name)[:1] in frozenset("aeiouy") else f"de {name}"


def in_place(ds: Dataset, code: str) -> str:
    """« au Bas-Saint-Laurent », « dans l’ensemble du Québec », « dans le territoire de la direction »."""
    return "dans l’ensemble du Québec" if code == ds.config.province else ds.territories[code].name_in


# Under this part of the summit, admissions « tombent »; above it, they « reculent ».
_FALL = 0.8


def trend_message(ds: Dataset, code: str) -> str:
    """Title of the trend: what the series does, in one sentence; its subject where two persons could make it."""
    end, (counts, peak) = adm.years(ds)[-1], _counted(ds, code)
    years = sorted(counts)
    told = leads(ds, counts) if peak == end else tells(ds, counts.get(peak), counts.get(end))
    if len(years) < 2 or end not in counts or not told:
        return "Admissions permanentes par année"
    last, first = full(counts[end]), years[0]
    if peak == end:
        if len(years) == 2:
            return f"De {full(counts[first])} en {first}, les admissions montent à {last} en {end}"
        return f"Les admissions atteignent un sommet en {end}{NBSP}: {last}"
    # Of what stood before the first year, nothing is known: it is no summit.
    high = full(counts[peak])
    start = f"De {high} en {peak}" if peak == first else f"Après un sommet de {high} en {peak}"
    if not counts[end].value:
        return f"{start}, aucune admission en {end}"
    fall = "tombent" if (counts[end].value or 0) < (counts[peak].value or 0) * _FALL else "reculent"
    return f"{start}, les admissions {fall} à {last} en {end}"


def _counted(ds: Dataset, code: str) -> tuple[dict[str, Quantity], str]:
    """The years whose admissions are known, the last first, and the highest: the latest of equal ones, for a series
    that ends on its summit is said to."""
    every = {year: adm.admissions(ds, code, year) for year in reversed(adm.years(ds))}
    counts = {year: count for year, count in every.items() if count.value is not None}
    return counts, next(iter(highest(counts)), "")


def trends_message(ds: Dataset, codes: Sequence[str]) -> str:
    """Title of the trends side by side, each on its own scale: that all of them end lower, where they do."""
    years = adm.years(ds)
    end, lower = years[-1], []
    for code in codes:
        counts, peak = _counted(ds, code)
        # Of what stood before the first year, nothing is known: it is no summit.
        lower.append(peak not in (years[0], end) and tells(ds, counts.get(peak), counts.get(end)))
    if len(codes) > 1 and all(lower):
        return f"En {end}, chaque région est sous son sommet (chacune à sa propre échelle)"
    return f"Admissions permanentes {over(years)}, chaque région à sa propre échelle"


def trend_reading(ds: Dataset, code: str, year: str, measure: str, *, status: bool = True) -> str:
    """Reads one year of the trend in the measure shown; without its status where another text says it."""
    count, first = adm.admissions(ds, code, year), adm.years(ds)[0]
    weak = provisional(count) if status else ""
    where = capital(in_place(ds, code))
    if measure == "indice":
        here, there = adm.index_100(ds, code, year), adm.index_100(ds, ds.config.province, year)
        if here.value is None:
            return f"{where}, l’indice de {year} n’est pas disponible ({first} = 100)."
        # The first year is 100 everywhere, and Québec is not compared with itself.
        apart = there.value is not None and year != first and code != ds.config.province
        compared = f", {_beside(here, there)} dans l’ensemble du Québec" if apart else ""
        loose = also_provisional(count) if status else ""
        return f"{where}, l’indice est de {full(here)} en {year} ({first} = 100{loose}){compared}."
    if measure == "part":
        share, start = (adm.share_of_quebec(ds, code, at) for at in (year, first))
        if share.value is None:
            return f"{where}, la part des admissions du Québec n’est pas disponible en {year}."
        compared = f", {_beside(share, start)} en {first}" if year != first and start.value is not None else ""
        return f"{where}, les admissions de {year} représentent {full(share)} de celles du Québec{compared}{weak}."
    if count.value is None:
        return f"{where}, le nombre d’admissions de {year} n’est pas donné."
    change = adm.change_pct(ds, code, year)
    compared = ""
    if change is not None and change.value is not None:
        before = adm.year_before(ds, year) or ""
        former = adm.admissions(ds, code, before)
        gap = f", soit {full(change, counted=False)}" if change.shown else ""
        compared = f", {_beside(count, former)} en {before}{gap}"
    return f"{where}, {admitted(count)} à titre permanent en {year}{compared}{weak}."


def _beside(here: Quantity, there: Quantity) -> str:
    """« contre 181 », or « comme » where both read the same."""
    return "comme" if full(here) == full(there) else f"contre {full(there)}"


def trend_hover(ds: Dataset, code: str, year: str) -> str:
    """What a bar of the trend says: its reading, or that the data skip this year."""
    known = year in adm.years(ds)
    return trend_reading(ds, code, year, "nombre") if known else f"{year}{NBSP}: année absente des données"


def missing(ds: Dataset) -> str:
    """« ; années absentes des données : 2016, 2018 », to end a subtitle; nothing without a gap."""
    years = [year for year in adm.calendar(ds) if year not in adm.years(ds)]
    plural = "s" if len(years) > 1 else ""
    return f"; année{plural} absente{plural} des données{NBSP}: {', '.join(years)}" if years else ""


def admitted(count: Quantity) -> str:
    """« 135 personnes ont été admises », « 1 personne a été admise », « aucune personne n’a été admise »."""
    if count.value is None:
        return "le nombre de personnes admises n’est pas donné"
    if not count.value:
        return "aucune personne n’a été admise"
    return f"{people(count)} {'a été admise' if count.value < 2 else 'ont été admises'}"


def mrc_message(ds: Dataset, table: Table, region: str | None, measure: str) -> str:
    """Which MRC stands first."""
    found = table.column(measure)
    first = highest(found)
    if not first:
        none = all(quantity is None or quantity.value is None for quantity in found.values())
        return "Les admissions par MRC ne sont pas données" if none else NO_RANK
    several, quantity = len(first) > 1, table.cell(first[0], measure)
    if quantity is None or not quantity.value:
        return "Aucune MRC n’a reçu d’admission"
    name = subject(ds, *first)

    def does(singular: str, plural: str) -> str:
        return plural if several else verb(name, singular, plural)

    if measure == "part":
        where = "de la région" if region else does("de sa région", "de leur région")
        each = " chacune" if several else ""
        return f"{name} {does('reçoit', 'reçoivent')}{each} {full(quantity)} des admissions {where}"
    said = f"{NBSP}: {full(quantity)}{', ex æquo' * several}"
    if measure == "nombre":
        return f"{name} {does('reçoit', 'reçoivent')} le plus d’admissions{said}"
    return f"{name} {does('a', 'ont')} le taux le plus élevé{said}"


NO_RANK = "Aucune MRC n’a assez d’admissions pour avoir un rang"


def mrc_title(ds: Dataset, table: Table, region: str | None, measure: str) -> str:
    """Title of the map and of the bars: which MRC stands first; their subject where the next one is as high."""
    found = table.column(measure)
    if highest(found) and not leads(ds, found):
        return f"Admissions permanentes par MRC, {adm.span(ds)}"
    return mrc_message(ds, table, region, measure)


def few(ds: Dataset) -> str:
    """« moins de 20 admissions », under which a rate is not reliable."""
    return f"moins de {number(ds.config.unreliable_below)} admissions"


def mrc_reading(ds: Dataset, code: str) -> str:
    """Reads one MRC: number, share, rate and how reliable it is."""
    count, share, rate = (adm.mrc_measure(ds, code, measure) for measure in adm.MEASURES)
    region = ds.region_of(code)
    assert region is not None
    of_region = ds.territories[region].name_of
    caution = "" if rate.reliable else f" Avec {few(ds)}, ce taux est peu fiable et sans rang."
    said = f"{ds.name(code)}{NBSP}: {admitted(count)} {during(adm.span(ds))}"
    if not count.value:
        return f"{said}{provisional(count)}."
    base = adm.census_words(ds) + also_provisional(count)
    return f"{said}, soit {full(share)} des admissions {of_region} et {full(rate)} ({base}).{caution}"


def unreliable_reading(ds: Dataset, codes: list[str]) -> str:
    """Which territories are hatched, and why."""
    hatched = [ds.name(c) for c in codes if not adm.rate_per_1000(ds, c).reliable]
    if not hatched:
        return ""
    return f"Hachures{NBSP}: {few(ds)}, taux peu fiable{'s' * (len(hatched) > 1)}, sans rang ({listed(hatched)})."


def of_persons(ds: Dataset, indicator: str, category: str, share: Quantity, of: str = "") -> str:
    """« 82,4 % connaissent le français », « 34,1 % des personnes admises relèvent de l’immigration économique »."""
    own = next(c for c in ds.indicators[indicator].categories if c.id == category)
    return f"{full(share)}{of} {own.said}" if own.said else f"{own.named}{NBSP}: {full(share)}{of}"


def composition_message(ds: Dataset, table: Table, indicator: str, among: str) -> str:
    """Title of a composition: the category that differs the most from Québec (« contre »); the largest where all are
    within a point of it; its subject otherwise. among: « des personnes admises »."""
    pairs = {
        row.id: (table.cell(row.id, "part"), table.cell(row.id, "part_qc"))
        for row in table.rows
        if not row.total and row.id not in ("declared", "not_available")
    }
    first = largest(ds, pairs)
    near = {
        k: here.shown
        for k, (here, there) in pairs.items()
        if here and here.shown is not None and there and there.shown is not None and abs(here.shown - there.shown) <= 1
    }
    told = first or (max(near, key=lambda k: near[k]) if len(near) == len(pairs) else None)
    if told is None:
        return f"{ds.indicators[indicator].label}, {period_words(profile.latest(ds, indicator))}"
    here, there = pairs[told]
    assert here is not None
    said = of_persons(ds, indicator, told, here, f" {among}")
    if first is None:
        return f"{said} ({full(there)} au Québec)"
    return f"{said}, contre {full(there)} au Québec"


def composition_reading(ds: Dataset, code: str, table: Table, who: str) -> str:
    """Reads every category of a composition with its number and its share."""
    parts = [row for row in table.rows if not row.total and row.id != "declared"]
    said = []
    for row in parts:
        count, share = table.cell(row.id, "nombre"), table.cell(row.id, "part")
        label = row.label if row.label.isupper() else row.label.lower()
        given = share is not None and share.value is not None
        told = f"{full(share, counted=False)} ({counts(share) or people(count)})" if given else people(count)
        said.append(f"{label}, {told}")
    weak = also_provisional(*(table.cell(row.id, "nombre") for row in parts))
    return f"{capital(in_place(ds, code))}, parmi {who}{NBSP}: {'; '.join(said)}{weak}."


def permits_reading(ds: Dataset, code: str) -> str:
    total, share = profile.permits_total(ds, code), profile.permits_share_of_quebec(ds, code)
    date, where = period_words(profile.latest(ds, "temporary_permits")), capital(in_place(ds, code))
    if total.value is None:
        return f"{where}, le nombre de permis temporaires valides au {date} n’est pas donné."
    if not total.value:
        return f"{where}, aucun permis temporaire n’était valide au {date}{provisional(total)}."
    valid = "étaient valides" if total.value >= 2 else "était valide"
    of_quebec = "" if share.value is None else f", soit {full(share)} de ceux du Québec"
    return (
        f"{where}, {full(total)} permis temporaire{'s' * (total.value >= 2)} {valid} au {date}{of_quebec}"
        f"{provisional(total, share)}. Ces permis sont arrondis à 5 près."
    )

"""Reading sentences: each reads one chart aloud (subject, figure, comparison, period), from the figures themselves."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions, profile
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import highest, lowest, ranked
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative.gaps import largest, leads, tells
from dashboard.narrative.show import bare, counts, equally, full, listed, people, together
from dashboard.wording.numbers import NBSP, number, percent, signed
from dashboard.wording.periods import period as period_words


def provisional(*quantities: Quantity | None) -> str:
    """« (donnée provisoire) » when one of the figures is, « (données provisoires) » when several are."""
    said = _loose(*quantities)
    return f" ({said})" if said else ""


def also_provisional(*quantities: Quantity | None) -> str:
    """The same after a semicolon, where a bracket has just closed."""
    said = _loose(*quantities)
    return f"; {said}" if said else ""


def _loose(*quantities: Quantity | None) -> str:
    count = sum(q is not None and q.status == "provisional" for q in quantities)
    return "" if not count else "données provisoires" if count > 1 else "donnée provisoire"


def subject(ds: Dataset, code: str) -> str:
    """A region's name with its article, to begin a sentence: « La Capitale-Nationale », « Chaudière-Appalaches »."""
    of_form, name = ds.territories[code].name_of, ds.name(code)
    article = {"du ": "Le ", "de la ": "La ", "des ": "Les "}.get(of_form.removesuffix(name), "")
    return article + name


def verb(name: str, singular: str, plural: str) -> str:
    """The verb that agrees with a place name: « Les Appalaches reçoivent », « Lévis reçoit »."""
    return plural if name.startswith(("Les ", "Îles")) else singular


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def in_place(ds: Dataset, code: str) -> str:
    """« au Bas-Saint-Laurent », « dans l’ensemble du Québec », « dans le territoire de la direction »."""
    return "dans l’ensemble du Québec" if code == ds.config.province else ds.territories[code].name_in


def _peak(ds: Dataset, code: str) -> tuple[str, Quantity]:
    """The year of the highest count, the latest of equal ones: a series that ends on its summit is said to."""
    counts = {year: adm.admissions(ds, code, year) for year in reversed(adm.years(ds))}
    year = next(iter(highest(counts)), adm.years(ds)[-1])
    return year, counts[year]


# Under this part of the summit, admissions « tombent »; above it, they « reculent ».
_FALL = 0.8


def trend_message(ds: Dataset, code: str) -> str:
    """Title of the trend: what the series does, in one sentence."""
    years = adm.years(ds)
    last, peak = adm.admissions(ds, code, years[-1]), _peak(ds, code)
    others = {year: adm.admissions(ds, code, year) for year in years}
    told = leads(ds, others) if peak[0] == years[-1] else tells(ds, peak[1], last)
    if last.value is None or not told:
        return "Admissions permanentes par année"
    if peak[0] == years[-1]:
        return f"Les admissions atteignent un sommet en {years[-1]}{NBSP}: {full(last)}"
    fall = "tombent" if last.value < (peak[1].value or 0) * _FALL else "reculent"
    return f"Après un sommet de {full(peak[1])} en {peak[0]}, les admissions {fall} à {full(last)} en {years[-1]}"


def trend_reading(ds: Dataset, code: str, year: str, measure: str, *, status: bool = True) -> str:
    """Reads one year of the trend in the measure shown; without its status where another text says it."""
    count = adm.admissions(ds, code, year)
    weak = provisional(count) if status else ""
    where = capital(in_place(ds, code))
    first = adm.years(ds)[0]
    if measure == "indice":
        here, there = adm.index_100(ds, code, year), adm.index_100(ds, ds.config.province, year)
        # The first year is 100 everywhere, and Québec is not compared with itself.
        apart = year != first and code != ds.config.province
        compared = f", contre {full(there)} dans l’ensemble du Québec" if apart else ""
        loose = also_provisional(count) if status else ""
        return f"{where}, l’indice est de {full(here)} en {year} ({first} = 100{loose}){compared}."
    if measure == "part":
        share, start = adm.share_of_quebec(ds, code, year), adm.share_of_quebec(ds, code, first)
        compared = f", contre {percent(start.value, 2)} en {first}" if year != first else ""
        return (
            f"{where}, les admissions de {year} représentent {percent(share.value, 2)} de celles du Québec"
            f"{compared}{weak}."
        )
    change = adm.change_pct(ds, code, year)
    compared = ""
    if change is not None and change.value is not None:
        before = adm.year_before(ds, year) or ""
        compared = f", contre {full(adm.admissions(ds, code, before))} en {before}, soit {full(change, counted=False)}"
    return f"{where}, {people(count)} {verb_admitted(count)} à titre permanent en {year}{compared}{weak}."


def trend_hover(ds: Dataset, code: str, year: str) -> str:
    """What a bar of the trend says: its reading, or that the data skip this year."""
    return trend_reading(ds, code, year, "nombre") if year in adm.years(ds) else f"{year}{NBSP}: absente des données"


def missing(ds: Dataset) -> str:
    """« ; années absentes des données : 2016, 2018 », to end a subtitle; nothing without a gap."""
    years = adm.missing_years(ds)
    plural = "s" if len(years) > 1 else ""
    return f"; année{plural} absente{plural} des données{NBSP}: {', '.join(years)}" if years else ""


def verb_admitted(count: Quantity) -> str:
    return "a été admise" if (count.value or 0) < 2 else "ont été admises"


def mrc_message(ds: Dataset, table: Table, region: str | None, measure: str) -> str:
    """Which MRC stands first."""
    first = highest(table.column(measure))
    if not first:
        return "Aucune MRC n’a assez d’admissions pour avoir un rang"
    several, name = len(first) > 1, together([ds.name(code) for code in first])
    quantity = table.cell(first[0], measure)

    def does(singular: str, plural: str) -> str:
        return plural if several else verb(name, singular, plural)

    if measure == "part":
        where = "de la région" if region else "de leur région" if several else "de sa région"
        each = " chacune" if several else ""
        return f"{name} {does('reçoit', 'reçoivent')}{each} {full(quantity)} des admissions {where}"
    said = f"{NBSP}: {full(quantity)}{equally(first)}"
    if measure == "nombre":
        return f"{name} {does('reçoit', 'reçoivent')} le plus d’admissions{said}"
    return f"{name} {does('a', 'ont')} le taux le plus élevé{said}"


def mrc_title(ds: Dataset, table: Table, region: str | None, measure: str) -> str:
    """Title of the map and of the bars: which MRC stands first; their subject where the next one is as high."""
    found = table.column(measure)
    if highest(found) and not leads(ds, found):
        return f"Admissions permanentes par MRC, {adm.span(ds)}"
    return mrc_message(ds, table, region, measure)


def mrc_reading(ds: Dataset, code: str) -> str:
    """Reads one MRC: number, share, rate and how reliable it is."""
    count, share, rate = (adm.mrc_measure(ds, code, measure) for measure in adm.MEASURES)
    region = ds.region_of(code)
    assert region is not None
    of_region = ds.territories[region].name_of
    few = f" Avec moins de {number(ds.config.unreliable_below)} admissions, ce taux est peu fiable et sans rang."
    caution = "" if rate.reliable else few
    base = adm.census_words(ds) + also_provisional(count)
    return (
        f"{ds.name(code)}{NBSP}: {people(count)} {verb_admitted(count)} de {adm.span(ds).replace('-', ' à ')}, soit "
        f"{full(share)} des admissions {of_region} et {full(rate)} ({base}).{caution}"
    )


def unreliable_reading(ds: Dataset, codes: list[str]) -> str:
    """Which territories are hatched, and why."""
    hatched = [ds.name(c) for c in codes if not adm.rate_per_1000(ds, c).reliable]
    if not hatched:
        return ""
    few = f"moins de {number(ds.config.unreliable_below)} admissions"
    return f"Hachures{NBSP}: {few}, taux peu fiable{'s' * (len(hatched) > 1)}, sans rang ({listed(hatched)})."


# Categories that say what persons do, and not what they are.
_KNOWING = {"french_known": "connaissent le français", "french_not_known": "ne connaissent pas le français"}


def composition_message(ds: Dataset, table: Table) -> str:
    """Title of a composition: the category that differs the most from Québec; its subject where none does."""
    pairs = {
        row: (table.cell(row.id, "part"), table.cell(row.id, "part_qc"))
        for row in table.rows
        if not row.total and row.id not in ("declared", "not_available")
    }
    first = largest(ds, pairs)
    if first is None:
        definition = ds.indicators[table.indicators[0]]
        return f"{definition.label}, {profile.latest(ds, definition.id)}"
    here, there = pairs[first]
    if first.id in _KNOWING:
        return f"{full(here)} {_KNOWING[first.id]}, contre {full(there)} au Québec"
    return f"{first.label}{NBSP}: {full(here)}, contre {full(there)} au Québec"


def composition_reading(ds: Dataset, code: str, table: Table, who: str) -> str:
    """Reads every category of a composition with its number and its share."""
    parts = [row for row in table.rows if not row.total and row.id != "declared"]
    said = []
    for row in parts:
        count, share = table.cell(row.id, "nombre"), table.cell(row.id, "part")
        label = row.label if row.label.isupper() else row.label.lower()
        said.append(f"{label}, {full(share, counted=False)} ({counts(share) or people(count)})")
    weak = also_provisional(*(table.cell(row.id, "nombre") for row in parts))
    return f"{capital(in_place(ds, code))}, parmi {who}{NBSP}: {'; '.join(said)}{weak}."


def permits_message(ds: Dataset, code: str) -> str:
    per, quebec = profile.permits_per_admission(ds, code), profile.permits_per_admission(ds, ds.config.province)
    if not tells(ds, per, quebec):
        return "Permis temporaires par programme"
    return f"{full(per)} permis temporaires par admission permanente, contre {full(quebec)} au Québec"


def permits_reading(ds: Dataset, code: str) -> str:
    total, share = profile.permits_total(ds, code), profile.permits_share_of_quebec(ds, code)
    date = period_words(profile.latest(ds, "temporary_permits"))
    return (
        f"{capital(in_place(ds, code))}, {full(total)} permis temporaires étaient valides au {date}, soit "
        f"{full(share)} de ceux du Québec{provisional(total, share)}. Ces permis sont arrondis à 5 près; leur rapport "
        "aux admissions compare une date et une année."
    )


def agreements_reading(ds: Dataset, code: str) -> str:
    """Reads every kind of agreement, none added to another: « 8 ententes avec des MRC; 1 entente du PASI »."""
    date = period_words(profile.latest(ds, "agreements"))
    kinds = [category.id for category in ds.indicators["agreements"].categories]
    said = [agreements(ds, kind, profile.count(ds, code, "agreements", kind)) for kind in kinds]
    return f"{capital(in_place(ds, code))}, au {date}{NBSP}: {'; '.join(said)}."


MANDATARIES = "francisation_mandataries"


def not_mentioned(kind: str) -> str:
    """What is said of a kind of agreement that the source leaves out: neither zero nor a lost figure."""
    return "non mentionnés" if kind == MANDATARIES else "non mentionnées"


def agreements(ds: Dataset, kind: str, count: Quantity) -> str:
    """« 8 ententes avec des MRC », « 1 entente du PASI », « ententes du PASI non mentionnées »."""
    name = ds.series_name("agreements", kind)[1]
    name = name[:1].lower() + name[1:]
    if count.value is None:
        return f"{name} {not_mentioned(kind)} dans le plan"
    head, space, rest = name.partition(" ")
    return f"{full(count)}{NBSP}{head.removesuffix('s') if count.value < 2 else head}{space}{rest}"


def standouts(ds: Dataset) -> list[str]:
    """What stands out of the direction, in sentences written from the figures; their status stands apart, once."""
    regions, period, province = directions.regions(ds), adm.total_span(ds), ds.config.province
    if not regions:
        return []
    last, quebec = adm.years(ds)[-1], "dans l’ensemble du Québec"

    def places(codes: Sequence[str]) -> str:
        return together([in_place(ds, code) for code in codes])

    count = {c: adm.admissions(ds, c, period) for c in regions}
    tops = highest(count) or regions[:1]
    whole, when = full(adm.admissions(ds, ds.config.direction, period)), period.replace("-", " à ")
    part = full(adm.share_of_direction(ds, tops[0]), counted=False)
    receive = "reçoit" if len(tops) == 1 else "reçoivent chacune"
    of_all = f"des admissions de la direction de {when} ({full(count[tops[0]])} sur {whole})"
    found = [f"{together([subject(ds, code) for code in tops])} {receive} {part} {of_all}."]
    drops = {c: adm.change_pct(ds, c, last) for c in regions}
    if len(regions) > 1 and sum(change < 0 for change in ranked(drops).values()) == len(regions):
        best, worst = highest(drops), lowest(drops)
        found.append(
            f"Les admissions reculent partout en {last}{NBSP}: de {full(drops[best[0]])} {places(best)} à "
            f"{full(drops[worst[0]])} {places(worst)}; {full(adm.change_pct(ds, province, last))} {quebec}."
        )
    ratios = {c: profile.permits_per_admission(ds, c) for c in (*regions, province)}
    refugees = {c: profile.category_share(ds, c, "admissions_by_category", "refugee", "total") for c in ratios}
    french = {c: profile.french_known_bounds(ds, c)[0] for c in ratios}
    permits_qc, refugees_qc, french_qc = (full(figures.pop(province)) for figures in (ratios, refugees, french))
    highs, mosts = (highest(figures) or regions[:1] for figures in (ratios, refugees))
    most, low, high = refugees[mosts[0]], *(french[(end(french) or regions)[0]] for end in (lowest, highest))
    knowing = full(low)
    if full(high) != knowing:
        knowing = f"de {knowing if counts(low) else bare(low)} à {full(high)}"
    found.append(
        f"{capital(places(highs))}, on compte {full(ratios[highs[0]])} permis temporaires valides par admission "
        f"permanente, contre {permits_qc} {quebec}."
    )
    found.append(
        f"Les personnes réfugiées et en situation semblable forment {full(most)} des admissions de {most.period} "
        f"{places(mosts)}, contre {refugees_qc} au Québec."
    )
    found.append(
        f"Parmi les personnes ayant déclaré une langue, {knowing} connaissent le français en "
        f"{low.period}{', selon la région' if knowing != full(low) else ''}, contre {french_qc} au Québec."
    )
    return found


def points(value: float | None) -> str:
    """« +5 points », « −12,5 points »."""
    if value is None:
        return "–"
    places = 0 if value == int(value) else 1
    return f"{signed(value, places)}{NBSP}{'point' if abs(value) < 2 else 'points'}"


def agreements_message(ds: Dataset, code: str) -> str:
    """Title of the agreements: those with MRC and of the PASI, never added to the mandataires."""
    mrc, pasi = (profile.count(ds, code, "agreements", category) for category in ("mrc", "pasi"))
    return f"{agreements(ds, 'mrc', mrc)} et {agreements(ds, 'pasi', pasi)}"

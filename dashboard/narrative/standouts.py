"""What stands out of the direction: the figures that are the farthest from those of Québec, never the largest alone."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions, profile
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import highest, lowest, ranked
from dashboard.model import Dataset
from dashboard.narrative.gaps import largest, leads, tells
from dashboard.narrative.sentences import capital, in_place, of_persons, subject
from dashboard.narrative.show import bare, counts, full, together
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import during

_BY_CATEGORY = "admissions_by_category"


def standouts(ds: Dataset) -> list[str]:
    """Sentences written from the figures; their status stands apart, once. What tells nothing is left out."""
    regions = directions.regions(ds)
    parts = (_first, _changes, _permits, _category, _french) if regions else ()
    return [text for part in parts for text in part(ds, regions)]


def side_by_side(ds: Dataset) -> str:
    """Title of the regions side by side: from the highest rate to the lowest; their subject where they are alike."""
    rates = {code: adm.rate_per_1000(ds, code) for code in directions.regions(ds)}
    tops, ends = highest(rates), lowest(rates)
    if len(tops) != 1 or len(ends) != 1 or not tells(ds, rates[tops[0]], rates[ends[0]]):
        return "Les régions côte à côte"
    high, low = (bare(rates[code]) for code in (tops[0], ends[0]))
    rate = f"{high} admissions pour 1{NBSP}000 habitants, contre {low} {in_place(ds, ends[0])}"
    return f"{subject(ds, tops[0])} reçoit {rate}"


def _first(ds: Dataset, regions: list[str]) -> Iterator[str]:
    """Which region receives most; nothing of one alone."""
    period = adm.total_span(ds)
    count = {code: adm.admissions(ds, code, period) for code in regions}
    tops, whole = highest(count), adm.admissions(ds, ds.config.direction, period)
    if not whole.value or len(tops) == len(regions) or (len(tops) == 1 and not leads(ds, count)):
        return
    part = full(adm.share_of_direction(ds, tops[0]), counted=False)
    receive = "reçoit" if len(tops) == 1 else "reçoivent chacune"
    # A region that is set aside is not in the total.
    of = "de la direction" if regions == directions.regions(ds, available=False) else "des régions affichées"
    yield (f"{subject(ds, *tops)} {receive} {part} des admissions {of} {during(period)}.")


def _changes(ds: Dataset, regions: list[str]) -> Iterator[str]:
    """Admissions that fall, or rise, in every region."""
    last = adm.years(ds)[-1]
    changes = {code: adm.change_pct(ds, code, last) for code in regions}
    known, quebec = ranked(changes), adm.change_pct(ds, ds.config.province, last)
    falls = all(change < 0 for change in known.values())
    if len(regions) < 2 or len(known) < len(regions) or not (falls or all(change > 0 for change in known.values())):
        return
    near, far = (highest(changes), lowest(changes)) if falls else (lowest(changes), highest(changes))
    said = f"de {full(changes[near[0]])} {_places(ds, near)} à {full(changes[far[0]])} {_places(ds, far)}"
    if near == far:
        said = f"{full(changes[near[0]])} dans chaque région"
    beside = f"; {full(quebec)} dans l’ensemble du Québec" if quebec is not None and quebec.value is not None else ""
    yield f"Les admissions {'reculent' if falls else 'augmentent'} partout en {last}\u00a0: {said}{beside}."


def _permits(ds: Dataset, regions: list[str]) -> Iterator[str]:
    """The regions that are the farthest from Québec: all those that read the same."""
    quebec = profile.permits_per_admission(ds, ds.config.province)
    ratios = {code: profile.permits_per_admission(ds, code) for code in regions}
    first = largest(ds, {code: (ratio, quebec) for code, ratio in ratios.items()})
    if first is not None:
        most = ratios[first]
        permits = "permis temporaires valides" if (most.shown or 0) >= 2 else "permis temporaire valide"
        where = _places(ds, [code for code in regions if ratios[code].shown == most.shown])
        yield (
            f"{capital(where)}, on compte {full(most)} {permits} par admission permanente, contre {full(quebec)} dans "
            "l’ensemble du Québec."
        )


def _category(ds: Dataset, regions: list[str]) -> Iterator[str]:
    """The category and the region that are the farthest from Québec, of all of them."""
    ids = [c.id for c in ds.indicators[_BY_CATEGORY].categories if c.id != "total"]

    def share(code: str, category: str) -> Quantity:
        return profile.category_share(ds, code, _BY_CATEGORY, category, "total")

    shares = {(code, id_): (share(code, id_), share(ds.config.province, id_)) for id_ in ids for code in regions}
    first = largest(ds, shares)
    if first is not None:
        here, quebec = shares[first]
        said = of_persons(ds, _BY_CATEGORY, first[1], here, f" des personnes admises en {here.period}")
        yield f"{capital(in_place(ds, first[0]))}, {said}, contre {full(quebec)} au Québec."


def _french(ds: Dataset, regions: list[str]) -> Iterator[str]:
    """How many know French, from the lowest region to the highest."""
    shares = {code: profile.french_known_bounds(ds, code)[0] for code in regions}
    quebec = profile.french_known_bounds(ds, ds.config.province)[0]
    known = {code: share for code, share in shares.items() if share.value is not None}
    if not known or not any(tells(ds, share, quebec) for share in known.values()):
        return
    low, high = (known[end(known)[0]] for end in (lowest, highest))
    knowing, where = full(high), ""
    if low.shown != high.shown:
        knowing, where = f"de {full(low) if counts(low) else bare(low)} à {full(high)}", ", selon la région"
    yield (
        f"Parmi les personnes ayant déclaré une langue, {knowing} connaissent le français en {high.period}{where}, "
        f"contre {full(quebec)} au Québec."
    )


def _places(ds: Dataset, codes: list[str]) -> str:
    return together([in_place(ds, code) for code in codes])

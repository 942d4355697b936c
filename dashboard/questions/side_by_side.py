"""One figure, or several side by side: sums, means, comparisons, shares, changes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from dashboard.indicators import admissions as adm
from dashboard.indicators.comparison import gap_to
from dashboard.indicators.quantity import Quantity, add, share_pct
from dashboard.model import Dataset
from dashboard.model.periods import Period
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import full, listed
from dashboard.questions import measures as ms
from dashboard.questions.asked import ENDS, TESTS, Asked
from dashboard.questions.measures import ADMISSIONS, Measure
from dashboard.questions.ordering import among
from dashboard.questions.reply import Reply, refusal
from dashboard.questions.telling import (
    LEVELS,
    above,
    absent,
    ask_place,
    codes_of,
    inside,
    instead,
    is_count,
    level_of,
    numbers,
    view_of,
    where,
)  # fmt: skip
from dashboard.wording.numbers import NBSP, number, signed

_PAIRS: Final = frozenset({"compare", "difference", "times"})
_MOST_CELLS: Final = 24
_UP: Final = frozenset({"hauss", "augment", "augmentent", "croissanc", "progress", "mont"})
_DOWN: Final = frozenset({"baiss", "diminu", "diminut", "recul", "chut", "baissent", "tomb"})
_ORDER: Final = ("mrc", "region", "direction", "province")


def values(asked: Asked, found: list[Measure]) -> Reply | None:
    ds, ops = asked.ds, asked.ops
    if not asked.codes and all(own.indicator == ms.AGREEMENTS for own in found):
        asked.codes = [ds.config.direction]  # the plan has them for the direction and its regions
    codes = asked.codes
    if not codes:
        return ask_place(ds, found[0])
    cells = [(own, code, own.of(code)) for code in codes for own in found]
    figures = [q for *_, q in cells]
    if "mean" in ops:  # « au-dessus de la moyenne » is a test, not a mean
        return None if ops & {*TESTS} else _mean(asked, found, figures)
    if len(cells) > _MOST_CELLS:
        return refusal("C’est trop à la fois; en demander moins.", *instead(ds, asked.frame, found[0]))
    if len(cells) == 1 and figures[0].value is None:
        # The source leaves this figure out: neither zero nor lost.
        near = f"{found[0].asked} {where(ds, ds.config.direction)} {found[0].when}?"
        return refusal(f"{capital(where(ds, codes[0]))}, {_one(*cells[0])}; ce n’est pas zéro pour autant.", near)
    alone = len(cells) < 2 or (len(cells) > 2 and ops & {"difference", "times"})
    if ops & _PAIRS and alone:
        return None
    said, values, done = _said(ds, cells), list[Decimal | int | None](numbers(figures)), {"sum", "compare"}
    if len(found) > 1 and len(codes) == 1 and not ops and found[0].indicator != ms.PERMITS:
        # The categories of one indicator: their shares too, with their base.
        shares = [share for own in found if (share := ms.as_share(ds, own))]
        if len(shares) == len({(own.indicator, own.category) for own in found}) == len(found):
            parts = [(share, codes[0], share.of(codes[0])) for share in shares]
            said, values = _said(ds, parts), [*values, *numbers(q for *_, q in parts)]
    if "sum" in ops and len(cells) > 1:
        total = _sum(ds, figures, codes)
        if total is None and asked.frame.named.get("sum") != "+":  # « nb d’ententes + nb de mandataires » asks for both
            return refusal("Ces chiffres ne s’additionnent pas.", *instead(ds, asked.frame, found[0]))
        if total is not None:
            told, first = ms.parted(total) if total.unit == "%" else full(total), numbers([total])
            said, values = f"{said} En tout{NBSP}: {told}.", [*(first if total.unit == "%" else first[:1]), *values]
        if total is not None and (out := asked.frame.left_out):
            region = ds.region_of(out[0]) if level_of(ds, codes[0]) == "mrc" else None
            place = f"{where(ds, region or ds.config.direction)}, sans {listed([ds.name(code) for code in out])}"
            said, values = f"{place}, {found[0].said(total)} {found[0].when}.", [total.shown]
    alike = len({own.indicator for own in found}) == 1 and found[0].indicator != ms.AGREEMENTS
    if ops & {"difference", "times"} and not alike:
        near_ = (f"{own.asked} {where(ds, codes[0])} {own.when}?" for own in found[:2])
        return refusal("Ces deux chiffres ne comptent pas la même chose; ils ne se comparent pas.", *near_)
    if ops & _PAIRS and len(cells) == 2 and alike:
        one, other = figures
        # From the earlier to the later of two years.
        later = one.territory == other.territory and one.period < other.period
        gap = gap_to(*((other, one) if later else (one, other)))
        if gap.value is not None and gap.shown is not None:
            said += f" Écart{NBSP}: {signed(gap.value, gap.decimals)}{f'{NBSP}points' * (gap.unit == 'points')}."
            values = [abs(gap.shown), *values] if "difference" in ops else [*values, gap.shown]
        if "times" in ops and one.shown and other.shown:
            times = max(one.shown, other.shown) / min(one.shown, other.shown)
            said += f" Rapport{NBSP}: {number(times, 1)} fois."
            values = [times.quantize(Decimal("0.1")), *values]
        done |= ops & {"difference", "times"}
    named = "share" if "share" in asked.frame.ops else "value"
    return asked.tell(said, figures, values, found, view_of(ds, found[0], codes), named).using(*done)


def _mean(asked: Asked, found: list[Measure], figures: list[Quantity]) -> Reply | None:
    """The mean by year of a period, or by territory of a level."""
    ds, own, codes, levels = asked.ds, found[0], asked.codes, asked.frame.levels
    of_years = asked.of_years or "yearly" in asked.frame.ops
    total = _sum(ds, figures, codes) if all(map(is_count, figures)) else None
    count = len(codes) if levels else len(Period.of(own.period).years)
    plain = own.indicator == ADMISSIONS and own.category == "total" and len(codes) == 1
    if found[1:] or asked.frame.territories[1:] or (of_years if levels else not plain):
        return None
    if total is None or total.shown is None or count < 2:
        return None
    mean = (total.shown / count).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
    by, over = LEVELS[levels[0]] if levels else ("année", "ans")
    named = asked.frame.territories if levels else codes
    place = f"{where(ds, named[0])}, " if named else ""
    said = f"{place}{own.name.lower()}{NBSP}: en moyenne {number(mean, 1)} par {by} {own.when}"
    view = ms.view(ds, own, named[0]) if named else ms.view_of_all(ds, own)
    return asked.tell(f"{said} ({full(total)} sur {number(count)} {over}).", [total], [mean, total.shown], found, view,
                      "mean", codes=named).using("yearly", "year")  # fmt: skip


def _sum(ds: Dataset, found: Sequence[Quantity], codes: Sequence[str]) -> Quantity | None:
    """The sum of counts of territories or years that do not overlap; None for anything else."""
    if all(q.unit == "%" and q.operands and q.operands[1] == found[0].operands[1] for q in found):
        part = _sum(ds, [q.operands[0] for q in found], codes)
        return part and share_pct(part, found[0].operands[1], found[0].label, found[0].derived or "share")
    spans = [set(Period.of(q.period).years) if q.period else set[str]() for q in found]
    same = all(p == spans[0] for p in spans)
    disjoint = sum(map(len, spans)) == len(set().union(*spans)) and len(codes) == 1
    nested = any(inside(ds, one, other) for one in codes for other in codes)
    bodies = {r.key.category for q in found for r in q.inputs if r.key.indicator == ms.AGREEMENTS}
    unlike = len({q.unit for q in found}) > 1 or len(bodies) > 1
    if any(not is_count(q) for q in found) or nested or unlike or not (same or disjoint):
        return None
    return add(list(found), found[0].label, codes[0])


def _said(ds: Dataset, cells: Sequence[tuple[Measure, str, Quantity]]) -> str:
    """« Au Bas-Saint-Laurent, 135 personnes admises à titre permanent en 2019. », one place or period after another."""
    whens = list(dict.fromkeys(own.when for own, *_ in cells))
    one = len({(own.indicator, own.category) for own, *_ in cells}) == 1
    parts: dict[str, list[str]] = {}
    for own, code, q in cells:
        again = bool(parts) and one and q.value is not None
        when = f" {own.when}" if len(whens) > 1 else ""
        parts.setdefault(code, []).append(f"{own.brief(q) if again else _one(own, code, q)}{when}")
    each = [f"{where(ds, code)}, {('; ' if len(parts) == 1 else ', ').join(own)}" for code, own in parts.items()]
    end = "" if len(whens) > 1 or not whens[0] else f" {whens[0]}" if len(parts) == 1 else f", {whens[0]}"
    return f"{'; '.join(each)}{end}."


def _one(own: Measure, _: str, quantity: Quantity) -> str:
    missing = quantity.value is None and own.indicator != ms.AGREEMENTS
    return f"{own.label}{NBSP}: non mentionné dans le plan" if missing else own.said(quantity)


# --- Shares -----------------------------------------------------------------------------------------------------------


def shares(asked: Asked, found: list[Measure]) -> list[Measure] | Reply:
    """The measures as shares, of their territory or of another one that contains them."""
    ds, frame, codes = asked.ds, asked.frame, asked.codes
    whole = _whole(asked, found[0])
    total, chosen = found[0].category == "total", asked.ops & {*ENDS, *TESTS, "nth", "rank"}
    if whole is not None:
        if any(not is_count(own.of(whole)) for own in found):
            return refusal("La source ne permet pas de calculer cette part.", *instead(ds, frame, found[0]))
        asked.codes = [code for code in codes if code != whole]
        if refused := absent(ds, found[0], [whole]):
            return refused
        return [ms.share_of(ds, own, whole) for own in found]
    own = level_of(ds, codes[0]) if len(codes) == 1 else ""
    inner = _ORDER.index(frame.levels[0]) < _ORDER.index(own) if own and len(frame.levels) == 1 else False
    if total and inner and own != "province":
        # « la plus grande part des admissions de Chaudière-Appalaches », among its MRC.
        return [ms.share_of(ds, each, codes[0]) for each in found]
    shares = [share for each in found if (share := ms.as_share(ds, each))]
    if len(shares) == len(found):
        return shares
    if found[0].indicator in (ADMISSIONS, ms.PERMITS) and codes:
        around = ds.region_of(codes[0]) if level_of(ds, codes[0]) == "mrc" else ds.config.province
        if around and all(inside(ds, code, around) for code in codes):
            return [ms.share_of(ds, each, around) for each in found]
    chosen = chosen if not (chosen & ENDS and frame.numbers) else set()
    if found[0].indicator == ADMISSIONS and "mrc" in frame.levels and chosen and not frame.timed:
        return [ms.share_of_region(ds)]
    return refusal("La source ne permet pas de calculer cette part.", *instead(ds, frame, found[0]))


def _whole(asked: Asked, own: Measure) -> str | None:
    """The territory that a share is taken of, where one is named."""
    ds, codes, levels, total = asked.ds, asked.codes, asked.frame.levels, own.category == "total"
    around = [code for code in codes if all(inside(ds, other, code) for other in codes if other != code)]
    if len(codes) > 1 and around and "compare" not in asked.ops:
        # « la part des femmes au Bas-Saint-Laurent et au Québec » compares; « des femmes du Québec » is a whole.
        return around[0] if total or around[0] in asked.frame.wholes else None
    if len(codes) == 1 and asked.ops & {*ENDS, *TESTS, "rank", "nth"} and total:
        return codes[0] if codes[0] == ds.config.province and own.indicator != "immigrant_population" else None
    if codes and "direction" in levels:
        return ds.config.direction if all(inside(ds, code, ds.config.direction) for code in codes) else None
    mrc = len(codes) == 1 and level_of(ds, codes[0]) == "mrc" and "region" in levels
    return ds.region_of(codes[0]) if mrc else None


# --- Over the years ---------------------------------------------------------------------------------------------------


def changes(asked: Asked, found: list[Measure]) -> Reply | None:
    """From the first to the last year named, from the year before when one is named; of a territory, or the one that
    changed the most."""
    ds, frame, codes = asked.ds, asked.frame, asked.codes
    if len({own.category for own in found}) > 1 or not found:
        return None
    asked.spent |= {"change", "yearly", "year", *(() if frame.timed else ("first", "last"))}
    asked.swap({"change", "difference"})
    first, last = found[0], found[-1]
    asked.spent |= {s for s in frame.spans if (s[:4], s[5:]) == (first.period, last.period)}
    if len(found) == 1:
        dated = last.period in adm.years(ds) and last.indicator in (ADMISSIONS, *ds.indicators)
        before = adm.year_before(ds, last.period) if dated else None
        family = ADMISSIONS if last.indicator == ADMISSIONS else f"{last.indicator}/{last.category}"
        if before is None or last.name != ms.measure(ds, family, last.period).name:
            near = f"Comment ont évolué les admissions {above(ds, codes)}?"
            return refusal(f"La source ne donne pas l’année d’avant {last.period}.", near)
        first = ms.measure(ds, family, before)
    own = ms.changed(ds, first, last)
    down, up, levels = asked.stems(_DOWN), asked.stems(_UP), set(frame.levels)
    if asked.ops & ENDS and (levels or codes in ([], [ds.config.direction])):
        asked.swap(ENDS, {"lowest" if down != ("lowest" in asked.ops) else "highest"})
        return among(asked, [own], levels or {"region"})
    inner = levels - {level_of(ds, code) for code in codes}
    if asked.ops or len(inner) > 1:
        return None
    if inner:
        codes = codes_of(ds, frame.levels[0], codes)
    if not codes:
        return ask_place(ds, last)
    cells = [(own, code, own.of(code)) for code in codes]
    if any(x.value is None for *_, q in cells for x in q.operands):
        return None
    figures, counted, many = [q for *_, q in cells], "", list[Decimal | int | None]()
    if levels and down != up:
        # « Quelles régions sont en baisse? »: those alone.
        cells = [cell for cell in cells if cell[2].value and (cell[2].value < 0) == down]
        many, word = [len(cells)], LEVELS[frame.levels[0]][len(cells) > 1]
        counted = f"{number(len(cells))} {word} sur {number(len(codes))} en {'baisse' if down else 'hausse'}. "
    said = f"{counted}{capital(_said(ds, cells)) if cells else ''}"
    kept = [code for _, code, _ in cells]
    asked.spent |= levels
    values, view = [*many, *numbers(q for *_, q in cells)], view_of(ds, last, codes)
    return asked.tell(said, figures, values, [last], view, "change", codes=kept)

"""What a question does with figures: show, add, order, follow, compare; over territories, years or categories."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from dashboard.deck.slides import Slide
from dashboard.indicators import admissions as adm
from dashboard.indicators.comparison import gap_to
from dashboard.indicators.quantity import Quantity, add, share_pct
from dashboard.indicators.ranking import order, rank, ranked
from dashboard.model import Dataset
from dashboard.model.periods import Period
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import full, listed
from dashboard.questions import measures as ms
from dashboard.questions.choosing import crossing, families, of_family, people, received
from dashboard.questions.frame import PLAN, Frame
from dashboard.questions.measures import ADMISSIONS, Measure
from dashboard.questions.reply import Reply, choice, refusal
from dashboard.questions.telling import (
    LEVELS,
    above,
    absent,
    ask_place,
    chips,
    codes_of,
    inside,
    instead,
    is_count,
    level_of,
    not_all,
    numbers,
    tell,
    view_of,
    where,
)  # fmt: skip
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, number, signed

# What changes nothing to a figure.
HARMLESS: Final = frozenset({"courtesy", "define", "how_many", "list", "apart", "last", "first", "speak", "yearly"})
_ENDS: Final = frozenset({"highest", "lowest"})
_PAIRS: Final = frozenset({"compare", "difference", "times"})
_TESTS: Final[Mapping[str, tuple[str, Callable[[Decimal, Decimal], bool]]]] = {
    "more": ("plus de", Decimal.__gt__), "less": ("moins de", Decimal.__lt__), "at_least": ("au moins", Decimal.__ge__),
    "at_most": ("au plus", Decimal.__le__), "exactly": ("exactement", Decimal.__eq__),
}  # fmt: skip
_MOST_CELLS: Final = 24
_MOST_LISTED: Final = 12
_PERCENT: Final = frozenset({"cent", "pourcentage", "pourcent", "%", "pct"})
_UP: Final = frozenset({"hauss", "augment", "augmentent", "croissanc", "progress", "mont"})
_DOWN: Final = frozenset({"baiss", "diminu", "diminut", "recul", "chut", "baissent", "tomb"})
_ORDER: Final = ("mrc", "region", "direction", "province")


@dataclass
class _Asked:
    """What is left to do (ops), of which territories; what has served already, by its code."""

    ds: Dataset
    frame: Frame
    ops: set[str]
    codes: list[str]
    spent: set[str] = field(default_factory=set)
    of_years: bool = False

    def swap(self, out: Iterable[str], into: Iterable[str] = ()) -> None:
        """Some operations stand for others here."""
        gone = self.ops & set(out)
        self.ops, self.spent = (self.ops - gone) | (set(into) if gone else set()), self.spent | gone

    def stems(self, of: frozenset[str]) -> bool:
        return any(token.stem in of or token.word in of for token in self.frame.words)

    def tell(
        self, said: str, figures: Sequence[Quantity], values: Iterable[Decimal | int | None], found: Sequence[Measure],
        view: Slide, *ops: str, codes: Sequence[str] | None = None,
    ) -> Reply:  # fmt: skip
        own = self.codes if codes is None else codes
        return tell(
            self.ds, self.frame, said, figures, values=list(values), view=view, codes=own, measures=found, ops=ops
        )


def answer(ds: Dataset, frame: Frame) -> Reply | None:
    """The figure that a frame asks for; None where it asks for something else than a figure."""
    if frame.beyond("subject", "category", "breakdown", "indicator") or set(frame.subjects) & {*PLAN, "targets"}:
        return None
    asked = _Asked(ds, frame, set(frame.ops - HARMLESS), list(frame.territories))
    if frame.left_out and not _rest(asked):
        return None
    _settle(asked)
    names = families(ds, frame)
    if not names:
        if (
            "share" not in asked.ops
            and asked.ops & _ENDS
            and asked.stems(frozenset({"grand", "petit"}))
            and frame.levels
        ):
            near = (f"Quelle {LEVELS[frame.levels[0]][0]} a le plus {of}?" for of in ("d’admissions", "d’habitants"))
            return choice("Par les admissions, ou par la population?", *near)
        counted = _count_of_places(asked)
        # The admissions alone have years, ranks, changes: nobody has to name them.
        placed = frame.territories or frame.unclear or frame.levels
        done = frame.timed or asked.ops or "yearly" in frame.ops or received(frame)
        if counted is not None or frame.beyond() or not (placed and done):
            return counted or _persons(ds, frame)
        names = [ADMISSIONS]
    several = {name.partition("/")[0] for name in names}
    joined = {"et", "ou"} & {token.word for token in frame.words}
    if crossing(frame) or (len(several) > 1 and (not joined or several & {"rate", "ratio"})):
        code = next((ds.region_of(c) or c for c in frame.territories), ds.config.direction)
        each = (ms.measure(ds, f, ms.periods(ds, f)[-1]) for f in frame.get("category")[:2])
        near = (f"{own.asked} {where(ds, code)} {own.when}?" for own in each)
        return refusal("La source ne donne pas ces deux choses l’une par l’autre.", *near)
    if names == ["people"]:
        found = people(ds, frame)
        if isinstance(found, Reply):
            return found
        names = [found]
    if (
        asked.ops & {"index", "share", "sum"} == {"index"}
        and names == [ADMISSIONS]
        and not set(frame.numbers) - {"100"}
    ):
        # « 2015 = 100 »: the year that the others stand for is not asked.
        years = [year for year in frame.years if year != adm.years(ds)[0]] or frame.years
        asked.frame, names = replace(frame, years=years, numbers=[]), ["index"]
        asked.swap({"index", "compare", "if", "result"})
        asked.spent |= {"numbers", adm.years(ds)[0]}
    reply = None if frame.unclear else _of(asked, names)
    if reply is None:
        return None
    # Whatever names what is counted makes the measures: see choosing.families.
    kinds = ("subject", "category", "breakdown", "indicator")
    return reply.using(*asked.spent, *(c for kind in kinds for c in frame.get(kind)), *(["year"] * frame.timed))


def _rest(asked: _Asked) -> bool:
    """« La direction sans la Capitale-Nationale »: the other territories of that level, to be added up."""
    ds, frame, whole, out = asked.ds, asked.frame, asked.codes, asked.frame.left_out
    levels = {level_of(ds, code) for code in out}
    if len(whole) != 1 or len(levels) != 1 or frame.levels or asked.ops - {"sum", "without"}:
        return False
    if whole == [ds.config.province] or not all(inside(ds, code, whole[0]) for code in out):
        return False
    asked.spent |= {"without", *out, *whole}
    asked.ops = {"sum"}
    asked.codes = [code for code in codes_of(ds, levels.pop(), whole) if code not in out]
    return bool(asked.codes)


def _settle(asked: _Asked) -> None:
    """The operations that words alone would confuse, told apart by what stands beside them."""
    frame, ops = asked.frame, asked.ops
    if "admissions" in frame.subjects:
        asked.swap({"result"})  # « combien d’admissions ont eu lieu? »
    if not (frame.numbers or frame.percents):
        asked.swap({"more", "less"}, {"compare"})
    if len(asked.codes) + len(frame.years) > 1 and _than(frame):
        asked.swap(_ENDS, {"compare"})
    if asked.ops & (_ENDS | set(_TESTS) | {"change", "difference", "times", "nth"}):
        asked.swap({"compare"})
    if "difference" in ops and len(asked.codes) == 2 and not frame.levels:
        asked.swap({"highest"})  # « laquelle a reçu le plus, et avec quel écart? »: both are shown
    asked.swap({"progress"}, {"change"})
    asked.of_years = "year" in frame.get("level")
    if summits := asked.ops & {"peak", "trough"}:
        # A summit is that of the years, where no territories are ranked.
        before = set(asked.spent)
        asked.swap({"peak"}, {"highest"})
        asked.swap({"trough"}, {"lowest"})
        asked.spent = before if frame.levels else before | summits
        asked.of_years |= not frame.levels


def _than(frame: Frame) -> bool:
    """« plus élevé qu’au Québec » compares; « le plus élevé » does not."""
    read = " ".join(token.word for token in frame.words).replace("est ce que", "").replace("est ce qu", "").split()
    pairs = itertools.pairwise(read)
    superlative = any(one in ("le", "la", "les") and other in ("plus", "moins") for one, other in pairs)
    return not superlative and bool({"qu", "que"} & set(read[1:]))


def _persons(ds: Dataset, frame: Frame) -> Reply | None:
    """« Combien de personnes à Lévis? »: those admitted, or those who live there."""
    if frame.beyond() or not frame.territories:
        return None
    place, name = where(ds, frame.territories[0]), ds.name(frame.territories[0])
    said = "S’agit-il des personnes admises, ou de la population?"
    return choice(
        said if "how_many" in frame.ops else f"Que voulez-vous savoir de {name}?",
        f"Combien de personnes admises {place} {ms.when(adm.span(ds))}?", f"Quelle est la population {place}?",
    )  # fmt: skip


def _of(asked: _Asked, names: list[str]) -> Reply | None:
    """The measures that are asked for, as shares or changes where it is so, and what is done with them."""
    ds, frame, codes, levels = asked.ds, asked.frame, asked.codes, set(asked.frame.levels)
    if asked.of_years and not (asked.ops or levels or frame.timed or frame.lapse) and len(frame.numbers) == 1 and codes:
        asked.ops.add("exactly")  # « en quelle année 3 449 admissions? »
    tests, ends = asked.ops & set(_TESTS), asked.ops & {*_ENDS, "nth"}
    by_year = asked.of_years and not (levels or frame.lapse or "change" in asked.ops) and bool(ends or tests)
    if by_year and len(codes) == 1:
        asked.swap({"sum"})  # « toutes régions réunies »: they are one territory already
    if "change" in asked.ops and asked.stems(_PERCENT) and len(codes) < 2:
        asked.swap({"share"})  # « de combien de pour cent… »: of the change
    yearly = "yearly" in frame.ops and "mean" not in asked.ops and not (frame.years or frame.dates)
    asked.spent |= {"yearly", "year"} if yearly else set()
    asked.spent |= {"apart"} if not ends and (yearly or levels or len(names) > 1 or names[0].endswith("/*")) else set()
    found: list[Measure] = []
    for family in names:
        known = ms.periods(ds, family)
        if len(known) < 2 and (yearly or "change" in asked.ops):
            only = f"n’est donné qu’une fois, {ms.when(known[0])}" if known else "n’est pas donné"
            none = f"{NBSP}: aucune variation ne s’en tire" if "change" in asked.ops else ""
            only = f"Ce chiffre {only}{none}."
            return refusal(only, f"Comment ont évolué les admissions {above(ds, codes)}?")
        own = of_family(ds, frame, family, each_year="change" in asked.ops or by_year or yearly)
        if isinstance(own, Reply):
            return own
        found += own
    whens = {own.period for own in found}
    asked.spent |= {op for op, n in (("first", 0), ("last", -1)) if whens <= {ms.periods(ds, f)[n] for f in names}}
    if "share" in asked.ops:
        shared = _shares(asked, found)
        if isinstance(shared, Reply):
            return shared
        found, codes = shared, asked.codes
        asked.swap({"share"})
        asked.spent |= {"region"} if codes and level_of(ds, codes[0]) == "mrc" else set()
        levels -= {"region", "direction"} if codes and not ends | tests | (asked.ops & {"rank"}) else set()
    elif names == [ADMISSIONS] and not (asked.ops or frame.timed or levels or frame.ops & {"last", "first", "yearly"}):
        # Over the whole period, and in the last year: nobody has said which.
        above_mrc = codes and all(level_of(ds, code) != "mrc" for code in codes)
        found += [ms.measure(ds, ADMISSIONS, adm.years(ds)[-1])] if above_mrc else []
    others = levels - {level_of(ds, code) for code in codes}
    if not others and (refused := next(filter(None, (absent(ds, own, asked.codes) for own in found)), None)):
        return refused
    if "change" in asked.ops:
        return _changes(asked, found)
    if "mean" in asked.ops and len(frame.levels) == 1 and others and len(codes) < 2 and ds.config.province not in codes:
        asked.codes, others = codes_of(ds, frame.levels[0], codes), set()
        if refused := absent(ds, found[0], asked.codes[:1]):
            return refused
    if by_year or (ends and len(names) == 1 and names[0].endswith("/*")):
        return _along(asked, found)
    if "nth" in ends and not (ends & _ENDS) and len(codes) == 1 and not frame.levels:
        named = {m.before for m in frame.mentions if any(meaning.code == codes[0] for meaning in m.meanings)}
        if level_of(ds, codes[0]) == "region" and named & {"en", "au", "aux", "dans", "a"}:
            levels = others = {"mrc"}  # « le deuxième rang en Chaudière-Appalaches »
        else:
            asked.swap({"nth"}, {"rank"})
    if asked.ops & {*ends, *tests} or ("rank" in asked.ops and frame.levels and (others - {"region"} or not codes)):
        if not tests:
            asked.swap({"rank"})
        return _among(asked, found, levels)
    if "rank" in asked.ops:
        return _rank(asked, found)
    if not others:
        return _values(asked, found)
    asked.swap({"compare"})
    return _among(asked, found, levels)


# --- One figure, or several side by side ------------------------------------------------------------------------------


def _values(asked: _Asked, found: list[Measure]) -> Reply | None:
    ds, ops = asked.ds, asked.ops
    if not asked.codes and all(own.indicator == ms.AGREEMENTS for own in found):
        asked.codes = [ds.config.direction]  # the plan has them for the direction and its regions
    codes = asked.codes
    if not codes:
        return ask_place(ds, found[0])
    cells = [(own, code, own.of(code)) for code in codes for own in found]
    figures = [q for *_, q in cells]
    if "mean" in ops:
        return _mean(asked, found, figures)
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
        if total is None:
            return refusal("Ces chiffres ne s’additionnent pas.", *instead(ds, asked.frame, found[0]))
        told = ms.parted(total) if total.unit == "%" else full(total)
        said, values = (
            f"{said} En tout{NBSP}: {told}.",
            [*numbers([total])[: 1 if total.unit != "%" else None], *values],
        )
        if out := asked.frame.left_out:
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
        gap = gap_to(
            *((other, one) if one.territory == other.territory and one.period < other.period else (one, other))
        )
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


def _mean(asked: _Asked, found: list[Measure], figures: list[Quantity]) -> Reply | None:
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
    bodies = {r.key.category == "francisation_mandataries" for q in found for r in q.inputs}
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


def _shares(asked: _Asked, found: list[Measure]) -> list[Measure] | Reply:
    """The measures as shares, of their territory or of another one that contains them."""
    ds, frame, codes = asked.ds, asked.frame, asked.codes
    whole = _whole(asked, found[0])
    total, chosen = found[0].category == "total", asked.ops & {*_ENDS, *_TESTS, "nth", "rank"}
    if whole is not None:
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
    chosen = chosen if not (chosen & _ENDS and frame.numbers) else set()
    if found[0].indicator == ADMISSIONS and "mrc" in frame.levels and chosen and not frame.timed:
        return [ms.share_of_region(ds)]
    return refusal("La source ne permet pas de calculer cette part.", *instead(ds, frame, found[0]))


def _whole(asked: _Asked, own: Measure) -> str | None:
    """The territory that a share is taken of, where one is named."""
    ds, codes, levels, total = asked.ds, asked.codes, asked.frame.levels, own.category == "total"
    around = [code for code in codes if all(inside(ds, other, code) for other in codes if other != code)]
    if len(codes) > 1 and around and "compare" not in asked.ops:
        # « la part des femmes au Bas-Saint-Laurent et au Québec » compares; « des femmes du Québec » is a whole.
        return around[0] if total or around[0] in asked.frame.wholes else None
    if len(codes) == 1 and asked.ops & {*_ENDS, *_TESTS, "rank", "nth"} and total:
        return codes[0] if codes[0] == ds.config.province and own.indicator != "immigrant_population" else None
    if codes and "direction" in levels:
        return ds.config.direction if all(inside(ds, code, ds.config.direction) for code in codes) else None
    mrc = len(codes) == 1 and level_of(ds, codes[0]) == "mrc" and "region" in levels
    return ds.region_of(codes[0]) if mrc else None


# --- Over the years ---------------------------------------------------------------------------------------------------


def _changes(asked: _Asked, found: list[Measure]) -> Reply | None:
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
    if asked.ops & _ENDS and (levels or codes in ([], [ds.config.direction])):
        asked.swap(_ENDS, {"lowest" if down != ("lowest" in asked.ops) else "highest"})
        return _among(asked, [own], levels or {"region"})
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


# --- Territories, years or categories put in order --------------------------------------------------------------------


@dataclass(frozen=True)
class _Items:
    """What is put in order, by its name: territories of a level, years or categories. words: what one, and several, are
    called; after: what ends the sentence."""

    found: Mapping[str, tuple[Measure, str, Quantity]]
    words: tuple[str, str]
    scope: str
    after: str
    view: Slide
    own: Measure

    @property
    def figures(self) -> dict[str, Quantity]:
        return {name: q for name, (_, _, q) in self.found.items()}

    def said(self, name: str, *, again: bool = False) -> str:
        own, _, quantity = self.found[name]
        named = "" if self.words[0] == "catégorie" else f"{name}, "
        return named + (own.brief(quantity) if again and named else own.said(quantity))

    def apart(self, ds: Dataset) -> str:
        """Those that have no rank, and why."""
        left = sum(not q.reliable for q in self.figures.values())
        few = f"moins de {number(ds.config.unreliable_below)} admissions"
        said = f" Rang parmi les taux fiables; {number(left)} {self.words[left > 1]} ({few}) sans rang."
        return said if left else ""


def _along(asked: _Asked, found: list[Measure]) -> Reply | None:
    """The years, or the categories, of one territory in order."""
    ds, codes, last = asked.ds, asked.codes, found[-1]
    if len({own.indicator for own in found}) > 1:
        return None
    if len(codes) != 1 or set(asked.frame.levels) - {level_of(ds, c) for c in codes}:
        return ask_place(ds, last) if not codes and not asked.frame.levels else None
    years = len({own.period for own in found}) > 1
    known = {own.period if years else own.noun: own for own in found if own.category != "not_available"}
    if len(known) < 2:
        return None
    after = f" (de {found[0].period[:4]} à {last.period[:4]})" if years else f" {found[0].when}"
    cells = {name: (own, codes[0], own.of(codes[0])) for name, own in known.items()}
    words = ("année", "années") if years else ("catégorie", "catégories")
    items = _Items(cells, words, f" {where(ds, codes[0])}", after, view_of(ds, last, codes), last)
    return _tested(asked, items) if asked.ops & set(_TESTS) else _ordered(asked, items)


def _among(asked: _Asked, found: list[Measure], levels: set[str]) -> Reply | None:
    """The territories of a level in order, listed, or those on one side of a number."""
    ds, codes, own = asked.ds, asked.codes, found[0]
    if len(found) > 1 or len(asked.frame.levels) > 1:
        return None
    group = _group(asked, own, next(iter(asked.frame.levels or levels), ""))
    if isinstance(group, Reply):
        return group
    level, members = group
    one = codes[0] if len(codes) == 1 else ""
    # What stands under several names is those territories themselves.
    scope = f" {where(ds, one)}" if one and members != codes else ""
    cells = {ds.name(code): (own, code, own.of(code)) for code in members}
    view = ms.view(ds, own, members[0]) if level == "mrc" else ms.view_of_all(ds, own)
    if view.kind == "mrc":
        place = one if one and level_of(ds, one) == "region" else ds.config.direction
        view = view.choosing(**{query.TERRITORY: place, query.MRC: None})
    items = _Items(cells, LEVELS[level], scope, f" {own.when}" if own.when else "", view, own)
    if asked.ops & set(_TESTS):
        return _tested(asked, items, named=members == codes)
    return _ordered(asked, items) if asked.ops else _listed(asked, items)


def _group(asked: _Asked, own: Measure, level: str) -> tuple[str, list[str]] | Reply:
    """The level and the territories that are put in order; a question where neither is said."""
    ds, codes, tests = asked.ds, asked.codes, asked.ops & set(_TESTS)
    who = any(token.word == "qui" or token.typed.lower() == "où" for token in asked.frame.words)
    by_mrc, region = "mrc" not in own.reasons, len(codes) == 1 and level_of(ds, codes[0]) == "region"
    apart = len(codes) > 1 and not any(inside(ds, one, other) for one in codes for other in codes)
    if not level and codes == [ds.config.direction] and not tests:
        level = "region"
    elif not level and (who or len(ms.periods(ds, own.indicator)) < 2) and region and by_mrc:
        level = "mrc"
    if not level and (apart or (codes and tests)):
        return absent(ds, own, codes) or (level_of(ds, codes[0]), codes)
    level = level or ("" if by_mrc else "region")
    if not level:
        place = where(ds, codes[0]) if region else ""
        most = "le taux d’admission le plus élevé" if own.indicator == "rate" else "le plus d’admissions"
        near = [f"Quelle {word} a {most}?" for word in ("région", "MRC")]
        within = [f"Quelle MRC a {most} {place}?", f"Quelle a été la meilleure année {place}?"]
        return choice(f"Parmi les {'MRC' if region else 'régions'}, ou parmi les {'années' if region else 'MRC'}?",
                      *(within if region else near))  # fmt: skip
    if level in own.reasons:
        return refusal(f"{own.label}{NBSP}: {own.reasons[level]}.", "Quelle MRC a le plus d’admissions?")
    if ds.config.province in codes:
        return not_all(ds, level)
    group = codes_of(ds, level, codes)
    return (level, group) if group else refusal("Aucun territoire de cette sorte n’y est dans les données.")


def _ordered(asked: _Asked, items: _Items) -> Reply | None:
    """The highest, the lowest, the first few, or the one at a rank."""
    ds, frame, ops, figures = asked.ds, asked.frame, asked.ops, items.figures
    known, nth, down = ranked(figures), frame.ordinal, "lowest" in ops
    few = int(frame.numbers[0]) if frame.numbers and frame.numbers[0].isdigit() else 1
    if (
        ops >= _ENDS
        or ("nth" in ops) != (nth > 0)
        or len(frame.numbers) > 1
        or not (known and 1 <= few <= _MOST_LISTED)
    ):
        return None
    if nth > len(known):
        return refusal(f"Il n’y a que {number(len(known))} {items.words[len(known) > 1]} avec un rang.")
    sign = 1 if down else -1
    in_order = sorted(known, key=lambda name: (sign * known[name], name))
    edge = known[in_order[min(nth or few, len(in_order)) - 1]]
    first = [n for n in in_order if (known[n] == edge if nth else sign * known[n] <= sign * edge)]
    moved = figures[first[0]].derived in ("change_pct", "gap")
    if nth:
        place = 1 + sum(sign * value < sign * edge for value in known.values())
        title = f"Au {number(place)}{'er' if place == 1 else 'e'} rang{' à partir du plus bas' if down else ''}"
    elif few > 1:
        title = f"Les {number(len(first))} {'derniers' if down else 'premiers'} rangs"
    elif moved:
        title = f"La plus {'forte' if down == (edge < 0) else 'faible'} {'baisse' if edge < 0 else 'hausse'}"
        title += ", en pourcentage," if figures[first[0]].unit == "%" else ", en points,"
    elif figures[first[0]].unit == "%":
        title = f"La part la plus {'basse' if down else 'élevée'}"
    else:
        what = {"rate": "Le taux", "ratio": "Le rapport", "index": "L’indice"}.get(items.own.indicator, "Le nombre")
        title = f"{what} le plus {'bas' if down else 'élevé'}"
    among = f" parmi {number(len(known))} {items.words[1]}" if items.words[0] in ("MRC", "région") or nth else ""
    equal = " (ex æquo)" if (nth or few == 1) and len(first) > 1 else ""
    said = "; ".join(items.said(name, again=n > 0) for n, name in enumerate(first[:_MOST_LISTED]))
    of_years, members = items.words[0] == "année", {code for _, code, _ in items.found.values()}
    head: list[Decimal | int | None] = [edge, abs(edge)] if moved else []
    head = [edge, *map(int, first)] if of_years else head
    scope = [c for c in asked.codes if all(c == code or inside(ds, code, c) for code in members)]
    return asked.tell(
        f"{title}{items.scope}{among}{equal}{NBSP}: {said}{items.after}.{items.apart(ds)}", list(figures.values()),
        [*head, *numbers(figures[n] for n in first)], [items.own], items.view, *(ops & {*_ENDS, "nth"}),
        codes=[items.found[first[0]][1]] if few == 1 else asked.codes,
    ).using("numbers" if few > 1 else "nth", "year" if of_years else "", *scope)  # fmt: skip


def _tested(asked: _Asked, items: _Items, *, named: bool = False) -> Reply | None:
    """Those on one side of a number, or between two; whether it is so of a territory that is named."""
    frame, figures, of_years = asked.frame, items.figures, items.words[0] == "année"
    limits = sorted(Decimal(n) for n in (frame.percents or frame.numbers))
    shares = {q.unit for q in figures.values()} == {"%"}
    wanted = sorted(asked.ops, key=[*_TESTS, *asked.ops].index)
    if (
        set(wanted) - set(_TESTS)
        or len(limits) != len(wanted)
        or (len(wanted) > 1 and wanted != ["at_least", "at_most"])
    ):
        return None
    if (frame.percents and frame.numbers) or bool(frame.percents) != shares:
        return None
    known, pairs = ranked(figures), list(zip(wanted, limits, strict=True))
    kept = [n for n, value in known.items() if all(_TESTS[test][1](value, limit) for test, limit in pairs)]
    kept.sort(key=lambda name: order(figures[name], name))
    unit = f"{NBSP}%" if frame.percents else ""
    much = " et ".join(f"{_TESTS[test][0]} {_written(limit)}{unit}" for test, limit in pairs)
    if named:
        verdict = {n: "oui" if n in kept else "non" if n in known else "sans rang" for n in figures}
        each = (f"{items.said(n, again=at > 0)} ({much}{NBSP}: {verdict[n]})" for at, n in enumerate(figures))
        text, values = f"{'; '.join(each)}{items.after}.", list[Decimal | int | None](numbers(figures.values()))
    else:
        names = f"{NBSP}: " + "; ".join(f"{n}, {full(figures[n])}" for n in kept) if kept else ""
        counted = f"{number(len(kept))} {items.words[len(kept) > 1]} sur {number(len(known))}{items.scope}"
        what = f" ({items.own.name if of_years else items.own.label})"
        if items.own.counted:
            what = f" {items.own.counted}{'' if of_years else f' {items.own.when}'}"
        text = f"{counted} {'a' if len(kept) < 2 else 'ont'} {much}{what}{names}.{items.apart(asked.ds)}"
        values = [len(kept), *(figures[n].shown for n in kept)]
    done = (*wanted, "numbers", "percents", "year" if of_years else "")
    return asked.tell(text, list(figures.values()), values, [items.own], items.view, *done)


def _written(value: Decimal) -> str:
    return number(value, max(0, -int(value.as_tuple().exponent)))


def _listed(asked: _Asked, items: _Items) -> Reply | None:
    """Each one, from the highest to the lowest."""
    figures = items.figures
    shown = sorted(figures, key=lambda name: order(figures[name], name))[:_MOST_LISTED]
    more = f" (les {_MOST_LISTED} premiers sur {number(len(figures))})" if len(figures) > len(shown) else ""
    text = f"{items.own.label}{more}{NBSP}: {'; '.join(f'{n}, {full(figures[n])}' for n in shown)}."
    kept = [figures[n] for n in shown]
    return asked.tell(text, kept, numbers(kept), [items.own], items.view, "list")


def _rank(asked: _Asked, found: list[Measure]) -> Reply | None:
    """The rank of a territory among those of its level, in its region too for an MRC."""
    ds, codes = asked.ds, asked.codes
    if not codes:
        return choice("De quel territoire s’agit-il?", "Quel est le rang de Lévis pour les admissions?")
    lower = [c for c in codes if not any(inside(ds, other, c) for other in codes)]
    if len(found) > 1 or len(lower) != 1:
        return None
    code, own, level = lower[0], found[0], level_of(ds, lower[0])
    groups = {"": codes_of(ds, level, [])}
    if level == "mrc" and (region := ds.region_of(code)):
        groups = {f" {where(ds, region)}": ds.mrc_codes(region), **groups}
    # « rang sur 31 » says how many there are.
    if level not in ("mrc", "region") or set(asked.frame.numbers) - {str(len(group)) for group in groups.values()}:
        return None
    if ds.config.province in codes:
        return not_all(ds, level)
    figure = own.of(code)
    text, values, every = (
        f"{capital(where(ds, code))}, {own.said(figure)} {own.when}",
        list[Decimal | int | None](),
        [figure],
    )
    said = []
    for place, group in groups.items() if figure.reliable else ():
        figures = {c: own.of(c) for c in group}
        every, standing = list(figures.values()), rank(figures, code)
        if standing is None:
            return None
        only = "" if all(q.reliable for q in every) else " (taux fiables seulement)"
        nth = f"{number(standing.place)}{'er' if standing.place == 1 else 'e'}{' ex æquo' * standing.tied}"
        said.append(f"{nth} sur {number(standing.among)}{place}{only}")
        values.append(standing.place)
    if said:
        text += f"{NBSP}: {listed(said)}" + (" parmi toutes les MRC" if level == "mrc" else " parmi les régions")
    return asked.tell(f"{text}.", every, [*values, figure.shown], found, ms.view(ds, own, code), "rank",
                      codes=[code]).using(*codes, "region", "numbers")  # fmt: skip


def _count_of_places(asked: _Asked) -> Reply | None:
    """« Combien de MRC au Bas-Saint-Laurent? »"""
    ds, frame, codes = asked.ds, asked.frame, asked.codes
    counts = frame.ops & {"how_many", "list", "belongs"} and len(frame.levels) == 1
    if not counts or asked.ops - {"sum", "belongs"} or frame.timed or frame.numbers or frame.unclear or frame.beyond():
        return None
    level = frame.levels[0]
    if ds.config.province in codes:
        return not_all(ds, level)
    group = codes_of(ds, level, codes)
    place = listed([where(ds, code) for code in codes]) if codes else "dans les données"
    named = f"{NBSP}: {listed([ds.name(code) for code in group])}" if 0 < len(group) <= _MOST_LISTED else ""
    text = f"{capital(place)}, {number(len(group))} {LEVELS[level][len(group) > 1]}{named}."
    return Reply("answer", text, (Decimal(len(group)),), view=Slide("indicateur", {query.INDICATOR: "admissions"}),
                 chips=chips(ds, frame, codes, [], "count"), asked=frame.asked,
                 used=frozenset({level, "sum", "belongs", "apart", *codes})) if group else None  # fmt: skip

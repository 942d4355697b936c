"""What a question does with figures: show, order, count, follow, compare. One function each, on any measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from dashboard.indicators import admissions as adm
from dashboard.indicators.comparison import gap_to
from dashboard.indicators.quantity import Quantity, add
from dashboard.model import Dataset
from dashboard.model.periods import Period
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import full, listed
from dashboard.questions import choosing
from dashboard.questions import measures as ms
from dashboard.questions.changing import changes, mean
from dashboard.questions.frame import PLAN, Frame
from dashboard.questions.measures import ADMISSIONS, Measure
from dashboard.questions.ordering import ENDS, TESTS, along, among, count_of_places, rank_of
from dashboard.questions.places import (
    LEVELS,
    above,
    absent,
    ask_place,
    codes_of,
    inside,
    instead,
    is_count,
    level_of,
    view_of,
)
from dashboard.questions.reply import Reply, choice, refusal
from dashboard.questions.telling import numbers, tell, where
from dashboard.wording.numbers import NBSP, number, signed

# What changes nothing to a figure.
HARMLESS: Final = frozenset({"courtesy", "define", "how_many", "list", "apart", "last", "first", "speak", "yearly"})
_PAIRS: Final = frozenset({"compare", "difference", "times"})
_MOST_CELLS: Final = 24
_PERCENT: Final = frozenset({"cent", "pourcentage", "pourcent", "%", "pct"})


def answer(ds: Dataset, frame: Frame) -> Reply | None:
    """The figure that a frame asks for; None where it asks for something else than a figure."""
    about_plan = set(frame.subjects) & {*PLAN, "targets"}
    if frame.beyond("subject", "category", "breakdown", "indicator") or about_plan:
        return None
    codes = frame.territories
    if frame.left_out:
        rest = _rest(ds, frame)
        if rest is None:
            return None
        frame = rest
    spent = {"without", *frame.left_out, *codes} if frame.left_out else set[str]()
    ops = _operations(frame, spent)
    families = choosing.families(ds, frame)
    if not families:
        if (
            "share" not in ops
            and ops & ENDS
            and {"grand", "petit"} & {token.stem for token in frame.words}
            and frame.levels
        ):
            near = (f"Quelle {LEVELS[frame.levels[0]][0]} a le plus {of}?" for of in ("d’admissions", "d’habitants"))
            return choice("Par les admissions, ou par la population?", *near)
        counted = count_of_places(ds, frame, ops)
        if counted is not None or not _of_admissions(frame, ops):
            return counted or _persons(ds, frame)
        families = [ADMISSIONS]
    joined = {"et", "ou"} & {token.word for token in frame.words}
    of_one = {family.partition("/")[0] for family in families}
    if choosing.crossing(frame) or (len(of_one) > 1 and (not joined or of_one & {"rate", "ratio"})):
        return refusal("La source ne donne pas ces deux choses l’une par l’autre.", *_apart(ds, frame))
    if families == ["people"]:
        found = choosing.people(ds, frame)
        if isinstance(found, Reply):
            return found
        families = [found]
    reply = None if frame.unclear else _of(ds, frame, families, ops, spent)
    if reply is None:
        return None
    # Whatever names what is counted makes the measures: see choosing.families.
    kinds = ("subject", "category", "breakdown", "indicator")
    return reply.using(*spent, *(code for kind in kinds for code in frame.get(kind)), *(["year"] * frame.timed))


def _rest(ds: Dataset, frame: Frame) -> Frame | None:
    """« La direction sans la Capitale-Nationale »: the other territories of that level, to be added up."""
    whole, out = frame.territories, frame.left_out
    levels = {level_of(ds, code) for code in out}
    if len(whole) != 1 or len(levels) != 1 or frame.levels or frame.ops - HARMLESS - {"sum", "without"}:
        return None
    if whole == [ds.config.province] or not all(inside(ds, code, whole[0]) for code in out):
        return None
    left = [code for code in codes_of(ds, levels.pop(), whole) if code not in out]
    kinds = {**frame.kinds, "operation": [*(op for op in frame.get("operation") if op != "without"), "sum"]}
    return replace(frame, territories=left, kinds=kinds) if left else None


def _operations(frame: Frame, spent: set[str]) -> set[str]:
    """The operations that are asked for, those that words alone would confuse told apart; those told are spent."""
    ops = set(frame.ops - HARMLESS)
    if "admissions" in frame.subjects and "result" in ops:
        ops.discard("result")  # « combien d’admissions ont eu lieu? »
        spent.add("result")
    if (than := ops & {"more", "less"}) and not (frame.numbers or frame.percents):
        ops = (ops - than) | {"compare"}
        spent |= than
    if (ends := ops & ENDS) and len(frame.territories) + len(frame.years) > 1 and _than(frame):
        ops = (ops - ends) | {"compare"}
        spent |= ends
    if "compare" in ops and ops & (ENDS | set(TESTS) | {"change", "difference", "times", "nth"}):
        ops.discard("compare")
        spent.add("compare")
    if "highest" in ops and "difference" in ops and len(frame.territories) == 2 and not frame.levels:
        ops.discard("highest")  # « laquelle a reçu le plus, et avec quel écart? »: both are shown
        spent.add("highest")
    if "progress" in ops:
        ops = (ops - {"progress"}) | {"change"}
        spent.add("progress")
    if of_years := ops & {"peak", "trough"}:
        spent |= of_years if not frame.levels else set()
        # A summit is that of the years, where no territories are ranked.
        ops = (ops - of_years) | ({"highest"} if "peak" in ops else set()) | ({"lowest"} if "trough" in ops else set())
        if not frame.levels and "year" not in frame.get("level"):
            frame.kinds.setdefault("level", []).append("year")
    return ops


def _than(frame: Frame) -> bool:
    """« plus élevé qu’au Québec » compares; « le plus élevé » does not."""
    read = " ".join(token.word for token in frame.words).replace("est ce que", "").replace("est ce qu", "").split()
    superlative = any(one in ("le", "la", "les") and other in ("plus", "moins") for one, other in pairwise(read))
    return not superlative and bool({"qu", "que"} & set(read[1:]))


def _of_admissions(frame: Frame, ops: set[str]) -> bool:
    """Whether a question without a subject can only be about the admissions: they alone have years, ranks, changes."""
    placed = frame.territories or frame.unclear or frame.levels
    asked = frame.timed or ops or "yearly" in frame.ops or choosing.received(frame)
    return not frame.beyond() and bool(placed) and bool(asked)


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


def _apart(ds: Dataset, frame: Frame) -> list[str]:
    """The categories asked for one by one."""
    code = next((ds.region_of(c) or c for c in frame.territories), ds.config.direction)
    found = []
    for family in frame.get("category")[:2]:
        own = ms.measure(ds, family, ds.periods(family.partition("/")[0])[-1])
        found.append(f"{own.asked} {where(ds, code)} {own.when}?")
    return found


def _of(ds: Dataset, frame: Frame, families: list[str], ops: set[str], spent: set[str]) -> Reply | None:
    """The measures that are asked for, as shares or changes where it is so, and what is done with them."""
    codes, ends = list(frame.territories), ops & (ENDS | {"nth"})
    tests = ops & set(TESTS)
    numbered = "year" in frame.get("level") and not (ops or frame.levels or frame.timed or frame.lapse)
    if numbered and len(frame.numbers) == 1 and codes:
        ops, tests = {"exactly"}, {"exactly"}  # « en quelle année 3 449 admissions? »
    of_years = "year" in frame.get("level") and not (frame.levels or frame.lapse or "change" in ops)
    by_year = bool(ends or tests) and of_years
    if by_year and len(codes) == 1:
        spent |= ops & {"sum"}
        ops.discard("sum")  # « toutes régions réunies »: they are one territory already
    if "change" in ops and _PERCENT & {token.word for token in frame.words} and len(codes) < 2:
        spent |= ops & {"share"}
        ops.discard("share")  # « de combien de pour cent… »: of the change
    yearly = "yearly" in frame.ops and "mean" not in ops and not (frame.years or frame.dates)
    spent |= {"yearly", "year"} if yearly else set()
    each = yearly or frame.levels or len(families) > 1 or families[0].endswith("/*")
    spent |= {"apart"} if each and not ends else set()
    found: list[Measure] = []
    for family in families:
        if yearly and len(known := ms.periods(ds, family)) == 1:
            near = f"Combien de personnes admises {above(ds, codes)} par année?"
            return refusal(f"Ce chiffre n’est donné qu’une fois, {ms.when(known[0])}.", near)
        if "change" in ops and len(ms.periods(ds, family)) < 2:
            near = f"Comment ont évolué les admissions {above(ds, codes)}?"
            return refusal(
                f"La source ne donne ce chiffre qu’à une date ou pour une année{NBSP}: aucune variation ne s’en tire.",
                near,
            )
        own = choosing.of_family(ds, frame, family, each_year="change" in ops or by_year or yearly)
        if isinstance(own, Reply):
            return own
        found += own
    whens = {own.period for own in found}
    spent |= {op for op, n in (("first", 0), ("last", -1)) if whens <= {ms.periods(ds, f)[n] for f in families}}
    if "index" in ops:
        return _index(ds, frame, found, families, ops - {"index"})
    levels = set(frame.levels)
    if "share" in ops:
        shared = _shares(ds, frame, found, codes, ops)
        if isinstance(shared, Reply):
            return shared
        found, codes = shared
        ops.discard("share")
        spent.add("share")
        spent |= {"region"} if codes and level_of(ds, codes[0]) == "mrc" else set()
        levels -= {"region", "direction"} if not ends | (ops & set(TESTS)) and codes else set()
    elif _both_periods(ds, frame, families, codes, ops):
        # Over the whole period, and in the last year: nobody has said which.
        found.append(ms.measure(ds, ADMISSIONS, adm.years(ds)[-1]))
    if "change" in ops:
        spent |= ops & {"difference", *ENDS} | {"change", "yearly", "year"}
        spent |= set() if frame.timed else {"first", "last"}
        spent |= {s for s in frame.spans if found and (s[:4], s[5:]) == (found[0].period, found[-1].period)}
        return changes(ds, frame, found, codes, ops - {"change", "difference"})
    if "mean" in ops:
        spent |= {"yearly", "year"}
        return mean(ds, frame, found, codes, ops - {"mean"})
    if by_year or (ends and len(families) == 1 and families[0].endswith("/*")):
        return along(ds, frame, found, codes, ops)
    others = levels - {level_of(ds, code) for code in codes}
    if "nth" in ops and not (ops & ENDS) and len(codes) == 1 and not frame.levels:
        if level_of(ds, codes[0]) == "region" and _inside_of(frame, codes[0]):
            frame.kinds["level"] = ["mrc"]  # « le deuxième rang en Chaudière-Appalaches »
        else:
            ops = (ops - {"nth"}) | {"rank"}
            spent.add("nth")
    if ends & ops or ops & set(TESTS) or ("rank" in ops and frame.levels and (others - {"region"} or not codes)):
        placed = set() if ops & set(TESTS) else ops & {"rank"}
        spent |= placed
        return among(ds, frame, found, codes, ops - placed)
    if "rank" in ops:
        return rank_of(ds, frame, found, codes, ops)
    if frame.numbers or frame.percents:
        return None
    if not others:
        return _values(ds, frame, found, codes, ops)
    spent |= ops & {"compare"}
    return among(ds, frame, found, codes, ops - {"compare"})


def _inside_of(frame: Frame, code: str) -> bool:
    """Whether a territory is named as the place where something is: « en Gaspésie »."""
    named = [m for m in frame.mentions if any(meaning.code == code for meaning in m.meanings)]
    return any(m.before in ("en", "au", "aux", "dans", "a") for m in named)


def _both_periods(ds: Dataset, frame: Frame, families: list[str], codes: list[str], ops: set[str]) -> bool:
    above = codes and all(level_of(ds, code) != "mrc" for code in codes)
    told = ops or frame.timed or frame.levels or frame.ops & {"last", "first", "yearly"}
    return families == [ADMISSIONS] and bool(above) and not told


# --- One figure, or several side by side ------------------------------------------------------------------------------


def _values(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> Reply | None:
    if not codes and all(own.indicator == ms.AGREEMENTS for own in found):
        codes = [ds.config.direction]  # the plan has them for the direction and its regions
    if not codes:
        return ask_place(ds, found[0])
    for own in found:
        if refused := absent(ds, own, codes):
            return refused
    if len(codes) * len(found) > _MOST_CELLS:
        return refusal("C’est trop à la fois; en demander moins.", *instead(ds, frame, found[0]))
    cells = [(own, code, own.of(code)) for code in codes for own in found]
    if len(cells) == 1 and cells[0][2].value is None:
        # The source leaves this figure out: neither zero nor lost.
        near = f"{found[0].asked} {where(ds, ds.config.direction)} {found[0].when}?"
        said = _one(found[0], cells[0][2])
        return refusal(f"{capital(where(ds, codes[0]))}, {said}; ce n’est pas zéro pour autant.", near)
    alone = len(cells) < 2 or (len(cells) > 2 and ops & {"difference", "times"})
    if ops - {"sum", *_PAIRS} or (ops & _PAIRS and alone):
        return None
    quantities = [q for *_, q in cells]
    values: list[Decimal | int | None] = list(numbers(quantities))
    said = _said(ds, found, codes, cells)
    if len(found) > 1 and len(codes) == 1 and not ops and len({own.indicator for own in found}) == 1:
        # The categories of one indicator: their shares too, with their base.
        shares = [share for own in found if (share := ms.as_share(ds, own))]
        if len(shares) == len(found) == len({own.category for own in found}) and found[0].indicator != ms.PERMITS:
            said = _said(ds, shares, codes, [(share, codes[0], share.of(codes[0])) for share in shares])
            values += numbers(share.of(codes[0]) for share in shares)
    if "sum" in ops and len(cells) > 1:
        total = _sum(ds, quantities, codes)
        if total is None:
            return refusal("Ces chiffres ne s’additionnent pas.", *instead(ds, frame, found[0]))
        said, values = f"{said} En tout{NBSP}: {full(total)}.", [total.shown, *values]
        if frame.left_out:
            out = listed([ds.name(code) for code in frame.left_out])
            region = ds.region_of(frame.left_out[0]) if level_of(ds, codes[0]) == "mrc" else None
            said = f"{where(ds, region or ds.config.direction)}, sans {out}, {found[0].said(total)} {found[0].when}."
            values = [total.shown]
    alike = len({own.indicator for own in found}) == 1
    if ops & {"difference", "times"} and not alike:
        asked = (f"{own.asked} {where(ds, codes[0])} {own.when}?" for own in found[:2])
        return refusal("Ces deux chiffres ne comptent pas la même chose; ils ne se comparent pas.", *asked)
    if ops & _PAIRS and len(cells) == 2 and alike and found[0].indicator != ms.AGREEMENTS:
        said, values = _compared(said, values, quantities, ops)
    done = {"difference", "times"} if len(cells) == 2 and alike and found[0].indicator != ms.AGREEMENTS else set()
    done &= ops
    named = "share" if "share" in frame.ops else "value"
    view = view_of(ds, found[0], codes)
    reply = tell(ds, frame, said, quantities, values=values, view=view, codes=codes, measures=found, ops=(named,))
    return reply.using("sum", "compare", *done)


def _compared(
    said: str, values: list[Decimal | int | None], pair: list[Quantity], ops: set[str]
) -> tuple[str, list[Decimal | int | None]]:
    one, other = pair
    # From the earlier to the later of two years.
    gap = gap_to(*((other, one) if one.territory == other.territory and one.period < other.period else (one, other)))
    if gap.value is not None and gap.shown is not None:
        said += f" Écart{NBSP}: {signed(gap.value, gap.decimals)}{f'{NBSP}points' if gap.unit == 'points' else ''}."
        values = [abs(gap.shown), *values] if "difference" in ops else [*values, gap.shown]
    if "times" in ops and one.shown and other.shown:
        times = max(one.shown, other.shown) / min(one.shown, other.shown)
        said += f" Rapport{NBSP}: {number(times, 1)} fois."
        values = [times.quantize(Decimal("0.1")), *values]
    return said, values


def _sum(ds: Dataset, found: Sequence[Quantity], codes: Sequence[str]) -> Quantity | None:
    """The sum of counts of territories or years that do not overlap; None for anything else."""
    spans = [set(Period.of(q.period).years) if q.period else set[str]() for q in found]
    same = all(p == spans[0] for p in spans)
    disjoint = sum(map(len, spans)) == len(set().union(*spans)) and len(codes) == 1
    nested = any(inside(ds, one, other) for one in codes for other in codes)
    bodies = {r.key.category == "francisation_mandataries" for q in found for r in q.inputs}
    unlike = len({q.unit for q in found}) > 1 or len(bodies) > 1
    if any(not is_count(q) for q in found) or nested or unlike or not (same or disjoint):
        return None
    return add(list(found), found[0].label, codes[0])


def _said(
    ds: Dataset, found: Sequence[Measure], codes: Sequence[str], cells: Sequence[tuple[Measure, str, Quantity]]
) -> str:
    """« Au Bas-Saint-Laurent, 135 personnes admises à titre permanent en 2019. », one place or period after another."""
    whens = list(dict.fromkeys(own.when for own in found))
    once = len(whens) == 1
    parts = []
    told, one = set[tuple[str, str]](), len(set(map(_what, found))) == 1
    for code in codes:
        own = []
        for m, _, q in (cell for cell in cells if cell[1] == code):
            again = _what(m) in told and q.value is not None and one
            own.append(f"{m.brief(q) if again else _one(m, q)}{'' if once else f' {m.when}'}")
            told.add(_what(m))
        parts.append(f"{where(ds, code)}, {('; ' if len(codes) == 1 else ', ').join(own)}")
    end = "" if not once else f" {whens[0]}" if len(codes) == 1 else f", {whens[0]}"
    return f"{'; '.join(parts)}{end}."


def _what(own: Measure) -> tuple[str, str]:
    return own.indicator, own.category


def _one(own: Measure, quantity: Quantity) -> str:
    if quantity.value is not None or own.indicator == ms.AGREEMENTS:
        return own.said(quantity)
    return f"{own.label}{NBSP}: non mentionné dans le plan"


def _index(ds: Dataset, frame: Frame, found: list[Measure], families: list[str], ops: set[str]) -> Reply | None:
    first = adm.years(ds)[0]
    periods = list(dict.fromkeys(own.period for own in found)) if frame.timed else [adm.years(ds)[-1]]
    periods = [p for p in periods if p != first] or periods  # « 2015 = 100 »
    ops -= {"compare", "if", "result"}
    if families != [ADMISSIONS] or ops or set(frame.numbers) - {"100"} or not set(periods) <= set(adm.years(ds)):
        return None
    found = [ms.index(ds, year) for year in periods]
    reply = _values(ds, frame, found, list(frame.territories), ops)
    return reply and reply.using("index", "result", "if", "compare", "numbers", first)


# --- Shares -----------------------------------------------------------------------------------------------------------


def _shares(
    ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]
) -> tuple[list[Measure], list[str]] | Reply:
    """The measures as shares, of their territory or of another one that contains them, and the territories left."""
    whole = _whole(ds, frame, found, codes, ops)
    if whole is not None:
        codes = [code for code in codes if code != whole]
        if refused := absent(ds, found[0], [whole]):
            return refused
        if "sum" in ops and len(codes) > 1:
            return _share_of_all(ds, frame, found, codes, whole)
        return [ms.share_of(ds, own, whole) for own in found], codes
    if (
        found[0].category == "total"
        and len(codes) == 1
        and len(frame.levels) == 1
        and _above_level(ds, frame, codes[0])
    ):
        # « la plus grande part des admissions de Chaudière-Appalaches », among its MRC.
        return [ms.share_of(ds, own, codes[0]) for own in found], codes
    shares = [ms.as_share(ds, own) for own in found]
    if all(shares):
        return [own for own in shares if own is not None], codes
    if found[0].indicator in (ADMISSIONS, ms.PERMITS) and codes:
        above = ds.region_of(codes[0]) if level_of(ds, codes[0]) == "mrc" else ds.config.province
        if above and all(inside(ds, code, above) for code in codes):
            return [ms.share_of(ds, own, above) for own in found], codes
    chosen = ops & (ENDS | set(TESTS) | {"nth", "rank"}) and not (ops & ENDS and frame.numbers)
    if found[0].indicator == ADMISSIONS and "mrc" in frame.levels and chosen and not frame.timed:
        return [ms.share_of_region(ds)], codes
    return refusal("La source ne permet pas de calculer cette part.", *instead(ds, frame, found[0]))


def _share_of_all(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], whole: str) -> Reply:
    """What several territories are together of another one."""
    own, parts = found[0], [found[0].of(code) for code in codes]
    total = _sum(ds, parts, codes)
    if total is None or len(found) > 1:
        return refusal("Ces chiffres ne s’additionnent pas.", *instead(ds, frame, own))
    share = ms.share_of(ds, replace(own, of=lambda code: own.of(code) if code == whole else total), whole)
    figure = share.of(codes[0])
    said = f"{listed([where(ds, code) for code in codes])}, en tout, {share.said(figure)} {own.when}."
    return tell(ds, frame, said, [figure, *parts], values=numbers([figure]), view=view_of(ds, own, codes), codes=codes,
                measures=[own], ops=("share", "sum"))  # fmt: skip


def _above_level(ds: Dataset, frame: Frame, code: str) -> bool:
    """Whether the territories of the level that is named stand inside one."""
    order_ = ("mrc", "region", "direction", "province")
    own = level_of(ds, code)
    return own != "province" and order_.index(frame.levels[0]) < order_.index(own)


def _whole(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> str | None:
    """The territory that a share is taken of, where one is named."""
    around = [code for code in codes if all(inside(ds, other, code) for other in codes if other != code)]
    total = found[0].category == "total"
    if len(codes) > 1 and around and "compare" not in ops:
        # « la part des femmes au Bas-Saint-Laurent et au Québec » compares; « des femmes du Québec » is a whole.
        return around[0] if total or around[0] in frame.wholes else None
    if len(codes) == 1 and ops & (ENDS | set(TESTS) | {"rank", "nth"}) and total:
        province = codes[0] == ds.config.province and found[0].indicator != "immigrant_population"
        return codes[0] if province else None
    if codes and "direction" in frame.levels:
        return ds.config.direction if all(inside(ds, code, ds.config.direction) for code in codes) else None
    if len(codes) == 1 and level_of(ds, codes[0]) == "mrc" and "region" in frame.levels:
        return ds.region_of(codes[0])
    return None


# --- Territories, years or categories put in order --------------------------------------------------------------------


# --- Over the years ---------------------------------------------------------------------------------------------------

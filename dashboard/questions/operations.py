"""What a question does with figures: show, order, count, follow, compare. One function each, on any measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from dashboard.deck.slides import Slide
from dashboard.indicators import admissions as adm
from dashboard.indicators.comparison import MOST, gap_to
from dashboard.indicators.quantity import Quantity, add
from dashboard.indicators.ranking import order, rank, ranked
from dashboard.model import Dataset
from dashboard.model.periods import Period
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import full, listed
from dashboard.questions import choosing
from dashboard.questions import measures as ms
from dashboard.questions.choosing import inside
from dashboard.questions.frame import PLAN, Frame
from dashboard.questions.measures import ADMISSIONS, Measure
from dashboard.questions.reply import Reply, choice, refusal
from dashboard.questions.telling import chips, numbers, tell, where
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, number, signed

# What changes nothing to a figure.
HARMLESS: Final = frozenset({"courtesy", "define", "how_many", "list", "apart", "last", "first", "speak", "yearly"})
_ENDS: Final = frozenset({"highest", "lowest"})
_PAIRS: Final = frozenset({"compare", "difference", "times"})
_TESTS: Final[Mapping[str, tuple[str, Callable[[Decimal, Decimal], bool]]]] = {
    "more": ("plus de", lambda value, limit: value > limit),
    "less": ("moins de", lambda value, limit: value < limit),
    "at_least": ("au moins", lambda value, limit: value >= limit),
    "at_most": ("au plus", lambda value, limit: value <= limit),
    "exactly": ("exactement", lambda value, limit: value == limit),
}
_MOST_LISTED: Final = 12
_MOST_CELLS: Final = 24
_LEVELS: Final = {"mrc": ("MRC", "MRC"), "region": ("région", "régions"), "direction": ("direction", "directions")}
_PERCENT: Final = frozenset({"cent", "pourcentage", "pourcent", "%", "pct"})
_DOWN: Final = frozenset({"baiss", "diminu", "diminut", "recul", "chut", "baissent", "tomb"})


def answer(ds: Dataset, frame: Frame) -> Reply | None:
    """The figure that a frame asks for; None where it asks for something else than a figure."""
    about_plan = set(frame.subjects) & {*PLAN, "targets"}
    if frame.beyond("subject", "category", "breakdown", "indicator") or about_plan:
        return None
    ops = _operations(frame)
    families = choosing.families(ds, frame)
    if not families:
        if ops & _ENDS and {"grand", "petit"} & {token.stem for token in frame.words} and frame.levels:
            near = (f"Quelle {_LEVELS[frame.levels[0]][0]} a le plus {of}?" for of in ("d’admissions", "d’habitants"))
            return choice("Par les admissions, ou par la population?", *near)
        counted = _count_of_places(ds, frame, ops)
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
    return None if frame.unclear else _of(ds, frame, families, ops)


def _operations(frame: Frame) -> set[str]:
    """The operations that are asked for, those that words alone would confuse told apart."""
    ops = set(frame.ops - HARMLESS)
    if ops & set(_TESTS) and not (frame.numbers or frame.percents):
        ops = (ops - set(_TESTS)) | ({"compare"} if ops - {"exactly"} & set(_TESTS) else set())
    if ops & _ENDS and len(frame.territories) + len(frame.years) > 1 and _than(frame):
        ops = (ops - _ENDS) | {"compare"}
    if ops - {"compare"} & (_ENDS | set(_TESTS) | {"change", "difference", "times", "nth"}):
        ops.discard("compare")
    if "highest" in ops and "difference" in ops and len(frame.territories) == 2 and not frame.levels:
        ops.discard("highest")  # « laquelle a reçu le plus, et avec quel écart? »: both are shown
    if "peak" in ops:
        # A summit is that of the years, where no territories are ranked.
        ops = (ops - {"peak"}) | {"highest"}
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


def _of(ds: Dataset, frame: Frame, families: list[str], ops: set[str]) -> Reply | None:
    """The measures that are asked for, as shares or changes where it is so, and what is done with them."""
    codes, ends = list(frame.territories), ops & (_ENDS | {"nth"})
    tests = ops & set(_TESTS)
    numbered = "year" in frame.get("level") and not (ops or frame.levels or frame.timed or frame.lapse)
    if numbered and len(frame.numbers) == 1 and codes:
        ops, tests = {"exactly"}, {"exactly"}  # « en quelle année 3 449 admissions? »
    of_years = "year" in frame.get("level") and not (frame.levels or frame.lapse or "change" in ops)
    by_year = bool(ends or tests) and of_years
    if "change" in ops and _PERCENT & {token.word for token in frame.words} and len(codes) < 2:
        ops.discard("share")  # « de combien de pour cent… »: of the change
    yearly = "yearly" in frame.ops and not frame.timed and "mean" not in ops
    found: list[Measure] = []
    for family in families:
        if yearly and len(known := ms.periods(ds, family)) == 1:
            near = f"Combien de personnes admises {_above(ds, codes)} par année?"
            return refusal(f"Ce chiffre n’est donné qu’une fois, {ms.when(known[0])}.", near)
        if "change" in ops and len(ms.periods(ds, family)) < 2:
            near = f"Comment ont évolué les admissions {_above(ds, codes)}?"
            return refusal(
                "La source ne donne ce chiffre qu’à une date ou pour une année: aucune variation ne s’en tire.", near
            )
        own = choosing.of_family(ds, frame, family, each_year="change" in ops or by_year or yearly)
        if isinstance(own, Reply):
            return own
        found += own
    if "index" in ops:
        return _index(ds, frame, found, families, ops - {"index"})
    levels = set(frame.levels)
    if "share" in ops:
        shared = _shares(ds, frame, found, codes, ops)
        if isinstance(shared, Reply):
            return shared
        found, codes = shared
        ops.discard("share")
        levels -= {"region", "direction"} if not ends | (ops & set(_TESTS)) and codes else set()
    elif _both_periods(ds, frame, families, codes, ops):
        # Over the whole period, and in the last year: nobody has said which.
        found.append(ms.measure(ds, ADMISSIONS, adm.years(ds)[-1]))
    if "change" in ops:
        return _changes(ds, frame, found, codes, ops - {"change", "difference"})
    if "mean" in ops:
        return _mean(ds, frame, found, codes, ops - {"mean"})
    if by_year or (ends and len(families) == 1 and families[0].endswith("/*")):
        return _along(ds, frame, found, codes, ops)
    others = levels - {_level(ds, code) for code in codes}
    if "nth" in ops and not (ops & _ENDS) and len(codes) == 1 and not frame.levels:
        if _level(ds, codes[0]) == "region" and _inside_of(frame, codes[0]):
            frame.kinds["level"] = ["mrc"]  # « le deuxième rang en Chaudière-Appalaches »
        else:
            ops = (ops - {"nth"}) | {"rank"}
    if ends & ops or ops & set(_TESTS) or ("rank" in ops and frame.levels and (others - {"region"} or not codes)):
        return _among(ds, frame, found, codes, ops - {"rank"})
    if "rank" in ops:
        return _rank(ds, frame, found, codes, ops)
    if frame.numbers or frame.percents:
        return None
    return _among(ds, frame, found, codes, ops - {"compare"}) if others else _values(ds, frame, found, codes, ops)


def _inside_of(frame: Frame, code: str) -> bool:
    """Whether a territory is named as the place where something is: « en Gaspésie »."""
    named = [m for m in frame.mentions if any(meaning.code == code for meaning in m.meanings)]
    return any(m.before in ("en", "au", "aux", "dans", "a") for m in named)


def _both_periods(ds: Dataset, frame: Frame, families: list[str], codes: list[str], ops: set[str]) -> bool:
    above = codes and all(_level(ds, code) != "mrc" for code in codes)
    told = ops or frame.timed or frame.levels or frame.ops & {"last", "first", "yearly"}
    return families == [ADMISSIONS] and bool(above) and not told


def _level(ds: Dataset, code: str) -> str:
    return ds.territories[code].level


def _above(ds: Dataset, codes: list[str]) -> str:
    """In the region of the first territory, or in the territory itself above the regions."""
    return where(ds, ds.region_of(codes[0]) or codes[0] if codes else ds.config.direction)


def ask_place(ds: Dataset, own: Measure) -> Reply:
    """Of which territory: it is never guessed."""
    every = [ds.config.direction, *ds.region_codes()[:4], ds.config.province]
    places = [code for code in every if _level(ds, code) not in own.reasons]
    return choice("De quel territoire s’agit-il?", *(f"{own.asked} {where(ds, code)} {own.when}?" for code in places))


# --- One figure, or several side by side ------------------------------------------------------------------------------


def _values(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> Reply | None:
    if not codes and all(own.indicator == ms.AGREEMENTS for own in found):
        codes = [ds.config.direction]  # the plan has them for the direction and its regions
    if not codes:
        return ask_place(ds, found[0])
    for own in found:
        if refused := choosing.absent(ds, own, codes):
            return refused
    if len(codes) * len(found) > _MOST_CELLS:
        return refusal("C’est trop à la fois; en demander moins.", *_instead(ds, frame, found[0]))
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
            return refusal("Ces chiffres ne s’additionnent pas.", *_instead(ds, frame, found[0]))
        said, values = f"{said} En tout{NBSP}: {full(total)}.", [total.shown, *values]
    alike = len({own.indicator for own in found}) == 1
    if ops & {"difference", "times"} and not alike:
        asked = (f"{own.asked} {where(ds, codes[0])} {own.when}?" for own in found[:2])
        return refusal("Ces deux chiffres ne comptent pas la même chose; ils ne se comparent pas.", *asked)
    if ops & _PAIRS and len(cells) == 2 and alike and found[0].indicator != ms.AGREEMENTS:
        said, values = _compared(said, values, quantities, ops)
    named = "share" if "share" in frame.ops else "value"
    view = _view_of(ds, found[0], codes)
    return tell(ds, frame, said, quantities, values=values, view=view, codes=codes, measures=found, ops=(named,))


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
    if any(not _is_count(q) for q in found) or nested or unlike or not (same or disjoint):
        return None
    return add(list(found), found[0].label, codes[0])


def _is_count(quantity: Quantity) -> bool:
    return quantity.value is not None and (quantity.observed or quantity.formula == "somme")


def _said(
    ds: Dataset, found: Sequence[Measure], codes: Sequence[str], cells: Sequence[tuple[Measure, str, Quantity]]
) -> str:
    """« Au Bas-Saint-Laurent, 135 personnes admises à titre permanent en 2019. », one place or period after another."""
    whens = list(dict.fromkeys(own.when for own in found))
    once = len(whens) == 1
    parts = []
    for code in codes:
        own = [f"{_one(m, q)}{'' if once else f' {m.when}'}" for m, c, q in cells if c == code]
        parts.append(f"{where(ds, code)}, {('; ' if len(codes) == 1 else ', ').join(own)}")
    end = "" if not once else f" {whens[0]}" if len(codes) == 1 else f", {whens[0]}"
    return f"{'; '.join(parts)}{end}."


def _one(own: Measure, quantity: Quantity) -> str:
    if quantity.value is not None or own.indicator == ms.AGREEMENTS:
        return own.said(quantity)
    return f"{own.label}{NBSP}: non mentionné dans le plan"


def _view_of(ds: Dataset, own: Measure, codes: Sequence[str]) -> Slide:
    """The view of one territory, or the comparison of several."""
    if len(codes) == 1:
        return ms.view(ds, own, codes[0])
    year = {query.YEAR: own.period} if own.entry == "admissions-annee" else {}
    entry = own.entry or ADMISSIONS
    return Slide("comparer", {query.COMPARED: ",".join(codes[:MOST]), query.INDICATOR: entry, **year})


def _index(ds: Dataset, frame: Frame, found: list[Measure], families: list[str], ops: set[str]) -> Reply | None:
    first, numbers_ = adm.years(ds)[0], list(frame.numbers)
    periods = list(dict.fromkeys(own.period for own in found)) if frame.timed else [adm.years(ds)[-1]]
    based = numbers_ == ["100"] or any(token.word == "base" for token in frame.words)
    if based and numbers_ in ([], ["100"]) and len(periods) > 1 and first in periods:
        numbers_, periods = [], [p for p in periods if p != first]  # « 2015 = 100 »
    if families != [ADMISSIONS] or ops - {"compare"} or numbers_ or not set(periods) <= set(adm.years(ds)):
        return None
    return _values(ds, frame, [ms.index(ds, year) for year in periods], list(frame.territories), ops)


# --- Shares -----------------------------------------------------------------------------------------------------------


def _shares(
    ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]
) -> tuple[list[Measure], list[str]] | Reply:
    """The measures as shares, of their territory or of another one that contains them, and the territories left."""
    whole = _whole(ds, frame, found, codes, ops)
    if whole is not None:
        codes = [code for code in codes if code != whole]
        refused = choosing.absent(ds, found[0], [whole])
        return refused or ([ms.share_of(ds, own, whole) for own in found], codes)
    shares = [ms.as_share(ds, own) for own in found]
    if all(shares):
        return [own for own in shares if own is not None], codes
    if found[0].indicator in (ADMISSIONS, ms.PERMITS) and codes:
        above = ds.region_of(codes[0]) if _level(ds, codes[0]) == "mrc" else ds.config.province
        if above and all(inside(ds, code, above) for code in codes):
            return [ms.share_of(ds, own, above) for own in found], codes
    chosen = ops & (_ENDS | set(_TESTS) | {"nth", "rank"}) and not (ops & _ENDS and frame.numbers)
    if found[0].indicator == ADMISSIONS and "mrc" in frame.levels and chosen and not frame.timed:
        return [ms.share_of_region(ds)], codes
    return refusal("La source ne permet pas de calculer cette part.", *_instead(ds, frame, found[0]))


def _instead(ds: Dataset, frame: Frame, own: Measure) -> list[str]:
    code = frame.territories[0] if frame.territories else ds.config.direction
    return [f"{own.asked} {where(ds, code)} {own.when}?"] if _level(ds, code) not in own.reasons else []


def _whole(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> str | None:
    """The territory that a share is taken of, where one is named."""
    around = [code for code in codes if all(inside(ds, other, code) for other in codes if other != code)]
    total = found[0].category == "total"
    if len(codes) > 1 and around and "compare" not in ops:
        # « la part des femmes au Bas-Saint-Laurent et au Québec » compares; « des femmes du Québec » is a whole.
        return around[0] if total or around[0] in frame.wholes else None
    if len(codes) == 1 and ops & (_ENDS | set(_TESTS) | {"rank", "nth"}) and total:
        province = codes[0] == ds.config.province and found[0].indicator != "immigrant_population"
        return codes[0] if province else None
    if codes and "direction" in frame.levels:
        return ds.config.direction if all(inside(ds, code, ds.config.direction) for code in codes) else None
    if len(codes) == 1 and _level(ds, codes[0]) == "mrc" and "region" in frame.levels:
        return ds.region_of(codes[0])
    return None


# --- Territories, years or categories put in order --------------------------------------------------------------------


@dataclass(frozen=True)
class Items:
    """What is put in order, by its name: territories of a level, years or categories. said: each in words; words: what
    one, and several, are called; after: what ends the sentence; codes: the territory that each is of."""

    found: Mapping[str, Quantity]
    said: Mapping[str, str]
    words: tuple[str, str]
    scope: str
    after: str
    view: Slide
    own: Measure
    codes: Mapping[str, str]

    def apart(self, ds: Dataset) -> str:
        """Those that have no rank, and why."""
        left = sum(not q.reliable for q in self.found.values())
        if not left:
            return ""
        few = f"moins de {number(ds.config.unreliable_below)} admissions"
        return f" Rang parmi les taux fiables; {number(left)} {self.words[left > 1]} ({few}) sans rang."


def _along(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> Reply | None:
    """The years, or the categories, of one territory in order."""
    years = len({own.period for own in found}) > 1
    if len(codes) != 1 or set(frame.levels) - {_level(ds, c) for c in codes}:
        return ask_place(ds, found[-1]) if not codes and not frame.levels else None
    if refused := choosing.absent(ds, found[-1], codes):
        return refused
    known = {own.period if years else own.noun: own for own in found if own.category != "not_available"}
    figures = {name: own.of(codes[0]) for name, own in known.items()}
    said = {
        name: f"{name}, {own.said(figures[name])}" if years else own.said(figures[name]) for name, own in known.items()
    }
    words = ("année", "années") if years else ("catégorie", "catégories")
    after = f" (de {found[0].period[:4]} à {found[-1].period[:4]})" if years else f" {found[0].when}"
    items = Items(figures, said, words, f" {where(ds, codes[0])}", after, _view_of(ds, found[-1], codes), found[-1],
                  dict.fromkeys(figures, codes[0]))  # fmt: skip
    if ops & set(_TESTS):
        return _tested(ds, frame, items, ops, named=False)
    return _ordered(ds, frame, items, ops)


def _among(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> Reply | None:
    """The territories of a level in order, listed, or those on one side of a number."""
    if len(found) > 1 or len(frame.levels) > 1:
        return None
    own = found[0]
    group = _group(ds, frame, own, codes, ops)
    if isinstance(group, Reply):
        return group
    level, members = group
    figures = {ds.name(code): own.of(code) for code in members}
    # What stands under several names is those territories themselves.
    scope = f" {where(ds, codes[0])}" if len(codes) == 1 and members != codes else ""
    said = {ds.name(code): f"{ds.name(code)}, {own.said(figures[ds.name(code)])}" for code in members}
    after = "" if {q.derived for q in figures.values()} & {"change_pct", "gap"} else f" {own.when}"
    items = Items(figures, said, _LEVELS[level], scope, after, _view_among(ds, own, level, codes), own,
                  {ds.name(code): code for code in members})  # fmt: skip
    if ops & set(_TESTS):
        return _tested(ds, frame, items, ops, named=members == codes)
    return _ordered(ds, frame, items, ops) if ops else _listed(ds, frame, items)


def _group(ds: Dataset, frame: Frame, own: Measure, codes: list[str], ops: set[str]) -> tuple[str, list[str]] | Reply:
    """The level and the territories that are put in order; a question where neither is said."""
    level = frame.levels[0] if frame.levels else "region" if codes == [ds.config.direction] else ""
    who = any(token.word == "qui" or token.typed.lower() == "où" for token in frame.words)
    if not level and who and codes and {_level(ds, c) for c in codes} == {"region"} and "mrc" not in own.reasons:
        level = "mrc" if len(codes) == 1 else ""
    apart = len(codes) > 1 and not any(inside(ds, one, other) for one in codes for other in codes)
    if (apart and not level) or (codes and not level and ops & set(_TESTS)):
        refused = choosing.absent(ds, own, codes)
        return refused or (_level(ds, codes[0]), codes)
    if not level:
        if len(codes) == 1 and _level(ds, codes[0]) == "region":
            place = where(ds, codes[0])
            near = [f"Quelle MRC a le plus d’admissions {place}?", f"Quelle a été la meilleure année {place}?"]
            return choice("Parmi les MRC, ou parmi les années?", *near)
        near = [f"Quelle {word} a le plus d’admissions?" for word in ("région", "MRC")]
        return choice("Parmi les régions, ou parmi les MRC?", *near)
    if level in own.reasons:
        return refusal(f"{own.label}{NBSP}: {own.reasons[level]}.", "Quelle MRC a le plus d’admissions?")
    if ds.config.province in codes:
        return _not_all(ds, level)
    group = choosing.codes_of(ds, level, codes)
    return (level, group) if group else refusal("Aucun territoire de cette sorte n’y est dans les données.")


def _not_all(ds: Dataset, level: str) -> Reply:
    """The data have some territories of Québec: nothing is said of all of them."""
    many = number(len(choosing.codes_of(ds, level, [])))
    said = f"Les données n’ont que {many} {_LEVELS[level][1]}{NBSP}: rien ne peut être dit de tout le Québec."
    return refusal(said, "Quelle MRC a le plus d’admissions?", "Combien de MRC?")


def _view_among(ds: Dataset, own: Measure, level: str, codes: list[str]) -> Slide:
    region = codes[0] if len(codes) == 1 and _level(ds, codes[0]) == "region" else None
    if level == "mrc" and own.indicator in (ADMISSIONS, "rate"):
        kind = "taux" if own.indicator == "rate" else "nombre"
        return Slide("mrc", {query.TERRITORY: region or ds.config.direction, query.MEASURE: kind})
    return ms.view_of_all(ds, own)


_TITLES: Final = {"rate": ("Le taux", ""), "ratio": ("Le rapport", "")}


def _ordered(ds: Dataset, frame: Frame, items: Items, ops: set[str]) -> Reply | None:
    """The highest, the lowest, the first few, or the one at a rank."""
    known = ranked(items.found)
    nth, few = frame.ordinal, int(frame.numbers[0]) if frame.numbers and frame.numbers[0].isdigit() else 1
    if ops - {*_ENDS, "nth"} or ops >= _ENDS or ("nth" in ops) != (nth > 0) or (nth and frame.numbers):
        return None
    if len(frame.numbers) > 1 or frame.percents or not known or not 1 <= few <= _MOST_LISTED:
        return None
    if nth > len(known):
        return refusal(f"Il n’y a que {number(len(known))} {items.words[len(known) > 1]} avec un rang.")
    down = "lowest" in ops
    sign = 1 if down else -1
    in_order = sorted(known, key=lambda name: (sign * known[name], name))
    edge = known[in_order[min(nth or few, len(in_order)) - 1]]
    first = [n for n in in_order if (known[n] == edge if nth else sign * known[n] <= sign * edge)]
    word, fem = _TITLES.get(items.own.indicator, ("Le nombre", ""))
    if items.found[first[0]].unit == "%" and items.own.indicator != "ratio":
        word, fem = "La part", "e"
    title = f"{word} {'l' + ('a' if fem else 'e')} plus {'bas' if down else 'élevé'}{'se' if fem and down else fem}"
    moved = items.found[first[0]].derived in ("change_pct", "gap")
    if moved:
        title = f"La plus {'forte' if down == (edge < 0) else 'faible'} {'baisse' if edge < 0 else 'hausse'}"
        title += ", en pourcentage," if items.found[first[0]].unit == "%" else ", en points,"
    if nth:
        place = 1 + sum(sign * value < sign * edge for value in known.values())
        title = f"Au {number(place)}{'er' if place == 1 else 'e'} rang{' à partir du plus bas' if down else ''}"
    elif few > 1:
        title = f"Les {number(len(first))} {'derniers' if down else 'premiers'} rangs"
    among = f" parmi {number(len(known))} {items.words[1]}" if items.words[0] in ("MRC", "région") or nth else ""
    equal = " (ex æquo)" if (nth or few == 1) and len(first) > 1 else ""
    said = "; ".join(items.said[name] for name in first[:_MOST_LISTED])
    codes = list(dict.fromkeys(items.codes[n] for n in first)) if few == 1 else frame.territories
    years = [int(n) for n in first if items.words[0] == "année"]
    head: list[Decimal | int | None] = [edge, *years] if years else [edge, abs(edge)] if moved else []
    return tell(
        ds, frame, f"{title}{items.scope}{among}{equal}{NBSP}: {said}{items.after}.{items.apart(ds)}",
        list(items.found.values()), view=items.view, codes=codes[:1] if few == 1 else codes, measures=[items.own],
        values=[*head, *numbers(items.found[n] for n in first)],
        ops=tuple(sorted(ops)),
    )  # fmt: skip


def _tested(ds: Dataset, frame: Frame, items: Items, ops: set[str], *, named: bool) -> Reply | None:
    """Those on one side of a number, or between two; whether it is so of a territory that is named."""
    limits = [Decimal(n) for n in (frame.percents or frame.numbers)]
    shares = {q.unit for q in items.found.values()} == {"%"}
    if len(limits) != len(ops) or (frame.percents and frame.numbers) or bool(frame.percents) != shares:
        return None
    wanted = sorted(ops, key=list(_TESTS).index)
    if len(wanted) > 1 and wanted != ["at_least", "at_most"]:
        return None
    limits.sort()
    known = ranked(items.found)
    kept = [n for n, v in known.items() if all(_TESTS[o][1](v, limit) for o, limit in zip(wanted, limits, strict=True))]
    kept.sort(key=lambda name: order(items.found[name], name))
    unit = f"{NBSP}%" if frame.percents else ""
    much = " et ".join(f"{_TESTS[o][0]} {_written(limit)}{unit}" for o, limit in zip(wanted, limits, strict=True))
    if named:
        verdict = {n: "oui" if n in kept else "non" if n in known else "sans rang" for n in items.found}
        said = "; ".join(f"{items.said[n]} ({much}{NBSP}: {verdict[n]})" for n in items.found)
        values: list[Decimal | int | None] = list(numbers(items.found.values()))
        text = f"{said}{items.after}."
    else:
        names = f"{NBSP}: " + "; ".join(f"{n}, {full(items.found[n])}" for n in kept) if kept else ""
        counted = f"{number(len(kept))} {items.words[len(kept) > 1]} sur {number(len(known))}{items.scope}"
        what = items.own.name if items.words[0] == "année" else items.own.label
        text = f"{counted} {'a' if len(kept) < 2 else 'ont'} {much} ({what}){names}.{items.apart(ds)}"
        values = [len(kept), *(items.found[n].shown for n in kept)]
    return tell(ds, frame, text, list(items.found.values()), values=values, view=items.view, codes=frame.territories,
                measures=[items.own], ops=tuple(wanted))  # fmt: skip


def _written(value: Decimal) -> str:
    return number(value, max(0, -int(value.as_tuple().exponent)))


def _listed(ds: Dataset, frame: Frame, items: Items) -> Reply | None:
    """Each one, from the highest to the lowest."""
    if frame.numbers or frame.percents:
        return None
    shown = sorted(items.found, key=lambda name: order(items.found[name], name))[:_MOST_LISTED]
    left = len(items.found) - len(shown)
    more = f" (les {_MOST_LISTED} premiers sur {number(len(items.found))})" if left else ""
    text = f"{items.own.label}{more}{NBSP}: {'; '.join(f'{n}, {full(items.found[n])}' for n in shown)}."
    return tell(ds, frame, text, [items.found[n] for n in shown], values=numbers(items.found[n] for n in shown),
                view=items.view, codes=frame.territories, measures=[items.own], ops=("list",))  # fmt: skip


def _rank(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> Reply | None:
    """The rank of a territory among those of its level, in its region too for an MRC."""
    if not codes:
        return choice("De quel territoire s’agit-il?", "Quel est le rang de Lévis pour les admissions?")
    lower = [c for c in codes if not any(inside(ds, other, c) for other in codes)]
    if len(found) > 1 or ops != {"rank"} or frame.numbers or len(lower) != 1:
        return None
    code, own = lower[0], found[0]
    level = _level(ds, code)
    if level not in ("mrc", "region"):
        return None
    if ds.config.province in codes:
        return _not_all(ds, level)
    if refused := choosing.absent(ds, own, [code]):
        return refused
    groups = {"": choosing.codes_of(ds, level, [])}
    if level == "mrc" and (region := ds.region_of(code)):
        groups = {f" {where(ds, region)}": ds.mrc_codes(region), **groups}
    figure = own.of(code)
    text, values = f"{capital(where(ds, code))}, {own.said(figure)} {own.when}", list[Decimal | int | None]()
    every = [figure]
    if figure.reliable:
        said = []
        for place, group in groups.items():
            figures = {c: own.of(c) for c in group}
            every = list(figures.values())
            standing = rank(figures, code)
            if standing is None:
                return None
            only = "" if all(q.reliable for q in every) else " (taux fiables seulement)"
            nth = f"{number(standing.place)}{'er' if standing.place == 1 else 'e'}{' ex æquo' * standing.tied}"
            said.append(f"{nth} sur {number(standing.among)}{place}{only}")
            values.append(standing.place)
        text += f"{NBSP}: {listed(said)}" + (" parmi toutes les MRC" if level == "mrc" else " parmi les régions")
    return tell(ds, frame, f"{text}.", every, values=[*values, figure.shown], view=ms.view(ds, own, code), codes=[code],
                measures=found, ops=("rank",))  # fmt: skip


def _count_of_places(ds: Dataset, frame: Frame, ops: set[str]) -> Reply | None:
    """« Combien de MRC au Bas-Saint-Laurent? »"""
    asked = frame.ops & {"how_many", "list", "belongs"} and len(frame.levels) == 1
    if not asked or ops - {"sum", "belongs"} or frame.timed or frame.numbers or frame.unclear or frame.beyond():
        return None
    level = frame.levels[0]
    if ds.config.province in frame.territories:
        return _not_all(ds, level)
    codes = choosing.codes_of(ds, level, frame.territories)
    place = listed([where(ds, code) for code in frame.territories]) if frame.territories else "dans les données"
    named = f"{NBSP}: {listed([ds.name(code) for code in codes])}" if 0 < len(codes) <= _MOST_LISTED else ""
    text = f"{capital(place)}, {number(len(codes))} {_LEVELS[level][len(codes) > 1]}{named}."
    return Reply("answer", text, (Decimal(len(codes)),), view=Slide("indicateur", {query.INDICATOR: "admissions"}),
                 chips=chips(ds, frame, frame.territories, [], "count"), asked=frame.asked)  # fmt: skip


# --- Over the years ---------------------------------------------------------------------------------------------------


def _changes(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> Reply | None:
    """From the first to the last year named, from the year before when one is named; of a territory, or the one that
    changed the most."""
    if len({own.category for own in found}) > 1 or frame.dates or frame.numbers or frame.percents or not found:
        return None
    first, last = found[0], found[-1]
    if len(found) == 1:
        before = adm.year_before(ds, last.period)
        family = ADMISSIONS if last.indicator == ADMISSIONS else f"{last.indicator}/{last.category}"
        if before is None or last.name != ms.measure(ds, family, last.period).name:
            near = f"Comment ont évolué les admissions {_above(ds, codes)}?"
            return refusal(f"La source ne donne pas l’année d’avant {last.period}.", near)
        first = ms.measure(ds, family, before)
    own = ms.changed(ds, first, last)
    if ops & _ENDS and (frame.levels or codes in ([], [ds.config.direction])):
        down = bool(_DOWN & {token.stem for token in frame.words}) != ("lowest" in ops)
        frame.kinds["level"] = frame.levels or ["region"]
        return _among(ds, frame, [own], codes, {"lowest" if down else "highest"})
    if len(frame.levels) == 1 and not ops and not set(frame.levels) & {_level(ds, code) for code in codes}:
        codes = choosing.codes_of(ds, frame.levels[0], codes)
    elif ops or set(frame.levels) - {_level(ds, code) for code in codes}:
        return None
    if not codes:
        return ask_place(ds, last)
    if refused := choosing.absent(ds, last, codes):
        return refused
    figures = [own.of(code) for code in codes]
    if any(x.value is None for q in figures for x in q.operands):
        return None
    said = "; ".join(f"{where(ds, code)}, {own.said(q)}" for code, q in zip(codes, figures, strict=True))
    return tell(ds, frame, f"{last.name}. {capital(said)}.", figures, values=numbers(figures), codes=codes,
                measures=[last], view=_view_of(ds, last, codes), ops=("change",))  # fmt: skip


def _mean(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> Reply | None:
    """The mean by year of a period, or by territory of a level."""
    if len(found) != 1 or ops or frame.numbers or len(codes) > 1 or len(frame.levels) > 1:
        return None
    own, level = found[0], frame.levels[0] if frame.levels else ""
    if level and ("year" in frame.get("level") or "yearly" in frame.ops or ds.config.province in codes):
        return None
    if not level and (own.indicator != ADMISSIONS or own.category != "total"):
        return None
    if not level and not codes:
        return ask_place(ds, own)
    members = choosing.codes_of(ds, level, codes) if level else codes
    if refused := choosing.absent(ds, own, members[:1]):
        return refused
    figures = [own.of(code) for code in members]
    if not all(_is_count(q) for q in figures):
        return None
    total = add(figures, figures[0].label, members[0]) if level else figures[0]
    count = len(members) if level else len(Period.of(own.period).years)
    if total.shown is None or count < 2:
        return None
    mean = (total.shown / count).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
    by, over = (_LEVELS[level][0], _LEVELS[level][1]) if level else ("année", "ans")
    place = f"{where(ds, codes[0])}, " if codes else ""
    said = f"{own.name.lower()}{NBSP}: en moyenne {number(mean, 1)} par {by} {own.when}"
    text = f"{place}{said} ({full(total)} sur {number(count)} {over})."
    view = ms.view(ds, own, codes[0]) if codes else ms.view_of_all(ds, own)
    return tell(ds, frame, text, [total], values=[mean, total.shown], codes=codes, measures=found, ops=("mean",),
                view=view)  # fmt: skip

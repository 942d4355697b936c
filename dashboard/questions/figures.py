"""What a question does with figures, over territories, years or categories: which, and what is done with them."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import Final

from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.model.periods import Period
from dashboard.questions import measures as ms
from dashboard.questions import ordering, side_by_side
from dashboard.questions.asked import ENDS, HARMLESS, TESTS, Asked
from dashboard.questions.choosing import crossing, families, of_family, people, received
from dashboard.questions.frame import IS_100, PLAN, Frame
from dashboard.questions.measures import ADMISSIONS, Measure
from dashboard.questions.reply import Reply, choice, joined, refusal
from dashboard.questions.telling import LEVELS, above, absent, codes_of, inside, level_of, where
from dashboard.wording.numbers import NBSP
from dashboard.wording.slugs import flat

# « 2015 = 100 », « base 100 en 2015 »: the year that an index starts from.
_BASE_YEAR: Final = re.compile(rf"{IS_100}|\b(?:base )?100(?: (?:en|pour))? ((?:19|20)\d\d)\b|\bbase ((?:19|20)\d\d)\b")
# « Quelle MRC est la plus grande? », « où y a-t-il le plus de monde? »
_MANY: Final = frozenset({"grand", "petit", "monde", "gens"})
# « sur l’ensemble des permis », « combien du total »: what a share is of.
_BASE: Final = re.compile(r"\b(?:(?:sur|parmi|de|d|a) (?:le |la |l )|(?:du|rapport au) )(?:total|ensemble|totalite)\b")
_PERCENT: Final = frozenset({"cent", "pourcentage", "pourcent", "%", "pct"})


def answer(ds: Dataset, frame: Frame) -> Reply | None:
    """The figure that a frame asks for; None where it asks for something else than a figure."""
    if frame.beyond("subject", "category", "breakdown", "indicator") or set(frame.subjects) & {*PLAN, "targets"}:
        return None
    ops = frame.get("operation")
    ends = [[op for op in ops if op in own] for own in (("highest", "peak"), ("lowest", "trough"))]
    base = next((year for found in _BASE_YEAR.finditer(flat(frame.asked)) for year in found.groups() if year), "")
    if "index" in ops and base not in ("", adm.years(ds)[0]):
        instead = (f"Quel est l’indice des admissions {above(ds, frame.territories)} en {adm.years(ds)[-1]}?",)
        return refusal(f"L’indice des admissions a {adm.years(ds)[0]} pour base, et aucune autre année.", *instead)
    moved = frame.ops & {"change", "difference"} or ({op for own in ends for op in own} if all(ends) else set())
    if "index" in ops and moved:  # « la variation, et l’indice si 2015 = 100 »
        rests = [[op for op in ops if op not in own] for own in ({"index", "if", "result"}, moved)]
        both = [
            answer(ds, replace(frame, kinds={**frame.kinds, "operation": rest}, numbers=own, years=years))
            for rest, own, years in zip(
                rests, ([], frame.numbers), ([] if all(ends) else frame.years, frame.years), strict=True
            )
        ]
        return joined([r for r in both if r]) if all(r and r.kind == "answer" for r in both) else None
    if all(ends):  # « la meilleure année et la pire »
        rests = [[op for op in ops if op not in own] for own in sorted(ends, key=lambda own: -ops.index(own[0]))]
        both = [answer(ds, replace(frame, kinds={**frame.kinds, "operation": rest})) for rest in rests]
        return joined([r for r in both if r]) if all(r and r.kind == "answer" for r in both) else None
    asked = Asked(ds, frame, set(frame.ops - HARMLESS), list(frame.territories))
    if frame.left_out and not _rest(asked):
        return None
    _settle(asked)
    names = families(ds, frame)
    if not names:
        either = "share" not in asked.ops and frame.levels and not received(frame)
        if either and asked.ops & ENDS and asked.stems(_MANY):
            near = (f"Quelle {LEVELS[frame.levels[0]][0]} a le plus {of}?" for of in ("d’admissions", "d’habitants"))
            return choice("Par les admissions, ou par la population?", *near)
        counted = ordering.count_of_places(asked)
        # The admissions alone have years, ranks, changes: nobody has to name them.
        placed = frame.territories or frame.unclear or frame.levels
        done = frame.timed or asked.ops or "yearly" in frame.ops or received(frame)
        if counted is not None or frame.beyond() or not (placed and done):
            return counted or _persons(ds, frame)
        names = [ADMISSIONS]
    several = {name.partition("/")[0] for name in names}
    linked = {"et", "ou"} & {token.word for token in frame.words}
    if crossing(frame) or (len(several) > 1 and (not linked or several & {"rate", "ratio"})):
        code = next((ds.region_of(c) or c for c in frame.territories), ds.config.direction)
        each = (ms.measure(ds, f, ms.periods(ds, f)[-1]) for f in frame.get("category")[:2])
        near = (f"{own.asked} {where(ds, code)} {own.when}?" for own in each)
        return refusal("La source ne donne pas ces deux choses l’une par l’autre.", *near)
    if names == ["people"]:
        found = people(ds, frame)
        if isinstance(found, Reply):
            return found
        names = [found]
    alone = asked.ops & {"index", "share", "sum"} == {"index"} and not set(frame.numbers) - {"100"}
    if alone and names == [ADMISSIONS]:
        # « 2015 = 100 »: the year that the others stand for is not asked.
        years = [year for year in frame.years if year != adm.years(ds)[0]] or frame.years
        asked.spent |= {*frame.spans}
        years = [year for span in frame.spans for year in Period.of(span).years] or years
        asked.frame, names = replace(frame, years=years, spans=[], numbers=[]), ["index"]
        asked.swap({"index", "compare", "if", "result"})
        asked.spent |= {"numbers", adm.years(ds)[0]}
    reply = None if frame.unclear else _of(asked, names)
    if reply is None:
        return None
    # Whatever names what is counted makes the measures: see choosing.families.
    kinds = ("subject", "category", "breakdown", "indicator")
    return reply.using(*asked.spent, *(c for kind in kinds for c in frame.get(kind)), *(["year"] * frame.timed))


def _rest(asked: Asked) -> bool:
    """« La direction sans la Capitale-Nationale »: the other territories of that level, to be added up."""
    ds, frame, whole, out = asked.ds, asked.frame, asked.codes, asked.frame.left_out
    levels = {level_of(ds, code) for code in out}
    of_years = "year" in frame.get("level") or asked.ops & {"peak", "trough"}
    if asked.ops & {*ENDS, *TESTS} and not of_years and (frame.levels or len(whole) == 1):
        asked.ops -= {"without", "after"}  # « après Lévis, quelle MRC… »
        return True
    if len(whole) != 1 or len(levels) != 1 or frame.levels or asked.ops - {"sum", "without"}:
        return False
    if whole == [ds.config.province] or not all(inside(ds, code, whole[0]) for code in out):
        return False
    asked.spent |= {"without", *out, *whole}
    asked.ops = {"sum"}
    asked.codes = [code for code in codes_of(ds, levels.pop(), whole) if code not in out]
    return bool(asked.codes)


def _settle(asked: Asked) -> None:
    """The operations that words alone would confuse, told apart by what stands beside them."""
    frame, ops = asked.frame, asked.ops
    if "admissions" in frame.subjects:
        asked.swap({"result"})  # « combien d’admissions ont eu lieu? »
    if not (frame.numbers or frame.percents or "mean" in ops):  # « au-dessus de la moyenne » is a test
        asked.swap({"more", "less"}, {"compare"})
    if (len(asked.codes) + len(frame.years) > 1 or len(frame.get("category")) > 1) and _than(frame):
        asked.swap(ENDS, {"compare"})
    ends = len(frame.spans) == 1 or (len(frame.years) == 2 and "share" in ops)
    if ends and len(asked.codes) < 2 and not frame.levels:
        asked.swap({"difference"}, {"change"})  # « l’écart 2018-2019 »
    if asked.ops & (ENDS | set(TESTS) | {"change", "difference", "times", "nth", "rank"}):
        asked.swap({"compare"})
    if "difference" in ops and len(asked.codes) == 2 and not frame.levels:
        asked.swap({"highest"})  # « laquelle a reçu le plus, et avec quel écart? »: both are shown
    asked.swap({"progress"}, {"change"})
    of_all = "share" in ops and _BASE.search(flat(frame.asked))
    asked.swap({"sum"} if of_all or ops & {"rank", *TESTS} or (ops & ENDS and frame.levels) else ())
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


def _of(asked: Asked, names: list[str]) -> Reply | None:
    """The measures that are asked for, as shares or changes where it is so, and what is done with them."""
    ds, frame, codes, levels = asked.ds, asked.frame, asked.codes, set(asked.frame.levels)
    if asked.of_years and not (asked.ops or levels or frame.timed or frame.lapse) and len(frame.numbers) == 1 and codes:
        asked.ops.add("exactly")  # « en quelle année 3 449 admissions? »
    tests, ends = asked.ops & set(TESTS), asked.ops & {*ENDS, "nth"}
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
    if (most := ordering.majority(asked, found)) is not None:
        return most
    if "share" in asked.ops:
        shared = side_by_side.shares(asked, found)
        if isinstance(shared, Reply):
            return shared
        found, codes = shared, asked.codes
        asked.swap({"share"})
        asked.swap({"compare"} if len(found) == len(codes) == 1 else ())  # « par rapport à toutes les admissions »
        around = {ds.config.direction, ds.config.province} & {*frame.territories} or "direction" in frame.levels
        asked.spent |= {"region"} if codes and level_of(ds, codes[0]) == "mrc" and not around else set()
        if {*codes} - {ds.config.direction} and not (ends or tests or "rank" in asked.ops):
            levels -= {"region", "direction"}
    elif names == [ADMISSIONS] and not (asked.ops or frame.timed or levels or frame.ops & {"last", "first", "yearly"}):
        # Over the whole period, and in the last year: nobody has said which.
        above_mrc = codes and all(level_of(ds, code) != "mrc" for code in codes)
        found += [ms.measure(ds, ADMISSIONS, adm.years(ds)[-1])] if above_mrc else []
    if "compare" in asked.ops and codes == [ds.config.direction] and not levels:
        levels = {"region"}  # « comparez les quatre régions »
    others = levels - {level_of(ds, code) for code in codes}
    if not others and (refused := next(filter(None, (absent(ds, own, asked.codes) for own in found)), None)):
        return refused
    if "change" in asked.ops:
        return side_by_side.changes(asked, found)
    within = others and len(frame.levels) == 1 and len(codes) < 2 and ds.config.province not in codes
    if within and asked.ops & {"mean", "sum"}:
        asked.spent |= {*codes}
        asked.codes, others = codes_of(ds, frame.levels[0], codes), set()
        if refused := absent(ds, found[0], asked.codes[:1]):
            return refused
    kinds = {(own.indicator, own.period) for own in found if own.category != "total"}
    if by_year or (ends and not levels and (names[0].endswith("/*") or (len(names) > 1 and len(kinds) == 1))):
        return ordering.along(asked, found)
    if "nth" in ends and not (ends & ENDS) and len(codes) == 1 and not frame.levels:
        named = {m.before for m in frame.mentions if any(meaning.code == codes[0] for meaning in m.meanings)}
        if level_of(ds, codes[0]) == "region" and named & {"en", "au", "aux", "dans", "a"}:
            levels = others = {"mrc"}  # « le deuxième rang en Chaudière-Appalaches »
        else:
            asked.swap({"nth"}, {"rank"})
    if asked.ops & {*ends, *tests} or ("rank" in asked.ops and frame.levels and (others - {"region"} or not codes)):
        if not tests:
            asked.swap({"rank"})
        return ordering.among(asked, found, levels)
    if "rank" in asked.ops:
        return ordering.ranks(asked, found)
    if not others:
        return side_by_side.values(asked, found)
    asked.swap({"compare"})
    return ordering.among(asked, found, levels)

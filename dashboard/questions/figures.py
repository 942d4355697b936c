"""Answers made of observed figures: value, share, rank, extremes, thresholds, change, comparison, sum, mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
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
from dashboard.questions import subjects as sub
from dashboard.questions.frame import Frame
from dashboard.questions.reply import Reply, choice, refusal
from dashboard.questions.subjects import ADMISSIONS, Subject
from dashboard.questions.telling import chips, numbers, tell, where
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, number, rounded, signed

# What changes nothing to a figure.
HARMLESS: Final = frozenset({"define", "how_many", "list", "apart", "last", "speak", "yearly"})
_THRESHOLDS: Final = frozenset({"more", "less", "at_least", "at_most"})
_ENDS: Final = frozenset({"highest", "lowest"})
_PAIRS: Final = frozenset({"compare", "difference", "times"})
_MOST_LISTED: Final = 12
_MOST_CELLS: Final = 24
# « de sa région », « de la direction »: what a share is taken of.
_LEVELS_ABOVE: Final = frozenset({"region", "direction"})
_OF_PLAN: Final = frozenset({"targets", "actions", "results", "plan_indicators"})
_UNITED: Final = {
    "mrc": ("MRC", "MRC"),
    "region": ("région", "régions"),
    "direction": ("direction", "directions"),
}


def answer(ds: Dataset, frame: Frame) -> Reply | None:
    """The figure that a frame asks for; None where it asks for something else than a figure."""
    if frame.beyond("subject", "category", "breakdown", "indicator") or set(frame.subjects) & _OF_PLAN:
        return None
    ops = set(frame.ops - HARMLESS)
    if ops & _THRESHOLDS and not (frame.numbers or frame.percents):
        ops = (ops - _THRESHOLDS) | {"compare"}
    if ops & _ENDS and len(frame.territories) + len(frame.years) > 1 and _than(frame):
        ops = (ops - _ENDS) | {"compare"}
    if "compare" in ops and (ops - {"compare"}) & (_ENDS | _THRESHOLDS | {"change", "difference", "times", "mean"}):
        ops.discard("compare")
    if "peak" in ops:
        # A summit is that of the years, where no territories are ranked.
        ops = (ops - {"peak"}) | {"highest"}
        if not frame.levels:
            frame.kinds.setdefault("level", []).append("year")
    families = choosing.families(ds, frame)
    if not families:
        counted = _count_of_places(ds, frame, ops)
        if counted is not None or not _of_admissions(frame, ops):
            return counted or _persons(ds, frame)
        families = ["admissions"]
    joined = {"et", "ou"} & {token.word for token in frame.words}
    of_one = {family.partition("/")[0] for family in families}
    if choosing.crossing(frame) or (len(of_one) > 1 and (not joined or of_one & {"rate", "ratio"})):
        return refusal("La source ne donne pas ces deux choses l’une par l’autre.", *_apart(ds, frame))
    if families == ["people"]:
        found = choosing.people(ds, frame)
        if isinstance(found, Reply):
            return found
        families = [found]
    if frame.unclear:
        return None
    return _of(ds, frame, families, ops)


def _than(frame: Frame) -> bool:
    """« plus élevé qu’au Québec » compares; « le plus élevé » does not."""
    read = [token.word for token in frame.words]
    superlative = any(
        pair in (("le", "plus"), ("la", "plus"), ("les", "plus"), ("le", "moins")) for pair in pairwise(read)
    )
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
    place = where(ds, frame.territories[0])
    if not frame.ops & {"how_many"}:
        return choice(
            f"Que voulez-vous savoir de {ds.name(frame.territories[0])}?",
            f"Combien de personnes admises {place} {sub.when(adm.span(ds))}?", f"Quelle est la population {place}?",
        )  # fmt: skip
    return choice(
        "S’agit-il des personnes admises, ou de la population?",
        f"Combien de personnes admises {place} {sub.when(adm.span(ds))}?", f"Quelle est la population {place}?",
    )  # fmt: skip


def _apart(ds: Dataset, frame: Frame) -> list[str]:
    """The categories asked for one by one."""
    code = next((ds.region_of(c) or c for c in frame.territories), ds.config.direction)
    found = []
    for family in frame.get("category"):
        indicator, _, category = family.partition("/")
        subject = sub.of_category(ds, indicator, category, ds.periods(indicator)[-1])
        found.append(f"{subject.asked} {where(ds, code)} {subject.when}?")
    return found[:2]


def _of(ds: Dataset, frame: Frame, families: list[str], ops: set[str]) -> Reply | None:
    ends = ops & _ENDS
    by_year = "year" in frame.get("level") and bool(ends)
    if "change" in ops and _PERCENT & {token.word for token in frame.words} and len(frame.territories) < 2:
        ops.discard("share")  # « de combien de pour cent… »: of the change
    if "index" in ops:
        return _index(ds, frame, families, ops)
    if "mean" not in ops and (
        "change" in ops or by_year or ("yearly" in frame.ops and families == ["admissions"] and not frame.timed)
    ):
        return _over_years(ds, frame, families, ops, by_year=by_year)
    subjects: list[Subject] = []
    levels = set(frame.levels)
    for family in families:
        found = choosing.chosen(ds, frame, family)
        if isinstance(found, Reply):
            return found
        subjects += found
    if "mean" in ops:
        return _mean(ds, frame, subjects, ops)
    codes = list(frame.territories)
    above = codes and all(_level(ds, code) != "mrc" for code in codes)
    if families == ["admissions"] and above and not (ops or frame.timed or frame.levels or "last" in frame.ops):
        # Over the whole period, and in the last year: nobody has said which.
        subjects.append(sub.of_admissions(ds, adm.years(ds)[-1]))
    if "share" in ops:
        shared = _shares(ds, frame, subjects, codes, ops)
        if not isinstance(shared, tuple):
            return shared
        subjects, codes = shared
        ops.discard("share")
        levels -= _LEVELS_ABOVE
    if ends and len(families) == 1 and families[0].endswith("/*"):
        return _highest_category(ds, frame, subjects, codes, ops)
    if ends or ops & _THRESHOLDS:
        return _among(ds, frame, subjects, codes, ops)
    if "rank" in ops and "mrc" in levels - {_level(ds, code) for code in codes}:
        return _each(ds, frame, subjects, ops - {"rank"})
    if "rank" in ops:
        return _rank(ds, frame, subjects, codes, ops)
    if frame.numbers or frame.percents:
        return None
    if levels - {_level(ds, code) for code in codes}:
        return _each(ds, frame, subjects, ops)
    return _values(ds, frame, subjects, codes, ops)


def _level(ds: Dataset, code: str) -> str:
    return ds.territories[code].level


def ask_place(ds: Dataset, subject: Subject) -> Reply:
    """Of which territory: it is never guessed."""
    every = [ds.config.direction, *ds.region_codes()[:4], ds.config.province]
    places = [code for code in every if _level(ds, code) not in subject.reasons]
    questions = (f"{subject.asked} {where(ds, code)} {subject.when}?" for code in places)
    return choice("De quel territoire s’agit-il?", *questions)


# --- One figure, or several side by side ------------------------------------------------------------------------------


def _values(ds: Dataset, frame: Frame, subjects: list[Subject], codes: list[str], ops: set[str]) -> Reply | None:
    if not codes and all(subject.indicator == "agreements" for subject in subjects):
        codes = [ds.config.direction]  # the plan has them for the direction and its regions
    if not codes:
        return ask_place(ds, subjects[0])
    for subject in subjects:
        refused = choosing.absent(ds, subject, codes)
        if refused:
            return refused
    if len(codes) * len(subjects) > _MOST_CELLS:
        return refusal("C’est trop à la fois; en demander moins.", *_instead(ds, frame, subjects[0]))
    cells = [(subject, code, subject.of(code)) for code in codes for subject in subjects]
    if any(q.value is None for _, _, q in cells) and len(cells) == 1:
        return _not_given(ds, *cells[0])
    alone = len(cells) < 2 or (len(cells) > 2 and ops & {"difference", "times"})
    if ops - {"sum", *_PAIRS} or (ops & _PAIRS and alone):
        return None
    view = _view_of(ds, subjects, codes)
    found = [q for _, _, q in cells]
    values: list[Decimal | int | None] = list(numbers(found))
    said = _said(ds, subjects, codes, cells)
    if "sum" in ops and len(cells) > 1:
        total = _sum(ds, found, codes)
        if total is None:
            return None
        said, values = f"{said} En tout{NBSP}: {full(total)}.", [total.shown, *values]
    if ops & _PAIRS and len(cells) == 2 and subjects[0].indicator != "agreements":
        gap = gap_to(found[0], found[1])
        if gap.value is not None:
            unit = f"{NBSP}points" if gap.unit == "points" else ""
            said += f" Écart{NBSP}: {signed(gap.value, gap.decimals)}{unit}."
            values = (
                [gap.shown.copy_abs() if gap.shown else gap.shown, *values]
                if "difference" in ops
                else [*values, gap.shown]
            )
        if "times" in ops and found[0].shown and found[1].shown:
            times = max(found[0].shown, found[1].shown) / min(found[0].shown, found[1].shown)
            said += f" Rapport{NBSP}: {number(times, 1)} fois."
            values = [times.quantize(Decimal("0.1")), *values]
    named = ("share",) if "share" in frame.ops else ("value",)
    return tell(ds, frame, said, found, values=values, view=view, codes=codes, subjects=subjects, ops=named)


def _sum(ds: Dataset, found: Sequence[Quantity], codes: Sequence[str]) -> Quantity | None:
    """The sum of counts of territories or years that do not overlap; None for anything else."""
    periods = [set(Period.of(q.period).years) if q.period else set[str]() for q in found]
    one_period = all(p == periods[0] for p in periods)
    disjoint = sum(map(len, periods)) == len(set().union(*periods))
    nested = any(choosing.inside(ds, one, other) for one in codes for other in codes)
    if any(q.value is None or q.unit in ("%", "indice") or q.unit.startswith("pour") for q in found) or nested:
        return None
    indicators = {(row.key.indicator, row.key.category) for q in found for row in q.inputs}
    mandataries = {
        category == "francisation_mandataries" for indicator, category in indicators if indicator == "agreements"
    }
    if len({q.unit for q in found}) > 1 or len(mandataries) > 1 or not (one_period or (disjoint and len(codes) == 1)):
        return None
    return add(list(found), found[0].label, codes[0])


def _said(
    ds: Dataset, subjects: Sequence[Subject], codes: Sequence[str], cells: Sequence[tuple[Subject, str, Quantity]]
) -> str:
    """« Au Bas-Saint-Laurent, 135 personnes admises à titre permanent en 2019. », one place or period after another."""
    whens = list(dict.fromkeys(subject.when for subject in subjects))
    if len(codes) == 1:
        if len(whens) == 1:
            parts = [_one(ds, subject, q) for subject, _, q in cells]
            return f"{where(ds, codes[0])}, {'; '.join(parts)} {whens[0]}."
        return f"{where(ds, codes[0])}, {'; '.join(f'{_one(ds, s, q)} {s.when}' for s, _, q in cells)}."
    parts = []
    for code in codes:
        own = [f"{_one(ds, s, q)}{f' {s.when}' if len(whens) > 1 else ''}" for s, c, q in cells if c == code]
        parts.append(f"{where(ds, code)}, {', '.join(own)}")
    return f"{'; '.join(parts)}{f', {whens[0]}' if len(whens) == 1 else ''}."


def _one(ds: Dataset, subject: Subject, quantity: Quantity) -> str:
    if quantity.value is not None or subject.indicator == "agreements":
        return subject.said(quantity)
    return f"{subject.label}{NBSP}: non mentionné dans le plan"


def _not_given(ds: Dataset, subject: Subject, code: str, quantity: Quantity) -> Reply:
    """The source leaves this figure out: neither zero nor lost."""
    return refusal(
        f"{capital(where(ds, code))}, {_one(ds, subject, quantity)}; ce n’est pas zéro pour autant.",
        f"{subject.asked} {where(ds, ds.config.direction)} {subject.when}?",
    )


def _view_of(ds: Dataset, subjects: Sequence[Subject], codes: Sequence[str]) -> Slide:
    """The view of one territory, or the comparison of several."""
    entry = choosing.known_entry(ds, subjects[0])
    if len(codes) == 1:
        return sub.view(ds, subjects[0], codes[0])
    year = {query.YEAR: subjects[0].period} if entry == "admissions-annee" else {}
    return Slide("comparer", {query.COMPARED: ",".join(codes[:MOST]), query.INDICATOR: entry, **year})


# --- Shares -----------------------------------------------------------------------------------------------------------


def _shares(
    ds: Dataset, frame: Frame, subjects: list[Subject], codes: list[str], ops: set[str]
) -> tuple[list[Subject], list[str]] | Reply | None:
    """The subjects as shares, of their territory or of another one that contains them, and the territories left."""
    whole = _whole(ds, frame, subjects, codes, ops)
    if whole is not None:
        codes = [code for code in codes if code != whole]
        refused = choosing.absent(ds, subjects[0], [whole])
        return refused or ([sub.share_of(ds, subject, whole) for subject in subjects], codes)
    own = [sub.as_share(ds, subject) for subject in subjects]
    if all(own):
        return [subject for subject in own if subject is not None], codes
    if subjects[0].indicator in (ADMISSIONS, "temporary_permits") and codes:
        first = codes[0]
        above = ds.region_of(first) if _level(ds, first) == "mrc" else ds.config.province
        if above and all(choosing.inside(ds, code, above) for code in codes):
            return [sub.share_of(ds, subject, above) for subject in subjects], codes
    if subjects[0].indicator == ADMISSIONS and "mrc" in frame.levels and ops & (_ENDS | _THRESHOLDS):
        return [replace(
            s, of=lambda code: adm.share_of_region(ds, code), said=lambda q: f"{full(q)} des admissions de sa région",
            label="Part des admissions de la région", entry="part-region",
        ) for s in subjects], codes  # fmt: skip
    return refusal("La source ne permet pas de calculer cette part.", *_instead(ds, frame, subjects[0]))


def _instead(ds: Dataset, frame: Frame, subject: Subject) -> list[str]:
    code = frame.territories[0] if frame.territories else ds.config.direction
    return [f"{subject.asked} {where(ds, code)} {subject.when}?"] if _level(ds, code) not in subject.reasons else []


def _whole(ds: Dataset, frame: Frame, subjects: list[Subject], codes: list[str], ops: set[str]) -> str | None:
    """The territory that a share is taken of, where one is named."""
    around = [code for code in codes if all(choosing.inside(ds, other, code) for other in codes if other != code)]
    if len(codes) > 1 and around and "compare" not in ops:
        # « la part des femmes au Bas-Saint-Laurent et au Québec » compares; « des femmes du Québec » is a whole.
        if subjects[0].category == "total" or around[0] in frame.wholes:
            return around[0]
        return None
    if len(codes) == 1 and ops & (_ENDS | _THRESHOLDS | {"rank"}) and subjects[0].category == "total":
        return codes[0] if codes[0] == ds.config.province and subjects[0].indicator != "immigrant_population" else None
    if codes and "direction" in frame.levels:
        return ds.config.direction if all(choosing.inside(ds, code, ds.config.direction) for code in codes) else None
    if len(codes) == 1 and _level(ds, codes[0]) == "mrc" and "region" in frame.levels:
        return ds.region_of(codes[0])
    return None


# --- Ranks and thresholds ---------------------------------------------------------------------------------------------


def _level_of(ds: Dataset, frame: Frame, subject: Subject, codes: list[str]) -> str | None:
    """The level among which a rank is: the one named, that of the MRC of a region that is named; None when unknown."""
    if frame.levels:
        return frame.levels[0]
    if codes == [ds.config.direction]:
        return "region"
    who = any(token.word == "qui" or token.typed.lower() == "où" for token in frame.words)
    if who and codes and all(_level(ds, code) == "region" for code in codes) and "mrc" not in subject.reasons:
        return "mrc"
    return None


def _group(ds: Dataset, frame: Frame, subjects: list[Subject], codes: list[str]) -> tuple[str, list[str]] | Reply:
    """The level and the territories that are ranked; a question where neither is said."""
    subject = subjects[0]
    if len(codes) > 1 and not any(choosing.inside(ds, one, other) for one in codes for other in codes):
        return _level(ds, codes[0]), codes
    level = _level_of(ds, frame, subject, codes)
    if level is None:
        if len(codes) == 1 and _level(ds, codes[0]) == "region":
            place = where(ds, codes[0])
            near = [f"Quelle MRC a le plus d’admissions {place}?", f"Quelle a été la meilleure année {place}?"]
            return choice("Parmi les MRC, ou parmi les années?", *near)
        near = [f"Quelle {word} a le plus d’admissions?" for word in ("région", "MRC")]
        return choice("Parmi les régions, ou parmi les MRC?", *near)
    if level in subject.reasons:
        return refusal(f"{subject.label}{NBSP}: {subject.reasons[level]}.", "Quelle MRC a le plus d’admissions?")
    if ds.config.province in codes:
        return _not_all(ds, level)
    group = choosing.codes_of(ds, level, codes)
    return (level, group) if group else refusal("Aucun territoire de cette sorte n’y est dans les données.")


def _not_all(ds: Dataset, level: str) -> Reply:
    """The data have some territories of Québec: nothing is said of all of them."""
    many = number(len(choosing.codes_of(ds, level, [])))
    said = f"Les données n’ont que {many} {_UNITED[level][1]}{NBSP}: rien ne peut être dit de tout le Québec."
    return refusal(said, "Quelle MRC a le plus d’admissions?", "Combien de MRC?")


def _among(ds: Dataset, frame: Frame, subjects: list[Subject], codes: list[str], ops: set[str]) -> Reply | None:
    """The highest, the lowest, or those on one side of a number."""
    if len(subjects) > 1 or len(ops) > 1:
        return None
    found = _group(ds, frame, subjects, codes)
    if isinstance(found, Reply):
        return found
    level, group = found
    subject, op = subjects[0], next(iter(ops))
    quantities = {code: subject.of(code) for code in group}
    known = ranked(quantities)
    left = [code for code in group if not quantities[code].reliable]
    one, several = _UNITED[level]
    apart = ""
    if left:
        apart = (
            f" Parmi les {number(len(known))} taux fiables; {number(len(left))} {one if len(left) == 1 else several} "
            f"(moins de {number(ds.config.unreliable_below)} admissions) sans rang."
        )
    scope = f" {where(ds, codes[0])}" if len(codes) == 1 else ""
    view = _view_among(ds, subject, level, codes, group)
    if op in _ENDS:
        return _extreme(ds, frame, subject, quantities, op, apart=apart, scope=scope, view=view, level=level)
    if len(frame.numbers) + len(frame.percents) != 1 or bool(frame.percents) != (subject.of(group[0]).unit == "%"):
        return None
    limit = Decimal((frame.numbers or frame.percents)[0])
    kept: Mapping[str, Callable[[Decimal], bool]] = {
        "more": lambda v: v > limit, "less": lambda v: v < limit, "at_least": lambda v: v >= limit,
        "at_most": lambda v: v <= limit,
    }  # fmt: skip
    inside = sorted((c for c, v in known.items() if kept[op](v)), key=lambda c: order(quantities[c], ds.name(c)))
    said = {"more": "plus de", "less": "moins de", "at_least": "au moins", "at_most": "au plus"}[op]
    names = f"{NBSP}: " + "; ".join(f"{ds.name(c)}, {full(quantities[c])}" for c in inside) if inside else ""
    much = f"{said} {_written(limit)}{f'{NBSP}%' if frame.percents else ''}"
    counted = f"{number(len(inside))} {one if len(inside) < 2 else several} sur {number(len(known))}"
    return tell(
        ds, frame, f"{counted}{scope} {'a' if len(inside) < 2 else 'ont'} {much} ({subject.label}){names}.{apart}",
        [quantities[c] for c in group], values=[len(inside), *(quantities[c].shown for c in inside)], view=view,
        codes=codes, subjects=subjects, ops=(op,),
    )  # fmt: skip


def _written(value: Decimal) -> str:
    return number(value, max(0, -int(value.as_tuple().exponent)))


def _view_among(ds: Dataset, subject: Subject, level: str, codes: list[str], group: list[str]) -> Slide:
    region = codes[0] if len(codes) == 1 and _level(ds, codes[0]) == "region" else None
    if level == "mrc" and subject.indicator in (ADMISSIONS, "rate"):
        measure = "taux" if subject.indicator == "rate" else "nombre"
        return Slide("mrc", {query.TERRITORY: region or ds.config.direction, query.MEASURE: measure})
    year = {query.YEAR: subject.period} if subject.entry == "admissions-annee" else {}
    return Slide("indicateur", {query.INDICATOR: choosing.known_entry(ds, subject), **year})


def _extreme(
    ds: Dataset, frame: Frame, subject: Subject, quantities: Mapping[str, Quantity], op: str, *, apart: str, scope: str,
    view: Slide, level: str,
) -> Reply | None:  # fmt: skip
    known = ranked(quantities)
    if not known:
        return None
    several = int(frame.numbers[0]) if frame.numbers and frame.numbers[0].isdigit() else 1
    if len(frame.numbers) > 1 or frame.percents or not 1 <= several <= _MOST_LISTED:
        return None
    sign = -1 if op == "highest" else 1
    ordered = sorted(known, key=lambda c: (sign * known[c], ds.name(c)))
    edge = known[ordered[min(several, len(ordered)) - 1]]
    first = [c for c in ordered if sign * known[c] <= sign * edge]
    names = "; ".join(f"{ds.name(c)}, {subject.said(quantities[c])}" for c in first[:_MOST_LISTED])
    word = "le plus élevé" if op == "highest" else "le plus bas"
    many = f"Les {number(len(first))} premiers rangs" if several > 1 else f"Le nombre {word}"
    if quantities[first[0]].unit == "%" or subject.indicator in ("rate", "ratio"):
        many = many.replace("nombre", "taux" if subject.indicator == "rate" else "rapport")
    among = f" parmi {number(len(known))} {_UNITED[level][1]}"
    equal = " (ex æquo)" if several == 1 and len(first) > 1 else ""
    return tell(
        ds, frame, f"{many}{scope}{among}{equal}{NBSP}: {names} {subject.when}.{apart}",
        [quantities[c] for c in quantities], values=numbers(quantities[c] for c in first), view=view,
        codes=first[:1] if several == 1 else frame.territories, subjects=[subject], ops=(op,),
    )  # fmt: skip


def _rank(ds: Dataset, frame: Frame, subjects: list[Subject], codes: list[str], ops: set[str]) -> Reply | None:
    """The rank of a territory among those of its level, in its region too for an MRC."""
    if len(subjects) > 1 or ops != {"rank"} or frame.numbers or not codes:
        return (
            None if codes else choice("De quel territoire s’agit-il?", "Quel est le rang de Lévis pour les admissions?")
        )
    lower = [c for c in codes if not any(choosing.inside(ds, other, c) for other in codes)]
    if len(lower) != 1 or _level(ds, lower[0]) not in ("mrc", "region"):
        return None
    code, subject = lower[0], subjects[0]
    refused = choosing.absent(ds, subject, [code])
    if refused:
        return refused
    level = _level(ds, code)
    groups = [("", choosing.codes_of(ds, level, []))]
    if level == "mrc" and (region := ds.region_of(code)):
        groups.insert(0, (f" {where(ds, region)}", ds.mrc_codes(region)))
    own, said, values = subject.of(code), [], list[Decimal | int | None]()
    if not own.reliable:
        few = f"{capital(where(ds, code))}, {subject.said(own)} {subject.when}."
        return tell(ds, frame, few, [own], values=[own.shown], view=sub.view(ds, subject, code), codes=[code],
                    subjects=subjects, ops=("rank",))  # fmt: skip
    every: list[Quantity] = []
    for place, group in groups:
        found = {c: subject.of(c) for c in group}
        every = list(found.values())
        standing = rank(found, code)
        if standing is None:
            return None
        tie = ", ex æquo" if standing.tied else ""
        only = "" if all(q.reliable for q in found.values()) else " (taux fiables seulement)"
        said.append(
            f"{number(standing.place)}{'er' if standing.place == 1 else 'e'} sur {number(standing.among)}{place}"
            f"{only}{tie}"
        )
        values.append(standing.place)
    text = f"{capital(where(ds, code))}, {subject.said(own)} {subject.when}{NBSP}: {listed(said)}"
    text += " parmi toutes les MRC." if level == "mrc" else " parmi les régions."
    return tell(ds, frame, text, every, values=[*values, own.shown], view=sub.view(ds, subject, code), codes=[code],
                subjects=subjects, ops=("rank",))  # fmt: skip


def _highest_category(
    ds: Dataset, frame: Frame, subjects: list[Subject], codes: list[str], ops: set[str]
) -> Reply | None:
    """The category with the most, or the fewest, in a territory."""
    if len(codes) != 1 or len(ops) != 1:
        return ask_place(ds, subjects[0]) if not codes else None
    if refused := choosing.absent(ds, subjects[0], codes):
        return refused
    found = {n: s.of(codes[0]) for n, s in enumerate(subjects) if s.category != "not_available"}
    known = ranked(found)
    edge = (max if "highest" in ops else min)(known.values())
    first = [n for n, value in known.items() if value == edge]
    said = " et ".join(subjects[n].said(found[n]) for n in first)
    word = "la plus nombreuse" if "highest" in ops else "la moins nombreuse"
    text = f"{where(ds, codes[0])}, la catégorie {word}{NBSP}: {said} {subjects[0].when}."
    return tell(ds, frame, text, list(found.values()), values=numbers(found[n] for n in first), codes=codes,
                view=sub.view(ds, subjects[0], codes[0]), subjects=[subjects[n] for n in first],
                ops=tuple(ops))  # fmt: skip


def _each(ds: Dataset, frame: Frame, subjects: list[Subject], ops: set[str]) -> Reply | None:
    """Every territory of a level, one after the other."""
    level = frame.levels[0]
    if ds.config.province in frame.territories:
        return _not_all(ds, level)
    group = choosing.codes_of(ds, level, frame.territories)
    if ops - {"compare"} or len(frame.levels) > 1 or level == "direction" or len(subjects) != 1 or not group:
        return None
    subject = subjects[0]
    if level in subject.reasons:
        return refusal(f"{subject.label}{NBSP}: {subject.reasons[level]}.", "Quelle MRC a le plus d’admissions?")
    found = {code: subject.of(code) for code in group}
    shown = sorted(group, key=lambda c: order(found[c], ds.name(c)))[:_MOST_LISTED]
    names = "; ".join(f"{ds.name(c)}, {full(found[c])}" for c in shown)
    more = f" (les {_MOST_LISTED} premiers sur {number(len(group))})" if len(group) > _MOST_LISTED else ""
    text = f"{subject.label}{more}{NBSP}: {names}."
    view = _view_among(ds, subject, level, frame.territories, group)
    return tell(ds, frame, text, [found[c] for c in shown], values=numbers(found[c] for c in shown), view=view,
                codes=frame.territories, subjects=subjects, ops=("list",))  # fmt: skip


def _count_of_places(ds: Dataset, frame: Frame, ops: set[str]) -> Reply | None:
    """« Combien de MRC au Bas-Saint-Laurent? »"""
    if (
        len(frame.levels) != 1
        or ops - {"sum"}
        or frame.timed
        or frame.numbers
        or not frame.ops & {"how_many", "list"}
        or frame.unclear
    ):
        return None
    if frame.beyond():
        return None
    level = frame.levels[0]
    if ds.config.province in frame.territories:
        return _not_all(ds, level)
    codes = choosing.codes_of(ds, level, frame.territories)
    one, several = _UNITED[level]
    place = listed([where(ds, code) for code in frame.territories]) if frame.territories else "dans les données"
    named = f"{NBSP}: {listed([ds.name(code) for code in codes])}" if 0 < len(codes) <= _MOST_LISTED else ""
    text = f"{capital(place)}, {number(len(codes))} {one if len(codes) < 2 else several}{named}."
    return Reply("answer", text, (Decimal(len(codes)),), view=Slide("indicateur", {query.INDICATOR: "admissions"}),
                 chips=chips(ds, frame, frame.territories, [], "count"), asked=frame.asked)  # fmt: skip


# --- Over the years ---------------------------------------------------------------------------------------------------


def _index(ds: Dataset, frame: Frame, families: list[str], ops: set[str]) -> Reply | None:
    if frame.numbers == ["100"] and len(frame.years) > 1 and adm.years(ds)[0] in frame.years:
        frame.numbers.clear()  # « 2015 = 100 »
        frame.years.remove(adm.years(ds)[0])
    if families != ["admissions"] or ops - {"index", "compare"} or frame.spans or frame.dates or frame.numbers:
        return None
    years = frame.years or [adm.years(ds)[-1]]
    if any(year not in adm.years(ds) for year in years):
        found = choosing.chosen(ds, frame, "admissions")
        return found if isinstance(found, Reply) else None
    return _values(ds, frame, [sub.of_index(ds, year) for year in years], list(frame.territories), ops - {"index"})


def _over_years(ds: Dataset, frame: Frame, families: list[str], ops: set[str], *, by_year: bool) -> Reply | None:
    """A change between two years, the best or the worst year, or every year."""
    codes = list(frame.territories)
    if (
        families != ["admissions"]
        or ops - {"change", "highest", "lowest", "share", "difference"}
        or ("share" in ops and not by_year)
    ):
        if "change" in ops and len(families) == 1:
            return refusal(
                "La source ne donne ce chiffre qu’à une date ou pour une année: aucune variation ne s’en tire.",
                f"Comment ont évolué les admissions {where(ds, _above(ds, codes))}?",
            )
        return None
    apart = set(frame.levels) - {_level(ds, code) for code in codes} and not ops & _ENDS
    if frame.dates or frame.numbers or frame.percents or apart:
        return None
    periods = choosing.chosen(ds, frame, "admissions") if frame.timed else []
    if isinstance(periods, Reply):
        return periods
    spans = [year for span in frame.spans for year in Period.of(span).years]
    years = [y for y in sorted({*spans, *frame.years}) if y in adm.years(ds)] or adm.years(ds)
    if "change" in ops and ops & _ENDS and frame.levels:
        return _changes_among(ds, frame, ops, years) if set(codes) <= {ds.config.direction} else None
    if len(codes) != 1:
        return ask_place(ds, sub.of_admissions(ds, adm.years(ds)[-1])) if not codes else None
    code = codes[0]
    if _level(ds, code) == "mrc":
        return refusal(
            f"{ds.name(code)}{NBSP}: le plan ne croise pas MRC et année; aucune évolution n’y est connue.",
            f"Combien de personnes admises {where(ds, code)} {sub.when(adm.span(ds))}?",
            f"Comment ont évolué les admissions {where(ds, ds.region_of(code) or code)}?",
        )
    if "change" in ops and (by_year or ops & _ENDS):
        return None
    if "change" in ops:
        return _change(ds, frame, code, years)
    counts = {year: adm.admissions(ds, code, year) for year in years}
    if not by_year:
        subjects = [sub.of_admissions(ds, year) for year in years]
        return _values(ds, frame, subjects, codes, ops)
    known = ranked(counts)
    edge = (max if "highest" in ops else min)(known.values())
    first = [year for year, value in known.items() if value == edge]
    word = "la plus forte" if "highest" in ops else "la plus faible"
    subject = sub.of_admissions(ds, first[0])
    best = f"l’année {word} de {years[0]} à {years[-1]} est {listed(first)}{NBSP}: {subject.said(counts[first[0]])}"
    return tell(ds, frame, f"{where(ds, code)}, {best}.", list(counts.values()), values=[edge, *map(int, first)],
                codes=codes, subjects=[subject], view=sub.view(ds, subject, code), ops=tuple(ops))  # fmt: skip


def _above(ds: Dataset, codes: list[str]) -> str:
    """The region of the first territory, or the territory itself above the regions."""
    return ds.region_of(codes[0]) or codes[0] if codes else ds.config.direction


def _change(ds: Dataset, frame: Frame, code: str, years: list[str]) -> Reply | None:
    """From the first to the last year named; from the year before when one is named."""
    if len(years) == 1:
        before = adm.year_before(ds, years[0])
        if before is None:
            return refusal(
                f"La source ne donne pas l’année d’avant {years[0]}.",
                f"Comment ont évolué les admissions {where(ds, code)}?",
            )
        years = [before, years[0]]
    first, last, gap, shown = _moved(ds, code, years)
    if gap is None:
        return None
    subject = sub.of_admissions(ds, years[-1])
    text = (
        f"{where(ds, code)}, les admissions sont passées de {full(first)} en {years[0]} à {full(last)} en {years[-1]}"
        f"{NBSP}: {signed(gap, 0)}{'' if shown is None else f', soit {signed(shown, 1, chr(37))}'}."
    )
    values = [gap, abs(gap), shown, shown and abs(shown), first.shown, last.shown]
    return tell(ds, frame, text, [first, last], values=values, codes=[code], subjects=[subject],
                view=sub.view(ds, subject, code), ops=("change",))  # fmt: skip


def _moved(ds: Dataset, code: str, years: list[str]) -> tuple[Quantity, Quantity, int | None, Decimal | None]:
    """The first and the last year, the change in persons and in percent; the regions of a direction are the same."""
    first, last = (adm.admissions(ds, code, year, years[-1]) for year in (years[0], years[-1]))
    if first.value is None or last.value is None:
        return first, last, None, None
    gap = int(last.value - first.value)
    return first, last, gap, rounded(gap * 100 / first.value, 1) if first.value else None


_PERCENT: Final = frozenset({"cent", "pourcentage", "pourcent", "%", "pct"})
_DOWN: Final = frozenset({"baiss", "diminu", "diminut", "recul", "chut", "baissent", "tomb"})


def _changes_among(ds: Dataset, frame: Frame, ops: set[str], years: list[str]) -> Reply | None:
    """« Quelle région a connu la plus forte baisse en 2019? »: in percent, from one year to the other."""
    if len(years) == 1:
        years = [adm.year_before(ds, years[0]) or years[0], years[0]]
    if frame.levels not in ([], ["region"]) or len(ops & _ENDS) > 1 or len(years) < 2:
        return None
    found = {code: _moved(ds, code, years) for code in ds.region_codes()}
    known = {code: moved[3] for code, moved in found.items() if moved[3] is not None}
    down = bool(_DOWN & {token.stem for token in frame.words}) != ("lowest" in ops)
    if not known:
        return None
    edge = (min if down else max)(known.values())
    first = [code for code, value in known.items() if value == edge]
    said = listed([f"{where(ds, c)} ({full(found[c][0])} à {full(found[c][1])})" for c in first])
    end = "La plus forte baisse" if down and edge < 0 else "La plus forte hausse" if edge > 0 else "L’évolution extrême"
    text = f"{end} de {years[0]} à {years[-1]}, en pourcentage{NBSP}: {signed(edge, 1, chr(37))} {said}."
    subject = sub.of_admissions(ds, years[-1])
    every = [quantity for moved in found.values() for quantity in moved[:2]]
    return tell(ds, frame, text, every, values=[edge, abs(edge)], codes=first,
                subjects=[subject], view=_view_of(ds, [subject], ds.region_codes()), ops=("change",))  # fmt: skip


def _mean(ds: Dataset, frame: Frame, subjects: list[Subject], ops: set[str]) -> Reply | None:
    """The mean of a period, by year."""
    codes = list(frame.territories)
    if ops != {"mean"} or len(subjects) != 1 or subjects[0].indicator != ADMISSIONS or len(codes) != 1 or frame.numbers:
        return ask_place(ds, subjects[0]) if not codes and subjects[0].indicator == ADMISSIONS else None
    subject = subjects[0]
    if refused := choosing.absent(ds, subject, codes):
        return refused
    total, count = subject.of(codes[0]), len(Period.of(subject.period).years)
    if total.value is None or count < 2:
        return None
    mean = (Decimal(str(total.value)) / count).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
    text = (
        f"{where(ds, codes[0])}, en moyenne {number(mean, 1)} personnes admises à titre permanent par année "
        f"{subject.when} ({full(total)} sur {number(count)} ans)."
    )
    return tell(ds, frame, text, [total], values=[mean, total.shown], codes=codes, subjects=subjects, ops=("mean",),
                view=sub.view(ds, subject, codes[0]))  # fmt: skip

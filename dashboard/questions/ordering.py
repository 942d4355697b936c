"""Territories, years or categories in order: the first, the last, the one at a rank, those past a number, all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from dashboard.deck.slides import Slide
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import order, rank, ranked
from dashboard.model import Dataset
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import full, listed
from dashboard.questions import measures as ms
from dashboard.questions.frame import Frame
from dashboard.questions.measures import ADMISSIONS, Measure
from dashboard.questions.places import LEVELS, absent, ask_place, codes_of, inside, level_of, not_all, view_of
from dashboard.questions.reply import Reply, choice, refusal
from dashboard.questions.telling import chips, numbers, tell, where
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, number

ENDS: Final = frozenset({"highest", "lowest"})
TESTS: Final[Mapping[str, tuple[str, Callable[[Decimal, Decimal], bool]]]] = {
    "more": ("plus de", lambda value, limit: value > limit),
    "less": ("moins de", lambda value, limit: value < limit),
    "at_least": ("au moins", lambda value, limit: value >= limit),
    "at_most": ("au plus", lambda value, limit: value <= limit),
    "exactly": ("exactement", lambda value, limit: value == limit),
}
_MOST_LISTED: Final = 12


@dataclass(frozen=True)
class Items:
    """What is put in order, by its name: territories of a level, years or categories. said: each in words; words: what
    one, and several, are called; after: what ends the sentence; codes: the territory that each is of."""

    found: Mapping[str, Quantity]
    said: Mapping[str, str]
    brief: Mapping[str, str]
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


def along(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> Reply | None:
    """The years, or the categories, of one territory in order."""
    years = len({own.period for own in found}) > 1
    if len({own.indicator for own in found}) > 1:
        return None
    if len(codes) != 1 or set(frame.levels) - {level_of(ds, c) for c in codes}:
        return ask_place(ds, found[-1]) if not codes and not frame.levels else None
    if refused := absent(ds, found[-1], codes):
        return refused
    known = {own.period if years else own.noun: own for own in found if own.category != "not_available"}
    figures = {name: own.of(codes[0]) for name, own in known.items()}
    said = {
        name: f"{name}, {own.said(figures[name])}" if years else own.said(figures[name]) for name, own in known.items()
    }
    brief = {name: f"{name}, {own.brief(figures[name])}" if years else said[name] for name, own in known.items()}
    words = ("année", "années") if years else ("catégorie", "catégories")
    after = f" (de {found[0].period[:4]} à {found[-1].period[:4]})" if years else f" {found[0].when}"
    items = Items(figures, said, brief, words, f" {where(ds, codes[0])}", after, view_of(ds, found[-1], codes),
                  found[-1], dict.fromkeys(figures, codes[0]))  # fmt: skip
    if ops & set(TESTS):
        return _tested(ds, frame, items, ops, named=False)
    return _ordered(ds, frame, items, ops)


def among(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> Reply | None:
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
    brief = {ds.name(code): f"{ds.name(code)}, {own.brief(figures[ds.name(code)])}" for code in members}
    after = "" if {q.derived for q in figures.values()} & {"change_pct", "gap"} else f" {own.when}"
    items = Items(figures, said, brief, LEVELS[level], scope, after, _view_among(ds, own, level, codes), own,
                  {ds.name(code): code for code in members})  # fmt: skip
    if ops & set(TESTS):
        return _tested(ds, frame, items, ops, named=members == codes)
    return _ordered(ds, frame, items, ops) if ops else _listed(ds, frame, items)


def _group(ds: Dataset, frame: Frame, own: Measure, codes: list[str], ops: set[str]) -> tuple[str, list[str]] | Reply:
    """The level and the territories that are put in order; a question where neither is said."""
    level = frame.levels[0] if frame.levels else ""
    level = level or ("region" if codes == [ds.config.direction] and not ops & set(TESTS) else "")
    who = any(token.word == "qui" or token.typed.lower() == "où" for token in frame.words)
    if not level and who and codes and {level_of(ds, c) for c in codes} == {"region"} and "mrc" not in own.reasons:
        level = "mrc" if len(codes) == 1 else ""
    apart = len(codes) > 1 and not any(inside(ds, one, other) for one in codes for other in codes)
    if (apart and not level) or (codes and not level and ops & set(TESTS)):
        refused = absent(ds, own, codes)
        return refused or (level_of(ds, codes[0]), codes)
    if not level and "mrc" in own.reasons:
        level = "region"  # it is not given by MRC
    if not level:
        if len(codes) == 1 and level_of(ds, codes[0]) == "region":
            place = where(ds, codes[0])
            near = [f"Quelle MRC a le plus d’admissions {place}?", f"Quelle a été la meilleure année {place}?"]
            return choice("Parmi les MRC, ou parmi les années?", *near)
        near = [f"Quelle {word} a le plus d’admissions?" for word in ("région", "MRC")]
        return choice("Parmi les régions, ou parmi les MRC?", *near)
    if level in own.reasons:
        return refusal(f"{own.label}{NBSP}: {own.reasons[level]}.", "Quelle MRC a le plus d’admissions?")
    if ds.config.province in codes:
        return not_all(ds, level)
    group = codes_of(ds, level, codes)
    return (level, group) if group else refusal("Aucun territoire de cette sorte n’y est dans les données.")


def _view_among(ds: Dataset, own: Measure, level: str, codes: list[str]) -> Slide:
    region = codes[0] if len(codes) == 1 and level_of(ds, codes[0]) == "region" else None
    if level == "mrc" and own.indicator in (ADMISSIONS, "rate"):
        kind = "taux" if own.indicator == "rate" else "nombre"
        return Slide("mrc", {query.TERRITORY: region or ds.config.direction, query.MEASURE: kind})
    return ms.view_of_all(ds, own)


_TITLES: Final = {"rate": ("Le taux", ""), "ratio": ("Le rapport", "")}


def _ordered(ds: Dataset, frame: Frame, items: Items, ops: set[str]) -> Reply | None:
    """The highest, the lowest, the first few, or the one at a rank."""
    known = ranked(items.found)
    nth, few = frame.ordinal, int(frame.numbers[0]) if frame.numbers and frame.numbers[0].isdigit() else 1
    if ops - {*ENDS, "nth"} or ops >= ENDS or ("nth" in ops) != (nth > 0) or (nth and frame.numbers):
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
    said = "; ".join((items.brief if n else items.said)[name] for n, name in enumerate(first[:_MOST_LISTED]))
    codes = list(dict.fromkeys(items.codes[n] for n in first)) if few == 1 else frame.territories
    years = [int(n) for n in first if items.words[0] == "année"]
    head: list[Decimal | int | None] = [edge, *years] if years else [edge, abs(edge)] if moved else []
    return tell(
        ds, frame, f"{title}{items.scope}{among}{equal}{NBSP}: {said}{items.after}.{items.apart(ds)}",
        list(items.found.values()), view=items.view, codes=codes[:1] if few == 1 else codes, measures=[items.own],
        values=[*head, *numbers(items.found[n] for n in first)],
        ops=tuple(sorted(ops)),
    ).using("numbers" if few > 1 else "nth", "year" if years else "", *_scope(ds, frame, items))  # fmt: skip


def _scope(ds: Dataset, frame: Frame, items: Items) -> list[str]:
    """The territories within which things are put in order."""
    members = set(items.codes.values())
    return [c for c in frame.territories if all(c == code or inside(ds, code, c) for code in members)]


def _tested(ds: Dataset, frame: Frame, items: Items, ops: set[str], *, named: bool) -> Reply | None:
    """Those on one side of a number, or between two; whether it is so of a territory that is named."""
    limits = [Decimal(n) for n in (frame.percents or frame.numbers)]
    shares = {q.unit for q in items.found.values()} == {"%"}
    if (
        ops - set(TESTS)
        or len(limits) != len(ops)
        or (frame.percents and frame.numbers)
        or bool(frame.percents) != shares
    ):
        return None
    wanted = sorted(ops, key=list(TESTS).index)
    if len(wanted) > 1 and wanted != ["at_least", "at_most"]:
        return None
    limits.sort()
    known = ranked(items.found)
    kept = [n for n, v in known.items() if all(TESTS[o][1](v, limit) for o, limit in zip(wanted, limits, strict=True))]
    kept.sort(key=lambda name: order(items.found[name], name))
    unit = f"{NBSP}%" if frame.percents else ""
    much = " et ".join(f"{TESTS[o][0]} {_written(limit)}{unit}" for o, limit in zip(wanted, limits, strict=True))
    if named:
        verdict = {n: "oui" if n in kept else "non" if n in known else "sans rang" for n in items.found}
        told = items.said if len(items.found) == 1 else items.brief
        said = "; ".join(
            f"{(items.said if not at else told)[n]} ({much}{NBSP}: {verdict[n]})" for at, n in enumerate(items.found)
        )
        values: list[Decimal | int | None] = list(numbers(items.found.values()))
        text = f"{said}{items.after}."
    else:
        names = f"{NBSP}: " + "; ".join(f"{n}, {full(items.found[n])}" for n in kept) if kept else ""
        counted = f"{number(len(kept))} {items.words[len(kept) > 1]} sur {number(len(known))}{items.scope}"
        own = items.own
        what = f" ({own.name if items.words[0] == 'année' else own.label})"
        if own.counted:
            what = f" {own.counted}{'' if items.words[0] == 'année' else f' {own.when}'}"
        text = f"{counted} {'a' if len(kept) < 2 else 'ont'} {much}{what}{names}.{items.apart(ds)}"
        values = [len(kept), *(items.found[n].shown for n in kept)]
    done = (*wanted, "numbers", "percents", "year" if items.words[0] == "année" else "")
    return tell(ds, frame, text, list(items.found.values()), values=values, view=items.view, codes=frame.territories,
                measures=[items.own], ops=done)  # fmt: skip


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


def rank_of(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> Reply | None:
    """The rank of a territory among those of its level, in its region too for an MRC."""
    if not codes:
        return choice("De quel territoire s’agit-il?", "Quel est le rang de Lévis pour les admissions?")
    lower = [c for c in codes if not any(inside(ds, other, c) for other in codes)]
    if len(found) > 1 or ops != {"rank"} or len(lower) != 1:
        return None
    code, own = lower[0], found[0]
    level = level_of(ds, code)
    groups_of = (codes_of(ds, level, scope) for scope in ([], [ds.region_of(code) or code]))
    if set(frame.numbers) - {str(len(group)) for group in groups_of}:
        return None  # « rang sur 31 » says how many there are
    if level not in ("mrc", "region"):
        return None
    if ds.config.province in codes:
        return not_all(ds, level)
    if refused := absent(ds, own, [code]):
        return refused
    groups = {"": codes_of(ds, level, [])}
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
                measures=found, ops=("rank",)).using(*codes, "region", "numbers")  # fmt: skip


def count_of_places(ds: Dataset, frame: Frame, ops: set[str]) -> Reply | None:
    """« Combien de MRC au Bas-Saint-Laurent? »"""
    asked = frame.ops & {"how_many", "list", "belongs"} and len(frame.levels) == 1
    if not asked or ops - {"sum", "belongs"} or frame.timed or frame.numbers or frame.unclear or frame.beyond():
        return None
    level = frame.levels[0]
    if ds.config.province in frame.territories:
        return not_all(ds, level)
    codes = codes_of(ds, level, frame.territories)
    if not codes:
        return None
    place = listed([where(ds, code) for code in frame.territories]) if frame.territories else "dans les données"
    named = f"{NBSP}: {listed([ds.name(code) for code in codes])}" if 0 < len(codes) <= _MOST_LISTED else ""
    text = f"{capital(place)}, {number(len(codes))} {LEVELS[level][len(codes) > 1]}{named}."
    return Reply("answer", text, (Decimal(len(codes)),), view=Slide("indicateur", {query.INDICATOR: "admissions"}),
                 chips=chips(ds, frame, frame.territories, [], "count"), asked=frame.asked,
                 used=frozenset({level, "sum", "belongs", "apart", *frame.territories}))  # fmt: skip

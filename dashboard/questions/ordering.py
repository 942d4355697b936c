"""Territories, years or categories put in order: ends, ranks, those on one side of a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
from dashboard.questions.asked import ENDS, MOST_LISTED, TESTS, Asked
from dashboard.questions.measures import Measure
from dashboard.questions.reply import Reply, choice, refusal
from dashboard.questions.telling import (
    LEVELS,
    absent,
    ask_place,
    chips,
    codes_of,
    inside,
    level_of,
    not_all,
    numbers,
    view_of,
    where,
)  # fmt: skip
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, number
from dashboard.wording.slugs import flat


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


def along(asked: Asked, found: list[Measure]) -> Reply | None:
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
    return _tested(asked, items) if asked.ops & set(TESTS) else _ordered(asked, items)


def among(asked: Asked, found: list[Measure], levels: set[str]) -> Reply | None:
    """The territories of a level in order, listed, or those on one side of a number."""
    ds, codes, own = asked.ds, asked.codes, found[0]
    if len(found) > 1 or len(asked.frame.levels) > 1:
        return None
    group = _group(asked, own, next(iter(asked.frame.levels or levels), ""))
    if isinstance(group, Reply):
        return group
    level, every = group
    if asked.ops & set(TESTS) and "how_many" in asked.frame.ops and level in asked.frame.levels and every == codes[:1]:
        return None  # « La Nouvelle-Beauce…, et combien de MRC ont plus de…? »
    out = asked.frame.left_out
    members = [code for code in every if code not in out]
    asked.spent |= {"without", "after", *out} if out and set(out) <= set(every) else set()
    if "after" in asked.frame.ops and not _ahead(asked, own, out, members):
        return None
    one = codes[0] if len(codes) == 1 else ""
    # What stands under several names is those territories themselves.
    if len(members) == 1 and asked.ops & {*ENDS, "nth", "rank"}:
        return None  # of one territory, nothing is the most
    scope = f" {where(ds, one)}" if one and members != codes else ""
    scope += f", sans {listed([ds.name(code) for code in out])}," if out else ""
    cells = {ds.name(code): (own, code, own.of(code)) for code in members}
    view = ms.view(ds, own, members[0]) if level == "mrc" else ms.view_of_all(ds, own)
    if view.kind == "mrc":
        place = one if one and level_of(ds, one) == "region" else ds.config.direction
        view = view.choosing(**{query.TERRITORY: place, query.MRC: None})
    items = _Items(cells, LEVELS[level], scope, f" {own.when}" if own.when else "", view, own)
    if asked.ops & set(TESTS):
        return _tested(asked, items, named=members == codes)
    return _ordered(asked, items) if asked.ops else _listed(asked, items)


# « majoritaires », « la majorité des réfugiés »; « plus de femmes que d’hommes ».
_HALF: Final = re.compile(
    r"\b(?:plus|moins) de la moitie\b|(?<!en )\b(?:maj|min)orite (?:des|de la|de l|du) (\w+)|\b(?:maj|min)orit"
)
_THAN: Final = re.compile(r"(?<!\bla )(?<!\ble )(?<!\bles )\b(?:plus|davantage|moins)\b.* qu[e ]|\b(?:de|sur)passe")


def majority(asked: Asked, found: list[Measure]) -> Reply | None:
    """Where one is more, or less, than half, or than another: by what is counted, not by a share that is rounded."""
    ds, levels, said, own = asked.ds, asked.frame.levels, flat(asked.frame.asked), found[0]
    half = _HALF.search(said) if len(found) == 1 and ("share" in asked.ops or asked.frame.percents == ["50"]) else None
    twice = sum(m.meanings[0].kind == "category" for m in asked.frame.mentions) == len(found) == 2
    than = twice and "compare" in asked.ops and levels and _THAN.search(said)
    levels = levels or ["region"] * ("region" in flat(asked.frame.named.get(ds.config.direction, "")))
    odd = asked.ops - ({"share", "compare", "more", "less"} if half else {"compare"}) or asked.frame.numbers
    if len(levels) != 1 or {*asked.frame.percents} - {"50"}:
        return None
    if not (half or than) or odd or len({(each.indicator, each.period) for each in found}) > 1:
        return None
    group = _group(asked, own, levels[0])
    whole, fewer = (*asked.codes, ds.config.direction)[0], re.search(r"\bmoins\b|\bminorit", said)
    if isinstance(group, Reply):
        return group
    counted = [flat(m.text).split()[0] for m in asked.frame.mentions if f"/{own.category}" in m.meanings[0].code]
    of_all = half and half[1] and (own.category == "total" or half[1] in counted)
    # « la majorité des réfugiés » is shared between regions; « une région à majorité de femmes » is made of them.
    shares = [ms.as_share(ds, each) or each for each in found]
    shares = [ms.share_of(ds, own, whole)] if of_all else shares
    if half and (shares == found or (of_all and len(asked.codes) > 1)):
        return None
    cells: tuple[list[tuple[str, list[Quantity]]], ...] = ([], [])  # those where it is so, and the others
    for code in group[1]:
        figures = [each.of(code) for each in shares]
        one, other = (q.value or 0 for q in (figures[0].operands if half else [(*q.operands, q)[0] for q in figures]))
        one *= 2 if half else 1
        told = " contre ".join(share.brief(q) for share, q in zip(shares, figures, strict=True))
        cells[one >= other if fewer else one <= other].append((f"{ds.name(code)}, {told}", figures))
    kept, rest = ([told for told, _ in side] for side in cells)
    more, name = "moins" if fewer else "plus", f"«{NBSP}{own.noun or own.name}{NBSP}»"
    what = f"{name}, {more} de la moitié" if half else f"{more} de {name} que de «{NBSP}{found[1].noun}{NBSP}»"
    what += f" {where(ds, whole)}," if of_all else ""
    text = f"{what} dans {number(len(kept))} {LEVELS[group[0]][len(kept) > 1]} sur {number(len(group[1]))} {own.when}"
    text += f"{NBSP}: {'; '.join(kept) or 'aucune'}." + f" Ailleurs{NBSP}: {'; '.join(rest)}." * bool(rest)
    shown = [q for _, figures in (*cells[0], *cells[1]) for q in figures]
    around = (code for code in asked.codes if codes_of(ds, group[0], [code]))
    return asked.tell(text, shown, [len(kept), *numbers(shown)], found, ms.view_of_all(ds, own), *asked.ops,
                      codes=group[1]).using(group[0], *around, "percents")  # fmt: skip


def _ahead(asked: Asked, own: Measure, out: list[str], members: list[str]) -> bool:
    """Whether those of « après Lévis » come before all the others."""
    high = "highest" in asked.frame.ops
    first, rest = ([own.of(code).value or 0 for code in codes] for codes in (out, members))
    return min(first) >= max(rest) if high else max(first) <= min(rest)


def _group(asked: Asked, own: Measure, level: str) -> tuple[str, list[str]] | Reply:
    """The level and the territories that are put in order; a question where neither is said."""
    ds, codes, tests = asked.ds, asked.codes, asked.ops & set(TESTS)
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


def _ordered(asked: Asked, items: _Items) -> Reply | None:
    """The highest, the lowest, the first few, or the one at a rank."""
    ds, frame, ops, figures = asked.ds, asked.frame, asked.ops, items.figures
    known, nth, down = ranked(figures), frame.ordinal, "lowest" in ops
    few = int(frame.numbers[0]) if frame.numbers and frame.numbers[0].isdigit() else 1
    if ops >= ENDS or ("nth" in ops) != (nth > 0) or len(frame.numbers) > 1 or not (known and 1 <= few <= MOST_LISTED):
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
    said = "; ".join(items.said(name, again=n > 0) for n, name in enumerate(first[:MOST_LISTED]))
    of_years, members = items.words[0] == "année", {code for _, code, _ in items.found.values()}
    head: list[Decimal | int | None] = [edge, abs(edge)] if moved else []
    head = [edge, *map(int, first)] if of_years else head
    scope = [c for c in asked.codes if all(c == code or inside(ds, code, c) for code in members)]
    return asked.tell(
        f"{title}{items.scope}{among}{equal}{NBSP}: {said}{items.after}.{items.apart(ds)}", list(figures.values()),
        [*head, *numbers(figures[n] for n in first)], [items.own], items.view, *(ops & {*ENDS, "nth"}),
        codes=[items.found[first[0]][1]] if few == 1 else asked.codes,
    ).using("numbers" if few > 1 else "nth", "year" if of_years else "", *scope)  # fmt: skip


def _tested(asked: Asked, items: _Items, *, named: bool = False) -> Reply | None:
    """Those on one side of a number, or between two; whether it is so of a territory that is named."""
    frame, figures, of_years = asked.frame, items.figures, items.words[0] == "année"
    limits = sorted(Decimal(n) for n in (frame.percents or frame.numbers))
    shares = {q.unit for q in figures.values()} == {"%"}
    wanted = sorted(asked.ops, key=[*TESTS, *asked.ops].index)
    if set(wanted) - set(TESTS) or len(limits) != len(wanted) or wanted not in (wanted[:1], ["at_least", "at_most"]):
        return None
    if (frame.percents and frame.numbers) or bool(frame.percents) != shares:
        return None
    known, pairs = ranked(figures), list(zip(wanted, limits, strict=True))
    kept = [n for n, value in known.items() if all(TESTS[test][1](value, limit) for test, limit in pairs)]
    kept.sort(key=lambda name: order(figures[name], name))
    unit = f"{NBSP}%" if frame.percents else ""
    much = " et ".join(f"{TESTS[test][0]} {_written(limit)}{unit}" for test, limit in pairs)
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


def _listed(asked: Asked, items: _Items) -> Reply | None:
    """Each one, from the highest to the lowest."""
    figures = items.figures
    shown = sorted(figures, key=lambda name: order(figures[name], name))[:MOST_LISTED]
    more = f" (les {MOST_LISTED} premiers sur {number(len(figures))})" if len(figures) > len(shown) else ""
    text = f"{items.own.label}{more}{NBSP}: {'; '.join(f'{n}, {full(figures[n])}' for n in shown)}."
    kept = [figures[n] for n in shown]
    return asked.tell(text, kept, numbers(kept), [items.own], items.view, "list")


def ranks(asked: Asked, found: list[Measure]) -> Reply | None:
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
    text = f"{capital(where(ds, code))}, {own.said(figure)} {own.when}"
    said, values, every = list[str](), list[Decimal | int | None](), [figure]
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


def count_of_places(asked: Asked) -> Reply | None:
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
    named = f"{NBSP}: {listed([ds.name(code) for code in group])}" if 0 < len(group) <= MOST_LISTED else ""
    text = f"{capital(place)}, {number(len(group))} {LEVELS[level][len(group) > 1]}{named}."
    return Reply("answer", text, (Decimal(len(group)),), view=Slide("indicateur", {query.INDICATOR: "admissions"}),
                 chips=chips(ds, frame, codes, [], "count"), asked=frame.asked,
                 used=frozenset({level, "sum", "belongs", "apart", *codes})) if group else None  # fmt: skip

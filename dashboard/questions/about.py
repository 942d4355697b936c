"""About a figure: where it comes from, what the source does to it, which rates are not reliable; where an MRC is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from dashboard.deck.slides import Slide
from dashboard.indicators import admissions as adm
from dashboard.indicators.anomalies import touching
from dashboard.indicators.quantity import observed
from dashboard.model import Dataset
from dashboard.narrative.search import place_of
from dashboard.narrative.sourcing import source_text
from dashboard.questions import operations, targets, texts, what_if
from dashboard.questions.frame import Frame
from dashboard.questions.measures import when
from dashboard.questions.places import inside, nearest
from dashboard.questions.reply import Chip, Reply, refusal
from dashboard.questions.telling import chips, where
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import period as period_words

Attempt = Callable[[Dataset, Frame], Reply | None]
FIGURES: tuple[Attempt, ...] = (what_if.answer, targets.targets, texts.prose, what_if.estimate, operations.answer)


def printed(ds: Dataset, frame: Frame) -> Reply | None:
    """« Pourquoi 0,0 % à L’Île-d’Orléans? »: what the source does to a number that it prints."""
    said = {Decimal(n) for n in (*frame.numbers, *frame.percents)}
    mrc = [code for code in frame.territories if ds.territories[code].level == "mrc"]
    keys = [
        key for key, row in ds.observations.items()
        if key.territory in frame.territories and said & {row.value, row.printed_pct}
    ] if said else []  # fmt: skip
    rows = [observed(ds, key.territory, key.indicator, key.category, key.period) for key in keys]
    ids = touching(ds, [*rows, *(adm.share_of_region(ds, code) for code in mrc)]) if rows else []
    if not ids:
        return None
    return texts.particularity(ds, frame, ids[0])


def unreliable(ds: Dataset, frame: Frame) -> Reply | None:
    """Which rates are not reliable, and why."""
    if frame.ops - {"how_many", "list", "except", "peculiarity", "define", "why"} != {"unreliable"}:
        return None
    if frame.timed or frame.get("category") or frame.unclear or set(frame.subjects) - {"rate", "admissions"}:
        return None
    scope = frame.territories
    group = [code for code in ds.mrc_codes() if not scope or code in scope or ds.region_of(code) in scope]
    weak = [code for code in group if not adm.rate_per_1000(ds, code).reliable]
    few = f"Un taux de moins de {number(ds.config.unreliable_below)} admissions est dit peu fiable et n’a pas de rang"
    names = "; ".join(f"{ds.name(c)}, {number(adm.admissions(ds, c, adm.span(ds)).value)}" for c in weak)
    named = f" ({names})" if names else ""
    text = f"{few}{NBSP}: {number(len(weak))} sur {number(len(group))} {when(adm.span(ds))}{named}."
    return Reply(
        "answer", typographic(f"{text} Données provisoires{NBSP}: le cumul {adm.span(ds)}."),
        (Decimal(len(weak)), *(Decimal(int(adm.admissions(ds, c, adm.span(ds)).value or 0)) for c in weak)),
        "provisional", adm.span(ds), tuple(Chip("territory", code, ds.name(code)) for code in scope),
        Slide("carte", {query.MEASURE: "taux"}), source_text(ds, [adm.rate_per_1000(ds, c) for c in group]),
        page="", params={query.MEASURE: "taux"}, asked=frame.asked,
    ).using("unreliable", "peculiarity", "except", "why", "rate", "admissions", "mrc", *scope)  # fmt: skip


def _without(frame: Frame, *ops: str) -> Frame:
    kinds = {
        kind: [code for code in codes if kind != "operation" or code not in ops] for kind, codes in frame.kinds.items()
    }
    return replace(frame, kinds=kinds)


def belongs(ds: Dataset, frame: Frame) -> Reply | None:
    """« Lévis fait-elle partie de la Capitale-Nationale? »: the region of an MRC."""
    codes = [code for code in frame.territories if ds.territories[code].level == "mrc"]
    if "belongs" not in frame.ops or len(codes) != 1 or frame.subjects or frame.timed or frame.unclear:
        return None
    region = ds.region_of(codes[0]) or ""
    others = [code for code in frame.territories if code != codes[0]]
    verdict = "" if not others else "Oui, " if all(inside(ds, codes[0], code) for code in others) else "Non, "
    said = f"{verdict}{ds.name(codes[0])} est {where(ds, region)}."
    return Reply(
        "text", typographic(said), chips=chips(ds, frame, frame.territories, [], "belongs"), asked=frame.asked,
        view=Slide("mrc", {query.TERRITORY: region, query.MRC: codes[0]}), page=addresses.MRC,
        params={query.MRC: codes[0]}, source="Territoires du tableau de bord.",
    )  # fmt: skip


def source(ds: Dataset, frame: Frame) -> Reply | None:
    """« D’où vient ce chiffre? »: the line of the source that holds it."""
    if "source" not in frame.ops:
        return None
    numbers = [*frame.numbers, *frame.percents]
    if len(numbers) == 1:
        return _holding(ds, frame, Decimal(numbers[0]))
    rest = _without(frame, "source")
    found = next((r for r in (attempt(ds, rest) for attempt in FIGURES) if r is not None), None)
    if found is None and frame.empty:
        said = " ".join(typographic(d.credit.rstrip(".") + ".") for d in ds.documents.values())
        return Reply("text", said, source=said, page=addresses.SOURCES, asked=frame.asked)
    if found is None or found.kind != "answer":
        return found
    quoted = " ".join(f"«{NBSP}{typographic(quote)}{NBSP}»" for quote in found.quotes[:3])
    return replace(
        found, sentence=f"{found.sentence} {found.source}{f' Ligne citée{NBSP}: {quoted}.' if quoted else ''}"
    ).using("source")


# Words beside the number that is looked for in the source.
_OF_SOURCE = ("source", "numbers", "percents", "admissions", "people", "residents", "population", "permits", "share")


def _holding(ds: Dataset, frame: Frame, value: Decimal) -> Reply:
    """The figures of the source that are this number, within the places and years that are named."""
    shown = number(value, max(0, -int(value.as_tuple().exponent))) + (f"{NBSP}%" if frame.percents else "")
    rows = [
        row for key, row in ds.observations.items()
        if (row.printed_pct if frame.percents else row.value) == value
        and (not frame.territories or key.territory in frame.territories)
        and (not frame.years or key.period[:4] in frame.years) and key.indicator != "immigrant_population_map"
        and (not frame.spans or key.period in frame.spans)
    ]  # fmt: skip
    distinct = {(row.key.territory, row.key.period, row.quote): row for row in rows}
    if not distinct:
        near = nearest(ds, frame)
        return refusal(f"Aucun chiffre de la source n’est {shown} dans ce qui est demandé.", *near)
    said = [
        f"{ds.name(row.key.territory)}, {', '.join(ds.series_name(row.key.indicator, row.key.category))}, "
        f"{period_words(row.key.period)}{NBSP}: «{NBSP}{typographic(row.quote or '')}{NBSP}» "
        f"({ds.section_name(row.source)})"
        for row in list(distinct.values())[:4]
    ]
    return Reply(
        "answer", f"{shown} vient de{NBSP}: {'; '.join(said)}.", (value,),
        period=next(iter(distinct))[1], view=Slide("sources", {}),
        source="; ".join(dict.fromkeys(ds.section_name(row.source) for row in rows)), page=addresses.SOURCES,
        quotes=tuple(row.quote for row in distinct.values() if row.quote)[:4], asked=frame.asked,
    ).using(*_OF_SOURCE, *(key[0] for key in distinct), *frame.years, *frame.spans)  # fmt: skip


def peculiar(ds: Dataset, frame: Frame) -> Reply | None:
    """What the source does to a figure."""
    if "peculiarity" not in frame.ops:
        return None
    rest = _without(frame, "peculiarity", "why")
    found = next((r for r in (attempt(ds, rest) for attempt in FIGURES) if r is not None), None)
    if found is None or found.kind != "answer":
        return found
    ids = touching(ds, found.quantities)
    if not ids:
        text = f"{found.sentence} Aucune particularité de la source n’en change la lecture."
        return replace(found, sentence=text).using("peculiarity", "why")
    said = " ".join(f"{typographic(ds.anomalies[a].title)}{NBSP}: {typographic(ds.anomalies[a].why)}" for a in ids)
    return replace(
        found,
        sentence=f"{found.sentence} {said}",
        page=addresses.SOURCES,
        params={query.PLACE: place_of("particularite", ids[0])},
    ).using("peculiarity", "why")

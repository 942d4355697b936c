"""Answers on the agreements of the plan and its mandataries: kind by kind, and what the plan does not mention."""

from __future__ import annotations

from dashboard.deck.slides import Slide
from dashboard.indicators.quantity import Quantity, observed
from dashboard.model import Dataset
from dashboard.narrative.show import listed
from dashboard.questions.asked import ENDS, HARMLESS
from dashboard.questions.frame import Frame
from dashboard.questions.measures import AGREEMENTS, periods
from dashboard.questions.reply import Reply
from dashboard.questions.telling import tell, where
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import period as period_words


def kinds(frame: Frame) -> list[str]:
    """The kinds of agreements that are named: « mrc », « pasi »…"""
    return [code.partition("/")[2] for code in frame.get("category") if code.startswith(f"{AGREEMENTS}/")]


def unmentioned(ds: Dataset, frame: Frame) -> Reply | None:
    """« Quelle région n’a pas d’entente Soutien à la mission? »: what the plan does not mention is not zero."""
    named = kinds(frame)
    if len(named) != 1 or not frame.ops & {"except", "without"} or "region" not in frame.levels or frame.unknown:
        return None
    period = periods(ds, f"{AGREEMENTS}/{named[0]}")[-1]
    silent = [c for c in ds.region_codes() if observed(ds, c, AGREEMENTS, named[0], period).shown is None]
    label = next(c.named for c in ds.indicators[AGREEMENTS].categories if c.id == named[0])
    places = listed([where(ds, c) for c in silent] or [""])
    none = f"n’en mentionne pas {places}; ce n’est pas zéro pour autant"
    said = f"{label}{NBSP}: le plan {none if silent else 'en mentionne dans chaque région'}."
    return Reply("text", typographic(said), asked=frame.asked, page=addresses.AGREEMENTS,
                 view=Slide("ententes", {query.TERRITORY: ds.config.direction}),
                 source=ds.section_name(ds.texts.partnership.source))  # fmt: skip


def by_kind(ds: Dataset, frame: Frame) -> Reply | None:
    """« Quelle région a le plus d’ententes? », « combien en tout? »: kind by kind, which are never added together."""
    ends, levels = frame.ops & ENDS, {ds.territories[code].level for code in frame.territories}
    of_all, named = ends or "sum" in frame.ops or ("region" in frame.levels and not frame.territories), kinds(frame)
    if not of_all or set(frame.subjects) - {AGREEMENTS} or frame.beyond("subject", "category") or frame.timed:
        return None
    by_region = "region" in frame.levels and "sum" in frame.ops and not ends
    if frame.numbers or len(named) != len(frame.get("category")) or not (by_region if named else frame.subjects):
        return None
    if frame.ops - ENDS - HARMLESS - {"sum", "compare"} or frame.unclear or levels - {"region", "direction"}:
        return None
    regions = [code for code in frame.territories if ds.territories[code].level == "region"] or ds.region_codes()
    parts, rows, period = [], list[Quantity](), ""
    for category in (c for c in ds.indicators[AGREEMENTS].categories if c.id in named or not named):
        period = periods(ds, f"{AGREEMENTS}/{category.id}")[-1]
        own = [observed(ds, code, AGREEMENTS, category.id, period) for code in regions]
        known = [row for row in own if row.shown is not None]
        edge = (max if "highest" in ends else min)(row.shown or 0 for row in known) if ends and known else None
        kept = [row for row in known if edge in (None, row.shown)]
        all_ = regions == ds.region_codes()
        every = [observed(ds, ds.config.direction, AGREEMENTS, category.id, period)] if all_ else []
        rows += [*([] if ends else every), *kept]
        each = [f"{number(row.shown or 0)} {where(ds, row.territory)}" for row in kept]
        each += [
            f"non mentionné {where(ds, row.territory)}" for row in own if row.shown is None and not (ends and known)
        ]
        whole = f" (en tout, {number(every[0].shown or 0)})" if every and not ends else ""
        parts.append(f"{category.named}{NBSP}: {listed(each)}{whole}")
    lead = f"Le plus {'grand' if 'highest' in ends else 'petit'} nombre" if ends else "Les ententes"
    told = "; ".join(parts)
    apart = ", sorte par sorte, car elles ne s’additionnent pas" if len(parts) > 1 else ""
    said = f"{lead}{apart}{NBSP}: {told}, au {period_words(period)}."
    view = Slide("ententes", {query.TERRITORY: ds.config.direction})
    found = tell(ds, frame, said, rows, values=[row.shown for row in rows], view=view, codes=regions)
    return found.using("agreements", "region", *frame.get("category"), *frame.ops, *frame.territories)

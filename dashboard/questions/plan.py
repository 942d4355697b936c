"""Answers from the plan: targets, actions, figures of the portraits, and the texts that define and explain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dashboard.deck.slides import Slide
from dashboard.indicators import follow_up as fu
from dashboard.indicators import plan
from dashboard.indicators.memory import remembered
from dashboard.indicators.targets import steps
from dashboard.model import Dataset
from dashboard.model.action_plan import Action
from dashboard.model.documents import ProseFigure, Target
from dashboard.narrative import target_words as words
from dashboard.narrative.search import place_of
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import listed
from dashboard.questions.frame import PLAN, Frame, prose_figures
from dashboard.questions.reply import Reply, choice, refusal
from dashboard.questions.telling import chips, where
from dashboard.wording import addresses, query
from dashboard.wording.matching import holds
from dashboard.wording.numbers import NBSP, number, plain, typographic
from dashboard.wording.periods import period as period_words
from dashboard.wording.slugs import fold

_PLAIN = frozenset(
    {"how_many", "list", "apart", "speak", "yearly", "text", "share", "sum", "compare", "last", "objective"}
)


def section(ds: Dataset, id_: str) -> str:
    """« Source : Plan d’action régional 2021-2022, Annexe 1. »"""
    return f"Source{NBSP}: {ds.section_name(id_)}."


# --- Targets ----------------------------------------------------------------------------------------------------------


def targets(ds: Dataset, frame: Frame) -> Reply | None:
    """What a target is, in a year or in all; its reference, its revision, the progress asked."""
    own = _named(ds, frame)
    plan_years = {t.period for target in ds.targets.targets for t in target.targets}
    about = "targets" in frame.subjects or (own and frame.ops & {"reference", "revision", "progress"})
    if not about and not (own and set(frame.spans) & plan_years):
        return None
    if set(frame.territories) - {ds.config.province} or frame.levels:
        return refusal(ds.targets.scope, "Quelles sont les cibles?")
    if frame.ops & {"result"} and not any(fu.results(ds.follow_up.entries, t.id) for t in own or ds.targets.targets):
        return refusal(
            "Le plan ne donne aucun résultat pour ses cibles; aucun n’a été saisi au suivi.", "Quelles sont les cibles?"
        )
    if frame.get("category") or frame.percents or frame.ops & {"share", "if", "except"} or (frame.numbers and not own):
        return None
    if "how_many" in frame.ops and not own and not frame.timed:
        names = listed([typographic(t.short) for t in ds.targets.targets])
        said = f"Le plan reprend {number(len(ds.targets.targets))} cibles, pour l’ensemble du Québec{NBSP}: {names}."
        return _target_reply(ds, frame, said, ds.targets.targets, [Decimal(len(ds.targets.targets))])
    return _of_targets(ds, frame, own or ds.targets.targets)


def _named(ds: Dataset, frame: Frame) -> list[Target]:
    ids = set(frame.get("target"))
    numbered = [t for t in ds.targets.targets if any(n in (t.id, t.id.partition("-")[0]) for n in frame.numbers)]
    found = [t for t in ds.targets.targets if t.id in ids] or numbered
    # « La cible de satisfaction des entreprises » names one, and not both.
    return [t for t in found if not (numbered and ids) or t in numbered]


def _of_targets(ds: Dataset, frame: Frame, own: Sequence[Target]) -> Reply | None:
    ops = frame.ops - _PLAIN
    periods = [t.period or "" for t in own[0].targets]
    asked = list(frame.spans)
    for year in frame.years:
        both = [p for p in periods if year in p.split("-")]
        if "reference" in ops or (len(own) == 1 and own[0].reference.period == year):
            ops |= {"reference"}
            continue
        if len(both) != 1:
            near = [f"Quelle est la cible {t.id} en {p}?" for t in own[:2] for p in both]
            return choice("De quelle année du plan s’agit-il?", *near) if both else _no_target(frame, periods)
        asked += both
    if any(period not in periods for period in asked):
        return _no_target(frame, periods)
    if "last" in frame.ops and not asked:
        asked = periods[-1:]
    values = {(t.id, s.period): s.value for t in own for s in t.targets}
    if ops & {"revision", "why"} and not ops - {"revision", "why", "change", "compare", "difference", "result"}:
        broken = [t for t in own if t.breaks]
        if not broken:
            return refusal("Le plan ne signale aucune révision de cette cible.", f"Quelle est la cible {own[0].id}?")
        said = " ".join(typographic(b.text) for t in broken for b in t.breaks)
        shown = [values[t.id, p] for t in broken for b in t.breaks for p in periods[: periods.index(b.after) + 2]]
        return _target_reply(ds, frame, said, broken, _decimals(shown))
    if "reference" in ops:
        said = "; ".join(f"{typographic(t.short)}, {words.reference(t)}" for t in own)
        return _target_reply(
            ds, frame, f"Donnée de référence{NBSP}: {said}.", own, _decimals(t.reference.value for t in own)
        )
    if ops & {"progress", "difference", "change"}:
        return _progress(ds, frame, own, asked)
    if ops:
        return None
    if not asked:
        shown = [value for t in own for value in (*(s.value for s in t.targets), t.reference.value)]
        said = " ".join(f"{t.id}. {typographic(t.short)}. {words.reading(t)}" for t in own)
        return _target_reply(ds, frame, said, own, _decimals(shown))
    parts = []
    for t in own:
        steps_ = [next(s for s in t.targets if s.period == period) for period in asked]
        said = ", ".join(f"{typographic(s.printed)}{_unit(t, s.value)} en {s.period}" for s in steps_)
        parts.append(f"{typographic(t.short)}{NBSP}: {said}")
    shown = [values[t.id, period] for t in own for period in asked]
    return _target_reply(
        ds, frame, f"Cible pour l’ensemble du Québec. {'; '.join(parts)}.", own, _decimals(shown), asked[0]
    )


def _unit(target: Target, value: float | None) -> str:
    return "" if target.unit == "%" or value is None else f"{NBSP}{target.unit}"


def _progress(ds: Dataset, frame: Frame, own: Sequence[Target], asked: list[str]) -> Reply | None:
    """What is asked from one year to the next, or between the two that are named."""
    if len(asked) == 2:
        first, last = ({t.id: next(s for s in t.targets if s.period == p) for t in own} for p in sorted(asked))
        gaps = {t.id: (last[t.id].value or 0) - (first[t.id].value or 0) for t in own
                if first[t.id].value is not None and last[t.id].value is not None}  # fmt: skip
        said = "; ".join(
            f"{typographic(t.short)}, de {typographic(first[t.id].printed)} en {first[t.id].period} à "
            f"{typographic(last[t.id].printed)} en {last[t.id].period}{_gap(t, gaps.get(t.id))}"
            for t in own
        )
        shown = [*map(abs, gaps.values()), *gaps.values(), *(x[t.id].value for t in own for x in (first, last))]
        return _target_reply(ds, frame, f"{said}.", own, _decimals(shown))
    if len(asked) > 2 or len(own) > 1:
        return None
    found = [step for step in steps(own[0]) if step.asked is not None and (not asked or step.period in asked)]
    said = ", ".join(f"{words.asked(step)} en {step.period}" for step in found)
    text = f"{typographic(own[0].short)}, progression demandée par rapport à l’année d’avant{NBSP}: {said}."
    return (
        _target_reply(ds, frame, text, own, _decimals(v for s in found for v in (s.asked, abs(s.asked or 0))))
        if found
        else None
    )


def _gap(target: Target, gap: float | None) -> str:
    unit = "points" if target.unit == "%" else target.unit
    return "" if gap is None else f" (écart{NBSP}: {number(gap, 1 if gap % 1 else 0)}{NBSP}{unit})"


def _no_target(frame: Frame, periods: Sequence[str]) -> Reply:
    return refusal(f"Les cibles vont de {periods[0]} à {periods[-1]}.", f"Quelles sont les cibles en {periods[-1]}?")


def _decimals(values: Iterator[float | None] | Sequence[float | None]) -> list[Decimal]:
    return [Decimal(plain(value).removesuffix(".0")) for value in values if value is not None]


def _target_reply(
    ds: Dataset, frame: Frame, said: str, own: Sequence[Target], values: Sequence[Decimal], period: str = ""
) -> Reply:
    note = "" if "ensemble du Québec" in said else " Cibles pour l’ensemble du Québec."
    anchor = {query.PLACE: place_of("cible", own[0].id)} if len(own) == 1 else {}
    view = Slide("cible", {"cible": own[0].id}) if len(own) == 1 else Slide("cibles", {})
    return Reply(
        "answer", typographic(f"{said}{note} Ce sont des cibles, et non des résultats."),
        tuple(dict.fromkeys(values)), "cible", period,
        chips(ds, frame, [ds.config.province], [], "target", *(t.id for t in own)), view,
        section(ds, ds.targets.source), tuple(typographic(t.quote) for t in own), addresses.TARGETS, anchor,
        asked=frame.asked,
    )  # fmt: skip


# --- Actions ----------------------------------------------------------------------------------------------------------

_OF_ACTIONS = frozenset({*_PLAIN, "common", "partly", "own", "highest", "lowest"}) - {"share", "last"}
_SCOPES = {"common": "communes", "partly": "partagees", "own": "propres"}
_MOST_TEXTS = 3


def actions(ds: Dataset, frame: Frame) -> Reply | None:
    """How many actions (results, indicators) answer, and which; a word that names nothing is searched for."""
    if not set(frame.subjects) & PLAN or "targets" in frame.subjects:
        return None
    if frame.get("topic") and "speak" not in frame.ops:
        return None
    own = ds.action_plan
    plan_span = own.period
    if frame.years or frame.dates or frame.percents or set(frame.spans) - {plan_span} or frame.unclear:
        return refusal(f"Le plan d’action porte sur {plan_span}.", "Combien d’actions compte le plan?")
    if (
        frame.ops & {"result", "why", "except", "change", "if", "rank", "mean", "index", "times"}
        or "agreements" in frame.subjects
    ):
        return None
    level = {ds.territories[code].level for code in frame.territories}
    if level - {"region", "direction"}:
        return refusal("Le plan d’action est donné par région.", "Combien d’actions compte le plan?")
    regions = [code for code in frame.territories if ds.territories[code].level == "region"]
    objectives = [o.id for _, o in own.objectives() if any(n in (o.id, o.id[:1]) for n in frame.numbers)]
    if frame.numbers and not objectives:
        return None
    asked = " ".join(_query(frame))
    programmes = [] if asked else frame.get("programme")
    scopes = [_SCOPES[op] for op in _SCOPES if op in frame.ops]
    if len(objectives) > 1 or len(programmes) > 1 or len(scopes) > 1:
        return None
    filters = plan.Filters(
        objective=objectives[0] if objectives else None, programme=programmes[0] if programmes else None,
        scope=scopes[0] if scopes else None, query=asked,
    )  # fmt: skip
    every = plan.search(own, filters)
    if "speak" not in frame.ops and (frame.ops - _OF_ACTIONS or (asked and not every)):
        return None
    if frame.ops & {"highest", "lowest"} and not regions:
        return _most_actions(ds, frame, [f.action for f in every])
    found = [f for f in every if not regions or f.action.region_code in regions]
    return _counted(ds, frame, found, filters, regions)


def _query(frame: Frame) -> list[str]:
    """The words that the actions are searched for: those that name nothing of the plan."""
    speak = [m for m in frame.mentions if any(meaning.code == "speak" for meaning in m.meanings)]
    start = speak[-1].end if speak and speak[-1].end < len(frame.words) else 0
    kept: set[int] = set()
    for mention in frame.mentions:
        kinds = {meaning.kind for meaning in mention.meanings}
        own = {code for kind, code in mention.meanings if kind == "subject"}
        if any(meaning.code == "objective" for meaning in mention.meanings):
            continue
        fixed = {"territory"} if start and mention.start >= start else {"territory", "operation", "level", "programme"}
        if mention.start >= start and not kinds & fixed and not own & PLAN:
            kept |= set(range(mention.start, mention.end))
    unknown = set(frame.unknown)
    found = [t for n, t in enumerate(frame.words) if n in kept or t.typed in unknown]
    return [t.word[:-1] if len(t.word) > 4 and t.word.endswith("s") else t.word for t in found if t.word not in _SMALL]


_SMALL = frozenset({"de", "du", "des", "la", "le", "les", "en", "au", "aux", "et", "dans"})


def _number_of(frame: Frame, found: Sequence[Action]) -> tuple[int, str, str]:
    counts = plan.counts(found)
    if "results" in frame.subjects:
        return counts.results, "résultat attendu", "résultats attendus"
    if "plan_indicators" in frame.subjects:
        return counts.indicators, "indicateur", "indicateurs"
    return counts.actions, "action", "actions"


def _counted(
    ds: Dataset, frame: Frame, found: Sequence[plan.Found], filters: plan.Filters, regions: list[str]
) -> Reply:
    chosen = [f.action for f in found]
    count, one, several = _number_of(frame, chosen)
    where_ = listed([where(ds, code) for code in regions]) if regions else "dans le plan d’action"
    by = [(c, _number_of(frame, [a for a in chosen if a.region_code == c])[0]) for c in ds.region_codes()]
    each = [(c, n) for c, n in by if n] if len(regions) != 1 and count else []
    about = f" {'parle' if count < 2 else 'parlent'} de «{NBSP}{filters.query}{NBSP}»" if filters.query else ""
    kind = {
        "communes": "communes à toutes les régions",
        "partagees": "communes à quelques régions",
        "propres": "propres à une région",
    }
    labels = {p.id: p.label for p in ds.action_plan.programmes}
    of = [kind[filters.scope] if filters.scope else "", labels.get(filters.programme or "", "")]
    of.append(f"objectif {filters.objective}" if filters.objective else "")
    limits = f" ({'; '.join(text for text in of if text)})" if any(of) else ""
    spread = f"{NBSP}: " + listed([f"{number(n)} {where(ds, c)}" for c, n in each]) if len(each) > 1 else ""
    texts = [f"«{NBSP}{typographic(a.text)}{NBSP}»" for a in chosen[:_MOST_TEXTS]]
    shown = (
        f" Par exemple{NBSP}: {'; '.join(texts)}."
        if texts and ("list" in frame.ops or filters.query or filters.scope)
        else ""
    )
    text = f"{capital(where_)}, {number(count)}{NBSP}{one if count < 2 else several}{limits}{about}{spread}.{shown}"
    return _plan_reply(ds, frame, text, [Decimal(count), *(Decimal(n) for _, n in each)], filters, regions)


def _most_actions(ds: Dataset, frame: Frame, chosen: Sequence[Action]) -> Reply:
    counts = {c: _number_of(frame, [a for a in chosen if a.region_code == c])[0] for c in ds.region_codes()}
    edge = (max if "highest" in frame.ops else min)(counts.values())
    first = [c for c, n in counts.items() if n == edge]
    _, _one, several = _number_of(frame, chosen)
    end, places = "plus" if "highest" in frame.ops else "moins", listed([where(ds, c) for c in first])
    of = "d’" if several[0] in "aei" else "de "
    text = f"Le {end} {of}{several}{NBSP}: {number(edge)} {places}."
    return _plan_reply(ds, frame, text, [Decimal(edge)], plan.Filters(), first if len(first) == 1 else [])


def _plan_reply(
    ds: Dataset, frame: Frame, said: str, values: Sequence[Decimal], filters: plan.Filters, regions: list[str]
) -> Reply:
    own = {query.SEARCH: filters.query, query.REGION: regions[0] if len(regions) == 1 else "",
           query.OBJECTIVE: filters.objective or "", query.PROGRAMME: filters.programme or "",
           query.SCOPE: filters.scope or ""}  # fmt: skip
    document = ds.documents[ds.action_plan.source].short
    code = regions[0] if len(regions) == 1 else ds.config.direction
    return Reply(
        "answer", typographic(f"{said} Plan {ds.action_plan.period}."), tuple(dict.fromkeys(values)), "plan",
        ds.action_plan.period, chips(ds, frame, regions, [], "actions"), Slide("plan", {query.TERRITORY: code}),
        f"Source{NBSP}: {document}, plan d’action.",
        (), addresses.ACTION_PLAN, {name: value for name, value in own.items() if value}, asked=frame.asked,
    )  # fmt: skip


# --- Figures of the portraits and of the network ----------------------------------------------------------------------


_BESIDE = {
    "job_seekers_low": "job_seekers_high",
    "visible_minority_share_of_immigrants": "visible_minority_share_of_population",
}


def prose(ds: Dataset, frame: Frame) -> Reply | None:
    """A figure that only a text of the plan gives."""
    ids = frame.get("figure")
    if (
        not ids
        or frame.unclear
        or frame.ops - _PLAIN - {"change", "sum", "mean", "source"}
        or frame.percents
        or frame.numbers
    ):
        return None
    if (
        set(frame.get("category")) - {"admissions_by_category/refugee"}
        or frame.get("target")
        or set(frame.subjects) & {"permits", "rate"}
    ):
        return None
    wanted = {*ids, *(_BESIDE[id_] for id_ in ids if id_ in _BESIDE)}
    every = [(f, source) for f, source in prose_figures(ds) if f.id in wanted]
    codes = [
        c for c in frame.territories if len(frame.territories) == 1 or c != ds.config.province or "compare" in frame.ops
    ]
    found = [(f, s) for f, s in every if not codes or f.territory in codes]
    if not found:
        places = list(dict.fromkeys(f.territory for f, _ in every))
        said = listed([where(ds, code) for code in places if code in ds.territories])
        label = every[0][0].label if every else "Ce chiffre"
        return refusal(
            f"{label}{NBSP}: le plan ne le donne que {said}.", *(f"{label} {where(ds, c)}?" for c in places[:1])
        )
    own = [f for f, _ in found]
    asked = {*frame.years, *frame.spans, *frame.dates}
    if any(period not in f.period and f.period[:4] != period for period in asked for f in own):
        return refusal(f"{own[0].label}{NBSP}: le plan ne le donne que pour {period_words(own[0].period)}.")
    said = "; ".join(
        f"{where(ds, f.territory)}, {f.label}{NBSP}: {_with_unit(f)} ({period_words(f.period)})" for f in own
    )
    loose = any(f.period[:4] in {p.year for d in ds.documents.values() for p in d.provisional or ()} for f in own)
    status = f"Donnée {'provisoire' if loose else 'définitive'}"
    strange = [typographic(ds.anomalies[a].title) for a in dict.fromkeys(a for f in own for a in f.anomalies)]
    cautions = f" À savoir{NBSP}: {'; '.join(strange)}." if strange else ""
    region = next((c for c in ds.region_codes() if c in {f.territory for f in own}), None)
    slugs = {r.code: r.slug for r in ds.config.regions}
    view = Slide("chiffres", {query.TERRITORY: region}) if region else Slide("sources", {})
    page, params = (slugs[region], {query.PLACE: "portrait"}) if region else (addresses.SOURCES, {})
    return Reply(
        "answer", typographic(f"{capital(said)}, selon le texte du plan. {status}.{cautions}"),
        tuple(dict.fromkeys(_decimals([f.value for f in own]))), "provisional" if loose else "definitive",
        own[0].period, chips(ds, frame, [f.territory for f in own], [], "figure", *(f.id for f in own)), view,
        section(ds, found[0][1]),
        tuple(typographic(f.quote) for f in own), page, params, asked=frame.asked,
    )  # fmt: skip


def _with_unit(figure: ProseFigure) -> str:
    decimals = 0 if float(figure.value).is_integer() else 1
    return f"{number(figure.value, decimals)}{NBSP}{figure.unit}"


# --- Texts ------------------------------------------------------------------------------------------------------------

_ACRONYM = re.compile(r"((?:[\w’'-]+ ){1,12})\(([A-ZÉ]{2,6})\)")


@remembered
def acronyms(ds: Dataset) -> dict[str, str]:
    """What each acronym of the plan stands for, as its texts say it."""
    blocks = (ds.texts.network, *ds.texts.service_offer, ds.texts.partnership)
    texts = [p.label for p in ds.action_plan.programmes] + [
        c.label for i in ds.indicators.values() for c in i.categories
    ]
    texts += [paragraph for block in blocks for paragraph in block.paragraphs] + [f.label for f in ds.texts.figures]
    texts += [t for a in ds.action_plan.actions for _, t in plan.texts(ds.action_plan, a)] + [
        n.text for n in ds.texts.notes
    ]
    found: dict[str, str] = {}
    for text in texts:
        for words_, short in _ACRONYM.findall(text):
            parts = words_.split()
            starts = [n for n, part in enumerate(parts) if re.sub("^[ld]’", "", part.lower())[:1] == short[0].lower()]
            if starts:
                best = " ".join(parts[starts[0] :])
                found.setdefault(short.lower(), best)
        for short, long in re.findall(r"\b([A-Z]{3,6}) : ([^.]+)\.", text):
            found[short.lower()] = long
    return found


def define(ds: Dataset, frame: Frame) -> Reply | None:
    """What a word means: a definition of the plan, that of an indicator, or what an acronym stands for."""
    both = {"people", "residents"} <= set(frame.subjects) and frame.ops & {"difference", "compare"}
    if "define" not in frame.ops and not both:
        return None
    if set(frame.territories) - {ds.config.direction} or frame.timed or frame.numbers:
        return None
    ids = [d.id for d in ds.texts.definitions] if both else frame.get("definition")
    if ids:
        own = [d for d in ds.texts.definitions if d.id in ids]
        said = " ".join(f"{d.term}{NBSP}: «{NBSP}{typographic(d.text)}{NBSP}»" for d in own)
        return _text(
            ds, frame, said, section(ds, own[0].source), addresses.SOURCES, place_of("definition", own[0].term)
        )
    known = acronyms(ds)
    short = next((t.typed for t in frame.words if t.word in known), None)
    if (short and not frame.unknown) or (short and frame.unknown == [short]):
        said = f"{short.upper()}{NBSP}: {known[short.lower()]}."
        return _text(
            ds, frame, said, f"Source{NBSP}: {ds.documents[ds.action_plan.source].short}.", addresses.SOURCES, ""
        )
    if frame.unknown or frame.territories:
        return None
    return _of_indicator(ds, frame)


_DICTIONARY = {
    "admissions": "admissions", "people": "admissions", "residents": "immigrant_population",
    "permits": "temporary_permits",
    "population": "population_census", "agreements": "agreements", "french": "admissions_by_french",
}  # fmt: skip


def _of_indicator(ds: Dataset, frame: Frame) -> Reply | None:
    named = [_DICTIONARY[s] for s in frame.subjects if s in _DICTIONARY]
    named += [c.partition("/")[0] for c in frame.get("category")] + frame.get("indicator") + frame.get("breakdown")
    if "rate" in frame.subjects or "ratio" in frame.subjects:
        own = ds.derived["rate_per_1000" if "rate" in frame.subjects else "permits_per_admission"]
        return _text(
            ds,
            frame,
            f"{own.label}{NBSP}: {typographic(own.formula)}.",
            "Dictionnaire des indicateurs.",
            addresses.SOURCES,
            "",
        )
    if not named or named[0] not in ds.indicators:
        target = next((t for t in ds.targets.targets if t.id in frame.get("target")), None)
        if target is None:
            return None
        return _text(ds, frame, f"{typographic(target.short)}{NBSP}: «{NBSP}{typographic(target.indicator)}{NBSP}».",
                     section(ds, ds.targets.source), addresses.TARGETS, place_of("cible", target.id))  # fmt: skip
    found = ds.indicators[named[0]]
    said = f"{found.label}{NBSP}: {typographic(found.definition)}"
    return _text(
        ds, frame, said, "Dictionnaire des indicateurs.", addresses.SOURCES, place_of("dictionnaire", found.id)
    )


def _text(ds: Dataset, frame: Frame, said: str, source: str, page: str, anchor: str) -> Reply:
    return Reply(
        "text", typographic(said), chips=chips(ds, frame, [], [], "text"), view=Slide("sources", {}), source=source,
        page=page,
        params={query.PLACE: anchor} if anchor else {}, asked=frame.asked,
    )  # fmt: skip


def told(ds: Dataset, frame: Frame) -> Reply | None:
    """A reason that the plan states, quoted."""
    for own in ds.vocabulary.told:
        if own.region is not None and own.region not in frame.territories:
            continue
        if all(any(holds(frame.asked, fold(word)) for word in group) for group in own.words):
            slugs = {r.code: r.slug for r in ds.config.regions}
            said = f"Selon le plan{NBSP}: «{NBSP}{typographic(own.quote.strip())}{NBSP}»"
            return _text(ds, frame, said, section(ds, own.source), slugs.get(own.region or "", ""), "portrait")
    return None

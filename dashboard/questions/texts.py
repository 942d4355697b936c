"""Answers made of texts: figures that only a sentence gives, definitions, reasons, and passages that hold the words."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from dashboard.deck.slides import Slide
from dashboard.indicators import plan
from dashboard.indicators.memory import remembered
from dashboard.model import Dataset
from dashboard.model.documents import ProseFigure
from dashboard.narrative.search import place_of
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import listed
from dashboard.questions.frame import PLAN, Frame, prose_figures
from dashboard.questions.lexicon import lexicon
from dashboard.questions.reply import Passage, Reply, refusal
from dashboard.questions.telling import chips, section, where
from dashboard.questions.words import Token, stem
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.wording import addresses, query
from dashboard.wording.matching import holds
from dashboard.wording.numbers import NBSP, number, plain, typographic
from dashboard.wording.periods import period as period_words
from dashboard.wording.slugs import flat, fold

# --- Figures of the portraits and of the network ----------------------------------------------------------------------

_BESIDE = {"job_seekers_low": "job_seekers_high",
           "visible_minority_share_of_immigrants": "visible_minority_share_of_population"}  # fmt: skip
# Words that go with such a figure: « quelle part des personnes immigrées… ».
_IN_PROSE = (("poste|emploi", ("emploi",)), ("agent", ("emploi",)),
             ("immig", ("people", "residents", "population", "living", "belongs", "QC")),
             ("réfug", ("admissions_by_category/refugee", "people")), ("%", ("share", "population")))  # fmt: skip


def prose(ds: Dataset, frame: Frame) -> Reply | None:
    """A figure that only a text of the plan gives."""
    ids = frame.get("figure")
    if not ids or frame.unclear or frame.ops & {"if", "rank", "highest", "lowest"}:
        return None
    wanted = {*ids, *(_BESIDE[id_] for id_ in ids if id_ in _BESIDE)}
    every = [(f, source) for f, source in prose_figures(ds) if f.id in wanted]
    one = len(frame.territories) == 1 or "compare" in frame.ops
    codes = [c for c in frame.territories if one or c != ds.config.province]
    found = [(f, s) for f, s in every if not codes or f.territory in codes]
    if not found:
        places = [c for c in dict.fromkeys(f.territory for f, _ in every) if c in ds.territories]
        label = every[0][0].label if every else "Ce chiffre"
        given = f"donné {listed([where(ds, c) for c in places])} seulement" if places else "non donné"
        return refusal(f"{label}{NBSP}: {given}.", *(f"{label} {where(ds, c)}?" for c in places[:1]))
    own = [f for f, _ in found]
    asked = {*frame.years, *frame.spans, *frame.dates}
    if any(period not in f.period and f.period[:4] != period for period in asked for f in own):
        return refusal(f"{own[0].label}{NBSP}: donné pour {period_words(own[0].period)} seulement.")
    each = (f"{where(ds, f.territory)}, {_small(f.label)}{NBSP}: {_with_unit(f)}{_when(f)}" for f in own)
    loose = any(f.period[:4] in {p.year for d in ds.documents.values() for p in d.provisional or ()} for f in own)
    status = f"Donnée {'provisoire' if loose else 'définitive'}"
    strange = [typographic(ds.anomalies[a].title) for a in dict.fromkeys(a for f in own for a in f.anomalies)]
    cautions = f" À savoir{NBSP}: {'; '.join(strange)}." if strange else ""
    region = next((c for c in ds.region_codes() if c in {f.territory for f in own}), None)
    page, params = (_slugs(ds)[region], {query.PLACE: "portrait"}) if region else (addresses.SOURCES, {})
    quoted = " ".join(f"{f.label} {f.quote} {f.unit}".lower() for f in own)
    alone = ["sum"] if len(own) == 1 else []
    beside = [word for said, words in _IN_PROSE for word in words if re.search(said, quoted)]
    return Reply(
        "answer", typographic(f"{capital('; '.join(each))}, selon le texte du plan. {status}.{cautions}"),
        tuple(dict.fromkeys(Decimal(plain(f.value).removesuffix(".0")) for f in own)),
        "provisional" if loose else "definitive", own[0].period,
        chips(ds, frame, [f.territory for f in own], [], "figure", *(f.id for f in own)),
        Slide("chiffres", {query.TERRITORY: region}) if region else Slide("sources", {}), section(ds, found[0][1]),
        tuple(typographic(f.quote) for f in own), page, params, asked=frame.asked,
        used=frozenset({*(f.id for f in own), *(f.territory for f in own), *asked, *beside, *alone}),
    )  # fmt: skip


def _slugs(ds: Dataset) -> dict[str, str]:
    return {region.code: region.slug for region in ds.config.regions}


def _small(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _when(figure: ProseFigure) -> str:
    """« (2016) »; nothing for a figure without a date, « (depuis 1980) »."""
    period = period_words(figure.period)
    known = re.search(r"\d", period)
    return "" if not known else f" (depuis {period[:-1]})" if period.endswith("-") else f" ({period})"


def _with_unit(figure: ProseFigure) -> str:
    return f"{number(figure.value, 0 if float(figure.value).is_integer() else 1)}{NBSP}{figure.unit}"


# --- Definitions and reasons ------------------------------------------------------------------------------------------

_ACRONYM = re.compile(r"((?:[\w’'-]+,? ){1,14})\(([A-ZÉ]{2,6})\)")


@remembered
def acronyms(ds: Dataset) -> dict[str, str]:
    """What each acronym of the plan stands for, as its texts say it."""
    found: dict[str, str] = {}
    for text in (*(d.author for d in ds.documents.values()), *(passage.text for passage, _ in _passages(ds))):
        for words_, short in _ACRONYM.findall(text):
            parts = words_.split()
            initials = [flat(re.sub("^[ld]’", "", p.lower()))[:1] if p not in ("à", "et", "en") else "" for p in parts]
            first = [n for n, letter in enumerate(initials) if letter == short[0].lower()]
            starts = [n for n in first if _in_order(short.lower(), initials[n:])] or first[:1]
            if starts:
                found.setdefault(short.lower(), re.sub("^[ld]’", "", " ".join(parts[starts[-1] :])))
        for short, long in re.findall(r"\b([A-Z]{3,6}) : ([^.]+)\.", text):
            found[short.lower()] = long
    return found


def _in_order(letters: str, initials: list[str]) -> bool:
    """Whether the letters are initials in their order."""
    left = iter(initials)
    return all(letter in left for letter in letters)


_PEOPLE = frozenset({"people", "residents"})
_LETTERS = re.compile(r"\b(?:[A-Za-z][.-]){2,5}[A-Za-z]\b")
_DICTIONARY = {"admissions": "admissions", "people": "admissions", "residents": "immigrant_population",
               "permits": "temporary_permits", "population": "population_census", "agreements": "agreements",
               "french": "admissions_by_french"}  # fmt: skip


_NO_MEANING = frozenset({"reference", "revision", "progress", "text", "planned", "highest", "lowest"})


def define(ds: Dataset, frame: Frame) -> Reply | None:
    """What a word means: a definition of the plan, that of an indicator, or what an acronym stands for."""
    # « la population immigrée ou immigrante, c’est pareil? » asks for both, whatever else is said.
    words = {t.word.removesuffix("s") for t in frame.words}
    terms = [d for d in ds.texts.definitions if words & {(last := flat(d.term).split()[-1]), last.removesuffix("e")}]
    both = len(terms) > 1 and not frame.ops & _COUNTS
    if ("define" not in frame.ops and not both) or set(frame.territories) - {ds.config.direction}:
        return None
    if frame.timed or frame.numbers or frame.ops & _NO_MEANING:
        return None
    people = _PEOPLE & set(frame.subjects) and not frame.beyond("subject", "definition")
    own = [d for d in ds.texts.definitions if (d in terms and (both or people)) or d.id in frame.get("definition")]
    if own:
        said = " ".join(f"{d.term}{NBSP}: «{NBSP}{d.text}{NBSP}»" for d in own)
        # « la différence entre les admissions et la population immigrée »
        beside = [ds.indicators[_DICTIONARY[s]] for s in frame.subjects if s in _DICTIONARY and s not in _PEOPLE]
        said += "".join(f" {i.label}{NBSP}: {i.definition}" for i in beside)
        return _text(ds, frame, said, section(ds, own[0].source), place_of("definition", own[0].term))
    if frame.ops & {"how_many", "sum"}:
        return None  # « c’est quoi le nombre d’ententes PASI? »
    known = acronyms(ds)
    shorts = [t.typed for t in frame.words if t.word in known]
    spelled = [re.sub(r"\W", "", letters) for letters in _LETTERS.findall(frame.asked)]  # « P-A-S-I », « p.a.s.i. »
    if spelled and spelled[0].lower() in known:
        return _text(ds, frame, f"{spelled[0].upper()}{NBSP}: {known[spelled[0].lower()]}.", _of_plan(ds))
    if shorts and set(frame.unknown) <= {*shorts}:
        said = " ".join(f"{short.upper()}{NBSP}: {known[short.lower()]}." for short in shorts)
        return _text(ds, frame, said, _of_plan(ds))
    return None if frame.unknown or frame.territories else _of_indicator(ds, frame)


def _of_plan(ds: Dataset) -> str:
    return f"Source{NBSP}: {ds.documents[ds.action_plan.source].short}."


def _of_indicator(ds: Dataset, frame: Frame) -> Reply | None:
    named = [c.partition("/")[0] for c in frame.get("category")] + frame.get("indicator") + frame.get("breakdown")
    named += [_DICTIONARY[s] for s in frame.subjects if s in _DICTIONARY]
    source = "Dictionnaire des indicateurs."
    if {"rate", "ratio"} & set(frame.subjects):
        own = ds.derived["rate_per_1000" if "rate" in frame.subjects else "permits_per_admission"]
        return _text(ds, frame, f"{own.label}{NBSP}: {own.formula}.", source)
    if named and named[0] in ds.indicators:
        found = ds.indicators[named[0]]
        kinds = [c.label for c in found.categories if f"{named[0]}/{c.id}" in frame.get("category")]
        of = f"{listed(kinds)}{NBSP}: compté dans «{NBSP}{found.label}{NBSP}». " if kinds else f"{found.label}{NBSP}: "
        return _text(ds, frame, f"{of}{found.definition}", source, place_of("dictionnaire", found.id))
    target = next((t for t in ds.targets.targets if t.id in frame.get("target")), None)
    if target is None:
        return None
    said = f"{target.short}{NBSP}: «{NBSP}{target.indicator}{NBSP}»."
    return _text(ds, frame, said, section(ds, ds.targets.source), place_of("cible", target.id), addresses.TARGETS)


def _text(ds: Dataset, frame: Frame, said: str, source: str, anchor: str = "", page: str = addresses.SOURCES) -> Reply:
    return Reply(
        "text", typographic(said), chips=chips(ds, frame, [], [], "text"), view=Slide("sources", {}), source=source,
        page=page, params={query.PLACE: anchor} if anchor else {}, asked=frame.asked,
    )  # fmt: skip


def particularity(ds: Dataset, frame: Frame, id_: str) -> Reply:
    """What the source does to a figure, and why it is shown as it is."""
    own = ds.anomalies[id_]
    said = f"{own.title}{NBSP}: {own.source_says} {own.why}"
    return _text(ds, frame, said, "Particularités de la source.", place_of("particularite", id_))


def told(ds: Dataset, frame: Frame) -> Reply | None:
    """What a text answers: a reason that the plan states, a particularity of the source, what a word means here."""
    for own in ds.vocabulary.told if "how_many" not in frame.ops or frame.percents else ():
        starts = tuple(part for group in own.words for word in group for part in fold(word).split())
        here = own.region is None or own.region in frame.territories
        held = here and all(any(holds(frame.asked, fold(word)) for word in group) for group in own.words)
        held = held and all(fold(word).startswith(starts) for word in frame.unknown)
        if not held or (own.text and "targets" in frame.subjects) or ("ratio" in frame.subjects and not own.anomaly):
            continue
        if own.anomaly:
            return particularity(ds, frame, own.anomaly)
        slug = _slugs(ds).get(own.region or "")
        said = f"Selon le plan{NBSP}: «{NBSP}{own.quote.strip()}{NBSP}»" if own.quote else (own.text or "").strip()
        source = section(ds, own.source) if own.source else "Données et sources."
        return _text(ds, frame, said, source, "portrait" if slug else "", slug or addresses.SOURCES)
    return None


# --- Passages that hold the words -------------------------------------------------------------------------------------


@remembered
def _passages(ds: Dataset) -> list[tuple[Passage, frozenset[str]]]:
    """Every text that can be found, the ones of the plan first, and the stems of its words."""
    own, texts, sources = "Dictionnaire des indicateurs.", ds.texts, addresses.SOURCES
    document = _of_plan(ds)
    blocks = [(b, section(ds, b.source)) for b in (texts.network, *texts.service_offer, texts.partnership)]
    found = [
        *((d.term, d.text, section(ds, d.source), sources, query.PLACE, place_of("definition", d.term))
          for d in texts.definitions),
        *((b.title, p, source, sources, query.PLACE, place_of("texte", b.title))
          for b, source in blocks for p in b.paragraphs),
        *((f"Portrait, {ds.name(code)}", p, section(ds, portrait.source), _slugs(ds)[code], query.PLACE, "portrait")
          for code, portrait in ds.portraits.items() for p in portrait.portrait),
        *((f"Plan d’action, {ds.name(a.region_code)}", t, document, addresses.ACTION_PLAN, query.REGION, a.region_code)
          for a in ds.action_plan.actions for place, t in plan.texts(ds.action_plan, a) if place != "objectif"),
        *(("Note du plan", note.text, document, sources, "", "") for note in texts.notes),
        *((i.label, t, own, sources, query.PLACE, place_of("dictionnaire", id_))
          for id_, i in ds.indicators.items() for t in (i.definition, *(c.label for c in i.categories))),
        *((a.title, f"{a.source_says} {a.why}", "Particularités de la source.", sources, query.PLACE,
           place_of("particularite", id_)) for id_, a in ds.anomalies.items()),
        *((r.question, r.why, "Ce que les données ne disent pas.", addresses.SIMULATOR, "", "") for r in ds.refusals),
        *((s.title, s.question, "Simulateur.", addresses.SIMULATOR, query.SIMULATION, kind)
          for kind, s in SIMULATIONS.items()),
    ]  # fmt: skip
    return [
        (Passage(title, text, source, page, {name: value} if name else {}), _stems(f"{title} {text}"))
        for title, text, source, page, name, value in found
    ]


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_root, flat(text).split()))


def _root(word: str) -> str:
    """The stem, « réfugiés » and « réfugiées » alike."""
    return re.sub("(?:ie|e|i)$", "", stem(word))


_MOST_PASSAGES = 6
_COUNTS = frozenset({"how_many", "share", "rank", "nth", "highest", "lowest", "more", "less", "change", "if", "mean"})


def search(ds: Dataset, frame: Frame) -> Reply | None:
    """The passages that hold every word that tells something; None for a question that asks for a figure."""
    asked_for = frame.ops & {"text", "speak", "planned"}
    if frame.timed or frame.numbers or frame.percents or (frame.ops & _COUNTS and not asked_for):
        return None
    words = _telling(ds, frame)
    if not words or (len(words) > 1) < (not asked_for and not frame.unknown):
        return None
    wanted, typed = {_root(t.word) for t in words}, " ".join(t.typed for t in words)
    regions = {ds.region_of(code) for code in frame.territories} - {None}
    places = {*regions, *(_slugs(ds).get(code or "") for code in regions)}
    held: dict[str, list[Passage]] = {}
    for own, stems in _passages(ds):
        if wanted <= stems and (not regions or places & {own.page, own.params.get(query.REGION)}):
            held.setdefault(own.text, []).append(own)
    found = tuple(
        replace(own, title=_of_all(held[own.text]), text=typographic(_around(own.text, wanted)), params={
            **own.params, **({query.SEARCH: typed} if own.page == addresses.ACTION_PLAN else {})})
        for own in (same[0] for same in held.values())
    )  # fmt: skip
    if not found:
        return None
    first = found[0]
    more = f" {number(len(found) - 1)} autres passages en parlent." if len(found) > 2 else ""
    said = f"{first.title}{NBSP}: «{NBSP}{first.text}{NBSP}».{more}"
    return Reply(
        "text", typographic(said), chips=chips(ds, frame, frame.territories, [], "text"), view=Slide("sources", {}),
        source=first.source, page=first.page, params=first.params, asked=frame.asked, passages=found[:_MOST_PASSAGES],
    )  # fmt: skip


def _of_all(same: list[Passage]) -> str:
    """« Plan d’action, Bas-Saint-Laurent et Gaspésie… »: the title of what is said alike of several regions."""
    parts = [own.title.partition(", ") for own in same]
    return f"{parts[0][0]}, {listed(list(dict.fromkeys(own for *_, own in parts)))}".removesuffix(", ")


def _telling(ds: Dataset, frame: Frame) -> list[Token]:
    """The words that are looked for: neither harmless, nor what is done, nor a place."""
    fixed, ignored = {"operation", "level", "territory"}, lexicon(ds).ignored
    named = {n for m in frame.mentions if {x.kind for x in m.meanings} <= fixed for n in range(m.start, m.end)}
    return [t for n, t in enumerate(frame.words) if t.word not in ignored and n not in named and t.word.isalpha()]


def _around(text: str, wanted: set[str]) -> str:
    """The sentences of a long text that hold the words."""
    parts = re.split(r"(?<=[.;!?])\s+", text)
    kept = [p for p in parts if wanted & _stems(p)]
    return text if len(text) < 300 or not kept else " […] ".join(kept[:2])


_TELLING = 5


def counted(ds: Dataset, frame: Frame, least: int = 1) -> Reply | None:
    """The refusal where the words, `least` of them beside what is counted, are an indicator’s: it has no result."""
    if not frame.ops & {"how_many", "result", "share"} or frame.ops & {"if", "define"} or set(frame.subjects) & PLAN:
        return None
    wanted = {_root(t.word) for t in _telling(ds, frame)}
    ours = [m for m in frame.mentions if m.meanings[0].kind in ("subject", "category")]
    beside = wanted - {_root(t.word) for m in ours for t in frame.words[m.start : m.end]}
    if max(map(len, wanted), default=0) < _TELLING or len(beside) < least:
        return None
    # Those of the regions that are named come first.
    for action in sorted(ds.action_plan.actions, key=lambda a: a.region_code not in frame.territories):
        there = action.region_code in frame.territories
        for indicator in action.indicators:
            own = _stems(indicator.text)
            if wanted <= own or (len(wanted & own) > (not there) and wanted <= own | _stems(action.text)):
                said = f"Le plan en fait un indicateur («{NBSP}{indicator.text}{NBSP}»), sans résultat{NBSP}: aucun n’a"
                return refusal(f"{said} été saisi.", "Combien d’indicateurs compte le plan?")
    return None

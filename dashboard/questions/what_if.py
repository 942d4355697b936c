"""Questions that no figure observed answers, but an estimate or a scenario of the simulator does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from dashboard.deck.slides import Slide
from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.model.periods import Period
from dashboard.narrative.sentences import capital
from dashboard.narrative.sourcing import status_words
from dashboard.questions import choosing
from dashboard.questions.frame import Frame
from dashboard.questions.measures import ADMISSIONS
from dashboard.questions.reply import Reply, choice, joined, refusal
from dashboard.questions.telling import chips, where
from dashboard.scenarios.crossing import BY_MRC
from dashboard.scenarios.mrc_year import CHOSEN
from dashboard.scenarios.registry import answer as simulate
from dashboard.scenarios.result import Line, Outcome
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, typographic

# What a scenario supposes is no observation: « suivaient des cours », « restaient », « l’an prochain ».
_SUPPOSED = frozenset({"francisation-resultat", "presence", "prevision"})
_RATES = {"students": "etudes", "ptet": "ptet", "pmi": "pmi"}
_USUAL_YEARS = "3"
_EQUALLY = frozenset({"egal", "egale", "egales", "egalement", "egalite", "equitablement", "pareil"})


def supposed(ds: Dataset, frame: Frame) -> Reply | None:
    """The scenario that a frame asks for, whatever it supposes of what the source has not got."""
    if not set(frame.get("topic")) <= _SUPPOSED or not frame.words:
        return None
    rest = replace(frame, kinds={kind: codes for kind, codes in frame.kinds.items() if kind != "topic"})
    found = answer(ds, rest)
    return found and found.using(*_SUPPOSED)


def answer(ds: Dataset, frame: Frame) -> Reply | None:
    """The scenario that a frame asks for; None when it asks for none."""
    ops, codes = frame.ops, list(frame.territories)
    above = {code for code in codes if code == ds.config.province}
    own = [code for code in codes if code not in above]
    if frame.unclear or len(own) > 1 or frame.beyond("subject", "category", "target", "breakdown"):
        return None
    code = own[0] if own else ""
    # « Avec 50 000 admissions au Québec, combien au Bas-Saint-Laurent? »
    with_ = frame.words[0].word == "avec" and (frame.numbers or frame.percents)
    main = next((op for op in _BESIDE if op in ops), "if" if with_ else None)
    # Whatever else is asked makes it another question.
    if main is None or ops - _BESIDE[main] - {main, "how_many", "if", "apart", "list", "sum", "define", "courtesy"}:
        return None
    if main == "return":
        if (
            not (ops & {"highest", "peak"} or "year" in frame.get("level"))
            or frame.timed
            or _about(frame, "admissions")
        ):
            return None
        if not code and not above:
            near = _asked(ds, "Que faudrait-il pour revenir à la meilleure année en 3 ans")
            return choice("De quel territoire s’agit-il?", *near)
        raw = {"territoire": code or ds.config.province, "ans": frame.lapse or _USUAL_YEARS}
        return _reply(ds, frame, "meilleure-annee", raw)
    if main == "distribute" and len(frame.numbers) == 1 and not (frame.percents or frame.timed):
        if _about(frame, "admissions", "population"):
            return None
        if not code:
            near = _asked(ds, f"Comment répartir {frame.numbers[0]} admissions entre les MRC")
            return choice("De quelle région s’agit-il?", *near)
        method = (
            "population"
            if "weight" in ops or "population" in frame.subjects
            else "egal"
            if _EQUALLY & {t.word for t in frame.words}
            else "parts"
        )
        return _reply(ds, frame, "repartir", {"territoire": code, "nombre": frame.numbers[0], "methode": method})
    if "mix" in ops and code:
        return _reply(ds, frame, "categories", {"territoire": code, "modele": ds.config.province})
    if "weight" in ops and not (frame.numbers or frame.percents or _about(frame, "admissions", "population")):
        return _weight(ds, frame, code)
    return _supposed(ds, frame, code, above)


# What a question may hold of each scenario, besides its territory and its numbers.
_PERSONS = ("admissions", "people", "if", "sum")
_USED: Mapping[str, tuple[str, ...]] = {
    "meilleure-annee": (*_PERSONS, "return", "highest", "peak", "year", "yearly"),
    "repartir": (*_PERSONS, "distribute", "weight", "mrc", "region", "apart"),
    "categories": (*_PERSONS, "mix", "share", "compare", "apart", "admissions_by_category"),
    "poids-demographique": (*_PERSONS, "weight", "share", "population", "distribute", "apart"),
    "francais": (*_PERSONS, "take_part", "share", "2.1", "french", "admissions_by_french/french_not_known"),
    "permis": (*_PERSONS, "settle", "share", "permits", "living"),
    "quebec": _PERSONS,
    "mrc-annee": (*_PERSONS, "mrc", "compare", "admissions_by_mrc", "year"),
}
# The numbers of a scenario, by the field of a question that they come from.
_FIELDS = {
    "numbers": {"nombre", "admissions"}, "percents": {"taux", "part", *_RATES.values()}, "lapse": {"ans"},
}  # fmt: skip


def _used(ds: Dataset, frame: Frame, kind: str, raw: Mapping[str, str]) -> Iterator[str]:
    """What of a question is in a scenario."""
    given = {part for value in raw.values() for part in value.split(".")}
    yield from (*_USED[kind], *given, ds.config.province if kind in ("quebec", "categories") else "")
    yield from (field for field, names in _FIELDS.items() if names & set(raw))
    if kind in ("quebec", "categories"):
        # « combien en recevrait…? »: the verb, and not the weight of a population.
        yield from ("share" if "part" in raw else "", "weight" if frame.named.get("weight", "")[:2] == "re" else "")
    if kind in ("categories", "permis"):
        wanted = "admissions_by_category/" if kind == "categories" else "temporary_permits/"
        yield from (code for code in frame.get("category") if code.startswith(wanted))


_OF_ESTIMATE = frozenset({"define", "how_many", "sum", "compare", "list", "if", "apart", "courtesy"})
# What each scenario may be asked with.
_BESIDE: Mapping[str, frozenset[str]] = {
    "return": frozenset({"highest", "peak"}), "distribute": frozenset({"weight"}), "take_part": frozenset({"share"}),
    "settle": frozenset({"share"}), "mix": frozenset({"share", "compare", "weight"}), "weight": frozenset({"share"}),
    "if": frozenset({"share"}),
}  # fmt: skip


def _about(frame: Frame, *subjects: str) -> bool:
    """Whether something else than these subjects, or any category, is named."""
    return bool(set(frame.subjects) - {*subjects, "people"}) or frame.beyond("subject")


def _asked(ds: Dataset, start: str) -> list[str]:
    return [f"{start} {where(ds, code)}?" for code in ds.region_codes()[:4]]


def _weight(ds: Dataset, frame: Frame, code: str) -> Reply | None:
    if not code:
        return choice(
            "De quel territoire s’agit-il?", *_asked(ds, "Que recevrait au poids de sa population un territoire")
        )
    period = frame.spans[0] if len(frame.spans) == 1 and not frame.years else adm.span(ds)
    if frame.years:
        period = frame.years[0]
    return _reply(ds, frame, "poids-demographique", {"territoire": code, "periode": period})


def _supposed(ds: Dataset, frame: Frame, code: str, above: set[str]) -> Reply | None:
    ops = frame.ops
    if frame.spans or frame.dates or set(frame.years) - {adm.years(ds)[-1]} or frame.lapse:
        return None
    if "take_part" in ops or "2.1" in frame.get("target"):
        if len(frame.percents) != 1 or frame.numbers:
            return None
        place = code or (ds.config.province if above else ds.config.direction)
        return _reply(ds, frame, "francais", {"territoire": place, "taux": frame.percents[0]})
    if "settle" in ops:
        cats = [c.partition("/")[2] for c in frame.get("category") if c.startswith("temporary_permits/")]
        names = [name for cat in cats for name in cat.split("+")] or (
            list(_RATES) if "permits" in frame.subjects else []
        )
        if not names or len(frame.percents) != 1 or not code:
            return None
        return _reply(ds, frame, "permis", {"territoire": code, **{_RATES[name]: frame.percents[0] for name in names}})
    counts = [n for n in frame.numbers if "." not in n]
    if above and len(counts) == 1 and len(frame.percents) <= 1 and not frame.timed and not frame.get("category"):
        if not code:
            return choice("Pour quelle région?", *_asked(ds, f"Si le Québec admettait {counts[0]} personnes, combien"))
        part = {"part": frame.percents[0]} if frame.percents else {}
        return _reply(
            ds, frame, "quebec",
            {"territoire": code, "admissions": counts[0], "reference": adm.years(ds)[-1], **part},
        )  # fmt: skip
    return None


def estimate(ds: Dataset, frame: Frame) -> Reply | None:
    """MRC × year: the source has not got it, the simulator bounds it. None when it is not what is asked."""
    periods, codes = [*frame.years, *frame.spans], frame.territories
    of_mrc = codes and all(ds.territories[code].level == "mrc" for code in codes)
    if not of_mrc or not periods or frame.dates or frame.beyond("subject", "indicator"):
        return None
    if set(periods) <= {*ds.periods(BY_MRC), adm.span(ds)} or frame.numbers or frame.percents:
        return None
    families = [f for f in choosing.families(ds, frame) if f != "people"] or [ADMISSIONS]
    if families != [ADMISSIONS] or frame.ops - _OF_ESTIMATE or set(frame.levels) - {"mrc"}:
        return None
    found = choosing.of_family(ds, frame, ADMISSIONS)
    if isinstance(found, Reply):
        return found
    years = list(dict.fromkeys(year for period in periods for year in Period.of(period).years))
    together = len(codes) == 1 or ("sum" in frame.ops and len({ds.region_of(code) for code in codes}) == 1)
    replies = [
        _reply(ds, frame, "mrc-annee", {"territoires": ".".join(own), "annees": ".".join(years)})
        for own in ([codes] if together else [[code] for code in codes])
    ]
    return joined(replies) if all(reply.kind == "answer" for reply in replies) or len(replies) == 1 else None


def _reply(ds: Dataset, frame: Frame, kind: str, raw: Mapping[str, str]) -> Reply:
    """The result of a simulation, as what it is: never as an observation; with its bounds and its first hypothesis."""
    found = simulate(ds, kind, raw)
    if found.outcome is None:
        said = next(iter(found.errors.values()), "Cette simulation n’a pas de réponse.")
        place = where(ds, (*frame.territories, ds.config.direction)[0])
        return refusal(capital(said), f"Combien de personnes admises {place}?")
    outcome = found.outcome
    supposed = outcome.assumptions[0] if outcome.assumptions else ""
    hypothesis = f" Hypothèse{NBSP}: {supposed[:1].lower()}{supposed[1:]}" if supposed else ""
    notices = " ".join(outcome.notices[:1])
    start = "" if outcome.status == "observé" else f"{capital(outcome.status)}, et non une donnée observée{NBSP}: "
    said = f"{start}{outcome.message} {notices}{hypothesis} {status_words(outcome.inputs)}".replace("  ", " ")
    view = Slide("simulation", {query.SIMULATION: kind, **raw})
    period = raw.get("annees") or raw.get("periode") or adm.years(ds)[-1]
    sources = "; ".join(dict.fromkeys(ds.section_name(row.source) for row in outcome.inputs))
    return Reply(
        "answer", typographic(said), tuple(_values(ds, kind, raw, outcome)), outcome.status, period,
        chips(ds, frame, frame.territories, [], kind), view, f"Calculé à partir de{NBSP}: {sources}.",
        tuple(dict.fromkeys(row.quote for row in outcome.inputs if row.quote))[:6], addresses.SIMULATOR,
        {query.SIMULATION: kind, **raw}, asked=frame.asked,
    ).using(*_used(ds, frame, kind, raw))  # fmt: skip


def _values(ds: Dataset, kind: str, raw: Mapping[str, str], outcome: Outcome) -> list[Decimal]:
    """The figures of the line that the message speaks of: what is estimated, its bounds, what is observed."""
    main = {
        "mrc-annee": CHOSEN,
        "francais": "participants",
        "quebec": raw.get("territoire"),
        "poids-demographique": raw.get("territoire"),
    }
    if kind == "meilleure-annee":
        counts = {y: adm.admissions(ds, raw["territoire"], y).value or 0 for y in adm.years(ds)}
        last = counts[adm.years(ds)[-1]]
        return [Decimal(int(max(counts.values()) - last)), Decimal(int(max(counts.values()))), Decimal(int(last))]
    if kind == "permis":
        lines: list[Line] = [line for line in outcome.lines if line.total] or list(outcome.lines)
    elif main.get(kind):
        lines = [line for line in outcome.lines if line.id == main[kind]]
    else:
        lines = list(outcome.lines)
    found: list[Decimal] = []
    for line in lines:
        value, low, high = line.shown(outcome.status)
        found += [Decimal(v) for v in (value, low, high) if isinstance(v, int)]
    return list(dict.fromkeys(found))

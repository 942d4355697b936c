"""Questions that no figure observed answers, but an estimate or a scenario of the simulator does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

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
from dashboard.scenarios.result import Outcome
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, typographic

# What a scenario supposes is no observation: « suivaient des cours », « restaient », « l’an prochain ».
_SUPPOSED: Final = frozenset({"francisation-resultat", "presence", "prevision"})
_RATES: Final = {"students": "etudes", "ptet": "ptet", "pmi": "pmi"}
_USUAL_YEARS: Final = "3"
_EQUALLY: Final = frozenset({"egal", "egale", "egales", "egalement", "egalite", "equitablement", "pareil"})
_PLAIN: Final = frozenset({"how_many", "if", "apart", "list", "sum", "define", "courtesy"})
_PERSONS: Final = frozenset({"admissions", "people", "if", "sum"})


class _Scenario(NamedTuple):
    """beside: other operations that it is asked with; held: what else a question about it may hold; near: how it is
    asked of a territory that has to be named; line: the line of its result that answers."""

    kind: str
    beside: frozenset[str]
    held: frozenset[str]
    near: str = ""
    line: str = ""


def _scenario(kind: str, beside: str, held: str = "", near: str = "", line: str = "") -> _Scenario:
    return _Scenario(kind, frozenset(beside.split()), _PERSONS | {*beside.split(), *held.split()}, near, line)


# By the operation that asks for it, the most precise first.
_SCENARIOS: Final[Mapping[str, _Scenario]] = {
    "return": _scenario("meilleure-annee", "highest peak", "return year yearly",
                        "Que faudrait-il pour revenir à la meilleure année en 3 ans"),
    "distribute": _scenario("repartir", "weight", "distribute mrc region apart population",
                            "Comment répartir {0} admissions entre les MRC"),
    "take_part": _scenario("francais", "share", "take_part 2.1 french admissions_by_french/french_not_known",
                           line="participants"),
    "settle": _scenario("permis", "share", "settle permits living"),
    "mix": _scenario("categories", "share compare weight", "mix apart admissions_by_category"),
    "weight": _scenario("poids-demographique", "share distribute", "weight population distribute apart",
                        "Que recevrait au poids de sa population un territoire", "territoire"),
    "if": _scenario("quebec", "share", near="Si le Québec admettait {0} personnes, combien", line="territoire"),
}  # fmt: skip
_ESTIMATE: Final = _scenario("mrc-annee", "", "mrc compare admissions_by_mrc year", line=CHOSEN)
# The numbers of a scenario, by the field of a question that they come from.
_FIELDS: Final = {
    "numbers": {"nombre", "admissions"}, "percents": {"taux", "part", *_RATES.values()}, "lapse": {"ans"},
}  # fmt: skip


def supposed(ds: Dataset, frame: Frame) -> Reply | None:
    """The scenario that a frame asks for, whatever it supposes of what the source has not got."""
    if not set(frame.get("topic")) <= _SUPPOSED or not frame.words:
        return None
    rest = replace(frame, kinds={kind: codes for kind, codes in frame.kinds.items() if kind != "topic"})
    found = answer(ds, rest)
    return found and found.using(*_SUPPOSED)


def answer(ds: Dataset, frame: Frame) -> Reply | None:
    """The scenario that a frame asks for; None when it asks for none."""
    ops = frame.ops
    # « Avec 50 000 admissions au Québec, combien au Bas-Saint-Laurent? »
    with_ = frame.words[0].word == "avec" and (frame.numbers or frame.percents)
    asked = {
        *ops,
        *(["if"] if with_ else []),
        *(["take_part"] if "2.1" in frame.get("target") and ("if" in ops or with_) else []),
    }
    codes = [code for code in frame.territories if code != ds.config.province]
    if frame.unclear or len(codes) > 1 or frame.beyond("subject", "category", "target", "breakdown"):
        return None
    for main, own in _SCENARIOS.items():
        raw = None
        if main == "if" and frame.named.get("weight", "")[:2] == "re":
            ops = ops - {"weight"}  # « combien en recevrait…? »
        if main in asked and not ops - own.beside - _PLAIN - {main}:
            raw = _fields(ds, frame, main, codes[0] if codes else "")
        if raw and not raw["territoire"]:
            if own.near.count("{") > len(frame.numbers):
                return None
            near = own.near.format(*frame.numbers)
            return choice("De quel territoire s’agit-il?", *(f"{near} {where(ds, c)}?" for c in ds.region_codes()[:4]))
        if raw:
            return _reply(ds, frame, own, raw)
    return None


def _fields(ds: Dataset, frame: Frame, main: str, code: str) -> dict[str, str] | None:
    """What a scenario is given; None where the question lacks something of it."""
    of_quebec, years = ds.config.province in frame.territories, adm.years(ds)
    counts = [n for n in frame.numbers if "." not in n]
    if main == "return":
        to_summit = frame.ops & {"highest", "peak"} or "year" in frame.get("level")
        place = code or (ds.config.province if of_quebec else "")
        return {"territoire": place, "ans": frame.lapse or _USUAL_YEARS} if to_summit else None
    if main == "distribute":
        by_weight = "weight" in frame.ops or "population" in frame.subjects
        method = "egal" if _EQUALLY & {t.word for t in frame.words} else "parts"
        how = {"nombre": frame.numbers[0], "methode": "population" if by_weight else method} if frame.numbers else {}
        return {"territoire": code, **how} if len(frame.numbers) == 1 else None
    if main == "mix":
        return {"territoire": code, "modele": ds.config.province} if code else None
    if main == "weight":
        period = (frame.years or frame.spans or [adm.span(ds)])[0]
        return None if frame.numbers or frame.percents else {"territoire": code, "periode": period}
    if set(frame.years) - {years[-1]} or len(frame.percents) > 1:
        return None
    part = frame.percents[0] if frame.percents else ""
    if main == "take_part":
        place = code or (ds.config.province if of_quebec else ds.config.direction)
        return {"territoire": place, "taux": part} if part else None
    if main == "settle":
        cats = [c.partition("/")[2] for c in frame.get("category") if c.startswith("temporary_permits/")]
        every = "+".join(cats or (_RATES if "permits" in frame.subjects else ())).split("+")
        return {"territoire": code, **{_RATES[n]: part for n in every}} if part and code and every != [""] else None
    at = next((m.start for m in frame.mentions if ds.config.province in {x.code for x in m.meanings}), 0)
    if part and not counts and part in {token.number for token in frame.words[:at]}:  # « 1 % des admissions du Québec »
        counts = [str(int(adm.admissions(ds, ds.config.province, years[-1]).value or 0))]
    kept = not frame.timed or (frame.years == [years[-1]] and (part or "share" in frame.ops))  # « sa part de 2019 »
    if not of_quebec or len(counts) != 1 or not kept:
        return None
    return {"territoire": code, "admissions": counts[0], "reference": years[-1], **({"part": part} if part else {})}


def estimate(ds: Dataset, frame: Frame) -> Reply | None:
    """MRC × year: the source has not got it, the simulator bounds it. None when it is not what is asked."""
    whens, codes = [*frame.years, *frame.spans], frame.territories
    of_mrc = codes and all(ds.territories[code].level == "mrc" for code in codes)
    if not of_mrc or set(whens) <= {*ds.periods(BY_MRC), adm.span(ds)} or frame.ops - _PLAIN - {"compare"}:
        return None
    if [f for f in choosing.families(ds, frame) if f != "people"] not in ([], [ADMISSIONS]):
        return None
    found = choosing.of_family(ds, frame, ADMISSIONS)
    if isinstance(found, Reply):
        return found
    years = list(dict.fromkeys(year for when in whens for year in Period.of(when).years))
    together = len(codes) == 1 or ("sum" in frame.ops and len({ds.region_of(code) for code in codes}) == 1)
    replies = [
        _reply(ds, frame, _ESTIMATE, {"territoires": ".".join(own), "annees": ".".join(years)})
        for own in ([codes] if together else [[code] for code in codes])
    ]
    return joined(replies) if all(reply.kind == "answer" for reply in replies) or len(replies) == 1 else None


def _reply(ds: Dataset, frame: Frame, own: _Scenario, raw: Mapping[str, str]) -> Reply:
    """The result of a simulation, as what it is: never as an observation; with its bounds and its first hypothesis."""
    found = simulate(ds, own.kind, raw)
    if found.outcome is None:
        said = next(iter(found.errors.values()), "Cette simulation n’a pas de réponse.")
        place = where(ds, (*frame.territories, ds.config.direction)[0])
        return refusal(capital(said), f"Combien de personnes admises {place}?")
    outcome = found.outcome
    supposed = outcome.assumptions[0] if outcome.assumptions else ""
    hypothesis = f" Hypothèse{NBSP}: {supposed[:1].lower()}{supposed[1:]}" if supposed else ""
    start = "" if outcome.status == "observé" else f"{capital(outcome.status)}, et non une donnée observée{NBSP}: "
    parts = (start + outcome.message, *outcome.notices[:1], hypothesis.strip(), status_words(outcome.inputs))
    sources = "; ".join(dict.fromkeys(ds.section_name(row.source) for row in outcome.inputs))
    wanted = "admissions_by_category/" if own.kind == "categories" else "temporary_permits/"
    held = [c for c in frame.get("category") if c.startswith(wanted) and own.kind in ("categories", "permis")]
    # « combien en recevrait…? »: the verb, and not the weight of a population.
    verb = own.kind in ("quebec", "categories") and frame.named.get("weight", "")[:2] == "re"
    kept = own.held - (set() if own.kind not in ("quebec",) or "part" in raw or frame.years else {"share"})
    kept -= {"weight"} if own.kind == "categories" and not verb else set()
    kept |= {"weight"} if verb else set()
    kept |= {ds.config.province} if own.kind in ("quebec", "categories") else set()
    return Reply(
        "answer", typographic(" ".join(filter(None, parts))), tuple(_values(ds, own, raw, outcome)), outcome.status,
        raw.get("annees") or raw.get("periode") or adm.years(ds)[-1], chips(ds, frame, frame.territories, [], own.kind),
        Slide("simulation", {query.SIMULATION: own.kind, **raw}), f"Calculé à partir de{NBSP}: {sources}.",
        tuple(dict.fromkeys(row.quote for row in outcome.inputs if row.quote))[:6], addresses.SIMULATOR,
        {query.SIMULATION: own.kind, **raw}, asked=frame.asked,
    ).using(*kept, *held, *(part for value in raw.values() for part in value.split(".")),
            *(field for field, names in _FIELDS.items() if names & set(raw)))  # fmt: skip


def _values(ds: Dataset, own: _Scenario, raw: Mapping[str, str], outcome: Outcome) -> list[Decimal]:
    """The figures of the line that the message speaks of: what is estimated, its bounds, what is observed."""
    if own.kind == "meilleure-annee":
        counts = [int(adm.admissions(ds, raw["territoire"], year).value or 0) for year in adm.years(ds)]
        return [Decimal(n) for n in (max(counts) - counts[-1], max(counts), counts[-1])]
    lines = [line for line in outcome.lines if line.id == raw.get(own.line, own.line)] or [
        line for line in outcome.lines if line.total and own.kind == "permis"] or list(outcome.lines)  # fmt: skip
    shown = (value for line in lines for value in line.shown(outcome.status))
    return list(dict.fromkeys(Decimal(v) for v in shown if isinstance(v, int)))

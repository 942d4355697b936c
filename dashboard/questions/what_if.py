"""Questions that no figure observed answers, but an estimate or a scenario of the simulator does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from dashboard.deck.slides import Slide
from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.model import Dataset
from dashboard.model.documents import ProseFigure
from dashboard.model.periods import Period
from dashboard.narrative.sentences import capital
from dashboard.narrative.sourcing import status_words
from dashboard.questions import choosing
from dashboard.questions.frame import PEOPLED, Frame, prose_figures
from dashboard.questions.measures import ADMISSIONS
from dashboard.questions.reply import Reply, choice, joined, refusal
from dashboard.questions.telling import chips, inside, where
from dashboard.scenarios.crossing import BY_MRC
from dashboard.scenarios.mrc_year import CHOSEN
from dashboard.scenarios.provincial import references
from dashboard.scenarios.registry import answer as simulate
from dashboard.scenarios.result import Line, Outcome
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, typographic
from dashboard.wording.slugs import flat

# What a scenario supposes is no observation: « suivaient des cours », « restaient », « l’an prochain », « un seuil »;
# of these, the words that may stand there, where others may not: « quittaient », « le Canada ».
_SUPPOSED: Final = frozenset({"francisation-resultat", "presence", "prevision", "seuils", "aujourd-hui", "opinion"})
_ONLY: Final = {"presence": ("rest", "demeur", "encore", "toujours", "vi", "mainti", "conserv", "taux", "retention"),
                "seuils": ("seuil", "quota", "niveau", "gouvernement", "plafond"),
                "opinion": ("devr", "doi", "faut", "effet", "impact", "fonction")}  # fmt: skip
_RATES: Final = {"students": "etudes", "ptet": "ptet", "pmi": "pmi"}
_USUAL_YEARS: Final = "3"
_EQUALLY: Final = frozenset({"egal", "egale", "egales", "egalement", "egalite", "equitablement", "pareil"})
_PLAIN: Final = frozenset({"how_many", "if", "apart", "list", "sum", "define", "courtesy", "speak"})
_PERSONS: Final = frozenset({"admissions", "people", "if", "sum", "define", "speak"})
# From how many admissions a number said of the province can only be supposed; and a verb that supposes.
_MANY: Final = 10_000
_WOULD: Final = re.compile(r"(?!pour|voud|aime|saur|faud|devr|aur|ser).*r(?:ait|aient|ais|ions)")
_NEEDED: Final = frozenset({"faudrait", "faut"})
_EACH: Final = frozenset({"entre", "par", "chaque", "chacune", "selon", "prorata"})
# « Est-ce que 20 % restent? » is checked, not supposed; « 20 % de plus » is not 20 %.
_YES_NO: Final = re.compile(
    r"(?<!qu )\best ce qu?e? (?!tu|on|vous|nous)|\b(?:t|est|ont|sont|font) (?:il|elle)s?\b|\bvrai\b|\bexact\b"
)
_MORE: Final = re.compile(r"\d (?:pour cent|pourcent|)? ?de plus")
# « Quelles MRC… », « 3 MRC », « pour 100 habitants », « une population de 500 »: nothing to share.
_NO_SHARE: Final = re.compile(r"(?:quelles?|combien de|\d) mrc|\d habitants|(?<!la )population de \d")
_AS: Final = ("propo", "en propo", "selon", "en fonction", "au prorata")
_ACCORDING: Final = ("selon", "prorata", "proportion", "suiv", "fonction", "basa")
_LIKE: Final = frozenset(("proportions", "celui", "celle", "ceux", "pareil", "pareille", "memes", "identique", "comme",
                          "celles", "meme"))  # fmt: skip
_STAYS: Final = ("permanen", "etabli", "install", "residen", "retention", "rest", "demeur", "gard", "viv")
_OF_QUEBEC: Final = re.compile(r"\b(?:si|mettons que|supposons que|admettons que) (?:le )?quebec ")
# What the parts of a number to share are those of: of what was admitted, of the population.
_OF_ADMITTED: Final = re.compile(
    r"\b(?:prorata|poids|parts?|proportion\w*|selon|suivant|fonction|base|apres|popul\w* et)"
    r"(?: (?!popul|demogr)\w+){0,3}? (?:admis|arriv|immigr|accuei|histori|passe|observe|recu)"
)
_OF_PEOPLE: Final = re.compile(r"\b(?:popul|habitant|demogr)")
# « la moitié de sa part »: not half of Québec.
_PART_OF: Final = re.compile(r"\bde (?:sa|la|leur|cette) (?:\w+ )?(?:part|proportion|poids)\b")
# « à la part actuelle, puis à 1 % ».
_AS_IT_IS: Final = re.compile(
    r"\b(?:part|proportion|poids) (?:actuel|constant|inchang|egal|d aujourd|d a?sth?eure|de maintenant|d avant|reste"
    r"|ne (?:change|bouge))"
    r"|\bmeme (?:part|proportion)\b|\bcombien\b.*\bcombien\b|\bcb\b.*\bcb\b"
)
_RATIO: Final = re.compile(r"(?<!meme|leur|.son|..sa) (?:pourcentage|proportion|pour cent)\b")


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
    "return": _scenario("meilleure-annee", "highest peak progress difference objective take_part result change yearly",
                        "return year", "Que faudrait-il pour revenir à la meilleure année en 3 ans"),
    "distribute": _scenario("repartir", "weight share objective",
                            "distribute mrc year region apart population rate times difference admissions_by_mrc",
                            "Comment répartir {0} admissions entre les MRC"),
    "take_part": _scenario("francais", "share settle",
                           "take_part 2.1 french rate admissions_by_french/french_not_known", line="participants"),
    "settle": _scenario("permis", "share take_part result compare", "settle permits living difference"),
    "mix": _scenario("categories", "share compare common distribute take_part", "mix apart admissions_by_category"),
    "weight": _scenario("poids-demographique", "share distribute take_part",
                        "weight population living rate distribute apart",
                        "Que recevrait au poids de sa population un territoire", "territoire"),
    "if": _scenario("quebec", "share objective take_part result yearly common weight mix",
                    f"region targets settle change return year rate population {PEOPLED}",
                    near="Si le Québec admettait {0} personnes, combien", line="territoire"),
}  # fmt: skip
# What only a scenario does.
OWN: Final = frozenset(_SCENARIOS) - {"if"}
_ESTIMATE: Final = _scenario("mrc-annee", "", "mrc compare admissions_by_mrc year", line=CHOSEN)
# The numbers of a scenario, by the field of a question that they come from.
_FIELDS: Final = {
    "numbers": {"nombre", "admissions"}, "percents": {"taux", "part", *_RATES.values()}, "lapse": {"ans"},
}  # fmt: skip


def supposed(ds: Dataset, frame: Frame) -> Reply | None:
    """The scenario that a frame asks for, whatever it supposes of what the source has not got."""
    if not set(frame.get("topic")) <= _SUPPOSED or not frame.words:
        return None
    typed = [(m.meanings[0].code, flat(m.text)) for m in frame.mentions]
    if any(not text.startswith(_ONLY.get(code, "")) for code, text in typed):
        return None
    rest = replace(frame, kinds={kind: codes for kind, codes in frame.kinds.items() if kind != "topic"})
    found = answer(ds, rest)
    return found and found.using(*_SUPPOSED)


def supposes(ds: Dataset, frame: Frame) -> bool:
    """« Si… », « avec 50 000… », « que donnerait… », or more admissions said of the province than of any place."""
    large = any(n.isdigit() and int(n) >= _MANY for n in frame.numbers)
    of_quebec = any(ds.config.province in codes for codes in (frame.territories, *frame.unclear))
    given = any(o.word == "avec" and t.number in frame.percents for o, t in pairwise(frame.words)) or (
        any(t.word in ("avec", "a") for t in frame.words[:1]) and (frame.numbers or frame.percents))  # fmt: skip
    would = any(_WOULD.fullmatch(token.word) for token in frame.words)
    return bool("if" in frame.ops or (large and of_quebec) or given or would)


def answer(ds: Dataset, frame: Frame) -> Reply | None:
    """The scenario that a frame asks for; None when it asks for none."""
    if frame.unclear and ds.config.province in frame.unclear[0] and frame.numbers and supposes(ds, frame):
        # « si Québec admettait 60 000 personnes »
        frame = replace(frame, unclear=frame.unclear[1:], territories=[ds.config.province, *frame.territories])
    codes, ops = [code for code in frame.territories if code != ds.config.province], frame.ops
    if not codes and ("region" in frame.levels or "common" in ops) and ds.config.province in frame.territories:
        codes = ds.region_codes()  # « combien dans chaque région? »
    weighed = "weight" in ops or "population" in frame.subjects
    if (
        weighed
        and len(codes) > 1
        and all(inside(ds, c, ds.config.direction) for c in codes if c != ds.config.direction)
    ):
        codes = [code for code in codes if code != ds.config.direction]  # the weight is that in the direction
    one = "mrc" in frame.levels or ops & {"return", "distribute"}
    if len(codes) > 1 and "mix" in ops and "quebec" not in flat(frame.asked):
        return None  # « la même répartition que la Capitale-Nationale »
    if len(codes) > 1 and not one and all(ds.territories[code].level == "region" for code in codes):
        others = [code for code in frame.territories if code not in codes]
        every = [answer(ds, replace(frame, territories=[*others, code])) for code in codes]
        found = [reply for reply in every if reply and reply.kind == "answer"]
        return joined(found) if len(found) == len(codes) else None
    mrc = next((code for code in codes if ds.territories[code].level == "mrc"), "")
    whole = next((code for code in codes if code != mrc), "")
    apart = set(codes) - {mrc, whole} or (mrc and whole and not inside(ds, mrc, whole))
    said, change = flat(frame.asked), flat(frame.named.get("change", ""))
    checked = _YES_NO.search(said) and not ("how_many" in ops or supposes(ds, frame))
    lost = any(flat(m.text).startswith("perd") for m in frame.mentions)
    if checked or lost or change.startswith(("doubl", "tripl")):
        return None
    beyond = frame.beyond("subject", "category", "target", "breakdown", "indicator", "figure")
    if frame.unclear or apart or beyond or set(frame.get("figure")) - {PEOPLED}:
        return None
    # « s’il montait à 60 000 », « combien s’établiraient ici? », « combien de plus si 10 %… », « divise 500 »
    to = {n for n, (o, t) in enumerate(pairwise(frame.words)) if o.word == "a" and t.number}
    by = any(o.word == "de" and t.number in frame.percents for o, t in pairwise(frame.words))
    ends = [(x.code, m.end) for m in frame.mentions for x in m.meanings if x.code in ("change", "return")]
    typed = {op: flat(frame.named.get(op, "")) for op in ("settle", "difference", "times")}
    ops -= {op for op, end in ends if not by and to & {*range(end, end + 4)}}
    ops -= {"settle"} if not frame.percents and re.search("etabl|instal", typed["settle"]) else set()
    more = re.search("de plus$|^suppl", typed["difference"]) and not _MORE.search(said)
    shared = frame.numbers and "mrc" in frame.levels and ops & {"apart", "distribute"}
    ops -= {"difference"} if more and (frame.percents or shared or "return" in ops) else set()
    ops -= {"change"} if "mix" in ops and change.startswith("chang") else set()  # « ça changerait quoi? »
    ops -= {"times"} if typed["times"].startswith("divis") else set()
    for main, own in _SCENARIOS.items():
        among = mrc and (main == "if" or (main == "distribute" and whole))
        place = whole or (ds.region_of(mrc) or "" if among else mrc)
        fits = not ops - own.beside - _PLAIN - {main} and (among or not (mrc and whole))
        whole_of = {"distribute": whole if mrc else "", "if": ds.config.province}.get(main, "")
        raw = _fields(ds, frame, main, place, mrc if among else "") if fits and not _reversed(frame, whole_of) else None
        if raw and not raw["territoire"]:
            if own.near.count("{") > len(frame.numbers):
                return None
            near = own.near.format(*frame.numbers)
            return choice("De quel territoire s’agit-il?", *(f"{near} {where(ds, c)}?" for c in ds.region_codes()[:4]))
        if raw:
            both = [{k: v for k, v in raw.items() if k != "part"}] if "part" in raw and _AS_IT_IS.search(said) else []
            return joined([_reply(ds, frame, own, each, mrc if among else "") for each in (*both, raw)])
    return None


def _reversed(frame: Frame, whole: str) -> bool:
    """« Si Rimouski en avait 500, combien au Bas-Saint-Laurent? »: what is asked is the whole of what is given."""
    given = next((n for n, token in enumerate(frame.words) if token.number in frame.numbers), len(frame.words))
    asks = next((n for n, t in enumerate(frame.words) if n > given and t.word.startswith(("combien", "quel"))), None)
    places = [m.meanings for m in frame.mentions if m.meanings[0].kind == "territory" and m.start > (asks or given)]
    return bool(asks and places) and all(whole in {meaning.code for meaning in place} for place in places)


def _fields(ds: Dataset, frame: Frame, main: str, code: str, mrc: str) -> dict[str, str] | None:
    """What a scenario is given, from what is named, whatever the words are; None where something of it lacks."""
    of_quebec, years, ops = ds.config.province in frame.territories, adm.years(ds), frame.ops
    words, supposed = {token.word for token in frame.words}, supposes(ds, frame)
    named = {meaning.code for mention in frame.mentions for meaning in mention.meanings}
    asked: object = main in ops
    part = frame.percents[0] if len(frame.percents) == 1 else ""
    if main == "return":
        summit = ops & {"highest", "peak"} or "sommet" in words
        place = code or (ds.config.province if of_quebec else "")
        asked = asked or (frame.lapse and supposed) or words & _NEEDED
        return {"territoire": place, "ans": frame.lapse or _USUAL_YEARS} if summit and asked else None
    if main == "distribute":
        by_mrc = ("mrc" in frame.levels or mrc) and not _NO_SHARE.search(flat(frame.asked))
        asked = asked or (by_mrc and (supposed or (mrc and "how_many" in ops) or "apart" in ops or words & _EACH))
        said = flat(frame.asked)
        of_admitted = frame.spans or _OF_ADMITTED.search(said)
        told = {"egal": _EQUALLY & words, "population": _OF_PEOPLE.search(said), "parts": of_admitted}
        ways = [way for way, so in told.items() if so] or ["parts"] * ("weight" not in ops)
        given = asked and len(ways) == len(frame.numbers) == 1
        return {"territoire": code, "nombre": frame.numbers[0], "methode": ways[0]} if given else None
    if main == "mix":
        model = named & {"admissions_by_category", "apart"} or (words & _LIKE and (supposed or "avec" in words))
        about = any("admissions_by_category" in own for own in named)
        own = "compare" not in ops and (supposed or "avec" in words)
        asked = asked or (of_quebec and model and about and own)
        of_here = code and not frame.numbers and not _OF_QUEBEC.search(flat(frame.asked))
        return {"territoire": code, "modele": ds.config.province} if asked and of_here else None
    if main == "weight":
        shared = named & {"population", "rate"} and any(word.startswith(_ACCORDING) for word in words)
        asked = asked or (shared and (supposed or named & {"distribute", "opinion"}))
        period = (frame.years or frame.spans or [adm.span(ds)])[0]
        none = frame.numbers or frame.percents or not asked or of_quebec or (frame.years and _peopled(ds, code))
        return None if none else {"territoire": code, "periode": period}
    if len(frame.percents) > 1 or (main != "if" and set(frame.years) - {years[-1]}):
        return None
    if main == "take_part":
        place = code or (ds.config.province if of_quebec else ds.config.direction)
        asked = asked or (supposed and named & {"2.1", "francisation-resultat"})
        return {"territoire": place, "taux": part} if part and asked else None
    if main == "settle":
        cats = [c.partition("/")[2] for c in frame.get("category") if c.startswith("temporary_permits/")]
        every = "+".join(cats or (_RATES if "permits" in frame.subjects else ())).split("+")
        asked = part and code and (asked or any(word.startswith(_STAYS) for word in words))
        return {"territoire": code, **{_RATES[n]: part for n in every}} if asked and every != [""] else None
    counts = [n for n in frame.numbers if "." not in n]
    if len(counts) > 1 and re.search(rf"\bde {counts[0]} .*\ba {counts[1]}\b", " ".join(t.word for t in frame.words)):
        counts = counts[1:]  # « s’il passait de 40 000 à 60 000 »
    whens = [*frame.years, *frame.spans, *frame.dates] or [years[-1]]
    if len(whens) > 1 or whens[0] not in references(ds):
        return None
    weighed = {*ops, *frame.subjects, *frame.get("figure")} & {"weight", PEOPLED, "population", "rate"}
    peopled = _peopled(ds, code) if weighed & {"weight", PEOPLED} else None
    if (weighed and (part or not peopled)) or (part and _PART_OF.search(flat(frame.asked))):
        return None
    at = next((m.start for m in frame.mentions if ds.config.province in {x.code for x in m.meanings}), 0)
    # « 1 % des admissions du Québec », « une part … égale à son poids »: of what is observed.
    if not counts and (peopled or (part and part in {token.number for token in frame.words[:at]})):
        counts, of_quebec = [str(int(adm.admissions(ds, ds.config.province, whens[0]).value or 0))], True
    part = str(peopled.value) if peopled else part
    like = not frame.timed or part or "share" in ops or words & _LIKE  # « sa part de 2019 », « comme en 2019 »
    other = not like or (mrc and part) or words & _NEEDED or not (supposed or "weight" in ops)
    if other or not of_quebec or len(counts) != 1:
        return None
    seen = {adm.admissions(ds, ds.config.province, when).value for when in (*years[:-1], adm.total_span(ds))}
    if "if" not in ops and int(counts[0]) in seen and not peopled:
        return None  # « sur les 246 301 admissions du Québec »: what is observed is no scenario
    if int(counts[0]) < _MANY and ds.config.province in frame.wholes:
        return None  # « si la Gaspésie en avait 500, quelle part du Québec? »
    return {"territoire": code, "admissions": counts[0], "reference": whens[0], **({"part": part} if part else {})}


def _peopled(ds: Dataset, code: str) -> ProseFigure | None:
    """The share of the population of Québec that the plan gives for a region."""
    return next((f for f, _ in prose_figures(ds) if f.id == PEOPLED and f.territory == code), None)


def estimate(ds: Dataset, frame: Frame) -> Reply | None:
    """MRC × year: the source has not got it, the simulator bounds it. None when it is not what is asked."""
    # « des admissions de la Capitale-Nationale, combien à Québec en 2019? »
    around = [c for c in frame.wholes if any(inside(ds, other, c) for other in frame.territories)]
    whens, codes = [*frame.years, *frame.spans], [code for code in frame.territories if code not in around]
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
    each = (".".join(codes),) if together else codes
    replies = [_reply(ds, frame, _ESTIMATE, {"territoires": own, "annees": ".".join(years)}) for own in each]
    done = all(reply.kind == "answer" for reply in replies) or len(replies) == 1
    return joined(replies).using(*around) if done else None


def _reply(ds: Dataset, frame: Frame, own: _Scenario, raw: Mapping[str, str], mrc: str = "") -> Reply:
    """The result of a simulation, as what it is: never as an observation; with its bounds and its first hypothesis.
    mrc: the one whose part is asked for."""
    found = simulate(ds, own.kind, raw)
    if found.outcome is None:
        said = next(iter(found.errors.values()), "Cette simulation n’a pas de réponse.")
        place = where(ds, (*frame.territories, ds.config.direction)[0])
        return refusal(capital(said), f"Combien de personnes admises {place}?")
    outcome = found.outcome
    wanted = "admissions_by_category/" if own.kind == "categories" else "temporary_permits/"
    held = [c for c in frame.get("category") if c.startswith(wanted) and own.kind in ("categories", "permis")]
    asked = {mrc} if mrc else {c.partition("/")[2] for c in held} if own.kind == "categories" else set()
    lines = [line for line in (*outcome.lines, *outcome.more) if line.id in asked]
    every = [line for line in outcome.lines if own.kind == "repartir" and not line.total]
    its = outcome.told(lines or every)
    message = outcome.message if mrc or not lines else f"{outcome.title.partition(f'{NBSP}: ')[2]}."
    peopled = _peopled(ds, raw["territoire"]) if "part" in raw and not frame.percents else None
    supposed = " ".join(outcome.assumptions[: 2 if mrc and own.kind == "quebec" else 1])
    supposed = f"La part est celle de sa population{NBSP}: «{NBSP}{peopled.quote}{NBSP}»." if peopled else supposed
    hypothesis = supposed and f"Hypothèse{NBSP}: {supposed[:1].lower()}{supposed[1:]}"
    start = "" if outcome.status == "observé" else f"{capital(outcome.status)}, et non une donnée observée{NBSP}: "
    parts = (start + message, its and f"{its}.", *outcome.notices[:1], hypothesis, status_words(outcome.inputs))
    documents = [
        *(row.source for row in outcome.inputs),
        *([ds.portraits[raw["territoire"]].source] if peopled else ()),
    ]
    sources = "; ".join(dict.fromkeys(map(ds.section_name, documents)))
    # « quel pourcentage…? » is not how many; « sa part » is of what is supposed.
    ratio = own.kind in ("quebec", "categories") and "part" not in raw and _RATIO.search(f" {flat(frame.asked)}")
    kept = own.held - ({"share"} if ratio else set())
    kept -= set() if "if" in frame.ops else {"targets"}
    changes = own.kind == "categories" and flat(frame.named.get("change", "")).startswith("chang")
    kept |= {"change"} if changes else set()
    kept |= {ds.config.province} if own.kind in ("quebec", "categories") else set()
    last, span = adm.years(ds)[-1], {adm.span(ds)} if raw.get("methode") == "parts" else set[str]()
    kept |= {"permis": {last, profile.permits_date(ds)}, "categories": {last}, "francais": {last}}.get(own.kind, span)
    kept -= set() if flat(frame.named.get("rate", "")).startswith(("taux", *_AS)) else {"rate"}
    kept |= {ds.config.direction} if own.kind == "poids-demographique" else set()
    period = raw.get("annees") or raw.get("periode") or raw.get("reference") or last
    return Reply(
        "answer", typographic(" ".join(filter(None, parts))), tuple(_values(ds, own, raw, outcome, lines)),
        outcome.status, period, chips(ds, frame, frame.territories, [], own.kind),
        Slide("simulation", {query.SIMULATION: own.kind, **raw}), f"Calculé à partir de{NBSP}: {sources}.",
        tuple(dict.fromkeys(row.quote for row in outcome.inputs if row.quote))[:6], addresses.SIMULATOR,
        {query.SIMULATION: own.kind, **raw}, asked=frame.asked,
    ).using(*kept, *held, mrc, *(part for value in raw.values() for part in value.split(".")),
            *(field for field, names in _FIELDS.items() if names & set(raw)))  # fmt: skip


def _values(ds: Dataset, own: _Scenario, raw: Mapping[str, str], outcome: Outcome, its: list[Line]) -> list[Decimal]:
    """The figures of the line that the message speaks of: what is estimated, its bounds, what is observed."""
    if own.kind == "meilleure-annee":
        counts = [int(adm.admissions(ds, raw["territoire"], year).value or 0) for year in adm.years(ds)]
        return [Decimal(n) for n in (max(counts) - counts[-1], max(counts), counts[-1])]
    lines = its or [line for line in outcome.lines if line.id == raw.get(own.line, own.line)] or [
        line for line in outcome.lines if line.total and own.kind == "permis"] or list(outcome.lines)  # fmt: skip
    shown = (value for line in lines for value in line.shown(outcome.status))
    return list(dict.fromkeys(Decimal(v) for v in shown if isinstance(v, int)))

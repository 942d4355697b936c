"""What a question asks, in typed fields: territories, subject, category, period, operation, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Final

from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.model.documents import ProseFigure
from dashboard.model.periods import Period
from dashboard.questions.leading import PLAINLY, SPEAKS, YEAR, said_before
from dashboard.questions.lexicon import lexicon
from dashboard.questions.mentions import Mention, mend, mentions, respelled
from dashboard.questions.words import Meaning, Token, stem, tokens
from dashboard.questions.writing_out import written_out
from dashboard.wording.slugs import flat

# Which meaning of a phrase is kept where it has several.
_ORDER: Final = ("territory", "figure", "category", "target", "breakdown", "subject", "programme", "operation", "level",
                 "indicator", "definition", "topic")  # fmt: skip
# The share of the population of Québec, which the plan gives for some regions.
PEOPLED: Final = "population_share_quebec"
PLAN: Final = frozenset({"actions", "results", "plan_indicators"})
# What is meant first where something else is named.
_FIRST: Final = {"programme": {Meaning("subject", code) for code in PLAN}, "target": {Meaning("subject", "targets")},
                 "definition": {Meaning("operation", "define")}}  # fmt: skip
_SPAN: Final = re.compile(r"[12]\d{3}-[12]\d{3}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_WHO_IS_LAST: Final = re.compile(r"\b(?:laquelle|lequel|qui) (?:est|arrive|vient|finit) (?:(?:la|le|en|bonne?) )*dern")
# « 2015 = 100 », the year that an index starts from.
IS_100: Final = r"\b((?:19|20)\d\d)(?: (?:a|est a|vaut|vaudrait|egale?|egal a|comme|pour))? 100\b"
_CITIES: Final = re.compile(r"(?:combien|nombre) de (?:ville|municipalit)", re.IGNORECASE)
# « recevrait », « selon son poids »: what is asked at a weight, not the weight itself.
_WEIGHED: Final = re.compile(r"\b(?!ser|repr)\w+ai(?:en)?t\b|\b(?:selon|suivant|apres|fonction|au|a)(?: \w+)? poids\b")
# Between « sans » and what is left out.
_BEFORE_PLACE: Final = frozenset({"le", "la", "les", "l", "de", "du", "des", "d", "et", "ni", "a", "au", "aux", "en"})
# Before a part that is not said to be one.
_NEARLY: Final = frozenset({"pres", "presque", "environ", "autour"})
# Between two years.
_TO: Final = frozenset({"et", "a", "au", "jusqu", "jusque", "en", "l", "annee"})


@dataclass
class Frame:
    """What was understood. asked: in full words; years: single years, in order; spans: « 2015-2019 », a year of
    the plan too; dates: days; wholes: territories named as what a share is taken of; left_out: those of « sans Lévis »;
    unclear: those among which the words do not choose."""

    asked: str
    words: list[Token]
    mentions: list[Mention]
    unknown: list[str] = field(default_factory=list)
    territories: list[str] = field(default_factory=list)
    unclear: list[tuple[str, ...]] = field(default_factory=list)
    kinds: dict[str, list[str]] = field(default_factory=dict)
    years: list[str] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    percents: list[str] = field(default_factory=list)
    wholes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    mended: list[tuple[str, str]] = field(default_factory=list)
    ordinal: int = 0
    lapse: str = ""

    def get(self, kind: str) -> list[str]:
        return self.kinds.get(kind, [])

    def swap(self, out: Iterable[str] = (), kind: str = "", code: str = "") -> None:
        """Another code stands for some of them."""
        self.kinds = {own: [c for c in codes if c not in out] for own, codes in self.kinds.items()}
        if code and code not in self.get(kind):
            self.kinds.setdefault(kind, []).append(code)

    @property
    def ops(self) -> frozenset[str]:
        return frozenset(self.get("operation"))

    @property
    def subjects(self) -> list[str]:
        return self.get("subject")

    @property
    def levels(self) -> list[str]:
        return [level for level in self.get("level") if level != "year"]

    def beyond(self, *kinds: str) -> bool:
        """True when something else than these kinds is named, operations and levels apart."""
        return any(codes and kind not in (*kinds, "operation", "level") for kind, codes in self.kinds.items())

    @property
    def named(self) -> dict[str, str]:
        """All that was understood and that an answer has to use, by its code, as it was typed."""
        typed = {meaning.code: mention.text for mention in self.mentions for meaning in mention.meanings}
        codes = [code for own in self.kinds.values() for code in own if code not in PLAINLY]
        whens = {when: when for when in (*self.years, *self.spans, *self.dates)}
        counts = {"numbers": self.numbers, "percents": self.percents, "lapse": [self.lapse] if self.lapse else []}
        places = {code: typed.get(code, code) for code in (*self.territories, *self.left_out, *codes)}
        return {**places, **whens, **{name: found[0] for name, found in counts.items() if found}}

    @property
    def timed(self) -> bool:
        """True when a period is named."""
        return bool(self.years or self.spans or self.dates)

    @property
    def empty(self) -> bool:
        """True when nothing of ours is named."""
        named = self.territories or self.unclear or (self.numbers and (self.percents or "objective" in self.ops))
        about = any(self.kinds.get(k) for k in self.kinds if k not in ("operation", "level"))
        return not (named or about)


def read(ds: Dataset, text: str) -> Frame:
    """The fields that the words of a text fill."""
    text = written_out(ds, text)
    words = respelled(lexicon(ds), tokens(text))
    found, unknown = mentions(ds, words)
    said = said_before(text, words, found, lexicon(ds).verbs)
    frame = Frame(text, words, found, [words[n].typed for n in unknown if n not in said])
    chosen = _chosen(found)
    placed = any(kind == "territory" and m.start not in said for m, (kind, _) in zip(found, chosen, strict=True))
    for mention, (kind, codes) in zip(found, chosen, strict=True):
        if mention.start in said and (kind != "territory" or (placed and len(codes) > 1)):
            continue
        if mention.mended:
            frame.mended.append((mention.text, mention.mended))
        if kind == "territory":
            every = codes[0].split("+")  # « les deux Charlevoix »
            for own in [codes] if len(codes) > 1 else [[code] for code in every]:
                _place(ds, frame, mention, own)
            if len(codes) == 1 and _left_out(frame, mention):
                frame.territories = [code for code in frame.territories if code not in every]
                frame.left_out += every
                frame.swap({"side"}, *(("operation", "after") if "side" in frame.ops else ()))
        else:
            own = frame.kinds.setdefault(kind, [])
            own += [code for code in codes if code not in own]
    covered = {n for mention in found for n in range(mention.start, mention.end)}
    for n, token in enumerate(words):
        if token.number and n not in covered:
            covered |= _number(ds, frame, n, token.number, covered)
    _ordinals(frame, [token for n, token in enumerate(words) if token.ordinal and n not in covered])
    _between(frame)
    if len(frame.territories) > 1 and any(flat(m.text) == "chez nous" for m in found):
        frame.territories.remove(ds.config.direction)  # « chez nous, à Matane » is Matane
    if any(flat(m.text) in ("pas la province", "pas la ville") for m in found):
        frame.unclear = []  # « Québec, pas la province »
    frame.unclear = [own for own in frame.unclear if not {*own} <= {*frame.territories}]  # « les MRC de Beauce (…) »
    _since(ds, frame)
    _joined(ds, frame)
    _own_words(ds, frame)
    return frame


def _ordinals(frame: Frame, found: list[Token]) -> None:
    """« la 3e MRC », « la troisième plus forte », « la dernière MRC »: a rank that is asked for."""
    if len(found) == 1:
        frame.ordinal = found[0].ordinal
        frame.kinds.setdefault("operation", []).append("nth")
    elif found:
        frame.unknown += [token.typed for token in found]
    for one, other in pairwise(frame.mentions):
        last = Meaning("operation", "last") in one.meanings and one.end == other.start
        if last and {meaning.kind for meaning in other.meanings} == {"level"} and "year" not in frame.get("level"):
            frame.swap({"last"}, "operation", "lowest")


def _between(frame: Frame) -> None:
    """« entre 50 et 100 admissions »: on one side of a number, and of another."""
    read = " ".join(token.number or token.word for token in frame.words)
    if len(frame.numbers) == 2 and re.search(rf"\bentre {frame.numbers[0]} et {frame.numbers[1]}\b", read):
        frame.kinds.setdefault("operation", []).extend(("at_least", "at_most"))


def _own_words(ds: Dataset, frame: Frame) -> None:
    """The words that the plan itself uses for a figure or a target that is named are understood beside it."""
    texts = [f"{t.short} {t.indicator}" for t in ds.targets.targets if t.id in frame.get("target")]
    texts += [f"{f.label} {f.quote}" for f, _ in prose_figures(ds) if f.id in frame.get("figure")]
    texts += [phrase for id_ in frame.get("figure") for phrase in ds.vocabulary.figures.get(id_, ())]
    known = {token.stem for text in texts for token in tokens(text)}
    if known:
        near = partial(mend, lexicon(ds))
        read = {word: {stem(near(t.word) or t.word) for t in tokens(word)} for word in frame.unknown}
        frame.unknown = [word for word in frame.unknown if not read[word] <= known]
        beside = [m for m in frame.mentions if m.meanings[0].kind == "topic" and {
            t.stem for t in frame.words[m.start : m.end] if len(t.word) > 2} <= known]  # fmt: skip
        gone = {meaning.code for m in beside for meaning in m.meanings}
        frame.kinds["topic"] = [id_ for id_ in frame.get("topic") if id_ not in gone]
    if "targets" in frame.subjects or frame.ops & {"reference", "objective"}:
        # « les gens qui ne connaissent pas le français »: who the target is about.
        own = [x for text in texts for m in mentions(ds, tokens(text))[0] for x in m.meanings]
        frame.swap({x.code for x in own if x.kind == "category"})


def prose_figures(ds: Dataset) -> Iterator[tuple[ProseFigure, str]]:
    """Each figure that only a text of the plan gives, with the section where it is."""
    for portrait in ds.portraits.values():
        yield from ((figure, portrait.source) for figure in portrait.figures)
    for figure in ds.texts.figures:
        source = ds.texts.partnership.source if figure.base == "agreements_in_force" else ds.texts.network.source
        yield figure, source


def _left_out(frame: Frame, mention: Mention) -> bool:
    """Whether a territory stands after « sans » or « après », or after another one that does."""
    ahead = [m for m in frame.mentions if m.end <= mention.start]
    if not ahead or {t.word for t in frame.words[ahead[-1].end : mention.start]} - _BEFORE_PLACE:
        return False
    after = bool(frame.left_out) and any(m.code == frame.left_out[-1] for m in ahead[-1].meanings)
    joined = {t.word for t in frame.words[ahead[-1].end : mention.start]} & {"et", "ni"}
    out = {Meaning("operation", "without"), Meaning("operation", "side")} & {*ahead[-1].meanings}
    return bool(out) or (after and bool(joined))


def _joined(ds: Dataset, frame: Frame) -> None:
    """Words apart that name one thing: « ententes … avec des MRC », « mandataires pour la francisation »."""
    ops, subjects, typed = frame.ops, set(frame.subjects), {token.word for token in frame.words}
    if "without" in ops and not frame.left_out:
        frame.swap((), "operation", "except")
    if _leads(frame):
        frame.swap({"if"})
    if _plus(frame):
        frame.swap({"compare"}, "operation", "sum")
    if (
        "objective" in ops
        and frame.named.get("result", "").startswith("rendu")
        and "objecti" not in frame.named["objective"]
    ):
        frame.swap({"result"})  # « on veut être rendu où en 2022-2023? »
    if "really" in ops:  # « le taux réellement donné » is a result; « la cible est vraiment de combien? », a target
        done = (
            frame.get("target")
            and ("targets" not in subjects or "compare" in ops)
            and not ops & {"objective", "reference"}
        )
        frame.swap({"really"}, *(("operation", "result") if done else ()))
    by_verb = "share" in ops and frame.named["share"].lower().startswith("représent")
    if by_verb and "change" in ops and len(frame.territories) < 2:
        frame.swap({"share"})  # « la baisse, ça représente quoi? »
    unit = frame.named.get("share", "").lower() in ("%", "en %", "pourcent", "pour cent", "pourcentage")
    if unit and "change" in ops and len(frame.territories) == 2:
        frame.swap({"share"})  # « ont-elles baissé plus que le Québec, en %? »
    if "rate" in subjects and by_verb:
        frame.swap({"share"})  # « par mille habitants, ça représente combien? »
    if "index" in ops and frame.named["index"].lower() == "base" and (frame.get("category") or "french" in subjects):
        frame.swap({"index"})  # « … et sur quelle base? »: a share has it
    ends = {flat(m.text) for m in frame.mentions if m.meanings[0].code == "compare"}
    tested = frame.numbers or frame.percents or {"que", "qu"} & typed
    if frame.levels and ends and ends <= {"plus", "moins"} and not tested:
        frame.swap({"compare"})  # « MRC, moins d’admissions »
        frame.kinds["operation"] += [{"plus": "highest", "moins": "lowest"}[word] for word in sorted(ends)]
    two = ops & {"reference"} or (frame.get("target") and len(frame.spans) == 2)
    two = two or ("difference" in ops and len(frame.territories) == 2)
    if two and ops & {"more", "less"} and not (frame.numbers or frame.percents or ops & {"highest", "lowest"}):
        frame.swap({"more", "less"}, "operation", "difference")  # « de combien au-dessus de la référence? »
    if "after" in ops and frame.ordinal == len(frame.left_out) + 1:
        level = ds.territories[frame.left_out[0]].level  # « derrière Lévis, qui arrive deuxième? »
        frame.left_out = []
        frame.swap({"after"}, *(() if frame.levels else ("level", level)))
    if "settle" in ops and not ("if" in ops or frame.percents or "targets" in subjects or frame.get("target")):
        frame.swap((), "topic", "presence")
    if "gain" in ops:
        # « a perdu 16 admissions » is a change; « a perdu des immigrants » is of those who left.
        counted = (frame.timed or subjects & {"admissions", "targets"}) and not subjects & {"people", "living"}
        frame.swap({"gain"}, *(("operation", "change") if counted else ("topic", "presence")))
    if "weight" in ops and ops & {"highest", "lowest", "rank"}:
        frame.swap({"weight"}, "subject", "rate")
    bare = any(m.text.lower() == "taux" for m in frame.mentions)
    of_persons = any(c.startswith("admissions_by") for c in frame.get("category")) or "french" in subjects
    if "rate" in frame.subjects and (of_persons or (bare and (frame.get("category") or "residents" in subjects))):
        frame.swap({"rate"}, "operation", "share")  # « taux de femmes »: their share
    _of_thousand(frame)
    _compared(frame)
    by = frame.get("breakdown") or frame.get("category") or frame.get("level") or "yearly" in ops
    if "mix" in ops and "mrc" in frame.levels and frame.numbers:
        frame.swap({"mix"}, "operation", "distribute")  # « 100 admissions par MRC, avec la même répartition »
    of_all = ds.config.province in (*frame.territories[:-1], *(code for own in frame.unclear for code in own))
    if "distribute" in ops and of_all and frame.numbers and not frame.levels:
        frame.swap({"distribute"})  # « si le Québec en admettait 50 000, à part égale »: to a part that is the same
    if {"highest", "last"} <= ops and frame.levels and _WHO_IS_LAST.search(flat(frame.asked)):
        frame.swap({"last"}, "operation", "lowest")  # « … et laquelle est la dernière? »
    if {"if", "index"} & ops and re.search(IS_100, flat(frame.asked)):
        frame.swap({"result"}, "operation", "index")  # « si on met 2015 à 100 »
    if {"peak", "lowest"} <= ops and not frame.levels:
        frame.swap({"lowest"}, "operation", "trough")  # « la plus grosse année et la plus faible »
    if "distribute" in ops and by and not frame.numbers:
        frame.swap({"distribute"}, "operation", "apart")  # « ventiler par catégorie »
    if "weight" in ops and "residents" in subjects:
        frame.swap({"weight", "population"}, "operation", "share")  # « le poids de la population immigrée »
    would = frame.numbers or _WEIGHED.search(flat(frame.asked))
    placed, weighed = set(frame.territories) - {ds.config.province}, frame.named.get("weight", "").lower()
    if placed and weighed.startswith("poids") and not (would or ops - {"weight", "how_many"} or frame.beyond()):
        # « le poids démographique de Lévis » is of its region; that of a region, of Québec.
        above = [r for c in frame.territories if ds.territories[c].level == "mrc" and (r := ds.region_of(c))]
        frame.kinds = {"operation": ["share"], "subject": ["population"]} if above else {"figure": [PEOPLED]}
        frame.territories = [c for c in (*frame.territories, *above) if above or c != ds.config.province]
        frame.wholes += above
    if "menages" in frame.get("topic") and any(c.startswith("admissions_by_category") for c in frame.get("category")):
        frame.swap({"menages"}, "category", "admissions_by_category/family")  # « d’économiques, de familles »
    if {"why", "difference"} <= ops and frame.named["why"].startswith("expliqu") and not frame.territories:
        frame.swap({"why"}, "operation", "define")  # « expliquer la différence entre le PTET et le PMI »
    for m in frame.mentions:
        person = m.start and frame.words[m.start - 1].word.startswith("person")
        if person and flat(m.text).startswith("im") and any(x.code.endswith("/female") for x in m.meanings):
            frame.swap({x.code for x in m.meanings}, "subject", "people")  # « une personne imigrante »
    work = {code for code in frame.get("category") if code.startswith("temporary_permits/p")}
    if "share" not in ops and "temporary_permits/ptet+pmi" in work and len(work) == 2:
        frame.swap({"temporary_permits/ptet+pmi"})  # « permis de travail du PMI »
    if "rate" in subjects and {"if", "share"} <= ops and not (frame.numbers or frame.percents):
        frame.swap({"rate", "share"}, "operation", "weight")  # « si elle avait sa juste part, selon sa population »
    if "index" in ops and not frame.get("target"):
        frame.swap({"reference"})  # « 2015 comme année de référence »
    if _for_one(frame):
        frame.swap({"permits", "admissions", "people", "times"}, "subject", "ratio")
    if "ratio" in frame.subjects and "permits" in frame.subjects:
        frame.swap({"permits"})  # « combien de temporaires pour un permanent? »
    row = sorted(frame.years)
    if "sum" in ops and len(frame.territories) > 1 and row[1:] and int(row[-1]) - int(row[0]) == len(row) - 1:
        frame.years, frame.spans = [], [*frame.spans, f"{row[0]}-{row[-1]}"]  # « 2017, 2018 et 2019 additionnées »
    if "ratio" in frame.subjects:
        frame.numbers = [n for n in frame.numbers if n != "1"]  # « pour 1 admission »
        # « combien de fois plus de permis que d’admissions »
        frame.swap({"times", "more", "distribute"} if len(frame.territories) < 2 else ())
    joint = "et" in typed and "agreements/pasi" in frame.get("category")  # « ententes PASI et MRC »
    if ("avec" in typed if "agreements" in subjects else joint) and "mrc" in frame.levels:
        frame.swap({"agreements", "mrc"}, "category", "agreements/mrc")
    if {"plan_indicators", "targets"} <= subjects and ops & {"reference", "difference"}:
        frame.swap({"plan_indicators"})  # « l’indicateur…: la référence et la cible »
    if "return" in ops or "targets" in subjects:
        frame.swap({"prevision"})  # what is asked of a target, or of a scenario, is to come: it is no forecast
    if adm.BY_MRC in frame.get("indicator") and "mrc" not in frame.levels:
        frame.swap((), "level", "mrc")
    if "direction" in frame.levels and len(ds.directions) == 1 and not frame.territories:
        frame.swap({"direction"})  # « direction : année record » is of the one direction
        frame.territories.append(ds.config.direction)
    cities = {"municipalites", "admissions_by_category/refugee"}
    named = {*frame.get("topic"), *frame.get("category")}
    if cities <= named and not frame.territories and _CITIES.search(frame.asked):
        # « dans combien de villes envoie-t-on les réfugiés? »
        frame.swap(cities, "figure", "refugee_destination_cities")
    if "agreements/francisation_mandataries" in frame.get("category"):
        frame.swap({"2.1"})


# What a supposition is about.
_SUPPOSED: Final = {"apart", "change", "distribute", "gain", "mix", "return", "settle", "take_part", "times", "weight"}


def _leads(frame: Frame) -> bool:
    """« Si on classe les MRC… », « si je prends Lévis… »: what is to be done, where nothing is supposed."""
    words = [token.word for token in frame.words]
    said = [words[m.end - 1 : m.end + 3] for m in frame.mentions if m.meanings[0].code == "if"]
    done = all(SPEAKS & set(own) and not any(word.endswith(("ait", "ions", "iez")) for word in own) for own in said)
    sorts = any(word.startswith(("compar", "class", "addition")) for own in said for word in own)
    applied = any(word.startswith("appliqu") for own in said for word in own)
    given = frame.numbers or frame.percents or frame.lapse or applied or (frame.ops & _SUPPOSED and not sorts)
    return bool(said) and done and not given


def _plus(frame: Frame) -> bool:
    """« Lévis plus Portneuf », « 2018 plus 2019 »: a sum, where nothing is said to be more than another."""
    named = [m for m in frame.mentions if {x.kind for x in m.meanings} <= {"territory", "category"}]
    ours = {n for m in named for n in range(m.start, m.end)} | {
        n for n, token in enumerate(frame.words) if YEAR.fullmatch(token.number)}  # fmt: skip
    ahead = ours | {n - 1 for n in ours if frame.words[n - 1].word in ("le", "la", "les", "l")}  # « plus la Gaspésie »
    return any(t.word == "plus" and n - 1 in ours and n + 1 in ahead for n, t in enumerate(frame.words))


def _of_thousand(frame: Frame) -> None:
    """« pour 1 000 personnes qui habitent là », « par millier d’habitants »: a rate."""
    counted = {"population", "living", "people"} & set(frame.subjects)
    tested = frame.ops & {"more", "less", "at_least", "at_most", "exactly", "if"}
    if frame.numbers == ["1000"] and counted and not tested:
        frame.numbers = []
        frame.swap(counted, "subject", "rate")


def _compared(frame: Frame) -> None:
    """« Le ratio entre les admissions de A et de B »: how many times, and not the permits of an admission."""
    plainly = frame.named.get("ratio", "").lower() in ("ratio", "rapport entre", "le rapport entre")
    if "ratio" in frame.subjects and plainly and "permits" not in frame.subjects and len(frame.territories) == 2:
        frame.swap({"ratio"}, *(() if "share" in frame.ops else ("operation", "times")))
    if "times" in frame.ops and len(frame.territories) == 2:
        frame.swap({"share"})  # « représentent combien de fois celles de… »


def _for_one(frame: Frame) -> bool:
    """« Combien de permis pour une admission? »: permits and admissions, the ones by the others."""
    if (
        "settle" in frame.ops
        or not {"permits"} <= set(frame.subjects)
        or not {"admissions", "people"} & set(frame.subjects)
    ):
        return False
    named = [m for m in frame.mentions if {"admissions", "people"} & {meaning.code for meaning in m.meanings}]
    ahead = {frame.words[n].word for m in named for n in range(max(0, m.start - 2), m.end)}
    several = "times" in frame.ops or ("more" in frame.ops and len(frame.territories) == 1 and not frame.numbers)
    return several or bool(ahead & {"une", "un", "chaque", "1", "par"})


def _since(ds: Dataset, frame: Frame) -> None:
    """« depuis l’année 2017 », « les trois dernières années »: the years that they mean, or a period not understood."""
    if len(frame.years) == len(frame.spans) == 1 and frame.spans[0].endswith(frame.years[0]) and "side" in frame.ops:
        frame.years = []  # « depuis 2015, … jusqu’en 2019 »
        frame.swap({"side"})
    years, count = adm.years(ds), int(frame.lapse) if frame.lapse.isdigit() else 0
    named = [*frame.years, *(year for span in frame.spans if span not in frame.years for year in Period.of(span).years)]
    if count and count == len(named):
        frame.lapse = ""  # « les deux dernières années, 2018 et 2019 », « sur cinq ans, de 2015 à 2019 »
        frame.swap({"last"} if named == years[-count:] else ())
        count = 0
    tests, words = {"highest", "lowest", "rank", "nth", "exactly"}, frame.words
    compared = any(t.number in frame.numbers and o.word in ("de", "que", "moins") for o, t in pairwise(words))
    several = {str(len(codes)) for codes in (frame.territories, frame.get("definition")) if len(codes) > 1}
    if len(frame.numbers) == 1 and {*frame.numbers} <= several and not (frame.ops & tests or compared):
        frame.numbers = []  # « deux régions, le Bas-Saint-Laurent et la Gaspésie »
    ranked = len(frame.territories) > 1 or "mrc" in frame.levels
    if count == len(years) and ranked and frame.ops & {"highest", "lowest"}:
        frame.swap({"year"})
        frame.lapse, count = "", 0  # « Lévis ou Rimouski, lequel en a le plus sur les cinq ans? »
    if count and not (frame.timed or frame.ops & {"return", "peak", "highest"}):
        if ("last" in frame.ops or count == len(years)) and 1 < count <= len(years):
            frame.spans.append(f"{years[-count]}-{years[-1]}")
            frame.lapse = ""
            frame.swap({"last"})
        else:
            frame.swap((), "operation", "except")
    if any(token.word == "depuis" for token in frame.words) and not frame.spans and not frame.get("figure"):
        frame.swap((), "operation", "except")


def _chosen(found: Iterable[Mention]) -> list[tuple[str, list[str]]]:
    """The kind and the codes of each mention: what the others speak of decides between several."""
    every = list(found)
    only = {m.meanings[0] for m in every if len({meaning.kind for meaning in m.meanings}) == 1}
    order = list(_ORDER)
    placed = any(meaning.kind == "territory" for m in every for meaning in m.meanings)
    for kind, known in _FIRST.items():
        order = [kind, *order] if only & known and not (placed and kind == "definition") else order
    kinds = [min((meaning.kind for meaning in mention.meanings), key=order.index) for mention in every]
    pairs = zip(kinds, every, strict=True)
    return [(kind, [meaning.code for meaning in own.meanings if meaning.kind == kind]) for kind, own in pairs]


def _place(ds: Dataset, frame: Frame, mention: Mention, codes: list[str]) -> None:
    if len(codes) > 1:
        # « au Québec » is the province, whose preposition it is; « à Québec » is asked.
        said = flat(f"{mention.before} {mention.text}")
        own = [c for c in codes if said in (flat(ds.territories[c].name_in), flat(ds.territories[c].name_of))]
        codes = own if len(own) == 1 else codes
    if len(codes) > 1:
        frame.unclear.append(tuple(codes))
    elif codes[0] not in frame.territories:
        frame.territories.append(codes[0])
        ahead = [token.word for token in frame.words[max(0, mention.start - 2) : mention.start + 1]]
        # « la part de Lévis dans le Québec » is of it; « au Bas-Saint-Laurent et dans le Québec » compares.
        within = codes[0] == ds.config.province and {"dans", "sur"} & {*ahead} and not {"et", "que", "qu"} & {*ahead}
        said = " ".join(token.word for token in frame.words[: mention.start])
        of_all = re.search(r"\bsur (?:le total|l ensemble|la totalite)(?: \w+){1,6}$", said)
        of_it = re.search(r"(?:%|\bpart|pourcentage|proportion) par rapport(?: au?)?$", said)
        frame.swap({"compare"} if of_it else ())
        if within or of_all or of_it or mention.before in ("du", "de", "des", "d", "la", "l"):
            frame.wholes.append(codes[0])


def _number(ds: Dataset, frame: Frame, n: int, number: str, covered: set[int]) -> set[int]:
    """A number as a day, a period, a year, a percentage, the code of an MRC, or a count. Returns the ranks read."""
    after = [token.word for token in frame.words[n + 1 : n + 3]]
    if _DAY.fullmatch(number):
        frame.dates.append(number)
    elif _SPAN.fullmatch(number):
        frame.spans.append(number)
    elif (after[:1] == ["%"] or after == ["pour", "cent"]) and number not in adm.years(ds):
        nearly = _NEARLY & {word.word for word in frame.words[max(0, n - 3) : n]} and "if" not in frame.ops
        frame.percents += [] if nearly else [number]  # « près de la moitié » tests nothing
        frame.swap({"exactly"} if nearly else ())
    elif {"an", "ans", "annee", "annees"} & set(after[:1]) or after == ["dernieres", "annees"]:
        frame.lapse = number
    elif _all_of(ds, frame, n, number):
        pass  # « les 31 MRC » are the MRC
    elif YEAR.fullmatch(number) and not _counted(frame.words, n):
        return _year(ds, frame, n, covered)
    elif number in ds.region_codes() and any(t.stem == "region" for t in frame.words[max(0, n - 3) : n]):
        frame.territories += [] if number in frame.territories else [number]  # « les régions 01 et 11 »
    elif number in ds.mrc_codes() and n and frame.words[n - 1].word in ("mrc", "code", "territoire"):
        frame.territories += [] if number in frame.territories else [number]
    elif number[-1] in "abc":
        frame.kinds.setdefault("target", []).append(number)
    else:
        frame.numbers.append(number)
    return {n}


def _all_of(ds: Dataset, frame: Frame, n: int, number: str) -> bool:
    """Whether a number says how many territories of a level there are."""
    others = frame.words[n + 1 : n + 2] and frame.words[n + 1].word == "autres"  # « les 30 autres MRC »
    at = n + 2 if others else n + 1
    after = (x.code for m in frame.mentions if m.start == at for x in m.meanings if x.kind == "level")
    ahead = [token.word for token in frame.words[max(0, n - 2) : n]]  # « des MRC, sur les 31, … »
    if number == str(len(ds.mrc_codes())) and any(t.word == "territoires" for t in frame.words[n + 1 : n + 2]):
        return True  # « les 31 territoires »
    level = next(after, next(iter(frame.levels), "") if ahead[:1] in (["sur"], ["parmi"]) else "")
    mrc = [ds.mrc_codes(), *(ds.mrc_codes(code) for code in frame.territories)]
    groups = {"mrc": mrc, "region": [ds.region_codes()]}
    every = [str(len(group) - bool(others)) for group in groups.get(level, ())]
    # « les 8 MRC les plus… » are eight of them, or those of their region.
    return number in (every[:1] if frame.ops & {"highest", "lowest"} else every)


def _counted(words: list[Token], n: int) -> bool:
    """Whether a number that looks like a year counts something: « plus de 2000 personnes »."""
    before = [token.word for token in words[max(0, n - 2) : n]]
    return before in (["plus", "de"], ["moins", "de"], ["au", "moins"], ["au", "plus"])


def _year(ds: Dataset, frame: Frame, n: int, covered: set[int]) -> set[int]:
    """A year, or the two ends of a period: « de 2015 à 2019 », « entre 2015 et 2019 », « depuis 2015 »."""
    words, year = frame.words, frame.words[n].number
    after = n + 1
    while after < len(words) and words[after].word in _TO:
        after += 1
    joined = {token.word for token in words[n + 1 : after]}
    second = words[after].number if after < len(words) and after not in covered else ""
    ahead = [token.word for token in words[:n] if token.word not in ("l", "annee", "le", "en")]
    before = ahead[-1] if ahead else ""
    # « 2014 2019 », as the source itself lost a dash; three years in a row are three years.
    alone = joined or sum(bool(YEAR.fullmatch(token.number)) for token in words) == 2
    if alone and YEAR.fullmatch(second) and second > year and ("et" not in joined or before == "entre"):
        frame.spans.append(f"{year}-{second}")
        return {n, after}
    last = adm.years(ds)[-1]
    if before == "depuis" and year < last:
        frame.spans.append(f"{year}-{last}")
    elif year not in frame.years:
        frame.years.append(year)
    return {n}

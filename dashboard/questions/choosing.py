"""From a frame to what is counted, and over what period; or why the source cannot say it, and what can be asked."""

from __future__ import annotations

import itertools

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions, profile
from dashboard.indicators.catalogue import entries
from dashboard.model import Dataset
from dashboard.model.periods import Period
from dashboard.narrative.agreement_words import MANDATARIES
from dashboard.narrative.show import listed
from dashboard.questions import subjects as sub
from dashboard.questions.frame import Frame
from dashboard.questions.reply import Reply, choice, refusal
from dashboard.questions.subjects import ADMISSIONS, FRENCH, Subject
from dashboard.questions.telling import where
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import period as period_words

# What the labels of the dictionary stand for, where the questions have a name of their own for it.
_SUBJECTS = {
    "admissions": "admissions", "admissions_by_mrc": "admissions", "temporary_permits": "permits",
    "immigrant_population": "residents", "immigrant_population_map": "residents", "population_census": "population",
    "population_private_households": "population", "agreements": "agreements",
}  # fmt: skip
# What goes without saying beside a category of an indicator.
_IMPLIED = {"temporary_permits": {"permits", "people"}, "agreements": {"agreements"}}
_CAME = frozenset({"recu", "recoit", "recoivent", "recevoir", "accueil", "accueillent", "arriv", "arrivent"})
_OF_FRENCH = ("french_known", "french_not_known", "not_available")


def families(ds: Dataset, frame: Frame) -> list[str]:
    """What the question is about: subjects, « indicator/category » and « indicator/* » for all of its categories."""
    cats, own = list(frame.get("category")), list(frame.subjects)
    for id_ in frame.get("indicator"):
        name = _SUBJECTS.get(id_)
        if name or not (id_.startswith("admissions_by") or any(c.startswith(f"{id_}/") for c in cats)):
            own.append(name or f"{id_}/total")
        elif not any(c.startswith(f"{id_}/") for c in cats):
            own.append(f"{id_}/*")
    own += [f"{id_}/*" for id_ in frame.get("breakdown") if not any(c.startswith(f"{id_}/") for c in cats)]
    cats = [c for c in cats if "+" not in c or not any(c.startswith(one) for one in cats if one != c)]
    if "french" in own:
        own.remove("french")
        own += [] if any(c.startswith(FRENCH) for c in cats) else [f"{FRENCH}/*"]
    implied = {"admissions", "people"} if any(n.startswith("admissions_by") for n in (*cats, *own)) else set()
    if "agreements" in own and f"agreements/{MANDATARIES}" in cats:
        # A mandatary is a body, not an agreement: both are asked for.
        own, cats = ["agreements/*" if name == "agreements" else name for name in own], []
    for id_, names in _IMPLIED.items():
        implied |= names if any(c.startswith(f"{id_}/") for c in (*cats, *own)) else set()
    if "rate" in own:
        implied |= {"admissions", "people"}
    if "ratio" in own:
        implied |= {"admissions", "permits"}
    if "agreements" in own:
        own = ["agreements/*" if name == "agreements" and "agreements" not in implied else name for name in own]
    if "residents" in own:
        implied |= {"population"}
    if {"admissions", "permits", "residents"} & set(own):
        implied |= {"people"}
    return list(dict.fromkeys(name for name in (*own, *cats) if name not in implied))


def crossing(frame: Frame) -> bool:
    """Whether two categories of two indicators are asked for the same persons: « femmes réfugiées »."""
    named = [m for m in frame.mentions if any(meaning.kind == "category" for meaning in m.meanings)]
    for one, other in itertools.pairwise(named):
        first, second = (
            {meaning.code.partition("/")[0] for meaning in m.meanings if meaning.kind == "category"}
            for m in (one, other)
        )
        between = {token.word for token in frame.words[one.end : other.start]}
        if not first & second and not {"et", "ou", "puis"} & between:
            return True
    return False


def received(frame: Frame) -> bool:
    """Whether a verb says that persons came: « a reçu », « accueille »."""
    return bool(_CAME & {token.stem for token in frame.words})


def people(ds: Dataset, frame: Frame) -> str | Reply:
    """« immigrants »: the admissions of a period, or the immigrant population of a census: asked where both may be."""
    codes = frame.territories
    census = profile.immigrants_year(ds)
    timed = [period for period in (*frame.years, *frame.spans) if period != census]
    verbs = {token.stem for token in frame.words}
    here = bool(verbs & {"viv", "vivent", "habitent", "habit", "resident", "vit", "vivaient"})
    if here:
        return "residents"
    if (
        timed
        or received(frame)
        or "mrc" in frame.levels
        or (codes and all(ds.territories[code].level == "mrc" for code in codes))
    ):
        return "admissions"
    place = where(ds, codes[0]) if codes else where(ds, ds.config.direction)
    last = adm.years(ds)[-1]
    return choice(
        f"«{NBSP}Immigrants{NBSP}» peut vouloir dire les personnes admises pendant une période, ou la population "
        f"immigrée qui vivait là au recensement de {census}.",
        f"Combien de personnes admises {place} de {adm.total_span(ds).replace('-', ' à ')}?",
        f"Combien de personnes admises {place} en {last}?", f"Quelle est la population immigrée {place}?",
    )  # fmt: skip


def chosen(ds: Dataset, frame: Frame, family: str) -> list[Subject] | Reply:
    """The subjects of a family, one for each period that is asked for (and each category for « * »)."""
    if family == "admissions":
        found = _admission_periods(ds, frame)
        return found if isinstance(found, Reply) else [sub.of_admissions(ds, period) for period in found]
    if family == "rate":
        return _only(ds, frame, sub.of_rate(ds), "Le taux pour 1 000 habitants n’est calculé que")
    if family == "residents":
        return _only(ds, frame, sub.of_residents(ds), "La population immigrée n’est donnée que")
    if family == "population":
        return _only(ds, frame, sub.of_population(ds), "La population n’est donnée que")
    if family == "ratio":
        return _only(ds, frame, sub.of_ratio(ds), "Le rapport des permis aux admissions n’est calculé que")
    indicator, _, category = family.partition("/")
    if family == "permits":
        indicator, category = "temporary_permits", ""
    if indicator not in ds.indicators or not ds.periods(indicator):
        return refusal("La source ne donne pas cet indicateur.")
    periods = _periods(ds, frame, indicator)
    if isinstance(periods, Reply):
        return periods
    if not category:
        return [sub.of_permits(ds, period) for period in periods]
    names = [category]
    if category == "*":
        every = [c.id for c in ds.indicators[indicator].categories if c.id != "total"]
        names = [name for name in every if indicator != FRENCH or name in _OF_FRENCH]
    return [sub.of_category(ds, indicator, name, period) for name in names for period in periods]


def _only(ds: Dataset, frame: Frame, subject: Subject, only: str) -> list[Subject] | Reply:
    """A subject that has one period: any other one is refused."""
    asked = [*frame.years, *frame.spans, *frame.dates]
    if all(period in (subject.period, subject.period[:4]) for period in asked):
        return [subject]
    if subject.indicator == "rate" and all(p in Period.of(subject.period).years for p in frame.years) and frame.years:
        place = where(ds, frame.territories[0]) if frame.territories else where(ds, ds.config.direction)
        return refusal(f"{only} {subject.when}.", f"{subject.asked} {place} {subject.when}?")
    place = where(ds, frame.territories[0]) if frame.territories else where(ds, ds.config.direction)
    return refusal(f"{only} {subject.when}, et non pour {listed(asked)}.", f"{subject.asked} {place}?")


def _admission_periods(ds: Dataset, frame: Frame) -> list[str] | Reply:
    known = adm.years(ds)
    asked = [*frame.years, *frame.spans, *(date[:4] for date in frame.dates)]
    if frame.dates:
        return refusal("La source donne les admissions par année civile, jamais à une date.", *_usual(ds, frame))
    if "last" in frame.ops and not asked:
        return [known[-1]]
    if not asked:
        of_mrc = "mrc" in frame.levels or any(ds.territories[code].level == "mrc" for code in frame.territories)
        return [adm.span(ds) if of_mrc else adm.total_span(ds)]
    valid = [p for p in asked if len(p) == 4 or p[:4] < p[5:]]
    years = [year for period in valid for year in Period.of(period).years]
    printed = set(ds.periods(ADMISSIONS)) | set(ds.periods(adm.BY_MRC))
    missing = [year for year in years if year not in known]
    if valid != asked or (missing and not all(p in printed for p in valid)):
        said = listed(list(dict.fromkeys(missing))[:3]) if missing else listed(asked)
        return refusal(
            f"La source donne les admissions de {known[0]} à {known[-1]}; elle ne dit rien de {said}.",
            *_usual(ds, frame),
        )
    return valid


def _usual(ds: Dataset, frame: Frame) -> tuple[str, ...]:
    place = where(ds, frame.territories[0]) if frame.territories else where(ds, ds.config.direction)
    return (f"Combien de personnes admises {place} en {adm.years(ds)[-1]}?",)


def _periods(ds: Dataset, frame: Frame, indicator: str) -> list[str] | Reply:
    """The periods of an indicator that the question names; the last one when it names none."""
    known, asked = ds.periods(indicator), [*frame.years, *frame.spans, *frame.dates]
    if not asked:
        return [known[-1]]
    found = []
    for period in asked:
        same = [p for p in known if period == p or (len(period) == 4 and p[:4] == period and len(p) == 10)]
        if not same:
            place = where(ds, frame.territories[0]) if frame.territories else where(ds, ds.config.direction)
            only = listed([period_words(p) for p in known])
            label = ds.indicators[indicator].label
            first = next(c for c in ds.indicators[indicator].categories)
            near = sub.of_category(ds, indicator, first.id, known[-1])
            if frame_category := [c for c in frame.get("category") if c.startswith(f"{indicator}/")]:
                near = sub.of_category(ds, indicator, frame_category[0].partition("/")[2], known[-1])
            level = ds.territories[frame.territories[0]].level if frame.territories else "direction"
            if level in near.reasons:
                region = ds.region_of(frame.territories[0]) or ds.config.direction
                place = where(ds, region)
            return refusal(f"{label}{NBSP}: la source ne donne que {only}.", f"{near.asked} {place} {near.when}?")
        found += same
    return list(dict.fromkeys(found))


def absent(ds: Dataset, subject: Subject, codes: list[str]) -> Reply | None:
    """The refusal where a territory has not got the subject, with what can be asked of its region."""
    for code in codes:
        reason = subject.reasons.get(ds.territories[code].level)
        if not reason:
            continue
        region = ds.region_of(code)
        above = region if region not in (None, code) else ds.config.direction
        others = []
        if above and ds.territories[above].level not in subject.reasons:
            others.append(f"{subject.asked} {where(ds, above)} {subject.when}?")
        if ds.territories[code].level == "mrc":
            span = adm.span(ds)
            others.append(f"Combien de personnes admises {where(ds, code)} {sub.when(span)}?")
        return refusal(f"{ds.name(code)}{NBSP}: {reason}.", *others)
    return None


def inside(ds: Dataset, code: str, whole: str) -> bool:
    """Whether a territory is part of another one."""
    if code == whole:
        return False
    level = ds.territories[whole].level
    if level == "province":
        return True
    region = ds.region_of(code)
    return directions.of(ds, code) == whole if level == "direction" else level == "region" and region == whole


def codes_of(ds: Dataset, level: str, scope: list[str]) -> list[str]:
    """The territories of a level within those that are named; all of them when none is."""
    if level == "direction":
        return directions.shown(ds)
    every = ds.mrc_codes() if level == "mrc" else ds.region_codes()
    return [code for code in every if not scope or any(code == own or inside(ds, code, own) for own in scope)]


def known_entry(ds: Dataset, subject: Subject) -> str:
    """The entry of the catalogue that can stand in an address."""
    return subject.entry if subject.entry in entries(ds) else "admissions"

"""From a query to what is counted, and over what period; or why the source cannot say it, and what can be asked."""

from __future__ import annotations

import itertools
import re

from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.model import Dataset
from dashboard.model.periods import Period
from dashboard.narrative.agreement_words import MANDATARIES
from dashboard.narrative.show import listed
from dashboard.questions.frame import Frame
from dashboard.questions.measures import ADMISSIONS, AGREEMENTS, FRENCH, Measure, measure, periods, when
from dashboard.questions.reply import Reply, choice, refusal
from dashboard.questions.telling import usual_place, where
from dashboard.wording.numbers import NBSP
from dashboard.wording.slugs import flat

# What the labels of the dictionary stand for, where the questions have a name of their own for it.
_FAMILIES = {"admissions": "admissions", "admissions_by_mrc": "admissions", "temporary_permits": "permits",
             "immigrant_population": "residents", "immigrant_population_map": "residents",
             "population_census": "population", "population_private_households": "population",
             "agreements": "agreements"}  # fmt: skip
# What goes without saying beside something that is named: « les permis d’études », « le taux d’admission ».
_IMPLIED = {"temporary_permits": {"permits", "people", "living"}, "agreements": {"agreements"},
            "population": {"living"}, "rate": {"admissions", "people"}, "ratio": {"admissions", "permits"},
            "permits": {"people", "living"}, "residents": {"population", "people", "living"},
            "admissions": {"people"}}  # fmt: skip
_OF_FRENCH = ("french_known", "french_not_known", "not_available")


def families(ds: Dataset, frame: Frame) -> list[str]:
    """What the question is about: families, « indicator/category » and « indicator/* » for all of its categories."""
    cats, own = list(frame.get("category")), list(frame.subjects)

    def detailed(indicator: str) -> bool:
        return any(c.startswith(f"{indicator}/") for c in cats)

    for id_ in frame.get("indicator"):
        name = _FAMILIES.get(id_)
        if name or not (id_.startswith("admissions_by") or detailed(id_)):
            own.append(name or f"{id_}/total")
        elif not detailed(id_):
            own.append(f"{id_}/*")
    own += [f"{id_}/*" for id_ in frame.get("breakdown") if not detailed(id_)]
    if "french" in own:
        own.remove("french")
        own += [] if detailed(FRENCH) else [f"{FRENCH}/*"]
    if AGREEMENTS in own:
        # A mandatary is a body, not an agreement: both are asked for.
        both = f"{AGREEMENTS}/{MANDATARIES}" in cats
        own = [f"{AGREEMENTS}/*" if name == AGREEMENTS and (both or not detailed(AGREEMENTS)) else name for name in own]
        cats = [] if both else cats
    if "people" in own and ("living" in own or ("population" in own and "share" in frame.ops)):
        own[own.index("people")] = "residents"
    if own == ["living"]:
        own = ["population"]
    if "apart" in frame.ops and not frame.levels and "permits" in own and not detailed("temporary_permits"):
        own[own.index("permits")] = "temporary_permits/*"
    cats = [c for c in cats if "+" not in c or not any(c.startswith(one) for one in cats if one != c)]
    named = {name.partition("/")[0] for name in (*own, *cats)}
    implied = set().union(*(_IMPLIED.get(name, set()) for name in named if name in _IMPLIED))
    if any(name.startswith("admissions_by") for name in named):
        implied |= {"admissions", "people"}
    return list(dict.fromkeys(name for name in (*own, *cats) if name not in implied))


def crossing(frame: Frame) -> bool:
    """Whether two categories of two indicators are asked for the same persons: « femmes réfugiées »."""
    named = [(m, {c.code.partition("/")[0] for c in m.meanings if c.kind == "category"}) for m in frame.mentions]
    return any(
        not first & second and not {"et", "ou", "puis"} & {token.word for token in frame.words[one.end : other.start]}
        for (one, first), (other, second) in itertools.pairwise((m, own) for m, own in named if own)
    )


_CAME = frozenset({"recu", "recoit", "recoivent", "recevoir", "accueil", "accueillent", "arriv", "arrivent"})


def received(frame: Frame) -> bool:
    """Whether a verb says that persons came: « a reçu », « accueille »."""
    return bool(_CAME & {token.stem for token in frame.words})


def people(ds: Dataset, frame: Frame) -> str | Reply:
    """« immigrants »: the admissions of a period, or the immigrant population of a census: asked where both may be."""
    census = profile.immigrants_year(ds)
    levels = {ds.territories[code].level for code in frame.territories}
    mrc = "mrc" in frame.levels or levels == {"mrc"} or ("share" in frame.ops and "mrc" in levels)
    if received(frame) or mrc or any(period != census for period in (*frame.years, *frame.spans)):
        return "admissions"
    shared = re.search(r"(?:%|pourcentage|proportion|part) (?:d )?(?:personne )?immigrant", flat(frame.asked))
    if shared and not frame.timed:
        return "residents"  # « le pourcentage d’immigrants dans la Capitale-Nationale »
    place, last = usual_place(ds, frame), adm.years(ds)[-1]
    return choice(
        f"«{NBSP}Immigrants{NBSP}» peut vouloir dire les personnes admises pendant une période, ou la population "
        f"immigrée qui vivait là au recensement de {census}.",
        f"Combien de personnes admises {place} {when(adm.total_span(ds))}?",
        f"Combien de personnes admises {place} en {last}?", f"Quelle est la population immigrée {place}?",
    )  # fmt: skip


def of_family(ds: Dataset, frame: Frame, family: str, *, each_year: bool = False) -> list[Measure] | Reply:
    """The measures of a family, one for each period that is asked for (or each year of it), and each category for
    « * »."""
    indicator, _, category = family.partition("/")
    if not periods(ds, family):
        return refusal("La source ne donne pas cet indicateur.")
    names = [family]
    if category == "*":
        every = [c.id for c in ds.indicators[indicator].categories if c.id != "total"]
        names = [f"{indicator}/{id_}" for id_ in every if indicator != FRENCH or id_ in _OF_FRENCH]
    found = _periods(ds, frame, family, names[0])
    if isinstance(found, Reply):
        return found
    if each_year:
        known = periods(ds, family)
        spans = [Period.of(p).years if Period.of(p).is_span else [p] for p in found]
        inside = [p for p in known if p in {year for years in spans for year in years}]
        found = (inside or found) if frame.timed else known
    return [measure(ds, name, period) for name in names for period in found]


def _periods(ds: Dataset, frame: Frame, family: str, name: str) -> list[str] | Reply:
    """The periods that the question names, the usual one when it names none; a refusal of one that is not there."""
    known, asked, of_years = periods(ds, family), [*frame.years, *frame.spans, *frame.dates], family == ADMISSIONS
    if not asked and of_years and not frame.ops & {"last", "first"}:
        mrc = "mrc" in frame.levels or any(ds.territories[code].level == "mrc" for code in frame.territories)
        return [adm.span(ds) if mrc else adm.total_span(ds)]
    if not asked:
        return [known[0] if "first" in frame.ops else known[-1]]
    printed = {*known, *ds.periods(ADMISSIONS), *ds.periods(adm.BY_MRC)} if of_years else {*known}
    found: list[str] = []
    for period in asked:
        whole = of_years and period[:4] < period[5:] and set(Period.of(period).years) <= set(known)
        same = [p for p in known if len(p) == 10 and p[:4] == period]
        found += [period] if whole or period in printed else same or [""]
    if "" not in found:
        return list(dict.fromkeys(found))
    near = measure(ds, name, known[-1])
    code = frame.territories[0] if frame.territories else ds.config.direction
    above = code if ds.territories[code].level not in near.reasons else ds.region_of(code)
    only = listed([when(p) for p in known])
    said = f"{near.name}{NBSP}: ce chiffre n’est donné {'que ' if only[0] == 'd' else 'qu’'}{only}."
    if of_years:
        missing = [year for period in asked for year in Period.of(period).years if year not in known]
        none = listed(list(dict.fromkeys(missing))[:3] or asked)
        said = f"La source donne les admissions de {known[0]} à {known[-1]}; elle ne dit rien de {none}."
    return refusal(said, f"{near.asked} {where(ds, above or ds.config.direction)} {near.when}?")

"""What is said of the MRC: on a measure (labels, units, classes of the map, reading), and on the page of each."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.indicators.classes import Classes
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.model.action_plan import Action
from dashboard.narrative import sentences as say
from dashboard.narrative.agreement_words import counted as agreements_counted
from dashboard.narrative.key_figures import admissions_words, rank
from dashboard.narrative.plan_words import several
from dashboard.narrative.sentences import capital, in_place, subject, verb
from dashboard.narrative.show import full, people
from dashboard.wording.numbers import NBSP, number
from dashboard.wording.periods import during
from dashboard.wording.periods import period as period_words

MEASURE_LABELS = {"nombre": "Nombre", "part": "Part de sa région", "taux": f"Pour 1{NBSP}000 habitants"}
UNITS = {
    "nombre": "admissions",
    "part": "% des admissions de sa région",
    "taux": f"admissions pour 1{NBSP}000 habitants",
}


def subtitle(ds: Dataset, measure: str, where: str) -> str:
    total = f"Admissions permanentes cumulées {adm.span(ds)}"
    said = {
        "nombre": total,
        "part": f"Part des admissions de sa région, en{NBSP}%, cumul {adm.span(ds)}",
        "taux": f"{total} pour 1{NBSP}000 habitants, {adm.census_words(ds)}",
    }
    return f"{said[measure]}, {where}"


def reading(ds: Dataset, table: Table, measure: str, chosen: str | None, region: str | None) -> str:
    """The sentence under the map: of the selected MRC, or of the first and of the hatched ones."""
    codes = [row.id for row in table.rows if not row.total]
    if chosen in codes and chosen is not None:
        return say.mrc_reading(ds, chosen)
    counted = [table.cell(code, measure) for code in codes]
    sentence = f"{say.mrc_message(ds, table, region, measure)}, {during(adm.span(ds))}{say.provisional(*counted)}."
    weak = say.unreliable_reading(ds, codes) if measure == "taux" else ""
    return f"{sentence} {weak}".strip()


MISSING = "donnée manquante"


def unreliable(ds: Dataset) -> str:
    """What is hatched and what « † » stands for."""
    return f"† {say.few(ds)}{NBSP}: taux peu fiable"


def class_label(ds: Dataset, classes: Classes, k: int) -> str:
    """« moins de 1 », « de 1 à moins de 2 », « 5 et plus », « † moins de 20 admissions : taux peu fiable »."""
    if k == classes.unreliable:
        return unreliable(ds)
    # As many digits as the finest of the limits: a limit rounded would part the values elsewhere than it says.
    places = max((-int(limit.as_tuple().exponent) for limit in classes.breaks), default=0)
    limits = [number(limit, max(0, places)) for limit in classes.breaks]
    if 0 < k < len(limits):
        return f"de {limits[k - 1]} à moins de {limits[k]}"
    return "toutes les valeurs" if not limits else f"{limits[-1]} et plus" if k else f"moins de {limits[0]}"


def title(ds: Dataset, code: str) -> str:
    """« Rimouski-Neigette : 477 personnes admises de 2015 à 2019, 1er sur 8 dans la région »."""
    count = adm.mrc_measure(ds, code, "nombre")
    if count.value is None:
        return ds.name(code)
    admitted = f"{people(count) if count.value else 'aucune personne'} {'admise' if count.value < 2 else 'admises'}"
    return f"{ds.name(code)}{NBSP}: {admitted} {during(adm.span(ds))}, {rank(ds, code, 'nombre')}"


def described(ds: Dataset, code: str) -> str:
    """« MRC, Bas-Saint-Laurent. Code 2408. Le plan l’écrit « Matane ». »."""
    own, region = ds.territories[code], ds.region_of(code) or code
    printed = own.name_in_source.replace("'", "’")
    former = f" Le plan l’écrit «{NBSP}{printed}{NBSP}»." if printed not in (own.name, ds.name(code)) else ""
    return f"{own.kind}, {ds.name(region)}. Code {code}.{former}"


def lead(ds: Dataset, code: str) -> str:
    """The message of its page: what it received, of its region and for its population, and its two ranks."""
    count, share, rate = (adm.mrc_measure(ds, code, measure) for measure in adm.MEASURES)
    name, when = subject(ds, code, start=False), capital(during(adm.span(ds)))
    if count.value is None:
        return f"{when}, le nombre d’admissions de cette MRC n’est pas donné."
    have = verb(ds.name(code), "a", "ont")
    if not count.value:
        return f"{when}, {name} n’{have} reçu aucune admission."
    of_region = ds.territories[ds.region_of(code) or code].name_of
    start = f"{when}, {name} {have} reçu {admissions_words(count)}"
    part = f"{full(share, counted=False)} de celles {of_region} ({rank(ds, code, 'nombre', '')})"
    if not rate.reliable:
        return f"{start}, soit {part}; avec {say.few(ds)}, le taux est peu fiable et sans rang."
    return f"{start}, soit {part} et {full(rate)} ({rank(ds, code, 'taux', '')})."


def place(ds: Dataset, code: str, measure: str) -> str:
    """« Lévis, 3e des 8 MRC de la région dont le taux est fiable : 3,6 pour 1 000 habitants »."""
    quantity = adm.mrc_measure(ds, code, measure)
    stands = rank(ds, code, measure) if quantity.reliable else "taux peu fiable, sans rang"
    shown = people(quantity) if measure == "nombre" else full(quantity)
    return f"{ds.name(code)}, {stands}{NBSP}: {shown}{' des admissions' if measure == 'part' else ''}"


def plan(ds: Dataset, code: str, named: Sequence[Action], all_: Sequence[Action]) -> str:
    """Whether the actions of the plan name this MRC, and what it holds for those of the region otherwise."""
    period = ds.action_plan.period
    if named:
        do = "nomment" if len(named) > 1 else "nomme"
        return f"{several(len(named), 'action', 'actions')} du plan {period} {do} cette MRC."
    where = in_place(ds, ds.region_of(code) or code)
    if not all_:
        return f"Le plan d’action {period} ne nomme pas cette MRC et aucune action ne parle des MRC {where}."
    does = "parle" if len(all_) == 1 else "parlent"
    return (
        f"Le plan d’action {period} ne nomme pas cette MRC. {capital(where)}, "
        f"{several(len(all_), 'action', 'actions')} {does} des MRC en général."
    )


def signed(ds: Dataset, code: str) -> str:
    """The agreements of its region with MRC, of which the plan does not say which signed."""
    region = ds.region_of(code) or code
    count = profile.count(ds, region, "agreements", "mrc")
    date = period_words(profile.latest(ds, "agreements"))
    said = capital(agreements_counted(ds, "mrc", count))
    if count.value is None:
        return f"{said}."
    which = "" if not count.value else f" Le plan ne dit pas {'laquelle' if count.value < 2 else 'lesquelles'}."
    return f"{said} {in_place(ds, region)} au {date}.{which}"


def unsaid(ds: Dataset) -> tuple[str, ...]:
    """What the source leaves out of every MRC."""
    last = adm.years(ds)[-1]
    return (
        f"Ses admissions par année{NBSP}: le plan ne croise pas MRC et année, il n’a que le cumul {adm.span(ds)}.",
        f"La catégorie, le sexe et la langue des personnes admises{NBSP}: le plan ne les croise pas avec les MRC.",
        f"Ses permis temporaires, sa population immigrée, ses ententes{NBSP}: le plan ne les donne que par région.",
        f"Si les personnes admises y habitent encore, ni les admissions après {last}{NBSP}: le plan n’en dit rien.",
    )

"""Every choice, declared once: what an address, a widget, a slide, a file and an embedded view may hold and how they
name it. Names of the parameters: wording/query.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from dashboard.deck.defaults import deck_label, deck_names, territories
from dashboard.indicators import admissions as adm
from dashboard.indicators import directions
from dashboard.indicators.catalogue import entries, has
from dashboard.indicators.comparison import MOST
from dashboard.indicators.plan import SCOPES
from dashboard.model import Dataset
from dashboard.narrative import plan_words
from dashboard.narrative.mrc_words import MEASURE_LABELS
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.wording import addresses, query
from dashboard.wording.matching import LONGEST_QUERY, words_of
from dashboard.wording.numbers import NBSP, typographic

SERIES = {"nombre": "Nombre", "indice": "Indice", "part": "Part du Québec"}
VIEWS = {"carte": "Carte", "tuiles": "Tuiles", "graphique": "Graphique", "tableau": "Tableau"}
# The other choices made, by name: what is allowed or usual may depend on them.
Values = Mapping[str, str]
Allowed = Callable[[Dataset, Values], Sequence[str]]


def _nowhere(ds: Dataset, values: Values, given: str) -> tuple[str, str] | None:
    return None


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice.

    name: its parameter; what: how a message names it; allowed: the values that can be shown with the other choices;
    usual: the one shown when nothing is chosen (None: nothing). known: values that are no fault though this view
    does not show them; elsewhere: of a value that is a fault here alone, its name and why.
    label, text, empty: of its widget: title, how a value reads, what an empty one says (none: it is never empty).
    kind: « several » holds values separated by commas, `most` of them, which `many` names.
    """

    name: str
    what: str
    allowed: Allowed
    usual: Callable[[Dataset, Values], str | None] = lambda ds, values: None
    label: str = ""
    text: Callable[[Dataset, Values, str], str] = lambda ds, values, value: value
    empty: str = ""
    kind: Literal["list", "buttons", "several", "search"] = "list"
    known: Allowed | None = None
    elsewhere: Callable[[Dataset, Values, str], tuple[str, str] | None] = _nowhere
    most: int = 1
    many: str = ""

    def parts(self, value: str) -> list[str]:
        """The values that one text holds."""
        return [part for part in dict.fromkeys(value.split(",")) if value] if self.kind == "several" else [value]

    def shown(self, ds: Dataset, values: Values, value: str | None) -> str | None:
        """What of a value can be shown with the other choices; None for nothing."""
        if value is None or self.kind == "search":
            return value
        parts, allowed = self.parts(value), self.allowed(ds, values)
        good = [part for part in parts if part in allowed]
        return ",".join(good) if good or not parts else None

    def faults(self, ds: Dataset, values: Values, value: str) -> list[str]:
        """The parts of a value that the data, or the other choices, do not allow."""
        known = (self.known or self.allowed)(ds, values)
        return [] if self.kind == "search" else [part for part in self.parts(value) if part not in known]


def region_of(ds: Dataset, values: Values) -> str | None:
    """Region of the territory that a view is about; None for the direction."""
    code = values.get(query.TERRITORY, ds.config.direction)
    return None if code == ds.config.direction else code


def territory_label(ds: Dataset, code: str) -> str:
    """Name of a territory in a list, without ambiguity."""
    region = ds.region_of(code)
    above = directions.above(ds).get(code)
    return above or (ds.name(code) if region in (None, code) else f"{ds.name(code)} ({ds.name(region or code)})")


def _compared(ds: Dataset, values: Values) -> list[str]:
    return [code for code in (value(ds, values, query.COMPARED) or "").split(",") if code]


def usable(ds: Dataset, values: Values) -> list[str]:
    """Of the territories compared, those that have the indicator."""
    entry = entries(ds).get(value(ds, values, query.INDICATOR) or "")
    return [code for code in _compared(ds, values) if entry is not None and has(ds, entry, code)]


def _reference(ds: Dataset, values: Values) -> str | None:
    found = usable(ds, values)
    return ds.config.province if ds.config.province in found else next(reversed(found), None)


def _of_another_region(ds: Dataset, values: Values, given: str) -> tuple[str, str] | None:
    region = region_of(ds, values)
    where = ds.territories[region].name_in if region else ""
    return (ds.name(given), f"qui n’est pas {where}") if given in ds.mrc_codes() else None


def _not_compared(ds: Dataset, values: Values, given: str) -> tuple[str, str] | None:
    known = CHOICES[query.COMPARED].allowed(ds, values)
    return (territory_label(ds, given), "qui n’est pas parmi les territoires comparés") if given in known else None


def _objective(ds: Dataset, _: Values, id_: str) -> str:
    orientation = next(o for o, objective in ds.action_plan.objectives() if objective.id == id_)
    return f"{plan_words.objective(ds, id_)} ({typographic(orientation.label)})"


def _kinds(ds: Dataset, _: Values) -> Sequence[str]:
    from dashboard.deck.kinds import KINDS  # what draws the views reads their choices here

    return list(KINDS)


_ALL: Final = (
    Choice(
        query.TERRITORY,
        "le territoire",
        lambda ds, _: territories(ds),
        lambda ds, _: ds.config.direction,
        "Territoire",
        lambda ds, _, code: ds.name(code),
    ),
    Choice(
        query.MRC,
        "la MRC",
        lambda ds, values: sorted(ds.mrc_codes(region_of(ds, values)), key=ds.name),
        label="MRC ou territoire équivalent",
        text=lambda ds, values, code: ds.name(code) if region_of(ds, values) else territory_label(ds, code),
        empty="Tous les territoires",
        elsewhere=_of_another_region,
    ),
    Choice(
        query.MEASURE,
        "la mesure",
        lambda ds, _: adm.MEASURES,
        lambda ds, _: ds.config.default_measure,
        "Mesure",
        lambda ds, _, measure: MEASURE_LABELS[measure],
        kind="buttons",
    ),
    Choice(
        query.VIEW,
        "la vue",
        # The tiles are territories of the overview and of a region.
        lambda ds, values: [view for view in VIEWS if view != "tuiles" or query.INDICATOR not in values],
        lambda ds, _: "carte",
        "Vue",
        lambda ds, _, view: VIEWS[view],
        kind="buttons",
        known=lambda ds, _: tuple(VIEWS),
    ),
    Choice(query.YEAR, "l’année", lambda ds, _: adm.years(ds), lambda ds, _: adm.years(ds)[-1], "Année"),
    Choice(
        query.SERIES,
        "la série",
        lambda ds, _: tuple(SERIES),
        lambda ds, _: "nombre",
        "Montrer",
        lambda ds, _, series: SERIES[series],
        kind="buttons",
    ),
    Choice(
        query.INDICATOR,
        "l’indicateur",
        lambda ds, _: list(entries(ds)),
        lambda ds, _: "taux",
        "Indicateur",
        lambda ds, values, id_: entries(ds, value(ds, values, query.YEAR))[id_].label,
    ),
    Choice(
        query.COMPARED,
        "le territoire",
        lambda ds, _: [
            *(ds.config.province, *directions.shown(ds), *ds.region_codes()),
            *sorted(ds.mrc_codes(), key=ds.name),
        ],
        lambda ds, _: ",".join([*ds.region_codes(), ds.config.province][:MOST]),
        "Territoires (de deux à huit)",
        lambda ds, _, code: territory_label(ds, code),
        "Choisissez des territoires",
        kind="several",
        most=MOST,
        many="les territoires",
    ),
    Choice(
        query.REFERENCE,
        "la référence",
        usable,
        _reference,
        "Référence de l’indice et de l’écart",
        lambda ds, _, code: territory_label(ds, code),
        known=_compared,
        elsewhere=_not_compared,
    ),
    Choice(query.SEARCH, "la recherche", lambda ds, _: (), kind="search", empty="francisation, MRC, employeurs, PEQ…",
           label="Chercher dans les actions, les résultats, les indicateurs et les objectifs"),
    Choice(
        query.REGION,
        "la région",
        lambda ds, _: ds.region_codes(),
        label="Région",
        text=lambda ds, _, code: ds.name(code),
        empty="Toutes",
    ),
    Choice(
        query.OBJECTIVE,
        "l’objectif",
        lambda ds, _: [o.id for _, o in ds.action_plan.objectives()],
        label="Orientation et objectif",
        text=_objective,
        empty="Tous",
    ),
    Choice(
        query.PROGRAMME,
        "le programme",
        lambda ds, _: [p.id for p in ds.action_plan.programmes],
        label="Programme",
        text=lambda ds, _, id_: typographic(next(p.label for p in ds.action_plan.programmes if p.id == id_)),
        empty="Tous",
    ),
    Choice(
        query.CLIENTELE,
        "la clientèle",
        lambda ds, _: [c.id for c in ds.action_plan.clienteles],
        label="Clientèle",
        text=lambda ds, _, id_: typographic(next(c.label for c in ds.action_plan.clienteles if c.id == id_)),
        empty="Toutes",
    ),
    Choice(
        query.SCOPE,
        "la portée",
        lambda ds, _: SCOPES,
        label="Portée",
        text=lambda ds, _, scope: plan_words.scope(ds, scope),  # type: ignore[arg-type]
        empty="Toutes",
    ),
    Choice(query.SIMULATION, "la simulation", lambda ds, _: list(SIMULATIONS), lambda ds, _: next(iter(SIMULATIONS))),
    Choice(
        query.DECK,
        "la présentation",
        lambda ds, _: deck_names(ds),
        lambda ds, _: ds.config.direction,
        "Présentation",
        lambda ds, _, name: deck_label(ds, name),
    ),
    Choice(query.KIND, "la vue", _kinds, lambda ds, _: "carte"),
)
CHOICES: Final[Mapping[str, Choice]] = {choice.name: choice for choice in _ALL}


def value(ds: Dataset, values: Values, name: str) -> str | None:
    """The value of a choice: the one made when it can be shown, else the usual one."""
    given = CHOICES[name].shown(ds, values, values.get(name))
    return CHOICES[name].usual(ds, values) if given is None else given


def problems(ds: Dataset, values: Values, names: Sequence[str]) -> list[tuple[str, str]]:
    """(choice, message in French) for every choice of a slide that the data or its view do not allow."""
    found = []
    for name, given in values.items():
        if name not in names:
            found.append((name, f"cette vue n’a pas de choix {quoted(name)}"))
            continue
        what, bad = CHOICES[name].what, CHOICES[name].faults(ds, values, given)
        found += [(name, f"{quoted(part)} ne convient pas pour {what}") for part in bad]
    return found


# --- What the address of a page holds ---------------------------------------------------------------------------------

# Chosen once for all the pages that show them; the others are of their page.
SHARED: Final = (query.MRC, query.MEASURE, query.YEAR, query.SERIES, query.VIEW)


@dataclass(frozen=True, slots=True)
class Page:
    """names: what the address of a page holds, in order; usual: where it is not that of the choice; together: an
    address that names one choice asks for the usual value of the others."""

    names: tuple[str, ...] = ()
    usual: Values = field(default_factory=dict)
    together: bool = False


PLAN: Final = (query.SEARCH, query.REGION, query.OBJECTIVE, query.PROGRAMME, query.CLIENTELE, query.SCOPE)
OVERVIEW: Final = Page((query.MRC, query.MEASURE, query.VIEW))
PORTRAIT: Final = Page(SHARED)
PAGES: Final[Mapping[str, Page]] = {
    "": OVERVIEW,
    addresses.INDICATORS: Page((query.INDICATOR, query.YEAR, query.VIEW)),
    addresses.COMPARE: Page(
        (query.COMPARED, query.INDICATOR, query.REFERENCE, query.YEAR), {query.INDICATOR: "francais"}
    ),
    addresses.ACTION_PLAN: Page(PLAN, together=True),
    addresses.PRESENTATION: Page((query.DECK,)),
}


def settled(ds: Dataset, page: Page, values: Values) -> dict[str, str]:
    """The choices of a page as they are shown: those made that suit it, else the usual ones; nothing for none.

    values: the choices made, and what the page is about.
    """
    found = {name: given for name, given in values.items() if name not in page.names}
    for name in page.names:
        given = CHOICES[name].shown(ds, found, values.get(name))
        if given is None:
            given = usual(ds, page, name, found)
        if given is not None:
            found[name] = given
    return found


def usual(ds: Dataset, page: Page, name: str, values: Values) -> str | None:
    """What a page shows of a choice that nobody has made."""
    return page.usual.get(name) or CHOICES[name].usual(ds, values)


def taken(ds: Dataset, values: Values, name: str, given: str) -> tuple[str | None, str]:
    """What can be taken of a value of an address, and the notice that says what cannot (« » when all can)."""
    choice = CHOICES[name]
    if choice.kind == "search":
        return one_line(given) or None, ""
    given = ",".join(choice.parts(given[:_LONGEST])) if choice.kind == "several" else given
    bad = choice.faults(ds, values, given)
    good = [part for part in choice.parts(given) if part not in bad]
    if bad and not good:
        shown, why = choice.elsewhere(ds, values, bad[0]) or (bad[0], NOT_IN_DATA)
        return None, refusal(choice.what, shown, why)
    if len(good) > choice.most:
        return None, refusal(choice.many, given, f"plus de {choice.most} à la fois")
    return ",".join(good), left_out(choice.what, bad) if bad else ""


NOT_IN_DATA: Final = "qui n’existe pas dans les données"
# More is no list that a person has made.
_LONGEST: Final = 400


def one_line(asked: str) -> str:
    """A search on one line, short, with nothing that cannot be shown; nothing when it holds no word."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in asked).split())[:LONGEST_QUERY]
    return shown if words_of(shown) else ""


def refusal(what: str, value: str, why: str) -> str:
    """The notice for a value of the address that cannot be used; the value is shown short and never as markup."""
    return f"L’adresse demandait {what} {quoted(value)}, {why}{NBSP}: la valeur habituelle est affichée."


def left_out(what: str, values: Sequence[str]) -> str:
    """The notice for the parts of a list that cannot be used, while the others are."""
    more = f" et {len(values) - 3} autres" if len(values) > 3 else ""
    why = "qui n’existe pas" if len(values) == 1 else "qui n’existent pas"
    named = f"{', '.join(map(quoted, values[:3]))}{more}"
    return f"L’adresse demandait {what} {named}, {why} dans les données{NBSP}: cette partie est laissée de côté."


def quoted(text: str) -> str:
    """A value from outside between French quotation marks, short, as a message may show it."""
    return f"«{NBSP}{''.join(c for c in text if c.isprintable())[:40]}{NBSP}»"

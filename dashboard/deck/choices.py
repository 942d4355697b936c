"""Every choice, declared once: what an address, a widget, a slide, a file and an embedded view may hold and how they
name it. Names of the parameters: wording/query.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dashboard.deck.slides import deck_label, deck_names, territories
from dashboard.indicators import admissions as adm
from dashboard.indicators import directions
from dashboard.indicators.catalogue import entries, has
from dashboard.indicators.comparison import MOST
from dashboard.indicators.plan import SCOPES
from dashboard.model import Dataset
from dashboard.narrative import meant, plan_words, target_words
from dashboard.narrative.mrc_words import MEASURE_LABELS
from dashboard.narrative.sourcing import spelled
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, typographic

SERIES = {"nombre": "Nombre", "indice": "Indice", "part": "Part du Québec"}
# The kind of view of each base on which the knowledge of French is given.
BASES = {"francais": "personnes ayant déclaré une langue", "francais-tous": "toutes les personnes admises"}
VIEWS = {"carte": "Carte", "tuiles": "Tuiles", "graphique": "Graphique", "tableau": "Tableau"}
THEMES = {
    "territoires": "Territoires", "evolution": "Évolution", "profil": "Profil", "permis": "Permis et ententes",
    "plan": "Plan",
}  # fmt: skip
# The same of the pages that have their own, by address.
PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    addresses.SOURCES: {
        "sources": "Sources", "definitions": "Définitions", "dictionnaire": "Indicateurs",
        "particularites": "Particularités", "verification": "Vérification", "reseau": "Réseau et services",
    }
}  # fmt: skip
# Beside the choices made: the address of the page, where it has parts of its own.
PAGE: Final = "page"
# Before the name of each presentation that is not of the data, with what it is called: among the choices made.
NAMED: Final = "presentation|"
# The other choices made, by name: what is allowed or usual may depend on them.
Values = Mapping[str, str]
Allowed = Callable[[Dataset, Values], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice.

    name: its parameter; what: how a message names it; allowed: the values that can be shown with the other choices;
    usual: the one shown when nothing is chosen (None: nothing). known: values that are no fault though this view
    does not show them; elsewhere: of a value that is a fault here alone, its name and why. read: the value that a
    person names otherwise; otherwise: what is shown in the place of a value that is refused.
    label, text, empty: of its widget: title, how a value reads, what an empty one says (none: it is never empty).
    kind: « several » holds values separated by commas, `most` of them, which `many` names; « search » and « question »
    hold what a person has written.
    """

    name: str
    what: str
    allowed: Allowed
    usual: Callable[[Dataset, Values], str | None] = lambda ds, values: None
    label: str = ""
    text: Callable[[Dataset, Values, str], str] = lambda ds, values, value: value
    empty: str = ""
    kind: Literal["list", "buttons", "several", "search", "question"] = "list"
    known: Allowed | None = None
    read: Callable[[Dataset, str], str | None] = lambda ds, given: None
    otherwise: str = "la valeur habituelle est affichée"
    elsewhere: Callable[[Dataset, Values, str], tuple[str, str] | None] = lambda ds, values, given: None
    most: int = 1
    many: str = ""

    @property
    def written(self) -> bool:
        """True for what a person writes: any text."""
        return self.kind in ("search", "question")

    def parts(self, value: str) -> list[str]:
        """The values that one text holds."""
        return [part for part in dict.fromkeys(value.split(",")) if value] if self.kind == "several" else [value]

    def shown(self, ds: Dataset, values: Values, value: str | None) -> str | None:
        """What of a value can be shown with the other choices; None for nothing."""
        if value is None or self.written:
            return value
        parts, allowed = self.parts(value), self.allowed(ds, values)
        good = [part for part in parts if part in allowed]
        return ",".join(good) if good or not parts else None

    def faults(self, ds: Dataset, values: Values, value: str) -> list[str]:
        """The parts of a value that the data, or the other choices, do not allow."""
        known = (self.known or self.allowed)(ds, values)
        return [] if self.written else [part for part in self.parts(value) if part not in known]


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
    region, own = region_of(ds, values), ds.region_of(given)
    if own in ds.unavailable and own != given:
        return ds.name(given), "dont les données sont à corriger"
    where = ds.territories[region].name_in if region else ""
    return (ds.name(given), f"qui n’est pas {where}") if given in ds.mrc_codes() else None


def _not_compared(ds: Dataset, values: Values, given: str) -> tuple[str, str] | None:
    known = CHOICES[query.COMPARED].allowed(ds, values)
    return (territory_label(ds, given), "qui n’est pas parmi les territoires comparés") if given in known else None


def _label(ds: Dataset, _: Values, code: str) -> str:
    return territory_label(ds, code)


def _plan_label(ds: Dataset, _: Values, id_: str) -> str:
    plan = ds.action_plan
    labels = {p.id: p.label for p in plan.programmes} | {c.id: c.label for c in plan.clienteles}
    return typographic(labels[id_])


def _objective(ds: Dataset, _: Values, id_: str) -> str:
    orientation = next(o for o, objective in ds.action_plan.objectives() if objective.id == id_)
    return f"{plan_words.objective(ds, id_)} ({typographic(orientation.label)})"


def _themes(values: Values) -> Mapping[str, str]:
    return PARTS.get(values.get(PAGE, ""), THEMES)


def _indicator(ds: Dataset, values: Values, id_: str) -> str:
    label = entries(ds, value(ds, values, query.YEAR))[id_].label
    longs = [said.partition(f"{NBSP}: ")[2].rstrip(".") for said in spelled(ds, [label])]
    return f"{label} ({'; '.join(longs)})" if longs else label


def _everywhere(ds: Dataset, _: Values) -> Sequence[str]:
    above = (ds.config.province, *directions.shown(ds), *ds.region_codes())
    return [*above, *sorted(ds.mrc_codes(), key=ds.name)]


def _decks(ds: Dataset, values: Values) -> Sequence[str]:
    return [*(name.removeprefix(NAMED) for name in values if name.startswith(NAMED)), *deck_names(ds)]


def _kinds(ds: Dataset, _: Values) -> Sequence[str]:
    from dashboard.deck.kinds import KINDS  # what draws the views reads their choices here

    return list(KINDS)


_ALL: Final = (
    Choice(query.TERRITORY, "le territoire", lambda ds, _: territories(ds), lambda ds, _: ds.config.direction),
    Choice(
        query.MRC, "la MRC", lambda ds, values: sorted(ds.mrc_codes(region_of(ds, values)), key=ds.name),
        label="MRC", empty="Toutes les MRC",
        text=lambda ds, values, code: ds.name(code) if region_of(ds, values) else territory_label(ds, code),
        read=meant.mrc, otherwise="aucune n’est choisie", elsewhere=_of_another_region,
    ),
    Choice(
        query.MEASURE, "la mesure", lambda ds, _: adm.MEASURES, lambda ds, _: ds.config.default_measure,
        "Mesure", lambda ds, _, measure: MEASURE_LABELS[measure], kind="buttons",
    ),
    Choice(
        # The tiles are territories of the overview and of a region.
        query.VIEW, "la vue", lambda ds, values: [v for v in VIEWS if v != "tuiles" or query.INDICATOR not in values],
        lambda ds, _: "carte", "Vue", lambda ds, _, view: VIEWS[view], kind="buttons", known=lambda ds, _: tuple(VIEWS),
    ),
    Choice(query.YEAR, "l’année", lambda ds, _: adm.years(ds), lambda ds, _: adm.years(ds)[-1], "Année"),
    Choice(
        query.SERIES, "la série", lambda ds, _: tuple(SERIES), lambda ds, _: "nombre",
        "Montrer", lambda ds, _, series: SERIES[series], kind="buttons",
    ),
    Choice(
        query.BASE, "la base", lambda ds, _: tuple(BASES), lambda ds, _: "francais",
        "Connaissance du français, en % de", lambda ds, _, base: BASES[base], kind="buttons",
    ),
    Choice(
        query.THEME, "le thème", lambda ds, values: tuple(_themes(values)),
        lambda ds, values: next(iter(_themes(values))),
        "Thème", lambda ds, values, theme: _themes(values)[theme], kind="buttons",
    ),
    Choice(
        query.INDICATOR, "l’indicateur", lambda ds, _: list(entries(ds)), lambda ds, _: "taux", "Indicateur", _indicator
    ),
    Choice(
        query.COMPARED, "le territoire", _everywhere,
        lambda ds, _: ",".join([*ds.region_codes(), ds.config.province][:MOST]),
        "Territoires (de deux à huit)", _label, "Choisissez des territoires", "several", most=MOST,
        many="les territoires",
    ),
    Choice(
        query.REFERENCE, "la référence", usable, _reference, "Référence de l’indice et de l’écart", _label,
        known=_compared, elsewhere=_not_compared,
    ),
    Choice(
        query.SEARCH, "la recherche", lambda ds, _: (), kind="search", empty="francisation, MRC, employeurs, PEQ…",
        label="Chercher dans les actions et leurs résultats",
    ),
    Choice(
        query.REGION, "la région", lambda ds, _: ds.region_codes(), label="Région", empty="Toutes",
        text=lambda ds, _, code: ds.name(code),
    ),
    Choice(
        query.OBJECTIVE, "l’objectif", lambda ds, _: [o.id for _, o in ds.action_plan.objectives()],
        label="Objectif", text=_objective, empty="Tous",
    ),
    Choice(
        query.PROGRAMME, "le programme", lambda ds, _: [p.id for p in ds.action_plan.programmes],
        label="Programme", text=_plan_label, empty="Tous",
    ),
    Choice(
        query.CLIENTELE, "la clientèle", lambda ds, _: [c.id for c in ds.action_plan.clienteles],
        label="Clientèle", text=_plan_label, empty="Toutes",
    ),
    Choice(
        query.SCOPE, "la portée", lambda ds, _: SCOPES, label="Commune ou propre", empty="Toutes",
        text=lambda ds, _, scope: plan_words.scope(ds, scope),  # type: ignore[arg-type]
    ),
    Choice(
        query.TARGET, "la cible", lambda ds, _: [t.id for t in ds.targets.targets],
        lambda ds, _: ds.targets.targets[0].id, "Cible",
        lambda ds, _, id_: target_words.named(next(t for t in ds.targets.targets if t.id == id_)),
    ),
    Choice(query.SIMULATION, "la simulation", lambda ds, _: list(SIMULATIONS), lambda ds, _: next(iter(SIMULATIONS))),
    Choice(
        query.DECK, "la présentation", _decks, lambda ds, _: ds.config.direction,
        "Présentation", lambda ds, values, name: values.get(NAMED + name) or deck_label(ds, name),
        elsewhere=lambda ds, _, name: (name, "que l’équipe n’a pas, ou n’a plus"),
    ),
    Choice(query.KIND, "la vue", _kinds, lambda ds, _: "carte"),
    Choice(query.QUESTION, "la question", lambda ds, _: (), kind="question"),
)  # fmt: skip
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


def quoted(text: str) -> str:
    """A value from outside between French quotation marks, short, as a message may show it."""
    return f"«{NBSP}{''.join(c for c in text if c.isprintable())[:40]}{NBSP}»"

"""The action plan counted, filtered and searched, and the figures of a region that situate an action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal, get_args

from dashboard.indicators import profile
from dashboard.indicators.quantity import Quantity, add
from dashboard.model import Dataset
from dashboard.model.action_plan import Action, ActionPlan, Objective, Orientation, Statistic
from dashboard.wording.matching import holds, words_of

Place = Literal["action", "resultat", "indicateur", "deplacee", "objectif"]
PLACES: tuple[Place, ...] = get_args(Place)
Scope = Literal["communes", "partagees", "propres"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


# What is looked for in the actions that speak of the MRC in general.
ANY_MRC: Final = "MRC"


@dataclass(frozen=True, slots=True)
class Counts:
    """What some actions hold. A displaced action is neither an action nor an indicator."""

    actions: int = 0
    results: int = 0
    indicators: int = 0


def counts(actions: Iterable[Action]) -> Counts:
    chosen = list(actions)
    return Counts(len(chosen), sum(len(a.results) for a in chosen), sum(len(a.indicators) for a in chosen))


def weights(plan: ActionPlan, actions: Iterable[Action]) -> tuple[dict[str, int], int]:
    """How many actions are under each objective, and how many there are when one that regions share counts once."""
    chosen = list(actions)
    by = {objective.id: sum(a.objective == objective.id for a in chosen) for _, objective in plan.objectives()}
    return by, len({action.group_key for action in chosen})


def matrix(ds: Dataset) -> dict[tuple[str | None, str | None], Counts]:
    """Counts by region and objective; None stands for all of them."""
    plan = ds.action_plan
    objectives = (*(objective.id for _, objective in plan.objectives()), None)
    return {
        (code, id_): counts(a for a in plan.actions if code in (None, a.region_code) and id_ in (None, a.objective))
        for code, id_ in product((*ds.region_codes(), None), objectives)
    }


def objective_of(plan: ActionPlan, action: Action) -> tuple[Orientation, Objective]:
    return next(pair for pair in plan.objectives() if pair[1].id == action.objective)


def regions_of_plan(plan: ActionPlan) -> set[str]:
    """Regions that have an action in the plan: a region without any does not make the others' less common."""
    return {action.region_code for action in plan.actions}


def breadth(plan: ActionPlan) -> dict[str, int]:
    """How many regions share each group of actions."""
    return Counter(group for group, _ in {(action.group_key, action.region_code) for action in plan.actions})


def scope_of(plan: ActionPlan, action: Action) -> Scope:
    """Common to all the regions of the plan, to some, or to one alone."""
    shared = breadth(plan)[action.group_key]
    if shared == 1:
        return "propres"
    return "communes" if shared == len(regions_of_plan(plan)) else "partagees"


def elsewhere(plan: ActionPlan, action: Action) -> list[Action]:
    """The same action in the other regions."""
    return [a for a in plan.actions if a.group_key == action.group_key and a.region_code != action.region_code]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the plan; None or an empty search asks for everything."""

    region: str | None = None
    objective: str | None = None
    programme: str | None = None
    clientele: str | None = None
    scope: str | None = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An action that answers, and where its words were found (nowhere without a search)."""

    action: Action
    places: Mapping[Place, int]


def texts(plan: ActionPlan, action: Action) -> Iterator[tuple[Place, str]]:
    """Every text of an action and the place where it stands, orientation and objective included."""
    orientation, objective = objective_of(plan, action)
    yield "action", action.text
    for result in action.results:
        yield "resultat", result.text
    for indicator in action.indicators:
        yield "indicateur", " ".join([indicator.text, *indicator.variants])
    for displaced in action.displaced_actions:
        yield "deplacee", displaced.text
    yield "objectif", f"{orientation.label} {objective.label}"


def terms(plan: ActionPlan, query: str) -> tuple[str, ...]:
    """What a search looks for: its words one after the other where the plan has them so, else each of them."""
    words = words_of(query)
    phrase = " ".join(words)
    if len(words) > 1 and any(holds(text, phrase) for action in plan.actions for _, text in texts(plan, action)):
        return (phrase,)
    return words


def _places(plan: ActionPlan, action: Action, wanted: tuple[str, ...]) -> dict[Place, int] | None:
    """How many texts of each place hold the terms; None unless every term is found somewhere.

    Texts that hold all the terms hide those that hold only some.
    """
    held = [(place, {term for term in wanted if holds(text, term)}) for place, text in texts(plan, action)]
    if set().union(*(found for _, found in held)) != set(wanted):
        return None
    whole = [place for place, found in held if len(found) == len(wanted)]
    chosen = whole or [place for place, found in held if found]
    return {place: chosen.count(place) for place in PLACES if place in chosen}


def search(plan: ActionPlan, filters: Filters) -> list[Found]:
    """The actions that answer every filter, in the order of the plan."""
    wanted = terms(plan, filters.query)
    chosen = (
        action
        for action in plan.actions
        if filters.region in (None, action.region_code)
        and filters.objective in (None, action.objective)
        and (filters.programme is None or filters.programme in action.programmes)
        and (filters.clientele is None or filters.clientele in action.clienteles)
        and filters.scope in (None, scope_of(plan, action))
    )
    found = ((action, _places(plan, action, wanted) if wanted else {}) for action in chosen)
    return [Found(action, places) for action, places in found if places is not None]


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of the action's region, the same for Québec where the source has it, and why it stands here."""

    label: str
    why: str
    here: Quantity
    quebec: Quantity | None


def beside(ds: Dataset, action: Action) -> list[Beside]:
    """The figures that bear on an action; none where the source has none."""
    return [
        Beside(
            own.label, own.why, _quantity(ds, own, action.region_code),
            _quantity(ds, own, ds.config.province) if "province" in ds.indicators[own.indicator].levels else None,
        )
        for own in ds.action_plan.statistics
        if action.group_key in own.groups
    ]  # fmt: skip


def _quantity(ds: Dataset, statistic: Statistic, territory: str) -> Quantity:
    if statistic.base is not None and len(statistic.categories) == 1:
        return profile.category_share(ds, territory, statistic.indicator, statistic.categories[0], statistic.base)
    counts = [profile.count(ds, territory, statistic.indicator, category) for category in statistic.categories]
    return counts[0] if len(counts) == 1 else add(counts, statistic.label, territory)


def of_mrc(ds: Dataset, code: str) -> tuple[list[Action], list[Action]]:
    """The actions that name this MRC, then those of its region that speak of the MRC in general."""
    plan, region = ds.action_plan, ds.region_of(code)
    named = [action for action in plan.actions if code in action.territories]
    return named, [found.action for found in search(plan, Filters(region=region, query=ANY_MRC))]

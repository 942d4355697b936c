"""Every kind of view by name, with the choices it has. A new kind is a function and an entry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.deck import choices as ch
from dashboard.deck import plan_views, simulated_view, territory_views
from dashboard.deck.content import Content
from dashboard.deck.slides import Slide
from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS, answer
from dashboard.wording import query
from dashboard.wording.numbers import NBSP


@dataclass(frozen=True, slots=True)
class Kind:
    """`build` gives the content from choices that are allowed; `choices` are the names it understands, in the order
    in which they are shown."""

    id: str
    label: str
    build: Callable[[Dataset, Mapping[str, str]], Content]
    choices: tuple[str, ...] = ()


_ALL = (
    Kind("chiffres", "Chiffres clés", territory_views.key_figures, (query.TERRITORY,)),
    Kind("ressort", "Ce qui ressort", territory_views.standouts),
    Kind("admissions", "Admissions par année", territory_views.trend, (query.TERRITORY, query.SERIES, query.YEAR)),
    Kind("carte", "Carte des MRC", territory_views.mrc_map, (query.TERRITORY, query.MEASURE, query.MRC)),
    Kind("mrc", "Classement des MRC", territory_views.mrc_bars, (query.TERRITORY, query.MEASURE, query.MRC)),
    Kind("fiche", "Fiche d’une MRC", territory_views.mrc_sheet, (query.TERRITORY, query.MRC)),
    Kind("regions", "Les régions côte à côte", territory_views.regions),
    Kind("categorie", "Catégories d’admission", territory_views.by_category, (query.TERRITORY,)),
    Kind("sexe", "Femmes et hommes", territory_views.by_sex, (query.TERRITORY,)),
    Kind("francais", "Connaissance du français", territory_views.by_french, (query.TERRITORY,)),
    Kind("permis", "Permis temporaires", territory_views.permits, (query.TERRITORY,)),
    Kind("ententes", "Ententes et mandataires", territory_views.agreements, (query.TERRITORY,)),
    Kind("cibles", "Cibles stratégiques", plan_views.targets),
    Kind("plan", "Plan d’action", plan_views.action_plan, (query.TERRITORY,)),
    Kind("suivi", "Suivi", plan_views.follow_up, (query.TERRITORY,)),
    Kind("sources", "Sources et particularités", plan_views.sources, (query.TERRITORY,)),
    Kind("indicateur", "Un indicateur", territory_views.indicator, (query.INDICATOR, query.YEAR)),
    Kind(
        "comparer",
        "Comparaison",
        territory_views.comparison,
        (query.COMPARED, query.INDICATOR, query.REFERENCE, query.YEAR),
    ),
    Kind("simulation", "Simulation", simulated_view.simulation),
)
KINDS: Mapping[str, Kind] = {kind.id: kind for kind in _ALL}


def territory_of(ds: Dataset, slide: Slide) -> str:
    """Code of the territory that a slide is about: its region, or the direction."""
    return ch.value(ds, slide.choices, query.TERRITORY) or ds.config.direction


def problems(ds: Dataset, slide: Slide) -> list[tuple[str, str]]:
    """(field, message in French) for all that prevents this slide from being shown as asked."""
    kind = KINDS.get(slide.kind)
    if kind is None:
        known = ", ".join(KINDS)
        return [("vue", f"la vue {ch.quoted(slide.kind)} n’existe pas; choisir parmi{NBSP}: {known}")]
    if slide.kind == "simulation":
        return _of_simulation(ds, slide.choices)
    return ch.problems(ds, slide.choices, kind.choices)


def _of_simulation(ds: Dataset, choices: Mapping[str, str]) -> list[tuple[str, str]]:
    name = choices.get(query.SIMULATION, "")
    if name not in SIMULATIONS:
        return [(query.SIMULATION, f"la simulation {ch.quoted(name)} n’existe pas")]
    own = {field: value for field, value in choices.items() if field != query.SIMULATION}
    return list(answer(ds, name, own).errors.items())


def usable(ds: Dataset, slide: Slide) -> Slide:
    """The same slide without the choices that the data do not allow.

    Raises KeyError for a kind that does not exist, and ValueError for a simulation without an answer.
    """
    kind = KINDS[slide.kind]
    found = problems(ds, slide)
    if slide.kind == "simulation":
        if found:
            raise ValueError(found[0][1])
        return slide
    refused = {field for field, _ in found}
    kept = {name: value for name, value in slide.choices.items() if name in kind.choices and name not in refused}
    return replace(slide, choices=kept)


def content(ds: Dataset, slide: Slide) -> Content:
    """What a slide shows. The presenter's title and notes replace nothing but the title and the added notes.

    Raises KeyError and ValueError as `usable` does.
    """
    found = KINDS[slide.kind].build(ds, usable(ds, slide).choices)
    return replace(found, title=slide.title or found.title, notes=slide.notes)


def contents(ds: Dataset, slides: Sequence[Slide]) -> list[Content]:
    return [content(ds, slide) for slide in slides]

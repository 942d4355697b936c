"""Every kind of view by name, with the choices it has. A new kind is a function and an entry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dashboard.deck import choices as ch
from dashboard.deck import indicator_views, mrc_views, plan_views, simulated_view, territory_views
from dashboard.deck.content import Content
from dashboard.deck.slides import Deck, Slide
from dashboard.indicators.memory import kept
from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS, answer
from dashboard.wording import query
from dashboard.wording.numbers import NBSP


@dataclass(frozen=True, slots=True)
class Kind:
    """`build` gives the content from choices that are allowed; `choices` are the names it understands, in the order
    in which they are shown. slide: the kind that a presentation, a file or an embedded view takes in its place; its own
    id for most, nothing where a page alone shows it. starts: the presentations and files that hold it from the start,
    of a region, of the direction or of an MRC, in the order of this table. read: its page shows the reading sentence,
    which says more than its title and its labels; a chart always has it as text alternative."""

    id: str
    label: str
    build: Callable[[Dataset, Mapping[str, str]], Content]
    choices: tuple[str, ...] = ()
    slide: str | None = None
    starts: tuple[str, ...] = ()
    read: bool = False

    @property
    def presented(self) -> bool:
        """Whether a presentation can hold this very kind."""
        return self.slide in (None, self.id)


# The presentations that a view may be in from the start.
REGION, DIRECTION, MRC = "region", "direction", "mrc"
_MRC = (query.TERRITORY, query.MEASURE, query.MRC)
_COMPARED = (query.COMPARED, query.INDICATOR, query.REFERENCE, query.YEAR)
_INDICATOR = (query.INDICATOR, query.YEAR)
_TREND = (query.TERRITORY, query.SERIES, query.YEAR)
_PLACE = (query.TERRITORY,)
_ONE = (query.TERRITORY, query.MRC)
_BOTH, _EACH = (REGION, DIRECTION), (REGION, DIRECTION, MRC)
_ALL = (
    Kind("chiffres", "Chiffres clés", territory_views.key_figures, _PLACE, starts=_BOTH),
    Kind("fiche", "Fiche d’une MRC", mrc_views.mrc_sheet, _ONE, starts=(MRC,)),
    Kind("ressort", "Ce qui ressort", territory_views.standouts, starts=(DIRECTION,)),
    Kind("regions", "Les régions côte à côte", territory_views.regions, starts=(DIRECTION,)),
    Kind("admissions", "Admissions par année", territory_views.trend, _TREND, starts=_BOTH, read=True),
    Kind("tendances", "Admissions de chaque région", territory_views.trends, slide=""),
    Kind("carte", "Carte des MRC", mrc_views.mrc_map, _MRC, starts=_EACH),
    Kind("tuiles", "Tuiles des MRC", mrc_views.mrc_tiles, _MRC, slide="carte"),
    Kind("mrc", "Classement des MRC", mrc_views.mrc_bars, _MRC, starts=_EACH),
    Kind("mrc-annees", "Estimations d’une MRC", simulated_view.mrc_years, _ONE, starts=(MRC,)),
    Kind("categorie", "Catégories d’admission", territory_views.composition("categorie"), _PLACE, starts=_BOTH),
    Kind("sexe", "Femmes et hommes", territory_views.composition("sexe"), _PLACE),
    Kind("francais", "Connaissance du français", territory_views.composition("francais"), _PLACE, starts=_BOTH),
    Kind("francais-tous", "Français, tous", territory_views.composition("francais-tous"), _PLACE, slide=""),
    Kind("permis", "Permis temporaires", territory_views.permits, _PLACE, starts=_BOTH),
    Kind("ententes", "Ententes et mandataires", territory_views.agreements, _PLACE, starts=(REGION, MRC)),
    Kind("ententes-regions", "Ententes de chaque région", territory_views.agreements_by_region, slide=""),
    Kind("cible", "Une cible stratégique", plan_views.target, (query.TARGET,), slide=""),
    Kind("cibles", "Cibles stratégiques", plan_views.targets, starts=_BOTH),
    Kind("plan", "Plan d’action", plan_views.action_plan, _PLACE, starts=_BOTH),
    Kind("suivi", "Suivi", plan_views.follow_up, _PLACE),
    Kind("sources", "Sources et particularités", plan_views.sources, _PLACE, starts=_EACH),
    Kind("indicateur", "Un indicateur", indicator_views.indicator, _INDICATOR),
    Kind("indicateur-carte", "Carte d’un indicateur", indicator_views.indicator_map, _INDICATOR, slide="indicateur"),
    Kind("comparer", "Comparaison", indicator_views.comparison, _COMPARED),
    Kind("simulation", "Simulation", simulated_view.simulation),
)
VIEWS: Mapping[str, Kind] = {kind.id: kind for kind in _ALL}
# Those that a presentation, a file or an embedded view can hold.
KINDS: Mapping[str, Kind] = {kind.id: kind for kind in _ALL if kind.presented}


@kept
def view(ds: Dataset, kind: str, choices: Mapping[str, str]) -> Content:
    """What is said and drawn of one subject, whole, for choices that are allowed; made once for each dataset."""
    return replace(VIEWS[kind].build(ds, choices), kind=kind, choices=dict(choices))


def slide_of(found: Content) -> Slide | None:
    """The slide that shows this view elsewhere than on its page; None where nothing else does."""
    kind = VIEWS[found.kind].slide
    return None if kind == "" else Slide(kind or found.kind, dict(found.choices))


def territory_of(ds: Dataset, slide: Slide) -> str:
    """Code of the territory that a slide is about: its region, or the direction."""
    return ch.value(ds, slide.choices, query.TERRITORY) or ds.config.direction


def subject_of(ds: Dataset, slide: Slide) -> str:
    """Code of what the file of a page is about, from its first slide: an MRC where it is its sheet."""
    return mrc_views.mrc_of(ds, slide.choices) if slide.kind == "fiche" else territory_of(ds, slide)


def problems(ds: Dataset, slide: Slide) -> list[tuple[str, str]]:
    """(field, message in French) for all that prevents this slide from being shown as asked."""
    kind = KINDS.get(slide.kind)
    if kind is None:
        known = ", ".join(KINDS)
        return [("vue", f"la vue {ch.quoted(slide.kind)} n’existe pas; choisir parmi{NBSP}: {known}")]
    if slide.kind != "simulation":
        return ch.problems(ds, slide.choices, kind.choices)
    own = dict(slide.choices)
    name = own.pop(query.SIMULATION, "")
    if name not in SIMULATIONS:
        return [(query.SIMULATION, f"la simulation {ch.quoted(name)} n’existe pas")]
    return list(answer(ds, name, own).errors.items())


def usable(ds: Dataset, slide: Slide) -> Slide:
    """The same slide without the choices that the data do not allow.

    Raises KeyError for a kind that does not exist, and ValueError for a simulation without an answer.
    """
    KINDS[slide.kind]  # KeyError where there is none
    refused = dict(problems(ds, slide))
    if slide.kind == "simulation" and refused:
        raise ValueError(next(iter(refused.values())))
    return replace(slide, choices={name: value for name, value in slide.choices.items() if name not in refused})


def content(ds: Dataset, slide: Slide) -> Content:
    """What a slide shows. The presenter's title and notes replace nothing but the title and the added notes.

    Raises KeyError and ValueError as `usable` does.
    """
    found = view(ds, slide.kind, usable(ds, slide).choices).for_a_room()
    return replace(found, title=slide.title or found.title, notes=slide.notes)


def default_deck(ds: Dataset, territory: str) -> Deck:
    """The views that start in it, each about this territory where it is about one."""
    about, whose = {query.TERRITORY: territory}, DIRECTION if territory == ds.config.direction else REGION
    if ds.territories[territory].level == "mrc":
        about, whose = {query.TERRITORY: ds.region_of(territory) or territory, query.MRC: territory}, MRC
    slides = [
        Slide(kind.id, {name: code for name, code in about.items() if name in kind.choices})
        for kind in KINDS.values()
        if whose in kind.starts
    ]
    counted = {query.MEASURE: "nombre"}
    slides = [slide.choosing(**counted) if slide.kind == "mrc" else slide for slide in slides]
    return Deck(f"Portrait de l’immigration, {ds.name(territory)}", tuple(slides))

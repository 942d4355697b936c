"""What the address of each page holds: which choices, their values as the page shows them, what of them it refuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dashboard.deck import kinds
from dashboard.deck.choices import CHOICES, PARTS, Values, quoted
from dashboard.deck.slides import Slide
from dashboard.model import Dataset
from dashboard.narrative.search import SHEET, place_of
from dashboard.narrative.show import together
from dashboard.wording import addresses, query
from dashboard.wording.matching import LONGEST_QUERY, words_of
from dashboard.wording.numbers import NBSP

# Chosen once for all the pages that show them; the others are of their page.
SHARED: Final = (query.THEME, query.MRC, query.MEASURE, query.YEAR, query.SERIES, query.BASE, query.VIEW)

# Asked on any page, and left with it: an address that does not say it takes it back.
PASSING: Final = (query.QUESTION,)

# Those of the map, its bars and its table: what « Effacer » takes back.
EXPLORED: Final = (query.MRC, query.MEASURE, query.VIEW)


@dataclass(frozen=True, slots=True)
class Page:
    """names: what the address of a page holds, in order; usual: where it is not that of the choice; together: an
    address that names one choice asks for the usual value of the others; own: those that other pages share, and this
    one keeps to itself; places: the theme that holds each place, or each kind of place (what its first hyphen ends)."""

    names: tuple[str, ...] = ()
    usual: Values = field(default_factory=dict)
    together: bool = False
    own: tuple[str, ...] = ()
    places: Values = field(default_factory=dict)


PLAN: Final = (query.SEARCH, query.REGION, query.OBJECTIVE, query.PROGRAMME, query.CLIENTELE, query.SCOPE)
# Places of the page of a region, and the theme that holds each: an address that names a place opens it.
PLACES: Final[Mapping[str, str]] = {
    "territoires": "territoires",
    SHEET: "territoires",
    "admissions": "evolution",
    "profil": "profil",
    "permis": "permis",
    "ententes": "permis",
    "plan": "plan",
    "portrait": "plan",
}
PORTRAIT: Final = Page(SHARED, places=PLACES)
_OF_SOURCES: Final[Mapping[str, str]] = {
    "definition": "definitions",
    "particularite": "particularites",
    "texte": "reseau",
    **{part: part for part in PARTS[addresses.SOURCES]},
}
PAGES: Final[Mapping[str, Page]] = {
    "": Page(EXPLORED),
    addresses.MRC: Page((query.MRC, query.MEASURE)),
    addresses.INDICATORS: Page((query.INDICATOR, query.YEAR, query.VIEW)),
    addresses.COMPARE: Page(
        (query.COMPARED, query.INDICATOR, query.REFERENCE, query.YEAR), {query.INDICATOR: "francais"}
    ),
    addresses.ACTION_PLAN: Page(PLAN, together=True),
    addresses.TARGETS: Page((query.TARGET,)),
    addresses.SOURCES: Page((query.THEME,), own=(query.THEME,), places=_OF_SOURCES),
    addresses.PRESENTATION: Page((query.DECK,)),
}


def page(slug: str, *, region: bool) -> Page:
    """What the address of a page holds; region: it is the portrait of one."""
    own = PORTRAIT if region else PAGES.get(slug, Page())
    return own if slug == addresses.EMBED else replace(own, names=(*own.names, *PASSING))


def at_place(ds: Dataset, page: Page, place: str) -> dict[str, str]:
    """The choices that show a place of a page: an address that names the place opens it."""
    theme = page.places.get(place) or page.places.get(place.partition("-")[0])
    if theme is not None:
        return {query.THEME: theme}
    ids = [target.id for target in ds.targets.targets if place_of("cible", target.id) == place]
    return {query.TARGET: ids[0]} if ids and query.TARGET in page.names else {}


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
    if choice.written:
        return (one_line(given) if choice.kind == "search" else question(given)) or None, ""
    given = ",".join(choice.parts(given[:_LONGEST])) if choice.kind == "several" else given
    bad = choice.faults(ds, values, given)
    if bad == [given] and (read := choice.read(ds, given)) is not None:
        given, bad = read, choice.faults(ds, values, read)
    good = [part for part in choice.parts(given) if part not in bad]
    if bad and not good:
        shown, why = choice.elsewhere(ds, values, bad[0]) or (bad[0], NOT_IN_DATA)
        return None, refusal(choice.what, shown, why, choice.otherwise)
    if len(good) > choice.most:
        return None, refusal(choice.many, given, f"plus de {choice.most} à la fois")
    return ",".join(good), left_out(choice.many or choice.what, bad) if bad else ""


NOT_IN_DATA: Final = "qui n’existe pas dans les données"
# More is no list that a person has made.
_LONGEST: Final = 400


def one_line(asked: str) -> str:
    """A search on one line, short, with nothing that cannot be shown; nothing when it holds no word."""
    shown = question(asked)[:LONGEST_QUERY]
    return shown if words_of(shown) else ""


def question(asked: str) -> str:
    """What a person has written, on one line, not endless, with nothing that cannot be shown."""
    return " ".join("".join(c if c.isprintable() else " " for c in asked[: 2 * _LONGEST]).split())[:_LONGEST]


def refusal(what: str, value: str, why: str, then: str = "la valeur habituelle est affichée") -> str:
    """The notice for a value of the address that cannot be used; the value is shown short and never as markup."""
    return f"L’adresse demandait {what} {quoted(value)}, {why}{NBSP}: {then}."


def left_out(what: str, values: Sequence[str]) -> str:
    """The notice for the parts of a list that cannot be used, while the others are. what: the whole of the list."""
    why = "n’existe pas" if len(values) == 1 else "n’existent pas"
    then = "cette partie est laissée de côté" if len(values) == 1 else "ces parties sont laissées de côté"
    named = together([quoted(value) for value in values])
    return f"L’adresse demandait, parmi {what}, {named}, qui {why} dans les données{NBSP}: {then}."


# The view of an address that names none.
USUAL: Final = "carte"


def asked(ds: Dataset, given: Mapping[str, str]) -> tuple[Slide, list[str]]:
    """The view of these parameters, with a notice for each value that is refused.

    A choice that the view does not have says nothing of it, and is no fault. The fields of a simulation are all kept:
    what is wrong in them is said in its place.
    """
    kind, notice = taken(ds, {}, query.KIND, given.get(query.KIND, USUAL))
    kind, notices = kind or USUAL, [notice] if notice else []
    own = {name: value for name, value in given.items() if name != query.KIND}
    if kind == "simulation":
        return Slide(kind, own), notices
    own = {name: value for name, value in own.items() if name in kinds.KINDS[kind].choices}
    refused = [name for name, _ in kinds.problems(ds, Slide(kind, own))]
    notices += [refusal(CHOICES[name].what, own[name], NOT_IN_DATA) for name in refused]
    return kinds.usable(ds, Slide(kind, own)), notices

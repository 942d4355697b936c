"""The view that an address asks for: `objet`, then the choices of that view (docs/adresses.md)."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.deck import choices as ch
from dashboard.deck import kinds, page_choices
from dashboard.deck.slides import Slide
from dashboard.model import Dataset
from dashboard.wording import query

USUAL = "carte"


def asked(ds: Dataset, given: Mapping[str, str]) -> tuple[Slide, list[str]]:
    """The view of these parameters, with a notice for each value that is refused.

    A choice that the view does not have says nothing of it, and is no fault. The fields of a simulation are all kept:
    what is wrong in them is said in its place.
    """
    kind, notice = page_choices.taken(ds, {}, query.KIND, given.get(query.KIND, USUAL))
    kind, notices = kind or USUAL, [notice] if notice else []
    own = {name: value for name, value in given.items() if name != query.KIND}
    if kind == "simulation":
        return Slide(kind, own), notices
    own = {name: value for name, value in own.items() if name in kinds.KINDS[kind].choices}
    refused = [name for name, _ in kinds.problems(ds, Slide(kind, own))]
    notices += [page_choices.refusal(ch.CHOICES[name].what, own[name], page_choices.NOT_IN_DATA) for name in refused]
    return kinds.usable(ds, Slide(kind, own)), notices

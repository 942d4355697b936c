"""The action plan in words: counts, what a search found and where, what an action shares with other regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.indicators.plan import Beside, Counts, Found, Place, Scope, breadth, regions_of_plan
from dashboard.indicators.quantity import SUM
from dashboard.model import Dataset
from dashboard.model.action_plan import Action
from dashboard.narrative.sentences import capital, in_place
from dashboard.narrative.show import full, listed
from dashboard.wording.numbers import NBSP, number, typographic

_SMALL = ("zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")


def several(count: int, singular: str, plural: str) -> str:
    """« 1 action », « 51 actions »."""
    return f"{number(count)}{NBSP}{plural if count > 1 else singular}"


def in_letters(count: int) -> str:
    return _SMALL[count] if count < len(_SMALL) else number(count)


def counted(counts: Counts) -> str:
    """« 13 actions, 15 résultats attendus et 18 indicateurs (et une action imprimée parmi les indicateurs, …) »."""
    said = listed([
        several(counts.actions, "action", "actions"),
        several(counts.results, "résultat attendu", "résultats attendus"),
        several(counts.indicators, "indicateur", "indicateurs"),
    ])  # fmt: skip
    return f"{said} (et {apart(counts)})" if counts.displaced else said


def apart(counts: Counts) -> str:
    """« une action imprimée parmi les indicateurs, non comptée »."""
    s = "s" * (counts.displaced > 1)
    return f"{in_letters(counts.displaced)} action{s} imprimée{s} parmi les indicateurs, non comptée{s}"


def scope(ds: Dataset, name: Scope) -> str:
    """« Communes aux quatre régions »."""
    whole = in_letters(len(regions_of_plan(ds.action_plan)))
    return {
        "communes": f"Communes aux {whole} régions" if whole != in_letters(1) else "Communes à la région",
        "partagees": "Communes à quelques régions",
        "propres": "Propres à une région",
    }[name]


def shared_by(ds: Dataset, action: Action, name: Scope) -> str:
    """What one action's card says of its reach."""
    if name == "propres":
        return "Propre à la région"
    regions = breadth(ds.action_plan)[action.group_key]
    return f"Commune {'aux' if name == 'communes' else 'à'} {in_letters(regions)} régions"


def places(found: Mapping[Place, int]) -> list[str]:
    """« l’action », « 2 résultats attendus »… as they are counted in one action."""
    words: dict[Place, str] = {
        "action": "l’action",
        "resultat": several(found.get("resultat", 0), "résultat attendu", "résultats attendus"),
        "indicateur": several(found.get("indicateur", 0), "indicateur", "indicateurs"),
        "deplacee": "l’action imprimée parmi les indicateurs",
        "objectif": "l’objectif",
    }
    return [words[place] for place in found]


def found(ds: Dataset, results: Sequence[Found], query: str) -> str:
    """How many actions answer, in which regions; with a search, what was looked for and where it was found."""
    total = len(ds.action_plan.actions)
    quoted = f"«{NBSP}{query}{NBSP}»"
    if not results:
        if not query:
            return f"Aucune des {number(total)} actions ne répond à ces choix."
        return f"Aucune action de ces choix ne contient {quoted}. Vérifiez l’orthographe, ou retirez un filtre."
    if len(results) == total and not query:
        return f"Les {number(total)} actions du plan."
    regions = [(c, sum(r.action.region_code == c for r in results)) for c in ds.region_codes()]
    where = listed([f"{number(count)} {in_place(ds, code)}" for code, count in regions if count])
    asked = f" {'contient' if len(results) == 1 else 'contiennent'} {quoted}" if query else ""
    sentence = f"{several(len(results), 'action', 'actions')} sur {number(total)}{asked}{NBSP}: {where}."
    return sentence + (f" {_where(results)}" if query else "")


def _where(results: Sequence[Found]) -> str:
    """In how many actions the words are in the action itself, its results, its indicators, its objective."""
    names: dict[Place, str] = {
        "action": "l’action",
        "resultat": "un résultat attendu",
        "indicateur": "un indicateur",
        "deplacee": "une action imprimée parmi les indicateurs",
        "objectif": "l’objectif ou l’orientation",
    }
    counts = {place: sum(place in r.places for r in results) for place in names}
    said = [f"{name} ({number(counts[place])})" for place, name in names.items() if counts[place]]
    return f"Trouvé dans {listed(said)}."


def statistic(ds: Dataset, item: Beside) -> str:
    """« 17,6 %, contre 50,2 % au Québec » of a share, « 1 540, sur 158 965 au Québec » of a count."""
    if item.here.value is None:
        return "le plan ne le dit pas"
    link = "sur" if item.here.observed or item.here.formula == SUM else "contre"
    return full(item.here) + (f", {link} {full(item.quebec)} au Québec" if item.quebec is not None else "")


def region(ds: Dataset, code: str, counts: Counts) -> str:
    """What the plan holds for a region, in one sentence."""
    place = in_place(ds, code)
    if not counts.actions:
        return f"Le plan d’action ne prévoit aucune action {place}."
    return f"{capital(place)}, le plan d’action {ds.action_plan.period} prévoit {counted(counts)}."


def objective(ds: Dataset, id_: str) -> str:
    """« 2.1 Francisation »."""
    return next(f"{o.id} {typographic(o.short)}" for _, o in ds.action_plan.objectives() if o.id == id_)

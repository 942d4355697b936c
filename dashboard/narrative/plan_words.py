"""The action plan in words: counts, what a search found and where, what an action shares with other regions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dashboard.indicators.plan import Beside, Found, Place, Scope, breadth, regions_of_plan
from dashboard.indicators.quantity import SUM
from dashboard.model import Dataset
from dashboard.model.action_plan import Action
from dashboard.narrative.sentences import in_place, of
from dashboard.narrative.show import full, listed
from dashboard.wording.numbers import NBSP, number, typographic

_SMALL = ("zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")


def several(count: int, singular: str, plural: str) -> str:
    """« 1 action », « 51 actions »."""
    return f"{number(count)}{NBSP}{plural if count > 1 else singular}"


def more(left: int, size: int) -> str:
    """What shows the actions that are left, some at a time."""
    if left > size:
        return f"Montrer {several(size, 'action', 'actions')} de plus (il en reste {number(left)})"
    return f"Montrer les {number(left)} dernières actions" if left > 1 else "Montrer la dernière action"


def in_letters(count: int) -> str:
    return _SMALL[count] if count < len(_SMALL) else number(count)


def message(ds: Dataset, code: str, by: Mapping[str, int], different: int) -> str:
    """What the plan holds and where its weight is. by: the actions under each objective; different: how many of them
    there are when one that several regions share counts once."""
    total = sum(by.values())
    start = f"Le plan d’action {ds.action_plan.period}"
    if not total:
        return f"{start} ne prévoit aucune action {in_place(ds, code)}"
    once = f", dont {number(different)} distincte{'s' * (different > 1)}" if different < total else ""
    return f"{start} prévoit {several(total, 'action', 'actions')}{once}{_weight(ds, by, total)}"


def _weight(ds: Dataset, by: Mapping[str, int], total: int) -> str:
    """The objectives that have more than an equal share, the first first; nothing where none stands out."""
    most = sorted((id_ for id_ in by if by[id_] * len(by) > total), key=lambda id_: -by[id_])
    if not most:
        return ""
    short = {o.id: typographic(o.short[:1].lower() + o.short[1:]) for _, o in ds.action_plan.objectives()}
    if by[most[0]] == total:
        return f", {'toutes ' * (total > 1)}en matière {of(short[most[0]])}"
    return f", surtout en matière {listed([f'{of(short[id_])} ({number(by[id_])})' for id_ in most])}"


def apart(actions: Iterable[Action]) -> list[str]:
    """A sentence for each action that the plan prints among the indicators of another: it is in no count."""
    return [
        f"L’action «{NBSP}{typographic(own.text)}{NBSP}», imprimée parmi les indicateurs, n’est pas comptée."
        for action in actions
        for own in action.displaced_actions
    ]


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


def objective(ds: Dataset, id_: str) -> str:
    """« 2.1 Francisation »."""
    return next(f"{o.id} {typographic(o.short)}" for _, o in ds.action_plan.objectives() if o.id == id_)

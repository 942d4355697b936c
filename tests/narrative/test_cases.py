"""Every sentence written from figures, with 0, 1, 2, many, missing, equal: tests/cases/phrases.yaml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard.deck import page_choices
from dashboard.deck.content import Content
from dashboard.deck.kinds import view
from dashboard.indicators import comparison, directions, plan, views
from dashboard.indicators import targets as tgt
from dashboard.indicators.catalogue import entries
from dashboard.indicators.classes import Classes
from dashboard.indicators.follow_up import Changes, Progress
from dashboard.indicators.plan import Filters
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset, Key, Problem
from dashboard.model.follow_up import FollowUpKey
from dashboard.model.memberships import FIRST_DAY, LAST_DAY, Membership
from dashboard.narrative import (
    agreement_words,
    comparison_words,
    follow_up_words,
    mrc_words,
    plan_words,
    target_words,
)
from dashboard.narrative import key_figures as keys
from dashboard.narrative import sentences as say
from dashboard.narrative.show import bare, full, people, together
from dashboard.narrative.sourcing import origin, spelled, status_words, territory_changes
from dashboard.narrative.standouts import side_by_side, standouts
from dashboard.publishing.diff import Change, Diff
from dashboard.publishing.words import about, moved, summary
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.scenarios.result import ImpossibleError, Outcome
from dashboard.ui import markup as html
from dashboard.ui.presentation import adding, manager
from dashboard.wording.numbers import NBSP
from tests import tables
from tests.french_text import faults
from tests.pages.conftest import Markup

Given = Mapping[str, Any]
CASES: Mapping[str, list[dict[str, Any]]] = tables.read(Path(__file__).parents[1] / "cases/phrases.yaml")
YEARS = [str(year) for year in range(2015, 2020)]
GASPESIE = "11"
# The figures of a region that a list of values stands for, and what they are kept under.
_LISTS: Mapping[str, Callable[[str], list[tuple[str, ...]]]] = {
    "admissions": lambda code: [(code, "admissions", "total", year) for year in YEARS],
    "mrc": lambda code: [(mrc, "admissions_by_mrc", "total", "2015-2019") for mrc in range_of_mrc(code)],
    "categories": lambda code: [
        (code, "admissions_by_category", name, "2019") for name in ("economic", "family", "refugee", "other", "total")
    ],
    "francais": lambda code: [
        (code, "admissions_by_french", name, "2019") for name in ("french_known", "french_not_known", "declared")
    ],
    "permis": lambda code: [
        (code, "temporary_permits", name, "2019-12-31") for name in ("students", "ptet", "pmi")
    ],
    "ententes": lambda code: [
        (code, "agreements", name, "2021-04-01")
        for name in ("mrc", "pasi", "mission_support", "francisation_mandataries")
    ],
}  # fmt: skip


def range_of_mrc(code: str) -> list[str]:
    return [f"24{n:02}" for n in {"11": range(1, 7), "01": range(7, 15)}[code]]


def changed(ds: Dataset, given: Given) -> Dataset:
    """The data of a case: « annees » and « seules » (regions) are those that are left; lists hold other values of a
    region (« region », Gaspésie when none is named), and « partout » the values of each."""
    kept = {
        key: row
        for key, row in ds.observations.items()
        if key.indicator != "admissions" or len(key.period) != 4 or key.period in given.get("annees", YEARS)
    }
    lists = [(given.get("region", GASPESIE), name, given[name]) for name in _LISTS if name in given]
    for code, own in given.get("partout", {}).items():
        lists += [(code, name, values) for name, values in own.items()]
    for code, name, values in lists:
        for place, value in zip(_LISTS[name](code), values, strict=False):
            key = Key(*place)
            if key in kept:
                kept[key] = replace(kept[key], value=value)
    apart = [code for code in ds.region_codes() if code not in given.get("seules", ds.region_codes())]
    problem = (Problem("data/x.csv", "message", "remède"),)
    return replace(ds, observations=kept, unavailable=dict.fromkeys(apart, problem))


def _region(given: Given) -> str:
    return str(given.get("region", GASPESIE))


def _table(ds: Dataset, given: Given) -> Any:
    return views.by_mrc(ds, ds.mrc_codes(_region(given)), region=_region(given))


def _figure(found: list[keys.KeyFigure], given: Given) -> str:
    return next(f"{f.value} | {f.context}".rstrip(" |") for f in found if f.label.startswith(given["chiffre"]))


def _compared(ds: Dataset, given: Given) -> tuple[Any, Any, str]:
    entry, codes = entries(ds)[given["indicateur"]], given["territoires"]
    return entry, comparison.compare(ds, entry, codes, codes[-1]), codes[-1]


def _target(ds: Dataset, given: Given) -> Any:
    return next(target for target in ds.targets.targets if target.id == given["cible"])


def _results(given: Given) -> dict[str, Decimal]:
    return {period: Decimal(str(value)) for period, value in given.get("resultats", {}).items()}


def _quantity(given: Given) -> Quantity:
    unit, derived = given.get("unite", "personnes"), given.get("calcul")
    operands = tuple(Quantity(n, "personnes", 0, "", "", "") for n in given.get("de", ()))
    digits = 0 if unit == "personnes" else 1
    return Quantity(given["valeur"], unit, digits, "", "", "", derived=derived, operands=operands)


def _decimal(given: Given) -> Decimal | None:
    return None if given["valeur"] is None else Decimal(str(given["valeur"]))


def _changes(given: Given) -> str:
    made = [[FollowUpKey("cible", f"c{n}", "2021-2022") for n in range(count)] for count in given["saisies"]]
    return " ".join(follow_up_words.change(Changes(*made)))


def _outcome(ds: Dataset, given: Given) -> Outcome:
    kind = SIMULATIONS[given["scenario"]]
    return kind.run(ds, kind.model.model_validate({**kind.defaults(ds), **given["parametres"]}))


def _view(ds: Dataset, given: Given) -> Content:
    """« vue » is its kind; « choix » are those of an address."""
    return view(ds, given["vue"], {"territoire": _region(given), **given.get("choix", {})})


def _membership(ds: Dataset, given: Given) -> Dataset:
    """The data with the rows of « appartenances »: region, direction, first day, last day."""
    rows = []
    for region, direction, first, last in given["appartenances"]:
        days = (date.fromisoformat(first) if first else FIRST_DAY, date.fromisoformat(last) if last else LAST_DAY)
        rows.append(Membership(region_code=region, direction_code=direction, member_from=days[0], member_to=days[1]))
    return replace(ds, memberships=tuple(rows))


def _refused(ds: Dataset, given: Given) -> str:
    kind = SIMULATIONS[given["scenario"]]
    with pytest.raises(ImpossibleError) as refused:
        kind.run(ds, kind.model.model_validate({**kind.defaults(ds), **given["parametres"]}))
    return refused.value.message


def _beside(ds: Dataset, given: Given) -> str:
    action = next(a for a in ds.action_plan.actions if a.id == given["action"])
    return "; ".join(plan_words.statistic(ds, item) for item in plan.beside(ds, action))


def _diff(cells: int, revised: int, added: int, removed: int, texts: int, files: int) -> Diff:
    kinds = ((cells, "value", "1", "2", ""), (revised, "value", "1", "2", "provisional"), (added, "", None, "2", ""),
             (removed, "", "1", None, ""))  # fmt: skip
    made = [Change("x", (), column, old, new, revised=was) for n, column, old, new, was in kinds for _ in range(n)]
    return Diff(tuple(made), (), (("x", 1, "a", "b"),) * texts, ("x",) * files)


def _change(given: Given) -> Change:
    places = (given.get("fichier", "x"), tuple(given["ligne"]), given["colonne"])
    return Change(*places, given.get("avant"), given.get("apres"), given.get("pct"))


def _problems(given: Given) -> list[Problem]:
    return [Problem("data/x.csv", "message.", "remède.", line=n + 1) for n in range(given["problemes"])]


def _read(markup: str) -> str:
    return " ".join(" ".join(Markup(markup).texts).split(" ")).strip()


SPEAKERS: Mapping[str, Callable[[Dataset, Given], str]] = {
    "nombre": lambda ds, given: full(_quantity(given)),
    "cellule": lambda ds, given: bare(_quantity(given)),
    "personnes": lambda ds, given: people(_quantity(given)),
    "noms": lambda ds, given: together(given["noms"]),
    "territoires": lambda ds, given: say.subject(ds, *given["codes"]),
    "evolution-titre": lambda ds, given: say.trend_message(ds, _region(given)),
    "evolution": lambda ds, given: say.trend_reading(ds, _region(given), "2019", given.get("mesure", "nombre")),
    "mrc-titre": lambda ds, given: say.mrc_title(ds, _table(ds, given), _region(given), given["mesure"]),
    "mrc-message": lambda ds, given: say.mrc_message(ds, _table(ds, given), None, given["mesure"]),
    "mrc-lecture": lambda ds, given: mrc_words.reading(
        ds, _table(ds, given), given["mesure"], given.get("choisie"), _region(given)
    ),
    "composition-titre": lambda ds, given: say.composition_message(
        ds, views.composition(ds, _region(given), "categorie"), "admissions_by_category", "des personnes admises"
    ),
    "composition": lambda ds, given: say.composition_reading(
        ds, _region(given), views.composition(ds, _region(given), "categorie"), "les personnes admises en 2019"
    ),
    "permis-titre": lambda ds, given: say.composition_message(
        ds, views.permits(ds, _region(given)), "temporary_permits", "des permis temporaires"
    ),
    "permis": lambda ds, given: say.permits_reading(ds, _region(given)),
    "ententes-titre": lambda ds, given: agreement_words.place_message(ds, _region(given)),
    "ententes": lambda ds, given: agreement_words.place_reading(ds, _region(given)),
    "ententes-type": lambda ds, given: agreement_words.message(ds, given.get("categorie", "mrc")),
    "ententes-direction": lambda ds, given: agreement_words.lead(ds),
    "region": lambda ds, given: keys.region_lead(ds, _region(given)),
    "direction": lambda ds, given: keys.direction_lead(ds),
    "direction-nom": lambda ds, given: directions.label(ds),
    "chiffre-cle": lambda ds, given: _figure(keys.region(ds, _region(given)), given),
    "chiffre-cle-direction": lambda ds, given: _figure(keys.direction(ds), given),
    "ressort": lambda ds, given: " ".join(text for text in standouts(ds) if given.get("parle", "") in text),
    "comparaison-titre": lambda ds, given: comparison_words.message(ds, *_compared(ds, given)),
    "comparaison": lambda ds, given: comparison_words.reading(ds, *_compared(ds, given)),
    "plan-titre": lambda ds, given: plan_words.message(
        ds, _region(given), dict(zip(("2.1", "3.1", "4.1", "5.1"), given["actions"], strict=True)), given["distinctes"]
    ),
    "plan-trouve": lambda ds, given: plan_words.found(
        ds, plan.search(ds.action_plan, Filters(query=given["cherche"])), given["cherche"]
    ),
    "cibles": lambda ds, given: target_words.lead(
        ds.targets, None if given["saisis"] is None else Progress(given["saisis"], 20)
    ),
    "cible-titre": lambda ds, given: target_words.message(_target(ds, given)),
    "cible-resultats": lambda ds, given: follow_up_words.reading(
        tgt.standings(_target(ds, given), _results(given))[: given.get("annees-cible")], _target(ds, given).unit
    ),
    "cible-chemin": lambda ds, given: follow_up_words.road(
        tgt.road(_target(ds, given), _results(given)), _target(ds, given).unit
    ),
    "resultat": lambda ds, given: follow_up_words.result(_decimal(given), given["unite"]),
    "ecart": lambda ds, given: follow_up_words.difference(_decimal(given), given["unite"]),
    "sources-titre": lambda ds, given: origin(given["nombres"], given["documents"], "2019", given["problemes"]),
    "maj-resume": lambda ds, given: summary(_diff(*given["nombres"])),
    "maj-changement": lambda ds, given: f"{about(_change(given), ds)}{NBSP}: {moved(_change(given))}",
    "presentation-ajout": lambda ds, given: adding.told(
        "Carte des MRC", given["ajoutees"], f"«{NBSP}Ma présentation{NBSP}»", given["en-tout"]
    ),
    "plan-suite": lambda ds, given: plan_words.more(given["reste"], 10),
    "presentation-titre": lambda ds, given: manager.lead(given["nombre"], "de 2015 à 2019"),
    "suivi-titre": lambda ds, given: follow_up_words.message(Progress(*given["compte"])),
    "suivi-charge": lambda ds, given: follow_up_words.taken(given["nombre"], given["autres"]),
    "suivi": lambda ds, given: follow_up_words.count(Progress(*given["compte"])),
    "fichier-suivi": lambda ds, given: _changes(given),
    "sigles": lambda ds, given: " ".join(spelled(ds, given["textes"])),
    "simulation": lambda ds, given: _outcome(ds, given).message,
    "simulation-titre": lambda ds, given: _outcome(ds, given).title,
    "simulation-chiffre": lambda ds, given: "{0.headline_label} : {0.headline}, {0.headline_note}".format(
        _outcome(ds, given)
    ).replace(" :", f"{NBSP}:"),
    "simulation-remarques": lambda ds, given: " ".join(_outcome(ds, given).notices),
    "simulation-refus": _refused,
    "vue-titre": lambda ds, given: _view(ds, given).title,
    "vue-sous-titre": lambda ds, given: _view(ds, given).subtitle,
    "vue-phrase": lambda ds, given: _view(ds, given).reading,
    "vue-reserves": lambda ds, given: " ".join(_view(ds, given).caveats),
    "evolution-survol": lambda ds, given: say.trend_hover(ds, _region(given), given["annee"]),
    "mrc-page-titre": lambda ds, given: mrc_words.title(ds, given["code"]),
    "mrc-page": lambda ds, given: mrc_words.described(ds, given["code"]),
    "mrc-rang": lambda ds, given: mrc_words.place(ds, given["code"], given["mesure"]),
    "mrc-message-page": lambda ds, given: mrc_words.lead(ds, given["code"]),
    "cote-a-cote": lambda ds, given: side_by_side(ds),
    "mrc-ententes": lambda ds, given: mrc_words.signed(ds, given["code"]),
    "mrc-plan": lambda ds, given: mrc_words.plan(
        ds, given["code"], *(ds.action_plan.actions[:count] for count in given["actions"])
    ),
    "chiffre-cle-mrc": lambda ds, given: _figure(keys.mrc(ds, given["code"]), given),
    "classe": lambda ds, given: "; ".join(
        mrc_words.class_label(ds, Classes(tuple(Decimal(b) for b in given["limites"])), k)
        for k in range(len(given["limites"]) + given.get("peu-fiables", 1) + 1)
    ),
    "ententes-regions": lambda ds, given: agreement_words.reading(ds, given.get("categorie", "mrc")),
    "plan-portee": lambda ds, given: plan_words.scope(ds, given["portee"]),
    "plan-regard": _beside,
    "cible": lambda ds, given: target_words.reading(_target(ds, given)),
    "appartenances": lambda ds, given: territory_changes(_membership(ds, given)),
    "adresse": lambda ds, given: page_choices.left_out(given["parmi"], given["valeurs"]),
    "fichier-refuse": lambda ds, given: _read(html.refused(_problems(given), "ce fichier")).partition(f"{NBSP}:")[0],
    "statut": lambda ds, given: status_words(
        row for key, row in ds.observations.items() if key.indicator == "admissions" and key.period in given["periodes"]
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "given"),
    [pytest.param(kind, given, id=f"{kind}-{n}") for kind, cases in CASES.items() for n, given in enumerate(cases)],
)
def test_each_case_reads_aloud(ds: Dataset, kind: str, given: Given) -> None:
    said = SPEAKERS[kind](changed(ds, given), given)
    # The file is written with plain spaces; `faults` sees to those that may not break.
    assert said.replace(NBSP, " ") == given["dit"]
    assert faults(said) == []


def test_every_speaker_has_its_cases() -> None:
    assert set(CASES) == set(SPEAKERS)

"""Hundreds of coherent changes of the files: each is named by `check`, or is of a kind that nothing can decide.

The kinds that may pass are listed below, with why. A kind that passes and is not listed is a hole of the check.
Those of the maps are in test_maps.
"""

from __future__ import annotations

import fnmatch
from pathlib import Path

from dashboard.contract.door import check
from dashboard.loading.files import NewFile, Tree
from dashboard.scenarios.held import disagreements
from tests.coherent_lies import ROOT, WORDS, Lie, lies

SENTENCES = "une phrase de nous : aucun document ne dit comment nous expliquons, mettons en garde ou questionnons"
CHOICES = "un choix d’affichage qui reste possible"
IDENTIFIERS = "un identifiant à nous, que rien d’autre ne nomme : le changer ne change aucun chiffre ni aucun mot"
SCOPES = "ce que touche une particularité ou une note : le document ne dit pas la portée de nos remarques"
ABSENT = "le texte gardé n’a pas la page de garde : auteur, année, licence, titre court et ISBN n’y sont pas"
FEWER = "un libellé de nous dont les mots qui restent sont tous ceux de ce qu’il nomme"
ORDER = "un ordre qui ne change rien, ou un mot facultatif dont l’absence laisse le libellé entier"
PLACES = "une réponse qui existe encore, plus large ou voisine de celle qui était proposée"

# Why nothing can decide, then the kinds of change (file, field), with « * » for any.
UNDECIDED = {
    SENTENCES: (
        "config.yaml, title", "config.yaml, subtitle", "config.yaml, disclaimer", "data/action_plan.yaml, *note",
        "data/action_plan.yaml, *why", "data/anomalies.yaml, *source_says", "data/anomalies.yaml, *title",
        "data/anomalies.yaml, *we_show", "data/anomalies.yaml, *why", "data/indicators.yaml, *definition",
        "data/indicators.yaml, sans *.said",
        "data/refusals.yaml, *.text", "data/refusals.yaml, *.needed", "data/refusals.yaml, *.question",
        "data/refusals.yaml, *.why", "data/sources.yaml, *why", "data/sources.yaml, official_list.origin",
        "data/targets.yaml, scope", "data/targets.yaml, *breaks.?.text",
    ),
    CHOICES: (
        "config.yaml, map_classes.*", "config.yaml, map_colors.?", "config.yaml, regions.?.slug",
        "config.yaml, regions.?.color", "config.yaml, échange regions.?.color", "config.yaml, unreliable_below",
        "config.yaml, sign_in", "config.yaml, sans *", "config.yaml, default_measure", "config.yaml, display_names.*",
        "config.yaml, échange display_names.*",
    ),
    FEWER: (
        "data/action_plan.yaml, *label", "data/action_plan.yaml, *short", "data/indicators.yaml, *label",
        "data/indicators.yaml, *short", "data/regions/*.yaml, *figures.?.label",
        "data/sources.yaml, *sections.?.label", "data/targets.yaml, *short", "data/texts.yaml, *figures.?.label",
    ),
    IDENTIFIERS: (
        "data/action_plan.yaml, *statistics.?.id", "data/action_plan.yaml, *groups.?.key", "data/anomalies.yaml, *.id",
        "data/indicators.yaml, *bases.?.id", "data/refusals.yaml, *.id", "data/regions/*.yaml, *figures.?.id",
        "data/texts.yaml, *.id", "data/texts.yaml, sans service_offer.?.id",
    ),
    SCOPES: (
        "data/action_plan.yaml, *statistics.?.groups*", "data/action_plan.yaml, *anomalies*",
        "data/anomalies.yaml, *figures*", "data/anomalies.yaml, *touches*", "data/anomalies.yaml, *kind",
        "data/regions/*.yaml, *figures.?.anomalies*", "data/targets.yaml, *anomalies*",
        "data/texts.yaml, *notes.?.touches*",
    ),
    "deux actions du même objectif, que nous rapprochons par lecture": ("data/action_plan.yaml, *actions.?.group_key",),
    "un terme de moins, que les autres termes du programme remplacent": ("data/action_plan.yaml, programmes.?.terms*",),
    "une citation plus longue ou plus courte du même passage du document": ("data/agreements.csv, quote",),
    ORDER: (
        "data/indicators.yaml, échange indicators.?.levels.?",
        "data/indicators.yaml, indicators.?.categories.?.printed*",
    ),
    PLACES: ("data/refusals.yaml, *params*", "data/refusals.yaml, *page", "data/refusals.yaml, *instead*"),
    "une question de moins": ("data/refusals.yaml, refusals sans un élément",),
    "deux bases qui disent le même ensemble de personnes": ("data/regions/*.yaml, *figures.?.base",),
    "le même calcul, dit autrement": ("data/regions/*.yaml, *confirmed_by*",),
    ABSENT: (
        "data/sources.yaml, *documents.?.author", "data/sources.yaml, *documents.?.licence",
        "data/sources.yaml, *documents.?.year", "data/sources.yaml, *documents.?.short",
        "data/sources.yaml, *documents.?.title", "data/sources.yaml, *documents.?.credit",
        "data/sources.yaml, sans documents.?.isbn",
    ),
    "une ligne vide ou un titre de plus au bord d’une section": ("data/sources.yaml, *sections.?.lines.?",),
    "deux bases des mêmes paragraphes": ("data/texts.yaml, *figures.?.base",),
}  # fmt: skip


def passes(lie: Lie) -> bool:
    """True when nothing names the change."""
    files = {file: NewFile(raw, suffix=Path(file).suffix) for file, raw in lie.files.items()}
    report = check(Tree(ROOT, files))
    return not report.problems and report.dataset is not None and not disagreements(report.dataset)


def listed(kind: str) -> bool:
    return any(
        fnmatch.fnmatchcase(kind, pattern.replace("?", "[*]")) for kinds in UNDECIDED.values() for pattern in kinds
    )


def test_each_coherent_lie_is_named_or_cannot_be_decided() -> None:
    tried = lies()[3::4]
    assert len(tried) > 200
    unseen = [f"{lie.kind} ({lie.name})" for lie in tried if not listed(lie.kind) and passes(lie)]
    assert unseen == []


def test_every_file_and_every_column_is_tried() -> None:
    tried = lies()
    files = {file for lie in tried for file in lie.files}
    shipped = {p.relative_to(ROOT).as_posix() for p in (ROOT / "data").glob("*.csv")} - {"data/suivi.csv"}
    shipped |= {p.relative_to(ROOT).as_posix() for p in (ROOT / "data").rglob("*.yaml")} - {WORDS}
    assert shipped | {"config.yaml"} <= files
    columns = "territory_code indicator period value printed_pct status source quote"
    assert {f"data/admissions_by_mrc.csv, {column}" for column in columns.split()} <= {lie.kind for lie in tried}


def test_no_figure_of_a_series_may_pass() -> None:
    """Of what may pass, nothing is a number, a unit, a period, a status or a quoted line of the annexes."""
    figures = ("data/admissions", "data/temporary", "data/popul")
    assert not [kind for kinds in UNDECIDED.values() for kind in kinds if kind.startswith(figures)]

"""Rules on the territories: each in one of the level above, its dated memberships, its official name.

A name that is not the official one is said, and takes nothing off the screen: the list itself may be the older.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from dashboard.contract.findings import Findings, Place
from dashboard.loading.draft import CONFIG, MEMBERSHIPS, TERRITORIES
from dashboard.model.problems import Problem
from dashboard.model.rows import TerritoryRow

_REMEDY = "reprendre la liste officielle (data/source), ou corriger ce qui est saisi."
_KINDS = {"MRC": "MRC", "TE (agglomération)": "Agglomération", "TE (ville)": "Ville et territoire équivalent"}
_LEVEL_KINDS = {"province": "Province", "direction": "Direction régionale", "region": "Région administrative"}
_ARTICLE = re.compile(r"^(Le |La |Les |L’)")
# « à / de », « au / du »: the two forms of a name follow one another.
_IN = re.compile(r"^(à la|à l’|à|aux|au|en|dans les|dans le|dans la|dans l’|dans|sur la|sur le) ?(agglomération de )?")
_OF = re.compile(r"^(de la|de l’|des|de|d’|du) ?(agglomération de )?")
_PAIRS = {"au": "du", "aux": "des", "dans le": "du", "dans les": "des"}
_WORDS = {"region": "une région", "direction": "une direction"}


def check_territories(findings: Findings) -> None:
    """Each territory is in one of the level above."""
    draft = findings.draft
    parents = {"mrc": "region", "region": "direction", "direction": "province"}
    for territory in draft.territories.values():
        expected, above = parents.get(territory.level), territory.parent_code
        parent = draft.territories.get(above or "")
        if expected and (parent is None or parent.level != expected) and above not in draft.refused_territories:
            findings.sound_hierarchy = False
            message, remedy = "le territoire qui le contient est inconnu.", "corriger « parent_code »."
            line = draft.territory_lines[territory.code]
            findings.problems.append(
                Problem(TERRITORIES, message, remedy, line, "parent_code", above or "", shared=True)
            )


def check_memberships(findings: Findings) -> None:
    """Codes of the data, dates in order, one direction at a time for a region."""
    draft = findings.draft

    def say(line: int, column: str, value: str, message: str, remedy: str, *others: int) -> None:
        problem = Problem(MEMBERSHIPS, message, remedy, line, column, value, shared=True, other_lines=others)
        findings.problems.append(problem)
        # Who adds up to whom is then unknown: the fault is named here, and only here.
        findings.sound_hierarchy = False

    for row, line in draft.memberships:
        for level, code in (("region", row.region_code), ("direction", row.direction_code)):
            territory = draft.territories.get(code)
            if (territory is None or territory.level != level) and code not in draft.refused_territories:
                remedy = f"corriger le code, ou l’ajouter dans {TERRITORIES}."
                say(line, f"{level}_code", code, f"ce code n’est pas celui d’{_WORDS[level]} des données.", remedy)
        if row.member_from > row.member_to:
            value = row.member_to.isoformat()
            say(line, "member_to", value, "la fin précède le début.", "corriger l’une des deux dates.")
    whole = [pair for pair in draft.memberships if pair[0].member_from <= pair[0].member_to]
    whole.sort(key=lambda pair: (pair[0].region_code, pair[0].member_from))
    for _, own in groupby(whole, key=lambda pair: pair[0].region_code):
        for (before, earlier), (after, line) in pairwise(own):
            if after.member_from <= before.member_to:
                value = after.member_from.isoformat()
                message = "à cette date, la région est encore dans une direction : elle n’en a qu’une à la fois."
                remedy = "finir la première appartenance la veille du jour où commence la seconde."
                say(line, "member_from", value, message, remedy, earlier)


# --- The official list ------------------------------------------------------------------------------------------------


def check_official(findings: Findings) -> None:
    """Each territory is called as the official list calls it, and its two forms are of its name."""
    draft = findings.draft
    assert draft.sources and draft.archive
    if not findings.sound_hierarchy:
        return
    text = draft.archive.texts.get(draft.sources.official_list.text, "")
    listed = {row["cd_code"]: row for row in csv.DictReader(text.splitlines())}
    regions = {row["region_code"]: row["region_name"] for row in listed.values()}
    seen: dict[tuple[str, str, str], str] = {}
    for territory in draft.territories.values():
        faults = [*_listed(territory, listed, regions), *_forms(territory)]
        for column in ("name", "isq_code"):
            if value := getattr(territory, column):
                other = seen.setdefault((column, territory.level, value), territory.code)
                if other != territory.code:
                    faults.append((column, f"c’est aussi celui du territoire {other}."))
        for column, message in faults[:1]:
            line, value = draft.territory_lines[territory.code], getattr(territory, column) or ""
            findings.problems.append(Problem(TERRITORIES, message, _REMEDY, line, column, value))
    _check_shown(findings)


def _listed(
    territory: TerritoryRow, listed: dict[str, dict[str, str]], regions: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Column and message of what the official list says otherwise."""
    level, code, own = territory.level, territory.code, listed.get(territory.code)
    if level in _LEVEL_KINDS and territory.kind != _LEVEL_KINDS[level]:
        yield "kind", f"à ce niveau, c’est « {_LEVEL_KINDS[level]} »."
    if level == "region" and regions.get(code, territory.name) != territory.name:
        yield "name", f"le nom officiel est « {regions[code]} »."
    if level == "region" and code not in regions and territory.name in regions.values():
        yield "code", "ce nom est celui d’une autre région de la liste officielle."
    if level != "mrc" and territory.isq_code:
        yield "isq_code", "seuls les MRC et leurs équivalents ont ce code."
    if level == "mrc" and own is None and territory.parent_code in regions:
        yield "code", "ce code n’est pas dans la liste officielle de cette région."
    if level != "mrc" or own is None:
        return
    official = {
        "name": own["official_name"],
        "isq_code": own["isq_code"],
        "parent_code": own["region_code"],
        "name_in_source": own["name_in_source"],
        "kind": _KINDS.get(own["status"], own["status"]),
    }
    for column, wanted in official.items():
        if (getattr(territory, column) or "") != wanted:
            yield column, f"la liste officielle dit « {wanted} »."


def _forms(territory: TerritoryRow) -> Iterator[tuple[str, str]]:
    """« à Rimouski-Neigette », « de Rimouski-Neigette »: a preposition, then the name or its last part."""
    bare = _ARTICLE.sub("", territory.name)
    allowed = {territory.name, bare, re.sub(r"^.* des ", "", bare)}
    inside, of = _IN.match(territory.name_in), _OF.match(territory.name_of)
    if territory.level == "direction":
        return
    if inside is None or territory.name_in[inside.end() :] not in allowed:
        yield "name_in", "ce n’est pas une préposition suivie du nom."
    elif of is None or territory.name_of[of.end() :] not in allowed:
        yield "name_of", "ce n’est pas une préposition suivie du nom."
    elif _PAIRS.get(inside[1], of[1]) != of[1]:
        yield "name_of", f"« {inside[1]} » appelle « {_PAIRS[inside[1]]} »."


def _check_shown(findings: Findings) -> None:
    """Names on the screen are each of one territory, and close to the official one."""
    draft = findings.draft
    if draft.config is None or findings.at_fault(CONFIG):
        return
    shown: dict[str, str] = {}
    for territory in draft.territories.values():
        name = draft.config.display_names.get(territory.code, territory.name)
        other = shown.setdefault(name, territory.code)
        if other != territory.code:
            message = f"ce nom est aussi celui du territoire {other} : en donner un autre dans « display_names »."
        elif name not in territory.name and territory.name not in name:
            message = f"ce nom ne contient pas « {territory.name} », et n’en est pas une partie."
        else:
            continue
        at, remedy = Place(CONFIG, ("display_names", territory.code)), "corriger « display_names »."
        findings.say(at.fault("", message, name, remedy=remedy, harmless=True, column="display_names"))

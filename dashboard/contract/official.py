"""Names and codes of the territories against the official list; one name, one territory.

A name that is not the official one is said, and takes nothing off the screen: the list itself may be the older.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from dashboard.contract.findings import Fault, Findings
from dashboard.loading.draft import CONFIG, TERRITORIES
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
# Column and message.
_Fault = tuple[str, str]


def check_official(findings: Findings) -> None:
    """Each territory is called as the official list calls it, and its two forms are of its name."""
    draft = findings.draft
    assert draft.sources and draft.library
    if not findings.sound_hierarchy:
        return
    text = draft.library.texts.get(draft.sources.official_list.text, "")
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


def _listed(territory: TerritoryRow, listed: dict[str, dict[str, str]], regions: dict[str, str]) -> Iterator[_Fault]:
    if territory.level in _LEVEL_KINDS and territory.kind != _LEVEL_KINDS[territory.level]:
        yield "kind", f"à ce niveau, c’est « {_LEVEL_KINDS[territory.level]} »."
    if territory.level == "region" and regions.get(territory.code, territory.name) != territory.name:
        yield "name", f"le nom officiel est « {regions[territory.code]} »."
    if territory.level == "region" and territory.code not in regions and territory.name in regions.values():
        yield "code", "ce nom est celui d’une autre région de la liste officielle."
    if territory.level != "mrc":
        if territory.isq_code:
            yield "isq_code", "seuls les MRC et leurs équivalents ont ce code."
        return
    own = listed.get(territory.code)
    if own is None:
        if territory.parent_code in regions:
            yield "code", "ce code n’est pas dans la liste officielle de cette région."
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


def _forms(territory: TerritoryRow) -> Iterator[_Fault]:
    """« à Rimouski-Neigette », « de Rimouski-Neigette »: a preposition, then the name or its last part."""
    if territory.level == "direction":
        return
    bare = _ARTICLE.sub("", territory.name)
    allowed = {territory.name, bare, re.sub(r"^.* des ", "", bare)}
    inside, of = _IN.match(territory.name_in), _OF.match(territory.name_of)
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
        fault = Fault(CONFIG, ("display_names", territory.code), name, message, harmless=True)
        findings.say(fault._replace(remedy="corriger « display_names ».", column="display_names"))

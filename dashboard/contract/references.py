"""Rules on config.yaml and the list of territories: each code that one gives to another exists."""

from __future__ import annotations

from dashboard.contract.findings import Findings
from dashboard.loading.draft import CONFIG, TERRITORIES
from dashboard.loading.yaml_files import field_name
from dashboard.model.documents import MEASURES
from dashboard.model.problems import Problem


def check_config(findings: Findings) -> None:
    draft = findings.draft
    assert draft.config is not None
    config = draft.config

    def problem(message: str, remedy: str, value: str, *location: str | int, region: str | None = None) -> None:
        line = draft.line_of(CONFIG, *location)
        findings.problems.append(
            Problem(CONFIG, message, remedy, line, field_name(location), value, region, region is None)
        )

    for measure in MEASURES:
        if measure not in config.map_classes:
            problem("les seuils de cette mesure manquent.", "les ajouter.", measure, "map_classes")
    for measure, breaks in config.map_classes.items():
        shown = ", ".join(f"{limit:g}" for limit in breaks)
        if sorted(set(breaks)) != list(breaks):
            problem("les seuils doivent croître.", "les mettre en ordre.", shown, "map_classes", measure)
        if len(config.map_colors) <= len(breaks):
            problem("il faut une couleur de plus que de seuils.", "ajouter une couleur.", shown, "map_classes", measure)
    seen: dict[str, int] = {}
    for rank, region in enumerate(config.regions):
        for name in ("code", "slug"):
            value = getattr(region, name)
            if f"{name} {value}" in seen:
                other = draft.line_of(CONFIG, "regions", seen[f"{name} {value}"], name)
                problem(
                    f"deux régions ont cette valeur (l’autre, ligne {other}).",
                    "n’en garder qu’une.",
                    value,
                    "regions",
                    rank,
                    name,
                )
            seen.setdefault(f"{name} {value}", rank)


def check_config_codes(findings: Findings) -> None:
    """Needs the territories: without them every code would seem unknown."""
    draft = findings.draft
    assert draft.config is not None
    config = draft.config
    remedy = f"corriger le code, ou l’ajouter dans {TERRITORIES}."

    def unknown(message: str, code: str, *location: str | int) -> None:
        if code not in draft.refused_territories:
            line = draft.line_of(CONFIG, *location)
            findings.problems.append(Problem(CONFIG, message, remedy, line, field_name(location), code, shared=True))

    for level, code in (("direction", config.direction), ("province", config.province)):
        territory = draft.territories.get(code)
        if territory is None or territory.level != level:
            unknown("ce code est inconnu à ce niveau.", code, level)
    for rank, region in enumerate(config.regions):
        territory = draft.territories.get(region.code)
        if territory is None or territory.level != "region":
            # Everybody's: no page could even name this region.
            message = "cette région n’est pas dans la liste des territoires."
            unknown(message, region.code, "regions", rank, "code")
    for code in config.display_names:
        if code not in draft.territories:
            unknown("ce territoire est inconnu.", code, "display_names", code)


def check_territories(findings: Findings) -> None:
    draft = findings.draft
    parents = {"mrc": "region", "region": "direction", "direction": "province"}
    for territory in draft.territories.values():
        expected = parents.get(territory.level)
        parent = draft.territories.get(territory.parent_code or "")
        if territory.parent_code in draft.refused_territories:
            continue
        if expected and (parent is None or parent.level != expected):
            findings.sound_hierarchy = False
            findings.problems.append(
                Problem(
                    TERRITORIES,
                    "le territoire qui le contient est inconnu.",
                    "corriger « parent_code ».",
                    draft.territory_lines[territory.code],
                    "parent_code",
                    territory.parent_code or "",
                    shared=True,
                )
            )

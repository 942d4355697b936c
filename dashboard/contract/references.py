"""Rules between documents: each name that one document gives to another exists."""

from __future__ import annotations

from dashboard.contract.findings import Findings
from dashboard.loading.draft import ANOMALIES, BOUNDARIES, CONFIG, TERRITORIES
from dashboard.model.problems import Problem


def check_config(findings: Findings) -> None:
    draft = findings.draft
    assert draft.config is not None
    config = draft.config

    def problem(message: str, remedy: str, value: str, *location: str | int, region: str | None = None) -> None:
        findings.problems.append(Problem(
            CONFIG, message, remedy, draft.line_of(CONFIG, *location), ".".join(map(str, location)), value, region,
            region is None,
        ))

    for level, code in (("direction", config.direction), ("province", config.province)):
        territory = draft.territories.get(code)
        if territory is None or territory.level != level:
            problem("ce code est inconnu à ce niveau.", f"le corriger ou l’ajouter dans {TERRITORIES}.", code, level)
    seen: set[str] = set()
    for rank, region in enumerate(config.regions):
        territory = draft.territories.get(region.code)
        if territory is None or territory.level != "region":
            problem(
                "cette région n’est pas dans la liste des territoires.", f"l’ajouter dans {TERRITORIES}.", region.code,
                "regions", rank, "code", region=region.code,
            )
        for value in (region.code, region.slug):
            if value in seen:
                problem("cette valeur figure deux fois.", "n’en garder qu’une.", value, "regions", rank)
            seen.add(value)
    if len(config.map_colors) < 1 + max(len(breaks) for breaks in config.map_classes.values()):
        problem("il faut une couleur de plus que de seuils.", "ajouter une couleur.", "", "map_colors")
    for measure, breaks in config.map_classes.items():
        if sorted(set(breaks)) != list(breaks):
            problem("les seuils doivent croître.", "les mettre en ordre.", str(breaks), "map_classes", measure)
    for code in config.display_names:
        if code not in draft.territories:
            problem("ce territoire est inconnu.", "corriger le code.", code, "display_names", code)


def check_territories(findings: Findings) -> None:
    draft = findings.draft
    parents = {"mrc": "region", "region": "direction", "direction": "province"}
    for territory in draft.territories.values():
        expected = parents.get(territory.level)
        parent = draft.territories.get(territory.parent_code or "")
        if expected and (parent is None or parent.level != expected):
            findings.problems.append(Problem(
                TERRITORIES, "le territoire qui le contient est inconnu.", "corriger « parent_code ».",
                draft.territory_lines[territory.code], "parent_code", territory.parent_code or "", shared=True,
            ))


def check_boundaries(findings: Findings) -> None:
    draft = findings.draft
    if draft.boundary_codes is None:
        return
    expected = {t.code for t in draft.territories.values() if t.level == "mrc"}
    found = set(draft.boundary_codes)
    for code in sorted(expected - found):
        findings.problems.append(Problem(
            BOUNDARIES, f"il manque les limites de {draft.territories[code].name} : la carte ne peut pas le montrer.",
            "rebâtir le fichier avec « python -m dashboard boundaries SOURCE ».", value=code,
        ))
    for code in sorted(found - expected):
        findings.problems.append(Problem(
            BOUNDARIES, "ces limites ne sont celles d’aucun territoire des données.",
            f"ajouter le territoire dans {TERRITORIES}, ou rebâtir le fichier des limites.", value=code,
        ))


def check_documents(findings: Findings) -> None:
    draft = findings.draft
    assert draft.dictionary and draft.sources and draft.texts and draft.anomalies and draft.targets
    documents = {document.id for document in draft.sources.documents}
    sections = {section.id for section in draft.sources.sections}
    indicators = {indicator.id for indicator in draft.dictionary.indicators}
    bases = {base.id for base in draft.dictionary.bases}

    def problem(file: str, value: str, message: str, *location: str | int) -> None:
        findings.problems.append(Problem(
            file, message, "corriger le nom, ou l’ajouter là où il doit être déclaré.", draft.line_of(file, *location),
            value=value, shared=True,
        ))

    for n, section in enumerate(draft.sources.sections):
        if section.document not in documents:
            problem("data/sources.yaml", section.document, "ce document est inconnu.", "sections", n, "document")
    for n, anomaly in enumerate(draft.anomalies.anomalies):
        for code in anomaly.touches.indicators or []:
            if code not in indicators:
                problem(ANOMALIES, code, "cet indicateur est inconnu.", "anomalies", n, "touches")
        for code in anomaly.touches.territories or []:
            if code not in draft.territories:
                problem(ANOMALIES, code, "ce territoire est inconnu.", "anomalies", n, "touches")
    known = {anomaly.id for anomaly in draft.anomalies.anomalies}
    for n, target in enumerate(draft.targets.targets):
        for name in target.anomalies:
            if name not in known:
                problem("data/targets.yaml", name, "cette anomalie est inconnue.", "targets", n, "anomalies")
    for file, figures in [("data/texts.yaml", draft.texts.figures)] + [
        (f"data/regions/{code}.yaml", portrait.figures) for code, portrait in draft.portraits.items()
    ]:
        for n, figure in enumerate(figures):
            if figure.base not in bases:
                problem(file, figure.base, "cette base est inconnue.", "figures", n, "base")
            for name in figure.anomalies:
                if name not in known:
                    problem(file, name, "cette anomalie est inconnue.", "figures", n, "anomalies")
    for note in draft.texts.notes:
        for code in note.touches:
            if code not in indicators:
                problem("data/texts.yaml", code, "cet indicateur est inconnu.", "notes")
    for source in (draft.texts.network.source, draft.texts.partnership.source, draft.targets.source):
        if source not in sections:
            problem("data/sources.yaml", source, "cette section est inconnue.", "sections")

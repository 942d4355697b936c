"""The views of the plan: targets, actions, follow-up, sources."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.deck import choices as ch
from dashboard.deck.charts import Legend, LegendItem, Paragraphs, Point, TextTable, Trajectory
from dashboard.deck.content import Content
from dashboard.indicators import admissions as adm
from dashboard.indicators import follow_up as fu
from dashboard.indicators import plan
from dashboard.indicators import targets as tgt
from dashboard.model import Dataset
from dashboard.narrative import follow_up_words, plan_words
from dashboard.narrative import target_words as words
from dashboard.narrative.sentences import capital
from dashboard.narrative.sourcing import origin, status_words
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import during

Choices = Mapping[str, str]
_NAMES: Mapping[str, str] = {
    "◇": "Donnée de référence",
    "●": "Cible",
    "■": "Cible révisée",
    "▲": "Résultat saisi; en tirets, le chemin vers la dernière cible",
}


def target(ds: Dataset, choices: Choices) -> Content:
    """One target from year to year, with the results that were entered. choices: `cible`, its identifier."""
    own = next(t for t in ds.targets.targets if t.id == choices[query.TARGET])
    results = fu.results(ds.follow_up.entries, own.id)
    standings, comparable = tgt.standings(own, results), tgt.reference_comparable(own)
    reference = Point("Référence", own.reference.value if comparable else None, words.reference(own), reference=True)
    points = [reference, *(Point(t.period or "", t.value, typographic(t.printed)) for t in own.targets)]
    known = [(s.period, s.result) for s in standings if s.result is not None]
    reached = [Point(period, float(value), follow_up_words.result(value, own.unit)) for period, value in known]
    # A follow-up that cannot be read has no « non saisi » to tell.
    said = "" if ds.follow_up.unread else follow_up_words.reading(standings, own.unit)
    road = follow_up_words.road(tgt.road(own, results), own.unit)
    drawn = {"◇": comparable, "●": True, "■": bool(own.breaks), "▲": bool(reached)}
    key = Legend("", tuple(LegendItem(_NAMES[sign], "", sign=sign) for sign, on in drawn.items() if on))
    breaks = tuple((b.after, "Révision d’octobre 2020") for b in own.breaks)
    return Content(
        words.message(own), f"{own.id}. {typographic(own.indicator)}",
        Trajectory(tuple(points), breaks, tuple(reached), key),
        " ".join(part for part in (words.reading(own), said, road) if part), _source(ds), "Ensemble du Québec",
        caveats=tuple(typographic(b.text) for b in own.breaks), territory=ds.config.province,
    )  # fmt: skip


def _source(ds: Dataset) -> str:
    section = ds.sections[ds.targets.source]
    return f"Source{NBSP}: {ds.documents[section.document].short}, {section.label}. Cibles, et non des résultats."


def targets(ds: Dataset, choices: Choices) -> Content:
    """The strategic targets as printed, year by year. They are Québec's: the source has none by region."""
    content = ds.targets
    periods = [t.period or "" for t in content.targets[0].targets]
    rows = tuple((words.named(t), words.reference(t), *words.values(t)) for t in content.targets)
    numbers = {
        (r, c): step.value
        for r, t in enumerate(content.targets)
        for c, step in enumerate((t.reference, *t.targets), start=1)
        if step.value is not None
    }
    head = ("Indicateur", "Référence", *periods)
    notes = [typographic(b.text) for t in content.targets for b in t.breaks]
    entered = None if ds.follow_up.unread else fu.progress(ds, ds.follow_up.entries, None)
    return Content(
        words.lead(content, entered),
        "Cibles de la planification stratégique; le plan n’en donne aucun résultat",
        TextTable(head, rows, frozenset(range(1, len(head))), frozenset(), numbers),
        " ".join(words.reading(t) for t in content.targets),
        _source(ds), "Ensemble du Québec", territory=ds.config.province,
        caveats=tuple(dict.fromkeys(notes)),
    )  # fmt: skip


def _where(ds: Dataset, choices: Choices) -> tuple[str, str]:
    """The territory chosen, and what it is called."""
    code = ch.value(ds, choices, query.TERRITORY) or ds.config.direction
    return code, "Direction régionale" if code == ds.config.direction else ds.name(code)


def action_plan(ds: Dataset, choices: Choices) -> Content:
    """What the plan holds, objective by objective, for a region or for all."""
    code, where = _where(ds, choices)
    own = ds.action_plan
    actions = [a for a in own.actions if code in (ds.config.direction, a.region_code)]
    total = plan.counts(actions)
    ids = [objective.id for _, objective in own.objectives()]
    by = [(plan_words.objective(ds, id_), plan.counts(a for a in actions if a.objective == id_)) for id_ in ids]
    lines = [*((label, found) for label, found in by if found.actions), ("Total", total)]
    counts = [(found.actions, found.results, found.indicators) for _, found in lines]
    rows = tuple((label, *map(number, three)) for (label, _), three in zip(lines, counts, strict=True))
    numbers = {(r, c): float(count) for r, three in enumerate(counts) for c, count in enumerate(three, 1)}
    head = ("Objectif", "Actions", "Résultats attendus", "Indicateurs")
    table = TextTable(head, rows, frozenset({1, 2, 3}), frozenset({len(rows) - 1}), numbers)
    said = plan_words.message(ds, code, *plan.weights(own, actions))
    return Content(
        said, f"Actions par objectif, {where}", table, f"{said}.",
        f"Source{NBSP}: {ds.documents[own.source].short}, plan d’action.", where, territory=code,
        caveats=tuple(plan_words.apart(actions)),
    )  # fmt: skip


def follow_up(ds: Dataset, choices: Choices) -> Content:
    """How many of the plan's indicators and targets have an entry: what is not entered is said, never zero."""
    code, where = _where(ds, choices)
    region = None if code == ds.config.direction else code
    done = fu.progress(ds, ds.follow_up.entries, region)
    what = "cibles du Québec" if region is None else "indicateurs du plan de la région"
    counted = follow_up_words.UNREAD if ds.follow_up.unread else f"{capital(follow_up_words.count(done))} ({what})"
    rest = "Les autres" if done.entered else "Tous"
    empty = done.entered < done.total and not ds.follow_up.unread
    left = f"{rest} sont «{NBSP}non saisi{NBSP}», ce qui n’est pas zéro." if empty else ""
    return Content(
        counted, f"Suivi du plan d’action et des cibles, {where}", Paragraphs((left or f"{counted}.",)),
        f"{counted}. {left}".strip(), f"Source{NBSP}: saisies du suivi.", where, territory=code,
    )  # fmt: skip


def sources(ds: Dataset, choices: Choices) -> Content:
    """The documents, the years that are provisional, and what to keep in mind when reading the figures."""
    code, where = _where(ds, choices)
    counts = [adm.admissions(ds, ds.config.province, period) for period in (*adm.years(ds), adm.total_span(ds))]
    sure = status_words(row for count in counts for row in count.inputs)
    peculiar = plan_words.several(len(ds.anomalies), "particularité", "particularités")
    said = (
        *(typographic(document.credit.rstrip(".") + ".") for document in ds.documents.values()),
        f"Admissions {during(adm.total_span(ds))}. {sure}",
        "Le plan ne croise les MRC ni avec les années, ni avec la catégorie, le sexe ou le français.",
        f"Le tableau de bord décrit {peculiar} de la source.",
        ds.config.disclaimer,
    )
    title = origin(len(ds.observations), len(ds.documents), adm.years(ds)[-1], len(ds.problems))
    names = "; ".join(document.short for document in ds.documents.values())
    return Content(
        title.rstrip("."), f"Portraits régionaux de l’immigration, {where}",
        Paragraphs(said), " ".join(said), f"Source{NBSP}: {names}.", where, territory=code,
    )  # fmt: skip

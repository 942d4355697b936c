"""An action of the plan as a card: its results and indicators, the statistic beside it, the same action elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.indicators import plan
from dashboard.indicators.plan import Beside, beside
from dashboard.model import Dataset
from dashboard.model.action_plan import Action, PlanIndicator
from dashboard.model.follow_up import FollowUpEntry, FollowUpKey
from dashboard.narrative import follow_up_words
from dashboard.narrative import plan_words as words
from dashboard.ui import markup as html
from dashboard.wording.matching import spans
from dashboard.wording.numbers import NBSP, typographic
from dashboard.wording.periods import in_label

_NONE = '<p class="vide">Aucun dans la source.</p>'


def marked(text: str, terms: Sequence[str]) -> str:
    """The text, made harmless, with what was looked for in evidence."""
    text = typographic(text)
    parts, end = [], 0
    for start, stop in spans(text, terms):
        parts += [html.esc(text[end:start]), f"<mark>{html.esc(text[start:stop])}</mark>"]
        end = stop
    return "".join([*parts, html.esc(text[end:])])


def card(ds: Dataset, found: plan.Found, terms: Sequence[str], entries: Mapping[FollowUpKey, FollowUpEntry]) -> str:
    """One action, its text alone in sight until it is opened; whole when words were looked for in it."""
    action = found.action
    color = next((r.color for r in ds.config.regions if r.code == action.region_code), "#095797")
    where = f"Trouvé dans{NBSP}: {', '.join(words.places(found.places))}." if found.places else ""
    return (
        f'<article class="action" style="border-left-color:{color}"><details{" open" * bool(terms)}><summary>'
        f'<span class="action-tete">{html.esc(ds.name(action.region_code))} · {_objective(ds, action, terms)} '
        '<span class="badge">'
        f"{html.esc(words.shared_by(ds, action, plan.scope_of(ds.action_plan, action)))}</span></span>"
        f"<h3>{marked(action.text, terms)}</h3></summary>"
        + (f'<p class="sous-titre">{html.esc(where)}</p>' if where else "")
        + '<div class="action-corps"><div><h4>Résultats attendus</h4>'
        + (html.listed(marked(r.text, terms) for r in action.results) or _NONE)
        + "</div><div><h4>Indicateurs</h4>"
        + (html.listed(_indicator(ds, i, terms, entries) for i in action.indicators) or _NONE)
        + f"</div>{_statistics(ds, action)}</div>"
        + _displaced(action, terms)
        + f'<p class="action-pied">{html.esc(_labels(ds, action))}</p>'
        + _elsewhere(ds, action, terms)
        + (html.details("Remarque sur la transcription", f"<p>{html.typeset(action.note)}</p>")
           if action.note else "")
        + "</details></article>"
    )  # fmt: skip


def _objective(ds: Dataset, action: Action, terms: Sequence[str]) -> str:
    """The short name; whole, with its orientation, when that is where the words were found."""
    orientation, objective = plan.objective_of(ds.action_plan, action)
    label = f"{orientation.label}, {objective.label}"
    if terms and spans(label, terms):
        return f"{html.esc(orientation.id)}. {marked(orientation.label, terms)}, {html.esc(objective.id)} " + marked(
            objective.label, terms
        )
    return html.esc(words.objective(ds, objective.id))


def _indicator(
    ds: Dataset, item: PlanIndicator, terms: Sequence[str], entries: Mapping[FollowUpKey, FollowUpEntry]
) -> str:
    """An indicator with its other wordings, and its result: « non saisi » until someone enters it."""
    texts = [marked(item.text, terms)]
    texts += [f'<span class="variante">ou{NBSP}: {marked(text, terms)}</span>' for text in item.variants]
    entry = entries.get(FollowUpKey("indicateur", item.id, ds.action_plan.period))
    said = follow_up_words.result(entry.value if entry else None, item.unit)
    if entry is not None and entry.state is not None:
        said += f", {entry.state}"
    return f'{" ".join(texts)} <span class="saisie">{html.esc(said)}</span>'


def _displaced(action: Action, terms: Sequence[str]) -> str:
    return "".join(
        '<p class="deplacee"><strong>Action imprimée parmi les indicateurs, non comptée&nbsp;:</strong> '
        f'{marked(d.text, terms)}<br><span class="sous-titre">{html.typeset(d.note)}</span></p>'
        for d in action.displaced_actions
    )


def _labels(ds: Dataset, action: Action) -> str:
    programmes = {p.id: p.label for p in ds.action_plan.programmes}
    clienteles = {c.id: c.label for c in ds.action_plan.clienteles}
    parts = [f"Action {action.id}", f"Clientèle{NBSP}: {', '.join(clienteles[c] for c in action.clienteles)}"]
    if action.programmes:
        parts.append(f"Programme{NBSP}: {', '.join(programmes[p] for p in action.programmes)}")
    return typographic(" · ".join(parts))


def _statistics(ds: Dataset, action: Action) -> str:
    """The figures that situate the action, with their source; nothing where the source has none."""
    inner = "".join(_statistic(ds, item) for item in beside(ds, action))
    return f'<aside aria-label="En regard de l’action {html.esc(action.id)}">{inner}</aside>' if inner else ""


def _statistic(ds: Dataset, item: Beside) -> str:
    quantities = [q for q in (item.here, item.quebec) if q is not None]
    when = in_label(item.here.period)
    label = f"{item.label}{'' if when.startswith('au ') else ','} {when}"
    return (
        f'<p class="petit-titre">{html.typeset(label)}</p>'
        f'<p class="action-chiffre">{html.esc(words.statistic(ds, item))}</p>'
        f'<p class="sous-titre">{html.typeset(item.why)} Situe l’action, n’en mesure pas l’effet.</p>'
        + html.source_line(html.source_text(ds, quantities))
    )


def _elsewhere(ds: Dataset, action: Action, terms: Sequence[str]) -> str:
    others = plan.elsewhere(ds.action_plan, action)
    if not others:
        return ""
    group = next(g for g in ds.action_plan.groups if g.key == action.group_key)
    items = html.listed(
        f"<strong>{html.esc(ds.name(a.region_code))}</strong> ({html.esc(a.id)})&nbsp;: {marked(a.text, terms)}"
        for a in others
    )
    note = f'<p class="sous-titre">Pourquoi ce regroupement&nbsp;: {html.typeset(group.note)}</p>'
    return html.details(f"Même action ailleurs ({len(others)})", f"{items}{note}")

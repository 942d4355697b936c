"""The difference in French: a summary, what each change is about, the sums."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.loading.draft import MEMBERSHIPS
from dashboard.model import Dataset
from dashboard.model.problems import shortened
from dashboard.publishing.diff import Change, Diff, SumChange
from dashboard.wording.numbers import NBSP, number, signed, typographic
from dashboard.wording.periods import STATUS_WORDS, period

_ABSENT = "(vide)"
_MOST_LINES = 400


def _count(n: int, singular: str, plural: str) -> str:
    return f"{number(n)} {plural if n > 1 else singular}"


def summary(diff: Diff) -> str:
    """« 3 cellules changées, 20 lignes ajoutées; 2 fichiers »."""
    counts = (
        (diff.count("cells"), "cellule changée", "cellules changées"),
        (diff.count("revised"), "valeur révisée", "valeurs révisées"),
        (diff.count("added"), "ligne ajoutée", "lignes ajoutées"),
        (diff.count("removed"), "ligne retirée", "lignes retirées"),
        (len(diff.texts), "ligne de texte changée", "lignes de texte changées"),
    )
    named = ", ".join(_count(*counted) for counted in counts if counted[0]) or "contenu identique, écriture différente"
    return f"{named}; {_count(len(diff.files), 'fichier', 'fichiers')}"


def shown(text: str | None, column: str = "value") -> str:
    """« 14 259 » for a number of persons, the text as it is otherwise."""
    if not text:
        return _ABSENT
    return number(int(text)) if column in ("", "value") and text.isdigit() else shortened(text, 120)


def about(change: Change, ds: Dataset) -> str:
    """« Rimouski-Neigette, Admissions par MRC, 2015-2019 »; the codes where nothing names them."""
    row = change.row
    if change.file == MEMBERSHIPS and len(row) >= 3:
        places = (ds.name(code) if code in ds.territories else code for code in row[:2])
        return f"{', '.join(places)}, {f'depuis le {period(row[2])}' if row[2] else 'depuis toujours'}"
    if len(row) < 4:
        return " ".join(row)
    place = ds.name(row[0]) if row[0] in ds.territories else row[0]
    return typographic(", ".join(filter(None, (place, *ds.series_name(row[1], row[2]), period(row[3]), *row[4:]))))


def moved(change: Change) -> str:
    """« 135 → 138 (+2,2 %) », « provisoire 135 → révisé 137, l’ancienne valeur est conservée (+1,5 %) »."""
    pct = "" if change.pct is None else f" ({signed(change.pct, 1, '%')})"
    if change.revised:
        former = STATUS_WORDS.get(change.revised, change.revised)
        return f"{former} {shown(change.old)} → révisé {shown(change.new)}, l’ancienne valeur est conservée{pct}"
    if change.column or change.new is None:
        new = "ligne retirée" if change.new is None else shown(change.new, change.column)
        return f"{shown(change.old, change.column)} → {new}{pct}"
    return f"ligne ajoutée{NBSP}: {shown(change.new)}{pct and pct[:-1] + ' depuis la période d’avant)'}"


def sum_words(total: SumChange, ds: Dataset) -> str:
    """« Admissions, 2020, somme des régions : (rien) → 1 503 »."""
    named = typographic(", ".join((*ds.series_name(total.indicator, total.category), period(total.period), total.what)))
    old, new = ("rien" if n is None else number(n) for n in (total.old, total.new))
    pct = ""
    if total.old and total.new is not None:
        pct = f" ({signed((total.new - total.old) / total.old * 100, 1, '%')})"
    return f"{named}{NBSP}: {old} → {new}{pct}"


def report(diff: Diff, ds: Dataset) -> Iterator[str]:
    """The difference as lines of text, for the command line; long ones are cut, and it says so."""
    for file in diff.files:
        own, texts, left = diff.of_file(file, _MOST_LINES)
        yield f"{file}{NBSP}:"
        for change in own:
            column = f" [{change.column}]" if change.column else ""
            flag = f"  ⚠ {typographic(change.jump)}" if change.jump else ""
            yield f"  {about(change, ds)}{column}{NBSP}: {moved(change)}{flag}"
        for _, line, old, new in texts:
            yield f"  ligne {line}{NBSP}: {shown(old, file)} → {shown(new, file)}"
        if left:
            yield f"  et {_count(left, 'autre différence', 'autres différences')}."
    if diff.sums:
        yield "Ce que deviennent les sommes" + NBSP + ":"
        yield from (f"  {sum_words(total, ds)}" for total in diff.sums)
    if diff.jumps:
        yield f"Écarts inhabituels, à relire{NBSP}: {number(len(diff.jumps))} (signalés par ⚠)."

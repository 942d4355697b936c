"""A session's own follow-up entries, over those of the shared file.

They live in the session alone: never on the server's disk, never in anything that two sessions share.
"""

from __future__ import annotations

import dataclasses
from typing import Final

import streamlit as st

from dashboard.indicators import follow_up as fu
from dashboard.model import Dataset
from dashboard.model.follow_up import FollowUpEntry, FollowUpKey
from dashboard.ui import markup as html

_OVERLAY: Final = "_suivi_saisies"
_VERSION: Final = "_suivi_version"
_SAVED: Final = "_suivi_garde"


def _overlay() -> dict[FollowUpKey, FollowUpEntry | None]:
    found: dict[FollowUpKey, FollowUpEntry | None] = st.session_state.setdefault(_OVERLAY, {})
    return found


def _known(ds: Dataset, key: FollowUpKey) -> bool:
    """False for an entry on something that the files no longer have."""
    item = ds.follow_up.known.get((key.kind, key.id))
    return item is not None and key.period in item.periods


def entries(ds: Dataset) -> dict[FollowUpKey, FollowUpEntry]:
    """Everything entered, as this session sees it."""
    overlay = {key: entry for key, entry in _overlay().items() if _known(ds, key)}
    return fu.merged(ds.follow_up.entries, overlay)


def overlaid(ds: Dataset) -> Dataset:
    """The dataset with the follow-up as this session has it: what is presented or taken away holds its entries."""
    if not own(ds):
        return ds
    return dataclasses.replace(ds, follow_up=dataclasses.replace(ds.follow_up, entries=entries(ds)))


def own(ds: Dataset) -> list[FollowUpKey]:
    """What this session has entered or erased."""
    return [key for key in _overlay() if _known(ds, key)]


def unsaved(ds: Dataset) -> list[str]:
    """What this session has entered or erased and no file of the person's has: identifier and period."""
    kept: dict[FollowUpKey, FollowUpEntry | None] = st.session_state.get(_SAVED, {})
    overlay = _overlay()
    return [f"{key.id}, {key.period}" for key in own(ds) if key not in kept or kept[key] != overlay[key]]


def saved() -> None:
    """The person has a file of everything entered so far: one just taken, or the one just loaded."""
    st.session_state[_SAVED] = dict(_overlay())


def put(ds: Dataset, entry: FollowUpEntry) -> None:
    """Keep an entry in the session; one that says nothing more is erased."""
    overlay, shared = _overlay(), ds.follow_up.entries.get(entry.key)
    if entry.blank:
        erase(ds, entry.key)
    elif entry == shared:
        overlay.pop(entry.key, None)
    else:
        overlay[entry.key] = entry


def erase(ds: Dataset, key: FollowUpKey) -> None:
    """« Non saisi » again, even where the shared file has an entry."""
    if key in ds.follow_up.entries:
        _overlay()[key] = None
    else:
        _overlay().pop(key, None)


def replace(ds: Dataset, wanted: fu.Entries) -> None:
    """Show exactly these entries."""
    st.session_state[_OVERLAY] = fu.overlay_for(ds.follow_up.entries, wanted)
    saved()
    renew_fields()


def renew_fields() -> None:
    """The fields on the screen forget what was typed in them: they show the entries again."""
    st.session_state[_VERSION] = version() + 1


def version() -> int:
    return int(st.session_state.get(_VERSION, 0))


def origin(ds: Dataset, key: FollowUpKey) -> str:
    """Where an entry comes from: « votre session » or « fichier partagé »; nothing when there is none."""
    if key in _overlay():
        return "votre session"
    return "fichier partagé" if key in ds.follow_up.entries else ""


def unavailable(ds: Dataset) -> str:
    """In place of the follow-up when its shared file has a problem; nothing otherwise."""
    if not ds.follow_up.problems:
        return ""
    return (
        '<div class="avis-erreur"><p><strong>Le suivi est indisponible.</strong> Son fichier a des problèmes; le reste '
        f"du tableau de bord n’en dépend pas.</p>{html.problem_list(ds.follow_up.problems[:200])}</div>"
    )

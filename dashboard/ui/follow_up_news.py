"""What the others have written in the follow-up since this person last came."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.model import Dataset
from dashboard.narrative import follow_up_words as words
from dashboard.team import follow_up as shared
from dashboard.team import writings
from dashboard.team.writings import Writing
from dashboard.ui import markup as html
from dashboard.ui import team
from dashboard.wording.numbers import number
from dashboard.wording.periods import moment

# Draft of the last text there when the person came; in the session, the one of the visit before.
_LAST: Final = "suivi_vu"
_SINCE: Final = "_suivi_depuis"
_MOST: Final = 20


def show(ds: Dataset) -> None:
    """Nothing on a first visit, nor when nobody else has written."""
    read, _ = team.trying(lambda: _read(team.person().name))
    if read:
        rows = [
            (moment(w.at), w.author, " ".join(w.subject.split("|")[1:]), words.short(shared.entry_of(w)))
            for w in read[:_MOST]
        ]
        head = ("Quand", "Qui", "Cible ou indicateur", "Ce qui est inscrit")
        st.html(
            html.heading(2, f"Depuis votre dernière visite ({number(len(read))})", anchor="nouveau")
            + html.plain_table("Inscrit par d’autres depuis votre dernière visite", head, rows)
            + html.others(len(read) - len(rows))
        )


def _read(name: str) -> list[Writing]:
    store = team.store()
    if _SINCE not in st.session_state:
        now = next(iter(writings.history(store, shared.TOPIC, limit=1)), None)
        last = str(now.seq if now else 0)
        st.session_state[_SINCE] = int(team.draft(_LAST) or last)
        team.keep_draft(_LAST, last)
    found = writings.history(store, shared.TOPIC, after=st.session_state[_SINCE])
    return [w for w in found if w.version is not None and w.author != name]

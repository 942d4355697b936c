"""What the others have written in the follow-up since this person last came."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.narrative import follow_up_words as words
from dashboard.ui import markup as html
from dashboard.ui import team
from dashboard.wording.numbers import number
from dashboard.wording.periods import moment

# Draft of the last text there when the person came; in the session, the one of the visit before.
_LAST: Final = "suivi_vu"
_SINCE: Final = "_suivi_depuis"
_MOST: Final = 20


def show(found: team.FollowUp) -> None:
    """The entries in force that others have written, the latest first; nothing on a first visit."""
    last = found.read.last.seq if found.read.last else 0
    if _SINCE not in st.session_state and not found.problem:
        st.session_state[_SINCE] = int(team.draft(_LAST) or last)
        team.keep_draft(_LAST, str(last))
    since, name = st.session_state.get(_SINCE, last), team.person().name
    read = [own for own in found.kept.values() if own.seq > since and own.author != name][::-1]
    if read:
        rows = [
            (moment(own.at), own.author, f"{own.entry.id} {own.entry.period}", words.short(own.entry))
            for own in read[:_MOST]
        ]
        head = ("Quand", "Qui", "Cible ou indicateur", "Ce qui est inscrit")
        st.html(
            html.heading(2, f"Depuis votre dernière visite ({number(len(read))})", anchor="nouveau")
            + html.plain_table("Inscrit par d’autres depuis votre dernière visite", head, rows)
            + html.others(len(read) - len(rows))
        )

"""What the others have written in the follow-up since this person last came."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.narrative import follow_up_words as words
from dashboard.team import follow_up as shared
from dashboard.team import writings
from dashboard.ui import markup as html
from dashboard.ui import team
from dashboard.wording.numbers import number
from dashboard.wording.periods import moment

# Draft of the last text there when the person came; in the session, the one of the visit before.
_LAST: Final = "suivi_vu"
_SINCE: Final = "_suivi_depuis"
_BEFORE: Final = "_suivi_avant"
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
            (moment(o.at), o.author, f"{o.entry.id} {o.entry.period}", _before(o, since), words.short(o.entry))
            for o in read[:_MOST]
        ]
        head = ("Quand", "Qui", "Cible ou indicateur", "Avant", "Maintenant")
        st.html(
            html.heading(2, f"Depuis votre dernière visite ({number(len(read))})", anchor="nouveau")
            + html.plain_table("Inscrit par d’autres depuis votre dernière visite", head, rows)
            + html.others(len(read) - len(rows))
        )


def _before(own: shared.Kept, since: int) -> str:
    """What the person saw of an entry at the visit before; read once in a session, as it changes no more."""
    known: dict[str, str] = st.session_state.setdefault(_BEFORE, {})
    subject = shared.subject_of(own.entry.key)
    if subject not in known:
        read, problem = team.trying(lambda: writings.history(team.store(), shared.TOPIC, subject))
        if problem:
            return "–"
        seen = next((one for one in read or () if one.seq <= since and one.version is not None), None)
        known[subject] = words.short(shared.entry_of(seen)) if seen else words.NOT_ENTERED
    return known[subject]

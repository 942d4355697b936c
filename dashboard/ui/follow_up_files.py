"""The shared follow-up as files: one of everything, and a file loaded back after seeing what it changes."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from dashboard.contract.follow_up import read_sent
from dashboard.exports.formats import FORMATS
from dashboard.indicators import follow_up as fu
from dashboard.loading.follow_up_file import MAX_LINES
from dashboard.model import Dataset
from dashboard.narrative import follow_up_words as words
from dashboard.team import follow_up as shared
from dashboard.team import writings
from dashboard.team.writings import Conflict
from dashboard.ui import markup as html
from dashboard.ui import team, uploads
from dashboard.wording.numbers import NBSP, number

_MESSAGE: Final = "_suivi_message"
_FILE: Final = "suivi_fichier"


def show(ds: Dataset, found: team.FollowUp) -> None:
    st.html(html.heading(2, "Fichiers", anchor="fichiers"))
    with st.container(horizontal=True, key="suivi_telecharger"):
        label, mime = "Télécharger le suivi (Excel, pour le rapport annuel)", FORMATS["xlsx"].mime
        uploads.download(label, partial(_file, ds, "xlsx"), "suivi.xlsx", mime, "suivi_xlsx")
        uploads.download("Télécharger le suivi (CSV)", partial(_file, ds, "csv"), "suivi.csv", "text/csv", "suivi_csv")
    if not found.problem and team.person().may("contributor"):
        _loading(ds, found)


def _file(ds: Dataset, kind: str) -> bytes:
    """The follow-up as it is when the file is asked for, what it was before included."""
    from dashboard.exports.follow_up import follow_up_csv, follow_up_xlsx  # with openpyxl, which no page needs

    now = team.follow_up(ds).ds
    if kind == "csv":
        return follow_up_csv(now, now.follow_up.entries)
    before, _ = team.trying(writings.history, shared.TOPIC)
    told = [(w.at, w.author, shared.entry_of(w), w.version is not None) for w in before or ()]
    return follow_up_xlsx(now, now.follow_up.entries, told)


def _loading(ds: Dataset, found: team.FollowUp) -> None:
    """Choose a file: its errors line by line and nothing written, or what it replaces and a button to confirm."""
    message = st.session_state.pop(_MESSAGE, "")
    if message:
        st.html(html.notices([message]))
    label = f"Charger un fichier de suivi (CSV ou Excel, {number(MAX_LINES)} lignes au plus)"
    sent = uploads.field(label, _FILE, type=["csv", "xlsx"])
    if sent is None:
        return
    wanted, problems, note = read_sent(sent.getvalue(), sent.name, ds.follow_up.known)
    if problems:
        st.html(html.refused(problems, "ce fichier"))
        return
    if note:
        st.html(html.notices([f"Lecture du fichier{NBSP}: {note}"]))
    changes = fu.changes(found.ds.follow_up.entries, wanted)
    if not changes:
        st.html(html.notices(["Ce fichier contient déjà exactement ce qui est inscrit."]))
        return
    st.html(html.box("Ce que ce fichier changerait ici&nbsp;:", html.points(words.change(changes)), role="status"))
    with st.container(horizontal=True):
        taken = (found, wanted, changes)
        st.button("Inscrire ces changements", type="primary", key="suivi_remplacer", on_click=_take, args=taken)
        st.button("Ne rien changer", key="suivi_annuler", on_click=uploads.empty, args=(_FILE,))


def _take(found: team.FollowUp, wanted: fu.Entries, changes: fu.Changes) -> None:
    """Write what differs, over what was seen: what somebody changed meanwhile is not replaced."""
    every = [wanted[key] for key in (*changes.added, *changes.changed)] + [shared.blank(key) for key in changes.removed]
    refused, person = 0, team.person()
    for n, entry in enumerate(every):
        base = found.kept[entry.key].version if entry.key in found.kept else 0
        made, problem = team.trying(shared.put, person, entry, base)
        if made is None:
            st.session_state[_MESSAGE] = f"{words.taken(n - refused, refused)} {problem}"
            return
        refused += isinstance(made, Conflict)
    st.session_state[_MESSAGE] = words.taken(len(every) - refused, refused)
    uploads.empty(_FILE)

"""The follow-up of a session as files: download what is entered, load a file back after seeing what it changes."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.contract.follow_up import read_sent
from dashboard.exports.formats import FORMATS
from dashboard.indicators import follow_up as fu
from dashboard.loading.follow_up_file import MAX_LINES
from dashboard.model import Dataset
from dashboard.narrative import follow_up_words as words
from dashboard.ui import follow_up_session as session
from dashboard.ui import markup as html
from dashboard.wording.numbers import NBSP, number

_MESSAGE: Final = "_suivi_message"
_FILES: Final = "_suivi_fichiers"


def downloads(ds: Dataset) -> None:
    """Two files of the same lines, made before the click: it runs the page again, and Streamlit may then have forgotten
    what it would have called to make them."""
    with st.container(horizontal=True, key="suivi_telecharger"):
        for kind, label, mime, data in zip(
            ("csv", "xlsx"), ("CSV", "Excel"), ("text/csv", FORMATS["xlsx"].mime), _files(ds), strict=True
        ):
            st.download_button(
                f"Télécharger le suivi ({label})",
                data=data,
                file_name=f"suivi.{kind}",
                mime=mime,
                on_click=session.saved,
                key=f"suivi_{kind}",
            )


def _files(ds: Dataset) -> tuple[bytes, bytes]:
    """CSV and Excel, made again when an entry or the data change."""
    from dashboard.exports.follow_up import follow_up_csv, follow_up_xlsx  # with openpyxl, which no other page needs

    entries = session.entries(ds)
    made = st.session_state.get(_FILES)
    if made is None or made[0] != (ds.fingerprint, entries):
        made = ((ds.fingerprint, entries), (follow_up_csv(ds, entries), follow_up_xlsx(ds, entries)))
        st.session_state[_FILES] = made
    files: tuple[bytes, bytes] = made[1]
    return files


def loading(ds: Dataset) -> None:
    """Choose a file: its errors line by line and nothing loaded, or what it replaces and a button to confirm."""
    message = st.session_state.pop(_MESSAGE, "")
    if message:
        st.html(html.notices([message]))
    sent = st.file_uploader(
        f"Charger un fichier de suivi (CSV ou Excel, {number(MAX_LINES)} lignes au plus)",
        key=f"suivi_fichier|{session.version()}",
        type=["csv", "xlsx"],
    )
    if sent is None:
        return
    wanted, problems, note = read_sent(sent.getvalue(), sent.name, ds.follow_up.known)
    if problems:
        st.html(html.refused(problems, "ce fichier"))
        return
    if note:
        st.html(html.notices([f"Lecture du fichier{NBSP}: {note}"]))
    found = fu.changes(session.entries(ds), wanted)
    if not found:
        st.html(html.notices(["Ce fichier contient déjà exactement vos saisies."]))
        return
    items = "".join(f"<li>{html.esc(text)}</li>" for text in words.change(found))
    st.html(f'<div class="avis" role="status"><p>Ce que ce fichier changerait ici&nbsp;:</p><ul>{items}</ul></div>')
    with st.container(horizontal=True):
        st.button("Remplacer les saisies", type="primary", key="suivi_remplacer", on_click=_replace, args=(ds, wanted))
        st.button("Ne rien changer", key="suivi_annuler", on_click=session.renew_fields)


def _replace(ds: Dataset, wanted: fu.Entries) -> None:
    session.replace(ds, wanted)
    st.session_state[_MESSAGE] = words.loaded(len(wanted))

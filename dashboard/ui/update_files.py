"""A workbook loaded in one's own session: its errors by sheet and cell, or what it would change."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.exports.formats import FORMATS
from dashboard.loading.files import Tree
from dashboard.model import Dataset
from dashboard.publishing.diff import Change, Diff, compare
from dashboard.publishing.incoming import receive_bytes
from dashboard.publishing.words import about, moved, shown, sum_words, summary
from dashboard.ui import markup as html
from dashboard.ui import preview, publishing, uploads
from dashboard.wording.numbers import NBSP, number, signed, typographic

# Up to that many lines, a table is open from the start.
_FEW: Final = 12


def download(ds: Dataset) -> None:
    """The workbook of the published data, made when it is asked for."""

    def made() -> bytes:
        from dashboard.exports.workbook import data_workbook  # with what writes workbooks, which no other page needs

        return data_workbook(ds)

    label = "Télécharger le classeur à remplir (Excel)"
    uploads.download(label, made, "donnees.xlsx", FORMATS["xlsx"].mime, "classeur_telecharger")


def choose(base: Dataset) -> None:
    """The field of the file. What is sent is read once, and kept in the session until another is sent."""
    # Any ending: what is not a workbook is refused with a message that says what it is.
    sent = uploads.field("Charger le classeur rempli (Excel)", preview.FIELD)
    known = preview.loaded()
    if sent is None or (known is not None and known.id == sent.file_id and known.base == base.fingerprint):
        return
    place = st.empty()
    with place.status("Chargement en cours", expanded=True):
        incoming = receive_bytes(base.root, sent.getvalue(), sent.name, st.write)
        diff = None
        if incoming.dataset is not None:
            st.write("Comparaison avec les données publiées")
            diff = compare(Tree(base.root), incoming.files, incoming.dataset)
    place.empty()
    publishing.dismiss()
    was_shown = preview.active()
    preview.keep(preview.Loaded(sent.file_id, incoming, diff, base.fingerprint))
    if was_shown:
        # The pages were on the former workbook: this one is looked at first.
        st.rerun()


def outcome() -> None:
    """The errors, or the difference and the way to the preview."""
    found = preview.loaded()
    if found is None:
        return
    name = html.esc(found.incoming.name)
    if found.diff is None or found.incoming.dataset is None:
        st.html(
            html.heading(2, "Ce qui est à corriger", anchor="problemes")
            + html.refused(found.incoming.problems, f"«&nbsp;{name}&nbsp;»")
        )
    elif found.diff.empty:
        st.html(html.notices([f"«{NBSP}{found.incoming.name}{NBSP}» contient exactement les données publiées."]))
    else:
        notes = "".join(f"<p>{html.esc(typographic(note))}</p>" for note in found.incoming.notes)
        st.html(
            html.heading(2, "Ce que ce classeur changerait", anchor="differences")
            + html.box(
                f"<strong>Aucun problème dans «&nbsp;{name}&nbsp;».</strong> {html.esc(summary(found.diff))}.",
                notes,
                role="status",
            )
        )
        with st.container(horizontal=True, key="apercu_choix"):
            if preview.active():
                st.button("Quitter l’aperçu", key="apercu_quitter_page", on_click=preview.show, args=(False,))
            else:
                label = "Voir l’aperçu sur toutes les pages"
                st.button(label, type="primary", key="apercu_voir", on_click=preview.show, args=(True,))
            st.button("Retirer ce classeur", key="classeur_retirer", on_click=preview.forget)
        st.html(_difference(found.diff, found.incoming.dataset))
        return
    st.button("Retirer ce classeur", key="classeur_retirer", on_click=preview.forget)


def _difference(diff: Diff, ds: Dataset) -> str:
    parts = []
    if diff.jumps:
        items = [f"{about(c, ds)}{NBSP}: {moved(c)}" for c in diff.jumps[: html.MOST]]
        title = f"Écarts inhabituels, à relire ({number(len(diff.jumps))})"
        parts.append(html.heading(3, title, anchor="ecarts") + html.points(items))
    if diff.sums:
        rows = [tuple(sum_words(total, ds).rsplit(f"{NBSP}: ", 1)) for total in diff.sums[: html.MOST]]
        table = html.plain_table("Sommes touchées", ("Somme", "Avant → après"), rows)
        table += html.others(len(diff.sums) - len(rows))
        title = f"Sommes touchées ({number(len(diff.sums))})"
        parts.append(html.heading(3, "Ce que deviennent les sommes", anchor="sommes"))
        parts.append(html.details(title, table, open_=len(rows) <= _FEW))
    parts.append(html.heading(3, "Cellule par cellule", anchor="cellules"))
    return "".join([*parts, *(_of_file(file, diff, ds) for file in diff.files)])


def _of_file(file: str, diff: Diff, ds: Dataset) -> str:
    own, texts, left = diff.of_file(file, html.MOST)
    inner = ""
    if own:
        head = ("Ligne", "Colonne", "Avant", "Après", "Variation", "À relire")
        inner = html.plain_table(f"Changements de {file}", head, [_row(change, ds) for change in own])
    if texts:
        rows = [(str(line), shown(old, file), shown(new, file)) for _, line, old, new in texts]
        inner += html.plain_table(f"Lignes changées de {file}", ("Ligne", "Avant", "Après"), rows)
    inner += html.others(left)
    title = f"{file} ({number(len(own) + len(texts) + left)})"
    return html.details(title, inner or "<p>Même contenu, écrit autrement.</p>", open_=len(diff.files) < 4)


def _row(change: Change, ds: Dataset) -> tuple[str, ...]:
    if change.revised:
        old, new = moved(change).split(" → ", 1)
        cells = (change.column, old, new.partition(" (")[0])
    elif change.column:
        cells = (change.column, shown(change.old, change.column), shown(change.new, change.column))
    elif change.old is None:
        cells = ("ligne ajoutée", "–", shown(change.new))
    else:
        cells = ("ligne retirée", shown(change.old), "–")
    pct = "–" if change.pct is None else signed(change.pct, 1, "%")
    return (about(change, ds), *cells, pct, typographic(change.jump) or "–")

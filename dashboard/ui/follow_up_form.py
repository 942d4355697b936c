"""Fields of one entry of the shared follow-up: checked as they are left, written at once; who wrote what before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

import streamlit as st

from dashboard.contract.follow_up import checked
from dashboard.indicators import follow_up as fu
from dashboard.model import Dataset
from dashboard.model.follow_up import LONGEST_NAME, LONGEST_NOTE, PROGRESS, Followed, FollowUpEntry, FollowUpKey
from dashboard.narrative import follow_up_words as words
from dashboard.team import follow_up as shared
from dashboard.team import writings
from dashboard.team.people import NAMELESS
from dashboard.team.writings import Conflict
from dashboard.ui import markup as html
from dashboard.ui import spoken, team
from dashboard.ui.server.streamlit_internals import sent_texts
from dashboard.wording.numbers import NBSP, plain, typographic
from dashboard.wording.periods import DAY_TYPED, moment
from dashboard.wording.periods import period as period_words
from dashboard.wording.slugs import fold

_TYPED = re.compile(r"\s*([0-9][0-9 \u00a0\u202f.,]*?)\s*([^0-9\s.,].*?)?\s*")
_LABELS: Final = {
    "resultat": "Résultat", "etat": "État", "date": "Date", "responsable": "Personne responsable", "note": "Note",
}  # fmt: skip
_SEEN: Final = "_suivi_vu"


@dataclass(frozen=True)
class _Seen:
    """What the fields were filled with. version: that of `entry`, None when there was none; turn: changes when they are
    filled anew; mine: what was typed while somebody else wrote, until one chooses (cut: or while the server was started
    again); waiting: what could not be written, and why (problem)."""

    version: int
    entry: FollowUpEntry | None
    turn: int = 0
    mine: FollowUpEntry | None = None
    cut: bool = False
    waiting: FollowUpEntry | None = None
    problem: str = ""


def _all_seen() -> dict[FollowUpKey, _Seen]:
    found: dict[FollowUpKey, _Seen] = st.session_state.setdefault(_SEEN, {})
    return found


def split(typed: str, unit: str) -> tuple[str, str]:
    """What is typed as a result, as number and unit: « 20 % », « 1 plan d’action »; the unit may be left out."""
    match = _TYPED.fullmatch(typed)
    if match is None:
        return typed.strip(), unit
    number, own = match[1], (match[2] or unit).strip()
    singular = words.unit_of(Decimal(0), unit)
    return number, unit if fold(own) in {fold(unit), fold(singular), "pour cent" if unit == "%" else ""} else own


def _shown(entry: FollowUpEntry | None) -> dict[str, str | None]:
    """The fields as an entry fills them."""
    if entry is None:
        return {"resultat": "", "etat": None, "date": "", "responsable": "", "note": ""}
    return {
        "resultat": plain(entry.value).replace(".", ","),
        "etat": entry.state,
        "date": period_words(entry.day.isoformat()).replace(NBSP, " ") if entry.day else "",
        "responsable": entry.person,
        "note": entry.note,
    }


def _in_force(found: team.FollowUp, key: FollowUpKey) -> tuple[int, FollowUpEntry | None]:
    """Version and entry in force; one that says nothing is none."""
    own = found.kept.get(key)
    return (0, None) if own is None else (own.version, None if own.entry.blank else own.entry)


def form(ds: Dataset, found: team.FollowUp, item: Followed, period: str) -> team.FollowUp:
    """The fields of what is followed in a period, what is in force, and what was before; the follow-up once what is
    typed is written. A reader has what is in force alone."""
    key = FollowUpKey(item.kind, item.id, period)
    if found.problem or not team.person().may("contributor"):
        if found.problem and key in _all_seen() and _all_seen()[key].mine is None:
            _wait(ds, item, key)
        st.html(_state(found, item, key, refused=False))
        return found
    if key not in _all_seen():
        mine = _left_open(ds, item, key, _in_force(found, key)[1])
        _all_seen()[key] = _Seen(*_in_force(found, key), mine=mine, cut=mine is not None)
    seen = _all_seen()[key]
    if seen.mine is not None:
        _choose(found, key, item, seen)
        return found
    entry, reasons = _read(ds, item, key)
    if not reasons and entry == seen.entry and _in_force(found, key)[0] != seen.version:
        # Somebody else has written since, and nothing is typed here: the fields show it.
        _renew(key, *_in_force(found, key))
    wrote = _save(ds, item, key)
    seen = _all_seen()[key]
    for name, value in _shown(seen.waiting or seen.entry).items():
        st.session_state.setdefault(_keys(key, seen)[name], value)
    now = team.follow_up(ds) if wrote or seen.mine is not None else found
    if seen.mine is not None:
        _choose(now, key, item, seen)
        return now
    _fields(ds, key, item, reasons)
    if seen.problem:
        st.html(f'<p class="refus" role="alert">{html.esc(seen.problem)}</p>')
    st.html(_state(now, item, key, refused=bool(reasons)))
    if key in now.kept:
        _history(key, item, now.kept[key])
    return now


def _left_open(ds: Dataset, item: Followed, key: FollowUpKey, entry: FollowUpEntry | None) -> FollowUpEntry | None:
    """What a page that was open before this session sends of its fields, where that is not what is in force: the server
    was started again under it. Which of them were typed is not known: whoever is there chooses."""
    about = "|".join(key)
    sent = {name: text for name in _LABELS for text in sent_texts(f"suivi_{name}|{about}|").values()}
    if not sent:
        return None
    kept = {name: value or "" for name, value in _shown(entry).items()}
    raw = {**kept, **sent, "etat": sent.get("etat", kept["etat"]).lower()}
    mine, reasons = _checked(ds, item, key, raw)
    if reasons:
        refused = {"resultat" if name == "unite" else name for name in reasons}
        mine, _ = _checked(ds, item, key, {name: kept[name] if name in refused else raw[name] for name in raw})
    return None if mine is None or (None if mine.blank else mine) == entry else mine


def _keys(key: FollowUpKey, seen: _Seen) -> dict[str, str]:
    return {name: f"suivi_{name}|{'|'.join(key)}|{seen.turn}" for name in _LABELS}


def _wait(ds: Dataset, item: Followed, key: FollowUpKey) -> None:
    """The fields while the database cannot be read: what is typed stays in them, and is written once it can."""
    seen = _all_seen()[key]
    keys, filled = _keys(key, seen), _shown(seen.entry)
    for name, value in _shown(seen.waiting or seen.entry).items():
        st.session_state.setdefault(keys[name], value)
    # Not disabled: Streamlit forgets what was typed in a field that becomes so.
    _fields(ds, key, item, {})
    if any((st.session_state[keys[name]] or "") != (value or "") for name, value in filled.items()):
        st.html(
            '<p class="non-retenu" role="alert">Ce que vous venez d’écrire n’est pas encore inscrit; restez sur cette '
            "saisie et réessayez.</p>"
        )
        st.button("Réessayer", key="suivi_reessayer")


def _read(ds: Dataset, item: Followed, key: FollowUpKey) -> tuple[FollowUpEntry | None, dict[str, str]]:
    """The entry that the fields hold, None when it says nothing; a refused field, with its reason, is as it was."""
    seen = _all_seen()[key]
    before = _shown(seen.waiting or seen.entry)
    raw = {n: st.session_state.get(k, before[n]) or "" for n, k in _keys(key, seen).items()}
    entry, reasons = _checked(ds, item, key, raw)
    if reasons:
        kept = _shown(seen.entry)
        refused = {"resultat" if name == "unite" else name for name in reasons}
        entry, _ = _checked(ds, item, key, {n: (kept[n] or "") if n in refused else raw[n] for n in raw})
    return (None if entry is None or entry.blank else entry), reasons


def _checked(
    ds: Dataset, item: Followed, key: FollowUpKey, raw: dict[str, str]
) -> tuple[FollowUpEntry | None, dict[str, str]]:
    result, unit = split(raw["resultat"], item.unit) if raw["resultat"].strip() else ("", "")
    given = {"type": item.kind, "identifiant": item.id, "periode": key.period, "unite": unit, **raw, "resultat": result}
    return checked(given, ds.follow_up.known)


def _save(ds: Dataset, item: Followed, key: FollowUpKey) -> bool:
    """Write what the fields hold, where it says something else than what was there; True when it is written.

    What somebody else changed meanwhile stays, but for a field that both changed: one then chooses.
    """
    seen, (entry, _) = _all_seen()[key], _read(ds, item, key)
    if seen.mine is not None:
        return False
    if entry == seen.entry:
        _all_seen()[key] = replace(seen, waiting=None, problem="")
        return False
    mine, base = entry or FollowUpEntry(kind=item.kind, id=item.id, period=key.period), seen.version
    found = team.follow_up(ds)
    version, theirs = _in_force(found, key)
    if version != seen.version and not found.problem:
        mine, clash = shared.combined(seen.entry, mine, theirs)
        base = base if clash else version
    _write(key, mine, base)
    now = _all_seen()[key]
    if base != seen.version and not now.problem:
        for name, value in _shown(now.entry).items():
            st.session_state[_keys(key, now)[name]] = value
    return not now.problem and now.mine is None


def _write(key: FollowUpKey, entry: FollowUpEntry, base: int) -> None:
    """Over the version that was seen: kept at once, refused with its reason, or kept aside when another is in force."""
    seen = _all_seen()[key]
    made, problem = team.trying(lambda: shared.put(team.store(), team.person(), entry, base))
    if made is None:
        _all_seen()[key] = replace(seen, problem=problem, waiting=entry)
    elif isinstance(made, Conflict):
        _all_seen()[key] = replace(seen, mine=entry, cut=False, problem="", waiting=None)
    else:
        now = None if entry.blank else entry
        _all_seen()[key] = replace(seen, version=made.version or 0, entry=now, mine=None, problem="", waiting=None)


def _renew(key: FollowUpKey, version: int, entry: FollowUpEntry | None) -> None:
    """The fields show an entry, whatever was typed."""
    _all_seen()[key] = _Seen(version, entry, _all_seen()[key].turn + 1)


def _choose(found: team.FollowUp, key: FollowUpKey, item: Followed, seen: _Seen) -> None:
    """Two wrote at the same time: both are shown, and one is kept. The other stays in the history."""
    mine, (version, entry) = seen.mine, _in_force(found, key)
    own = found.kept.get(key)
    named = own is not None and own.author != NAMELESS
    author = own.author if own and named else "Quelqu’un"

    def keep_theirs() -> None:
        _renew(key, version, entry)

    def put_mine() -> None:
        assert mine is not None
        _all_seen()[key] = replace(_all_seen()[key], turn=seen.turn + 1)
        _write(key, mine, version)

    rows = [
        (_LABELS[name], _shown(entry)[name] or "–", _shown(mine)[name] or "–")
        for name in _LABELS if (_shown(entry)[name] or "") != (_shown(mine)[name] or "")
    ]  # fmt: skip
    said = "Le serveur a redémarré pendant que vous écriviez." if seen.cut else (
        f"{author} a changé cette saisie pendant que vous écriviez ({moment(own.at)})."
        if own else "Une sauvegarde a été remise en place pendant que vous écriviez."
    )  # fmt: skip
    head = ("Champ", f"En vigueur, de {author}" if named else "En vigueur", "La vôtre")
    table = html.plain_table(f"Les deux saisies de {item.id}, {key.period}", head, rows)
    st.html(
        f'<div class="avis-erreur" role="alert"><p><strong>{html.esc(said)}</strong> '
        f"Choisissez; l’autre reste dans l’historique.</p></div>{table}"
    )
    if seen.problem:
        st.html(f'<p class="refus" role="alert">{html.esc(seen.problem)}</p>')
    with st.container(horizontal=True, key="suivi_conflit"):
        label = html.literal(f"Garder celle de {author}") if named else "Garder celle en vigueur"
        st.button(label, key="suivi_garder", on_click=keep_theirs)
        st.button("Mettre la mienne", key="suivi_mienne", type="primary", on_click=put_mine)


def _fields(ds: Dataset, key: FollowUpKey, item: Followed, reasons: dict[str, str]) -> None:
    keys = _keys(key, _all_seen()[key])

    def show(name: str, make: Callable[..., Any], label: str, *also: str, **arguments: Any) -> None:
        # When the field is left, wherever one goes then: another entry, another page.
        make(label, key=keys[name], on_change=_save, args=(ds, item, key), **arguments)
        text = next((reasons[column] for column in (name, *also) if column in reasons), "")
        if text:
            st.html(f'<p class="refus" role="alert">{html.esc(typographic(text))}</p>')

    with st.container(key="rang_suivi"):
        result, state, day, person = st.columns(4)
    with result:
        # What is counted is named by the indicator, and said again with the number that is typed.
        label = "Résultat (en %)" if item.unit == "%" else "Résultat"
        show("resultat", st.text_input, html.literal(label), "unite", max_chars=40)
    with state:
        show(
            "etat",
            st.selectbox,
            _LABELS["etat"],
            options=list(PROGRESS),
            index=None,
            placeholder="Non saisi",
            format_func=lambda state: state[:1].upper() + state[1:],
        )
    with day:
        show("date", st.text_input, _LABELS["date"], max_chars=20, placeholder=f"ex. {DAY_TYPED}")
    with person:
        show("responsable", st.text_input, _LABELS["responsable"], max_chars=LONGEST_NAME)
    show("note", st.text_area, _LABELS["note"], max_chars=LONGEST_NOTE, height=68)


def _state(found: team.FollowUp, item: Followed, key: FollowUpKey, *, refused: bool) -> str:
    """What is in force, of whom, and what it says against the target of the year."""
    own, (_, entry) = found.kept.get(key), _in_force(found, key)
    parts = [f"{words.result(entry.value if entry else None, item.unit)}"]
    standing = fu.standing(found.ds, key, entry)
    if standing is not None:
        parts.append(f"cible de {key.period}{NBSP}: {typographic(standing.printed)}")
        parts += [words.standing(standing, item.unit)] if standing.result is not None else []
    text = f"Résultat de {item.id}, {key.period}{NBSP}: {'; '.join(parts)}."
    shown = _shown(entry)
    kept = [f"{_LABELS[n]}{NBSP}: {shown[n]}." for n in _LABELS if n != "resultat" and shown[n]]
    spoken.say(" ".join([text, *kept]))
    by = f" {html.esc(words.written('' if own.author == NAMELESS else own.author, own.at))}." if own else ""
    warning = (
        '<p class="non-retenu">Corrigez chaque champ refusé; il n’est pas inscrit d’ici là.</p>' if refused else ""
    )
    return f'<div class="avis"><p><strong>{html.esc(text)}</strong>{by}</p>{warning}</div>'


def _history(key: FollowUpKey, item: Followed, own: shared.Kept) -> None:
    """Every text of the entry, the latest first, each of which can be put back; read when it is opened."""
    opened = st.expander("Historique de cette saisie", key=f"suivi_histoire|{'|'.join(key)}", on_change="rerun")
    if not opened.open:
        return
    read, problem = team.trying(lambda: writings.history(team.store(), shared.TOPIC, shared.subject_of(key)))
    with opened:
        if problem:
            st.html(team.problem_html(problem))
        for written in read or ():
            entry = shared.entry_of(written)
            if entry is None:
                continue
            aside = "" if written.version else " (non retenue)"
            told = f"{moment(written.at)}, {written.author}{aside}{NBSP}: {words.short(entry)}"
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(f"<p>{html.esc(told)}</p>")
                if written.version != own.version and entry != own.entry:
                    label = f"Rétablir *la saisie du {html.literal(moment(written.at))}*"
                    st.button(label, key=f"suivi_retablir|{written.seq}", on_click=put_back, args=(key, entry, own))
        if not own.entry.blank:
            blank = FollowUpEntry(kind=item.kind, id=item.id, period=key.period)
            st.button("Effacer cette saisie", key="suivi_effacer", on_click=put_back, args=(key, blank, own))


def put_back(key: FollowUpKey, entry: FollowUpEntry, own: shared.Kept) -> None:
    """Write a former text, or nothing, over the one in force."""
    _all_seen()[key] = _Seen(own.version, None if own.entry.blank else own.entry, _all_seen()[key].turn + 1)
    _write(key, entry, own.version)

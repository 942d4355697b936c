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
    """What the fields were filled with. version: that of `entry`, None when there was none; mine: what was typed while
    somebody else wrote, until one chooses (cut: or while the server was started again); waiting: what could not be
    written, and why (problem)."""

    version: int
    entry: FollowUpEntry | None
    mine: FollowUpEntry | None = None
    cut: bool = False
    waiting: FollowUpEntry | None = None
    problem: str = ""


def _all_seen() -> dict[FollowUpKey, _Seen]:
    found: dict[FollowUpKey, _Seen] = st.session_state.setdefault(_SEEN, {})
    return found


def _change(key: FollowUpKey, **changes: Any) -> None:
    _all_seen()[key] = replace(_all_seen()[key], **changes)


def split(typed: str, unit: str) -> tuple[str, str]:
    """What is typed as a result, as number and unit: « 20 % », « 1 plan d’action »; the unit may be left out."""
    match = _TYPED.fullmatch(typed)
    if match is None:
        return typed.strip(), unit
    number, own = match[1], (match[2] or unit).strip()
    singular = words.unit_of(Decimal(0), unit)
    return number, unit if fold(own) in {fold(unit), fold(singular), "pour cent" if unit == "%" else ""} else own


def _shown(entry: FollowUpEntry | None) -> dict[str, str]:
    """The fields as an entry fills them."""
    if entry is None:
        return dict.fromkeys(_LABELS, "")
    day = period_words(entry.day.isoformat()).replace(NBSP, " ") if entry.day else ""
    told = (plain(entry.value).replace(".", ","), entry.state or "", day, entry.person, entry.note)
    return dict(zip(_LABELS, told, strict=True))


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
    version, entry = _in_force(found, key)
    if key not in _all_seen():
        mine = _left_open(ds, item, key, entry)
        _all_seen()[key] = _Seen(version, entry, mine=mine, cut=mine is not None)
    reasons: dict[str, str] = {}
    if _all_seen()[key].mine is None:
        typed, reasons = _typed(ds, item, key)
        if not reasons and typed == _all_seen()[key].entry and version != _all_seen()[key].version:
            # Somebody else has written since, and nothing is typed here: the fields show it.
            _renew(key, version, entry)
        wrote = _save(ds, item, key)
        _fill(key)
        found = team.follow_up(ds) if wrote or _all_seen()[key].mine is not None else found
    seen = _all_seen()[key]
    if seen.mine is not None:
        _choose(found, key, item, seen.mine)
        return found
    _fields(ds, key, item, reasons)
    _problem(seen)
    st.html(_state(found, item, key, refused=bool(reasons)))
    if key in found.kept:
        _history(key, found.kept[key])
    return found


# ---- What is typed ---------------------------------------------------------------------------------------------------
def _keys(key: FollowUpKey) -> dict[str, str]:
    return {name: f"suivi_{name}|{'|'.join(key)}" for name in _LABELS}


def _fill(key: FollowUpKey, *, over: bool = False) -> None:
    """Put in the fields what was seen, or what waits; over: in the place of what is typed there."""
    seen, keys = _all_seen()[key], _keys(key)
    for name, text in _shown(seen.waiting or seen.entry).items():
        if over or keys[name] not in st.session_state:
            st.session_state[keys[name]] = text or (None if name == "etat" else "")


def _typed(ds: Dataset, item: Followed, key: FollowUpKey) -> tuple[FollowUpEntry | None, dict[str, str]]:
    """The entry that the fields hold, as `_checked` gives it."""
    seen = _all_seen()[key]
    before = _shown(seen.waiting or seen.entry)
    raw = {name: st.session_state.get(own, before[name]) or "" for name, own in _keys(key).items()}
    return _checked(ds, item, key, raw, _shown(seen.entry))


def _checked(
    ds: Dataset, item: Followed, key: FollowUpKey, raw: dict[str, str], before: dict[str, str]
) -> tuple[FollowUpEntry | None, dict[str, str]]:
    """The entry that these texts make, None when it says nothing, and why a field is refused; one that is, is as it was
    before."""
    result, unit = split(raw["resultat"], item.unit) if raw["resultat"].strip() else ("", "")
    given = {"type": item.kind, "identifiant": item.id, "periode": key.period, "unite": unit, **raw, "resultat": result}
    entry, reasons = checked(given, ds.follow_up.known)
    if "unite" in reasons:
        reasons.setdefault("resultat", reasons.pop("unite"))
    mended = raw | {name: before[name] for name in reasons if name in raw}
    if mended != raw:
        entry, _ = _checked(ds, item, key, mended, before)
    return (None if entry is None or entry.blank else entry), reasons


def _left_open(ds: Dataset, item: Followed, key: FollowUpKey, entry: FollowUpEntry | None) -> FollowUpEntry | None:
    """What a page that was open before this session sends of its fields, where that is not what is in force: the server
    was started again under it. Which of them were typed is not known: whoever is there chooses."""
    texts = sent_texts("suivi_")
    sent = {name: texts[own] for name, own in _keys(key).items() if own in texts}
    if not sent:
        return None
    raw = _shown(entry) | sent
    mine, _ = _checked(ds, item, key, raw | {"etat": raw["etat"].lower()}, _shown(entry))
    return None if mine == entry else mine or shared.blank(key)


def _wait(ds: Dataset, item: Followed, key: FollowUpKey) -> None:
    """The fields while the database cannot be read: what is typed stays in them, and is written once it can."""
    _fill(key)
    # Not disabled: Streamlit forgets what was typed in a field that becomes so.
    _fields(ds, key, item, {})
    if {name: st.session_state[own] or "" for name, own in _keys(key).items()} != _shown(_all_seen()[key].entry):
        st.html(
            '<p class="non-retenu" role="alert">Ce que vous venez d’écrire n’est pas encore inscrit; restez sur cette '
            "saisie et réessayez.</p>"
        )
        st.button("Réessayer", key="suivi_reessayer")


# ---- What is written -------------------------------------------------------------------------------------------------
def _save(ds: Dataset, item: Followed, key: FollowUpKey) -> bool:
    """Write what the fields hold, where it says something else than what was there; True when it is written.

    What somebody else changed meanwhile stays, but for a field that both changed: one then chooses.
    """
    seen, (entry, _) = _all_seen()[key], _typed(ds, item, key)
    if seen.mine is not None:
        return False
    if entry == seen.entry:
        _change(key, waiting=None, problem="")
        return False
    mine, base = entry or shared.blank(key), seen.version
    found = team.follow_up(ds)
    version, theirs = _in_force(found, key)
    if version != seen.version and not found.problem:
        mine, clash = shared.combined(seen.entry, mine, theirs)
        base = base if clash else version
    _write(key, mine, base)
    now = _all_seen()[key]
    if base != seen.version and not now.problem:
        _fill(key, over=True)
    return not now.problem and now.mine is None


def _write(key: FollowUpKey, entry: FollowUpEntry, base: int) -> None:
    """Over the version that was seen: kept at once, refused with its reason, or kept aside when another is in force."""
    made, problem = team.trying(shared.put, team.person(), entry, base)
    if made is None:
        _change(key, problem=problem, waiting=entry)
    elif isinstance(made, Conflict):
        _change(key, mine=entry, cut=False, problem="", waiting=None)
    else:
        now = None if entry.blank else entry
        _change(key, version=made.version or 0, entry=now, mine=None, problem="", waiting=None)


def _renew(key: FollowUpKey, version: int, entry: FollowUpEntry | None) -> None:
    """Fill the fields with what is in force."""
    _all_seen()[key] = _Seen(version, entry)
    _fill(key, over=True)


def _put_back(key: FollowUpKey, entry: FollowUpEntry, own: shared.Kept) -> None:
    """Write a former text, or nothing, over the one in force."""
    _renew(key, own.version, None if own.entry.blank else own.entry)
    _write(key, entry, own.version)
    _fill(key, over=True)


# ---- What is shown ---------------------------------------------------------------------------------------------------
def _problem(seen: _Seen) -> None:
    if seen.problem:
        st.html(f'<p class="refus" role="alert">{html.esc(seen.problem)}</p>')


def _choose(found: team.FollowUp, key: FollowUpKey, item: Followed, mine: FollowUpEntry) -> None:
    """Two wrote at the same time: both are shown, and one is kept. The other stays in the history."""
    seen, (version, entry), own = _all_seen()[key], _in_force(found, key), found.kept.get(key)
    named = own is not None and own.author != NAMELESS
    author = own.author if own and named else "Quelqu’un"

    both = zip(_LABELS.values(), _shown(entry).values(), _shown(mine).values(), strict=True)
    rows = [(label, theirs or "–", ours or "–") for label, theirs, ours in both if theirs != ours]
    said = "Le serveur a redémarré pendant que vous écriviez." if seen.cut else (
        f"{author} a changé cette saisie pendant que vous écriviez ({moment(own.at)})."
        if own else "Une sauvegarde a été remise en place pendant que vous écriviez."
    )  # fmt: skip
    head = ("Champ", f"En vigueur, de {author}" if named else "En vigueur", "La vôtre")
    table = html.plain_table(f"Les deux saisies de {item.id}, {key.period}", head, rows)
    told = f"<strong>{html.esc(said)}</strong> Choisissez; l’autre reste dans l’historique."
    st.html(html.box(told, role="alert", fault=True) + table)
    _problem(seen)
    with st.container(horizontal=True, key="suivi_conflit"):
        label = html.literal(f"Garder celle de {author}") if named else "Garder celle en vigueur"
        st.button(label, key="suivi_garder", on_click=_renew, args=(key, version, entry))
        st.button("Mettre la mienne", key="suivi_mienne", type="primary", on_click=_write, args=(key, mine, version))


def _fields(ds: Dataset, key: FollowUpKey, item: Followed, reasons: dict[str, str]) -> None:
    keys = _keys(key)

    def show(name: str, make: Callable[..., Any], label: str, **arguments: Any) -> None:
        # When the field is left, wherever one goes then: another entry, another page.
        make(label, key=keys[name], on_change=_save, args=(ds, item, key), **arguments)
        if name in reasons:
            st.html(f'<p class="refus" role="alert">{html.esc(typographic(reasons[name]))}</p>')

    with st.container(key="rang_suivi"):
        result, state, day, person = st.columns(4)
    with result:
        # What is counted is named by the indicator, and said again with the number that is typed.
        label = "Résultat (en %)" if item.unit == "%" else "Résultat"
        show("resultat", st.text_input, html.literal(label), max_chars=40)
    with state:
        named: dict[str, Any] = {"placeholder": "Non saisi", "format_func": lambda own: own[:1].upper() + own[1:]}
        show("etat", st.selectbox, _LABELS["etat"], options=list(PROGRESS), index=None, **named)
    with day:
        show("date", st.text_input, _LABELS["date"], max_chars=20, placeholder=f"ex. {DAY_TYPED}")
    with person:
        show("responsable", st.text_input, _LABELS["responsable"], max_chars=LONGEST_NAME)
    show("note", st.text_area, _LABELS["note"], max_chars=LONGEST_NOTE, height=68)


def _state(found: team.FollowUp, item: Followed, key: FollowUpKey, *, refused: bool) -> str:
    """What is in force, of whom, and what it says against the target of the year."""
    own, (_, entry) = found.kept.get(key), _in_force(found, key)
    parts = [words.result(entry.value if entry else None, item.unit)]
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
    return html.box(f"<strong>{html.esc(text)}</strong>{by}", warning)


def _history(key: FollowUpKey, own: shared.Kept) -> None:
    """Every text of the entry, the latest first, each of which can be put back; read when it is opened."""
    opened = st.expander("Historique de cette saisie", key=f"suivi_histoire|{'|'.join(key)}", on_change="rerun")
    if not opened.open:
        return
    read, problem = team.trying(writings.history, shared.TOPIC, shared.subject_of(key))
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
                    st.button(label, key=f"suivi_retablir|{written.seq}", on_click=_put_back, args=(key, entry, own))
        if not own.entry.blank:
            back = (key, shared.blank(key), own)
            st.button("Effacer cette saisie", key="suivi_effacer", on_click=_put_back, args=back)

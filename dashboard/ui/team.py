"""What the team writes, as a session has it: the database, who is there, the shared follow-up, their drafts.

A database that fails says so where it is needed; the statistics are shown all the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import Concatenate, Final, ParamSpec, TypeVar

import streamlit as st
from cachetools import LRUCache

from dashboard.loading.follow_up_file import FOLLOW_UP
from dashboard.model import Dataset
from dashboard.model.follow_up import FollowUpKey
from dashboard.team import database, drafts, people
from dashboard.team import follow_up as shared
from dashboard.team.database import Store
from dashboard.team.faults import StoreError
from dashboard.team.people import Person
from dashboard.ui import cache, sign_in
from dashboard.ui import markup as html
from dashboard.ui.server.pages import BROWSER
from dashboard.ui.server.roots import project_root

_SESSION: Final = "_equipe"
_NAME: Final = "nom"
# Datasets with the shared follow-up over them, for every session: by database and fingerprint of the data.
_lock = Lock()
_shared: LRUCache[tuple[str, str], FollowUp] = LRUCache(4)
# The data of which nobody could read the follow-up, by fingerprint: the last one.
_unread: LRUCache[str, Dataset] = LRUCache(1)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class FollowUp:
    """The shared follow-up at one instant. ds: the data with its entries; problem: why it cannot be read now."""

    ds: Dataset
    read: shared.Shared
    problem: str = ""

    @property
    def kept(self) -> Mapping[FollowUpKey, shared.Kept]:
        """Who wrote what is in force, and when."""
        return self.read.kept


@dataclass
class _Session:
    """drafts: those of the database, read once (None: not yet); unsaved: what it could not take yet (None: to
    remove)."""

    drafts: dict[str, str | None] | None = None
    unsaved: dict[str, str | None] = field(default_factory=dict)


def _session() -> _Session:
    found: _Session = st.session_state.setdefault(_SESSION, _Session())
    return found


def store() -> Store:
    """The database of the settings. Raises StoreError when its address is none."""
    return _store(database.address(project_root()))


@st.cache_resource(show_spinner=False)
def _store(url: str) -> Store:
    found = Store(st.connection("equipe", type="sql", **database.options(url)).engine)
    with suppress(StoreError):
        drafts.forget_old(found)
    return found


def prepare() -> None:
    """Bring the database to its latest schema, before anybody comes; one that fails is tried again when they do."""
    with suppress(StoreError):
        store().prepare()


def person() -> Person:
    """Who is in this session, with the role that config.yaml gives them."""
    return _person(name())


def _person(name: str) -> Person:
    ds = cache.current().dataset
    assert ds is not None, "no page asks who is there before the data are read"
    # The secret of the browser; nothing where there is none, as in the tests of pages without a browser.
    secret = st.context.cookies.get(BROWSER, "")
    return sign_in.person(ds.config, name, secret if isinstance(secret, str) else "")


def name() -> str:
    """The name typed once in this browser; nothing for whoever signs in, whose name comes from elsewhere."""
    return draft(_NAME)


def put_name(typed: str) -> None:
    keep_draft(_NAME, people.clean(typed))


def name_field(*, labelled: bool = False) -> None:
    """Where a name is typed once; nothing for whoever has signed in. labelled: among other fields, that have names."""
    key = "equipe_nom"
    ds = cache.current().dataset
    if ds is None or ds.config.sign_in:
        return
    st.session_state.setdefault(key, name())
    st.text_input(
        "Votre nom", key=key, max_chars=people.LONGEST_NAME, on_change=lambda: put_name(st.session_state[key]),
        placeholder=None if labelled else "Votre nom, pour ce que vous inscrivez", width="stretch" if labelled else 320,
        label_visibility="visible" if labelled else "collapsed",
    )  # fmt: skip


# ---- Drafts ----------------------------------------------------------------------------------------------------------
def owner() -> str:
    """Whose drafts these are; nothing where none can be kept (a browser without cookies)."""
    return _person("").owner


def all_drafts() -> Mapping[str, str]:
    """What this browser had begun, whatever session it was in. What a database that failed could not take is given to
    it again."""
    own = _session()
    if own.drafts is None or own.unsaved:
        with suppress(StoreError):  # it is tried again at the next look
            if own.drafts is None:
                own.drafts = {**drafts.read(store(), owner())}
            for name, content in tuple(own.unsaved.items()):
                drafts.put(store(), owner(), name, content)
                own.drafts[name] = own.unsaved.pop(name)
    known = {**(own.drafts or {}), **own.unsaved}
    return {name: content for name, content in known.items() if content}


def draft(name: str) -> str:
    return all_drafts().get(name, "")


def keep_draft(name: str, content: str | None) -> None:
    """Keep a draft for this browser; None removes it."""
    if (content or None) != all_drafts().get(name):
        _session().unsaved[name] = content or None
        all_drafts()


def is_kept(name: str) -> bool:
    """True when this draft outlives the session."""
    if name in _session().unsaved:
        all_drafts()
    return bool(owner()) and name not in _session().unsaved


# ---- The shared follow-up --------------------------------------------------------------------------------------------
def follow_up(ds: Dataset) -> FollowUp:
    """The shared follow-up as it is now: what another has written is there at the next interaction."""
    try:
        own = store()
        key = (own.place, ds.fingerprint)
        with _lock:
            found = _shared.get(key)
        read = shared.read(own, found.read if found else None)
        if found is None or read is not found.read:
            found = _over(ds, own, read)
            with _lock:
                _shared[key] = found
        return found
    except StoreError as error:
        return _before(ds, str(error))


def _before(ds: Dataset, problem: str) -> FollowUp:
    """What this server read last; or else the data as the files have them, where nothing is said of what is missing."""
    with suppress(StoreError):
        own = store()
        with _lock:
            known = _shared.get((own.place, ds.fingerprint))
        if known is not None:
            return dataclasses.replace(known, problem=f"{problem} Ce qui est affiché a été lu avant.")
    with _lock:
        if ds.fingerprint not in _unread:
            over = dataclasses.replace(ds.follow_up, unread=True)
            _unread[ds.fingerprint] = dataclasses.replace(ds, follow_up=over)
        return FollowUp(_unread[ds.fingerprint], shared.Shared(), problem)


def _over(ds: Dataset, own: Store, read: shared.Shared) -> FollowUp:
    published = cache.current().dataset
    # Never the entries of a preview, which nobody has published.
    if published is not None and shared.take_over(own, published.follow_up.entries, FOLLOW_UP):
        read = shared.read(own, read)
    # Not the entries on something that the files no longer have.
    known = {FollowUpKey(item.kind, item.id, period) for item in ds.follow_up.known.values() for period in item.periods}
    entries = {key: entry for key, entry in shared.entries(read.kept).items() if key in known}
    over = dataclasses.replace(ds.follow_up, entries=entries, problems=())
    return FollowUp(dataclasses.replace(ds, follow_up=over), read)


# ---- Writing ---------------------------------------------------------------------------------------------------------
def trying(call: Callable[Concatenate[Store, P], T], *given: P.args, **named: P.kwargs) -> tuple[T | None, str]:
    """What the database gives of what is asked of it, or why it gives nothing, in French: whoever may not, a database
    that fails."""
    try:
        return call(store(), *given, **named), ""
    except (StoreError, people.ForbiddenError) as error:
        return None, str(error)


def problem_html(problem: str) -> str:
    """What a page says of a database that fails; nothing otherwise."""
    if not problem:
        return ""
    told = (
        f"<strong>Ce que l’équipe écrit est indisponible.</strong> Les chiffres n’en dépendent pas. {html.esc(problem)}"
    )
    return html.box(told, role="status", fault=True)

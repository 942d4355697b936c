"""Publishing and undoing from a session: the one module of what is shown that may have the data written.

It is done in a thread of its own: a click, a reload or a closed window stops the script of a page anywhere, and never a
publication. One at a time in a process; the lock of dashboard/publishing keeps the other processes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from dashboard.model import DataError
from dashboard.publishing import publish as pure
from dashboard.publishing.publish import LONGEST_SUMMARY as LONGEST_SUMMARY
from dashboard.publishing.publish import Publication as Publication
from dashboard.publishing.publish import to_undo as to_undo
from dashboard.team.people import ForbiddenError
from dashboard.ui import cache, preview, team
from dashboard.ui.server.roots import project_root

_WATCHED: Final = "_publication"
_LOOK: Final = 0.1
_STOPPING: Final = 10
_worker = ThreadPoolExecutor(1, "publication")


@dataclass
class Job:
    """A publication, or an undoing. told: somebody has seen what came of it."""

    undoing: bool
    told: bool = False
    steps: list[str] = field(default_factory=list)
    done: Future[Publication] = field(default_factory=Future)

    def begun(self) -> Iterator[str]:
        """Each step when it begins, until the end."""
        shown = 0
        while True:
            ended = wait([self.done], _LOOK).done
            yield from self.steps[shown:]
            shown = len(self.steps)
            if ended:
                return

    def failure(self) -> Exception | None:
        """Why nothing was written; a fault of ours is raised."""
        error = self.done.exception()
        if error is None or isinstance(error, pure.PublishError | DataError | ForbiddenError):
            return error
        raise error


@dataclass
class Watched:
    """What a session sees done. given: the workbook that was taken from it; ended: its page is on what came of it."""

    job: Job
    given: preview.Loaded | None = None
    ended: bool = False


_latest: list[Job] = []


def latest() -> list[tuple[Publication, bool]]:
    """Every publication and undoing, the oldest first, and whether it is undone."""
    return pure.journal_of(project_root())


def publish(summary: str) -> None:
    """Publish the workbook of this session. A second click finds none: it is taken at the first."""
    found = preview.loaded()
    if found is None:
        return
    root, who, incoming = project_root(), team.person(), found.incoming
    preview.forget()
    _start(Job(undoing=False), found, lambda step: pure.publish(root, incoming, who, summary, step)[0])


def undo(number: int) -> None:
    """Undo the publication of this number, the latest. A second click finds the first one going on."""
    seen: Watched | None = st.session_state.get(_WATCHED)
    if seen is not None and not seen.ended:
        return
    root, who = project_root(), team.person()
    _start(Job(undoing=True), None, lambda step: pure.undo(root, who, number, step))


def _start(job: Job, given: preview.Loaded | None, write: Callable[[pure.Step], Publication]) -> None:
    job.done = _worker.submit(write, job.steps.append)
    _latest[:] = [job]
    st.session_state[_WATCHED] = Watched(job, given)


def finish() -> None:
    """Let what has begun end before the server does, for as long as systemd waits for it."""
    wait([job.done for job in _latest], timeout=_STOPPING)


def watched() -> Watched | None:
    """What this session has asked for; otherwise what another has, and nobody has seen the end of: after a reload, the
    session is another one."""
    found: Watched | None = st.session_state.get(_WATCHED)
    if found is None and _latest and not _latest[0].told:
        found = st.session_state[_WATCHED] = Watched(_latest[0])
    return found


def end(seen: Watched) -> None:
    """The next page is on the data of now; the workbook is back in the session when nothing was published."""
    seen.ended = seen.job.told = True
    if seen.job.failure() is None:
        cache.current(pause=0.0)
    elif seen.given is not None and preview.loaded() is None:
        preview.keep(seen.given)


def dismiss() -> None:
    """What is said of the last publication is over."""
    st.session_state.pop(_WATCHED, None)

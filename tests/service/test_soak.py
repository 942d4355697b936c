"""``make soak`` for a moment: it runs, nothing is lost, and an evident leak would be seen.

Some seconds say nothing of a slow leak: memory still settles. What is shown here is that the soak measures the server
(interactions counted, memory read, sessions renewed) and that a leak of 2 MB at each interaction, about the whole
data, is told from the normal growth. The hour itself is ``make soak``.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from bench import load, servers, soak
from bench.protocol import Session

SESSIONS = 4
# Megabytes that the second half may gain. A busy machine has time for ten interactions: at 2 MB each, five are 10.
NOISE = 5.0
LEAKING = """
import streamlit as st

@st.cache_resource
def kept():
    return []

measure = st.segmented_control("Mesure", ["Nombre", "Taux"])
year = st.selectbox("Année", ["2015", "2016"])
kept().append(bytearray(2_000_000))
"""


def grown(verdict: soak.Verdict) -> float:
    assert verdict.memory_end is not None
    assert verdict.memory_middle is not None
    return verdict.memory_end - verdict.memory_middle


async def first_question(url: str) -> None:
    async with Session(url, query="question=admissions+bsl+2019") as session:
        assert (await session.first_run()).faults == ()


def test_dashboard_stays_flat_for_a_moment(service: servers.Server) -> None:
    # What the first visits and the first question load is not a leak: what is prepared beside them is then there.
    asyncio.run(first_question(service.url))
    asyncio.run(soak.soak(service, SESSIONS, 2, renew=1, every=0.5))
    verdict = asyncio.run(soak.soak(service, SESSIONS, 5, renew=2, every=0.33))
    assert (verdict.lost, verdict.errors) == (0, 0)
    assert verdict.interactions >= SESSIONS
    assert grown(verdict) < NOISE


def test_a_page_that_keeps_memory_is_told(tmp_path: Path) -> None:
    script = tmp_path / "fuite.py"
    script.write_text(LEAKING, encoding="utf-8")
    server = servers.start(script, tmp_path)
    try:
        verdict = asyncio.run(soak.soak(server, SESSIONS, 6, renew=60, every=0.25, steps=load.choose_measure))
    finally:
        server.stop()
    assert grown(verdict) > NOISE
    assert not verdict.flat()

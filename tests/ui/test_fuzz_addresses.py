"""Every address, however spoiled: read without failing, refused in French, and rewritten as one that is accepted.

A short run by default; ``FUZZ_EXAMPLES=10000`` (« make fuzz ») is the long one. Streamlit's address and session are
stood for by two mappings: what is tried is what our code reads from them and writes to them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

import pytest
import streamlit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.ui import address, selection
from dashboard.ui.presentation import state as presentation
from dashboard.ui.server import addresses
from dashboard.ui.server.pages import PageAddress
from dashboard.ui.simulator import state as simulator
from dashboard.wording import query
from dashboard.wording.addresses import FIXED
from tests import hostile
from tests.french_text import english_words

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=5000,
    derandomize=EXAMPLES <= 1000,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
WORDS = """
taux part nombre 2017 2019 2410 2423 2401 01 11 QC DRCNEQ indice tuiles tableau 01,03 QC,2410,2420 , francais
admissions repartir permis quebec poids egal parts 50 12,5 2410-2.5_2412-1 2411-2 2410.2412 2015.2019 2015-2019
regionale commune 2.1 entreprises franc* -1 1000000 999999999999
"""
VALUES = [*WORDS.split(), "", "60 %", "01," * 40]
FIELDS = """
territoire territoires annees nombre methode poids planchers admissions reference part ans taux etudes ptet pmi
modele periode territoire_b nombre_b taux_b
"""
NAMES = [
    # The version of the data stays in the address, as its notice must after a reload.
    *(name for key, name in vars(query).items() if key.isupper() and key != "DATA_VERSION"),
    "embed",
    "embed_options",
    *simulator._NAMES,
]
PARAMS = st.dictionaries(
    st.one_of(st.sampled_from(NAMES), st.text(max_size=12)), hostile.spoiled_text(VALUES), max_size=8
)
SIMULATED = st.fixed_dictionaries(
    {"scenario": st.sampled_from(list(SIMULATIONS))},
    optional={name: hostile.spoiled_text(VALUES) for name in FIELDS.split()},
)


class Params(dict[str, str]):
    """What st.query_params offers to our code."""

    def get_all(self, name: str) -> list[str]:
        return [self[name]] if name in self else []

    def from_dict(self, values: Mapping[str, Any]) -> None:
        self.clear()
        self.update({k: v[-1] if isinstance(v, list) else v for k, v in values.items() if v != []})


PAGES = ("", "capitale-nationale", "comparer", "indicateurs", "plan-d-action", "presentation", "simulateur")


def _visit(ds: Dataset, slug: str, params: Params, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(streamlit, "query_params", params)
    selection.begin(ds, slug)
    own = {"simulateur": simulator.load, "presentation": presentation.read_address}.get(slug, lambda _: [])
    notices = [*selection.notices(), *own(ds)]
    address.settle()
    return notices


@pytest.mark.parametrize("slug", PAGES)
def test_an_address_is_read_and_rewritten(
    ds: Dataset, slug: str, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    session: dict[str, Any] = {}
    monkeypatch.setattr(streamlit, "session_state", session)
    tried = 0
    asked = st.one_of(PARAMS, SIMULATED) if slug == "simulateur" else PARAMS

    @FUZZ
    @given(steps=st.lists(asked, min_size=1, max_size=3))
    def attack(steps: list[dict[str, str]]) -> None:
        nonlocal tried
        session.clear()
        for given_params in steps:
            tried += 1
            params = Params(given_params)
            for notice in _visit(ds, slug, params, monkeypatch):
                assert english_words(re.sub("«\u00a0.*?\u00a0»", "", notice, flags=re.DOTALL)) == [], notice
                assert notice.replace("\u00a0", " ").isprintable(), notice
                assert len(notice) < 300
            # What stands in the address afterwards, as a link sent to someone else, is accepted without a word.
            session.clear()
            assert _visit(ds, slug, params, monkeypatch) == [], dict(params)

    attack()
    assert tried >= EXAMPLES
    record_property("entrées", tried)
    if EXAMPLES > 1000:
        print(f"\nadresse {slug or '(accueil)'}: {tried} entrées")


@FUZZ
@given(
    path=st.one_of(
        hostile.spoiled_text(
            ["/", "/cibles", "/cibles/", "/a/b/c", "/_stcore/health", "/app/geo/x.json", "/cibles%2F..%2Fx"]
        ),
        st.text(max_size=200),
    ),
    base=st.sampled_from(["", "tableaux", "tableaux/region", "/a/"]),
)
def test_a_path_is_read_by_the_server(path: str, base: str) -> None:
    raw = quote(path, safe="/%").encode()
    scope = {
        "type": "http",
        "path": "/" + unquote(path, errors="replace").lstrip("/"),
        "raw_path": raw,
        "root_path": "",
    }
    local = addresses.local_path(scope, base)
    shown = addresses.clean_slug(path)
    assert len(shown) <= addresses.SLUG_LIMIT
    assert not re.search(r"[<>\"&\n\r\x00]", shown)
    if local is None:
        return
    target = addresses.redirect_target(scope, local)
    # Relative, never to another host, and nothing that could end a header.
    assert re.fullmatch(r"(\./|(\.\./)+)\?introuvable=[\w%.~-]+", target, re.ASCII), target
    assert isinstance(addresses.is_page(local, set(FIXED)), bool)
    assert isinstance(addresses.wants_page(local, {}), bool)
    re.fullmatch(PageAddress.regex, local[1:])

"""The one cache: the dataset, read again when a file changes."""

from __future__ import annotations

import streamlit as st

from dashboard.contract.door import load_dataset
from dashboard.loading.fingerprint import fingerprint
from dashboard.model import DataError, Dataset
from dashboard.ui.server import project_root


# Two entries: the sessions that end a page on the former files must not make the new ones be read twice.
@st.cache_resource(max_entries=2, show_spinner=False)
def _load(root: str, mark: str) -> Dataset | DataError:
    try:
        return load_dataset(project_root())
    except DataError as error:
        return error


def dataset() -> Dataset:
    """The current dataset. Raises DataError when the shared files cannot be used."""
    root = project_root()
    found = _load(str(root), fingerprint(root))
    if isinstance(found, DataError):
        raise found
    return found

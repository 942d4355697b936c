"""The workbook of all the data: which sheet is which file, how its columns are read. For its writer and its reader."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dashboard.loading.csv_files import columns_of
from dashboard.loading.draft import MEMBERSHIPS
from dashboard.loading.files import DATA
from dashboard.model.memberships import Membership

README: Final = "LISEZMOI"
CODES: Final = "Codes"
# Written for the reader, never read back.
IGNORED_SHEETS: Final = frozenset({README, CODES})
# First column of every table: names in full beside the codes.
HELP_COLUMN: Final = "repère (non lu)"
# The one column of a sheet that holds the lines of a YAML file.
TEXT_COLUMN: Final = "texte (une ligne du fichier par ligne)"
# Cell of the README that holds the version of the data that the workbook was made from, and what stands before it.
VERSION_LABEL: Final = "Version des données"
KEY_COLUMNS: Final = ("territory_code", "indicator", "category", "period")
WHOLE_COLUMNS: Final = frozenset({"value"})
DECIMAL_COLUMNS: Final = frozenset({"printed_pct", "resultat"})
DATE_COLUMNS: Final = frozenset({"date", "start", "end", "member_from", "member_to"})
# Files that may be absent, and their columns: their sheet is always offered, and without any row there is no file.
OPTIONAL: Final = {MEMBERSHIPS: tuple(columns_of(Membership))}
_LONGEST_NAME: Final = 31


def data_files(folder: Path) -> list[str]:
    """Names of the files of a data folder that have a sheet, as « data/x.csv »: tables first, then texts.

    The optional ones are named even when they are absent.
    """
    found: list[str] = []
    for pattern in ("*.csv", "*.yaml", "regions/*.yaml"):
        here = {f"{DATA}/{path.relative_to(folder).as_posix()}" for path in folder.glob(pattern) if path.is_file()}
        found += sorted(here | (OPTIONAL.keys() if pattern == "*.csv" else set()))
    return found


def sheet_names(files: list[str]) -> dict[str, str]:
    """Sheet of each file: « admissions_by_mrc », « regions-01 ». Names are those that Excel allows, each one once."""
    found: dict[str, str] = {}
    taken = {name.lower() for name in IGNORED_SHEETS}
    for file in files:
        stem = file.removeprefix(f"{DATA}/").rpartition(".")[0].replace("/", "-")
        name = stem[:_LONGEST_NAME]
        rank = 2
        while name.lower() in taken:
            name = f"{stem[: _LONGEST_NAME - 3]}-{rank}"
            rank += 1
        taken.add(name.lower())
        found[file] = name
    return found

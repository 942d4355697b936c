"""Read the text of one file, or say in French why it cannot be read."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.model.problems import Problem

MAX_BYTES = 20_000_000
# Far above the whole of Québec for twenty years; what is longer is refused before it is read row by row.
MAX_LINES = {".csv": 50_000, ".yaml": 20_000, ".txt": 50_000}
_ENDINGS = {".csv": "« CSV UTF-8 »", ".yaml": "UTF-8"}

DATA = "data"
# Within data/: the whole text of the documents, that no sending changes.
SOURCE_TEXTS = "source"
# Where the previous states of data/ are kept (dashboard/publishing), and the one being replaced at this very moment.
HISTORY = "historique"
SET_ASIDE = f"{HISTORY}/en-cours/avant"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is not on the disk: its bytes, and for a sheet of a workbook its rows with their numbers there.

    gone: an optional file that is taken away; it has no bytes.
    """

    raw: bytes
    records: tuple[tuple[int, tuple[str, ...]], ...] | None = None
    suffix: str = ".csv"
    gone: bool = False

    def exists(self) -> bool:
        return not self.gone


@dataclass(frozen=True, slots=True)
class Tree:
    """The files below a root, some of them replaced by new ones held in memory: `tree / "data/x.csv"` is one of them.

    data: the folder that stands for data/, when it is not the one below the root.
    """

    root: Path
    new: Mapping[str, NewFile] = field(default_factory=dict)
    data: Path | None = None

    def __truediv__(self, name: str) -> Path | NewFile:
        if name in self.new:
            return self.new[name]
        folder, _, rest = name.partition("/")
        return self.data_folder() / rest if folder == DATA and rest else self.root / name

    def data_folder(self) -> Path:
        """data/, or the former data/ when a publication was cut between its two renames (see publishing.journal)."""
        if self.data is not None:
            return self.data
        live, aside = self.root / DATA, self.root / SET_ASIDE
        return aside if not live.exists() and aside.is_dir() else live


def tree_of(root: Path | Tree) -> Tree:
    return root if isinstance(root, Tree) else Tree(root)


def read_text(path: Path | NewFile, name: str) -> str | Problem:
    """The text of a UTF-8 file (with or without BOM), or the Problem that prevents reading it."""
    if isinstance(path, NewFile):
        return text_of(path.raw, name, path.suffix)
    try:
        state = path.stat()
        for refused, message, remedy in (
            (stat.S_ISDIR(state.st_mode), "un dossier porte le nom du fichier.", "le renommer et remettre le fichier."),
            (not stat.S_ISREG(state.st_mode), "ce n’est pas un fichier ordinaire.", "remettre un fichier ordinaire."),
            (state.st_size > MAX_BYTES, "le fichier dépasse 20 Mo.", "vérifier que c’est le bon fichier."),
        ):
            if refused:
                return Problem(name, message, remedy, shared=True)
        return text_of(path.read_bytes(), name, path.suffix)
    except FileNotFoundError:
        return Problem(name, "le fichier manque.", "le remettre à cet endroit, avec ce nom.", shared=True)
    except OSError:
        return Problem(name, "le fichier ne peut pas être lu.", "vérifier les droits d’accès.", shared=True)


def text_of(raw: bytes, name: str, suffix: str = ".csv") -> str | Problem:
    """The text of UTF-8 bytes, or the Problem that prevents reading them."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "le fichier n’est pas en UTF-8 : les accents ne se lisent pas."
        remedy = f"l’enregistrer en {_ENDINGS.get(suffix, 'UTF-8')}."
        return Problem(name, message, remedy, _line(raw, error.start), shared=True)
    most = MAX_LINES.get(suffix.lower())
    if most is not None and raw.count(b"\n") + raw.count(b"\r") > 2 * most:
        message = f"le fichier a plus de {most} lignes; il n’est pas lu."
        remedy = "vérifier que c’est le bon fichier, et retirer ce qui y est répété."
        return Problem(name, message, remedy, shared=True)
    if "\0" in text:
        message = "le fichier contient un caractère nul, illisible."
        remedy = "retaper cette ligne, ou remettre le fichier d’origine."
        return Problem(name, message, remedy, _line(raw, raw.index(b"\0")), shared=True)
    return text


def _line(raw: bytes, position: int) -> int:
    before = raw[:position]
    return max(before.count(b"\n"), before.count(b"\r")) + 1

"""A workbook or a folder that somebody sends: what it would make of data/, judged as the files themselves are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dashboard.contract.door import load_dataset
from dashboard.loading.csv_files import in_commas
from dashboard.loading.files import DATA, SOURCE_TEXTS, NewFile, Tree, text_of
from dashboard.loading.fingerprint import data_version
from dashboard.loading.follow_up_file import FOLLOW_UP
from dashboard.loading.workbook import Sent, read_workbook
from dashboard.loading.workbook_layout import data_files
from dashboard.loading.workbook_parts import too_big
from dashboard.model import DataError, Dataset, Problem
from dashboard.model.problems import shortened
from dashboard.model.rows import DECIMALS
from dashboard.publishing.places import digest
from dashboard.wording.numbers import NBSP

_FOLDER_MOST = 200
# Told each step when it begins, in French.
Step = Callable[[str], None]


def silent(_step: str) -> None:
    """Where nobody watches."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What was sent. dataset: what every page would show; None when there is a problem.

    files: the files that differ from those of data/, whole. notes: what is said without refusing anything.
    base: digest of the data/ that it was read beside.
    """

    name: str
    files: dict[str, NewFile]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    dataset: Dataset | None
    base: str = ""


def receive(root: Path, path: Path, step: Step = silent) -> Incoming:
    """The workbook or the folder of CSV at `path`, compared to data/ below `root`. Never raises for bad content."""
    if path.is_dir():
        step("Lecture du dossier")
        # Taken before anything is read: data that change meanwhile are then not these.
        tree, base = Tree(root), digest(root / DATA)
        return _judged(tree, path.name, _read_folder(path, tree), base, step)
    try:
        refused = too_big(path.name, path.stat().st_size) if path.is_file() else _not_a_file(path)
        raw = b"" if refused else path.read_bytes()
    except OSError:
        refused = Problem(
            path.name, "le fichier ne peut pas être lu.", "vérifier son nom, sa place et les droits d’accès."
        )
    if refused is not None:
        return Incoming(path.name, {}, (refused,), (), None)
    return receive_bytes(root, raw, path.name, step)


def receive_bytes(root: Path, raw: bytes, name: str, step: Step = silent) -> Incoming:
    """The workbook that these bytes are. Nothing is written anywhere."""
    step("Lecture du classeur")
    tree, base = Tree(root), digest(root / DATA)
    return _judged(tree, name, read_workbook(raw, name, tree), base, step)


def _not_a_file(path: Path) -> Problem:
    if not path.exists():
        return Problem(path.name, "ce fichier n’existe pas.", "vérifier son nom et le dossier où il est.")
    return Problem(path.name, "ce n’est pas un fichier ordinaire.", "donner un classeur .xlsx, ou un dossier de CSV.")


def _read_folder(folder: Path, tree: Tree) -> Sent:
    """Files of a folder that bear the names of data/; a file that is not there stays as it is."""
    sent = Sent()
    known = {name.removeprefix(f"{DATA}/") for name in data_files(tree.data_folder())}
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    if len(found) > _FOLDER_MOST:
        message = f"ce dossier contient plus de {_FOLDER_MOST} fichiers."
        sent.problems.append(Problem(folder.name, message, "donner le dossier qui contient les CSV, et eux seuls."))
    elif not known & found.keys():
        message = "ce dossier ne contient aucun des fichiers de données."
        remedy = "y mettre des fichiers qui portent les noms de ceux de data/."
        sent.problems.append(Problem(folder.name, message, remedy))
    if sent.problems:
        return sent
    for name, path in found.items():
        if path.name.startswith((".", "~$")):
            continue
        kept = tree.data_folder() / name
        if name.startswith(f"{SOURCE_TEXTS}/"):
            if not kept.is_file() or kept.read_bytes() != path.read_bytes():
                message = "le texte d’un document source ne change jamais par un envoi."
                remedy = "le retirer du dossier; une nouvelle édition s’ajoute à la main (docs/donnees.md)."
                sent.problems.append(Problem(shortened(name), message, remedy))
        elif name not in known:
            message = "ce fichier n’est pas un fichier de données connu."
            sent.problems.append(Problem(shortened(name), message, "le retirer du dossier, ou corriger son nom."))
        elif refused := too_big(name, path.stat().st_size):
            sent.problems.append(refused)
        else:
            raw, current = _in_commas(name, path.read_bytes(), sent), tree / f"{DATA}/{name}"
            if not isinstance(current, NewFile) and (not current.exists() or raw != current.read_bytes()):
                sent.files[f"{DATA}/{name}"] = NewFile(raw, suffix=path.suffix)
    return sent


def _in_commas(name: str, raw: bytes, sent: Sent) -> bytes:
    """The bytes of a file as data/ writes them, whatever the sign that a spreadsheet puts between the columns."""
    text = text_of(raw, name) if name.endswith(".csv") else None
    if not isinstance(text, str):
        return raw
    text, note = in_commas(text, DECIMALS)
    if not note:
        return raw
    sent.notes.append(f"{name}{NBSP}: {note}")
    return text.encode()


def _judged(tree: Tree, name: str, sent: Sent, base: str, step: Step) -> Incoming:
    """Read by the one door, on the files in memory: whatever refuses data/ refuses them."""
    if sent.problems:
        return Incoming(name, {}, tuple(sent.problems), tuple(sent.notes), None)
    step("Vérification de chaque ligne")
    dataset: Dataset | None = None
    problems: tuple[Problem, ...]
    try:
        dataset = load_dataset(Tree(tree.root, sent.files))
        problems = dataset.problems
    except DataError as error:
        problems = error.problems
    placed = tuple(sent.placed(problem) for problem in problems)
    notes = list(sent.notes)
    if sent.version and sent.version != data_version(tree.root):
        notes.append(
            "Ce classeur a été produit à partir d’une autre version des données : ce qui a été publié depuis serait "
            "remplacé par ce qu’il contient. Relire chaque différence."
        )
    if FOLLOW_UP in sent.files:
        notes.append(
            "Le suivi du plan se saisit dans la page « Suivi » : data/suivi.csv n’est repris qu’une fois, et ce qu’un "
            "envoi y change ensuite n’est pas montré."
        )
    return Incoming(name, sent.files, placed, tuple(notes), None if placed else dataset, base)

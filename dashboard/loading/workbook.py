"""Read the workbook of all the data: every file it holds, as data/ would hold it, or every fault by sheet and cell."""

from __future__ import annotations

import csv
import difflib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.loading.csv_files import header_problems
from dashboard.loading.files import NewFile, Tree
from dashboard.loading.workbook_cells import Cell, RefusedError, text_of
from dashboard.loading.workbook_guard import OutsizedError, SpoiledError, opened
from dashboard.loading.workbook_layout import (
    HELP_COLUMN,
    IGNORED_SHEETS,
    KEY_COLUMNS,
    OPTIONAL,
    README,
    TEXT_COLUMN,
    VERSION_LABEL,
    data_files,
    sheet_names,
)
from dashboard.loading.workbook_parts import (
    LIMITS,
    MAX_COLUMNS,
    MAX_ROWS,
    Structure,
    not_a_workbook,
    structure,
    unreadable,
)
from dashboard.model.problems import Problem, shortened
from dashboard.wording.numbers import number

_MOST = 200
_MOST_TEXT = 2_000_000
# What a row prepared for the next year has empty until somebody fills it in.
_TO_FILL = ("value", "printed_pct", "status", "source", "quote")
_Row = tuple[int, list[Cell]]
_NOTHING = Cell(None, "n", "")


@dataclass
class Sent:
    """What a workbook or a folder gave. With a problem, none of it is to be used.

    files: each file as data/ would hold it, only those that differ. version: that of the data it was made from.
    """

    files: dict[str, NewFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    version: str = ""
    # How some of the files were read, when that is unusual.
    notes: list[str] = field(default_factory=list)
    # Sheet of each file, and the letter of each of its columns.
    sheets: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)

    def placed(self, problem: Problem) -> Problem:
        """The problem of a file, told by sheet and cell when the file came in a workbook."""
        sheet = self.sheets.get(problem.file)
        message = re.sub(
            r"(data/[\w/]+\.(?:csv|yaml)), ligne (\d+)",
            lambda m: f"feuille « {self.sheets[m[1]]} », ligne {m[2]}" if m[1] in self.sheets else m[0],
            problem.message,
        )
        if sheet is None:
            return replace(problem, message=message)
        columns, others, cell = self.columns.get(problem.file), problem.other_lines, None
        if problem.line is not None and columns is None:
            # A YAML file has its lines under the title of its one column.
            cell, others = f"A{problem.line + 1}", tuple(line + 1 for line in others)
        elif problem.line is not None and columns is not None:
            letter = columns.get(problem.column or "")
            cell = f"{letter}{problem.line}" if letter else None
        return replace(problem, file=f"feuille « {sheet} »", message=message, cell=cell, other_lines=others)


def read_workbook(raw: bytes, name: str, tree: Tree) -> Sent:
    """The files that a workbook holds, compared to those of `tree`; bounded in time and memory. Never raises."""
    refused = not_a_workbook(raw, name)
    if refused is not None:
        return Sent(problems=[refused])
    sent = Sent()
    try:
        with opened(raw, LIMITS) as (workbook, parts):
            _read_sheets(workbook, parts, name, tree, sent)
    except (OutsizedError, SpoiledError):
        return Sent(problems=[unreadable(name)])
    return sent


def _read_sheets(workbook: Any, parts: zipfile.ZipFile, name: str, tree: Tree, sent: Sent) -> None:
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    expected = sheet_names(data_files(tree.data_folder()))
    # A workbook made before an optional file existed has no sheet for it: it says nothing of that file.
    expected = {
        file: title
        for file, title in expected.items()
        if title in sheets or file not in OPTIONAL or (tree / file).exists()
    }
    sent.problems += _wrong_sheets(name, list(workbook.sheetnames), list(expected.values()))
    if sent.problems:
        return
    sent.sheets = dict(expected)
    sent.version = _version(sheets.get(README))
    for file, title in expected.items():
        sheet = sheets[title]
        place = f"feuille « {title} »"
        found = structure(parts, sheet._worksheet_path)
        faults = list(_structure_faults(place, sheet, found))
        if faults:
            sent.problems += faults
            continue
        rows = list(_rows(sheet))
        if file.endswith(".csv"):
            read = _table(file, place, rows, found, tree, sent)
        else:
            read = _text(file, place, rows, found, tree, sent)
        if read is not None and (read.raw != _bytes(tree, file) or (read.gone and (tree / file).exists())):
            sent.files[file] = read


def _wrong_sheets(name: str, found: list[str], expected: list[str]) -> Iterator[Problem]:
    missing = [title for title in expected if title not in found]
    extra = [title for title in found if title not in expected and title not in IGNORED_SHEETS]
    if len(missing) == len(expected):
        message = "ce classeur n’a aucune des feuilles attendues."
        remedy = "partir du classeur que produit « python -m dashboard workbook »."
        yield Problem(name, message, remedy)
        return
    for title in missing:
        near = difflib.get_close_matches(title, extra, 1, 0.6)
        remedy = "la remettre, ou repartir d’un classeur neuf (python -m dashboard workbook)."
        if near:
            remedy = f"rendre son nom à la feuille « {shortened(near[0])} », si c’est elle."
        yield Problem(name, f"la feuille « {title} » manque.", remedy)
    for title in extra[:_MOST]:
        yield Problem(
            name, f"la feuille « {shortened(title)} » n’est pas prévue.", "la retirer, ou lui rendre son nom d’origine."
        )


def _structure_faults(place: str, sheet: Any, found: Structure) -> Iterator[Problem]:
    if getattr(sheet, "sheet_state", "visible") != "visible":
        yield Problem(
            place, "cette feuille est masquée.", "l’afficher (clic droit sur un onglet, Afficher), et la relire."
        )
    if found.too_long:
        message = f"cette feuille a plus de {number(MAX_ROWS)} lignes."
        yield Problem(place, message, "retirer les lignes en trop.")
    if found.too_far:
        message = f"une cellule est remplie très à droite du tableau, après la {number(MAX_COLUMNS)}e colonne."
        yield Problem(place, message, "effacer les colonnes en trop.", cell=found.too_far)
    for cells in found.merged[:_MOST]:
        message = f"les cellules {shortened(cells)} sont fusionnées : on ne sait pas à quelle ligne va la valeur."
        yield Problem(place, message, "annuler la fusion et remplir chaque cellule.", cell=cells.partition(":")[0])


def _rows(sheet: Any) -> Iterator[_Row]:
    sheet.reset_dimensions()  # what the file declares of its own size may be wrong
    for line, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=20 * MAX_ROWS), 1):
        last = max((n for n, cell in enumerate(row, 1) if cell.value not in (None, "")), default=0)
        if last:
            yield line, [_cell(cell) for cell in row[:last]]


def _cell(cell: Any) -> Cell:
    if cell.value is None:
        return _NOTHING
    return Cell(cell.value, str(cell.data_type or "n"), str(cell.number_format or ""))


def _hidden(place: str, rows: list[_Row], found: Structure, letters: Mapping[str, str]) -> Iterator[Problem]:
    hidden = [line for line, _ in rows if line in found.hidden_rows]
    if hidden:
        first, others = hidden[0], tuple(hidden[1:_MOST])
        message = "cette ligne est masquée : elle serait publiée sans avoir été vue."
        remedy = "effacer le filtre, ou afficher les lignes masquées, et les relire."
        yield Problem(place, message, remedy, first, other_lines=others)
    for column, letter in letters.items():
        if any(_letter(n) == letter for n in found.hidden_columns):
            message = "cette colonne est masquée : elle serait publiée sans avoir été vue."
            yield Problem(place, message, "l’afficher et la relire.", 1, column, cell=f"{letter}1")


def _table(file: str, place: str, rows: list[_Row], found: Structure, tree: Tree, sent: Sent) -> NewFile | None:
    """The rows of a sheet as those of a CSV file, each with its number in the sheet."""
    optional = OPTIONAL.get(file)
    if optional and not rows:
        return _absent()
    current = _current_records(tree, file)
    titles = [str(cell.value or "").strip() for cell in rows[0][1]] if rows else []
    widest = max((len(cells) for _, cells in rows), default=0)
    titles += [""] * (widest - len(titles))
    kept = [n for n, title in enumerate(titles) if title != HELP_COLUMN and (title or _holds(rows, n))]
    letters = {titles[n]: _letter(n + 1) for n in reversed(kept)}
    problems = []
    for n in kept:
        if not titles[n]:
            cell = f"{_letter(n + 1)}{_holds(rows, n)}"
            message = "cette cellule est remplie sous une colonne sans nom."
            problems.append(Problem(place, message, "l’effacer, ou la mettre dans la bonne colonne.", cell=cell))
    if rows and not problems:
        for problem in header_problems(place, [titles[n] for n in kept], current[0] if current else optional or ()):
            letter = letters.get(problem.column or "")
            problems.append(replace(problem, line=1, cell=f"{letter}{rows[0][0]}" if letter else None))
    elif not rows:
        message = "cette feuille est vide."
        problems.append(Problem(place, message, "remettre les noms de colonnes et les données."))
    if problems:
        sent.problems += problems
        return None
    sent.columns[file] = letters
    faults = list(_hidden(place, rows, found, letters))
    records: list[tuple[int, tuple[str, ...]]] = []
    known = {_key(current[0], record) for record in current[1:]} if current else set()
    for line, cells in rows:
        texts = []
        for n in kept:
            found_here = cells[n] if n < len(cells) else _NOTHING
            try:
                texts.append(text_of(found_here, titles[n]) if line != rows[0][0] else titles[n])
            except RefusedError as refused:
                texts.append("")
                letter = f"{letters[titles[n]]}{line}"
                where = Problem(place, refused.message, refused.remedy, line, titles[n], refused.value, cell=letter)
                faults.append(where)
        # The columns may have been moved: the file keeps its own order.
        by_name = dict(zip((titles[n] for n in kept), texts, strict=True))
        record = tuple(by_name[column] for column in (current[0] if current else optional or by_name))
        if any(record) and not _unfilled(by_name, known):
            records.append((line, record))
    sent.problems += faults
    if faults:
        return None
    if current and [record for _, record in records] == current:
        return NewFile(_bytes(tree, file), tuple(records))
    if optional and len(records) == 1:
        return _absent()
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(record for _, record in records)
    return NewFile(out.getvalue().encode(), tuple(records))


def _absent() -> NewFile:
    """What a sheet without any row makes of an optional file."""
    return NewFile(b"", (), gone=True)


def _holds(rows: list[_Row], column: int) -> int:
    """Number of the first row that has something in a column; 0 when none has."""
    return next((line for line, cells in rows if column < len(cells) and cells[column].value not in (None, "")), 0)


def _key(header: tuple[str, ...], record: tuple[str, ...]) -> tuple[str, ...]:
    cells = dict(zip(header, record, strict=False))
    return tuple(cells.get(column, "") for column in KEY_COLUMNS)


def _unfilled(cells: Mapping[str, str], known: set[tuple[str, ...]]) -> bool:
    """A row prepared for the next year that nobody has filled in. A known row emptied is a fault, said by the check."""
    if not all(column in cells for column in (*KEY_COLUMNS, *_TO_FILL)):
        return False
    key = tuple(cells[column] for column in KEY_COLUMNS)
    return key not in known and not any(cells[column] for column in _TO_FILL)


def _text(file: str, place: str, rows: list[_Row], found: Structure, tree: Tree, sent: Sent) -> NewFile | None:
    """The lines of a sheet as those of a YAML file."""
    problems = list(_hidden(place, rows, found, {}))
    if not rows or rows[0][0] != 1 or str(rows[0][1][0].value).strip() != TEXT_COLUMN:
        message = f"la cellule A1 ne porte plus « {TEXT_COLUMN} »."
        problems.append(Problem(place, message, "remettre ce titre, et les lignes du fichier au-dessous.", cell="A1"))
    lines: list[str] = []
    for line, cells in rows[1:] if not problems else []:
        lines += [""] * (line - 2 - len(lines))
        cell, cell_name = cells[0], f"A{line}"
        beside = next((n for n, other in enumerate(cells[1:], 2) if other.value not in (None, "")), 0)
        if beside:
            message = "une ligne de texte tient dans la colonne A; cette cellule-ci serait perdue."
            cell_name = f"{_letter(beside)}{line}"
            problems.append(Problem(place, message, "tout mettre dans la colonne A.", cell=cell_name))
        elif cell.kind == "f" or (cell.value is not None and not isinstance(cell.value, str)):
            message = "cette cellule n’est pas du texte : le tableur l’a changée en nombre, en date ou en formule."
            value = str(cell.value)
            problems.append(
                Problem(place, message, "la mettre au format Texte, et retaper la ligne.", value=value, cell=cell_name)
            )
        elif isinstance(cell.value, str) and "\n" in cell.value.strip("\n"):
            message = "cette cellule contient plusieurs lignes."
            problems.append(Problem(place, message, "mettre une ligne par cellule.", cell=cell_name))
        else:
            lines.append(str(cell.value or "").rstrip("\r\n"))
            continue
        lines.append("")
    sent.problems += problems
    if problems:
        return None
    raw, current = ("\n".join(lines) + "\n").encode(), _bytes(tree, file)
    if len(raw) > _MOST_TEXT:
        message = f"cette feuille contient plus de {number(_MOST_TEXT / 1e6)} Mo de texte."
        sent.problems.append(Problem(place, message, "vérifier que c’est la bonne feuille."))
        return None
    # Blank lines at the end of the file have no row in the sheet.
    return NewFile(current if raw.rstrip() == current.rstrip() else raw, suffix=".yaml")


def _bytes(tree: Tree, file: str) -> bytes:
    path = tree / file
    if isinstance(path, NewFile):
        return path.raw
    return b"" if file in OPTIONAL and not path.exists() else path.read_bytes()


def _current_records(tree: Tree, file: str) -> list[tuple[str, ...]]:
    text = _bytes(tree, file).decode("utf-8-sig", errors="replace")
    return [
        tuple(cell.strip() for cell in record) for record in csv.reader(io.StringIO(text, newline="")) if any(record)
    ]


def _version(sheet: Any) -> str:
    """The version of the data that the workbook was made from, as its README says; empty when it does not."""
    if sheet is None:
        return ""
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_row=_MOST, max_col=2, values_only=True):
        if row and str(row[0] or "").strip() == VERSION_LABEL and len(row) > 1:
            return str(row[1] or "").strip()
    return ""


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter  # loaded by then: a workbook is open

    return str(get_column_letter(column))

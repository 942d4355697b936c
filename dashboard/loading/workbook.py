"""Read the workbook of all the data: every file it holds, as data/ would hold it, or every fault by sheet and cell."""

from __future__ import annotations

import csv
import difflib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.loading.csv_files import header_problems
from dashboard.loading.files import NewFile, Tree
from dashboard.loading.workbook_cells import RefusedError, text_of
from dashboard.loading.workbook_guard import OutsizedError, SpoiledError, letter_of, opened, rows_of
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
# What a sheet without any row makes of an optional file.
_ABSENT = NewFile(b"", (), gone=True)


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
    # A workbook made before an optional file existed has no sheet for it: it says nothing of that file.
    sent.sheets = {
        file: title
        for file, title in sheet_names(data_files(tree.data_folder())).items()
        if title in sheets or file not in OPTIONAL or (tree / file).exists()
    }
    sent.problems += _wrong_sheets(name, list(workbook.sheetnames), list(sent.sheets.values()))
    if sent.problems:
        return
    sent.version = _version(sheets.get(README))
    for file, title in sent.sheets.items():
        reader = _SheetReader(file, title, sheets[title], structure(parts, sheets[title]._worksheet_path), tree)
        read = reader.read()
        sent.problems += reader.problems
        if reader.letters:
            sent.columns[file] = reader.letters
        if read is not None and (read.raw != reader.current or (read.gone and (tree / file).exists())):
            sent.files[file] = read


def _wrong_sheets(name: str, found: list[str], expected: list[str]) -> Iterator[Problem]:
    missing = [title for title in expected if title not in found]
    extra = [title for title in found if title not in expected and title not in IGNORED_SHEETS]
    if len(missing) == len(expected):
        message = "ce classeur n’a aucune des feuilles attendues."
        yield Problem(name, message, "partir du classeur que produit « python -m dashboard workbook ».")
        return
    for title in missing:
        near = difflib.get_close_matches(title, extra, 1, 0.6)
        remedy = "la remettre, ou repartir d’un classeur neuf (python -m dashboard workbook)."
        if near:
            remedy = f"rendre son nom à la feuille « {shortened(near[0])} », si c’est elle."
        yield Problem(name, f"la feuille « {title} » manque.", remedy)
    for title in extra[:_MOST]:
        message = f"la feuille « {shortened(title)} » n’est pas prévue."
        yield Problem(name, message, "la retirer, ou lui rendre son nom d’origine.")


def _version(sheet: Any) -> str:
    """The version of the data that the workbook was made from, as its README says; empty when it does not."""
    rows = rows_of(sheet, _MOST, 2) if sheet is not None else ()
    cells = ([str(cell.value or "").strip() for cell in row] for _, row in rows)
    return next((row[1] for row in cells if row[0] == VERSION_LABEL and len(row) > 1), "")


class _SheetReader:
    """One sheet: the file that it holds, or its faults. `letters`: that of each column of a table."""

    def __init__(self, file: str, title: str, sheet: Any, found: Structure, tree: Tree) -> None:
        self.file, self.place, self.sheet, self.found = file, f"feuille « {title} »", sheet, found
        self.problems: list[Problem] = []
        self.letters: dict[str, str] = {}
        path = tree / file
        if isinstance(path, NewFile):
            self.current = path.raw
        else:
            self.current = b"" if file in OPTIONAL and not path.exists() else path.read_bytes()

    def read(self) -> NewFile | None:
        """The file as data/ would hold it, None with the problems."""
        self._judge_structure()
        if self.problems:
            return None
        rows = list(rows_of(self.sheet, 20 * MAX_ROWS, MAX_COLUMNS))
        return self._table(rows) if self.file.endswith(".csv") else self._text(rows)

    def _refuse(self, message: str, remedy: str, cell: str | None = None, **more: Any) -> None:
        self.problems.append(Problem(self.place, message, remedy, cell=cell, **more))

    def _judge_structure(self) -> None:
        if getattr(self.sheet, "sheet_state", "visible") != "visible":
            remedy = "l’afficher (clic droit sur un onglet, Afficher), et la relire."
            self._refuse("cette feuille est masquée.", remedy)
        if self.found.too_long:
            message = f"cette feuille a plus de {number(MAX_ROWS)} lignes."
            self._refuse(message, "retirer les lignes en trop.")
        if self.found.too_far:
            message = f"une cellule est remplie très à droite du tableau, après la {number(MAX_COLUMNS)}e colonne."
            self._refuse(message, "effacer les colonnes en trop.", self.found.too_far)
        for cells in self.found.merged[:_MOST]:
            message = f"les cellules {shortened(cells)} sont fusionnées : on ne sait pas à quelle ligne va la valeur."
            self._refuse(message, "annuler la fusion et remplir chaque cellule.", cells.partition(":")[0])

    def _judge_hidden(self, rows: list[tuple[int, Any]]) -> None:
        hidden = [line for line, _ in rows if line in self.found.hidden_rows]
        if hidden:
            message = "cette ligne est masquée : elle serait publiée sans avoir été vue."
            remedy = "effacer le filtre, ou afficher les lignes masquées, et les relire."
            self._refuse(message, remedy, line=hidden[0], other_lines=tuple(hidden[1:_MOST]))
        hidden_letters = {letter_of(n) for n in self.found.hidden_columns}
        for column, letter in self.letters.items():
            if letter in hidden_letters:
                message = "cette colonne est masquée : elle serait publiée sans avoir été vue."
                self._refuse(message, "l’afficher et la relire.", f"{letter}1", line=1, column=column)

    def _table(self, rows: list[tuple[int, Any]]) -> NewFile | None:
        """The rows of the sheet as those of a CSV file, each with its number in the sheet."""
        optional = OPTIONAL.get(self.file)
        if optional and not rows:
            return _ABSENT
        text = self.current.decode("utf-8-sig", errors="replace")
        current = [tuple(map(str.strip, record)) for record in csv.reader(io.StringIO(text, newline="")) if any(record)]
        expected = current[0] if current else optional or ()
        kept = self._head(rows, expected)
        if self.problems:
            return None
        self._judge_hidden(rows)
        known = {_key(dict(zip(current[0], record, strict=False))) for record in current[1:]}
        records: list[tuple[int, tuple[str, ...]]] = [(rows[0][0], expected)]
        for line, cells in rows[1:]:
            texts = {title: self._cell(line, title, cells[n]) for n, title in kept.items() if n < len(cells)}
            # The columns may have been moved: the file keeps its own order.
            record = tuple(texts.get(column, "") for column in expected)
            if any(record) and not _unfilled(texts, kept.values(), known):
                records.append((line, record))
        if self.problems:
            return None
        if [record for _, record in records] == current:
            return NewFile(self.current, tuple(records))
        if optional and len(records) == 1:
            return _ABSENT
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(record for _, record in records)
        return NewFile(out.getvalue().encode(), tuple(records))

    def _head(self, rows: list[tuple[int, Any]], expected: tuple[str, ...]) -> dict[int, str]:
        """Titles of the columns that are read, by place."""
        if not rows:
            self._refuse("cette feuille est vide.", "remettre les noms de colonnes et les données.")
            return {}
        first, heads = rows[0]
        titles = [str(cell.value or "").strip() for cell in heads]
        kept = {n: title for n, title in enumerate(titles) if title and title != HELP_COLUMN}
        for n in range(max(len(cells) for _, cells in rows)):
            lost = (line for line, cells in rows if n < len(cells) and cells[n].value not in (None, ""))
            if (n >= len(titles) or not titles[n]) and (line := next(lost, None)):
                message = "cette cellule est remplie sous une colonne sans nom."
                self._refuse(message, "l’effacer, ou la mettre dans la bonne colonne.", f"{letter_of(n + 1)}{line}")
        if self.problems:
            return {}
        letters = {kept[n]: letter_of(n + 1) for n in reversed(kept)}
        for problem in header_problems(self.place, list(kept.values()), expected):
            letter = letters.get(problem.column or "")
            self.problems.append(replace(problem, line=1, cell=f"{letter}{first}" if letter else None))
        if not self.problems:
            self.letters = letters
        return kept

    def _cell(self, line: int, title: str, cell: Any) -> str:
        try:
            return text_of(cell, title)
        except RefusedError as refused:
            message, remedy, value = refused.args
            self._refuse(message, remedy, f"{self.letters[title]}{line}", line=line, column=title, value=value)
            return ""

    def _text(self, rows: list[tuple[int, Any]]) -> NewFile | None:
        """The lines of the sheet as those of a YAML file."""
        self._judge_hidden(rows)
        if not rows or rows[0][0] != 1 or str(rows[0][1][0].value).strip() != TEXT_COLUMN:
            message = f"la cellule A1 ne porte plus « {TEXT_COLUMN} »."
            self._refuse(message, "remettre ce titre, et les lignes du fichier au-dessous.", "A1")
        if self.problems:
            return None
        lines: list[str] = []
        for line, (cell, *others) in rows[1:]:
            lines += [""] * (line - 2 - len(lines))
            lines.append(str(cell.value or "").rstrip("\r\n"))
            beside = next((n for n, other in enumerate(others, 2) if other.value not in (None, "")), 0)
            if beside:
                message = "une ligne de texte tient dans la colonne A; cette cellule-ci serait perdue."
                self._refuse(message, "tout mettre dans la colonne A.", f"{letter_of(beside)}{line}")
            elif cell.data_type == "f" or not isinstance(cell.value, str | None):
                message = "cette cellule n’est pas du texte : le tableur l’a changée en nombre, en date ou en formule."
                remedy = "la mettre au format Texte, et retaper la ligne."
                self._refuse(message, remedy, f"A{line}", value=str(cell.value))
            elif isinstance(cell.value, str) and "\n" in cell.value.strip("\n"):
                self._refuse("cette cellule contient plusieurs lignes.", "mettre une ligne par cellule.", f"A{line}")
        raw = ("\n".join(lines) + "\n").encode()
        if len(raw) > _MOST_TEXT and not self.problems:
            message = f"cette feuille contient plus de {number(_MOST_TEXT / 1e6)} Mo de texte."
            self._refuse(message, "vérifier que c’est la bonne feuille.")
        if self.problems:
            return None
        # Blank lines at the end of the file have no row in the sheet.
        return NewFile(self.current if raw.rstrip() == self.current.rstrip() else raw, suffix=".yaml")


def _key(cells: dict[str, str]) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in KEY_COLUMNS)


def _unfilled(cells: dict[str, str], titles: Any, known: set[tuple[str, ...]]) -> bool:
    """A row prepared for the next year that nobody has filled in. A known row emptied is a fault, said by the check."""
    if not {*KEY_COLUMNS, *_TO_FILL} <= set(titles):
        return False
    return _key(cells) not in known and not any(cells.get(column) for column in _TO_FILL)

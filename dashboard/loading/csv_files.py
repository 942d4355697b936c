"""Read one CSV file against its row model: every row that holds, every Problem of those that do not."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from dashboard.loading.files import NewFile, read_text
from dashboard.loading.french import describe
from dashboard.model.problems import Problem
from dashboard.model.rows import Row

R = TypeVar("R", bound=Row)
# Which region a broken row belongs to, and whether the row is shared by all (e.g. the province's).
Scope = Callable[[dict[str, str]], tuple[str | None, bool]]
# Number of the line where a record begins, its cells (None for a line that cannot be read), the line as written.
Record = tuple[int, list[str] | None, str]


class Located(NamedTuple, Generic[R]):
    row: R
    line: int


@dataclass
class FileRows(Generic[R]):
    """What a file gave. note: how it was read, when that is unusual.

    `refused` holds the cells of its refused rows: they explain the gaps that they leave.
    """

    readable: bool = True
    rows: list[Located[R]] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    note: str = ""


_SIGNS = {";": "points-virgules", "\t": "tabulations"}
_COMMA_DECIMAL = re.compile(r"^(-?[0-9]+),([0-9]+)$")


def columns_of(model: type[Row]) -> list[str]:
    """Names of the columns in the file, in their order."""
    return [field.alias or name for name, field in model.model_fields.items()]


def header_problems(name: str, header: list[str], expected: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the names of the columns, the first line of a file."""

    def fault(message: str, remedy: str, column: str | None = None) -> Problem:
        return Problem(name, message, remedy, 1, column, shared=True)

    put_back = f"la remettre; les colonnes sont : {', '.join(f'« {column} »' for column in expected)}."
    sign = next((word for one, word in _SIGNS.items() if len(header) == 1 and one in header[0]), "")
    if sign:
        remedy = (
            "mettre le fichier dans un dossier et le publier avec « python -m dashboard apply DOSSIER », qui le lit."
        )
        yield fault(f"les colonnes sont séparées par des {sign}.", remedy)
        return
    if 2 * len(set(expected) & set(header)) < len(expected):
        yield fault("la première ligne ne porte pas les noms des colonnes.", put_back)
        return
    for column in expected:
        if column not in header:
            yield fault(f"la colonne « {column} » manque.", put_back, column)
    for column in header:
        if column == "":
            yield fault("une colonne n’a pas de nom.", "retirer les virgules en trop.")
        elif column not in expected:
            yield fault("cette colonne n’est pas prévue.", "la retirer ou corriger son nom.", column)
    for column in sorted({c for c in header if c and header.count(c) > 1}):
        yield fault("cette colonne figure deux fois.", "n’en garder qu’une.", column)


def in_commas(text: str, decimals: Collection[str] = ()) -> tuple[str, str]:
    """A CSV of a French spreadsheet as ours, line for line, and what to tell of it; the text itself when it is ours.

    The line of heads, or « sep=; » above it as Excel writes it, declares the sign between the columns: no name of a
    column holds a semicolon or a tab. decimals: columns of numbers, whose decimal comma becomes a point.
    """
    lines = list(io.StringIO(text, newline=""))
    top = next((n for n, line in enumerate(lines) if line.strip()), 0)
    declared = re.fullmatch(r"sep=.\s*", lines[top]) if lines else None
    if declared:
        lines[top] = "\n"
        top = next((n for n in range(top + 1, len(lines)) if lines[n].strip()), top)
    head = lines[top] if lines else ""
    sign = next((one for one in _SIGNS if one in head and "," not in head), "")
    if not sign:
        return ("".join(lines) if declared else text), ""
    names = [cell.strip().strip('"') for cell in head.split(sign)]
    places = [n for n, name in enumerate(names) if name in decimals]
    out = io.StringIO(newline="")
    written = 0
    for line, record, original in _records(lines, sign):
        out.write("\n" * (line - 1 - written))
        kept = original.rstrip("\r\n")  # what cannot be read is told further on, as it is written
        if record is not None:
            cells = [_COMMA_DECIMAL.sub(r"\1.\2", cell) if n in places else cell for n, cell in enumerate(record)]
            cell_line = io.StringIO(newline="")
            csv.writer(cell_line).writerow(cells)
            kept = cell_line.getvalue().removesuffix("\r\n")
        out.write(f"{kept}\n")
        written = line + kept.count("\n")
    decimal = " et virgules dans les nombres" if places else ""
    return out.getvalue(), f"colonnes séparées par des {_SIGNS[sign]}{decimal}, comme les écrit un tableur en français."


def _records(lines: list[str], sign: str = ",") -> Iterator[Record]:
    """The records of the lines of a text in CSV.

    A quotation mark left open swallows the lines that follow. Reading starts again at the next line, so that one fault
    costs one line.
    """
    start, width = 0, 0
    while start < len(lines):
        reader = csv.reader((lines[n] for n in range(start, len(lines))), delimiter=sign, strict=True)
        begin = start
        try:
            for cells in reader:
                width = width or len(cells)
                if reader.line_num > begin - start + 1 and len(cells) != width:
                    break
                yield begin + 1, cells, lines[begin]
                begin = start + reader.line_num
            else:
                return
        except csv.Error:
            pass
        yield begin + 1, None, lines[begin]
        start = begin + 1


def _misread(name: str, record: Record, width: int) -> Problem:
    """What is wrong with a line that cannot be read, or whose cells are not as many as the columns."""
    line, cells, written = record
    if cells is not None:
        message = f"la ligne a {len(cells)} colonne{'s' * (len(cells) > 1)} au lieu de {width}."
        remedy = "mettre entre guillemets les textes qui ont une virgule, et compter les colonnes."
    elif '"' in written:
        message, remedy = "un guillemet n’est pas refermé.", "vérifier les guillemets de cette ligne."
    else:
        message, remedy = "cette ligne ne se lit pas.", "la retaper, ou remettre celle d’origine."
    return Problem(name, message, remedy, line, value=written.strip())


def read_rows(file: Path | NewFile | str, name: str, model: type[R], scope: Scope) -> FileRows[R]:
    """Rows of the file that hold, each with its line number, and the problems of the others.

    file: the text itself when it has been read already.
    """
    records: Iterable[Record]
    if isinstance(file, NewFile) and file.records is not None:
        records = ((line, list(cells), " ".join(cells)) for line, cells in file.records)
    else:
        text = file if isinstance(file, str) else read_text(file, name)
        if isinstance(text, Problem):
            return FileRows(readable=False, problems=[text])
        records = _records(list(io.StringIO(text, newline="")))
    table: FileRows[R] = FileRows()
    header: list[str] = []
    for record in records:
        line, cells, written = record
        if cells is not None and not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [cell.strip() for cell in cells or []]
            if cells is None:
                table.problems.append(replace(_misread(name, record, 0), value=None, shared=True))
            else:
                table.problems += header_problems(name, header, columns_of(model))
            if table.problems:
                table.readable = False
                return table
            continue
        found = [cell.strip() for cell in (written.replace('"', "").split(",") if cells is None else cells)]
        raw = dict(zip(header, found, strict=False))
        region, shared = scope(raw)
        if cells is None or len(cells) != len(header):
            table.problems.append(replace(_misread(name, record, len(header)), region=region, shared=shared))
            table.refused.append(raw)
            continue
        try:
            table.rows.append(Located(model.model_validate(raw), line))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                column = str(detail["loc"][0]) if detail["loc"] else "value"
                message, remedy = describe(dict(detail))
                table.problems.append(Problem(name, message, remedy, line, column, raw.get(column, ""), region, shared))
            table.refused.append(raw)
    if not header:
        message, remedy = "le fichier est vide.", "remettre la ligne des noms de colonnes et les données."
        return FileRows(readable=False, problems=[Problem(name, message, remedy, shared=True)])
    return table

"""What is wrong with a file, said so that a statistician can mend it."""

from __future__ import annotations

from dataclasses import dataclass

# Lines of one problem that are spelled out.
MOST_LINES = 50


def shortened(text: str, most: int = 80) -> str:
    """The text on one line, without control characters, cut when it is long: a broken file can hold anything."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * most]).split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of the check.

    `region` names the only region whose figures it makes unusable; `shared` says that no page can be trusted.
    A problem with neither is reported without taking anything off the screen.
    """

    file: str
    message: str
    remedy: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    region: str | None = None
    shared: bool = False
    other_lines: tuple[int, ...] = ()
    # Cell of a workbook (« F12 »), where the problem has been placed in one: it then says the line.
    cell: str | None = None
    # Its kind: the rule that found it (none at reading), and the names of the field of a document, without their ranks.
    rule: str = ""
    fields: tuple[str, ...] = ()

    def place(self) -> str:
        """The place in French: file, line, column (or field of a document) and value, as far as they are known."""
        parts = [self.file]
        if self.cell is not None:
            parts.append(f"cellule {self.cell}")
        elif self.line is not None:
            parts.append(f"ligne {self.line}")
        if self.column:
            kind = "colonne" if self.cell or self.file.lower().endswith((".csv", ".xlsx")) else "champ"
            parts.append(f"{kind} « {shortened(self.column)} »")
        if self.value is not None:
            shown = shortened(self.value)
            parts.append(f"valeur « {shown} »" if shown else "valeur vide")
        return ", ".join(parts)

    def __str__(self) -> str:
        others = ""
        if self.other_lines:
            # Each line is spelled out so that a search for « ligne 12 » finds it.
            listed = ", ".join(f"ligne {n}" for n in self.other_lines[:MOST_LINES])
            more = len(self.other_lines) - MOST_LINES
            others = f" Autres lignes en cause : {listed}{f' et {more} autres' if more > 0 else ''}."
        return f"{self.place()} : {self.message}{others} Remède : {self.remedy}"


class DataError(Exception):
    """The shared files cannot be used; `problems` holds every finding."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problème(s) dans les données")
        self.problems = problems

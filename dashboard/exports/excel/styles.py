"""The looks of cells, each made once by workbook. Arial is on every machine."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from dashboard.deck.palette import HEAD, RULE, SOFT, SUBJECT

FONT = "Arial"
INPUT_FILL = "#fff4cc"
SCENARIO_FILL = "#f3d9a4"

LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "font_color": SUBJECT, "text_wrap": True, "valign": "vcenter"},
    "subtitle": {"font_size": 11, "text_wrap": True, "valign": "top"},
    "line": {"font_color": SOFT, "text_wrap": True, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top"},
    "strong": {"bold": True, "text_wrap": True, "valign": "top"},
    "section": {"bold": True, "font_size": 12, "font_color": SUBJECT, "text_wrap": True, "valign": "vcenter"},
    "band": {"bold": True, "bg_color": SCENARIO_FILL, "text_wrap": True, "valign": "vcenter", "border": 1},
    "head": {
        "bold": True, "bg_color": HEAD, "text_wrap": True, "valign": "vcenter", "align": "center", "bottom": 1,
    },
    "head_first": {"bold": True, "bg_color": HEAD, "text_wrap": True, "valign": "vcenter", "bottom": 1},
    "label": {"text_wrap": True, "valign": "vcenter", "bottom": 4, "bottom_color": RULE},
    "words": {"text_wrap": True, "indent": 1, "valign": "vcenter", "bottom": 4, "bottom_color": RULE},
    "number": {"align": "right", "valign": "vcenter", "bottom": 4, "bottom_color": RULE},
    "input": {"align": "right", "valign": "vcenter", "bg_color": INPUT_FILL, "border": 1, "border_color": RULE},
    "name": {"font_color": SOFT, "valign": "vcenter", "indent": 1},
    "link": {"font_color": SUBJECT, "underline": 1, "valign": "vcenter", "text_wrap": True},
}  # fmt: skip


class Styles:
    """Formats of one workbook, by look, number format and weight."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self._made: dict[tuple[str, str, bool], Format] = {}

    def get(self, look: str, code: str = "", *, total: bool = False) -> Format:
        key = (look, code, total)
        if key not in self._made:
            own = {"font_name": FONT, "font_size": 10, **LOOKS[look]}
            if code:
                own["num_format"] = code
            if total:
                own |= {"bold": True, "top": 1}
            self._made[key] = self.book.add_format(own)
        return self._made[key]

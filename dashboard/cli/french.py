"""Click in French, whatever the language of the machine.

Click asks the standard ``gettext`` for the texts of its domain, « messages ». The catalogue beside this file answers,
and ``LANGUAGE`` is what Python's ``gettext`` reads first on every system, before ``LANG=C`` or Windows's own settings.
After a change of the ``.po``: ``pybabel compile -i messages.po -o messages.mo`` in its folder (a test says when).
"""

from __future__ import annotations

import gettext
import io
import os
import sys
from pathlib import Path

LOCALE_FOLDER = Path(__file__).parent / "locale"


def speak_french() -> None:
    """Give Click its French texts, and write UTF-8 with the same line ends on every system."""
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("messages", str(LOCALE_FOLDER))
    gettext.textdomain("messages")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")

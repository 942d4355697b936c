"""The command line, in French whatever the language of the machine. `app` gathers the commands: a new one is a function
of a file here, and a name there.

Click asks the standard ``gettext`` for the texts of its domain, « messages ». The catalogue in ``locale`` answers, and
``LANGUAGE`` is what Python's ``gettext`` reads first on every system, before ``LANG=C`` or Windows's own settings.
After a change of the ``.po``: ``pybabel compile -i messages.po -o messages.mo`` in its folder (a test says when).
"""

import gettext
import io
import os
import sys
from pathlib import Path


def speak_french() -> None:
    """Give Click its French texts, and write UTF-8 with the same line ends on every system."""
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))
    gettext.textdomain("messages")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def main() -> None:
    """Run the command line in French."""
    speak_french()
    # Only now: Click takes some of its texts when a command is declared.
    from dashboard.cli.app import cli

    cli(prog_name="python -m dashboard")

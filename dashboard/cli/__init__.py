"""The command line. `app` gathers the commands: a new one is a function of a file here, and a name there."""

from dashboard.cli.french import speak_french


def main() -> None:
    """Run the command line in French."""
    speak_french()
    # Only now: Click takes some of its texts when a command is declared.
    from dashboard.cli.app import cli

    cli(prog_name="python -m dashboard")


__all__ = ["main"]

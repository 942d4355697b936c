"""``python -m dashboard``: all that is not the web page."""

from dashboard.cli import main

if __name__ == "__main__":
    main()

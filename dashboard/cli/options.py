"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

PROJECT_ROOT = Path(__file__).resolve().parents[2]

root_option = click.option(
    "--root",
    metavar="DOSSIER",
    envvar="DASHBOARD_ROOT",
    default=PROJECT_ROOT,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    # Named here rather than by show_envvar, whose text in error messages Click does not translate.
    help="Dossier qui contient config.yaml, data/ et geo/. Par défaut : celui que nomme la variable d’environnement "
    "DASHBOARD_ROOT, sinon celui du projet.",
)

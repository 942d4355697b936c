"""``export``: the file of a region, of the direction or of an MRC, as the pages make it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from dashboard.cli.shared import echo_problems, output_option, root_option, say_incomplete, usable, write
from dashboard.model import DataError, Dataset
from dashboard.wording.numbers import NBSP

_REGION = "Code (01), adresse (bas-saint-laurent) ou «\u00a0direction\u00a0»; inutile pour zip."
_LOOK = "Modèle PowerPoint dont les diapositives prennent l’allure, à la place de celui de config.yaml (pptx)."


@click.command(short_help="Écrit une présentation, un classeur, une fiche ou les données.")
@click.argument("format_id", metavar="{pptx|xlsx|pdf|zip}", type=click.Choice(["pptx", "xlsx", "pdf", "zip"]))
@click.option("--region", metavar="RÉGION", help=_REGION)
@click.option("--mrc", metavar="MRC", help="Code (2410) ou nom (rimouski-neigette) d’une MRC, au lieu d’une région.")
@output_option("FICHIER", "Fichier à écrire. Par défaut\u00a0: un nom français dans le dossier courant.")
@click.option("--template", metavar="FICHIER", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=_LOOK)
@root_option
def export(
    format_id: str, region: str | None, mrc: str | None, output: Path | None, template: Path | None, root: Path
) -> None:
    """Écrit le fichier d’une région, de la direction ou d’une MRC, le même que celui des pages\u00a0: présentation
    (pptx), classeur (xlsx) ou fiche d’une page (pdf); ou encore le paquet de données ouvertes (zip).

    Le fichier est écrit d’un coup\u00a0: en cas d’erreur, rien n’est laissé et un fichier déjà là ne change pas. Les
    problèmes des données vont à la sortie d’erreur, et le code de sortie est alors 1.
    """
    from dashboard.deck.kinds import default_deck
    from dashboard.exports.formats import FORMATS, make, territory_file_name

    if template is not None and format_id != "pptx":
        raise click.UsageError("--template ne sert que pour pptx.")
    if region is not None and mrc is not None:
        raise click.UsageError("choisir --region ou --mrc, et non les deux.")
    if region is None and mrc is None and FORMATS[format_id].regional:
        raise click.UsageError(f"--region ou --mrc est nécessaire pour {format_id}{NBSP}: par exemple --region 01.")
    ds = usable(root, "Aucun fichier n’est écrit")
    code = _mrc(ds, mrc) if mrc is not None else None if region is None else _territory(ds, region)
    path = output or Path(territory_file_name(ds, format_id, code))
    _writable(path)
    try:
        content = make(ds, format_id, None if code is None else default_deck(ds, code), template=template)
    except DataError as error:
        # The template: its finding has its own remedy.
        echo_problems(error.problems, err=True)
        raise click.ClickException("aucun fichier écrit.") from error
    except ValueError as error:
        raise click.ClickException(f"aucun fichier écrit{NBSP}: {error}") from error
    write(path, content, f"il est impossible d’écrire {path}; vérifier le chemin et les droits.")
    click.echo(f"{path}")
    say_incomplete(ds)


def _territory(ds: Dataset, given: str) -> str:
    """The code of a region or of the direction, from its code, its address or its name."""
    from dashboard.wording.slugs import file_slug

    known = {"direction": ds.config.direction, ds.config.direction.lower(): ds.config.direction}
    for shown in ds.config.regions:
        for name in (shown.code, shown.slug, ds.name(shown.code)):
            known[file_slug(name)] = shown.code
    code = known.get(file_slug(given))
    if code is None:
        names = ", ".join(f"{r.code} ({r.slug})" for r in ds.config.regions)
        raise click.UsageError(f"{_quoted(given)} n’est pas une région; choisir parmi{NBSP}: {names}, ou direction.")
    return _available(ds, code)


def _mrc(ds: Dataset, given: str) -> str:
    """The code of an MRC, from its code or one of its names."""
    from dashboard.narrative.meant import mrc, mrc_slug, nearest_mrcs

    code = given if given in ds.territories and ds.territories[given].level == "mrc" else mrc(ds, given)
    if code is None:
        near = ", ".join(f"{code} ({mrc_slug(ds, code)})" for code in nearest_mrcs(ds, given))
        remedy = f"les plus proches{NBSP}: {near}." if near else "donner son code (2410) ou son nom."
        raise click.UsageError(f"{_quoted(given)} n’est pas une MRC; {remedy}")
    _available(ds, ds.region_of(code) or code)
    return code


def _quoted(given: str) -> str:
    return f"«{NBSP}{''.join(c for c in given if c.isprintable())[:40]}{NBSP}»"


def _available(ds: Dataset, code: str) -> str:
    """The code of a territory, whose data can be used."""
    if code in ds.unavailable:
        echo_problems(ds.unavailable[code], err=True)
        raise click.ClickException(f"les données de {ds.territories[code].name} sont à corriger; aucun fichier écrit.")
    return code


def _writable(path: Path) -> None:
    """Refuse early, before the long work."""
    folder = path.parent
    if path.is_dir():
        raise click.ClickException(f"{path} est un dossier; donner le nom d’un fichier.")
    if not folder.is_dir():
        raise click.ClickException(f"le dossier {folder} n’existe pas; le créer, ou choisir un autre chemin.")
    if not os.access(folder, os.W_OK):
        raise click.ClickException(f"il est impossible d’écrire dans {folder}; choisir un autre dossier.")

"""``ask``: a question in plain French, one line of JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.shared import root_option, usable

if TYPE_CHECKING:
    from dashboard.questions.reply import Reply


@click.command(short_help="Répond à une question posée en français.")
@click.argument("question", metavar="QUESTION", required=False)
@click.option(
    "--file",
    "file",
    metavar="FICHIER",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Fichier de questions, une par ligne (UTF-8).",
)
@root_option
def ask(question: str | None, file: Path | None, root: Path) -> None:
    """Répond à QUESTION en une ligne de JSON : la phrase, les nombres qu’elle donne, ce qui a été compris, la source et
    l’adresse.

    « kind » vaut « answer » (un chiffre), « refusal » (la source ne le dit pas, et pourquoi), « choice » (la question a
    plusieurs sens) ou « text » (un texte du plan). Avec --file, une ligne par question.
    """
    from dashboard.questions.asking import ask as answer

    if (question is None) == (file is None):
        raise click.UsageError("donner une QUESTION, ou --file FICHIER.")
    try:
        asked = [question] if file is None else file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} n’est pas en UTF-8. Remède : l’enregistrer en UTF-8.") from error
    ds = usable(root, "Aucune réponse")
    for text in asked:
        if text is not None and (text.strip() or file is None):
            click.echo(json.dumps(_line(answer(ds, text)), ensure_ascii=False))


def _line(reply: Reply) -> dict[str, object]:
    numbers = [int(value) if value == value.to_integral_value() else float(value) for value in reply.values]
    return {
        "kind": reply.kind,
        "sentence": reply.sentence,
        "values": numbers,
        "understood": reply.understood | ({"reason": [reply.reason]} if reply.reason else {}),
        "source": reply.source + "".join(f" « {quote} »" for quote in reply.quotes),
        "address": reply.address,
        **({"instead": list(reply.others)} if reply.others else {}),
    }

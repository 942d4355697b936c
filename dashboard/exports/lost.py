"""What a view says, or why it cannot be shown: one lost view must not lose a presentation or a workbook."""

from __future__ import annotations

from typing import Final

from dashboard.deck import kinds
from dashboard.deck.charts import Paragraphs
from dashboard.deck.content import Content
from dashboard.deck.slides import Slide
from dashboard.model import Dataset
from dashboard.wording.numbers import NBSP

LOST: Final = "absente"


def content_or_reason(ds: Dataset, slide: Slide) -> Content:
    """The content of a slide; one of the kind `LOST`, with the reason in French, when the data cannot answer it."""
    try:
        return kinds.content(ds, slide)
    except (KeyError, ValueError) as error:
        kind = kinds.KINDS.get(slide.kind)
        label = kind.label if kind else slide.kind
        why = str(error) if isinstance(error, ValueError) else "cette vue n’existe pas"
        said = (
            f"Les données d’aujourd’hui ne permettent pas de la montrer{NBSP}: {why.rstrip('.')}.",
            "Rouvrir la présentation dans le tableau de bord et choisir de nouveau ce que montre cette vue.",
        )
        return Content(
            LOST, slide.title or f"Vue absente{NBSP}: {label}", label, Paragraphs(said), " ".join(said),
            f"Source{NBSP}: aucune, rien n’est montré.", "aucun", notes=slide.notes,
        )  # fmt: skip

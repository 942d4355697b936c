"""A presentation in an address, as it was made before the short ones: such links are still opened."""

from __future__ import annotations

import base64
import json
import zlib

from dashboard.deck.slides import Deck


def packed(deck: Deck) -> str:
    text = json.dumps([deck.title, [[s.kind, dict(s.choices), s.title, s.notes] for s in deck.slides]])
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")

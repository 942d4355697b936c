"""What the files cost: the PowerPoint of every region beside an empty one of as many slides, then the other formats."""

from __future__ import annotations

import gc
import io
import time
from collections.abc import Callable
from pathlib import Path

from bench.stats import median


def resident() -> float | None:
    """Megabytes that the process holds; None where the system does not say."""
    try:
        text = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return None
    return next(int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("VmRSS:"))


def empty_deck(slides: int) -> bytes:
    """An empty presentation of as many slides, by the same library."""
    from pptx import Presentation

    deck = Presentation()
    for _ in range(slides):
        deck.slides.add_slide(deck.slide_layouts[6])
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def timed(make: Callable[[], bytes], times: int) -> tuple[float, int]:
    """Median seconds, and size in bytes. A first call, which loads the library, is not counted."""
    content = make()
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        content = make()
        seconds.append(time.perf_counter() - start)
    return float(median(seconds) or 0.0), len(content)


def measure(root: Path, times: int = 3) -> list[dict[str, float | str | None]]:
    """For each file: median seconds, kilobytes, ratio to the empty presentation (for PowerPoint), memory kept (MB)."""
    from dashboard.contract.door import load_dataset
    from dashboard.deck.kinds import default_deck
    from dashboard.deck.slides import Deck, Slide
    from dashboard.exports.formats import make

    ds = load_dataset(root)
    decks = [default_deck(ds, code) for code in ds.region_codes()]
    # What is said of all is said once: as many slides as the measures of docs/mesures.md had.
    each = [slide for deck in decks for slide in deck.slides if slide.kind not in ("cibles", "sources")]
    whole, one = Deck("Toutes les régions", (Slide("chiffres"), *each, Slide("cibles"), Slide("sources"))), decks[0]
    empty, size = timed(lambda: empty_deck(len(whole.slides)), times)
    found: list[dict[str, float | str | None]] = [
        {"fichier": f"PowerPoint vide, {len(whole.slides)} diapositives", "s": empty, "ko": size / 1000}
    ]
    for name, kind, deck in (
        ("PowerPoint de toutes les régions", "pptx", whole),
        ("Excel d’une région", "xlsx", one),
        ("Fiche PDF d’une région", "pdf", one),
        ("Données ouvertes", "zip", None),
    ):
        make(ds, kind, deck)  # the library, the fonts, the boundaries: once a process
        gc.collect()
        before = resident()
        seconds, length = timed(lambda kind=kind, deck=deck: make(ds, kind, deck), times)  # type: ignore[misc]
        gc.collect()
        after = resident()
        found.append({
            "fichier": name, "s": seconds, "ko": length / 1000,
            "rapport": seconds / empty if kind == "pptx" and empty else None,
            "memoire_mo": None if before is None or after is None else after - before,
        })  # fmt: skip
    return found

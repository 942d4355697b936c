"""Land read line by line: what of a straight line is inside rings."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

Ring = Sequence[tuple[float, float]]


def spans(rings: Iterable[Ring], step: float, slope: float = 0.0) -> Iterator[tuple[int, float, float]]:
    """What lines y = slope * x + k * step have inside rings (even-odd): k, and the x of both ends.

    The lines are the same whatever the rings: the strokes of two neighbours continue one another.
    """
    met: dict[int, list[float]] = defaultdict(list)
    for ring in rings:
        for (x, y), (u, v) in pairwise(ring):
            one, other = (y - slope * x) / step, (v - slope * u) / step
            # Half-open: a line through a vertex is met once.
            for k in range(math.ceil(min(one, other)), math.ceil(max(one, other))):
                met[k].append(x + (u - x) * (k - one) / (other - one))
    for k, places in sorted(met.items()):
        places.sort()
        yield from ((k, *pair) for pair in zip(places[::2], places[1::2], strict=True))

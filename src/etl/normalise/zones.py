"""Where the body stands: the best contiguous run of prose among furniture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from etl.normalise.prose import count_words, ends_sentence

# Set on the dev half of the lines benchmark (reference/cleaning.md, section 6).
MAX_PROSE_PAY = 50
PROSE_WORDS = 10
LONG_WORDS = 25
SENTENCE_WORDS = 3


class Costs(NamedTuple):
    """What a short line and a furniture line cost a run."""

    short_line: float
    kind: float


USUAL_COSTS = Costs(short_line=9, kind=24)
# For texts that the usual costs would tear apart: short prose with a teaser after each paragraph.
MILD_COSTS = Costs(short_line=5, kind=8)


class Shape(NamedTuple):
    """What a line looks like: its words, whether it is prose, at least a short sentence, opens with a dateline."""

    words: int
    prose: bool
    sentence: bool
    lead: bool = False


def measure_line(text: str) -> Shape:
    """The shape of the clean line `text`."""
    words = count_words(text)
    if text.isupper() and words < LONG_WORDS:
        return Shape(words, False, False)
    final = ends_sentence(text) or (text.endswith((":", ";", ",")) and words >= PROSE_WORDS)
    return Shape(words, (final and words >= PROSE_WORDS) or words >= LONG_WORDS, final and words >= SENTENCE_WORDS)


def score_line(shape: Shape, taken: bool, costs: Costs) -> float:
    """What a line adds to a run: prose pays its words, a short line costs, a furniture line costs more."""
    if taken:
        return -costs.kind
    if shape.prose:
        return float(min(shape.words, MAX_PROSE_PAY))
    if shape.sentence:
        return float(shape.words)
    return -costs.short_line


def find_best_run(scores: Sequence[float]) -> tuple[int, int]:
    """Start and end (half open) of the contiguous run with the greatest sum, the first of several; (0, 0) if none
    is positive. Maximum subsequence segmentation after Pasternack and Roth (2009)."""
    best, low, high, total, start = 0.0, 0, 0, 0.0, 0
    for i, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, i
        total += score
        if total > best:
            best, low, high = total, start, i + 1
    return low, high

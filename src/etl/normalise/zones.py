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
    """What a line looks like: its words, whether it is prose, at least a short sentence, opens with a dateline.

    `pay` is what it adds to a run of prose: prose its words, up to a limit, a sentence its words; else nothing.
    """

    words: int
    prose: bool
    sentence: bool
    lead: bool = False
    pay: float = 0.0


def build_shape(words: int, final: bool, lead: bool = False) -> Shape:
    """The shape of a line of so many words; `final` says that it ends like a sentence. A lead is prose in any case."""
    prose = lead or (final and words >= PROSE_WORDS) or words >= LONG_WORDS
    sentence = lead or (final and words >= SENTENCE_WORDS)
    pay = min(words, MAX_PROSE_PAY) if prose else words if sentence else 0
    return Shape(words, prose, sentence, lead, float(pay))


_MANY_WORDS = 200
_OPEN, _FINAL = ([build_shape(words, final) for words in range(_MANY_WORDS)] for final in (False, True))
_CAPITALS = [Shape(words, False, False) for words in range(LONG_WORDS)]


def measure_line(text: str) -> Shape:
    """The shape of the clean line `text`."""
    return measure_lines([text])[0]


def _goes_on(last: str, words: int) -> bool:
    return last in ":;," and words >= PROSE_WORDS


def measure_lines(texts: Sequence[str], spaced: bool = False) -> list[Shape]:
    """The shapes of clean lines. `spaced` says that they are in a script with blanks between words."""
    shapes = []
    for text in texts:
        words = text.count(" ") + 1 if spaced else count_words(text)
        if words < LONG_WORDS and text.isupper():
            shapes.append(_CAPITALS[words])
            continue
        last = text[-1]
        # A letter at the end, as lines that are no sentence have, needs no closer look.
        final = last in ".!?" or (not last.isalnum() and (ends_sentence(text) or _goes_on(last, words)))
        shapes.append((_FINAL if final else _OPEN)[words] if words < _MANY_WORDS else build_shape(words, final))
    return shapes


def find_best_run(scores: Sequence[float]) -> tuple[int, int]:
    """Start and end (half open) of the contiguous run with the greatest sum, the first of several; (0, 0) if none
    is positive. Maximum subsequence segmentation after Pasternack and Roth (2009)."""
    if scores and min(scores) > 0:
        return 0, len(scores)
    best, low, high, total, start = 0.0, 0, 0, 0.0, 0
    for i, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, i
        total += score
        if total > best:
            best, low, high = total, start, i + 1
    return low, high

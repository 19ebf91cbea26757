"""What is inserted between the paragraphs of a body and known by its neighbours: teasers, captions, numbers of pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.normalise.layout import Layout, Take
from etl.normalise.timestamps import holds_full_day

_BULLET = re.compile(r"[-–—•*·▪►]|\(?\w{1,2}[.)]\s")
_NUMBER = re.compile(r"\d{1,3}")
_OPEN = (":", ";", ",")
_HEADLINE_WORDS, _MIN_HEADLINES, _MAX_HEADLINES = 5, 2, 6
_MAX_CAPTION_WORDS = 30


def take_inserts(layout: Layout) -> None:
    """Takes out of the body what stands between its paragraphs and is none of them."""
    _take_neighbours(layout)
    _take_headlines(layout)
    _take_numbers(layout)


def _is_fragment(layout: Layout, i: int) -> bool:
    shape = layout.shapes[i]
    return layout.taken[i] is None and not shape.sentence and not shape.prose


def _take_neighbours(layout: Layout) -> None:
    """Fragments beside a teaser or a photo credit belong to it: they are its headline or its caption.

    So does a short paragraph above a photo credit; a long one is a paragraph with a picture below it.
    """
    kinds = [take.kind if take else None for take in layout.taken]
    for i in range(layout.low, layout.high):
        shape = layout.shapes[i]
        if layout.taken[i] is not None:
            continue
        above = kinds[i - 1] if i > layout.low else None
        below = kinds[i + 1] if i + 1 < layout.high else None
        if shape.sentence or shape.prose:
            if below == "credit" and i + 2 < layout.high and shape.words <= _MAX_CAPTION_WORDS:
                layout.taken[i] = Take("caption", "caption/above-credit")
        elif above == "related":
            layout.taken[i] = Take("related", "zone/below-teaser")
        elif "credit" in (above, below):
            layout.taken[i] = Take("caption", "caption/beside-credit")


def _list_runs(layout: Layout) -> Iterator[range]:
    """Runs of fragments in the body that stand directly below each other, without a blank line."""
    start = layout.low
    while start < layout.high:
        end = start + 1
        if _is_fragment(layout, start):
            while end < layout.high and _is_fragment(layout, end) and layout.is_adjacent(end):
                end += 1
            yield range(start, end)
        start = end


def _take_headlines(layout: Layout) -> None:
    """A few lines of a headline's length, one below the other: headlines of other articles.

    Not where a line above announces a list, or where they carry bullets or numbers.
    """
    for run in _list_runs(layout):
        if not _MIN_HEADLINES <= len(run) <= _MAX_HEADLINES or layout.announces(run[0] - 1):
            continue
        texts = [layout.lines[i].text for i in run]
        if any(layout.shapes[i].words < _HEADLINE_WORDS for i in run) or any(t.endswith(_OPEN) for t in texts):
            continue
        if not any(_BULLET.match(text) for text in texts):
            for i in run:
                layout.taken[i] = Take("related", "insert/headlines")


def _take_numbers(layout: Layout) -> None:
    """A number alone is that of a picture; a full date alone is that of a teaser. A clock time may head an entry."""
    for i in range(layout.low, layout.high):
        if not _is_fragment(layout, i):
            continue
        text, candidate = layout.lines[i].text, layout.candidates[i]
        if _NUMBER.fullmatch(text):
            layout.taken[i] = Take("navigation", "insert/number")
        elif candidate is not None and candidate.take.kind == "timestamp" and holds_full_day(text):
            layout.taken[i] = candidate.take

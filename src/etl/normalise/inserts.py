"""What stands between the paragraphs of a body and is known by its neighbours: teasers, captions, picture numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.marks import DOUBLE_OPENERS
from etl.normalise.layout import Layout, Take
from etl.normalise.lists import are_rows
from etl.normalise.prose import ends_sentence
from etl.normalise.timestamps import holds_full_day

_BULLET = re.compile(r"[-–—•*·▪►]|\(?\w{1,2}[.)]\s")
_CLOCKED = re.compile(r"\d{1,2}[.:]\d{2}\b")
_NUMBER = re.compile(r"\d{1,3}")
_OPEN = (":", ";", ",")
_HEADLINE_WORDS, _MIN_HEADLINES, _MAX_HEADLINES = 5, 2, 6
_MAX_CAPTION_WORDS = 30
_MAX_SUMMARY_WORDS = 50
_ENLARGE, _MAX_BUTTON_WORDS = "lines/navigation.enlarge", 60
# What may stand between a crosshead and its paragraph.
_BESIDE_CROSSHEADS = ("advertisement", "caption", "credit", "title")


def take_inserts(layout: Layout) -> None:
    """Takes out of the body what stands between its paragraphs and is none of them."""
    low, high = layout.low, layout.high
    if any(layout.taken[low:high]):
        _take_neighbours(layout)
    if 0.0 in [shape.pay for shape in layout.shapes[low:high]]:
        if not layout.is_plain():
            _take_headlines(layout)
        _take_numbers(layout)
        _take_boxes(layout)
        _take_labels(layout)
    _take_last(layout)


def _is_fragment(layout: Layout, i: int) -> bool:
    shape = layout.shapes[i]
    return layout.taken[i] is None and not shape.sentence and not shape.prose


def _take_neighbours(layout: Layout) -> None:
    """Fragments beside a teaser or a photo credit belong to it: they are its headline or its caption.

    So does a short paragraph above a photo credit; a long one is a paragraph with a picture below it, and somebody's
    words are no caption. What stands below the button that enlarges a picture is its caption.
    """
    kinds = [take.kind if take else None for take in layout.taken]
    for i in range(layout.low, layout.high):
        shape = layout.shapes[i]
        if layout.taken[i] is not None:
            continue
        button = layout.taken[i - 1] if i > layout.low else None
        if button is not None and button.rule_id == _ENLARGE and shape.words <= _MAX_BUTTON_WORDS:
            layout.taken[i] = Take("caption", "caption/below-button")
            continue
        above = kinds[i - 1] if i > layout.low else None
        below = kinds[i + 1] if i + 1 < layout.high else None
        if shape.sentence or shape.prose:
            is_quote = layout.lines[i].text.startswith(DOUBLE_OPENERS)
            if below == "credit" and i + 2 < layout.high and shape.words <= _MAX_CAPTION_WORDS and not is_quote:
                layout.taken[i] = Take("caption", "caption/above-credit")
        elif above == "related" and not layout.announces(i):
            layout.taken[i] = Take("related", "zone/below-teaser")
        elif below == "credit" or (above == "credit" and not _is_caption(layout, i - 2)):
            layout.taken[i] = Take("caption", "caption/beside-credit")


def _is_caption(layout: Layout, i: int) -> bool:
    take = layout.taken[i] if i >= layout.low else None
    return take is not None and take.kind == "caption"


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

    Not where a line above announces a list, where they carry bullets or numbers, or are rows.
    """
    for run in _list_runs(layout):
        if not _MIN_HEADLINES <= len(run) <= _MAX_HEADLINES or layout.announces(run[0] - 1):
            continue
        texts = [layout.lines[i].text for i in run]
        if any(layout.shapes[i].words < _HEADLINE_WORDS for i in run) or any(t.endswith(_OPEN) for t in texts):
            continue
        if not any(_BULLET.match(text) for text in texts) and not are_rows(texts):
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


def _take_boxes(layout: Layout) -> None:
    """A date alone between paragraphs closes the teaser of another article: headline, perhaps a label and a summary."""
    for i in range(layout.low + 2, layout.high - 1):
        take = layout.taken[i]
        if take is None or take.kind != "timestamp":
            continue
        top = i - 1
        if layout.taken[top] is None and not _is_fragment(layout, top):
            top -= layout.shapes[top].words <= _MAX_SUMMARY_WORDS
        if not _is_fragment(layout, top) or layout.shapes[top].words < _HEADLINE_WORDS:
            continue
        if _CLOCKED.match(layout.lines[top].text):
            continue  # an entry of a schedule
        if _is_fragment(layout, top - 1) and layout.shapes[top - 1].words < _HEADLINE_WORDS:
            top -= 1
        if top > layout.low:
            for j in range(top, i):
                layout.taken[j] = Take("related", "insert/teaser-box")


def _take_labels(layout: Layout) -> None:
    """A word or two below a paragraph and above furniture belong to the furniture: its label, or a name.

    With a full stop they are the paragraph's own: who signs it.
    """
    for i in range(layout.low + 1, layout.high - 1):
        below = layout.taken[i + 1]
        if not _is_fragment(layout, i) or layout.shapes[i].words >= _HEADLINE_WORDS or below is None:
            continue
        if ends_sentence(layout.lines[i].text) or below.kind in _BESIDE_CROSSHEADS:
            continue
        if layout.taken[i - 1] is None and layout.shapes[i - 1].prose:
            layout.taken[i] = Take("other", "insert/label")


def _take_last(layout: Layout) -> None:
    """A time on the last line is that at which the text, or what it records, ended."""
    i = layout.high - 1
    candidate = layout.candidates[i] if i > layout.low else None
    if candidate is not None and layout.taken[i] is None and candidate.take.kind == "timestamp":
        layout.taken[i] = candidate.take

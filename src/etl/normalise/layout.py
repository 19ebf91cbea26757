"""What each line of a text is: the working record that the steps of normalising fill in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.normalise.lines import Line
from etl.normalise.prose import is_spaced, lower_lines
from etl.normalise.zones import Shape, build_shape, measure_line, measure_lines

_LEAD_LINES, _LEAD_WORDS = 60, 10
_TOP_LINES = 8
REPEAT_KIND = "outlet_repeat"  # of lines that the outlet is known to repeat
_PLAIN_KINDS, _PAGE_KINDS = 3, 20


class Take(NamedTuple):
    """Why a line is no body: its kind and rule; `credit` and `text` where they differ from the line."""

    kind: str
    rule_id: str
    credit: str | None = None
    text: str | None = None


class Cut(NamedTuple):
    """A stretch of the decoded text that is no body, by its offsets there."""

    start: int
    end: int
    take: Take


@dataclass(slots=True)
class Candidate:
    """What a line would be by itself, before the zones are known."""

    take: Take
    zone: str = "any"
    opener: bool = False
    takes_next: bool = False
    closes: bool = False


@dataclass(slots=True)
class Layout:
    """The lines of a text; `taken[i]` is None where line i is body; `cuts` are stretches inside body lines.

    `lows` are the lines in lower case and UTF-8. `low` and `high` (half open) are the lines between which the body
    stands, before line `stop`; `known` is the number of candidates, `kinds` that of different ones, `regular` whether
    the text needs no more than its blanks folded.
    """

    lines: list[Line]
    lows: list[bytes]
    shapes: list[Shape]
    candidates: list[Candidate | None]
    taken: list[Take | None]
    cuts: list[Cut] = field(default_factory=list)
    low: int = 0
    high: int = 0
    stop: int = 0
    known: int = 0
    kinds: int = 0
    regular: bool = False

    def list_body(self) -> list[int]:
        """Numbers of the lines that are body so far, in order."""
        between = self.taken[self.low : self.high]
        if not any(between):
            return list(range(self.low, self.high))
        return [i for i, take in enumerate(between, self.low) if take is None]

    def list_taken(self) -> list[tuple[int, Take]]:
        """Numbers of the lines that are no body, in order, and why."""
        return [(i, take) for i, take in enumerate(self.taken) if take is not None]

    def is_plain(self) -> bool:
        """Whether the text has hardly any furniture: what stands around its prose are then lists, not menus.

        Lines that the outlet is known to repeat do not count: they are known one by one, and the lists stay.
        """
        return self.kinds < _PLAIN_KINDS

    def is_page(self) -> bool:
        """Whether the text looks like the dump of a whole page, with its menus and teasers."""
        return self.known >= _PAGE_KINDS

    def is_adjacent(self, i: int) -> bool:
        """Whether no blank line stands between line i and the one above it."""
        return i > 0 and self.lines[i].first == self.lines[i - 1].last + 1

    def announces(self, i: int) -> bool:
        """Whether line i ends in a colon: what follows it is its list."""
        return i >= 0 and self.lines[i].text.endswith((":", "："))


def build_layout(
    lines: list[Line],
    find_candidates: Callable[[Sequence[str], Sequence[bytes], Sequence[Shape]], list[Candidate | None]],
    is_lead: Callable[[str], bool],
    marks: str | None = None,
) -> Layout:
    """A layout in which every line is body and `find_candidates` has said what it might be instead.

    A line for which `is_lead` is true, for the dateline it opens with, is prose whatever its end. `marks` are those
    of the text (hygiene.list_marks) where it is regular: they save looking for the script of each line.
    """
    texts = [line.text for line in lines]
    lows = lower_lines(texts, marks)
    spaced = marks is not None and is_spaced(marks)
    shapes = measure_lines(texts, spaced)
    candidates = find_candidates(texts, lows, shapes)
    for i, shape in enumerate(shapes[:_LEAD_LINES]):
        if shape.words >= _LEAD_WORDS and (i < _TOP_LINES or not shape.prose) and is_lead(texts[i]):
            shapes[i] = build_shape(shape.words, final=True, lead=True)
    known = [text for text, candidate in zip(texts, candidates, strict=True) if candidate is not None]
    layout = Layout(lines, lows, shapes, candidates, [None] * len(lines), regular=marks is not None)
    layout.high = layout.stop = len(lines)
    layout.known, layout.kinds = len(known), len(set(known))
    return layout


def merge_lines(layout: Layout, first: int, last: int) -> None:
    """Makes lines `first` to `last` (inclusive) of the layout one line."""
    if first == last:
        return
    lines = layout.lines[first : last + 1]
    joined = Line(lines[0].start, lines[-1].end, lines[0].first, lines[-1].last, " ".join(x.text for x in lines))
    below = range(first + 1, last + 1)
    layout.lines[first] = joined
    layout.lows[first] = joined.text.lower().encode()
    layout.shapes[first] = measure_line(joined.text)
    for column in (layout.lines, layout.lows, layout.shapes, layout.candidates, layout.taken):
        del column[first + 1 : last + 1]
    layout.low -= sum(i < layout.low for i in below)
    layout.high -= sum(i < layout.high for i in below)
